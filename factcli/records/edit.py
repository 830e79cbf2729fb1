"""Facts put into a file, taken out of it, and written out: the operations of `import`, `remove` and `export`.

A change is worked out in full before anything is written, and then written as one; where there is one problem, all of
them are told and the file stays what it was.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import IO, Any, NamedTuple, cast
from unicodedata import normalize

from tinydb import TinyDB
from tinydb.table import Table

from factcli import store
from factcli.errors import AbsentError, InputError
from factcli.model import ENTITY_KEYS, FACT_KEYS, Facts, Source
from factcli.records import check, schema
from factcli.records import problems as findings
from factcli.records import readers as intake
from factcli.records.problems import Candidate, CountryCode, Finding, Place, found
from factcli.store import decode
from factcli.store.fact_file import FactFile
from factcli.store.shape import fields
from factcli.text.json_line import json_line
from factcli.text.quote import enumerate_values, quote, quote_path

Record = dict[str, Any]
Progress = Callable[[str, int], None]
"""Called now and then with what is being done and how many records that has been."""

SOURCE_KEYS = tuple(key for key, field in fields(Source).items() if field.is_always)
META: Record = {"schema": store.SCHEMA, "home": store.HOME}


class Report(NamedTuple):
    """What a change did, in numbers of records, and what else is worth telling."""

    path: str
    created: bool = False
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    entities: int = 0
    sources: int = 0
    notes: tuple[str, ...] = ()


def told(report: Report, dry_run: bool = False) -> str:
    """The report in one line.

    >>> told(Report("my.json", added=2, entities=1), dry_run=True)
    'my.json: would change: 2 facts added, 1 entity added or completed'
    """
    done = [
        (report.added, "fact", "facts", " added"),
        (report.updated, "fact", "facts", " updated"),
        (report.unchanged, "fact", "facts", " unchanged"),
        (report.removed, "fact", "facts", " removed"),
        (report.entities, "entity", "entities", " added or completed"),
        (report.sources, "source", "sources", " added or completed"),
    ]
    parts = [f"{number} {one if number == 1 else many}{what}" for number, one, many, what in done if number]
    verb = ("would be made" if dry_run else "made") if report.created else ("would change" if dry_run else "changed")
    return (
        f"{quote_path(report.path)}: {verb}: {', '.join(parts)}"
        if parts
        else f"{quote_path(report.path)}: nothing to change"
    )


# Import.


def import_files(
    names: Sequence[str],
    into: str,
    *,
    stdin: IO[bytes] | None = None,
    update: bool = False,
    dry_run: bool = False,
    reader: Callable[[str], intake.Intake] | None = None,
    country_code: CountryCode = lambda _: (),
    progress: Progress = lambda *_: None,
) -> Report:
    """Adds the records of the files to the fact file `into`, all or nothing; makes that file where there is none.

    `reader` reads a file in place of `intake.records`. Raises InputError with every problem of the records, FileError
    when `into` cannot be read or written.
    """
    _require_others(names, into)
    read = reader or (lambda name: intake.records(name, stdin))
    batch = _Batch()
    problems = [f for name in names for f in _collected(read(name), batch, country_code, progress)]
    problems.extend(_repeated(batch))
    with contextlib.suppress(_RehearsedError), store.change(into) as db:
        report = _put(db, batch, problems, update)._replace(path=into)
        if problems:
            raise InputError(*findings.told(findings.in_order(problems)))
        if dry_run:
            raise _RehearsedError
        progress("writing", report.added + report.updated)
    return report


class _RehearsedError(Exception):
    """Leaves a change without writing it."""


def _require_others(names: Sequence[str], into: str) -> None:
    """Raises InputError where a file would be imported into itself."""
    for name in names:
        if name != intake.STDIN and os.path.exists(name) and os.path.exists(into) and os.path.samefile(name, into):
            raise InputError(f"{quote_path(name)}: is the fact file itself; give another file to import")


class _Batch:
    """The sound records of an import, by table, and the entities that are known by name only."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Candidate]] = {table: [] for table in schema.TABLES}
        self.named: list[Candidate] = []


