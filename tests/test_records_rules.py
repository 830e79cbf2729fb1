"""The rows of the table of rules, and the checks that are more than a comparison."""

from __future__ import annotations

import string
from typing import Any

import pytest

from factcli.records import rules, schema
from factcli.records.problems import Candidate, Place
from factcli.records.rules import RULES, RecordSet, Rule, countries_named, problem, suggestion
from factcli.text import fold

PLACE = Place("f", 1)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_row_says_what_is_wrong_and_how_to_fix_it(rule: Rule) -> None:
    assert rule.code[0] in "EW"
    assert len(rule.code) == 4
    assert rule.what
    assert rule.fix
    assert not rule.what.endswith(".")
    assert not rule.fix.endswith(".")
    slots = [name for text in (rule.what, rule.fix) for _, name, _, _ in string.Formatter().parse(text)]
    assert set(slots) <= {None, ""}


def test_codes_are_unique() -> None:
    assert len(RULES) == len(rules._ROWS)


def test_values_stand_for_the_slots_of_both_parts_in_order() -> None:
    found = problem("E107", PLACE, "numbers[1].value", "-1; {}", "a number")
    assert (found.message, found.fix) == ("is -1; {}", "write a number")
    assert (found.code, found.severity, found.record, found.field) == ("E107", "error", 1, "numbers[1].value")


def test_a_field_of_another_table_has_its_name() -> None:
    assert problem("W301", PLACE._replace(table="entities"), "name", "x").field == "entities name"
    assert problem("W301", PLACE._replace(table="entities"), "", "x").field == ""
    assert problem("W301", PLACE, "name", "x").severity == "warning"


def test_every_format_of_the_schema_has_a_rule_and_every_rule_of_a_fact_a_field() -> None:
    formats = {"plain-text", "edtf", "country", "unit", "slug", "digest"}
    keywords = {"type", "required", "additionalProperties", "enum", "maxLength", "maxItems", "minimum", "pattern",
                "minProperties"}  # fmt: skip
    fields = {f"fact.{field}" for field in schema.FACT["properties"]}
    reading = {"file", "csv", "mapping", "record", "import", "facts", "characters", "extra", "evidence"}
    subjects = {rule.subject for rule in RULES.values()}
    assert formats | keywords | reading <= subjects <= formats | keywords | reading | fields


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("UK", "GB"), ("OMN", "OM"), ("om", "OM"), ("Turkey", "TR"), ("تركيا", "TR"), ("Congo", "CD or CG")],
    ids=["reserved code", "alpha-3", "small letters", "English name", "Arabic name", "a name of two countries"],
)
def test_the_code_that_was_intended_is_suggested(wrong: str, right: str) -> None:
    values = rules.unknown_country(wrong)
    assert values is not None
    assert values[1] == f"write {right}"


def test_a_word_that_is_no_country_gets_an_example() -> None:
    assert rules.unknown_country("Atlantis") == ('"Atlantis"', "write the code of two capital letters, e.g. OM")
    assert rules.unknown_country("OM") is None
    assert countries_named("Atlantis") == ()


def test_a_misspelt_word_gets_the_nearest_one_else_all() -> None:
    assert suggestion("vist", ["sale", "visit"]) == "did you mean visit?"
    assert suggestion("zzz", ["sale", "visit"]) == "it may be sale, visit"
    assert suggestion("x" * 100, ["x" * 99, "b", "c"], limit=1).endswith(" and 2 more")


@pytest.mark.parametrize(
    ("unit", "is_known"),
    [
        ("USD", True),
        ("missile", True),
        ("ريال", True),
        ("OMr", False),
        ("USB", False),
        ("Missile", False),
        (" ", False),
    ],
)
def test_a_unit_is_a_currency_or_in_small_letters(unit: str, is_known: bool) -> None:
    assert rules.unknown_unit(unit) == (None if is_known else (f'"{unit}"',))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A visit", set()),
        ("", {"E201"}),
        (" \n", {"E201"}),
        ("...", {"E202"}),
        ("عُمان 1", set()),
    ],
)
def test_the_checks_of_a_text(text: str, codes: set[str]) -> None:
    assert {rule.code for rule in rules.rules_of("plain-text") if rule.check(text) is not None} == codes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Visit of a Turkish delegation", "A Turkish delegation: visit of", True),
        ("Exercise Khanjar Hadd 12", "Exercise Khanjar Hadd 13", False),
        ("Visit of the minister", "Joint naval exercise", False),
        ("", "", False),
    ],
    ids=["word order and punctuation", "another number is another fact", "nothing shared", "no title in the language"],
)
def test_titles_that_are_nearly_the_same(one: str, other: str, same: bool) -> None:
    words = [set(fold(title).split()) for title in (one, other)]
    assert rules.mostly_equal(*words) is same


def records(*facts: dict[str, Any], **tables: dict[str, Any]) -> RecordSet:
    candidates = [Candidate(PLACE._replace(record=n), fact) for n, fact in enumerate(facts, 1)]
    return RecordSet(candidates, tables.get("entities", {}), tables.get("sources", {}))


def test_each_object_of_a_list_comes_with_its_field() -> None:
    found = records({"links": [{"fact": "a"}, {"fact": "b"}]}, {"links": None}, {}).each("links")
    assert [(place.record, field, item["fact"]) for place, _, field, item in found] == [
        (1, "links[1]", "a"),
        (1, "links[2]", "b"),
    ]


def test_an_extra_has_one_fault_at_a_time() -> None:
    deep: Any = "x" * (schema.MAX_EXTRA_LENGTH + 1)
    assert rules.long_extra(deep) is None, "no object, which its type says"
    for _ in range(schema.MAX_EXTRA_DEPTH + 1):
        deep = {"x": deep}
    assert rules.deep_extra(deep) and rules.long_extra(deep) is None
    assert rules.long_extra({"x": "x" * schema.MAX_EXTRA_LENGTH})


def test_facts_that_are_linked_are_no_duplicates() -> None:
    one = {"id": "a", "kind": "visit", "title": {"en": "Visit of a Turkish delegation"}}
    other = {**one, "id": "b"}
    assert [values for _, _, values in rules.duplicates(records(one, other))] == [('"a"',)]
    linked = {**other, "links": [{"rel": "same-as", "fact": "a"}]}
    assert list(rules.duplicates(records(one, linked))) == []
    assert list(rules.duplicates(records(one, {**other, "date": "2023"}))) == []


def test_a_country_that_takes_part_is_a_partner() -> None:
    fact = {"id": "a", "partners": ["OM"], "parties": [{"entity": "us", "role": "host"}]}
    country = {"id": "us", "type": "country", "country": "US"}
    found = rules.missing_partners(records(fact, entities={"us": country}))
    assert [(field, values[:2]) for _, field, values in found] == [("partners", ("US", '"us"'))]
    place = {**country, "type": "place"}
    assert list(rules.missing_partners(records(fact, entities={"us": place}))) == []


def test_a_digest_is_that_of_its_quote() -> None:
    right = "2c26b46b68ffc68f"  # of foo
    for digest, is_wrong in ((right, False), (right[:8], False), ("0" * 8, True), ("", False)):
        fact = {"id": "a", "sources": [{"source": "s", "quote": "foo", "digest": digest}]}
        found = [values for _, _, values in rules.wrong_digests(records(fact))]
        assert found == ([(right[:12],)] if is_wrong else [])
