"""One file replaced by another on a disk that fails, is full, or is shared: nothing is lost, nobody waits for ever."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
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


def failing_for(monkeypatch: pytest.MonkeyPatch, call: str, code: int, *names: str) -> None:
    """Makes a call fail whose last argument is one of these names, of which only the end counts."""
    works = getattr(os, call)

    def fail(*arguments: str) -> Any:
        if arguments[-1].endswith(names):
            raise OSError(code, os.strerror(code))
        return works(*arguments)

    monkeypatch.setattr(os, call, fail)


@pytest.mark.parametrize(
    ("call", "name", "is_new"),
    [
        ("fsync", "", True),
        ("fsync", "", False),
        ("replace", "f.json", True),
        ("replace", "f.json", False),
        ("replace", "f.json.bak", False),
        pytest.param("fchmod", "", False, marks=POSIX),
    ],
)
def test_a_failing_disk_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, name: str, is_new: bool
) -> None:
    """Neither the file nor its backup."""
    backup = path.with_name("f.json.bak")
    backup.write_text("the last version")
    if not is_new:
        path.write_text("as it was")
    before = [(one.name, one.stat().st_ino, one.read_text()) for one in sorted(path.parent.iterdir())]
    works = getattr(os, call)

    def fail(*arguments: Any) -> Any:
        if name and not arguments[-1].endswith(f"/{name}"):
            return works(*arguments)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with atomic.locked(str(path)):
        monkeypatch.setattr(os, call, fail)
        with pytest.raises(FileError, match=r"nothing was changed.*No space left.*make room"):
            atomic.replace(str(path), [b"new"], atomic.stamp(str(path)))
    assert [(one.name, one.stat().st_ino, one.read_text()) for one in sorted(path.parent.iterdir())] == before


def test_a_version_that_cannot_be_taken_back_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(path, "1")
    replaces = os.replace

    def replace_once(old: str, new: str) -> None:
        if path.read_text() != "1":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replaces(old, new)

    monkeypatch.setattr(os, "replace", replace_once)
    with pytest.raises(FileError, match=r"the new version is in its place, but not the last one in FILE\.bak") as error:
        replace(path, "2")
    assert "nothing was changed" not in str(error.value)
    assert path.read_text() == "2"


def test_the_order_of_the_steps_keeps_the_facts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has a name is on the disk before, and the name is after."""
    steps: list[str] = []

    def watch(call: str, describe: Callable[..., str]) -> None:
        works = getattr(os, call)

        def watched(*arguments: Any) -> Any:
            steps.append(describe(*arguments))
            return works(*arguments)

        monkeypatch.setattr(os, call, watched)

    def flushed(handle: int) -> str:
        found = os.fstat(handle)
        is_directory = found.st_ino == path.parent.stat().st_ino
        return "flush directory" if is_directory else f"flush {found.st_size} bytes"

    with atomic.locked(str(path)):
        watch("fsync", flushed)
        watch("replace", lambda old, new: f"{Path(old).read_text()} becomes {os.path.basename(new)}")
        watch("link", lambda old, _: f"link {os.path.basename(old)}")
        atomic.replace(str(path), [b"first"], None)
        assert steps == ["flush 5 bytes", "first becomes f.json", "flush directory"]
        steps.clear()
        atomic.replace(str(path), [b"sec", b"ond"], atomic.stamp(str(path)))
        names = ["second becomes f.json", "first becomes f.json.bak"]
        assert steps == ["flush 6 bytes", "link f.json", *names, "flush directory"]
        steps.clear()
        assert atomic.purge(str(path))
        assert steps == ["flush directory"]


def test_a_backup_that_is_a_copy_is_flushed_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(path, "first")
    sizes = []
    flush = os.fsync

    def watched(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            sizes.append(os.fstat(handle).st_size)
        flush(handle)

    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, "fsync", watched)
    replace(path, "second")
    assert sizes == [6, 5]


def unflushable_directories(monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fail)


def test_a_directory_that_cannot_be_flushed_is_no_success(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unflushable_directories(monkeypatch)
    says = r"the new version is in its place, but the disk may not have it yet \(Input/output error\); check the disk"
    with pytest.raises(FileError, match=says):
        replace(path, "1")
    assert path.read_text() == "1"


@pytest.mark.parametrize("is_directory", [True, False])
def test_a_command_whose_flush_fails_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_directory: bool
) -> None:
    from factcli.cli import main

    fact = path.with_name("fact.jsonl")
    fact.write_text('{"id": "a", "kind": "visit", "title": {"en": "x"}}')
    if is_directory:
        unflushable_directories(monkeypatch)
    else:
        monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    assert main(["--db", str(path), "import", str(fact)]) == 3
    says = "the new version is in its place, but" if is_directory else "nothing was changed, it cannot be written in"
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"factcli: {path}: {says} ")
    assert path.exists() == is_directory


def is_open(handle: int) -> bool:
    try:
        os.fstat(handle)
    except OSError:
        return False
    return True


