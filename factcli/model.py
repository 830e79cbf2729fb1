"""What things are: the records that travel through the house. No behaviour lives here.

Records of a fact file stay the JSON objects they are (`TypedDict`), so nothing is lost on the way from the file to the
output; what the program makes of them is a `NamedTuple`, frozen, and made in a small part of the time of a dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from factcli._namedtuple import NamedTuple, TypedDict

Text = dict[str, str]
"""The same thing said in several languages: `{"en": ..., "ar": ...}`, one of them at least."""

LANGUAGES = ("en", "ar")
COMMAS = {"en": ", ", "ar": "، "}
"""What stands between the items of a list, by language."""

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
    """What the fact files hold together, entities and sources by their id. `meta.home` is the country it is about."""

    facts: list[Fact]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    meta: Meta


class Query(NamedTuple):
    """What a person asks: words that must all match, and filters. `since` and `until` are ISO days, inclusive."""

    words: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    undated: bool = False
    exact: bool = False
    parties_only: bool = False
    """The words name a country, organization or person that takes part; nothing else is searched."""


class WordMatch(NamedTuple):
    """How one word or phrase of a query matched one fact: `score` 0..100, the field and text it met there, and how."""

    word: str
    score: float
    field: str
    text: str
    how: str


class Hit(NamedTuple):
    fact: Fact
    matches: tuple[WordMatch, ...]


class Found(NamedTuple):
    """The answer to a query: hits oldest first, what a date filter left out for having no date, and what to tell."""

    hits: list[Hit]
    undated: int
    notes: tuple[str, ...]


Value = str | Text | list[Any] | dict[str, Any] | int | float | None
"""What a column holds: text as it is, text by language, a list of either, a JSON value, or null for unknown."""

Row = dict[str, Any]


class Column(NamedTuple):
    """One column of a table; `fixed` ones are never cut or wrapped, `under` names the column below which a terminal
    stacks it to save width, `told` is what a terminal shows in place of the exact value."""

    name: str
    label: Text
    get: Callable[[Row], Value]
    align: str = "start"
    fixed: bool = False
    under: str | None = None
    told: Callable[[Row], Value] | None = None


class Table(NamedTuple):
    """An answer before it has a form: `rows` are JSON objects, `columns` what is shown of them.

    `whole` says that nobody chose columns, so JSON gives the rows as they are. `cards` says that each row is to be read
    on its own, as a block. `totals` are lines for people, below the rows.
    """

    rows: list[Row]
    columns: list[Column]
    whole: bool = True
    cards: bool = False
    totals: tuple[Text, ...] = ()
    heading: Callable[[Row], Text] | None = None
    """What rows are grouped under on a terminal, where a long answer needs it."""


class Look(NamedTuple):
    """How the answer shall look: language (en, ar, both), width in cells, colour, form of right-to-left text."""

    lang: str = "en"
    width: int = 80
    color: bool = False
    bidi: str = "logical"
    csv_raw: bool = False
    csv_bom: bool = False


def whole(value: float) -> float:
    """The number without a fraction that is nothing, so that it is told and summed digit by digit."""
    return int(value) if float(value).is_integer() else value
