"""Names indexed by the tokens and symbols of several sorts, in memory and in tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.align import Alignment
from factcli.names.index import (
    NameIndex,
    StoredNameIndex,
    all_symbols,
    all_tokens,
    distinctive,
    generic,
    joined,
    symbols,
    whole,
)
from factcli.names.score import rank_candidates
from factcli.names.tokens import Symbol, tokenize_name
from factcli.text import fold

words = st.text("abdhklmnrsu", min_size=1, max_size=8) | st.text("ابحخدرسلمنه", min_size=1, max_size=6)
names = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=6)

NAMES = NameIndex(["وزارة الدفاع", "Abd al-Salam", "صلالة", "خنجر الحد", "almasri"])


def test_names_are_found_by_their_key_and_without_a_clitic() -> None:
    assert NAMES.equal("صلاله") == [2]
    assert NAMES.equal("بصلاله") == [2]
    assert NAMES.equal("لخنجر الحد") == [3]
    assert not NAMES.equal("salalah")


def spans(sort: object, name: str) -> dict[object, int]:
    return dict(sort(tokenize_name(fold(name))))  # type: ignore[operator]


def test_tokens_are_distinctive_or_generic() -> None:
    assert spans(distinctive, "almasri") == {"almasri": 1, "masri": 1}
    assert spans(generic, "وزارة الدفاع") == {"وزاره": 1, "دفاع": 2}
    assert spans(distinctive, "وزارة الدفاع") == {}
    assert spans(all_tokens, "قوة خنجر") == spans(distinctive, "قوة خنجر") | spans(generic, "قوة خنجر")


def test_neighbours_and_whole_names_are_joined_without_and_with_articles() -> None:
    assert spans(joined, "خنجر الحد") == {"خنجر حد": 3, "خنجر الحد": 3}
    assert spans(whole, "خنجر الحد") == {"خنجرحد": 3}
    assert spans(joined, "قوة المهام المشتركة")["قوه مهام مشتركه"] == 7


def test_symbols_of_distinctive_tokens_are_apart_from_those_of_all() -> None:
    assert spans(symbols, "صلالة") == {Symbol("place", "salalah"): 1}
    assert NAMES.with_symbol(Symbol("place", "salalah"), symbols) == [2]
    assert NAMES.with_symbol(Symbol("kind", "ministry"), all_symbols) == [0]
    assert not NAMES.with_symbol(Symbol("kind", "ministry"), symbols)


@given(names)
def test_an_index_has_the_tokens_of_its_names(names: list[str]) -> None:
    index = NameIndex(names)
    index.prepare()
    for sort in (distinctive, generic, all_tokens, joined, whole):
        for i, name in enumerate(names):
            assert all(i in index.token_index(sort).names_with(str(text)) for text in spans(sort, name))


# -- in tables


@pytest.mark.parametrize("query", ["khanjar had", "خنجر حد khanjar", "su30", "almasri", "وزاره", "abd alsalam", "zz"])
@given(names=names)
def test_names_in_tables_are_ranked_as_those_in_memory(query: str, names: list[str]) -> None:
    made = NameIndex([*NAMES.names, *names])
    tables = {name: dict(table) for name, table in made.tables()}
    stored = StoredNameIndex(made.names, made.with_key, tables.__getitem__)
    assert list(stored.equal(fold(query))) == list(made.equal(fold(query)))
    for asked in (query, *names[:2]):
        assert rank_candidates(Alignment(asked, stored)) == rank_candidates(Alignment(asked, made))
