"""JSON on one line, as fact files, exports and JSON answers have it."""

from __future__ import annotations

import json
from typing import Any


def _refuse_decimal(value: Any) -> Any:
    raise TypeError


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, default=_refuse_decimal).encode


def json_line(value: Any) -> str:
    """The value as JSON (RFC 8259) on one line: Arabic as it is, unsafe characters escaped, numbers digit by digit.

    Raises ValueError for NaN.

    >>> json_line({"en": "a\\u200fb"})
    '{"en": "a\\\\u200fb"}'
    """
    try:
        text = _encode(value)
    except TypeError:
        text = _encode_decimals(value)
    if text.isprintable():
        return text
    from factcli.text.unsafe import escape

    return escape(text)


def _encode_decimals(value: Any) -> str:
    """JSON of a value with a Decimal in it, which the standard library does not write."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_encode(key)}: {_encode_decimals(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_encode_decimals, value)) + "]"
    return _encode(value) if isinstance(value, str | int | float | None) else str(value)
