"""One file replaced by another, whole or not at all, by one writer at a time.

The order of the steps is what keeps the facts through a killed process, a full disk and a power cut: the new version is
written beside the old one and flushed to the disk, the old one gets a second name, the new one takes its name, the old
one becomes FILE.bak, and the directory is flushed. Nothing is ever written into the old version. The lock is on a file
beside the real file, because a lock on the file itself would be lost with its inode at each replacement.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256

from factcli.errors import FileError
from factcli.store import permissions
from factcli.store.decode import backup
from factcli.text.quote import quote_path

LOCK_TIMEOUT = 60.0
"""Seconds a writer waits for the others before it gives up."""

MAX_NAME_LENGTH = 200
"""Bytes of a name that leave room for what is added to it; file systems take 255."""

_NEW = os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

Stamp = tuple[int, int, int, int]
"""Shows whether a file was changed: its inode, its size, and when its content and its rights last changed."""


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at `path`, or None where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


# The names of the files beside a file.


def _beside(path: str, ending: str) -> str:
    """The path of a hidden file beside the file at `path`; a long name is cut, and a digest tells it from others."""
    folder, name = os.path.split(path)
    if len(os.fsencode(name)) > MAX_NAME_LENGTH:
        name = f"{name[:40]}.{_digest(name)}"
    return os.path.join(folder, f".{name}.{ending}")


def _temporary(path: str, token: str = "") -> str:
    """A new path of a temporary file, as only this program makes them and only for the file at `path`."""
    return _beside(path, f"factcli-{_digest(os.path.basename(path))}-{token or secrets.token_hex(4)}.tmp")


def _digest(name: str) -> str:
    return sha256(os.fsencode(name)).hexdigest()[:12]


def _sweep(path: str) -> None:
    """Removes the temporary files of writers that were killed; whoever holds the lock knows that they are dead."""
    folder, example = os.path.split(_temporary(path, "TOKEN"))
    is_temporary = re.compile(re.escape(example).replace("TOKEN", "[0-9a-f]{8}")).fullmatch
    with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if is_temporary(entry.name) and entry.is_file(follow_symlinks=False):
                os.unlink(entry.path)


# The lock.


@contextlib.contextmanager
def locked(path: str, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Holds the lock of the file at `path`, which need not exist. Raises FileError when it cannot be locked.

    The lock file is removed with the lock, so whoever waited for it must check that it is still the one of that name.
    """
    name = _beside(path, "lock")
    try:
        handle = _lock_file(name, path, timeout)
    except TimeoutError:
        waited = f"another program has been writing it for {timeout:g} seconds"
        raise FileError(f"{quote_path(path)}: {waited}; try again when it is done") from None
    except _NoLockError:
        what = f"cannot be locked: {quote_path(name)} is in the way"
        raise FileError(f"{quote_path(path)}: {what}; remove it, or ask its owner to") from None
    except OSError as error:
        raise FileError(f"{quote_path(path)}: cannot be locked in {_failure(error, path)}") from None
    try:
        _sweep(path)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)
        os.close(handle)


class _NoLockError(Exception):
    """Something else has the name of the lock and cannot be put out of the way."""


