"""A mapping as a TOML file, checked as a whole before a row is read: every key and every slot of it is known."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from factcli import package_data
from factcli.dates.cells import DateReader
from factcli.errors import FileError, InputError
from factcli.lexicon.codes import CURRENCIES
from factcli.lexicon.words import Words
from factcli.model import LANGUAGES
from factcli.records.mapping.filters import FILTER_NAMES, ArgumentError, Filters
from factcli.records.mapping.rows import Reader, tidy
from factcli.records.mapping.tables import Layout
from factcli.records.mapping.templates import Slot, SlotText, Template, TemplateError, Templates, parse
from factcli.records.problems import Place, Problem, format_problems
from factcli.records.rules import problem, suggestion
from factcli.records.schema import Node
from factcli.records.validate import compiled
from factcli.store import decode
from factcli.text.numbers import parse_float
from factcli.text.patterns import Pattern, PatternError
from factcli.text.quantities import NumberReader
from factcli.text.quote import enumerate_values, quote, quote_path, shorten

Mapping = dict[str, Any]
Report = Callable[..., None]
"""Called as `report(code, field, *values)` for each problem of a mapping."""

MAX_MAPPING_SIZE, MAX_DEPTH = 1_000_000, 10
"""Bytes of a mapping, and the levels of tables and lists in it."""

MAX_ITEMS = 1000


def _strings(description: str) -> Node:
    return {"type": "array", "items": {"type": "string"}, "maxItems": MAX_ITEMS, "description": description}


def _sign(description: str) -> Node:
    return {"type": "string", "pattern": '^[^"\0\r\n0-9]\\Z', "description": description}


_EXAMPLE = "as in data/sipri.toml"
_FILE = {
    "type": "object",
    "additionalProperties": False,
    "description": f"a table, {_EXAMPLE}",
    "properties": {
        "header": _strings(f"a list of column names, {_EXAMPLE}"),
        "encodings": _strings("a list of encodings, which are tried in order"),
        "delimiter": _sign("one character, such as a comma"),
        "sheetName": {"type": "string", "description": "the name of a sheet of a spreadsheet"},
        "format": {"type": "string", "enum": ["csv", "json", "jsonl"], "description": "csv, json or jsonl"},
        "property": {"type": ["string", "array"], "items": {"type": "string"}, "maxItems": 20,
                     "description": 'keys joined by dots, such as "response.records", or a list of keys'},
        "missingValues": _strings("a list of texts that stand for an empty cell"),
        "decimalChar": _sign("one character, such as a comma"),
        "groupChar": _sign("one character, such as a dot"),
        "dayFirst": {"type": "boolean", "description": "true or false"},
        "dateFormats": _strings("a list of patterns of strptime, such as %Y%m"),
        "unpivot": {
            "type": "object",
            "additionalProperties": False,
            "required": ["columns", "name", "value"],
            "description": 'a table {columns = "[0-9]{4}", name = "year", value = "tiv"}',
            "properties": {
                key: {"type": "string", "description": what}
                for key, what in (
                    ("columns", "a pattern for the names of columns"),
                    ("name", "what to call the name of such a column"),
                    ("value", "what to call its cell"),
                )
            },
        },
        "tail": {"type": "string", "description": "the characters that a line may have at its end"},
    },
}  # fmt: skip
_walk = compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "file": _FILE,
            "values": {"type": "object", "description": "a table of tables"},
            "sources": {
                "type": "array",
                "items": {"type": "object", "description": "a table that is a source"},
                "maxItems": MAX_ITEMS,
                "description": "an array of tables, [[sources]]",
            },
            **{name: {"type": ["object", "array"], "items": {"type": "object", "description": "a table"},
                      "maxItems": MAX_ITEMS, "description": f"a table [{name}] or several [[{name}]]"}
               for name in ("fact", "entity", "source")},
        },
    }
)  # fmt: skip

_LANGUAGES = dict.fromkeys(LANGUAGES, "text")
BY_SCRIPT = ""
"""Stands for the language of a text that is given without one: its letters say which."""

_CONDITIONS = {"where": "conditions", "unless": "conditions"}
_SOURCE_KEYS = {
    "type": "text", "title": _LANGUAGES, "publisher": _LANGUAGES, "author": _LANGUAGES, "URL": "text",
    "language": "text", "issued": "date", "accessed": "date",
}  # fmt: skip
_PARTY = {"each": "list", "role": "text", "entity": "value", "name": _LANGUAGES, "type": "text", "aliases": "list",
          "country": "value"}  # fmt: skip
_NUMBER = {"each": "list", "what": "text", "value": "value", "unit": "text", "op": "text", "as_of": "date"}
_LOCATOR = {"each": "list", "source": "value", "paragraph": "value", "sentence": "value", "quote": "text",
            "digest": "text", **_SOURCE_KEYS}  # fmt: skip
_LINK = {"each": "list", "rel": "text", "fact": "value"}
KEYS: dict[str, dict[str, Any]] = {
    "fact": {
        **_CONDITIONS, "key": "list", "merge": "flag", "id": "text", "kind": "text", "date": "date",
        "date_basis": "text", "date_note": _LANGUAGES, "title": _LANGUAGES, "partners": "list", "parties": [_PARTY],
        "numbers": [_NUMBER], "status": "text", "said_by": "value", "links": [_LINK], "sources": [_LOCATOR],
        "note": _LANGUAGES, "remark": _LANGUAGES, "extra": "any",
    },
    "entity": {**_CONDITIONS, "key": "list", "id": "text", "type": "text", "name": _LANGUAGES, "aliases": "list",
               "country": "value", "extra": "any"},
    "source": {**_CONDITIONS, "key": "list", "id": "text", **_SOURCE_KEYS, "issued_basis": "text",
               "issued_note": _LANGUAGES, "extra": "any"},
}  # fmt: skip
"""The keys of each block and what they take: a text, a date, any value, a list of values; tables and lists of them."""

_REQUIRED = {"fact": ("kind", "title"), "entity": ("type", "name"), "source": ("title",)}


def load(name: str) -> Mapping:
    """The mapping of that name: a path, or the name of one that ships with factcli. Raises InputError."""
    path = name if os.path.exists(name) or os.path.dirname(name) else package_data.path(name)
    if not os.path.exists(path):
        shipped = enumerate_values(package_data.names(".toml"), 20)
        raise InputError(f"{quote_path(name)}: no such mapping; give the path of a TOML file, or one of {shipped}")
    try:
        data = decode.content(path)
        if len(data) > MAX_MAPPING_SIZE:
            raise InputError(f"{quote_path(name)}: has {len(data)} bytes, more than {MAX_MAPPING_SIZE}; shorten it")
        return tomllib.loads(normalize("NFC", data.decode("utf-8-sig")), parse_float=parse_float)
    except FileError as error:
        raise InputError(*error.problems) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{quote_path(name)}: is not TOML ({str(error)[:120]}); correct that place") from None


class Compiled:
    """A mapping whose templates are parsed.

    `blocks` are pairs of a name (fact, entity, source) and its keys, each with its `Templates`, or with tables and
    lists of them. `columns` are the columns that it names. Raises InputError with all that is wrong with it.
    """

    def __init__(self, name: str) -> None:
        self.name, self.mapping = name, load(name)
        self.problems: list[Problem] = []
        self.columns: dict[str, None] = {}
        self.blocks: list[tuple[str, dict[str, Any]]] = []
        _walk(self.mapping, "", self._report)
        self._raise_problems()
        file = self.mapping.get("file", {})
        self.cells = Reader([tidy(value) for value in file.get("missingValues", ())])
        self.layout = self._layout(file)
        self._check_values()
        self._raise_problems()
        self.filters = self._filters(file)
        for kind in KEYS:
            found = self.mapping.get(kind, [])
            for number, block in enumerate(found if isinstance(found, list) else [found], 1):
                field = f"{kind}[{number}]" if isinstance(found, list) else kind
                self.blocks.append((kind, self._block(block, KEYS[kind], field, kind)))
        if not self.blocks:
            self._report("E102", "fact", "a table [fact], [entity] or [source]")
        for number, source in enumerate(self.mapping.get("sources", []), 1):
            self._check_constant(source, f"sources[{number}]", 0)
        self._raise_problems()

    def _report(self, code: str, field: str, *values: str) -> None:
        one = problem("E036" if code == "E103" else code, Place(self.name), field, *values)
        if one not in self.problems:
            self.problems.append(one)

    def _raise_problems(self) -> None:
        if self.problems:
            raise InputError(*format_problems(self.problems))

    def _layout(self, file: dict[str, Any]) -> Layout:
        for key in ("header", "encodings"):
            if file.get(key) == []:
                self._report("E109", f"file.{key}", "one at least")
        unpivot = None
        if spec := file.get("unpivot"):
            try:
                unpivot = (Pattern(spec["columns"]), tidy(spec["name"]), tidy(spec["value"]))
            except PatternError as error:
                self._report("E039", "file.unpivot.columns", f"a pattern that {error}")
        path = file.get("property")
        return Layout(
            header=file.get("header", ()),
            encodings=file.get("encodings", ("utf-8",)),
            delimiter=file.get("delimiter", ""),
            format=file.get("format", ""),
            path=".".join(path) if isinstance(path, list) else path,
            missing=file.get("missingValues", ()),
            unpivot=unpivot,
            tail=file.get("tail", ""),
            sheet=file.get("sheetName", ""),
            decimal=file.get("decimalChar", "."),
        )

    def _filters(self, file: dict[str, Any]) -> Filters:
        decimal = file.get("decimalChar", ".")
        group = file.get("groupChar", "." if decimal == "," else ",")
        if decimal == group:
            self._report("E039", "file.groupChar", "the same as file.decimalChar")
        meanings = Words().meanings
        dates = DateReader(meanings, file.get("dayFirst"), file.get("dateFormats", ()))
        return Filters(self.mapping.get("values", {}), dates, NumberReader(meanings, CURRENCIES, decimal, group))

    def _check_values(self) -> None:
        for name, table in self.mapping.get("values", {}).items():
            field = f"values.{name}"
            if not isinstance(table, dict):
                self._report("E101", field, decode.type_name(table), "an object", "a table")
                continue
            for key, value in table.items():
                self._check_value(value, f"{field}.{key}")

    def _check_value(self, value: Any, field: str) -> None:
        if value == "?":
            self._report("E039", field, '"?", which is not filled in yet')
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            return
        elif isinstance(value, dict | list):
            self._report("E101", field, decode.type_name(value), "a text", "a text, a number or a list of texts")
        else:
            self._check_constant(value, field, 0)

    def _check_constant(self, value: Any, field: str, depth: int) -> None:
        """Reports values that no record can have."""
        if isinstance(value, dict | list):
            if depth >= MAX_DEPTH:
                self._report("E039", field, f"more than {MAX_DEPTH} levels deep")
                return
            for key, part in value.items() if isinstance(value, dict) else enumerate(value, 1):
                self._check_constant(
                    part, f"{field}.{key}" if isinstance(value, dict) else f"{field}[{key}]", depth + 1
                )
        elif isinstance(value, str | bool):
            return
        elif not isinstance(value, int | float | Decimal) or value != value or abs(value) == float("inf"):
            self._report("E039", field, "not finite" if isinstance(value, float) else "a date or a time")

    # Blocks.

    def _block(self, block: dict[str, Any], keys: dict[str, Any], field: str, kind: str = "") -> dict[str, Any]:
        """The block with its templates parsed; problems are reported."""
        for key in _REQUIRED.get(kind, ()):
            if block.get(key) in (None, {}):
                what = "a title in en, ar or both" if key == "title" else f"the {key} of the {kind}"
                self._report("E102", f"{field}.{key}", f"{what}, {_EXAMPLE}")
        label = self._label_of_each(block.get("each"))
        for key in block.keys() - keys.keys():
            self._report("E036", f"{field}.{key}", suggestion(key, list(keys)))
        return {
            key: self._value(keys[key], value, f"{field}.{key}", "" if key == "each" else label)
            for key, value in block.items()
            if key in keys
        }

    def _value(self, takes: Any, value: Any, field: str, label: str) -> Any:
        """The value of a key with its templates parsed, by what the key takes; problems are reported."""
        if isinstance(takes, list):
            if not isinstance(value, list):
                self._report("E101", field, decode.type_name(value), "a list", f"an array of tables, [[{field}]]")
                return []
            numbered = [(one, f"{field}[{number}]") for number, one in enumerate(value, 1)]
            return [self._block(one, takes[0], inner) for one, inner in numbered if self._is_table(one, inner)]
        if takes == "flag":
            if not isinstance(value, bool):
                self._report("E101", field, decode.type_name(value), "true or false", "true or false")
            return value
        if takes == "any":
            self._check_constant(value, field, 0)
            return self._any(value, field, 0)
        if takes != "conditions" and not isinstance(takes, dict):
            return self.templates(value, field, label)
        if isinstance(takes, dict) and isinstance(value, str | list):
            return {BY_SCRIPT: self.templates(value, field, label)}
        if not self._is_table(value, field):
            return {}
        return self._conditions(value, field) if takes == "conditions" else self._languages(value, takes, field, label)

    def _is_table(self, value: Any, field: str) -> bool:
        if not isinstance(value, dict):
            self._report("E101", field, decode.type_name(value), "an object", f"a table, {_EXAMPLE}")
        return isinstance(value, dict)

    def _languages(self, value: dict[str, Any], known: dict[str, str], field: str, label: str) -> dict[str, Templates]:
        for key in value.keys() - known.keys():
            self._report("E036", f"{field}.{key}", suggestion(key, list(known)))
        return {key: self.templates(one, f"{field}.{key}", label) for key, one in value.items() if key in known}

    def _conditions(self, value: dict[str, Any], field: str) -> list[tuple[Slot, frozenset[str]]]:
        found = []
        for column, wanted in value.items():
            values = wanted if isinstance(wanted, list) else [wanted]
            if not all(isinstance(one, str | int | float) for one in values):
                self._report(
                    "E101", f"{field}.{column}", decode.type_name(wanted), "a text", "a text or a list of texts"
                )
                continue
            texts = frozenset(tidy(str(one).lower() if isinstance(one, bool) else str(one)) for one in values)
            found.append((self._slot(SlotText(column, ()), f"{field}.{column}", ""), texts))
        return found

    def _any(self, value: Any, field: str, depth: int) -> Any:
        """A value of any form with the templates in it parsed."""
        if isinstance(value, dict) and depth < MAX_DEPTH:
            return {key: self._any(one, f"{field}.{key}", depth + 1) for key, one in value.items()}
        if isinstance(value, list) and depth < MAX_DEPTH:
            return [self._any(one, f"{field}[{number}]", depth + 1) for number, one in enumerate(value, 1)]
        return self.templates(value, field, "")

    def templates(self, value: Any, field: str, label: str) -> Templates:
        """The templates of a key; `label` names the items that its block repeats for."""
        values = value if isinstance(value, list) else [value]
        return Templates([self._template(one, field, label) for one in values])

    def _template(self, value: Any, field: str, label: str) -> Template:
        if not isinstance(value, str):
            self._check_constant([value] if isinstance(value, dict | list) else value, field, MAX_DEPTH)
            return Template(value if not isinstance(value, list) else None)
        try:
            parts = parse(value)
        except TemplateError:
            self._report("E037", field, quote(value))
            return Template(None)
        return Template([part if isinstance(part, str) else self._slot(part, field, label) for part in parts])

    def _slot(self, slot: SlotText, field: str, label: str) -> Slot:
        is_of_item = slot.column.startswith(".")
        if is_of_item and not label:
            self._report("E053", field, quote(f"{{{slot.column}}}"))
        if not is_of_item:
            self.columns[slot.column] = None
        filters = []
        known = list(dict.fromkeys([*FILTER_NAMES, *self.mapping.get("values", {})]))
        for name, argument in slot.steps:
            try:
                filters.append(self.filters.make(name, argument))
            except KeyError:
                self._report("E038", field, quote(name), shorten(name), suggestion(name, known))
            except ArgumentError as error:
                self._report("E051", field, name, quote(argument or ""), str(error))
        shown = f"{label}{slot.column.rstrip('.')}" if is_of_item else slot.column
        reads_number = bool(slot.steps) and slot.steps[-1][0] == "number"
        return Slot(slot.column, filters, shown, self.cells, reads_number)

    def _label_of_each(self, each: Any) -> str:
        """The column whose items a block repeats for; empty where it does not."""
        for text in each if isinstance(each, list) else [each]:
            if isinstance(text, str):
                try:
                    slots = [part for part in parse(text) if isinstance(part, SlotText)]
                except TemplateError:
                    continue
                if slots:
                    return slots[0].column
        return ""
