"""Records from CSV with a header of field names (RFC 4180, commas, semicolons or tabs), as `--csv` writes them.

Lists of objects are in the notation of `text.flat` or JSON. The columns `value` and `quantity` with their units may
stand for the column `numbers`; what `--csv` adds for people alone is left out, and so is the quote before a formula
(`text.formulas`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from factcli.model import LANGUAGES
from factcli.records import schema
from factcli.records.problems import Candidate, Found, Place, Problem
from factcli.records.read_json import Unreadable, as_record
from factcli.records.rules import problem, suggestion
from factcli.store import decode
from factcli.text.flat import read_items, read_texts
from factcli.text.formulas import restore
from factcli.text.quote import quote, shorten

MAX_CELL_SIZE = 1 << 30


def csv_records(text: str, place: Place) -> Found:
    """The records of CSV with a header of field names."""
    header: list[str] = []
    for row in rows(text, place, delimiter_of(text.lstrip().split("\n", 1)[0])):
        if isinstance(row, Problem):
            yield row
            continue
        here, cells = row
        if not header:
            header = [cell.strip() for cell in cells]
            wrong = list(_header_problems(header, here._replace(record=1)))
            yield from (
                [problem("E030", place, "", "CSV")] if len(wrong) > 1 and FACT_COLUMNS.isdisjoint(header) else wrong
            )
            if wrong:
                return
        elif len(cells) != len(header):
            yield problem("E022", here, "", str(len(cells)), str(len(header)))
        else:
            yield _record(here, dict(zip(header, map(restore, cells), strict=True)))


def rows(text: str, place: Place, delimiter: str) -> Iterator[tuple[Place, list[str]] | Problem]:
    """The rows of CSV that are not blank, each with its place, the header as record 0; a problem ends them."""
    csv.field_size_limit(MAX_CELL_SIZE)
    reader, number, line = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter), 0, 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield problem("E021", place._replace(record=number or None, line=line), "", str(error))
            return
        if row is None:
            return
        if any(map(str.strip, row)):
            yield place._replace(record=number, line=line), row
            number += 1
        line = reader.line_num + 1


def delimiter_of(header: str) -> str:
    """What stands most often between the names of a header: a comma, a semicolon or a tab."""
    return max(",;\t", key=header.count)


FACT_COLUMNS = frozenset({"kind", "record", "title.en", "title.ar"})
"""Columns of which CSV of records has one."""

LISTS = ("parties", "numbers", "links", "sources")
"""The columns in the notation of `text.flat`; a cell that begins with `[` is JSON."""

PARTY_NAMES = {lang: f"parties.name.{lang}" for lang in LANGUAGES}
"""The columns with the names of the parties, in their order."""

MEASURES = tuple(f"{what}{end}" for what in ("value", "quantity") for end in ("", "_unit", "_op"))
"""The columns of numbers with their units; they say the same as the column `numbers`, or stand for it."""

DERIVED = ("match.score", "match.field", "match.text", "match.how")


def _columns() -> dict[str, schema.Node]:
    """Every column that CSV may have, with the definition of its values."""
    columns: dict[str, schema.Node] = {"record": {"type": "string"}}
    for node in schema.TABLES.values():
        for key, inner in node["properties"].items():
            inside = inner.get("properties", {}) if "object" in inner["type"] else {}
            columns.update({f"{key}.{part}": value for part, value in inside.items()} or {key: inner})
    return columns | {name: {"type": "string"} for name in (*PARTY_NAMES.values(), *MEASURES, *DERIVED)}


_COLUMNS = _columns()
_NOT_KEPT = {
    *MEASURES,
    *DERIVED,
    *PARTY_NAMES.values(),
    *(key for keys in schema.DERIVED_KEYS.values() for key in keys),
}
"""The columns that stand for others or that factcli adds to its output."""


def _header_problems(header: list[str], place: Place) -> Iterator[Problem]:
    """What is wrong with the names of the columns, up to as many as there may be columns."""
    seen: set[str] = set()
    wrong = [name for name in header if name not in _COLUMNS or name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    for name in wrong[: len(_COLUMNS)]:
        if name in seen:
            yield problem("E025", place, name or '""')
        else:
            yield problem("E023", place, name or '""', suggestion(name, list(_COLUMNS), 40))
            seen.add(name)


def _record(place: Place, cells: dict[str, str]) -> Candidate | Problem:
    """The record of one row; empty cells are unknown."""
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        if not cell.strip() or name in _NOT_KEPT:
            continue
        value = _cell_value(name, cell)
        if isinstance(value, Unreadable):
            return problem(value.code, place, name, *value.values)
        key, _, part = name.partition(".")
        if part:
            record.setdefault(key, {})[part] = value
        else:
            record[key] = value
    try:
        numbers = [number for what in ("value", "quantity") for number in _measured(cells, what)]
    except ValueError as error:
        return problem("E028", place, str(error), quote(cells[str(error)]))
    if "numbers" not in record:
        record.update({"numbers": numbers} if numbers else {})
    elif wrong := next((n for n in numbers if not any(_is_in(n, one) for one in record["numbers"])), None):
        return problem("E029", place, wrong["what"], shorten(f"{wrong['value']} {wrong.get('unit', '')}".strip()))
    _add_names(record, cells)
    return as_record(place, record)


def _measured(cells: dict[str, str], what: str) -> list[dict[str, Any]]:
    """The numbers that count `what`, of its columns. Raises ValueError with the name of a column that is not clear."""
    columns = {}
    for end in ("", "_unit", "_op"):
        try:
            columns[end] = read_texts(cells.get(what + end, ""))
        except ValueError as error:
            raise ValueError(what + end) from error
    values, units, operators = columns.values()
    numbers: list[dict[str, Any]] = []
    for at, text in enumerate(values if any(values) else ()):
        try:
            number = {"what": what, "value": decode.parse(text)}
        except (ValueError, RecursionError) as error:
            raise ValueError(what) from error
        if decode.type_name(number["value"]) != "a number":
            raise ValueError(what)
        for key, parts in (("unit", units), ("op", operators)):
            if any(parts) and len(parts) != len(values):
                raise ValueError(f"{what}_{key}")
            if any(parts) and parts[at]:
                number[key] = parts[at]
        numbers.append(number)
    return numbers


def _is_in(number: dict[str, Any], whole: Any) -> bool:
    """Whether a number of the columns is the same as one of the column `numbers`, which may say more."""
    return isinstance(whole, dict) and all(
        (whole.get(key) or default) == (number.get(key) or default)
        for key, default in (("what", ""), ("value", 0), ("unit", ""), ("op", "="))
    )


def _add_names(record: dict[str, Any], cells: dict[str, str]) -> None:
    """Gives the parties the names that stand in columns beside them, where there is one for each."""
    parties = record.get("parties")
    for lang, column in PARTY_NAMES.items():
        names = _names(cells.get(column, ""))
        if isinstance(parties, list) and len(names) == len(parties):
            for party, name in zip(parties, names, strict=True):
                if name and isinstance(party, dict):
                    party.setdefault("name", {})[lang] = name


def _names(cell: str) -> list[str]:
    try:
        return read_texts(cell)
    except ValueError:
        return []


def _cell_value(name: str, cell: str) -> Any:
    """The value of a cell of a column: lists joined with `;` or as JSON, numbers as JSON, texts as they are."""
    node = _COLUMNS[name]
    types = node["type"]
    if name in LISTS and not cell.lstrip().startswith("["):
        try:
            return read_items(name, cell)
        except ValueError as error:
            return Unreadable("E028", (quote(str(error)),))
    if "array" in types and not cell.lstrip().startswith("[") and "string" in node["items"]["type"]:
        try:
            return [text for text in read_texts(cell) if text]
        except ValueError as error:
            return Unreadable("E028", (quote(str(error)),))
    if "string" in types:
        return cell
    try:
        return decode.parse(cell)
    except (ValueError, RecursionError) as error:
        return Unreadable("E024", (str(error).partition(":")[0].lower(),))
