"""Records from CSV with a header of field names (RFC 4180, commas, semicolons or tabs), as `--csv` writes them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from factcli.records import schema
from factcli.records.problems import Place, Problem, Records
from factcli.records.read_json import Unreadable, add_record
from factcli.records.rules import problem, suggestion
from factcli.store import decode

MAX_CELL_SIZE = 1 << 30

_QUOTED_FORMULA = re.compile("'(?=[=+\\-@\t\r＝＋－＠])")
"""The quote that `--csv` puts before a cell which a spreadsheet would run as a formula."""


def csv_records(text: str, place: Place) -> Records:
    """The records of CSV with a header of field names."""
    records, header = Records([], []), None
    for row in rows(text, place, delimiter_of(text.lstrip().split("\n", 1)[0])):
        if isinstance(row, Problem):
            records.problems.append(row)
            continue
        here, cells = row
        if header is None:
            header = [cell.strip() for cell in cells]
            records.problems.extend(_header_problems(header, here._replace(record=1)))
            if records.problems:
                return records
        elif len(cells) != len(header):
            records.problems.append(problem("E022", here, "", str(len(cells)), str(len(header))))
        else:
            _add_row(records, here, dict(zip(header, cells, strict=True)))
    return records


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


def _columns() -> dict[str, schema.Node]:
    """Every column that CSV may have, with the definition of its values."""
    columns: dict[str, schema.Node] = {"record": {"type": "string"}}
    for node in schema.TABLES.values():
        for key, inner in node["properties"].items():
            inside = inner.get("properties", {}) if "object" in inner["type"] else {}
            columns.update({f"{key}.{part}": value for part, value in inside.items()} or {key: inner})
    return columns


_COLUMNS = _columns()


def _header_problems(header: list[str], place: Place) -> Iterator[Problem]:
    """What is wrong with the names of the columns."""
    for number, name in enumerate(header):
        if name in header[:number]:
            yield problem("E025", place, name or '""')
        elif name not in _COLUMNS:
            yield problem("E023", place, name or '""', suggestion(name, list(_COLUMNS), 40))


def _add_row(records: Records, place: Place, cells: dict[str, str]) -> None:
    """Adds the record of one row; empty cells are unknown."""
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        if not cell.strip():
            continue
        value = _cell_value(_COLUMNS[name], _QUOTED_FORMULA.sub("", cell, count=1) if cell[0] == "'" else cell)
        if isinstance(value, Unreadable):
            records.problems.append(problem(value.code, place, name, *value.values))
            return
        key, _, part = name.partition(".")
        if part:
            record.setdefault(key, {})[part] = value
        else:
            record[key] = value
    add_record(records, place, record)


def _cell_value(node: schema.Node, cell: str) -> Any:
    """The value of a cell: lists of texts joined with `;`, other lists and numbers as JSON, texts as they are."""
    types = node["type"]
    if "array" in types and not cell.lstrip().startswith("[") and "string" in node["items"]["type"]:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if "string" in types:
        return cell
    try:
        return decode.parse(cell)
    except (ValueError, RecursionError) as error:
        return Unreadable("E024", (str(error).partition(":")[0].lower(),))
