"""Ids of facts, entities and sources: what has them, and the nearest ones where nothing has."""

from __future__ import annotations

from factcli import store
from factcli.model import Facts
from factcli.search.ids import sorts_of_ids

FACTS = store.read([])


def test_an_id_is_that_of_a_fact_an_entity_or_a_source() -> None:
    found, notes = sorts_of_ids(["us-oman", "us-om-tow-2023", "tow-2b", "us-oman"], FACTS)
    assert found == [("source", "us-oman"), ("fact", "us-om-tow-2023"), ("entity", "tow-2b")]
    assert notes == ()


def test_near_ids_of_all_sorts_are_named() -> None:
    found, notes = sorts_of_ids(["us-om-tow-2032", "khanjar-had", "turky-oman", "xyzzy", "tow-2b"], FACTS)
    assert found == [("entity", "tow-2b")]
    near = {note.values["id"]: note.values["near"] for note in notes}
    assert near["us-om-tow-2032"][0] == "us-om-tow-2023"
    assert near["khanjar-had"][0] == "khanjar-hadd"
    assert near["turky-oman"][0] == "turkey-oman"
    assert near["xyzzy"] == []


def test_an_id_of_several_sorts_stands_for_all_of_them() -> None:
    fact = {**FACTS.facts[0], "id": "oman"}
    found, _ = sorts_of_ids(["oman"], Facts([fact], FACTS.entities, {"oman": {"id": "oman"}}, FACTS.meta, {}))  # type: ignore[list-item]
    assert found == [("fact", "oman"), ("entity", "oman"), ("source", "oman")]
