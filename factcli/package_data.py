"""The files that ship with factcli: their paths and their text.

In a wheel they are inside the package, in an editable install beside it.
"""

from __future__ import annotations

import os
from bisect import bisect_left

from factcli.errors import FileError

_HERE = os.path.dirname(os.path.abspath(__file__))


def path(name: str) -> str:
    """The path of the shipped file `name`; where it is missing altogether, the place where it should be."""
    inside, beside = (os.path.join(d, "data", name) for d in (_HERE, os.path.dirname(_HERE)))
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def text(name: str) -> str:
    """The text of the shipped file `name`. Raises FileError where it is missing or damaged."""
    place = path(name)
    try:
        with open(place, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise FileError(
            f"{place}: a file of the program is missing or damaged ({error}); install factcli again"
        ) from error


def names(ending: str) -> list[str]:
    """The names of the shipped files with that ending, sorted."""
    try:
        return sorted(name for name in os.listdir(os.path.dirname(path("facts.json"))) if name.endswith(ending))
    except OSError:
        return []


class KeyedRows:
    """The rows of a shipped table whose first columns are distinct keys, in the order of their text.

    A row is found by bisection: a command looks up few of thousands, and making a dictionary takes five times as long.
    """

    def __init__(self, name: str) -> None:
        self.rows = text(name).splitlines()

    def find(self, key: str) -> str | None:
        """What stands behind a key, between tabs; None where no row has it."""
        head = f"{key}\t"
        at = bisect_left(self.rows, head)
        is_found = at < len(self.rows) and self.rows[at].startswith(head)
        return self.rows[at][len(head) :] if is_found else None

    def columns(self, key: str) -> list[str]:
        """The columns behind a key; none where no row has it."""
        row = self.find(key)
        return row.split("\t") if row is not None else []
