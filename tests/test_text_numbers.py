"""Digits of every script read as ASCII, and numbers without a fraction of zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.numbers import ascii_digits, drop_zero_fraction


@given(st.integers(0, 10**9), st.sampled_from("٠۰०０"))
def test_a_number_in_any_digits_is_the_same_in_ascii(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert ascii_digits(written) == str(number)


@pytest.mark.parametrize("text", ["", "Oman", "عُمان", "½", "²", "Ⅷ"])
def test_what_is_no_decimal_digit_is_left_alone(text: str) -> None:
    assert ascii_digits(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [(5.0, "5"), (5, "5"), (2.5, "2.5"), (-3.0, "-3"), (0.0, "0"), (1e16, "10000000000000000")],
)
def test_a_fraction_of_zero_is_dropped(value: float, written: str) -> None:
    assert str(drop_zero_fraction(value)) == written
    assert drop_zero_fraction(value) == value
