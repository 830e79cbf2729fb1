"""What is found wrong with one record and with all of a file: codes, fields, values."""

from __future__ import annotations

from typing import Any

import pytest

from factcli.records.problems import Candidate, Place
from factcli.records.validate import validate, validate_together

PLACE = Place("f", 1)
FACT = {"id": "a", "kind": "visit", "title": {"en": "A visit"}, "sources": [{"source": "s"}]}
SOURCE = Candidate(PLACE._replace(table="sources"), {"id": "s", "title": {"en": "S"}})


def problems(record: Any, table: str = "facts") -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in validate(Candidate(PLACE._replace(table=table), record))]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "vist"}, "E104", "kind"),
        ({"kind": None}, "E102", "kind"),
        ({"title": {}}, "E109", "title"),
        ({"title": {"fr": "x"}}, "E103", "title.fr"),
        ({"title": {"en": 1}}, "E101", "title.en"),
        ({"title": {"en": "x" * 501}}, "E105", "title.en"),
        ({"remark": {"en": "x" * 501}}, "E105", "remark.en"),
        ({"note": {"en": "x" * 5001}}, "E105", "note.en"),
        ({"title": {"en": " \n"}}, "E201", "title.en"),
        ({"title": {"en": "a\x1b[0m"}}, "E203", "title.en"),
        ({"title": {"en": "a\u202eb"}}, "E204", "title.en"),
        ({"title": {"en": "a\nb"}}, "E205", "title.en"),
        ({"title": {"en": "a\ue000b"}}, "E206", "title.en"),
        ({"title": {"en": "a\u200bb"}}, "W311", "title.en"),
        ({"id": "x" * 81}, "E223", "id"),
        ({"partners": ["OM", "UK"]}, "E221", "partners[2]"),
        ({"partners": ["OM"] * 201}, "E106", "partners"),
        ({"parties": [{"entity": "x"}]}, "E102", "parties[1].role"),
        ({"numbers": [{"what": "x", "value": True}]}, "E101", "numbers[1].value"),
        ({"numbers": [{"what": "x", "value": float("inf")}]}, "E107", "numbers[1].value"),
        ({"numbers": [{"what": "x", "value": 10**5000}]}, "E107", "numbers[1].value"),
        ({"numbers": [{"what": "x", "value": 1, "unit": "x" * 81}]}, "E105", "numbers[1].unit"),
        ({"date": "2023-02-30", "date_basis": "stated"}, "E211", "date"),
        ({"date_basis": "stated"}, "E231", "date"),
        ({"date": "2023", "date_basis": "inferred"}, "E233", "date_note"),
        ({"links": [{"rel": "about", "fact": "a"}]}, "E234", "links"),
        ({"sources": [{"source": "s", "digest": "xyz"}]}, "E224", "sources[1].digest"),
        ({"sources": [{"source": "s", "paragraph": 0}]}, "E107", "sources[1].paragraph"),
        ({"titel": "x"}, "E103", "titel"),
    ],
)
def test_a_problem_has_its_code_and_field(change: dict[str, Any], code: str, field: str) -> None:
    assert problems({**FACT, **change}) == [(code, field)]
    assert problems(FACT) == []


@pytest.mark.parametrize("letter", ["\ud55c", "\u1ed9", "\u1fa7", "\ufefb"], ids=["Hangul", "Latin", "Greek", "Arabic"])
def test_a_title_of_letters_that_are_decomposed_is_no_longer_for_that(letter: str) -> None:
    assert problems({**FACT, "title": {"en": letter * 500}}) == []
    assert problems({**FACT, "title": {"en": f"The Prophet \ufdfa and {'the army ' * 40}"}}) == []
    assert problems({**FACT, "title": {"en": "\ufdfa" * 500}}) == [("E207", "title.en")]


def test_a_note_may_be_longer_than_a_title() -> None:
    assert problems({**FACT, "note": {"en": "x" * 5000}, "remark": {"en": "x" * 500}}) == []


def test_a_field_of_another_table_is_named_with_it() -> None:
    assert problems({"id": "x", "type": "person", "name": {"en": "..."}}, "entities") == [("E202", "entities name.en")]


def test_a_url_is_checked_for_characters_that_act_on_a_terminal() -> None:
    source = {"id": "s", "title": {"en": "S"}, "URL": "https://x.y/\u202e"}
    assert problems(source, "sources") == [("E204", "sources URL")]
    assert problems({**source, "URL": "x.y"}, "sources") == [("E108", "sources URL")]
    assert problems({**source, "URL": "https://x.y/ä"}, "sources") == []


def test_each_kind_of_unsafe_character_is_reported_once() -> None:
    title = {"en": "a\x1b\x1b\u202e\n\ue000\xad"}
    found = [code for code, _ in problems({**FACT, "title": title})]
    assert sorted(found) == ["E203", "E204", "E205", "E206", "W311"]
    assert problems({**FACT, "title": {"en": "\u200b"}}) == [("E202", "title.en"), ("W311", "title.en")]


def test_a_value_that_is_no_record() -> None:
    assert problems("x") == [("E001", "")]


def test_every_problem_of_a_record_is_found() -> None:
    found = problems({"kind": "vist", "title": {"en": ""}, "date": "2023-13", "partners": ["UK"]})
    assert found == [("E104", "kind"), ("E201", "title.en"), ("E211", "date"), ("E221", "partners[1]")]


def codes(*candidates: Candidate) -> list[str]:
    """The codes of all problems, but for that of equal titles."""
    return [problem.code for problem in validate_together(candidates) if problem.code != "W307"]


def test_ids_are_distinct_in_a_file_and_may_be_repeated_in_another() -> None:
    one, again = Candidate(PLACE, FACT), Candidate(PLACE._replace(record=2), FACT)
    elsewhere = Candidate(PLACE._replace(file="g"), FACT)
    assert codes(SOURCE, one) == []
    assert codes(SOURCE, one, again) == ["E003"]
    assert codes(SOURCE, one, elsewhere) == []
    assert codes(SOURCE, one, elsewhere._replace(value={**FACT, "status": "held"})) == ["W308"]
    assert codes(SOURCE, one._replace(value={**FACT, "id": None})) == ["E002"]
