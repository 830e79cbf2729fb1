"""What a record must look like: one definition, published as JSON Schema and read by the validator in `check`.

The keywords used here are those that `check` knows. Where a text follows a rule that a schema can say only roughly (a
date of the calendar, text that cannot act on a terminal), `format` names the rule and `pattern` is the rough form: it
lets through whatever the rule lets through. `description` says how to write a value, to people, editors and language
models, and to whoever got it wrong: messages end with it.
"""

from __future__ import annotations

from typing import Any

from factcli.lexicon.codes import COUNTRIES, CURRENCIES
from factcli.model import (
    DATE_BASES,
    ENTITY_TYPES,
    KINDS,
    LANGUAGES,
    LINK_RELATIONS,
    OPERATORS,
    STATUSES,
)

Node = dict[str, Any]

TEXT_LENGTH = 500
ID_LENGTH = 80
LIST_LENGTH = 200

NOT_PLAIN = (
    "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufffe\\uffff"
)
"""Controls, line breaks, direction characters, what is no text; as far as a schema can say it."""

SLUG = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"


def _text(description: str, most: int = TEXT_LENGTH) -> Node:
    pattern = rf"^(?=[^{NOT_PLAIN}]*\S)[^{NOT_PLAIN}]*$"
    return {"type": "string", "format": "plain-text", "minLength": 1, "maxLength": most, "pattern": pattern,
            "description": description}  # fmt: skip


def _slug(description: str) -> Node:
    return {"type": "string", "format": "slug", "pattern": SLUG, "maxLength": ID_LENGTH, "description": description}


def _country(description: str) -> Node:
    return {"type": "string", "format": "country", "enum": list(COUNTRIES), "description": description}


def _choice(values: tuple[str, ...], description: str) -> Node:
    return {"type": "string", "enum": list(values), "description": description}


def _date(description: str) -> Node:
    return {"type": "string", "format": "edtf", "pattern": "^[0-9X~?%./-]{4,40}$", "description": description}


def _count(description: str) -> Node:
    return {"type": "integer", "minimum": 1, "maximum": 10**9, "description": description}


def _list(items: Node, description: str) -> Node:
    return {"type": "array", "items": items, "maxItems": LIST_LENGTH, "description": description}


def _object(required: tuple[str, ...], description: str, **properties: Node) -> Node:
    return {"type": "object", "required": list(required), "additionalProperties": False, "properties": properties,
            "description": description}  # fmt: skip


def _said(description: str) -> Node:
    """Texts by language, one of them at least."""
    said = {language: _text(f"{TEXT_LENGTH} characters at most, on one line") for language in LANGUAGES}
    return {**_object((), description, **said), "minProperties": 1}


def _or_null(node: Node) -> Node:
    """The node, with null for unknown."""
    either = {**node, "type": [node["type"], "null"]}
    if "enum" in either:
        either["enum"] = [*either["enum"], None]
    return either


def _derived(node: Node) -> Node:
    """A key that factcli adds to its own output; an import takes it off again."""
    return {**node, "readOnly": True}


