"""Standard output and standard error, and what the terminal behind them can display.

Answers go to standard output (`write`), all else to standard error (`write_stderr`, `write_messages`). The environment
says how wide, how coloured and in which language an answer is; `detect` and `bidi_form` find out how the terminal needs
right-to-left text, `forms` writes it so.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from typing import TextIO

from factcli.errors import FileError

PROGRAM = "factcli"
UNKNOWN_WIDTH = 80
MAX_WIDTH_DIGITS = 5
"""A larger `COLUMNS` is no width of a screen."""


# -- what the terminal can show


def is_terminal() -> bool:
    """Whether standard output is a terminal rather than a pipe or a file."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_screen(stream: TextIO | None) -> bool:
    """Whether the stream is a screen; a terminal without a size belongs to a program that reads it."""
    try:
        return stream is not None and stream.isatty() and os.get_terminal_size(stream.fileno()).columns > 0
    except (OSError, ValueError):
        return False


def width() -> int:
    """The width of the terminal in cells: `COLUMNS`, else what the terminal reports, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) <= MAX_WIDTH_DIGITS and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or UNKNOWN_WIDTH
    except (OSError, ValueError, AttributeError):
        return UNKNOWN_WIDTH


def has_color(setting: str, env: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: `--color`, else https://no-color.org, `FORCE_COLOR` and whether the terminal can."""
    if setting != "auto":
        return setting == "always" and is_terminal()
    if env.get("NO_COLOR"):
        return False
    return is_terminal() and (bool(env.get("FORCE_COLOR")) or env.get("TERM", "") not in ("", "dumb"))


def language(env: Mapping[str, str] = os.environ) -> str:
    """The language of the locale where the program has it ("ar"), else "en"."""
    locale = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "ar" if locale[:2] == "ar" else "en"


def bidi_form(setting: str, stream: TextIO | None, env: Mapping[str, str] = os.environ) -> str:
    """The form of right-to-left text for the terminal behind `stream`; "logical" where there is none.

    `setting` is that of `--bidi`. Raises UsageError where FACTCLI_BIDI names no form.
    """
    if stream is None or not stream.isatty():
        return "logical"
    from factcli.terminal.detect import BIDI_VARIABLE, choose

    if setting == "auto" and not env.get(BIDI_VARIABLE) and not is_screen(stream):
        return "logical"
    return choose(setting, env, is_tty=True).form


# -- standard error


def write_messages(*messages: str, bidi: str = "off") -> None:
    """Writes messages to standard error, one line each; `bidi` is the setting for right-to-left text in them."""
    has_arabic = not all(map(str.isascii, messages))
    form = bidi_form(bidi, sys.stderr) if has_arabic and bidi != "off" else "logical"
    for message in messages:
        write_stderr(f"{PROGRAM}: {message}", form)


def write_stderr(text: str, form: str = "logical", start: str = "", end: str = "\n") -> None:
    """Writes a line to standard error: nothing foreign in it can act on the terminal or flood it.

    `start` and `end` are the program's own control characters. Where standard error is closed or broken, nothing is
    written and nothing is raised: what the program has done stays done.
    """
    if sys.stderr is None:
        return
    from factcli.text.quote import shorten_message

    text = shorten_message(text)
    if form != "logical":
        from factcli.terminal import forms

        text = forms.write(text, "L", form)
    with contextlib.suppress(OSError):
        sys.stderr.write(start + text + end)
        sys.stderr.flush()


# -- standard output


def write(text: str, paged: bool = False) -> None:
    """Writes the answer: UTF-8 into a pipe or file, the terminal's own encoding on a terminal.

    Raises FileError where the answer cannot be written; a pipe that its reader closed is no error.
    """
    if sys.stdout is None:
        raise FileError("standard output is closed; nothing can be answered")
    encoding = sys.stdout.encoding if is_terminal() else None
    data = text.encode(encoding or "utf-8", "replace")
    try:
        if paged and _is_taller_than_screen(text):
            from factcli.terminal import pager

            if pager.page(data):
                return
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Nothing may be flushed into what is broken when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise FileError(f"standard output: {error.strerror}; the answer is not complete") from error


def _is_taller_than_screen(text: str) -> bool:
    """Whether `text` scrolls away on this terminal; no, where the terminal does not report how tall it is."""
    try:
        rows = os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):
        return False
    return 0 < rows <= text.count("\n")
