"""Is each value of a fact in the passage that it cites."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from factcli import reading, store

TEXT = """Gulf News
Oman bought 12 boats from Italy for $50 million on Tuesday. It did not buy tanks. The two countries met in Muscat.
More than 900 troops trained for five days in May 2024. «Peace lasts»; Aselsan was there.
Oman bought 12 boats again.
"""
SOURCES = {"news": {"id": "news", "issued": "2025-03-13"}}
ENTITIES: dict[str, dict[str, Any]] = {
    "oman": {"id": "oman", "type": "country", "name": {"en": "Oman"}, "aliases": [], "country": "OM"},
    "aselsan": {"id": "aselsan", "type": "company", "name": {"en": "Aselsan"}, "aliases": [], "country": "TR"},
}


def check(locator: dict[str, Any], text: str = TEXT, **fact: Any) -> Any:
    checker = reading.evidence_checker({"news": text}, SOURCES, ENTITIES)
    return checker.check({"id": "f", "sources": [{"source": "news", **locator}], **fact})


def verdict(field: str, value: Any, sentence: tuple[int, int] = (2, 1), **fact: Any) -> tuple[str, str | None]:
    evidence = check({"paragraph": sentence[0], "sentence": sentence[1]}, **fact)
    return next((one.verdict, one.found) for one in evidence.fields if (one.field, one.value) == (field, value))


def number(value: float, unit: str, op: str = "=") -> list[dict[str, Any]]:
    return [{"what": "quantity", "op": op, "value": value, "unit": unit}]


@pytest.mark.parametrize(
    ("locator", "quote", "place"),
    [
        ({"quote": "It did not buy tanks."}, "found", (2, 2)),
        ({"quote": "it  did NOT buy tanks"}, "found", (2, 2)),
        ({"quote": "It did buy tanks."}, "not-found", (None, None)),
        ({"quote": "did not buy tan"}, "not-found", (None, None)),
        ({"quote": '"Peace lasts"'}, "found", (3, 2)),
        ({"quote": "buy tanks. The two countries"}, "found", (2, 2)),
        ({"quote": "Oman bought 12 boats"}, "ambiguous", (None, None)),
        ({"quote": "Oman bought 12 boats", "paragraph": 4, "sentence": 1}, "found", (4, 1)),
        ({"quote": "It did not buy tanks.", "paragraph": 4, "sentence": 1}, "found", (2, 2)),
        ({"quote": "..."}, "not-found", (None, None)),
        ({"paragraph": 2, "sentence": 2}, "no-quote", (2, 2)),
        ({"paragraph": 9, "sentence": 1}, "not-found", (9, 1)),
        ({"digest": hashlib.sha256(b"It did not buy tanks.").hexdigest()[:12]}, "found", (2, 2)),
        ({"digest": "0123456789ab", "paragraph": 2, "sentence": 2}, "wrong-digest", (2, 2)),
    ],
)
def test_the_passage_is_located(locator: dict[str, Any], quote: str, place: tuple[int | None, int | None]) -> None:
    evidence = check(locator)
    assert evidence.quote == quote
    assert (evidence.paragraph, evidence.sentence) == place


@pytest.mark.parametrize(
    ("date", "sentence", "expected"),
    [
        ("2025-03-11", (2, 1), "supported"),
        ("2025-03", (2, 1), "supported"),
        ("2025", (2, 1), "not-found"),
        ("2025-03-18", (2, 1), "contradicted"),
        ("2024-05", (3, 1), "supported"),
        ("2024-05~", (3, 1), "supported"),
        ("2024-05/..", (3, 1), "supported"),
        ("2024-05-07", (3, 1), "not-found"),
        ("2024-05", (2, 1), "in-article"),
    ],
)
def test_dates(date: str, sentence: tuple[int, int], expected: str) -> None:
    assert verdict("date", date, sentence, date=date, date_basis="stated")[0] == expected


@pytest.mark.parametrize(
    ("date", "note", "expected"),
    [("2024", {"en": "why"}, "supported"), ("2023", {"en": "why"}, "contradicted"), ("2024", None, "not-found")],
)
def test_an_inferred_date_needs_its_note_and_no_contradiction(date: str, note: Any, expected: str) -> None:
    assert verdict("date", date, (3, 1), date=date, date_basis="inferred", date_note=note)[0] == expected


@pytest.mark.parametrize(
    ("value", "unit", "op", "sentence", "expected"),
    [
        (12, "boat", "=", (2, 1), ("supported", "12 boats")),
        (13, "boat", "=", (2, 1), ("contradicted", "12 boats")),
        (50_000_000, "USD", "=", (2, 1), ("supported", "$50 million")),
        (50_000_000, "EUR", "=", (2, 1), ("not-found", None)),
        (500_000_000, "USD", "=", (2, 1), ("contradicted", "$50 million")),
        (900, "person", ">", (3, 1), ("supported", "900 troops")),
        (900, "person", "=", (3, 1), ("supported", "900 troops")),
        (900, "person", "<", (3, 1), ("contradicted", "900 troops")),
        (12, "boat", ">", (2, 1), ("contradicted", "12 boats")),
        (5, "day", "=", (3, 1), ("supported", "five days")),
        (5, "year", "=", (3, 1), ("not-found", None)),
        (900, "person", ">", (2, 2), ("in-article", "900 troops")),
    ],
)
def test_numbers(value: float, unit: str, op: str, sentence: tuple[int, int], expected: tuple[str, str | None]) -> None:
    assert verdict("number", value, sentence, numbers=number(value, unit, op)) == expected


@pytest.mark.parametrize(
    ("code", "sentence", "expected"),
    [
        ("OM", (2, 1), "supported"),
        ("IT", (2, 3), "supported"),  # the two countries
        ("OM", (2, 3), "supported"),
        ("TR", (3, 2), "supported"),  # by Aselsan
        ("IT", (3, 1), "in-article"),
        ("NO", (2, 1), "not-found"),
    ],
)
def test_partners(code: str, sentence: tuple[int, int], expected: str) -> None:
    assert verdict("partner", code, sentence, partners=[code])[0] == expected


@pytest.mark.parametrize(
    ("entity", "sentence", "expected"),
    [
        ("aselsan", (3, 2), "supported"),
        ("aselsan", (2, 1), "in-article"),
        ("oman", (4, 1), "supported"),
        ("nobody", (4, 1), "not-found"),
    ],
)
def test_parties(entity: str, sentence: tuple[int, int], expected: str) -> None:
    assert verdict("party", entity, sentence, parties=[{"entity": entity, "role": "lead"}])[0] == expected


def test_a_fact_is_supported_where_everything_is() -> None:
    right = check({"paragraph": 2, "sentence": 1}, date="2025-03-11", partners=["IT", "OM"], numbers=number(12, "boat"))
    assert right.is_supported
    assert not check({"paragraph": 2, "sentence": 1}, partners=["IT", "NO"]).is_supported
    assert not check({"quote": "It bought tanks."}).is_supported


def test_what_a_fact_cites_in_several_places_is_looked_for_in_all() -> None:
    checker = reading.evidence_checker({"news": TEXT}, SOURCES, ENTITIES)
    places = [{"source": "news", "paragraph": 2, "sentence": 1}, {"source": "news", "paragraph": 3, "sentence": 1}]
    fact = {"id": "f", "date": "2024-05", "partners": ["IT"], "numbers": number(900, "person"), "sources": places}
    assert checker.check(fact).is_supported


def test_a_fact_of_other_sources_cites_no_text() -> None:
    checker = reading.evidence_checker({"news": TEXT}, SOURCES, ENTITIES)
    assert not checker.cites_text({"sources": [{"source": "other"}]})
    assert not checker.cites_text({"sources": None})


# -- the shipped facts

ARTICLES = Path(__file__).parent.parent.parent / "shared" / "sources"

DESCRIBED = {
    "treaty-of-amity-and-commerce", "facilities-access-agreement",  # described, not named
    "royal-navy", "french-navy",  # one noun with three adjectives
    "middle-east",
}  # fmt: skip
"""Entities that no sentence names as they are called."""


@pytest.mark.skipif(not ARTICLES.exists(), reason="the articles are not here, so no shipped fact can be compared")
def test_every_value_of_the_shipped_facts_is_supported_or_its_inference_explained() -> None:
    facts = store.read(())
    texts = {source: (ARTICLES / f"{source}.txt").read_text(encoding="utf-8") for source in facts.sources}
    checker = reading.evidence_checker(texts, facts.sources, facts.entities)
    for fact in facts.facts:
        evidence = checker.check(fact)
        assert evidence.quote == "found", fact["id"]
        for field in evidence.fields:
            where = (fact["id"], field)
            if field.verdict == "supported":
                assert not field.is_inferred or fact["date_note"], where
            elif field.field == "party":
                assert field.verdict == "in-article" or field.value in DESCRIBED, where
            else:
                assert field.field == "partner", where
                assert field.verdict == "in-article", where
