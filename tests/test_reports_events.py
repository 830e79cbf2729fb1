"""Events: parts are counted with their whole, once, and stand behind it; no fact is lost, whatever the links are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import search, store
from factcli.lexicon import Lexicon
from factcli.model import Answer, Hit, Table, View
from factcli.reports import REPORTS, facts_table
from factcli.reports.events import count_text, events_of, marked, with_parts_below
from factcli.reports.summaries import chart_table, partners_table
from factcli.reports.values import Values

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
TURKEY = search.find(("turkey",), FACTS, LEXICON)


def fact(name: str, *wholes: str) -> dict[str, Any]:
    return {"id": name, "links": [{"rel": "part-of", "fact": whole} for whole in wholes]}


def below(*facts: dict[str, Any]) -> str:
    return " ".join("." * level + row["id"] for row, level in with_parts_below(facts))


@pytest.mark.parametrize(
    ("facts", "events"),
    [
        ([fact("a"), fact("b")], {"a": "a", "b": "b"}),
        ([fact("a", "b"), fact("b", "c"), fact("c")], {"a": "c", "b": "c", "c": "c"}),
        ([fact("a", "elsewhere")], {"a": "a"}),
        ([fact("a", "elsewhere", "b"), fact("b")], {"a": "b", "b": "b"}),
        ([fact("a", "a")], {"a": "a"}),
        ([fact("c", "a"), fact("b", "a"), fact("a", "b")], {"a": "a", "b": "a", "c": "a"}),
        ([{"id": "a", "links": [{"rel": "about", "fact": "b"}]}, fact("b")], {"a": "a", "b": "b"}),
    ],
    ids=["two", "a part of a part", "of no fact", "of the first that is there", "itself", "a circle", "another link"],
)
def test_a_part_is_counted_with_the_outermost_whole(facts: list[dict[str, Any]], events: dict[str, str]) -> None:
    assert events_of(facts, {fact["id"]: fact for fact in facts}) == events


def test_parts_stand_below_their_whole() -> None:
    assert below(fact("x", "b"), fact("a"), fact("b", "a"), fact("c"), fact("y", "a")) == "a .b ..x .y c"
    assert below(fact("a", "b"), fact("b", "a"), fact("c")) == "c a .b"
    assert below(fact("a", "elsewhere")) == "a"
    assert below(fact("a"), fact("b", "a"), fact("a")) == "a .b a"


IDS = st.sampled_from("abcdef")


@given(st.dictionaries(IDS, st.lists(IDS, max_size=2)))
def test_every_fact_stands_once(links: dict[str, list[str]]) -> None:
    facts = [fact(name, *wholes) for name, wholes in links.items()]
    assert sorted(row["id"] for row, _ in with_parts_below(facts)) == sorted(links)
    assert events_of(facts, {fact["id"]: fact for fact in facts}).keys() == links.keys()


def test_a_part_is_marked_in_every_language() -> None:
    assert marked({"en": "A visit", "ar": "زيارة"}, 2) == {"en": "· · A visit", "ar": "· · زيارة"}
    assert marked([{"en": "A"}, "b"], 1) == [{"en": "· A"}, "b"]
    assert (marked(None, 1), marked([], 1), marked("x", 0)) == (None, [], "x")


def test_counts_in_words() -> None:
    values = Values(FACTS, LEXICON)
    assert count_text(22, 8, values) == {"en": "22 facts, 8 events", "ar": "22 واقعة، 8 أحداث"}
    assert count_text(1, 1, values)["en"] == "1 fact"
    assert count_text(3, 3, values)["en"] == "3 facts"


def column(table: Table, name: str) -> list[Any]:
    at = [column.name for column in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_partners_and_years_have_as_many_events_as_the_answer() -> None:
    partners, _ = partners_table(TURKEY, FACTS, LEXICON, View(), "objects")
    assert (column(partners, "facts"), column(partners, "events")) == ([22], [8])
    years = chart_table(TURKEY, FACTS, LEXICON, View(), "objects")
    assert (sum(column(years, "facts")), sum(column(years, "events"))) == (22, 8)


def test_two_parts_of_an_event_that_is_not_in_the_answer_are_one_event() -> None:
    events = events_of(FACTS.facts, FACTS.by_id)
    parts = [hit for hit in TURKEY.hits if events[hit.fact["id"]] == "tr-om-sultan-visit-2024" != hit.fact["id"]]
    assert len(parts) > 1
    partners, _ = partners_table(Answer(parts), FACTS, LEXICON, View(), "objects")
    assert column(partners, "events") == [1]


def test_a_terminal_has_parts_below_their_event_and_their_number() -> None:
    made = facts_table(REPORTS["partner"], TURKEY, FACTS, LEXICON, View(), "display")
    titles = [title["en"] for title in column(made, "title")]
    assert sum(title.startswith("· ") for title in titles) == 22 - 8
    ids = column(made, "id")
    assert titles[ids.index("tr-om-sultan-visit-2024") + 1].startswith("· ")
    assert [total["en"] for total in made.totals] == ["22 facts, 8 events"]
    few = facts_table(REPORTS["partner"], Answer(TURKEY.hits[:1]), FACTS, LEXICON, View(), "display")
    assert few.totals == ()


@pytest.mark.parametrize("kind", ["text", "objects", "cells"])
def test_programs_have_facts_as_they_come(kind: str) -> None:
    made = facts_table(REPORTS["partner"], TURKEY, FACTS, LEXICON, View(), kind)
    assert column(made, "id") == [hit.fact["id"] for hit in TURKEY.hits]
    assert made.totals == ()


def test_the_year_of_a_part_is_that_of_its_event() -> None:
    whole: Any = {**FACTS.facts[0], "id": "whole", "date": "2020", "links": []}
    part: Any = {**whole, "id": "part", "date": "2023", "links": [{"rel": "part-of", "fact": "whole"}]}
    others: list[Any] = [{**whole, "id": f"other-{n}", "date": "2021"} for n in range(12)]
    facts = FACTS._replace(facts=[whole, part, *others], by_id={one["id"]: one for one in (whole, part, *others)})
    answer = Answer([Hit(one, ()) for one in (whole, *others, part)])
    made = facts_table(REPORTS["timeline"], answer, facts, LEXICON, View(), "display")
    assert [heading["en"] for heading in made.headings][:3] == ["2020: 2 facts, 1 event"] * 2 + ["2021: 12 facts"]
    assert column(made, "id")[:2] == ["whole", "part"]
    years = chart_table(answer, facts, LEXICON, View(), "objects")
    assert column(years, "year") == ["2020", "2021", "2023"]
    assert column(years, "events") == [1, 12, 0]


def test_long_chains_of_parts_are_gone_through_once() -> None:
    """Each fact is part of the next; a walk up from each of them would take hours."""
    names = [f"f{number}" for number in range(20000)]
    facts: Any = [
        {"id": one, "links": [{"rel": "part-of", "fact": whole}] if whole else []}
        for one, whole in zip(names, [*names[1:], ""], strict=True)
    ]
    assert set(events_of(facts, {fact["id"]: fact for fact in facts}).values()) == {"f19999"}
    assert marked("x", 20000) == "· " * 9 + "x"
