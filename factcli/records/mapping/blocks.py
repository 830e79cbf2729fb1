"""Blocks: what one row becomes. A fact with its parties, numbers, links and sources; an entity; a source.

A block whose main value is empty is left out: of a party the entity, the name or the country, of a number its value, of
a source its id, title or address, of a link the fact. Entities and sources that facts bring along have ids made from
what they are called, so that they are the same another time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from factcli.lexicon import MAX_CODE_LENGTH, Lexicon
from factcli.model import LANGUAGES
from factcli.records.canonical import slug
from factcli.records.mapping.filters import Filters
from factcli.records.mapping.rows import MISSING, CellError, Fault, text_of
from factcli.records.mapping.templates import MAX_REMEMBERED, Scope, Slot, Template, Templates, slots_of
from factcli.records.readers import PROBABLE_TYPES
from factcli.records.schema import MAX_ID_LENGTH
from factcli.text import fold, script
from factcli.text.numbers import drop_zero_fraction, is_decimal

Record = dict[str, Any]
Keys = dict[str, Any]
"""The keys of a block with their templates."""

LOCATOR_KEYS = ("paragraph", "sentence", "digest", "quote")
TEXT_KEYS = ("title", "publisher", "author")
PLAIN_KEYS = ("type", "URL", "language")
DATE_KEYS = ("issued", "accessed")


class Made(NamedTuple):
    """A record of a row and its table. What is only mentioned by a fact is added where a file lacks it.

    `merges` says that rows with the same id are one fact, `has_key` that the id is a key.
    """

    table: str
    record: Record
    is_mention: bool = False
    has_key: bool = False
    merges: bool = False


Pair = tuple[Record, Made | None]
"""An item of a list of a fact, and the record that it brings along."""


class Part:
    """A block inside of a fact. What it makes of the cells that it names is remembered, as far as they are texts."""

    def __init__(self, block: Keys, make: Callable[[Keys, Scope], Iterator[Pair]]) -> None:
        self._block, self._make = block, make
        slots = [slot for slot in slots_of(block) if not slot.is_of_item]
        self._columns = tuple(dict.fromkeys(name for slot in slots for name in (slot.column, slot.mark)))
        self._known: dict[tuple[str | None, ...], tuple[list[Pair], Scope | None]] = {}

    def make(self, scope: Scope) -> list[Pair]:
        """The items for a row; its faults are added to the scope."""
        if not scope.is_flat:
            return list(self._make(self._block, scope))
        key = tuple(map(scope.cells.get, self._columns))
        if key not in self._known:
            if len(self._known) >= MAX_REMEMBERED:
                self._known.clear()
            own = Scope(scope.cells, True)
            found = list(self._make(self._block, own))
            self._known[key] = found, own if own.faults or own.cuts else None
        found, taken = self._known[key]
        if taken:
            for fault in taken.faults.values():
                scope.add(fault)
            scope.cuts += taken.cuts
        return found


class Block:
    """A block of a mapping: which rows it takes, and what it makes of them."""

    def __init__(self, kind: str, keys: Keys, filters: Filters, lexicon: Lexicon) -> None:
        self.kind, self._keys, self._lexicon = kind, keys, lexicon
        self._country_keys = frozenset(lexicon.country_keys)
        self._where = keys.get("where", [])
        self._unless = keys.get("unless", [])
        if kind == "fact":
            for number in keys.get("numbers", ()):
                number.setdefault("op", _operator_of(number.get("value"), filters))
            makers = {"parties": self._parties, "numbers": _numbers, "links": _links, "sources": _locators}
            self._parts = {name: [Part(block, make) for block in keys.get(name, ())] for name, make in makers.items()}

    def takes(self, scope: Scope) -> bool:
        """Whether the conditions of the block hold for a row."""
        return all(_holds(scope, *one) for one in self._where) and not any(_holds(scope, *one) for one in self._unless)

    def make(self, scope: Scope) -> Iterator[Made]:
        """The records of a row; what is wrong with it is in the faults of the scope."""
        if self.kind == "fact":
            yield from self._fact(scope)
        elif self.kind == "entity":
            yield self._entity(scope)
        else:
            record = _source_record(self._keys, scope)
            record |= {key: _text(self._keys, key, scope) for key in ("issued_basis",) if key in self._keys}
            record |= _texts(self._keys, ("issued_note",), scope)
            yield self._keyed("sources", record, scope)

    def _keyed(self, table: str, record: Record, scope: Scope) -> Made:
        """The record with its id, which is its key; one without takes its name."""
        key = self._key(scope)
        title = record.get("name") or record.get("title") or {}
        own = _text(self._keys, "id", scope)
        identity = own or key or slug(next(iter(title.values()), ""), kind=str(record.get("type") or table))
        record = {"id": identity, **record}
        if "extra" in self._keys:
            record["extra"] = _filled(self._keys["extra"], scope)
        return Made(table, record, has_key=bool(own or key))

    def _key(self, scope: Scope) -> str:
        """The id that the key of the block makes; empty where there is none."""
        templates = self._keys.get("key")
        if templates is None:
            return ""
        parts = [text for one in templates.many(scope) if (text := _plain(one))]
        key = slug(" ".join(parts), MAX_ID_LENGTH)
        if not key:
            label = next((slot.label for slot in templates.slots), "key")
            scope.add(Fault("E052", label, ()))
        return key

    # Facts.

    def _fact(self, scope: Scope) -> Iterator[Made]:
        keys = self._keys
        key = self._key(scope)
        fact: Record = {"id": key or _text(keys, "id", scope), "kind": _text(keys, "kind", scope)}
        scope.notes.clear()
        fact["date"] = _date(keys, "date", scope)
        words = " – ".join(dict.fromkeys(scope.notes))
        fact |= _texts(keys, ("date_note",), scope)
        if words and fact["date"]:
            fact["date_note"] = {language_of(words): words, **(fact.get("date_note") or {})}
        if fact["date"] or _text(keys, "date_basis", scope) == "unknown":
            fact["date_basis"] = _text(keys, "date_basis", scope)
        fact |= _texts(keys, ("title", "note", "remark"), scope)
        fact["status"] = _text(keys, "status", scope)
        found = {name: [pair for part in parts for pair in part.make(scope)] for name, parts in self._parts.items()}
        for name, pairs in found.items():
            fact[name] = [item for item, _ in pairs]
        if len(fact["parties"]) > 1:
            fact["parties"] = list({(one["entity"], one.get("role")): one for one in fact["parties"]}.values())
        made = [record for pairs in found.values() for _, record in pairs if record]
        if "partners" in keys:
            fact["partners"] = keys["partners"].many(scope)
        else:
            states = (one.record for one in made if one.table == "entities" and one.record["type"] == "country")
            fact["partners"] = list(dict.fromkeys(state["country"] for state in states if state.get("country")))
        if "said_by" in keys:
            fact["said_by"] = _reference(keys["said_by"], scope)
        if "extra" in keys and (extra := _filled(keys["extra"], scope)):
            fact["extra"] = extra
        fact = {name: value for name, value in fact.items() if value is not None}
        yield Made("facts", fact, has_key=bool(fact.get("id")), merges=bool(keys.get("merge")))
        yield from made

    def _parties(self, block: Keys, scope: Scope) -> Iterator[Pair]:
        for _ in _items(block, scope):
            role = _text(block, "role", scope)
            for identity, entity in self._participants(block, role or "", scope):
                party = {"entity": identity} if role is None else {"entity": identity, "role": role}
                yield party, Made("entities", entity, is_mention=True) if entity else None

    def _participants(self, block: Keys, role: str, scope: Scope) -> Iterator[tuple[str, Record | None]]:
        """The ids of who a party is, and the entities that it describes."""
        codes = _values(block, "country", scope)
        names = _by_language(block.get("name", {}), scope)
        kind = _text(block, "type", scope)
        aliases = [text for one in _values(block, "aliases", scope) if (text := _plain(one))]
        if "entity" in block:
            code = codes[0] if codes else None
            for identity in _references(block["entity"], scope):
                if names:
                    yield identity, self._described(identity, names, kind, role, aliases, code)
                elif code and "name" not in block:
                    yield identity, self._country(code, aliases, identity)
                else:
                    yield identity, None
        elif names:
            entity = self._described("", names, kind, role, aliases, codes[0] if codes else None)
            yield entity["id"], entity
        elif "name" not in block:
            for code in codes:
                entity = self._country(code, aliases)
                yield entity["id"], entity

    def _country(self, code: str, aliases: list[str], identity: str = "") -> Record:
        names = self._lexicon.country_name(str(code))
        return {"id": identity or slug(names["en"]), "type": "country", "name": names, "aliases": aliases,
                "country": code, "is_typed": True}  # fmt: skip

    def _described(
        self, identity: str, names: Record, kind: str | None, role: str, aliases: list[str], code: str | None
    ) -> Record:
        """An entity by its name; without a type it is a country where the name is one's, else what its role says."""
        probable = PROBABLE_TYPES.get(role, "organization")
        if kind is None and (named := self._named_country(names)) and code in (None, named):
            probable, code = "country", named
        name = names.get("en") or next(iter(names.values()))
        return {
            "id": identity or slug(name, kind=kind or probable),
            "type": kind or probable,
            "name": {lang: names[lang] for lang in LANGUAGES if lang in names},
            "aliases": [alias for alias in dict.fromkeys(aliases) if alias not in names.values()],
            "country": code,
            "is_typed": kind is not None,
        }

    def _named_country(self, names: Record) -> str | None:
        keys = [key for name in names.values() if (key := fold(name)) in self._country_keys]
        codes = {code for key in keys for code in self._lexicon.countries_named(key)
                 if len(key) <= MAX_CODE_LENGTH or not self._lexicon.is_nationality(key)}  # fmt: skip
        return codes.pop() if len(codes) == 1 else None

    # Entities.

    def _entity(self, scope: Scope) -> Made:
        keys = self._keys
        record: Record = {
            "type": _text(keys, "type", scope),
            **_texts(keys, ("name",), scope),
            "aliases": [text for one in _values(keys, "aliases", scope) if (text := _plain(one))],
            "country": next(iter(_values(keys, "country", scope)), None),
        }
        names = (record.get("name") or {}).values()
        record["aliases"] = [alias for alias in dict.fromkeys(record["aliases"]) if alias not in names]
        return self._keyed("entities", {key: value for key, value in record.items() if value is not None}, scope)


