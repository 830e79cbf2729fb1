"""The shape of records, as the typed dictionaries of `model` define it: which keys there are, of what JSON type.

`fields` reads a definition; `complete` holds a record against it and gives it every documented key. This is all that is
checked of a file before it is searched: a record that passes can be displayed, sorted and summed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from factcli import model
from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, span
from factcli.errors import FileError
from factcli.store import SCHEMA, TABLES, Record, Tables
from factcli.store.decode import damaged, type_name
from factcli.text.quote import quote_path

RECORDS = {"facts": model.Fact, "entities": model.Entity, "sources": model.Source, "meta": model.Meta}
"""The definition of a record, by its table."""

MAX_NUMBER = 1e300
"""The sums of numbers up to this stay finite."""


class Field(NamedTuple):
    """A key of a definition.

    `type` is a name of JSON Schema, `name` the one in the definition (`str`, `Date`, `Text`), of a list that of its
    items (`Party`). A record may lack a key that is not `always` there.
    """

    type: str
    name: str
    is_nullable: bool
    is_always: bool

    @property
    def item_type(self) -> str:
        """The type of the items of a list, a name of JSON Schema."""
        return _JSON_TYPES.get(self.name, "object")


_JSON_TYPES = {"str": "string", "Date": "string", "int": "integer", "float": "number"}


@cache
def fields(definition: type) -> dict[str, Field]:
    """The keys of a typed dictionary, in order."""
    found = {}
    for key, annotation in definition.__annotations__.items():
        is_always = not annotation.startswith("NotRequired[")
        name, _, null = (annotation if is_always else annotation[len("NotRequired[") : -1]).partition(" | ")
        if name.startswith("list["):
            found[key] = Field("array", name[len("list[") : -1], bool(null), is_always)
        else:
            found[key] = Field(_JSON_TYPES.get(name, "object"), name, bool(null), is_always)
    return found


class ShapeError(Exception):
    """A record that does not have its shape: the field, and what is wrong with it."""


def checked_tables(tables: Tables, path: str) -> dict[str, list[Any]]:
    """The records of each table in order, each `complete`. Raises FileError with the first place of a wrong shape."""
    checked: dict[str, list[Any]] = {}
    for table in TABLES:
        checked[table] = records = []
        for number, record in tables.get(table, {}).items():
            try:
                records.append(complete(record, table))
            except ShapeError as error:
                field, what = error.args
                place = f"{quote_path(path)}: {table} record {number}: {field}"
                raise FileError(f"{place}: {what}; `factcli --db FILE check` lists all problems") from None
    seen: set[str] = set()
    for fact in checked["facts"]:
        if fact["id"] in seen:
            raise damaged(path, f"facts: the id {quote_path(fact['id'])} occurs twice")
        seen.add(fact["id"])
    return checked


def complete(record: Record, table: str) -> Record:
    """The record with every documented key in order: null, or an empty list or object, where it has none.

    Keys that are not documented are dropped from facts and entities, kept in sources and meta. Raises ShapeError.
    """
    if table == "meta":
        _checked({"schema": SCHEMA, **record}, _checks(model.Meta))
        return record
    if table == "facts" and not record.get("title"):
        raise ShapeError("title", "is missing")
    whole = _checked(record, _checks(RECORDS[table]))
    if table == "facts":
        if whole["date_basis"] is None:
            whole["date_basis"] = "stated" if whole["date"] else "unknown"
        whole["numbers"] = [n if n.get("op") else _with_operator(n) for n in whole["numbers"]]
    elif table == "sources":
        known = {key: whole[key] for key, field in fields(model.Source).items() if field.is_always}
        return known | {key: value for key, value in record.items() if key not in known and value is not None}
    return whole


def _with_operator(number: Record) -> Record:
    """The number with its default operator, `=`, as its second key."""
    return {"what": number["what"], "op": "=", **number} | {"op": "="}


def _checked(record: Record, rows: Rows) -> Record:
    """The keys of a definition as the record has them. Raises ShapeError where one is missing or of a wrong type."""
    checked = {}
    for key, types, wanted, empty, check in rows:
        value = record.get(key)
        if value is None:
            if empty is None:
                raise ShapeError(key, "is missing")
            checked[key] = empty()
        elif type(value) not in types:
            raise ShapeError(key, f"is {type_name(value)} and not {wanted}")
        else:
            checked[key] = value if check is None else check(value, key)
    return checked


Check = Callable[[Any, str], Any]
"""Called with a value of the right type and its key; the value to keep. Raises ShapeError."""

Rows = list[tuple[str, tuple[type, ...], str, Callable[[], Any] | None, Check | None]]
"""For each key: the types of its value, these in words, what makes the value where it is missing, the check."""

_DEFAULTED = ("date_basis", "op")
"""The keys whose value follows from the others where they are missing."""

_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "a text"),
    "object": ((dict,), "an object of languages"),
    "array": ((list,), "a list"),
    "integer": ((int,), "a number"),
    "number": ((int, float, Decimal), "a number"),
}


@cache
def _checks(definition: type) -> Rows:
    rows: Rows = []
    for key, field in fields(definition).items():
        empty: Callable[[], Any] | None = None
        if field.is_nullable or not field.is_always or key in _DEFAULTED:
            empty = type(None)
        elif field.type in ("array", "object"):
            empty = list if field.type == "array" else dict
        rows.append((key, *_TYPES[field.type], empty, _check_of(field)))
    return rows


def _check_of(field: Field) -> Check | None:
    """What a value of the field must be beyond its type."""
    if field.type == "array":
        return _strings if field.name == "str" else _items(getattr(model, field.name))
    checks: dict[str, Check] = {
        "Text": (lambda value, key: _texts(value, key) or None) if field.is_nullable else _texts,
        "Date": _date,
        "float": _number,
    }
    return checks.get(field.name)


_TEXT_TYPES = {str}


def _texts(value: dict[str, Any], key: str) -> Any:
    """Texts by language."""
    if not _TEXT_TYPES.issuperset(map(type, value.values())):
        _require_texts((f"{key}.{language}", text) for language, text in value.items())
    return value


def _strings(value: list[Any], key: str) -> Any:
    """A list of texts."""
    if not _TEXT_TYPES.issuperset(map(type, value)):
        _require_texts((f"{key}[{place}]", text) for place, text in enumerate(value, 1))
    return value


def _require_texts(pairs: Iterable[tuple[str, Any]]) -> None:
    """Raises ShapeError for the first field whose value is not a text."""
    for field, value in pairs:
        if type(value) is not str:
            raise ShapeError(field, "is missing" if value is None else f"is {type_name(value)} and not a text")


def _items(definition: type) -> Check:
    """The check of a list of objects of one definition; they are kept as they are."""
    rows = _checks(definition)

    def check(value: list[Any], key: str) -> Any:
        for place, item in enumerate(value, 1):
            if type(item) is not dict:
                raise ShapeError(f"{key}[{place}]", f"is {type_name(item)} and not an object")
            try:
                _checked(item, rows)
            except ShapeError as error:
                field, what = error.args
                raise ShapeError(f"{key}[{place}].{field}", what) from None
        return value

    return check


def _date(value: str, key: str) -> str:
    """A date as it is, if it can be read. Raises ShapeError.

    Days that every month has are recognized here: to parse them all would take a fifth of the time in which a file is
    read, and a look-up needs few of them.
    """
    year, month, day = value[:4], value[5:7], value[8:]
    if not (
        "01" <= month <= "12"
        and "01" <= day <= "28"
        and value == f"{year}-{month}-{day}"
        and value.isascii()
        and (year + month + day).isdecimal()
    ):
        try:
            span(value)
        except DateError as error:
            raise ShapeError(key, str(error)) from None
    return value


def _number(value: float, key: str) -> float:
    if -MAX_NUMBER <= value <= MAX_NUMBER:
        return value
    raise ShapeError(key, "is not a number that can be added up")
