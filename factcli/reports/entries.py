"""An entity or a source whole, with its facts: what `show` displays of their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from factcli.lexicon import Lexicon
from factcli.model import (
    ENTITY,
    LANGUAGES,
    OPTIONAL_KEY,
    SOURCE,
    Entity,
    Fact,
    Facts,
    Row,
    Source,
    Table,
    Text,
    Value,
    View,
)
from factcli.reports import Report, extra_key, make_table
from factcli.reports.citations import text_of
from factcli.reports.display import date
from factcli.reports.fields import EXTRA, Field
from factcli.reports.values import Values


def entries_table(sort: str, names: Sequence[str], facts: Facts, lexicon: Lexicon, view: View, kind: str) -> Table:
    """A row for each entity, or each source, with one of these ids; `kind` is what the format has in its cells."""
    values = Values(facts, lexicon)
    row = entity_row if sort == ENTITY else source_row
    fields, columns = (ENTITY_FIELDS, ENTITY_COLUMNS) if sort == ENTITY else (SOURCE_FIELDS, SOURCE_COLUMNS)
    keys = ENTITY_KEYS if sort == ENTITY else SOURCE_KEYS
    rows = [row(name, facts) for name in names]
    extra, derived = extra_key(rows, view), keys.index("roles" if sort == ENTITY else "facts")
    keys, columns = (*keys[:derived], *extra, *keys[derived:]), (*columns, *extra)
    return make_table(rows, Report(columns, columns[0], cards=True), keys, fields, values, view, kind)


def entity_row(name: str, facts: Facts) -> Row:
    """The entity with every documented key, how often it has which role, and the ids of its facts."""
    of_entity = facts_of(ENTITY, name, facts)
    roles = Counter(party["role"] for fact in of_entity for party in fact["parties"] if party["entity"] == name)
    return {
        "record": ENTITY,
        **facts.entities[name],
        "roles": dict(roles.most_common()),
        "facts": [fact["id"] for fact in of_entity],
    }


def source_row(name: str, facts: Facts) -> Row:
    """The source with every documented key and those that its file has beside them, and the ids of its facts."""
    known = dict.fromkeys(SOURCE_KEYS[1:-1])
    of_source = [fact["id"] for fact in facts_of(SOURCE, name, facts)]
    return {"record": SOURCE, **known, **facts.sources[name], "facts": of_source}


def facts_of(sort: str, name: str, facts: Facts) -> list[Fact]:
    """The facts in which an entity takes part or speaks, of a country also as a partner; or that cite a source."""
    if sort == SOURCE:
        citing = found_by(facts, by_source=name)
        return [fact for fact in citing if any(locator["source"] == name for locator in fact["sources"])]
    entity = facts.entities[name]
    code = entity["country"] if entity["type"] == "country" else None
    return [
        fact
        for fact in found_by(facts, by_entity=name, by_speaker=name, by_country=code)
        if fact["said_by"] == name or code in fact["partners"] or any(p["entity"] == name for p in fact["parties"])
    ]


def found_by(facts: Facts, **keys: str | None) -> Sequence[Fact]:
    """The facts that any of these mappings of an index has under its key, and maybe some more; without one, all."""
    if isinstance(facts.facts, list):
        return facts.facts
    postings = (facts.derived.entries(name, tuple).get(key, ()) for name, key in keys.items() if key)
    stored: Any = facts.facts
    return stored.many(sorted(set().union(*postings)))  # type: ignore[no-any-return]


# -- what a field shows


def _facts(row: Row, values: Values) -> Value:
    """The facts, each with its id and title."""
    titles = {one: values.facts.by_id[one]["title"] for one in row["facts"]}
    return [
        {lang: f"{one}: {titles[one].get(lang) or next(iter(titles[one].values()), '')}" for lang in LANGUAGES}
        for one in row["facts"]
    ]


def _roles(row: Row, values: Values) -> Value:
    labels = [(values.label("roles", role), count) for role, count in row["roles"].items()]
    return [{lang: f"{label[lang]} {count}" for lang in LANGUAGES} for label, count in labels]


def _citation(row: Row, values: Values) -> Value:
    return citation(values.facts.sources[row["id"]], values.lexicon)


def citation(source: Source, lexicon: Lexicon) -> Text:
    """The source as a bibliography has it, without its address."""
    return {lang: text_of(source, lang, lexicon, has_address=False) for lang in LANGUAGES}


ENTITY_KEYS = ("record", *(key for key in Entity.__annotations__ if key != OPTIONAL_KEY), "roles", "facts")
SOURCE_KEYS = ("record", *(key for key in Source.__annotations__ if key != OPTIONAL_KEY), "facts")
SOURCE_COLUMNS = ("id", "citation", "type", "language", "issued", "issued_basis", "issued_note", "accessed", "URL",
                  "facts")  # fmt: skip

ENTITY_COLUMNS = ("id", "name", "aliases", "type", "country", "roles", "facts")

ENTITY_FIELDS = {
    field.name: field
    for field in (
        Field("id", fixed=True),
        Field("name"),
        Field("aliases"),
        Field("type", lambda row, values: values.label("entity_types", row["type"])),
        Field("country", lambda row, values: values.countries([row["country"]]) if row["country"] else None),
        Field("roles", _roles),
        Field("facts", _facts),
        EXTRA,
    )
}
"""Fields of an entity."""

SOURCE_FIELDS = {
    field.name: field
    for field in (
        Field("id", fixed=True),
        Field("citation", _citation),
        Field("issued", display=lambda row, values: date(row["issued"], values.lexicon)),
        Field("issued_basis", lambda row, values: row["issued_basis"] and values.label("bases", row["issued_basis"])),
        Field("accessed", display=lambda row, values: date(row["accessed"], values.lexicon)),
        Field("URL", fixed=True),
        Field("facts", _facts),
        EXTRA,
    )
}
"""Fields of a source; one without a row shows the value as it is."""
