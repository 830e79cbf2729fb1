"""Amounts in questions, as they are read and as the numbers of facts satisfy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.lexicon import Lexicon
from factcli.model import OPERATORS, Number
from factcli.search.amounts import Amount, read_amount
from factcli.text.lexer import tokenize
from factcli.text.numbers import parse_float
from factcli.text.phrases import PhraseMatcher

MEANINGS = Lexicon().words.meanings


def amount(text: str) -> Amount | None:
    """The amount that the whole text is."""
    tokens = tokenize(text)
    found = read_amount(PhraseMatcher(tokens, MEANINGS), 0)
    return found[1] if found and found[0] == len(tokens) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70", Amount("=", 70, is_bare=True)),
        ("$70m", Amount("=", 70e6, "USD")),
        ("US$ 2.7 billion", Amount("=", 2.7e9, "USD")),
        ("70,000,000 dollars", Amount("=", 70e6, "USD")),
        ("70 مليون دولار", Amount("=", 70e6, "USD")),
        ("سبعون مليون", Amount("=", 70e6)),
        ("٢٫٧ مليار", Amount("=", 2.7e9)),
        ("more than 70 missiles", Amount(">", 70, "missile")),
        ("at least 300 missiles", Amount(">=", 300, "missile")),
        ("300 or more", Amount(">=", 300)),
        ("أكثر من 900 شخص", Amount(">", 900, "person")),
        ("about 300", Amount("~", 300)),
        ("<100", Amount("<", 100)),
        ("≥100", Amount(">=", 100)),
        ("between 10 and 20 million", Amount("between", 10e6, "", 20e6)),
        ("five days", Amount("=", 5, "day")),
        ("three hundred and one", Amount("=", 301)),
        ("ملياران وسبعمئة مليون", Amount("=", 2.7e9)),
        ("2,7 billion", Amount("=", 2.7e9)),
        ("من 50 إلى 100 مليون دولار", Amount("between", 50e6, "USD", 100e6)),
        ("between 1980 and 2010", None),
        ("لا يزيد عن 50 صاروخا", Amount("<=", 50, "missile")),
        ("not exceeding 50 missiles", Amount("<=", 50, "missile")),
        ("2A", None),
    ],
)
def test_an_amount_is_number_comparison_and_unit(text: str, expected: Amount | None) -> None:
    assert amount(text) == expected


def number(op: str, value: float, unit: str = "USD") -> Number:
    return {"what": "value", "op": op, "value": value, "unit": unit}


@pytest.mark.parametrize(
    ("asked", "held", "holds"),
    [
        (Amount("=", 70), number("=", 70), True),
        (Amount("=", 70), number(">", 70), True),
        (Amount("=", 70), number("=", 71), False),
        (Amount(">", 70), number(">", 70), True),
        (Amount(">", 70), number("=", 70), False),
        (Amount(">=", 70), number("=", 70), True),
        (Amount(">", 60), number("<", 70), False),
        (Amount("<", 80), number(">", 70), False),
        (Amount("<", 80), number("=", 70), True),
        (Amount("~", 300), number("=", 301, "missile"), True),
        (Amount("~", 300), number("=", 200, "missile"), False),
        (Amount("~", 1e6), number("=", parse_float("1000000.00000000000001")), True),  # type: ignore[arg-type]
        (Amount(">", 1e6), number("=", parse_float("1000000.00000000000001")), True),  # type: ignore[arg-type]
        (Amount("=", 1e6), number("=", parse_float("1000000.00000000000001")), False),  # type: ignore[arg-type]
        (Amount("between", 60, "", 80), number("=", 70), True),
        (Amount("between", 60, "", 80), number(">", 70), False),
        (Amount("=", 70, "EUR"), number("=", 70), False),
        (Amount(">", 50, "missile"), number("=", 70), False),
        (Amount("=", 5, "year"), number("=", 5, "day"), False),
        (Amount("<", 50e6), number("=", 301, "missile"), False),
    ],
)
def test_only_a_number_that_certainly_is_so_much_satisfies_an_amount(asked: Amount, held: Number, holds: bool) -> None:
    assert asked.holds(held) is holds


@given(st.sampled_from(OPERATORS), st.integers(0, 100), st.integers(0, 100))
def test_no_number_is_certainly_more_and_certainly_less(op: str, held: int, asked: int) -> None:
    assert not (Amount(">", asked).holds(number(op, held)) and Amount("<=", asked).holds(number(op, held)))