UNIT: Node = {
    "type": "string",
    "format": "unit",
    "maxLength": ID_LENGTH,
    "pattern": f"^({'|'.join(CURRENCIES)}|[^A-Z{NOT_PLAIN}]+)$",
    "description": "an ISO 4217 code in capitals for money, else a unit in small letters",
}
DIGEST: Node = {
    "type": "string",
    "format": "digest",
    "pattern": "^[0-9a-f]{12,64}$",
    "description": "the first 12 to 64 hex digits of the sentence's sha256",
}
PARTY = _object(
    ("entity", "role"),
    "who or what takes part, and how",
    entity=_slug("the id of an entity"),
    role=_slug("lead, participant, host, seller, buyer, signatory, visitor, item, place or the like"),
    name=_derived(_or_null(_said("the entity's name"))),
)
NUMBER = _object(
    ("what", "value"),
    "one figure",
    what=_text("quantity, value, duration, people, count or the like", ID_LENGTH),
    op=_or_null(_choice(OPERATORS, "how the value stands to the figure: > for more than 70, ~ for about")),
    value={"type": "number", "minimum": 0, "maximum": 1e300, "description": "a finite number from 0, without quotes"},
    unit=_or_null(UNIT),
    as_of=_or_null(_date("when the figure held, as EDTF, e.g. 2021")),
)
LINK = _object(
    ("rel", "fact"),
    "how this fact stands to another",
    rel=_choice(LINK_RELATIONS, "how this fact stands to the other"),
    fact=_slug("the id of the other fact"),
)
LOCATOR = _object(
    ("source",),
    "where a source says so",
    source=_slug("the id of a source"),
    paragraph=_or_null(_count("the number of the paragraph, counting non-blank lines from 1")),
    sentence=_or_null(_count("the number of the sentence in its paragraph, from 1")),
    digest=_or_null(DIGEST),
    quote=_or_null(_text("the sentence itself")),
)
FACT = _object(
    ("kind", "title"),
    "One fact",
    id=_or_null(_slug("a-z 0-9 - and . only, at most 80; made from the title where it is missing")),
    kind=_choice(KINDS, "what kind of fact it is"),
    date=_or_null(_date("EDTF: YYYY, YYYY-MM, YYYY-MM-DD, 2023~, 202X, 2015/.. or 2025-33; null when unknown")),
    date_basis=_or_null(_choice(DATE_BASES, "stated by the source, inferred (then date_note says from what), unknown")),
    date_note=_or_null(_said("the reason for an inferred date, in en, ar or both")),
    title=_said("an object with en, ar or both"),
    partners=_or_null(_list(_country("an ISO 3166-1 alpha-2 code, e.g. OM"), "every state that takes part")),
    parties=_or_null(_list(PARTY, "a list of who or what takes part, each with entity and role")),
    numbers=_or_null(_list(NUMBER, "a list of figures, each with what, value and unit")),
    status=_or_null(_choice(STATUSES, "how far it has come")),
    said_by=_or_null(_text("the id of the entity that said so", ID_LENGTH)),
    links=_or_null(_list(LINK, "a list of links to other facts, each with rel and fact")),
    sources=_or_null(_list(LOCATOR, "a list of where it says so, each with source, paragraph and sentence")),
    note=_or_null(_said("an object with en, ar or both")),
    date_start=_derived({"type": ["string", "null"], "description": "the first day, YYYY-MM-DD"}),
    date_end=_derived({"type": ["string", "null"], "description": "the last day, YYYY-MM-DD"}),
    match=_derived({"type": ["object", "null"], "description": "how a query met the fact"}),
)
ENTITY = _object(
    ("id", "type", "name"),
    "Somebody or something that takes part in facts",
    id=_slug("a-z 0-9 - and . only, at most 80"),
    type=_choice(ENTITY_TYPES, "what it is"),
    name=_said("an object with en, ar or both"),
    aliases=_or_null(_list(_text("another name", ID_LENGTH * 3), "a list of other names, in any script")),
    country=_or_null(_country("the ISO 3166-1 alpha-2 code of the country it belongs to, or null")),
)
SOURCE = _object(
    ("id", "title"),
    "A work that facts were taken from, in the names of CSL-JSON",
    id=_slug("a-z 0-9 - and . only, at most 80"),
    type=_or_null(_slug("a type of CSL, e.g. article-newspaper")),
    title=_said("an object with en, ar or both"),
    publisher=_or_null(_said("an object with en, ar or both")),
    author=_or_null(_said("an object with en, ar or both")),
    URL=_or_null({"type": "string", "pattern": r"^https?://[^\s<>\"]{1,2000}$",
                  "description": "an address that begins with http:// or https://"}),
    language=_or_null({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
                       "description": "a BCP 47 code, e.g. ar"}),
    issued=_or_null(_date("when it was issued, as EDTF")),
    issued_basis=_or_null(_choice(DATE_BASES, "stated by the source, inferred or unknown")),
    issued_note=_or_null(_said("an object with en, ar or both")),
    accessed=_or_null(_date("when it was read, as EDTF")),
)  # fmt: skip
META: Node = {
    "type": "object",
    "required": ["schema"],
    "additionalProperties": True,
    "properties": {
        "schema": {"type": "integer", "enum": [1], "description": "1"},
        "home": _or_null(_country("the ISO 3166-1 alpha-2 code of the country that the facts are about")),
    },
    "description": "what is said of the file as a whole",
}

TABLES = {"facts": FACT, "entities": ENTITY, "sources": SOURCE, "meta": META}
"""The definition of a record, by the table it stands in."""

RECORD_NAMES = {"fact": "facts", "entity": "entities", "source": "sources", "meta": "meta"}
"""The table of a record that says what it is in its key `record`; one without that key is a fact."""


def document() -> Node:
    """The JSON Schema of a fact; entity, source and meta, as JSON Lines carry them, are among its definitions."""
    dated_by_inference = {
        "if": {"required": ["date_basis"], "properties": {"date_basis": {"const": "inferred"}}},
        "then": {"required": ["date", "date_note"],
                 "properties": {"date": {"type": "string"}, "date_note": {"type": "object"}}},
    }  # fmt: skip
    dated = {
        "if": {"required": ["date"], "properties": {"date": {"type": "string"}}},
        "then": {"properties": {"date_basis": {"enum": ["stated", "inferred", None]}}},
        "else": {"properties": {"date_basis": {"enum": ["unknown", None]}}},
    }
    others = {name: TABLES[table] for name, table in RECORD_NAMES.items() if name != "fact"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://factcli.invalid/schema/1/fact.json",
        "title": "A fact of factcli",
        **FACT,
        "allOf": [dated_by_inference, dated],
        "$defs": {name: _as_record(name, node) for name, node in others.items()},
    }


def _as_record(name: str, node: Node) -> Node:
    """The definition of a record that says what it is."""
    properties = {"record": {"const": name}, **node["properties"]}
    return {**node, "required": ["record", *node["required"]], "properties": properties}


def derived_keys(node: Node) -> tuple[str, ...]:
    """The keys of an object that are only ever written, never kept."""
    return tuple(key for key, value in node["properties"].items() if value.get("readOnly"))


def is_list(node: Node) -> bool:
    """Whether values of this definition are lists."""
    return "array" in node["type"]
