"""Candidate facts of an article."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from factcli.reading import find_published, read
from factcli.reading.candidates import CUT, Candidate
from factcli.records.problems import Candidate as Record
from factcli.records.problems import Place
from factcli.records.validate import validate

ARTICLE = """Oman and India sign defence memorandum

MUSCAT, March 13 - Oman and India signed a memorandum of understanding on Tuesday. It covers 40 patrol boats.

The two countries had held the exercise Palm Harbour in January 2024. Oman bought 12 jets from Italy in 2019.

India has not signed any contract for 20 jets. Trade rose by 7 per cent in 2023.
"""
PUBLISHED = "2025-03-13"


def facts(text: str, published: str = PUBLISHED) -> list[dict[str, Any]]:
    return [one.fact for one in read(text, published) if one.confidence > CUT]


def test_an_article_has_its_facts_in_order() -> None:
    found = facts(ARTICLE)
    assert [(one["kind"], one["date"], one["partners"], one["status"]) for one in found] == [
        ("agreement", "2025-03-11", ["IN", "OM"], "signed"),
        ("exercise", "2024-01", ["IN", "OM"], "held"),
        ("sale", "2019", ["IT", "OM"], None),
        ("statistic", "2023", [], None),
    ]


def test_the_headline_and_a_detail_are_places_of_the_same_fact() -> None:
    agreement = facts(ARTICLE)[0]
    assert [(one["paragraph"], one["sentence"]) for one in agreement["sources"]] == [(2, 1), (1, 1), (2, 2)]
    assert [(one["value"], one["unit"]) for one in agreement["numbers"]] == [(40, "boats")]


def test_a_headline_alone_is_a_fact() -> None:
    assert [
        one["kind"] for one in facts("Oman signs an agreement with India for $5 million in 2019\n\nNothing else.\n")
    ] == ["agreement"]


def test_a_date_by_the_day_of_publication_is_inferred_with_its_note() -> None:
    agreement, exercise, *_ = facts(ARTICLE)
    assert (agreement["date_basis"], exercise["date_basis"]) == ("inferred", "stated")
    assert "2025-03-13" in agreement["date_note"]["en"]
    assert exercise["date_note"] is None


def test_an_exercise_is_a_party_with_its_name() -> None:
    exercise = facts(ARTICLE)[1]
    assert exercise["parties"] == [{"entity": "palm-harbour", "role": "exercise", "name": {"en": "Palm Harbour"}}]


def test_quotes_stand_in_the_text_and_facts_are_valid() -> None:
    for one in facts(ARTICLE):
        assert all(place["quote"] in ARTICLE for place in one["sources"])
        plain = {**one, "parties": [{"entity": party["entity"], "role": party["role"]} for party in one["parties"]]}
        assert [problem for problem in validate(Record(Place("a"), plain)) if problem.severity == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Born in 1940 in Oman, he visited Muscat and wrote three books.",
        "Oman hopes that India would sign an agreement if asked.",
        "Jordan denies the purchase of 16 jets for $640 million from Pakistan.",
        "حقوق النشر محفوظة. لم توقع عمان أي اتفاقية مع الهند في 2019.",
        "",
        "\n\n",
    ],
)
def test_what_states_no_fact_is_not_shown(text: str) -> None:
    assert facts(text) == []


def test_candidates_are_the_same_in_another_process() -> None:
    found = read(ARTICLE, PUBLISHED)
    assert found
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(isinstance(one, Candidate) and 0 <= one.confidence <= 1 for one in found)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Title\n6 November 2025\nOn Tuesday they met.", "2025-11-06"),
        ("LISBON, May 23, 2024 - The Admiralty", "2024-05-23"),
        ("العنوان\nالخميس 13 مارس 2025\nنص", "2025-03-13"),
        ("On Tuesday they met, in 2019.", None),
        ("One.\n" * 10 + "6 November 2025", None),
    ],
)
def test_the_day_of_publication_is_looked_for_in_the_first_lines(text: str, published: str | None) -> None:
    found = find_published(text)
    assert (found.value if found else None) == published


def test_one_state_of_an_article_about_many_is_no_pair() -> None:
    text = "\n".join(
        f"Oman met {name} in 2019." for name in ("India", "India", "Egypt", "Qatar", "Iran", "Japan", "Chad")
    )
    assert facts(f"{text}\nOman bought 12 boats for $5 million in 2020.")[-1]["partners"] == ["OM"]
