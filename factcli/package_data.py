"""The files that ship with factcli: their paths and their text.

In a wheel they are inside the package, in an editable install beside it.
"""

from __future__ import annotations

import os

from factcli.errors import FileError

_HERE = os.path.dirname(os.path.abspath(__file__))


def path(name: str) -> str:
    """The path of the shipped file `name`; where it is missing altogether, the place where it should be."""
    inside, beside = (os.path.join(d, "data", name) for d in (_HERE, os.path.dirname(_HERE)))
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def content(name: str) -> bytes:
    """The bytes of the shipped file `name`. Raises FileError where it is missing."""
    place = path(name)
    try:
        with open(place, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise _fault(place, error) from error


def text(name: str) -> str:
    """The text of the shipped file `name`. Raises FileError where it is missing or damaged."""
    return decoded(content(name), name)


def decoded(data: bytes, name: str) -> str:
    """The text of the shipped file `name` with these bytes. Raises FileError where it is damaged."""
    try:
        return data.decode()
    except ValueError as error:
        raise _fault(path(name), error) from error


def _fault(place: str, error: Exception) -> FileError:
    return FileError(f"{place}: a file of the program is missing or damaged ({error}); install factcli again")


def names(ending: str) -> list[str]:
    """The names of the shipped files with that ending, sorted."""
    try:
        return sorted(name for name in os.listdir(os.path.dirname(path("facts.json"))) if name.endswith(ending))
    except OSError:
        return []


class KeyedRows:
    """The rows of a shipped table whose first columns are distinct keys, in the order of their text.

    A row is found by bisection of the file: a command looks up few of thousands, and to decode and split them all takes
    2 % of a look-up, to make a dictionary of them 10 %.
    """

    def __init__(self, name: str) -> None:
        self._data = content(name)

    def rows(self) -> list[str]:
        """All rows, in order."""
        return self._data.decode("utf-8", "replace").splitlines()

    def columns(self, key: str) -> list[str]:
        """The columns behind a key; none where no row has it."""
        row = self.find(key)
        return row.split("\t") if row is not None else []

    def find(self, key: str) -> str | None:
        """What stands behind a key, between tabs; None where no row has it."""
        data, head = self._data, f"{key}\t".encode("utf-8", "surrogatepass")
        low, high = 0, len(data)
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if data[start : start + len(head)] < head:
                low = data.find(b"\n", start) + 1 or high
            else:
                high = start
        if not data.startswith(head, low):
            return None
        return data[low + len(head) : data.find(b"\n", low)].decode("utf-8", "replace")


class SplitRows(KeyedRows):
    """The same of a table in which thousands of rows are looked up: it is split first, and each takes a tenth."""

    def __init__(self, name: str) -> None:
        from bisect import bisect_left

        super().__init__(name)
        self._rows, self._bisect = self.rows(), bisect_left

    def find(self, key: str) -> str | None:
        head = f"{key}\t"
        at = self._bisect(self._rows, head)
        is_found = at < len(self._rows) and self._rows[at].startswith(head)
        return self._rows[at][len(head) :] if is_found else None
