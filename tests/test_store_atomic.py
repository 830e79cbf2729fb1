"""One file replaced by another on a disk that fails, is full, or is shared: nothing is lost, nobody waits for ever."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcli.errors import FileError
from factcli.store import atomic

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="another lock there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "f.json"


def replace(path: Path, text: str) -> None:
    with atomic.locked(str(path)):
        atomic.replace(str(path), [text.encode()], atomic.stamp(str(path)))


def failing(code: int) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


# The replacement.


def test_the_new_version_is_in_place_and_the_last_one_is_kept(path: Path) -> None:
    replace(path, "1")
    assert os.listdir(path.parent) == ["f.json"]
    replace(path, "2")
    replace(path, "3")
    assert (path.read_text(), path.with_name("f.json.bak").read_text()) == ("3", "2")
    assert sorted(os.listdir(path.parent)) == ["f.json", "f.json.bak"]


def test_the_backup_is_a_copy_where_there_are_no_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    replace(path, "1")
    path.chmod(0o640)
    replace(path, "2")
    backup = path.with_name("f.json.bak")
    assert backup.read_text() == "1"
    assert stat.S_IMODE(backup.stat().st_mode) == stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    replace(path, "1")
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    with pytest.raises(FileError, match=r"nothing was changed.*No space left.*make room"):
        replace(path, "2")
    assert path.read_text() == "1"
    assert [name for name in os.listdir(path.parent) if "tmp" in name or "lock" in name] == []


def test_the_new_version_is_flushed_before_it_has_the_name_and_the_directory_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, os.replace

    def flushed(handle: int) -> None:
        steps.append("directory" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def renamed(old: str, new: str) -> None:
        steps.append(os.path.basename(new))
        rename(old, new)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    replace(path, "1")
    assert steps == ["file", "f.json", "directory"]
    steps.clear()
    replace(path, "2")
    assert steps == ["file", "f.json.bak", "f.json", "directory"]


def test_a_directory_that_cannot_be_flushed_is_no_success(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def flush(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", flush)
    with pytest.raises(FileError, match="the new version is in its place, but the disk may not have it"):
        replace(path, "1")
    assert path.read_text() == "1"


def test_a_file_that_was_changed_meanwhile_is_not_replaced(path: Path) -> None:
    replace(path, "1")
    seen = atomic.stamp(str(path))
    path.write_text("edited")
    with pytest.raises(FileError, match="changed by another program"), atomic.locked(str(path)):
        atomic.replace(str(path), [b"2"], seen)
    with pytest.raises(FileError, match="changed by another program"), atomic.locked(str(path)):
        atomic.replace(str(path), [b"2"], None)
    assert path.read_text() == "edited"
    assert os.listdir(path.parent) == ["f.json"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_owner_and_group_stay(path: Path) -> None:
    replace(path, "1")
    os.chown(path, 12345, 54321)
    replace(path, "2")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


def test_the_group_stays_where_the_owner_may_not_be_given(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []

    def chown(_: int, owner: int, group: int) -> None:
        given.append((owner, group))
        if owner != -1:
            raise PermissionError

    monkeypatch.setattr(os, "fchown", chown)
    replace(path, "1")
    like = os.stat_result((0o100640, 0, 0, 1, 12345, 54321, 0, 0, 0, 0))
    with path.open() as file:
        atomic._copy_mode_and_owner(file.fileno(), like)
    assert given == [(12345, 54321), (-1, 54321)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_killed_writers_left_is_removed_and_nothing_else(path: Path) -> None:
    for name in (".f.json.12345678.tmp", ".f.json.0badcafe.bak.tmp"):
        path.with_name(name).write_text("half")
    others = [".f.json.notes", ".f.json.notes.tmp", ".f.json.b.12345678.tmp", "f.json.12345678.tmp"]
    for name in others:
        path.with_name(name).write_text("mine")
    replace(path, "1")
    assert sorted(os.listdir(path.parent)) == sorted([*others, "f.json"])


def test_a_long_name_has_room_for_its_temporary_files(tmp_path: Path) -> None:
    replace(tmp_path / ("x" * 250), "1")
    assert os.listdir(tmp_path) == ["x" * 250]


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        (errno.EROFS, "reading only"),
        (errno.EFBIG, "ulimit"),
        (errno.EACCES, "right to write"),
        (errno.EIO, "try again"),
    ],
)
def test_why_it_failed_and_what_to_do(path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fix: str) -> None:
    monkeypatch.setattr(os, "replace", failing(code))
    with pytest.raises(FileError, match=fix) as error:
        replace(path, "1")
    assert os.strerror(code) in str(error.value)


# The lock.


def test_the_lock_file_goes_with_the_lock(path: Path) -> None:
    with atomic.locked(str(path)):
        assert os.listdir(path.parent) == [".f.json.lock"]
    assert os.listdir(path.parent) == []


def test_a_lock_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"cannot be locked in .*make the directory first"):
        replace(tmp_path / "no" / "f.json", "1")


@POSIX
def test_a_writer_gives_up_in_time(path: Path) -> None:
    with (
        atomic.locked(str(path)),
        pytest.raises(FileError, match=r"for 0\.01 seconds; try again"),
        atomic.locked(str(path), timeout=0.01),
    ):
        pass


@POSIX
def test_the_alarm_of_a_waiting_writer_is_switched_off(path: Path) -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    with atomic.locked(str(path)), pytest.raises(FileError), atomic.locked(str(path), timeout=0.01):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


@POSIX
def test_a_writer_that_had_to_wait_has_the_lock_and_no_alarm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import signal

    first = atomic._lock_file(str(path), 0.01)
    queue = atomic._queue

    def queue_and_release(handle: int, timeout: float) -> None:
        """The other writer is done while this one queues."""
        os.close(first)
        queue(handle, timeout)

    monkeypatch.setattr(atomic, "_queue", queue_and_release)
    second = atomic._lock_file(str(path), 60)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    monkeypatch.setattr(atomic, "_queue", queue)
    with pytest.raises(TimeoutError):
        atomic._lock_file(str(path), 0.01)
    os.close(second)


def in_thread(work: Callable[[], None]) -> list[BaseException]:
    """What the work raises in a thread that is not the main one."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    return raised


@POSIX
def test_a_thread_gives_up_in_time_as_well(path: Path) -> None:
    def wait() -> None:
        with atomic.locked(str(path), timeout=0.01):
            raise AssertionError

    with atomic.locked(str(path)):
        (error,) = in_thread(wait)
    assert isinstance(error, FileError)


@POSIX
def test_a_thread_waits_for_the_lock(path: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        started.set()
        with atomic.locked(str(path)):
            order.append("second")

    started = threading.Event()
    thread = threading.Thread(target=wait)
    with atomic.locked(str(path)):
        thread.start()
        started.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]


@POSIX
def test_a_lock_file_that_lost_its_name_is_no_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waited may hold a file that its former owner has removed."""
    waits: list[int] = []
    wait = atomic._wait_for

    def remove_first(handle: int, timeout: float) -> None:
        if not waits:
            os.unlink(path)
        waits.append(handle)
        wait(handle, timeout)

    monkeypatch.setattr(atomic, "_wait_for", remove_first)
    handle = atomic._lock_file(str(path), 1)
    assert len(waits) == 2
    assert os.fstat(handle).st_ino == path.stat().st_ino
    os.close(handle)
