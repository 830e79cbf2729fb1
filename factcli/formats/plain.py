"""The format of a pipe: tab-separated, nothing cut, logical order; a row a line without a header, or labelled lines.

What is unknown is `-`: a shell that splits a line at tabs takes several in a row for one.
"""

from __future__ import annotations

from factcli.formats.cells import cell_text
from factcli.model import Table, View

UNKNOWN = "-"


def serialize(table: Table, view: View) -> str:
    """The rows of the table a line each; where each row is a block, a line for each label with its value."""
    rows = [[cell_text(value, view.lang) or UNKNOWN for value in row] for row in table.rows]
    if not table.cards:
        return "".join("\t".join(row) + "\n" for row in rows)
    labels = [cell_text(column.label, view.lang) for column in table.columns]
    blocks = ["".join(map("{}\t{}\n".format, labels, row)) for row in rows]
    return "\n".join(blocks)
