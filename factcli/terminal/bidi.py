"""What a terminal must be sent so that Arabic and English beside each other look right: shaping, reordering, the forms.

A fact is kept in logical order, the order of speech. Terminals disagree about who turns that into what is seen. Most
(xterm, alacritty, foot) put characters from left to right as they come: Arabic stands backwards and unjoined. Some
(VTE, Konsole) apply the Unicode bidirectional algorithm to the whole line of the screen: words are right, but the
borders of a table are neutral characters, so two Arabic neighbours become one run and change places. What mends the one
breaks the other, hence the forms:

- `isolate`   logical order inside RLI RLM ... PDI: the terminal does the work, each cell on its own. Text copied from
              the screen is the text of the fact. The mark after RLI is for FriBidi before 1.0.9, which lets the Arabic
              of the cell before reach into leading digits ("10%" became "%10").
- `visual`    the program does the work: letters joined by their presentation forms, in the order seen.
- `override`  the visual order inside LRO ... PDF: a terminal without the algorithm ignores the marks, one that has it
              is told to keep its hands off. The only form that is right nearly everywhere, so it is the one for
              strangers. LRM stands before it for terminals that guess the direction of a line.

and, for terminals with habits of their own: `bare` (visual without vowel marks, where those cost a cell), `konsole`
(isolates; brackets changed over, since it never mirrors them), `words-pf` (kitty turns each blank-separated Arabic word
round and leaves the order of words), `mlterm` (override, every mark costs a cell), `filler` (PuTTY drops all marks, a
blank of direction L at the edges of a cell holds the columns), `explicit` (visual, between the sequences that switch
the terminal's own algorithm off and on), `present` (logical, but lam-alef is one cell) and `logical` (nothing is done).

The rules are those of UAX #9, the Unicode bidirectional algorithm, with its names: P2-P3 base direction, W1-W7 weak
types, N0-N2 neutrals and brackets, I1-I2 levels, L1-L4 reordering, marks and mirroring. A line's types are kept as a
string of one letter a character, and a rule is a replacement in that string. Two things make the job small: a cell
holds no embeddings or isolates (X1-X8), they are taken away like all that X9 removes; so no level is above 2.

A line is arranged after wrapping, never before: lines broken out of reordered text read from the bottom up. The base
direction is that of the whole cell: a line that happens to begin with "TOW" does not change sides.

Joining is that of chapter 9.2 of the Unicode standard, by presentation forms, which the fonts of terminals have;
lam-alef becomes its ligature, a vowel mark in between stands after it. The result is compared with FriBidi's over tens
of thousands of lines (tests/benchmark/fribidi.py), and in the tests over the lines of tests/data/bidi.tsv.

Rejected: arabic_reshaper with python-bidi, the usual recipe. The compiled python-bidi does not mirror brackets, both
its versions let a vowel mark slip to another letter (L3), neither tells where a character came from, which highlights
need. And FSI, the isolate that finds its direction itself: it sees one line of the cell, not the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby, zip_longest
from unicodedata import bidirectional, category, decomposition, normalize

from factcli._namedtuple import NamedTuple

LRM, RLM, ZWNJ, ZWJ = "\u200e", "\u200f", "\u200c", "\u200d"
LRO, PDF, LRI, RLI, PDI = "\u202d", "\u202c", "\u2066", "\u2067", "\u2069"

ADDED = -1
"""The place of a character that stands for none of the line."""


class Arranged(NamedTuple):
    """A line as it is sent; `places` has for each character the index of the one it stands for, or `ADDED`."""

    text: str
    places: tuple[int, ...]


Glyph = tuple[str, int]
"""A character and the index of the one in the logical line that it shows. Thousands are made: a record costs more."""


# ---------------------------------------------------------------------------------------------------- base direction

DIRECTION_MARKS = f"\u061c{LRM}{RLM}\u202a\u202b{PDF}{LRO}\u202e{LRI}{RLI}\u2068{PDI}"
_MOVERS = ("\u0590\u08ff", "\ufb1d\ufdff", "\ufe70\ufefe", "\U00010800\U0001efff")


def needs(text: str) -> bool:
    """Whether anything in the text could move a character: a right-to-left letter or digit, or a direction mark."""
    return not text.isascii() and any(map(_moves, text))


def _moves(char: str) -> bool:
    """By hand: a pattern with these ranges takes longer to compile than all lines of a table to look at."""
    return any(block[0] <= char <= block[1] for block in _MOVERS) or char in DIRECTION_MARKS


def base(text: str) -> str:
    """The direction "R" or "L" of the first letter that has one (P2, P3); "L" if none has.

    >>> base("2.7 مليار"), base("F-16"), base("10%")
    ('R', 'L', 'L')
    """
    if needs(text):
        for char in text:
            if (kind := bidirectional(char)) in ("L", "R", "AL") and char not in DIRECTION_MARKS:
                return "L" if kind == "L" else "R"
    return "L"


# ----------------------------------------------------------------------------------------------------------- shaping

RIGHT_JOINING = (
    "0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD 06CF 06D2 06D3 06D5 06EE "
    "06EF 0759-075B 076B 076C 0771 0773 0774 0778 0779 08AA-08AC 08AE 08B1 08B2"
)
DUAL_JOINING = (
    "0620 0626 0628 062A-062E 0633-063F 0641-0647 0649 064A 066E 066F 0678-0687 069A-06BF 06C1 06C2 06CC 06CE 06D0 "
    "06D1 06FA-06FC 06FF 0750-0758 075C-076A 076D-0770 0772 0775-0777 077A-077F 08A0-08A9 08AF 08B0 08B3 08B4"
)
"""Letters as in ArabicShaping.txt."""

LAM, TATWEEL = "\u0644", "\u0640"
_SHAPES = ("<isolated>", "<final>", "<initial>", "<medial>")


@cache
def _members(ranges: str) -> frozenset[str]:
    bounds = (item.partition("-") for item in ranges.split())
    return frozenset(chr(code) for low, _, high in bounds for code in range(int(low, 16), int(high or low, 16) + 1))


@cache
def joining(char: str) -> str:
    """The joining type of a character: Dual, Right, Causing, Transparent or U for none."""
    if char in (TATWEEL, ZWJ):
        return "C"
    if char in _members(DUAL_JOINING):
        return "D"
    if char in _members(RIGHT_JOINING):
        return "R"
    return "T" if char != ZWNJ and category(char) in ("Mn", "Me", "Cf") else "U"


@cache
def presentation_forms() -> dict[str, dict[int, str]]:
    """The forms of each letter and of lam-alef: 0 isolated, 1 joined before, 2 joined after, 3 both."""
    forms: dict[str, dict[int, str]] = {}
    for char in map(chr, (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))):
        tag, *codes = decomposition(char).split() or [""]
        letters = "".join(chr(int(code, 16)) for code in codes)
        if tag in _SHAPES and (len(letters) == 1 or letters[0] == LAM):
            forms.setdefault(letters, {})[_SHAPES.index(tag)] = char
    return forms


def _shaped(line: str) -> list[Glyph]:
    """The line's letters in the form in which they join, still in logical order."""
    forms, chars, joined = presentation_forms(), list(line), False
    types = list(map(joining, line))
    bones = [place for place, joins in enumerate(types) if joins != "T"]
    for here, there in zip_longest(bones, bones[1:]):
        joins = there is not None and types[here] in "DC" and types[there] in "DRC"
        if joins and line[here] == LAM and LAM + line[there] in forms:
            chars[here], chars[there] = forms[LAM + line[there]][joined], ""
        elif types[here] != "U" and chars[here] in forms:
            chars[here] = forms[chars[here]].get(joined + 2 * joins, chars[here])
        joined = joins
    return [(char, place) for place, char in enumerate(chars) if char]


