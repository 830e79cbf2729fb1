"""JSON (RFC 8259): one array, an object a line. Lossless: characters that could act on a terminal are \\u-escaped."""

from __future__ import annotations

import json
import re
from typing import Any

from factcli.model import Look, Row, Table

# Not escaped by the standard library: DEL, C1, soft controls of direction and layout, separators, surrogates, tags.
ACTIVE = (
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def encoded(value: Any) -> str:
    """`value` as JSON on one line, Arabic as it is, active characters escaped."""
    text = _encode(value)
    return text if text.isprintable() else re.sub(ACTIVE, _escaped, text)


def objects(table: Table) -> list[Row]:
    """The rows of `table`, reduced to the columns somebody chose."""
    if table.whole:
        return table.rows
    return [{column.name: column.get(row) for column in table.columns} for row in table.rows]


def serialize(table: Table, look: Look) -> str:
    if not table.rows:
        return "[]\n"
    return "[\n" + ",\n".join(map(encoded, objects(table))) + "\n]\n"
