"""The rights of a fact file after a change, and while it is made: for several users, lists and attributes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from factcli.errors import FactError, FileError
from factcli.store import atomic, change, permissions

ACL, DEFAULT_ACL = "system.posix_acl_access", "system.posix_acl_default"
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY = 0xFFFFFFFF
ANN, BOB, TEAM, OTHER_TEAM = 54001, 54002, 54100, 54200

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other rights there")
LISTS = pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python reaches no access control lists here")


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """The value of the attribute that holds a POSIX access control list, of tags, rights and ids."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


SHARED_LIST = access_list(
    (OWNER, 6, NOBODY), (USER, 6, BOB), (GROUP, 0, NOBODY), (MASK, 6, NOBODY), (OTHERS, 0, NOBODY)
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "f.json"


def set_attribute(path: Path, name: str, value: bytes) -> None:
    """Sets an extended attribute, or skips the test where the file system has none."""
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        pytest.skip(f"{name}: the file system of the tests has no such attributes")


def replace(path: Path, text: str) -> None:
    with atomic.locked(str(path)):
        atomic.replace(str(path), [text.encode()], atomic.stamp(str(path)))


def failing(code: int) -> Callable[..., Any]:
    def fail(*_: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664, 0o666, 0o4640])
def test_the_mode_stays(path: Path, bits: int) -> None:
    replace(path, "1")
    path.chmod(bits)
    replace(path, "2")
    assert mode(path) == mode(path.with_name("f.json.bak")) == bits


