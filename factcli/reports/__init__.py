"""What each subcommand shows: its kinds, its columns, its totals. A report is a record; it knows no format.

`rows` are the JSON objects of an answer. A column shows one value of a row to people, in all languages, or gives it to
programs as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.dates import sort_key, span
from factcli.errors import UsageError
from factcli.model import (
    COMMAS,
    FACT_KEYS,
    LANGUAGES,
    Column,
    Facts,
    Found,
    Hit,
    Number,
    Row,
    Table,
    Text,
    Value,
    WordMatch,
    whole,
)
from factcli.reports.wording import Wording, is_money


class Report(NamedTuple):
    """A subcommand: the columns people see, the one that says what the fact is, the kinds it is about (none: all)."""

    columns: tuple[str, ...]
    main: str = "title"
    kinds: tuple[str, ...] = ()
    totals: bool = False
    cards: bool = False


TIMELINE = Report(("date", "kind", "partners", "title", "id"))
PARTNER = Report(("date", "kind", "partners", "title", "id"))
EXERCISE = Report(("date", "name", "lead", "participants", "duration", "note", "id"), "name", kinds=("exercise",))
SALE = Report(
    ("date", "seller", "buyer", "item", "quantity", "value", "status", "id"),
    "item",
    kinds=("sale", "contract"),
    totals=True,
)
CHART = Report(("year", "facts", "bar", "kinds"))
SHOW = Report(
    ("id", "kind", "title", "date", "date_basis", "date_note", "status", "states", "parties", "numbers", "said_by",
     "note", "sources", "related"),
    cards=True,
)  # fmt: skip

# -- what a column shows to people: (row, words) -> value

Show = Callable[[Row, Wording], Value]


def labelled(group: str, key: str) -> Show:
    return lambda row, say: say.label(group, row[key]) if row[key] else None


def in_role(*roles: str) -> Show:
    """The names of the parties in one of `roles`."""
    return lambda row, say: [party["name"] for party in row["parties"] if party["role"] in roles]


def first_known(*shows: Show) -> Show:
    """The first of several columns that has something to show."""

    def show_first(row: Row, say: Wording) -> Value:
        return next((value for value in (show(row, say) for show in shows) if value), None)

    return show_first


def numbers(*whats: str) -> Show:
    """The numbers that count `whats`; all of them where none is named."""
    return lambda row, say: [say.number(n) for n in row["numbers"] if not whats or n.get("what") in whats]


def partners(row: Row, say: Wording) -> Value:
    """The states that take part, but for the one the file is about."""
    return say.countries(code for code in row["partners"] if code != say.facts.meta.get("home"))


def parties(row: Row, say: Wording) -> Value:
    return [say.labelled(party["name"], "roles", party["role"]) for party in row["parties"]]


def sources(row: Row, say: Wording) -> Value:
    return [say.citation(locator) for locator in row["sources"]]


def related(row: Row, say: Wording) -> Value:
    """The facts this one links to and those that link to it, each with the relation in words."""
    out = [(say.label("relations", link["rel"]), link["fact"]) for link in row["links"]]
    back = [
        (say.label("inverse_relations", link["rel"]), fact["id"])
        for fact in say.facts.facts
        for link in fact["links"]
        if link["fact"] == row["id"]
    ]
    return [{lang: f"{label[lang]} {fact}" for lang in LANGUAGES} for label, fact in out + back]


def matched(row: Row, say: Wording) -> Value:
    """Which word of the query met what, how and how well."""
    return [f"{w['word']} → {w['text']} ({w['field']}, {w['how']}, {w['score']:g})" for w in row["match"]["words"]]


def kind_counts(row: Row, say: Wording) -> list[Text]:
    labels = [(say.label("kinds", kind), count) for kind, count in row["kinds"].items()]
    return [{lang: f"{label[lang]} {count}" for lang in LANGUAGES} for label, count in labels]


def money(row: Row, say: Wording) -> Value:
    return [say.number(number) for number in row["money"]]


SHOWS: dict[str, Show] = {
    "kind": labelled("kinds", "kind"),
    "status": labelled("statuses", "status"),
    "date_basis": labelled("bases", "date_basis"),
    "partners": partners,
    "states": lambda row, say: say.countries(row["partners"]),
    "parties": parties,
    "numbers": numbers(),
    "said_by": lambda row, say: row["said_by"] and say.name(row["said_by"]),
    "sources": sources,
    "related": related,
    "name": first_known(in_role("exercise"), lambda row, say: row["title"]),
    "lead": in_role("lead"),
    "participants": first_known(in_role("participant", "host", "organizer"), partners),
    "duration": numbers("duration"),
    "seller": in_role("seller", "supplier"),
    "buyer": in_role("buyer"),
    "item": first_known(in_role("item"), lambda row, say: row["title"]),
    "quantity": numbers("quantity"),
    "value": numbers("value"),
    "match": matched,
}
TOLD: dict[str | Show, Show] = {
    "date": lambda row, say: say.told.date(row["date"], row["date_basis"]),
    "first": lambda row, say: say.told.date(row["first"]),
    "last": lambda row, say: say.told.date(row["last"]),
    SHOWS["numbers"]: lambda row, say: [say.told.number(n) for n in row["numbers"]],
    SHOWS["value"]: lambda row, say: [say.told.number(n) for n in row["numbers"] if n.get("what") == "value"],
    money: lambda row, say: [say.told.number(n) for n in row["money"]],
    sources: lambda row, say: [say.told.citation(x, say.facts.sources) for x in row["sources"]],
}
"""What a terminal shows in words where a pipe has the exact value, by what a pipe shows, or by the field."""

BAR = "█"
LONGEST_BAR = 8
"""Cells of the longest bar beside a number."""


def bar(count: int, most: int, longest: int = LONGEST_BAR) -> str:
    """A bar for `count` where the greatest is `most`; never empty for what is not nothing."""
    return BAR * max(round(longest * count / most), 1 if count else 0)


SUMMARY_SHOWS: dict[str, Show] = {"kinds": kind_counts, "money": money}
COUNTED = {"quantity", "value", "facts", "money"}
"""Columns of numbers, aligned at their end."""
FIXED = COUNTED | {
    "year",
    "bar",
    "id",
    "date",
    "first",
    "last",
    "date_start",
    "date_end",
    "partner",
    "kind",
    "status",
    "duration",
}
"""Columns that are never cut or broken: what is in them is typed again, counted with, or short."""

STACKED = {"note", "id", "kinds"}
"""Columns that a terminal shows below the main one, since they need its width or are read after it."""


def told(shown: str | Show, say: Wording) -> Callable[[Row], Value] | None:
    show = TOLD.get(shown)
    return (lambda row: show(row, say)) if show else None


def people_column(name: str, say: Wording, shows: dict[str, Show], main: str = "") -> Column:
    """The column `name` as people read it; on a terminal the id stands below the main column."""
    show = shows.get(name)
    return Column(
        name,
        say.label("columns", name),
        (lambda row: show(row, say)) if show else (lambda row: at_path(row, name)),
        align="end" if name in COUNTED else "start",
        fixed=name in FIXED,
        under=main if name in STACKED and name != main else None,
        told=told(show or name, say),
    )


# -- fields: what programs get

PARTS = {
    "title": LANGUAGES,
    "note": LANGUAGES,
    "date_note": LANGUAGES,
    "parties": ("entity", "role", "name"),
    "numbers": ("what", "op", "value", "unit", "as_of"),
    "links": ("rel", "fact"),
    "sources": ("source", "paragraph", "sentence", "digest", "quote"),
    "match": ("score", "field", "text", "how"),
    "name": LANGUAGES,
}


def at_path(row: Row, path: str) -> Value:
    """What a row holds at `path`: `title.en`, or of every element of a list, `sources.paragraph`."""
    key, _, rest = path.partition(".")
    value = row.get(key)
    if not rest:
        return value
    if isinstance(value, list):
        return [element.get(rest) for element in value]
    return value.get(rest) if isinstance(value, dict) else None


def flat(keys: Sequence[str]) -> list[str]:
    """The columns of a flat file: text by language, everything else whole."""
    return [
        path for key in keys for path in ([f"{key}.{p}" for p in PARTS[key]] if PARTS.get(key) == LANGUAGES else [key])
    ]


def field(path: str, say: Wording, shows: dict[str, Show], keys: Sequence[str]) -> Column:
    """`path` as programs get it: from the row where it has it, else what the column of that name shows."""
    if path.partition(".")[0] in keys:
        return Column(path, {}, lambda row: at_path(row, path))
    return Column(path, {}, lambda row: shows[path](row, say))


def known_fields(keys: Sequence[str], shows: dict[str, Show]) -> list[str]:
    """Every name that `--fields` takes, in the order of the output."""
    paths = [path for key in keys for path in (key, *(f"{key}.{part}" for part in PARTS.get(key, ())))]
    return list(dict.fromkeys([*paths, *shows]))


def chosen_fields(text: str, known: list[str]) -> list[str]:
    """The names in `--fields a,b,c`. Raises `UsageError` for one that is not known, with the list of those that are."""
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"--fields: there is no field {unknown[0]!r}; the fields are {', '.join(known)}")
    return names


class Wanted(NamedTuple):
    """What is wanted of an answer: values for programs or words for people, certain fields, how each word matched."""

    for_people: bool = True
    fields: str | None = None
    explain: bool = False


def table(
    rows: list[Row], keys: Sequence[str], report: Report, shows: dict[str, Show], say: Wording, wanted: Wanted
) -> Table:
    """Rows with the columns of the report, or those that somebody chose, for people or for programs."""
    names = None if wanted.fields is None else chosen_fields(wanted.fields, known_fields(keys, shows))
    if wanted.for_people:
        columns = [people_column(name, say, shows, report.main) for name in names or report.columns]
    else:
        columns = [field(path, say, shows, keys) for path in names or flat(keys)]
    return Table(rows, columns, whole=names is None, cards=report.cards)


# -- the facts of an answer


SHARE_OF_OTHERS = 0.1


def match_value(matches: tuple[WordMatch, ...]) -> Row:
    """How a fact met the query: its weakest word in short, and all of them.

    The score is that of the weakest word and a share of what the others are better, so that they break ties alone.
    """
    weakest = min(matches, key=lambda m: m.score)
    better = sum(m.score for m in matches) / len(matches) - weakest.score
    return {
        "score": round(weakest.score + better * SHARE_OF_OTHERS, 1),
        "field": weakest.field,
        "text": weakest.text,
        "how": weakest.how,
        "words": [match._asdict() for match in matches],
    }


def fact_row(hit: Hit, say: Wording) -> Row:
    """The fact as JSON has it: every documented key, then the derived ones."""
    row: Row = dict(hit.fact)
    row["parties"] = [{**party, "name": say.name(party["entity"])} for party in row["parties"]]
    row["date_start"], row["date_end"] = span(row["date"]) if row["date"] else (None, None)
    if hit.matches:
        row["match"] = match_value(hit.matches)
    return row


def facts_table(report: Report, found: Found, say: Wording, wanted: Wanted) -> Table:
    """The answer of a look-up."""
    rows = [fact_row(hit, say) for hit in found.hits]
    asked = any(hit.matches for hit in found.hits)
    keys = (*FACT_KEYS, "date_start", "date_end", *(["match"] if asked else []))
    shows = SHOWS if asked else {name: show for name, show in SHOWS.items() if name != "match"}
    if wanted.explain and asked:
        report = report._replace(columns=(*report.columns, "match"))
    made = table(rows, keys, report, shows, say, wanted)
    if not wanted.for_people:
        return made
    return made._replace(totals=totals(rows, say) if report.totals else (), heading=year_heading(report, rows, say))


MANY_ROWS = 12
"""Rows above which a timeline is easier to read with its years as headings."""


def year_heading(report: Report, rows: list[Row], say: Wording) -> Callable[[Row], Text] | None:
    """What year a row belongs under, for a timeline that is long."""
    if report is not TIMELINE or len(rows) <= MANY_ROWS:
        return None
    undated = say.label("dates", "undated")
    return lambda row: dict.fromkeys(LANGUAGES, year) if (year := year_of(row["date"])) else undated


def sums(numbers: Sequence[Number]) -> list[Number]:
    """The money in `numbers`, summed by currency; a sum of which one part is only bounded is bounded itself."""
    summed: dict[str, Number] = {}
    for number in numbers:
        unit = number.get("unit") or ""
        if number.get("what") == "value" and is_money(unit):
            so_far = summed.setdefault(unit, {"what": "value", "op": "=", "value": 0, "unit": unit})
            so_far["value"] += whole(number["value"])
            so_far["op"] = bounded(so_far["op"], number.get("op") or "=")
    return list(summed.values())


def bounded(one: str, other: str) -> str:
    """The operator of a sum of two numbers, each known as its operator says; `~` where the two disagree."""
    loose = {one.rstrip("="), other.rstrip("=")} - {""}
    if not loose:
        return "="
    if len(loose) > 1:
        return "~"
    return one if one != "=" else other


def totals(rows: list[Row], say: Wording) -> tuple[Text, ...]:
    label = say.label("columns", "total")
    sums_told = [say.told.number(number) for number in sums([n for row in rows for n in row["numbers"]])]
    return tuple({lang: f"{label[lang]}: {text[lang]}" for lang in LANGUAGES} for text in sums_told)


# -- partners, summed up

SUMMARY_KEYS = ("partner", "name", "facts", "kinds", "first", "last", "money")


def summary_row(code: str, hits: list[Hit], say: Wording) -> Row:
    """What there is about one partner: counts by kind, first and last date as EDTF, money by currency.

    Statistics are left out of the money: they count what other facts may tell one by one.
    """
    dates = sorted((hit.fact["date"] for hit in hits if hit.fact["date"]), key=sort_key)
    kinds = Counter(hit.fact["kind"] for hit in hits)
    return {
        "partner": code,
        "name": say.countries([code])[0],
        "facts": len(hits),
        "kinds": dict(kinds.most_common()),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "money": sums([n for hit in hits if hit.fact["kind"] != "statistic" for n in hit.fact["numbers"]]),
    }


def summary_table(found: Found, say: Wording, wanted: Wanted) -> Table:
    """One row a partner, those with most facts first."""
    by_code: dict[str, list[Hit]] = {}
    for hit in found.hits:
        for code in hit.fact["partners"]:
            by_code.setdefault(code, []).append(hit)
    by_code.pop(str(say.facts.meta.get("home")), None)
    rows = [summary_row(code, hits, say) for code, hits in by_code.items()]
    rows.sort(key=lambda row: (-row["facts"], row["partner"]))
    made = table(rows, SUMMARY_KEYS, Report(SUMMARY_KEYS, "name"), SUMMARY_SHOWS, say, wanted)
    return with_bars(made) if wanted.for_people else made


def with_bars(made: Table) -> Table:
    """The table with a bar beside the number of facts in each row, where a terminal shows it."""
    most = max((row["facts"] for row in made.rows), default=0)
    digits = len(str(most))
    columns = [
        column._replace(
            told=lambda row: f"{row['facts']:>{digits}} {bar(row['facts'], most):<{LONGEST_BAR}}", align="start"
        )
        if column.name == "facts"
        else column
        for column in made.columns
    ]
    return made._replace(columns=columns)


def cut_rows(whole: Table, limit: int | None, reverse: bool) -> tuple[Table, tuple[str, ...]]:
    """The table in the order and length asked for, and a note where rows were cut off."""
    rows = whole.rows[::-1] if reverse else whole.rows
    if limit is None or len(rows) <= limit:
        return whole._replace(rows=rows), ()
    return whole._replace(rows=rows[:limit]), (f"{limit} of {len(rows)} shown; without --limit, all of them",)


# -- facts by year

LONGEST_CHART_BAR = 30


def chart_rows(found: Found) -> list[Row]:
    """How many facts of which kind began in each year, those without a date last."""
    by_year: dict[str, Counter[str]] = {}
    for hit in found.hits:
        by_year.setdefault(year_of(hit.fact["date"]), Counter())[hit.fact["kind"]] += 1
    most = max((kinds.total() for kinds in by_year.values()), default=0)
    return [
        {
            "year": year or None,
            "facts": kinds.total(),
            "bar": bar(kinds.total(), most, LONGEST_CHART_BAR),
            "kinds": dict(kinds.most_common()),
        }
        for year, kinds in by_year.items()
    ]


def year_of(date: str | None) -> str:
    """The year in which a date begins; empty where none is known."""
    start, end = span(date) if date else (None, None)
    return (start or end or "")[:4]


def chart_table(found: Found, say: Wording, wanted: Wanted) -> Table:
    """Facts per year and kind, as bars."""
    rows = chart_rows(found)
    made = table(rows, CHART.columns, CHART, SUMMARY_SHOWS, say, wanted)
    undated = say.label("dates", "undated")
    years = [c._replace(told=lambda row: row["year"] or undated) if c.name == "year" else c for c in made.columns]
    return made._replace(columns=years)


def table_of(report: Report, found: Found, say: Wording, wanted: Wanted) -> Table:
    """The answer of a look-up, told fact by fact or drawn as a chart."""
    return (chart_table if report is CHART else partial(facts_table, report))(found, say, wanted)


# -- what is in the file

INFO_KEYS = ("files", "schema", "home", "facts", "entities", "kinds", "first", "last", "undated", "sources", "fields")


def info_row(files: Sequence[str], facts: Facts) -> Row:
    dates = sorted((fact["date"] for fact in facts.facts if fact["date"]), key=sort_key)
    return {
        "files": list(files),
        "schema": facts.meta.get("schema"),
        "home": facts.meta.get("home"),
        "facts": len(facts.facts),
        "entities": len(facts.entities),
        "kinds": dict(Counter(fact["kind"] for fact in facts.facts).most_common()),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "undated": len(facts.facts) - len(dates),
        "sources": list(facts.sources.values()),
        "fields": list(FACT_KEYS),
    }


def as_sentence(texts: list[Text]) -> Text:
    return {lang: COMMAS[lang].join(text[lang] for text in texts) for lang in LANGUAGES}


def source_citations(row: Row, say: Wording) -> Value:
    """The sources as a bibliography has them: title, publisher, date, address."""
    return [source_citation(source) for source in row["sources"]]


def source_citation(source: dict[str, Any]) -> Text:
    def told(lang: str) -> str:
        parts = [source.get("title"), source.get("publisher"), source.get("issued"), source.get("URL")]
        return f"{source['id']}: " + ". ".join(
            str(p.get(lang) or next(iter(p.values()), "")) if isinstance(p, dict) else str(p) for p in parts if p
        )

    return {lang: told(lang) for lang in LANGUAGES}


INFO_SHOWS: dict[str, Show] = {
    "kinds": lambda row, say: as_sentence(kind_counts(row, say)),
    "fields": lambda row, say: ", ".join(row["fields"]),
    "sources": source_citations,
}


def info_table(files: Sequence[str], facts: Facts, say: Wording, wanted: Wanted) -> Table:
    """One row about the files themselves."""
    return table([info_row(files, facts)], INFO_KEYS, Report(INFO_KEYS, cards=True), INFO_SHOWS, say, wanted)
