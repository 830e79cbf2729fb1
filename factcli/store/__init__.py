"""Fact files: TinyDB files of four tables, read as `Facts`; nothing else opens one, and this is the only writer.

Reading takes no lock and never creates or changes a file: a writer replaces the file as a whole, so a reader sees the
old version or the new one. What is read is checked for its shape only (`check` has the rest), so that a file mended by
hand is answered in one line and not half shown.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage

from factcli import package_data as shipped
from factcli.errors import FileError, UsageError
from factcli.model import ENTITY_KEYS, FACT_KEYS, Entity, Fact, Facts, Meta, Source

BUILTIN = "builtin"
"""The name, in place of a path, of the file that ships with factcli; it is never written."""

TABLES = ("facts", "entities", "sources", "meta")
SCHEMA = 1
HOME = "OM"

Record = dict[str, Any]
Tables = dict[str, dict[str, Record]]


def read(paths: Sequence[str]) -> Facts:
    """What the files at `paths` hold together; no path at all means the shipped file.

    A fact id that occurs in several files is the later file's fact, shown once: so a file of one's own after `builtin`
    corrects it. Entities and sources of one id complete each other: the later file has the word, aliases add up.
    Raises FileError for a file that is missing, damaged or not a fact file.
    """
    facts: dict[str, Fact] = {}
    together = Facts([], {}, {}, {"schema": SCHEMA, "home": HOME})
    for path in paths or (BUILTIN,):
        one = read_one(path)
        facts.update((fact["id"], fact) for fact in one.facts)
        _merge(together, one)
    return together._replace(facts=list(facts.values()))


def _merge(together: Facts, one: Facts) -> None:
    """Adds entities, sources and meta of `one` to those read before."""
    for known, new in ((together.entities, one.entities), (together.sources, one.sources)):
        for key, record in new.items():
            known[key] = completed(known[key], record) if key in known else record  # type: ignore[assignment]
    together.meta.update(one.meta)


def completed(old: Any, new: Any) -> Any:
    """The record `old` with whatever `new` knows put over it; lists are united."""
    both = dict(old)
    for key, value in new.items():
        if isinstance(value, list):
            both[key] = list(dict.fromkeys([*both.get(key, ()), *value]))
        elif isinstance(value, dict):
            both[key] = {**(both.get(key) or {}), **value}
        elif value is not None:
            both[key] = value
    return both


def read_one(path: str) -> Facts:
    """What the file at `path` holds, every fact with every documented key. Raises FileError."""
    with TinyDB(path, storage=FactFile) as db:
        file = cast(FactFile, db.storage)
        facts = [file.shaped(_fact, "facts", doc.doc_id, doc) for doc in db.table("facts")]
        entities = [file.shaped(_entity, "entities", doc.doc_id, doc) for doc in db.table("entities")]
        sources = [file.shaped(_source, "sources", doc.doc_id, doc) for doc in db.table("sources")]
        meta: Meta = {k: v for doc in db.table("meta") for k, v in doc.items()}
        file.require_distinct("facts", [fact["id"] for fact in facts])
    return Facts(facts, {e["id"]: e for e in entities}, {s["id"]: s for s in sources}, meta)


@contextlib.contextmanager
def change(path: str) -> Iterator[TinyDB]:
    """The fact file at `path`, made where there is none, open for one change: written whole at the end, or not at all.

    The lock is held from before the first read to after the last write. An exception inside the block leaves the file
    as it was. Raises FileError when the file cannot be locked, read or written, UsageError for `builtin`.
    """
    from factcli.store import atomic

    real = target(path)
    with atomic.locked(real), TinyDB(real, storage=FactFileInChange) as db:
        yield db
        cast(FactFileInChange, db.storage).save()


def target(path: str) -> str:
    """The path of the file that a change of `path` replaces, links resolved. Raises FileError where that cannot be."""
    if path == BUILTIN:
        raise UsageError(f"{BUILTIN}: is never written; name a file of your own before the command: `--db FILE`")
    real = os.path.realpath(path)
    try:
        mode = os.stat(real).st_mode
        _require_regular(mode, path)
        if not mode & 0o222 or not os.access(real, os.W_OK):
            raise FileError(f"{shown(path)}: is read-only; `chmod u+w` it first, or name another file")
    except (OSError, ValueError) as error:
        if not isinstance(error, FileNotFoundError) or not path or os.path.islink(path):
            raise FileError(f"{shown(path)}: {unreadable(error, path)}") from None
        if not os.path.isdir(os.path.dirname(real)):
            raise FileError(f"{shown(path)}: its directory does not exist; make it first (`mkdir -p`)") from None
    return real


def path_of(name: str) -> str:
    """The path of a fact file by its name, which may be `builtin`."""
    return shipped.path("facts.json") if name == BUILTIN else name


class FactFile(Storage):
    """A fact file as TinyDB sees it: read once and whole, never written."""

    def __init__(self, path: str) -> None:
        self._is_shipped = path == BUILTIN
        self.path = path_of(path)
        self._tables: Tables | None = None

    def read(self) -> Tables:
        """All tables. Raises FileError when the file is missing, damaged or not a fact file."""
        if self._tables is None:
            self._tables = tables_of(content(self.path), self.path)
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise FileError(f"{shown(self.path)}: is open for reading only")

    def shaped(self, shape: Callable[[Record], Any], table: str, number: int, record: Record) -> Any:
        """The record as `shape` makes it; raises FileError with its place where it cannot be shaped.

        The shipped file has its shape by test: a check at each start would be a thirtieth of a look-up.
        """
        if self._is_shipped:
            return record
        try:
            return shape(record)
        except _ShapeError as error:
            field, what = error.args
            place = f"{shown(self.path)}: {table} record {number}: {field}"
            raise FileError(f"{place}: {what}; `factcli --db FILE check` lists all problems") from None

    def require_distinct(self, table: str, ids: list[str]) -> None:
        """Raises FileError where an id occurs twice."""
        if len(set(ids)) < len(ids):
            twice = next(one for one in ids if ids.count(one) > 1)
            fault(self.path, f"{table}: the id {shown(twice)} occurs twice")


class FactFileInChange(FactFile):
    """A fact file that TinyDB may write: what it writes waits in memory for `save`. The caller holds the lock."""

    def __init__(self, path: str) -> None:
        from factcli.store import atomic

        super().__init__(path)
        self._seen = atomic.stamp(path)
        self._changed = False

    @property
    def is_new(self) -> bool:
        """Whether the change makes the file."""
        return self._seen is None

    def read(self) -> Tables:
        """All tables, empty ones where there is no file yet. Raises FileError."""
        if self._tables is None and self.is_new:
            self._tables = {table: {} for table in TABLES}
        return super().read()

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._tables = data
        self._changed = True

    def save(self) -> None:
        """Puts what was written in the place of the file. Raises FileError, and then nothing is changed."""
        from factcli.store import atomic

        if self._changed:
            atomic.replace(self.path, serialized(self.read()), self._seen)


def serialized(tables: Tables) -> Iterator[bytes]:
    """The bytes of a fact file: one record a line in the order of its table, so that it can be diffed and merged."""
    line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    before = "{\n"
    for table in dict.fromkeys((*TABLES, *tables)):
        yield f"{before}{line(table)}: {{".encode()
        for place, (number, record) in enumerate(tables.get(table, {}).items()):
            yield f"{',' if place else ''}\n{line(number)}: {escaped(line(record))}".encode()
        yield b"\n}"
        before = ",\n"
    yield b"\n}\n"


def escaped(line: str) -> str:
    """One line of JSON in which what cannot be seen, or cannot be UTF-8, is written as \\u escapes."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


