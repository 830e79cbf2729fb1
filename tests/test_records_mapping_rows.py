"""The cells of rows: tidied, empty or not, and found at a path."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.records.mapping.rows import MISSING, CellError, Reader, clean, resolve, text_of, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  a  b ", "a b"),
        ("\u200fعُمان\u200f", "عُمان"),
        ("a\u00a0b\tc\nd", "a b c d"),
        ("e\u0301", "é"),
        ("na\u200bme\ufeff", "name"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Who fired first?", "Who fired first?"),
        ("(a)", "(a)"),
    ],
)
def test_a_cell_is_tidied_and_keeps_its_text(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text())
def test_what_is_tidied_is_tidy(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once and is_normalized("NFC", once)
    assert once == once.strip() and "  " not in once


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [("-", None), (" - ", None), ("", None), ([" a", "-", None], ["a"]), ([], None), ({}, None), (0, 0), (99, None),
     (False, False), (MISSING, None), (None, None), ([["2019"]], [["2019"]])],
)  # fmt: skip
def test_what_stands_for_nothing_is_nothing(value: Any, cleaned: Any) -> None:
    assert clean(value, Reader(["-", "99"])) == cleaned


RECORD = {"a": {"b": 1, "c.d": {"e": 2}}, "a.b": 3, "l": [{"x": 1}, {"x": [2]}, {"y": 0}, "z"]}


@pytest.mark.parametrize(
    ("path", "value"),
    [("a.b", 3), ("a.c.d.e", 2), ("l.x", [1, [2]]), ("l.q", MISSING), ("a.b.c", MISSING), ("q", MISSING),
     (".".join("x" * 5000), MISSING)],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_a_path_leads_to_the_longest_key_and_through_lists(path: str, value: Any) -> None:
    assert resolve(RECORD, path) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(501, "501"), (54.0, "54.0"), (True, "true"), (["a", 1, None], "a, 1"), ([], None), (None, None),
     (Decimal("0.10"), "0.10")],
)  # fmt: skip
def test_a_value_as_text(value: Any, text: str | None) -> None:
    assert text_of(value) == text


def test_an_object_is_no_text() -> None:
    with pytest.raises(CellError):
        text_of([{"a": 1}])
