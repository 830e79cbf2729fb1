"""The index of fact files is made here, or that of the version before is brought up to date; `derived` reads it.

Facts are gone through block by block, so that never all of them are in memory beside their text. What they are looked
up by is made by a `Mapper`, since what that is belongs to the search.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from factcli._namedtuple import NamedTuple
from factcli.dates import sort_key
from factcli.errors import FileError
from factcli.model import Facts, Meta
from factcli.store import HOME, SCHEMA, TABLES, derived, merge, path_of
from factcli.store.decode import DEFAULT_TABLE, is_record_number, open_regular, parse, text_of
from factcli.store.derived import ENTITIES, FACTS, KNOWN_KEYS, SOURCES, Stamp
from factcli.store.scanner import Scanner
from factcli.store.shape import ShapeError, complete
from factcli.text.json_line import json_line

BLOCK = 2000
"""Facts that are in memory at the same time."""

MAX_AGE = 3600 * 10**9
"""Nanoseconds after which a temporary file is one of a maker that is dead."""

_SCHEMA = """
    CREATE TABLE entries (map INTEGER, key TEXT, value BLOB, PRIMARY KEY (map, key)) WITHOUT ROWID;
    CREATE TABLE facts (
        number INTEGER PRIMARY KEY, file INTEGER, start INTEGER, length INTEGER,
        id TEXT, kind TEXT, date TEXT, status TEXT
    );
    CREATE TABLE records (
        sort INTEGER, id TEXT, number INTEGER, start INTEGER, length INTEGER, value TEXT, PRIMARY KEY (sort, id)
    ) WITHOUT ROWID;
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""

Progress = Callable[[int, int], None]
"""Called with the number of facts that are done, and that of all facts and entities; these come last."""

Maps = Iterable[tuple[str, Mapping[str, Any]]]
"""The names of mappings and their entries: positions, or JSON values."""

WORDS = ("latin.name_words", "latin.vocabulary", "arabic.name_words", "arabic.vocabulary")
"""The mappings whose keys are the words in use."""


class Mapper(NamedTuple):
    """What makes mappings: of facts at positions, of the entities in use by facts, and of the words in use."""

    of_facts: Callable[[Facts, Sequence[int]], Maps]
    of_names: Callable[[Facts, Iterable[str]], Maps]
    of_words: Callable[[Mapping[str, Iterable[str]]], Maps]


class Content(NamedTuple):
    """A fact file as it was read: its name, its stamp, its bytes."""

    name: str
    stamp: Stamp
    data: bytes


Postings = dict[str, dict[str, "array[int]"]]
"""By the name of a mapping and the key of an entry the positions, as long as they are collected."""

Place = tuple[int, int, int]
"""Where a record is: the number of its file, its first byte there, and how many it has."""


def contents(names: Sequence[str]) -> list[Content]:
    """The files as they are. Raises FileError."""
    found = []
    for name in names:
        path = path_of(name)
        with contextlib.closing(open_regular(path)) as file:
            stamp = derived.stamp_of(path, file.fileno())
            found.append(Content(name, stamp, file.read()))
    return found


def make(files: Sequence[Content], folder: str, mapper: Mapper, now: int, progress: Progress) -> str | None:
    """Makes the index of files as they were read; its path.

    None where that cannot be done, as nothing depends on it: the folder cannot be written, or a record of a file has a
    fault. `now` is the time before the files were read, in nanoseconds.
    """
    path = derived.index_path([one.name for one in files], folder)
    try:
        with replacing(path, now) as new, contextlib.closing(sqlite3.connect(new)) as db:
            db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            _Maker(db, files, mapper).fill(now, progress)
            db.commit()
    except (OSError, sqlite3.Error, NotPlainError, ShapeError, FileError, ValueError, RecursionError):
        return None  # among the ValueErrors: half a surrogate pair, which JSON can write, has no UTF-8
    return path


@contextlib.contextmanager
def replacing(path: str, now: int) -> Iterator[str]:
    """The path of a new file that becomes the one at `path`, unless there is an exception. Raises OSError."""
    folder, new = os.path.dirname(path), f"{path}.{secrets.token_hex(4)}.tmp"
    os.makedirs(folder, mode=0o700, exist_ok=True)
    try:
        yield new
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{path}-journal")
        os.replace(new, path)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(new)
    _sweep(folder, now)