def shown(path: str) -> str:
    """The path as a message may carry it."""
    from factcli.text import quote as message

    return message.quote_path(path)


def fault(path: str, what: str, where: str = "") -> NoReturn:
    """Raises the FileError of a damaged file: the place, what is wrong, and where the last good version is."""
    backup = f"{path}.bak"
    cure = f"the last good version is {shown(backup)}" if os.path.isfile(backup) else "mend that place, or take a copy"
    raise FileError(f"{shown(path)}{where}: {what}; {cure}")


# The file as bytes.


def content(path: str) -> bytes:
    """The bytes of the regular file at `path`. Raises FileError; never waits for a FIFO and never reads a device."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        try:
            return _regular(handle, path)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise FileError(f"{shown(path)}: {unreadable(error, path)}") from None


def _regular(handle: int, path: str) -> bytes:
    """What the open file holds. Raises FileError when it is no regular file."""
    _require_regular(os.fstat(handle).st_mode, path)
    with open(handle, "rb", closefd=False) as file:
        return file.read()


def _require_regular(mode: int, path: str) -> None:
    """Raises FileError for a directory, a FIFO, a device."""
    if not stat.S_ISREG(mode):
        what = "a directory" if stat.S_ISDIR(mode) else "not a regular file"
        raise FileError(f"{shown(path)}: is {what}; give the path of a fact file")


def unreadable(error: Exception, path: str) -> str:
    """Why a file could not be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        if not path:
            return "the file name is empty; give the path of a fact file"
        if os.path.islink(path):
            return f"is a link to {shown(os.readlink(path))}, which does not exist; mend the link"
        return "no such file; `factcli --db FILE import RECORDS` makes one"
    if isinstance(error, PermissionError):
        return "may not be read; `chmod u+r` it, or ask its owner"
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be read ({why}); check the path"


