"""What things are: the records that travel through the house. No behaviour lives here.

Records of a fact file stay the JSON objects they are (`TypedDict`), so nothing is lost on the way from the file to the
output; what the program makes of them is a `NamedTuple`, which is frozen and a third of the import time of a dataclass.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypedDict

Text = dict[str, str]
"""The same thing said in several languages: `{"en": ..., "ar": ...}`, one of them at least."""

LANGUAGES = ("en", "ar")

KINDS = (
    "agreement", "sale", "contract", "exercise", "operation", "membership", "visit", "meeting", "event",
    "training", "office", "fund", "equipment", "statistic", "statement", "policy",
)  # fmt: skip
STATUSES = (
    "planned", "approved", "signed", "renewed", "in-force", "delivered", "held", "ongoing", "expected",
    "discussed", "ended", "cancelled", "reported",
)  # fmt: skip
DATE_BASES = ("stated", "inferred", "unknown")
OPERATORS = ("=", ">", ">=", "<", "<=", "~")
LINK_RELATIONS = (
    "renews", "part-of", "edition-of", "about", "same-as", "contradicts", "supports", "follows", "result-of",
)  # fmt: skip
ENTITY_TYPES = (
    "country", "organization", "company", "person", "place", "exercise", "equipment", "programme", "fund",
)  # fmt: skip


class Party(TypedDict):
    entity: str
    role: str


class Number(TypedDict, total=False):
    what: str
    op: str
    value: float
    unit: str
    as_of: str


class Link(TypedDict):
    rel: str
    fact: str


class Locator(TypedDict, total=False):
    """Where a source says so: paragraphs (non-blank lines) and sentences counted from 1."""

    source: str
    paragraph: int
    sentence: int
    digest: str
    quote: str


class Fact(TypedDict):
    """One fact with every documented key, in the order of the output; null or empty where nothing is known."""

    id: str
    kind: str
    date: str | None
    date_basis: str
    date_note: Text | None
    title: Text
    partners: list[str]
    parties: list[Party]
    numbers: list[Number]
    status: str | None
    said_by: str | None
    links: list[Link]
    sources: list[Locator]
    note: Text | None


class Entity(TypedDict):
    id: str
    type: str
    name: Text
    aliases: list[str]
    country: str | None


class Source(TypedDict, total=False):
    """A work that facts were taken from, in the names of CSL-JSON."""

    id: str
    type: str
    title: Text
    publisher: Text
    URL: str | None
    language: str
    issued: str | None
    issued_basis: str
    issued_note: Text | None


Meta = dict[str, Any]

FACT_KEYS = tuple(Fact.__annotations__)
ENTITY_KEYS = tuple(Entity.__annotations__)


class Facts(NamedTuple):
    """What the fact files hold together. Entities and sources by their id; `home` is the country the facts are about."""

    facts: list[Fact]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    meta: Meta
