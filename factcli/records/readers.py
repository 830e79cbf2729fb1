"""A file of records read into candidates, each with its place: JSON array, JSON Lines, CSV, or another fact file.

Whatever cannot be read is a finding with its place as well, so that one import names all that is wrong with a file.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, NamedTuple

from factcli.errors import InputError
from factcli.records import schema
from factcli.records.problems import Candidate, CountryCode, Finding, Place, found
from factcli.store import TABLES, decode
from factcli.text import fold
from factcli.text.quote import enumerate_values, quote, quote_path

STDIN = "-"


class Intake(NamedTuple):
    """What a file gave: its records in order, and what of it could not be read."""

    candidates: list[Candidate]
    findings: list[Finding]


def records(name: str, stdin: IO[bytes] | None) -> Intake:
    """The records of the file `name`, or of `stdin` for `-`. Raises InputError when it cannot be opened."""
    place = Place(shown_name(name))
    text, problem = decoded(content(name, stdin), place)
    if problem:
        return Intake([], [problem])
    intake = _reader(name, text)(text, place)
    if not intake.candidates and not intake.findings:
        return Intake([], [found(e010_none, place)])
    return intake


def shown_name(name: str) -> str:
    """What a file of records is called in messages."""
    return "standard input" if name == STDIN else name


def content(name: str, stdin: IO[bytes] | None) -> bytes:
    """All bytes of the file or of standard input. Raises InputError. A pipe is read to its end, a device is refused."""
    if name == STDIN:
        if stdin is None:
            raise InputError("standard input: is closed; give a file")
        return stdin.read()
    try:
        kind = os.stat(name).st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
            raise InputError(f"{quote_path(name)}: is a directory or a device; give a file of records")
        with os.fdopen(os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"{quote_path(name)}: cannot be read ({why}); give a file of records, or - for input"
        ) from None


# What can be wrong with a file before there is a record.


def e010_none() -> None:
    """holds no records; give facts as JSON, JSON Lines or CSV"""


def e011_utf8() -> None:
    """is not UTF-8 (byte 0x{}); save it as UTF-8, or name its encoding in a mapping"""


def e012_nul() -> None:
    """holds NUL bytes, which are no text; take them out, or save the file as UTF-8"""


def e013_json() -> None:
    """is not JSON: {} at column {}; mend that place"""


def e014_nested() -> None:
    """is nested too deeply; write it as factcli schema says"""


def e015_number() -> None:
    """is not JSON that can be kept: {}; write a finite number of reasonable length"""


def e016_twice() -> None:
    """{} occurs twice in one object, so one value would be lost; keep one"""


def e017_object() -> None:
    """is neither a fact nor a fact file; give a list of facts, or a fact file"""


def e018_unknown() -> None:
    """is neither JSON, JSON Lines nor CSV with a header; give one of them"""


def e021_csv() -> None:
    """is not CSV: {}; mend the quotes"""


def e022_columns() -> None:
    """has {} columns where the header has {}; mend the line"""


def e023_header() -> None:
    """is not a column that factcli knows; {}"""


def e024_cell() -> None:
    """is not the JSON of a list ({}); write it as in JSON output"""


def e025_twice() -> None:
    """is the name of two columns; keep one"""


def e026_record() -> None:
    """is {}; write fact, entity or source, or leave it out"""


def e027_table() -> None:
    """is {} and not an object of records; write it as in another fact file"""


DAMAGE = ("E013", "E014", "E015")
"""Codes that say of a fact file that it cannot be read at all."""


def decoded(data: bytes, place: Place, encoding: str = "utf-8-sig") -> tuple[str, Finding | None]:
    """The bytes as text without a byte order mark, or what is wrong with them."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", found(e011_utf8, place._replace(line=line), "", f"{data[error.start]:02X}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", found(e012_nul, place._replace(line=line))
    return text, None


def _reader(name: str, text: str) -> Callable[[str, Place], Intake]:
    """Which reader suits: by the ending of the name, else by how the text begins."""
    ending = os.path.splitext(name)[1].lower()
    start = text.lstrip()[:1]
    if ending in (".jsonl", ".ndjson"):
        return json_lines
    if ending in (".csv", ".tsv"):
        return csv_rows
    if start == "[":
        return json_array
    if start == "{":
        return json_lines if _is_json(text.lstrip().split("\n", 1)[0]) else json_object
    if ending == ".json":
        return json_array
    return (
        csv_rows if set(_delimited(text.split("\n", 1)[0])) & {"kind", "record", "title.en", "title.ar"} else _unknown
    )


def _unknown(text: str, place: Place) -> Intake:
    return Intake([], [found(e018_unknown, place)] if text.strip() else [])


# JSON. The outer levels of a file are read here, so that each record has its line; records by the standard library.

_BLANK = re.compile(r"[ \t\n\r]*")


class _Broken(NamedTuple):
    """What stands in the place of a record that could not be read: its finding, to be made with its place."""

    rule: Callable[..., Any]
    said: tuple[str, ...]


_decoder = json.JSONDecoder(object_pairs_hook=decode.unique_pairs, parse_constant=decode.refuse_constant)
_lenient = json.JSONDecoder()


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at` and where it ends. A record that may not be kept comes as _Broken. Raises
    JSONDecodeError where there is no JSON, RecursionError."""
    try:
        return _decoder.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except decode.DuplicateKeyError as error:
        broken = _Broken(e016_twice, (quote(error.args[0]),))
    except ValueError as error:
        broken = _Broken(e015_number, (str(error).partition(";")[0],))
    try:
        return broken, _lenient.raw_decode(text, at)[1]
    except json.JSONDecodeError:
        raise
    except ValueError:
        return broken, len(text)


Read = Callable[[str, int], tuple[Any, int]]


def _skip(text: str, at: int) -> int:
    found_blank = _BLANK.match(text, at)
    assert found_blank is not None
    return found_blank.end()


def _elements(text: str, at: int) -> tuple[list[tuple[int, Any]], int]:
    """The elements of the JSON array that begins at `at`, each with its position, and where the array ends."""
    elements: list[tuple[int, Any]] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        if elements:
            at = _after(text, at, ",")
        value, end = _value(text, at)
        elements.append((at, value))
        at = _skip(text, end)
    return elements, at + 1


def _members(text: str, at: int, read: Read) -> tuple[list[tuple[str, int, Any]], int]:
    """The members of the JSON object that begins at `at`: key, position of the value, value; and where it ends."""
    members: list[tuple[str, int, Any]] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        if members:
            at = _after(text, at, ",")
        key, end = _value(text, at)
        if not isinstance(key, str):
            raise json.JSONDecodeError("Expecting property name", text, at)
        at = _after(text, _skip(text, end), ":")
        value, end = read(text, at)
        members.append((key, at, value))
        at = _skip(text, end)
    return members, at + 1


def _after(text: str, at: int, sign: str) -> int:
    """The position after `sign` and blanks. Raises JSONDecodeError where it does not stand at `at`."""
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", text, at)
    return _skip(text, at + 1)


def _table(text: str, at: int) -> tuple[Any, int]:
    """A table as a tuple of its members, which no JSON value is; anything else as a value."""
    if text[at : at + 1] != "{":
        return _value(text, at)
    members, end = _members(text, at, _value)
    return tuple(members), end


def _is_json(line: str) -> bool:
    """Whether the line is JSON on its own."""
    try:
        _lenient.decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _unread(error: Exception, place: Place) -> Finding:
    """The finding of JSON that could not be read to its end."""
    if isinstance(error, json.JSONDecodeError):
        line = place.line or error.lineno
        return found(e013_json, place._replace(line=line), "", error.msg.partition(" at")[0].lower(), str(error.colno))
    return found(e014_nested, place)


class _Lines:
    """Line numbers of growing positions in a text."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1

    def of(self, at: int) -> int:
        """The line of the position `at`, which is not before the last one asked for."""
        self.line += self.text.count("\n", self.at, at)
        self.at = at
        return self.line


def _taken(intake: Intake, place: Place, value: Any) -> None:
    """Adds a value as a candidate, or as the finding that it is."""
    if isinstance(value, _Broken):
        intake.findings.append(found(value.rule, place, "", *value.said))
        return
    if isinstance(value, dict) and "record" in value:
        name = value["record"]
        if not isinstance(name, str) or name not in schema.RECORD_NAMES:
            intake.findings.append(found(e026_record, place, "record", quote(str(name))))
            return
        value = {key: item for key, item in value.items() if key != "record"}
        place = place._replace(table=schema.RECORD_NAMES[name])
    intake.candidates.append(Candidate(place, value))


def json_array(text: str, place: Place) -> Intake:
    """The records of a JSON array."""
    intake, lines = Intake([], []), _Lines(text)
    if not text.strip():
        return intake
    try:
        at = _skip(text, 0)
        if text[at : at + 1] != "[":
            _value(text, at)
            return Intake([], [found(e017_object, place)])
        elements, end = _elements(text, at)
        _require_end(text, end)
    except (json.JSONDecodeError, RecursionError) as error:
        return Intake([], [_unread(error, place)])
    for number, (at, value) in enumerate(elements, 1):
        _taken(intake, place._replace(record=number, line=lines.of(at)), value)
    return intake


def _require_end(text: str, at: int) -> None:
    """Raises JSONDecodeError unless only blanks follow."""
    end = _skip(text, at)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def json_lines(text: str, place: Place) -> Intake:
    """The records of JSON Lines, blank lines left out; a whole fact file on one line is one as well."""
    intake = Intake([], [])
    filled = [(line, record) for line, record in enumerate(text.split("\n"), 1) if record.strip()]
    if len(filled) == 1 and _is_fact_file(filled[0][1]):
        return json_object(text, place)
    for number, (line, record) in enumerate(filled, 1):
        here = place._replace(record=number, line=line)
        try:
            start = _skip(record, 0)
            value, end = _value(record, start)
            _require_end(record, end)
        except (json.JSONDecodeError, RecursionError) as error:
            intake.findings.append(_unread(error, here))
        else:
            _taken(intake, here, value)
    return intake


def _is_fact_file(line: str) -> bool:
    """Whether the line is a whole fact file rather than one record."""
    if not _is_json(line):
        return False
    value = _lenient.decode(line)
    return isinstance(value, dict) and not {"kind", "title", "record"} & set(value)


def json_object(text: str, place: Place) -> Intake:
    """The records of a fact file, or the one record that the whole text is."""
    try:
        members, end = _members(text, _skip(text, 0), _table)
        _require_end(text, end)
    except (json.JSONDecodeError, RecursionError) as error:
        return Intake([], [_unread(error, place)])
    keys = [key for key, _, _ in members]
    if {"kind", "title", "record"} & set(keys):
        return json_array(f"[{text}]", place)
    if not set(keys) & set(TABLES):
        return Intake([], [found(e017_object, place)])
    return _fact_file(text, members, place)


def _fact_file(text: str, members: list[tuple[str, int, Any]], place: Place) -> Intake:
    """The records of the tables of a fact file."""
    intake, lines, seen = Intake([], []), _Lines(text), set[str]()
    for table, at, records_of_table in members:
        line = lines.of(at)
        if table not in schema.TABLES or not isinstance(records_of_table, tuple):
            what = decode.type_name(records_of_table) if table in schema.TABLES else "not a table of factcli"
            intake.findings.append(found(e027_table, place._replace(line=line), table, what))
            continue
        numbers = set[str]()
        for key, start, value in records_of_table:
            here = place._replace(record=len(numbers) + 1, line=lines.of(start), table=table)
            again = _Broken(e016_twice, (f"the record number {quote(key)}",))
            _taken(intake, here, again if key in numbers else value)
            numbers.add(key)
        if table in seen:
            intake.findings.append(found(e016_twice, place._replace(line=line), "", quote(table)))
        seen.add(table)
    return intake


# CSV.

_RUNS = re.compile("'(?=[=+\\-@\t\r＝＋－＠])")
"""The quote in front of a cell that a spreadsheet would run as a formula."""


def _delimited(line: str) -> list[str]:
    """The cells of a header line, whatever stands between them."""
    return next(csv.reader([line.strip()], delimiter=_delimiter(line)), [])


def _delimiter(header: str) -> str:
    """What stands most often between the names of a header: a comma, a semicolon or a tab."""
    return max(",;\t", key=header.count)


def rows(text: str, place: Place, delimiter: str) -> Iterator[tuple[Place, list[str]] | Finding]:
    """The rows of CSV that are not blank, each with its place, the header as record 0; a finding ends them."""
    csv.field_size_limit(1 << 30)
    reader, number, line = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter), 0, 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield found(e021_csv, place._replace(record=number or None, line=line), "", str(error))
            return
        if row is None:
            return
        if any(map(str.strip, row)):
            yield place._replace(record=number, line=line), row
            number += 1
        line = reader.line_num + 1


def csv_rows(text: str, place: Place) -> Intake:
    """The records of CSV with a header of field names."""
    intake, header = Intake([], []), None
    for row in rows(text, place, _delimiter(text.lstrip().split("\n", 1)[0])):
        if isinstance(row, Finding):
            intake.findings.append(row)
        elif header is None:
            header = [cell.strip() for cell in row[1]]
            intake.findings.extend(_header_findings(header, row[0]))
            if intake.findings:
                return intake
        elif len(row[1]) != len(header):
            intake.findings.append(found(e022_columns, row[0], "", str(len(row[1])), str(len(header))))
        else:
            _take_row(intake, row[0], dict(zip(header, row[1], strict=True)))
    return intake


def _columns() -> dict[str, schema.Node]:
    """Every column that CSV may have, with the definition of its values."""
    columns: dict[str, schema.Node] = {"record": {"type": "string"}}
    for node in schema.TABLES.values():
        for key, inner in node["properties"].items():
            inside = inner.get("properties", {}) if "object" in inner["type"] else {}
            columns.update({f"{key}.{part}": value for part, value in inside.items()} or {key: inner})
    return columns


_COLUMNS = _columns()


def _header_findings(header: list[str], place: Place) -> Iterator[Finding]:
    """What is wrong with the names of the columns."""
    from difflib import get_close_matches

    known, here = _COLUMNS, place._replace(record=1)
    for number, name in enumerate(header):
        if name in header[:number]:
            yield found(e025_twice, here, name or '""')
        elif name not in known:
            close = get_close_matches(name, list(known), 1)
            hint = f"did you mean {close[0]}?" if close else f"it may be {enumerate_values(list(known), 40)}"
            yield found(e023_header, here, name or '""', hint)


def _take_row(intake: Intake, place: Place, cells: dict[str, str]) -> None:
    """Adds the record of one row; empty cells are unknown."""
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        if not cell.strip():
            continue
        value = _cell(_COLUMNS[name], _RUNS.sub("", cell, count=1) if cell[0] == "'" else cell)
        if isinstance(value, _Broken):
            intake.findings.append(found(value.rule, place, name, *value.said))
            return
        key, _, part = name.partition(".")
        if part:
            record.setdefault(key, {})[part] = value
        else:
            record[key] = value
    _taken(intake, place, record)


def _cell(node: schema.Node, cell: str) -> Any:
    """The value of a cell: lists of texts joined with `;`, other lists and figures as JSON, texts as they are."""
    kinds = node["type"]
    if "array" in kinds and not cell.lstrip().startswith("[") and "string" in node["items"]["type"]:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if "string" in kinds:
        return cell
    try:
        return decode.parse(cell)
    except (ValueError, RecursionError) as error:
        return _Broken(e024_cell, (str(error).partition(":")[0].lower(),))


def without_derived(
    candidates: Iterable[Candidate], country_code: CountryCode = lambda _: ()
) -> Iterator[tuple[Candidate, list[Candidate]]]:
    """Each candidate without the keys that factcli derives, and the entities that its parties name."""
    for candidate in candidates:
        place, record = candidate
        if place.table != "facts" or not isinstance(record, dict):
            yield candidate, []
            continue
        plain = {key: value for key, value in record.items() if key not in _DERIVED}
        parties = plain.get("parties")
        named: list[Candidate] = []
        if isinstance(parties, list):
            named = [Candidate(place._replace(table="entities"), e) for e in _named(parties, country_code)]
            plain["parties"] = [_without_name(party) for party in parties]
        yield Candidate(place, plain), named


_DERIVED = schema.derived_keys(schema.FACT)


def _without_name(party: Any) -> Any:
    return {k: v for k, v in party.items() if k != "name"} if isinstance(party, dict) else party


_TYPES = {
    "exercise": "exercise",
    "item": "equipment",
    "place": "place",
    "speaker": "person",
    "visitor": "person",
    "fund": "fund",
    "programme": "programme",
}
"""What an entity of which only the name is known probably is, by its role; else an organization."""


def _named(parties: list[Any], country_code: CountryCode) -> Iterator[dict[str, Any]]:
    """The entities that the parties are, as far as their names tell."""
    for party in parties:
        if isinstance(party, dict) and party.get("name") and isinstance(party.get("entity"), str):
            name = party["name"].values() if isinstance(party["name"], dict) else ()
            codes = {code for said in name if isinstance(said, str) for code in country_code(fold(said))}
            kind = "country" if len(codes) == 1 else _TYPES.get(str(party.get("role")), "organization")
            country = codes.pop() if len(codes) == 1 else None
            yield {"id": party["entity"], "type": kind, "name": party["name"], "aliases": [], "country": country}
