"""One file replaced by another, whole or not at all, by one writer at a time.

The order of the steps is what keeps the facts through a killed process, a full disk and a power cut: the new version is
written beside the old one and flushed to the disk, the old one gets a second name (`.bak`), the new one takes its name,
and the directory is flushed. Nothing is ever written into the old version. The lock is on a file beside the real file,
because a lock on the file itself would be lost with its inode at each replacement.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator

from factcli.errors import FileError
from factcli.text.quote import quote_path

LOCK_TIMEOUT = 60.0
"""Seconds a writer waits for the others before it gives up."""

_TEMPORARY = re.compile(r"[0-9a-f]{8}(\.bak)?\.tmp")
"""How the name of a temporary file of factcli ends; any other file is left alone."""

Stamp = tuple[int, int, int]
"""Shows whether a file was changed: its inode, size and time of the last change in nanoseconds."""


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at `path`, or None where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


# The lock.


@contextlib.contextmanager
def locked(path: str, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Holds the lock of the file at `path`, which need not exist. Raises FileError when it cannot be locked.

    The lock file is removed with the lock, so whoever waited for it must check that it is still the one of that name.
    """
    name = _beside(path, "lock")
    try:
        handle = _lock_file(name, timeout)
    except TimeoutError:
        waited = f"another program has been writing it for {timeout:g} seconds"
        raise FileError(f"{quote_path(path)}: {waited}; try again when it is done") from None
    except OSError as error:
        raise FileError(f"{quote_path(path)}: cannot be locked in {_failure(error, path)}") from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)
        os.close(handle)


def _lock_file(name: str, timeout: float) -> int:
    """A handle of the locked file `name`. Raises OSError, TimeoutError among them."""
    while True:
        handle = os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _wait_for(handle, timeout)
            if os.fstat(handle).st_ino == (stamp(name) or (None,))[0]:
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _wait_for(handle: int, timeout: float) -> None:
        """Locks the open file; raises TimeoutError after ten seconds, which Windows sets."""
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        except OSError as error:
            raise TimeoutError from error

else:
    import fcntl
    import signal
    import threading
    import time

    def _wait_for(handle: int, timeout: float) -> None:
        """Locks the open file, queueing in the kernel: a writer that polls is served last. Raises TimeoutError."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if threading.current_thread() is threading.main_thread():
                _queue(handle, timeout)
            else:
                _poll(handle, timeout)

    def _queue(handle: int, timeout: float) -> None:
        """Waits for the lock until an alarm goes off; only the main thread may set one."""

        def give_up(*_: object) -> None:
            raise TimeoutError

        previous = signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, timeout)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)

    def _poll(handle: int, timeout: float) -> None:
        """Tries for the lock every few milliseconds."""
        end = time.monotonic() + timeout
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise TimeoutError from None
                time.sleep(0.005)


# The replacement.


def replace(path: str, pieces: Iterable[bytes], seen: Stamp | None, keeps_old: bool = True) -> None:
    """Makes `pieces` the content of the file at `path`, which was last seen with the stamp `seen` (None: not there).

    The caller holds the lock. Mode and, where allowed, owner stay; with `keeps_old`, the old version becomes FILE.bak.
    Raises FileError. Then the file is what it was, unless the error says that the new version may not have reached the
    disk.
    """
    _sweep(path)
    new = _beside(path, f"{secrets.token_hex(4)}.tmp")
    try:
        _write(new, pieces, path)
        if stamp(path) != seen:
            what = "was changed by another program meanwhile; nothing was written, run it again"
            raise FileError(f"{quote_path(path)}: {what}")
        if seen is not None and keeps_old:
            _back_up(path)
        os.replace(new, path)
    except OSError as error:
        raise FileError(
            f"{quote_path(path)}: nothing was changed, it cannot be written in {_failure(error, path)}"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(new)
    _flush_directory(path)


def _beside(path: str, ending: str) -> str:
    """The path of a hidden file beside `path`, its name cut to what file systems take."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:80]}.{ending}")


def _sweep(path: str) -> None:
    """Removes the temporary files of writers that were killed; whoever holds the lock knows that they are dead."""
    folder, start = os.path.split(_beside(path, ""))
    with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.startswith(start) and _TEMPORARY.fullmatch(entry.name, len(start)):
                os.unlink(entry.path)


def _write(new: str, pieces: Iterable[bytes], old: str) -> None:
    """Writes and flushes the file `new` with the mode and owner of `old`. Raises OSError."""
    like = os.stat(old) if os.path.exists(old) else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(new, flags, 0o600 if like else 0o666), "wb", buffering=1 << 18) as file:
        if like:
            _copy_mode_and_owner(file.fileno(), like)
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _copy_mode_and_owner(handle: int, like: os.stat_result) -> None:
    """Gives the open file the mode of another and, where that is allowed, its owner and group."""
    now = os.fstat(handle)
    if hasattr(os, "fchown") and (now.st_uid, now.st_gid) != (like.st_uid, like.st_gid):
        for owner in (like.st_uid, -1):
            with contextlib.suppress(PermissionError):
                os.fchown(handle, owner, like.st_gid)
                break
    if hasattr(os, "fchmod") and now.st_mode != like.st_mode:
        os.fchmod(handle, like.st_mode & 0o7777)


def _back_up(path: str) -> None:
    """Makes FILE.bak a second name of the file, or a copy where the file system has no hard links. Raises OSError."""
    new = _beside(path, f"{secrets.token_hex(4)}.bak.tmp")
    try:
        try:
            os.link(path, new)
        except OSError:
            with open(path, "rb") as old:
                _write(new, iter(lambda: old.read(1 << 20), b""), path)
        os.replace(new, f"{path}.bak")
    finally:
        with contextlib.suppress(OSError):
            os.unlink(new)


def _flush_directory(path: str) -> None:
    """Flushes the directory of `path`, so that the new name outlives a power cut. Raises FileError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        what = f"the new version is in its place, but the disk may not have it yet ({error.strerror})"
        raise FileError(f"{quote_path(path)}: {what}; check the disk") from None


_FIXES = {
    errno.ENOSPC: "make room on the disk: a second copy must fit beside the file",
    errno.EDQUOT: "your quota is used up: a second copy must fit beside the file",
    errno.EFBIG: "raise the limit on the size of files (`ulimit -f`)",
    errno.EROFS: "the disk is mounted for reading only: choose another place",
    errno.EACCES: "ask for the right to write in that directory, or choose another place",
    errno.EPERM: "ask for the right to write in that directory, or choose another place",
    errno.ENOENT: "make the directory first (`mkdir -p`)",
    errno.ENOTDIR: "one part of the path is a file: choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOLCK: "this file system cannot lock: choose another place",
}


def _failure(error: OSError, path: str) -> str:
    """Where a write failed, why, and what to do."""
    folder = os.path.dirname(path) or "."
    fix = _FIXES.get(error.errno or 0, "check the disk and try again")
    return f"{quote_path(folder, 60)} ({error.strerror}); {fix}"
