"""CSV of another form, read by a mapping: a TOML file that says where the table begins and what a row means.

The table `[fact]` of a mapping is a fact in which `{Column}` stands for a cell. A value whose cell is empty is left
out, and so is what cannot be without it. `{Column|country}` is the code of a country name, `{Column|year}` and
`{Column|number}` read digits, `{Column|op}` says whether a number is an estimate, `{Column|slug}` makes an id, and
`{Column|NAME}` looks the cell up in the table `[values.NAME]` of the mapping. Estimates are in brackets or have a
question mark.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

from factcli import package_data
from factcli.errors import FileError, InputError
from factcli.lexicon.codes import COUNTRIES
from factcli.records import readers, schema
from factcli.records.canonical import ascii_words
from factcli.records.problems import Candidate, Found, Place, Problem, format_problems
from factcli.records.read_csv import rows
from factcli.records.rules import countries_named, problem, suggestion
from factcli.records.schema import Node
from factcli.records.validate import Report, compiled
from factcli.store import decode
from factcli.text.numbers import drop_zero_fraction, parse_float
from factcli.text.quote import enumerate_values, quote, quote_path, shorten

Mapping = dict[str, Any]
Cells = dict[str, str]

MAX_SLUG_LENGTH = 60
MAX_COLUMNS = 1000
MAX_MAPPING_SIZE, MAX_TEMPLATE_DEPTH = 1_000_000, 10
"""Bytes of a mapping, and the levels of tables and lists in it."""

_SLOT = re.compile(r"\{([^{}|]+)(?:\|([a-z]+))?\}")
_ESTIMATE = re.compile(r"^\((.*)\)$|^(.*)\?$")


def reader(name: str, stdin: IO[bytes] | None) -> Callable[[str], Found]:
    """The reader of files of the form that the mapping `name` describes. Raises InputError for a bad mapping.

    `name` is a path, or the name of a mapping that ships with factcli.
    """
    mapping = _mapping(name)

    def read(file: str) -> Found:
        place = Place(readers.display_name(file))
        text, bad_encoding = _decoded(readers.content(file, stdin), place, mapping["file"].get("encodings", ["utf-8"]))
        return iter([bad_encoding]) if bad_encoding else _Table(mapping).read(text, place)

    return read


def _strings(description: str) -> Node:
    return {"type": "array", "items": {"type": "string"}, "maxItems": MAX_COLUMNS, "description": description}


_EXAMPLE = "as in data/sipri.toml"
_FILE = {
    "type": "object",
    "additionalProperties": False,
    "description": f"a table with the key header, {_EXAMPLE}",
    "required": ["header"],
    "properties": {
        "header": _strings(f"a list of column names, {_EXAMPLE}"),
        "encodings": _strings("a list of encodings, which are tried in order"),
        "delimiter": {"type": "string", "pattern": '^[^"\0\r\n]\\Z', "description": "one character, such as a comma"},
        "tail": {"type": "string", "description": "the characters that a line may have at its end"},
    },
}
_FACT = {
    "type": "object",
    "description": f"a table with the keys kind and title, {_EXAMPLE}",
    "required": ["kind", "title"],
    "properties": {
        "kind": {"type": "string", "description": f"the kind of the facts, {_EXAMPLE}"},
        "title": {"type": "object", "description": f"a title in en, ar or both, {_EXAMPLE}"},
    },
}
_walk = compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["file", "fact"],
        "properties": {
            "file": _FILE,
            "fact": _FACT,
            "values": {"type": "object", "description": "a table of tables"},
            "sources": {
                "type": "array",
                "items": {"type": "object", "description": "a table that is a source"},
                "maxItems": MAX_COLUMNS,
                "description": "an array of tables, [[sources]]",
            },
        },
    }
)


def _mapping(name: str) -> Mapping:
    """The mapping of that name. Raises InputError."""
    path = name if os.path.exists(name) or os.path.dirname(name) else package_data.path(name)
    if not os.path.exists(path):
        raise InputError(f"{quote_path(name)}: no such mapping; give the path of a TOML file, or sipri.toml")
    try:
        data = decode.content(path)
        if len(data) > MAX_MAPPING_SIZE:
            raise InputError(f"{quote_path(name)}: has {len(data)} bytes, more than {MAX_MAPPING_SIZE}; shorten it")
        mapping = tomllib.loads(data.decode("utf-8-sig"), parse_float=parse_float)
    except FileError as error:
        raise InputError(*error.problems) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{quote_path(name)}: is not TOML ({str(error)[:120]}); correct that place") from None
    problems: list[Problem] = []

    def report(code: str, field: str, *values: str) -> None:
        code = "E036" if code == "E103" else code
        problems.append(problem(code, Place(name), field, *values))

    _walk(mapping, "", report)
    if not problems:
        _check_values(mapping, report)
    if problems:
        raise InputError(*format_problems(problems))
    return mapping


def _check_values(mapping: Mapping, report: Report) -> None:
    """Reports what is wrong with the values of a mapping that has its shape."""
    for key in ("header", "encodings"):
        if mapping["file"].get(key) == []:
            report("E109", f"file.{key}", "one at least")
    for key, table in mapping.get("values", {}).items():
        if not isinstance(table, dict):
            report("E101", f"values.{key}", decode.type_name(table), "an object", "a table")
            continue
        for cell, value in table.items():
            if isinstance(value, dict | list):
                report("E101", f"values.{key}.{cell}", decode.type_name(value), "a text", "a text or a number")
            else:
                _check_template(value, f"values.{key}.{cell}", report)
    known = [key for key in schema.FACT["properties"] if key not in schema.DERIVED_KEYS["facts"]]
    for key in mapping["fact"]:
        if key not in known:
            report("E036", f"fact.{key}", suggestion(key, known))
    _check_template(mapping["fact"], "fact", report, ["country", *FILTERS, *mapping.get("values", {})])
    for number, source in enumerate(mapping.get("sources", []), 1):
        _check_template(source, f"sources[{number}]", report)


def _check_template(
    template: Any, field: str, report: Report, filters: list[str] | None = None, depth: int = 0
) -> None:
    """Reports values that no record can have, and where there are `filters`, slots that are none."""
    if isinstance(template, dict | list) and depth < MAX_TEMPLATE_DEPTH:
        parts = template.items() if isinstance(template, dict) else enumerate(template, 1)
        for key, part in parts:
            inner = f"{field}.{key}" if isinstance(template, dict) else f"{field}[{key}]"
            _check_template(part, inner, report, filters, depth + 1)
    elif isinstance(template, str):
        if filters is not None:
            _check_slots(template, field, report, filters)
    elif isinstance(template, dict | list):
        report("E039", field, f"more than {MAX_TEMPLATE_DEPTH} levels deep")
    elif not isinstance(template, int | float | Decimal) or template != template or abs(template) == float("inf"):
        what = "not finite" if isinstance(template, float) else "a date or a time"
        report("E039", field, what)


def _check_slots(template: str, field: str, report: Report, filters: list[str]) -> None:
    """Reports braces of a text that enclose no slot, and filters that do not exist."""
    if not {"{", "}"}.isdisjoint(_SLOT.sub("", template)):
        report("E037", field, quote(template))
    for slot in _SLOT.finditer(template):
        if slot[2] and slot[2] not in filters:
            report("E038", field, quote(slot[2]), shorten(slot[2]), suggestion(slot[2], filters))


def _decoded(data: bytes, place: Place, encodings: list[str]) -> tuple[str, Problem | None]:
    """The text in the first of the named encodings that fits, or what is wrong in the last."""
    text, bad_encoding = "", None
    for encoding in encodings:
        try:
            text, bad_encoding = readers.decoded(data, place, "utf-8-sig" if encoding.lower() == "utf-8" else encoding)
        except (LookupError, ValueError):
            raise InputError(f"{quote(encoding)}: is not an encoding; correct file.encodings in the mapping") from None
        if bad_encoding is None:
            break
    return text, bad_encoding


class _CellError(Exception):
    """A cell that cannot be read: the code of the rule, the column, and the values of the problem."""


class _Table:
    """A file on its way into candidates."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping, self._file, self._values = mapping, mapping["file"], mapping.get("values", {})

    def read(self, text: str, place: Place) -> Found:
        """The records of the table in the text, and the sources of the mapping."""
        header, number, has_problem = None, 0, False
        for row in self._rows(text, place):
            if isinstance(row, Problem):
                has_problem = True
                yield row
                continue
            here, cells = row
            if header is None:
                header = _column_names(cells, self._file["header"])
            elif sum(bool(cell.strip()) for cell in cells) > 1 and len(cells) > len(header) // 2:  # no footnote
                number += 1
                yield self._fact(here._replace(record=number), dict(zip(header, map(str.strip, cells), strict=False)))
        if header is None and not has_problem:
            yield problem("E031", place, "", enumerate_values(self._file["header"], 20))
        for source in self._mapping.get("sources", []):
            yield Candidate(place._replace(table="sources"), source)

    def _rows(self, text: str, place: Place) -> Iterator[tuple[Place, list[str]] | Problem]:
        """The rows of the file, repaired where a spreadsheet has put a line into one cell or a tail behind it."""
        delimiter, tail = self._file.get("delimiter", ","), self._file.get("tail", "")
        lines = (line.rstrip("\r").rstrip(tail) if tail else line for line in text.split("\n"))
        for row in rows("\n".join(lines), place, delimiter):
            if not isinstance(row, Problem) and len(row[1]) == 1 and delimiter in row[1][0]:
                yield row[0], next(csv.reader([row[1][0]], delimiter=delimiter))
            else:
                yield row

    def _fact(self, place: Place, cells: Cells) -> Candidate | Problem:
        """The fact of one row, or what is wrong with it."""
        try:
            return Candidate(place, self._fill(self._mapping["fact"], cells))
        except _CellError as error:
            code, column, values = error.args
            return problem(code, place, column, *values)

    def _fill(self, template: Any, cells: Cells) -> Any:
        """The template with the cells of a row in its slots; None where a cell that it needs is empty."""
        if isinstance(template, str):
            return self._fill_text(template, cells)
        if isinstance(template, list):
            items = (self._fill(item, cells) for item in template)
            return list({str(item): item for item in items if item is not None}.values())
        if isinstance(template, dict):
            filled = {key: self._fill(inner, cells) for key, inner in template.items()}
            if any(filled.get(key, "") is None for key in ("entity", "value", "source")):
                return None
            return {key: value for key, value in filled.items() if value is not None} or None
        return template

    def _fill_text(self, template: str, cells: Cells) -> Any:
        """The template with its slots filled; a template that is one slot has the type of what fills it."""
        only = _SLOT.fullmatch(template)
        if only:
            return self._slot_value(only, cells)
        values = [self._slot_value(slot, cells) for slot in _SLOT.finditer(template)]
        if None in values:
            return None
        remaining = iter(values)
        return _SLOT.sub(lambda _: str(next(remaining)), template)

    def _slot_value(self, slot: re.Match[str], cells: Cells) -> Any:
        """What fills one slot; None where the cell is empty. Raises _CellError."""
        column, name = slot[1], slot[2]
        if column not in cells:
            raise _CellError("E035", column, ())
        cell = cells[column]
        if not cell or cell == "?":
            return None
        if name is None:
            return " ".join(_without_estimate(cell).split())
        if name == "country":
            return self._country(cell, column)
        if name in FILTERS:
            return FILTERS[name](cell, column)
        if cell not in self._values[name]:
            raise _CellError("E034", column, (quote(cell), name))
        value = self._values[name][cell]
        return None if value == "" else value

    def _country(self, cell: str, column: str) -> str | None:
        """The code of a country by its name; None where the mapping says it is no state. Raises _CellError."""
        known = self._values.get("country", {})
        if cell in known:
            return known[cell] or None
        codes = [code for code in countries_named(cell) if code in COUNTRIES]
        if len(codes) != 1:
            raise _CellError("E032", column, (quote(cell),))
        return codes[0]


