"""Records from JSON: an array, JSON Lines, one fact, or the tables of a fact file.

The outer levels are read here, so that every record has its line; the records by the standard library. What cannot be
read is a problem with its place as well, so that one import names all that is wrong with a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from factcli.records import schema
from factcli.records.problems import Candidate, Found, Place, Problem
from factcli.records.rules import problem
from factcli.store.decode import DEFAULT_TABLE, DuplicateKeyError, is_record_number, type_name
from factcli.store.scanner import Scanner
from factcli.text.quote import quote

_BLANK = re.compile(r"[ \t\n\r]*")
_FACT_KEYS = {"kind", "title", "record"}
"""A JSON object with one of these keys is a record."""

MAX_UNKNOWN_KEYS = 1000
"""Keys of a JSON object after which, none being known, it is neither a record nor a fact file."""


class Unreadable(NamedTuple):
    """Stands for a value that cannot be kept: the code and values of the problem, whose place is added later."""

    code: str
    values: tuple[str, ...]


def json_array(text: str, place: Place) -> Found:
    """The records of a JSON array."""
    scanner, lines, here = Scanner(text), _Lines(text), place
    if not text or text.isspace():
        return
    try:
        if not scanner.is_at("["):
            _value(scanner)
            yield problem("E017", place)
            return
        for number, at in enumerate(scanner.elements(), 1):
            here = place._replace(record=number, line=lines.line_of(at))
            yield as_record(here, _value(scanner))
        scanner.require_end()
    except json.JSONDecodeError as error:
        yield _syntax_problem(error, place)
    except RecursionError as error:
        yield _syntax_problem(error, here)


def json_lines(text: str, place: Place) -> Found:
    """The records of JSON Lines, blank lines left out; a whole fact file on one line is one as well."""
    start = _BLANK.match(text).end()  # type: ignore[union-attr]
    if text.startswith("{", start) and "\n" not in text[start:].rstrip():
        yield from json_object(text, place)
        return
    for one in json_line_values(text, place):
        yield one if isinstance(one, Problem) else as_record(*one)


def json_object(text: str, place: Place) -> Found:
    """The records of a fact file, or the one record that the whole text is."""
    try:
        yield from _tables(text, place)
    except (json.JSONDecodeError, RecursionError) as error:
        yield _syntax_problem(error, place)


def json_values(text: str, place: Place, path: str | None) -> Iterator[tuple[Place, Any] | Problem]:
    """The values of the array at a path in a JSON text, or at its top, each with its place.

    An object in place of the array is the one value. A path is keys joined by dots, of which the longest that an object
    has is taken; where it leads nowhere, the problem names the arrays that there are.
    """
    scanner, lines, here = Scanner(text), _Lines(text), place
    try:
        if path is None and scanner.is_at("{"):
            yield _unnamed_array(_value(scanner), place)
            return
        if path is not None and not _enter(scanner, path):
            yield _unnamed_array(_value(Scanner(text)), place)
            return
        if not scanner.is_at("["):
            here = place._replace(record=1, line=lines.line_of(scanner.at))
            yield here, _value(scanner)
            return
        for number, at in enumerate(scanner.elements(), 1):
            here = place._replace(record=number, line=lines.line_of(at))
            yield here, _value(scanner)
        if path is None:
            scanner.require_end()
    except (json.JSONDecodeError, RecursionError) as error:
        yield _syntax_problem(error, here)


def json_line_values(text: str, place: Place) -> Iterator[tuple[Place, Any] | Problem]:
    """The value of each line of JSON Lines that is not blank, with its place."""
    number = 0
    for line, record in _lines(text):
        if not record or record.isspace():
            continue
        number += 1
        scanner, here = Scanner(record), place._replace(record=number, line=line)
        try:
            value = _value(scanner)
            scanner.require_end()
        except (json.JSONDecodeError, RecursionError) as error:
            yield _syntax_problem(error, here)
        else:
            yield here, value


def _enter(scanner: Scanner, path: str) -> bool:
    """Moves to the value at a path, and says whether there is one."""
    while path:
        if not scanner.is_at("{"):
            return False
        for key, _ in scanner.members():
            if path == key or path.startswith(f"{key}."):
                path = path[len(key) + 1 :]
                break
            _value(scanner)
        else:
            return False
    return True


def _unnamed_array(value: Any, place: Place) -> Problem:
    """The problem of records that do not stand where they were looked for; it names the arrays that there are."""
    found: list[str] = []
    level = [("", value)]
    for _ in range(4):
        level = [(f"{path}.{key}" if path else key, inner) for path, one in level if isinstance(one, dict)
                 for key, inner in list(one.items())[:100]]  # fmt: skip
        found += [path for path, inner in level if isinstance(inner, list)]
    return problem("E050", place, "", f"set it to {' or '.join(map(quote, found[:5]))}" if found else "correct it")


def _tables(text: str, place: Place) -> Found:
    """The records of an object of tables, or the one that the object is, as its first known key tells.

    Where there are no tables of factcli, those of TinyDB's own table are facts.
    """
    scanner, lines, seen = Scanner(text), _Lines(text), set[str]()
    unknown: list[Problem] = []
    for key, at in scanner.members():
        here = place._replace(line=lines.line_of(at))
        is_of_fact = key in _FACT_KEYS or (key == "sources" and not scanner.is_at("{"))
        if is_of_fact and not seen:
            yield from json_array(f"[{text}]", place)
            return
        if key in schema.TABLES or (key == DEFAULT_TABLE and not seen):
            if key in seen:
                yield problem("E016", here, "", quote(key))
            seen.add(key)
            yield from _table(key, scanner, lines, here)
        elif _value(scanner) or key != DEFAULT_TABLE:
            unknown.append(problem("E020", here, key))
            if len(unknown) > MAX_UNKNOWN_KEYS:
                break
    else:
        scanner.require_end()
    yield from unknown if seen or not unknown else [problem("E017", place)]
    if DEFAULT_TABLE in seen and len(seen) > 1:
        yield problem("E020", place, DEFAULT_TABLE)


def _table(name: str, scanner: Scanner, lines: _Lines, place: Place) -> Found:
    """The records of one table of a fact file, which begins where the scanner is."""
    if not scanner.is_at("{"):
        yield problem("E027", place, name, type_name(_value(scanner)))
        return
    table, numbers = "facts" if name == DEFAULT_TABLE else name, set[str]()
    for key, at in scanner.members():
        number = int(key) if is_record_number(key) else None
        here = place._replace(record=number, line=lines.line_of(at), table=table)
        code = "E008" if number is None else "E009" if key in numbers else ""
        value = _value(scanner)
        yield as_record(here, Unreadable(code, (quote(key),)) if code else value)
        numbers.add(key)


def as_record(place: Place, value: Any) -> Candidate | Problem:
    """A value as a record of the table that it names, or the problem that keeps it out."""
    if isinstance(value, Unreadable):
        return problem(value.code, place, "", *value.values)
    if isinstance(value, dict) and "record" in value:
        name = value["record"]
        if not isinstance(name, str) or name not in schema.RECORD_NAMES:
            return problem("E026", place, "record", quote(str(name)))
        value = {key: item for key, item in value.items() if key != "record"}
        place = place._replace(table=schema.RECORD_NAMES[name])
    return Candidate(place, value)


def _value(scanner: Scanner) -> Any:
    """The value that begins where the scanner is; Unreadable in place of one that cannot be kept."""
    try:
        return scanner.value()
    except json.JSONDecodeError:
        raise
    except DuplicateKeyError as error:
        value = Unreadable("E016", (quote(error.args[0]),))
    except ValueError as error:
        value = Unreadable("E015", (str(error).partition(";")[0],))
    scanner.skip_value()
    return value


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a list of millions of them would take twenty times the memory of the text."""
    number, start = 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        yield number, text[start:end]
        start = end + 1


def _syntax_problem(error: Exception, place: Place) -> Problem:
    """The problem of JSON that could not be read to its end."""
    if isinstance(error, json.JSONDecodeError):
        place = place._replace(line=place.line or error.lineno)
        return problem("E013", place, "", error.msg.partition(" at")[0].lower(), str(error.colno))
    return problem("E014", place)


class _Lines:
    """The line numbers of growing positions in a text."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def line_of(self, at: int) -> int:
        """The line of the position `at`, which is not before the last one asked for."""
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line
