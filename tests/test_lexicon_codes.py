"""The codes of countries and currencies are those of the standards, and of former days."""

from __future__ import annotations

import pytest

from factcli.lexicon.codes import ALPHA_2, COUNTRIES, CURRENCIES, NUMERIC

FORMER = {"SU", "YU", "CS", "DD", "YD"}


def test_codes_are_those_of_the_standards() -> None:
    numbers = pytest.importorskip("babel.numbers")
    territories = pytest.importorskip("babel").Locale("en").territories
    assert set(CURRENCIES) <= set(numbers.list_currencies())
    assert set(COUNTRIES) - set(territories) <= FORMER
    assert len(set(COUNTRIES)) == 255


def test_former_countries_and_currencies_are_allowed() -> None:
    assert set(COUNTRIES) >= FORMER
    assert {"DEM", "FRF", "SUR", "YDD", "USD", "OMR"} <= set(CURRENCIES)
    assert len(CURRENCIES) == len(set(CURRENCIES)) == 302


def test_every_country_has_an_alpha_3_code_and_some_have_others() -> None:
    assert {ALPHA_2[code] for code in ALPHA_2 if len(code) == 3} == set(COUNTRIES)
    assert {code: ALPHA_2[code] for code in ("OMN", "SUN", "UK", "EL", "XKX", "XKK")} == {
        "OMN": "OM",
        "SUN": "SU",
        "UK": "GB",
        "EL": "GR",
        "XKX": "XK",
        "XKK": "XK",
    }
    assert ALPHA_2.keys().isdisjoint(COUNTRIES)


def test_a_numeric_code_is_one_of_a_country() -> None:
    assert [NUMERIC[code] for code in ("512", "004", "810", "891")] == ["OM", "AF", "SU", "YU"]
    assert set(NUMERIC.values()) >= set(COUNTRIES) - {"XK"}
