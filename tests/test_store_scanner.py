"""JSON texts whose outer levels are gone through by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.store.scanner import Scanner, is_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=9,
)


@given(st.dictionaries(st.text(), VALUES), st.sampled_from([None, 0, 2]), st.booleans())
def test_members_are_those_that_the_standard_library_reads(value: Any, indent: int | None, is_ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    scanner = Scanner(f" {text}\n")
    found = {key: (scanner.value(), text[at - 1 : scanner.end - 1]) for key, at in scanner.members()}
    scanner.require_end()
    assert {key: one for key, (one, _) in found.items()} == value
    assert all(json.loads(place) == one for one, place in found.values())


@given(st.lists(VALUES))
def test_elements_are_those_that_the_standard_library_reads(value: list[Any]) -> None:
    scanner = Scanner(json.dumps(value))
    assert [scanner.value() for _ in scanner.elements()] == value


@pytest.mark.parametrize("text", ["[1 2]", "[1,]", "[", "[1", ""])
def test_what_is_no_array_is_no_json(text: str) -> None:
    scanner = Scanner(text)
    with pytest.raises((json.JSONDecodeError, IndexError)):
        [scanner.value() for _ in scanner.elements()]


@pytest.mark.parametrize("text", ["{1: 2}", '{"a" 1}', '{"a": }', "{NaN: 1}", '{"a": 1,}', '{"a": 1 "b": 2}'])
def test_what_is_no_object_is_no_json(text: str) -> None:
    scanner = Scanner(text)
    with pytest.raises(json.JSONDecodeError):
        [(key, scanner.value()) for key, _ in scanner.members()]


@pytest.mark.parametrize("value", ["NaN", '{"a": 1, "a": 2}', "1" * 5000])
def test_what_cannot_be_kept_is_gone_past(value: str) -> None:
    scanner = Scanner(f"[{value}, 7]")
    found = []
    for _ in scanner.elements():
        try:
            found.append(scanner.value())
        except ValueError:
            scanner.skip_value()
    assert found == [7]


def test_what_is_behind_the_value_is_no_part_of_it() -> None:
    scanner = Scanner("1 2")
    scanner.value()
    with pytest.raises(json.JSONDecodeError):
        scanner.require_end()


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("NaN", True), ("{", False), ("[" * 100_000, False)])
def test_whether_a_line_is_json_by_itself(text: str, expected: bool) -> None:
    assert is_json(text) is expected