def _lock_file(name: str, path: str, timeout: float) -> int:
    """A handle of the locked file `name`. Raises _NoLockError or OSError, TimeoutError among them."""
    while True:
        handle = _open_lock(name, path)
        try:
            _wait_for(handle, timeout)
            if os.fstat(handle).st_ino == (stamp(name) or (None,))[0]:
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _open_lock(name: str, path: str) -> int:
    """A handle of the lock file `name`, made where there is none. No link is followed and no FIFO waited for.

    A lock that may not be opened is not one of a living writer (see `permissions.open_lock`), so it is made anew.
    """
    while True:
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(os.lstat(name).st_mode):
                raise _NoLockError
            try:
                return os.open(name, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            except PermissionError:
                _unlink_lock(name)
        _make_lock(name, _temporary(path))


def _unlink_lock(name: str) -> None:
    """Removes a lock that may not be opened. Raises _NoLockError where the directory lets only its owner do that."""
    try:
        os.unlink(name)
    except PermissionError:
        if os.access(os.path.dirname(name) or ".", os.W_OK):
            raise _NoLockError from None
        raise


def _make_lock(name: str, new: str) -> None:
    """Makes the file `name`, unless another writer does. It is made as `new`, to have its rights from the first moment.

    Raises OSError.
    """
    handle = os.open(new, os.O_RDWR | _NEW, 0o600)
    try:
        permissions.open_lock(handle, os.stat(os.path.dirname(name) or "."))
        os.link(new, name)
    except (FileExistsError, FileNotFoundError):
        pass  # made or swept by another writer
    except OSError:  # no hard links, and then mostly no rights either
        with contextlib.suppress(FileExistsError):
            os.close(os.open(name, os.O_RDWR | _NEW, 0o666))
    finally:
        os.close(handle)
        with contextlib.suppress(OSError):
            os.unlink(new)


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

    The caller holds the lock. Rights and attributes of the file stay (`permissions.copy`); with `keeps_old`, the old
    version becomes FILE.bak. Raises FileError: then both are what they were, or it says that the new one is in place.
    """
    new, old = _temporary(path), _temporary(path)
    try:
        _write(new, pieces, None if seen is None else path)
        if stamp(path) != seen:
            what = "was changed by another program meanwhile; nothing was written, run it again"
            raise FileError(f"{quote_path(path)}: {what}")
        if seen is not None and keeps_old:
            _link(path, old)
        os.replace(new, path)
        if seen is not None and keeps_old:
            _put_backup(old, path)
    except OSError as error:
        raise FileError(
            f"{quote_path(path)}: nothing was changed, it cannot be written in {_failure(error, path)}"
        ) from None
    finally:
        for name in (new, old):
            with contextlib.suppress(OSError):
                os.unlink(name)
    _flush_directory(path)


def _write(new: str, pieces: Iterable[bytes], like: str | None) -> None:
    """Writes and flushes the file `new`, with the rights of another file. Raises OSError or FileError."""
    with os.fdopen(os.open(new, os.O_WRONLY | _NEW, 0o600 if like else 0o666), "wb", buffering=1 << 18) as file:
        file.writelines(pieces)
        file.flush()
        if like:
            permissions.copy(like, file.fileno())
        os.fsync(file.fileno())


def _link(path: str, name: str) -> None:
    """Gives the file a second name, or makes a copy where there are no hard links. Raises OSError or FileError."""
    try:
        os.link(path, name)
    except OSError:
        with open(path, "rb") as old:
            _write(name, old, path)


def _put_backup(old: str, path: str) -> None:
    """Makes the old version FILE.bak; where that fails, it takes the place of the new one again. Raises OSError."""
    try:
        os.replace(old, backup(path))
    except OSError:
        try:
            os.replace(old, path)
        except OSError as error:
            what = f"the new version is in its place, but not the last one in FILE.bak ({error.strerror})"
            raise FileError(f"{quote_path(path)}: {what}; check the disk") from None
        raise


def purge(path: str) -> bool:
    """Deletes FILE.bak, and says whether there was one. The caller holds the lock. Raises FileError."""
    try:
        os.unlink(backup(path))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise FileError(f"{quote_path(backup(path))}: cannot be deleted in {_failure(error, path)}") from None
    _flush_directory(path)
    return True


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


_FIXES: dict[int | None, str] = {
    errno.ENOSPC: "make room on the disk: a second copy must fit beside the file",
    errno.EDQUOT: "your quota is used up: a second copy must fit beside the file",
    errno.EFBIG: "raise the limit on the size of files (`ulimit -f`)",
    errno.EBUSY: "the file is a mount of its own: change it by the path where it lies",
    errno.EISDIR: "a directory has the name of FILE.bak: rename it",
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
    fix = _FIXES.get(error.errno, "check the disk and try again")
    return f"{quote_path(folder, 60)} ({error.strerror}); {fix}"
