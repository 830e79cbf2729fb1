"""CSV (RFC 4180) with a header, for spreadsheets and programs; columns named as `import` reads them."""

from __future__ import annotations

import csv
import io
import re

from factcli.model import Table, Value, View
from factcli.text.json_line import json_line
from factcli.text.unsafe import display

FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for the start of a formula, full-width forms included, unless it is a plain number:
https://owasp.org/www-community/attacks/CSV_Injection"""

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(value: Value) -> str:
    """`value` as `import` reads it back: lists of texts joined with `;`, anything nested as JSON, null empty."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return display(";".join(value))
    return display(json_line(value) if isinstance(value, list | dict) else str(value))


def neutralize(text: str) -> str:
    """`text` with a quote in front where a spreadsheet would run it."""
    return "'" + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def serialize(table: Table, view: View) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        cells = map(cell, row)
        writer.writerow(cells if view.csv_raw else map(neutralize, cells))
    return ("\ufeff" if view.csv_bom else "") + out.getvalue()
