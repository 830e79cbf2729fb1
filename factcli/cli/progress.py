"""Work that may take long: how far it is, shown on a terminal, and what Ctrl-C does to it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcli.cli import INTERRUPTED

if TYPE_CHECKING:
    from factcli.formats.progress import ProgressBar

MIN_SECONDS = 1.0
"""Seconds after which a bar is shown."""

INTERVAL = 0.1
"""Seconds between two states of the bar at least."""


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Makes Ctrl-C an exception, so that a change puts its temporary files away; the second one ends the process."""
    import signal  # whose enumerations take 2 % of a start

    at_once = signal.getsignal(signal.SIGINT)

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, at_once)
        sys.exit(INTERRUPTED)

    if at_once != signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, at_once)


@contextlib.contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """What long work inside calls with its progress; the bar is wiped at the end, and Ctrl-C is an exception."""
    shown = Progress(quiet)
    with interruptible():
        try:
            yield shown
        finally:
            shown.clear()


class Progress:
    """Shows a bar on standard error, if that is a terminal, once a second has passed; not if `quiet`."""

    def __init__(self, quiet: bool = False) -> None:
        self._is_shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + MIN_SECONDS
        self._bar: ProgressBar | None = None

    def __call__(self, operation: str, done: int, total: int | None = None) -> None:
        """Shows how much of an operation is done; a total that is not known is None."""
        if self._is_shown and time.monotonic() >= self._next:
            from factcli.formats.progress import ProgressBar

            with contextlib.suppress(OSError):
                self._bar = self._bar or ProgressBar(sys.stderr)
                self._bar.show(operation, done, total)
            self._next = time.monotonic() + INTERVAL

    def clear(self) -> None:
        """Wipes the bar."""
        if self._bar:
            with contextlib.suppress(OSError):
                self._bar.stop()
