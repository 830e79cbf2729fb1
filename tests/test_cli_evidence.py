"""Facts compared with the texts that they cite: output, messages and exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLE, Run, json_lines

SOURCE = {"record": "source", "id": "news", "title": {"en": "News"}, "issued": "2025-03-13"}
FACT: dict[str, Any] = {
    "id": "boats",
    "kind": "sale",
    "date": "2025-03-11",
    "date_basis": "stated",
    "title": {"en": "Oman buys boats"},
    "partners": ["IT", "OM"],
    "numbers": [{"what": "value", "op": "=", "value": 50_000_000, "unit": "USD"}],
    "sources": [
        {"source": "news", "paragraph": 2, "sentence": 1, "quote": ARTICLE.split("\n")[2].split(". ")[0] + "."}
    ],
}


@pytest.fixture
def db(tmp_path: Path, run_factcli: Run) -> Path:
    path = tmp_path / "mine.json"
    wrong = {**FACT, "id": "wrong", "date": "2024", "partners": ["OM", "NO"], "title": {"en": "Tanks for Norway"}}
    done = run_factcli("--db", path, "import", "-", stdin=json_lines(SOURCE, FACT, wrong))
    assert done.status == 0
    return path


def test_check_names_each_value_that_the_passage_does_not_have(run_factcli: Run, db: Path, article: Path) -> None:
    done = run_factcli("--db", db, "check", "--evidence", "--text", f"news={article}")
    assert done.status == 1
    assert done.out.splitlines() == [
        f'{db}: record 2: wrong: date: is "2024", where the passage has "Tuesday"; '
        "correct it, or cite the passage that has it [E405]",
        f'{db}: record 2: wrong: partner: is "NO", which the text does not have; '
        "correct it, or cite the passage that has it [E404]",
    ]


def test_check_writes_every_verdict_as_json(run_factcli: Run, db: Path, article: Path) -> None:
    done = run_factcli("--db", db, "check", "--evidence", "--text", f"news={article}", "--json")
    right, wrong = json.loads(done.out)
    assert done.status == 1
    assert (right["id"], right["source"], right["paragraph"], right["sentence"]) == ("boats", "news", 2, 1)
    assert right["quote"] == "found"
    assert right["fields"][0] == {"field": "date", "value": "2025-03-11", "verdict": "supported", "found": "Tuesday"}
    assert {(one["field"], one["value"], one["verdict"]) for one in right["fields"][1:]} == {
        ("number", 50_000_000, "supported"),
        ("partner", "IT", "supported"),
        ("partner", "OM", "supported"),
    }
    assert [one["verdict"] for one in wrong["fields"]] == ["contradicted", "supported", "supported", "not-found"]


def test_facts_of_other_sources_are_counted(run_factcli: Run, db: Path, article: Path) -> None:
    other = {**FACT, "id": "other", "sources": [{"source": "else"}], "title": {"en": "Another"}}
    run_factcli("--db", db, "import", "-", stdin=json_lines(other))
    done = run_factcli("--db", db, "check", "--evidence", "--text", f"news={article}")
    assert done.err == "factcli: 1 of 3 facts cite no source whose text is given, and were not checked\n"


def test_all_supported_is_exit_0(run_factcli: Run, tmp_path: Path, article: Path) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text(json_lines(SOURCE, FACT), encoding="utf-8")
    done = run_factcli("check", given, "--evidence", "--text", f"news={article}")
    assert (done.status, done.out) == (0, "")
    assert done.err == f"factcli: {given}: 1 facts, every value supported\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--evidence"], "--evidence: needs --text SOURCE=FILE"),
        (["--text", "news={article}"], "--text: is for --evidence; add it"),
        (["--evidence", "--text", "news"], '--text: "news" is not SOURCE=FILE'),
        (["--evidence", "--text", "gone={article}"], '--text: "gone" is no source of the file'),
        (["--evidence", "--text", "news=/no/such/file"], "/no/such/file: "),
    ],
)
def test_wrong_options_are_refused(run_factcli: Run, db: Path, article: Path, options: list[str], message: str) -> None:
    done = run_factcli("--db", db, "check", *(option.format(article=article) for option in options))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"factcli: {message}")
    assert done.err.count("\n") == 1


def test_import_refuses_what_is_not_in_the_text_all_problems_listed(
    run_factcli: Run, tmp_path: Path, article: Path
) -> None:
    path = tmp_path / "new.json"
    wrong = {**FACT, "id": "wrong", "partners": ["NO"], "sources": [{"source": "news", "quote": "Oman bought tanks."}]}
    uncited = {**FACT, "id": "uncited", "sources": [{"source": "else"}]}
    given = json_lines(SOURCE, FACT, wrong, uncited)
    done = run_factcli("--db", path, "import", "-", "--evidence", "--text", f"news={article}", stdin=given)
    assert done.status == 2
    assert not path.exists()
    assert 'wrong: quote: does not stand in the text of "news"' in done.err
    assert 'wrong: partner: is "NO", which the text does not have' in done.err
    assert "sources: cites no source whose text is given" in done.err
    assert "boats" not in done.err


def test_import_takes_what_is_in_the_text(run_factcli: Run, tmp_path: Path, article: Path) -> None:
    path = tmp_path / "new.json"
    arguments = ("--db", path, "import", "-", "--evidence", "--text", f"news={article}")
    assert run_factcli(*arguments, stdin=json_lines(SOURCE, FACT)).status == 0
    later = {**FACT, "id": "later", "title": {"en": "Later"}}
    assert run_factcli(*arguments, stdin=json_lines(later)).status == 0  # the file knows when the source was published
    assert run_factcli("--db", path, "show", "boats", "later", "--json").status == 0
