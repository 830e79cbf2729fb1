"""CSV (RFC 4180) with a header, for spreadsheets and programs; columns named as `import` reads them.

A cell is a number or a text, and a list is its items joined with `; `: nothing is nested. Characters that are not
displayed but that a fact may hold are kept, so that `import` reads the same fact; formulas are neutralised.
"""

from __future__ import annotations

import csv
import io

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


def serialize(table: Table, view: View) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell(value, view) for value in row] for row in table.rows)
    return ("\ufeff" if view.csv_bom else "") + out.getvalue()
