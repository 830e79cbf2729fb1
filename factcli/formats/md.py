"""A Markdown table (GitHub flavour), for notes and reports."""

from __future__ import annotations

from factcli.formats.cells import line, lines
from factcli.model import Look, Table

SPECIAL = str.maketrans({c: "\\" + c for c in "\\`*_[]<>|#"})
ALIGN = {"start": "---", "end": "--:"}


def escaped(text: str) -> str:
    return text.translate(SPECIAL)


def ruled(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def serialize(table: Table, look: Look) -> str:
    head = ruled([escaped(line(column.label, look.lang)) for column in table.columns])
    rule = ruled([ALIGN[column.align] for column in table.columns])
    body = "".join(ruled([escaped(c) for c in lines(table.columns, row, look.lang)]) for row in table.rows)
    totals = "".join("\n" + escaped(line(total, look.lang)) + "\n" for total in table.totals)
    return head + rule + body + totals