def _numbers(block: Keys, scope: Scope) -> Iterator[Pair]:
    for _ in _items(block, scope):
        for value in _values(block, "value", scope):
            number = {
                "what": _text(block, "what", scope),
                "op": _text(block, "op", scope),
                "value": value if type(value) is int else _whole(value),
            }
            number["unit"] = _text(block, "unit", scope)
            number["as_of"] = _date(block, "as_of", scope)
            yield {key: one for key, one in number.items() if one is not None}, None


def _whole(value: Any) -> Any:
    """A number without a fraction of zero."""
    return drop_zero_fraction(value) if isinstance(value, float) or is_decimal(value) else value


def _links(block: Keys, scope: Scope) -> Iterator[Pair]:
    for _ in _items(block, scope):
        for identity in _references(block["fact"], scope) if "fact" in block else ():
            yield {"rel": _text(block, "rel", scope), "fact": identity}, None


def _locators(block: Keys, scope: Scope) -> Iterator[Pair]:
    for _ in _items(block, scope):
        record = _source_record(block, scope)
        identities = _references(block["source"], scope) if "source" in block else []
        if not identities and ("source" in block or not record.get("title")):
            continue
        identity = identities[0] if identities else _source_id(record)
        source = Made("sources", {"id": identity, **record}, is_mention=True) if record.get("title") else None
        locator = {key: block[key].one(scope) for key in LOCATOR_KEYS if key in block}
        yield {"source": identity, **{key: value for key, value in locator.items() if value is not None}}, source


