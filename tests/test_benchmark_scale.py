"""The measurement of large files runs, and the files that are made up for it are sound and always the same."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

from conftest import process
from made_facts import COUNTRIES, NEEDLE_PARTNER, NEEDLES, write_facts

from factcli.records import check_files

SCRIPT = Path(__file__).parent / "benchmark" / "scale.py"


def made(size: int, seed: int = 1) -> str:
    file = io.StringIO()
    write_facts(size, file, seed)
    return file.getvalue()


def test_the_measurement_reports_right_answers_beside_times(environment: dict[str, str]) -> None:
    options = ("--sizes", "60", "--rounds", "1", "--python", sys.executable)
    status, out, errors = process(sys.executable, str(SCRIPT), *options, env=environment)
    assert (status, errors) == (0, "")
    right = dict(re.findall(r"^(\S.{21}) .{16} +(\S+) +\d+\.\d\d +1\.00 +\d+$", out, re.M))
    asked = {name.strip(): one for name, one in right.items()}
    assert (asked["exact word"], asked["typo"], asked["across scripts"]) == ("10/10", "10/10", "10/10")
    assert [name for name, one in asked.items() if len(set(one.split("/"))) != 1] == []
    assert len(re.findall(r"\d+ a second$", out, re.M)) == 3


def test_made_up_facts_have_no_errors_and_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(made(300), encoding="utf-8")
    assert [one for one in check_files([str(path)], are_fact_files=True) if one.severity == "error"] == []
    assert made(300) == made(300) != made(300, seed=2)


def test_ten_facts_alone_are_about_the_exercise_that_is_asked_for() -> None:
    facts = list(json.loads(made(300))["facts"].values())
    assert len(NEEDLES) == 10
    for at, fact in enumerate(facts, 1):
        text = json.dumps(fact, ensure_ascii=False).lower()
        traces = [one.lower() in text for one in ("falcon", "الصقر", COUNTRIES[NEEDLE_PARTNER].en)]
        assert traces == [at in NEEDLES] * 3
        assert (NEEDLE_PARTNER in fact["partners"]) is (at in NEEDLES)
