"""From an answer to a table of plain values, for programs or for people: the reports of the subcommands.

A report is a row: its columns, the kinds of facts it is about, whether it has totals. What a column shows is in the
table of `fields`; `Values` are exact, `display` has them in the words of a terminal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from factcli._lazy import Lazy
from factcli._namedtuple import NamedTuple
from factcli.dates import is_dated, span
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import (
    COMMAS,
    FACT_KEYS,
    LANGUAGES,
    OPTIONAL_KEY,
    Answer,
    Column,
    Facts,
    Hit,
    Match,
    Note,
    Reading,
    Row,
    Table,
    Text,
    Value,
    View,
)
from factcli.reports.values import Values

if TYPE_CHECKING:
    from factcli.reports.fields import Field, Show

T = TypeVar("T")

OBJECTS, CELLS, TEXT, DISPLAY = "objects", "cells", "text", "display"
"""What a format has in its cells: JSON values by key, flat values in columns, exact text, words of a terminal."""


class Report(NamedTuple):
    """A subcommand: the columns people see, the one that names the fact, the kinds it is about (none: all).

    `years` says that a long answer is grouped by year on a terminal, `cards` that each fact is a separate block.
    """

    columns: tuple[str, ...]
    main: str = "title"
    kinds: tuple[str, ...] = ()
    totals: bool = False
    cards: bool = False
    years: bool = False


REPORTS = {
    "timeline": Report(("date", "kind", "status", "partners", "title", "id"), years=True),
    "partner": Report(("date", "kind", "status", "partners", "title", "id")),
    "exercise": Report(
        ("date", "name", "lead", "participants", "duration", "status", "note", "id"), main="name", kinds=("exercise",)
    ),
    "sale": Report(
        ("date", "seller", "buyer", "item", "quantity", "value", "status", "id"),
        main="item",
        kinds=("sale", "contract", "statistic"),
        totals=True,
    ),
    "show": Report(
        ("id", "kind", "title", "date", "date_basis", "date_note", "status", "states", "parties", "numbers", "said_by",
         "note", "remark", "sources", "source_title", "source_url", "source_note", "related"),
        cards=True,
    ),
}  # fmt: skip

MIN_ROWS_FOR_YEARS = 13
"""Rows from which a timeline is easier to read with its years as headings."""

MIN_WIDTH_FOR_STATUS = 100
"""Cells from which a timeline has room for the status as a column of its own; below, it stands below the kind."""

SHARE_OF_OTHERS = 0.1
"""Share in a fact's score of what its other matches are better than the weakest, so that they break ties alone."""


def facts_table(report: Report, answer: Answer, facts: Facts, lexicon: Lexicon, view: View, kind: str) -> Table:
    """The answer of a look-up, a row a fact; `kind` is what the format has in its cells."""
    values = Values(facts, lexicon)
    has_question = bool(answer.readings)
    readings = answer.readings if view.explain else ()
    rows = Lazy(answer.hits, lambda hits: [fact_row(hit, values, has_question, readings) for hit in hits])
    is_shown = report.cards or kind in (CELLS, OBJECTS)
    extra = (OPTIONAL_KEY,) if view.fields is not None or (is_shown and has_extra(answer.hits, facts)) else ()
    keys: tuple[str, ...] = (*FACT_KEYS, *extra, "date_start", "date_end")
    if kind == OBJECTS and view.fields is None:
        keys = (*keys, "match") if has_question else keys
        cells = Lazy(rows, lambda some: [list(map(row.get, keys)) for row in some])
        return Table([Column(name, {}) for name in keys], cells, report.cards)
    from factcli.reports.fields import FACT_FIELDS

    columns, fields = (*report.columns, *(extra if report.cards else ())), dict(FACT_FIELDS)
    if view.format == "plain":
        columns = ("id", *(name for name in columns if name != "id"))
    if has_question:
        keys = (*keys, "match")
        columns = (*columns, "match") if view.explain else columns
    else:
        del fields["match"]
    report = report._replace(columns=columns)
    if kind == DISPLAY and not report.cards:
        return display_table(list(rows), report, keys, fields, values, view)
    table = make_table(rows, report, keys, fields, values, view, kind)
    return table._replace(totals=totals(list(rows), values)) if report.totals and view.format == "md" else table


def has_extra(hits: Sequence[Hit], facts: Facts) -> bool:
    """Whether one of the hits has keys that users keep beside the documented ones; an index knows those that do."""
    if isinstance(facts.facts, list):
        return any(hit.fact.get(OPTIONAL_KEY) for hit in hits)
    stored: Any = facts.facts
    ids = {fact["id"] for fact in stored.many(facts.derived.entries("with_extra", list).get("", ()))}
    return bool(ids) and any(hit.fact["id"] in ids for hit in hits)


