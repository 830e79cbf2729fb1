"""Fact files: TinyDB files of four tables, read as `Facts` and changed one writer at a time.

Reading takes no lock and never creates or changes a file: a writer replaces the file as a whole, so a reader sees the
old version or the new one. It goes past TinyDB, which writes the files and defines their format, but makes an object
for every record: for a look-up a twentieth of its time. What is read is checked for its shape only (`check`
does the rest), so that a file with a mistake made by hand is answered in one line instead of being shown in part. The
shipped file is not even checked for that: the tests do.

A change holds a lock from before its first read to after its last write, and replaces the file in one step (`atomic`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from factcli import package_data
from factcli.model import Facts, Meta
from factcli.text.json_line import json_value

if TYPE_CHECKING:
    from tinydb import TinyDB

BUILTIN = "builtin"
"""The name, in place of a path, of the file that ships with factcli; it is never written."""

TABLES = ("facts", "entities", "sources", "meta")
SCHEMA = 2
"""The version of the file's form that is written. A fact of schema 1, which is read too, has no remark."""

HOME = "OM"

MIN_INDEXED_SIZE = 700_000
"""Bytes from which fact files are looked up by an index: about a thousand facts."""

Record = dict[str, Any]
Tables = dict[str, dict[str, Record]]
"""The content of a fact file: for each table its records by their numbers, which are decimal digits."""


def read(paths: Sequence[str]) -> Facts:
    """The records of the files at `paths`, merged; without a path, of the shipped file.

    A fact id that occurs in several files is the later file's fact, shown once: so a file after `builtin` can correct
    it. Entities and sources of one id complete each other, see `merge`. Raises FileError for a file that is
    missing, damaged or not a fact file.
    """
    return merged([read_one(path) for path in paths]) if paths and tuple(paths) != (BUILTIN,) else read_one(BUILTIN)


def merged(files: Sequence[Facts]) -> Facts:
    """The records of several files as those of one, see `read`."""
    facts: Record = {}
    entities: Record = {}
    sources: Record = {}
    meta: Record = {"schema": SCHEMA, "home": HOME}
    others: dict[str, list[Any]] = {}
    for one in files:
        facts.update(one.by_id)
        for known, new in ((entities, one.entities), (sources, one.sources)):
            for key, record in new.items():
                known[key] = merge(known[key], record) if key in known else record
        meta.update(one.meta)
        for table, records in one.others.items():
            others.setdefault(table, []).extend(records)
    faults = tuple(line for one in files for line in one.faults)
    remarks = tuple(line for one in files for line in one.remarks)
    return Facts(list(facts.values()), entities, sources, cast(Meta, meta), others, facts, faults, remarks)


def merge(old: Any, new: Any) -> Any:
    """The entity or source `old` with whatever `new` knows put over it; lists are united.

    >>> merge({"country": "OM", "aliases": ["a"]}, {"country": None, "aliases": ["b"]})
    {'country': 'OM', 'aliases': ['a', 'b']}
    """
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
    """The records of the file at `path`, each with every documented key. Raises FileError."""
    if path == BUILTIN:
        from factcli.store import shipped

        data = package_data.content("facts.json")
        tables = json_value(package_data.decoded(data, "facts.json"))
        facts = _facts([list(tables[name].values()) for name in TABLES])
        return Facts._make((*facts[:-1], shipped.Index(data, facts)))
    from factcli.store import decode

    return facts_in(decode.content(path), path)


def facts_in(data: bytes, path: str) -> Facts:
    """The records that the bytes of the file at `path` hold. Raises FileError."""
    from factcli.store import decode, shape

    tables = decode.tables(data, path)
    kept, faults = shape.checked(tables)
    others = {name: list(records.values()) for name, records in kept.items() if name not in TABLES}
    return _facts([list(kept[name].values()) for name in TABLES])._replace(
        others=others, faults=tuple(shape.messages(faults, path)), remarks=tuple(decode.remarks(tables, path))
    )


def _facts(tables: list[list[Any]]) -> Facts:
    """The records of the documented tables, in the order of `TABLES`."""
    facts, entities, sources, meta = tables
    of_file = cast(Meta, {key: value for record in meta for key, value in record.items()})
    by_id = {fact["id"]: fact for fact in facts}
    return Facts(facts, {e["id"]: e for e in entities}, {s["id"]: s for s in sources}, of_file, {}, by_id)


@contextlib.contextmanager
def change(path: str) -> Iterator[TinyDB]:
    """The fact file at `path`, made where there is none, open for one change: written whole at the end, or not at all.

    The lock is held from before the first read to after the last write. An exception inside the block leaves the file
    as it was. Raises FileError when the file cannot be locked, read or written, UsageError for `builtin`.
    """
    from tinydb import TinyDB

    from factcli.store import atomic, fact_file

    real = fact_file.target(path)
    with atomic.locked(real), TinyDB(real, storage=fact_file.FactFile) as db:
        yield db
        cast(fact_file.FactFile, db.storage).save()


def write_new(path: str, text: str) -> None:
    """Writes a file that is new, in UTF-8 with a byte order mark, whole or not at all. Raises FileError."""
    from factcli.store import atomic

    with atomic.locked(path):
        atomic.replace(path, [text.encode("utf-8-sig", "surrogatepass")], None, keeps_old=False)


def write_draft(text: str) -> str:
    """The path of a new temporary file with a text in UTF-8, which its owner alone may read. Raises OSError."""
    import tempfile

    handle, path = tempfile.mkstemp(prefix="factcli-", suffix=".json")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def path_of(name: str) -> str:
    """The path of a fact file by its name, which may be `builtin`."""
    return package_data.path("facts.json") if name == BUILTIN else name
