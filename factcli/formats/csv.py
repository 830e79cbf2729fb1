"""CSV (RFC 4180) with a header, for spreadsheets and programs; columns named as `import` reads them.

A cell is a number or a text, and a list is its items joined with `; `: nothing is nested. Characters that are not
displayed but that a fact may hold are kept, so that `import` reads the same fact; formulas are neutralised.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from factcli.formats.cells import value_text
from factcli.model import Table, Value, View
from factcli.text.formulas import neutralize
from factcli.text.unsafe import permitted


def cell(value: Value, view: View) -> str:
    """`value` as one line: lists joined with `; `, a text in several languages in one, null empty, no formula."""
    texts = (
        [value_text(item, view.lang) for item in value] if isinstance(value, list) else [value_text(value, view.lang)]
    )
    text = permitted("; ".join(texts))
    return text if view.csv_raw else neutralize(text)


class Line:
    """A file that holds what was written to it last: `csv` writes to files only, a row at a time."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def serialize(table: Table, view: View) -> Iterator[str]:
    line = Line()
    writer = csv.writer(line)
    writer.writerow([column.name for column in table.columns])
    yield ("\ufeff" if view.csv_bom else "") + line.text
    for row in table.rows:
        writer.writerow([cell(value, view) for value in row])
        yield line.text
