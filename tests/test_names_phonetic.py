"""How much words sound alike across scripts: both ways, in a walk over many, for every given name that is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import package_data
from factcli.names.phonetic import LOOSE_BEAM, PhoneticQuery, SortedWords, gain_table, mark_edges, upper_bounds
from factcli.names.token_index import MIN_SOUND

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)
arabic = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8)


def similarity(query: str, name: str, score_cutoff: float = MIN_SOUND) -> float:
    script = "latn" if query.isascii() else "arab"
    tree = SortedWords([mark_edges(name)])
    return PhoneticQuery(query, script).search(tree, score_cutoff, LOOSE_BEAM).get(mark_edges(name), 0.0)


def spelled_in_both_scripts() -> list[tuple[str, str]]:
    """Every Latin spelling of a given name with its Arabic one."""
    lines = Path(package_data.path("known-names.tsv")).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [(form, name) for form, category, name in rows if category == "given name" and form.isascii()]


def test_similarity_of_sound_is_symmetric() -> None:
    pairs = [(one, other) for one, other in spelled_in_both_scripts() if len(one) > 2]
    sounds = [similarity(one, other) for one, other in pairs]
    assert sounds == pytest.approx([similarity(other, one) for one, other in pairs], abs=1e-9)
    assert len(sounds) > 500
    assert sum(sound > 0.5 for sound in sounds) > len(sounds) * 0.9


@given(st.lists(arabic, min_size=1, max_size=30, unique=True), latin)
def test_a_walk_over_many_words_finds_what_each_alone_would(many: list[str], query: str) -> None:
    together = PhoneticQuery(query, "latn").search(SortedWords(map(mark_edges, many)), 0.15)
    alone: dict[str, float] = {}
    for word in many:
        alone |= PhoneticQuery(query, "latn").search(SortedWords([mark_edges(word)]), 0.15)
    assert together == alone


@given(st.lists(arabic, min_size=1, max_size=10), latin, st.floats(0.1, 0.9))
def test_a_higher_cutoff_finds_the_better_of_the_same(many: list[str], query: str, score_cutoff: float) -> None:
    tree = SortedWords(map(mark_edges, many))
    found = PhoneticQuery(query, "latn").search(tree, 0.1)
    better = {word: similarity for word, similarity in found.items() if similarity >= score_cutoff}
    assert PhoneticQuery(query, "latn").search(tree, score_cutoff) == better
    assert all(0.1 <= similarity <= 1 for similarity in found.values())


@given(st.lists(arabic, min_size=1, max_size=10), latin)
def test_a_looser_beam_finds_no_less(many: list[str], query: str) -> None:
    tree = SortedWords(map(mark_edges, many))
    tight, loose = (PhoneticQuery(query, "latn").search(tree, MIN_SOUND, beam) for beam in ((350, 0.42), LOOSE_BEAM))
    assert all(loose[word] >= similarity for word, similarity in tight.items())


@given(latin, st.lists(arabic, max_size=12))
def test_what_was_noted_in_a_search_changes_no_other(query: str, words: list[str]) -> None:
    searched = SortedWords(map(mark_edges, words))
    first = PhoneticQuery(query, "latn").search(searched, MIN_SOUND)
    PhoneticQuery("khanjar", "latn").search(searched, MIN_SOUND, LOOSE_BEAM)
    assert PhoneticQuery(query, "latn").search(searched, MIN_SOUND) == first


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [("khanjar", "خنجر", "صقر"), ("7add", "حد", "هند"), ("salala", "صلاله", "عدن"), ("خنجر", "khunjar", "fulcrum")],
)
def test_a_word_sounds_more_like_its_counterpart(query: str, near: str, far: str) -> None:
    assert similarity(query, near) > 0.5 > similarity(query, far)


@pytest.mark.parametrize("script", ["latn", "arab"])
def test_no_piece_gains_more_than_its_best(script: str) -> None:
    table = gain_table(script)
    for piece, row in table.gains.items():
        assert not piece or max(row.values()) == table.best[piece]
    assert upper_bounds("", table.best) == [0]
