"""Tab-separated values with a header: the columns and cells of CSV, tabs and line breaks inside values as blanks.

There are no quotation marks (IANA's text/tab-separated-values) but for one case: a cell that begins with one is quoted
as in CSV. Spreadsheets, pandas, R and Python's csv module take a mark there for the beginning of a quotation, which
swallows the lines up to the next mark. To split lines at tabs by hand, `plain` is the format.
"""

from __future__ import annotations

from collections.abc import Iterator

from factcli.formats.csv import cell
from factcli.model import Table, View


def serialize(table: Table, view: View) -> Iterator[str]:
    yield "\t".join(column.name for column in table.columns) + "\n"
    for row in table.rows:
        yield "\t".join([_quoted(cell(value, view)) for value in row]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text
