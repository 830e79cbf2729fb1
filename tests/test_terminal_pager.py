"""The terminal lent to a pager: whose keys are whose, and that the terminal is afterwards what it was before.

Each test drives a pseudo-terminal on which a small shell runs `factcli` with a pager of the test's own. It waits for
what the pager prints, never for time to pass.
"""

from __future__ import annotations

import contextlib
import os
import pty
import resource
import select
import shlex
import shutil
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from conftest import become_factcli

from factcli.terminal import pager

Pager = Callable[..., str]


@pytest.fixture
def make_pager(tmp_path: Path) -> Pager:
    """Makes a pager that takes keys one by one without echo, says so, and leaves with `q`, in those modes."""

    def made(setup: str = "") -> str:
        script = tmp_path / "a pager.py"
        script.write_text(
            "import os, signal, sys, tty\n"
            f"{setup}\n"
            "keys = os.open('/dev/tty', os.O_RDWR)\n"
            "tty.setcbreak(keys)\n"
            "os.write(keys, b'<ready>')\n"
            "while os.read(keys, 1) != b'q': pass\n"
        )
        return shlex.join([sys.executable, "-IS", str(script)])

    return made


class Shell:
    """A shell on a terminal of 24 lines that runs one command in the foreground, and a user before it."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        reports, report = os.pipe()
        commands, command = os.pipe()
        self.shell, self.terminal = pty.fork()
        if self.shell == 0:
            termios.tcsetwinsize(1, (24, 100))
            run_job(arguments, environment, report, commands)
        os.close(report)
        os.close(commands)
        self.reports, self.command, self.seen = reports, command, b""
        self.job = int(self.next_report())
        self.modes = termios.tcgetattr(self.terminal)
        os.write(self.command, b"\n")

    def next_report(self, typing: str = "") -> str:
        """The next line of the shell: the job's process id, then how it fares. Until then, keys are typed repeatedly.

        What is printed meanwhile is read.
        """
        line = b""
        while not line.endswith(b"\n"):
            found = select.select([self.reports, self.terminal], [], [], 0.1)[0]
            if not found and typing:
                self.type(typing)
            for ready in found:
                if ready == self.terminal:
                    self.seen += os.read(self.terminal, 65536)
                else:
                    line += os.read(self.reports, 1) or b"the shell died\n"
        return line.decode().strip()

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read_until(self, text: str) -> None:
        while text.encode() not in self.seen:
            self.seen += os.read(self.terminal, 65536)
        self.seen = self.seen.partition(text.encode())[2]

    def resume(self) -> None:
        """`fg`."""
        os.write(self.command, b"\n")

    def is_as_before(self) -> bool:
        return termios.tcgetattr(self.terminal) == self.modes

    def close(self) -> None:
        for group in (self.job, self.shell):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        os.waitpid(self.shell, 0)
        for handle in (self.terminal, self.reports, self.command):
            os.close(handle)


def run_job(arguments: tuple[str, ...], environment: dict[str, str], report: int, commands: int) -> NoReturn:
    """Runs a command as the foreground job of this terminal, and reports whenever it stops or ends."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    start, started = os.pipe()
    job = os.fork()
    if job == 0:
        os.close(report)
        os.read(start, 1)
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        become_factcli(arguments, environment)
    os.setpgid(job, job)
    os.tcsetpgrp(0, job)
    os.write(report, f"{job}\n".encode())
    os.read(commands, 1)
    os.write(started, b"\n")
    while True:
        status = os.waitpid(job, os.WUNTRACED)[1]
        os.tcsetpgrp(0, os.getpgrp())
        stopped = os.WIFSTOPPED(status)
        os.write(report, b"stopped\n" if stopped else f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os.read(commands, 1)
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)


@pytest.fixture
def user(environment: dict[str, str]) -> Iterator[Callable[..., Shell]]:
    """Begins `factcli timeline`, or another command, with that pager and browser.

    Where no pseudo-terminal can be had, the test is skipped.
    """
    shells = []

    def begin(command: str, *arguments: str) -> Shell:
        programs = {"PAGER": command, "BROWSER": f"{command} %s"}
        try:
            shells.append(Shell(arguments or ("timeline",), {**environment, "TERM": "xterm", **programs}))
        except OSError as error:
            pytest.skip(f"no pseudo-terminal can be had: {error}")
        return shells[-1]

    yield begin
    for shell in shells:
        shell.close()


User = Callable[..., Shell]
CAUGHT = "signal.signal(signal.SIGINT, lambda *_: os.write(keys, b'<caught>'))"
KEYS = {"\x03": "SIGINT", "\x1c": "SIGQUIT"}