# The bytes as tables.


def tables_of(data: bytes, path: str) -> Tables:
    """The tables that the bytes of a fact file hold. Raises FileError with line and column of the damage."""
    if not data.strip():
        fault(path, "is empty, which no fact file is")
    text = _text(data, path)
    try:
        tables = parsed(text)
    except DuplicateKeyError as error:
        fault(path, f"the key {shown(repr(error.args[0]))} occurs twice in one object, so one value would be lost")
    except json.JSONDecodeError as error:
        fault(path, f"is not JSON: {error.msg}", f":{error.lineno}:{error.colno}")
    except RecursionError:
        fault(path, "is nested too deeply to be a fact file")
    except ValueError as error:
        fault(path, f"is not a fact file: {error}")
    _require_tables(tables, path)
    return cast(Tables, tables)


def _text(data: bytes, path: str) -> str:
    """The bytes as text without a byte order mark. Raises FileError for NUL bytes and what is not UTF-8."""
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        fault(path, "holds NUL bytes, as a power cut or another encoding leaves them", f":{line}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault(path, f"is not UTF-8 (byte 0x{data[error.start]:02X})", f":{line}")


class DuplicateKeyError(ValueError):
    """A key that occurs twice in one JSON object; its only argument."""


def parsed(text: str) -> Any:
    """The value of a JSON text. Raises ValueError (duplicate keys, NaN, endless integers) or RecursionError."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return json.loads(text, object_pairs_hook=without_duplicates, parse_constant=no_number)
    finally:
        if collecting:
            gc.enable()


def without_duplicates(pairs: list[tuple[str, Any]]) -> Record:
    """The object of these pairs. Raises DuplicateKeyError."""
    record = dict(pairs)
    if len(record) == len(pairs):
        return record
    seen: set[str] = set()
    raise DuplicateKeyError(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]


def no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _require_tables(tables: Any, path: str) -> None:
    """Raises FileError unless this is an object of objects whose keys are TinyDB's record numbers."""
    if not isinstance(tables, dict):
        fault(path, f"holds {named(tables)} where a fact file has an object of tables")
    for table, records in tables.items():
        if not isinstance(records, dict):
            fault(path, f"the table {shown(table)} is {named(records)} and not an object")
        for number, record in records.items():
            if not (number.isascii() and number.isdecimal() and number[0] != "0"):
                fault(path, f"{shown(table)} record {shown(number)}: the record number is not a number from 1")
            if not isinstance(record, dict):
                fault(path, f"{shown(table)} record {number}: is {named(record)} and not an object")
    schema = next((m.get("schema") for m in tables.get("meta", {}).values()), SCHEMA)
    if schema != SCHEMA:
        fault(path, f"is written in schema {shown(repr(schema))}, this factcli knows {SCHEMA}: upgrade it")


def named(value: Any) -> str:
    """What a JSON value is, in words.

    >>> named([]), named(True), named(None)
    ('a list', 'true or false', 'null')
    """
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")


# The tables as records. A light check: what passes can be shown without surprise, not more.


class _ShapeError(Exception):
    """A record that cannot be shown: its field and what is wrong with it."""


def _fact(record: Record) -> Fact:
    """The fact with every documented key in order, null or [] where absent. Raises _ShapeError."""
    if not record.get("title"):
        raise _ShapeError("title", "is missing")
    fact = {key: _FACT[key](record.get(key), key) for key in FACT_KEYS}
    if fact["date_basis"] is None:
        fact["date_basis"] = "stated" if fact["date"] else "unknown"
    return cast(Fact, fact)


def _entity(record: Record) -> Entity:
    """The entity with every documented key in order. Raises _ShapeError."""
    return cast(Entity, {key: _ENTITY[key](record.get(key), key) for key in ENTITY_KEYS})


def _source(record: Record) -> Source:
    """The source as it stands. Raises _ShapeError."""
    _word(record.get("id"), "id")
    for key in ("title", "publisher"):
        _texts(record.get(key), key)
    return cast(Source, dict(record))


def _word(value: Any, field: str) -> Any:
    """A text that must be there."""
    if type(value) is str:
        return value
    raise _ShapeError(field, "is missing" if value is None else f"is {named(value)} and not a text")


def _word_or_null(value: Any, field: str) -> Any:
    """A text or null."""
    return value if value is None else _word(value, field)


def _texts(value: Any, field: str) -> Any:
    """Texts by language, or null where there are none."""
    if value is None:
        return None
    if type(value) is not dict:
        raise _ShapeError(field, f"is {named(value)} and not an object of languages")
    if not {str}.issuperset(map(type, value.values())):
        for language, said in value.items():
            _word(said, f"{field}.{language}")
    return value or None


def _items(value: Any, field: str) -> Any:
    """A list, empty where there is none."""
    if type(value) is list:
        return value
    if value is None:
        return []
    raise _ShapeError(field, f"is {named(value)} and not a list")


def _words(value: Any, field: str) -> Any:
    """A list of texts."""
    items = _items(value, field)
    if not {str}.issuperset(map(type, items)):
        for place, item in enumerate(items, 1):
            _word(item, f"{field}[{place}]")
    return items


def _objects(*keys: str) -> Callable[[Any, str], Any]:
    """The shape of a list of objects that have a text under each of `keys`."""

    def shape(value: Any, field: str) -> Any:
        for place, item in enumerate(_items(value, field), 1):
            if type(item) is not dict:
                raise _ShapeError(f"{field}[{place}]", f"is {named(item)} and not an object")
            for key in keys:
                if type(item.get(key)) is not str:
                    _word(item.get(key), f"{field}[{place}].{key}")
        return value or []

    return shape


_whats = _objects("what")


def _numbers(value: Any, field: str) -> Any:
    """A list of numbers, each with its operator."""
    numbers = _whats(value, field)
    for place, number in enumerate(numbers, 1):
        amount = number.get("value")
        if type(amount) not in (int, float) or not -1e300 <= amount <= 1e300:
            raise _ShapeError(f"{field}[{place}].value", "is not a number")
    return [n if "op" in n else {"what": n["what"], "op": "=", **n} for n in numbers]


_FACT: dict[str, Callable[[Any, str], Any]] = {
    "id": _word,
    "kind": _word,
    "date": _word_or_null,
    "date_basis": _word_or_null,
    "date_note": _texts,
    "title": _texts,
    "partners": _words,
    "parties": _objects("entity", "role"),
    "numbers": _numbers,
    "status": _word_or_null,
    "said_by": _word_or_null,
    "links": _objects("rel", "fact"),
    "sources": _objects("source"),
    "note": _texts,
}
_ENTITY: dict[str, Callable[[Any, str], Any]] = {
    "id": _word,
    "type": _word,
    "name": lambda value, field: _texts(value, field) or {},
    "aliases": _words,
    "country": _word_or_null,
}
