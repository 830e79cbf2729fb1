"""Is the data right? Records and files against their rules; every problem is a `Finding`, none an exception.

Two layers. The shape of a record is that of its definition in `schema`, walked by functions made from it once. What a
schema cannot say are rules: of one text (E2), of one record (E23 and on), of a whole file (E3 and W3). The message of a
rule is its docstring; see `findings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from factcli.dates import DateError, span
from factcli.lexicon.codes import ALPHA_2, COUNTRIES, CURRENCIES
from factcli.model import LANGUAGES
from factcli.records import schema
from factcli.records.problems import Candidate, CountryCode, Finding, Place, Rule, found
from factcli.records.schema import Node
from factcli.store.decode import type_name as named
from factcli.text import fold
from factcli.text.quote import enumerate_values, quote

Report = Callable[..., None]
"""Called as `report(rule, field, *said)` for each problem of a record."""

Walk = Callable[[Any, str, Report], None]
"""Goes through a value at a field and reports what is wrong with it."""


# The shape.


def e101_type() -> None:
    """is {} and not {}; write {}"""


def e102_missing() -> None:
    """is missing; write {}"""


def e103_unknown_key() -> None:
    """is not a field that factcli knows; {}"""


def e104_choice() -> None:
    """is {}, which is not one of the values it may have; {}"""


def e105_length() -> None:
    """has {} characters, more than {}; shorten it"""


def e106_items() -> None:
    """has {} items, more than {}; split it into several records"""


def e107_bounds() -> None:
    """is {}; write {}"""


def e108_pattern() -> None:
    """is {}; write {}"""


def e109_empty_object() -> None:
    """is empty; write {}"""


_NULL = type(None)
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "number": (int, float),
    "integer": (int,),
    "null": (type(None),),
}
_NAMES = {"string": "a text", "object": "an object", "array": "a list", "number": "a number", "integer": "a number"}


def walk_of(node: Node) -> Walk:
    """The function that walks values of this definition."""
    names = node["type"] if isinstance(node["type"], list) else [node["type"]]
    kinds = {kind for name in names for kind in _KINDS[name]}
    deeper, wanted = _deeper(node, names[0]), _NAMES[names[0]]
    hint = node.get("description", wanted)

    def walk(value: Any, field: str, report: Report) -> None:
        kind = type(value)
        if kind not in kinds:
            report(e101_type, field, named(value), wanted, hint)
        elif kind is not _NULL:
            deeper(value, field, report)

    return walk


def _deeper(node: Node, name: str) -> Walk:
    """The walk of a value that has the right type."""
    if name == "object":
        return _object_walk(node)
    if name == "array":
        return _array_walk(node)
    if "format" in node:
        return _format_walk(node)
    if "enum" in node:
        return _choice_walk(node)
    return _pattern_walk(node) if name == "string" else _bounds_walk(node)


def _object_walk(node: Node) -> Walk:
    properties: dict[str, Node] = node.get("properties", {})
    walks = {key: walk_of(inner) for key, inner in properties.items()}
    hints = {key: properties[key].get("description", "a value") for key in node.get("required", ())}
    is_closed, at_least = node.get("additionalProperties") is False, node.get("minProperties", 0)

    def walk(value: Any, field: str, report: Report) -> None:
        start = f"{field}." if field else ""
        for key, hint in hints.items():
            if value.get(key) is None:
                report(e102_missing, start + key, hint)
        for key, item in value.items():
            if key in walks:
                if item is not None or key not in hints:
                    walks[key](item, start + key, report)
            elif is_closed:
                report(e103_unknown_key, start + key, _suggestion(key, list(walks)))
        if len(value) < at_least:
            report(e109_empty_object, field, node["description"])

    return walk


def _array_walk(node: Node) -> Walk:
    inner, most = walk_of(node["items"]), node["maxItems"]

    def walk(value: Any, field: str, report: Report) -> None:
        if len(value) > most:
            report(e106_items, field, str(len(value)), str(most))
            return
        for place, item in enumerate(value, 1):
            inner(item, f"{field}[{place}]", report)

    return walk


def _choice_walk(node: Node) -> Walk:
    values = set(node["enum"])
    known = [str(value) for value in node["enum"] if value is not None]

    def walk(value: Any, field: str, report: Report) -> None:
        if value not in values:
            report(e104_choice, field, quote(str(value)), _suggestion(str(value), known))

    return walk


def _pattern_walk(node: Node) -> Walk:
    pattern = re.compile(node.get("pattern", ""))

    def walk(value: Any, field: str, report: Report) -> None:
        if not pattern.search(value):
            report(e108_pattern, field, quote(value), node["description"])

    return walk


def _bounds_walk(node: Node) -> Walk:
    least, most = node["minimum"], node["maximum"]

    def walk(value: Any, field: str, report: Report) -> None:
        if not least <= value <= most:
            report(e107_bounds, field, _figure(value), node["description"])

    return walk


def _figure(value: Any) -> str:
    """The number as a message may carry it; Python refuses to write out very long ones."""
    if abs(value) <= 1e300:
        return str(value)
    return "an infinite number" if isinstance(value, float) else "a number of hundreds of digits"


def _suggestion(word: str, known: list[str]) -> str:
    """Which of the known words may be meant, else all of them."""
    from difflib import get_close_matches

    close = get_close_matches(word.casefold(), known, 1) if len(word) < 80 else []
    return f"did you mean {close[0]}?" if close else f"it may be {enumerate_values(known, 20)}"


# The rules of one text, by the `format` of the definition. Each yields what its message says.


def e201_empty(text: str) -> bool:
    """is empty; write something or leave the field out"""
    return not text or text.isspace()


def e202_letters(text: str) -> bool:
    """has no letters or digits; write text"""
    return not any(map(str.isalnum, text))


_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def e203_control(char: str) -> bool:
    """holds the control character U+{}; take it out"""
    return char <= "\x1f" or "\x7f" <= char <= "\x9f" or "\U000e0000" <= char <= "\U000e007f"


def e204_direction(char: str) -> bool:
    """holds the direction character U+{}, which reorders what stands around it; take it out"""
    return char in _DIRECTIONS


def e205_line_break(char: str) -> bool:
    """holds a line break (U+{}); write it on one line"""
    return char in _BREAKS


def e206_not_text(char: str) -> bool:
    """holds U+{}, which is not text; take it out"""
    return (
        "\ud800" <= char <= "\uf8ff"
        or "\ufdd0" <= char <= "\ufdef"
        or char >= "\U000f0000"
        or ord(char) & 0xFFFE == 0xFFFE
    )


def _plain_text(node: Node) -> Walk:
    most = node["maxLength"]

    def walk(value: Any, field: str, report: Report) -> None:
        if len(value) > most:
            report(e105_length, field, str(len(value)), str(most))
        elif e201_empty(value):
            report(e201_empty, field)
        elif not value.isprintable() and _foreign(value, field, report):
            return
        elif e202_letters(value):
            report(e202_letters, field)

    return walk


def _foreign(text: str, field: str, report: Report) -> bool:
    """Reports the first character of each kind that has no place in a text; whether there was one."""
    bad: dict[Rule, str] = {}
    for char in filter(lambda char: not char.isprintable(), text):
        for rule in (e205_line_break, e203_control, e204_direction, e206_not_text):
            if rule(char):
                bad.setdefault(rule, f"{ord(char):04X}")
                break
    for rule, code in bad.items():
        report(rule, field, code)
    return bool(bad)


def e211_date(text: str) -> str | None:
    """{}; {}"""
    try:
        span(text)
    except DateError as error:
        return str(error)
    return None


def _edtf(_: Node) -> Walk:
    known: dict[str, str | None] = {}

    def walk(value: Any, field: str, report: Report) -> None:
        if value not in known:
            known[value] = e211_date(value)
        refusal = known[value]
        if refusal is not None:
            what, _, fix = refusal.partition("; ")
            report(e211_date, field, what, fix)

    return walk


def e221_country(code: str) -> bool:
    """is {}, which is no ISO 3166-1 alpha-2 code; {}"""
    return code not in _COUNTRIES


_COUNTRIES = frozenset(COUNTRIES)


def e222_unit(unit: str) -> bool:
    """is {}, which is neither an ISO 4217 code in capitals nor a unit in small letters; {}"""
    return unit not in _CURRENCIES and (unit != unit.lower() or not unit.strip() or not unit.isprintable())


_CURRENCIES = frozenset(CURRENCIES)


def e223_slug(text: str) -> bool:
    """is {}; use a-z 0-9 - and . only, {} characters at most"""
    return len(text) > schema.ID_LENGTH or not _SLUG.fullmatch(text)


_SLUG = re.compile(schema.SLUG.strip("^$"))


def e224_digest(text: str) -> bool:
    """is {}, which is not {}; write hex digits 0-9 a-f"""
    return not _DIGEST.fullmatch(text)


_DIGEST = re.compile(schema.DIGEST["pattern"].strip("^$"))


def _country(_: Node) -> Walk:
    def walk(value: Any, field: str, report: Report) -> None:
        if e221_country(value):
            report(e221_country, field, quote(value), value)

    return walk


def _unit(_: Node) -> Walk:
    def walk(value: Any, field: str, report: Report) -> None:
        if e222_unit(value):
            near = _suggestion(value.upper(), list(CURRENCIES)) if len(value) == 3 else "write USD, or missile"
            report(e222_unit, field, quote(value), near if near.startswith("did") else "write USD, or missile")

    return walk


def _slug(_: Node) -> Walk:
    def walk(value: Any, field: str, report: Report) -> None:
        if e223_slug(value):
            report(e223_slug, field, quote(value), str(schema.ID_LENGTH))

    return walk


def _digest(node: Node) -> Walk:
    def walk(value: Any, field: str, report: Report) -> None:
        if e224_digest(value):
            report(e224_digest, field, quote(value), node["description"])

    return walk


_FORMATS: dict[str, Callable[[Node], Walk]] = {
    "plain-text": _plain_text,
    "edtf": _edtf,
    "country": _country,
    "unit": _unit,
    "slug": _slug,
    "digest": _digest,
}


def _format_walk(node: Node) -> Walk:
    return _FORMATS[node["format"]](node)


_WALKS = {table: walk_of(node) for table, node in schema.TABLES.items()}


# The rules of one record. Each yields the fields it finds wrong.


def e231_undated(fact: dict[str, Any]) -> Iterator[str]:
    """has no date, but date_basis says {}; write the date, or let date_basis be unknown"""
    if fact.get("date") is None and fact.get("date_basis") in ("stated", "inferred"):
        yield fact["date_basis"]


def e232_dated(fact: dict[str, Any]) -> Iterator[str]:
    """is unknown, but there is a date ({}); write stated or inferred"""
    if fact.get("date") is not None and fact.get("date_basis") == "unknown":
        yield quote(str(fact["date"]))


def e233_reason(fact: dict[str, Any]) -> Iterator[str]:
    """is missing, but the date is inferred; give the reason, i.e. from what it is inferred"""
    if fact.get("date_basis") == "inferred" and not fact.get("date_note"):
        yield ""


def e234_own_link(fact: dict[str, Any]) -> Iterator[str]:
    """link the fact to itself; take that link out"""
    if any(isinstance(link, dict) and link.get("fact") == fact.get("id") for link in _listed(fact, "links")):
        yield ""


_RECORD_RULES: tuple[tuple[Callable[[dict[str, Any]], Iterator[str]], str], ...] = (
    (e231_undated, "date"),
    (e232_dated, "date_basis"),
    (e233_reason, "date_note"),
    (e234_own_link, "links"),
)


def e001_record() -> None:
    """is {} and not an object; write a JSON object with kind and title"""


def e002_no_id() -> None:
    """is missing; give the record an id"""


def e003_twice() -> None:
    """{} is also the id of {}; give one of them another id"""


def _listed(record: dict[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def record_findings(candidate: Candidate, country_code: CountryCode = lambda _: ()) -> list[Finding]:
    """The errors of one record."""
    place, record = candidate
    if not isinstance(record, dict):
        return [found(e001_record, place, "", named(record))]
    problems: list[Finding] = []

    def report(rule: Rule, field: str, *said: str) -> None:
        if rule is e221_country:
            said = (said[0], _country_hint(said[1], country_code))
        problems.append(found(rule, place, field, *said))

    _WALKS[place.table](record, "", report)
    if place.table == "facts":
        for rule, field in _RECORD_RULES:
            problems.extend(found(rule, place, field, said) for said in rule(record))
    return problems


def _country_hint(word: str, country_code: CountryCode) -> str:
    """The code that a wrong country may stand for."""
    upper = word.upper()
    codes = [upper] if upper in _COUNTRIES else [ALPHA_2[upper]] if upper in ALPHA_2 else list(country_code(fold(word)))
    return f"write {' or '.join(codes)}" if codes else "write the code of two capital letters, e.g. OM"


# The rules of a file.


class Known(NamedTuple):
    """Well-formed records side by side: facts with their places, entities and sources by id."""

    facts: list[tuple[Place, dict[str, Any]]]
    entities: dict[str, dict[str, Any]]
    sources: dict[str, dict[str, Any]]


Said = Iterator[tuple[Place, str, tuple[str, ...]]]
"""Where a rule of a file finds something, the field, and what its message says."""


def w301_source(known: Known) -> Said:
    """names the source {}, which is not in the file; add it, or mend the id"""
    for place, fact in known.facts:
        for number, locator in enumerate(_listed(fact, "sources"), 1):
            if locator["source"] not in known.sources:
                yield place, f"sources[{number}].source", (quote(locator["source"]),)


def w302_entity(known: Known) -> Said:
    """names the entity {}, which is not in the file; add it, or mend the id"""
    for place, fact in known.facts:
        for number, party in enumerate(_listed(fact, "parties"), 1):
            if party["entity"] not in known.entities:
                yield place, f"parties[{number}].entity", (quote(party["entity"]),)
        if fact.get("said_by") and fact["said_by"] not in known.entities:
            yield place, "said_by", (quote(fact["said_by"]),)


def w303_link(known: Known) -> Said:
    """leads to the fact {}, which is not in the file; add it, or take the link out"""
    ids = {fact.get("id") for _, fact in known.facts}
    for place, fact in known.facts:
        for number, link in enumerate(_listed(fact, "links"), 1):
            if link["fact"] not in ids:
                yield place, f"links[{number}].fact", (quote(link["fact"]),)


def w304_digest(known: Known) -> Said:
    """does not fit the quote, whose sha256 begins with {}; mend the quote or the digest"""
    from hashlib import sha256

    for place, fact in known.facts:
        for number, locator in enumerate(_listed(fact, "sources"), 1):
            if locator.get("quote") and locator.get("digest"):
                right = sha256(locator["quote"].encode()).hexdigest()
                if not right.startswith(locator["digest"]):
                    yield place, f"sources[{number}].digest", (right[:12],)


def w305_digests(known: Known) -> Said:
    """differs from the digest that the fact {} gives of the same sentence; one of them is wrong"""
    first: dict[tuple[Any, ...], tuple[str, str]] = {}
    for place, fact in known.facts:
        for number, locator in enumerate(_listed(fact, "sources"), 1):
            where = (locator["source"], locator.get("paragraph"), locator.get("sentence"))
            if locator.get("digest") and None not in where:
                digest, said_by = first.setdefault(where, (locator["digest"], str(fact.get("id"))))
                length = min(len(digest), len(locator["digest"]))
                if digest[:length] != locator["digest"][:length]:
                    yield place, f"sources[{number}].digest", (quote(said_by),)


TAKES_PART = ("country", "organization", "company", "person", "fund")


def w306_partner(known: Known) -> Said:
    """leave out {}, the country of {}; add it, or mend the entity's country"""
    for place, fact in known.facts:
        partners = _listed(fact, "partners")
        for party in _listed(fact, "parties"):
            entity = known.entities.get(party["entity"], {})
            country = entity.get("country")
            if country and country not in partners and entity.get("type") in TAKES_PART:
                yield place, "partners", (country, quote(party["entity"]))