def test_a_pager_that_leaves_the_terminal_without_echo_is_made_good(user: User, make_pager: Pager) -> None:
    shell = user(make_pager())
    shell.read_until("<ready>")
    assert not shell.is_as_before()
    shell.type("q")
    assert shell.next_report() == "0"
    assert shell.is_as_before()


@pytest.mark.parametrize("key", KEYS, ids=KEYS.values())
def test_a_key_is_that_of_the_pager(key: str, user: User, make_pager: Pager) -> None:
    shell = user(make_pager(CAUGHT.replace("SIGINT", KEYS[key])))
    shell.read_until("<ready>")
    shell.type(key)
    shell.read_until("<caught>")
    shell.type("q")
    assert shell.next_report() == "0"
    assert shell.is_as_before()
    assert b"om-khanjar" not in shell.seen


@pytest.mark.parametrize("key", KEYS, ids=KEYS.values())
def test_a_key_that_ends_the_pager_is_an_interruption(key: str, user: User, make_pager: Pager) -> None:
    shell = user(make_pager(f"signal.signal(signal.{KEYS[key]}, signal.SIG_DFL)"))
    shell.read_until("<ready>")
    shell.type(key)
    assert shell.next_report() == "130"
    assert shell.is_as_before()
    assert b"om-khanjar" not in shell.seen
    assert b"Traceback" not in shell.seen


def test_a_key_is_that_of_a_browser_on_the_terminal(user: User, make_pager: Pager) -> None:
    shell = user(make_pager(CAUGHT), "open", "us-oman")
    shell.read_until("<ready>")
    shell.type("\x03")
    shell.read_until("<caught>")
    shell.type("q")
    assert shell.next_report() == "0"
    assert shell.is_as_before()


def test_a_key_waits_for_the_end_of_a_query(user: User) -> None:
    """The query ends after half a second, by when a busy machine may not have typed the key: then another is begun."""
    ends = []
    while "130" not in ends and len(ends) < 20:
        shell = user("less", "doctor")
        shell.read_until("\x1b[c")
        shell.type("\x03")
        shell.type("\x1b[?65;1;9c")
        ends.append(shell.next_report())
        assert shell.is_as_before()
        assert b"Traceback" not in shell.seen
    assert "130" in ends


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_outlives_ctrl_c(user: User) -> None:
    shell = user("less")
    shell.read_until("\r\n:")
    shell.type("\x03")
    assert shell.next_report(typing="q") == "0"  # less drops keys that come with Ctrl-C
    assert shell.is_as_before()


def test_a_pager_that_dies_costs_no_answer(user: User, make_pager: Pager) -> None:
    shell = user(make_pager("signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGKILL))"))
    shell.read_until("<ready>")
    shell.type("\x03")
    assert shell.next_report() == "0"
    assert shell.is_as_before()
    shell.read_until("om-khanjar-hadd-2023")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_ended_ends_the_pager_first(number: int, user: User, make_pager: Pager) -> None:
    shell = user(make_pager("signal.signal(signal.SIGTERM, lambda *_: (os.write(keys, b'<end>'), sys.exit()))"))
    shell.read_until("<ready>")
    os.kill(shell.job, number)
    shell.read_until("<end>")
    assert shell.next_report() == str(-number)
    assert shell.is_as_before()
    assert shell.seen == b""


def test_ctrl_z_stops_both_and_both_continue(user: User, make_pager: Pager) -> None:
    shell = user(make_pager("signal.signal(signal.SIGCONT, lambda *_: os.write(keys, b'<again>'))"))
    shell.read_until("<ready>")
    shell.type("\x1a")
    assert shell.next_report() == "stopped"
    shell.resume()
    shell.read_until("<again>")
    shell.type("q")
    assert shell.next_report() == "0"
    assert shell.is_as_before()


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("true", True),
        ("cat", True),
        ("sed -n '$ p'", True),
        ("'{script}' --option", True),
        ("sh -c 'exit 1'", False),
        ("{script}", False),
        ("nonesuch", False),
        ("'", False),
        ("''", False),
        ("/", False),
    ],
)
def test_what_a_pager_may_be(command: str, shown: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "my pager"
    script.write_text('#!/bin/sh\ntest "$1" = --option\n')
    script.chmod(0o755)
    monkeypatch.setenv("PAGER", command.format(script=script))
    handlers = {number: signal.getsignal(number) for number in (*pager.KEYS, *pager.ENDS)}
    assert pager.page([b"a line\n" * 100_000] * 2) is shown
    assert {number: signal.getsignal(number) for number in handlers} == handlers
