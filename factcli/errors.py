"""What can go wrong, each with its exit status.

Every message is one whole sentence: what is wrong, where, and how to mend it.
"""

from __future__ import annotations


class FactError(Exception):
    """A problem that is told to the user in one line a problem; `status` is the exit status it leads to."""

    status = 3

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UsageError(FactError):
    """The words of the command line are wrong (exit 2)."""

    status = 2


class InputError(FactError):
    """What was given to read in is wrong; nothing of it was taken (exit 2)."""

    status = 2


class FileError(FactError):
    """A fact file, a data file or the disk is at fault (exit 3)."""

    status = 3


class AbsentError(FactError):
    """What was asked for is not there (exit 1); nothing was done."""

    status = 1
