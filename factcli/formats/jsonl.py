"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator

from factcli.formats.json import lines
from factcli.model import Table, View


def serialize(table: Table, view: View) -> Iterator[str]:
    return (line + "\n" for line in lines(table))
