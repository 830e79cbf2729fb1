"""The rules that records keep, a row each: code, what it is about, what is wrong, how to fix it, and the check.

E is an error: no record enters a file with one. W is a warning. Rules about the form of a file or the shape of a record
have no check, since they are broken where a file is read or a record walked through. The check of a value
or of a fact returns what stands for the `{}` of its row, or None where nothing is wrong; that of all the records of a
file yields it with each place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple
from unicodedata import normalize

from factcli.dates import DateError, span
from factcli.lexicon import Lexicon
from factcli.lexicon.codes import ALPHA_2, COUNTRIES, CURRENCIES
from factcli.model import LANGUAGES
from factcli.names.typos import nearest
from factcli.records import schema
from factcli.records.problems import Candidate, Place, Problem
from factcli.text import fold
from factcli.text.json_line import json_line
from factcli.text.quote import enumerate_values, quote

MAPPING_HINT = (
    "read it by a mapping: `factcli map FILE` drafts one, `factcli --db FILE import --map MAPPING.toml` uses it"
)
"""How a table or JSON of another form comes in."""

Values = tuple[str, ...]
Record = dict[str, Any]


class Rule(NamedTuple):
    """A row of the table. In `what` and `fix`, `{}` stand for values, which `check` returns or whoever reports it has.

    `subject` is what the rule is about: how records are read (`file`, `csv`, `mapping`, `record`, `import`), a keyword
    or a `format` of the schema, the `characters` of a text, a field of a fact (`fact.date`), all records that are read
    together (`facts`), or a fact and the text that it cites (`evidence`).
    """

    code: str
    subject: str
    what: str
    fix: str
    check: Callable[..., Any] = lambda _: None


def problem(code: str, place: Place, field: str = "", *values: str) -> Problem:
    """The problem that the rule of this code is broken at `place`; `values` stand for the `{}` of its row, in order."""
    rule = RULES[code]
    used = rule.what.count("{}")
    severity = "error" if code[0] == "E" else "warning"
    field = f"{place.table} {field}" if field and place.table != "facts" else field
    what, fix = rule.what.format(*values[:used]), rule.fix.format(*values[used:])
    return Problem(code, severity, place.file, place.record, place.line, field, what, fix)


def suggestion(word: str, known: list[str], limit: int = 20) -> str:
    """The known word that was probably intended, else the first `limit` known words."""
    near = nearest(word, known, 1) if len(word) < 80 else []
    return f"did you mean {near[0]}?" if near else f"it may be {enumerate_values(known, limit)}"


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon()


@cache
def countries_named(name: str) -> Values:
    """The codes of the countries that a name can mean, in either language."""
    return _lexicon().countries_named(fold(name))


# The checks of a value, by its format.


def is_blank(text: str) -> Values | None:
    return () if not text or text.isspace() else None


def without_letters(text: str) -> Values | None:
    return None if any(map(str.isalnum, text)) or is_blank(text) is not None else ()


def spelled_out(text: str) -> Values | None:
    """The length of a text in compatibility decomposition, where single signs stand for whole phrases, as U+FDFA does.

    No alphabet takes more than four characters for a letter and its marks.
    """
    length = 0 if text.isascii() else len(normalize("NFKD", text))
    return (str(length),) if length > 4 * len(text) + 100 else None


@lru_cache(maxsize=1 << 12)
def bad_date(text: str) -> Values | None:
    try:
        span(text)
    except DateError as error:
        what, _, fix = str(error).partition("; ")
        return what, fix
    return None


_COUNTRIES = frozenset(COUNTRIES)
_CURRENCIES = frozenset(CURRENCIES)


def unknown_country(code: str) -> Values | None:
    if code in _COUNTRIES:
        return None
    upper = code.upper()
    codes = [upper] if upper in _COUNTRIES else [ALPHA_2[upper]] if upper in ALPHA_2 else countries_named(code)
    return quote(code), f"write {' or '.join(codes)}" if codes else "write the code of two capital letters, e.g. OM"


def unknown_unit(unit: str) -> Values | None:
    is_word = unit == unit.lower() and unit.strip() and unit.isprintable()
    return None if unit in _CURRENCIES or is_word else (quote(unit),)


def wrong_slug(text: str) -> Values | None:
    return None if len(text) <= schema.MAX_ID_LENGTH and _SLUG.fullmatch(text) else (quote(text),)


def wrong_digest(text: str) -> Values | None:
    return None if _DIGEST.fullmatch(text) else (quote(text),)


# The patterns of the schema without `$`, which in Python also matches before a final line break.
_SLUG = re.compile(schema.SLUG.strip("^$"))
_DIGEST = re.compile(schema.DIGEST["pattern"].strip("^$"))


# The checks of a fact.


def basis_without_date(fact: Record) -> Values | None:
    basis = fact.get("date_basis")
    return (basis,) if fact.get("date") is None and basis in ("stated", "inferred") else None


def date_without_basis(fact: Record) -> Values | None:
    is_dated = fact.get("date") is not None and fact.get("date_basis") == "unknown"
    return (quote(str(fact["date"])),) if is_dated else None


def inferred_without_note(fact: Record) -> Values | None:
    return () if fact.get("date_basis") == "inferred" and not fact.get("date_note") else None


def linked_to_itself(fact: Record) -> Values | None:
    links = fact.get("links")
    own = isinstance(links, list) and any(isinstance(x, dict) and x.get("fact") == fact.get("id") for x in links)
    return () if own else None


# The checks of what is kept under `extra` of a record.


def long_extra(extra: Any) -> Values | None:
    length = len(json_line(extra)) if isinstance(extra, dict) and not deep_extra(extra) else 0
    return (str(length), str(schema.MAX_EXTRA_LENGTH)) if length > schema.MAX_EXTRA_LENGTH else None


def deep_extra(extra: Any) -> Values | None:
    level = [extra]
    for _ in range(schema.MAX_EXTRA_DEPTH):
        level = [item for value in level if isinstance(value, dict | list)
                 for item in (value.values() if isinstance(value, dict) else value)]  # fmt: skip
    return (str(schema.MAX_EXTRA_DEPTH),) if any(isinstance(value, dict | list) for value in level) else None


# The checks of all records that are read together, each of which is valid by itself.


class RecordSet(NamedTuple):
    """Facts with their places, entities and sources by id."""

    facts: list[Candidate]
    entities: dict[str, Record]
    sources: dict[str, Record]

    def each(self, key: str) -> Iterator[tuple[Place, Record, str, Record]]:
        """The objects in the list `key` of every fact: place, fact, the field that the object is, the object."""
        for place, fact in self.facts:
            for number, item in enumerate(fact.get(key) or (), 1):
                yield place, fact, f"{key}[{number}]", item


Found = Iterator[tuple[Place, str, Values]]


def unknown_sources(records: RecordSet) -> Found:
    for place, _, field, locator in records.each("sources"):
        if locator["source"] not in records.sources:
            yield place, f"{field}.source", (quote(locator["source"]),)


def unknown_entities(records: RecordSet) -> Found:
    for place, _, field, party in records.each("parties"):
        if party["entity"] not in records.entities:
            yield place, f"{field}.entity", (quote(party["entity"]),)
    for place, fact in records.facts:
        if fact.get("said_by") and fact["said_by"] not in records.entities:
            yield place, "said_by", (quote(fact["said_by"]),)


def unknown_facts(records: RecordSet) -> Found:
    ids = {fact.get("id") for _, fact in records.facts}
    for place, _, field, link in records.each("links"):
        if link["fact"] not in ids:
            yield place, f"{field}.fact", (quote(link["fact"]),)


def wrong_digests(records: RecordSet) -> Found:
    for place, _, field, locator in records.each("sources"):
        if locator.get("quote") and locator.get("digest"):
            right = sha256(locator["quote"].encode()).hexdigest()
            if not right.startswith(locator["digest"]):
                yield place, f"{field}.digest", (right[:12],)


def differing_digests(records: RecordSet) -> Found:
    first: dict[tuple[Any, ...], tuple[str, str]] = {}
    for place, fact, field, locator in records.each("sources"):
        sentence = (locator["source"], locator.get("paragraph"), locator.get("sentence"))
        if locator.get("digest") and None not in sentence:
            digest, other = first.setdefault(sentence, (locator["digest"], str(fact.get("id"))))
            length = min(len(digest), len(locator["digest"]))
            if digest[:length] != locator["digest"][:length]:
                yield place, f"{field}.digest", (quote(other),)


_AS_IMPORT = ", as `factcli --db FILE export | factcli --db FILE import --update -` does"

PARTICIPANTS = ("country", "organization", "company", "person", "fund")
"""The types of entities whose country is a partner of the fact that they are a party to."""


def missing_partners(records: RecordSet) -> Found:
    for place, fact, _, party in records.each("parties"):
        entity = records.entities.get(party["entity"], {})
        country = entity.get("country")
        if country and country not in (fact.get("partners") or ()) and entity.get("type") in PARTICIPANTS:
            yield (
                place,
                "partners",
                (country, quote(party["entity"]), "" if entity["type"] != "country" else _AS_IMPORT),
            )


def duplicates(records: RecordSet) -> Found:
    """Facts of one kind, date and partners that have nearly the same title and are not linked; of 50 before each."""
    titles: dict[tuple[Any, ...], list[tuple[str, set[str], set[str]]]] = {}
    for place, fact in records.facts:
        words = [set(fold(fact["title"].get(language, "")).split()) for language in LANGUAGES]
        linked = {link["fact"] for link in fact.get("links") or ()}
        near = titles.setdefault((fact["kind"], fact.get("date"), *sorted(fact.get("partners") or ())), [])
        for other, *others in near[-50:]:
            if other not in linked and any(map(mostly_equal, words, others)):
                yield place, "title", (quote(other),)
                break
        near.append((str(fact.get("id")), words[0], words[1]))


def mostly_equal(some: set[str], others: set[str]) -> bool:
    """Whether two titles share four of five words and all their numbers: another number is another fact."""
    shared = len(some & others)
    if not shared or 10 * shared < 4 * (len(some) + len(others)):
        return False
    return not any(word[0].isdecimal() or word[-1].isdecimal() for word in some ^ others)


def without_source(records: RecordSet) -> Found:
    for place, fact in records.facts:
        if not fact.get("sources"):
            yield place, "sources", ()


def small_currencies(records: RecordSet) -> Found:
    for place, _, field, number in records.each("numbers"):
        unit = number.get("unit") or ""
        if unit.islower() and unit.upper() in _CURRENCIES and number["what"] in ("value", "price", "cost"):
            yield place, f"{field}.unit", (quote(unit), unit.upper())


_ROWS = (
    # The form of a file.
    Rule("E008", "file", "has the number {}, which is no whole number from 1, of 18 digits at most",
         "give it one that is free"),
    Rule("E009", "file", "has the number {}, which an earlier record has", "give it one that is free"),
    Rule("E010", "file", "holds no records", "give facts as JSON, JSON Lines or CSV"),
    Rule("E011", "file", "is not UTF-8 (byte 0x{})", "save it as UTF-8, or name its encoding in a mapping"),
    Rule("E012", "file", "holds NUL bytes, which are not text", "take them out, or save the file as UTF-8"),
    Rule("E013", "file", "is not JSON: {} at column {}", "correct that place"),
    Rule("E014", "file", "is nested too deeply", "write it as `factcli schema` describes"),
    Rule("E015", "file", "is not JSON that can be kept: {}", "write a finite number of reasonable length"),
    Rule("E016", "file", "{} occurs twice in one object, so one value would be lost", "keep one"),
    Rule("E017", "file", "is neither a fact nor a fact file", f"give one, or {MAPPING_HINT}"),
    Rule("E018", "file", "is neither JSON, JSON Lines nor CSV of facts", f"give one of them, or {MAPPING_HINT}"),
    Rule("E019", "file", "has more than {} problems, and was read no further", "correct these first"),
    Rule("E030", "file", "is {} of another form, without the fields of facts", MAPPING_HINT),
    Rule("E020", "file", "is not a table of factcli", "take it out, or put keys of your own under `extra` of records"),
    Rule("E021", "csv", "is not CSV: {}", "correct the quotes"),
    Rule("E022", "csv", "has {} columns where the header has {}", "correct the line"),
    Rule("E023", "csv", "is not a column that factcli knows", "{}"),
    Rule("E024", "csv", "is not the JSON of a list ({})", "write it as in JSON output"),
    Rule("E025", "csv", "is the name of two columns", "keep one"),
    Rule("E026", "file", "is {}", "write fact, entity or source, or leave it out"),
    Rule("E027", "file", "is {} and not an object of records", "write it as in another fact file"),
    Rule("E028", "csv", "is not a list as CSV has it: {}", "write it as in CSV output"),
    Rule("E029", "csv", "is {}, and the column numbers has no such number", "correct one of them, or empty the other"),
    Rule("E031", "mapping", "has no line with the columns {}",
         "give the file as it was exported, or correct file.header in the mapping"),
    Rule("E032", "mapping", "is {}, no country that factcli knows",
         'give its code in [values.country] of the mapping, "" for what is no state'),
    Rule("E033", "mapping", "is {}, which is not a number", "{}, or name it in [values.number]"),
    Rule("E034", "mapping", "is {}, which [values.{}] of the mapping does not have", "add it there"),
    Rule("E035", "mapping", "is not a column of the file", "correct the mapping: {}"),
    Rule("E036", "mapping", "is not a key of mappings", "{}"),
    Rule("E037", "mapping", "is {}, where braces enclose neither a {{Column}} nor a {{Column|filter}}",
         "correct the braces; {{{{ and }}}} are braces themselves"),
    Rule("E038", "mapping", "has the filter {}, which is none and no table [values.{}] of the mapping", "{}"),
    Rule("E039", "mapping", "is {}", "write a text in quotes, a finite number, a list or a table"),
    Rule("E040", "mapping", "{} {}", "{}"),
    Rule("E041", "mapping", "is {}, which can be {}", "say which in [values.country] of the mapping"),
    Rule("E042", "mapping", "is {}, which is no {} code of a country", "give its alpha-2 code in [values.country]"),
    Rule("E043", "mapping", "is {}, {}", "write its code as in {{…|currency:USD}}, {}"),
    Rule("E044", "mapping", "is {}, {}", "correct the cell or the mapping"),
    Rule("E045", "mapping", "{} is the key of line {} as well",
         "make the key tell them apart, or set merge = true where rows of one key are one fact"),
    Rule("E046", "mapping", "is {}, but {} in line {}", "correct one of them, or make the key tell them apart"),
    Rule("E047", "mapping", "{} cannot be whole: line {} is wrong", "correct that line"),
    Rule("E048", "mapping", "has {} columns, more than {}", "give the file of a table"),
    Rule("E049", "mapping", "{} {}", "{}"),
    Rule("E050", "mapping", "is an object without records at file.property", "{}"),
    Rule("E051", "mapping", "gives the filter {} {}", "it takes {}"),
    Rule("E053", "mapping", "has {}, but its block has no each with items", "name a column, or add each"),
    Rule("E052", "mapping", "is empty, but the key of the row", "make the key of columns that are filled"),
    # Given records and the records of the file.
    Rule("E001", "record", "is {} and not an object", "write a JSON object with kind and title"),
    Rule("E002", "record", "is missing", "give the record an id"),
    Rule("E003", "record", "{} is also the id of {}", "give one of them another id"),
    Rule("E004", "import", "{} is already in the file {}",
         "leave it out, give it another id, or replace it with --update"),
    Rule("E005", "import", "differs from what the file has for {}", "correct it, or replace it with --update"),
    Rule("E006", "record", "has more than {} problems", "correct these first"),
    # The shape of a record, by the keyword of the schema.
    Rule("E101", "type", "is {} and not {}", "write {}"),
    Rule("E102", "required", "is missing", "write {}"),
    Rule("E103", "additionalProperties", "is not a field that factcli knows",
         "{} (put keys of your own under `extra`)"),
    Rule("E104", "enum", "is {}, which is not one of the values it may have", "{}"),
    Rule("E105", "maxLength", "has {} characters, more than {}", "shorten it"),
    Rule("E106", "maxItems", "has {} items, more than {}", "split it into several records"),
    Rule("E107", "minimum", "is {}", "write {}"),
    Rule("E108", "pattern", "is {}", "write {}"),
    Rule("E109", "minProperties", "is empty", "write {}"),
    # A value, by its format.
    Rule("E201", "plain-text", "is empty", "write something or leave the field out", is_blank),
    Rule("E202", "plain-text", "has no letters or digits", "write text", without_letters),
    Rule("E211", "edtf", "{}", "{}", bad_date),
    Rule("E221", "country", "is {}, which is not an ISO 3166-1 alpha-2 code", "{}", unknown_country),
    Rule("E222", "unit", "is {}, which is neither an ISO 4217 code in capitals nor a unit in small letters",
         "write USD, or missile", unknown_unit),
    Rule("E223", "slug", "is {}", f"use a-z 0-9 - and . only, {schema.MAX_ID_LENGTH} characters at most", wrong_slug),
    Rule("E224", "digest", f"is {{}}, which is not {schema.DIGEST['description']}", "write hex digits 0-9 a-f",
         wrong_digest),
    # The characters of a text; which of them break which rule is in the table of `text.unsafe`.
    Rule("E207", "plain-text", "stands for {} characters, spelled out as it is searched", "write it in plain letters",
         spelled_out),
    Rule("E203", "characters", "holds the control character U+{}", "take it out"),
    Rule("E204", "characters", "holds the direction character U+{}, which reorders the text around it", "take it out"),
    Rule("E205", "characters", "holds a line break (U+{})", "write it on one line"),
    Rule("E206", "characters", "holds U+{}, which is not text", "take it out"),
    Rule("W311", "characters", "holds U+{}, which is not displayed", "take it out"),
    # A fact and the text that it cites.
    Rule("E401", "evidence", "does not stand in the text of {}", "copy it from there, or correct the locator"),
    Rule("E402", "evidence", "has a digest that no sentence of {} has", "read the passage again, and correct the fact"),
    Rule("E403", "evidence", "stands in several places of {}", "give its paragraph and sentence"),
    Rule("E404", "evidence", "is {}, which the text does not have", "correct it, or cite the passage that has it"),
    Rule("E405", "evidence", "is {}, where the passage has {}", "correct it, or cite the passage that has it"),
    Rule("E406", "evidence", "cites no source whose text is given", "give --text SOURCE=FILE for it"),
    Rule("W401", "evidence", "is {}, which the passage does not have, but the article ({})",
         "cite that sentence as well"),
    # A fact.
    Rule("E231", "fact.date", "is missing, but date_basis is {}", "write the date, or make date_basis unknown",
         basis_without_date),
    Rule("E232", "fact.date_basis", "is unknown, but there is a date ({})", "write stated or inferred",
         date_without_basis),
    Rule("E233", "fact.date_note", "is missing, but the date is inferred", "give the reason: what it is inferred from",
         inferred_without_note),
    Rule("E234", "fact.links", "link the fact to itself", "take that link out", linked_to_itself),
    # What is kept under `extra` of a record.
    Rule("E241", "extra", "has {} characters as JSON, more than {}", "shorten it", long_extra),
    Rule("E242", "extra", "has more than {} levels of lists and objects", "flatten it", deep_extra),
    # All records that are read together.
    Rule("W301", "facts", "names the source {}, which is not in the file", "add it, or correct the id",
         unknown_sources),
    Rule("W302", "facts", "names the entity {}, which is not in the file", "add it, or correct the id",
         unknown_entities),
    Rule("W303", "facts", "names the fact {}, which is not in the file", "add it, or take the link out", unknown_facts),
    Rule("W304", "facts", "does not match the quote, whose sha256 begins with {}", "correct the quote or the digest",
         wrong_digests),
    Rule("W305", "facts", "differs from the digest that the fact {} has of the same sentence", "correct the wrong one",
         differing_digests),
    Rule("W306", "facts", "does not include {}, the country of {}", "add it{}, or correct the entity's country",
         missing_partners),
    Rule("W307", "facts", "is probably a duplicate of the fact {}", "link them with same-as, or remove one",
         duplicates),
    Rule("W308", "record", "{} is also the id of a different fact in {}", "keep one; look-ups show the later file's"),
    Rule("W309", "facts", "is empty: the fact cites no source", "cite where it was read", without_source),
    Rule("W310", "facts", "is {}", "if it means money, write {}", small_currencies),
)  # fmt: skip

RULES = {rule.code: rule for rule in _ROWS}


def rules_of(subject: str) -> list[Rule]:
    """The rules about a subject, in the order in which they are reported."""
    return [rule for rule in _ROWS if rule.subject == subject]
