"""Articles as files and as JSON Lines, and what is written of them."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ARTICLE, Run, json_lines


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
    articles = json_lines(
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
