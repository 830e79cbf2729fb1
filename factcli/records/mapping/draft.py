"""A mapping drafted from a file of another form: what the file proves as settings, and what its columns look like.

Nothing is guessed: where a column can only mean one thing, a template names it; where several can, they stand side by
side as comments, for a person to choose from.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from typing import IO

from factcli import package_data
from factcli.errors import InputError
from factcli.lexicon.words import Words
from factcli.records import readers
from factcli.records.canonical import slug
from factcli.records.mapping.blocks import language_of
from factcli.records.mapping.profile import MAX_VALUES, Column, Profiler, layout_of, names_of, toml
from factcli.records.mapping.rows import Reader, Row, tidy
from factcli.records.mapping.tables import Layout, Rows
from factcli.records.problems import Place, Problem, format_problem
from factcli.text import fold
from factcli.text.quote import quote

MAX_ROWS = 1000
"""Rows that a draft is made of."""

MAX_HEADER_NAMES = 12
"""Names of columns by which the header is known."""

MAX_TITLE_PART = 200
"""Characters from which a column is cut where it is a part of a title."""

SHOWN_LENGTH = 40
"""Characters of a value in a comment."""

FIRST_OF_JANUARY_SHARE = 0.1
"""Share of first days of January from which the days of a column may be years."""

COUNTRY_FILTERS = {"country": "country", "alpha-2": "country:alpha-2", "alpha-3": "country:alpha-3"}
"""The filters of columns that look like countries."""


def draft(name: str, stdin: IO[bytes] | None, sheet: str = "") -> str:
    """The draft of a mapping for a file, as TOML. `sheet` names one of a spreadsheet.

    Raises InputError for what is neither a table nor JSON.
    """
    place = Place(readers.display_name(name))
    data = readers.content(name, stdin)
    if not data.strip(b"\xef\xbb\xbf\r\n\t "):
        raise InputError(f"{place.file}: is empty; give a table or JSON")
    layout = layout_of(data, name, place, sheet)
    names = names_of(layout)
    rows = Rows(layout, names, Reader())
    found = list(islice(rows.read(data, name, place), MAX_ROWS))
    problems = [one for one in found if isinstance(one, Problem)]
    records = [one for one in found if isinstance(one, Row) and one.cells]
    if problems or not records:
        lines = [format_problem(one) for one in problems[:1]] or [f"{place.file}: has no rows; give a table or JSON"]
        raise InputError(*lines)
    profiler = Profiler()
    columns = profiler.columns(records, [] if layout.format else names)
    return (
        "\n".join(
            [
                *_head(place.file, len(records)),
                *_settings(layout, profiler, columns),
                "",
                *_described(columns, len(records)),
                *_named_twice(layout),
                "",
                *_fact(columns, len(records), slug(os.path.splitext(os.path.basename(name))[0]) or "row"),
            ]
        )
        + "\n"
    )


def _named_twice(layout: Layout) -> list[str]:
    """A comment for each name that several columns have, none of which a mapping can name."""
    counts = Counter(filter(None, map(tidy, layout.header)))
    twice = [name for name, count in counts.items() if count > 1]
    return [f"#   {_comment(name)}: {counts[name]} columns have this name; rename them to use them" for name in twice]


def _head(name: str, rows: int) -> list[str]:
    return [
        f"# A mapping for files like {_comment(name)}, drafted from {rows} of its rows.",
        "# Finish it: choose among the lines that begin with #?, fill in the kind, then try it:",
        "#   factcli check --map MAPPING.toml FILE",
        "#   factcli --db mine.json import --map MAPPING.toml FILE",
        "",
    ]


def _settings(layout: Layout, profiler: Profiler, columns: Sequence[Column]) -> list[str]:
    lines = ["[file]", *[f"sheetName = {toml(layout.sheet)}"] * bool(layout.sheet)]
    if layout.encodings[0] != "utf-8":
        lines.append(f"encodings = {toml([layout.encodings[0]])}")
        others = layout.encodings[1:]
        lines += [f"#? encodings = {toml([one])}  # fits as well" for one in others]
    if layout.format:
        lines.append(f"format = {toml(layout.format)}")
    if layout.path:
        lines.append(f"property = {toml(layout.path)}")
    if not layout.format:
        names = [name for name in dict.fromkeys(map(str.strip, layout.header)) if name and "\n" not in name]
        lines.append(f"header = {toml(names[:MAX_HEADER_NAMES])}")
        lines += [f"delimiter = {toml(layout.delimiter)}"] * bool(layout.delimiter)
        lines += [f"tail = {toml(layout.tail)}"] * bool(layout.tail)
    if profiler.missing:
        mark = "#? " if any(column.look == "alpha-2" for column in columns) else ""  # NA is Namibia
        lines.append(f"{mark}missingValues = {toml(list(profiler.missing))}  # in {profiler.missing.total()} cells")
    order = profiler.day_order(columns)
    if order is not None:
        lines.append(f"dayFirst = {toml(order)}")
    elif any(
        re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", value)
        for c in columns
        if c.look == "date"
        for value in c.values
    ):
        lines.append("#? dayFirst = true  # or false: no date of the file proves it")
    return lines


def _described(columns: Sequence[Column], rows: int) -> list[str]:
    """The columns, a comment each."""
    lines = [f"# The columns in {rows} rows: share of filled cells, what they look like, three values."]
    for column in columns:
        looks = f"a list of {column.look} with {column.separator}" if column.separator else column.look
        values = " | ".join(_comment(value) for value in column.values[:3])
        lines.append(f"#   {_comment(column.name)}: {round(100 * column.filled / rows)} %, {looks}: {values}")
        if column.look == "date" and _are_years(column.values):
            lines.append(
                f"#     many are 1 January, perhaps for the year alone: {column.slot('match:^[0-9]{4}', 'date')}"
            )
    return lines


def _are_years(values: Sequence[str]) -> bool:
    """Whether days may stand for their years: all have a day, and many are 1 January."""
    days = [re.fullmatch(r"[0-9]{4}-([0-9]{2}-[0-9]{2})(T.*)?", value) for value in values]
    return (
        bool(days)
        and all(days)
        and sum(day is not None and day[1] == "01-01" for day in days) > FIRST_OF_JANUARY_SHARE * len(days)
    )


def _comment(text: str) -> str:
    """A text on one line of a comment."""
    shown = text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
    return quote(shown)


def _fact(columns: Sequence[Column], rows: int, stem: str) -> list[str]:
    """The block of a fact; `stem` is what ids begin with that would be digits alone."""
    known = json.loads(package_data.text("column-names.json"))
    named = {meaning: [c for c in columns if fold(c.name) in set(map(fold, names))] for meaning, names in known.items()}
    texts = [column for column in columns if column.look == "text"]
    statuses = [c for c in texts if c.values and (c in named["status"] or all(map(_statuses, c.values)))]
    lines = ["[fact]", 'kind = "event"  # or: agreement, sale, contract, exercise, visit, training ...']
    lines += _one_of("key", [c for c in columns if c.look == "id"], lambda c: _key(c, stem))
    plain = [column for column in columns if column not in [*statuses, *named["note"]]]
    lines += _title([column for column in named["title"] if column in texts], plain, rows)
    lines += _one_of("date", [c for c in columns if c.look == "date"], lambda c: c.slot("date"))
    countries = [column for column in columns if column.look in COUNTRY_FILTERS]
    if countries:
        lines.append(f"partners = [{', '.join(column.slot(COUNTRY_FILTERS[column.look]) for column in countries)}]")
    is_known = all(len(_statuses(value)) == 1 for column in statuses for value in column.values)
    lines += _one_of("status", statuses, lambda c: c.slot("status"), is_certain=is_known)
    lines += _one_of("note", [c for c in named["note"] if c in texts], lambda c: c.slot("cut"), by_language=True)
    for meaning in named:
        if meaning.startswith("role:"):
            lines += [line for column in named[meaning] for line in _party(meaning.removeprefix("role:"), column)]
    lines += _numbers(columns, named)
    addresses = [column for column in columns if column.look == "address"]
    if addresses or named["source"]:
        is_one = len(addresses) == 1
        lines += ["", "[[fact.sources]]" if is_one else "#? [[fact.sources]]"]
        lines += [f"{'' if is_one else '#? '}URL = {column.slot()}" for column in addresses]
        lines += [f"{'' if is_one else '#? '}title.en = {column.slot()}" for column in named["source"][:1]]
    return lines + (_status_table(statuses[0], "" if is_known else "#? ") if len(statuses) == 1 else [])


def _title(named: Sequence[Column], columns: Sequence[Column], rows: int) -> list[str]:
    """The lines of the title: of the columns called so, else of the first two texts, or columns, that are filled."""
    if len({_language([column]) for column in named}) == len(named) > 0:
        return _one_of("title", named, _cut, by_language=True)
    full = [column for column in columns if column.filled == rows] or list(columns)
    chosen = (list(named) or [column for column in full if column.look == "text"] or full)[:2]
    whole = ", ".join(json.loads(_cut(column)) for column in chosen)
    return [f"title{_language(chosen)} = {toml(whole)}  # or what else names a fact"] if chosen else []


def _cut(column: Column) -> str:
    """The template of a text that may be longer than a title."""
    return column.slot(*["cut:200"] * any(len(value) > MAX_TITLE_PART for value in column.values))


def _key(column: Column, stem: str) -> str:
    """The template of ids; digits alone would be the ids of another file as well."""
    slot: str = json.loads(column.slot())
    return toml(f"{stem}-{slot}" if all(value.isdecimal() for value in column.values) else slot)


def _party(role: str, column: Column) -> list[str]:
    """The block of a party whose column is called by its role."""
    if column.look in COUNTRY_FILTERS:
        who = f"country = {column.slot(COUNTRY_FILTERS[column.look])}"
    elif column.look == "text":
        who = f"name{_language([column])} = {column.slot()}"
    else:
        return []
    return ["", "[[fact.parties]]", f'role = "{role}"', who]


def _numbers(columns: Sequence[Column], named: dict[str, list[Column]]) -> list[str]:
    """The blocks of numbers: of columns that are called by what they count, or whose cells name currencies."""
    lines = []
    for column in (column for column in columns if column.look == "number"):
        meanings = [meaning for meaning in ("quantity", "value", "people") if column in named[meaning]]
        is_money = _names_currencies(column)
        what = "value" if is_money else meanings[0] if meanings else ""
        mark = "" if what and (is_money or what != "value") else "#? "
        unit = (
            f"unit = {column.slot('currency')}"
            if is_money
            else '#? unit = "USD"'
            if what == "value"
            else '#? unit = "piece"'
        )
        lines += ["", f"{mark}[[fact.numbers]]", f'{mark}what = "{what or "quantity"}"']
        lines += [f"{mark}value = {column.slot('number')}", unit]
    return lines


def _statuses(value: str) -> set[str]:
    """The statuses that a cell can mean, in either language."""
    return {meaning for group, meaning in Words().meanings(fold(value)) if group == "statuses"}


def _status_table(column: Column, mark: str) -> list[str]:
    """The table that says what the cells of a status mean, as far as words of either language say it."""
    lines = ["", f"{mark}[values.status]"]
    for value in column.values[:MAX_VALUES]:
        found = _statuses(value)
        lines.append(f"{mark}{toml(value)} = {toml(found.pop() if len(found) == 1 else '?')}")
    return lines


def _names_currencies(column: Column) -> bool:
    """Whether a cell names a currency: then one that names none is a fault of its row, until the mapping says which."""
    numbers = Profiler().numbers
    return any(numbers.currency(value) for value in column.values[:MAX_VALUES])


def _one_of(
    key: str,
    columns: Sequence[Column],
    template: Callable[[Column], str],
    is_certain: bool = True,
    by_language: bool = False,
) -> list[str]:
    """The line of a key that one column can be; a line of comment for each of several."""
    mark = "" if len(columns) == 1 and is_certain else "#? "
    lines = []
    for column in columns:
        lang = _language([column]) if by_language else ""
        lines.append(f"{mark}{key}{lang} = {template(column)}")
    if by_language and len(columns) > 1 and is_certain:
        langs = [line.split(" = ")[0].removeprefix(mark) for line in lines]
        if len(set(langs)) == len(langs):
            lines = [line.removeprefix(mark) for line in lines]
    return lines


def _language(columns: Sequence[Column]) -> str:
    """The end of a key for a text of these columns: none where some values are Arabic and some are not."""
    languages = {language_of(value) for column in columns for value in column.values[:MAX_VALUES]}
    return f".{languages.pop()}" if len(languages) == 1 else ""
