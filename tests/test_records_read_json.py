"""JSON arrays, JSON Lines, facts and fact files: every record with its place, every mistake with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.model import FACT_KEYS
from factcli.records.problems import Candidate, Found, Place, Problem
from factcli.records.read_json import json_array, json_lines, json_object

PLACE = Place("f")
FACT = '{"kind": "visit"}'


def found(records: Iterable[Candidate | Problem]) -> list[tuple[int | None, int | None, str, Any]]:
    return [(c.place.record, c.place.line, c.place.table, c.value) for c in records if isinstance(c, Candidate)]


def codes(records: Iterable[Candidate | Problem]) -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.record, p.line) for p in records if isinstance(p, Problem)]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (json_array, f"[{FACT},\n{FACT}]"),
        (json_lines, f"{FACT}\n{FACT}\n"),
        (json_object, f'{{"facts": {{"1": {FACT},\n"7": {FACT}}}}}'),
    ],
    ids=["array", "lines", "fact file"],
)
def test_records_have_their_places(read: Callable[[str, Place], Found], text: str) -> None:
    records = list(read(text, PLACE))
    second = 7 if read is json_object else 2
    assert found(records) == [(1, 1, "facts", {"kind": "visit"}), (second, 2, "facts", {"kind": "visit"})]
    assert codes(records) == []


def test_a_record_says_of_which_table_it_is() -> None:
    text = '{"record": "entity", "id": "x"}\n{"record": "x"}\n{"record": [1]}\n{"record": "fact"}'
    records = list(json_lines(text, PLACE))
    assert found(records) == [(1, 1, "entities", {"id": "x"}), (4, 4, "facts", {})]
    assert codes(records) == [("E026", 2, 2), ("E026", 3, 3)]


def test_a_record_may_stand_on_several_lines() -> None:
    assert found(json_object('{\n"kind": "visit"\n}', PLACE)) == [(1, 1, "facts", {"kind": "visit"})]


def test_blank_lines_do_not_count_as_records() -> None:
    assert [(place, line) for place, line, *_ in found(json_lines(f"\n\n{FACT}\r\n\n{FACT}", PLACE))] == [
        (1, 3),
        (2, 5),
    ]


def test_a_fact_file_on_one_line_is_one() -> None:
    assert found(json_lines(f'{{"facts": {{"1": {FACT}}}, "entities": {{}}}}\n', PLACE))[0][3] == {"kind": "visit"}


def test_reading_goes_on_after_a_mistake() -> None:
    records = list(json_lines(f'{{"a": 1,}}\n{FACT}\n{{"a": 1, "a": 2}}\n{{"a": NaN}}\n[{FACT}] x\n{FACT}', PLACE))
    assert codes(records) == [("E013", 1, 1), ("E016", 3, 3), ("E015", 4, 4), ("E013", 5, 5)]
    assert [place for place, *_ in found(records)] == [2, 6]


def test_a_mistake_in_an_array_has_its_line() -> None:
    assert codes(json_array(f"[{FACT},\n{FACT}\n{FACT}]", PLACE)) == [("E013", None, 3)]
    records = list(json_array(f'[{FACT},\n{{"a": 1, "a": 2}},\n{FACT}]', PLACE))
    assert codes(records) == [("E016", 2, 2)]
    assert [place for place, *_ in found(records)] == [1, 3]


def test_what_merges_make_of_a_fact_file_is_found() -> None:
    text = f'{{"facts": {{"1": {FACT},\n"1": {FACT}}},\n"facts": {{}},\n"other": {{}}, "sources": []}}'
    assert codes(json_object(text, PLACE)) == [("E009", 1, 2), ("E016", None, 3), ("E027", None, 4), ("E020", None, 4)]


def test_an_object_is_what_its_first_known_key_says() -> None:
    assert codes(json_object(f'{{"facts": {{"1": {FACT}}}, "kind": {{}}}}', PLACE)) == [("E020", None, 1)]
    assert codes(json_object('{"x": 1, "kind": "visit", "facts": {}}', PLACE)) == []


def test_the_table_of_another_tinydb_file_is_read_as_facts() -> None:
    text = f'{{"_default": {{"3": {FACT},\n"x": {FACT}}}, "people": {{"1": {{}}}}}}'
    records = list(json_object(text, PLACE))
    assert found(records) == [(3, 1, "facts", {"kind": "visit"})]
    assert [(p.code, p.record, p.line, p.field) for p in records if isinstance(p, Problem)] == [
        ("E008", None, 2, ""),
        ("E020", None, 2, "people"),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("{}", []),
        ('{"_default": {}}', []),
        ('{"facts": {}, "_default": {}}', []),
        ('{"facts": {}, "_default": {"1": {}}}', ["E020"]),
        ('{"_default": {"1": {}}, "facts": {}}', ["E020"]),
        ('{"_default": []}', ["E027"]),
    ],
)
def test_a_table_of_tinydb_beside_those_of_facts_may_be_empty(text: str, problems: list[str]) -> None:
    records = list(json_object(text, PLACE))
    assert [code for code, *_ in codes(records)] == problems
    assert not found(records) or text.startswith('{"_default": {"1"')


@pytest.mark.parametrize("text", ['{"x": 1}', '"x"', "3"])
def test_what_is_neither_a_fact_nor_a_fact_file(text: str) -> None:
    read = json_object if text.startswith("{") else json_array
    assert [code for code, *_ in codes(read(text, PLACE))] == ["E017"]


@pytest.mark.parametrize("read", [json_array, json_lines, json_object])
def test_what_is_nested_too_deeply(read: Callable[[str, Place], Found]) -> None:
    start = '{"facts": ' if read is json_object else ""
    assert [code for code, *_ in codes(read(start + "[" * 100_000, PLACE))] == ["E014"]


def test_a_number_that_is_too_long_is_the_fault_of_its_record() -> None:
    endless = '{"a": ' + "9" * 5000 + "}"
    array = list(json_array(f"[{FACT}, {endless},\n{FACT}]", PLACE))
    assert codes(array) == [("E015", 2, 1)]
    assert [place for place, *_ in found(array)] == [1, 3]
    assert codes(json_lines(f"{endless}\n{FACT}", PLACE)) == [("E015", 1, 1)]
    assert codes(json_object(f'{{"facts": {{"1": {endless}}}}}', PLACE)) == [("E015", 1, 1)]


texts = st.dictionaries(st.text(min_size=1), st.text()).filter(lambda value: "record" not in value)


@given(st.lists(texts, min_size=1), st.sampled_from([None, 0, 1]))
def test_records_are_those_that_the_standard_library_reads(records: list[dict[str, str]], indent: int | None) -> None:
    array = json_array(json.dumps(records, indent=indent), PLACE)
    assert [value for *_, value in found(array)] == records
    lines = json_lines("".join(json.dumps({"kind": "", **record}) + "\n" for record in records), PLACE)
    assert [value for *_, value in found(lines)] == [{"kind": "", **record} for record in records]


@pytest.mark.parametrize("key", sorted(FACT_KEYS))
def test_a_fact_is_one_whichever_key_comes_first(key: str) -> None:
    """`sources` is a key of facts and the name of a table."""
    fact = {"id": "a", "kind": "visit", "title": {"en": "A visit"}, "sources": [{"source": "s"}]}
    value = {key: fact.get(key), **fact}
    (record,) = json_lines(json.dumps(value), PLACE)
    assert isinstance(record, Candidate)
    assert record.value == value


def test_what_is_nested_too_deeply_is_named_by_its_record() -> None:
    deep = '{"kind": ' + "[" * 100_000 + "]" * 100_000 + "}"
    assert codes(json_lines(deep, PLACE)) == [("E014", 1, 1)]
    assert codes(json_lines(FACT + "\n" + deep, PLACE)) == [("E014", 2, 2)]
    assert codes(json_array(f"[{FACT},\n{deep}]", PLACE)) == [("E014", 2, 2)]
