"""The fixtures: a forked command does what a process of its own does, and a missing terminal fails no test."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from conftest import process

if TYPE_CHECKING:
    from conftest import Run


@pytest.mark.parametrize(
    "arguments",
    [["timeline", "khunjr"], ["sale", "zzz", "--json"], ["timline"], ["--help"], ["check", "-"]],
    ids=" ".join,
)
def test_a_process_of_its_own_does_the_same_as_a_forked_one(
    arguments: list[str], run_factcli: Run, environment: dict[str, str]
) -> None:
    assert process(sys.executable, "-m", "factcli", *arguments, env=environment) == run_factcli(*arguments)


def test_where_no_terminal_can_be_had_a_test_is_skipped(on_terminal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> None:
        raise OSError("out of pty devices")

    monkeypatch.setattr("pty.fork", fork)
    with pytest.raises(pytest.skip.Exception, match="out of pty devices"):
        on_terminal("timeline")
