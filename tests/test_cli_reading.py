"""The command that reads articles: formats, notes and exit status."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ARTICLE, Run


def test_values_are_written_with_their_places(run_factcli: Run, article: Path) -> None:
    done = run_factcli("read", article, "--slots", "--jsonl", "--published", "2025-03-13")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert [(row["slot"], row["value"]) for row in rows] == [
        ("country", "OM"), ("count", 12), ("country", "IT"), ("money", 50_000_000), ("date", "2025-03-11"),
    ]  # fmt: skip
    assert all(ARTICLE[row["start"] : row["end"]] == row["text"] for row in rows)


def test_a_day_of_publication_that_is_none_is_refused(run_factcli: Run, article: Path) -> None:
    done = run_factcli("read", article, "--slots", "--jsonl", "--published", "2025-02-30")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_candidates_as_json_and_as_lines(run_factcli: Run, article: Path) -> None:
    options = ("read", article, "--published", "2025-03-13")
    assert [one.get("kind") for one in json.loads(run_factcli(*options, "--json").out)] == [None, "sale"]
    line = run_factcli(*options).out.splitlines()[0].split("\t")
    assert line[:5] == ["article:2.1", "sale", "2025-03-11", "Italy, Oman", "-"]


def test_nothing_found_is_exit_1_and_empty(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The weather was fine.\n", encoding="utf-8")
    for options, out in (([], ""), (["--json"], "[]\n"), (["--jsonl"], ""), (["--slots"], "")):
        done = run_factcli("read", path, "--published", "2025-01-01", *options)
        assert (done.status, done.out, done.err) == (1, out, "")


def test_improbable_candidates_are_counted_and_shown_by_all(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Oman hopes to sign an agreement.\n", encoding="utf-8")
    options = ("read", path, "--published", "2025-01-01", "--jsonl")
    done = run_factcli(*options)
    assert (done.status, done.err) == (1, "factcli: a: 1 improbable candidates are left out; --all shows them\n")
    assert run_factcli(*options, "--all").status == 0
