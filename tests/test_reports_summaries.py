"""Facts counted and summed: money by currency with its bounds, bars in proportion, each fact counted once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import search, store
from factcli.lexicon import Lexicon
from factcli.model import OPERATORS, STATUSES, Answer, Hit, Number, Row, Table, View
from factcli.reports import REPORTS, facts_table
from factcli.reports.summaries import (
    bar,
    bound_of_sum,
    chart_table,
    entities_table,
    info_table,
    money_by_status,
    partners_table,
    sums,
)
from factcli.text.numbers import parse_float

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
EVERYTHING = search.find((), FACTS, LEXICON)


def column(table: Table, name: str) -> list[Any]:
    at = [column.name for column in table.columns].index(name)
    return [row[at] for row in table.rows]


def money(value: float, unit: str = "USD", op: str = "=") -> Number:
    return {"what": "value", "op": op, "value": value, "unit": unit}


@given(st.lists(st.tuples(st.integers(0, 10**12), st.sampled_from(["USD", "OMR", "missile"]))))
def test_money_is_summed_by_currency_and_nothing_else_is(numbers: list[tuple[int, str]]) -> None:
    summed = {one["unit"]: one["value"] for one in sums([money(*one) for one in numbers])}
    assert summed == {
        unit: sum(value for value, other in numbers if other == unit) for _, unit in numbers if unit != "missile"
    }


def test_what_is_no_value_is_not_summed() -> None:
    assert sums([{"what": "quantity", "op": "=", "value": 3, "unit": "USD"}]) == []


@pytest.mark.parametrize(
    ("one", "other", "bound"),
    [
        ("=", "=", "="),
        ("=", ">", ">"),
        (">=", "=", ">="),
        ("~", "=", "~"),
        (">", "<", "~"),
        (">", "~", "~"),
        ("<=", "<=", "<="),
    ],
)
def test_a_sum_is_as_certain_as_its_parts(one: str, other: str, bound: str) -> None:
    assert bound_of_sum(one, other) == bound
    assert sums([money(1, op=one), money(2, op=other)]) == [money(3, op=bound)]


@given(st.lists(st.sampled_from(OPERATORS), min_size=1))
def test_a_sum_is_exact_if_all_its_parts_are(operators: list[str]) -> None:
    (summed,) = sums([money(1, op=op) for op in operators])
    assert (summed["op"] == "=") is (set(operators) == {"="})


@given(st.integers(1, 1000), st.integers(0, 1000), st.integers(1, 40))
def test_a_bar_is_in_proportion_and_empty_for_nothing_alone(most: int, count: int, longest: int) -> None:
    count = min(count, most)
    assert len(bar(count, most, longest)) <= longest
    assert bool(bar(count, most, longest)) is (count > 0)
    assert len(bar(most, most, longest)) == longest
    assert bar(max(count - 1, 0), most, longest) <= bar(count, most, longest)


def test_a_chart_counts_each_fact_once() -> None:
    table = chart_table(EVERYTHING, FACTS, LEXICON, View(), "objects")
    assert sum(column(table, "facts")) == len(FACTS.facts)
    years = [str(year) for year in column(table, "year") if year]
    assert years == sorted(years)
    assert [sum(kinds.values()) for kinds in column(table, "kinds")] == column(table, "facts")


def test_partners_have_the_facts_they_take_part_in_most_first() -> None:
    table, notes = partners_table(EVERYTHING, FACTS, LEXICON, View(), "objects")
    counts = dict(zip(column(table, "partner"), column(table, "facts"), strict=True))
    assert counts == {
        code: sum(code in fact["partners"] for fact in FACTS.facts)
        for code in {code for fact in FACTS.facts for code in fact["partners"]} - {"OM"}
    }
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert notes == ()


def test_partners_beyond_the_limit_are_noted() -> None:
    table, (note,) = partners_table(EVERYTHING, FACTS, LEXICON, View(limit=1), "objects")
    assert len(table.rows) == 1
    assert (note.code, note.values["shown"]) == ("limited", 1)


def test_statistics_are_left_out_of_the_money_of_a_partner() -> None:
    sale = {**FACTS.facts[0], "partners": ["US"], "kind": "sale", "numbers": [money(5)]}
    statistic = {**sale, "id": "other", "kind": "statistic"}
    answer = Answer([Hit(fact, ()) for fact in (sale, statistic)])
    table, _ = partners_table(answer, FACTS._replace(facts=[sale, statistic]), LEXICON, View(), "objects")
    assert column(table, "facts") == [2]
    assert column(table, "money") == [[{**money(5), "status": sale["status"]}]]


def test_the_row_about_the_files_counts_what_is_in_them() -> None:
    table = info_table(["builtin"], FACTS, LEXICON, View(), "objects")
    (row,) = (dict(zip([one.name for one in table.columns], row, strict=True)) for row in table.rows)
    assert (row["facts"], row["entities"]) == (len(FACTS.facts), len(FACTS.entities))
    assert sum(row["kinds"].values()) == len(FACTS.facts)
    assert row["undated"] == sum(fact["date"] is None for fact in FACTS.facts)
    assert [source["id"] for source in row["sources"]] == list(FACTS.sources)


def sold(key: str, value: float, status: str | None, *wholes: str, rel: str = "part-of", **changed: Any) -> Row:
    numbers = [{"what": "value", "op": "=", "value": value, "unit": "USD"}]
    links = [{"rel": rel, "fact": whole} for whole in wholes]
    return {"id": key, "kind": "sale", "numbers": numbers, "status": status, "links": links, **changed}


def added(*rows: Row, facts: Any = ()) -> list[tuple[str | None, float]]:
    return [(status, one["value"]) for status, one in money_by_status(rows, facts)]


def test_money_of_one_status_is_never_added_to_that_of_another() -> None:
    rows = [sold("a", 1, "signed"), sold("b", 2, "approved"), sold("c", 4, "signed"), sold("d", 8, None)]
    assert [(status, one["value"]) for status, one in money_by_status(rows)] == [
        ("approved", 2), ("signed", 5), (None, 8)
    ]  # fmt: skip


def test_a_total_and_its_part_are_not_added() -> None:
    whole, part = sold("a", 10, "signed"), sold("b", 3, "signed", "a")
    assert [one["value"] for _, one in money_by_status([whole, part])] == [10]
    assert [one["value"] for _, one in money_by_status([part])] == [3]


def test_a_part_of_a_part_is_not_added_though_what_is_between_has_no_money() -> None:
    rows = [sold("a", 10, "signed"), sold("c", 3, "signed", "b")]
    assert added(*rows, facts=[sold("b", 0, "signed", "a", numbers=[])]) == [("signed", 10)]
    assert added(*rows) == [("signed", 13)]


def test_a_part_of_another_status_has_a_total_of_its_own() -> None:
    rows = [sold("a", 10, "signed"), sold("b", 3, "delivered", "a"), sold("c", 4, "delivered", "a")]
    assert added(*rows) == [("signed", 10), ("delivered", 7)]
    assert added(sold("a", 10, "cancelled"), sold("b", 3, "signed", "a")) == [("signed", 3), ("cancelled", 10)]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_the_same_is_added_once(order: int) -> None:
    rows = [sold("a", 10, "signed"), sold("b", 10, "signed", "a", rel="same-as"), sold("c", 5, "signed")]
    assert added(*rows[::order]) == [("signed", 15)]
    others = [sold("x", 10, "signed"), sold("y", 10, "signed")]
    assert added(*others, facts=[sold("hub", 0, None, "x", "y", rel="same-as", numbers=[])]) == [("signed", 10)]


def test_parts_in_a_circle_are_added_once() -> None:
    assert added(sold("a", 10, "signed", "b"), sold("b", 10, "signed", "a")) == [("signed", 10)]
    assert added(sold("a", 10, "signed", "a")) == [("signed", 10)]


@given(st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from([*STATUSES, None])), max_size=12))
def test_no_status_is_added_to_another(sales: list[tuple[int, str | None]]) -> None:
    rows = [sold(str(at), *sale) for at, sale in enumerate(sales)]
    assert dict(added(*rows)) == {
        status: sum(value for value, other in sales if other == status) for _, status in sales
    }


def test_bounds_stay_and_statistics_are_never_added() -> None:
    more: Any = [money(70, op=">")]
    rows = [sold("a", 1, "signed"), sold("b", 0, "signed", numbers=more), sold("c", 9, "signed", kind="statistic")]
    assert money_by_status(rows) == [("signed", money(71, op=">"))]


def test_statistics_are_lines_of_their_own_among_sales() -> None:
    base = {**FACTS.facts[0], "partners": ["US"], "links": [], "kind": "sale"}
    facts: Any = [
        {**base, "id": "a", "status": "signed", "numbers": [money(1_000_000)]},
        {**base, "id": "b", "status": None, "numbers": [money(2_000_000, op=">")]},
        {**base, "id": "c", "kind": "statistic", "status": "reported", "numbers": [money(5_000_000, op=">=")]},
        {**base, "id": "d", "kind": "statistic", "numbers": [{"what": "value", "op": "=", "value": 7, "unit": "year"}]},
    ]
    found = FACTS._replace(facts=facts)
    report = REPORTS["sale"]
    answer = search.find((), found, LEXICON, kinds=report.kinds)
    assert [hit.fact["id"] for hit in answer.hits] == ["a", "b", "c"]
    totals = facts_table(report, answer, found, LEXICON, View(), "display").totals
    assert [total["en"] for total in totals] == [
        "Total, signed: 1 million USD",
        "Total, no status: more than 2 million USD",
        "Statistic, reported: at least 5 million USD",
    ]
    assert totals[2]["ar"].startswith("إحصاء، ")


def test_entities_of_a_type_have_their_facts_counted_once() -> None:
    table, notes = entities_table("person", EVERYTHING, FACTS, LEXICON, View(), "objects")
    assert notes == ()
    assert column(table, "events") == sorted(column(table, "events"), reverse=True)
    for one, count in zip(column(table, "id"), column(table, "facts"), strict=True):
        assert FACTS.entities[one]["type"] == "person"
        of_person = [
            fact
            for fact in FACTS.facts
            if fact["said_by"] == one or one in [party["entity"] for party in fact["parties"]]
        ]
        assert count == len(of_person)
    table, (note,) = entities_table("person", EVERYTHING, FACTS, LEXICON, View(limit=2), "display")
    assert len(table.rows) == 2
    assert note.values["all"] > 2


@pytest.mark.parametrize(
    ("literals", "total"),
    [
        (["0.1", "0.2"], "0.3"),
        (["0.5", "0.5"], "1"),
        (["0.1234567890123456789", "7"], "7.1234567890123456789"),
        (["1e18", "0.0000000000000000001", "1"], "1000000000000000001.0000000000000000001"),
    ],
)
def test_a_sum_has_every_digit_of_its_parts(literals: list[str], total: str) -> None:
    numbers: list[Number] = [{"what": "value", "op": "=", "value": parse_float(one), "unit": "USD"} for one in literals]
    (summed,) = sums(numbers)
    assert str(summed["value"]) == total
