"""Standard output and error, the terminal behind them and what the environment says of it; the only door to them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

from factcli.errors import FileError
from factcli.text.unsafe import name_unsafe

PROGRAM = "factcli"
UNKNOWN_WIDTH = 80
MOST_COLUMNS_DIGITS = 5


def is_terminal() -> bool:
    """Whether the answer goes to a terminal rather than to a pipe or a file."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_screen(stream: TextIO | None) -> bool:
    """Whether somebody looks at the stream: a terminal without a size is a program's, which reads what is written."""
    try:
        return stream is not None and stream.isatty() and os.get_terminal_size(stream.fileno()).columns > 0
    except (OSError, ValueError):
        return False


def width() -> int:
    """The width of the terminal in cells: `COLUMNS`, else what the terminal says, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) <= MOST_COLUMNS_DIGITS and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or UNKNOWN_WIDTH
    except (OSError, ValueError, AttributeError):
        return UNKNOWN_WIDTH


def has_color(setting: str, env: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour, by `--color`, else https://no-color.org, `FORCE_COLOR` and whether a terminal can."""
    if setting != "auto":
        return setting == "always" and is_terminal()
    if env.get("NO_COLOR"):
        return False
    return is_terminal() and (bool(env.get("FORCE_COLOR")) or env.get("TERM", "") not in ("", "dumb"))


def language(env: Mapping[str, str] = os.environ) -> str:
    """The language of the locale where the program speaks it, else English."""
    locale = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "ar" if locale[:2] == "ar" else "en"


def say(*messages: str, arrange: Callable[[str], str] = str) -> None:
    """Tells the user something on standard error, one line each; nothing foreign in it can act on the terminal.

    `arrange` gives a harmless line the form that the terminal needs. What was done stays done where nobody can be told.
    """
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        for message in messages:
            text = arrange(f"{PROGRAM}: {name_unsafe(message)}") + "\n"
            sys.stderr.write(text.encode("utf-8", "backslashreplace").decode("utf-8"))
        sys.stderr.flush()


def say_plainly(text: str) -> None:
    """Writes a text of several lines, the program's own, on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def write(text: str, paged: bool = False) -> None:
    """Writes the answer: UTF-8 into a pipe or file, the terminal's own encoding on a terminal.

    Raises `FileError` where the answer cannot be written; a pipe that its reader closed is no error.
    """
    if sys.stdout is None:
        raise FileError("standard output is closed; nothing can be answered")
    try:
        if paged and _is_taller_than_screen(text) and _page(text):
            return
        sys.stdout.flush()
        _write_bytes(text.encode(_encoding(), "replace"))
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        raise FileError(f"standard output: {error.strerror}; the answer is not complete") from error


def _encoding() -> str:
    return (sys.stdout.encoding or "utf-8") if is_terminal() else "utf-8"


def _write_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _forget_stdout() -> None:
    """Points standard output to nowhere, so that nothing is flushed into a broken pipe at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_taller_than_screen(text: str) -> bool:
    """Whether `text` scrolls away on this terminal; no, where the terminal does not say how tall it is."""
    try:
        rows = os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):
        return False
    return 0 < rows <= text.count("\n")


def _page(text: str) -> bool:
    """Shows `text` in `PAGER`, else `less`; whether that could be done."""
    import shlex
    import shutil
    import subprocess

    env = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        command = shlex.split(os.environ.get("PAGER") or "less")
        if not command or shutil.which(command[0]) is None:
            return False
        done = subprocess.run(command, input=text.encode(_encoding(), "replace"), env=env, check=False)
    except (OSError, ValueError):
        return False
    return done.returncode == 0
