"""JSON (RFC 8259): one array, an object a line; lossless, with unsafe characters escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def serialize(table: Table, view: View, more: Sequence[Table] = ()) -> Iterator[str]:
    """The rows as one array, with those of more tables of other columns."""
    before = "[\n"
    for one in (table, *more):
        for line in lines(one):
            yield before + line
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
