"""Lists of small objects as one line of text, and back: parties, numbers, links and sources in a cell of CSV.

The items stand between semicolons, each in the notation of its key:

    parties  seller: united-states; buyer: oman
    numbers  quantity: 301 missile; value: > 70000000 USD (2021)
    links    part-of: tr-om-sultan-visit-2024
    sources  us-oman ¶10.1 #f2a27cdcc4ec "what the sentence says"

An operator `=` is left out. A text that would end an item or a part of it is in quotation marks, doubled inside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from factcli.text.json_line import json_line
from factcli.text.numbers import drop_zero_fraction, parse_float

Item = dict[str, Any]

MAX_ITEMS, MAX_ITEM_LENGTH = 1000, 10_000
"""Items up to which a cell is read, and characters of each; a fact has fewer in each of its lists."""

_QUOTED = r'"[^"]*(?:""[^"]*)*"'
_BARE = r"[^\s\":;()¶#](?:[^\":;()¶#]*[^\s\":;()¶#])?"
_TEXT = f"(?:{_QUOTED}|{_BARE})"
_ITEM = re.compile(rf'(?:{_QUOTED}|[^;"]+)+|(?P<end>;)')
_NAME = re.compile(r"(?:[^;\"\s](?:[^;\"]*[^;\"\s])?)?")

_PAIR = rf"(?P<{{}}>{_TEXT}):\s*(?P<{{}}>{_TEXT})"
_PATTERNS = {
    "parties": re.compile(_PAIR.format("role", "entity")),
    "links": re.compile(_PAIR.format("rel", "fact")),
    "numbers": re.compile(
        rf"(?P<what>{_TEXT}):\s*(?:(?P<op>>=|<=|[=<>~])\s*)?(?P<value>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?:\s+(?P<unit>{_TEXT}))?"
        rf"(?:\s+\((?P<as_of>[^()]*)\))?"
    ),
    "sources": re.compile(
        rf"(?P<source>{_TEXT})(?:\s+¶(?P<paragraph>\d+)?(?:\.(?P<sentence>\d+))?)?(?:\s+#(?P<digest>[^\s\"]+))?"
        rf"(?:\s+(?P<quote>{_QUOTED}))?"
    ),
}


def write_items(key: str, items: Sequence[Item]) -> list[str]:
    """The items of a list of a fact, by the key that has it, each in its notation."""
    return list(map(_WRITERS[key], items))


def read_items(key: str, text: str) -> list[Item]:
    """The items of a list in the notation of the key. Raises ValueError with the item that is not in it."""
    return [_read(key, item) for item in _split(text) if item]


def write_texts(texts: Sequence[str]) -> list[str]:
    """Texts as items, in quotation marks where they would end an item."""
    return [text if _NAME.fullmatch(text) else _quoted(text) for text in texts]


def read_texts(text: str) -> list[str]:
    """The texts that `write_texts` made the items of; an empty one stays in its place."""
    return list(map(_unquoted, _split(text)))


def _read(key: str, item: str) -> Item:
    found = _PATTERNS[key].fullmatch(item) if len(item) <= MAX_ITEM_LENGTH else None
    if not found:
        raise ValueError(item)
    values: Item = {name: _unquoted(value) for name, value in found.groupdict().items() if value is not None}
    for name in ("paragraph", "sentence", "value"):
        if name in values:
            values[name] = json.loads(values[name], parse_float=parse_float)
    return values


def _split(text: str) -> list[str]:
    """The items between semicolons that are in no quotation marks.

    Raises ValueError for a mark that has no other, and for more than `MAX_ITEMS`.
    """
    items, at = [""], 0
    while at < len(text):
        found = _ITEM.match(text, at)
        if not found:
            raise ValueError(text[at:])
        if found["end"] and len(items) == MAX_ITEMS:
            raise ValueError(f"more than {MAX_ITEMS} items")
        if found["end"]:
            items.append("")
        else:
            items[-1] = found[0].strip()
        at = found.end()
    return items


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _unquoted(text: str) -> str:
    return text[1:-1].replace('""', '"') if re.fullmatch(_QUOTED, text) else text


def _part(text: str) -> str:
    """A text that is only a part of an item."""
    return text if re.fullmatch(_BARE, text) else _quoted(text)


def _write_number(number: Item) -> str:
    operator = number.get("op") or "="
    parts = [
        f"{_part(number['what'])}:",
        "" if operator == "=" else operator,
        json_line(drop_zero_fraction(number["value"])),
        _part(number["unit"]) if number.get("unit") else "",
        f"({number['as_of']})" if number.get("as_of") else "",
    ]
    return " ".join(filter(None, parts))


def _write_locator(locator: Item) -> str:
    sentence = f".{locator['sentence']}" if locator.get("sentence") else ""
    place = f"{locator.get('paragraph') or ''}{sentence}"
    parts = [
        _part(locator["source"]),
        f"¶{place}" if place else "",
        f"#{locator['digest']}" if locator.get("digest") else "",
        _quoted(locator["quote"]) if locator.get("quote") else "",
    ]
    return " ".join(filter(None, parts))


_WRITERS: dict[str, Callable[[Item], str]] = {
    "parties": lambda party: f"{_part(party['role'])}: {_part(party['entity'])}",
    "links": lambda link: f"{_part(link['rel'])}: {_part(link['fact'])}",
    "numbers": _write_number,
    "sources": _write_locator,
}
