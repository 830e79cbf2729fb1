"""Paragraphs and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli.lexicon.articles import article_words
from factcli.reading.sentences import sentences


def split(text: str) -> list[tuple[int, int, str]]:
    words = article_words()
    found = sentences(text, lambda word: words.has(word.lower(), "abbreviations"))
    return [(one.paragraph, one.number, text[one.start : one.end]) for one in found]


def test_paragraphs_are_lines_that_are_not_blank() -> None:
    assert split("Title\n\nOne. Two!\r\n  \nثلاثة؟ أربعة… خمسة") == [
        (1, 1, "Title"),
        (2, 1, "One."),
        (2, 2, "Two!"),
        (3, 1, "ثلاثة؟"),
        (3, 2, "أربعة…"),
        (3, 3, "خمسة"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Navy came.",
        "Lt. Gen. Salim and Mr. Smith met.",
        "It begins on Jan. 6 at noon.",
        "It costs 2.7 million.",
    ],
)
def test_a_full_stop_inside_ends_nothing(text: str) -> None:
    assert [part for _, _, part in split(text)] == [text]


def test_closing_marks_belong_to_the_sentence() -> None:
    assert [part for _, _, part in split("قال: «انتهى.» ثم غادر.")] == ["قال: «انتهى.»", "ثم غادر."]


@given(st.text(alphabet="aب .!؟\n\r\u2028«»1"))
@settings(deadline=None)
def test_sentences_are_in_order_and_hold_every_character_that_is_not_blank(text: str) -> None:
    words = article_words()
    found = list(sentences(text, lambda word: words.has(word.lower(), "abbreviations")))
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert "".join("".join(text[one.start : one.end].split()) for one in found) == "".join(text.split())