def handles() -> int:
    """How many files are open."""
    return sum(map(is_open, range(64)))


def test_handles_are_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = handles()
    replace(path, "1")
    replace(path, "2")
    with atomic.locked(str(path)), pytest.raises(FileError), atomic.locked(str(path), 0.01):
        pass
    assert handles() == before
    unflushable_directories(monkeypatch)
    with pytest.raises(FileError):
        replace(path, "3")
    assert handles() == before


def test_the_backup_is_deleted_and_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(path, "1")
    assert atomic.purge(str(path)) is False
    replace(path, "2")
    monkeypatch.setattr(os, "unlink", failing(errno.EROFS))
    with pytest.raises(FileError, match=r"f\.json\.bak: cannot be deleted in .*Read-only.*choose another place"):
        atomic.purge(str(path))
    monkeypatch.undo()
    assert atomic.purge(str(path))
    assert os.listdir(path.parent) == ["f.json"]


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


@POSIX
def test_rights_that_were_changed_meanwhile_are_not_undone(path: Path) -> None:
    replace(path, "1")
    path.chmod(0o644)
    seen = atomic.stamp(str(path))
    path.chmod(0o600)
    with pytest.raises(FileError, match="changed by another program"), atomic.locked(str(path)):
        atomic.replace(str(path), [b"2"], seen)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_killed_writers_left_is_removed_and_nothing_else(path: Path) -> None:
    left = [Path(atomic._temporary(str(path), token)) for token in ("12345678", "0badcafe")]
    neighbours = [path.with_name(name) for name in ("f.json.x", "f.jso", "e.json", "f.json.12345678")]
    others = [
        ".f.json.notes",
        ".f.json.notes.tmp",
        ".f.json.12345678.tmp",
        "f.json.12345678.tmp",
        left[0].name + ".tmp",
        left[0].name.replace("12345678", "1234567g"),
        "x" + left[0].name,
        *(os.path.basename(atomic._temporary(str(one), "12345678")) for one in neighbours),
    ]
    for name in (*left, *map(path.with_name, others)):
        name.write_text("half")
    folder, link = (Path(atomic._temporary(str(path), token)) for token in ("dddddddd", "eeeeeeee"))
    folder.mkdir()
    link.symlink_to(others[0])
    replace(path, "1")
    assert sorted(os.listdir(path.parent)) == sorted([*others, folder.name, link.name, "f.json"])