def _column_names(cells: list[str], wanted: list[str]) -> list[str] | None:
    """The names of the columns if this row is the header; a column without a name belongs to the one before it."""
    names = [" ".join(cell.split()) for cell in cells]
    if not set(wanted) <= set(names):
        return None
    return [name or f"{names[place - 1] if place else ''} ?" for place, name in enumerate(names)]


def _without_estimate(cell: str) -> str:
    """The cell without the brackets or the question mark of an estimate."""
    estimate = _ESTIMATE.match(cell)
    return (estimate[1] or estimate[2] or "").strip() if estimate else cell


def _year(cell: str, column: str) -> str:
    """The year as EDTF, with ~ where it is an estimate. Raises _CellError."""
    year = _without_estimate(cell)
    if not re.fullmatch("[0-9]{4}", year):
        raise _CellError("E033", column, (quote(cell),))
    return f"{year}~" if year != cell else year


def _number(cell: str, column: str) -> float | int:
    """The number, an estimate or not. Raises _CellError."""
    digits = _without_estimate(cell).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,19}(\.[0-9]{1,30})?", digits):
        raise _CellError("E033", column, (quote(cell),))
    return drop_zero_fraction(parse_float(digits)) if "." in digits else int(digits)


def slug(text: str) -> str:
    """The text as an id.

    >>> slug("Türkiye"), slug("BGM-71F TOW-2B")
    ('turkiye', 'bgm-71f-tow-2b')
    """
    return "-".join(ascii_words(text))[:MAX_SLUG_LENGTH].strip("-")


FILTERS: dict[str, Callable[[str, str], Any]] = {
    "year": _year,
    "number": _number,
    "op": lambda cell, _: "~" if _ESTIMATE.match(cell) else "=",
    "slug": lambda cell, _: slug(cell) or None,
}
"""What may follow a column in a slot beside `country`: a cell and the name of its column -> a value."""
