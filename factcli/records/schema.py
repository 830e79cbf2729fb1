"""What a record must look like: one definition, published as JSON Schema and compiled by `validate`.

Which keys there are and of what JSON type they are is defined in `model`; here are the further conditions on their
values. Only keywords that `validate` implements are used. Where a text follows a rule that a schema can express only
roughly (a date of the calendar, text that cannot act on a terminal), `format` names the rule and `pattern` is the rough
form: it accepts whatever the rule accepts. `description` says how to write a value, to people, editors and language
models, and to whoever got it wrong: messages end with it.
"""

from __future__ import annotations

from typing import Any

from factcli import model
from factcli.lexicon.codes import COUNTRIES, CURRENCIES
from factcli.model import DATE_BASES, ENTITY_TYPES, KINDS, LANGUAGES, LINK_RELATIONS, OPERATORS, STATUSES
from factcli.store import SCHEMA
from factcli.store.shape import MAX_NUMBER, Field, fields

Node = dict[str, Any]

MAX_TEXT_LENGTH = 500
MAX_NOTE_LENGTH = 5000
MAX_ID_LENGTH = 80
MAX_LIST_LENGTH = 200
MAX_EXTRA_LENGTH, MAX_EXTRA_DEPTH = 10_000, 20
"""Characters of the JSON of what is kept under `extra`, and the levels of lists and objects in it."""

UNSAFE_RANGES = (
    "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufffe\\uffff"
)
"""Controls, line breaks, direction characters and noncharacters, as far as a schema can express them."""

SLUG = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"


def _text(description: str, limit: int = MAX_TEXT_LENGTH) -> Node:
    pattern = rf"^(?=[^{UNSAFE_RANGES}]*\S)[^{UNSAFE_RANGES}]*$"
    return {"format": "plain-text", "minLength": 1, "maxLength": limit, "pattern": pattern, "description": description}


def _slug(description: str) -> Node:
    return {"format": "slug", "pattern": SLUG, "maxLength": MAX_ID_LENGTH, "description": description}


def _country(description: str) -> Node:
    return {"format": "country", "enum": list(COUNTRIES), "description": description}


def _choice(values: tuple[str, ...], description: str) -> Node:
    return {"enum": list(values), "description": description}


def _date(description: str) -> Node:
    return {"format": "edtf", "pattern": "^[0-9X~?%./-]{4,40}$", "description": description}


def _count(description: str) -> Node:
    return {"minimum": 1, "maximum": 10**9, "description": description}


def _list(items: Node, description: str) -> Node:
    return {"items": items, "maxItems": MAX_LIST_LENGTH, "description": description}


def _typed(node: Node, name: str, is_nullable: bool) -> Node:
    """The node with its type, a name of JSON Schema; null is one more value where that is allowed."""
    if node.get("type", name) != name:
        raise TypeError(f"{node['type']} where the model has {name}")
    typed = {"type": [name, "null"] if is_nullable else name, **{k: v for k, v in node.items() if k != "type"}}
    if is_nullable and "enum" in node:
        typed["enum"] = [*node["enum"], None]
    return typed


def _property(node: Node, field: Field, is_required: bool) -> Node:
    """The node of a key with the type that the model gives it; what is not required may be null."""
    if field.type == "array":
        node = {**node, "items": _typed(node["items"], field.item_type, False)}
    return _typed(node, field.type, not is_required)


def _object(
    definition: type, required: tuple[str, ...], description: str, /, derived: Node | None = None, **nodes: Node
) -> Node:
    """The node of an object with the keys of a typed dictionary, which `nodes` must all have and no others.

    `derived` are keys that factcli adds to its own output; an import drops them.
    """
    properties = {key: _property(nodes.pop(key), field, key in required) for key, field in fields(definition).items()}
    if nodes:
        raise TypeError(f"{definition.__name__} has no {', '.join(nodes)}")
    properties |= {key: {**node, "readOnly": True} for key, node in (derived or {}).items()}
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties,
            "description": description}  # fmt: skip


