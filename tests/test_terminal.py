"""Standard output and error, what a terminal is sent, and what the environment decides."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcli import terminal
from factcli.errors import FileError, UsageError

if TYPE_CHECKING:
    from conftest import Run


@pytest.mark.parametrize(
    ("env", "mark"),
    [
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "\u2067"),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/x,1,0"}, "\u202d"),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, "\ufee4"),
        ({"TERM": "xterm-256color"}, "\u202d"),
        ({"TERM": "xterm-256color", "FACTCLI_BIDI": "isolate"}, "\u2067"),
        ({"TERM": "dumb"}, "خنجر الحد"),
    ],
    ids=["VTE", "tmux", "xterm", "unknown", "as set", "dumb"],
)
def test_each_terminal_gets_its_form(env: dict[str, str], mark: str, on_terminal: Run) -> None:
    assert mark in on_terminal("timeline", "khanjar", "--lang", "ar", env=env).out


@pytest.mark.parametrize("env", [{"VTE_VERSION": "7006"}, {"TMUX": "/tmp/x,1,0"}, {"FACTCLI_BIDI": "visual"}])
@pytest.mark.parametrize("lang", ["en", "ar", "both"])
@pytest.mark.parametrize("form", ["", "--json", "--jsonl", "--csv", "--tsv", "--md"])
def test_a_pipe_gets_plain_letters_in_logical_order(
    form: str, lang: str, env: dict[str, str], run_factcli: Run
) -> None:
    command = ["timeline", "--lang", lang, "--explain", "khunjar", *form.split()]
    status, text, _ = run_factcli(*command, env={"TERM": "xterm-256color", **env})
    assert status == 0
    assert "خنجر" in text or lang == "en"
    assert not re.search("[\x1b\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb50-\ufdff\ufe70-\ufefc]", text)


COMMANDS = ["timeline", "timeline --chart", "partner", "partner turkey", "exercise", "sale", "show us-om-tow-2023",
            "info", "schema", "check", "doctor", "timeline --explain tow", "export"]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ar", "both"])
@pytest.mark.parametrize("columns", [40, 120])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_on_a_terminal(command: str, columns: int, lang: str, on_terminal: Run) -> None:
    env = {"TERM": "xterm-256color", "FACTCLI_LANG": lang}
    seen = on_terminal(*command.split(), columns=columns, env=env).out
    assert seen.strip()
    assert "error" not in seen


@pytest.mark.parametrize("pager", ["'", "nonesuch", "false", "/etc/hostname"])
def test_a_pager_that_cannot_be_run_costs_no_answer(pager: str, on_terminal: Run) -> None:
    env = {"TERM": "xterm", "PAGER": pager}
    assert "om-khanjar-hadd-2023" in on_terminal("timeline", pages=True, env=env).out


def test_a_setting_that_is_none_is_refused(on_terminal: Run) -> None:
    assert "FACTCLI_BIDI" in on_terminal("timeline", env={"TERM": "xterm", "FACTCLI_BIDI": "sideways"}).out


@pytest.mark.parametrize(
    ("arguments", "env", "colored"),
    [
        ((), {"TERM": "xterm"}, True),
        ((), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (("--color", "never"), {"TERM": "xterm"}, False),
        (("--color", "always"), {"TERM": "dumb"}, True),
    ],
    ids=["terminal", "NO_COLOR", "dumb", "FORCE_COLOR", "never", "always"],
)
def test_colour_as_the_environment_says(
    arguments: tuple[str, ...], env: dict[str, str], colored: bool, on_terminal: Run
) -> None:
    assert ("\x1b[" in on_terminal("sale", "tow", *arguments, env=env).out) is colored


# -- what the terminal can show


class Stream(io.StringIO):
    """A stream on a descriptor, or on none."""

    def __init__(self, descriptor: int | None = None) -> None:
        super().__init__()
        self.descriptor = descriptor

    def fileno(self) -> int:
        if self.descriptor is None:
            raise OSError("no descriptor")
        return self.descriptor

    def isatty(self) -> bool:
        return self.descriptor is not None and os.isatty(self.descriptor)


@pytest.fixture
def screen(terminal_pair: tuple[int, int]) -> Callable[[int], Stream]:
    """Makes a stream to a terminal of so many columns."""
    import termios

    def made(columns: int) -> Stream:
        termios.tcsetwinsize(terminal_pair[1], (24, columns))
        return Stream(terminal_pair[1])

    return made


@pytest.mark.parametrize(
    ("columns", "size", "width"),
    [
        pytest.param(None, 71, 71, id="that of the terminal"),
        pytest.param("40", 71, 40, id="COLUMNS"),
        pytest.param("0", 71, 71, id="COLUMNS is zero"),
        pytest.param("wide", 71, 71, id="COLUMNS is no number"),
        pytest.param("123456", 71, 71, id="COLUMNS is no width of a screen"),
        pytest.param(None, 0, 80, id="a terminal without a size"),
    ],
)
def test_width(
    columns: str | None, size: int, width: int, screen: Callable[[int], Stream], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", screen(size))
    assert terminal.width() == width


@pytest.mark.parametrize("stream", [None, Stream()], ids=["closed", "no descriptor"])
def test_what_is_no_terminal_is_80_cells_wide(stream: Stream | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "stdout", stream)
    assert terminal.width() == 80
    assert not terminal.is_terminal()
    assert not terminal.is_screen(stream)


def test_a_terminal_without_a_size_is_no_screen(screen: Callable[[int], Stream]) -> None:
    assert terminal.is_screen(screen(80))
    assert not terminal.is_screen(screen(0))


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({}, "en"),
        ({"LANG": "ar_OM.UTF-8"}, "ar"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "ar_OM.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "ar_OM.UTF-8"}, "ar"),
        ({"LANG": "ar_OM.UTF-8", "LC_ALL": ""}, "ar"),
    ],
    ids=str,
)
def test_language_is_that_of_the_locale(env: dict[str, str], language: str) -> None:
    assert terminal.language(env) == language


VTE = {"TERM": "xterm-256color", "VTE_VERSION": "7006"}


@pytest.mark.parametrize(
    ("setting", "env", "columns", "form"),
    [
        pytest.param("auto", VTE, 80, "isolate", id="a terminal that is recognised"),
        pytest.param("app", VTE, 80, "visual", id="a setting"),
        pytest.param("auto", {**VTE, "FACTCLI_BIDI": "filler"}, 80, "filler", id="the variable"),
        pytest.param("auto", VTE, 0, "logical", id="a program that reads"),
        pytest.param("app", VTE, 0, "visual", id="a program that reads, and a setting"),
        pytest.param(
            "auto", {**VTE, "FACTCLI_BIDI": "filler"}, 0, "filler", id="a program that reads, and the variable"
        ),
    ],
)
def test_form_of_a_stream(
    setting: str, env: dict[str, str], columns: int, form: str, screen: Callable[[int], Stream]
) -> None:
    assert terminal.bidi_form(setting, screen(columns), env) == form
    assert terminal.bidi_form(setting, None, env) == "logical"
    assert terminal.bidi_form(setting, Stream(), env) == "logical"


def test_an_unknown_form_is_refused(screen: Callable[[int], Stream]) -> None:
    with pytest.raises(UsageError, match=r"^FACTCLI_BIDI: 'sideways' is not a form"):
        terminal.bidi_form("auto", screen(80), {"FACTCLI_BIDI": "sideways"})


# -- standard error


@pytest.mark.parametrize(
    ("message", "written"),
    [
        pytest.param("plain", "factcli: plain\n", id="plain"),
        pytest.param("a\x1b[2Jb", "factcli: a<U+001B>[2Jb\n", id="an escape sequence"),
        pytest.param("a\r\nb", "factcli: a<U+000D><U+000A>b\n", id="a line break"),
        pytest.param("\u202eevil", "factcli: <U+202E>evil\n", id="an override"),
        pytest.param("\udcff", "factcli: <U+DCFF>\n", id="a byte that is not UTF-8"),
        pytest.param("عُمان", "factcli: عُمان\n", id="Arabic"),
    ],
)
def test_nothing_foreign_in_a_message_acts(message: str, written: str, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.write_messages(message)
    assert capsys.readouterr() == ("", written)


def test_arabic_in_messages_has_the_form_of_the_terminal(
    screen: Callable[[int], Stream], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = screen(80)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("FACTCLI_BIDI", "visual")
    terminal.write_messages("ب", "ASCII", bidi="auto")
    assert stream.getvalue() == "factcli: \ufe8f\nfactcli: ASCII\n"


def test_control_characters_of_the_program_stand_around_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.write_stderr("a\rb", start="\r", end="\r")
    assert capsys.readouterr().err == "\ra<U+000D>b\r"


class Broken(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError("no space left")


@pytest.mark.parametrize("stream", [None, Broken()], ids=["closed", "broken"])
def test_a_message_that_cannot_be_written_raises_nothing(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    terminal.write_messages("lost")


def test_standard_error_is_written_in_one_place() -> None:
    package = Path(terminal.__file__).parents[1]
    sources = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    writing = [
        path for path, text in sources.items() if re.search(r"stderr\.(write|buffer)|(?<![.\w])print\(|err=True", text)
    ]
    assert writing == [Path(terminal.__file__)]


# -- standard output


def test_an_answer_is_utf_8_in_a_pipe(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    terminal.write("عُمان\n")
    assert capfdbinary.readouterr().out == "عُمان\n".encode()


def test_a_closed_output_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(FileError, match="standard output is closed"):
        terminal.write("lost")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_a_full_disk_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(FileError, match="the answer is not complete"):
            terminal.write("lost")


def test_a_pipe_closed_by_its_reader_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        terminal.write("lost")


def test_a_tall_answer_is_paged(on_terminal: Run) -> None:
    env = {"TERM": "xterm", "PAGER": "sed s/^/paged:/"}
    assert "paged:" in on_terminal("timeline", pages=True, env=env).out
    assert "paged:" not in on_terminal("timeline", env=env).out
    assert "paged:" not in on_terminal("timeline", "salalah", pages=True, env=env).out
