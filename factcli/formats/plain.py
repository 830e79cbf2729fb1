"""The format of a pipe: tab-separated, nothing cut, logical order; a row a line without a header, or labelled lines.

What is unknown is `-`: a shell that splits a line at tabs takes several in a row for one.
"""

from __future__ import annotations

from collections.abc import Iterator

from factcli.formats.cells import cell_text
from factcli.model import Table, View

UNKNOWN = "-"


def serialize(table: Table, view: View) -> Iterator[str]:
    """The rows of the table a line each; where each row is a block, a line for each label with its value."""
    labels, between = [cell_text(column.label, view.lang) for column in table.columns], ""
    for row in table.rows:
        texts = [cell_text(value, view.lang) or UNKNOWN for value in row]
        if table.cards:
            yield between + "".join(map("{}\t{}\n".format, labels, texts))
            between = "\n"
        else:
            yield "\t".join(texts) + "\n"
