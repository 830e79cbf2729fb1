"""Tab-separated values with a header: the columns of CSV, tabs and line breaks inside values as blanks."""

from __future__ import annotations

from factcli.formats.csv import cell
from factcli.model import Look, Table
from factcli.text import harmless


def serialize(table: Table, look: Look) -> str:
    head = "\t".join(field.name for field in table.fields) + "\n"
    return head + "".join("\t".join(harmless(cell(f.get(row))) for f in table.fields) + "\n" for row in table.rows)
