"""The published JSON Schema has the keys and types of the model, and the validator agrees with it."""

from __future__ import annotations

import copy
import json
import re
import typing
from pathlib import Path
from types import UnionType
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import model, store
from factcli.records import schema
from factcli.records.problems import Candidate, Place
from factcli.records.validate import validate
from factcli.text import unsafe

ONLY_IN_THE_VALIDATOR = {"E201", "E202", "E203", "E206", "E211", "E222", "E234"}
"""What a schema can express only roughly: the calendar, text of letters, characters beyond the basic plane, small
letters of every script, own links."""

VALIDATOR = jsonschema.Draft202012Validator(schema.document())
SHIPPED = [dict(fact) for fact in store.read([]).facts]
FIXTURES = Path(__file__).parent / "data" / "check"
CORPUS = [
    record
    for path in sorted(FIXTURES.glob("E[12]*.json"))
    for record in json.loads(path.read_text(encoding="utf-8"))["facts"].values()
]


def codes(record: Any) -> set[str]:
    """The codes of the validator's errors."""
    return {p.code for p in validate(Candidate(Place("f", 1), record)) if p.severity == "error"}


def assert_agreement(record: Any) -> None:
    errors, is_valid = codes(record), VALIDATOR.is_valid(record)
    assert is_valid or errors, f"the schema refuses what the validator accepts: {record}"
    assert not is_valid or errors <= ONLY_IN_THE_VALIDATOR, f"the schema accepts what is {errors}: {record}"


# The model.

DEFINITIONS = {
    "facts": (model.Fact, schema.FACT),
    "entities": (model.Entity, schema.ENTITY),
    "sources": (model.Source, schema.SOURCE),
    "meta": (model.Meta, schema.META),
    "parties": (model.Party, schema.PARTY),
    "numbers": (model.Number, schema.NUMBER),
    "links": (model.Link, schema.LINK),
    "locators": (model.Locator, schema.LOCATOR),
}


def json_type(hint: Any) -> str:
    """The type of JSON that a type of Python is written as, null left out."""
    if typing.get_origin(hint) in (typing.NotRequired, UnionType):
        return json_type(typing.get_args(hint)[0])
    types = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return types.get(typing.get_origin(hint) or hint, "object")


@pytest.mark.parametrize(("definition", "node"), DEFINITIONS.values(), ids=DEFINITIONS.keys())
def test_keys_and_types_are_those_of_the_model(definition: type, node: schema.Node) -> None:
    """Read here by `typing`, which needs too long for a look-up."""
    names = {"NotRequired": typing.NotRequired}
    hints = typing.get_type_hints(definition, localns=names, include_extras=True)
    properties = {key: inner for key, inner in node["properties"].items() if not inner.get("readOnly")}
    assert list(properties) == list(hints)
    for key, hint in hints.items():
        types = [json_type(hint)] if key in node["required"] else [json_type(hint), "null"]
        assert properties[key]["type"] == (types[0] if len(types) == 1 else types), key
        if types[0] == "array":
            assert properties[key]["items"]["type"] == json_type(typing.get_args(hint)[0]), key


def test_lists_hold_objects_of_the_model() -> None:
    for key, node in {"parties": schema.PARTY, "numbers": schema.NUMBER, "links": schema.LINK}.items():
        assert schema.FACT["properties"][key]["items"] == node
    assert schema.FACT["properties"]["sources"]["items"] == schema.LOCATOR


def test_a_node_that_is_not_of_the_model_cannot_be_made() -> None:
    party = {"entity": {"description": "x"}, "role": {"description": "y"}}
    assert schema._object(model.Party, (), "a party", **party)["required"] == []
    with pytest.raises(KeyError, match="role"):
        schema._object(model.Party, (), "a party", entity={})
    with pytest.raises(TypeError, match="no other"):
        schema._object(model.Party, (), "a party", **party, other={})
    with pytest.raises(TypeError, match="array where the model has string"):
        schema._object(model.Party, (), "a party", entity={"type": "array"}, role={})


def test_the_pattern_of_a_text_excludes_what_the_table_of_unsafe_characters_has_as_errors() -> None:
    """As far as the first plane, which is what a pattern can name in every language."""
    excluded = re.compile(f"[{schema.UNSAFE_RANGES}]")
    for char in map(chr, range(0x10000)):
        assert bool(excluded.match(char)) is any(code[0] == "E" for code in unsafe.problems(char)), hex(ord(char))


# The validator.


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.document())
    assert json.loads(json.dumps(schema.document())) == schema.document()


@pytest.mark.parametrize("fact", SHIPPED, ids=lambda fact: fact["id"])
def test_shipped_facts_pass_both(fact: Any) -> None:
    assert not codes(fact)
    VALIDATOR.validate(fact)


@pytest.mark.parametrize("record", CORPUS, ids=lambda record: str(sorted(record))[:20])
def test_both_refuse_the_same(record: Any) -> None:
    assert_agreement(record)


def test_the_corpus_is_not_empty() -> None:
    assert len(CORPUS) > 20


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 300),
    st.text(max_size=5),
    st.sampled_from(["2023-13", "2023~", "OM", "UK", "USD", "usd", "stated", "inferred", "unknown", "", "-a"]),
    st.sampled_from(["a" * 81, "A\u200b", "\u200b", "https://x.y"]),
    st.sampled_from([[], {}, [1], {"en": "x"}, {"fr": "x"}, ["OM"], [{"rel": "about", "fact": "x"}]]),
)


def places(record: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside a record."""
    inside = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    return [path for key, value in inside for path in ((*at, key), *places(value, (*at, key)))]


@settings(max_examples=300)
@given(st.sampled_from(SHIPPED), st.data())
def test_a_fact_with_any_value_put_in_is_refused_by_both_or_none(fact: Any, data: st.DataObject) -> None:
    record = copy.deepcopy(fact)
    *way, last = data.draw(st.sampled_from(places(record)))
    inner: Any = record
    for key in way:
        inner = inner[key]
    inner[last] = data.draw(values)
    assert_agreement(record)


@given(st.dictionaries(st.sampled_from([*schema.FACT["properties"], "other"]), values))
def test_any_object_is_refused_by_both_or_none(record: dict[str, Any]) -> None:
    assert_agreement(record)
