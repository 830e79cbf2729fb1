"""JSON on one line, as fact files, exports and JSON answers have it."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False).encode


def json_line(value: Any) -> str:
    """The value as JSON (RFC 8259) on one line: Arabic as it is, unsafe characters escaped. Raises ValueError for NaN.

    >>> json_line({"en": "a\\u200fb"})
    '{"en": "a\\\\u200fb"}'
    """
    text = _encode(value)
    if text.isprintable():
        return text
    from factcli.text.unsafe import escape

    return escape(text)
