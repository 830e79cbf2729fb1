"""Digits of any script, numbers in words, and numbers as they are displayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcli.text.phrases import PhraseMatcher


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def drop_zero_fraction(value: float) -> float:
    """The number without a fraction of zero, so that it is displayed and summed digit by digit."""
    return int(value) if float(value).is_integer() else value


def in_words(phrases: PhraseMatcher, start: int) -> tuple[int, int] | None:
    """Where a whole number in words ends that begins at a token, and its value: three hundred and one, ألفين وواحد.

    The words are the groups `numbers` and `magnitudes` of the phrases. Thousands and more are added up; what is below a
    thousand is multiplied by the magnitude behind it.
    """
    total = group = 0
    end, at = start, start
    while found := phrases.find("numbers", at) or phrases.behind_clitic("numbers", at):
        part = int(found[1])
        if part == 100 and 0 < group < 10:
            group *= 100
        elif not _fits(group, part) or (total and part >= total):
            break
        else:
            group += part
        end = found[0]
        if part >= 1000:
            total, group = total + group, 0
        while group and (size := phrases.find("magnitudes", end)):
            end, total, group = size[0], total + group * int(size[1]), 0
        is_joined = end < len(phrases.tokens) and phrases.tokens[end].key in ("and", "و")
        at = end + 1 if is_joined else end
    return (end, total + group) if end > start else None


def _fits(group: int, part: int) -> bool:
    """Whether a number may be added to another as it is spoken: 300 and 1, 20 and 4, in Arabic 4 and 20."""
    is_unit_before_tens = 0 < group % 100 < 10 and part in range(20, 100, 10)
    return group % 10 ** len(str(part)) == 0 or is_unit_before_tens
