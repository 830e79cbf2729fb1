"""Which tokens of a query match which tokens of names: by themselves, joined, split, as whole names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.align import JOINED, SAME_SYMBOL, Alignment, TokenMatch
from factcli.names.index import NameIndex

words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10) | st.text("ابتثجحخدر", min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


def align(query: str, *pool: str) -> Alignment:
    return Alignment(query, NameIndex(list(pool)))


def best(query: str, name: str) -> dict[tuple[int, int], float]:
    """The best similarity of each pair of masks."""
    found: dict[tuple[int, int], float] = {}
    for similarity, query_mask, name_mask in align(query, name).matches(0):
        found[query_mask, name_mask] = max(similarity, found.get((query_mask, name_mask), 0.0))
    return found


@pytest.mark.parametrize(
    ("query", "name", "masks", "similarity"),
    [
        pytest.param("hadd khanjar", "Khanjar Hadd", (1, 2), 1.0, id="an equal token"),
        pytest.param("sword", "سيف", (1, 1), SAME_SYMBOL, id="the same word in the other language"),
        pytest.param("khanjar hadd", "Khanjarhadd", (3, 1), JOINED, id="two tokens that are one"),
        pytest.param("khanjarhadd", "Khanjar Hadd", (1, 3), 0.9, id="one token that is two"),
        pytest.param("بخنجر", "خنجر حد", (1, 1), 0.95, id="a clitic"),
        pytest.param("almasri", "Masri", (1, 1), 0.97, id="an article that is written with it"),
        pytest.param("khanj", "Khanjar", (1, 1), 0.8, id="a prefix"),
        pytest.param("FMS", "إف إم إس", (1, 1), 0.9, id="an abbreviation that is spelled"),
    ],
)
def test_tokens_match(query: str, name: str, masks: tuple[int, int], similarity: float) -> None:
    assert best(query, name)[masks] == pytest.approx(similarity, abs=0.05)


def test_generic_tokens_are_looked_for_where_others_match_nothing() -> None:
    names = ["Ministry of Education", "Aselsan"]
    assert align("ministry", *names).found.keys() == {0}
    assert align("ministry of aselsan", *names).found.keys() == {1}


def test_a_number_matches_the_same_number_alone() -> None:
    assert align("153", "153", "152", "1530").found.keys() == {0}


def test_a_shadda_makes_the_query_the_name_of_something_else() -> None:
    plain, marked = align("عمان", "عمان"), align("عمّان", "عمان")
    assert plain.key != marked.key
    assert plain.tokens[0].symbols.isdisjoint(marked.tokens[0].symbols)


def test_of_names_that_have_the_tokens_the_shorter_come_first() -> None:
    names = ["Khanjar Hadd Exercise Report", "Khanjar", "Khanjar Hadd"]
    assert align("khanjar", *names).candidates(3) == [1, 2, 0]
    assert align("khanjar", *names).candidates(1) == [1]


@given(names, st.lists(names, min_size=1, max_size=5), st.integers(1, 5))
def test_candidates_are_distinct_names_that_match_at_most_as_many_as_asked(
    query: str, pool: list[str], limit: int
) -> None:
    alignment = align(query, *pool)
    found = alignment.candidates(limit)
    assert len(set(found)) == len(found) == min(limit, len(alignment.found))
    assert set(found) <= alignment.found.keys()


@given(names, st.lists(names, min_size=1, max_size=5))
def test_matches_are_of_tokens_that_there_are(query: str, pool: list[str]) -> None:
    alignment = align(query, *pool)
    for i in alignment.found:
        for match in alignment.matches(i):
            assert isinstance(match, TokenMatch)
            assert 0 < match.similarity <= 1
            assert 0 < match.query_mask < 1 << len(alignment.tokens)
            assert 0 < match.name_mask < 1 << len(alignment.index.tokens(i))


@given(names)
def test_the_shares_of_all_tokens_are_the_share_of_the_query(query: str) -> None:
    alignment = align(query)
    assert alignment.share((1 << len(alignment.tokens)) - 1) == pytest.approx(sum(alignment.shares))
    assert alignment.share(0) == 0