def extra_key(rows: Sequence[Row], view: View) -> tuple[str, ...]:
    """The key of what users keep beside the documented keys, where a row has it or fields are chosen."""
    return (OPTIONAL_KEY,) if view.fields is not None or any(row.get(OPTIONAL_KEY) for row in rows) else ()


def display_table(
    rows: list[Row], report: Report, keys: Sequence[str], fields: dict[str, Field], values: Values, view: View
) -> Table:
    """The rows for a terminal: parts below their event, years as headings, totals and the number of events below."""
    from factcli.reports import events

    nested = events.with_parts_below(rows)
    table = make_table([row for row, _ in nested], report, keys, fields, values, view, DISPLAY)
    names, cells = [column.name for column in table.columns], list(table.rows)
    if view.width < MIN_WIDTH_FOR_STATUS and {"kind", "status"} <= {*names} and view.fields is None:
        at = names.index("status")
        table.columns[at] = table.columns[at]._replace(under="kind")
    if report.main in names:
        at = names.index(report.main)
        for (_, level), row in zip(nested, cells, strict=True):
            row[at] = events.marked(row[at], level)
    event_of = events.events_of(rows, values.facts.by_id)
    distinct = {event_of[row["id"]] for row in rows}
    below = totals(rows, values) if report.totals else ()
    if len(distinct) < len(rows) and view.fields is None:
        below += (events.count_text(len(rows), len(distinct), values),)
    has_years = report.years and view.fields is None and len(rows) >= MIN_ROWS_FOR_YEARS
    return table._replace(
        rows=cells, totals=below, headings=year_headings(nested, event_of, values) if has_years else ()
    )


def make_table(
    rows: Sequence[Row],
    report: Report,
    keys: Sequence[str],
    fields: dict[str, Field],
    values: Values,
    view: View,
    kind: str,
) -> Table:
    """Rows with the columns of the report, or with the fields that `--fields` names, in that order.

    Their values are made as they are asked for. `keys` are the keys of the rows. Chosen fields are a row in a pipe,
    never a block. Raises UsageError for a field that is not known.
    """
    further: Iterable[str] = ()
    if kind == CELLS:
        from factcli.reports import flat

        further = flat.flat_columns(keys)
    chosen = None if view.fields is None else chosen_fields(view.fields, keys, fields, further)
    if kind in (TEXT, DISPLAY):
        return table_in_words(rows, report, chosen, fields, values, kind)
    if kind == CELLS:
        names = chosen or flat.columns_of(keys)
        shows = [flat.show(name, keys, fields, values) for name in names]
    else:
        names = chosen or list(keys)
        # A key of the rows is their own value; any other name is a computed field.
        shows = [shown(None if name.partition(".")[0] in keys else fields[name].exact, name, values) for name in names]
    return Table([Column(name, {}) for name in names], Lazy(rows, cells_of(shows)), report.cards)


def table_in_words(
    rows: Sequence[Row], report: Report, chosen: list[str] | None, fields: dict[str, Field], values: Values, kind: str
) -> Table:
    """Rows for people: the chosen fields or else the columns of the report, each with its label."""
    from factcli.reports.fields import Field

    of_table = [fields.get(name) or Field(name) for name in chosen or report.columns]
    columns = [
        Column(
            field.name,
            values.label("columns", field.name),
            field.align,
            field.fixed,
            report.main if field.stacked and field.name != report.main and not chosen else None,
        )
        for field in of_table
    ]
    shows = [
        shown((field.display if kind == DISPLAY else None) or field.exact, field.name, values) for field in of_table
    ]
    return Table(columns, Lazy(rows, cells_of(shows)), report.cards and not (chosen and kind == TEXT))


def shown(show: Show | None, name: str, values: Values) -> Callable[[Row], Value]:
    """What a column has of a row: what is computed, else what the row holds under the name."""
    if show:
        return lambda row: show(row, values)
    if "." in name:
        from factcli.reports.fields import value_at

        return lambda row: value_at(row, name)
    return lambda row: row.get(name)


def cells_of(shows: Sequence[Callable[[Row], Value]]) -> Callable[[Sequence[Row]], list[list[Value]]]:
    """Rows to the values of their columns."""
    return lambda rows: [[show(row) for show in shows] for row in rows]