# ------------------------------------------------------------------------------------------------------------- levels

_LETTERS = {
    "L": "L", "R": "R", "AL": "A", "EN": "e", "AN": "a", "ES": "+", "ET": "%", "CS": ",",
    "NSM": "m", "WS": " ", "S": "\t", "B": "\n", "ON": ".", "": "L",
}  # fmt: skip
"""A letter for each bidirectional type. Types that are not here are removed (X9): embeddings, isolates, BN."""

_Rule = tuple[str, str, Callable[[re.Match[str]], str]]
"""Letters without which the rule has nothing to do, what it looks for, and what that becomes."""


def _becomes(letter: str) -> Callable[[re.Match[str]], str]:
    return lambda match: letter * len(match[0])


_WEAK: tuple[_Rule, ...] = (
    ("m", "(.)m+", lambda match: match[1] * len(match[0])),  # W1: a mark is like what it stands on
    ("e", "A[^LR]*", lambda match: match[0].replace("e", "a")),  # W2: numbers after Arabic
    ("A", "A+", _becomes("R")),  # W3
    ("+,", "(?<=e)[+,](?=e)|(?<=a),(?=a)", lambda match: match.string[match.start() - 1]),  # W4: 5-7, 2.7, 12:30
    ("%", "%+(?=e)|(?<=e)%+", _becomes("e")),  # W5: 10%, $70
    ("+,%", "[+,%]+", _becomes(".")),  # W6
    ("e", "L[^R]*", lambda match: match[0].replace("e", "L")),  # W7: F-16
)
_NEUTRAL: tuple[_Rule, ...] = (
    (". \t\n", "(?<=[Rea])[. \t\n]+(?=[Rea])", _becomes("R")),  # N1
    (". \t\n", "(?<=L)[. \t\n]+(?=L)", _becomes("L")),
)
_STRONG = {"L": "L", "R": "R", "e": "R", "a": "R"}
_LEVELS = {"L": str.maketrans("LRea", "0122"), "R": str.maketrans("LRea", "2122")}
_AT_THE_END = "[ \t\n]+$| *[\t\n]"