def _collected(taken: intake.Intake, batch: _Batch, country_code: CountryCode, progress: Progress) -> Iterator[Finding]:
    """What is wrong with a file and its records; sound records go into the batch, as a file keeps them."""
    yield from taken.findings
    for number, (candidate, named) in enumerate(intake.without_derived(taken.candidates, country_code)):
        if number % 1000 == 0:
            progress("checking", number)
        errors = check.record_findings(candidate, country_code)
        yield from errors
        for entity in () if errors else named:
            errors = check.record_findings(entity, country_code)
            yield from errors
        if not errors:
            table = candidate.place.table
            batch.tables[table].append(Candidate(candidate.place, kept(candidate.value, table)))
            batch.named.extend(Candidate(c.place, kept(c.value, "entities")) for c in named)


def kept(record: Record, table: str) -> Record:
    """The sound record as a file keeps it: every documented key in order, text composed (NFC), defaults written."""
    record = composed(record)
    if table == "facts":
        return _kept_fact(record)
    if table == "entities":
        return {key: record.get(key) for key in ENTITY_KEYS} | {"aliases": record.get("aliases") or []}
    if table == "sources":
        return {key: record.get(key) for key in dict.fromkeys((*SOURCE_KEYS, *record))}
    return record


_LISTS = tuple(key for key, node in schema.FACT["properties"].items() if schema.is_list(node))
_NUMBER_KEYS = tuple(schema.NUMBER["properties"])


def _kept_fact(record: Record) -> Record:
    """The fact with every documented key in order."""
    fact: Record = {key: record.get(key) for key in FACT_KEYS}
    fact |= {key: fact[key] or [] for key in _LISTS}
    fact["date_basis"] = fact["date_basis"] or ("stated" if fact["date"] else "unknown")
    figures = [{**figure, "op": figure.get("op") or "="} for figure in fact["numbers"]]
    fact["numbers"] = [{key: f[key] for key in _NUMBER_KEYS if f.get(key) is not None} for f in figures]
    return fact


def composed(value: Any) -> Any:
    """The value with every text in it, keys excepted, in NFC."""
    if isinstance(value, str):
        return value if value.isascii() else normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value


def _repeated(batch: _Batch) -> Iterator[Finding]:
    """The findings of ids that occur twice in the batch; an entity or source may, as long as it says the same."""
    for table in ("facts", "entities", "sources"):
        first: dict[str, Candidate] = {}
        for candidate in batch.tables[table]:
            name = candidate.value["id"]
            before = candidate if name is None else first.setdefault(name, candidate)
            if before is not candidate and (table == "facts" or contradictions(before.value, candidate.value)):
                yield check.twice(candidate, before.place)


def e004_exists() -> None:
    """{} is already in the file; leave it out, give it another id, or replace it with --update"""


def e005_contradicts() -> None:
    """differs from what the file says of {}; mend it, or take it over with --update"""


def _put(db: TinyDB, batch: _Batch, problems: list[Finding], update: bool) -> Report:
    """Puts the batch into the tables; what stands against it is added to `problems`."""
    added, updated, unchanged = _put_facts(db, batch.tables["facts"], problems, update)
    entities = _completed(db, "entities", batch.tables["entities"], problems, update)
    entities += _added_by_name(db, batch.named)
    sources = _completed(db, "sources", batch.tables["sources"], problems, update)
    _put_meta(db, [candidate.value for candidate in batch.tables["meta"]])
    is_new = cast(FactFile, db.storage).is_new
    return Report("", is_new, added, updated, unchanged, 0, entities, sources)


