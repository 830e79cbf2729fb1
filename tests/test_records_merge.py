"""Three versions of a fact file made one: what is taken from which side, what is a conflict, what stays as it is."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import store
from factcli.errors import FileError
from factcli.records.merge import merge_files, merge_tables
from factcli.store import decode

if TYPE_CHECKING:
    from conftest import Run

FACT = {"id": "a", "kind": "visit", "date": "2023", "date_basis": "stated", "title": {"en": "A visit"}}
META = {"schema": 2, "home": "OM"}

Version = dict[str, Any]


def version(*facts: Any, **tables: Any) -> Version:
    return {"facts": {str(number): fact for number, fact in enumerate(facts, 1)}, "meta": {"1": META}, **tables}


def fact(name: str = "a", **values: Any) -> Any:
    return {**copy.deepcopy(FACT), "id": name, **values}


def merged(base: Version, ours: Version, theirs: Version, table: str = "facts") -> tuple[list[Any], list[Any]]:
    """The records of a table of the merge, and its conflicts without their last part, the wording."""
    tables, conflicts = merge_tables(*map(copy.deepcopy, (base, ours, theirs)))
    return [*tables[table].values()], [conflict[:3] for conflict in conflicts]


A, B, C = fact("a"), fact("b"), fact("c")
HELD, TITLED = {"status": "held"}, {"title": {"en": "Another", "ar": "زيارة"}}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ([A], [A], [A], [A]),
        ([A], [A, B], [A, C], [A, B, C]),
        ([A], [A, C, B], [B, A], [A, C, B]),
        ([A, B], [B], [A, B, C], [B, C]),
        ([A, B], [A, B, C], [A], [A, C]),
        ([A, B], [B, A], [A, B], [B, A]),
        ([A, B], [A], [A], [A]),
        ([A, B], [B], [A, fact("b", **HELD)], [fact("b", **HELD)]),
        ([A], [fact(**HELD)], [fact(**TITLED)], [fact(**TITLED, **HELD)]),
        ([A], [fact(**HELD)], [fact(**HELD)], [fact(**HELD)]),
        ([fact(**HELD)], [fact(**HELD, partners=[])], [fact(status=None)], [fact(status=None, partners=[])]),
        ([A], [fact(title={"en": "B"})], [fact(title={"en": "A visit", "ar": "ز"})],
         [fact(title={"en": "B", "ar": "ز"})]),
        ([fact(x=1)], [fact(x=1, y=0)], [fact(z=0)], [fact(y=0, z=0)]),
        ([], [fact(status=None, partners=[])], [fact(**HELD, partners=["OM"])], [fact(**HELD, partners=["OM"])]),
        ([fact(remark=None)], [A], [fact(remark={"en": "x"})], [fact(remark={"en": "x"})]),
    ],
    ids=[
        "nothing", "each adds", "both add one", "ours removes", "theirs removes", "ours reorders", "both remove",
        "one removes, other edits another", "different fields", "the same field, the same", "a field is emptied",
        "different languages", "unknown fields", "both add, null against a value", "a value for null",
    ],
)  # fmt: skip
def test_what_one_side_changed_is_taken(base: Any, ours: Any, theirs: Any, result: Any) -> None:
    assert merged(version(*base), version(*ours), version(*theirs)) == (result, [])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "places"),
    [
        ([A], [fact(**HELD)], [fact(status="planned")], [fact(**HELD)], ["status"]),
        ([A], [fact(status="held", note={"en": "n"})], [fact(status="signed", said_by="x")],
         [fact(status="held", note={"en": "n"}, said_by="x")], ["status"]),
        ([A], [], [fact(**HELD)], [], [""]),
        ([A], [fact(**HELD)], [], [fact(**HELD)], [""]),
        ([], [fact(**HELD)], [fact(status="planned")], [fact(**HELD)], ["status"]),
        ([A], [fact(title={"en": "B"})], [fact(title={"en": "C", "ar": "ز"})], [fact(title={"en": "B", "ar": "ز"})],
         ["title.en"]),
        ([A], [fact(partners=["OM"])], [fact(partners=["OM", "US"])], [fact(partners=["OM"])], ["partners"]),
        ([A], [fact(date=None, date_basis="unknown")], [fact(date_basis="inferred", date_note={"en": "x"})],
         [fact(date=None, date_basis="unknown", date_note={"en": "x"})], ["date_basis"]),
        ([A], [fact(date=None, date_basis="unknown")], [fact(date="2023-05")],
         [fact(date=None, date_basis="unknown")], ["date"]),
        ([fact(title={"en": "E", "ar": "ز"})], [fact(title={"en": "E"})], [fact(title={"ar": "ز"})],
         [fact(title={"en": "E"})], ["title"]),
        ([fact(date_basis=None, date=None)], [fact(date_basis=None, date=None, **HELD, date_note=None)],
         [fact(date_basis="stated", date=None)], [fact(date_basis=None, date=None, **HELD, date_note=None)],
         ["date"]),
    ],
    ids=[
        "one field", "one field of several", "ours removes", "theirs removes", "both add", "one language", "a list",
        "a basis", "a date", "no language is left", "together they break a rule",
    ],
)  # fmt: skip
def test_what_both_changed_differently_is_a_conflict_and_ours_stays(
    base: Any, ours: Any, theirs: Any, result: Any, places: list[str]
) -> None:
    found = merged(version(*base), version(*ours), version(*theirs))
    assert found == (result, [("facts", "a", place) for place in places])


def test_records_keep_their_numbers_as_far_as_these_are_free() -> None:
    ours, theirs = version(A, B), version(A, C)
    theirs["facts"]["7"] = fact("d")
    numbers = {
        record["id"]: number for number, record in merge_tables(version(A), ours, theirs).tables["facts"].items()
    }
    assert numbers == {"a": "1", "b": "2", "c": str(decode.record_number("c", {})), "d": "7"}


def test_a_record_is_the_same_whatever_its_number() -> None:
    theirs = {**version(), "facts": {"9": fact(**HELD)}}
    tables, conflicts = merge_tables(version(A), version(A), theirs)
    assert (tables["facts"], conflicts) == ({"1": fact(**HELD)}, [])


def test_entities_sources_and_properties_are_merged_too() -> None:
    entity = {"id": "x", "type": "person", "name": {"en": "X"}, "aliases": [], "country": None}
    source = {"id": "s", "title": {"en": "S"}}
    ours = version(entities={"1": {**entity, "country": "OM"}}, sources={"1": source})
    theirs = version(
        entities={"1": {**entity, "aliases": ["y"]}}, sources={"1": {**source, "id": "t"}}, meta={"1": {**META, "x": 1}}
    )
    base = version(entities={"1": entity}, sources={})
    assert merged(base, ours, theirs, "entities") == ([{**entity, "country": "OM", "aliases": ["y"]}], [])
    assert [one["id"] for one in merged(base, ours, theirs, "sources")[0]] == ["s", "t"]
    assert merged(base, ours, theirs, "meta") == ([{**META, "x": 1}], [])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "places"),
    [
        (None, None, {"1": {"x": 1}}, [{"x": 1}], []),
        ({"1": {"x": 1}}, {"1": {"x": 1}, "2": {"y": 1}}, {"1": {"x": 2}}, [{"x": 2}, {"y": 1}], []),
        ({"1": {"x": 1}}, {"1": {"x": 1, "y": 1}}, {"1": {"x": 2}}, [{"x": 2, "y": 1}], []),
        ({}, {"2": {"y": 1}}, {"2": {"z": 1}}, [{"y": 1}], [("other", "2", "")]),
        ({"1": 1}, {"1": 2}, {"1": 3}, [2], [("other", "1", "")]),
        ({"1": {"x": 1}}, {"1": {"x": 1}}, None, [], []),
    ],
    ids=["added", "each a record", "each a field", "both add another", "no objects", "removed"],
)
def test_tables_that_are_not_documented_are_merged_by_number(
    base: Any, ours: Any, theirs: Any, result: Any, places: Any
) -> None:
    versions = [version(A, **({} if table is None else {"other": table})) for table in (base, ours, theirs)]
    assert merged(*versions, "other") == (result, places)


names = st.sampled_from("abcdef")
some_facts = st.lists(
    st.builds(
        fact,
        names,
        status=st.sampled_from([None, "held", "planned"]),
        title=st.sampled_from([{"en": "A"}, {"en": "B"}]),
    ),
    max_size=5,
    unique_by=lambda one: one["id"],
).map(lambda facts: version(*facts))


@given(some_facts, some_facts)
def test_a_side_that_changed_nothing_or_the_same_leaves_the_other(base: Version, changed: Version) -> None:
    assert merge_tables(base, changed, base) == (changed, [])
    assert merge_tables(base, changed, changed) == (changed, [])
    taken, conflicts = merge_tables(base, base, changed)
    by_id = [{one["id"]: one for one in tables["facts"].values()} for tables in (taken, changed)]
    assert (by_id[0], conflicts) == (by_id[1], [])


@given(some_facts, some_facts, some_facts)
def test_both_orders_of_the_sides_differ_in_conflicts_only(base: Version, one: Version, other: Version) -> None:
    (first, conflicts), (second, reverse) = merge_tables(base, one, other), merge_tables(base, other, one)
    assert {conflict[:3] for conflict in conflicts} == {conflict[:3] for conflict in reverse}
    disputed = {conflict.id for conflict in conflicts}
    by_id = [
        {fact["id"]: fact for fact in tables["facts"].values() if fact["id"] not in disputed}
        for tables in (first, second)
    ]
    assert by_id[0] == by_id[1]


# -- files


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    return {name: tmp_path / name for name in ("base", "ours", "theirs")}


def write(paths: dict[str, Path], **versions: Any) -> None:
    for name, tables in versions.items():
        text = tables if isinstance(tables, str) else json.dumps(tables)
        paths[name].write_text(text, encoding="utf-8")


def test_ours_is_replaced_and_nothing_is_left_beside_it(paths: dict[str, Path], run_factcli: Run) -> None:
    write(paths, base=version(A), ours=version(A, B), theirs=version(A, C))
    before = [paths[name].read_bytes() for name in ("base", "theirs")]
    assert run_factcli("merge", *paths.values()) == (0, "", "")
    assert [one["id"] for one in store.read([str(paths["ours"])]).facts] == ["a", "b", "c"]
    assert [paths[name].read_bytes() for name in ("base", "theirs")] == before
    assert sorted(os.listdir(paths["ours"].parent)) == ["base", "ours", "theirs"]


def test_a_conflict_has_file_table_id_field_and_both_values(paths: dict[str, Path], run_factcli: Run) -> None:
    write(paths, base=version(A, B), ours=version(fact(**HELD)), theirs=version(fact(status="signed"), fact("b", x=1)))
    done = run_factcli("merge", *paths.values(), "my facts.json")
    field = 'facts a: status: is "held" in OURS, which was kept, and "signed" in THEIRS'
    record = "facts b: was removed in OURS, which was kept, and changed in THEIRS"
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"factcli: my facts.json: {what}; correct it in the file if need be" for what in (field, record)
    ]
    assert merge_files(*map(str, paths.values()))[0].startswith(f"{paths['ours']}: facts a: ")


def test_an_empty_base_says_that_both_sides_made_the_file(paths: dict[str, Path]) -> None:
    write(paths, base="", ours=version(A, B), theirs=version(fact(**HELD), C))
    assert merge_files(*map(str, paths.values())) == []
    assert [(one["id"], one["status"]) for one in store.read([str(paths["ours"])]).facts] == [
        ("a", "held"),
        ("b", None),
        ("c", None),
    ]


def test_versions_of_schema_1_are_merged_as_the_present_one(paths: dict[str, Path]) -> None:
    old, new = {"1": {**META, "schema": 1}}, {**FACT, "remark": {"en": "x"}}
    write(paths, base=version(A, meta=old), ours=version(A, B, meta=old), theirs=version(new))
    assert merge_files(*map(str, paths.values())) == []
    tables = json.loads(paths["ours"].read_text(encoding="utf-8"))
    assert tables["meta"] == {"1": META}
    assert [one["remark"] for one in tables["facts"].values()] == [{"en": "x"}, None]


BAD: Version = version({**FACT, "date": "2023-13"})


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BAD, "facts record 1 (a), left out: date"),
        ("{", "is not JSON"),
        (' {"_default": {"1": {"x": 1}}}', "has no table of facts"),
        (version(A, other="x"), "the table other is a text"),
        ('{"facts": {}, "other": {"1": {"x": NaN}}}', "other record 1, left out: NaN is not a number"),
    ],
    ids=["a bad record", "no JSON", "another program's", "no table", "a bad record of another program"],
)
def test_a_version_that_cannot_be_read_whole_is_refused(
    paths: dict[str, Path], side: str, content: Any, message: str, run_factcli: Run
) -> None:
    write(paths, base=version(A), ours=version(A, B), theirs=version(A, C))
    write(paths, **{side: content})
    before = paths["ours"].read_bytes()
    done = run_factcli("merge", *paths.values(), "mine.json")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(f"factcli: mine.json ({side.upper()})")
    assert message in done.err
    assert paths["ours"].read_bytes() == before
    assert sorted(os.listdir(paths["ours"].parent)) == ["base", "ours", "theirs"]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_only_the_base_may_be_empty(paths: dict[str, Path], side: str) -> None:
    write(paths, base="", ours=version(A), theirs=version(A))
    write(paths, **{side: ""})
    with pytest.raises(FileError, match="is empty"):
        merge_files(*map(str, paths.values()))


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
def test_a_version_that_is_not_there_is_reported(paths: dict[str, Path], side: str) -> None:
    write(paths, base=version(A), ours=version(A), theirs=version(A))
    paths[side].unlink()
    with pytest.raises(FileError, match="no such file"):
        merge_files(*map(str, paths.values()))
    assert not paths[side].exists()
