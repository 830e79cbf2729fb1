"""Digits of any script, numbers in words, and numbers read and summed without losing a digit.

A number is an int or a float; where a float would be another number than the one that is written, as for
0.1234567890123456789 and 1e-400, it is a `Decimal`, which the type `float` stands for as well. So the same number is
always of one type, and a Decimal is rare: the module is imported only where one may be needed. Floats and Decimals
compare, but do not add up with `+`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from decimal import Decimal

    from factcli.text.phrases import PhraseMatcher

MAX_DIGITS = 1000
"""Digits and powers of ten up to which a number is read: a sum of two such is exact."""

_MAX_FLOAT_LENGTH = 16
"""Characters, the point included, up to which a float has every digit."""

_MAX_EXACT = 1 << 53
"""Number from which a float is not always the integer that is written."""


def about_mark(text: str) -> int:
    """Where a mark of an estimate in front of a number or a date ends: `c.`, `ca` or `~`; 0 where there is none.

    >>> about_mark("c. 1995"), about_mark("ca. 12"), about_mark("Cairo")
    (2, 3, 0)
    """
    for mark in ("ca.", "c.", "~", "ca", "c"):
        rest = text[len(mark) :]
        if text.startswith(mark) and rest.strip() and (mark[-1] in ".~" or rest.lstrip()[0].isdecimal()):
            return len(mark)
    return 0


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def parse_float(text: str) -> float:
    """The number of a JSON literal with a fraction or a power: a float where that is the same number.

    Raises ValueError for more digits or a higher power of ten than `MAX_DIGITS`.

    >>> parse_float("1.10"), parse_float("0.1234567890123456789")
    (1.1, Decimal('0.1234567890123456789'))
    """
    if len(text) <= _MAX_FLOAT_LENGTH and "e" not in text and "E" not in text:
        return float(text)
    from decimal import Decimal, InvalidOperation

    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    try:
        exact = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"a number with a power of ten beyond {MAX_DIGITS}") from None
    if exact and abs(exact.adjusted()) > MAX_DIGITS:
        raise ValueError(f"a number with a power of ten beyond {MAX_DIGITS}")
    return _simplest(exact)


def _simplest(exact: Decimal) -> float:
    """The number as a float where that is written with the same digits, else as it is."""
    near = float(exact)
    return near if type(exact)(repr(near)) == exact else cast(float, exact)


def is_decimal(value: object) -> bool:
    """Whether the value is a Decimal, without the import of its module, which takes a millisecond."""
    decimal = sys.modules.get("decimal")
    return decimal is not None and isinstance(value, decimal.Decimal)


def add(one: float, other: float) -> float:
    """The sum, exact as it is written: 0.1 and 0.2 are 0.3.

    >>> add(0.1, 0.2), add(1, 2)
    (0.3, 3)
    """
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    from decimal import Context, Decimal

    return drop_zero_fraction(_simplest(Context(prec=4 * MAX_DIGITS).add(Decimal(str(one)), Decimal(str(other)))))


def drop_zero_fraction(value: float) -> float:
    """The number without a fraction of zero, so that it is displayed and summed digit by digit.

    >>> drop_zero_fraction(70.0), drop_zero_fraction(0.5), drop_zero_fraction(1e23)
    (70, 0.5, 100000000000000000000000)
    """
    if int(value) != value:
        return value
    if abs(value) < _MAX_EXACT:
        return int(value)
    from decimal import Decimal

    return int(Decimal(str(value)))


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
        link = phrases.tokens[end] if end < len(phrases.tokens) else None
        is_joined = link and (link.key in ("and", "و") or (link.text == "-" and link.glued))  # and, twenty-three
        at = end + 1 if is_joined else end
    return (end, total + group) if end > start else None


def _fits(group: int, part: int) -> bool:
    """Whether a number may be added to another as it is spoken: 300 and 1, 20 and 4, in Arabic 4 and 20."""
    is_unit_before_tens = 0 < group % 100 < 10 and part in range(20, 100, 10)
    return group % 10 ** len(str(part)) == 0 or is_unit_before_tens
