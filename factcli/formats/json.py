"""JSON (RFC 8259): one array, an object a line; lossless, with unsafe characters escaped."""

from __future__ import annotations

from collections.abc import Iterator

from factcli.model import Table, View
from factcli.text.json_line import json_line


def lines(table: Table) -> Iterator[str]:
    """Each row as a JSON object on one line."""
    names = [column.name for column in table.columns]
    return (json_line(dict(zip(names, row, strict=True))) for row in table.rows)


def serialize(table: Table, view: View) -> str:
    return "[\n" + ",\n".join(lines(table)) + "\n]\n" if table.rows else "[]\n"
