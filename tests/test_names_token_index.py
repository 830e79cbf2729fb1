"""Tokens found by spelling, skeleton, sound and beginning, in memory and in tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.phonetic import PhoneticQuery
from factcli.names.token_index import COLUMNS, PIECE, AllTokens, MadeTokens, StoredTokens, across_scripts, skeleton

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)
arabic = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8)
words = latin | arabic


def index_of(*tokens: str) -> MadeTokens:
    return MadeTokens((token, i) for i, token in enumerate(tokens))


# -- tokens


@given(words, words)
def test_similarity_of_spelling_is_symmetric(one: str, other: str) -> None:
    def similarity(asked: str, named: str) -> float:
        return index_of(named).similar_spelling(asked).get(named, 0.0)

    assert similarity(one, other) == pytest.approx(similarity(other, one))


@given(st.lists(words, min_size=1, max_size=8, unique=True))
def test_a_token_is_spelled_like_itself_most_of_all(tokens: list[str]) -> None:
    index = index_of(*tokens)
    for token in tokens:
        found = index.similar_spelling(token)
        assert found[token] == max(found.values()) == 1
        assert all(similarity >= 0.55 for similarity in found.values())


@pytest.mark.parametrize(("one", "other"), [("khanjar", "hanjar"), ("yousuf", "yussuf"), ("طارق", "تارك")])
def test_letters_that_are_confused_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert index_of(other).similar_spelling(one)[other] >= 0.93


@given(words)
def test_a_skeleton_has_no_letter_twice_in_a_row(word: str) -> None:
    assert all(one != other for one, other in zip(skeleton(word), skeleton(word)[1:], strict=False))


def test_numbers_are_equal_or_they_are_not() -> None:
    assert index_of("153").similar_spelling("152") == {}
    assert index_of("153").names_with("153") == [0]


def test_a_silent_ta_marbuta_inside_a_joined_token_is_not_pronounced() -> None:
    index = index_of("قوه بحريه")
    assert list(index.column("arab", "pronounced")) == [["^قوبحريه$"]]
    assert index.similar_sound(PhoneticQuery("quwabahriya", "latn")).keys() == {"قوه بحريه"}


@given(st.lists(words, max_size=8), words)
def test_completions_are_the_tokens_that_begin_so(tokens: list[str], prefix: str) -> None:
    found = index_of(*tokens).completions(prefix)
    assert found.keys() == {token for token in tokens if token.startswith(prefix)}
    assert all(0.55 < similarity < 0.951 for similarity in found.values())


@given(st.floats(-1, 1))
def test_what_sounds_the_same_is_less_sure_than_what_is_spelled_the_same(sound: float) -> None:
    assert across_scripts(sound) <= 0.98


def test_nothing_is_found_among_no_tokens() -> None:
    index = index_of("صلاله")
    assert index.similar_spelling("salalah") == {}
    assert index.similar_sound(PhoneticQuery("صلاله", "arab")) == {}


# -- in tables


@pytest.mark.parametrize("columns", [COLUMNS, ("tokens", "pronounced", "spelled")])
@given(tokens=st.lists(words | st.sampled_from(["153", "tow 2b", "قوه بحريه"]), max_size=12), asked=words)
def test_tokens_in_a_table_are_found_as_those_in_memory(
    columns: tuple[str, ...], tokens: list[str], asked: str
) -> None:
    made = index_of(*tokens)
    stored = StoredTokens(made.table(columns))
    for token in (asked, *tokens):
        assert list(stored.names_with(token)) == list(made.names_with(token))
        assert stored.similar_spelling(token) == made.similar_spelling(token)
        assert stored.completions(token[:2]) == made.completions(token[:2])
    query = PhoneticQuery(asked, "latn" if asked.isascii() else "arab")
    assert stored.similar_sound(query) == made.similar_sound(query)


def test_a_table_has_its_tokens_in_pieces() -> None:
    tokens = [f"token{number:05}" for number in range(PIECE + 1)]
    made = index_of(*tokens)
    stored = StoredTokens(made.table(COLUMNS))
    assert [len(piece) for piece in stored.column("latn", "tokens")] == [PIECE, 1]
    assert [list(stored.names_with(token)) for token in (tokens[0], tokens[-1], "token", "tokens")] == [
        [0],
        [PIECE],
        [],
        [],
    ]
    assert stored.similar_spelling("tokem00000") == made.similar_spelling("tokem00000")


@given(st.lists(words, max_size=6), st.lists(words, max_size=6), words)
def test_tokens_of_several_indexes_are_found_together(some: list[str], others: list[str], asked: str) -> None:
    one, other = index_of(*some), MadeTokens((token, len(some) + i) for i, token in enumerate(others))
    both, together = AllTokens(one, other), index_of(*some, *others)
    for token in (asked, *some):
        assert both.names_with(token) == list(together.names_with(token))
        assert both.similar_spelling(token) == together.similar_spelling(token)
    query = PhoneticQuery(asked, "latn" if asked.isascii() else "arab")
    assert both.similar_sound(query) == together.similar_sound(query)
