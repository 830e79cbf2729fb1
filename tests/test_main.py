"""The way in: the exit status of a command is that of the process, also where it is interrupted or watched."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest

import factcli.cli
from factcli import __main__


class Left(BaseException):
    """The process would have ended."""


@pytest.fixture(autouse=True)
def leaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def leave(status: int) -> None:
        raise Left(status)

    monkeypatch.setattr(os, "_exit", leave)
    yield
    gc.enable()


@pytest.mark.parametrize("status", [0, 1, 2, 3])
def test_a_process_leaves_with_the_status_of_its_command(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factcli.cli, "main", lambda: status)
    monkeypatch.setattr(__main__, "is_watched", lambda: False)
    with pytest.raises(Left) as left:
        __main__.run()
    assert left.value.args == (status,)


def test_an_interruption_while_modules_are_loaded_is_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(factcli.cli, "main", interrupted)
    monkeypatch.setattr(__main__, "is_watched", lambda: False)
    with pytest.raises(Left) as left:
        __main__.run()
    assert left.value.args == (__main__.INTERRUPTED,) == (factcli.cli.INTERRUPTED,)


def test_who_watches_sees_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factcli.cli, "main", lambda: 1)
    monkeypatch.setattr(__main__, "is_watched", lambda: True)
    with pytest.raises(SystemExit) as end:
        __main__.run()
    assert end.value.code == 1


def test_a_debugger_and_a_measurement_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "coverage", raising=False)
    monkeypatch.setattr(sys, "gettrace", lambda: None)
    monkeypatch.setattr(sys, "getprofile", lambda: None)
    assert not __main__.is_watched()
    monkeypatch.setitem(sys.modules, "coverage", os)
    assert __main__.is_watched()
    monkeypatch.delitem(sys.modules, "coverage")
    monkeypatch.setattr(sys, "gettrace", lambda: print)
    assert __main__.is_watched()
