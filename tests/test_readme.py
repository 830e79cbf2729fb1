"""The README: its examples and queries are run, and its figures are those of the last measurement."""

from __future__ import annotations

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
