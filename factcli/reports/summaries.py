"""Facts counted and summed: by partner, by year, and what the files hold as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from factcli import package_data
from factcli.dates import sort_key
from factcli.lexicon import Lexicon, is_money
from factcli.model import FACT_KEYS, STATUSES, Answer, Fact, Facts, Hit, Note, Number, Row, Table, View
from factcli.reports import DISPLAY, Report, cut, make_table, year_of
from factcli.reports.events import events_of
from factcli.reports.fields import ENTITY_COUNT_FIELDS, INFO_FIELDS, PARTNER_FIELDS, YEAR_FIELDS, Field
from factcli.reports.values import Values
from factcli.text.numbers import add, drop_zero_fraction

BAR = "█"
MAX_REACHED = 1000
"""Facts of which one may be a part, or the same, before its money is counted for itself: no more are followed."""

MAX_BAR, MAX_CHART_BAR = 8, 30
"""Cells of the longest bar beside a number, and of the longest bar of a chart."""

INFO_KEYS = ("files", "schema", "home", "facts", "entities", "kinds", "first", "last", "undated", "sources", "fields",
             "mappings", "index")  # fmt: skip


# -- partners


def partners_table(
    answer: Answer, facts: Facts, lexicon: Lexicon, view: View, kind: str
) -> tuple[Table, tuple[Note, ...]]:
    """One row a partner, most events first, and a note where rows were cut off."""
    values = Values(facts, lexicon)
    by_code: dict[str, list[Hit]] = {}
    for hit in answer.hits:
        for code in hit.fact["partners"]:
            by_code.setdefault(code, []).append(hit)
    by_code.pop(str(values.home), None)
    events = events_of((hit.fact for hit in answer.hits), facts.by_id)
    around = values.facts_around(dict(hit.fact) for hit in answer.hits)
    rows = [partner_row(code, hits, values, events, around) for code, hits in by_code.items()]
    return counted_table(rows, PARTNER_FIELDS, values, view, kind)


def partner_row(code: str, hits: list[Hit], values: Values, events: dict[str, str], around: Sequence[Fact]) -> Row:
    """What there is about one partner: its counts, also by kind, and its money by status and currency.

    `around` are the facts that links lead to. Statistics are left out of the money: they count what other facts may
    report one by one.
    """
    money = money_by_status([dict(hit.fact) for hit in hits], around)
    return {
        "partner": code,
        "name": values.countries([code])[0],
        **counts(hits, events),
        "kinds": dict(Counter(hit.fact["kind"] for hit in hits).most_common()),
        "money": [{**summed, "status": status} for status, summed in money],
    }


def entities_table(
    entity_type: str, answer: Answer, facts: Facts, lexicon: Lexicon, view: View, kind: str
) -> tuple[Table, tuple[Note, ...]]:
    """One row an entity of this type, most events first, and a note where rows were cut off."""
    values = Values(facts, lexicon)
    by_entity: dict[str, list[Hit]] = {}
    for hit in answer.hits:
        named = dict.fromkeys([*(party["entity"] for party in hit.fact["parties"]), hit.fact["said_by"]])
        for one in named:
            if one and one in facts.entities and facts.entities[one]["type"] == entity_type:
                by_entity.setdefault(one, []).append(hit)
    events = events_of((hit.fact for hit in answer.hits), facts.by_id)
    rows: list[Row] = [{"id": one, "name": values.name(one), **counts(hits, events)} for one, hits in by_entity.items()]
    return counted_table(rows, ENTITY_COUNT_FIELDS, values, view, kind)


def counts(hits: Sequence[Hit], events: dict[str, str]) -> Row:
    """The number of facts and of their events, first and last date. `events` has the event of each fact."""
    first, last = first_and_last(hit.fact for hit in hits)
    return {
        "facts": len(hits),
        "events": len({events[hit.fact["id"]] for hit in hits}),
        "first": first,
        "last": last,
    }


def first_and_last(facts: Iterable[Fact]) -> tuple[str | None, str | None]:
    """The first and the last date of facts, as EDTF; None where no fact is dated."""
    dates = sorted((fact["date"] for fact in facts if fact["date"]), key=sort_key)
    return (dates[0], dates[-1]) if dates else (None, None)


def counted_table(
    rows: list[Row], fields: dict[str, Field], values: Values, view: View, kind: str
) -> tuple[Table, tuple[Note, ...]]:
    """Rows with counts, most events first, as bars on a terminal; and a note where rows were cut off.

    Of equal counts the first in the alphabet, by the first of the fields, comes first.
    """
    keys = tuple(fields)
    rows = sorted(rows, key=lambda row: (-row["events"], -row["facts"], row[keys[0]]))
    most = max((row["events"] for row in rows), default=0)
    shown, notes = cut(rows[::-1] if view.reverse else rows, view)
    table = make_table(shown, Report(keys, "name"), keys, fields, values, view, kind)
    return (with_bars(table, most) if kind == DISPLAY else table), notes


def with_bars(table: Table, most: int) -> Table:
    """The table with a bar beside the number of events in each row."""
    digits, rows = len(str(most)), list(table.rows)
    for at, column in enumerate(table.columns):
        if column.name == "events":
            for row in rows:
                row[at] = f"{row[at]:>{digits}} {bar(int(str(row[at])), most, MAX_BAR):<{MAX_BAR}}"
    return table._replace(rows=rows)


def bar(count: int, most: int, longest: int) -> str:
    """A bar for `count` where the greatest is `most`; empty for 0 alone."""
    return BAR * max(round(longest * count / most), 1 if count else 0)


def money_by_status(rows: Sequence[Row], facts: Sequence[Fact] = ()) -> list[tuple[str | None, Number]]:
    """The money in facts by status and currency, in the order of statuses: what was approved was not delivered.

    Each event is summed once: what is part of another of the rows that has money in the same status, by however many
    links of `facts`, and what is the same as another, is left out. Statistics are no events, and left out too.
    """
    wholes: dict[str, set[str]] = {}
    same: dict[str, set[str]] = {}
    for fact in (*facts, *rows):
        for link in fact["links"]:
            if link["rel"] == "part-of":
                wholes.setdefault(fact["id"], set()).add(link["fact"])
            elif link["rel"] == "same-as":
                same.setdefault(fact["id"], set()).add(link["fact"])
                same.setdefault(link["fact"], set()).add(fact["id"])
    by_status: dict[str | None, dict[str, list[Number]]] = {}
    for row in rows:
        if row["kind"] != "statistic" and sums(row["numbers"]):
            by_status.setdefault(row["status"], {})[row["id"]] = row["numbers"]
    summed: list[tuple[str | None, Number]] = []
    for status in (*STATUSES, None):
        numbers: list[Number] = []
        counted: set[str] = set()
        valued = by_status.get(status, {})
        above = {one: reached(one, wholes) for one in valued}
        for one in valued:
            # In a circle of parts, all but the first of it are left out.
            around = any(one not in above[whole] for whole in above[one] & valued.keys())
            if not around and counted.isdisjoint(reached(one, same) | above[one]):
                counted.add(one)
                numbers += valued[one]
        summed += [(status, number) for number in sums(numbers)]
    return summed


def reached(fact: str, links: dict[str, set[str]]) -> set[str]:
    """The ids that links lead to from a fact, itself left out; the nearest, where they are very many."""
    found, waiting = {fact}, [fact]
    while waiting and len(found) < MAX_REACHED:
        further = links.get(waiting.pop(), set()) - found
        found |= further
        waiting += further
    return found - {fact}


def sums(numbers: Sequence[Number]) -> list[Number]:
    """The money in `numbers`, summed by currency; a sum of which one part is only bounded is bounded itself."""
    summed: dict[str, Number] = {}
    for number in numbers:
        unit = number.get("unit") or ""
        if number.get("what") == "value" and is_money(unit):
            so_far = summed.setdefault(unit, {"what": "value", "op": "=", "value": 0, "unit": unit})
            so_far["value"] = add(so_far["value"], drop_zero_fraction(number["value"]))
            so_far["op"] = bound_of_sum(so_far["op"], number.get("op") or "=")
    return list(summed.values())


def bound_of_sum(one: str, other: str) -> str:
    """The operator of a sum of two numbers, given their operators; `~` where these disagree."""
    loose = {one.rstrip("="), other.rstrip("=")} - {""}
    if not loose:
        return "="
    if len(loose) > 1:
        return "~"
    return one if one != "=" else other


# -- years


def chart_table(answer: Answer, facts: Facts, lexicon: Lexicon, view: View, kind: str) -> Table:
    """Facts by year and kind, and events as bars; what is without a date last.

    An event is counted in its own year where it is in the answer, else in that of the first of its parts.
    """
    events = events_of((hit.fact for hit in answer.hits), facts.by_id)
    years = {hit.fact["id"]: year_of(hit.fact["date"]) for hit in answer.hits}
    year_of_event: dict[str, str] = {}
    for fact, year in years.items():
        year_of_event.setdefault(events[fact], years.get(events[fact], year))
    by_year: dict[str, Counter[str]] = {}
    for hit in answer.hits:
        by_year.setdefault(years[hit.fact["id"]], Counter())[hit.fact["kind"]] += 1
    counts = Counter(year_of_event.values())
    most = max(counts.values(), default=0)
    rows: list[Row] = [
        {
            "year": year or None,
            "facts": kinds.total(),
            "events": counts[year],
            "bar": bar(counts[year], most, MAX_CHART_BAR),
            "kinds": dict(kinds.most_common()),
        }
        for year, kinds in by_year.items()
    ]
    values = Values(facts, lexicon)
    return make_table(rows, Report(tuple(YEAR_FIELDS)), tuple(YEAR_FIELDS), YEAR_FIELDS, values, view, kind)


# -- files


def info_table(
    files: Sequence[str], facts: Facts, lexicon: Lexicon, view: View, kind: str, index: str | None = None
) -> Table:
    """One row about the files themselves; `index` is the path of their index, if there is one."""
    first, last = first_and_last(facts.facts)
    row: Row = {
        "files": list(files),
        "schema": facts.meta.get("schema"),
        "home": facts.meta.get("home"),
        "facts": len(facts.facts),
        "entities": len(facts.entities),
        "kinds": dict(Counter(fact["kind"] for fact in facts.facts).most_common()),
        "first": first,
        "last": last,
        "undated": sum(not fact["date"] for fact in facts.facts),
        "sources": list(facts.sources.values()),
        "fields": list(FACT_KEYS),
        "mappings": package_data.names(".toml"),
        "index": index,
    }
    values = Values(facts, lexicon)
    return make_table([row], Report(INFO_KEYS, cards=True), INFO_KEYS, INFO_FIELDS, values, view, kind)
