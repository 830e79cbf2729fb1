"""`data/facts.json`: sources that say so, both languages, links that lead on."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from factcli import model
from factcli.text import fold

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
FILE = json.loads((ROOT / "data" / "facts.json").read_text(encoding="utf-8"))
FACTS = list(FILE["facts"].values())
ENTITIES = list(FILE["entities"].values())
BY_ID = {fact["id"]: fact for fact in FACTS}

MAX_SHARED_WORDS = 8
"""Words in a row that a text may share with an article."""


def sentences(source: str) -> dict[tuple[int, int], str]:
    """The sentences of an article by paragraph and number, both from 1."""
    text = (SOURCES / f"{source}.txt").read_text(encoding="utf-8")
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    split = [re.split(r"(?<=[.!؟?…])(?=\s|$)", paragraph) for paragraph in paragraphs]
    return {
        (i, k): part.strip() for i, parts in enumerate(split, 1) for k, part in enumerate(filter(str.strip, parts), 1)
    }


def test_there_are_facts_and_entities() -> None:
    assert len(FACTS) > 40
    assert len(ENTITIES) > 40


@pytest.mark.skipif(not SOURCES.exists(), reason="the articles are not here, so no locator can be checked")
@pytest.mark.parametrize("source", ["us-oman", "turkey-oman"])
def test_every_locator_is_a_sentence_of_the_article(source: str) -> None:
    known = sentences(source)
    locators = [place for fact in FACTS for place in fact["sources"] if place["source"] == source]
    assert locators
    for place in locators:
        sentence = known[place["paragraph"], place["sentence"]]
        assert place["digest"] == hashlib.sha256(sentence.encode()).hexdigest()[:12]


@pytest.mark.parametrize("fact", FACTS, ids=[fact["id"] for fact in FACTS])
def test_a_fact_has_every_key_in_order_and_both_languages(fact: model.Fact) -> None:
    assert tuple(fact) == model.FACT_KEYS
    for text in (fact["title"], fact["note"], fact["remark"], fact["date_note"]):
        assert text is None or (set(text) == {"en", "ar"} and all(text.values()))
    assert fact["kind"] in model.KINDS
    assert fact["status"] is None or fact["status"] in model.STATUSES


def test_notes_say_what_the_source_says_and_remarks_what_it_does_not() -> None:
    for fact in FACTS:
        note = fact["note"] or {"en": "", "ar": ""}
        assert not re.search("source", note["en"]), fact["id"]
        assert not re.search("المصدر", note["ar"]), fact["id"]


def event_of(fact: model.Fact) -> str:
    """The id of the fact that this one is part of in the end."""
    wholes = [link["fact"] for link in fact["links"] if link["rel"] == "part-of"]
    assert len(wholes) <= 1
    return event_of(BY_ID[wholes[0]]) if wholes else fact["id"]


def test_what_was_one_event_is_linked_as_one() -> None:
    facts = Counter(event_of(fact) for fact in FACTS if "TR" in fact["partners"])
    assert {event: count for event, count in facts.items() if count > 1} == {
        "tr-om-sultan-visit-2024": 7,
        "tr-om-gorgun-visit-2025": 6,
        "tr-om-fund-progress-2025": 4,
    }
    assert (sum(facts.values()), len(facts)) == (22, 8)


def test_a_statement_has_a_speaker_whom_its_title_names() -> None:
    statements = [fact for fact in FACTS if fact["kind"] == "statement"]
    assert len(statements) == 5
    for fact in statements:
        speaker = next(party["entity"] for party in fact["parties"] if party["role"] == "speaker")
        assert fact["said_by"] == speaker
        assert fact["title"]["en"].startswith(("Al Jarf", "US Central Command"))


def test_what_was_discussed_is_the_thing_and_not_the_meeting() -> None:
    assert {fact["kind"] for fact in FACTS if fact["status"] == "discussed"} == {"exercise", "agreement"}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("\u0640", ""))


@pytest.mark.skipif(not SOURCES.exists(), reason="the articles are not here, so nothing can be compared with them")
def test_no_sentence_of_the_articles_is_copied() -> None:
    """Eight words in a row are the longest name with its verb; nine are a clause."""
    told = [" ".join(map(fold, words(s))) for source in ("us-oman", "turkey-oman") for s in sentences(source).values()]
    for fact in FACTS:
        for text in (fact["title"], fact["note"], fact["remark"], fact["date_note"]):
            own = [fold(word) for word in words((text or {}).get("ar", ""))]
            for at in range(len(own) - MAX_SHARED_WORDS):
                run = " ".join(own[at : at + MAX_SHARED_WORDS + 1])
                assert not any(f" {run} " in f" {sentence} " for sentence in told), (fact["id"], run)


def test_parties_and_links_lead_somewhere() -> None:
    entities, ids = {entity["id"] for entity in ENTITIES}, [fact["id"] for fact in FACTS]
    assert len(ids) == len(set(ids))
    assert {party["entity"] for fact in FACTS for party in fact["parties"]} == entities
    assert {link["fact"] for fact in FACTS for link in fact["links"]} <= set(ids)


def test_no_name_stands_for_two_entities() -> None:
    names = {
        (fold(name), entity["id"]) for entity in ENTITIES for name in [*entity["name"].values(), *entity["aliases"]]
    }
    keys = [key for key, _ in names]
    assert len(keys) == len(set(keys))
