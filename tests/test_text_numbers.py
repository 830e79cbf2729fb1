"""Digits of every script read as ASCII, and numbers without a fraction of zero."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.numbers import add, ascii_digits, drop_zero_fraction, parse_float


@given(st.integers(0, 10**9), st.sampled_from("٠۰०０"))
def test_a_number_in_any_digits_is_the_same_in_ascii(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert ascii_digits(written) == str(number)


@pytest.mark.parametrize("text", ["", "Oman", "عُمان", "½", "²", "Ⅷ"])
def test_what_is_no_decimal_digit_is_left_alone(text: str) -> None:
    assert ascii_digits(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [(5.0, "5"), (5, "5"), (2.5, "2.5"), (-3.0, "-3"), (0.0, "0"), (1e16, "10000000000000000"), (1e23, "1" + "0" * 23)],
)
def test_a_fraction_of_zero_is_dropped(value: float, written: str) -> None:
    assert str(drop_zero_fraction(value)) == written


def test_a_literal_of_seventeen_digits_is_no_float() -> None:
    assert [str(parse_float(text)) for text in ("0.12345678901234567", "1234567890.1234567")] == [
        "0.12345678901234567",
        "1234567890.1234567",
    ]


LITERALS = st.from_regex(r"(0|[1-9][0-9]{0,25})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)


@given(LITERALS)
def test_a_number_is_read_without_losing_a_digit(text: str) -> None:
    value = parse_float(text)
    assert Decimal(str(value)) == Decimal(text)
    assert isinstance(value, float) == (Decimal(repr(float(text))) == Decimal(text))


@given(LITERALS, LITERALS)
def test_a_sum_is_exact_as_it_is_written(one: str, other: str) -> None:
    with localcontext(prec=500):
        assert Decimal(str(add(parse_float(one), parse_float(other)))) == Decimal(one) + Decimal(other)


@given(LITERALS)
def test_a_number_without_a_fraction_has_the_same_digits(text: str) -> None:
    value = drop_zero_fraction(parse_float(text))
    assert Decimal(str(value)) == Decimal(text)
    assert isinstance(value, int) == (Decimal(text) == int(Decimal(text)))


@pytest.mark.parametrize("text", ["0." + "1" * 1000, "1e1001", "1e-1001", "1e999999999999999999999"])
def test_a_number_that_is_too_long_or_far_off_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"of more than 1000 digits|beyond 1000"):
        parse_float(text)
    assert add(parse_float("1e-1000"), parse_float("1e1000")) > 1
