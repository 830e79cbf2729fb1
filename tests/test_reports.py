"""What subcommands report: the columns asked for, exact values for programs, order and length as the view has them."""

from __future__ import annotations

from typing import Any

import pytest

from factcli import search, store
from factcli.dates import is_dated
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import FACT_KEYS, Answer, Hit, Match, Reading, Table, View
from factcli.reports import REPORTS, cut, facts_table, match_value, newest_first, year_of

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
EVERYTHING = search.find((), FACTS, LEXICON)
TOW = search.with_ids(["us-om-tow-2023"], FACTS)
MATCH = Match("tow", 90.0, "party", "TOW", "alias")


def table(name: str, answer: Answer = TOW, kind: str = "objects", **view: Any) -> Table:
    return facts_table(REPORTS[name], answer, FACTS, LEXICON, View(**view), kind)


def names(made: Table) -> list[str]:
    return [column.name for column in made.columns]


def test_programs_get_every_key_of_a_fact_as_it_is() -> None:
    made = table("timeline")
    assert names(made) == [*FACT_KEYS, "date_start", "date_end"]
    row = dict(zip(names(made), made.rows[0], strict=True))
    fact = TOW.hits[0].fact
    assert {key: row[key] for key in FACT_KEYS if key != "parties"} == {
        key: value for key, value in fact.items() if key != "parties"
    }
    assert (row["date_start"], row["date_end"]) == ("2023-10-01", "2023-10-31")


def test_flat_files_have_a_column_a_language() -> None:
    assert {"title.en", "title.ar", "note.en"} < set(names(table("timeline", kind="cells")))
    assert "title" not in names(table("timeline", kind="cells"))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("kind", ["text", "display"])
def test_people_get_the_columns_of_the_report(name: str, kind: str) -> None:
    made = table(name, kind=kind)
    assert names(made) == list(REPORTS[name].columns)
    assert all(column.label["en"] and column.label["ar"] for column in made.columns)
    assert made.cards is REPORTS[name].cards


@pytest.mark.parametrize("name", REPORTS)
def test_in_a_pipe_the_id_comes_first(name: str) -> None:
    first, *others = names(table(name, kind="text", format="plain"))
    assert first == "id"
    assert sorted(others) == sorted(column for column in REPORTS[name].columns if column != "id")


def test_chosen_fields_of_a_whole_fact_are_a_row_in_a_pipe() -> None:
    assert table("show", kind="text", format="plain").cards
    assert not table("show", kind="text", format="plain", fields="id").cards
    assert table("show", kind="display", fields="id").cards


@pytest.mark.parametrize("kind", ["objects", "cells", "text", "display"])
def test_fields_are_those_named_in_their_order(kind: str) -> None:
    made = table("timeline", kind=kind, fields="title.en, id,date")
    assert names(made) == ["title.en", "id", "date"]
    assert made.rows[0][:2] == [TOW.hits[0].fact["title"]["en"], "us-om-tow-2023"]
    assert {column.under for column in made.columns} == {None}


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no field 'colour'; the fields are id, kind, "):
        table("timeline", fields="id,colour")
    with pytest.raises(UsageError, match="no field 'match'"):
        table("timeline", fields="match")


def test_how_a_fact_matched_is_a_key_for_programs_and_a_column_with_explain() -> None:
    answer = Answer([Hit(TOW.hits[0].fact, (MATCH,))], readings=(Reading("tow", "name"),))
    assert names(table("timeline", answer))[-1] == "match"
    assert "match" not in names(table("timeline", answer, "display"))
    explained = table("timeline", answer, explain=True).rows[0][-1]
    assert explained["reading"] == [{"words": "tow", "as": "name"}]
    made = table("timeline", answer, "display", explain=True)
    assert names(made)[-1] == "match"
    assert made.rows[0][-1] == ["tow → TOW (party, alias, 90)"]


def test_the_score_of_a_fact_is_that_of_its_weakest_match_and_a_little_of_the_others() -> None:
    weak = MATCH._replace(term="oman", score=60.0)
    found = match_value((MATCH, weak))
    assert found["score"] == 60.0 + 0.1 * 15
    assert (found["field"], found["text"], found["how"]) == ("party", "TOW", "alias")
    assert [one["word"] for one in found["words"]] == ["tow", "oman"]


def test_a_long_timeline_has_its_years_as_headings_and_a_short_one_none() -> None:
    made = table("timeline", EVERYTHING, "display")
    years = [heading["en"] for heading in made.headings]
    assert len(years) == len(made.rows) > 12
    assert [year.partition(":")[0] for year in years] == [
        year_of(hit.fact["date"]) or "no date" for hit in EVERYTHING.hits
    ]
    assert {year for year in years if year[:4] in ("1833", "2023", "2024")} == {
        "1833", "2023: 3 facts", "2024: 7 facts, 1 event",
    }  # fmt: skip
    assert table("timeline", Answer(EVERYTHING.hits[:12]), "display").headings == ()
    assert table("partner", EVERYTHING, "display").headings == ()
    assert table("timeline", EVERYTHING, "objects").headings == ()


def test_sales_have_their_totals_by_status_for_people_alone() -> None:
    totals = table("sale", Answer([hit for hit in EVERYTHING.hits if hit.fact["kind"] == "sale"]), "display").totals
    assert [total["en"] for total in totals] == ["Total, approved: 70 million USD", "Total, in force: 2.7 billion USD"]
    assert totals[0]["ar"] == "المجموع، موافق عليه: 70 مليون دولار أميركي"
    assert table("sale", kind="cells").totals == table("timeline", kind="display").totals == ()


@pytest.mark.parametrize(
    ("date", "year"), [("2023-10~", "2023"), ("2015/..", "2015"), ("../1990", "1990"), ("XXXX-10", ""), (None, "")]
)
def test_the_year_of_a_date(date: str | None, year: str) -> None:
    assert year_of(date) == year


def test_newest_first_leaves_the_undated_last() -> None:
    reverse = list(newest_first(EVERYTHING.hits))
    dated = [hit for hit in EVERYTHING.hits if is_dated(hit.fact["date"])]
    assert reverse[: len(dated)] == dated[::-1]
    assert reverse[len(dated) :] == EVERYTHING.hits[len(dated) :] != []


@pytest.mark.parametrize(
    ("limit", "count_only", "left"), [(None, False, 3), (3, False, 3), (2, False, 2), (2, True, 3)]
)
def test_a_limit_cuts_and_is_noted_where_it_does(limit: int | None, count_only: bool, left: int) -> None:
    items, notes = cut([1, 2, 3], View(limit=limit, count_only=count_only))
    assert items == [1, 2, 3][:left]
    assert [note.values for note in notes] == ([{"shown": 2, "all": 3}] if left == 2 else [])
