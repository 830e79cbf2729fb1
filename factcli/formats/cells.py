"""One value of a row as one line of text for people; the one place where foreign text is made harmless."""

from __future__ import annotations

from factcli.model import COMMAS, LANGUAGES, Column, Row, Text, Value
from factcli.text.unsafe import display

BETWEEN_LANGUAGES = " / "
BETWEEN_ITEMS = COMMAS | {"both": ", "}


def in_language(text: Text, lang: str) -> str:
    """`text` in `lang`, in the other language where that is missing; with `both`, the two of them."""
    if lang == "both":
        return BETWEEN_LANGUAGES.join(dict.fromkeys(text[x] for x in LANGUAGES if text.get(x)))
    return text.get(lang) or next((text[x] for x in LANGUAGES if text.get(x)), "")


def is_text(value: Value) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= set(LANGUAGES)


def raw_line(value: Value, lang: str) -> str:
    """`value` as text; null is empty, never 0."""
    if value is None:
        return ""
    if isinstance(value, list):
        return BETWEEN_ITEMS[lang].join(raw_line(x, lang) for x in value)
    if isinstance(value, dict):
        return in_language(value, lang) if is_text(value) else as_json(value)
    return str(value)


def as_json(value: Value) -> str:
    from factcli.formats.json import encoded

    return encoded(value)


def line(value: Value, lang: str) -> str:
    """`value` as one harmless line of text."""
    return display(raw_line(value, lang))


def lines(columns: list[Column], row: Row, lang: str) -> list[str]:
    return [line(column.get(row), lang) for column in columns]
