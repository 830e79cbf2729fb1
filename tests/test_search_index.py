"""The facts by what they can be asked for: names, countries, words of texts."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search.index import Index
from factcli.text import fold

FACTS = store.read(["builtin"])
INDEX = Index(FACTS, Lexicon())


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("khanjar hadd", "khanjar-hadd"),
        ("خنجر الحد", "khanjar-hadd"),
        ("خنجر حد", "khanjar-hadd"),
        ("سلطنة عمان", "oman"),
    ],
)
def test_a_name_is_looked_up_by_its_key_up_to_arabic_articles(words: str, entity: str) -> None:
    assert {name.entity for name in INDEX.names_with_key(fold(words))} == {entity}


def test_names_and_texts_are_kept_by_script() -> None:
    assert all(name.key.isascii() for name in INDEX.latin.names)
    assert not any(name.key.isascii() for name in INDEX.arabic.names)
    assert {"title.ar", "note.ar"} <= {text.field for text in INDEX.arabic.texts}
    assert {"title.en", "note.en", "id"} <= {text.field for text in INDEX.latin.texts}


def test_the_vocabulary_is_the_words_of_the_texts() -> None:
    for part in (INDEX.latin, INDEX.arabic):
        assert set(part.vocabulary) == {word for text in part.texts for word in text.key.split()}


def test_forms_of_a_word_are_those_in_use_itself_first() -> None:
    assert INDEX.latin.inflections("exercises")[:2] == ["exercises", "exercise"]
    assert "اتفاقيات" in INDEX.arabic.inflections("اتفاقيه")
    assert INDEX.latin.inflections("qwrtz") == []


def test_a_phrase_is_found_together_and_in_order_in_any_form() -> None:
    found = {FACTS.facts[text.fact]["id"]: form for text, form in INDEX.latin.with_phrase("joint exercise")}
    assert "joint exercises" in found.values()
    assert not list(INDEX.latin.with_phrase("exercise joint"))
    assert not list(INDEX.latin.with_words("joint exercisess"))


def test_a_country_has_the_facts_of_its_partnership_and_its_parties() -> None:
    for code, facts in INDEX.by_country.items():
        for fact in facts:
            parties = [FACTS.entities[party["entity"]] for party in FACTS.facts[fact]["parties"]]
            assert code in FACTS.facts[fact]["partners"] or any(one["country"] == code for one in parties)


def test_the_name_of_an_entity_that_no_file_describes_is_its_id() -> None:
    fact = {**FACTS.facts[0], "parties": [{"entity": "nobody-knows", "role": "host"}]}
    index = Index(FACTS._replace(facts=[fact]), Lexicon())  # type: ignore[list-item]
    assert [name.entity for name in index.names_with_key("nobody knows")] == ["nobody-knows"]


def test_the_seat_of_a_hamza_is_no_other_word() -> None:
    assert INDEX.with_other_hamza(fold("الرءيس")) == [fold("الرئيس")]


def test_a_shadda_distinguishes_amman_from_oman() -> None:
    assert INDEX.differs_by_shadda("عمّان")
    assert not INDEX.differs_by_shadda("عُمان")
    assert not INDEX.differs_by_shadda("عمان")
