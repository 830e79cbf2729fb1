"""Guesses: for which words, what they account for, and when there is none."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import Answer, Filters
from factcli.search import find
from factcli.search.fuzzy import accounts_for, countries_of, is_arabizi
from factcli.search.index import Index

FACTS, LEXICON = store.read(["builtin"]), Lexicon()
INDEX = Index(FACTS, LEXICON)


def ask(words: str, exact: bool = False) -> Answer:
    return find((words,), FACTS, LEXICON, Filters(exact=exact), today="2026-01-15")


@pytest.mark.parametrize(
    ("words", "name", "how"),
    [
        ("khanjr hadd", "Khanjar Hadd", "typo"),
        ("turky", "Türkiye", "typo"),
        ("salalh", "Salalah", "typo"),
        ("5anjar", "خنجر الحد", "across scripts"),
        ("el7aris", "الحارس الذي لا يقهر", "across scripts"),
        ("هافلصان", "هافلسان", "typo"),
    ],
)
def test_a_guess_is_reported_and_its_matches_say_how(words: str, name: str, how: str) -> None:
    answer = ask(words)
    assert {match.how for hit in answer.hits for match in hit.matches} == {how}
    assert all(match.score < 100 for hit in answer.hits for match in hit.matches)
    assert [(note.code, note.values["term"]) for note in answer.notes] == [("guessed", words)]
    assert not ask(words, exact=True).hits


@pytest.mark.parametrize(
    "words",
    [
        "omen airlines",  # a guess for one word accounts for the other as well, or there is none
        "oman airlines",
        "ageemen",  # two letters wrong of less than ten
        "tws",  # too short
        "TOW 2C",  # a designation
        "F16",
        "khanjar hadd 24",
        "Jordan",  # the name of another country
        "الأردن",
        "Gulf of Aden",
    ],
)
def test_what_may_not_be_guessed_finds_nothing(words: str) -> None:
    assert not ask(words).hits


def test_only_names_about_as_near_as_the_nearest_are_guesses() -> None:
    assert {match.text for hit in ask("hvelsan").hits for match in hit.matches} == {"Havelsan"}


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("khanjarhadd", "khanjar hadd", True),
        ("omen airlines", "oman air lines", True),
        ("roman airlines", "oman air lines", False),
        ("khanjr hadd", "khanjar hadd", True),
        ("turkish minister", "turkish ministry", False),
    ],
)
def test_a_guess_accounts_for_each_word(words: str, name: str, expected: bool) -> None:
    assert accounts_for(words, name, INDEX) is expected


def test_an_entity_that_no_file_describes_has_no_country() -> None:
    fact = {**FACTS.facts[0], "parties": [{"entity": "nobody-knows", "role": "host"}]}
    index = Index(FACTS._replace(facts=[fact]), LEXICON)  # type: ignore[list-item]
    assert countries_of("nobody knows", index) == set()


def test_a_phrase_in_quotation_marks_is_not_guessed_at() -> None:
    assert not ask('"khanjr hadd"').hits


@pytest.mark.parametrize(
    ("word", "expected"),
    [("5anjar", True), ("7add", True), ("mu7ammad", True), ("el7aris", True), ("tow2b", False), ("f16", False),
     ("khanjar", False), ("2023", False)],
)  # fmt: skip
def test_digits_among_letters_are_chat_or_a_designation(word: str, expected: bool) -> None:
    assert is_arabizi(word) is expected
