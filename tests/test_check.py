"""Every rule is provoked by a file named after it, and by no sound file."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from factcli import store
from factcli.records import check, edit
from factcli.records import problems as findings
from factcli.records import readers as intake
from factcli.records.problems import Finding, Place, found

HERE = Path(__file__).parent / "data" / "check"
FIXTURES = sorted(HERE.iterdir())
ELSEWHERE = {"W308"}
"""Rules that take two files to provoke, and have a test of their own."""


def findings_of(*paths: Path) -> list[Finding]:
    return edit.check_files([str(path) for path in paths], None)


def rules(*modules: ModuleType) -> dict[str, str]:
    """The messages of the rules in the modules, by code."""
    return {
        name[:4].upper(): inspect.getdoc(rule) or ""
        for module in modules
        for name, rule in inspect.getmembers(module, inspect.isfunction)
        if re.match("[ew][0-9]{3}_", name)
    }


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_provokes_the_rule_it_is_named_after_and_no_other_error(path: Path) -> None:
    told = findings_of(path)
    code = path.name[:4]
    assert code in {finding.code for finding in told}
    assert {finding.code for finding in told if finding.severity == "error"} <= {code}


def test_every_rule_has_a_fixture() -> None:
    assert {path.name[:4] for path in FIXTURES} | ELSEWHERE == set(rules(check, intake))


@pytest.mark.parametrize(("code", "said"), rules(check, intake, edit).items())
def test_every_message_says_what_is_wrong_and_how_to_mend_it(code: str, said: str) -> None:
    assert said.count("; ") == 1, code
    assert not said.endswith(".")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_line_can_be_read_on_a_terminal(path: Path) -> None:
    for finding in findings_of(path):
        for line in (findings.said(finding), findings.located(finding)):
            assert line.isprintable()
            assert len(line) < 400
            assert path.name in line


def test_the_shipped_facts_have_no_problems() -> None:
    assert edit.check_files([store.BUILTIN], None, are_fact_files=True) == []


def test_a_problem_far_down_in_folders_names_its_file_whole() -> None:
    file = "/a-file-of-records-with-quite-a-long-name.jsonl"
    finding = Finding("E013", "error", "/very-deep" * 20 + file, 1, 1, "", "is not JSON", "mend that place")
    assert f"{file}: record 1:" in findings.said(finding)
    assert f"{file}:1:" in findings.located(finding)


def test_a_fact_that_differs_in_two_files_is_told(tmp_path: Path) -> None:
    for name, title in (("1.jsonl", "A visit"), ("2.jsonl", "Quite another visit")):
        fact = f'{{"id": "a", "kind": "visit", "title": {{"en": "{title}"}}, "sources": [{{"source": "s"}}]}}'
        (tmp_path / name).write_text(f'{{"record": "source", "id": "s", "title": {{"en": "S"}}}}\n{fact}\n')
    assert [finding.code for finding in findings_of(tmp_path / "1.jsonl", tmp_path / "2.jsonl")] == ["W308"]
    assert findings_of(tmp_path / "1.jsonl") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Visit of a Turkish delegation", "A Turkish delegation: visit of", True),
        ("Exercise Khanjar Hadd 12", "Exercise Khanjar Hadd 13", False),
        ("Visit of the minister", "Joint naval exercise", False),
        ("", "", False),
    ],
    ids=["word order and punctuation", "another number is another fact", "nothing shared", "no title in the language"],
)
def test_titles_that_tell_the_same(one: str, other: str, same: bool) -> None:
    words = [set(check.fold(title).split()) for title in (one, other)]
    assert check._mostly_the_same(*words) is same


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("UK", "GB"), ("OMN", "OM"), ("om", "OM"), ("Turkey", "TR"), ("تركيا", "TR")],
    ids=["reserved code", "alpha-3", "small letters", "English name", "Arabic name"],
)
def test_the_code_that_was_meant_is_suggested(wrong: str, right: str) -> None:
    from factcli.lexicon import Lexicon

    assert check._country_hint(wrong, Lexicon().countries_named) == f"write {right}"


def test_findings_beyond_twenty_are_counted() -> None:
    many = [found(check.e201_empty, Place("f", number), "title.en") for number in range(1, 301)]
    lines = findings.told(many)
    assert len(lines) == 21
    assert "280 more" in lines[-1]
