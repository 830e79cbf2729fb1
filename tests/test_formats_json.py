"""JSON: an array that reads back as the rows, an object a line."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.json import serialize
from factcli.model import Column, Table, View

CELLS = st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text(), max_size=3))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_an_answer_reads_back_as_its_rows_an_object_a_line(rows: list[tuple[object, object]]) -> None:
    text = "".join(serialize(Table([Column("id", {}), Column("title", {})], [list(row) for row in rows]), View()))
    assert json.loads(text) == [{"id": one, "title": other} for one, other in rows]
    assert len(text.splitlines()) == (len(rows) + 2 if rows else 1)


def test_keys_are_in_the_order_of_the_columns() -> None:
    table = Table([Column("title", {}), Column("id", {})], [["A visit", "a"]])
    assert "".join(serialize(table, View())) == '[\n{"title": "A visit", "id": "a"}\n]\n'


def test_own_keys_are_there_only_where_there_are_some() -> None:
    table = Table([Column("id", {}), Column("extra", {})], [["a", {"x": 1}], ["b", None], ["c", {}]])
    assert "".join(serialize(table, View())) == '[\n{"id": "a", "extra": {"x": 1}},\n{"id": "b"},\n{"id": "c"}\n]\n'
