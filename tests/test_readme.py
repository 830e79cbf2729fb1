"""The README: its examples and queries are run, and its figures are those of the last measurement."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import process

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parent.parent

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
README = re.findall(r"^\$ (factcli .*)\n((?:(?!\$|```).*\n)*)", TEXT, re.M)
QUERIES = [
    query
    for row in re.findall(r"^\| (`.*?) \|", TEXT.partition("\n## How to ask\n")[2].partition("\n## ")[0], re.M)
    for query in re.findall(r"`([^`]+)`", row)
]


def test_readme_has_examples() -> None:
    assert len(README) >= 3


@pytest.mark.parametrize(("command", "output"), README, ids=[command for command, _ in README])
def test_readme_shows_what_is_printed(command: str, output: str, environment: dict[str, str]) -> None:
    path = f"{Path(sys.executable).parent}:{environment['PATH']}"
    assert process("sh", "-c", command, env={**environment, "PATH": path})[1] == output


def test_readme_has_queries() -> None:
    assert len(QUERIES) >= 10


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_finds_some_facts_but_not_all(query: str, run_factcli: Run) -> None:
    found, everything = (int(run_factcli("timeline", *words, "--count").out) for words in ([query], []))
    assert 0 < found < everything


def test_a_promise_of_the_readme_links_to_its_test() -> None:
    links = re.findall(r"\]\((tests/\w+\.py)(?:#:~:text=(\w+))?\)", TEXT)
    assert len(links) >= 7
    assert [link for link in links if f"def {link[1]}" not in (ROOT / link[0]).read_text(encoding="utf-8")] == []


def test_the_readme_quotes_the_last_measurement() -> None:
    measured = (ROOT / "tests/benchmark/names.last.txt").read_text(encoding="utf-8").split("\n\n")[-1].strip()
    quoted = "\n".join(re.findall(r"^> (.*)$", TEXT, re.M))
    assert quoted == measured


def test_the_table_of_the_readme_comes_in_by_its_mapping(tmp_path: Path, run_factcli: Run) -> None:
    section = TEXT.partition("\n## Tables of your own\n")[2].partition("\n## ")[0]
    toml, table, command = (re.search(rf"```{lang}\n(.*?)```", section, re.S)[1] for lang in ("toml", "csv", "sh"))  # type: ignore[index]
    (tmp_path / "sales.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "sales.csv").write_text(table, encoding="utf-8")
    done = run_factcli(*command.split()[1:], cwd=tmp_path)
    assert (done.status, "created: 2 facts added" in done.err) == (0, True)
    for told in ("rejects.csv: 1 of 3 rows", '"Ruritania" = "?"'):
        assert told in done.err
    (line,) = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert line.startswith("71-03;3/4/2020;Ruritania;") and "2020-04-03 or 2020-03-04" in line
    first, second = json.loads(run_factcli("--db", "mine.json", "timeline", "--json", cwd=tmp_path).out)
    assert (first["id"], first["partners"], first["numbers"][0]["value"]) == ("notice-71-01", ["OM"], 1_200_000_000)
    assert (second["date"], second["partners"], second["numbers"][0]["op"]) == ("2020-33", ["KR"], "~")


def test_the_evidence_of_the_readme_is_refused_for_the_reason_it_gives(tmp_path: Path, run_factcli: Run) -> None:
    section = TEXT.partition("\n## Evidence\n")[2].partition("\n## ")[0]
    text, facts, command = (re.search(rf"```{lang}\n(.*?)```", section, re.S)[1] for lang in ("text", "json", "sh"))  # type: ignore[index]
    (tmp_path / "visit.txt").write_text(text, encoding="utf-8")
    (tmp_path / "visit.jsonl").write_text(facts, encoding="utf-8")
    done = run_factcli(*command.split()[1:], cwd=tmp_path)
    assert done.status == 2
    assert 'visit: partner: is "IN", which the text does not have' in done.err
    (tmp_path / "visit.jsonl").write_text(facts.replace('"IN"', '"PK"'), encoding="utf-8")
    assert run_factcli(*command.split()[1:], cwd=tmp_path).status == 0


def test_facts_of_ones_own_come_in_by_the_commands_of_the_readme(tmp_path: Path, environment: dict[str, str]) -> None:
    section = TEXT.partition("\n## Facts of your own\n")[2].partition("\n## ")[0]
    commands = re.search(r"```sh\n(.*?)```", section, re.S)[1]  # type: ignore[index]
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    path = f"{Path(sys.executable).parent}:{environment['PATH']}"
    script = f"set -e; cd '{tmp_path}'\n{commands}"
    status, out, err = process("sh", "-c", script, env={**environment, "PATH": path})
    assert (status, re.findall(r"(\d+) facts? added", err)[:3]) == (0, ["1", "3", "5"])
    assert out.count("Kenya") >= 2
    assert [one for one in re.findall(r"\]\((docs/examples/[\w.]+)\)", TEXT) if not (ROOT / one).is_file()] == []
