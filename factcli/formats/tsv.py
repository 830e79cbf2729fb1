"""Tab-separated values with a header: the columns and cells of CSV, tabs and line breaks inside values as blanks.

There are no quotation marks (IANA's text/tab-separated-values) but for one case: a cell that begins with one is quoted
as in CSV. Spreadsheets, pandas, R and Python's csv module take a mark there for the beginning of a quotation, which
swallows the lines up to the next mark. To split lines at tabs by hand, `plain` is the format.
"""

from __future__ import annotations

from factcli.formats.csv import cell
from factcli.model import Table, View


def serialize(table: Table, view: View) -> str:
    lines = [
        [column.name for column in table.columns],
        *([_quoted(cell(value, view)) for value in row] for row in table.rows),
    ]
    return "".join("\t".join(line) + "\n" for line in lines)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text
