"""The way in: `factcli` on the command line, `python -m factcli`."""

from __future__ import annotations

import gc
import os
import signal
import sys

INTERRUPTED = 130


def run() -> None:
    """Runs the command line and leaves with its exit status.

    A process that lives for 50 ms is faster when it never collects garbage and leaves without tearing its modules down;
    not so under something that watches it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    gc.disable()
    try:
        from factcli.cli import main

        status = main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    if is_watched():
        sys.exit(status)
    os._exit(status)


def leave(*_: object) -> None:
    """Ctrl-C: ends the process. Most commands have nothing to put back; an exception may be reported on its way."""
    os._exit(INTERRUPTED)


def is_watched() -> bool:
    """Whether a debugger, a profiler or a coverage measurement wants to be there at the end."""
    return sys.gettrace() is not None or sys.getprofile() is not None or "coverage" in sys.modules


if __name__ == "__main__":
    run()
