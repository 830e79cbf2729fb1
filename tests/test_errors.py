"""Errors: each has the exit status that the README promises, and its message is its problems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factcli.errors import AbsentError, FactError, FileError, InputError, UsageError

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "status", "meaning"),
    [
        (AbsentError, 1, "nothing matched"),
        (UsageError, 2, "the words or the input are wrong"),
        (InputError, 2, "the words or the input are wrong"),
        (FileError, 3, "a data file or the disk is at fault"),
    ],
)
def test_an_error_leads_to_the_exit_status_of_the_readme(error: type[FactError], status: int, meaning: str) -> None:
    assert error.status == status
    assert f"(exit {status})" in str(error.__doc__)
    assert re.search(rf"^\| {status} \| {meaning}", README, re.MULTILINE)


def test_a_message_is_its_problems_a_line_each() -> None:
    error = InputError("a: one", "b: two")
    assert error.problems == ("a: one", "b: two")
    assert str(error) == "a: one\nb: two"
