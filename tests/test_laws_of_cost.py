"""What a file of records costs is bounded by its size, whatever its shape: work is counted here, not time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcli.errors import InputError
from factcli.records import check_files, edit, problems, readers, rules, validate
from factcli.records.problems import Candidate, Problem
from factcli.text import flat

FACT = {"kind": "visit", "title": {"en": "A visit"}}
MAX = 50
"""Errors after which a file is left in these tests."""


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


SHAPES = {
    "zeros": lambda n: "[" + "0," * n + "0]",
    "empty lists": lambda n: "[" + "[]," * n + "[]]",
    "empty objects": lambda n: "[" + "{}," * n + "{}]",
    "empty lines of JSON": lambda n: "{}\n" * n,
    "tables that are none": lambda n: "{" + ",".join(f'"a{at}": {{}}' for at in range(n)) + "}",
    "tables that are none beside facts": lambda n: '{"facts": {}, ' + ",".join(f'"a{i}": 0' for i in range(n)) + "}",
    "records of a table that are none": lambda n: '{"facts": {' + ",".join(f'"{i}": 0' for i in range(n)) + "}}",
    "columns": lambda n: "kind," + ",".join(f"c{at}" for at in range(n)) + "\n",
    "equal columns": lambda n: "kind," * n + "\n",
    "short rows": lambda n: "kind,title.en\n" + "x\n" * n,
    "wrong cells": lambda n: "kind,numbers\n" + "visit,?\n" * n,
    "unknown fields": lambda n: lines({**FACT, **{f"key{at}": 0 for at in range(n)}}),
    "a list of wrong objects": lambda n: lines({**FACT, "parties": [{"a": 0, "b": 0, "c": 0} for _ in range(200)]}),
    "different problems": lambda n: lines(*({**FACT, "kind": f"k{at}"} for at in range(n))),
    "broken lines": lambda n: "{}\n" + "{\n" * n,
}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """How many candidates were made, records validated, problems made and near names looked for."""
    counts = dict.fromkeys(("as_record", "validate", "problem", "nearest"), 0)

    def counting(module: Any, name: str) -> None:
        plain = getattr(module, name)

        def counter(*arguments: Any) -> Any:
            counts[name] += 1
            return plain(*arguments)

        monkeypatch.setattr(module, name, counter)

    from factcli.records import read_csv, read_json

    for module in (read_json, read_csv):
        counting(module, "as_record")
    for module in (read_json, read_csv, readers, validate):
        counting(module, "problem")
    counting(readers, "validate")
    counting(rules, "nearest")
    monkeypatch.setattr(readers, "MAX_PROBLEMS", MAX)
    monkeypatch.setattr(read_json, "MAX_UNKNOWN_KEYS", MAX)
    yield counts


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_for_a_file_of_faults_does_not_grow_with_it(
    shape: str, counted: dict[str, int], tmp_path: Path
) -> None:
    work = []
    for size in (300, 3000):
        counted.update(dict.fromkeys(counted, 0))
        with pytest.raises(InputError) as error:
            edit.import_files(["-"], str(tmp_path / "f.json"), stdin=io.BytesIO(SHAPES[shape](size).encode()))
        assert len(error.value.problems) <= problems.MAX_LISTED + 1
        assert all(line.isprintable() and len(line) < 600 for line in error.value.problems)
        work.append(dict(counted))
    assert work[0] == work[1]
    assert max(work[0].values()) <= max(MAX, validate.MAX_PROBLEMS_OF_A_RECORD) + 10


def test_a_file_that_was_left_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text("[" + "0," * 200 + "0]")
    assert [one.code for one in check_files([str(path)])] == ["E001"] * 201
    monkeypatch.setattr(readers, "MAX_PROBLEMS", MAX)
    first, *others = check_files([str(path)])
    assert (first.code, first.message) == ("E019", "has more than 50 problems, and was read no further")
    assert len(others) == MAX


def test_warnings_do_not_end_the_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text(lines(*({**FACT, "id": f"f{at}", "title": {"en": f"A\xad {at}"}} for at in range(200))))
    monkeypatch.setattr(readers, "MAX_PROBLEMS", MAX)
    assert sum(one.code == "W311" for one in check_files([str(path)])) == 200
    assert edit.import_files([str(path)], str(tmp_path / "db.json")).added == 200


def test_records_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    for text in ("[{}, {}, ?", "{}\n{}\n?", 'kind\nvisit\nvisit\n"', '{"facts": {"1": {}, "2": {}, ?'):
        found = readers.read_records("-", io.BytesIO(text.encode()))
        kinds = [type(one) for one in found]
        assert kinds == [Candidate, Candidate, Problem], text


@pytest.mark.parametrize("field", ["id", "kind", "date", "status", "partners", "said_by", "titel" * 20])
def test_a_long_text_costs_a_short_line(field: str, tmp_path: Path) -> None:
    long = "x" * 1_000_000
    record = {**FACT, field: [long] if field == "partners" else long, long: 1}
    with pytest.raises(InputError) as error:
        edit.import_files(["-"], str(tmp_path / "f.json"), stdin=io.BytesIO(lines(record).encode()))
    assert len(error.value.problems) == 2
    assert all(len(line) < 500 for line in error.value.problems)


def test_a_cell_is_read_up_to_a_number_of_items() -> None:
    assert len(flat.read_items("links", "about: x; " * (flat.MAX_ITEMS - 1))) == flat.MAX_ITEMS - 1
    for text in ("about: x;" * (flat.MAX_ITEMS + 1), ";" * 5000):
        with pytest.raises(ValueError, match="more than 1000 items"):
            flat.read_items("links", text)
    assert flat.read_items("links", f"about: {'x' * (flat.MAX_ITEM_LENGTH - 7)}")
    with pytest.raises(ValueError):
        flat.read_items("links", f"about: {'x' * flat.MAX_ITEM_LENGTH}")
