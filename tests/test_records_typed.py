"""A fact from what a person types: what is read, what the file knows already, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from factcli import store
from factcli.errors import UsageError
from factcli.records.typed import TypedFact

SHIPPED = store.read(("builtin",))


ADDRESS = next(record["URL"] for record in SHIPPED.sources.values() if record["URL"])


def typed() -> TypedFact:
    return TypedFact(SHIPPED.entities, SHIPPED.sources)


def test_texts_are_in_the_language_of_most_of_their_letters() -> None:
    found = typed().texts("--title", ["Sale of TOW missiles (تاو)", "بيع صواريخ TOW"])
    assert found == {"en": "Sale of TOW missiles (تاو)", "ar": "بيع صواريخ TOW"}
    assert typed().texts("--title", []) is None


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        ("2024-05-03", "2024-05-03", "stated"),
        ("May 2024", "2024-05", "stated"),
        ("مايو 2024", "2024-05", "stated"),
        ("13/4/2019", "2019-04-13", "stated"),
        ("about 2019", "2019~", "stated"),
        ("2015/..", "2015/..", "stated"),
        ("", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_dates_are_read_as_tables_write_them(text: str | None, date: str | None, basis: str) -> None:
    assert typed().date(text) == {"date": date, "date_basis": basis}


def test_the_words_for_a_part_of_a_period_are_a_note() -> None:
    assert typed().date("early 2019")["date_note"] == {"en": "early 2019"}


def test_partners_are_codes_by_name_or_code() -> None:
    assert typed().partners(["Kenya", "ke", "كينيا", "Korea, South"]) == ["KE", "KE", "KE", "KR"]


def test_an_entity_that_the_file_has_is_used_again() -> None:
    fact = typed()
    ids = [party["entity"] for party in fact.parties(["item=TOW 2B", "item=tow-2b", "lead=تركيا"])]
    assert set(ids) <= SHIPPED.entities.keys()
    assert fact.records == []


@pytest.mark.parametrize(
    ("given", "type", "name"),
    [
        ("seller=Acme Arms", "organization", {"en": "Acme Arms"}),
        ("item=سيف البحر", "equipment", {"ar": "سيف البحر"}),
        ("host=Kenya", "country", {"en": "Kenya", "ar": "كينيا"}),
        ("Lead of talks = 1234", "organization", {"en": "1234"}),
    ],
)
def test_a_name_that_the_file_lacks_is_an_entity_of_its_own(given: str, type: str, name: dict[str, str]) -> None:
    fact = typed()
    (party,) = fact.parties([given])
    (record,) = fact.records
    assert record["id"] == party["entity"]
    assert (record["type"], record["name"]) == (type, name)
    assert re.fullmatch("[a-z0-9.-]+", party["role"])


def test_equal_parties_are_one_and_codes_are_countries() -> None:
    found = typed().parties(["visitor=EG", "visitor=Egypt", "visitor=مصر"])
    assert found == [{"entity": "egypt", "role": "visitor"}]


def test_two_addresses_are_two_sources() -> None:
    known = {"example-org-a-1": {"URL": "https://example.org/a?1"}}
    fact = TypedFact({}, known)  # type: ignore[arg-type]
    (locator,) = fact.sources("https://example.org/a/1", [], {})
    assert locator["source"].startswith("example-org-a-1-")


def test_one_name_that_is_new_is_one_entity() -> None:
    fact = typed()
    one, other = fact.parties(["seller=Acme Arms", "signatory=acme arms"])
    assert one["entity"] == other["entity"]
    assert len(fact.records) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("USD 70 million", ("=", 70_000_000, "USD")),
        ("more than US$ 1.2 bn", (">", 1_200_000_000, "USD")),
        ("٧٠ مليون دولار أمريكي", ("=", 70_000_000, "USD")),
        ("about 5 OMR", ("~", 5, "OMR")),
    ],
)
def test_money_has_a_currency_that_is_certain(text: str, number: tuple[str, float, str]) -> None:
    assert typed().numbers([text], []) == [dict(zip(("op", "value", "unit"), number, strict=True), what="value")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("quantity=301 missile", ("quantity", "=", 301, "missile")),
        ("quantity = about 2 thousand rifle", ("quantity", "~", 2000, "rifle")),
        ("duration=10 day", ("duration", "=", 10, "day")),
        ("people=1,500", ("people", "=", 1500, None)),
    ],
)
def test_other_numbers_have_what_they_count_and_a_unit(text: str, number: tuple[Any, ...]) -> None:
    assert typed().numbers([], [text]) == [dict(zip(("what", "op", "value", "unit"), number, strict=True))]


def test_a_source_is_one_of_the_file_or_a_new_one() -> None:
    known = next(iter(SHIPPED.sources.values()))
    fact = typed()
    assert fact.sources(known["id"], [], {"paragraph": 3}) == [{"source": known["id"], "paragraph": 3}]
    assert fact.sources(known["URL"], [], {}) == [{"source": known["id"]}]
    assert fact.records == []
    fact.sources("https://example.org/a/1", ["A title"], {})
    fact.sources("The Gazette, 12 May", ["The Gazette"], {})
    assert [(one["id"], one.get("URL")) for one in fact.records] == [
        ("example-org-a-1", "https://example.org/a/1"),
        ("the-gazette-12-may", None),
    ]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (lambda fact: fact.texts("--title", ["a", "b"]), "--title: is given twice in one language"),
        (lambda fact: fact.date("3/4/2019"), "--date: can be 2019-04-03 or 2019-03-04; write it as YYYY-MM-DD"),
        (lambda fact: fact.date("some day"), "--date: .*; write YYYY-MM-DD"),
        (lambda fact: fact.partners(["Kenia"]), "--partner: there is no country .*did you mean kenya"),
        (lambda fact: fact.partners(["Congo"]), "--partner: .* can be CD, CG; give the code"),
        (lambda fact: fact.parties(["Bob"]), "--party: .*ROLE=NAME"),
        (lambda fact: fact.numbers(["70 million dollars"], []), "--value: .*dollars is of several states"),
        (lambda fact: fact.numbers(["70"], []), "--value: .*no currency is named"),
        (lambda fact: fact.numbers(["lots"], []), "--value: .*is not a number"),
        (lambda fact: fact.numbers(["USD 1e400"], []), "--value: .*is not a number"),
        (lambda fact: fact.date("1445-09-15"), "--date: .*Hijri"),
        (lambda fact: fact.sources(ADDRESS, ["A title"], {}), "--source-title: the file has this source already"),
        (lambda fact: fact.numbers([], ["301"]), "--number: .*WHAT=NUMBER UNIT"),
        (lambda fact: fact.sources("us-omna", [], {}), "--source: there is no source .*did you mean us-oman"),
        (lambda fact: fact.sources(None, [], {"paragraph": 1}), "--source: is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_option(part: Callable[[TypedFact], object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        part(typed())
