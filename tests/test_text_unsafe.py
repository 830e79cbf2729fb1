"""Unsafe characters: none is left in what is displayed, none is lost in JSON, and plain text is left alone."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.unsafe import (
    CATEGORIES,
    Category,
    display,
    escape,
    is_web_address,
    name_unsafe,
    pattern,
    permitted,
    problems,
)

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


@given(st.text() | st.text(LETTERS))
def test_escaped_json_has_no_unsafe_character_and_reads_back_the_same(text: str) -> None:
    escaped = escape(json.dumps(text, ensure_ascii=False))
    assert not re.search(pattern(*CATEGORIES), escaped)
    assert json.loads(escaped) == text


def test_a_line_break_in_any_form_is_one_blank() -> None:
    assert display("a\r\nb\u2028c\td\x1ee") == "a b c d e"


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_a_category_is_displayed_escaped_and_named_as_its_row_says(category: Category) -> None:
    for char in {category.ranges[0], category.ranges[-1]}:
        shown = {"": "ab", " ": "a b", "keep": f"a{char}b"}[category.display]
        assert display(f"a{char}b") == shown
        assert char not in escape(f'"{char}"')
        assert problems(f"a{char}b") == ({category.rule: f"{ord(char):04X}"} if category.rule else {})


def test_no_character_is_in_two_categories() -> None:
    classes = [re.compile(pattern(category)) for category in CATEGORIES]
    for code in range(0x11000):
        assert sum(bool(one.match(chr(code))) for one in classes) <= 1, hex(code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("file:///etc/passwd", False),
        ("https://example.org/ --option", False),
        ("https://example.org/\x1b[2J", False),
        ("", False),
    ],
)
def test_only_an_address_of_the_web_is_one(text: str, expected: bool) -> None:
    assert is_web_address(text) is expected


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_a_file_for_import_keeps_what_a_valid_record_may_hold(category: Category) -> None:
    for char in {category.ranges[0], category.ranges[-1]}:
        is_kept = not category.rule.startswith("E")
        assert permitted(f"a{char}b") == (f"a{char}b" if is_kept else display(f"a{char}b"))
