"""Three versions of a fact file made one: what two copies of a file made of it, merged record by record for git.

Records are the same where their ids are, whatever their numbers and places. What one side alone changed is taken, of
records, of their fields and of the languages of a text; where both changed the same thing differently, our side's stays
and the conflict is reported.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from factcli import store
from factcli.model import LANGUAGES
from factcli.records.problems import Candidate, Place
from factcli.records.validate import validate
from factcli.store import TABLES, Record, Tables, decode, fact_file
from factcli.text.json_line import json_line
from factcli.text.quote import quote_path, shorten


class Conflict(NamedTuple):
    """What both sides changed differently: table, id, field (empty: the record as a whole), and what is wrong."""

    table: str
    id: str
    field: str
    what: str


class Merged(NamedTuple):
    """The tables of the merged file, and the conflicts, in each of which they have what our side has."""

    tables: Tables
    conflicts: list[Conflict]


def merge_files(base: str, ours: str, theirs: str, name: str = "") -> list[str]:
    """Merges into the fact file `ours` what the file `theirs` changed since `base`; the conflicts, a line each.

    An empty file `base` says that both sides made the file anew. No FILE.bak is kept, since `ours` is a copy that git
    made. Messages call the file `name`. Raises FileError for a file of which a record cannot be read, and then nothing
    is changed.
    """
    with store.change(ours) as db:
        file = cast(fact_file.FactFile, db.storage)
        mine, origin, other = (
            _tables(path, f"{name} ({side})" if name else path, side)
            for path, side in ((ours, "OURS"), (base, "BASE"), (theirs, "THEIRS"))
        )
        merged = merge_tables(origin, mine, other)
        file.keeps_old = False
        file.write(merged.tables)
    where = quote_path(name or ours)
    return [
        f"{where}: {table} {shorten(key)}{f': {field}' if field else ''}: {what}; correct it in the file if need be"
        for table, key, field, what in merged.conflicts
    ]


def _tables(path: str, name: str, side: str) -> Tables:
    """The tables of one version, which may be empty as the base. Raises FileError."""
    if side == "BASE" and not decode.content(path).strip():
        return {}
    return fact_file.tables(path, name)


def merge_tables(base: Tables, ours: Tables, theirs: Tables) -> Merged:
    """The tables of all three versions as one: our records in their order, then those that their side added."""
    merged = Merged({}, [])
    for table in dict.fromkeys((*ours, *theirs)):
        origin, mine, other = (_by_key(version.get(table, {}), table) for version in (base, ours, theirs))
        records: dict[str, Any] = {}
        for key in dict.fromkeys((*mine, *other)):
            number, _ = mine.get(key) or other[key]
            versions = [side.get(key, ("", None))[1] for side in (origin, mine, other)]
            record, problems = _record(table, *versions)
            if record is not None:
                records[number if number not in records else str(decode.record_number(key, records))] = record
            merged.conflicts.extend(Conflict(table, key, field, what) for field, what in problems)
        merged.tables[table] = records
    return merged


def _by_key(records: dict[str, Any], table: str) -> dict[str, tuple[str, Any]]:
    """Numbers and records by what is the same in all versions: the id, or the number where records have none."""
    has_ids = table in TABLES and table != "meta"
    return {record["id"] if has_ids else number: (number, record) for number, record in records.items()}


Problems = list[tuple[str, str]]
"""Conflicts within one record: the field, and what is wrong."""


def _record(table: str, base: Any, ours: Any, theirs: Any) -> tuple[Any, Problems]:
    """One record of three versions, None where there is none, and the conflicts."""
    if theirs == base or ours == theirs:
        return ours, []
    if ours == base:
        return theirs, []
    if ours is None or theirs is None:
        sides = ("changed", "removed") if theirs is None else ("removed", "changed")
        return ours, [("", "was {} in OURS, which was kept, and {} in THEIRS".format(*sides))]
    if table not in TABLES and not all(isinstance(version, dict) for version in (base, ours, theirs)):
        return ours, [("", "was added or changed on both sides; OURS was kept")]
    problems: Problems = []
    record = _fields(base or {}, ours, theirs, "", problems)
    if broken := _broken_rules(record, ours, table) if table in TABLES else []:
        return ours, [(field, f"{what} when both sides are merged; OURS was kept") for field, what in broken]
    return record, problems


def _fields(base: Record, ours: Record, theirs: Record, at: str, problems: Problems) -> Record:
    """The object with the keys of both sides, each merged by itself; a text by its languages. Adds the conflicts."""
    merged = {}
    for key in dict.fromkeys((*ours, *theirs)):
        origin, mine, other = (_value(side, key) for side in (base, ours, theirs))
        side = ours
        if mine == origin and mine != other:
            side = theirs
        elif other not in (mine, origin):
            if not at and all(_is_text(value) for value in (origin or {}, mine, other)):
                merged[key] = _fields(origin or {}, mine, other, f"{key}.", problems)
                continue
            texts = (shorten(json_line(value)) for value in (mine, other))
            problems.append((at + key, "is {} in OURS, which was kept, and {} in THEIRS".format(*texts)))
        if key in side:
            merged[key] = side[key]
    return merged


def _value(record: Record, key: str) -> Any:
    """The value of a key; what is empty is the same as what is missing."""
    value = record.get(key)
    return None if value in ([], {}) else value


def _is_text(value: Any) -> bool:
    """Whether this is a text in one or more languages."""
    return isinstance(value, dict) and value.keys() <= set(LANGUAGES)


def _broken_rules(merged: Record, ours: Record, table: str) -> Problems:
    """The fields and errors of a merged record that ours does not have, such as a date without its basis."""
    place = Place("", table=table)
    before = {problem.code for problem in validate(Candidate(place, ours))}
    found = [problem for problem in validate(Candidate(place, merged)) if problem.severity == "error"]
    return [(problem.field, problem.message) for problem in found if problem.code not in before]