def _put_facts(db: TinyDB, candidates: list[Candidate], problems: list[Finding], update: bool) -> tuple[int, int, int]:
    """The numbers of facts added, updated and left as they were."""
    table = db.table("facts")
    old = {doc.get("id"): doc for doc in table}
    _name(candidates, old)
    added = [c.value for c in candidates if c.value["id"] not in old]
    again = [c for c in candidates if c.value["id"] in old]
    if not update:
        problems.extend(found(e004_exists, c.place, "id", quote(c.value["id"])) for c in again)
    changed = {c.value["id"]: c.value for c in again if dict(old[c.value["id"]]) != c.value}
    _insert(table, added)
    if changed:
        table.update(_replacing(changed), doc_ids=[old[name].doc_id for name in changed])
    return len(added), len(changed), len(again) - len(changed)


def _insert(table: Table, records: list[Record]) -> None:
    """Adds the records; without any, the table counts as untouched."""
    if records:
        table.insert_multiple(records)


def _replacing(records: dict[str, Record]) -> Callable[[Any], None]:
    """A function for TinyDB that makes a record the one of the same id."""

    def replace(document: Any) -> None:
        new = records[document["id"]]
        document.clear()
        document.update(new)

    return replace


def _completed(db: TinyDB, name: str, candidates: list[Candidate], problems: list[Finding], update: bool) -> int:
    """Adds entities or sources, or what the file does not know of them yet; how many records that touches."""
    table = db.table(name)
    old: dict[str, Any] = {doc["id"]: doc for doc in table if "id" in doc}
    new: dict[str, Record] = {}
    for candidate in candidates:
        record = candidate.value
        known = new.get(record["id"]) or old.get(record["id"])
        against = contradictions(dict(known), record) if known else []
        if against and not update:
            problems.append(found(e005_contradicts, candidate.place, against[0], quote(record["id"])))
        new[record["id"]] = store.merge(dict(known), record) if known else record
    changed = {key: record for key, record in new.items() if key in old and dict(old[key]) != record}
    _insert(table, [record for key, record in new.items() if key not in old])
    if changed:
        table.update(_replacing(changed), doc_ids=[old[key].doc_id for key in changed])
    return len(changed) + sum(key not in old for key in new)


def contradictions(old: Record, new: Record) -> list[str]:
    """The fields in which two records of one thing say different things; one that says nothing contradicts nothing."""
    against = []
    for key, value in new.items():
        known = old.get(key)
        if isinstance(value, dict) and isinstance(known, dict):
            against += [f"{key}.{part}" for part in value if part in known and known[part] != value[part]]
        elif not isinstance(value, list) and None not in (value, known) and value != known:
            against.append(key)
    return against


def _added_by_name(db: TinyDB, candidates: list[Candidate]) -> int:
    """Adds the entities that are known by name only, unless the file has them; how many."""
    table = db.table("entities")
    known = {doc.get("id") for doc in table}
    new = {c.value["id"]: c.value for c in reversed(candidates) if c.value["id"] not in known}
    _insert(table, list(reversed(new.values())))
    return len(new)


def _put_meta(db: TinyDB, records: list[Record]) -> None:
    """Writes what is said of the file as a whole; what it says already stays."""
    table = db.table("meta")
    said = {key: value for record in records for key, value in record.items()}
    for document in table:
        if {**said, **document} != document:
            table.update({**said, **document}, doc_ids=[document.doc_id])
        return
    table.insert({**META, **said})


# Ids.


def _name(candidates: list[Candidate], old: dict[Any, Any]) -> None:
    """Gives each fact without an id one, made from what it says; the same facts get the same ids another time."""
    taken = {c.value["id"] for c in candidates if c.value["id"]}
    numbers: dict[str, int] = {}
    for candidate in candidates:
        fact = candidate.value
        if fact["id"]:
            continue
        base = slug(fact)
        while True:
            numbers[base] = number = numbers.get(base, 0) + 1
            name = base if number == 1 else f"{base}-{number}"
            if name not in taken and (name not in old or dict(old[name]) == {**fact, "id": name}):
                break
        fact["id"] = name
        taken.add(name)


