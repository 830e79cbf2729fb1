"""A Markdown table (GitHub flavour), for notes and reports."""

from __future__ import annotations

from collections.abc import Iterable

from factcli.formats.cells import cell_text
from factcli.model import Table, Value, View

ESCAPES = str.maketrans({char: "\\" + char for char in "\\`*_[]<>|#"})
DELIMITER_ROW = {"start": "---", "end": "--:"}


def serialize(table: Table, view: View) -> str:
    def escaped(value: Value) -> str:
        return cell_text(value, view.lang).translate(ESCAPES)

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |\n"

    head = line(escaped(column.label) for column in table.columns) + line(DELIMITER_ROW[c.align] for c in table.columns)
    body = "".join(line(map(escaped, row)) for row in table.rows)
    return head + body + "".join(f"\n{escaped(total)}\n" for total in table.totals)
