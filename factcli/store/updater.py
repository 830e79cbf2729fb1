"""The index of a fact file after a change that was made with factcli: brought up to date instead of made anew.

The old version and the new one are compared record by record, byte for byte, so that nothing depends on what a command
says it changed. A fact keeps its position for as long as the index lives; those of removed facts stay empty.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.errors import FileError, IndexDamageError
from factcli.store import HOME, SCHEMA, TABLES, derived
from factcli.store.decode import DEFAULT_TABLE, is_record_number, parse
from factcli.store.derived import ENTITIES, FACTS, SOURCES, Index
from factcli.store.indexer import (
    BLOCK,
    WORDS,
    Content,
    Mapper,
    NotPlainError,
    Postings,
    Progress,
    checked_meta,
    collect,
    contents,
    facts_of,
    insert_about,
    insert_all,
    insert_order,
    keys_of,
    known_of,
    replacing,
)
from factcli.store.shape import ShapeError, complete

MAX_NEW = 1000
"""New facts beside which an index of few facts is brought up to date; of many, half may be new."""

STEPS = 4
"""Steps of an update: records compared, facts, names, words."""

Span = tuple[int, int]
"""The first byte of a record in its file, and how many it has."""


class Change(NamedTuple):
    """A record that is not what and where it was: its position and id, and its places in both versions, if any.

    `is_new` says whether it is another record now, or the same at another place.
    """

    number: int
    name: str
    before: Span | None
    after: Span | None
    is_new: bool = True


def update(
    before: Index, name: str, folder: str, mapper: Mapper, now: int, progress: Progress = lambda *_: None
) -> bool:
    """Brings the index of a fact file, opened before the file was changed, up to date; whether that could be done.

    Where it could not, the index is removed, so that the next look-up makes one. `now` is the time in nanoseconds,
    `progress` is called with steps.
    """
    path = derived.index_path([name], folder)
    try:
        if before.about("stamps") == [list(derived.stamp_now(name))]:
            return True
        new = contents([name])[0]
        if before.about("stamps")[0][1:3] == [new.stamp.device, new.stamp.inode]:
            raise NotPlainError  # a command replaces a file, so another program changed it in its place
        with replacing(path, now) as copy, contextlib.closing(sqlite3.connect(copy)) as db:
            before.copy_to(db)
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            _Update(db, before, new, mapper).apply(now, progress)
            db.commit()
    except (
        OSError, sqlite3.Error, NotPlainError, ShapeError, FileError, IndexDamageError, ValueError, KeyError, TypeError,
        OverflowError, RecursionError,
    ):  # fmt: skip
        with contextlib.suppress(OSError):
            os.unlink(path)
        return False
    return True


# -- the new version


_TABLE = re.compile(rb'"([^"\\]*)": \{').fullmatch


def spans_in(data: bytes) -> dict[str, list[Span]]:
    """The places of the records in a file as factcli writes it, a record a line, by their tables.

    Raises NotPlainError for anything else.
    """
    tables: dict[str, list[Span]] = {}
    lines = _lines(data)
    if next(lines)[0] != b"{":
        raise NotPlainError
    for line, _ in lines:
        if not (found := _TABLE(line)) or (name := found[1].decode()) in tables:
            raise NotPlainError
        tables[name] = []
        if _read_table(lines, tables[name], name) == b"}":
            break
    if next(lines)[0] != b"}" or next(lines, (b"", 0))[0] or name == DEFAULT_TABLE:
        raise NotPlainError
    return tables


def _lines(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The lines, and where they begin; they are not made all at once."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield data[start:end], start
        start = end + 1
    yield data[start:], start


def _read_table(lines: Iterator[tuple[bytes, int]], spans: list[Span], name: str) -> bytes:
    """Adds the places of the records up to the end of the table, and returns its last line."""
    seen: set[bytes] = set()
    has_comma = True
    for line, start in lines:
        if line in (b"}", b"},"):
            if has_comma and spans:
                break
            return line
        number, _, value = line.partition(b": ")
        if not has_comma or number in seen or not is_record_number(number[1:-1].decode()):
            break
        has_comma = line.endswith(b",")
        seen.add(number)
        spans.append((start + len(number) + 2, len(value) - has_comma))
    raise NotPlainError


# -- what has changed


Row = tuple[int, str, int, int]
"""The position of a record, its id, its first byte and its length."""


def changes(table: str, rows: Iterable[Row], old: bytes, new: bytes, spans: Iterable[Span]) -> Iterator[Change]:
    """What became of the records at `rows` in the bytes `old`, when those of `new` are at `spans`, in order."""
    left = iter(rows)
    row, last = next(left, None), -1
    for span in spans:
        data, name = new[span[0] : sum(span)], ""
        while row:
            last, known, *place = row
            before, row = (place[0], place[1]), next(left, None)
            was = old[before[0] : sum(before)]
            name = name or ("" if was == data else parse(data.decode())["id"])
            if was == data or name == known:
                is_new = was != data and _whole(was, table) != _whole(data, table)
                if is_new or span != before:
                    yield Change(last, known, before, span, is_new)
                break
            yield Change(last, known, before, None)
        else:
            last += 1
            yield Change(last, name or parse(data.decode())["id"], None, span)
    for number, known, start, length in chain([row] if row else [], left):
        yield Change(number, known, (start, length), None)


def _whole(data: bytes, table: str) -> Any:
    """The record that these bytes are, with every key. Raises ValueError or ShapeError."""
    return complete(parse(data.decode()), table)


class _Update:
    """A copy of an index that is brought up to date."""

    def __init__(self, db: sqlite3.Connection, before: Index, new: Content, mapper: Mapper) -> None:
        self.db, self.mapper, self.new = db, mapper, new
        self.maps = before.maps
        self.old = before.content()
        self.places = {table: spans for table, spans in spans_in(new.data).items() if table in TABLES}
        self.entities_before = before.facts().entities

    def apply(self, now: int, progress: Progress) -> None:
        entities = self._change_records(ENTITIES)
        self._change_records(SOURCES)
        facts = self._changes_of_facts({change.name for change in entities if change.is_new})
        in_use, words = set(self._keys("by_entity")), [self._keys(name) for name in WORDS]
        progress(1, STEPS)
        self._change_facts(facts)
        progress(2, STEPS)
        still = self._keys("by_entity")
        if in_use != set(still) or any(change.is_new and change.name in in_use for change in entities):
            insert_all(self.db, self.maps, self.mapper.of_names(facts_of([], self._entities(still)), still))
        progress(3, STEPS)
        if words != (now_used := [self._keys(name) for name in WORDS]):
            insert_all(self.db, self.maps, self.mapper.of_words(dict(zip(WORDS, now_used, strict=True))))
        if any(change.is_new for change in facts):
            insert_order(self.db, self.maps)
        meta: dict[str, Any] = {"schema": SCHEMA, "home": HOME}
        for span in self.places.get("meta", ()):
            meta |= checked_meta(parse(self.new.data[span[0] : sum(span)].decode()))
        insert_about(self.db, self.maps, meta, [self.new], now)

    def _keys(self, name: str) -> list[str]:
        return keys_of(self.db, self.maps, name)

    # -- entities and sources

    def _change_records(self, table: str) -> list[Change]:
        """Notes where the records of a table are now, and what became of them."""
        sort = TABLES.index(table)
        rows = self.db.execute("SELECT number, id, start, length FROM records WHERE sort = ? ORDER BY number", (sort,))
        found = list(changes(table, rows, self.old, self.new.data, self.places.get(table, ())))
        gone = [(sort, c.name) for c in found if not c.after]
        moved = [(*c.after, sort, c.name) for c in found if c.before and c.after]
        new = [(sort, c.name, c.number, *c.after) for c in found if c.after and not c.before]
        self.db.executemany("DELETE FROM records WHERE sort = ? AND id = ?", gone)
        self.db.executemany("UPDATE records SET start = ?, length = ? WHERE sort = ? AND id = ?", moved)
        self.db.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, NULL)", new)
        for change in found:
            if change.after and change.is_new:
                start, length = change.after
                _whole(self.new.data[start : start + length], table)
        return found

    def _entities(self, names: Iterable[str]) -> dict[str, Any]:
        """Those of the entities that there are now."""
        found = {}
        for name in names:
            query = "SELECT start, length FROM records WHERE sort = ? AND id = ?"
            for start, length in self.db.execute(query, (TABLES.index(ENTITIES), name)):
                found[name] = _whole(self.new.data[start : start + length], ENTITIES)
        return found

    # -- facts

    def _changes_of_facts(self, entities: set[str]) -> list[Change]:
        """What became of the facts; those that name one of these entities count as new, for what they are found by."""
        rows = self.db.execute("SELECT number, id, start, length FROM facts ORDER BY number")
        found = {c.number: c for c in changes(FACTS, rows, self.old, self.new.data, self.places.get(FACTS, ()))}
        for number in sorted({number for name in entities for number in self._positions("by_entity", name)}):
            change = found.get(number)
            if change is None:
                (row,) = self.db.execute("SELECT id, start, length FROM facts WHERE number = ?", (number,)).fetchall()
                found[number] = Change(number, row[0], row[1:], row[1:])
            elif change.after:
                found[number] = change._replace(is_new=True)
        if 2 * sum(change.is_new for change in found.values()) > len(self.places.get(FACTS, ())) + MAX_NEW:
            raise NotPlainError
        return list(found.values())

    def _positions(self, name: str, key: str) -> list[int]:
        entry = (self.maps.get(name), key)
        rows = self.db.execute("SELECT value FROM entries WHERE map = ? AND key = ?", entry).fetchall()
        return list(map(int, derived.positions(rows[0][0]))) if rows else []

    def _change_facts(self, found: list[Change]) -> None:
        """Puts the facts in order, and everything that they are found by."""
        gone = [change for change in found if change.is_new and change.before]
        new = [change for change in found if change.is_new and change.after]
        moved = [(*change.after, change.number) for change in found if change.after and not change.is_new]
        old_maps = self._maps_of(self.old, [(c.number, c.before) for c in gone], lambda _: self.entities_before)
        self.db.executemany("UPDATE facts SET start = ?, length = ? WHERE number = ?", moved)
        self.db.executemany("DELETE FROM facts WHERE number = ?", [(change.number,) for change in gone])
        new_maps = self._maps_of(self.new.data, [(c.number, c.after) for c in new], self._entities, self._insert)
        for name in sorted(old_maps.keys() | new_maps.keys()):
            self._change_positions(name, old_maps.get(name, {}), new_maps.get(name, {}))

    def _maps_of(
        self,
        data: bytes,
        spans: list[Any],
        entities: Callable[[Iterable[str]], Mapping[str, Any]],
        put: Callable[[int, Span, Any], None] = lambda *_: None,
    ) -> Postings:
        """What facts at these positions and places are found by; `put` is called with each."""
        postings: Postings = {}
        for start in range(0, len(spans), BLOCK):
            some = spans[start : start + BLOCK]
            facts = [_whole(data[span[0] : sum(span)], FACTS) for _, span in some]
            for (number, span), fact in zip(some, facts, strict=True):
                put(number, span, fact)
            named = {party["entity"] for fact in facts for party in fact["parties"]}
            collect(postings, self.mapper.of_facts(facts_of(facts, entities(named)), [number for number, _ in some]))
        return postings

    def _insert(self, number: int, span: Span, fact: Any) -> None:
        values = (number, 0, *span, *known_of(fact))
        self.db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def _change_positions(self, name: str, old: Mapping[str, Iterable[int]], new: Mapping[str, Iterable[int]]) -> None:
        """Takes positions out of the entries of a mapping and puts others in."""
        for key in sorted(old.keys() | new.keys()):
            gone, put = set(old.get(key, ())), set(new.get(key, ()))
            if gone == put:
                continue
            positions = self._positions(name, key)
            if gone:
                positions = [position for position in positions if position not in gone]
            positions = sorted((*positions, *put))
            if positions:
                entry = (self.maps.setdefault(name, len(self.maps)), key, derived.encoded(tuple(positions)))
                self.db.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", entry)
            else:
                self.db.execute("DELETE FROM entries WHERE map = ? AND key = ?", (self.maps[name], key))
