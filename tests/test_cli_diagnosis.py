"""The doctor: what it reports of a terminal, of its reply, and of what is none."""

from __future__ import annotations

import sys

import pytest

from factcli.cli import diagnosis
from factcli.errors import UsageError

VTE = {"TERM": "xterm-256color", "VTE_VERSION": "7006"}
REPLY = "\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c"


class Input:
    """Standard input, a terminal."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


@pytest.fixture
def replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Input())
    monkeypatch.setattr(diagnosis, "query", lambda *_: REPLY)


def test_a_pipe_has_no_sample() -> None:
    assert diagnosis.report("auto", "logical", VTE, 80, False).splitlines() == [
        "terminal: a pipe or a file (standard output is no terminal)",
        "right-to-left text is written: logical",
        "Run it on a terminal to see a sample.",
    ]


def test_a_screen_is_reported_with_sample_and_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    lines = diagnosis.report("auto", "isolate", VTE, 80, True).splitlines()
    assert lines[:4] == [
        "terminal: a terminal on VTE (GNOME, Xfce, MATE, Tilix ...) (VTE_VERSION=7006)",
        "right-to-left text is written: isolate",
        "reply to a query: none, or not a known one",
        "",
    ]
    assert lines[4].split() == ["left", "right", "number"]
    assert sum("\u2067" in line for line in lines) == 2
    assert sum("FACTCLI_BIDI=" in line for line in lines) == 3


@pytest.mark.usefixtures("replies")
def test_a_reply_that_confirms_the_form_needs_no_setting() -> None:
    report = diagnosis.report("auto", "isolate", VTE, 80, True)
    assert "reply to a query: a terminal on VTE (DECRPM=1), which needs isolate\n\n" in report


@pytest.mark.usefixtures("replies")
def test_a_reply_that_differs_gives_the_line_for_the_profile() -> None:
    report = diagnosis.report("auto", "override", {"TERM": "xterm-256color"}, 80, True)
    assert "which needs isolate\nput this into your shell profile: export FACTCLI_BIDI=isolate\n\n" in report


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(UsageError, match="FACTCLI_BIDI: 'sideways'"):
        diagnosis.report("auto", "logical", {"FACTCLI_BIDI": "sideways"}, 80, False)


def test_what_a_terminal_reports_does_not_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Input())
    monkeypatch.setattr(diagnosis, "query", lambda *_: "\x1bP>|kitty(\x9b31m\x07\r\n" + "x" * 9999 + "\x1b\\\x1b[?62c")
    lines = diagnosis.report("auto", "logical", {"TERM": "dumb\x1b]52;c;eA==\x07" + "y" * 9999}, 80, True).splitlines()
    assert lines[2].startswith("reply to a query: kitty (XTVERSION=kitty(<U+009B>31m<U+0007><U+000D><U+000A>xxx")
    assert max(map(len, lines[:5])) < 250
    assert not any(char in line for line in lines for char in "\x1b\x9b\x07\r")
