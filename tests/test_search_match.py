"""Which facts satisfy a clause, by which field or text, how well and how."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import Match
from factcli.search import find
from factcli.search.match import split_code

FACTS, LEXICON = store.read(["builtin"]), Lexicon()


def first_match(words: str) -> Match:
    """The match of the best hit."""
    hits = find((words,), FACTS, LEXICON, today="2026-01-15").hits
    (match,) = max(hits, key=lambda hit: hit.matches[0].score).matches
    return match


@pytest.mark.parametrize(
    ("words", "field", "how"),
    [
        ("Khanjar Hadd", "party", "exact"),
        ("khanjar hadd", "party", "folded"),
        ("khunjar haad", "party", "alias"),
        ("turkey", "partner", "folded"),
        ("2019", "date", "exact"),
        ("approved", "status", "exact"),
        ("sales", "kind", "exact"),
        ("301", "numbers", "exact"),
        ("khanjar", "party", "part"),
        ("visits", "kind", "exact"),
        ("us-om-tow-2023", "id", "folded"),
        ("khanjr hadd", "party", "typo"),
        ("5anjar", "party", "across scripts"),
        ("رفع", "note", "clitic"),
    ],
)
def test_a_match_says_which_field_and_how(words: str, field: str, how: str) -> None:
    found = first_match(words)
    assert (found.field.partition(".")[0], found.how) == (field, how)
    assert 0 < found.score <= 100


def test_names_rank_over_titles_and_titles_over_notes() -> None:
    by_field: dict[str, set[float]] = {}
    for hit in find(("salalah",), FACTS, LEXICON).hits + find(("interdiction",), FACTS, LEXICON).hits:
        for match in hit.matches:
            by_field.setdefault(match.field.partition(".")[0], set()).add(match.score)
    assert min(by_field["party"]) > max(by_field["note"])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("TOW 2A", "TOW 2B"), ("تاو 2أ", "تاو 2بي"), ("302", "301"), ("Invincible Sentry 24", "Invincible Sentry")],
)
def test_designations_and_numbers_are_exact(wrong: str, right: str) -> None:
    assert not find((wrong,), FACTS, LEXICON).hits
    assert find((right,), FACTS, LEXICON).hits


@pytest.mark.parametrize("words", ["sale of weapons", "بيع أسلحة"])
def test_a_phrase_with_synonyms_is_found_word_by_word_as_well(words: str) -> None:
    found = {hit.fact["id"]: hit.matches for hit in find((words,), FACTS, LEXICON).hits}
    assert "us-om-tow-2023" in found
    assert {match.term for matches in found.values() for match in matches} == {words}


@pytest.mark.parametrize(
    ("word", "fact"),
    [
        ("دعمها", "om-freedom-of-navigation"),
        ("ودعمهم", "om-freedom-of-navigation"),
        ("بسيادتها", "us-om-sovereignty-commitment"),
        ("للقراصنة", "us-om-counter-piracy"),
        ("ولأمنها", "us-om-security-commitment"),
        ("بصواريخهم", "us-om-tow-2023"),
        ("الرءيس", "tr-om-sultan-visit-2024"),
    ],
)
def test_an_arabic_word_is_found_without_what_is_joined_to_it_and_with_another_hamza(word: str, fact: str) -> None:
    answer = find((word,), FACTS, LEXICON)
    assert fact in [hit.fact["id"] for hit in answer.hits]
    assert answer.notes == ()


@pytest.mark.parametrize("words", ["خنجر البحر", "خنجر البحرية"])
def test_an_arabic_noun_and_the_definite_one_behind_it_are_one_thing(words: str) -> None:
    assert not find((words,), FACTS, LEXICON).hits


@pytest.mark.parametrize("word", ["un", "co", "sec", "s", "ا", "dev"])
def test_a_short_word_is_no_beginning_of_another(word: str) -> None:
    assert not find((word,), FACTS, LEXICON).hits


@pytest.mark.parametrize(("key", "apart"), [("f16", ["f 16"]), ("su30mk", ["su 30mk"]), ("tow", []), ("16", [])])
def test_a_designation_in_one_is_letters_and_number(key: str, apart: list[str]) -> None:
    assert split_code(key) == apart