BRACKETS = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⸨⸩〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
"""Those that pair (BidiBrackets.txt), opening and closing in turn."""

MIRRORED = BRACKETS + "<>«»‹›≤≥≦≧≨≩≪≫≮≯≰≱≲≳≺≻⊂⊃⊆⊇∈∋∉∌﹤﹥＜＞"
"""Those that have a mirror image (BidiMirroring.txt), as far as prose in Arabic or English has them."""

_PARTNER = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
_MIRROR = dict(zip(MIRRORED[::2] + MIRRORED[1::2], MIRRORED[1::2] + MIRRORED[::2], strict=True))
_DEPTH = 63
"""Brackets deeper than this are not paired (BD16)."""


def _applied(rules: tuple[_Rule, ...], types: str) -> str:
    for letters, pattern, replacement in rules:
        if any(letter in types for letter in letters):
            types = re.sub(pattern, replacement, types, flags=re.DOTALL)
    return types


def _pairs(chars: list[str], types: str) -> list[tuple[int, int]]:
    """Where brackets that belong together open and close, in order of their opening (BD16)."""
    pairs: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for place, char in enumerate(chars):
        if types[place] == "." and char in _PARTNER:
            if len(awaited) == _DEPTH:
                break
            awaited.append((_PARTNER[char], place))
        elif types[place] == "." and (depth := _depth(awaited, char)) is not None:
            pairs.append((awaited[depth][1], place))
            del awaited[depth:]
    return sorted(pairs)


def _depth(awaited: list[tuple[str, int]], char: str) -> int | None:
    """Which of the brackets awaited `char` is, the innermost first."""
    return next((depth for depth in reversed(range(len(awaited))) if awaited[depth][0] == char), None)


def _bracketed(chars: list[str], types: str, base: str) -> str:
    """The types with N0 applied: a pair takes the direction of what it holds, or of what stands before it."""
    letters = list(types)
    for opening, closing in _pairs(chars, types):
        inside = {_STRONG.get(letter) for letter in letters[opening:closing]} - {None}
        if inside:
            before = next(_STRONG[letter] for letter in reversed(letters[:opening]) if letter in _STRONG)
            letters[opening] = letters[closing] = base if base in inside else before
    return "".join(letters)


