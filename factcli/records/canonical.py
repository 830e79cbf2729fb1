"""The canonical form of a valid record, and ids for facts that have none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from factcli import model
from factcli.records.schema import MAX_ID_LENGTH
from factcli.store.shape import RECORDS, complete, fields
from factcli.text import fold
from factcli.text.numbers import drop_zero_fraction

Record = dict[str, Any]

MAX_NAME_ID_LENGTH = 60
"""Characters of an id that is made from a name."""

EXACT_KEYS = frozenset({"quote", "URL", model.OPTIONAL_KEY})
"""The keys of what stays as it is, to the byte: it is compared by digests and by servers, or not ours to change."""

_ITEM_KEYS = {
    key: tuple(fields(definition))
    for key, definition in (
        ("parties", model.Party), ("numbers", model.Number), ("links", model.Link), ("sources", model.Locator),
    )
}  # fmt: skip
"""The keys of the objects in the lists of a fact, in order."""

_TEXT_KEYS = {
    table: {key for key, field in fields(definition).items() if field.name == "Text"}
    for table, definition in RECORDS.items()
}
"""The keys of texts by language, by table."""


def canonical(record: Record, table: str, is_clean: bool = False) -> Record:
    """The valid record with every documented key in order, its texts in NFC, its defaults written out.

    `is_clean` says that its texts are in NFC and the objects in its lists in canonical form, as a mapping makes them.

    What may be absent is where there is nothing in it. A fact that has no id yet has an empty one. The properties of a
    file stay as they are.
    """
    if table == "meta":
        return complete(record, table)
    record = record if is_clean else nfc(record)
    record = {key: value for key, value in record.items() if key != model.OPTIONAL_KEY or value}
    for key in _TEXT_KEYS[table] & record.keys():
        record[key] = record[key] and {lang: record[key][lang] for lang in model.LANGUAGES if lang in record[key]}
    if table != "facts":
        return complete(record, table)
    fact = complete({**record, "id": record.get("id") or ""}, table)
    if is_clean:
        return fact
    for key, names in _ITEM_KEYS.items():
        fact[key] = [{name: item[name] for name in names if item.get(name) is not None} for item in fact[key]]
    for number in fact["numbers"]:
        number["value"] = drop_zero_fraction(number["value"])
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


def slug(text: str, limit: int = MAX_NAME_ID_LENGTH, kind: str = "") -> str:
    """An id made from a name or a key: the text folded as look-ups fold it, with hyphens; empty for an empty fold.

    Where the fold holds letters that an id cannot, or is longer than `limit`, what fits is followed by the first digits
    of its sha256, so that two names never share one. What would be digits alone gets `kind` in front.

    >>> slug("Kırlangıç"), slug("Police Forces of Oman"), slug("سالم بن عبد", kind="person")
    ('kirlangic', 'police-forces-of-oman', 'person-9bd29fd2')
    """
    key = fold(text)
    words = key if key.isascii() else re.sub("[^a-z0-9 ]+", " ", key)
    plain = "-".join(words.split())
    if not key or (words == key and len(plain) <= limit):
        return f"{kind}-{plain}" if kind and plain.replace("-", "").isdigit() else plain
    digest = sha256(key.encode()).hexdigest()[:8]
    start = plain[: limit - len(digest) - 1].rstrip("-")
    if start.replace("-", "").isdigit() or not start:
        start = "-".join(filter(None, (kind, start)))
    return f"{start}-{digest}" if start else digest


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
