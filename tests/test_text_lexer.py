"""Tokens of a text: words, numbers and signs, each with its place; joined to the text again they lose only blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text import fold
from factcli.text.lexer import tokenize

texts = st.one_of(st.text(), st.text("oOUS.2٣-,'’ʿ \u0640\u200c\u0651وفبلكعمان"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("TOW 2B", ["TOW", "2B"], id="digits inside a word"),
        pytest.param("5anjar Ma'rib", ["5anjar", "Ma'rib"], id="chat digits and an apostrophe"),
        pytest.param("'Oman'", ["'", "Oman", "'"], id="quotation marks are no apostrophes"),
        pytest.param("the U.S.-led", ["the", "U.S.", "-", "led"], id="initials"),
        pytest.param("U.A.E.", ["U.A.E."], id="initials with a last dot"),
        pytest.param("U.A.E", ["U.A.E"], id="initials without a last dot"),
        pytest.param("a. b", ["a", ".", "b"], id="one letter and a full stop"),
        pytest.param("و2019 ب٢٠٢٣", ["و", "2019", "ب", "٢٠٢٣"], id="proclitics before digits"),
        pytest.param("2021م 45م", ["2021", "م", "45م"], id="the era behind a year, metres behind a number"),
        pytest.param("عُمـان", ["عُمـان"], id="a vowel sign and tatweel are in a word"),
        pytest.param("1,234.5", ["1", ",", "234", ".", "5"], id="signs between digits"),
        pytest.param(" \t\n", [], id="blanks"),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


@given(texts)
def test_tokens_stand_in_the_text_where_they_say_with_blanks_between(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert text[end : token.start].strip() == ""
        assert text[token.start : token.end] == token.text != ""
        assert token.glued is (token.start == end and end > 0)
        end = token.end
    assert text[end:].strip() == ""


@given(texts)
def test_a_key_is_that_of_the_fold_and_empty_for_a_sign(text: str) -> None:
    for token in tokenize(text):
        assert token.key == (fold(token.text) if token.text[0].isalnum() else "")


@pytest.mark.parametrize(("text", "is_number"), [("2019", True), ("٢٠١٩", True), ("2B", False), ("-", False)])
def test_a_number_has_digits_of_any_script_and_nothing_else(text: str, is_number: bool) -> None:
    assert [token.is_number for token in tokenize(text)] == [is_number]
