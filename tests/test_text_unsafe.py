"""Unsafe characters: none is left in what is displayed, none is lost in JSON, and plain text is left alone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from factcli.text.unsafe import display, name_unsafe

LETTERS = "ابتةىءآأإ\u064b\u0651\u0670ـabcXYZé'’-. \n\u200f\u200c\u202e٠١٢۳45"


@given(st.text() | st.text(LETTERS))
def test_harmless_text_holds_nothing_that_steers(text: str) -> None:
    for safe in (display(text), name_unsafe(text)):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", safe)


@given(st.text("ابتعمانصلالة OmanSalalah", min_size=1))
def test_text_without_anything_hostile_is_left_alone(text: str) -> None:
    assert display(text) == text == name_unsafe(text)


def test_what_is_hostile_is_named_in_a_message() -> None:
    assert name_unsafe("a\x1b[2J\u202e") == "a<U+001B>[2J<U+202E>"
