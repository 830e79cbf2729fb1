"""The shape of records: read off the model, held against files, and enough for a look-up not to fail."""

from __future__ import annotations

import copy
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import cli, dates, model, store
from factcli.records import schema
from factcli.store import shape
from factcli.store.shape import Fault, Field, ShapeError, complete, fields

FACT = {"id": "a", "kind": "visit", "title": {"en": "A visit"}}
SHIPPED = store.read([]).facts


def test_fields_are_read_off_a_definition() -> None:
    assert fields(model.Number) == {
        "what": Field("string", "str", False, True),
        "op": Field("string", "Operator", False, True),
        "value": Field("number", "float", False, True),
        "unit": Field("string", "str", False, False),
        "as_of": Field("string", "Date", False, False),
    }
    assert fields(model.Fact)["note"] == Field("object", "Text", True, True)
    assert fields(model.Fact)["parties"] == Field("array", "Party", False, True)
    assert (fields(model.Fact)["parties"].item_type, fields(model.Fact)["partners"].item_type) == ("object", "string")


@pytest.mark.parametrize("table", store.TABLES)
def test_every_annotation_is_understood(table: str) -> None:
    """A name that is none of these would be taken for that of an object."""
    for field in fields(shape.RECORDS[table]).values():
        assert field.name in {"str", "int", "float", "Date", "Text", "Id", "Country", *shape.CHOICES} or hasattr(
            model, field.name
        )


@pytest.mark.parametrize("fact", SHIPPED, ids=lambda fact: fact["id"])
def test_shipped_facts_are_complete(fact: Any) -> None:
    assert list(complete(fact, "facts").items()) == list(fact.items())


def test_what_is_missing_is_null_or_empty() -> None:
    fact = complete({**FACT, "numbers": [{"value": 1, "what": "x"}], "note": {}, "other": 1}, "facts")
    assert tuple(fact) == (*model.FACT_KEYS, "other")
    assert (fact["date_basis"], fact["links"], fact["note"]) == ("unknown", [], None)
    assert [list(number.items()) for number in fact["numbers"]] == [[("what", "x"), ("op", "="), ("value", 1)]]
    assert complete({"id": "x", "type": "person"}, "entities") == {
        "id": "x", "type": "person", "name": {}, "aliases": [], "country": None,
    }  # fmt: skip
    assert complete({"id": "s", "other": 1}, "sources")["other"] == 1
    assert complete({"other": 1}, "meta") == {"other": 1}


def test_empty_lists_are_not_shared() -> None:
    assert complete(FACT, "facts")["links"] is not complete(FACT, "facts")["links"]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"id": None}, "id: is missing"),
        ({"id": 1}, "id: is a number and not a text"),
        ({"title": None}, "title: is missing"),
        ({"title": {}}, "title: is missing"),
        ({"title": "x"}, "title: is a text and not an object of languages"),
        ({"title": {"en": 1}}, "title.en: is a number and not a text"),
        ({"note": {"en": None}}, "note.en: is missing"),
        ({"partners": "OM"}, "partners: is a text and not a list"),
        ({"partners": ["OM", None]}, "partners[2]: is missing"),
        ({"parties": ["x"]}, "parties[1]: is a text and not an object"),
        ({"parties": [{"entity": "x", "role": "y"}, {"entity": "x"}]}, "parties[2].role: is missing"),
        ({"numbers": [{"what": "x", "value": True}]}, "numbers[1].value: is true or false and not a number"),
        ({"numbers": [{"what": "x", "value": -1e301}]}, "numbers[1].value: is not a number from 0 to 1e+18"),
        ({"numbers": [{"what": "x", "value": 10**5000}]}, "numbers[1].value: is not a number from 0 to 1e+18"),
        ({"numbers": [{"what": "x", "value": 1, "op": 1}]}, "numbers[1].op: is a number and not a text"),
        ({"numbers": [{"what": "x", "value": 1, "as_of": "x"}]}, "numbers[1].as_of: 'x' is not a date; write"),
        ({"sources": [{"source": "x", "paragraph": "1"}]}, "sources[1].paragraph: is a text and not a number"),
        ({"date": "2023-13"}, "date: 2023-13 does not exist"),
        ({"kind": "vist"}, 'kind: is "vist" and not one of agreement, sale, contract, '),
        ({"status": "Signed"}, 'status: is "Signed" and not one of planned, '),
        ({"date_basis": "guessed"}, 'date_basis: is "guessed" and not one of stated, inferred, unknown'),
        ({"partners": ["OM", "om"]}, 'partners[2]: is "om" and not a code of ISO 3166-1 in capitals'),
        ({"links": [{"rel": "near", "fact": "x"}]}, 'links[1].rel: is "near" and not one of renews, '),
        ({"numbers": [{"what": "x", "value": 1, "op": "=="}]}, 'numbers[1].op: is "==" and not one of =, >, >=, <, '),
    ],
)
def test_a_wrong_shape_has_its_field(record: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError) as error:
        complete({**FACT, **record}, "facts")
    assert ": ".join(error.value.args).startswith(message)


