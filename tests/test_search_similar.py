"""Names and words that are like others: found alike in memory and in an index that is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.names import rank_in
from factcli.search.index import Index, ScriptIndex, mapper
from factcli.store import derived, indexer

LATER = 2**62
"""A time, in nanoseconds, long after any change of a file."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Index]:
    """The shipped facts in memory and by a stored index."""
    folder = str(tmp_path_factory.mktemp("cache"))
    path = str(Path(store.path_of("builtin")))
    made = Index(store.read([path]), Lexicon())
    assert indexer.make(indexer.contents([path]), folder, mapper(Lexicon()), LATER, lambda *_: None)
    stored = derived.open_index([path], folder, LATER)
    assert stored
    return made, Index(stored, Lexicon())


def script(index: Index, name: str) -> ScriptIndex:
    return index.latin if name == "latin" else index.arabic


@pytest.mark.parametrize("name", ["latin", "arabic"])
def test_keys_words_and_suggestions_are_those_of_a_length(both: tuple[Index, Index], name: str) -> None:
    made, stored = (script(index, name).similar for index in both)
    assert stored.keys_of_length(5, 9) == made.keys_of_length(5, 9)
    assert all(5 <= len(key) <= 9 for key in made.keys_of_length(5, 9))
    assert set(made.keys_of_length(0, 500)) == set(script(both[0], name).name_keys)
    for asked in ("salalh", "khanjr", "الخنجر", "zzzqx"):
        assert stored.suggested(asked, 60) == made.suggested(asked, 60)
    for start in ("salalah", "مناوره"):
        assert stored.words_of_length(start, 2) == made.words_of_length(start, 2)


def test_words_that_begin_alike_are_found_whatever_their_article(both: tuple[Index, Index]) -> None:
    found = both[0].arabic.similar.words_of_length("خنجر", 0)
    assert {"خنجر"} <= set(found)
    assert all(word.removeprefix("ال").startswith("خ") for word in found)


@pytest.mark.parametrize("query", ["5anjar 7add", "khanjar", "خنجر", "turkish trainin", "صلاله tow", "su30", "zzzqx"])
@pytest.mark.parametrize("pool", ["names", "words"])
@pytest.mark.parametrize("name", ["latin", "arabic"])
def test_names_and_words_are_ranked_alike(both: tuple[Index, Index], name: str, pool: str, query: str) -> None:
    made, stored = (getattr(script(index, name).similar, pool) for index in both)
    assert rank_in(query, stored) == rank_in(query, made)
    assert [stored.names[at] for at, _ in rank_in(query, stored)] == [made.names[at] for at, _ in rank_in(query, made)]


def test_words_of_texts_are_ranked_too(both: tuple[Index, Index]) -> None:
    made, stored = (index.arabic.similar.text_words for index in both)
    assert rank_in("tadr1b", stored) == rank_in("tadr1b", made)
    assert len(stored.names) == len(made.names) > len(both[0].arabic.similar.words.names)
    assert stored.equal(made.names[0]) == [0]
    assert not stored.equal("no such word")
