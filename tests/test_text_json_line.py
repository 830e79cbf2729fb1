"""JSON on one line: it reads back as it was, Arabic stands as it is, nothing in it acts on a terminal."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.json_line import _coders, json_line, json_value

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(), values, max_size=4),
    max_leaves=10,
)


@given(VALUES)
def test_a_text_is_read_as_the_standard_library_reads_it(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1) + "\n"):
        assert json_value(text) == value == json.loads(text)


@pytest.mark.parametrize("text", ["", "{", '{"a": ', '{"a" 1}', "[1,", "[1] 2", '{"a": 1, "a": 2', "nil"])
def test_a_text_that_is_no_json_is_refused_as_the_standard_library_does(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as expected:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as error:
        json_value(text)
    assert str(error.value) == str(expected.value)


DECIMALS_INSIDE = st.dictionaries(st.text(), st.lists(st.decimals(allow_nan=False, allow_infinity=False)), max_size=3)


@given(VALUES)
def test_a_value_is_one_printable_line_that_reads_back_the_same(value: object) -> None:
    line = json_line(value)
    assert json.loads(line) == value
    assert not set(line) & set("\n\r\x1b\x85\u2028\u202e\u2066\u200f")


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False) | VALUES, max_size=4) | DECIMALS_INSIDE)
def test_decimals_are_written_digit_by_digit(value: object) -> None:
    assert json.loads(json_line({"a": value}), parse_float=Decimal, parse_int=Decimal) == {"a": exact(value)}


def exact(value: Any) -> Any:
    """The value with each number as the Decimal that is written."""
    if isinstance(value, list):
        return list(map(exact, value))
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def test_arabic_stands_as_it_is() -> None:
    assert json_line({"ar": "عُمان"}) == '{"ar": "عُمان"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_what_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_line(value)


def test_another_python_reads_and_writes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    read, write = _coders()
    value = {"ar": "عُمان\n", "n": [1, 2.5, None, True]}
    assert read(json_line(value), 0)[0] == value
    assert "".join(write(value, 0)) == json_line(value)
