"""Numbers as tables write them: digits, groups, magnitudes and currencies, and what is refused instead of guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.lexicon.codes import CURRENCIES
from factcli.lexicon.words import Words
from factcli.text.quantities import SHARED_NAMES, NumberReader, Quantity, may_mean

MEANINGS = Words().meanings
POINT = NumberReader(MEANINGS, CURRENCIES)
COMMA = NumberReader(MEANINGS, CURRENCIES, ",", ".")

NUMBERS = """
12 | 12 | = |
1,040.5 | 1040.5 | = |
1 234 | 1234 | = |
12? | 12 | ~ |
(12) | 12 | ~ |
[12]? | 12 | ~ |
c. 12 | 12 | ~ |
ca. 2.5 million € | 2500000 | ~ | EUR
70+ | 70 | >= |
>=5 | 5 | >= |
<= 5 | 5 | <= |
2.3 million | 2300000 | = |
US$ 1.2 billion | 1200000000 | = | USD
US$ 1,234,567 | 1234567 | = | USD
$350 million | 350000000 | = | $
up to $62.5 million | 62500000 | <= | $
about USD 4bn | 4000000000 | ~ | USD
More than $ 70m | 70000000 | > | $
SAR 5m | 5000000 | = | SAR
A$5m | 5000000 | = | AUD
5 million Omani rials | 5000000 | = | OMR
5 ريال | 5 | = | ريال
٤٥٠ | 450 | = |
1٬100 | 1100 | = |
٢٫٥ ألف | 2500 | = |
أكثر من 3 آلاف | 3000 | > |
نحو 90 | 90 | ~ |
300 or more | 300 | >= |
three hundred | 300 | = |
"""


@pytest.mark.parametrize("line", NUMBERS.strip().splitlines())
def test_a_number_is_read_with_its_operator_and_currency(line: str) -> None:
    text, value, op, currency = (part.strip() for part in line.split("|"))
    found = POINT.read(text)
    assert (str(found.value), found.op, found.currency) == (value, op, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,50 €", 1234.5), ("12.000.000 €", 12e6), ("3,75 bn €", 3.75e9), ("> 900.000 €", 9e5), ("1,5", 1.5)],
)
def test_the_decimal_sign_of_a_file_may_be_a_comma(text: str, value: float) -> None:
    assert COMMA.read(text).value == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,5", "decimalChar"), ("1.234,56", "decimalChar"), ("0,123", "decimalChar"), ("1,00,000", "decimalChar"),
        ("several", "write figures"), ("", "write figures"), ("-5", "write figures"),
        ("10-15", "nothing else"), ("6.5%", "nothing else"), ("70 missiles", "nothing else"), ("9" * 50, "figures"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        POINT.read(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("USD", "USD"), ("US dollars", "USD"), ("in EUR", "EUR"), ("$5m", "$"), ("all", ""), ("several", "")],
)
def test_a_currency_may_stand_without_a_number(text: str, code: str) -> None:
    assert POINT.currency(text) == code


def test_a_shared_name_may_mean_only_currencies_of_that_name() -> None:
    assert may_mean("$", "USD") and may_mean("ريال", "OMR")
    assert not may_mean("ريال", "USD") and not may_mean("EUR", "EUR")
    assert {code for codes in SHARED_NAMES.values() for code in codes.split()} <= set(CURRENCIES)


@given(st.decimals(0, 10**12, places=2), st.sampled_from([POINT, COMMA]))
def test_a_number_keeps_every_digit(number: Decimal, reader: NumberReader) -> None:
    text = f"{number:,}"
    if reader is COMMA:
        text = text.translate(str.maketrans(".,", ",."))
    assert Decimal(str(reader.read(text).value)) == number


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        found = POINT.read(text)
    except ValueError as error:
        assert str(error)
    else:
        assert isinstance(found, Quantity) and found.value >= 0
