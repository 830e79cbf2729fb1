"""Laws of fact files: whatever stands in a record, a command answers from the other records and names that one."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import cli, store
from factcli.records import check_files

SHIPPED = json.loads(Path(store.path_of("builtin")).read_text(encoding="utf-8"))

IDS = ("us-om-tow-2023", "khanjar-hadd-2023", "us-om-strategic-framework-2019", "tr-om-documents-2024")


def tables() -> dict[str, Any]:
    """A small fact file in which every documented key has a value."""
    facts = [copy.deepcopy(fact) for fact in SHIPPED["facts"].values() if fact["id"] in IDS]
    facts[0]["numbers"].append({"what": "price", "op": "~", "value": 1.5, "unit": "OMR", "as_of": "2021"})
    facts[0]["links"].append({"rel": "about", "fact": facts[1]["id"]})
    facts[1]["sources"][0] |= {"digest": "0" * 12, "quote": "x"}
    entities = {party["entity"] for fact in facts for party in fact["parties"]}
    records = {
        "facts": facts,
        "entities": [e for e in copy.deepcopy(SHIPPED["entities"]).values() if e["id"] in entities],
        "sources": copy.deepcopy([*SHIPPED["sources"].values()]),
        "meta": [{"schema": 2, "home": "OM", "licence": "MIT"}],
    }
    return {table: {str(number): one for number, one in enumerate(of, 1)} for table, of in records.items()}


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value within a value."""
    yield at
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*at, key))


PLACES = [place for place in places(tables()) if len(place) >= 2 and place[-1] != "schema"]
"""All but the schema: one that is not known is a fault of the file as a whole."""


def put(value: Any, place: tuple[Any, ...], new: Any) -> None:
    """Puts a value at the place within another, as far as that place is still there."""
    with contextlib.suppress(KeyError, IndexError, TypeError):
        for key in place[:-1]:
            value = value[key]
        value[place[-1]] = new


VALUES: list[Any] = [
    None, True, 0, -1, 1.5, 1e308, 10**40, "", " ", "x", "2024-5", "2024-02", "OM", "om", "XX", "USD", "approved",
    "\x1b[31m", "a\nb", "ا", "9" * 5000, [], [None], ["x"], ["OM", 1], [[]], [{}], {}, {"en": "x"}, {"en": None},
    {"fr": "x"}, {"en": 1}, {"x": {"y": []}}, [{"entity": "oman", "role": "lead"}],
    [{"rel": "part-of", "fact": IDS[0]}],
    [{"what": "value", "value": 1, "unit": "USD"}], [{"what": "value", "value": "1"}], [{"source": "us-oman"}],
    [{"source": "us-oman", "paragraph": -1, "sentence": 10**30}],
]  # fmt: skip
"""Values of every type, right for some field or other; texts and numbers that look like another type."""

NUMBERS = ("0", "-1", "01", "x", "", " 1", "1.5", "1e3", "٣", "9" * 18, "9" * 19, "9" * 5000, "\x1b")
"""Keys in place of the numbers of records, most of which are no numbers."""

COMMANDS = [
    line.split(" ")
    for line in (
        "timeline", "timeline --json", "timeline turkey 2024", "timeline --chart", "timeline more than 5 million USD",
        "timeline -f csv", "timeline -f table --lang both", "timeline latest", "timeline --since 2019",
        "timeline -f md",
        "timeline --status approved --explain", "timeline -k agreement --reverse", "partner", "partner us",
        "partner --type person", "partner --type company --json", "exercise", "exercise khnjar", "exercise 5anjar",
        "sale -f table", "sale --json", f"show {' '.join(IDS)}", "show oman us-oman", "info", "info --json",
        "info --csl", f"cite {' '.join(IDS)}", f"cite {IDS[0]} --style ris", "export", "export turkey", "check",
    )
]  # fmt: skip


@given(
    changes=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), max_size=3),
    numbers=st.lists(
        st.tuples(st.sampled_from([place for place in PLACES if len(place) == 2]), st.sampled_from(NUMBERS)), max_size=2
    ),
    commands=st.lists(st.sampled_from(COMMANDS), min_size=4, max_size=4, unique_by=tuple),
)
def test_whatever_stands_in_a_record_the_others_are_answered(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[Any, Any]],
    numbers: list[tuple[Any, str]],
    commands: list[list[str]],
) -> None:
    changed = tables()
    for place, value in changes:
        put(changed, place, copy.deepcopy(value))
    for (table, number), key in numbers:
        changed[table] = {key if old == number else old: record for old, record in changed[table].items()}
    path = tmp_path_factory.getbasetemp() / "law.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    facts = store.read([str(path)])
    touched = {number for (table, number, *_), _ in [*changes, *numbers] if table == "facts"}
    untouched = {fact["id"] for number, fact in tables()["facts"].items() if number not in touched}
    assert untouched <= {fact["id"] for fact in facts.facts}
    if facts.faults:
        problems = check_files([str(path)], are_fact_files=True)
        assert [problem for problem in problems if problem.severity == "error"], "`check` names what is left out"
    for command in commands:
        status, errors = run(["--db", str(path), *command])
        assert "an error in factcli itself" not in errors, command
        if command != ["check"]:
            assert status in ((3,) if facts.faults else (0, 1)), (command, errors)


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit status of a command and what it wrote to standard error."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        status = cli.main(arguments)
        err.flush()
    finally:
        sys.stdout, sys.stderr = streams
    return status, err.buffer.getvalue().decode()  # type: ignore[attr-defined]
