"""What is wrong with the rows of a file, a group for each fault with the rows that have it, and what mends it.

A mapping reads a file to its end, so that one run names all faults. Where countries or values of a table are missing,
their lines are written out, to be pasted into the mapping and filled in.
"""

from __future__ import annotations

from collections.abc import Iterable

from factcli.records.mapping.filters import Filters
from factcli.records.mapping.rows import Fault
from factcli.records.problems import Place, Problem
from factcli.records.rules import problem

MAX_PASTED = 200
"""Lines of a table to paste."""

MAX_LINES = 1000
"""Rows of a group whose lines are kept."""

_NOTES = {"country": 'fill in the code, "" for what is no state'}


class Faults:
    """The faults of a file by group."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters
        self._groups: dict[tuple[str, ...], Problem] = {}
        self._lines: dict[tuple[str, ...], list[int]] = {}
        self._rows: dict[tuple[str, ...], int] = {}
        self._missing: dict[str, dict[str, tuple[int, str]]] = {}

    def __len__(self) -> int:
        return len(self._groups)

    def add(self, place: Place, faults: Iterable[Fault | Problem]) -> str:
        """Adds the faults of one row; the row with its faults in words."""
        texts = []
        for fault in faults:
            if isinstance(fault, Fault):
                key: tuple[str, ...] = (fault.code, fault.field, *fault.values)
                if fault.table:
                    self._add_missing(fault)
            else:
                key = (fault.code, fault.field, fault.message, fault.fix)
            if key not in self._groups:
                one = problem(fault.code, place, fault.field, *fault.values) if isinstance(fault, Fault) else fault
                self._groups[key], self._lines[key], self._rows[key] = one, [], 0
            self._rows[key] += 1
            if place.line is not None and len(self._lines[key]) < MAX_LINES:
                self._lines[key].append(place.line)
            known = self._groups[key]
            texts.append(
                f"{known.field}: {known.message}; {known.fix}" if known.field else f"{known.message}; {known.fix}"
            )
        return " | ".join(texts)

    def _add_missing(self, fault: Fault) -> None:
        table = self._missing.setdefault(fault.table, {})
        rows, hint = table.get(fault.key, (0, fault.values[1] if fault.code == "E041" else ""))
        table[fault.key] = rows + 1, hint

    def problems(self) -> list[Problem]:
        """A problem for each group, those with most rows first."""
        found = []
        for key, group in self._groups.items():
            one = group
            if one.code == "E049":
                counts = self._filters.orders.get(one.field, {"day": 0, "month": 0})
                proof = f"other cells of this column: {counts['day']} fit true alone, {counts['month']} false alone"
                one = one._replace(fix=f"{one.fix}; {proof}")
            found.append(one._replace(rows=self._rows[key], lines=tuple(self._lines[key])))
        return sorted(found, key=lambda one: -one.rows)

    def paste(self) -> list[str]:
        """The tables that lack values, in TOML, to be filled in."""
        lines = []
        for table, keys in self._missing.items():
            note = _NOTES.get(table, 'fill in the values, "" for nothing')
            lines.append(f"[values.{_key(table)}]  # {note}")
            for key, (rows, codes) in list(keys.items())[:MAX_PASTED]:
                hint = codes or (self._filters.near_country(key) if table == "country" else "")
                count = f"{rows} row{'s' if rows > 1 else ''}"
                lines.append(f'{_quoted(key)} = "?"  # {"; ".join(filter(None, (count, hint)))}')
            if len(keys) > MAX_PASTED:
                lines.append(f"# … and {len(keys) - MAX_PASTED} more")
        return lines


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _quoted(name)


def _quoted(text: str) -> str:
    """The text as a string of TOML.

    >>> _quoted('the "X" \\\\ \\x07')
    '"the \\\\"X\\\\" \\\\\\\\ \\\\u0007"'
    """
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in plain) + '"'
