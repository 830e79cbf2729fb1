"""What a file looks like: its layout, and what its columns are."""

from __future__ import annotations

import pytest

from factcli.records.mapping.profile import Profiler, find_header, layout_of
from factcli.records.mapping.rows import Row
from factcli.records.problems import Place


@pytest.mark.parametrize(
    ("name", "values", "look"),
    [
        ("Date", ["3.5.2022", "14.06.2022"], "date"),
        ("Year", ["1999", "2003"], "date"),
        ("Cost", ["US$ 1.2 bn", "up to $ 5m"], "number"),
        ("Buyer", ["مصر", "Korea, South"], "country"),
        ("code", ["OM", "KE"], "alpha-2"),
        ("iso", ["OMN", "KEN"], "alpha-3"),
        ("Link", ["https://example.org/1", "https://example.org/2"], "address"),
        ("No", ["1", "2"], "id"),
        ("رقم", ["1", "2"], "id"),
        ("Number", ["12", "12"], "number"),
        ("Who", ["Jane Roe", "سالم"], "text"),
        ("Empty", ["NA", "-"], "text"),
    ],
)
def test_a_column_looks_like_what_most_of_its_values_are(name: str, values: list[str], look: str) -> None:
    rows = [Row(Place("a.csv"), [{name: value}], [value]) for value in values]
    (column,) = Profiler().columns(rows, [name])
    assert (column.look, column.separator) == (look, "")


def test_a_list_of_countries_has_its_separator() -> None:
    rows = [Row(Place("a.csv"), [{"Parties": value}], [value]) for value in ("Oman; Egypt", "Kenya; Oman; Jordan")]
    (column,) = Profiler().columns(rows, ["Parties"])
    assert (column.look, column.separator) == ("country", ";")
    assert column.slot("country") == '"{Parties|split:;|country}"'


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("a;b\n1;2\n", ";", ["a", "b"]),
        ("A title\n\na,b\n1,2\n3,4\n", ",", ["a", "b"]),
        ('a\tb\n"1, 2"\t3\n', "\t", ["a", "b"]),
    ],
)
def test_the_header_is_the_first_line_that_is_as_wide_as_most(text: str, delimiter: str, header: list[str]) -> None:
    assert find_header(text)[1:] == (delimiter, header)
    assert layout_of(text.encode(), "a.csv", Place("a.csv"), "").header == header