def w307_duplicate(known: Known) -> Said:
    """is probably told already by the fact {}; link them with same-as, or remove one"""
    alike: dict[tuple[Any, ...], list[tuple[str, set[str], set[str]]]] = {}
    for place, fact in known.facts:
        words = [set(fold(fact["title"].get(language, "")).split()) for language in LANGUAGES]
        links = {link["fact"] for link in _listed(fact, "links")}
        near = alike.setdefault((fact["kind"], fact.get("date"), *sorted(_listed(fact, "partners"))), [])
        for other, *others in near[-50:]:
            if other not in links and any(map(_mostly_the_same, words, others)):
                yield place, "title", (quote(other),)
                break
        near.append((str(fact.get("id")), words[0], words[1]))


def _mostly_the_same(some: set[str], others: set[str]) -> bool:
    """Whether two titles share four of five words and all their figures: another number is another fact."""
    shared = len(some & others)
    if not shared or 10 * shared < 4 * (len(some) + len(others)):
        return False
    return not any(word[0].isdecimal() or word[-1].isdecimal() for word in some ^ others)


def w309_sourceless(known: Known) -> Said:
    """is empty: the fact cites no source; say where it was read"""
    for place, fact in known.facts:
        if not _listed(fact, "sources"):
            yield place, "sources", ()


