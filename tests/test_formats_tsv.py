"""Tab-separated values: a header, a line a row, the cells of CSV."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.formats import csv as csv_format
from factcli.formats.tsv import serialize
from factcli.model import Column, Table, View

COLUMNS = [Column("id", {}), Column("title.en", {})]


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=3)), max_size=5))
def test_readers_of_tab_separated_values_get_the_cells_of_csv(rows: list[tuple[str, list[str]]]) -> None:
    text = "".join(serialize(Table(COLUMNS, [list(row) for row in rows]), View()))
    cells = [["id", "title.en"], *([csv_format.cell(value, View()) for value in row] for row in rows)]
    assert list(csv.reader(text.split("\n")[:-1], delimiter="\t", strict=True)) == cells
    assert [line.count("\t") for line in text.split("\n")[:-1]] == [1] * len(cells)


@pytest.mark.parametrize(
    ("title", "cell"),
    [('a "b" c', 'a "b" c'), ('"a" b', '"""a"" b"'), ('"', '""""'), ("a\tb", "a b"), ("=1", "'=1")],
)
def test_only_a_quotation_mark_at_the_beginning_is_quoted(title: str, cell: str) -> None:
    assert "".join(serialize(Table(COLUMNS, [["x", title]]), View())) == f"id\ttitle.en\nx\t{cell}\n"


def test_formulas_stay_as_they_are_where_that_is_asked_for() -> None:
    assert "".join(serialize(Table(COLUMNS, [["x", "=1"]]), View(csv_raw=True))) == "id\ttitle.en\nx\t=1\n"
