"""Names indexed by tokens, and tokens found by spelling, skeleton, sound and beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.index import NameIndex, TokenIndex, across_scripts, skeleton
from factcli.names.phonetic import PhoneticQuery
from factcli.names.tokens import Symbol

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)
arabic = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8)
words = latin | arabic


def index_of(*tokens: str) -> TokenIndex:
    return TokenIndex((token, (i, 1)) for i, token in enumerate(tokens))


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
    assert index_of("153").postings["153"] == [(0, 1)]


def test_a_silent_ta_marbuta_inside_a_joined_token_is_not_pronounced() -> None:
    index = index_of("قوه بحريه")
    assert list(index.pronounced["arab"]) == ["^قوبحريه$"]
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


# -- names

NAMES = NameIndex(["وزارة الدفاع", "Abd al-Salam", "صلالة", "خنجر الحد", "almasri"])


def test_names_are_found_by_their_key_and_without_a_clitic() -> None:
    assert NAMES.equal("صلاله") == [2]
    assert NAMES.equal("بصلاله") == [2]
    assert NAMES.equal("لخنجر الحد") == [3]
    assert NAMES.equal("salalah") == []


def test_tokens_are_distinctive_or_generic() -> None:
    assert NAMES.distinctive.postings.keys() == {"abdalsalam", "صلاله", "خنجر", "حد", "almasri", "masri"}
    assert NAMES.generic.postings == {"وزاره": [(0, 1)], "دفاع": [(0, 2)]}
    assert NAMES.all_tokens.postings.keys() == NAMES.distinctive.postings.keys() | NAMES.generic.postings.keys()


def test_neighbours_and_whole_names_are_indexed_joined_without_and_with_articles() -> None:
    assert NAMES.joined.postings["خنجر حد"] == NAMES.joined.postings["خنجر الحد"] == [(3, 3)]
    assert NAMES.whole_names.postings["خنجرحد"] == [(3, 3)]
    assert NameIndex(["قوة المهام المشتركة"]).joined.postings["قوه مهام مشتركه"] == [(0, 7)]


def test_symbols_of_distinctive_tokens_are_apart_from_those_of_all() -> None:
    assert NAMES.symbols == {Symbol("place", "salalah"): [(2, 1)]}
    assert NAMES.all_symbols[Symbol("kind", "ministry")] == [(0, 1)]


@given(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=5))
def test_postings_point_at_tokens_of_their_name(names: list[str]) -> None:
    index = NameIndex(names)
    index.prepare()
    for tokens in (index.distinctive, index.generic, index.all_tokens, index.joined, index.whole_names):
        for postings in tokens.postings.values():
            assert all(mask < 1 << len(index.tokens[i]) for i, mask in postings)
