"""The format of a pipe: tab-separated, one row a line, no header, nothing cut, logical order."""

from __future__ import annotations

from factcli.formats.cells import cell_text
from factcli.model import Table, View


def serialize(table: Table, view: View) -> str:
    return "".join("\t".join(cell_text(value, view.lang) for value in row) + "\n" for row in table.rows)