def _source_record(block: Keys, scope: Scope) -> Record:
    """The keys of a source that have a value; an address without a title is its own."""
    record: Record = {key: _text(block, key, scope) for key in PLAIN_KEYS if key in block}
    record |= _texts(block, TEXT_KEYS, scope)
    record |= {key: _date(block, key, scope) for key in DATE_KEYS if key in block}
    record = {key: value for key, value in record.items() if value is not None}
    if "URL" in record and not record.get("title"):
        record["title"] = {"en": record["URL"]}
    return record


def _operator_of(value: Templates | None, filters: Filters) -> Templates:
    """Templates for the operator of a number that is read from a cell; none for other values."""
    found = []
    for template in value.templates if value else ():
        slot = template.only
        if slot and slot.reads_number:
            found.append(Template([slot.with_last(filters.make("op", None))]))
    return Templates(found)


def _holds(scope: Scope, slot: Slot, wanted: frozenset[str]) -> bool:
    value = slot.value(scope)
    values = value if isinstance(value, list) else [value]
    return any((_plain(one) or "") in wanted for one in values)


def _items(block: Keys, scope: Scope) -> Iterator[None]:
    """Goes through the items that a block repeats for, each in turn the item of the scope."""
    if "each" not in block:
        yield
        return
    for item in block["each"].many(scope):
        scope.item = item
        yield
        scope.item = MISSING


