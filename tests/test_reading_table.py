"""Candidates as a table."""

from __future__ import annotations

from factcli.lexicon import Lexicon
from factcli.reading import read
from factcli.reading.table import COLUMNS, candidates_table


def test_a_row_says_where_a_candidate_stands_and_what_it_is() -> None:
    found = read("Title\n\nOman bought 12 boats from Italy for $50 million in 2019.\n", source="news")
    table = candidates_table(found, Lexicon())
    assert [column.name for column in table.columns] == list(COLUMNS)
    assert all(set(column.label) == {"en", "ar"} and column.label["ar"] != column.name for column in table.columns)
    (row,) = table.rows
    assert row[0] == "news:2.1"
    assert row[2] == "2019"
    assert row[1] == {"en": "sale", "ar": "صفقة بيع"}
    assert [partner["en"] for partner in row[3]] == ["Italy", "Oman"]  # type: ignore[index, union-attr]
