"""The one form in which a file keeps a record, and the ids of facts that have none."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import model, store
from factcli.records.canonical import assign_ids, canonical, fact_id, nfc, slug
from factcli.records.rules import wrong_slug
from factcli.text import fold

FACT = {"id": "a", "kind": "visit", "title": {"en": "A visit"}}


def test_a_fact_has_every_documented_key_in_order() -> None:
    fact = canonical({"title": {"en": "A visit"}, "kind": "visit", "partners": None, "note": None}, "facts")
    assert tuple(fact) == model.FACT_KEYS
    assert (fact["id"], fact["date"], fact["date_basis"], fact["partners"], fact["note"]) == (
        "",
        None,
        "unknown",
        [],
        None,
    )
    assert canonical({**FACT, "date": "2023"}, "facts")["date_basis"] == "stated"


def test_a_number_has_its_operator_and_no_null() -> None:
    numbers = [{"value": 7, "what": "people", "unit": None}, {"what": "x", "op": None, "value": 1, "as_of": "2020"}]
    assert [list(n.items()) for n in canonical({**FACT, "numbers": numbers}, "facts")["numbers"]] == [
        [("what", "people"), ("op", "="), ("value", 7)],
        [("what", "x"), ("op", "="), ("value", 1), ("as_of", "2020")],
    ]


def test_entities_and_sources_have_their_keys_first() -> None:
    entity = canonical({"name": {"en": "X"}, "type": "person", "id": "x"}, "entities")
    assert list(entity.items()) == [
        ("id", "x"), ("type", "person"), ("name", {"en": "X"}), ("aliases", []), ("country", None),
    ]  # fmt: skip
    source = canonical({"accessed": "2024", "title": {"en": "S"}, "id": "s"}, "sources")
    assert list(source) == [
        "id", "type", "title", "publisher", "URL", "language", "issued", "issued_basis", "issued_note", "accessed",
    ]  # fmt: skip


def test_the_properties_of_a_file_stay_as_they_are() -> None:
    assert canonical({"licence": "MIT", "schema": 1}, "meta") == {"licence": "MIT", "schema": 1}


@pytest.mark.parametrize(
    ("date", "name"), [(None, "visit-a-visit"), ("2023-05-01/2023-05-07", "visit-2023-05-01-a-visit")]
)
def test_an_id_made_for_a_fact_has_the_day_it_begins(date: str | None, name: str) -> None:
    assert fact_id({**FACT, "date": date}) == name


@given(st.text())
def test_text_is_in_nfc_but_for_quotes_and_addresses(text: str) -> None:
    value = nfc({"title": {"en": text}, "aliases": [text], "sources": [{"quote": text}], "URL": text})
    composed = unicodedata.normalize("NFC", text)
    assert value == {"title": {"en": composed}, "aliases": [composed], "sources": [{"quote": text}], "URL": text}


@pytest.mark.parametrize("fact", store.read([]).facts, ids=lambda fact: fact["id"])
def test_shipped_facts_are_in_canonical_form(fact: Any) -> None:
    assert list(canonical(fact, "facts").items()) == list(fact.items())


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"kind": "sale", "date": "2023-10", "title": {"en": "Sale of TOW 2B"}}, "sale-2023-10-sale-of-tow-2b"),
        ({"kind": "visit", "date": None, "title": {"en": "Erdoğan in Muscat"}}, "visit-erdogan-in-muscat"),
        ({"kind": "visit", "date": "2023~/..", "title": {"ar": "زيارة"}}, "visit-2023-f663e3f1"),
        ({"kind": "visit", "date": None, "title": {"en": "x" * 500}}, "visit"),
    ],
    ids=["words of the title", "without accents", "a digest of Arabic", "no longer than an id may be"],
)
def test_the_id_that_a_fact_gets(record: Any, name: str) -> None:
    assert fact_id(record) == name


def test_ids_are_distinct_and_the_same_another_time() -> None:
    facts: list[Any] = [canonical({**FACT, "id": None}, "facts") for _ in range(3)]
    facts[1]["id"] = "visit-a-visit"
    assign_ids(facts, {})
    assert [fact["id"] for fact in facts] == ["visit-a-visit-2", "visit-a-visit", "visit-a-visit-3"]
    again: Any = canonical({**FACT, "id": None}, "facts")
    assign_ids([again], {fact["id"]: fact for fact in facts})
    assert again["id"] == "visit-a-visit"
    other: Any = canonical({**FACT, "id": None, "note": {"en": "another one"}}, "facts")
    assign_ids([other], {fact["id"]: fact for fact in facts})
    assert other["id"] == "visit-a-visit-4"


LONG = "Sample State Enterprise for Instruments, Devices and Precision Tools, "


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kırlangıç Havacılık A.Ş.", "kirlangic-havacilik-as"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("GFW_1948A", "gfw-1948a"),
        ("سالم بن عبد المثال", "person-4f12e510"),
        ("700", "person-700"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 51 + "-" + "c508e75f"),
        ("—", ""),
    ],
)
def test_an_id_is_the_name_as_look_ups_fold_it(name: str, expected: str) -> None:
    assert slug(name, kind="person") == expected


@pytest.mark.parametrize(
    "names", [(LONG + "North", LONG + "South"), ("عامر", "سالم"), ("خنجر 7", "صقر 7"), ("Ø7", "7")]
)
def test_two_names_are_two_ids(names: tuple[str, str]) -> None:
    ids = {slug(name, kind="exercise") for name in names}
    assert len(ids) == 2 and max(map(len, ids)) <= 60


@given(st.text(), st.text(), st.sampled_from([60, 80]))
def test_an_id_is_one_that_a_record_may_have(name: str, other: str, limit: int) -> None:
    found = slug(name, limit, "person")
    assert not found or (schema_slug(found))
    if fold(name) != fold(other) and found and found == slug(other, limit, "person"):
        assert "-".join(fold(name).split()) == "-".join(fold(other).split())


def schema_slug(text: str) -> bool:
    return wrong_slug(text) is None
