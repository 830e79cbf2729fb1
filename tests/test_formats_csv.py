"""CSV: any reader of RFC 4180 gets the cells back, and a spreadsheet runs none of them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.csv import cell, neutralize, serialize
from factcli.model import Column, Table, Value, View
from factcli.text.unsafe import display


def table(*rows: list[Value]) -> Table:
    return Table([Column("id", {}), Column("title.en", {})], list(rows))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_cells_are_read_back_by_the_standard_library(rows: list[tuple[str, str]]) -> None:
    text = serialize(table(*map(list, rows)), View(csv_raw=True))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["id", "title.en"],
        *(list(map(display, row)) for row in rows),
    ]


@given(st.text("=+-@\t\r＝＋－＠'ab1.,", max_size=8))
def test_no_cell_is_run_by_a_spreadsheet(text: str) -> None:
    safe = neutralize(text)
    assert safe.removeprefix("'") == text.removeprefix("'")
    if safe[:1] and safe[0] in "=+-@\t\r＝＋－＠":
        float(safe)


@pytest.mark.parametrize(
    ("text", "safe"),
    [("=1+1", "'=1+1"), ("-5", "-5"), ("+968", "+968"), ("-5.5", "-5.5"), ("-5-5", "'-5-5"), ("@x", "'@x"), ("", "")],
)
def test_a_formula_gets_a_quote_and_a_number_none(text: str, safe: str) -> None:
    assert neutralize(text) == safe


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
    ],
)
def test_a_cell_is_flat(value: Value, text: str) -> None:
    assert cell(value, "en") == text


def test_a_cell_is_in_the_language_of_the_view() -> None:
    assert cell([{"en": "Oman", "ar": "عُمان"}, "x"], "ar") == "عُمان; x"
    assert cell({"en": "Oman", "ar": "عُمان"}, "both") == "Oman / عُمان"


def test_options_leave_formulas_alone_and_mark_the_encoding() -> None:
    rows = table(["=1", "x"])
    assert serialize(rows, View()) == "id,title.en\r\n'=1,x\r\n"
    assert serialize(rows, View(csv_raw=True)) == "id,title.en\r\n=1,x\r\n"
    assert serialize(rows, View(csv_bom=True)).startswith("\ufeffid,")
