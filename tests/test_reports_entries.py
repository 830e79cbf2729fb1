"""Entities and sources whole: every key for programs, names and titles for people, and which facts are theirs."""

from __future__ import annotations

from typing import Any

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import ENTITY_TYPES, LANGUAGES, OPTIONAL_KEY, Entity, Source, Table, View
from factcli.reports.entries import ENTITY_FIELDS, SOURCE_COLUMNS, SOURCE_FIELDS, entries_table, facts_of

FACTS = store.read([])
LEXICON = Lexicon()


def table(sort: str, name: str, kind: str = "objects", **view: Any) -> Table:
    return entries_table(sort, [name], FACTS, LEXICON, View(**view), kind)


def row(made: Table) -> dict[str, Any]:
    (values,) = made.rows
    return dict(zip([column.name for column in made.columns], values, strict=True))


@pytest.mark.parametrize("name", {*ENTITY_FIELDS, *SOURCE_FIELDS, *SOURCE_COLUMNS})
def test_a_field_has_a_label_in_both_languages(name: str) -> None:
    label = LEXICON.label("columns", name)
    assert set(label) == set(LANGUAGES)
    assert label["ar"] != name


def test_types_of_entities_have_labels() -> None:
    assert all(LEXICON.label("entity_types", one)["ar"] != one for one in ENTITY_TYPES)


def test_an_entity_for_programs_has_every_key_its_roles_and_its_facts() -> None:
    found, entity_keys = row(table("entity", "tow-2b")), [key for key in Entity.__annotations__ if key != OPTIONAL_KEY]
    assert list(found) == ["record", *entity_keys, "roles", "facts"]
    assert {key: found[key] for key in entity_keys} == FACTS.entities["tow-2b"]
    assert (found["record"], found["roles"]) == ("entity", {"item": 2})
    assert found["facts"] == ["us-om-tow-2023", "us-tow-2b-guidance"]


def test_a_source_for_programs_has_every_key_and_its_facts() -> None:
    found = row(table("source", "us-oman"))
    assert list(found) == ["record", *(key for key in Source.__annotations__ if key != OPTIONAL_KEY), "facts"]
    assert (found["record"], found["author"], found["language"]) == ("source", None, "ar")
    assert found["issued_note"] == FACTS.sources["us-oman"]["issued_note"]
    assert "us-om-tow-2023" in found["facts"]


def test_an_entity_for_people() -> None:
    made = table("entity", "tow-2b", "display")
    found = row(made)
    assert made.cards
    assert found["type"] == {"en": "equipment", "ar": "عتاد"}
    assert found["country"][0]["en"] == "United States"
    assert [role["en"] for role in found["roles"]] == ["item 2"]
    assert found["facts"][0]["en"] == "us-om-tow-2023: US approves sale of 301 TOW 2B missiles to Oman"


def test_a_source_for_people_has_citation_caveat_and_address() -> None:
    found = row(table("source", "us-oman", "display"))
    assert found["citation"]["en"].endswith("”. CENTCOM Citadel (US Central Command). 26 Feb 2024, inferred")
    assert found["citation"]["ar"].startswith("«[عُمان")
    assert "a party to what is told here" in found["issued_note"]["en"]
    assert found["URL"] == FACTS.sources["us-oman"]["URL"]
    assert row(table("source", "us-oman", "text"))["issued"] == "2024-02-26"


def test_fields_choose_and_order() -> None:
    assert list(row(table("source", "us-oman", fields="URL,title.ar,citation"))) == ["URL", "title.ar", "citation"]


# -- which facts are theirs


def test_the_facts_of_an_entity_are_those_it_takes_part_in_or_speaks_of() -> None:
    assert "us-om-tow-2023" in [fact["id"] for fact in facts_of("entity", "tow-2b", FACTS)]
    speakers = {fact["said_by"] for fact in FACTS.facts if fact["said_by"]}
    assert speakers
    for speaker in speakers:
        spoken = [fact["id"] for fact in FACTS.facts if fact["said_by"] == speaker]
        assert set(spoken) <= {fact["id"] for fact in facts_of("entity", str(speaker), FACTS)}


def test_the_facts_of_a_country_are_those_it_is_a_partner_in() -> None:
    assert {fact["id"] for fact in facts_of("entity", "turkiye", FACTS)} >= {
        fact["id"] for fact in FACTS.facts if "TR" in fact["partners"]
    }
    mod = facts_of("entity", "us-state-department", FACTS)
    assert 0 < len(mod) < len(facts_of("entity", "united-states", FACTS))


def test_the_facts_of_a_source_are_those_that_cite_it() -> None:
    of_sources = [facts_of("source", source, FACTS) for source in FACTS.sources]
    assert sum(map(len, of_sources)) >= len(FACTS.facts)
    assert all(of_sources)
