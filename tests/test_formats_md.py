"""A Markdown table: every row has its cells, and no text in one is taken for markup."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.md import serialize
from factcli.model import Column, Table, View

COLUMNS = [Column("title", {"en": "Fact", "ar": "الواقعة"}), Column("value", {"en": "Value"}, align="end")]


def test_head_rows_and_totals() -> None:
    table = Table(COLUMNS, [["TOW *2B*", "70"], [None, "1|2"]], totals=({"en": "Total: 71"},))
    assert serialize(table, View()) == (
        "| Fact | Value |\n| --- | --: |\n| TOW \\*2B\\* | 70 |\n|  | 1\\|2 |\n\nTotal: 71\n"
    )
    assert serialize(table, View(lang="ar")).startswith("| الواقعة | Value |\n")


@given(st.text(), st.text("|`*_[]<>#\\\na "))
def test_any_text_is_one_cell_without_markup(one: str, other: str) -> None:
    *_, row = serialize(Table(COLUMNS, [[one, other]]), View()).split("\n")[:-1]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#]", row)
