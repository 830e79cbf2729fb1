"""A text as paragraphs and sentences: a paragraph is a line that is not blank, a sentence ends at . ! ? ؟ or …

Both are counted from 1, a sentence within its paragraph. A full stop behind an abbreviation (`Lt. Gen.`, `Jan. 6`,
`U.S. Navy`) ends none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from factcli._namedtuple import NamedTuple

_END = re.compile(r"[.!?؟…]+[\"'”»’)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_LINE = re.compile(r"[^\r\n]+")


class Sentence(NamedTuple):
    """A sentence: its paragraph and its number in it, and where it stands in the text."""

    paragraph: int
    number: int
    start: int
    end: int


def sentences(text: str, is_abbreviation: Callable[[str], bool]) -> Iterator[Sentence]:
    """The sentences of a text in order. `is_abbreviation` is asked about the word before a full stop."""
    paragraph = 0
    for line in _LINE.finditer(text):
        if line[0].strip():
            paragraph += 1
            yield from _of_line(text, paragraph, line.start(), line.end(), is_abbreviation)


def _of_line(
    text: str, paragraph: int, start: int, end: int, is_abbreviation: Callable[[str], bool]
) -> Iterator[Sentence]:
    number, last = 0, start
    cuts = [cut.end() for cut in _END.finditer(text, start, end) if not _is_inside(text, start, cut, is_abbreviation)]
    for stop in (*cuts, end):
        part = text[last:stop]
        if part.strip():
            number += 1
            first = last + len(part) - len(part.lstrip())
            yield Sentence(paragraph, number, first, last + len(part.rstrip()))
        last = stop


def _is_inside(text: str, start: int, end: re.Match[str], is_abbreviation: Callable[[str], bool]) -> bool:
    """Whether a full stop is that of an abbreviation, behind which a sentence goes on."""
    if end[0] != "." or end.end() >= len(text):
        return False
    word = _LAST_WORD.search(text, max(start, end.start() - 20), end.start())
    if not word:
        return False
    following = text[end.end() : end.end() + 2].strip()
    if len(word[0]) == 1 or "." in word[0]:  # initials: U.S. Navy, J. Smith
        return word[0].isascii() and word[0][-1].isupper() and bool(following) and not following.isdigit()
    return word[0].isascii() and word[0][0].isupper() and is_abbreviation(word[0])
