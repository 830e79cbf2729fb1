"""The canonical form of a valid record, and ids for facts that have none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from factcli import model
from factcli.records.schema import MAX_ID_LENGTH
from factcli.store.shape import complete, fields

Record = dict[str, Any]

EXACT_KEYS = frozenset({"quote", "URL"})
"""The keys of texts that stay as they are, to the byte: they are compared by digests and by servers."""

_NUMBER_KEYS = tuple(fields(model.Number))


def canonical(record: Record, table: str) -> Record:
    """The valid record with every documented key in order, its texts in NFC, its defaults written out.

    A fact that has no id yet has an empty one.
    """
    record = nfc(record)
    if table != "facts":
        return complete(record, table)
    fact = complete({**record, "id": record.get("id") or ""}, table)
    fact["numbers"] = [{k: n[k] for k in _NUMBER_KEYS if n.get(k) is not None} for n in fact["numbers"]]
    return fact


def nfc(value: Any) -> Any:
    """The value with every text in it in Unicode normalization form C; keys and exact texts excepted."""
    if isinstance(value, str):
        return value if value.isascii() else normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in EXACT_KEYS else nfc(item) for key, item in value.items()}
    return value


def ascii_words(text: str) -> list[str]:
    """The words of a text in small letters without accents; what has no ASCII form is left out.

    >>> ascii_words("Türkiye: BGM-71F TOW-2B"), ascii_words("مسقط")
    (['turkiye', 'bgm', '71f', 'tow', '2b'], [])
    """
    return re.findall("[a-z0-9]+", normalize("NFKD", text).encode("ascii", "ignore").decode().lower())


def fact_id(fact: Record) -> str:
    """An id for the fact: kind, date and the words of its English title, or a digest of the Arabic one.

    >>> fact_id({"kind": "sale", "date": "2023-10", "title": {"en": "Sale of TOW 2B missiles"}})
    'sale-2023-10-sale-of-tow-2b-missiles'
    """
    title = fact["title"]
    words = ascii_words(title.get("en", "")) or [sha256("\n".join(title.values()).encode()).hexdigest()[:8]]
    name = "-".join([fact["kind"], *re.findall("[0-9]+", fact["date"] or "")[:3]])
    for word in words:
        if len(name) + len(word) > MAX_ID_LENGTH - 10:
            break
        name += f"-{word}"
    return name


def assign_ids(facts: Iterable[Record], known: Mapping[Any, Record]) -> None:
    """Gives each fact without an id one that is not taken; the same facts get the same ids another time.

    `known` are the facts of the file by id. A fact that equals one of them but for the id gets its id.
    """
    facts = list(facts)
    taken = {fact["id"] for fact in facts}
    numbers: dict[str, int] = {}
    for fact in facts:
        base = fact_id(fact)
        while not fact["id"]:
            numbers[base] = number = numbers.get(base, 0) + 1
            name = base if number == 1 else f"{base}-{number}"
            if name not in taken and (name not in known or dict(known[name]) == {**fact, "id": name}):
                fact["id"] = name
        taken.add(fact["id"])
