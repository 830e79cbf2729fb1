"""Digits of any script, and numbers as they are displayed."""

from __future__ import annotations


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def drop_zero_fraction(value: float) -> float:
    """The number without a fraction of zero, so that it is displayed and summed digit by digit."""
    return int(value) if float(value).is_integer() else value
