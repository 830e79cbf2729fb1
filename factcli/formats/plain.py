"""What a pipe gets: tab-separated, one row a line, no header, nothing cut, logical order."""

from __future__ import annotations

from factcli.formats.cells import lines
from factcli.model import Look, Table


def serialize(table: Table, look: Look) -> str:
    return "".join("\t".join(lines(table.columns, row, look.lang)) + "\n" for row in table.rows)
