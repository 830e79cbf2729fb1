"""Records from JSON: an array, JSON Lines, one fact, or the tables of a fact file.

The outer levels are read here, so that every record has its line; the records by the standard library. What cannot be
read is a problem with its place as well, so that one import names all that is wrong with a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from factcli.records import schema
from factcli.records.problems import Candidate, Place, Problem, Records
from factcli.records.rules import problem
from factcli.store import TABLES
from factcli.store.decode import DuplicateKeyError, refuse_constant, type_name, unique_pairs
from factcli.text.numbers import parse_float
from factcli.text.quote import quote

DAMAGE_CODES = ("E013", "E014", "E015")
"""The codes which, of a fact file, mean that nothing of it can be read."""

_BLANK = re.compile(r"[ \t\n\r]*")
_FACT_KEYS = {"kind", "title", "record"}
"""A JSON object with one of these keys is a record."""

_strict = json.JSONDecoder(object_pairs_hook=unique_pairs, parse_float=parse_float, parse_constant=refuse_constant)
_lenient = json.JSONDecoder(parse_int=str)
"""Reads what the other refuses, however long its numbers, to find where it ends."""


class Unreadable(NamedTuple):
    """Stands for a value that cannot be kept: the code and values of the problem, whose place is added later."""

    code: str
    values: tuple[str, ...]


def json_array(text: str, place: Place) -> Records:
    """The records of a JSON array."""
    records, lines = Records([], []), _Lines(text)
    if not text.strip():
        return records
    try:
        at = _skip_blank(text, 0)
        if text[at : at + 1] != "[":
            _value(text, at)
            return Records([], [problem("E017", place)])
        elements, end = _elements(text, at)
        _require_end(text, end)
    except (json.JSONDecodeError, RecursionError) as error:
        return Records([], [_syntax_problem(error, place)])
    for number, (at, value) in enumerate(elements, 1):
        add_record(records, place._replace(record=number, line=lines.line_of(at)), value)
    return records


def json_lines(text: str, place: Place) -> Records:
    """The records of JSON Lines, blank lines left out; a whole fact file on one line is one as well."""
    records = Records([], [])
    filled = [(line, record) for line, record in enumerate(text.split("\n"), 1) if record.strip()]
    only = _lenient.decode(filled[0][1]) if len(filled) == 1 and is_json(filled[0][1]) else None
    if isinstance(only, dict) and _FACT_KEYS.isdisjoint(only):
        return json_object(text, place)
    for number, (line, record) in enumerate(filled, 1):
        here = place._replace(record=number, line=line)
        try:
            value, end = _value(record, _skip_blank(record, 0))
            _require_end(record, end)
        except (json.JSONDecodeError, RecursionError) as error:
            records.problems.append(_syntax_problem(error, here))
        else:
            add_record(records, here, value)
    return records


def json_object(text: str, place: Place) -> Records:
    """The records of a fact file, or the one record that the whole text is."""
    try:
        members, end = _members(text, _skip_blank(text, 0), _table)
        _require_end(text, end)
    except (json.JSONDecodeError, RecursionError) as error:
        return Records([], [_syntax_problem(error, place)])
    keys = {key for key, _, _ in members}
    if keys & _FACT_KEYS:
        return json_array(f"[{text}]", place)
    if keys.isdisjoint(TABLES):
        return Records([], [problem("E017", place)])
    return _tables(text, members, place)


def add_record(records: Records, place: Place, value: Any) -> None:
    """Adds a value as a record of the table that it names, or the problem that keeps it out."""
    if isinstance(value, Unreadable):
        records.problems.append(problem(value.code, place, "", *value.values))
        return
    if isinstance(value, dict) and "record" in value:
        name = value["record"]
        if not isinstance(name, str) or name not in schema.RECORD_NAMES:
            records.problems.append(problem("E026", place, "record", quote(str(name))))
            return
        value = {key: item for key, item in value.items() if key != "record"}
        place = place._replace(table=schema.RECORD_NAMES[name])
    records.candidates.append(Candidate(place, value))


def is_json(line: str) -> bool:
    """Whether the line is JSON by itself."""
    try:
        _lenient.decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _tables(text: str, members: list[tuple[str, int, Any]], place: Place) -> Records:
    """The records of the tables of a fact file."""
    records, lines, seen = Records([], []), _Lines(text), set[str]()
    for table, at, rows in members:
        here = place._replace(line=lines.line_of(at))
        if table not in schema.TABLES or not isinstance(rows, tuple):
            what = type_name(rows) if table in schema.TABLES else "not a table of factcli"
            records.problems.append(problem("E027", here, table, what))
            continue
        if table in seen:
            records.problems.append(problem("E016", here, "", quote(table)))
        seen.add(table)
        numbers = set[str]()
        for key, start, value in rows:
            here = place._replace(record=len(numbers) + 1, line=lines.line_of(start), table=table)
            repeated = Unreadable("E016", (f"the record number {quote(key)}",))
            add_record(records, here, repeated if key in numbers else value)
            numbers.add(key)
    return records


# The grammar.


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends; Unreadable in place of a value that cannot be kept.

    Raises JSONDecodeError where there is no JSON, RecursionError where it is nested too deeply.
    """
    try:
        return _strict.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except DuplicateKeyError as error:
        unreadable = Unreadable("E016", (quote(error.args[0]),))
    except ValueError as error:
        unreadable = Unreadable("E015", (str(error).partition(";")[0],))
    return unreadable, _lenient.raw_decode(text, at)[1]


def _elements(text: str, at: int) -> tuple[list[tuple[int, Any]], int]:
    """The elements of the JSON array that begins at `at`, each with its position, and where the array ends."""
    elements: list[tuple[int, Any]] = []
    at = _skip_blank(text, at + 1)
    while text[at : at + 1] != "]":
        if elements:
            at = _skip_sign(text, at, ",")
        value, end = _value(text, at)
        elements.append((at, value))
        at = _skip_blank(text, end)
    return elements, at + 1


def _members(text: str, at: int, read: Callable[[str, int], tuple[Any, int]]) -> tuple[list[tuple[str, int, Any]], int]:
    """The members of the JSON object that begins at `at`: key, position of the value, value; and where it ends."""
    members: list[tuple[str, int, Any]] = []
    at = _skip_blank(text, at + 1)
    while text[at : at + 1] != "}":
        if members:
            at = _skip_sign(text, at, ",")
        key, end = _value(text, at)
        if not isinstance(key, str):
            raise json.JSONDecodeError("Expecting property name", text, at)
        at = _skip_sign(text, _skip_blank(text, end), ":")
        value, end = read(text, at)
        members.append((key, at, value))
        at = _skip_blank(text, end)
    return members, at + 1


def _table(text: str, at: int) -> tuple[Any, int]:
    """A table as a tuple of its members, which no JSON value is; anything else as a value."""
    if text[at : at + 1] != "{":
        return _value(text, at)
    members, end = _members(text, at, _value)
    return tuple(members), end


def _skip_blank(text: str, at: int) -> int:
    """The first position from `at` that is not blank."""
    return _BLANK.match(text, at).end()  # type: ignore[union-attr]


def _skip_sign(text: str, at: int, sign: str) -> int:
    """The position behind `sign` and blanks. Raises JSONDecodeError where it does not stand at `at`."""
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", text, at)
    return _skip_blank(text, at + 1)


def _require_end(text: str, at: int) -> None:
    """Raises JSONDecodeError unless only blanks follow."""
    end = _skip_blank(text, at)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)


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
