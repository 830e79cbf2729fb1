"""JSON on one line, as fact files, exports and answers have it; and the values of JSON that ships with the program.

Both are made by the C code of the package `json` alone: to import the package itself, which compiles its patterns each
time, takes 3 % of a look-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class _Rules:
    """How texts are read: as `json.loads` does by default."""

    strict, object_hook, object_pairs_hook = True, None, None
    parse_float, parse_int, parse_constant = float, int, float


def _refuse_decimal(value: Any) -> Any:
    raise TypeError


def _coders() -> tuple[Callable[[str, int], Any], Callable[[Any, int], Any]]:
    """What reads the value at a place of a text, with where it ends, and what writes a value in parts."""
    try:
        import _json

        decode: Any = _json.make_scanner
        encode: Any = _json.make_encoder
        return decode(_Rules), encode(
            None, _refuse_decimal, _json.encode_basestring, None, ": ", ", ", False, False, False
        )
    except (AttributeError, ImportError, TypeError):  # a Python that has other means
        from json import JSONDecoder, JSONEncoder

        encoder = JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, default=_refuse_decimal)
        return JSONDecoder().raw_decode, lambda value, _: encoder.encode(value)


_value_at, _parts = _coders()


def json_value(text: str) -> Any:
    """The value of a JSON text in a file of the program, as `json.loads` reads it. Raises ValueError.

    >>> json_value('{"en": [1, 2.5, null]}')
    {'en': [1, 2.5, None]}
    """
    try:
        value, end = _value_at(text, 0)
        if not text[end:].strip():
            return value
    except (StopIteration, SystemError):  # the package says what is wrong
        pass
    from json import loads

    return loads(text)


def _encode(value: Any) -> str:
    return "".join(_parts(value, 0))


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
