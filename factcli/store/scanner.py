"""A JSON text whose outer levels are gone through by hand, so that each record has its place; values are read whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from factcli.store.decode import refuse_constant, unique_pairs
from factcli.text.numbers import parse_float

_BLANK = re.compile(r"[ \t\n\r]*")

_strict = json.JSONDecoder(object_pairs_hook=unique_pairs, parse_float=parse_float, parse_constant=refuse_constant)
_lenient = json.JSONDecoder(parse_int=str)
"""Reads what the other refuses, however long its numbers, to find where it ends."""


def is_json(text: str) -> bool:
    """Whether the text is JSON by itself."""
    try:
        _lenient.decode(text)
    except (ValueError, RecursionError):
        return False
    return True


class Scanner:
    """A position in a JSON text.

    Every method raises JSONDecodeError where there is no JSON, RecursionError where it is nested too deeply.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self.end = 0
        """Where the last value ended."""
        self._skip_blank()

    def is_at(self, sign: str) -> bool:
        return self._text.startswith(sign, self.at)

    def value(self) -> Any:
        """The value that begins here. Raises ValueError for one that cannot be kept, and stays before it."""
        value, self.end = _strict.raw_decode(self._text, self.at)
        self._go_to(self.end)
        return value

    def skip_value(self) -> None:
        """Goes behind the value that begins here, even if it cannot be kept."""
        self._go_to(_lenient.raw_decode(self._text, self.at)[1])

    def elements(self) -> Iterator[int]:
        """The position of each element of the array that begins here; whoever asks reads the element."""
        yield from self._parts("]")

    def members(self) -> Iterator[tuple[str, int]]:
        """The key and the position of each value of the object that begins here; whoever asks reads the value."""
        for at in self._parts("}"):
            if not self.is_at('"'):
                raise json.JSONDecodeError("Expecting property name", self._text, at)
            key = self.value()
            self._skip_sign(":")
            yield key, self.at

    def _parts(self, end: str) -> Iterator[int]:
        self._skip_sign(self._text[self.at])
        is_first = True
        while not self.is_at(end):
            if not is_first:
                self._skip_sign(",")
            is_first = False
            yield self.at
        self._skip_sign(end)

    def _go_to(self, at: int) -> None:
        self.at = at
        self._skip_blank()

    def _skip_blank(self) -> None:
        self.at = _BLANK.match(self._text, self.at).end()  # type: ignore[union-attr]

    def _skip_sign(self, sign: str) -> None:
        if not self.is_at(sign):
            raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", self._text, self.at)
        self._go_to(self.at + 1)

    def require_end(self) -> None:
        if self.at < len(self._text):
            raise json.JSONDecodeError("Extra data", self._text, self.at)
