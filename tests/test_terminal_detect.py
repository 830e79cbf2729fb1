"""Which terminal an environment and a reply are recognised as; the rows of `data/terminals.tsv`."""

from __future__ import annotations

import os
import re
import threading

import pytest

from factcli import package_data
from factcli.errors import UsageError
from factcli.terminal.detect import QUERY, SETTINGS, Terminal, choose, detect, parse_reply, query, recognize, terminals
from factcli.terminal.forms import FORMS

XTERM_256 = {"TERM": "xterm-256color"}
VTE = {**XTERM_256, "COLORTERM": "truecolor", "VTE_VERSION": "7006"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}

ENVIRONMENTS = {
    "Emacs shell": ({"TERM": "dumb", "INSIDE_EMACS": "28.2,comint"}, "isolate"),
    "dumb": ({"TERM": "dumb"}, "logical"),
    "Linux console": ({"TERM": "linux"}, "logical"),
    "kitty": ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "COLORTERM": "truecolor"}, "words-pf"),
    "kitty started from a VTE terminal": ({**VTE, "TERM": "xterm-kitty"}, "words-pf"),
    "mlterm": ({"TERM": "mlterm", "MLTERM": "3.9.0", "COLORFGBG": "default;default"}, "mlterm"),
    "tmux": (TMUX, "override"),
    "tmux in VTE": ({**TMUX, "VTE_VERSION": "7006"}, "override"),
    "tmux in xterm": ({**TMUX, "XTERM_VERSION": "XTerm(379)"}, "override"),
    "tmux in Konsole": ({**TMUX, "KONSOLE_VERSION": "221203"}, "konsole"),
    "tmux in kitty": ({**TMUX, "KITTY_WINDOW_ID": "1"}, "words-pf"),
    "tmux in mlterm": ({**TMUX, "MLTERM": "3.9.0"}, "present"),
    "screen in VTE": ({"TERM": "screen", "STY": "1.pts-0.host", "VTE_VERSION": "7006"}, "override"),
    "alacritty": ({"TERM": "alacritty", "COLORTERM": "truecolor"}, "bare"),
    "foot": ({"TERM": "foot", "COLORTERM": "truecolor"}, "visual"),
    "foot started from Konsole": ({"TERM": "foot-extra", "KONSOLE_VERSION": "221203"}, "visual"),
    "urxvt": ({"TERM": "rxvt-unicode-256color", "COLORFGBG": "0;15", "COLORTERM": "rxvt"}, "visual"),
    "st": ({"TERM": "st-256color"}, "visual"),
    "PuTTY that says so": ({"TERM": "putty-256color"}, "filler"),
    "Terminology": ({**XTERM_256, "TERM_PROGRAM": "terminology"}, "bare"),
    "Visual Studio Code": ({**XTERM_256, "TERM_PROGRAM": "vscode"}, "override"),
    "Visual Studio Code started from VTE": ({**VTE, "TERM_PROGRAM": "vscode"}, "override"),
    "Terminal.app": ({**XTERM_256, "TERM_PROGRAM": "Apple_Terminal"}, "override"),
    "mintty": ({"TERM": "xterm", "TERM_PROGRAM": "mintty"}, "explicit"),
    "Konsole": ({**XTERM_256, "KONSOLE_VERSION": "221203", "COLORFGBG": "15;0", "COLORTERM": "truecolor"}, "konsole"),
    "xterm": ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, "visual"),
    "xterm started from VTE": ({**VTE, "TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, "visual"),
    "VTE started from xterm": ({**VTE, "XTERM_VERSION": "XTerm(379)"}, "isolate"),
    "VTE before it had bidirectional text": ({**XTERM_256, "VTE_VERSION": "5603"}, "override"),
    "VTE_VERSION that is no number": ({**XTERM_256, "VTE_VERSION": "0.70"}, "override"),
    "QTerminal": ({**XTERM_256, "COLORFGBG": "15;0", "COLORTERM": "truecolor"}, "isolate"),
    "Windows Terminal, WSL": ({**XTERM_256, "WT_SESSION": "c0ffee"}, "visual"),
    "zutty": ({**XTERM_256, "COLORTERM": "truecolor"}, "override"),
    "ssh": (XTERM_256, "override"),
    "nothing at all": ({}, "override"),
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_form_of_an_environment(name: str) -> None:
    env, form = ENVIRONMENTS[name]
    assert detect(env, True, "linux").form == form


@pytest.mark.parametrize("name", ENVIRONMENTS)
@pytest.mark.parametrize("setting", ["auto", "terminal", "override"])
def test_pipes_and_files_get_logical_order(name: str, setting: str) -> None:
    env = {**ENVIRONMENTS[name][0], "FACTCLI_BIDI": "isolate"}
    assert choose(setting, env, False, "linux").form == "logical"


def test_windows_is_known_by_its_platform() -> None:
    assert detect({}, True, "win32").form == "visual"


def test_a_choice_names_what_decided_it() -> None:
    assert detect(VTE, True).why == "VTE_VERSION=7006"
    assert "TERM=xterm-256color" in detect(XTERM_256, True).why


@pytest.mark.parametrize(
    ("setting", "variable", "form"),
    [
        pytest.param("auto", "", "isolate", id="an empty variable is none"),
        pytest.param("auto", "auto", "isolate", id="auto"),
        pytest.param("auto", "filler", "filler", id="a special form by the variable"),
        pytest.param("auto", "app", "visual", id="a short name by the variable"),
        pytest.param("off", "filler", "logical", id="the option wins"),
        pytest.param("terminal", "off", "isolate", id="terminal"),
        pytest.param("app", "nonsense", "visual", id="a variable that does not count is not looked at"),
    ],
)
def test_settings(setting: str, variable: str, form: str) -> None:
    assert choose(setting, {**VTE, "FACTCLI_BIDI": variable}, True).form == form


@pytest.mark.parametrize(("setting", "variable", "where"), [("auto", "rtl", "FACTCLI_BIDI"), ("rtl", "", "--bidi")])
@pytest.mark.parametrize("is_tty", [True, False])
def test_an_unknown_form_is_refused_with_the_known_ones(setting: str, variable: str, where: str, is_tty: bool) -> None:
    with pytest.raises(UsageError, match=rf"^{where}: 'rtl' .* use one of auto, terminal, app, off, .*words-pf"):
        choose(setting, {"FACTCLI_BIDI": variable}, is_tty)


def test_settings_are_forms() -> None:
    assert set(SETTINGS.values()) <= set(FORMS)


# -- the rows of the table

ROWS = list(terminals())
REPLY_FIELDS = {"XTVERSION", "DECRPM", "DA2"}
SIGN = re.compile(r"([A-Za-z0-9_.]+)(?:=[^*?]*\*?|=\?\*|>\d+)")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {' '.join(row.signs)}")
def test_a_row_is_well_formed(row: Terminal) -> None:
    assert row.form in FORMS
    assert row.name.strip() == row.name != ""
    assert row.evidence in ("run", "read")
    assert row.signs
    matches = [SIGN.fullmatch(sign) for sign in row.signs]
    assert all(matches)
    assert len({match[1] in REPLY_FIELDS for match in matches if match}) == 1, "signs of an environment and of a reply"


def test_no_row_stands_twice() -> None:
    assert len({tuple(row.signs) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {' '.join(row.signs)}")
def test_every_row_is_the_first_to_hold_for_its_own_signs(row: Terminal) -> None:
    """A row that stands below a more general one would never be reached."""
    signals = {}
    for sign in row.signs:
        variable, operator, wanted = re.split("([=>])", sign, maxsplit=1)
        signals[variable] = str(int(wanted) + 1) if operator == ">" else "x" if wanted == "?*" else wanted.rstrip("*")
    choice = recognize({variable: value for variable, value in signals.items() if value})
    assert (choice and (choice.form, choice.name)) == (row.form, row.name)


def test_a_row_is_enough_to_recognise_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    env = {**XTERM_256, "TERM_PROGRAM": "Nonesuch", "NONESUCH_VERSION": "12"}
    assert detect(env, True).name == "an unknown terminal"
    table = package_data.text("terminals.tsv") + "bare\tNonesuch\tread\tTERM_PROGRAM=None*\tNONESUCH_VERSION>11\n"
    monkeypatch.setattr(package_data, "text", {"terminals.tsv": table}.__getitem__)
    assert detect(env, True) == ("bare", "Nonesuch", "TERM_PROGRAM=Nonesuch, NONESUCH_VERSION=12")
    assert detect({**env, "NONESUCH_VERSION": "11"}, True).name == "an unknown terminal"


# -- the query

REPLIES = {
    "VTE 0.70": ("\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c", "isolate"),
    "VTE 0.76 with a version": ("\x1b[8;1$y\x1b[>61;7600;1c\x1bP>|VTE(7600)\x1b\\\x1b[?61;1;21;22c", "isolate"),
    "xterm": ("\x1b[8;0$y\x1b[>41;379;0c\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c", "visual"),
    "kitty": ("\x1b[8;0$y\x1b[>1;4000;26c\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", "words-pf"),
    "Konsole": ("\x1b[>1;115;0c\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c", "konsole"),
    "tmux": ("\x1b[>84;0;0c\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c", "override"),
    "PuTTY": ("\x1b[>0;136;0c\x1b[?6c", "filler"),
    "mlterm": ("\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2;3;4;6;7;15;18;22;29c", "mlterm"),
    "QTerminal": ("\x1b[>0;115;0c\x1b[?1;2c", "isolate"),
    "typed ahead before": ("ls\r\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c", "isolate"),
    "one that nobody knows": ("\x1b[?6c", None),
    "silence": ("", None),
}


@pytest.mark.parametrize("name", REPLIES)
def test_terminals_are_known_by_their_reply(name: str) -> None:
    reply, form = REPLIES[name]
    found = recognize(parse_reply(reply))
    assert (found and found.form) == form


Pair = tuple[int, int]


def test_a_terminal_is_queried_and_left_as_it_was(terminal_pair: Pair) -> None:
    import select
    import termios

    ours, theirs = terminal_pair
    before = termios.tcgetattr(theirs)
    reply = "\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c"

    def terminal() -> None:
        received = b""
        while len(received) < len(QUERY):
            received += os.read(ours, 1024)
        os.write(ours, reply.encode())

    answering = threading.Thread(target=terminal, daemon=True)
    answering.start()
    assert query(theirs, theirs, 30) == reply
    answering.join()
    assert termios.tcgetattr(theirs) == before
    assert not select.select([theirs], [], [], 0)[0]


def test_a_silent_terminal_is_left_as_it_was(terminal_pair: Pair) -> None:
    import termios

    _, theirs = terminal_pair
    before = termios.tcgetattr(theirs)
    assert query(theirs, theirs, 0) == ""
    assert termios.tcgetattr(theirs) == before


def test_what_is_no_terminal_is_not_queried() -> None:
    reading, writing = os.pipe()
    assert query(reading, writing, 0) == ""
    os.close(writing)
    assert os.read(reading, 10) == b""
    os.close(reading)
