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


VISITS = """رقم;Date;Visitor;Country;Purpose;Announced;Outcome
1;3.5.2022;سالم المثالي;مصر;تعاون عسكري;US$ 1.2 bn;signed
2;14.06.2022;John Sample;Korea, South;Port calls;;planned
"""


def test_a_draft_of_a_table_with_arabic_names_reads_it(drafted: Callable[..., str], mapped: Callable[..., Any]) -> None:
    found = mapped(drafted(VISITS, "visits.csv"), VISITS)
    assert found.problems == []
    first, second = found.facts
    assert (first["id"], first["title"]) == ("visits-1", {"ar": "سالم المثالي, تعاون عسكري"})
    assert (first["date"], first["partners"], first["status"]) == ("2022-05-03", ["EG"], "signed")
    assert first["numbers"] == [{"what": "value", "op": "=", "value": 1_200_000_000, "unit": "USD"}]
    assert (second["title"], second["parties"][0]["role"]) == ({"en": "John Sample, Port calls"}, "visitor")


def test_a_status_that_no_word_says_is_left_to_fill_in(drafted: Callable[..., str]) -> None:
    text = drafted("Name,Status\nPact,موقعة\nTreaty,ad acta\n")
    assert "status" not in tomllib.loads(text)["fact"]
    assert '#? status = "{Status|status}"' in text and '#? "ad acta" = "?"' in text


def test_what_stands_for_empty_cells_is_said(drafted: Callable[..., str]) -> None:
    found = tomllib.loads(drafted("Name,Actor,Cost\nPact,NA,5\nTreaty,NA,-\n"))
    assert found["file"]["missingValues"] == ["NA", "-"]
    assert "status" not in found["fact"]
    text = drafted("Name,Code\nPact,OM\nTreaty,NA\nAccord,OM\n")
    assert '#? missingValues = ["NA"]' in text


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ("Name,Title\nPact,Sea\nTreaty,Land\n", {"en": "{Name}, {Title}"}),
        ("Name,الاسم\nPact,اتفاق\nTreaty,معاهدة\n", {"en": "{Name}", "ar": "{الاسم}"}),
        ("Date,Place,Text\n2001,Salalah,\n2002,Muscat,b\n", {"en": "{Place}"}),
        ("Date,Country\n2001,Oman\n2002,Kenya\n", {"en": "{Date}, {Country}"}),
        (f"Name,Date\n{'long ' * 60},2001\nb,2002\n", {"en": "{Name|cut:200}"}),
    ],
    ids="two two-languages not-full no-text long".split(),
)
def test_a_title_is_drafted_always(drafted: Callable[..., str], table: str, title: dict[str, str]) -> None:
    assert tomllib.loads(drafted(table))["fact"]["title"] == title


def test_names_of_columns_may_have_any_signs(drafted: Callable[..., str], mapped: Callable[..., Any]) -> None:
    table = '"""Name"" | {any}",Date\nPact,2001\nTreaty,2002\n'
    assert [fact["title"] for fact in mapped(drafted(table), table).facts] == [{"en": "Pact"}, {"en": "Treaty"}]


def test_numbers_that_no_name_explains_are_left_to_choose(drafted: Callable[..., str]) -> None:
    text = drafted("Name,Range,Cost\nPact,12,5\nTreaty,70,6\n")
    assert '#? value = "{Range|number}"' in text and '#? unit = "USD"' in text
    assert "numbers" not in tomllib.loads(text)["fact"]


def test_columns_called_by_a_role_are_parties(drafted: Callable[..., str]) -> None:
    text = drafted("Name,Buyer,Supplier\nShips,Oman,Alpha Yards\nBoats,Kuwait,Beta Yards\n")
    assert tomllib.loads(text)["fact"]["parties"] == [
        {"role": "buyer", "country": "{Buyer|country}"},
        {"role": "supplier", "name": {"en": "{Supplier}"}},
    ]


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


def test_a_currency_that_some_cells_name_is_not_lost(drafted: Callable[..., str], mapped: Callable[..., Any]) -> None:
    table = "Title,Date,Value\nA,2019,70 million GBP\nB,2019,5 million\n"
    text = drafted(table)
    assert tomllib.loads(text)["fact"]["numbers"][0]["unit"] == "{Value|currency}"
    assert mapped(text, table).problems


def test_a_line_break_in_the_name_of_a_column_loses_no_row(
    drafted: Callable[..., str], mapped: Callable[..., Any]
) -> None:
    table = '"Id","Date","Cou\nntry","Title"\n1,2019-02-03,Kenya,T1\n2,2019-02-04,Egypt,T2\n'
    assert [fact["title"]["en"] for fact in mapped(drafted(table), table).facts] == ["T1", "T2"]


def test_columns_of_one_name_are_pointed_out(drafted: Callable[..., str]) -> None:
    text = drafted("Id,Country,Country,Title\n1,Kenya,Egypt,Talks\n2,Oman,Turkey,More\n")
    assert '#   "Country": 2 columns have this name' in text


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
