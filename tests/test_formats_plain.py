"""What a pipe gets: a line a row, a tab between cells, nothing else that a program would have to skip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.plain import serialize
from factcli.model import Column, Table, View

COLUMNS = [Column("id", {"en": "ID"}), Column("title", {"en": "Fact"})]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_a_line_a_row_and_a_tab_between_cells(rows: list[tuple[str, str]]) -> None:
    text = "".join(serialize(Table(COLUMNS, [list(row) for row in rows]), View()))
    assert text.count("\n") == len(rows)
    assert [line.count("\t") for line in text.split("\n")[:-1]] == [1] * len(rows)


def test_there_is_no_head_and_no_total_and_nothing_is_cut() -> None:
    table = Table(COLUMNS, [["a", {"en": "x" * 500, "ar": "س"}]], totals=({"en": "Total: 1"},))
    assert "".join(serialize(table, View(width=20))) == f"a\t{'x' * 500}\n"
    assert "".join(serialize(table, View(lang="ar"))) == "a\tس\n"


def test_what_is_unknown_is_a_hyphen_so_that_no_cell_is_empty() -> None:
    assert (
        "".join(serialize(Table(COLUMNS, [[None, []], ["", {"en": ""}], ["a", "\x1b"]]), View()))
        == "-\t-\n-\t-\na\t-\n"
    )


def test_a_block_is_a_line_for_each_label_and_blocks_are_apart() -> None:
    table = Table(COLUMNS, [["a", "Visit"], ["b", None]], cards=True)
    assert "".join(serialize(table, View())) == "ID\ta\nFact\tVisit\n\nID\tb\nFact\t-\n"
