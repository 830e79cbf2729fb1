"""Who may read and write a file: its mode, owner, group, access control list and attributes, given to its successor.

A successor never has wider rights than the file that it replaces, at no instant: it is made for its writer alone
(0600), and what narrows it comes before what widens it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from factcli.errors import FileError
from factcli.text.quote import quote_path

_ACCESS_LIST = "system.posix_acl_access"
_OPTIONAL = ("security.", "trusted.")
"""Attributes that belong to the system, which sets them itself where the writer may not."""


def copy(path: str, handle: int) -> None:
    """Gives the open file, which is new and its writer's alone, the rights and attributes of the file at `path`.

    Where the owner may not be given, the writer stays the owner and all other rights are kept. Raises OSError, and
    FileError for what cannot be kept otherwise.
    """
    like, now = os.stat(path), os.fstat(handle)
    mode = stat.S_IMODE(like.st_mode)
    if hasattr(os, "fchown") and (now.st_uid, now.st_gid) != (like.st_uid, like.st_gid):
        _give(handle, path, like)
        if os.fstat(handle).st_uid != like.st_uid:
            mode &= 0o777
    _copy_attributes(path, handle)
    if hasattr(os, "fchmod") and stat.S_IMODE(os.fstat(handle).st_mode) != mode:
        os.fchmod(handle, mode)


def _give(handle: int, path: str, like: os.stat_result) -> None:
    """Gives the open file an owner and a group, or the group alone.

    Only root may give a file away, and others only to groups that they are in. Raises FileError where the group is
    another, whose members would gain rights, or where the former owner would lose some.
    """
    with contextlib.suppress(OSError):
        os.fchown(handle, like.st_uid, like.st_gid)
        return
    try:
        os.fchown(handle, -1, like.st_gid)
    except OSError:
        raise _refused(path, f"its group ({like.st_gid}) cannot be kept; change it with `chgrp`") from None
    if (like.st_mode >> 6) & ~(like.st_mode >> 3) & 0o6:
        raise _refused(path, f"its owner (user {like.st_uid}) would lose rights; `chmod g=u` it")


def _copy_attributes(path: str, handle: int) -> None:
    """Copies the access control list and the other extended attributes, where the file system has them.

    The list must come before the mode, which without it gives the group the rights of all who are listed.
    Raises FileError for one that cannot be kept.
    """
    wanted = _attributes(path)
    if _ACCESS_LIST not in wanted:
        remove_access_list(handle)
    for name in wanted:
        try:
            os.setxattr(handle, name, os.getxattr(path, name))
        except OSError as error:
            if not name.startswith(_OPTIONAL):
                what = f"its attribute {quote_path(name)} cannot be kept ({error.strerror})"
                raise _refused(path, f"{what}; remove it (`setfattr -x`)") from None


def _attributes(file: str | int) -> list[str]:
    """The names of the extended attributes; none where the system or the file system has no such thing."""
    try:
        return os.listxattr(file) if hasattr(os, "listxattr") else []
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
    return []


def remove_access_list(handle: int) -> None:
    """Takes the list off a new file that its directory gave it. Raises OSError."""
    if _ACCESS_LIST in _attributes(handle):
        os.removexattr(handle, _ACCESS_LIST)


def open_lock(handle: int, folder: os.stat_result) -> None:
    """Lets all who may write the directory open this new file, and where that is its owner alone, nobody else.

    What it holds is nothing, so that nothing is given away where others may open it too. Raises OSError.
    """
    if not hasattr(os, "fchmod"):
        return
    if folder.st_mode & 0o022:
        remove_access_list(handle)
        os.fchmod(handle, 0o666)
    elif os.fstat(handle).st_uid != folder.st_uid:
        os.fchown(handle, folder.st_uid, -1)


def _refused(path: str, why: str) -> FileError:
    return FileError(f"{quote_path(path)}: nothing was changed: {why}, or ask its owner to make the change")