def _sweep(folder: str, now: int) -> None:
    """Removes what makers of indexes left behind that were killed long ago."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".tmp") and entry.stat(follow_symlinks=False).st_mtime_ns < now - MAX_AGE:
                os.unlink(entry.path)


# -- a fact file


class NotPlainError(Exception):
    """A file that is read with remarks or faults, if at all."""


def records_in(data: bytes) -> Iterator[tuple[str, Any, int, int]]:
    """The documented records in the bytes of a fact file: table, record, where it begins, its length in bytes.

    Raises FileError, ValueError, RecursionError or NotPlainError where there is anything to say about the file.
    """
    text = text_of(data, "")
    scanner, passed, at = Scanner(text), len(data) - len(data.removeprefix(b"\xef\xbb\xbf")), 0
    for table, _ in _members(scanner):
        if table not in TABLES:
            if table == DEFAULT_TABLE or type(scanner.value()) is not dict:
                raise NotPlainError
            continue
        for number, start in _members(scanner):
            record = scanner.value()
            if not is_record_number(number):
                raise NotPlainError
            passed += len(text[at:start].encode())
            at = scanner.end
            length = len(text[start:at].encode())
            yield table, record, passed, length
            passed += length
    scanner.require_end()


def _members(scanner: Scanner) -> Iterator[tuple[str, int]]:
    """The members of the object that begins here. Raises NotPlainError for anything else and for equal keys."""
    if not scanner.is_at("{"):
        raise NotPlainError
    seen: set[str] = set()
    for key, at in scanner.members():
        if key in seen:
            raise NotPlainError
        seen.add(key)
        yield key, at


# -- a new index


class _Maker:
    """An index that is made of files, in an empty database."""

    def __init__(self, db: sqlite3.Connection, files: Sequence[Content], mapper: Mapper) -> None:
        self.db, self.files, self.mapper = db, files, mapper
        self.places: dict[str, dict[str, Place]] = {FACTS: {}, ENTITIES: {}, SOURCES: {}}
        self.records: dict[str, dict[str, Any]] = {ENTITIES: {}, SOURCES: {}}
        self.meta: dict[str, Any] = {"schema": SCHEMA, "home": HOME}

    def fill(self, now: int, progress: Progress) -> None:
        for number in range(len(self.files)):
            self._scan(number)
        if not any(self.places.values()):
            raise NotPlainError
        self._insert_records()
        maps: dict[str, int] = {}
        self._insert_facts(maps, progress)
        facts = facts_of([], self.records[ENTITIES])
        insert_all(self.db, maps, self.mapper.of_names(facts, keys_of(self.db, maps, "by_entity")))
        insert_all(self.db, maps, self.mapper.of_words({name: keys_of(self.db, maps, name) for name in WORDS}))
        insert_order(self.db, maps)
        insert_about(self.db, maps, self.meta, self.files, now)

    def _scan(self, number: int) -> None:
        """Notes where the records of a file are, and keeps its entities and sources."""
        own: set[tuple[str, str]] = set()
        for table, record, start, length in records_in(self.files[number].data):
            if type(record) is not dict:
                raise NotPlainError
            if table == "meta":
                self.meta |= checked_meta(record)
                continue
            name = record.get("id")
            if not isinstance(name, str) or not name or (table, name) in own:
                raise NotPlainError
            own.add((table, name))
            self.places[table][name] = number, start, length
            if table != FACTS:
                whole, known = complete(record, table), self.records[table]
                known[name] = merge(known[name], whole) if name in known else whole

    def _insert_records(self) -> None:
        """Where entities and sources are; where several files may complete each other's, these themselves."""
        is_one = len(self.files) == 1
        for table, records in self.records.items():
            places = self.places[table]
            rows = (
                (TABLES.index(table), name, number, *places[name][1:], None if is_one else json_line(record))
                for number, (name, record) in enumerate(records.items())
            )
            self.db.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _insert_facts(self, maps: dict[str, int], progress: Progress) -> None:
        """Writes the facts and their mappings."""
        postings: Postings = {}
        places, start = iter(self.places[FACTS].items()), 0
        while some := list(islice(places, BLOCK)):
            progress(start, len(self.places[FACTS]) + len(self.records[ENTITIES]))
            facts = [self._fact(place) for _, place in some]
            numbers = range(start, start + len(some))
            rows = ((n, *place, *known_of(fact)) for n, (_, place), fact in zip(numbers, some, facts, strict=True))
            self.db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            collect(postings, self.mapper.of_facts(facts_of(facts, self.records[ENTITIES]), numbers))
            start += len(some)
        self.db.execute("CREATE UNIQUE INDEX by_id ON facts (id)")
        for name in sorted(postings):
            entries = postings.pop(name)
            insert(self.db, maps, name, ((key, entries.pop(key)) for key in sorted(entries)))

    def _fact(self, place: Place) -> Any:
        file, start, length = place
        return complete(parse(self.files[file].data[start : start + length].decode()), FACTS)


