"""A Markdown table (GitHub flavour), for notes and reports; no text in a cell is taken for markup or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factcli.formats.cells import cell_text
from factcli.model import Table, Value, View

MARKUP = re.compile(r"[\\`*_~\[\]<>|#&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What begins or ends markup inside a line: emphasis, code, links, HTML, entities, footnotes, formulas; and what GitHub
recognizes addresses by, of the web and of mail."""

DELIMITER_ROW = {"start": "---", "end": "--:"}


def serialize(table: Table, view: View) -> Iterator[str]:
    def escaped(value: Value) -> str:
        return MARKUP.sub(r"\\\g<0>", cell_text(value, view.lang))

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |\n"

    yield line(escaped(column.label) for column in table.columns)
    yield line(DELIMITER_ROW[column.align] for column in table.columns)
    for row in table.rows:
        yield line(map(escaped, row))
    for total in table.totals:
        yield f"\n{escaped(total)}\n"
