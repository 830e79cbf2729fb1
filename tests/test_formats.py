"""The formats of an answer: each is written by its module, and each shows all that a table has."""

from __future__ import annotations

import json

import pytest

from factcli.cli.options import FORMATS as CHOICES
from factcli.formats import FORMATS, serialize
from factcli.model import Column, Table, View
from factcli.reports import CELLS, DISPLAY, OBJECTS, TEXT

TABLE = Table([Column("id", {"en": "ID"}), Column("title", {"en": "Fact"})], [["a", "A visit"], ["b", "A sale"]])


def test_every_format_can_be_chosen() -> None:
    assert set(CHOICES) == FORMATS.keys()


def test_what_a_format_has_in_its_cells_is_what_reports_make() -> None:
    assert set(FORMATS.values()) == {OBJECTS, CELLS, TEXT, DISPLAY}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_shows_every_value_and_ends_its_last_line(name: str) -> None:
    text = "".join(serialize(TABLE, View(format=name)))
    assert [value for row in TABLE.rows for value in row if str(value) not in text] == []
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table", ""),
        ("plain", ""),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("csv", "id,title\r\n"),
        ("tsv", "id\ttitle\n"),
        ("md", "| ID | Fact |\n| --- | --- |\n"),
    ],
)
def test_an_answer_without_rows(name: str, text: str) -> None:
    assert "".join(serialize(TABLE._replace(rows=[]), View(format=name))) == text


def test_tables_of_other_columns_follow_each_other_in_json_in_one_array() -> None:
    other = Table([Column("code", {"en": "Code"})], [["OM"]])
    assert json.loads("".join(serialize(TABLE, View(format="json"), [other]))) == [
        {"id": "a", "title": "A visit"},
        {"id": "b", "title": "A sale"},
        {"code": "OM"},
    ]
    lines = "".join(serialize(TABLE, View(format="csv"), [other])).splitlines()
    assert lines == ["id,title", "a,A visit", "b,A sale", "code", "OM"]
