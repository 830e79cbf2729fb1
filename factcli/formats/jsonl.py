"""JSON Lines: one object a line."""

from __future__ import annotations

from factcli.formats.json import lines
from factcli.model import Table, View


def serialize(table: Table, view: View) -> str:
    return "".join(line + "\n" for line in lines(table))
