"""Standard output and standard error, and what the terminal behind them can display.

Answers go to standard output (`write`), all else to standard error (`write_stderr`, `write_messages`). The environment
says how wide, how coloured and in which language an answer is; `detect` and `bidi_form` find out how the terminal needs
right-to-left text, `forms` writes it so.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from factcli.errors import FileError

PROGRAM = "factcli"
UNKNOWN_WIDTH = 80
MAX_WIDTH_DIGITS = 5
"""A larger `COLUMNS` is no width of a screen."""

MIN_BLOCK, MAX_BLOCK = 1 << 10, 1 << 16
"""Characters that are written at once: behind the first piece, and at most."""


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


def write(text: str | Iterable[str], paged: bool = False, written: list[int] | None = None) -> None:
    """Writes the answer: UTF-8 into a pipe or file, the terminal's own encoding on a terminal.

    An answer in pieces is written as they are made, the first at once; after a reader has closed the pipe, which is no
    error, no more are made. `written` are the hashes of the blocks that this process has written of the answer before,
    which are not written again, and of those that are written now.

    Raises FileError where the answer cannot be written, or is not the one that has been begun.
    """
    if sys.stdout is None:
        raise FileError("standard output is closed; nothing can be answered")
    encoding = (sys.stdout.encoding if is_terminal() else None) or "utf-8"
    pieces = [text] if isinstance(text, str) else text
    blocks: Iterator[bytes] = (block.encode(encoding, "replace") for block in _blocks(pieces))
    try:
        if paged and (rows := _rows_of_screen()):
            from factcli.terminal import pager

            unpaged = pager.page_if_taller(blocks, rows)
            if unpaged is None:
                return
            blocks = unpaged
        sys.stdout.flush()
        for block in _unwritten(blocks, [] if written is None else written):
            sys.stdout.buffer.write(block)
            sys.stdout.buffer.flush()
    except OSError as error:
        # Nothing may be flushed into what is broken when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise FileError(f"standard output: {error.strerror}; the answer is not complete") from error


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces joined: the first alone, since somebody may wait for it, the others to fewer and fewer writes."""
    held: list[str] = []
    length, wanted = 0, 1
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= wanted:
            yield "".join(held)
            held, length, wanted = [], 0, min(max(4 * wanted, MIN_BLOCK), MAX_BLOCK)
    if held:
        yield "".join(held)


def _unwritten(blocks: Iterable[bytes], written: list[int]) -> Iterator[bytes]:
    """The blocks behind those that were written, which are noted when they are. Raises FileError where these differ."""
    awaited = written.copy()
    for block in blocks:
        if not awaited:
            yield block
            written.append(hash(block))
        elif hash(block) != awaited.pop(0):
            awaited.append(0)
            break
    if awaited:
        raise FileError("an index was damaged, and what is printed so far may be wrong; ask again")


def _rows_of_screen() -> int:
    """How tall this terminal is; 0 where it does not say."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):
        return 0
