"""Misspelt words: which others they may have been meant to be, and which are near enough to be suggested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.typos import corrections, max_edits, nearest, within_max_edits
from factcli.text import fold

words = st.text("abcxyzابت -'É", max_size=12)


@given(st.text("abcd", min_size=4, max_size=14), st.integers(0, 13), st.sampled_from("xyz"))
def test_one_wrong_letter_is_believed(key: str, at: int, letter: str) -> None:
    wrong = key[: at % len(key)] + letter + key[at % len(key) + 1 :]
    ((place, score),) = corrections(wrong, [key])
    assert place == 0
    assert 0 < score < 100


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_misspelling_goes_both_ways_and_equal_is_none(one: str, other: str) -> None:
    forth, back = corrections(one, [other]), corrections(other, [one])
    assert forth == back
    if one == other or min(max_edits(one), max_edits(other)) == 0:
        assert forth == []


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_what_is_near_enough_to_be_misspelt_is_equal_or_a_correction(one: str, other: str) -> None:
    assert within_max_edits(one, other) is (one == other or corrections(one, [other]) != [])


def test_corrections_are_best_first_and_have_the_same_digits() -> None:
    assert [at for at, _ in corrections("khanjr hadd", ["khanjaar hadd", "khanjar hadd", "salalah"])] == [1, 0]
    assert corrections("force 150", ["force 153", "forces 150"]) == [(1, 90.0)]


@pytest.mark.parametrize(
    ("word", "choices", "found"),
    [
        pytest.param("khanjr", ["Salalah", "Khanjar"], ["Khanjar"], id="a missing letter"),
        pytest.param("TURKEY", ["turkiye", "Turkey"], ["Turkey", "turkiye"], id="equal but for case, then near"),
        pytest.param("إتفاقيه", ["اتفاقية"], ["اتفاقية"], id="folded"),
        pytest.param("us_fms_2023", ["us-fms-2024", "us-fms-2023"], ["us-fms-2023", "us-fms-2024"], id="an id"),
        pytest.param("abc", ["xyz"], [], id="nothing near"),
        pytest.param("", ["", "a"], [], id="an empty word"),
        pytest.param("…", ["", "…"], [], id="no letters"),
        pytest.param("oman", ["Oman", "OMAN", "oman"], ["Oman"], id="equal keys once"),
        pytest.param("a", [], [], id="no choices"),
    ],
)
def test_what_is_near(word: str, choices: list[str], found: list[str]) -> None:
    assert nearest(word, choices) == found


@given(words, st.lists(words, max_size=6), st.integers(1, 4))
def test_what_is_near_is_given_as_it_is_once_and_at_most_so_many(word: str, choices: list[str], limit: int) -> None:
    found = nearest(word, iter(choices), limit)
    assert len(found) <= limit
    assert set(found) <= set(choices)
    assert len({fold(choice) for choice in found}) == len(found)
    assert found == nearest(word, choices, limit=6)[:limit]


@given(words, st.lists(words, max_size=6))
def test_an_equal_choice_is_the_nearest(word: str, choices: list[str]) -> None:
    if fold(word):
        assert fold(nearest(word, [*choices, word])[0]) == fold(word)
