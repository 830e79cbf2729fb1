"""Who the parties of imported facts are in a file: entities that it has under another id, and the states among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from factcli.text import fold

Record = Mapping[str, Any]


def known_ids(mentioned: Iterable[Record], known: Iterable[Record]) -> dict[str, str]:
    """For entities that a file lacks by their ids, the ids of the ones in the file that they are.

    A country is the one of its code; another is the only one of its type with its name, as look-ups fold names.
    """
    by_id, by_name = {}, dict[Any, list[str]]()
    for entity in known:
        by_id[entity["id"]] = entity
        for key in _keys(entity):
            by_name.setdefault(key, []).append(entity["id"])
    found = {}
    for entity in mentioned if by_name else ():
        if entity["id"] not in by_id:
            same = {one for key in _keys(entity) for one in by_name.get(key, ())}
            if len(same) == 1:
                found[entity["id"]] = same.pop()
    return found


def _keys(entity: Record) -> list[tuple[str, str]]:
    """What an entity is told apart by: the code of a country, or each of its names with its type."""
    kind = str(entity.get("type"))
    if kind == "country" and entity.get("country"):
        return [(kind, entity["country"])]
    return [(kind, key) for name in (entity.get("name") or {}).values() if (key := fold(name))]


def rename_parties(fact: dict[str, Any], ids: Mapping[str, str]) -> None:
    """Puts other ids in the place of those of parties."""
    for party in fact["parties"]:
        party["entity"] = ids.get(party["entity"], party["entity"])
    if fact.get("said_by") in ids:
        fact["said_by"] = ids[fact["said_by"]]


def missing_states(fact: Record, states: Mapping[str, str]) -> list[str]:
    """The codes of the countries among the parties that are not among the partners; `states` are codes by id."""
    codes = dict.fromkeys(states[party["entity"]] for party in fact["parties"] if party["entity"] in states)
    return [code for code in codes if code not in fact["partners"]]


def states_of(entities: Iterable[Record]) -> dict[str, str]:
    """The codes of the countries among entities, by their ids."""
    return {one["id"]: one["country"] for one in entities if one.get("type") == "country" and one.get("country")}
