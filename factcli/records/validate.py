"""Records against their rules: first the shape that `schema` defines, then what a schema cannot express.

The schema is compiled once, to a function for each node that walks through a value and reports what is wrong with it
and where. So a record costs a call for each of its values, and the published schema cannot say anything else than what
is checked.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from factcli.model import OPTIONAL_KEY
from factcli.records import schema
from factcli.records.problems import GIVEN, Candidate, Place, Problem
from factcli.records.rules import RecordSet, problem, rules_of, suggestion
from factcli.records.schema import Node
from factcli.store.decode import type_name
from factcli.text import unsafe
from factcli.text.quote import quote, quote_path, shorten

Report = Callable[..., None]
"""Called as `report(code, field, *values)` for each problem of a record."""

Walk = Callable[[Any, str, Report], None]
"""Goes through a value at a field and reports what is wrong with it."""

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_NAMES = {"string": "a text", "object": "an object", "array": "a list", "number": "a number", "integer": "a number",
          "boolean": "true or false"}  # fmt: skip


def compiled(node: Node) -> Walk:
    """The walk through values of this definition."""
    names = node["type"] if isinstance(node["type"], list) else [node["type"]]
    walks: dict[type, Walk] = {}
    for name in names:
        make = {"object": _object_walk, "array": _array_walk, "null": _free_walk, "boolean": _free_walk}
        walks.update(dict.fromkeys(_PYTHON_TYPES[name], make.get(name, _scalar_walk)(node)))
    wanted = _NAMES[names[0]]
    hint = node.get("description", wanted)

    def walk(value: Any, field: str, report: Report) -> None:
        inside = walks.get(type(value))
        if inside is None:
            report("E101", field, type_name(value), wanted, hint)
        else:
            inside(value, field, report)

    return walk


def _free_walk(_: Node) -> Walk:
    """The walk of a value that is right whatever it is."""
    return lambda value, field, report: None


def _object_walk(node: Node) -> Walk:
    properties: dict[str, Node] = node.get("properties", {})
    walks = {key: compiled(inner) for key, inner in properties.items()}
    hints = {key: properties[key].get("description", "a value") for key in node.get("required", ())}
    is_closed, min_size = node.get("additionalProperties") is False, node.get("minProperties", 0)

    def walk(value: Any, field: str, report: Report) -> None:
        start = f"{field}." if field else ""
        for key, hint in hints.items():
            if value.get(key) is None:
                report("E102", start + key, hint)
        for key, item in value.items():
            if key in walks:
                if item is not None or key not in hints:
                    walks[key](item, start + key, report)
            elif is_closed:
                report("E103", start + key, suggestion(key, list(walks)))
        if len(value) < min_size:
            report("E109", field, node["description"])

    return walk


def _array_walk(node: Node) -> Walk:
    inner, limit = compiled(node["items"]), node["maxItems"]

    def walk(value: Any, field: str, report: Report) -> None:
        if len(value) > limit:
            report("E106", field, str(len(value)), str(limit))
            return
        for place, item in enumerate(value, 1):
            inner(item, f"{field}[{place}]", report)

    return walk


def _scalar_walk(node: Node) -> Walk:
    """The walk of a text or a number: by its format, else by the keyword that limits its values."""
    if "format" in node:
        return _format_walk(node)
    if "enum" in node:
        return _choice_walk(node)
    return _bounds_walk(node) if "minimum" in node else _pattern_walk(node)


def _format_walk(node: Node) -> Walk:
    rules = [(rule.code, rule.check) for rule in rules_of(node["format"])]
    limit = node["maxLength"] if node["format"] in ("plain-text", "unit") else float("inf")
    is_displayed = node["format"] == "plain-text"

    def walk(value: Any, field: str, report: Report) -> None:
        if len(value) > limit:
            report("E105", field, str(len(value)), str(limit))
            return
        for code, check in rules:
            if (values := check(value)) is not None:
                report(code, field, *values)
        if is_displayed and not value.isprintable():
            _report_unsafe(value, field, report)

    return walk


def _report_unsafe(text: str, field: str, report: Report) -> None:
    """Reports the unsafe characters of a text that is not blank, the first for each rule."""
    for code, char in unsafe.problems(text).items() if not text.isspace() else ():
        report(code, field, char)


def _choice_walk(node: Node) -> Walk:
    allowed = set(node["enum"])
    known = [str(value) for value in node["enum"] if value is not None]

    def walk(value: Any, field: str, report: Report) -> None:
        if value not in allowed:
            report("E104", field, quote(str(value)), suggestion(str(value), known))

    return walk


def _pattern_walk(node: Node) -> Walk:
    pattern = re.compile(node.get("pattern", ""))

    def walk(value: Any, field: str, report: Report) -> None:
        if not pattern.search(value):
            report("E108", field, quote(value), node["description"])
        elif not value.isprintable():
            _report_unsafe(value, field, report)

    return walk


def _bounds_walk(node: Node) -> Walk:
    minimum, maximum = node["minimum"], node["maximum"]

    def walk(value: Any, field: str, report: Report) -> None:
        if not minimum <= value <= maximum:
            report("E107", field, _format_number(value), node["description"])

    return walk


def _format_number(value: Any) -> str:
    """The number as a message may carry it; Python refuses to write out very long ones."""
    if isinstance(value, int) and abs(value) > 10**100:
        return "a number of hundreds of digits"
    return shorten(str(value), 40)


_WALKS = {table: compiled(node) for table, node in schema.TABLES.items()}
_FACT_RULES = [
    (rule.code, field, rule.check) for field in schema.FACT["properties"] for rule in rules_of(f"fact.{field}")
]
_EXTRA_RULES = [(rule.code, rule.check) for rule in rules_of("extra")]

MAX_PROBLEMS_OF_A_RECORD = 100
"""Problems after which a record is left: to look for the near name of each of 100,000 wrong keys takes a minute."""


class _EnoughError(Exception):
    """Ends the walk through a record."""


def validate(candidate: Candidate) -> list[Problem]:
    """The problems of one record by itself."""
    place, record = candidate
    if not isinstance(record, dict):
        return [problem("E001", place, "", type_name(record))]
    problems: list[Problem] = []

    def report(code: str, field: str, *values: str) -> None:
        if len(problems) == MAX_PROBLEMS_OF_A_RECORD:
            problems.append(problem("E006", place, "", str(MAX_PROBLEMS_OF_A_RECORD)))
            raise _EnoughError
        problems.append(problem(code, place, field, *values))

    with contextlib.suppress(_EnoughError):
        _WALKS[place.table](record, "", report)
        extra = record.get(OPTIONAL_KEY) if place.table != "meta" else None
        for code, check in _EXTRA_RULES if extra else ():
            if (values := check(extra)) is not None:
                report(code, OPTIONAL_KEY, *values)
        for code, field, check in _FACT_RULES if place.table == "facts" else ():
            if (values := check(record)) is not None:
                report(code, field, *values)
    return problems


def validate_together(candidates: Iterable[Candidate]) -> Iterator[Problem]:
    """The problems that valid records of one file, or of several read together, have beside those of each alone."""
    tables: dict[str, list[Candidate]] = {table: [] for table in schema.TABLES}
    for candidate in candidates:
        tables[candidate.place.table].append(candidate)
    for table in ("facts", "entities", "sources"):
        yield from _identity_problems(tables[table])
    entities, sources = ({c.value["id"]: c.value for c in tables[table]} for table in ("entities", "sources"))
    records = RecordSet(tables["facts"], entities, sources)
    for rule in rules_of("facts"):
        yield from (problem(rule.code, place, field, *values) for place, field, values in rule.check(records))


def _identity_problems(candidates: Iterable[Candidate]) -> Iterator[Problem]:
    """The problems of ids in one table: missing, twice in a file, different in two files."""
    seen: dict[str, Candidate] = {}
    for candidate in candidates:
        place, record = candidate
        if record.get("id") is None:
            if place.origin == GIVEN:  # what a mapping makes gets its id when it is imported
                yield problem("E002", place, "id")
            continue
        first = seen.setdefault(record["id"], candidate)
        if first is candidate:
            continue
        if first.place.file == place.file:
            yield repeated_id(candidate, first.place)
        elif first.value != record and place.table == "facts":
            yield problem("W308", place, "id", quote(record["id"]), quote(first.place.file))


def repeated_id(candidate: Candidate, first: Place) -> Problem:
    """The problem of an id that an earlier record, at `first`, has already."""
    where = f"record {first.record}" + (f" of {quote_path(first.file)}" if first.file != candidate.place.file else "")
    return problem("E003", candidate.place, "id", quote(candidate.value["id"]), where)
