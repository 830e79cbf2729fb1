"""Files as bytes, and the bytes of a fact file as tables; or where and how it is damaged."""

from __future__ import annotations

import gc
import json
import os
import stat
from typing import Any, NoReturn

from factcli.errors import FileError, InputError
from factcli.store import SCHEMA, Record, Tables
from factcli.text.numbers import parse_float
from factcli.text.quote import quote_path

_BOM = b"\xef\xbb\xbf"


def content(path: str) -> bytes:
    """The bytes of the regular file at `path`. Raises FileError; never waits for a FIFO and never reads a device."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        try:
            require_regular(os.fstat(handle).st_mode, path)
            with open(handle, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(handle)
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


def require_regular(mode: int, path: str) -> None:
    """Raises FileError for a directory, a FIFO, a device."""
    if not stat.S_ISREG(mode):
        what = "a directory" if stat.S_ISDIR(mode) else "not a regular file"
        raise FileError(f"{quote_path(path)}: is {what}; give the path of a fact file")


def unreadable(error: Exception, path: str) -> str:
    """Why a file could not be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        if not path:
            return "the file name is empty; give the path of a fact file"
        if os.path.islink(path):
            return f"is a link to {quote_path(os.readlink(path))}, which does not exist; correct the link"
        return "no such file; `factcli --db FILE import RECORDS` makes one"
    if isinstance(error, PermissionError):
        return "may not be read; `chmod u+r` it, or ask its owner"
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"cannot be read ({why}); check the path"


def damaged(path: str, what: str, where: str = "") -> FileError:
    """The error of a damaged file: the place, what is wrong, and where the last good version is."""
    backup = f"{path}.bak"
    fix = f"the last good version is {quote_path(backup)}" if os.path.isfile(backup) else "correct it, or take a copy"
    return FileError(f"{quote_path(path)}{where}: {what}; {fix}")


def tables(data: bytes, path: str) -> Tables:
    """The tables that the bytes of a fact file hold. Raises FileError with line and column of the damage."""
    if not data or data.isspace():
        raise damaged(path, "is empty, which no fact file is")
    try:
        found = parse(_text(data, path))
    except DuplicateKeyError as error:
        key = quote_path(repr(error.args[0]))
        raise damaged(path, f"the key {key} occurs twice in one object, so one value would be lost") from None
    except json.JSONDecodeError as error:
        raise damaged(path, f"is not JSON: {error.msg}", f":{error.lineno}:{error.colno}") from None
    except RecursionError:
        raise damaged(path, "is nested too deeply to be a fact file") from None
    except ValueError as error:
        raise damaged(path, f"is not a fact file: {error}") from None
    _require_tables(found, path)
    return found  # type: ignore[no-any-return]


def _text(data: bytes, path: str) -> str:
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
    seen: set[str] = set()
    raise DuplicateKeyError(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]


def refuse_constant(name: str) -> NoReturn:
    """Raises ValueError for NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(f"{name} is not a number")


def _require_tables(found: Any, path: str) -> None:
    """Raises FileError unless this is an object of objects whose keys are TinyDB's record numbers."""
    if not isinstance(found, dict):
        raise damaged(path, f"holds {type_name(found)} where a fact file has an object of tables")
    for table, records in found.items():
        if not isinstance(records, dict):
            raise damaged(path, f"the table {quote_path(table)} is {type_name(records)} and not an object")
        for number, record in records.items():
            if not (number.isascii() and number.isdecimal() and number[0] != "0"):
                place = f"{quote_path(table)} record {quote_path(number)}"
                raise damaged(path, f"{place}: the record number is not a number from 1")
            if not isinstance(record, dict):
                raise damaged(path, f"{quote_path(table)} record {number}: is {type_name(record)} and not an object")
    schema = next((m.get("schema") for m in found.get("meta", {}).values()), SCHEMA)
    if schema not in range(1, SCHEMA + 1):
        what = f"is written in schema {quote_path(repr(schema))}, this version of factcli reads schemas up to {SCHEMA}"
        raise damaged(path, f"{what}: upgrade factcli")


def type_name(value: Any) -> str:
    """What a JSON value is, in words.

    >>> type_name([]), type_name(True), type_name(None)
    ('a list', 'true or false', 'null')
    """
    names = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
