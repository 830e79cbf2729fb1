"""Which terminal this is, by its environment or by its reply to a query, and the form of right-to-left text it needs.

There is no standard way to ask a terminal whether it reorders right-to-left text, so the knowledge is a table of signs,
`data/terminals.tsv`, which says how it is read. A terminal that no row recognises (ssh, sudo and containers lose most
variables) gets `override`, which is right in most.

The query is left to `doctor`: raw mode loses what is typed ahead, and every run over ssh would cost a round trip. It is
DECRQM of mode 8 (BDSM), the secondary device attributes, XTVERSION and, as every terminal replies to it and replies in
order, the primary device attributes as the end of the reply.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

from factcli import package_data
from factcli._namedtuple import NamedTuple
from factcli.errors import UsageError

BIDI_VARIABLE = "FACTCLI_BIDI"
SETTINGS = {"terminal": "isolate", "app": "visual", "off": "logical"}
"""The names that `--bidi` has for the three forms that most people need."""

UNKNOWN_FORM = "override"


class Choice(NamedTuple):
    """The form to write, the terminal it is for, and what decided it."""

    form: str
    name: str
    why: str


class Terminal(NamedTuple):
    """A row of `data/terminals.tsv`: all `signs` hold there; `evidence` is "run" or "read"."""

    form: str
    name: str
    evidence: str
    signs: list[str]


def terminals() -> Iterator[Terminal]:
    """The rows of the table, the first of which that holds decides."""
    for line in package_data.text("terminals.tsv").splitlines():
        if line and not line.startswith("#"):
            form, name, evidence, *signs = line.split("\t")
            yield Terminal(form, name, evidence, signs)


def recognize(signals: Mapping[str, str]) -> Choice | None:
    """The terminal that gives these signals, by name: variables of the environment or fields of a reply."""
    for form, name, _, signs in terminals():
        if all(holds(sign, signals) for sign in signs):
            variables = [re.split("[=>]", sign)[0] for sign in signs]
            return Choice(form, name, ", ".join(f"{one}={signals[one]}" for one in variables if one in signals))
    return None


def holds(sign: str, signals: Mapping[str, str]) -> bool:
    """Whether a sign holds: `NAME=value`, `NAME=prefix*`, `NAME=?*` for any value but none, `NAME>number`."""
    variable, operator, wanted = sign.partition(">" if ">" in sign else "=")
    value = signals.get(variable, "")
    if operator == ">":
        return value.isdecimal() and len(value) < 10 and int(value) > int(wanted)
    if wanted == "?*":
        return value != ""
    return value.startswith(wanted[:-1]) if wanted.endswith("*") else value == wanted


def detect(env: Mapping[str, str], is_tty: bool, platform: str = sys.platform) -> Choice:
    """The form for the terminal of that environment; `logical` where there is none.

    >>> detect({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, True).form
    'isolate'
    """
    if not is_tty:
        return Choice("logical", "a pipe or a file", "standard output is no terminal")
    unknown = Choice(UNKNOWN_FORM, "an unknown terminal", f"TERM={env.get('TERM', '')}")
    return recognize({**env, "sys.platform": platform}) or unknown


def choose(setting: str, env: Mapping[str, str], is_tty: bool, platform: str = sys.platform) -> Choice:
    """The form by `--bidi`, by FACTCLI_BIDI, else by what the terminal is. A pipe or a file gets logical order always.

    Raises UsageError where the setting that counts names no form.
    """
    found = detect(env, is_tty, platform)
    wanted, where = (setting, "--bidi") if setting != "auto" else (env.get(BIDI_VARIABLE) or "auto", BIDI_VARIABLE)
    if wanted == "auto":
        return found
    from factcli.terminal.forms import FORMS

    if wanted not in SETTINGS and wanted not in FORMS:
        names = ", ".join(("auto", *SETTINGS, *FORMS))
        raise UsageError(f"{where}: {wanted!r} is not a form of right-to-left text; use one of {names}")
    return Choice(SETTINGS.get(wanted, wanted), found.name, f"{where}={wanted}") if is_tty else found


# -- the query

QUERY = "\x1b[8$p\x1b[>c\x1b[>q\x1b[c"
"""DECRQM of BDSM, DA2, XTVERSION, and DA1, which ends the reply."""

_END = rb"\x1b\[\?[\d;]*c"
_FIELDS = {"DECRPM": r"\x1b\[8;(\d)\$y", "DA2": r"\x1b\[>([\d;]*)c", "XTVERSION": r"\x1bP>\|([^\x1b]*)\x1b\\"}


def parse_reply(reply: str) -> dict[str, str]:
    """The fields of a reply, out of everything that came in.

    >>> parse_reply("\\x1b[8;1$y\\x1b[>65;7006;1c\\x1b[?65;1;9c")
    {'DECRPM': '1', 'DA2': '65;7006;1'}
    """
    found = {field: re.search(pattern, reply) for field, pattern in _FIELDS.items()}
    return {field: match[1] for field, match in found.items() if match}


def query(fd_in: int, fd_out: int, timeout: float = 0.5) -> str:
    """The reply of the terminal to `QUERY` within `timeout` seconds; empty where it cannot be queried.

    Keys typed meanwhile are lost: the reply ends with the first primary attributes, and all else is discarded.
    Signals that end or stop the process wait until the terminal has its modes back.
    """
    try:
        import termios
    except ImportError:
        return ""
    import os
    import select
    import signal
    import time

    try:
        before = termios.tcgetattr(fd_in)
    except termios.error:
        return ""
    unbuffered = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO), *before[4:]]
    reply = b""
    deadly = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, deadly)
    try:
        termios.tcsetattr(fd_in, termios.TCSADRAIN, unbuffered)
        os.write(fd_out, QUERY.encode("ascii"))
        end = time.monotonic() + timeout
        while not re.search(_END, reply) and select.select([fd_in], [], [], max(0.0, end - time.monotonic()))[0]:
            more = os.read(fd_in, 1024)
            if not more:
                break
            reply += more
    finally:
        termios.tcsetattr(fd_in, termios.TCSAFLUSH, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return reply.decode("latin-1")