def _levels(chars: list[str], base: str) -> str:
    """The embedding level of each character, a digit for each."""
    original = "".join([_LETTERS[bidirectional(char)] for char in chars])
    types = _applied(_WEAK, base + original + base)
    types = _applied(_NEUTRAL, _bracketed(["", *chars, ""], types, base))
    levels = re.sub("[. \t\n]", base, types)[1:-1].translate(_LEVELS[base])  # N2, I1, I2
    for end in re.finditer(_AT_THE_END, original):  # L1
        levels = levels[: end.start()] + ("0" if base == "L" else "1") * len(end[0]) + levels[end.end() :]
    return levels


# --------------------------------------------------------------------------------------------------------- reordering


def _mirrored(glyphs: list[Glyph], levels: str) -> list[Glyph]:
    """The glyphs, in the same order, with the mirror images of those that run to the left."""
    return [
        (_MIRROR.get(char, char) if level == "1" else char, place)
        for (char, place), level in zip(glyphs, levels, strict=True)
    ]


def _ordered(glyphs: list[Glyph], levels: str) -> list[Glyph]:
    """The glyphs from left to right as they are seen (L2), each mark on its letter (L3), brackets mirrored (L4)."""
    seen = _mirrored(glyphs, levels)
    heads = [place for place, (char, _) in enumerate(glyphs) if place == 0 or bidirectional(char) != "NSM"]
    clusters = [seen[head:end] for head, end in zip_longest(heads, heads[1:])]
    depths = "".join([levels[head] for head in heads])
    for runs in ("2+", "[12]+"):
        for run in re.finditer(runs, depths):
            clusters[run.start() : run.end()] = clusters[run.start() : run.end()][::-1]
    return [glyph for cluster in clusters for glyph in cluster]


# -------------------------------------------------------------------------------------------------------------- orders

_UNSAFE = DIRECTION_MARKS + ZWJ


def _kept(glyphs: list[Glyph]) -> list[Glyph]:
    """Those of the glyphs that are seen (X9)."""
    return [glyph for glyph in glyphs if bidirectional(glyph[0]) in _LETTERS]


def _seen(line: str, base: str) -> list[Glyph]:
    """The line shaped and in visual order."""
    glyphs = _kept(_shaped(line))
    return _ordered(glyphs, _levels([char for char, _ in glyphs], base))


def _joined(line: str, _base: str) -> list[Glyph]:
    """The line shaped, in logical order."""
    return _kept(_shaped(line))


def _spoken(line: str, _base: str) -> list[Glyph]:
    """The line in logical order, without direction marks of its own, and without ZWJ: tmux gives it a cell."""
    return [(char, place) for place, char in enumerate(line) if char not in _UNSAFE]


def _exchanged(line: str, base: str) -> list[Glyph]:
    """The logical order, brackets mirrored already where they will run to the left."""
    glyphs = _spoken(line, base)
    kept = _kept(glyphs)
    levels = _levels([char for char, _ in kept], base)
    seen = {place: char for char, place in _mirrored(kept, levels)}
    return [(seen.get(place, char), place) for char, place in glyphs]


def _words(line: str, base: str) -> list[Glyph]:
    """The visual order of words; those with Arabic in them turned round, as the terminal will turn them again.

    It turns letters but leaves colours where they are, so the places are those that will be seen there.
    """
    written: list[Glyph] = []
    for _, group in groupby(_seen(line, base), lambda glyph: glyph[0] == " "):
        word = list(group)
        turned = _ordered(word, "1" * len(word)) if any(_is_turned(char) for char, _ in word) else word
        written += [(char, place) for (char, _), (_, place) in zip(turned, word, strict=True)]
    return written


_OF_NO_SCRIPT = "\u060c\u061b\u061f\u0640"


def _is_turned(char: str) -> bool:
    """Whether it belongs to a right-to-left script; its comma, semicolon, question mark and tatweel belong to none."""
    return _moves(char) and char not in _OF_NO_SCRIPT and bidirectional(char) != "NSM"


