"""JSON Lines: one object a line."""

from __future__ import annotations

from factcli.formats.json import encoded, objects
from factcli.model import Look, Table


def serialize(table: Table, look: Look) -> str:
    return "".join(encoded(row) + "\n" for row in objects(table))
