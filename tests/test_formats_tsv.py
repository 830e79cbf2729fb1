"""Tab-separated values: a header, a line a row, the cells of CSV."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcli.formats import csv as csv_format
from factcli.formats.tsv import serialize
from factcli.model import Column, Table, View

COLUMNS = [Column("id", {}), Column("title.en", {})]


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=3)), max_size=5))
def test_lines_split_at_tabs_are_the_cells_of_csv(rows: list[tuple[str, list[str]]]) -> None:
    lines = serialize(Table(COLUMNS, [list(row) for row in rows]), View()).split("\n")[:-1]
    assert [line.split("\t") for line in lines] == [
        ["id", "title.en"],
        *([csv_format.cell(value, "en") for value in row] for row in rows),
    ]
