"""What is shown of long work: on a terminal, when it has lasted, and nothing of it is left."""

from __future__ import annotations

import io
import signal
import sys

import pytest

from factcli.cli import INTERRUPTED
from factcli.cli import progress as module


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, file: io.StringIO | None, quiet: bool = False, seconds: float = 0.0) -> str:
    """What is written of work that has lasted so long."""
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(module, "MIN_SECONDS", -seconds if seconds else 1000.0)
    monkeypatch.setattr(module, "INTERVAL", 0.0)
    with module.progress(quiet) as show:
        show("checking", 1, 3)
        show("checking", 2, 3)
        show("writing", 7)
    return file.getvalue() if file else ""


def test_a_bar_has_the_work_its_share_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, Terminal(), seconds=2)
    assert all(part in text for part in ("checking", "67%", "2/3", "-:--:--", "writing", "7/?"))
    assert text.index("checking") < text.index("writing")


@pytest.mark.parametrize(
    ("file", "quiet", "seconds"),
    [(Terminal(), False, 0.0), (Terminal(), True, 2.0), (io.StringIO(), False, 2.0), (None, False, 2.0)],
    ids=["short work", "quiet", "no terminal", "closed"],
)
def test_otherwise_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, file: io.StringIO | None, quiet: bool, seconds: float
) -> None:
    assert shown(monkeypatch, file, quiet, seconds) == ""


def test_a_broken_terminal_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Terminal):
        def write(self, text: str) -> int:
            raise OSError

    assert shown(monkeypatch, Broken(), seconds=2) == ""


def test_ctrl_c_is_an_exception_inside_and_what_it_was_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    before = signal.signal(signal.SIGINT, lambda *_: calls.append(1))
    try:
        with pytest.raises(SystemExit) as error, module.progress():
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert error.value.code == INTERRUPTED
    assert calls == [1]


def test_who_ignores_interruptions_is_not_interrupted() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with module.interruptible():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
