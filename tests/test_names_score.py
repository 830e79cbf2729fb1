"""What speaks for and against a name, and the probability that it makes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factcli.names import rank
from factcli.names.align import Alignment, TokenMatch
from factcli.names.index import NameIndex
from factcli.names.score import (
    COEFFICIENTS,
    MAX_CANDIDATES,
    Features,
    cap_conflicting,
    consistent_matches,
    features,
    names_other_entity,
    probability,
    rank_candidates,
)
from factcli.names.tokens import Token, tokenize_name
from factcli.text import fold

words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10) | st.text("ابتثجحخدر", min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


def features_of(query: str, name: str) -> Features:
    alignment = Alignment(query, NameIndex([name]))
    assert 0 in alignment.found
    return features(alignment, 0)


def tokens(name: str) -> tuple[Token, ...]:
    return tokenize_name(fold(name))


@pytest.mark.parametrize(
    ("feature", "query", "name"),
    [
        ("across", "khanjar", "خنجر"),
        ("names_other_entity", "Niger", "Nigeria"),
        ("numbers", "task force 150", "قوة المهام 153"),
        ("places", "Iraqi Armed Forces", "Omani Armed Forces"),
        ("kinds", "جامعة السلطان قابوس", "ميناء السلطان قابوس"),
        ("given_names", "haitham bin ali", "هيثم بن طارق"),
        ("initials", "bhanjar", "Khanjar"),
    ],
)
def test_a_feature_is_there_for_one_name_and_not_for_an_equal_one(feature: str, query: str, name: str) -> None:
    assert getattr(features_of(query, name), feature) == 1
    assert getattr(features_of(name, name), feature) == 0


def test_tokens_too_many_are_counted_in_thirds_and_particles_are_not() -> None:
    assert features_of("khanjar", "Khanjar Hadd Exercise").surplus == pytest.approx(2 / 3)
    assert features_of("haitham bin tariq", "هيثم طارق").surplus == 0


@given(names, st.lists(names, min_size=1, max_size=4))
def test_features_are_in_their_range(query: str, pool: list[str]) -> None:
    alignment = Alignment(query, NameIndex(pool))
    for i in alignment.found:
        found = features(alignment, i)
        assert 0 <= found.similarity <= 1 + 1e-9
        assert 0 <= found.letters <= 2
        assert found.surplus >= 0
        assert {*found[4:], found.across} <= {0, 1}
        assert 0 < probability(found) < 1


@given(names, st.lists(names, min_size=1, max_size=4))
def test_no_token_is_matched_twice(query: str, pool: list[str]) -> None:
    alignment = Alignment(query, NameIndex(pool))
    for i in alignment.found:
        matches = consistent_matches(alignment, i)
        for masks in ([m.query_mask for m in matches], [m.name_mask for m in matches]):
            assert sum(masks) == sum(1 << bit for bit in range(20) if any(mask >> bit & 1 for mask in masks))


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_more_similarity_is_more_probable(one: float, other: float, across: bool) -> None:
    less, more = sorted((one, other))
    sure = [probability(Features(similarity, across, 0.5, 0, *[False] * 6)) for similarity in (less, more)]
    assert sure[0] <= sure[1]


@given(st.floats(0, 1), st.sampled_from(range(3, 10)))
def test_features_against_a_name_make_it_less_probable(similarity: float, at: int) -> None:
    fair = Features(similarity, False, 0.5, 0, *[False] * 6)
    assert COEFFICIENTS[at] < 0
    assert probability(fair._replace(**{Features._fields[at]: 1})) < probability(fair)


def test_two_cities_are_not_similar_however_they_are_spelled() -> None:
    match = TokenMatch(0.9, 1, 1)
    assert cap_conflicting(match, tokens("Salalah"), tokens("Salala")).similarity == 0.9
    assert cap_conflicting(match, tokens("Aden"), tokens("Adam")).similarity == 0.5
    assert cap_conflicting(match, tokens("Aden"), tokens("Arden")).similarity == 0.9


def test_a_query_that_is_a_known_name_is_that_alone() -> None:
    assert names_other_entity(tokens("Niger"), tokens("Nigeria"))
    assert not names_other_entity(tokens("Niger"), tokens("النيجر"))
    assert not names_other_entity(tokens("Aselsan"), tokens("Nigeria"))
    assert not names_other_entity(tokens("Niger river"), tokens("Nigeria"))


def test_given_names_differ_where_each_has_one_that_the_other_lacks() -> None:
    assert features_of("haitham bin ali", "هيثم بن طارق").given_names
    assert not features_of("haitham", "هيثم بن طارق").given_names


def test_the_country_that_is_asked_for_excludes_others() -> None:
    alignment = Alignment("Nigeria", NameIndex(["النيجر", "نيجيريا", "Nigerian Navy"]))
    assert {i for i, _ in rank_candidates(alignment)} == {1, 2}


def test_no_more_candidates_are_scored_than_that() -> None:
    pool = [f"khanjar {letter}{letter}{letter}x" for letter in "abcdefghijklmnopqrst"]
    assert len(rank_candidates(Alignment("khanjar", NameIndex(pool)))) == MAX_CANDIDATES


@given(st.lists(names, min_size=1, max_size=5, unique_by=fold), st.data())
def test_the_short_cut_for_an_equal_name_agrees_with_the_long_way(pool: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(pool))
    assume(len(fold(name)) > 2)
    long_way = rank_candidates(Alignment(name, NameIndex(pool)))
    assert long_way[0][1] == max(score for i, score in long_way if pool[i] == name)
    assert rank(name, pool) == [(pool.index(name), 100.0)]