@pytest.mark.parametrize(("umask", "bits"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_follows_the_umask(path: Path, umask: int, bits: int) -> None:
    before = os.umask(umask)
    try:
        replace(path, "1")
    finally:
        os.umask(before)
    assert mode(path) == bits


@LISTS
def test_an_access_control_list_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mask stands where the mode has the rights of the group, so that a mode alone would widen them."""
    replace(path, "1")
    set_attribute(path, ACL, SHARED_LIST)
    for text in ("2", "3"):
        replace(path, text)
        for one in (path, path.with_name("f.json.bak")):
            assert (os.getxattr(one, ACL), mode(one)) == (SHARED_LIST, 0o660)
        monkeypatch.setattr(os, "link", failing(errno.EPERM))  # then the backup is a copy


@LISTS
def test_the_list_of_a_directory_is_for_new_files(tmp_path: Path, path: Path) -> None:
    replace(path, "1")
    path.chmod(0o640)
    set_attribute(tmp_path, DEFAULT_ACL, SHARED_LIST)
    replace(path, "2")
    assert (mode(path), os.listxattr(path)) == (0o640, [])
    new = tmp_path / "new.json"
    replace(new, "1")
    assert (mode(new), os.getxattr(new, ACL)) == (0o660, SHARED_LIST)


def rights(file: str | int | Path) -> dict[tuple[int, int], int]:
    """What others, the group and each user who is listed may do with the file."""
    bits = os.stat(file).st_mode
    if ACL not in os.listxattr(file):
        return {(GROUP, NOBODY): bits >> 3 & 7, (OTHERS, NOBODY): bits & 7}
    entries = struct.iter_unpack("<HHI", os.getxattr(file, ACL)[4:])
    given = {(tag, one): right for tag, right, one in entries}
    mask = given[MASK, NOBODY]
    return {
        (tag, one): given[tag, one] & (7 if tag == OTHERS else mask)
        for tag, one in given
        if tag in (USER, GROUP, OTHERS)
    }


@LISTS
@pytest.mark.parametrize("is_listed", [True, False])
def test_at_no_instant_are_the_rights_wider(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, is_listed: bool
) -> None:
    replace(path, "1")
    path.chmod(0o640)
    set_attribute(path if is_listed else tmp_path, ACL if is_listed else DEFAULT_ACL, SHARED_LIST)
    final, seen = rights(path), []

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def watch(file: Any, *rest: Any) -> Any:
            result = call(file, *rest)
            seen.append(rights(result if call is opening else file))
            return result

        return watch

    opening = os.open
    for name in ("open", "fchmod", "fchown", "setxattr", "removexattr", "fsync"):
        monkeypatch.setattr(os, name, watched(getattr(os, name)))
    atomic._write(str(path.with_name("new")), [b"2"], str(path))
    assert len(seen) >= 3
    assert [found for found in seen if any(right & ~final.get(key, 0) for key, right in found.items())] == []
    assert seen[-1] == final


@LISTS
def test_attributes_stay(path: Path) -> None:
    replace(path, "1")
    set_attribute(path, "user.origin", b"a register")
    replace(path, "2")
    assert os.getxattr(path, "user.origin") == b"a register"
    replace(path, "3")
    assert os.getxattr(path.with_name("f.json.bak"), "user.origin") == b"a register"


@LISTS
@pytest.mark.parametrize(
    ("name", "is_kept"), [("user.origin", True), (ACL, True), ("security.selinux", False), ("trusted.x", False)]
)
def test_what_cannot_be_kept_is_a_reason_to_refuse_unless_it_is_the_systems(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_kept: bool
) -> None:
    replace(path, "1")
    monkeypatch.setattr(os, "listxattr", lambda file: [name] if isinstance(file, str) else [])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")
    monkeypatch.setattr(os, "setxattr", failing(errno.EPERM))
    if not is_kept:
        replace(path, "2")
        assert path.read_text() == "2"
        return
    with pytest.raises(FileError, match=rf"nothing was changed: its attribute {name} cannot be kept \(Operation"):
        replace(path, "2")
    assert path.read_text() == "1"
    assert os.listdir(path.parent) == ["f.json"]


@LISTS
def test_a_file_system_without_attributes_has_none_to_keep(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(path, "1")
    monkeypatch.setattr(os, "listxattr", failing(errno.ENOTSUP))
    replace(path, "2")
    monkeypatch.setattr(os, "listxattr", failing(errno.EIO))
    with pytest.raises(FileError, match="nothing was changed"):
        replace(path, "3")
    assert path.read_text() == "2"


# Several users.


@pytest.fixture
def shared() -> Iterator[Path]:
    """A directory that other users reach. Only root can act as they do; without that, the test is skipped."""
    if os.geteuid() != 0:
        pytest.skip("only root may act as several users")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        try:
            os.chown(folder, ANN, TEAM)
            os.chown(folder, 0, 0)
        except OSError as error:
            pytest.skip(f"not even root may give files away here: {error}")
        if acting(ANN, ANN, lambda: os.listdir(folder)):
            pytest.skip("other users cannot reach the directory for temporary files")
        yield folder
    finally:
        shutil.rmtree(folder)


def acting(user: int, group: int, work: Callable[[], Any], *groups: int) -> str:
    """What the work raises, or "", when this user does it, in a process that is killed at the end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        message = ""
        try:
            os.setgroups(groups)
            os.setgid(group)
            os.setuid(user)
            os.umask(0o077)
            work()
        except (FactError, OSError) as error:
            message = str(error)
        except BaseException as error:
            message = repr(error)
        os.write(writing, message.encode())
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        message = pipe.read()
    os.waitpid(child, 0)
    return message


def given(path: Path, user: int, group: int, bits: int, text: str = "1") -> Path:
    path.write_text(text, encoding="utf-8")
    os.chown(path, user, group)
    path.chmod(bits)
    return path


def owner(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


def test_root_keeps_owner_and_group(shared: Path) -> None:
    path = given(shared / "f.json", ANN, TEAM, 0o4640)
    replace(path, "2")
    assert (owner(path), path.read_text()) == ((ANN, TEAM, 0o4640), "2")


def test_the_file_of_a_group_stays_one_whoever_of_the_group_writes_it(shared: Path) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o770)
    path = given(shared / "f.json", ANN, TEAM, 0o660, '{"facts": {}}')

    def add() -> None:
        with change(str(path)) as db:
            db.table("facts").insert({"id": "a", "kind": "visit", "title": {"en": "x"}})
        (shared / "notes").write_text("\n".join(db.storage.notes))  # type: ignore[attr-defined]

    assert acting(BOB, BOB, add, TEAM) == ""
    assert owner(path) == (BOB, TEAM, 0o660)
    assert owner(shared / "f.json.bak") == (ANN, TEAM, 0o660)
    note = f"{path}: belongs to user {BOB} now, no longer to user {ANN}"
    assert (shared / "notes").read_text() == note
    assert acting(ANN, ANN, lambda: replace(path, "3"), TEAM) == ""
    assert owner(path) == (ANN, TEAM, 0o660)


def test_special_bits_do_not_go_to_another_owner(shared: Path) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o770)
    path = given(shared / "f.json", ANN, TEAM, 0o4760)
    assert acting(BOB, BOB, lambda: replace(path, "2"), TEAM) == ""
    assert owner(path) == (BOB, TEAM, 0o760)


def test_a_group_that_cannot_be_kept_is_a_reason_to_refuse(shared: Path) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o770)
    path = given(shared / "f.json", ANN, OTHER_TEAM, 0o666)
    before = path.stat()
    error = acting(BOB, BOB, lambda: replace(path, "2"), TEAM)
    assert error.startswith(f"{path}: nothing was changed: its group ({OTHER_TEAM}) cannot be kept; ")
    assert (path.stat(), path.read_text(), os.listdir(shared)) == (before, "1", ["f.json"])


