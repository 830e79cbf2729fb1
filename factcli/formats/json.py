"""JSON (RFC 8259): one array, an object a line; lossless, with unsafe characters escaped."""

from __future__ import annotations

from collections.abc import Iterator

from factcli.model import OPTIONAL_KEY, Table, View
from factcli.text.json_line import json_line


def lines(table: Table) -> Iterator[str]:
    """Each row as a JSON object on one line."""
    names = [column.name for column in table.columns]
    for row in table.rows:
        record = dict(zip(names, row, strict=True))
        if not record.get(OPTIONAL_KEY, True):
            del record[OPTIONAL_KEY]
        yield json_line(record)


def serialize(table: Table, view: View) -> str:
    return "[\n" + ",\n".join(lines(table)) + "\n]\n" if table.rows else "[]\n"
