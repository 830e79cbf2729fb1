"""The commands that read articles and compare facts with them: output, messages and exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Run

ARTICLE = "Gulf News\n\nOman bought 12 boats from Italy for $50 million on Tuesday. It did not buy tanks.\n"
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


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in records)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path, run_factcli: Run) -> Path:
    path = tmp_path / "mine.json"
    wrong = {**FACT, "id": "wrong", "date": "2024", "partners": ["OM", "NO"], "title": {"en": "Tanks for Norway"}}
    done = run_factcli("--db", path, "import", "-", stdin=lines(SOURCE, FACT, wrong))
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
    run_factcli("--db", db, "import", "-", stdin=lines(other))
    done = run_factcli("--db", db, "check", "--evidence", "--text", f"news={article}")
    assert done.err == "factcli: 1 of 3 facts cite no source whose text is given, and were not checked\n"


def test_all_supported_is_exit_0(run_factcli: Run, tmp_path: Path, article: Path) -> None:
    given = tmp_path / "given.jsonl"
    given.write_text(lines(SOURCE, FACT), encoding="utf-8")
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
    given = lines(SOURCE, FACT, wrong, uncited)
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
    assert run_factcli(*arguments, stdin=lines(SOURCE, FACT)).status == 0
    later = {**FACT, "id": "later", "title": {"en": "Later"}}
    assert run_factcli(*arguments, stdin=lines(later)).status == 0  # the file knows when the source was published
    assert run_factcli("--db", path, "show", "boats", "later", "--json").status == 0


def test_values_are_written_with_their_places(run_factcli: Run, article: Path) -> None:
    done = run_factcli("read", article, "--slots", "--jsonl", "--published", "2025-03-13")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert [(row["slot"], row["value"]) for row in rows] == [
        ("country", "OM"), ("count", 12), ("country", "IT"), ("money", 50_000_000), ("date", "2025-03-11"),
    ]  # fmt: skip
    assert all(ARTICLE[row["start"] : row["end"]] == row["text"] for row in rows)


def test_a_text_that_cannot_be_read_is_one_line(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for data, message in (
        (b"\xff\xfe", "is not UTF-8"),
        (b"a\0b", "holds NUL"),
        (b"a" * 1_000_001, "1,000,001 characters"),
    ):
        path.write_bytes(data)
        done = run_factcli("read", path, "--slots", "--jsonl")
        assert (done.status, done.out) == (2, "")
        assert message in done.err
        assert done.err.count("\n") == 1


def test_a_day_of_publication_that_is_none_is_refused(run_factcli: Run, article: Path) -> None:
    done = run_factcli("read", article, "--slots", "--jsonl", "--published", "2025-02-30")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_candidates_can_be_imported_as_they_are(run_factcli: Run, tmp_path: Path, article: Path) -> None:
    done = run_factcli("read", article, "--published", "2025-03-13", "--source", "news", "--jsonl")
    source, fact = map(json.loads, done.out.splitlines())
    assert (source["record"], source["id"], source["title"], source["issued"]) == (
        "source", "news", {"en": "Gulf News"}, "2025-03-13",
    )  # fmt: skip
    assert (fact["kind"], fact["date"], fact["partners"]) == ("sale", "2025-03-11", ["IT", "OM"])
    assert {span["slot"] for span in fact["spans"]} == {"country", "count", "money", "date"}
    path = tmp_path / "new.json"
    gate = ("--evidence", "--text", f"news={article}")
    assert run_factcli("--db", path, "import", "-", *gate, stdin=done.out).status == 0
    assert run_factcli("--db", path, "check").status == 0
    assert run_factcli("--db", path, "check", *gate).status == 0


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


def test_the_day_of_publication_is_found_or_missed_and_said(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"13 March 2025\n{ARTICLE}", encoding="utf-8")
    done = run_factcli("read", path, "--jsonl")
    assert json.loads(done.out.splitlines()[1])["date"] == "2025-03-11"
    assert done.err == "factcli: a: published on 2025-03-13, as it says; else give --published DATE\n"
    path.write_text(ARTICLE, encoding="utf-8")
    done = run_factcli("read", path, "--jsonl")
    assert json.loads(done.out.splitlines()[1])["date"] is None
    assert done.err.startswith("factcli: a: no date of publication is found")


def test_articles_as_json_lines(run_factcli: Run) -> None:
    articles = lines(
        {"id": "One", "text": ARTICLE, "published": "2025-03-13", "title": "T", "url": "https://example.org/1"},
        {"text": ARTICLE.replace("12", "13"), "published": "2024-03-13"},
    )
    done = run_factcli("read", "-", "--jsonl", stdin=articles)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in rows if row.get("record")] == ["one", "article-2"]
    assert rows[0]["URL"] == "https://example.org/1"
    assert [row["date"] for row in rows if "kind" in row] == ["2025-03-11", "2024-03-12"]
    done = run_factcli("read", "-", "--jsonl", stdin='{"id": "a"}\n')
    assert (done.status, done.err) == (
        2, 'factcli: standard input: line 1: is no article; write {"id": "…", "text": "…"}, one object a line\n',
    )  # fmt: skip


def test_improbable_candidates_are_counted_and_shown_by_all(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Oman hopes to sign an agreement.\n", encoding="utf-8")
    options = ("read", path, "--published", "2025-01-01", "--jsonl")
    done = run_factcli(*options)
    assert (done.status, done.err) == (1, "factcli: a: 1 improbable candidates are left out; --all shows them\n")
    assert run_factcli(*options, "--all").status == 0
