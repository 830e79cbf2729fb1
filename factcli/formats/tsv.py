"""Tab-separated values with a header: the columns of CSV, tabs and line breaks inside values as blanks."""

from __future__ import annotations

from factcli.formats.csv import cell
from factcli.model import Look, Table
from factcli.text.unsafe import display


def serialize(table: Table, look: Look) -> str:
    head = "\t".join(column.name for column in table.columns) + "\n"
    return head + "".join("\t".join(display(cell(f.get(row))) for f in table.columns) + "\n" for row in table.rows)
