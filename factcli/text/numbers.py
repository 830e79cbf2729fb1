"""Digits of any script, and amounts as people type them: 301, 70,000,000, $70m, 2.7 billion, ٧٠ مليون."""

from __future__ import annotations

import re
from collections.abc import Mapping

_AMOUNT = re.compile(r"(?:us|usd)? ?[$€£]? ?([0-9][0-9,٬]*(?:[.٫][0-9]+)?) ?([^\W\d_]*)")


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def parse_amount(text: str, magnitudes: Mapping[str, int]) -> float | None:
    """The number that `text` is, or None; `magnitudes` has the factors of words and letters behind a number.

    >>> parse_amount("$2.7bn", {"bn": 10**9}), parse_amount("٧٠ مليون", {"مليون": 10**6}), parse_amount("70 apples", {})
    (2700000000.0, 70000000.0, None)
    """
    match = _AMOUNT.fullmatch(ascii_digits(text.strip().casefold()))
    if match is None or (match[2] and match[2] not in magnitudes):
        return None
    return float(re.sub("[,٬]", "", match[1]).replace("٫", ".")) * magnitudes.get(match[2], 1)


def drop_zero_fraction(value: float) -> float:
    """The number without a fraction of zero, so that it is displayed and summed digit by digit."""
    return int(value) if float(value).is_integer() else value
