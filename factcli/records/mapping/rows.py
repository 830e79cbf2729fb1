"""The nouns that a mapping works with: rows, their cells, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from factcli.records.problems import Place

MISSING: Any = object()
"""Stands for a key that a record does not have."""

MAX_PATH_PARTS = 20
"""Parts of the name of a column that is a path."""

MAX_CELLS = 100_000
"""Different cells that are remembered."""

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Direction marks and signs without width; not the non-joiner, which Persian is misspelt without."""


class Fault(NamedTuple):
    """What is wrong with a cell: the code of the rule, the column, and the values of the message.

    `table` and `key` name the table of values where it can be put right.
    """

    code: str
    field: str
    values: tuple[str, ...]
    table: str = ""
    key: str = ""


class Row(NamedTuple):
    """A row of a table or a record of JSON: its place, its cells by column, and the row as the file has it.

    Of an unpivoted row there are several sets of cells, one for each column that became a row.
    """

    place: Place
    cells: list[dict[str, Any]]
    raw: Any
    fault: Fault | None = None


class CellError(Exception):
    """A cell that cannot be read, as the code of a rule and the values of its message."""

    def __init__(self, code: str, *values: str, table: str = "", key: str = "") -> None:
        super().__init__(code, *values)
        self.code, self.values, self.table, self.key = code, values, table, key


class Reader:
    """What stands for an empty cell in a file, and the cells that were cleaned, since columns repeat themselves."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self.missing = frozenset(missing)
        self._cells: dict[str, str | None] = {}

    def cell(self, raw: str) -> str | None:
        """The cell of a table, cleaned."""
        try:
            return self._cells[raw]
        except KeyError:
            if len(self._cells) >= MAX_CELLS:
                self._cells.clear()
            cell: str | None = clean(raw, self)
            self._cells[raw] = cell
            return cell


def tidy(text: str) -> str:
    """The text in NFC, without direction marks and signs without width, blanks single and none at the ends.

    >>> tidy(" \\u200fعُمان\\u200f  a\\u00a0b ")
    'عُمان a b'
    """
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
        text = " ".join(text.split())
    elif "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def clean(value: Any, reader: Reader) -> Any:
    """The value with its texts tidied and what stands for nothing left out; None where nothing is left."""
    if isinstance(value, str):
        value = tidy(value)
        return None if not value or value in reader.missing else value
    if isinstance(value, list):
        items = [item for one in value if (item := clean(one, reader)) is not None]
        return items or None
    if value is MISSING or value is None or value == {}:
        return None
    return None if not isinstance(value, dict) and reader.missing and as_text(value) in reader.missing else value


def resolve(value: Any, path: str) -> Any:
    """What stands at a path in a record, the longest key first; `MISSING` where there is nothing.

    >>> resolve({"a.b": {"c": [{"d": 1}, {"d": 2}]}}, "a.b.c.d")
    [1, 2]
    """
    if isinstance(value, list):
        found = [inner for one in value if (inner := resolve(one, path)) is not MISSING]
        return found or MISSING
    if not isinstance(value, dict):
        return MISSING
    if path in value:
        return value[path]
    at = path.rfind(".")
    for _ in range(MAX_PATH_PARTS):
        if at <= 0:
            break
        if path[:at] in value:
            return resolve(value[path[:at]], path[at + 1 :])
        at = path.rfind(".", 0, at)
    return MISSING


def as_text(value: Any) -> str:
    """A single value as text."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def text_of(value: Any) -> str | None:
    """A value as text, a list joined with commas; None for nothing. Raises CellError for an object."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        texts = [text for one in value if (text := text_of(one))]
        return ", ".join(texts) or None
    if isinstance(value, dict):
        raise CellError("E044", "an object", "name a part of it, such as column.key")
    return as_text(value)
