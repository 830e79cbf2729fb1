"""The mappings that ship: of each an invented file of its form, and the records that it becomes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcli import package_data

if TYPE_CHECKING:
    from conftest import Run

HERE = Path(__file__).parent / "data" / "mappings"
FILES = {path.stem: path for path in sorted(HERE.iterdir()) if ".expected" not in path.name}
NAMES = [name.removesuffix(".toml") for name in package_data.names(".toml")]


def test_every_mapping_but_that_of_another_test_has_a_file() -> None:
    assert sorted([*FILES, "sipri"]) == NAMES


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_the_records_that_are_expected(name: str, run_factcli: Run, tmp_path: Path) -> None:
    db, mapping = tmp_path / "mine.json", ("--map", f"{name}.toml", FILES[name])
    problems = json.loads(run_factcli("check", "--json", *mapping).out)
    assert [one for one in problems if one["severity"] == "error"] == []
    assert run_factcli("--db", db, "import", *mapping).status == 0
    records = run_factcli("--db", db, "export").out
    assert records == (HERE / f"{name}.expected.jsonl").read_text(encoding="utf-8")
    assert [
        one for one in json.loads(run_factcli("--db", db, "check", "--json").out) if one["severity"] == "error"
    ] == []
    assert "nothing to change" in run_factcli("--db", db, "import", "--update", *mapping).err
    assert run_factcli("--db", db, "export").out == records


def test_an_answer_of_wikidata_may_be_json(run_factcli: Run, tmp_path: Path) -> None:
    """As the query service writes it: a list of objects, without the variables that have no value."""
    with open(FILES["wikidata"], encoding="utf-8", newline="") as file:
        rows = [{key: value for key, value in row.items() if value} for row in csv.DictReader(file)]
    (tmp_path / "query.json").write_text(json.dumps(rows), encoding="utf-8")
    db = tmp_path / "mine.json"
    run_factcli("--db", db, "import", "--map", "wikidata.toml", tmp_path / "query.json")
    assert run_factcli("--db", db, "export").out == (HERE / "wikidata.expected.jsonl").read_text(encoding="utf-8")


def test_an_update_replaces_the_facts_whose_rows_have_changed(run_factcli: Run, tmp_path: Path) -> None:
    db, changed = tmp_path / "mine.json", tmp_path / "later.csv"
    run_factcli("--db", db, "import", "--map", "acled.toml", FILES["acled"])
    changed.write_text(FILES["acled"].read_text(encoding="utf-8").replace("Armed clash", "Attack"), encoding="utf-8")
    assert "1 fact updated" in run_factcli("--db", db, "import", "--update", "--map", "acled.toml", changed).err
    assert run_factcli("--db", db, "timeline", "--count").out == "3\n"


def test_each_mapping_names_its_address_and_its_command_in_its_head() -> None:
    for name in NAMES:
        head = package_data.text(f"{name}.toml").partition("\n\n")[0]
        assert "https://" in head
        assert f"import --map {name}.toml " in head


def test_a_mapping_that_is_none_is_refused_with_those_that_ship(run_factcli: Run, tmp_path: Path) -> None:
    result = run_factcli("--db", tmp_path / "mine.json", "import", "--map", "acle.toml", FILES["acled"])
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert [name for name in NAMES if f"{name}.toml" not in result.err] == []
