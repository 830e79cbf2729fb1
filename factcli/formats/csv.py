"""CSV (RFC 4180) with a header, for spreadsheets and programs; columns named as `import` reads them."""

from __future__ import annotations

import csv
import io
import re

from factcli.formats.json import encoded
from factcli.model import Look, Row, Table, Value
from factcli.text.unsafe import display

# What a spreadsheet takes for the start of a formula, full-width forms included; a plain number is not one.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(value: Value) -> str:
    """`value` as `import` reads it back: lists of words joined with `;`, anything nested as JSON, null empty."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(x, str) for x in value):
        return ";".join(value)
    if isinstance(value, list | dict):
        return encoded(value)
    return str(value)


def neutralised(text: str) -> str:
    """`text` with a quote in front where a spreadsheet would run it."""
    return "'" + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def cells(table: Table, row: Row, look: Look) -> list[str]:
    raw = [display(cell(field.get(row))) for field in table.columns]
    return raw if look.csv_raw else [neutralised(text) for text in raw]


def serialize(table: Table, look: Look) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows(cells(table, row, look) for row in table.rows)
    return ("\ufeff" if look.csv_bom else "") + out.getvalue()
