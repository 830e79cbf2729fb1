"""The TinyDB storage of a fact file: read whole, written whole, one record a line."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from tinydb import TinyDB as TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Document
from tinydb.table import Table as Table

from factcli.errors import FileError, UsageError
from factcli.store import BUILTIN, SCHEMA, TABLES, Tables, atomic, decode, path_of, shape
from factcli.text.json_line import json_line
from factcli.text.quote import quote_path


class FactFile(Storage):
    """The storage of one change: what TinyDB writes waits in memory for `save`. The caller holds the lock."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._seen = atomic.stamp(path)
        self._tables: Tables | None = None
        self._is_changed = False
        self.keeps_old = True
        """Whether the version before the change becomes FILE.bak."""
        self.purges = False
        """Whether to delete FILE.bak after the change."""
        self.notes: list[str] = []
        """What the user should know of the change, most of it known once it is saved."""
        if self.is_new and os.path.lexists(decode.backup(path)):
            last = quote_path(decode.backup(path))
            self.notes.append(
                f"{last} is of an earlier file of this name; keep it elsewhere, a later change replaces it"
            )

    @property
    def is_new(self) -> bool:
        """Whether the change makes the file."""
        return self._seen is None

    def read(self) -> Tables:
        """All tables, empty ones where there is no file yet, in the schema that is written.

        Raises FileError for what could not be read back.
        """
        if self._tables is None and self.is_new:
            self._tables = {table: {} for table in TABLES}
        elif self._tables is None:
            self._tables = tables(self.path)
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._tables = data
        self._is_changed = True

    def save(self) -> None:
        """Puts what was written in the place of the file. Raises FileError, and then nothing is changed."""
        if self._is_changed:
            atomic.replace(self.path, serialized(self.read()), self._seen, self.keeps_old)
            if self.keeps_old and not self.is_new:
                with contextlib.suppress(OSError):
                    self.notes += _consequences(self.path)
        if self.purges and atomic.purge(self.path):
            self.notes.append(f"{quote_path(decode.backup(self.path))}: deleted")


def _consequences(path: str) -> Iterator[str]:
    """Notes on what a change did to a file, which FILE.bak is now, beside changing its content. Raises OSError."""
    old, new = os.stat(decode.backup(path)), os.stat(path)
    if old.st_nlink > 1:
        yield f"{quote_path(path)}: had {old.st_nlink} names (hard links); the others keep the version before"
    if old.st_uid != new.st_uid:
        yield f"{quote_path(path)}: belongs to user {new.st_uid} now, no longer to user {old.st_uid}"


def tables(path: str, name: str = "") -> Tables:
    """The tables of the file at `path`, in the schema that is written; messages call it `name`.

    Raises FileError for what could not be written as it was read.
    """
    name = name or path
    found = decode.tables(decode.content(path), name)
    if faults := shape.checked(found).faults:
        raise FileError(*shape.messages(faults, name), f"{quote_path(name)}: nothing was changed")
    _upgrade(found)
    return found


def _upgrade(tables: Tables) -> None:
    """Brings tables of schema 1, which have no remarks, to the schema that is written."""
    for fact in tables.get("facts", {}).values():
        fact.setdefault("remark", None)
    for meta in tables.get("meta", {}).values():
        if "schema" in meta:
            meta["schema"] = SCHEMA


def target(path: str) -> str:
    """The path of the file that a change of `path` replaces, links resolved.

    Raises FileError where no file can be written there, UsageError for `builtin`.
    """
    real = os.path.realpath(path)
    if path == BUILTIN or _is_shipped(real):
        raise UsageError(f"{BUILTIN}: is never written; name a file of your own before the command: `--db FILE`")
    try:
        mode = os.stat(real).st_mode
        decode.require_regular(mode, path)
        if not mode & 0o222 or not os.access(real, os.W_OK):
            raise FileError(
                f"{quote_path(path)}: is read-only for you; `chmod u+w` it, ask its owner, or name another file"
            )
    except (OSError, ValueError) as error:
        if not isinstance(error, FileNotFoundError) or not path or os.path.islink(path):
            raise FileError(f"{quote_path(path)}: {decode.unreadable(error, path)}") from None
        if not os.path.isdir(os.path.dirname(real)):
            raise FileError(f"{quote_path(path)}: its directory does not exist; make it first (`mkdir -p`)") from None
    return real


def _is_shipped(path: str) -> bool:
    """Whether this is the shipped file, whatever its path or name."""
    try:
        return os.path.samefile(path, path_of(BUILTIN))
    except (OSError, ValueError):
        return False


def serialized(tables: Tables) -> Iterator[bytes]:
    """The bytes of a fact file: one record a line in the order of its table, so that it can be diffed and merged."""
    before = "{\n"
    for table in dict.fromkeys((*TABLES, *tables)):
        yield f"{before}{json_line(table)}: {{".encode()
        for place, (number, record) in enumerate(tables.get(table, {}).items()):
            yield f"{',' if place else ''}\n{json_line(number)}: {json_line(record)}".encode()
        yield b"\n}"
        before = ",\n"
    yield b"\n}\n"
