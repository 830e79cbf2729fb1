"""The parts of an amount: comparison, number, magnitude, currency and unit, each with where it ends."""

from __future__ import annotations

import pytest

from factcli.lexicon.words import Words
from factcli.text.amounts import AmountReader
from factcli.text.lexer import tokenize
from factcli.text.phrases import PhraseMatcher

MEANINGS = Words().meanings


def reader(text: str) -> AmountReader:
    return AmountReader(PhraseMatcher(tokenize(text), MEANINGS))


@pytest.mark.parametrize(
    ("text", "end", "value", "currency"),
    [
        ("70 missiles", 1, 70, ""),
        ("70,000,000 dollars", 5, 70_000_000, ""),
        ("$70m", 2, 70_000_000, "USD"),
        ("US$ 2.7 billion", 6, 2_700_000_000, "USD"),
        ("three hundred men", 2, 300, ""),
        ("٢٫٧ مليار", 4, 2_700_000_000, ""),
    ],
)
def test_a_number_ends_behind_its_magnitude(text: str, end: int, value: float, currency: str) -> None:
    assert reader(text).number(0) == (end, value, currency)


def test_a_comparison_may_stand_before_and_behind() -> None:
    assert reader("more than 70").comparison(0) == (2, ">")
    assert reader("≥70").comparison(0) == (1, ">=")
    assert reader("70 or more").comparison_behind(1) == (3, ">=")
    assert reader("70 men").comparison_behind(1) == (1, "")


def test_a_unit_is_a_word_or_the_sign_of_a_currency() -> None:
    assert reader("70 missiles").unit(1) == (2, "missile")
    assert reader("70 €").unit(1) == (2, "EUR")
    assert reader("70 $80").unit(1) == (1, "")
