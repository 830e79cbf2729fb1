"""The way in: the exit status of a command is that of the process, also where it is interrupted or watched."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
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
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)
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


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), b"factcli: there is not enough memory to run"),
        (SystemError("x"), b"factcli: there is not enough memory to run"),
        (ImportError("cannot map \x1b"), b"factcli: could not be run: ImportError: cannot map \\x1b\n"),
    ],
)
def test_what_is_left_of_an_error_is_one_line(
    error: Exception, message: bytes, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(factcli.cli, "main", fail)
    monkeypatch.setattr(__main__, "is_watched", lambda: False)
    with pytest.raises(Left) as left:
        __main__.run()
    assert left.value.args == (3,)
    err = capfdbinary.readouterr().err
    assert err.startswith(message) and err.count(b"\n") == 1


INTERRUPTED_IMPORT = """\
import os, signal, sys
from factcli import __main__

class Finder:
    def find_spec(self, name, *_):
        if name == "factcli.cli":
            class Descriptor:
                def __set_name__(self, *_):
                    os.kill(os.getpid(), signal.SIGINT)
            class Owner:  # an exception in here becomes another one
                one = Descriptor()

sys.meta_path.insert(0, Finder())
sys.argv = ["factcli", "--version"]
__main__.run()
"""


@pytest.mark.parametrize(("before", "status"), [(signal.SIG_DFL, 130), (signal.SIG_IGN, 0)], ids=["usual", "ignored"])
def test_ctrl_c_while_modules_are_loaded_is_silent(before: signal.Handlers, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT],
        capture_output=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, before),
    )
    assert (done.returncode, done.stderr) == (status, b"")


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
