"""Import, remove and export: facts added to a file, taken out of it, and written out.

A change is worked out in full before anything is written, and then written in one step. Where there is one problem, all
of them are reported and the file stays what it was.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any, NamedTuple, cast

from factcli import store
from factcli.errors import AbsentError, InputError, UsageError
from factcli.model import Fact, Facts
from factcli.names.typos import nearest
from factcli.records import identity, readers, schema
from factcli.records.canonical import assign_ids, canonical
from factcli.records.problems import GIVEN, MENTIONED, Candidate, Found, Problem, format_problems, in_order
from factcli.records.rules import problem
from factcli.records.validate import repeated_id
from factcli.store.decode import backup, count_lines, open_regular, record_number
from factcli.store.fact_file import Document, FactFile, Table, TinyDB
from factcli.text.json_line import json_line
from factcli.text.quote import enumerate_values, quote, quote_path

Record = dict[str, Any]
Progress = Callable[[str, int, int | None], None]
"""Called from time to time with the current operation, how far it is, and how far it goes if that is known."""

PROGRESS_STEP = 200
"""Records between two calls."""

MAX_ABSENT = 5
"""Ids that are not in a file which are named, each with the nearest; of more than these their number is."""

META: Record = {"schema": store.SCHEMA, "home": store.HOME}


class Report(NamedTuple):
    """The result of a change, in numbers of records, and notes on its consequences."""

    path: str
    created: bool = False
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    entities: int = 0
    sources: int = 0
    removed_facts: int = 0
    removed_entities: int = 0
    removed_sources: int = 0
    notes: tuple[str, ...] = ()


def format_report(report: Report, dry_run: bool = False) -> str:
    """The report on one line.

    >>> format_report(Report("my.json", added=2, entities=1), dry_run=True)
    'my.json: would be changed: 2 facts added, 1 entity added or completed'
    """
    counts = [
        (report.added, "fact", "facts", "added"),
        (report.updated, "fact", "facts", "updated"),
        (report.unchanged, "fact", "facts", "unchanged"),
        (report.entities, "entity", "entities", "added or completed"),
        (report.sources, "source", "sources", "added or completed"),
        (report.removed_facts, "fact", "facts", "removed"),
        (report.removed_entities, "entity", "entities", "removed"),
        (report.removed_sources, "source", "sources", "removed"),
    ]
    parts = [f"{number} {one if number == 1 else many} {done}" for number, one, many, done in counts if number]
    verb = ("would be " if dry_run else "") + ("created" if report.created else "changed")
    if sum(number for number, *_ in counts) == report.unchanged and not report.created:
        verb = "nothing to change"
    return ": ".join(filter(None, (quote_path(report.path), verb, ", ".join(parts))))


class _DryRun(Exception):
    """Leaves a change without writing it."""


# Import.


def import_files(
    names: Sequence[str],
    into: str,
    *,
    stdin: IO[bytes] | None = None,
    update: bool = False,
    replace: bool = False,
    dry_run: bool = False,
    reader: Callable[[str], Found] | None = None,
    progress: Progress = lambda *_: None,
    expected: Record | None = None,
) -> Report:
    """Adds the records of the files to the fact file `into`, all or nothing; makes that file where there is none.

    Facts that the file has already are no problem. Where a record differs from that of its id in the file, `update`
    replaces a fact, and completes an entity or source by what is given; `replace` makes all of them what is given.
    `reader` reads a file in place of `readers.read_records`. `expected` is a record that the file must still have, as
    JSON Lines have it. Raises InputError with every problem of the records, FileError when `into` cannot be read or
    written.
    """
    for name in names:
        if name != readers.STDIN and os.path.exists(name) and os.path.exists(into) and os.path.samefile(name, into):
            raise InputError(f"{quote_path(name)}: is the fact file itself; give another file to import")
    read = reader or (lambda name: readers.read_records(name, stdin))
    names = list(dict.fromkeys(names))
    batch = _Batch(quote_path(into, 80))
    for name in names:
        batch.collect(read(name), progress, count_lines(name) if name != readers.STDIN else None)
    batch.require_distinct_ids()
    with contextlib.suppress(_DryRun), store.change(into) as db:
        if expected:
            _require_unchanged(db, expected)
        file, report = cast(FactFile, db.storage), batch.put(db, update, replace)._replace(path=into)
        if batch.problems:
            raise InputError(*format_problems(in_order(batch.problems)))
        if dry_run:
            raise _DryRun
        progress("writing", report.added + report.updated, None)
    return report._replace(notes=(*report.notes, *file.notes))


def _require_unchanged(db: TinyDB, expected: Record) -> None:
    """Raises InputError unless the file has a record as it is expected."""
    name = schema.RECORD_NAMES[expected.get("record", "fact")]
    found = next((dict(one) for one in db.table(name) if one.get("id") == expected["id"]), None)
    plain = {key: value for key, value in expected.items() if key != "record"}
    if found is None or canonical(found, name) != canonical(plain, name):
        what = "was removed" if found is None else "was changed"
        raise InputError(f"{quote(expected['id'])}: {what} by another program in the meantime; nothing was written")


class _Batch:
    """The valid records of an import by table, entities and sources that facts only mention, and every problem.

    `into` is the name of the fact file in messages.
    """

    def __init__(self, into: str) -> None:
        self.into = into
        self.tables: dict[str, list[Candidate]] = {table: [] for table in schema.TABLES}
        self.named: dict[str, Record] = {}
        self.mentioned: dict[str, dict[str, Record]] = {"entities": {}, "sources": {}}
        self.problems: list[Problem] = []

    def collect(self, found: Found, progress: Progress, lines: int | None) -> None:
        """Adds the valid records of a file of so many lines, in canonical form, and the problems of the others."""
        for number, one in enumerate(readers.validated(found)):
            if number % PROGRESS_STEP == 0:
                line = one.line if isinstance(one, Problem) else one.place.line
                progress("checking", line or number, lines if line else None)
            if isinstance(one, Problem):
                self._add_error(one)
                continue
            if one.place.origin == MENTIONED:
                self._add_mentioned(one.place.table, _canonical(one).value)
                continue
            self.tables[one.place.table].append(_canonical(readers.without_derived(one)))
            self._collect_named(one)

    def _add_mentioned(self, table: str, record: Record) -> None:
        """Adds an entity or source that facts of a mapping name, or what an earlier file did not say of it."""
        known = self.mentioned[table].get(record["id"])
        self.mentioned[table][record["id"]] = _completed(known, record) if known else record

    def _collect_named(self, candidate: Candidate) -> None:
        """Adds the entities that the parties of a fact name, once for all parties that are the same."""
        for party in readers.named_parties(candidate):
            if (key := repr(party)) not in self.named:
                for one in readers.validated(readers.named_entities(candidate.place, party)):
                    if isinstance(one, Problem):
                        self._add_error(one)
                    else:
                        self.named[key] = _canonical(one).value

    def _add_error(self, problem: Problem) -> None:
        """Adds a problem that keeps a record out, as warnings do not."""
        if problem.severity == "error":
            self.problems.append(problem)

    def require_distinct_ids(self) -> None:
        """Adds a problem for each id that occurs twice; that of an entity or source may, where both say the same.

        A fact may be in several files; it is kept once.
        """
        for table in ("facts", "entities", "sources"):
            first: dict[str, Candidate] = {}
            kept: list[Candidate] = []
            for candidate in self.tables[table]:
                before = first.setdefault(candidate.value["id"], candidate) if candidate.value["id"] else candidate
                is_elsewhere = before.place.file != candidate.place.file
                if before is candidate or (table != "facts" and not contradictions(before.value, candidate.value)):
                    kept.append(candidate)
                elif not (is_elsewhere and before.value == candidate.value):
                    self.problems.append(repeated_id(candidate, before.place))
            self.tables[table] = kept

    def put(self, db: TinyDB, update: bool, replace: bool) -> Report:
        """Puts the records into the tables; conflicts with the records there are added to the problems."""
        self._identify(db.table("entities"))
        new = (*(c.value for c in self.tables["entities"]), *self.named.values(), *self.mentioned["entities"].values())
        states = identity.states_of([*db.table("entities"), *new])
        added, updated, unchanged = self._put_facts(db.table("facts"), states, update or replace)
        entities, sources = (
            self._complete(db.table(name), update, replace) + _put_mentioned(db.table(name), mentioned, update)
            for name, mentioned in self.mentioned.items()
        )
        entities += self._add_named(db.table("entities"))
        _put_meta(db.table("meta"), [candidate.value for candidate in self.tables["meta"]])
        is_new = cast(FactFile, db.storage).is_new
        notes = self._notes_on_sources({document.get("id") for document in db.table("sources")})
        return Report("", is_new, added, updated, unchanged, entities, sources, notes=notes)

    def _notes_on_sources(self, known: set[Any]) -> tuple[str, ...]:
        """A note that names the sources which the facts cite and neither the import nor the file describes."""
        cited = [locator["source"] for place, fact in self.tables["facts"] for locator in fact["sources"]]
        absent = [quote(one) for one in dict.fromkeys(cited) if one not in known]
        if not absent:
            return ()
        which = f"source {absent[0]} is" if len(absent) == 1 else f"sources {enumerate_values(absent)} are"
        return (f"the {which} cited but not brought along; `factcli export` writes facts with their sources",)

    def _identify(self, table: Table) -> None:
        """Gives the parties that a mapping names the ids under which the file has them."""
        mentioned = self.mentioned["entities"]
        ids = identity.known_ids(mentioned.values(), table)
        for known in ids:
            del mentioned[known]
        for place, fact in self.tables["facts"] if ids else ():
            if place.origin != GIVEN:
                identity.rename_parties(fact, ids)

    def _put_facts(self, table: Table, states: dict[str, str], update: bool) -> tuple[int, int, int]:
        """The numbers of facts added, updated and left as they were.

        Facts get the states among their parties as partners, but for those that the file has without and that stay.
        """
        candidates = self.tables["facts"]
        old = {document.get("id"): document for document in table}
        for place, fact in candidates:
            absent = identity.missing_states(fact, states) if place.origin == GIVEN else []
            known = old.get(fact["id"]) if absent and not update else None
            if absent and (known is None or canonical(dict(known), "facts") != fact):
                fact["partners"] = [*fact["partners"], *absent]
        assign_ids([candidate.value for candidate in candidates], old)
        added = [c.value for c in candidates if c.value["id"] not in old]
        again = [c for c in candidates if c.value["id"] in old]
        differing = [c for c in again if canonical(dict(old[c.value["id"]]), "facts") != c.value]
        if not update:
            self.problems += [problem("E004", c.place, "id", quote(c.value["id"]), self.into) for c in differing]
        changed = {c.value["id"]: c.value for c in differing}
        _write(table, added, changed, old)
        return len(added), len(changed), len(again) - len(changed)

    def _complete(self, table: Table, update: bool, replace: bool) -> int:
        """Adds entities or sources, or values that the file lacks; the number of records added or completed.

        With `replace`, of a record in the file nothing stays.
        """
        old = {document["id"]: document for document in table if "id" in document}
        new: dict[str, Record] = {}
        for place, record in self.tables[table.name]:
            known = new.get(record["id"]) or (None if replace else old.get(record["id"]))
            differing = contradictions(dict(known), record) if known else []
            if differing and not update:
                self.problems.append(problem("E005", place, differing[0], quote(record["id"])))
            new[record["id"]] = store.merge(known, record) if known else record
        added = [record for key, record in new.items() if key not in old]
        changed = {key: record for key, record in new.items() if key in old and dict(old[key]) != record}
        _write(table, added, changed, old)
        return len(added) + len(changed)

    def _add_named(self, table: Table) -> int:
        """Adds the entities of which only the name is known, unless the file has them; how many."""
        known = {document.get("id") for document in table}
        new = {record["id"]: record for record in reversed(self.named.values()) if record["id"] not in known}
        _write(table, list(reversed(new.values())), {}, {})
        return len(new)


def _put_mentioned(table: Table, mentioned: dict[str, Record], update: bool) -> int:
    """Adds the entities or sources that facts mention and the file lacks; how many.

    With `update`, those that it has get what it does not know of them.
    """
    known = {document["id"]: document for document in table if "id" in document}
    new = {key: record for key, record in mentioned.items() if key not in known}
    united = {key: _completed(known[key], mentioned[key]) for key in mentioned.keys() & known.keys() if update}
    changed = {key: record for key, record in united.items() if record != dict(known[key])}
    _write(table, list(new.values()), changed, known)
    return len(new) + len(changed)


def _completed(known: Record, given: Record) -> Record:
    """The record of the file with what it lacks; nothing that it has is changed."""
    lacking = {}
    for key, value in given.items():
        old = known.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            lacking[key] = {part: text for part, text in value.items() if part not in old}
        elif isinstance(value, list) or old is None:
            lacking[key] = value
    return cast(Record, store.merge(dict(known), lacking))


def _canonical(candidate: Candidate) -> Candidate:
    place, value = candidate
    return Candidate(place, canonical(value, place.table, is_clean=place.origin != GIVEN))


def _write(table: Table, added: list[Record], changed: dict[str, Record], old: dict[Any, Document]) -> None:
    """Adds records, each with the number of its id, and replaces records of the same id.

    A table without either is not touched.
    """

    def replace(document: Any) -> None:
        new = changed[document["id"]]
        document.clear()
        document.update(new)

    if added:
        taken, numbered = {str(document.doc_id) for document in table}, []
        for record in added:
            numbered.append(Document(record, record_number(record["id"], taken)))
            taken.add(str(numbered[-1].doc_id))
        table.insert_multiple(numbered)
    if changed:
        table.update(replace, doc_ids=[old[key].doc_id for key in changed])


def contradictions(old: Record, new: Record) -> list[str]:
    """The fields in which two records of one id differ; null contradicts nothing."""
    differing = []
    for key, value in new.items():
        known = old.get(key)
        if isinstance(value, dict) and isinstance(known, dict):
            differing += [f"{key}.{part}" for part in value if part in known and known[part] != value[part]]
        elif not isinstance(value, list) and None not in (value, known) and value != known:
            differing.append(key)
    return differing


def _put_meta(table: Table, records: list[Record]) -> None:
    """Writes the properties of the file as a whole; existing ones stay."""
    given = {key: value for record in records for key, value in record.items() if key != "schema"}
    for document in table:
        if {**given, **document} != document:
            table.update({**given, **document}, doc_ids=[document.doc_id])
        return
    table.insert({**META, **given})


# Remove.


REMOVABLE = ("facts", "entities", "sources")
"""The tables in which an id is looked for, in this order."""


def remove(ids: Sequence[str], path: str, dry_run: bool = False, purge: bool = False) -> Report:
    """Takes facts, entities and sources out of the file, all or none, and notes which facts still link to the facts.

    An id is that of a fact, else of an entity, else of a source. With `purge`, FILE.bak is deleted too, which has the
    version before. Raises AbsentError where an id does not exist, UsageError where a fact that stays names the
    entity or source, FileError where the file does not exist.
    """
    open_regular(store.path_of(path)).close()  # a file that is not there is a fault of the file, not an unknown id
    with contextlib.suppress(_DryRun), store.change(path) as db:
        file = cast(FactFile, db.storage)
        file.purges = purge
        known = {table: {document["id"]: document for document in db.table(table)} for table in REMOVABLE}
        chosen = _by_table(ids, known, path)
        left = [fact for key, fact in known["facts"].items() if key not in chosen["facts"]]
        _require_unused(chosen, left, path)
        for table, keys in chosen.items():
            if keys:
                db.table(table).remove(doc_ids=[known[table][key].doc_id for key in keys])
        if dry_run:
            raise _DryRun
    linking = [fact["id"] for fact in left if any(link["fact"] in chosen["facts"] for link in fact.get("links") or ())]
    notes = []
    if linking:
        notes.append(f"{quote_path(path)}: still linked to from {enumerate_values(linking)}; remove these links")
    if ids and not (purge or dry_run):
        last = quote_path(backup(path))
        notes.append(f"{last} still has what was removed; `factcli --db FILE remove --purge` deletes it")
    facts, entities, sources = map(len, chosen.values())
    report = Report(path, removed_facts=facts, removed_entities=entities, removed_sources=sources)
    return report._replace(notes=(*notes, *file.notes))


def _by_table(ids: Sequence[str], known: dict[str, dict[str, Document]], path: str) -> dict[str, dict[str, None]]:
    """The ids by the first table that has them. Raises AbsentError."""
    chosen: dict[str, dict[str, None]] = {table: {} for table in known}
    absent = []
    for one in dict.fromkeys(ids):
        table = next((table for table, records in known.items() if one in records), None)
        if table is None:
            absent.append(one)
        else:
            chosen[table][one] = None
    if absent:
        ids_known = [key for records in known.values() for key in records]
        problems = [_absent(one, path, ids_known) for one in absent[:MAX_ABSENT]]
        if rest := len(absent[MAX_ABSENT:]):
            problems.append(f"{quote_path(path)}: … and {rest} more ids that are not in the file")
        raise AbsentError(*problems)
    return chosen


def _require_unused(chosen: dict[str, dict[str, None]], facts: Sequence[Record], path: str) -> None:
    """Raises UsageError for each entity or source that is to be removed and that one of the facts names."""
    users: dict[str, dict[str, list[str]]] = {"entities": {}, "sources": {}}
    for fact in facts:
        for table, names in zip(users, _named_by(fact), strict=True):
            for name in names & chosen[table].keys():
                users[table].setdefault(name, []).append(fact["id"])
    problems = [
        f"{quote_path(path)}: nothing was removed: {quote(name)} is needed by {enumerate_values(using)}; "
        "remove these facts too, or change them"
        for found in users.values()
        for name, using in found.items()
    ]
    if problems:
        raise UsageError(*problems)


def _named_by(fact: Record) -> tuple[set[Any], set[Any]]:
    """The ids of the entities and of the sources that a fact names."""
    entities = {party["entity"] for party in fact.get("parties") or ()} | {fact.get("said_by")}
    return entities, {locator["source"] for locator in fact.get("sources") or ()}


def _absent(name: str, path: str, known: list[str]) -> str:
    """The message that an id is not in the file, with the nearest ones."""
    near = nearest(name, known)
    hint = f"did you mean {enumerate_values(near)}?" if near else "`factcli timeline --fields id` lists the ids"
    return f"{quote_path(path)}: there is no fact, entity or source {quote(name)}, so nothing was removed; {hint}"


# Export.


def selection(facts: Facts, chosen: Sequence[Fact]) -> Facts:
    """The chosen facts in the order of the file, with the entities and sources that they name, and no others."""
    ids = {fact["id"] for fact in chosen}
    kept = [fact for fact in facts.facts if fact["id"] in ids]
    named = [_named_by(cast(Record, fact)) for fact in kept]
    entities, sources = (set().union(*(pair[place] for pair in named)) for place in (0, 1))
    return facts._replace(
        facts=kept,
        entities={name: record for name, record in facts.entities.items() if name in entities},
        sources={name: record for name, record in facts.sources.items() if name in sources},
        others={},
    )


def export(facts: Facts) -> Iterator[str]:
    """All records of the files as JSON Lines, each with its line end; importing them makes the same file.

    A file of schema 1 is exported as the one that is written now. What is not documented, keys and tables, is written
    as it stands; an import names it, since it would keep it in no documented place.
    """
    meta = {**facts.meta, "schema": store.SCHEMA}
    if meta != META:
        yield json_line({"record": "meta", **meta}) + "\n"
    for name, records in (("source", facts.sources), ("entity", facts.entities)):
        for record in records.values():
            yield json_line({"record": name, **record}) + "\n"
    for fact in facts.facts:
        yield json_line(fact) + "\n"
    for table, others in facts.others.items():
        for other in others:
            yield json_line({"record": table, **other} if isinstance(other, dict) else [table, other]) + "\n"
