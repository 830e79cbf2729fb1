"""The README: its examples are run, and its figures are those of the last measurement."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from conftest import process

ROOT = Path(__file__).parent.parent

README = re.findall(r"^\$ (factcli .*)\n((?:(?!\$|```).*\n)*)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)


def test_readme_has_examples() -> None:
    assert len(README) >= 3


@pytest.mark.parametrize(("command", "output"), README, ids=[command for command, _ in README])
def test_readme_shows_what_is_printed(command: str, output: str, environment: dict[str, str]) -> None:
    path = f"{Path(sys.executable).parent}:{environment['PATH']}"
    assert process("sh", "-c", command, env={**environment, "PATH": path})[1] == output


def test_the_readme_quotes_the_last_measurement() -> None:
    measured = (ROOT / "tests/benchmark/names.last.txt").read_text(encoding="utf-8").split("\n\n")[-1].strip()
    quoted = "\n".join(re.findall(r"^> (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    assert quoted == measured
