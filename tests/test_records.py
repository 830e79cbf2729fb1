"""Every rule is broken by a file named after it, and by no valid file; the places where characters are judged agree."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcli import store
from factcli.records import check_files, edit
from factcli.records.problems import Candidate, Place, Problem, format_for_editors, format_problem
from factcli.records.rules import RULES
from factcli.records.validate import validate
from factcli.store import fact_file
from factcli.text import unsafe
from factcli.text.json_line import json_line

FIXTURES = sorted((Path(__file__).parent / "data" / "check").iterdir())
ELSEWHERE = {"E004", "E005", "E006", "E019", "W308"} | {
    rule.code for rule in RULES.values() if rule.subject in ("mapping", "evidence")
}
"""Rules that take two files, a mapping or an article to break, and have tests of their own."""


def problems_of(*paths: Path) -> list[Problem]:
    return check_files([str(path) for path in paths])


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_breaks_the_rule_it_is_named_after_and_no_other_error(path: Path) -> None:
    problems = problems_of(path)
    code = path.name[:4]
    assert code in {problem.code for problem in problems}
    assert {problem.code for problem in problems if problem.severity == "error"} <= {code}


def test_every_rule_has_a_fixture() -> None:
    assert {path.name[:4] for path in FIXTURES} | ELSEWHERE == set(RULES)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_line_can_be_read_on_a_terminal(path: Path) -> None:
    for problem in problems_of(path):
        for line in (format_problem(problem), format_for_editors(problem)):
            assert line.isprintable()
            assert len(line) < 400
            assert path.name in line


def test_messages_do_not_depend_on_docstrings() -> None:
    """With -OO, Python strips docstrings and assertions."""
    plain, optimized = (
        subprocess.run(
            [sys.executable, *options, "-m", "factcli", "check", *map(str, FIXTURES)], capture_output=True, check=False
        )
        for options in ([], ["-OO"])
    )
    assert plain.returncode == optimized.returncode == 1
    assert plain.stdout.count(b"\n") > len(FIXTURES)
    assert plain.stdout == optimized.stdout


def test_the_shipped_facts_have_no_problems() -> None:
    assert check_files([store.BUILTIN], are_fact_files=True) == []


def test_a_fact_that_differs_in_two_files_is_reported(tmp_path: Path) -> None:
    for name, title in (("1.jsonl", "A visit"), ("2.jsonl", "Quite another visit")):
        fact = f'{{"id": "a", "kind": "visit", "title": {{"en": "{title}"}}, "sources": [{{"source": "s"}}]}}'
        (tmp_path / name).write_text(f'{{"record": "source", "id": "s", "title": {{"en": "S"}}}}\n{fact}\n')
    assert [problem.code for problem in problems_of(tmp_path / "1.jsonl", tmp_path / "2.jsonl")] == ["W308"]
    assert problems_of(tmp_path / "1.jsonl") == []


def test_a_record_with_an_error_is_not_compared_with_others(tmp_path: Path) -> None:
    for kind, found in (("x", ["E104"]), ("visit", ["W309"])):
        (tmp_path / "f.jsonl").write_text(f'{{"id": "a", "kind": "{kind}", "title": {{"en": "A visit"}}}}\n')
        assert [problem.code for problem in problems_of(tmp_path / "f.jsonl")] == found


def test_what_the_end_of_a_file_would_say_is_not_missed_in_a_file_that_ends_early(tmp_path: Path) -> None:
    fact = '{"id": "a", "kind": "visit", "title": {"en": "A visit"}, "sources": [{"source": "s"}]}'
    for text, found in ((f"[{fact}", ["E013"]), (f"[{fact}]", ["W301"])):
        (tmp_path / "f.json").write_text(text)
        assert [problem.code for problem in problems_of(tmp_path / "f.json")] == found


# Characters.

ACCEPTED = {"\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM"}
"""Legal in Arabic text, so `check` accepts them, though display leaves them out."""

DISPLAYED = {"\u200c": "ZWNJ"}
"""Persian is misspelt without it, so display keeps it, though JSON escapes it."""


def everything() -> Iterator[str]:
    """Every code point, 400 at a time, with a letter between them, since two surrogates can be one character."""
    for start in range(0, sys.maxunicode + 1, 400):
        yield "a".join(map(chr, range(start, min(start + 400, sys.maxunicode + 1))))


def unescaped(line: str) -> set[str]:
    """The characters of a title in a line of JSON that stand there as themselves."""
    return set(re.sub(r"\\u[0-9a-f]{4}|\\.", "", line.partition('"en": "')[2].partition('"}')[0]))


def record(title: str) -> dict[str, object]:
    return {"id": "a", "kind": "visit", "title": {"en": title}}


def codes(title: str) -> set[str]:
    return {problem.code for problem in validate(Candidate(Place("f", 1), record(title)))}


@pytest.fixture(scope="module")
def escaped() -> set[str]:
    """The characters that JSON writes as escapes, its own two excepted."""
    found = set()
    for text in everything():
        found |= set(text) - unescaped(json_line(record(text)))
    return found - {'"', "\\"}


def test_what_display_changes_is_what_json_escapes(escaped: set[str]) -> None:
    changed = {char for text in everything() if unsafe.display(text) != text for char in text}
    changed = {char for char in changed if unsafe.display(f"a{char}b") != f"a{char}b"}
    assert len(changed) > 100_000
    assert changed == escaped - DISPLAYED.keys()


def test_what_display_changes_is_named_by_check(escaped: set[str]) -> None:
    """Every other character is accepted, alone or beside others."""
    unnamed = {char for char in escaped if not codes(f"a{char}b")}
    assert unnamed == ACCEPTED.keys() | DISPLAYED.keys()
    for text in everything():
        accepted = "".join(char for char in text if char not in escaped)
        assert codes(f"a{accepted[:400]}b") == codes(f"a{accepted[400:]}b") == set()


def test_export_and_fact_files_escape_what_json_escapes(escaped: set[str]) -> None:
    shipped = store.read([])
    for text in everything():
        plain = set(text) - escaped - {'"', "\\"}
        facts = shipped._replace(facts=[record(text)], entities={}, sources={})  # type: ignore[list-item]
        *_, exported = edit.export(facts)
        written = b"".join(fact_file.serialized({"facts": {"1": record(text)}})).decode()
        assert unescaped(exported) == unescaped(written) == plain
        assert json.loads(exported)["title"]["en"] == json.loads(written)["facts"]["1"]["title"]["en"] == text


@pytest.mark.parametrize("char", ["\xad", "\u200b", "\u2060", "\ufeff", "\u0600"])
def test_a_character_that_is_not_displayed_keeps_no_record_out(tmp_path: Path, char: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(record(f"a{char}b")), encoding="utf-8")
    warnings = [problem for problem in problems_of(path) if problem.code == "W311"]
    assert [(problem.severity, problem.field) for problem in warnings] == [("warning", "title.en")]
    assert f"U+{ord(char):04X}" in warnings[0].message
    assert edit.import_files([str(path)], str(tmp_path / "f.json")).added == 1
    assert store.read([str(tmp_path / "f.json")]).facts[0]["title"]["en"] == f"a{char}b"


def test_parties_that_have_names_are_known_as_import_knows_them(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    head = "id,kind,title.en,partners,parties,parties.name.en,sources\n"
    path.write_text(f"{head}v,visit,Visit,OM,visitor: jane-roe,Jane Roe,s\n", encoding="utf-8")
    assert [one.code for one in check_files([str(path)])] == ["W301"]