def checked_meta(record: dict[str, Any]) -> dict[str, Any]:
    """The properties of a file. Raises ShapeError, and NotPlainError for those of a schema that is not known."""
    if record.get("schema", SCHEMA) not in range(1, SCHEMA + 1):
        raise NotPlainError
    return complete(record, "meta")


def collect(postings: Postings, maps: Maps) -> None:
    """Adds the positions of a block."""
    for name, entries in maps:
        known = postings.setdefault(name, {})
        for key, positions in entries.items():
            if key in known:
                known[key].extend(positions)
            else:
                known[key] = array("I", positions)


def facts_of(facts: list[Any], entities: Mapping[str, Any]) -> Facts:
    """Some facts, and the entities that they may name."""
    return Facts(facts, entities, {}, cast(Meta, {}), {}, {})


def known_of(fact: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values that an index has of a fact."""
    return tuple(fact[key] for key in KNOWN_KEYS)


def insert(db: sqlite3.Connection, maps: dict[str, int], name: str, entries: Iterable[tuple[str, Any]]) -> None:
    """Writes the entries of a mapping, whose number stands in `maps` or is noted there."""
    number = maps.setdefault(name, len(maps))
    pairs = ((number, key, derived.encoded(value)) for key, value in entries)
    db.executemany("INSERT INTO entries VALUES (?, ?, ?)", pairs)


def insert_all(db: sqlite3.Connection, maps: dict[str, int], made: Maps) -> None:
    """Writes mappings, in place of what there was under their names."""
    for name, entries in made:
        db.execute("DELETE FROM entries WHERE map = ?", (maps.get(name),))
        insert(db, maps, name, sorted(entries.items()))


def keys_of(db: sqlite3.Connection, maps: dict[str, int], name: str) -> list[str]:
    """The keys of a mapping, in order."""
    rows = db.execute("SELECT key FROM entries WHERE map = ? ORDER BY key", (maps.get(name),))
    return [key for (key,) in rows]


def insert_order(db: sqlite3.Connection, maps: dict[str, int]) -> None:
    """Writes which facts are before which others, by their dates, in place of what there was."""
    rows = db.execute("SELECT number, date FROM facts ORDER BY number")
    in_order = tuple(number for number, _ in sorted(rows, key=lambda row: sort_key(row[1])))
    insert_all(db, maps, [("by_age", {"": in_order})])


def insert_about(db: sqlite3.Connection, maps: dict[str, int], meta: Any, files: Sequence[Content], now: int) -> None:
    """What the index says of itself and of the files that it is of, in place of what it said before."""
    is_proven = all(derived.is_old(one.stamp, now) for one in files)
    about = {
        "stamps": [list(one.stamp) for one in files],
        "digests": None if is_proven else [derived.digest(one.data) for one in files],
        "meta": meta,
        "maps": maps,
        "facts": db.execute("SELECT count(*) FROM facts").fetchone()[0],
        "seen": None,
    }
    db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", ((key, json_line(one)) for key, one in about.items()))
