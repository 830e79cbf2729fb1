"""Arabic proclitics and the article: what is taken off a word, and what is left of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.clitics import without_article, without_clitics


@pytest.mark.parametrize(
    ("word", "bare"), [("لتركيا", "تركيا"), ("والسلطنه", "سلطنه"), ("للدفاع", "دفاع"), ("بصلاله", "صلاله")]
)
def test_clitics_are_tried_off(word: str, bare: str) -> None:
    assert bare in without_clitics(word)


@pytest.mark.parametrize("word", ["عمان", "والي", "ولد", "بحر", "كل", "لندن", "و", "", "oman"])
def test_a_word_keeps_enough_letters_to_be_one(word: str) -> None:
    for bare in without_clitics(word):
        assert len(bare) >= 2
        assert word.endswith(bare)


@given(st.sampled_from(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل"]), st.text("تدرسصعنه", min_size=3))
def test_a_word_is_found_behind_any_proclitic(proclitic: str, word: str) -> None:
    assert word in without_clitics(proclitic + word)


@pytest.mark.parametrize(
    ("word", "bare"),
    [("السلطنه", "سلطنه"), ("الي", "الي"), ("سلطنه", "سلطنه"), ("وال", "وال"), ("alsa", "alsa"), ("", "")],
)
def test_an_article_is_taken_off_where_a_word_is_left(word: str, bare: str) -> None:
    assert without_article(word) == bare