def _texts(description: str, limit: int = MAX_TEXT_LENGTH) -> Node:
    """The node of the same text in several languages, one of them at least."""
    text = {"type": "string", **_text(f"{limit} characters at most, on one line", limit)}
    return {"type": "object", "required": [], "additionalProperties": False,
            "properties": dict.fromkeys(LANGUAGES, text), "description": description, "minProperties": 1}  # fmt: skip


EXTRA: Node = {
    "description": f"an object with keys of your own, {MAX_EXTRA_LENGTH} characters at most as JSON; kept, not searched"
}
UNIT: Node = {
    "format": "unit",
    "maxLength": MAX_ID_LENGTH,
    "pattern": f"^({'|'.join(CURRENCIES)}|[^A-Z{UNSAFE_RANGES}]+)$",
    "description": "an ISO 4217 code in capitals for money, else a unit in small letters",
}
DIGEST: Node = {
    "format": "digest",
    "pattern": "^[0-9a-f]{12,64}$",
    "description": "the first 12 to 64 hex digits of the sentence's sha256",
}
PARTY = _object(
    model.Party,
    ("entity", "role"),
    "who or what takes part, and how",
    entity=_slug("the id of an entity"),
    role=_slug("lead, participant, host, seller, buyer, signatory, visitor, item, place or the like"),
    derived={"name": _typed(_texts("the entity's name"), "object", True)},
)
NUMBER = _object(
    model.Number,
    ("what", "value"),
    "one number",
    what=_text("quantity, value, duration, people, count or the like", MAX_ID_LENGTH),
    op=_choice(OPERATORS, "how the number relates to the value: > for more than 70, ~ for about"),
    value={"minimum": 0, "maximum": MAX_NUMBER, "description": "a finite number from 0 to 10^18, without quotes"},
    unit=UNIT,
    as_of=_date("when the number held, as EDTF, e.g. 2021"),
)
LINK = _object(
    model.Link,
    ("rel", "fact"),
    "how this fact relates to another",
    rel=_choice(LINK_RELATIONS, "how this fact relates to the other"),
    fact=_slug("the id of the other fact"),
)
LOCATOR = _object(
    model.Locator,
    ("source",),
    "where a source says so",
    source=_slug("the id of a source"),
    paragraph=_count("the number of the paragraph, counting non-blank lines from 1"),
    sentence=_count("the number of the sentence in its paragraph, from 1"),
    digest=DIGEST,
    quote=_text("the sentence itself"),
)
VALUE: Node = {"type": "object", "properties": {}, "description": "a value of an article, with its place"}
FACT = _object(
    model.Fact,
    ("kind", "title"),
    "One fact",
    id=_slug("a-z 0-9 - and . only, at most 80; made from the title where it is missing"),
    kind=_choice(KINDS, "what kind of fact it is"),
    date=_date("EDTF: YYYY, YYYY-MM, YYYY-MM-DD, 2023~, 202X, 2015/.. or 2025-33; null when unknown"),
    date_basis=_choice(DATE_BASES, "stated by the source, inferred (then date_note says from what), unknown"),
    date_note=_texts("the reason for an inferred date, in en, ar or both"),
    title=_texts("an object with en, ar or both"),
    partners=_list(_country("an ISO 3166-1 alpha-2 code, e.g. OM"), "every state that takes part"),
    parties=_list(PARTY, "a list of who or what takes part, each with entity and role"),
    numbers=_list(NUMBER, "a list of numbers, each with what, value and unit"),
    status=_choice(STATUSES, "how far it has come"),
    said_by=_text("the id of the entity that made the statement", MAX_ID_LENGTH),
    links=_list(LINK, "a list of links to other facts, each with rel and fact"),
    sources=_list(LOCATOR, "a list of where it says so, each with source, paragraph and sentence"),
    note=_texts("what the source says beyond title and fields, an object with en, ar or both", MAX_NOTE_LENGTH),
    remark=_texts("the editor's word about the source or the reading, an object with en, ar or both"),
    extra=EXTRA,
    derived={
        "date_start": {"type": ["string", "null"], "description": "the first day, YYYY-MM-DD"},
        "date_end": {"type": ["string", "null"], "description": "the last day, YYYY-MM-DD"},
        "match": {"type": ["object", "null"], "description": "how a query matched the fact"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "how probable a candidate is"},
        "spans": {"type": "array", **_list(VALUE, "the values that a candidate of `read` is made of")},
    },
)
FACTS_OF: Node = {"type": ["array", "null"], **_list({"type": "string", **_slug("the id of a fact")}, "its facts")}
ENTITY = _object(
    model.Entity,
    ("id", "type", "name"),
    "Somebody or something that takes part in facts",
    id=_slug("a-z 0-9 - and . only, at most 80"),
    type=_choice(ENTITY_TYPES, "what it is"),
    name=_texts("an object with en, ar or both"),
    aliases=_list(_text("another name", MAX_ID_LENGTH * 3), "a list of other names, in any script"),
    country=_country("the ISO 3166-1 alpha-2 code of the country it belongs to, or null"),
    extra=EXTRA,
    derived={
        "roles": {"type": ["object", "null"], "description": "how often it has which role"},
        "facts": FACTS_OF,
    },
)
SOURCE = _object(
    model.Source,
    ("id", "title"),
    "A work that facts were taken from, in the names of CSL-JSON",
    id=_slug("a-z 0-9 - and . only, at most 80"),
    type=_slug("a type of CSL, e.g. article-newspaper"),
    title=_texts("an object with en, ar or both"),
    publisher=_texts("an object with en, ar or both"),
    author=_texts("an object with en, ar or both"),
    URL={
        "pattern": r"^https?://[^\s<>\"]{1,2000}$",
        "description": "an address that begins with http:// or https://",
    },
    language={"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "description": "a BCP 47 code, e.g. ar"},
    issued=_date("when it was issued, as EDTF"),
    issued_basis=_choice(DATE_BASES, "stated by the source, inferred or unknown"),
    issued_note=_texts("an object with en, ar or both"),
    accessed=_date("when it was read, as EDTF"),
    extra=EXTRA,
    derived={"facts": FACTS_OF},
)
META: Node = {
    **_object(
        model.Meta,
        ("schema",),
        "what is known of the file as a whole",
        schema={"enum": list(range(1, SCHEMA + 1)), "description": f"{SCHEMA}, or 1 where no fact has a remark"},
        home=_country("the ISO 3166-1 alpha-2 code of the country that the facts are about"),
    ),
    "additionalProperties": True,
}

TABLES = {"facts": FACT, "entities": ENTITY, "sources": SOURCE, "meta": META}
"""The definition of a record, by the table it stands in."""

RECORD_NAMES = {"fact": "facts", "entity": "entities", "source": "sources", "meta": "meta"}
"""The table of a record that says what it is in its key `record`; one without that key is a fact."""

DERIVED_KEYS = {
    table: tuple(key for key, node in of_table["properties"].items() if "readOnly" in node)
    for table, of_table in TABLES.items()
}
"""The keys of a record that are only ever written, never stored, by its table."""


def document() -> Node:
    """The JSON Schema of a fact; entity, source and meta, as JSON Lines carry them, are among its definitions."""
    inferred = {
        "if": {"required": ["date_basis"], "properties": {"date_basis": {"const": "inferred"}}},
        "then": {"required": ["date", "date_note"],
                 "properties": {"date": {"type": "string"}, "date_note": {"type": "object"}}},
    }  # fmt: skip
    dated = {
        "if": {"required": ["date"], "properties": {"date": {"type": "string"}}},
        "then": {"properties": {"date_basis": {"enum": ["stated", "inferred", None]}}},
        "else": {"properties": {"date_basis": {"enum": ["unknown", None]}}},
    }
    definitions = {}
    for name, table in RECORD_NAMES.items():
        if name != "fact":
            node = TABLES[table]
            properties = {"record": {"const": name}, **node["properties"]}
            definitions[name] = {**node, "required": ["record", *node["required"]], "properties": properties}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://factcli.invalid/schema/2/fact.json",
        "title": "A fact of factcli",
        **FACT,
        "allOf": [inferred, dated],
        "$defs": definitions,
    }
