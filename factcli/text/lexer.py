"""A text as tokens: words, runs of digits and single signs, each with its search key and its place in the text."""

from __future__ import annotations

import re
from functools import cache

from factcli._namedtuple import NamedTuple
from factcli.text import fold

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c"
_LETTER = f"[^\\W_{_MARKS}]"
_PATTERN = (
    rf"(?P<initials>(?:[^\W\d_]\.){{2,}}[^\W\d_]?(?![^\W_]))"
    rf"|(?P<clitic>[\u0648\u0641\u0628\u0644\u0643\u0627]{{1,4}})(?=\d)"
    rf"|(?P<digits>\d++)(?![^\W\d_]|['’]\w)"
    rf"|(?P<year>\d{{3,4}}+)(?=\u0645(?!\w))"
    rf"|(?P<word>[^\W_](?:[\w{_MARKS}]|['’ʼʿʾ`](?=\w))*)"
    rf"|(?P<sign>\S)"
)
"""Initials (U.S.); Arabic proclitics in front of digits (و2019); digits on their own; a year with its era attached
(2021م); a word, with the digits and apostrophes inside it (2B, 5anjar, Ma'rib); any other sign."""


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


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_PATTERN)


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order.

    >>> [token.text for token in tokenize("BGM-71F, 5/2/2025 و2019 (U.S.)")]
    ['BGM', '-', '71F', ',', '5', '/', '2', '/', '2025', 'و', '2019', '(', 'U.S.', ')']
    """
    tokens: list[Token] = []
    end = 0
    for match in _pattern().finditer(text):
        word = match[0]
        key = "" if match.lastgroup == "sign" else fold(word)
        tokens.append(Token(word, key, match.start(), match.end(), match.start() == end and bool(tokens)))
        end = match.end()
    return tokens
