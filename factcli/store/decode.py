"""Files as bytes, and the bytes of a fact file as tables; or where and how it is damaged."""

from __future__ import annotations

import gc
import json
import os
import re
import stat
from collections.abc import Callable, Container
from typing import Any, BinaryIO, NoReturn

from factcli._namedtuple import NamedTuple
from factcli.errors import FileError, InputError
from factcli.store import SCHEMA, TABLES, Record, Tables
from factcli.text.numbers import parse_float
from factcli.text.quote import enumerate_values, quote, quote_path

DEFAULT_TABLE = "_default"
"""The table in which TinyDB puts the records that a program inserts without naming one."""

MAX_TABLES = 1000
"""Tables from which an object is no fact file: to read millions of empty ones would take a minute."""

_BOM = b"\xef\xbb\xbf"


def content(path: str) -> bytes:
    """The bytes of the regular file at `path`. Raises FileError; never waits for a FIFO and never reads a device."""
    try:
        with open_regular(path) as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{quote_path(path)}: {unreadable(error, path)}") from None


def open_regular(path: str) -> BinaryIO:
    """The regular file at `path`, open for reading. Raises FileError for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        try:
            require_regular(os.fstat(handle).st_mode, path)
        except FileError:
            os.close(handle)
            raise
        return open(handle, "rb")
    except (OSError, ValueError) as error:
        raise FileError(f"{quote_path(path)}: {unreadable(error, path)}") from None


def input_content(name: str) -> bytes:
    """All bytes of a file to read in, or of a named pipe to its end. Raises InputError; a device is refused."""
    try:
        mode = os.stat(name).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise InputError(f"{quote_path(name)}: is a directory or a device; give a file of records")
        with open(name, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"{quote_path(name)}: cannot be read ({why}); give a file of records, or - for input"
        ) from None


def count_lines(name: str) -> int | None:
    """The number of line ends of a file, or None where it can only be read once or not at all."""
    try:
        if not os.path.isfile(name):
            return None
        with open(name, "rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except (OSError, ValueError):
        return None


def require_regular(mode: int, path: str) -> None:
    """Raises FileError for a directory, a FIFO, a device."""
    if not stat.S_ISREG(mode):
        what = "a directory" if stat.S_ISDIR(mode) else "not a regular file"
        raise FileError(f"{quote_path(path)}: is {what}; give the path of a fact file")


def unreadable(error: Exception, path: str) -> str:
    """Why a file could not be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        last = backup(path)
        if not path:
            return "the file name is empty; give the path of a fact file"
        if os.path.isfile(last):
            return f"no such file; its last version is {quote_path(last)}: copy or rename that"
        if os.path.islink(path):
            return f"is a link to {quote_path(os.readlink(path))}, which does not exist; correct the link"
        return "no such file; `factcli --db FILE import RECORDS` makes one"
    if isinstance(error, PermissionError):
        return "may not be read; `chmod u+r` it, or ask its owner"
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be read ({why}); check the path"


def backup(path: str) -> str:
    """The path of the last version of the file at `path`: beside the file itself, where that is a link."""
    return f"{os.path.realpath(path) if os.path.islink(path) else path}.bak"


def damaged(path: str, what: str, where: str = "", fix: str = "correct it, or take a copy") -> FileError:
    """The error of a damaged file: the place, what is wrong, and where the last good version is."""
    last = backup(path)
    if os.path.isfile(last):
        fix = f"the last good version is {quote_path(last)}"
    return FileError(f"{quote_path(path)}{where}: {what}; {fix}")


def tables(data: bytes, path: str) -> Tables:
    """The tables that the bytes of a fact file hold. Raises FileError with line and column of the damage."""
    if not data or data.isspace():
        what = "is empty, as TinyDB makes a file and as a power cut leaves one"
        fix = "if nothing was in it, delete it, and `factcli --db FILE import RECORDS` makes it anew"
        raise damaged(path, what, fix=fix)
    text = text_of(data, path)
    try:
        try:
            found = parse(text)
        except json.JSONDecodeError:
            raise
        except ValueError:
            found = _parse_with_flaws(text)
    except json.JSONDecodeError as error:
        marker = next((n for n, line in enumerate(text.split("\n"), 1) if line.startswith("<<<<<<< ")), 0)
        if marker:
            what = "holds both sides of a merge that git could not make"
            fix = "set git up for it as `factcli merge --help` says, then `git checkout --merge FILE`"
            raise FileError(f"{quote_path(path)}:{marker}: {what}; {fix}") from None
        raise damaged(path, f"is not JSON: {error.msg}", f":{error.lineno}:{error.colno}") from None
    except RecursionError:
        raise damaged(path, "is nested too deeply to be a fact file") from None
    _require_tables(found, path)
    return found  # type: ignore[no-any-return]


def text_of(data: bytes, path: str) -> str:
    """The bytes as text without a byte order mark. Raises FileError for NUL bytes and anything but UTF-8."""
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise damaged(path, "holds NUL bytes, as a power cut or another encoding leaves them", f":{line}")
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise damaged(path, f"is not UTF-8 (byte 0x{error.object[error.start]:02X})", f":{line}") from None


class DuplicateKeyError(ValueError):
    """A key that occurs twice in one JSON object; its only argument."""


