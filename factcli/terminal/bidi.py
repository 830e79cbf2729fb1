"""The Unicode bidirectional algorithm (UAX #9): from the logical order of a line to its visual order.

The rules have the names of UAX #9: P2-P3 base direction, W1-W7 weak types, N0-N2 brackets and neutrals, I1-I2 levels,
L1-L4 reordering, marks and mirroring. The types of a line are a string with one letter a character, and a rule is a
replacement in that string. Two things keep it small: embeddings and isolates (X1-X8) are removed with all else that X9
removes, since a cell holds none; so no level is above 2.

The result is compared with that of FriBidi, in tests/benchmark/fribidi.py over tens of thousands of lines, in the tests
over the lines of tests/data/bidi.tsv. Rejected: python-bidi, whose compiled version does not mirror brackets, and both
of whose versions move a vowel mark to another letter (L3).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import zip_longest
from unicodedata import bidirectional

from factcli.text.visual import BRACKETS, MIRROR

LRM, RLM = "\u200e", "\u200f"
LRO, PDF, LRI, RLI, PDI = "\u202d", "\u202c", "\u2066", "\u2067", "\u2069"
DIRECTION_MARKS = f"\u061c{LRM}{RLM}\u202a\u202b{PDF}{LRO}\u202e{LRI}{RLI}\u2068{PDI}"

_RTL_BLOCKS = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefe"), ("\U00010800", "\U0001efff"))


@cache
def is_rtl(char: str) -> bool:
    """Whether the character belongs to a right-to-left script or is a direction mark.

    Compared by hand, since a pattern with these ranges takes longer to compile than all lines of a small table to look
    at; cached, which saves 2 to 3 % of the instructions of an English table of 50 facts.
    """
    return any(first <= char <= last for first, last in _RTL_BLOCKS) or char in DIRECTION_MARKS


def has_rtl(text: str) -> bool:
    """Whether the text has a character of a right-to-left script or a direction mark; else nothing in it is moved."""
    return not text.isascii() and any(map(is_rtl, text))


def base_direction(text: str) -> str:
    """The direction "R" or "L" of the first letter that has one (P2, P3); "L" if none has.

    >>> base_direction("2.7 مليار"), base_direction("F-16"), base_direction("10%")
    ('R', 'L', 'L')
    """
    if has_rtl(text):
        for char in text:
            if (kind := bidirectional(char)) in ("L", "R", "AL") and char not in DIRECTION_MARKS:
                return "L" if kind == "L" else "R"
    return "L"


# -- levels

_TYPES = {
    "L": "L", "R": "R", "AL": "A", "EN": "e", "AN": "a", "ES": "+", "ET": "%", "CS": ",",
    "NSM": "m", "WS": " ", "S": "\t", "B": "\n", "ON": ".", "": "L",
}  # fmt: skip
"""A letter for each bidirectional type. Types that are not here are removed (X9): embeddings, isolates, BN."""

_Rule = tuple[str, str, str | Callable[[re.Match[str]], str]]
"""The types without one of which the rule does nothing, what it looks for, and what that becomes."""


def _becomes(letter: str) -> Callable[[re.Match[str]], str]:
    return lambda match: letter * len(match[0])


_WEAK: tuple[_Rule, ...] = (
    ("m", "(?s)(.)m+", lambda match: match[1] * len(match[0])),  # W1: a mark has the type of what it stands on
    ("e", "A[^LR]*", lambda match: match[0].replace("e", "a")),  # W2: numbers after Arabic
    ("A", "A", "R"),  # W3
    ("+,", "(?<=e)[+,](?=e)|(?<=a),(?=a)", lambda match: match.string[match.start() - 1]),  # W4: 5-7, 2.7, 12:30
    ("%", "%+(?=e)|(?<=e)%+", _becomes("e")),  # W5: 10%, $70
    ("+,%", "[+,%]", "."),  # W6
    ("e", "L[^R]*", lambda match: match[0].replace("e", "L")),  # W7: F-16
)
_NEUTRAL: tuple[_Rule, ...] = (
    (". \t\n", "(?<=[Rea])[. \t\n]+(?=[Rea])", _becomes("R")),  # N1
    (". \t\n", "(?<=L)[. \t\n]+(?=L)", _becomes("L")),
)
_STRONG = {"L": "L", "R": "R", "e": "R", "a": "R"}
_LEVELS = {"L": str.maketrans("LRea", "0122"), "R": str.maketrans("LRea", "2122")}
_NOT_RTL = frozenset("Lea")
_AT_THE_END = "[ \t\n]+$| *[\t\n]"

_CLOSING = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
MAX_DEPTH = 63
"""Brackets nested deeper than this are not paired (BD16)."""


def remove_formatting(line: str) -> str:
    """The line without embeddings, isolates and what else is not seen (X9)."""
    return "".join([char for char in line if bidirectional(char) in _TYPES])


def levels(line: str, direction: str) -> str:
    """The embedding level of each character of a line of that base direction, a digit 0 to 2 each.

    The line has been through `remove_formatting`.

    >>> levels("F-16 في", "R")
    '2222111'
    """
    original = "".join([_TYPES[bidirectional(char)] for char in line])
    if direction == "R" and _NOT_RTL.isdisjoint(original):
        return "1" * len(line)  # as of most Arabic lines: no Latin word and no number
    types = _apply(_WEAK, direction + original + direction)
    types = _apply(_NEUTRAL, _resolve_brackets(line, types, direction))
    found = re.sub("[. \t\n]", direction, types)[1:-1].translate(_LEVELS[direction])  # N2, I1, I2
    for end in re.finditer(_AT_THE_END, original):  # L1
        found = found[: end.start()] + ("0" if direction == "L" else "1") * len(end[0]) + found[end.end() :]
    return found


def _apply(rules: tuple[_Rule, ...], types: str) -> str:
    for needed, pattern, replacement in rules:
        if any(letter in types for letter in needed):
            types = re.sub(pattern, replacement, types)
    return types


def _resolve_brackets(line: str, types: str, direction: str) -> str:
    """The types with N0 applied: a pair takes the direction of what it holds, or of what stands before it.

    `types` has one more at each end than the line has characters.
    """
    resolved = list(types)
    for opening, closing in _bracket_pairs(line, types):
        inside = {_STRONG.get(letter) for letter in resolved[opening:closing]} - {None}
        if inside:
            before = next(_STRONG[letter] for letter in reversed(resolved[:opening]) if letter in _STRONG)
            resolved[opening] = resolved[closing] = direction if direction in inside else before
    return "".join(resolved)


def _bracket_pairs(line: str, types: str) -> list[tuple[int, int]]:
    """Where in `types` brackets that belong together open and close, in the order of their opening (BD16)."""
    pairs: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for at, char in enumerate(line, start=1):
        if types[at] != ".":
            continue
        if char in _CLOSING:
            if len(awaited) == MAX_DEPTH:
                break
            awaited.append((_CLOSING[char], at))
        else:
            depth = next((d for d in reversed(range(len(awaited))) if awaited[d][0] == char), None)
            if depth is not None:
                pairs.append((awaited[depth][1], at))
                del awaited[depth:]
    return sorted(pairs)


# -- reordering


def mirror(line: str, levels: str) -> str:
    """The line with the mirror images of brackets and signs that run from right to left (L4)."""
    turned = zip(line, line.translate(MIRROR), levels, strict=True)
    return "".join([image if level == "1" else char for char, image, level in turned])


def reorder(line: str, levels: str) -> str:
    """The line from left to right as it is seen (L2), each mark after its letter (L3), brackets mirrored (L4)."""
    mirrored = mirror(line, levels)
    starts = [at for at, char in enumerate(line) if at == 0 or bidirectional(char) != "NSM"]
    clusters = [mirrored[start:end] for start, end in zip_longest(starts, starts[1:])]
    cluster_levels = "".join([levels[start] for start in starts])
    for runs in ("2+", "[12]+"):
        for run in re.finditer(runs, cluster_levels):
            clusters[run.start() : run.end()] = clusters[run.start() : run.end()][::-1]
    return "".join(clusters)
