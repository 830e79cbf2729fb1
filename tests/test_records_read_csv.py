"""CSV with a header of field names: cells become values, mistakes have record and line."""

from __future__ import annotations

from typing import Any

import pytest

from factcli.records.problems import Candidate, Place, Problem
from factcli.records.read_csv import csv_records, delimiter_of, rows

PLACE = Place("f.csv")


def read(text: str) -> list[Candidate | Problem]:
    return list(csv_records(text, PLACE))


def values(text: str) -> list[Any]:
    assert codes(text) == []
    return [one.value for one in read(text) if isinstance(one, Candidate)]


def codes(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(p.code, p.field, p.record, p.line) for p in read(text) if isinstance(p, Problem)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_a_row_is_a_record(delimiter: str) -> None:
    text = "kind,title.en,title.ar,status\nvisit,A visit,زيارة,\n".replace(",", delimiter)
    assert values(text) == [{"kind": "visit", "title": {"en": "A visit", "ar": "زيارة"}}]


def test_notes_and_remarks_have_a_column_a_language() -> None:
    assert values("note.en,remark.en,remark.ar\nseen,approved only,موافقة\n,,\n,said,\n") == [
        {"note": {"en": "seen"}, "remark": {"en": "approved only", "ar": "موافقة"}},
        {"remark": {"en": "said"}},
    ]


def test_lists_are_joined_or_json() -> None:
    numbers = '"[{""what"": ""value"", ""value"": 7}]"'
    assert values(f'partners,numbers\nOM; US;,{numbers}\n"[""OM""]",\n') == [
        {"partners": ["OM", "US"], "numbers": [{"what": "value", "value": 7}]},
        {"partners": ["OM"]},
    ]


def test_lists_of_objects_are_in_the_notation_of_flat_files() -> None:
    text = "parties,parties.name.en,parties.name.ar,links,sources\nlead: oman; host: x,Oman; X,,part-of: a,s ¶2.1\n"
    assert values(text) == [
        {
            "parties": [
                {"role": "lead", "entity": "oman", "name": {"en": "Oman"}},
                {"role": "host", "entity": "x", "name": {"en": "X"}},
            ],
            "links": [{"rel": "part-of", "fact": "a"}],
            "sources": [{"source": "s", "paragraph": 2, "sentence": 1}],
        }
    ]
    assert codes("parties\noman\n") == [("E028", "parties", 1, 2)]


def test_numbers_may_stand_beside_their_units() -> None:
    assert values("value,value_unit,value_op,quantity,quantity_unit\n7.5; 8,USD; EUR,>; ,15,missile\n") == [
        {
            "numbers": [
                {"what": "value", "value": 7.5, "unit": "USD", "op": ">"},
                {"what": "value", "value": 8, "unit": "EUR"},
                {"what": "quantity", "value": 15, "unit": "missile"},
            ]
        }
    ]
    assert codes("value,value_unit\nx,USD\n1; 2,USD\n") == [("E028", "value", 1, 2), ("E028", "value_unit", 2, 3)]


def test_numbers_and_the_columns_beside_them_must_not_disagree() -> None:
    head = "numbers,value,value_unit\n"
    assert values(f"{head}value: 7 USD,7.0,USD\n")[0]["numbers"][0]["value"] == 7
    assert codes(f"{head}value: 7 USD,8,USD\n") == [("E029", "value", 1, 2)]


def test_the_quote_before_a_formula_is_taken_off() -> None:
    assert values("title.en\n'=1+1\n'@x\n'tis\n") == [
        {"title": {"en": "=1+1"}},
        {"title": {"en": "@x"}},
        {"title": {"en": "'tis"}},
    ]


def test_rows_of_other_tables_say_so() -> None:
    entity, wrong = read("record,id,type,name.en\nentity,x,person,X\nfoo,y,person,Y\n")
    assert isinstance(entity, Candidate) and (entity.place.table, entity.value["id"]) == ("entities", "x")
    assert isinstance(wrong, Problem) and (wrong.code, wrong.record) == ("E026", 2)


def test_mistakes_have_record_and_line() -> None:
    assert codes('kind,title.en\nvisit,"A\nvisit"\n\nvisit\n') == [("E022", "", 2, 5)]
    assert codes('kind,numbers\nvisit,"[1,"\nvisit,NaN\n') == [("E024", "numbers", 1, 2), ("E028", "numbers", 2, 3)]
    assert codes('kind,title.en\nvisit,A\nvisit,"A\n') == [("E021", "", 2, 3)]


def test_the_names_of_columns_are_checked() -> None:
    assert codes("kind,titl.en,kind,\nvisit,A,b,c\n") == [
        ("E023", "titl.en", 1, 1), ("E025", "kind", 1, 1), ("E023", '""', 1, 1),
    ]  # fmt: skip
    (wrong,) = read("titl.en\nA\n")
    assert isinstance(wrong, Problem) and wrong.fix == "did you mean title.en?"


def test_blank_rows_do_not_count() -> None:
    found = [(place.record, place.line) for place, _ in rows("\n\na,b\n,\n1,2\n", PLACE, ",")]  # type: ignore[misc]
    assert found == [(0, 3), (1, 5)]


@pytest.mark.parametrize(("header", "delimiter"), [("a,b;c,d", ","), ("a;b", ";"), ("a\tb\tc,d", "\t"), ("a", ",")])
def test_the_delimiter_is_what_stands_most_often_in_the_header(header: str, delimiter: str) -> None:
    assert delimiter_of(header) == delimiter