def test_a_shape_that_passed_once_is_no_pass_for_another() -> None:
    complete({**FACT, "parties": [{"entity": "x", "role": "y"}]}, "facts")
    for party in ({"entity": "x", "role": 1}, {"entity": 1, "role": "y"}, {"role": "x", "entitY": "y"}):
        with pytest.raises(ShapeError):
            complete({**FACT, "parties": [party]}, "facts")
    complete({**FACT, "numbers": [{"what": "x", "value": 1.0}]}, "facts")
    with pytest.raises(ShapeError):
        complete({**FACT, "numbers": [{"what": "x", "value": float("nan")}]}, "facts")


@settings(deadline=None)
@given(st.one_of(st.from_regex(r"\A[0-9٠-٩X]{4}[-/~][0-9]{2}[-~][0-9]{2}\Z"), st.dates().map(str), st.text()))
def test_a_date_passes_if_it_can_be_read(text: str) -> None:
    try:
        dates.span(text)
    except dates.DateError:
        with pytest.raises(ShapeError):
            complete({**FACT, "date": text}, "facts")
    else:
        assert complete({**FACT, "date": text}, "facts")["date"] == text


def test_wrong_records_are_left_out_with_their_place() -> None:
    tables: Any = {
        "facts": {
            "1": FACT,
            "7": {**FACT, "id": "b", "kind": None},
            "8": FACT,
            "x": {**FACT, "id": "c"},
            "9": [],
            "10": {**FACT, "id": ""},
        },
        "entities": {"1": {"id": "e", "type": "ship"}, "2": {"id": "e", "type": "person"}},
        "meta": {"1": {"home": "Oman"}},
    }  # fmt: skip
    checked = shape.checked(tables)
    assert {table: list(records) for table, records in checked.tables.items()} == {
        "facts": ["1"], "entities": ["2"], "sources": [], "meta": [],
    }  # fmt: skip
    assert [tuple(fault)[:4] for fault in checked.faults] == [
        ("facts", "7", "b", "kind"), ("facts", "8", "a", "id"), ("facts", "x", "c", ""), ("facts", "9", "", ""),
        ("facts", "10", "", "id"),
        ("entities", "1", "e", "type"), ("meta", "1", "", "home"),
    ]  # fmt: skip
    assert shape.messages(checked.faults, "f")[:2] == [
        "f: facts record 7 (b), left out: kind: is missing; `factcli --db FILE check` lists all problems",
        "f: facts record 8 (a), left out: id: is that of record 1 too; `factcli --db FILE check` lists all problems",
    ]


def test_the_same_fault_is_one_line_and_there_are_not_too_many_lines() -> None:
    same = [Fault("facts", str(number), f"f{number}", "kind", "is missing") for number in range(1, 6)]
    assert shape.messages(same, "f") == [
        "f: facts records 1 (f1), 2 (f2), 3 (f3) and 2 more, left out: kind: is missing; "
        "`factcli --db FILE check` lists all problems"
    ]
    many = [Fault("facts", str(n), "", "kind", f"is {n // 2}") for n in range(1, 101)]
    lines = shape.messages(many, "f")
    assert len(lines) == shape.MAX_FAULTS + 1
    assert lines[-1].startswith("f: … and 61 more records, left out; ")


def test_choices_are_those_of_the_schema() -> None:
    for table, definition in shape.RECORDS.items():
        nodes = schema.TABLES[table]["properties"]
        for key, field in fields(definition).items():
            if field.name in shape.CHOICES:
                assert [value for value in nodes[key]["enum"] if value] == list(shape.CHOICES[field.name])


# What passes can be looked up.

FILE = json.loads(Path(store.path_of(store.BUILTIN)).read_text(encoding="utf-8"))
values = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(
        [0, -1, 1.5, 1e300, 10**40, "", " ", "x", "2024-5", "2023~", "../2023", "OM", "USD", "\ud800", "\x1b"]
    ),
    st.sampled_from([[], {}, [1], ["x"], {"en": "x"}, {"fr": "x"}, {"en": None}, [{}], [{"what": "x", "value": 1}]]),
)


def places(record: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside a record."""
    inside = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    return [path for key, value in inside for path in ((*at, key), *places(value, (*at, key)))]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(store.TABLES), st.data())
def test_a_file_is_looked_up_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, table: str, data: st.DataObject
) -> None:
    tables = {name: dict(list(FILE[name].items())[:3]) for name in store.TABLES}
    number = data.draw(st.sampled_from(list(tables[table])))
    tables[table][number] = record = copy.deepcopy(tables[table][number])
    *way, last = data.draw(st.sampled_from(places(record)))
    for key in way:
        record = record[key]
    record[last] = data.draw(values)
    path = tmp_path_factory.mktemp("fuzz") / "f.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    for command in (["timeline", "--since", "1800", "--undated"], ["partner", "--json"], ["info"], ["export"]):
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = cli.main(["--db", str(path), *command])
        assert status in (0, 1, 3), err.getvalue()
        assert "error in factcli itself" not in err.getvalue()
        assert status < 2 or err.getvalue().count("\n") == 1
