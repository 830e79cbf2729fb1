"""The words of articles."""

from __future__ import annotations

import pytest

from factcli.lexicon.articles import article_words


@pytest.mark.parametrize(
    ("phrase", "group", "meaning"),
    [
        ("tuesday", "weekdays", "1"),
        ("كانون الاول", "months", "12"),
        ("omani", "country", "OM"),
        ("crore", "magnitudes", "10000000"),
        ("دنانير", "shared currencies", "dinar"),
        ("gulf of oman", "no country", "yes"),
    ],
)
def test_a_phrase_has_its_meaning(phrase: str, group: str, meaning: str) -> None:
    assert article_words().meaning(group, phrase) == meaning


def test_words_that_questions_alone_understand_are_left_out() -> None:
    assert not article_words().has("tell me", "kinds")
    assert not article_words().has("agreement", "kinds")


def test_the_first_word_says_how_long_a_phrase_can_be() -> None:
    words = article_words()
    assert words.longest["gulf"] >= 3
    assert "zzz" not in words.longest


def test_currencies_that_share_a_name_are_those_of_iso_4217() -> None:
    words = article_words()
    assert {code for codes in words.currency_of.values() for code in codes.values()} <= words.codes
    assert set(words.signs.values()) <= words.codes
