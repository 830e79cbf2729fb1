"""The errors of the program, each with its exit status.

Every message is one whole sentence: what is wrong, where, and how to fix it.
"""

from __future__ import annotations


class FactError(Exception):
    """Problems reported to the user, one line each; `status` is the exit status."""

    status = 3

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UsageError(FactError):
    """An argument or option of the command line is wrong (exit 2)."""

    status = 2


class InputError(FactError):
    """A file to import is wrong; nothing was imported (exit 2)."""

    status = 2


class FileError(FactError):
    """A fact file, a data file or the disk is at fault (exit 3)."""

    status = 3


class AbsentError(FactError):
    """A fact that was asked for does not exist (exit 1); nothing was changed."""

    status = 1


class IndexDamageError(FactError):
    """An index turned out to be damaged, or a fact file to have changed, while it was in use."""
