"""From an answer to a table of plain values, for programs or for people: the reports of the subcommands.

A report is a row: its columns, the kinds of facts it is about, whether it has totals. What a column shows is in the
table of `fields`; `Values` are exact, `display` has them in the words of a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from factcli._namedtuple import NamedTuple
from factcli.dates import is_dated, span
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import (
    COMMAS,
    FACT_KEYS,
    LANGUAGES,
    Answer,
    Column,
    Facts,
    Hit,
    Match,
    Note,
    Row,
    Table,
    Text,
    Value,
    View,
)
from factcli.reports.fields import FACT_FIELDS, PARTS, Field, value_at
from factcli.reports.values import Values

T = TypeVar("T")

OBJECTS, CELLS, TEXT, DISPLAY = "objects", "cells", "text", "display"
"""What a format has in its cells: JSON values by key, JSON values in flat columns, exact text, words of a terminal."""


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
    "timeline": Report(("date", "kind", "partners", "title", "id"), years=True),
    "partner": Report(("date", "kind", "partners", "title", "id")),
    "exercise": Report(
        ("date", "name", "lead", "participants", "duration", "status", "note", "id"), main="name", kinds=("exercise",)
    ),
    "sale": Report(
        ("date", "seller", "buyer", "item", "quantity", "value", "status", "id"),
        main="item",
        kinds=("sale", "contract"),
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

SHARE_OF_OTHERS = 0.1
"""Share in a fact's score of what its other matches are better than the weakest, so that they break ties alone."""


def facts_table(report: Report, answer: Answer, facts: Facts, lexicon: Lexicon, view: View, kind: str) -> Table:
    """The answer of a look-up, a row a fact; `kind` is what the format has in its cells."""
    values = Values(facts, lexicon)
    has_question = bool(answer.readings)
    rows = [fact_row(hit, values, has_question) for hit in answer.hits]
    for row in rows if view.explain and has_question else ():
        row["match"]["reading"] = [{"words": one.words, "as": one.role} for one in answer.readings]
    keys: tuple[str, ...] = (*FACT_KEYS, "date_start", "date_end")
    columns, fields = report.columns, dict(FACT_FIELDS)
    if has_question:
        keys = (*keys, "match")
        columns = (*columns, "match") if view.explain else columns
    else:
        del fields["match"]
    table = make_table(rows, report._replace(columns=columns), keys, fields, values, view, kind)
    if kind in (OBJECTS, CELLS):
        return table
    has_years = report.years and view.fields is None and len(rows) >= MIN_ROWS_FOR_YEARS
    return table._replace(
        totals=totals(rows, values) if report.totals else (),
        headings=tuple(year_heading(row, values) for row in rows) if has_years else (),
    )


def make_table(
    rows: list[Row],
    report: Report,
    keys: Sequence[str],
    fields: dict[str, Field],
    values: Values,
    view: View,
    kind: str,
) -> Table:
    """Rows with the columns of the report, or with the fields that `--fields` names, in that order.

    `keys` are the keys of the rows. Raises UsageError for a field that is not known.
    """
    chosen = None if view.fields is None else chosen_fields(view.fields, keys, fields)
    if kind in (TEXT, DISPLAY):
        shown = [fields.get(name) or Field(name) for name in chosen or report.columns]
        columns = [
            Column(
                field.name,
                values.label("columns", field.name),
                field.align,
                field.fixed,
                report.main if field.stacked and field.name != report.main and not chosen else None,
            )
            for field in shown
        ]
        return Table(columns, [[show(row, f, values, kind) for f in shown] for row in rows], report.cards)
    names = chosen or (keys if kind == OBJECTS else flat_paths(keys))
    # A key of the rows is their own value; any other name is a computed field.
    computed = [None if name.partition(".")[0] in keys else fields[name].exact for name in names]
    cells = [
        [exact(row, values) if exact else value_at(row, name) for name, exact in zip(names, computed, strict=True)]
        for row in rows
    ]
    return Table([Column(name, {}) for name in names], cells, report.cards)


def show(row: Row, field: Field, values: Values, kind: str) -> Value:
    """The value of a field for people."""
    shown = (field.display if kind == DISPLAY else None) or field.exact
    return shown(row, values) if shown else value_at(row, field.name)


def flat_paths(keys: Sequence[str]) -> list[str]:
    """The columns of a flat file: a column a language for texts, one for everything else."""
    return [
        path for key in keys for path in ([f"{key}.{p}" for p in PARTS[key]] if PARTS.get(key) == LANGUAGES else [key])
    ]


def chosen_fields(text: str, keys: Sequence[str], fields: dict[str, Field]) -> list[str]:
    """The names in `--fields a,b,c`. Raises UsageError, with the list of known ones, for any other."""
    paths = [path for key in keys for path in (key, *(f"{key}.{part}" for part in PARTS.get(key, ())))]
    known = list(dict.fromkeys([*paths, *(name for name, field in fields.items() if field.exact)]))
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"--fields: there is no field {unknown[0]!r}; the fields are {', '.join(known)}")
    return names


# -- the rows of facts


def fact_row(hit: Hit, values: Values, has_question: bool = True) -> Row:
    """The fact as JSON has it: every documented key, then the derived ones, `match` where there is a question."""
    row: Row = dict(hit.fact)
    row["parties"] = [{**party, "name": values.name(party["entity"])} for party in row["parties"]]
    row["date_start"], row["date_end"] = span(row["date"]) if row["date"] else (None, None)
    if has_question:
        row["match"] = match_value(hit.matches)
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


def year_heading(row: Row, values: Values) -> Text:
    """The year in which a fact begins, or the label for no date, as a heading."""
    year = year_of(row["date"])
    return dict.fromkeys(LANGUAGES, year) if year else values.label("dates", "undated")


def totals(rows: list[Row], values: Values) -> tuple[Text, ...]:
    """The money in the rows by status and currency, a line each, for people."""
    from factcli.reports import display
    from factcli.reports.summaries import money_by_status

    lines = []
    for status, number in money_by_status(rows):
        amount = display.number(number, values.lexicon)
        labels = [values.label("columns", "total")] + ([values.label("statuses", status)] if status else [])
        lines.append({lang: f"{COMMAS[lang].join(one[lang] for one in labels)}: {amount[lang]}" for lang in LANGUAGES})
    return tuple(lines)


# -- order and length


def newest_first(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in reverse order; hits without a date stay last."""
    dated = [hit for hit in hits if is_dated(hit.fact["date"])]
    return dated[::-1] + [hit for hit in hits if not is_dated(hit.fact["date"])]


def cut(items: list[T], view: View) -> tuple[list[T], tuple[Note, ...]]:
    """The first items up to the limit of the view, and a note where there were more."""
    if view.limit is None or view.count_only or len(items) <= view.limit:
        return items, ()
    return items[: view.limit], (Note("limited", {"shown": view.limit, "all": len(items)}),)