def _plain(value: Any) -> str | None:
    """A value as text; None for an object."""
    try:
        return text_of(value)
    except CellError:
        return None


def _text(keys: Keys, key: str, scope: Scope) -> str | None:
    return keys[key].text(scope) if key in keys else None


def _by_language(templates: dict[str, Templates], scope: Scope) -> Record:
    """The texts by language that are not empty; of one without a language its letters say which."""
    found = {lang: text for lang, one in templates.items() if (text := one.text(scope))}
    return {lang or language_of(text): text for lang, text in found.items()}


def language_of(text: str) -> str:
    """The language of a text by its letters.

    >>> language_of("زيارة John"), language_of("Visit of سالم to Muscat"), language_of("153")
    ('ar', 'en', 'en')
    """
    letters = [char for char in text if char.isalpha()]
    return "ar" if 2 * sum(script(char) == "arab" for char in letters) > len(letters) else "en"


def _texts(keys: Keys, names: tuple[str, ...], scope: Scope) -> Record:
    """The texts by language of some keys, where there are any."""
    found: Record = {}
    for name in names:
        if texts := _by_language(keys.get(name, {}), scope):
            found[name] = texts
    return found


def _values(keys: Keys, key: str, scope: Scope) -> list[Any]:
    """The values of a key, of which there may be several."""
    if key not in keys:
        return []
    if key == "aliases":
        return keys[key].many(scope)  # type: ignore[no-any-return]
    value = keys[key].one(scope)
    return value if isinstance(value, list) else [] if value is None else [value]


def _date(keys: Keys, key: str, scope: Scope) -> str | None:
    """A date: of several that are joined the outer ends, and equal ones are one.

    An end that is open at both sides, `../..`, is none.
    """
    text = _text(keys, key, scope)
    if text is None or "/" not in text:
        return text
    ends = text.split("/")
    first, last = ends[0], ends[-1]
    return first if first == last else f"{first}/{last}"


def _references(templates: Templates, scope: Scope) -> list[str]:
    """Ids by which records are named: constants as they are, others as keys make them."""
    for template in templates.templates:
        value = template.value(scope)
        values = value if isinstance(value, list) else [] if value is None else [value]
        texts = [text for one in values if (text := _plain(one))]
        if texts:
            return list(dict.fromkeys(slug(text, MAX_ID_LENGTH) for text in texts)) if template.slots else texts
    return []


def _reference(templates: Templates, scope: Scope) -> str | None:
    return next(iter(_references(templates, scope)), None)


def _filled(value: Any, scope: Scope) -> Any:
    """A value of any form with its templates filled, without what is empty."""
    if isinstance(value, Templates):
        return value.one(scope)
    if isinstance(value, dict):
        found = {key: one for key, inner in value.items() if (one := _filled(inner, scope)) is not None}
        return found or None
    return [one for inner in value if (one := _filled(inner, scope)) is not None] or None


def _source_id(record: Record) -> str:
    """The id of a source that has none: its title, and where it says more of itself, a digest of that."""
    title = next(iter(record["title"].values()))
    more = {key: value for key, value in record.items() if key not in ("title", "type", "language", "accessed")}
    if not more:
        return slug(title, kind="source")
    digest = sha256(json.dumps([record["title"], more], sort_keys=True).encode()).hexdigest()[:8]
    start = slug(title) if title != record.get("URL") else slug(str(record["URL"]).partition("://")[2], 40)
    return f"{start}-{digest}".lstrip("-")
