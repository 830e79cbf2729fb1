"""Tab-separated values with a header: the columns of CSV, tabs and line breaks inside values as blanks."""

from __future__ import annotations

from factcli.formats.csv import cell
from factcli.model import Table, View


def serialize(table: Table, view: View) -> str:
    lines = [
        [column.name for column in table.columns],
        *([cell(value, view.lang) for value in row] for row in table.rows),
    ]
    return "".join("\t".join(line) + "\n" for line in lines)
