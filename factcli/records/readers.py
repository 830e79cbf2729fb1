"""A file of records read into candidates: the format by its name or its beginning, and the encoding."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from typing import IO, Any

from factcli.errors import InputError
from factcli.records import schema
from factcli.records.problems import GIVEN, Candidate, Found, Place, Problem
from factcli.records.read_csv import FACT_COLUMNS, csv_records, delimiter_of
from factcli.records.read_json import json_array, json_lines, json_object
from factcli.records.rules import countries_named, problem
from factcli.records.validate import validate
from factcli.store import decode
from factcli.store.scanner import is_json

STDIN = "-"

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX begins, and spreadsheets of an older form or with a password."""


MAX_PROBLEMS = 10_000
"""Errors after which a file is read no further."""


def read_records(name: str, stdin: IO[bytes] | None) -> Found:
    """The records of the file `name`, or of `stdin` for `-`. Raises InputError when it cannot be opened."""
    place = Place(display_name(name))
    data = content(name, stdin)
    if data.startswith(SPREADSHEETS):
        return iter([problem("E030", place, "", "a spreadsheet")])
    text, bad_encoding = decoded(data, place)
    if bad_encoding:
        return iter([bad_encoding])
    return _with_one_at_least(_reader(name, text)(text, place), place)


def _with_one_at_least(found: Found, place: Place) -> Found:
    """What was found, or the problem that there is nothing."""
    is_empty = True
    for one in found:
        if is_empty and isinstance(one, Candidate) and _is_of_another_form(one.value, one.place):
            yield problem("E030", place, "", "JSON")
            return
        is_empty = False
        yield one
    if is_empty:
        yield problem("E010", place)


def _is_of_another_form(record: Any, place: Place) -> bool:
    """Whether a JSON object is no fact at all: it has a text as title or foreign keys, and no kind."""
    if place.table != "facts" or not isinstance(record, dict) or "kind" in record:
        return False
    title = record.get("title")
    return isinstance(title, str) or (title is None and not record.keys() <= schema.FACT["properties"].keys())


def validated(found: Found) -> Found:
    """The records that have no errors, and all problems; after `MAX_PROBLEMS` errors no more are looked for."""
    errors = 0
    for one in found:
        if isinstance(one, Candidate) and one.place.origin != GIVEN:
            yield one
            continue
        problems = [one] if isinstance(one, Problem) else validate(without_derived(one))
        yield from problems
        wrong = sum(problem.severity == "error" for problem in problems)
        if not wrong and isinstance(one, Candidate):
            yield one
        errors += wrong
        if errors >= MAX_PROBLEMS:
            yield problem("E019", Place(problems[0].file), "", str(MAX_PROBLEMS))
            return


def display_name(name: str) -> str:
    """The name of a file of records in messages."""
    return "standard input" if name == STDIN else name


def content(name: str, stdin: IO[bytes] | None) -> bytes:
    """All bytes of the file or of standard input. Raises InputError. A pipe is read to its end, a device is refused."""
    if name != STDIN:
        return decode.input_content(name)
    if stdin is None:
        raise InputError("standard input: is closed; give a file")
    return stdin.read()


def decoded(data: bytes, place: Place, encoding: str = "utf-8-sig") -> tuple[str, Problem | None]:
    """The bytes as text without a byte order mark, or the problem with their encoding."""
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)  # some codecs do not say where
        line = data.count(b"\n", 0, start) + 1
        return "", problem("E011", place._replace(line=line), "", data[start : start + 1].hex().upper())
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", problem("E012", place._replace(line=line))
    return text, None


def _reader(name: str, text: str) -> Callable[[str, Place], Found]:
    """Which reader fits: by the ending of the name, else by how the text begins."""
    ending = os.path.splitext(name)[1].lower()
    start = text.lstrip()[:1]
    if ending in (".jsonl", ".ndjson"):
        return json_lines
    if ending in (".csv", ".tsv"):
        return csv_records
    if start == "[":
        return json_array
    if start == "{":
        first_line, _, rest = text.lstrip().partition("\n")
        return json_lines if rest.strip() and is_json(first_line) else json_object
    if ending == ".json":
        return json_array
    first_line = text.split("\n", 1)[0].strip()
    names = next(csv.reader([first_line], delimiter=delimiter_of(first_line)), [])
    if FACT_COLUMNS.intersection(names):
        return csv_records
    return lambda text, place: iter([problem("E018", place)] if text.strip() else [])


def without_derived(candidate: Candidate) -> Candidate:
    """The candidate without the keys that factcli adds to its output."""
    place, record = candidate
    if place.origin != GIVEN or not isinstance(record, dict):
        return candidate
    plain = {key: value for key, value in record.items() if key not in schema.DERIVED_KEYS[place.table]}
    if place.table == "facts" and isinstance(plain.get("parties"), list):
        plain["parties"] = [
            {key: value for key, value in party.items() if key != "name"} if isinstance(party, dict) else party
            for party in plain["parties"]
        ]
    return Candidate(place, plain)


PROBABLE_TYPES = {
    "exercise": "exercise",
    "item": "equipment",
    "place": "place",
    "speaker": "person",
    "visitor": "person",
    "fund": "fund",
    "programme": "programme",
}
"""The probable type of an entity of which only the name is known, by its role; else it is an organization."""


def named_parties(candidate: Candidate) -> Iterator[Any]:
    """The parties of a fact that have a name, as answers give them one."""
    place, record = candidate
    parties = record.get("parties") if place.table == "facts" and isinstance(record, dict) else None
    for party in parties if isinstance(parties, list) else ():
        if isinstance(party, dict) and party.get("name") and isinstance(party.get("entity"), str):
            yield party


def named_entities(place: Place, party: Any) -> Iterator[Candidate]:
    """The entity that a party with a name is, as far as the name says; none where that is the id again."""
    if name := known_name(party["name"], party["entity"]):
        texts = name.values() if isinstance(name, dict) else ()
        codes = {code for text in texts if isinstance(text, str) for code in countries_named(text)}
        entity = {
            "id": party["entity"],
            "type": "country" if len(codes) == 1 else PROBABLE_TYPES.get(str(party.get("role")), "organization"),
            "name": name,
            "aliases": [],
            "country": codes.pop() if len(codes) == 1 else None,
        }
        yield Candidate(place._replace(table="entities"), entity)


def known_name(name: Any, entity: str) -> Any:
    """What of the name of a party in an answer is a name in its own language; empty where it is the entity's id.

    An answer has a name in every language: one that is known in a single language stands for the other as well.

    >>> known_name({"en": "TOW", "ar": "TOW"}, "tow"), known_name({"en": "Oman", "ar": "عُمان"}, "oman")
    ({'en': 'TOW'}, {'en': 'Oman', 'ar': 'عُمان'})
    """
    if not isinstance(name, dict) or len(name) < 2 or len(set(map(str, name.values()))) > 1:
        return name
    text = str(next(iter(name.values())))
    if text == entity:
        return {}
    lang = "ar" if any("\u0621" <= char <= "\u064a" for char in text) else "en"
    return {lang: text} if lang in name else name
