"""The fields: what each shows in a pipe and on a terminal, how it is aligned, what may not be cut.

A field is a name that `--fields` takes and a column that a report has. A field without a row in the table shows the
value of the row under its name, as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from factcli._namedtuple import NamedTuple
from factcli.model import COMMAS, LANGUAGES, OPTIONAL_KEY, Row, Source, Text, Value
from factcli.reports.values import Values

Show = Callable[[Row, Values], Value]


class Field(NamedTuple):
    """`exact` is the value for a pipe and Markdown (None: the row's own), `display` for a terminal (None: as `exact`).

    `fixed` fields are never cut or broken: they are typed again, counted with, or short. `stacked` ones stand below
    the main column of a report on a terminal, since they need its width or are read after it.
    """

    name: str
    exact: Show | None = None
    display: Show | None = None
    align: str = "start"
    fixed: bool = False
    stacked: bool = False


# -- what a field shows: (row, values) -> value


def _label(group: str, key: str) -> Show:
    return lambda row, values: values.label(group, row[key]) if row[key] else None


def _in_role(*roles: str) -> Show:
    """The names of the parties in one of `roles`."""
    return lambda row, values: [party["name"] for party in row["parties"] if party["role"] in roles]


def _first_known(*shows: Show) -> Show:
    """The first of several that has something to show."""
    return lambda row, values: next((value for show in shows if (value := show(row, values))), None)


def _numbers(*whats: str) -> Show:
    """The numbers that count `whats`, exact; all of them where none is named."""
    return lambda row, values: [values.number(n) for n in row["numbers"] if not whats or n.get("what") in whats]


def _display_numbers(*whats: str) -> Show:
    """The numbers that count `whats`, in words."""

    def show(row: Row, values: Values) -> Value:
        from factcli.reports.display import number

        return [number(n, values.lexicon) for n in row["numbers"] if not whats or n.get("what") in whats]

    return show


def _with_status(number: Row, amount: Text, values: Values) -> Text:
    status = values.label("statuses", number["status"]) if number["status"] else None
    return {lang: f"{status[lang]}: {amount[lang]}" for lang in LANGUAGES} if status else amount


def _money(row: Row, values: Values) -> Value:
    """The sums of money of a row, each with its status, exact."""
    return [_with_status(one, values.number(one), values) for one in row["money"]]


def _display_money(row: Row, values: Values) -> Value:
    from factcli.reports.display import number

    return [_with_status(one, number(one, values.lexicon), values) for one in row["money"]]


def _display_date(key: str, basis: str = "") -> Show:
    def show(row: Row, values: Values) -> Value:
        from factcli.reports.display import date

        return date(row[key], values.lexicon, row.get(basis))

    return show


def _partners(row: Row, values: Values) -> Value:
    """The states that take part, but for the one the file is about."""
    return values.countries(code for code in row["partners"] if code != values.home)


def _parties(row: Row, values: Values) -> Value:
    """The parties with their roles: "Oman (lead)"."""
    labels = [(party["name"], values.label("roles", party["role"])) for party in row["parties"]]
    return [{lang: f"{name[lang]} ({role[lang]})" for lang in LANGUAGES} for name, role in labels]


def _display_sources(row: Row, values: Values) -> Value:
    from factcli.reports.display import citation

    return [citation(locator, values.facts.sources, values.lexicon) for locator in row["sources"]]


def _of_sources(show: Callable[[Source, Values], Value]) -> Show:
    """Something of each source that a fact cites, as far as a file describes it."""

    def shown(row: Row, values: Values) -> Value:
        names = dict.fromkeys(locator["source"] for locator in row["sources"])
        sources = [values.facts.sources[name] for name in names if name in values.facts.sources]
        return [value for source in sources if (value := show(source, values))]

    return shown


def _citation(source: Source, values: Values) -> Value:
    from factcli.reports.entries import citation

    return citation(source, values.lexicon)


def _related(row: Row, values: Values) -> Value:
    """The facts this one links to and those that link to it, each with the relation in words."""
    links = [(values.label("relations", link["rel"]), link["fact"]) for link in row["links"]]
    links += [
        (values.label("inverse_relations", link["rel"]), one)
        for one in values.linking_to(row["id"])
        for link in values.facts.by_id[one]["links"]
        if link["fact"] == row["id"]
    ]
    return [{lang: f"{label[lang]} {fact}" for lang in LANGUAGES} for label, fact in links]


def _match(row: Row, values: Values) -> Value:
    """Which term of the question matched what, how and how well."""
    return [f"{w['word']} → {w['text']} ({w['field']}, {w['how']}, {w['score']:g})" for w in row["match"]["words"]]


def _extra(row: Row, values: Values) -> Value:
    """The user's own keys as JSON, which even an object of languages is here."""
    from factcli.text.json_line import json_line

    return json_line(row[OPTIONAL_KEY]) if row.get(OPTIONAL_KEY) else None


def _kind_counts(row: Row, values: Values) -> list[Text]:
    labels = [(values.label("kinds", kind), count) for kind, count in row["kinds"].items()]
    return [{lang: f"{label[lang]} {count}" for lang in LANGUAGES} for label, count in labels]


def _kind_counts_in_one(row: Row, values: Values) -> Text:
    counts = _kind_counts(row, values)
    return {lang: COMMAS[lang].join(count[lang] for count in counts) for lang in LANGUAGES}


def _bibliography(row: Row, values: Values) -> Value:
    """The sources as a bibliography has them: id, title, publisher, date, address."""
    return [
        {
            lang: f"{source['id']}: "
            + ". ".join(
                str(part.get(lang) or next(iter(part.values()), "")) if isinstance(part, dict) else str(part)
                for part in map(source.get, ("title", "publisher", "issued", "URL"))
                if part
            )
            for lang in LANGUAGES
        }
        for source in row["sources"]
    ]


# -- the table


def _table(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


EXTRA = Field(OPTIONAL_KEY, _extra)

FACT_FIELDS = _table(
    Field("id", fixed=True, stacked=True),
    Field("date", display=_display_date("date", "date_basis"), fixed=True),
    Field("date_start", fixed=True),
    Field("date_end", fixed=True),
    Field("note", stacked=True),
    Field("remark", stacked=True),
    Field("kind", _label("kinds", "kind"), fixed=True),
    Field("status", _label("statuses", "status"), fixed=True),
    Field("date_basis", _label("bases", "date_basis")),
    Field("partners", _partners),
    Field("states", lambda row, values: values.countries(row["partners"])),
    Field("parties", _parties),
    Field("numbers", _numbers(), _display_numbers()),
    Field("said_by", lambda row, values: row["said_by"] and values.name(row["said_by"])),
    Field("sources", lambda row, values: [values.citation(one) for one in row["sources"]], _display_sources),
    Field("source_title", _of_sources(_citation)),
    Field("source_url", _of_sources(lambda source, values: source.get("URL")), fixed=True),
    Field("source_note", _of_sources(lambda source, values: source.get("issued_note"))),
    Field("related", _related),
    Field("name", _first_known(_in_role("exercise"), lambda row, values: row["title"])),
    Field("lead", _in_role("lead")),
    Field("participants", _first_known(_in_role("participant", "host", "organizer"), _partners)),
    Field("duration", _numbers("duration"), fixed=True),
    Field("seller", _in_role("seller", "supplier", "contractor")),
    Field("buyer", _in_role("buyer")),
    Field("item", _first_known(_in_role("item"), lambda row, values: row["title"])),
    Field("quantity", _numbers("quantity"), align="end", fixed=True),
    Field("value", _numbers("value"), _display_numbers("value"), align="end", fixed=True),
    EXTRA,
    Field("match", _match),
)
"""Fields of a fact."""

PARTNER_FIELDS = _table(
    Field("partner", fixed=True),
    Field("name"),
    Field("facts", align="end", fixed=True),
    Field("events", fixed=True),
    Field("kinds", _kind_counts, stacked=True),
    Field("first", display=_display_date("first"), fixed=True),
    Field("last", display=_display_date("last"), fixed=True),
    Field("money", _money, _display_money, stacked=True),
)
"""Fields of a row about a partner."""

ENTITY_COUNT_FIELDS = _table(
    FACT_FIELDS["id"]._replace(stacked=False),
    *(PARTNER_FIELDS[name] for name in ("name", "facts", "events", "first", "last")),
)
"""Fields of a row about an organization, a person or another entity and its facts."""

YEAR_FIELDS = _table(
    Field("year", display=lambda row, values: row["year"] or values.label("dates", "undated"), fixed=True),
    Field("facts", align="end", fixed=True),
    Field("events", align="end", fixed=True),
    Field("bar", fixed=True),
    PARTNER_FIELDS["kinds"],
)
"""Fields of a row about a year."""

INFO_FIELDS = _table(
    Field("facts", align="end", fixed=True),
    Field("kinds", _kind_counts_in_one),
    Field("first", display=_display_date("first"), fixed=True),
    Field("last", display=_display_date("last"), fixed=True),
    Field("sources", _bibliography),
    Field("fields", lambda row, values: ", ".join(row["fields"])),
    Field("mappings", lambda row, values: ", ".join(row["mappings"])),
)
"""Fields of the row about the files."""

PARTS = {
    "title": LANGUAGES,
    "note": LANGUAGES,
    "remark": LANGUAGES,
    "date_note": LANGUAGES,
    "parties": ("entity", "role", "name"),
    "numbers": ("what", "op", "value", "unit", "as_of"),
    "links": ("rel", "fact"),
    "sources": ("source", "paragraph", "sentence", "digest", "quote"),
    "match": ("score", "field", "text", "how"),
    "name": LANGUAGES,
    "publisher": LANGUAGES,
    "author": LANGUAGES,
    "issued_note": LANGUAGES,
}
"""What may follow a field behind a dot."""


def value_at(row: Row, path: str) -> Value:
    """What a row holds at `path`: `title.en`, or of every element of a list, `sources.paragraph`."""
    key, _, rest = path.partition(".")
    value = row.get(key)
    if not rest:
        return value
    if isinstance(value, list):
        return [element.get(rest) for element in value]
    return value.get(rest) if isinstance(value, dict) else None
