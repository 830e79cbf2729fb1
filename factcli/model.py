"""The nouns: what travels from the command line to the output. No behaviour.

Records of a fact file stay the JSON objects they are (`TypedDict`), so nothing is lost on the way from the file to the
output; what the program makes of them is a frozen `NamedTuple`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factcli._namedtuple import NamedTuple, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NotRequired

Text = dict[str, str]
"""A text in several languages: `{"en": ..., "ar": ...}`, one of them at least."""

Extra = dict[str, Any]
"""Keys of the user's own, of any JSON, which are kept and never searched."""

Date = str
"""A date of any precision or an interval, as EDTF (ISO 8601-2); `dates.span` reads it."""

Id = str
Kind = str
Status = str
Basis = str
Operator = str
Relation = str
EntityType = str
Country = str
"""Texts whose values are limited: to the tuples below, to ids of records, to ISO 3166-1 for a country."""

LANGUAGES = ("en", "ar")
COMMAS = {"en": ", ", "ar": "، ", "both": ", "}
"""The separator of the items of a list, by language."""

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
    """An entity that takes part in a fact, and its role, such as seller or lead."""

    entity: Id
    role: str


class Number(TypedDict):
    """A number of a fact: what it counts, how exact it is (`OPERATORS`), its unit and the date it holds for.

    The value is a `Decimal` where a float would be another number than the one that is written (`text.numbers`).
    """

    what: str
    op: Operator
    value: float
    unit: NotRequired[str]
    as_of: NotRequired[Date]


class Link(TypedDict):
    """The relation of a fact to another, one of `LINK_RELATIONS`, and the id of that fact."""

    rel: Relation
    fact: Id


class Locator(TypedDict):
    """A place in a source that states the fact; paragraphs (non-blank lines) and sentences are counted from 1."""

    source: Id
    paragraph: NotRequired[int]
    sentence: NotRequired[int]
    digest: NotRequired[str]
    quote: NotRequired[str]


class Fact(TypedDict):
    """One fact with every documented key, in the order of the output; null or empty where nothing is known.

    `extra`, of entities and sources too, is there only where there is something in it.

    `note` is what the source says beyond title and fields, `remark` the editor's word about the source or the reading.
    """

    id: Id
    kind: Kind
    date: Date | None
    date_basis: Basis
    date_note: Text | None
    title: Text
    partners: list[Country]
    parties: list[Party]
    numbers: list[Number]
    status: Status | None
    said_by: Id | None
    links: list[Link]
    sources: list[Locator]
    note: Text | None
    remark: Text | None
    extra: NotRequired[Extra]


class Entity(TypedDict):
    """What facts are about: one of `ENTITY_TYPES`, with its names and its country (ISO 3166-1)."""

    id: Id
    type: EntityType
    name: Text
    aliases: list[str]
    country: Country | None
    extra: NotRequired[Extra]


class Source(TypedDict, total=False):
    """A work that facts were taken from, in the names of CSL-JSON."""

    id: Id
    type: str | None
    title: Text
    publisher: Text | None
    author: NotRequired[Text]
    URL: str | None
    language: str | None
    issued: Date | None
    issued_basis: Basis | None
    issued_note: Text | None
    accessed: NotRequired[Date]
    extra: NotRequired[Extra]


class Meta(TypedDict):
    """Properties of a file as a whole; a file may have more keys than these."""

    schema: int
    home: Country | None


FACT, ENTITY, SOURCE = "fact", "entity", "source"
"""The sorts of records that have an id."""

OPTIONAL_KEY = "extra"
"""The key that records have only where there is something in it, in output too, behind the other documented ones."""

FACT_KEYS = tuple(key for key in Fact.__annotations__ if key != OPTIONAL_KEY)


class Facts(NamedTuple):
    """The records of all fact files, entities and sources by their id. `meta.home` is the country they are about.

    `others` are tables that are not documented. `faults` are messages on records that were left out, a line each,
    `remarks` those on what was put right in the reading. `derived` is the index made of the files earlier, if any.
    """

    facts: Sequence[Fact]
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    meta: Meta
    others: dict[str, list[Any]]
    by_id: Mapping[str, Fact]
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    derived: Any = None


class Filters(NamedTuple):
    """The conditions that the options of a command line set. `since` and `until` are ISO days, inclusive."""

    partners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    undated: bool = False
    exact: bool = False
    sources: tuple[str, ...] = ()


class Reading(NamedTuple):
    """How some words of a question are read: what they are (`period`, `partner`, `name`, `word` ...) and name."""

    words: str
    role: str
    value: Any = None


class Clause(NamedTuple):
    """What a fact must satisfy: any of the readings, or none of them where the clause is negated."""

    any_of: tuple[Reading, ...]
    negated: bool = False


class Question(NamedTuple):
    """What the words of a question mean: every clause must hold. `readings` accounts for every word, fillers included.

    `order` is newest or oldest where only the newest or oldest facts are asked for, else empty.
    """

    clauses: tuple[Clause, ...] = ()
    readings: tuple[Reading, ...] = ()
    order: str = ""


class View(NamedTuple):
    """How an answer is displayed: which fields of how many facts, in which order, format and language.

    `lang` is en, ar or both; `bidi` is a form of `terminal.forms`; `width` is in cells of the terminal.
    """

    format: str = "table"
    fields: str | None = None
    lang: str = "en"
    bidi: str = "logical"
    color: bool = False
    width: int = 80
    limit: int | None = None
    reverse: bool = False
    count_only: bool = False
    quiet: bool = False
    explain: bool = False
    pager: bool = True
    csv_raw: bool = False
    csv_bom: bool = False


class Request(NamedTuple):
    """One command line: the report it names, the words and filters of the question, and the view."""

    report: str
    words: tuple[str, ...]
    filters: Filters
    view: View


class Match(NamedTuple):
    """How one clause of a question matched one fact: `score` 0..100, the field and the text that matched, and how.

    `how` is exact, folded, alias, clitic, part, meaning, inflected, prefix, typo or across scripts.
    """

    term: str
    score: float
    field: str
    text: str
    how: str


class Hit(NamedTuple):
    """A fact of an answer and how it matches the question; no matches where there is no question."""

    fact: Fact
    matches: tuple[Match, ...]


class Note(NamedTuple):
    """Something the reader should know beside the answer: a code of the message catalogue and the values it names."""

    code: str
    values: dict[str, Any]


class Answer(NamedTuple):
    """The answer to a question: hits oldest first, how many facts a date filter left out as undated, and readings."""

    hits: Sequence[Hit]
    undated: int = 0
    notes: tuple[Note, ...] = ()
    readings: tuple[Reading, ...] = ()


Value = str | Text | list[Any] | dict[str, Any] | int | float | None
"""What a cell holds: text as it is, text by language, a list of either, a JSON value, or null for unknown."""

Row = dict[str, Any]
"""A fact, or another object of an answer, as JSON has it."""


class Column(NamedTuple):
    """One column of a table: `fixed` ones are never cut or wrapped, `align` is start or end.

    `under` names the column below which a terminal stacks it to save width.
    """

    name: str
    label: Text
    align: str = "start"
    fixed: bool = False
    under: str | None = None


class Table(NamedTuple):
    """An answer as plain values, before it has a format.

    `rows` have a value for each column. `cards` says that each row is read on its own, as a block. `headings` has for
    each row what it is grouped under on a terminal, or is empty. `totals` are lines for people, below the rows.
    """

    columns: list[Column]
    rows: Sequence[list[Value]]
    cards: bool = False
    headings: tuple[Text, ...] = ()
    totals: tuple[Text, ...] = ()
