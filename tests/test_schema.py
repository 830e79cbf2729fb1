"""The published JSON Schema and the validator agree, on a corpus and on what a generator makes of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import model, store
from factcli.records import check, schema
from factcli.records.problems import Candidate, Place

ONLY_IN_THE_VALIDATOR = {"E201", "E202", "E203", "E206", "E211", "E222", "E234"}
"""What a schema can say only roughly: the calendar, text of letters, characters beyond the basic plane, small letters
of every script, own links."""

VALIDATOR = jsonschema.Draft202012Validator(schema.document())
SHIPPED = [dict(fact) for fact in store.read([]).facts]
CHECKED = Path(__file__).parent / "data" / "check"
CORPUS = [
    record
    for path in sorted(CHECKED.glob("E[12]*.json"))
    for record in json.loads(path.read_text(encoding="utf-8"))["facts"].values()
]


def codes(record: Any) -> set[str]:
    """The codes of the validator's errors."""
    return {finding.code for finding in check.record_findings(Candidate(Place("f", 1), record))}


def assert_agreement(record: Any) -> None:
    errors, is_valid = codes(record), VALIDATOR.is_valid(record)
    assert is_valid or errors, f"the schema refuses what the validator takes: {record}"
    assert not is_valid or errors <= ONLY_IN_THE_VALIDATOR, f"the schema takes what is {errors}: {record}"


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


def test_documented_keys_are_those_of_the_model() -> None:
    kept = [key for key, node in schema.FACT["properties"].items() if not node.get("readOnly")]
    assert kept == list(model.FACT_KEYS)
    assert list(schema.ENTITY["properties"]) == list(model.ENTITY_KEYS)
