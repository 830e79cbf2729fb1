"""Values as a pipe has them: exact, in both languages, with a name for everything that has one."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import Locator, Number
from factcli.reports.values import Values

FACTS = store.read(["builtin"])
VALUES = Values(FACTS, Lexicon())


@pytest.mark.parametrize(
    ("number", "en"),
    [
        ({"what": "value", "op": "=", "value": 70000000, "unit": "USD"}, "70,000,000 USD"),
        ({"what": "value", "op": "=", "value": 70000000.0, "unit": "USD"}, "70,000,000 USD"),
        ({"what": "count", "op": ">", "value": 70, "unit": "agreement"}, "more than 70 agreements"),
        (
            {"what": "count", "op": ">=", "value": 1, "unit": "agreement", "as_of": "2021-10"},
            "at least 1 agreement (2021-10)",
        ),
        ({"what": "count", "op": "~", "value": 2.5}, "about 2.5"),
    ],
)
def test_a_number_is_exact_with_its_bound_and_unit(number: Number, en: str) -> None:
    assert VALUES.number(number)["en"] == en
    assert VALUES.number(number)["ar"]


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ({"source": "us-oman", "paragraph": 10, "sentence": 1}, "us-oman ¶10.1"),
        ({"source": "us-oman", "paragraph": 10}, "us-oman ¶10"),
        ({"source": "us-oman"}, "us-oman"),
    ],
)
def test_a_citation_in_short(locator: Locator, text: str) -> None:
    assert VALUES.citation(locator) == text


def test_an_entity_has_a_name_in_each_language_else_its_id() -> None:
    assert VALUES.name("oman") == {"en": "Oman", "ar": "عُمان"}
    assert VALUES.name("nobody") == {"en": "nobody", "ar": "nobody"}
    one_language = FACTS._replace(
        entities={"x": {"id": "x", "type": "place", "name": {"ar": "س"}, "aliases": [], "country": None}}
    )
    assert Values(one_language, Lexicon()).name("x") == {"en": "س", "ar": "س"}


def test_countries_have_the_names_of_unicode() -> None:
    assert [name["en"] for name in VALUES.countries(["TR", "GB", "ZZ"])] == ["Türkiye", "United Kingdom", "ZZ"]