# --------------------------------------------------------------------------------------------------------------- forms


class Form(NamedTuple):
    """How a terminal wants its lines.

    `opens` and `closes` enclose a line (by its base). `vowels` tells whether marks on letters are kept. `edge` is the
    blank left and right of a cell. `spare` columns of the screen are lost by each cell. `before` and `after` enclose
    the whole output.
    """

    order: Callable[[str, str], list[Glyph]] | None
    opens: dict[str, str] = {"L": "", "R": ""}  # noqa: RUF012
    closes: str = ""
    vowels: bool = True
    edge: str = " "
    spare: int = 0
    before: str = ""
    after: str = ""


_ISOLATES = {"L": LRI + LRM, "R": RLI + RLM}
_OVERRIDES = {"L": LRM + LRO, "R": LRM + LRO}
_BLANK_OF_DIRECTION_L = "\u2800"

FORMS = {
    "logical": Form(None),
    "isolate": Form(_spoken, _ISOLATES, PDI),
    "konsole": Form(_exchanged, _ISOLATES, PDI),
    "visual": Form(_seen),
    "bare": Form(_seen, vowels=False),
    "explicit": Form(_seen, before="\x1b[8l", after="\x1b[8h"),
    "override": Form(_seen, _OVERRIDES, PDF),
    "mlterm": Form(_seen, _OVERRIDES, PDF, spare=3),
    "words-pf": Form(_words, vowels=False),
    "present": Form(_joined),
    "filler": Form(_spoken, edge=_BLANK_OF_DIRECTION_L),
}
"""The forms by the names that FACTCLI_BIDI knows."""


def _is_vowel(char: str) -> bool:
    """Whether it is a mark on an Arabic letter."""
    return "\u0610" <= char <= "\u06ed" and bidirectional(char) == "NSM"


def arrange(line: str, base: str, form: str) -> Arranged:
    """The line as a terminal of that form is sent it, and where each character of it comes from.

    A line that nothing can move comes back as it is: it needs no marks, not even beside those that do.
    """
    how = FORMS[form]
    if how.order is None or (base == "L" and not needs(line)):
        return Arranged(line, tuple(range(len(line))))
    glyphs = [glyph for glyph in how.order(line, base) if how.vowels or not _is_vowel(glyph[0])]
    chars, places = zip(*glyphs, strict=True) if glyphs else ((), ())
    text = how.opens[base] + "".join(chars) + how.closes
    return Arranged(text, (*[ADDED] * len(how.opens[base]), *places, *[ADDED] * len(how.closes)))


@lru_cache(maxsize=1024)
def write(line: str, base: str, form: str) -> str:
    """The line as a terminal of that form is sent it. A table says the same in many rows: kinds, countries, years."""
    return arrange(line, base, form).text


def visual(line: str, base: str) -> str:
    """The line as it is seen, from left to right.

    >>> visual("5-7 (10%)", "R"), visual("5 7", "R")
    ('(10%) 5-7', '7 5')
    """
    return write(line, base, "visual")


def isolate(line: str, base: str) -> str:
    """The line for a terminal that reorders by itself."""
    return write(line, base, "isolate")


def override(line: str, base: str) -> str:
    """The line for a terminal of which nothing is known."""
    return write(line, base, "override")


# ------------------------------------------------------------------------------------------------------------ and back

_PRESENTATION = "[\ufb50-\ufbff\ufe80-\ufefc]"


def spoken(text: str) -> str:
    """The logical text of one copied from the screen in any form but `words-pf`.

    >>> spoken(override("سلطنة عُمان 2.7", "R"))
    'سلطنة عُمان 2.7'
    """
    glyphs = _spoken(text, "R")
    if re.search(_PRESENTATION, text):
        glyphs = _kept(glyphs)
        glyphs = _ordered(glyphs, _levels([char for char, _ in glyphs], "R"))
    text = "".join([char for char, _ in glyphs])
    return re.sub(_PRESENTATION, lambda form: normalize("NFKC", form[0]), text)
