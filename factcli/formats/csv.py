"""CSV (RFC 4180) with a header, for spreadsheets and programs; columns named as `import` reads them.

A cell is a number or a text, and a list is its items joined with `; `: nothing is nested.
"""

from __future__ import annotations

import csv
import io
import re

from factcli.formats.cells import value_text
from factcli.model import Table, Value, View
from factcli.text.unsafe import display

FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for the start of a formula, full-width forms included, unless it is a plain number:
https://owasp.org/www-community/attacks/CSV_Injection"""

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(value: Value, lang: str) -> str:
    """`value` as one line: lists joined with `; `, a text in several languages in `lang`, null empty."""
    if isinstance(value, list):
        return display("; ".join(value_text(item, lang) for item in value))
    return display(value_text(value, lang))


def neutralize(text: str) -> str:
    """`text` with a quote in front where a spreadsheet would run it."""
    return "'" + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def serialize(table: Table, view: View) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        cells = [cell(value, view.lang) for value in row]
        writer.writerow(cells if view.csv_raw else map(neutralize, cells))
    return ("\ufeff" if view.csv_bom else "") + out.getvalue()
