"""Which terminal this is, as far as the environment tells, and the form of `bidi` that it needs.

There is no standard way to ask a terminal whether it reorders right-to-left text, so the knowledge is a table: what a
terminal leaves in the environment, its name, the form that came out right on its screen. The first row that holds
decides. `TERM` is set by the terminal itself; `VTE_VERSION`, `KONSOLE_VERSION` and `XTERM_VERSION` are inherited by a
terminal that is started from another, so the rows that look at them come last. tmux and screen pass the environment of
the terminal in which they were started, which need not be the one they are attached to; their rows come before those.
A terminal that no row knows (ssh, sudo and containers lose most variables) gets `override`, which is right in most.

Asking is left to `doctor`: raw mode loses what is typed ahead, and every run over ssh would cost a round trip. What is
asked: DECRQM of mode 8, BDSM (only VTE is known to have it), the secondary device attributes, XTVERSION and, as every
terminal answers it and answers in order, the primary device attributes as the end of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from factcli._namedtuple import NamedTuple

VARIABLE = "FACTCLI_BIDI"
SETTINGS = {"terminal": "isolate", "app": "visual", "off": "logical"}
"""What `--bidi` calls the three forms that most people need."""

FORMS = (
    "isolate", "visual", "override", "logical", "bare", "explicit", "filler", "konsole", "mlterm", "present",
    "words-pf",
)  # fmt: skip
STRANGER = "override"
ANY = "?*"


class Choice(NamedTuple):
    """The form to write, the terminal it is for, and what told so."""

    form: str
    name: str
    why: str


class Known(NamedTuple):
    """A terminal: all `signs` hold there. A sign is `VARIABLE=value`, `VARIABLE>number`, or a platform's name; `v*` is
    a value that begins so, `?*` any but none."""

    form: str
    name: str
    signs: tuple[str, ...]


def _known(form: str, name: str, *signs: str) -> Known:
    return Known(form, name, signs)


TERMINALS = (
    _known("isolate", "Emacs", "INSIDE_EMACS=?*"),
    _known("logical", "a terminal that shows plain characters only", "TERM=dumb"),
    _known("logical", "the Linux console", "TERM=linux"),
    _known("words-pf", "kitty", "TERM=xterm-kitty"),
    _known("mlterm", "mlterm", "TERM=mlterm*"),
    _known("konsole", "tmux in Konsole", "TMUX=?*", "KONSOLE_VERSION=?*"),
    _known("konsole", "screen in Konsole", "STY=?*", "KONSOLE_VERSION=?*"),
    _known("words-pf", "tmux in kitty", "TMUX=?*", "KITTY_WINDOW_ID=?*"),
    _known("words-pf", "screen in kitty", "STY=?*", "KITTY_WINDOW_ID=?*"),
    _known("present", "tmux in mlterm", "TMUX=?*", "MLTERM=?*"),
    _known("present", "screen in mlterm", "STY=?*", "MLTERM=?*"),
    _known("override", "tmux", "TMUX=?*"),
    _known("override", "screen", "STY=?*"),
    _known("bare", "alacritty", "TERM=alacritty*"),
    _known("visual", "foot", "TERM=foot*"),
    _known("visual", "urxvt", "TERM=rxvt*"),
    _known("visual", "st", "TERM=st"),
    _known("visual", "st", "TERM=st-*"),
    _known("visual", "Contour", "TERM=contour*"),
    _known("visual", "Rio", "TERM=rio*"),
    _known("visual", "Ghostty", "TERM=xterm-ghostty"),
    _known("filler", "PuTTY", "TERM=putty*"),
    _known("bare", "Terminology", "TERM_PROGRAM=terminology"),
    _known("override", "Visual Studio Code", "TERM_PROGRAM=vscode"),
    _known("override", "Hyper", "TERM_PROGRAM=Hyper"),
    _known("override", "Tabby", "TERM_PROGRAM=Tabby"),
    _known("override", "Terminal.app", "TERM_PROGRAM=Apple_Terminal"),
    _known("override", "iTerm2", "TERM_PROGRAM=iTerm.app"),
    _known("override", "WezTerm", "TERM_PROGRAM=WezTerm"),
    _known("explicit", "mintty", "TERM_PROGRAM=mintty"),
    _known("visual", "Ghostty", "TERM_PROGRAM=ghostty"),
    _known("visual", "Warp", "TERM_PROGRAM=WarpTerminal"),
    _known("konsole", "Konsole", "KONSOLE_VERSION=?*"),
    _known("visual", "xterm", "TERM=xterm", "XTERM_VERSION=?*"),
    _known("isolate", "a terminal on VTE (GNOME, Xfce, MATE, Tilix ...)", "VTE_VERSION>5799"),
    _known("isolate", "QTerminal", "COLORFGBG=?*", "COLORTERM=?*", "TERM=xterm-256color", "TERM_PROGRAM="),
    _known("visual", "Windows Terminal", "WT_SESSION=?*"),
    _known("visual", "the Windows console", "win32"),
)
"""The first that holds decides. Rows that were only read or told of, not run: Emacs, Contour, Rio, Ghostty, Visual
Studio Code, Hyper, Tabby, Terminal.app, iTerm2, WezTerm, mintty, Warp, Windows, and the muxes in Konsole and kitty."""


def detect(env: Mapping[str, str], is_tty: bool, platform: str = "") -> Choice:
    """The form for the terminal that the environment speaks of; `logical` where there is none.

    >>> detect({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, True).form
    'isolate'
    """
    if not is_tty:
        return Choice("logical", "a pipe or a file", "standard output is no terminal")
    for form, name, signs in TERMINALS:
        if all(_holds(sign, env, platform) for sign in signs):
            return Choice(form, name, ", ".join(_told(sign, env) for sign in signs))
    return Choice(STRANGER, "an unknown terminal", f"TERM={env.get('TERM', '')}")


def choose(setting: str, env: Mapping[str, str], is_tty: bool, platform: str = "") -> Choice:
    """The form by `--bidi`, by FACTCLI_BIDI, else by what the terminal is. A pipe or a file gets logical order always.

    Raises `ValueError` where the setting that counts names no form.
    """
    found = detect(env, is_tty, platform)
    asked, where = (setting, "--bidi") if setting != "auto" else (env.get(VARIABLE) or "auto", VARIABLE)
    if asked != "auto" and asked not in SETTINGS and asked not in FORMS:
        names = ", ".join(("auto", *SETTINGS, *FORMS))
        raise ValueError(f"{where}: {asked!r} is not a form of right-to-left text; use one of {names}")
    if asked == "auto" or not is_tty:
        return found
    return Choice(SETTINGS.get(asked, asked), found.name, f"{where}={asked}")


def profile_line(form: str) -> str:
    """What to put into the profile of a shell so that every run writes that form."""
    return f"export {VARIABLE}={form}"


def _holds(sign: str, env: Mapping[str, str], platform: str) -> bool:
    variable, operator, wanted = _parts(sign)
    value = env.get(variable, "")
    if operator == ">":
        return value.isdecimal() and int(value) > int(wanted)
    if wanted == ANY:
        return value != ""
    if wanted.endswith("*"):
        return value.startswith(wanted[:-1])
    return value == wanted if operator else sign == platform


def _told(sign: str, env: Mapping[str, str]) -> str:
    variable = _parts(sign)[0]
    return f"{variable}={env[variable]}" if variable in env else sign.rstrip("=")


def _parts(sign: str) -> tuple[str, str, str]:
    """The variable, the operator and what is wanted; a platform has its name alone."""
    return sign.partition(">" if ">" in sign else "=")


# ---------------------------------------------------------------------------------------------------------- the asking

QUESTION = "\x1b[8$p\x1b[>c\x1b[>q\x1b[c"
"""DECRQM of BDSM, DA2, XTVERSION, and DA1, which ends the answer."""

_END = rb"\x1b\[\?[\d;]*c"


class Answer(NamedTuple):
    """What a terminal said of itself: `bdsm` 1 when it reorders, 2 when it could; empty where it kept silent."""

    bdsm: int
    attributes: str
    version: str


ANSWERS = (
    ("version", r"kitty\(", "words-pf", "kitty"),
    ("version", r"mintty ", "explicit", "mintty"),
    ("version", r"Konsole ", "konsole", "Konsole"),
    ("version", r"tmux ", "override", "tmux"),
    ("version", r"WezTerm ", "override", "WezTerm"),
    ("version", r"iTerm2 ", "override", "iTerm2"),
    ("version", r"XTerm\(", "visual", "xterm"),
    ("version", r"foot\(", "visual", "foot"),
    ("version", r"ghostty ", "visual", "Ghostty"),
    ("bdsm", r"[12]$", "isolate", "a terminal on VTE"),
    ("attributes", r"0;136;0$", "filler", "PuTTY"),
    ("attributes", r"24;", "mlterm", "mlterm"),
    ("attributes", r"0;115;0$", "isolate", "QTerminal"),
)
"""How an answer begins, and who answers so."""


def parse(reply: str) -> Answer:
    """What a terminal said, out of everything that came in.

    >>> parse("\\x1b[8;1$y\\x1b[>65;7006;1c\\x1b[?65;1;9c")
    Answer(bdsm=1, attributes='65;7006;1', version='')
    """
    bdsm = re.search(r"\x1b\[8;(\d)\$y", reply)
    attributes = re.search(r"\x1b\[>([\d;]*)c", reply)
    version = re.search(r"\x1bP>\|([^\x1b]*)\x1b\\", reply)
    return Answer(
        int(bdsm[1]) if bdsm else 0,
        attributes[1] if attributes else "",
        version[1] if version else "",
    )


def recognize(answer: Answer) -> Choice | None:
    """The terminal that answers so, if it is one of those known."""
    for field, pattern, form, name in ANSWERS:
        said = str(getattr(answer, field))
        if re.match(pattern, said):
            return Choice(form, name, f"its answer {said}")
    return None


def ask(fd_in: int, fd_out: int, timeout: float = 0.5) -> str:
    """What the terminal replies to `QUESTION`; empty where there is none, or where it cannot be asked.

    What is typed meanwhile is lost: the reply ends with the first primary attributes, and all else is thrown away.
    """
    try:
        import termios
    except ImportError:
        return ""
    try:
        before = termios.tcgetattr(fd_in)
    except termios.error:
        return ""
    try:
        termios.tcsetattr(fd_in, termios.TCSADRAIN, _unbuffered(before, termios.ICANON | termios.ECHO))
        return _replied(fd_in, fd_out, timeout)
    finally:
        termios.tcsetattr(fd_in, termios.TCSAFLUSH, before)


def _unbuffered(attributes: list[Any], flags: int) -> list[Any]:
    return [*attributes[:3], attributes[3] & ~flags, *attributes[4:]]


def _replied(fd_in: int, fd_out: int, timeout: float) -> str:
    import os
    import select
    import time

    os.write(fd_out, QUESTION.encode("ascii"))
    end, reply = time.monotonic() + timeout, b""
    while not re.search(_END, reply) and select.select([fd_in], [], [], max(0.0, end - time.monotonic()))[0]:
        if not (more := os.read(fd_in, 1024)):
            break
        reply += more
    return reply.decode("latin-1")
