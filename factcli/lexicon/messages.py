"""Notes in the reader's language: templates of the catalogues `data/messages-en.json` and `messages-ar.json`.

A template has `{name}` for a value, `{name:quoted}` for one or several in quotation marks, `{name:list}`, `{name:and}`,
`{name:or}` and `{name:quoted-and}` for an enumeration; a part in square brackets is left out where its values are
missing or empty. A message that depends on a number, `count`, has a template for each plural category of its language
(Unicode CLDR).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from factcli import package_data
from factcli.lexicon import plural_category
from factcli.model import COMMAS, Note, Reading
from factcli.text.json_line import json_value

QUOTES = {"en": "'{}'", "ar": "«{}»"}
OTHER_QUOTES = '"{}"'
"""Quotation marks for a text that has an apostrophe itself."""

JOINTS = {"and": {"en": " and ", "ar": " و"}, "or": {"en": " or ", "ar": " أو "}}

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+)(?::([a-z-]+))?\}")


def readings_note(readings: Sequence[Reading], lang: str) -> Note:
    """The note that says how each word of a question was read."""
    roles = _catalogue("ar" if lang == "ar" else "en")["reading-roles"]
    kinds = [one.value[1][0] if one.role == "attribute" else one.role for one in readings]
    named = zip(readings, kinds, strict=True)
    return Note("reading", {"readings": " · ".join(f"{one.words}: {roles[kind]}" for one, kind in named)})


def _catalogue(lang: str) -> dict[str, Any]:
    catalogue: dict[str, Any] = json_value(package_data.text(f"messages-{lang}.json"))
    return catalogue


def message(note: Note, lang: str) -> str:
    """The note in one line of a language."""
    template = _catalogue(lang)[note.code]
    if isinstance(template, dict):
        template = template.get(plural_category(lang, note.values["count"])) or template["other"]
    values = note.values

    def fill(slot: re.Match[str]) -> str:
        value, style = values[slot[1]], slot[2]
        items = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
        quoting, _, joint = (style or "").rpartition("-") if style != "quoted" else ("quoted", "", "")
        if quoting:
            items = [OTHER_QUOTES.format(item) if "'" in item else QUOTES[lang].format(item) for item in items]
        if joint in JOINTS and len(items) > 1:
            return COMMAS[lang].join(items[:-1]) + JOINTS[joint][lang] + items[-1]
        return COMMAS[lang].join(items)

    def keep_if_filled(part: re.Match[str]) -> str:
        return part[1] if all(values.get(slot[1]) for slot in _SLOT.finditer(part[1])) else ""

    return _SLOT.sub(fill, _OPTIONAL.sub(keep_if_filled, template))