def w310_currency(known: Known) -> Said:
    """is {}; if it means money, write {}"""
    for place, fact in known.facts:
        for number, figure in enumerate(_listed(fact, "numbers"), 1):
            unit = figure.get("unit") or ""
            if unit.islower() and unit.upper() in _CURRENCIES and figure["what"] in ("value", "price", "cost"):
                yield place, f"numbers[{number}].unit", (quote(unit), unit.upper())


_FILE_RULES: tuple[Callable[[Known], Said], ...] = (
    w301_source, w302_entity, w303_link, w304_digest, w305_digests, w306_partner, w307_duplicate, w309_sourceless,
    w310_currency,
)  # fmt: skip


def w308_elsewhere() -> None:
    """{} is also the id of a different fact in {}; the later file is the one that look-ups show"""


def findings(candidates: Sequence[Candidate], country_code: CountryCode = lambda _: ()) -> list[Finding]:
    """All problems of the records, which are those of one file or of several that are read together."""
    problems: list[Finding] = []
    sound: list[Candidate] = []
    for candidate in candidates:
        errors = record_findings(candidate, country_code)
        problems.extend(errors)
        if not errors:
            sound.append(candidate)
    problems.extend(_identity_findings(sound))
    known = _known(sound)
    problems.extend(found(rule, place, field, *said) for rule in _FILE_RULES for place, field, said in rule(known))
    return problems


def _identity_findings(candidates: Iterable[Candidate]) -> Iterator[Finding]:
    """What is wrong with ids: missing, twice in a file, or different in two files."""
    seen: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        place, record = candidate
        if place.table == "meta":
            continue
        if record.get("id") is None:
            yield found(e002_no_id, place, "id")
            continue
        first = seen.setdefault((place.table, record["id"]), candidate)
        if first.place.file == place.file and first is not candidate:
            yield twice(candidate, first.place)
        elif first is not candidate and first.value != record and place.table == "facts":
            yield found(w308_elsewhere, place, "id", quote(record["id"]), quote(first.place.file))


def twice(candidate: Candidate, first: Place) -> Finding:
    """The finding of an id that a record before, at `first`, has already."""
    return found(e003_twice, candidate.place, "id", quote(candidate.value["id"]), f"record {first.record}")


def _known(candidates: Sequence[Candidate]) -> Known:
    tables: dict[str, list[Candidate]] = {table: [] for table in schema.TABLES}
    for candidate in candidates:
        tables[candidate.place.table].append(candidate)
    entities, sources = ({c.value["id"]: c.value for c in tables[table]} for table in ("entities", "sources"))
    return Known([(c.place, c.value) for c in tables["facts"]], entities, sources)
