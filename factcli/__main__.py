"""The way in: `factcli` on the command line, `python -m factcli`."""

from __future__ import annotations

# What `signal` adds to this are enumerations, which take 2 % of a start.
import _signal as signal  # type: ignore[import-not-found]
import gc
import os
import sys

INTERRUPTED, FAULT = 130, 3
NO_MEMORY = b"factcli: there is not enough memory to run; allow more (`ulimit -v`)\n"


def run() -> None:
    """Runs the command line and leaves with its exit status.

    A process that lives for 50 ms is faster when it never collects garbage and leaves without tearing its modules down;
    not so under something that watches it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)
    gc.disable()
    sys.unraisablehook = ignore
    try:
        from factcli.cli import main

        status = main()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except (MemoryError, SystemError):
        os.write(2, NO_MEMORY)
        status = FAULT
    except Exception as error:  # what keeps a module from being loaded, which may be too little memory too
        what = f"factcli: could not be run: {type(error).__name__}: {error}"[:500]
        os.write(2, ascii(what)[1:-1].encode() + b"\n")
        status = FAULT
    if is_watched():
        sys.exit(status)
    os._exit(status)


def leave(*_: object) -> None:
    """Ctrl-C: ends the process. Most commands have nothing to put back; an exception may be reported on its way."""
    os._exit(INTERRUPTED)


def ignore(_: object) -> None:
    """Prints nothing of an exception that cannot be raised, as where memory runs out while a generator is closed."""


def is_watched() -> bool:
    """Whether a debugger, a profiler or a coverage measurement wants to be there at the end."""
    return sys.gettrace() is not None or sys.getprofile() is not None or "coverage" in sys.modules


if __name__ == "__main__":
    run()