def slug(fact: Record) -> str:
    """An id for the fact: kind, date and the words of its English title, or a digest of the Arabic one.

    >>> slug({"kind": "sale", "date": "2023-10", "title": {"en": "Sale of TOW 2B missiles"}})
    'sale-2023-10-sale-of-tow-2b-missiles'
    """
    title = fact["title"]
    plain = normalize("NFKD", title.get("en", "")).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", plain)
    if not words:
        words = [sha256("\n".join(title.values()).encode()).hexdigest()[:8]]
    name = "-".join([fact["kind"], *re.findall("[0-9]+", fact["date"] or "")[:3]])
    for word in words:
        if len(name) + len(word) > schema.ID_LENGTH - 10:
            break
        name += f"-{word}"
    return name


# Remove.


def remove(ids: Sequence[str], path_of_file: str, dry_run: bool = False) -> Report:
    """Takes facts out of the file, all or none, and names those that still link to them.

    Raises AbsentError when one is not there.
    """
    wanted = set(ids)
    with contextlib.suppress(_RehearsedError), store.change(path_of_file) as db:
        table = db.table("facts")
        gone = [doc.doc_id for doc in table if doc.get("id") in wanted]
        absent = wanted - {doc.get("id") for doc in table}
        if absent:
            raise AbsentError(*_absent(sorted(absent), path_of_file, [str(doc.get("id")) for doc in table]))
        table.remove(doc_ids=gone)
        left = [str(doc["id"]) for doc in table if any(link.get("fact") in wanted for link in doc.get("links") or ())]
        if dry_run:
            raise _RehearsedError
    notes = (
        (f"{quote_path(path_of_file)}: still linked to from {enumerate_values(left)}; take those links out",)
        if left
        else ()
    )
    return Report(path_of_file, removed=len(gone), notes=notes)


def _absent(ids: list[str], file: str, known: list[str]) -> Iterator[str]:
    """What to say of ids that are not in the file."""
    from difflib import get_close_matches

    for name in ids:
        close = get_close_matches(name, known, 3)
        hint = f"did you mean {enumerate_values(close)}?" if close else "`factcli timeline --fields id` lists the ids"
        yield f"{quote_path(file)}: there is no fact {quote(name)}, so nothing was removed; {hint}"


# Export.


def export(facts: Facts) -> Iterator[str]:
    """The whole file as JSON Lines, each with its line end; importing them makes the same file again."""
    if facts.meta != META:
        yield json_line({"record": "meta", **facts.meta}) + "\n"
    for name, records in (("source", facts.sources), ("entity", facts.entities)):
        for record in records.values():
            yield json_line({"record": name, **record}) + "\n"
    for fact in facts.facts:
        yield json_line(fact) + "\n"


# Check.


def check_files(
    names: Sequence[str],
    stdin: IO[bytes] | None,
    country_code: CountryCode = lambda _: (),
    are_fact_files: bool = False,
) -> list[Finding]:
    """All problems of the files, read together.

    Raises FileError for a damaged fact file, InputError for a file of records that cannot be opened.
    """
    problems: list[Finding] = []
    candidates: list[Candidate] = []
    for name in names:
        taken = _fact_file(name) if are_fact_files else intake.records(name, stdin)
        problems.extend(taken.findings)
        candidates.extend(candidate for candidate, _ in intake.without_derived(taken.candidates))
    problems.extend(check.findings(candidates, country_code))
    return findings.in_order(problems)


def _fact_file(name: str) -> intake.Intake:
    """The records of a fact file. Raises FileError for one that look-ups could not read for its form alone."""
    real = store.path_of(name)
    data = decode.content(real)
    text, problem = intake.decoded(data, Place(name))
    if problem is None and text.lstrip().startswith("{"):
        taken = intake.json_object(text, Place(name))
        if not any(finding.code in intake.DAMAGE for finding in taken.findings):
            return taken
    decode.tables(data, real)
    return intake.Intake([], [])