def parse(text: str) -> Any:
    """The value of a JSON text. Raises ValueError (duplicate keys, NaN, endless numbers) or RecursionError.

    Garbage is not collected meanwhile: that takes half of the time of a large file.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return json.loads(text, object_pairs_hook=unique_pairs, parse_float=parse_float, parse_constant=refuse_constant)
    finally:
        if collecting:
            gc.enable()


def unique_pairs(pairs: list[tuple[str, Any]]) -> Record:
    """The object of these pairs. Raises DuplicateKeyError."""
    record = dict(pairs)
    if len(record) == len(pairs):
        return record
    raise DuplicateKeyError(_repeated(pairs))


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    """The first key that occurs twice."""
    seen: set[str] = set()
    return next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def refuse_constant(name: str) -> NoReturn:
    """Raises ValueError for NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(f"{name} is not a number")


class Flaw(NamedTuple):
    """Stands for a value that JSON can write and that cannot be kept: what is wrong with it, and what could be kept."""

    what: str
    value: Any = None


class MergedTable(dict[str, Any]):
    """A table in which records had the same number, as a merge of two files leaves them; the later ones got others."""


def _parse_with_flaws(text: str) -> Any:
    """The value of a JSON text with a `Flaw` for each record that cannot be kept. Raises as `json.loads`."""
    return json.loads(
        text, object_pairs_hook=_flawed_pairs, parse_constant=lambda name: Flaw(f"{name} is not a number"),
        parse_int=lambda digits: _flawed(int, digits), parse_float=lambda digits: _flawed(parse_float, digits),
    )  # fmt: skip


def _flawed(read: Callable[[str], float], digits: str) -> float | Flaw:
    """The number as it is read, or that it is too long."""
    try:
        return read(digits)
    except ValueError:
        return Flaw(f"a number has {len(digits)} digits")


def _flawed_pairs(pairs: list[tuple[str, Any]]) -> Any:
    """The object of these pairs, or a `Flaw` where a key occurs twice or a value is one; a table keeps such records."""
    record = dict(pairs)
    if any(map(str.isdecimal, record)):
        return record if len(record) == len(pairs) else _merged(pairs)
    flaw = next(filter(None, map(_flaw_in, record.values())), None)
    if len(record) < len(pairs):
        return Flaw(f"the key {quote(_repeated(pairs))} occurs twice, so one value would be lost", record)
    return record if flaw is None else Flaw(flaw, record)


def _flaw_in(value: Any) -> str | None:
    """What is wrong with a value, or with one in it."""
    if isinstance(value, Flaw):
        return value.what
    return next(filter(None, map(_flaw_in, value)), None) if isinstance(value, list) else None


def _merged(pairs: list[tuple[str, Any]]) -> MergedTable:
    """The table of all these records; one whose number is taken gets the number of its id."""
    table = MergedTable()
    for number, record in pairs:
        name = str(record.get("id")) if isinstance(record, dict) else number
        table[str(record_number(name, table)) if number in table else number] = record
    return table


is_record_number = re.compile("[1-9][0-9]{0,17}").fullmatch
"""Whether a key is the number of a record, as TinyDB reads and counts it; Python reads no number of any length."""


def record_number(name: str, taken: Container[str]) -> int:
    """The number in its table of a record with this id: the same in every copy of a file, so that copies can be merged.

    It has at most 52 bits, so that no program of JSON rounds it; the next one is free where it is `taken`.
    """
    from hashlib import sha256

    number = int(sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:13], 16) or 1
    while str(number) in taken:
        number += 1
    return number


def _require_tables(found: Any, path: str) -> None:
    """Raises FileError unless this is an object of objects, in a schema that can be read."""
    if isinstance(found, Flaw):
        raise damaged(path, found.what)
    if not isinstance(found, dict):
        raise damaged(path, f"holds {type_name(found)} where a fact file has an object of tables")
    if len(found) > MAX_TABLES:
        raise damaged(path, f"holds {len(found):,} tables, which no fact file does")
    for table, records in found.items():
        if not isinstance(records, dict):
            raise damaged(path, f"the table {quote_path(table)} is {type_name(records)} and not an object")
    if found.keys().isdisjoint(TABLES) and any(found.values()):
        names = enumerate_values(sorted(found))
        fix = "give the path of a fact file"
        if DEFAULT_TABLE in found:
            fix = f"`factcli --db NEW import {quote_path(path)}` makes one of its records"
        raise FileError(f"{quote_path(path)}: has no table of facts, only {names}, as other programs write it; {fix}")
    schemas = [record.get("schema", SCHEMA) for record in found.get("meta", {}).values() if isinstance(record, dict)]
    if unknown := [schema for schema in schemas if schema not in range(1, SCHEMA + 1)]:
        what = (
            f"is written in schema {quote_path(repr(unknown[0]))}, this version of factcli reads schemas up to {SCHEMA}"
        )
        raise damaged(path, f"{what}: upgrade factcli")


def remarks(tables: Tables, path: str) -> list[str]:
    """What was put right when the file at `path` was read, a line each."""
    notes: list[str] = []
    if not any(tables.values()):
        notes.append("has no records, as TinyDB makes a file; `factcli --db FILE import RECORDS` adds some")
    elif others := len(tables.get(DEFAULT_TABLE, ())):
        left_out = f"{others} record{'s' if others > 1 else ''} left out, since facts stand in the table facts"
        notes.append(f'{DEFAULT_TABLE}: {left_out}; in Python, `db.table("facts").insert(…)`')
    merged = [table for table, records in tables.items() if isinstance(records, MergedTable)]
    what = "records had the same number, as a merge of two files leaves them; all are read, a change numbers them apart"
    if merged:
        notes.append(f"{enumerate_values(merged)}: {what}")
    return [f"{quote_path(path)}: {note}" for note in notes]


def type_name(value: Any) -> str:
    """What a JSON value is, in words.

    >>> type_name([]), type_name(True), type_name(None)
    ('a list', 'true or false', 'null')
    """
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