def chosen_fields(text: str, keys: Sequence[str], fields: dict[str, Field], further: Iterable[str] = ()) -> list[str]:
    """The names in `--fields a,b,c`. Raises UsageError, with the list of known ones, for any other."""
    from factcli.reports.fields import PARTS

    paths = [path for key in keys for path in (key, *(f"{key}.{part}" for part in PARTS.get(key, ())))]
    known = list(dict.fromkeys([*paths, *(name for name, field in fields.items() if field.exact), *further]))
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"--fields: there is no field {unknown[0]!r}; the fields are {', '.join(known)}")
    return names


# -- the rows of facts


def fact_row(hit: Hit, values: Values, has_question: bool = True, readings: Sequence[Reading] = ()) -> Row:
    """The fact as JSON has it: every documented key, then the derived ones, `match` where there is a question."""
    row: Row = hit.fact.copy()  # type: ignore[assignment]
    row["parties"] = [{**party, "name": values.name(party["entity"])} for party in row["parties"]]
    row["date_start"], row["date_end"] = span(row["date"]) if row["date"] else (None, None)
    if has_question:
        row["match"] = match_value(hit.matches)
        if readings:
            row["match"]["reading"] = [{"words": one.words, "as": one.role} for one in readings]
    return row


def match_value(matches: tuple[Match, ...]) -> Row:
    """How a fact matched the question: its weakest match in short, and all of them.

    The score is that of the weakest and a share of what the others are better, which only breaks ties. It is null where
    the question only leaves facts out or takes the latest.
    """
    if not matches:
        return {"score": None, "field": None, "text": None, "how": None, "words": []}
    weakest = min(matches, key=lambda match: match.score)
    better = sum(match.score for match in matches) / len(matches) - weakest.score
    return {
        "score": round(weakest.score + better * SHARE_OF_OTHERS, 1),
        "field": weakest.field,
        "text": weakest.text,
        "how": weakest.how,
        "words": [dict(zip(("word", "score", "field", "text", "how"), match, strict=True)) for match in matches],
    }


def year_of(date: str | None) -> str:
    """The year in which a date begins; empty where none is known."""
    start, end = span(date) if date else (None, None)
    return (start or end or "")[:4]


def year_headings(nested: list[tuple[Row, int]], event_of: dict[str, str], values: Values) -> tuple[Text, ...]:
    """For each row the year of the event it stands below, or the label for no date; of several, how many.

    An event of which only parts are in the answer is counted with the first of them.
    """
    from factcli.reports.events import count_text

    years: list[str] = []
    for row, level in nested:
        years.append(years[-1] if level else year_of(row["date"]))
    counts: dict[str, tuple[int, set[str]]] = {}
    seen: set[str] = set()
    for year, (row, _) in zip(years, nested, strict=True):
        number, found = counts.get(year, (0, set()))
        event = event_of[row["id"]]
        counts[year] = (number + 1, found if event in seen else found | {event})
        seen.add(event)
    headings = {}
    for year, (number, found) in counts.items():
        name = dict.fromkeys(LANGUAGES, year) if year else values.label("dates", "undated")
        count = count_text(number, len(found), values)
        headings[year] = {lang: f"{name[lang]}: {count[lang]}" for lang in LANGUAGES} if number > 1 else name
    return tuple(headings[year] for year in years)


def totals(rows: list[Row], values: Values) -> tuple[Text, ...]:
    """The money in the rows by status and currency, a line each, then that of each statistic, for people."""
    from factcli.reports import display
    from factcli.reports.summaries import money_by_status, sums

    counted = [("total", status, number) for status, number in money_by_status(rows, values.facts_around(rows))]
    statistics = [
        ("statistic", row["status"], number)
        for row in rows
        if row["kind"] == "statistic"
        for number in row["numbers"]
        if sums([number])
    ]
    lines = []
    for name, status, number in counted + statistics:
        amount = display.number(number, values.lexicon)
        of_status = values.label("statuses", status) if status else values.label("columns", "no_status")
        labels = [values.label("columns", name), of_status]
        lines.append({lang: f"{COMMAS[lang].join(one[lang] for one in labels)}: {amount[lang]}" for lang in LANGUAGES})
    return tuple(lines)


# -- order and length


def newest_first(hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits in reverse order; hits without a date, which are the last ones, stay last."""
    dated = bisect_left(hits, True, key=lambda hit: not is_dated(hit.fact["date"]))
    return Lazy([*reversed(range(dated)), *range(dated, len(hits))], lambda places: [hits[at] for at in places])


def cut(items: Sequence[T], view: View) -> tuple[Sequence[T], tuple[Note, ...]]:
    """The first items up to the limit of the view, and a note where there were more."""
    if view.limit is None or view.count_only or len(items) <= view.limit:
        return items, ()
    return items[: view.limit], (Note("limited", {"shown": view.limit, "all": len(items)}),)
