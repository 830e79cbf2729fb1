"""What the data says of words: what means the same, what only joins others, numbers; none is met by mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search.index import TEXTS, Index, any_of
from factcli.text import fold, script

DATA = Path(__file__).parent.parent / "data"
GROUPS = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
TERMS = {
    name: [form for place in ("both", "texts", "query") for form in group.get(place, ())]
    for name, group in GROUPS.items()
    if group.keys() & {"both", "texts", "query"}
}
"""The forms of each group that a query may have."""
LANGUAGES = {lang: json.loads((DATA / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("en", "ar")}
FACTS = store.read(["builtin"])
INDEX = Index(FACTS, Lexicon())


def said(meaning: str) -> dict[str, set[str]]:
    """The facts in whose texts a word for the thing is met, each with the words."""
    found: dict[str, set[str]] = {}
    for piece, text in INDEX.page("", TEXTS).found(any_of(INDEX.lexicon.words_for(meaning))):
        found.setdefault(FACTS.facts[piece.fact]["id"], set()).add(text)
    return found


@pytest.mark.parametrize("meaning", TERMS)
def test_a_thing_has_words_in_both_languages_each_once(meaning: str) -> None:
    keys = [fold(word) for word in TERMS[meaning]]
    assert len(set(TERMS[meaning])) == len(TERMS[meaning])
    assert {script(key) for key in keys} >= ({"latn", "arab"})
    assert all(fold(word) == word for word in TERMS[meaning] if word.isascii())


@pytest.mark.parametrize("meaning", TERMS)
def test_a_thing_is_meant_by_all_its_words_and_looked_for_in_texts_by_some(meaning: str) -> None:
    lexicon = Lexicon()
    assert all(meaning in lexicon.meanings(fold(word)) for word in TERMS[meaning])
    only_asked = set(map(fold, GROUPS[meaning].get("query", ())))
    assert set(lexicon.words_for(meaning)) == {fold(word) for word in TERMS[meaning]} - only_asked != set()


def test_a_word_that_counts_in_names_alone_means_nothing_in_a_query() -> None:
    assert Lexicon().meanings("grand prix") == set()
    assert Lexicon().words_for("grand prix") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_that_only_join_others_are_no_names_months_numbers_or_kinds(lang: str) -> None:
    lexicon = Lexicon()
    words = [word for group in LANGUAGES[lang]["function_words"].values() for word in group]
    assert len(words) > 50
    for word in words:
        key = fold(word)
        assert not (lexicon.countries_named(key) or lexicon.months_named(key) or lexicon.numbers_like(key)), word
        assert not (lexicon.kinds_named(key) or key in INDEX.names), word


def test_no_number_word_is_two_numbers() -> None:
    words = [fold(word) for data in LANGUAGES.values() for named in data["numbers"].values() for word in named]
    assert len(words) == len(set(words)) > 70


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("soldier", {"forces", "service members", "القوات", "للقوات"}),
        ("yearly", {"yearly", "every year", "سنوي", "كل سنه"}),
        ("expertise", {"expertise", "خبرات", "الخبره"}),
        ("statement", {"statement", "statements", "تصريح", "لتصريحه", "التصريحات", "بيان", "البيان"}),
        ("peace", {"peaceful", "السلام"}),
        ("safety", {"safety", "وسلامه"}),
        ("operation", {"operations", "العمليات", "عمليات", "عملياتها", "لعمليات"}),
        ("role", {"role", "دور", "دورا"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_looks_like_another_word_in_the_shipped_file_is_not_met(meaning: str, words: set[str]) -> None:
    assert set().union(*said(meaning).values()) == words


def test_contracts_are_not_what_somebody_has_to_deal_with() -> None:
    assert "us-centcom-exercises-statement" not in {**said("contract"), **said("agreement")}