@pytest.mark.parametrize("bits", [0o646, 0o626])
def test_an_owner_who_would_lose_rights_is_a_reason_to_refuse(shared: Path, bits: int) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o2777)
    path = given(shared / "f.json", ANN, TEAM, bits)
    error = acting(BOB, BOB, lambda: replace(path, "2"))
    assert error.startswith(f"{path}: nothing was changed: its owner (user {ANN}) would lose rights; ")
    assert (owner(path), path.read_text()) == ((ANN, TEAM, bits), "1")


def abandon(path: Path) -> None:
    """Takes the lock and dies with it."""
    atomic._lock_file(atomic._beside(str(path), "lock"), str(path), 0.01)


@pytest.mark.parametrize("bits", [0o770, 0o775, 0o777, 0o2770, 0o1777])
def test_a_lock_that_a_user_died_with_is_one_for_all_who_may_write_the_directory(shared: Path, bits: int) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(bits)
    path = shared / "f.json"
    for user in (ANN, BOB):
        assert acting(user, user, lambda: abandon(path), TEAM) == ""
        for other in (BOB, ANN, 0):
            assert acting(other, other, lambda: abandon(path), TEAM) == ""
        os.unlink(shared / ".f.json.lock")


def test_a_lock_that_root_died_with_is_the_owners_of_the_directory(shared: Path) -> None:
    os.chown(shared, ANN, ANN)
    path = shared / "f.json"
    assert acting(0, 0, lambda: abandon(path)) == ""
    assert owner(shared / ".f.json.lock") == (ANN, 0, 0o600)
    assert acting(ANN, ANN, lambda: replace(path, "1")) == ""
    assert os.listdir(shared) == ["f.json"]


@LISTS
def test_the_list_of_a_directory_keeps_nobody_from_a_lock(shared: Path) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o2770)
    readers = access_list((OWNER, 7, NOBODY), (GROUP, 4, NOBODY), (MASK, 7, NOBODY), (OTHERS, 0, NOBODY))
    set_attribute(shared, DEFAULT_ACL, readers)
    path = shared / "f.json"
    assert acting(ANN, ANN, lambda: abandon(path), TEAM) == ""
    assert acting(BOB, BOB, lambda: abandon(path), TEAM) == ""
    assert owner(shared / ".f.json.lock") == (ANN, TEAM, 0o666)


def test_a_lock_that_may_not_be_opened_is_made_anew(shared: Path) -> None:
    os.chown(shared, ANN, TEAM)
    shared.chmod(0o770)
    given(shared / ".f.json.lock", 0, 0, 0o600)
    path = shared / "f.json"
    assert acting(BOB, BOB, lambda: replace(path, "1"), TEAM) == ""
    assert os.listdir(shared) == ["f.json"]


def test_a_lock_that_cannot_be_put_out_of_the_way_is_reported(shared: Path) -> None:
    shared.chmod(0o1777)
    lock = given(shared / ".f.json.lock", ANN, ANN, 0o600)
    path = shared / "f.json"
    error = acting(BOB, BOB, lambda: replace(path, "1"))
    assert error == f"{path}: cannot be locked: {lock} is in the way; remove it, or ask its owner to"
    shared.chmod(0o755)
    error = acting(BOB, BOB, lambda: replace(path, "1"))
    assert error.startswith(f"{path}: cannot be locked in {shared} (Permission denied); ask for the right to write")
    assert os.listdir(shared) == [".f.json.lock"]


def test_a_directory_that_only_its_owner_writes_has_locks_for_nobody_else(tmp_path: Path) -> None:
    for bits, of_lock in ((0o700, 0o600), (0o755, 0o600), (0o775, 0o666), (0o757, 0o666)):
        tmp_path.chmod(bits)
        with atomic.locked(str(tmp_path / "f.json")):
            assert mode(tmp_path / ".f.json.lock") == of_lock


def test_systems_without_modes_have_none_to_set(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fchmod", "fchown", "listxattr"):
        monkeypatch.delattr(os, name)
    path.parent.chmod(0o775)
    replace(path, "1")
    replace(path, "2")
    assert path.read_text() == "2"
    assert permissions._attributes(str(path)) == []
