"""Unsafe characters by category, and what display, JSON, messages and `check` make of them.

A character is unsafe when it can act on a terminal, reorder what stands around it, or be there without being seen.
Each category says what display makes of its characters and which rule of `check` names them. In JSON, in a fact file
and in an export all of them are written as \\u escapes, so nothing is lost; in a message they are named. The policies
differ in two places, on purpose: the direction marks LRM, RLM and ALM and the zero-width non-joiner are legal in Arabic
and Persian text, so `check` accepts them; and the non-joiner stays on display, since Persian is misspelt without it.

Every character of the table is not printable in the sense of `str.isprintable`, which is the fast path of each policy.
"""

from __future__ import annotations

import re
from functools import cache

from factcli._namedtuple import NamedTuple


class Category(NamedTuple):
    """Characters with one policy: ranges as in a character class, what display makes of them, the rule of `check`.

    `display` is "" (left out), " " (one blank for a run) or "keep"; `rule` is empty where `check` accepts them.
    """

    name: str
    ranges: str
    display: str
    rule: str


CATEGORIES = (
    Category("a line break", "\n-\r\x85\u2028\u2029", " ", "E205"),
    Category("a tab", "\t", " ", "E203"),
    Category("a control character", "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\U000e0000-\U000e00ff", "", "E203"),
    Category("a separator", "\x1c-\x1f", " ", "E203"),
    Category("a direction character", "\u202a-\u202e\u2066-\u2069", "", "E204"),
    Category("a direction mark", "\u061c\u200e\u200f", "", ""),
    Category("the zero-width non-joiner", "\u200c", "keep", ""),
    Category(
        "an invisible character",
        "\xad\u180e\u200b\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a",
        "",
        "W311",
    ),
    Category("a sign that terminals draw differently", "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2", "", "W311"),
    Category(
        "a character that is not text",
        "\ud800-\uf8ff\ufdd0-\ufdef"
        + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
        + "\U000f0000-\U0010ffff",
        "",
        "E206",
    ),
)


FORBIDDEN = tuple(one for one in CATEGORIES if one.rule.startswith("E"))
"""What no valid record holds."""

UNSEEN = tuple(one for one in CATEGORIES if one not in FORBIDDEN)
"""What valid records may hold, though it is not displayed or not displayed as it is."""


def pattern(*categories: Category) -> str:
    """A character class of the categories."""
    return "[" + "".join(category.ranges for category in categories) + "]"


@cache
def _patterns() -> tuple[str, str, str]:
    """Patterns of all unsafe characters, of the ones that display drops, and of the ones that it shows as a blank."""
    blanks = [one for one in CATEGORIES if one.display == " "]
    dropped = [one for one in CATEGORIES if one.display != "keep"]
    return pattern(*CATEGORIES), pattern(*dropped), pattern(*blanks)


def display(text: str) -> str:
    """The text for a terminal, a pipe or a table: unsafe characters left out, a break of the line one blank.

    >>> display("Oman\\x1b[31m\\r\\n\\u202eTurkey")
    'Oman[31m Turkey'
    """
    if text.isprintable():
        return text
    _, dropped, blank = _patterns()
    return re.sub(f"{dropped}+", lambda run: " " if re.search(blank, run[0]) else "", text)


def permitted(text: str) -> str:
    """The text with all that a valid record may hold, for a file: only a break of the line or a tab is one blank.

    >>> permitted("Oman\\x1b[31m\\r\\n\\u202eTurkey\\u200f")
    'Oman[31m Turkey\\u200f'
    """
    if text.isprintable():
        return text
    return re.sub(f"{pattern(*FORBIDDEN)}+", lambda run: " " if re.search(_patterns()[2], run[0]) else "", text)


def name_unsafe(text: str) -> str:
    """The text for a message about itself: unsafe characters named instead of obeyed.

    >>> name_unsafe("a\\x1b[0m")
    'a<U+001B>[0m'
    """
    if text.isprintable():
        return text
    return re.sub(_patterns()[1], lambda char: f"<U+{ord(char[0]):04X}>", text)


def escape(json_text: str) -> str:
    """JSON text with its unsafe characters as \\u escapes, so that it reads back the same.

    >>> escape('"a\\u202eb"')
    '"a\\\\u202eb"'
    """
    if json_text.isprintable():
        return json_text
    import json

    return re.sub(_patterns()[0], lambda char: json.dumps(char[0])[1:-1], json_text)


def problems(text: str) -> dict[str, str]:
    """The first character that each rule of `check` names in the text, as four or more hex digits, by rule."""
    found: dict[str, str] = {}
    if text.isprintable():
        return found
    for category in CATEGORIES:
        if category.rule and (char := re.search(pattern(category), text)):
            found.setdefault(category.rule, f"{ord(char[0]):04X}")
    return found


def is_web_address(text: str) -> bool:
    """Whether a text is one address of the web: a browser may be given it, no file or program of this computer."""
    return text.startswith(("http://", "https://")) and text.isprintable() and " " not in text
