"""The stages of a look-up: what each finds, and that each is entered only where the one before found nothing."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search.index import Index
from factcli.search.parse import parse
from factcli.search.stages import Outcome, look_up, phrases

FACTS = store.read(["builtin"])
INDEX = Index(FACTS, Lexicon())


def outcome(words: str, exact: bool = False) -> Outcome:
    return look_up(parse((words,), INDEX, "2026-01-15"), INDEX, exact, False)


def hows(words: str) -> set[str]:
    return {match.how for matches in outcome(words).by_fact.values() for match in matches}


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("Khanjar Hadd", {"exact"}),
        ("counter-piracy", {"folded"}),
        ("drones OR pirates", set()),
        ("khanjr hadd", {"typo"}),
        ("5anjar", {"across scripts"}),
    ],
)
def test_the_first_stage_that_finds_something_answers(words: str, how: set[str]) -> None:
    assert hows(words) == how


def test_an_aspect_is_dropped_with_a_note_where_no_fact_speaks_of_it() -> None:
    with_aspect, without = outcome("outcome of the tow sale"), outcome("tow sale")
    assert with_aspect.by_fact.keys() == without.by_fact.keys() != set()
    assert [note.code for note in with_aspect.notes] == ["aspect"]
    assert outcome("importance of the joint fund").notes == ()


def test_a_year_may_be_one_that_a_title_has() -> None:
    found = {FACTS.facts[fact]["id"] for fact in outcome("renewal of the 1980 agreement").by_fact}
    assert found == {"us-om-agreement-renewal-2010"}


def test_exact_has_one_stage() -> None:
    assert outcome("khanjr hadd", exact=True).by_fact == {}


def test_facts_without_a_date_are_kept_apart() -> None:
    found = outcome("turkey 2024")
    assert found.undated and not found.undated & found.by_fact.keys()
    assert all(FACTS.facts[fact]["date"] is None for fact in found.undated)


def test_neighbouring_words_are_phrases() -> None:
    question = parse(("joint naval exercise in 2023 gulf waters",), INDEX, "2026-01-15")
    assert list(phrases(question)) == ["joint naval", "gulf waters"]
