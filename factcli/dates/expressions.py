"""Time expressions as people type them, in the digits of any script."""

from __future__ import annotations

import re

from factcli.dates import DateError, Span, span
from factcli.dates.repair import AROUND, refusal
from factcli.text.numbers import ascii_digits

_PERIOD = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?"


def period(text: str) -> Span:
    """The first and the last day of a year, month or day that a person typed, in the digits of any script.

    Both ends are known. Raises DateError for everything else, other EDTF forms included.

    >>> period(" ٢٠٢٣-٠٢ ")
    Span(start='2023-02-01', end='2023-02-28')
    """
    typed = ascii_digits(text.strip(AROUND))
    if re.fullmatch(_PERIOD, typed):
        return span(typed)
    raise DateError(refusal(text, _PERIOD))
