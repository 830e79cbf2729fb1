"""`data/synonyms.json`: a group is found by each of its words, and by no other word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcli import package_data, store
from factcli.lexicon import Lexicon
from factcli.search.index import Index
from factcli.text import fold, script

DATA = Path(__file__).parent.parent / "data"
GROUPS = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
TERMS = {
    name: [form for place in ("both", "texts", "query") for form in group.get(place, ())]
    for name, group in GROUPS.items()
    if group.keys() & {"both", "texts", "query"}
}
"""The forms of each group that a query may have."""
FACTS = store.read(["builtin"])
INDEX = Index(FACTS, Lexicon())


def found_in_texts(meaning: str) -> dict[str, set[str]]:
    """The facts whose texts have a word for the thing, each with the words."""
    found: dict[str, set[str]] = {}
    for word in INDEX.lexicon.words_for(meaning):
        for text, form in INDEX.of(word).with_phrase(word):
            found.setdefault(FACTS.facts[text.fact]["id"], set()).add(form)
    return found


@pytest.mark.parametrize("meaning", TERMS)
def test_a_thing_has_words_in_both_languages_each_once(meaning: str) -> None:
    keys = [fold(word) for word in TERMS[meaning]]
    assert len(set(TERMS[meaning])) == len(TERMS[meaning])
    assert {script(key) for key in keys} >= ({"latn", "arab"})
    assert all(fold(word) == word for word in TERMS[meaning] if word.isascii())


@pytest.mark.parametrize("meaning", TERMS)
def test_all_words_of_a_group_mean_it_and_some_are_searched_for_in_texts(meaning: str) -> None:
    lexicon = Lexicon()
    assert all(meaning in lexicon.meanings(fold(word)) for word in TERMS[meaning])
    only_asked = set(map(fold, GROUPS[meaning].get("query", ())))
    assert set(lexicon.words_for(meaning)) == {fold(word) for word in TERMS[meaning]} - only_asked != set()


def test_a_word_that_counts_in_names_alone_means_nothing_in_a_query() -> None:
    assert Lexicon().meanings("grand prix") == set()
    assert Lexicon().words_for("grand prix") == []


def test_words_that_only_join_others_are_no_names_or_countries() -> None:
    lexicon = Lexicon()
    rows = package_data.text("word-meanings.tsv").splitlines()
    known = {row.partition("\t")[0] for row in rows if not row.startswith("@")}
    fillers = {word for word in known if lexicon.words.meaning("fillers", word)}
    assert len(fillers) > 200
    for word in fillers:
        assert not (lexicon.countries_named(word) or INDEX.has_name(word)), word


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("soldier", {"forces", "service members", "القوات", "للقوات"}),
        ("yearly", {"yearly", "سنوي"}),
        ("expertise", {"expertise", "خبره", "الخبره"}),
        ("statement", {"statement"}),
        ("peace", {"peaceful", "السلام"}),
        ("safety", {"safety", "والسلامه", "وسلامه"}),
        ("operation", {"operations", "العمليات", "عمليات", "عملياتها", "لعمليات"}),
        ("role", {"role", "دور", "دورا"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_looks_like_another_word_in_the_shipped_file_is_no_synonym(meaning: str, words: set[str]) -> None:
    assert set().union(*found_in_texts(meaning).values()) == words


def test_to_deal_with_is_no_contract() -> None:
    assert "us-centcom-exercises-statement" not in {**found_in_texts("contract"), **found_in_texts("agreement")}
