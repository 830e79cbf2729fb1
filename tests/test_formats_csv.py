"""CSV: any reader of RFC 4180 gets the cells back, and a spreadsheet runs none of them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.csv import cell, serialize
from factcli.model import Column, Table, Value, View
from factcli.text.formulas import restore
from factcli.text.unsafe import permitted


def table(*rows: list[Value]) -> Table:
    return Table([Column("id", {}), Column("title.en", {})], list(rows))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_cells_are_read_back_by_the_standard_library(rows: list[tuple[str, str]]) -> None:
    expected = [["id", "title.en"], *(list(map(permitted, row)) for row in rows)]
    raw, neutralized = (
        list(csv.reader(io.StringIO("".join(serialize(table(*map(list, rows)), View(csv_raw=is_raw))), newline="")))
        for is_raw in (True, False)
    )
    assert raw == expected
    assert [list(map(restore, row)) for row in neutralized] == expected


@given(st.text("=-@＝'\" ;,a1\u200f", max_size=12), st.sampled_from(",;"))
def test_no_cell_begins_a_formula_wherever_a_spreadsheet_splits(title: str, delimiter: str) -> None:
    line = "".join(serialize(table(["a", title]), View())).splitlines()[1]
    for part in next(csv.reader([line], delimiter=delimiter)):
        seen = part.lstrip(" \u200f")
        assert not seen.startswith(("=", "-", "@", "＝")) or re.fullmatch("-[0-9]+ *", seen)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (301, "301"),
        (["OM", "US"], "OM; US"),
        ([301, 70000000], "301; 70000000"),
        ([], ""),
        ({"en": "Oman", "ar": "عُمان"}, "Oman"),
        ([{"en": "Oman"}, {"ar": "قطر"}], "Oman; قطر"),
        ("a\nb", "a b"),
        ("a\u202eb\u200fc", "ab\u200fc"),
        (["Oman", "=1"], "Oman;' =1"),
    ],
)
def test_a_cell_is_flat(value: Value, text: str) -> None:
    assert cell(value, View()) == text


def test_a_cell_is_in_the_language_of_the_view() -> None:
    assert cell([{"en": "Oman", "ar": "عُمان"}, "x"], View(lang="ar")) == "عُمان; x"
    assert cell({"en": "Oman", "ar": "عُمان"}, View(lang="both")) == "Oman / عُمان"


def test_options_leave_formulas_alone_and_mark_the_encoding() -> None:
    rows = table(["=1", "x"])
    assert "".join(serialize(rows, View())) == "id,title.en\r\n'=1,x\r\n"
    assert "".join(serialize(rows, View(csv_raw=True))) == "id,title.en\r\n=1,x\r\n"
    assert "".join(serialize(rows, View(csv_bom=True))).startswith("\ufeffid,")
