"""Drafts of mappings: what a file proves is said, what it leaves open is a comment."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.errors import InputError
from factcli.records.mapping.draft import draft

TABLE = """Title,Date,Country,Link,Number
Sea drill,13/4/2019,Oman,https://example.org/1,"1,200"
Land drill,14/5/2020,Kenya,https://example.org/2,30
Air drill,15/6/2021,Jordan,https://example.org/3,4
"""


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[..., str]:
    def make(data: str | bytes, name: str = "data.csv") -> str:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return draft(str(path), None)

    return make


def test_what_can_mean_one_thing_is_filled_in(drafted: Callable[..., str]) -> None:
    text = drafted(TABLE)
    found = tomllib.loads(text)
    assert found["file"] == {
        "header": ["Title", "Date", "Country", "Link", "Number"], "delimiter": ",", "dayFirst": True
    }  # fmt: skip
    assert found["fact"] == {
        "kind": "event",
        "title": {"en": "{Title}"},
        "date": "{Date|date}",
        "partners": ["{Country|country}"],
        "numbers": [{"what": "quantity", "value": "{Number|number}"}],
        "sources": [{"URL": "{Link}"}],
    }
    assert '#   "Country": 100 %, country: "Oman" | "Kenya" | "Jordan"' in text


def test_a_draft_of_a_plain_table_reads_it(drafted: Callable[..., str], mapped: Callable[..., Any]) -> None:
    text = drafted(TABLE)
    facts = mapped(text, TABLE).facts
    assert [fact["date"] for fact in facts] == ["2019-04-13", "2020-05-14", "2021-06-15"]
    assert [fact["numbers"][0]["value"] for fact in facts] == [1200, 30, 4]


def test_what_can_mean_two_things_is_left_to_choose(drafted: Callable[..., str]) -> None:
    text = drafted("Name,Signed,Ended\nPact,2001-02-03,2009-01-01\nTreaty,2002-03-04,2010-05-06\n")
    assert "date" not in tomllib.loads(text)["fact"]
    assert '#? date = "{Signed|date}"' in text
    assert '#? date = "{Ended|date}"' in text


def test_an_order_of_days_that_nothing_proves_is_left_to_choose(drafted: Callable[..., str]) -> None:
    text = drafted("Name,Date\nPact,1/2/2001\nTreaty,3/4/2002\n")
    assert "#? dayFirst = true" in text
    assert "dayFirst" not in tomllib.loads(text)["file"]
    assert tomllib.loads(drafted("Name,Date\nPact,1/22/2001\nTreaty,3/4/2002\n"))["file"]["dayFirst"] is False


def test_days_that_may_be_years_are_warned_of(drafted: Callable[..., str]) -> None:
    rows = "".join(f"Event {year},{year}-01-01T00:00:00Z\n" for year in range(1990, 1995))
    assert "{Date|match:^[0-9]{4}|date}" in drafted("Name,Date\n" + rows)


@pytest.mark.parametrize(
    ("data", "settings"),
    [
        ("Name;Date\nPact;2001\nTreaty;2002\n", {"delimiter": ";"}),
        ("Name\tDate\nPact, one\t2001\nTreaty\t2002\n", {"delimiter": "\t"}),
        ("A title\n\nName,Date,Place\nPact,2001,a\nTreaty,2002,b\n", {"header": ["Name", "Date", "Place"]}),
        ('"Name,Date";;;\n"Pact,2001";;;\n"Treaty,2002";;;\n', {"delimiter": ",", "tail": ";"}),
        (",isocode,period\n0,OMN,2001\n1,OMN,2002\n", {"header": ["isocode", "period"]}),
        ("الاسم,التاريخ\nاتفاقية,2001\n".encode("cp1256"), {"encodings": ["windows-1256"]}),
        ("Nom,Date\nTraité,2001\n".encode("latin-1"), {"encodings": ["windows-1252"]}),
        ("Name,Date\nPact,2001\n".encode("utf-16"), {"header": ["Name", "Date"]}),
    ],
)
def test_the_file_proves_its_settings(
    drafted: Callable[..., str], data: str | bytes, settings: dict[str, object]
) -> None:
    file = tomllib.loads(drafted(data))["file"]
    assert {key: file.get(key) for key in settings} == settings


def test_records_of_json_have_paths(drafted: Callable[..., str]) -> None:
    records = [{"id": f"t-{n}", "title": f"Pact {n}", "signed": {"date": f"200{n}-02-03"}} for n in range(3)]
    text = drafted(json.dumps({"response": {"results": records}}), "data.json")
    found = tomllib.loads(text)
    assert found["file"] == {"format": "json", "property": "response.results"}
    assert (found["fact"]["key"], found["fact"]["date"]) == ("{id}", "{signed.date|date}")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    assert tomllib.loads(drafted(lines, "data.jsonl"))["file"] == {"format": "jsonl"}


def test_arabic_columns_are_known_by_their_names(drafted: Callable[..., str]) -> None:
    text = drafted("الاسم,التاريخ,الأطراف\nتمرين,15 يناير 2021,عُمان، مصر\nمناورات,مايو 2020,الأردن\n")
    fact = tomllib.loads(text)["fact"]
    assert fact["title"] == {"ar": "{الاسم}"}
    assert fact["partners"] == ["{الأطراف|split:،|country}"]


@pytest.mark.parametrize("data", ["", "\n\n", "[1, 2]", "{"])
def test_what_is_no_table_is_refused_on_one_line(drafted: Callable[..., str], data: str) -> None:
    with pytest.raises(InputError) as error:
        drafted(data, "data.json" if data.startswith(("[", "{")) else "data.csv")
    assert all("\n" not in line for line in error.value.problems)


cell = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(cell, min_size=2, max_size=4), min_size=2, max_size=6))
def test_a_draft_is_toml_whatever_the_cells(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    import csv
    import io

    file = io.StringIO()
    csv.writer(file).writerows([["Name", "Date", *map(str, range(len(rows[0])))], *rows])
    path = tmp_path_factory.mktemp("draft") / "data.csv"
    path.write_text(file.getvalue(), encoding="utf-8")
    try:
        text = draft(str(path), None)
    except InputError:
        return
    assert "file" in tomllib.loads(text)
    assert not any(char < " " or char == "\x7f" for char in text if char != "\n")
