"""The sets of questions are well formed, and replies are judged as `tests/benchmark/questions.py` says."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from factcli import store
from factcli.reports import REPORTS

BENCHMARK = Path(__file__).parent / "benchmark"
SETS = ("questions.tsv", "questions_unseen.tsv")


def load_benchmark() -> ModuleType:
    """The benchmark as a module: it is a script, and no part of a package."""
    spec = importlib.util.spec_from_file_location("benchmark_questions", BENCHMARK / "questions.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


benchmark = load_benchmark()


def rows(name: str) -> list[list[str]]:
    with (BENCHMARK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", SETS)
def test_a_line_has_five_columns_none_of_them_empty(name: str) -> None:
    heading, *lines = rows(name)
    assert heading == ["family", "command", "query", "facts", "note"]
    assert [line for line in lines if len(line) != 5 or not all(cell.strip() == cell != "" for cell in line)] == []


@pytest.mark.parametrize("name", SETS)
def test_no_question_is_asked_twice_of_a_command(name: str) -> None:
    asked = Counter((command, query) for _, command, query, *_ in rows(name)[1:])
    assert [one for one, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("name", SETS)
def test_commands_and_expected_facts_exist(name: str) -> None:
    ids = {fact["id"] for fact in store.read(["builtin"]).facts}
    asked = benchmark.questions(BENCHMARK / name)
    assert {one.command for one in asked} <= set(REPORTS) - {"show"}
    assert [one.query for one in asked if not one.expected.facts | one.expected.optional <= ids] == []


def test_the_sets_have_the_same_families() -> None:
    first, second = ({line[0] for line in rows(name)[1:]} for name in SETS)
    assert first == second


def test_the_kept_figures_are_of_as_many_questions_as_there_are() -> None:
    kept = (BENCHMARK / "questions.last.txt").read_text(encoding="utf-8")
    assert re.findall(r"^all(?: +\d+){4} +(\d+)", kept, re.M) == [str(len(rows(name)) - 1) for name in SETS]


@pytest.mark.parametrize(
    ("facts", "found", "notes", "outcome"),
    [
        ("a b", ["b", "c"], (), "right"),
        ("a b", ["c", "a"], (), "order"),
        ("a", [], (), "no"),
        ("= a b", ["b", "a"], (), "right"),
        ("= a b", ["a"], (), "order"),
        ("= a b", ["a", "b", "c"], (), "false"),
        ("= a b", [], (), "no"),
        ("= a ?c", ["c", "a"], (), "right"),
        ("= a ?c", ["a"], (), "right"),
        ("= a ?c", ["a", "d"], (), "false"),
        ("= ?c", [], (), "right"),
        ("= ?c", ["a"], (), "false"),
        ("-", [], (), "right"),
        ("-", ["a"], (), "false"),
        ("> x|y z", [], ("try y z",), "right"),
        ("> x|y z", [], ("try nothing",), "order"),
        ("> x", ["a"], ("try x",), "false"),
    ],
)
def test_a_reply_is_judged_by_what_is_expected(
    facts: str, found: list[str], notes: tuple[str, ...], outcome: str
) -> None:
    question = benchmark.Question("family", "timeline", "query", benchmark.expected(facts), "")
    assert benchmark.Reply(question, found, notes).outcome == outcome


def test_a_question_is_answered_by_the_command_that_it_names() -> None:
    facts, lexicon = store.read(["builtin"]), benchmark.Lexicon()
    replies = {
        command: benchmark.ask(
            benchmark.Question("family", command, "salalah", benchmark.expected("-"), ""), facts, lexicon
        )
        for command in ("timeline", "exercise")
    }
    assert replies["timeline"].outcome == "false"
    assert replies["exercise"].outcome == "right"
