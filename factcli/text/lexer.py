"""A text as tokens: words, runs of digits and single signs, each with its search key and its place in the text.

Written by hand, since its pattern would take longer to compile than a question to read.
"""

from __future__ import annotations

from unicodedata import combining

from factcli._namedtuple import NamedTuple
from factcli.text import fold

APOSTROPHES = "'’ʼʿʾ`"
INVISIBLE = "\u200c\u0640"
"""Signs that are part of the word they stand in: the zero-width non-joiner and tatweel."""

CLITIC_LETTERS = frozenset("وفبلكاـ")
ERA = "م"


class Token(NamedTuple):
    """A word, number or sign: the text as written, its folded key (empty for signs), where it stands in the text.

    `glued` says that no blank stands before it.
    """

    text: str
    key: str
    start: int
    end: int
    glued: bool

    @property
    def is_number(self) -> bool:
        """Whether it is a run of decimal digits."""
        return self.key.isdigit()


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order.

    A word may have digits and apostrophes inside (2B, 5anjar, Ma'rib); Arabic letters in front of digits (و2019) and
    the era behind a year (2021م) are words of their own; initials (U.S.) are one word.

    >>> [token.text for token in tokenize("BGM-71F, 5/2/2025 و2019 (U.S.)")]
    ['BGM', '-', '71F', ',', '5', '/', '2', '/', '2025', 'و', '2019', '(', 'U.S.', ')']
    """
    tokens: list[Token] = []
    at = end = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        stop = _initials_end(text, at) or (_word_end(text, at) if text[at].isalnum() else at + 1)
        for part_end in _parts(text, at, stop):
            word = text[at:part_end]
            key = fold(word) if word[0].isalnum() else ""
            tokens.append(Token._make((word, key, at, part_end, at == end and bool(tokens))))
            at = end = part_end
    return tokens


def _word_end(text: str, at: int) -> int:
    while at < len(text):
        char = text[at]
        is_inside = char in APOSTROPHES and text[at + 1 : at + 2].isalnum()
        if not (char.isalnum() or is_inside or combining(char) or char in INVISIBLE):
            break
        at += 1
    return at


def _initials_end(text: str, at: int) -> int:
    """Where initials end that begin at a position, such as U.S. or U.A.E; 0 where there are none."""
    end = at
    while text[end : end + 1].isalpha() and text[end + 1 : end + 2] == ".":
        end += 2
    if end - at < 4:
        return 0
    if text[end : end + 1].isalpha() and not text[end + 1 : end + 2].isalnum():
        end += 1
    return 0 if text[end : end + 1].isalnum() else end


def _parts(text: str, at: int, end: int) -> list[int]:
    """Where the parts of a word end: Arabic proclitics before digits, digits before the era, else the word itself."""
    word = text[at:end]
    digits = next((i for i, char in enumerate(word) if char.isdigit()), len(word))
    if 0 < digits <= 4 and word[digits:].isdigit() and CLITIC_LETTERS.issuperset(word[:digits]):
        return [at + digits, end]
    if word.endswith(ERA) and 3 <= len(word) - 1 <= 4 and word[:-1].isdigit():
        return [end - 1, end]
    return [end]
