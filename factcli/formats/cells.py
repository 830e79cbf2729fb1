"""One value as one line of text for people, safe to show."""

from __future__ import annotations

from factcli.model import COMMAS, LANGUAGES, Text, Value
from factcli.text.unsafe import display

BETWEEN_LANGUAGES = " / "


def in_language(text: Text, lang: str) -> str:
    """`text` in `lang`, in the other language where that is missing; with `both`, the two of them."""
    if lang == "both":
        return BETWEEN_LANGUAGES.join(dict.fromkeys(text[x] for x in LANGUAGES if text.get(x)))
    return text.get(lang) or next((text[x] for x in LANGUAGES if text.get(x)), "")


def value_text(value: Value, lang: str) -> str:
    """`value` as text, unsafe characters included; null is empty, never 0."""
    if value is None:
        return ""
    if isinstance(value, list):
        return COMMAS[lang].join(value_text(item, lang) for item in value)
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return in_language(value, lang)
        from factcli.text.json_line import json_line

        return json_line(value)
    return str(value)


def cell_text(value: Value, lang: str) -> str:
    """`value` as one safe line of text."""
    return display(value_text(value, lang))
