"""Tokens of a sentence, with their places in the whole text."""

from __future__ import annotations

import pytest

from factcli.lexicon.articles import article_words
from factcli.reading.tokens import ArticlePhrases, tokens_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oman's SAR1.5bn", ["Oman", "SAR", "1", ".", "5bn"]),
        ("AED2bn and A320", ["AED", "2bn", "and", "A320"]),
        ("the ministers' US$5", ["the", "ministers", "'", "US", "$", "5"]),
        ("و2019", ["و", "2019"]),
    ],
)
def test_the_tokens(text: str, expected: list[str]) -> None:
    tokens = tokens_of(text, 0, len(text), article_words())
    assert [token.text for token in tokens] == expected
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_places_are_those_of_the_whole_text() -> None:
    text = "One. Oman's two."
    assert [text[one.start : one.end] for one in tokens_of(text, 5, 16, article_words())] == ["Oman", "two", "."]


def test_phrases_are_found_as_in_questions() -> None:
    words = article_words()
    phrases = ArticlePhrases(tokens_of("كانون الأول/ديسمبر", 0, 18, words), words)
    assert phrases.find("months", 0) == (2, "12")
    assert phrases.end_of("time", "last", 0) is None
    assert phrases.is_a(3, "months")
    assert not phrases.is_a(2, "months")
