"""The table of fields: each has a label in both languages, and shows something of a fact that has it."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import FACT_KEYS, LANGUAGES, Hit, Match, Row
from factcli.reports import REPORTS, fact_row
from factcli.reports.fields import (
    ENTITY_COUNT_FIELDS,
    FACT_FIELDS,
    INFO_FIELDS,
    PARTNER_FIELDS,
    PARTS,
    YEAR_FIELDS,
    value_at,
)
from factcli.reports.values import Values

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
VALUES = Values(FACTS, LEXICON)
MATCH = Match("tow", 100.0, "party", "TOW", "alias")
ROWS = [{**fact_row(Hit(fact, (MATCH,)), VALUES), "extra": {"en": "own"}} for fact in FACTS.facts]


@pytest.mark.parametrize("name", [*FACT_FIELDS, *PARTNER_FIELDS, *YEAR_FIELDS, *INFO_FIELDS, *ENTITY_COUNT_FIELDS])
def test_a_field_has_a_label_in_both_languages(name: str) -> None:
    label = LEXICON.label("columns", name)
    assert set(label) == set(LANGUAGES)
    assert label["ar"] != name


@pytest.mark.parametrize("name", FACT_FIELDS)
def test_a_field_shows_something_of_some_shipped_fact(name: str) -> None:
    field = FACT_FIELDS[name]
    for show in (field.exact, field.display or field.exact):
        assert any(show(row, VALUES) if show else row.get(name) for row in ROWS)


@pytest.mark.parametrize("name", REPORTS)
def test_the_columns_of_a_report_are_fields_or_keys_of_a_fact(name: str) -> None:
    report = REPORTS[name]
    assert set(report.columns) <= FACT_FIELDS.keys() | set(FACT_KEYS)
    assert report.main in report.columns


def test_what_may_follow_a_field_is_in_the_facts() -> None:
    for key, parts in PARTS.items():
        if key in FACT_KEYS:
            values = [row[key] for row in ROWS if row[key]]
            objects = [one for value in values for one in (value if isinstance(value, list) else [value])]
            assert {part for one in objects for part in one} <= set(parts)


ROW: Row = {
    "id": "a",
    "title": {"en": "A visit"},
    "note": None,
    "sources": [{"source": "s", "paragraph": 1}, {"source": "t"}],
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "a"),
        ("title", {"en": "A visit"}),
        ("title.en", "A visit"),
        ("title.ar", None),
        ("note.en", None),
        ("sources.source", ["s", "t"]),
        ("sources.paragraph", [1, None]),
        ("absent", None),
        ("absent.en", None),
    ],
)
def test_the_value_at_a_path(path: str, value: object) -> None:
    assert value_at(ROW, path) == value


@pytest.mark.parametrize(
    ("name", "fact", "shown"),
    [
        ("partners", "us-om-tow-2023", ["United States"]),
        ("states", "us-om-tow-2023", ["Oman", "United States"]),
        ("seller", "us-om-tow-2023", ["United States"]),
        ("buyer", "us-om-tow-2023", ["Oman"]),
        ("item", "us-om-tow-2023", ["TOW 2B"]),
        ("quantity", "us-om-tow-2023", ["301 missiles"]),
        ("value", "us-om-tow-2023", ["70,000,000 USD"]),
        ("lead", "om-khanjar-hadd-2023", ["Oman"]),
        ("duration", "om-khanjar-hadd-2023", ["5 days"]),
    ],
)
def test_what_a_field_shows_of_a_fact(name: str, fact: str, shown: list[str]) -> None:
    row = next(row for row in ROWS if row["id"] == fact)
    show = FACT_FIELDS[name].exact
    assert show is not None
    assert [text["en"] for text in show(row, VALUES)] == shown


def test_a_link_is_shown_at_both_of_its_ends() -> None:
    row = next(row for row in ROWS if row["links"])
    link = row["links"][0]
    other = next(one for one in ROWS if one["id"] == link["fact"])
    related = FACT_FIELDS["related"].exact
    assert related is not None
    for shown, one, group in ((row, other, "relations"), (other, row, "inverse_relations")):
        relation = LEXICON.label(group, link["rel"])["en"]
        assert f"{relation} {one['id']}" in [text["en"] for text in related(shown, VALUES)]
