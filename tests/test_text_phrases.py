"""Known phrases in a text: the longest first, none across a sign, Arabic ones also behind a proclitic."""

from __future__ import annotations

import pytest

from factcli.text.lexer import tokenize
from factcli.text.phrases import PhraseMatcher

KNOWN = {
    "at least": [("comparisons", ">=")],
    "at": [("fillers", "prepositions")],
    "may": [("fillers", "verbs"), ("months", "05")],
    "مايو": [("months", "05")],
    "خمس": [("numbers", "5")],
}


def matcher(text: str) -> PhraseMatcher:
    return PhraseMatcher(tokenize(text), lambda phrase: KNOWN.get(phrase, []))


def test_the_longest_phrase_comes_first_and_a_phrase_has_all_its_meanings() -> None:
    assert [tuple(one) for one in matcher("At LEAST 5").at(0)] == [
        (2, "comparisons", ">="),
        (1, "fillers", "prepositions"),
    ]
    assert [one.group for one in matcher("may").at(0)] == ["fillers", "months"]


@pytest.mark.parametrize("text", ["at, least", "at 5 least", "least at"])
def test_a_phrase_is_not_found_across_a_sign_or_another_word(text: str) -> None:
    assert matcher(text).find("comparisons", 0) is None


def test_a_phrase_is_found_by_group_or_by_meaning() -> None:
    phrases = matcher("in May 2023")
    assert phrases.find("months", 1) == (2, "05")
    assert phrases.end_of("months", "05", 1) == 2
    assert phrases.end_of("months", "06", 1) is None
    assert phrases.find("months", 7) is None


@pytest.mark.parametrize(("text", "group"), [("وبمايو", "months"), ("الخمس", "numbers")])
def test_an_arabic_word_is_found_behind_proclitics(text: str, group: str) -> None:
    phrases = matcher(text)
    assert phrases.find(group, 0) is None
    assert phrases.behind_clitic(group, 0) == (1, "5" if group == "numbers" else "05")


def test_nothing_is_behind_a_latin_word_or_the_end() -> None:
    assert matcher("wmay").behind_clitic("months", 0) is None
    assert matcher("").behind_clitic("months", 0) is None
