"""The terminal lent to another program, mostly a pager, and back again.

While the other program runs, the keys are its own: Ctrl-C and Ctrl-\\ reach this process too, which must outlive them,
or the shell would read from the terminal together with the other program, in the modes that the other one had set.
Ctrl-Z stops both, and the shell continues both.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

KEYS = [signal.Signals[name] for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
"""The signals of Ctrl-C and Ctrl-\\."""

ENDS = [signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals by which others end a process."""


class Ended(BaseException):
    """This process was sent a signal that ends it; its number is the argument."""


def page_if_taller(blocks: Iterator[bytes], rows: int) -> Iterator[bytes] | None:
    """Shows an answer that scrolls away on a screen of so many rows in the pager; else the blocks, from the first on.

    That is the case too where the pager could not be run. Raises KeyboardInterrupt as `page` does.
    """
    begun: list[bytes] = []
    lines = 0
    while lines < rows:
        block = next(blocks, None)
        if block is None:
            return iter(begun)
        begun.append(block)
        lines += block.count(b"\n")
    kept: list[bytes] = []

    def given() -> Iterator[bytes]:
        for block in chain(begun, blocks):
            kept.append(block)
            yield block

    rest = given()
    return None if page(rest) else chain(tuple(kept), rest)


def page(blocks: Iterable[bytes]) -> bool:
    """Shows the answer in `PAGER`, else `less`, as it is made; whether that could be done.

    Raises KeyboardInterrupt where a key ended the pager. A pager that is left before the end of the answer is no error.
    """
    env = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        command = shlex.split(os.environ.get("PAGER") or "less")
        if not command or shutil.which(command[0]) is None:
            return False
        with lent(), subprocess.Popen(command, stdin=subprocess.PIPE, env=env) as pager:
            try:
                _feed(pager, blocks)
            except BaseException:
                pager.terminate()
                raise
    except (OSError, ValueError):
        return False
    if -pager.returncode in KEYS:
        raise KeyboardInterrupt
    return pager.returncode == 0


def _feed(pager: subprocess.Popen[bytes], blocks: Iterable[bytes]) -> None:
    """Sends the pager the blocks as far as it reads them, and waits for its end."""
    assert pager.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        for block in blocks:
            pager.stdin.write(block)
            pager.stdin.flush()
    with contextlib.suppress(BrokenPipeError):
        pager.stdin.close()
    pager.wait()


@contextlib.contextmanager
def lent() -> Iterator[None]:
    """Leaves the keys to another program; afterwards signals and the modes of the terminal are what they were.

    A signal that ends this process ends it after that.
    """

    def end(number: int, _: object) -> None:
        raise Ended(number)

    modes = _modes()
    # A key is caught, not ignored: what is ignored would be ignored by the other program too.
    before = {key: signal.signal(key, lambda *_: None) for key in KEYS if signal.getsignal(key) != signal.SIG_IGN}
    before |= {one: signal.signal(one, end) for one in ENDS if signal.getsignal(one) != signal.SIG_IGN}
    ended = None
    try:
        yield
    except Ended as error:
        ended = error.args[0]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if modes and modes != _modes():
            _set_modes(modes)
    if ended:
        os.kill(os.getpid(), ended)


def _modes() -> list[Any] | None:
    """The modes of the terminal behind standard output; None where there is none, or no such thing as modes."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(sys.stdout.fileno())
    except (OSError, ValueError, termios.error):
        return None


def _set_modes(modes: list[Any]) -> None:
    """Gives the terminal its modes back, unless it belongs to another job of the shell by now."""
    import termios

    screen = sys.stdout.fileno()
    with contextlib.suppress(OSError, termios.error):
        if os.tcgetpgrp(screen) == os.getpgrp():
            termios.tcsetattr(screen, termios.TCSADRAIN, modes)