def test_what_a_killed_writer_left_is_recognized(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(path, "1")
    with monkeypatch.context() as killed:
        killed.setattr(os, "unlink", lambda _: None)
        killed.setattr(os, "replace", failing(errno.EIO))
        with pytest.raises(FileError):
            replace(path, "2")
    assert len(os.listdir(path.parent)) == 5  # the new and the old version, two names of the lock, and the file
    replace(path, "2")
    assert sorted(os.listdir(path.parent)) == ["f.json", "f.json.bak"]


def test_a_writer_leaves_the_temporary_files_of_another_file_alone(tmp_path: Path) -> None:
    """Even where their names are long and begin alike."""
    one, other = tmp_path / ("x" * 250 + "1"), tmp_path / ("x" * 250 + "2")

    def pieces() -> Iterator[bytes]:
        yield b"begun"
        replace(other, "2")
        yield b" and done"

    with atomic.locked(str(one)):
        atomic.replace(str(one), pieces(), None)
    assert (one.read_text(), other.read_text()) == ("begun and done", "2")
    assert sorted(os.listdir(tmp_path)) == [one.name, other.name]


@pytest.mark.parametrize("name", ["x" * 200, "x" * 251, "ع" * 125, "\U0001f600" * 62])
def test_a_long_name_has_room_for_its_temporary_files(tmp_path: Path, name: str) -> None:
    replace(tmp_path / name, "1")
    replace(tmp_path / name, "2")
    assert sorted(os.listdir(tmp_path)) == [name, f"{name}.bak"]


def test_a_lock_has_the_whole_name_unless_it_is_long(tmp_path: Path) -> None:
    for length, is_whole in ((200, True), (201, False)):
        with atomic.locked(str(tmp_path / ("x" * length))):
            (name,) = os.listdir(tmp_path)
            assert (name == "." + "x" * length + ".lock") == is_whole


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        (errno.EROFS, "reading only"),
        (errno.EBUSY, "a mount of its own"),
        (errno.EISDIR, r"the name of FILE\.bak"),
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


@pytest.mark.parametrize("kind", ["a link to a file", "a link to nowhere", "a FIFO", "a directory"])
def test_what_is_planted_in_place_of_the_lock_is_reported_and_left_alone(path: Path, kind: str) -> None:
    lock, other = path.with_name(".f.json.lock"), path.with_name("other")
    if kind == "a directory":
        lock.mkdir()
    elif kind == "a FIFO":
        os.mkfifo(lock)
    else:
        lock.symlink_to(other)
        if kind == "a link to a file":
            other.write_text("mine")
            other.chmod(0o444)
    before = lock.lstat(), sorted(os.listdir(path.parent))
    with pytest.raises(FileError) as error:
        replace(path, "1")
    assert str(error.value) == f"{path}: cannot be locked: {lock} is in the way; remove it, or ask its owner to"
    assert (lock.lstat(), sorted(os.listdir(path.parent))) == before
    assert not other.exists() or (other.read_text(), stat.S_IMODE(other.stat().st_mode)) == ("mine", 0o444)


def test_no_link_is_followed_that_is_planted_at_the_last_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, regular = path.with_name(".f.json.lock"), path.with_name("other")
    regular.write_text("mine")
    lock.symlink_to(regular)
    monkeypatch.setattr(os, "lstat", lambda _: os.stat(regular))
    with pytest.raises(FileError, match="cannot be locked in"):
        replace(path, "1")
    assert sorted(os.listdir(path.parent)) == [".f.json.lock", "other"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_a_file_is_locked_where_there_are_no_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(os, "link", failing(code))
    with atomic.locked(str(path)):
        assert os.listdir(path.parent) == [".f.json.lock"]
        assert path.with_name(".f.json.lock").stat().st_mode & 0o111 == 0
        with pytest.raises(FileError, match="try again"), atomic.locked(str(path), 0.01):
            pass
    assert os.listdir(path.parent) == []


@pytest.mark.parametrize("has_links", [True, False])
def test_a_lock_that_another_writer_makes_first_is_that_ones(
    path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """And where it is gone again, or what was to become it was swept, one is made anew."""
    links, turns = os.link, iter(["made", "swept"])

    def link(old: str, new: str) -> None:
        turn = next(turns, "")
        if turn == "made":
            Path(new).write_text("the other's")
        elif turn == "swept":
            os.unlink(old)
        if not has_links and turn != "swept":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        links(old, new)

    monkeypatch.setattr(os, "link", link)
    with atomic.locked(str(path)):
        assert path.with_name(".f.json.lock").read_text() == "the other's"
    with atomic.locked(str(path)):
        assert os.listdir(path.parent) == [".f.json.lock"]
        assert path.with_name(".f.json.lock").read_text() == ""


@POSIX
def test_a_lock_that_may_not_be_unlinked_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a directory where only its maker may do that."""
    with atomic.locked(str(path)):
        monkeypatch.setattr(os, "unlink", failing(errno.EPERM))
    monkeypatch.undo()
    replace(path, "1")
    assert path.read_text() == "1"


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

    name = str(path.with_name("lock"))
    first = atomic._lock_file(name, str(path), 0.01)
    queue = atomic._queue

    def queue_and_release(handle: int, timeout: float) -> None:
        """The other writer is done while this one queues."""
        os.close(first)
        queue(handle, timeout)

    monkeypatch.setattr(atomic, "_queue", queue_and_release)
    second = atomic._lock_file(name, str(path), 60)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    monkeypatch.setattr(atomic, "_queue", queue)
    with pytest.raises(TimeoutError):
        atomic._lock_file(name, str(path), 0.01)
    os.close(second)


class Clock:
    """A clock that only sleeping moves, and an event that is set by it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.slept = 1000.0, threading.Event()
        monkeypatch.setattr(atomic.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(atomic.time, "sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.set()
        assert self.now < 1100, "waits for ever"


@POSIX
def test_a_thread_gives_up_in_time_as_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, raised = Clock(monkeypatch), []

    def wait() -> None:
        try:
            with atomic.locked(str(path)):
                raised.append("the lock")
        except BaseException as error:
            raised.append(str(error))

    with atomic.locked(str(path)):
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert raised == [f"{path}: another program has been writing it for 60 seconds; try again when it is done"]
    assert 1060 < clock.now < 1060.1


@POSIX
def test_a_thread_waits_for_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    waits = threading.Event()
    monkeypatch.setattr(atomic.time, "sleep", lambda _: waits.set())

    def wait() -> None:
        with atomic.locked(str(path)):
            order.append("second")
        waits.set()

    thread = threading.Thread(target=wait)
    with atomic.locked(str(path)):
        thread.start()
        waits.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@POSIX
def test_a_lock_file_that_lost_its_name_is_no_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waited may hold a file that its former owner has removed."""
    waits: list[int] = []
    wait = atomic._wait_for

    def remove_first(handle: int, timeout: float) -> None:
        if not waits:
            os.unlink(path.with_name("lock"))
        waits.append(handle)
        wait(handle, timeout)

    monkeypatch.setattr(atomic, "_wait_for", remove_first)
    lock, before = path.with_name("lock"), handles()
    handle = atomic._lock_file(str(lock), str(path), 1)
    assert len(waits) == 2
    assert handles() == before + 1
    assert os.listdir(path.parent) == ["lock"]
    assert os.fstat(handle).st_ino == lock.stat().st_ino
    os.close(handle)
