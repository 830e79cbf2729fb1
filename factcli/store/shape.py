"""The shape of records, as the typed dictionaries of `model` define it: which keys there are, of what JSON type.

`fields` reads a definition; `complete` holds a record against it and gives it every documented key. This is all that is
checked of a file before it is searched: a record that passes can be displayed, sorted and summed. What passes `check`
passes here; what `check` finds wrong with the wording of a text does no harm to a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from factcli import model
from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, span
from factcli.lexicon.codes import COUNTRIES
from factcli.store import SCHEMA, TABLES, Record, Tables
from factcli.store.decode import Flaw, is_record_number, type_name
from factcli.text.numbers import is_decimal
from factcli.text.quote import enumerate_values, quote, quote_path

RECORDS = {"facts": model.Fact, "entities": model.Entity, "sources": model.Source, "meta": model.Meta}
"""The definition of a record, by its table."""

MAX_NUMBER = 10**18
"""No number of a fact is larger: thousands of times all money there is."""

MAX_FAULTS = 20
"""Lines of faults that are listed; of more than these their number is."""


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


CHOICES: dict[str, tuple[str, ...]] = {
    "Kind": model.KINDS,
    "Status": model.STATUSES,
    "Basis": model.DATE_BASES,
    "Operator": model.OPERATORS,
    "Relation": model.LINK_RELATIONS,
    "EntityType": model.ENTITY_TYPES,
}
"""What a text may be, by its name in a definition."""

_COUNTRIES = frozenset(COUNTRIES)

_JSON_TYPES = {
    **dict.fromkeys(("str", "Date", "Id", "Country", *CHOICES), "string"),
    "int": "integer",
    "float": "number",
}


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


class Fault(NamedTuple):
    """A record that is left out: its table and number, its id where it has one, the field and what is wrong."""

    table: str
    number: str
    id: str
    field: str
    what: str


class Checked(NamedTuple):
    """The records of each table that have their shape, by their numbers, and the faults of the others."""

    tables: dict[str, dict[str, Any]]
    faults: list[Fault]


def checked(tables: Tables) -> Checked:
    """The records of each table in order, those of documented tables `complete`; of one id, the first."""
    kept: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    for table in dict.fromkeys((*TABLES, *tables)):
        kept[table] = {}
        first: dict[str, str] = {}
        for number, record in tables.get(table, {}).items():
            try:
                kept[table][number] = _record(table, number, record, first)
            except ShapeError as error:
                faults.append(Fault(table, number, _id_of(record), *error.args))
    return Checked(kept, faults)


def _record(table: str, number: str, record: Any, first: dict[str, str]) -> Any:
    """The record as it is kept; `first` has the numbers of the ids before it. Raises ShapeError."""
    if type(record) is Flaw:
        raise ShapeError("", record.what)
    if table not in RECORDS:
        return record
    if not is_record_number(number):
        raise ShapeError("", "its number is no whole number from 1, of 18 digits at most")
    if type(record) is not dict:
        raise ShapeError("", f"is {type_name(record)}, no object")
    whole = complete(record, table)
    if table != "meta" and not whole["id"]:
        raise ShapeError("id", "is missing")
    if table != "meta" and first.setdefault(whole["id"], number) != number:
        raise ShapeError("id", f"is that of record {first[whole['id']]} too")
    return whole


def _id_of(record: Any) -> str:
    """The id of a record that is left out, empty where it has none."""
    value = record.value if type(record) is Flaw else record
    name = value.get("id") if type(value) is dict else None
    return name if type(name) is str else ""


def messages(faults: list[Fault], path: str) -> list[str]:
    """The faults of a file, a line for those that are the same, with the first of their records."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.table, fault.field, fault.what), []).append(fault)
    lines, shown = [], list(groups.items())[:MAX_FAULTS]
    for (table, field, what), group in shown:
        places = [f"{one.number} ({one.id})" if one.id else one.number for one in group[:3]]
        where = f"{table} record{'s' if len(group) > 1 else ''} {enumerate_values(places, 3, len(group))}"
        lines.append(f"{where}, left out: {field}{': ' if field else ''}{what}")
    if rest := len(faults) - sum(len(group) for _, group in shown):
        lines.append(f"… and {rest} more records, left out")
    return [f"{quote_path(path)}: {line}; `factcli --db FILE check` lists all problems" for line in lines]


def complete(record: Record, table: str) -> Record:
    """The record with every documented key in order: null, or an empty list or object, where it has none.

    Keys that are not documented follow as they are. Raises ShapeError.
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
        whole = {key: whole[key] for key, field in fields(model.Source).items() if field.is_always}
        return whole | {key: value for key, value in record.items() if key not in whole and value is not None}
    if not record.keys() <= whole.keys():
        whole |= {key: value for key, value in record.items() if key not in whole}
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
            if empty is not _left_out:
                checked[key] = empty()
        elif type(value) not in types and not (float in types and is_decimal(value)):
            raise ShapeError(key, f"is {type_name(value)} and not {wanted}")
        else:
            checked[key] = value if check is None else check(value, key)
    return checked


def _left_out() -> None:
    """Stands for what makes the value of a key that a record may lack."""


Check = Callable[[Any, str], Any]
"""Called with a value of the right type and its key; the value to keep. Raises ShapeError."""

Rows = list[tuple[str, tuple[type, ...], str, Callable[[], Any] | None, Check | None]]
"""For each key: the types of its value, these in words, what makes the value where it is missing, the check."""

_DEFAULTED = ("date_basis", "op")
"""The keys whose value follows from the others where they are missing."""

_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "a text"),
    "object": ((dict,), "an object"),
    "array": ((list,), "a list"),
    "integer": ((int,), "a number"),
    "number": ((int, float), "a number"),
}


@cache
def _checks(definition: type) -> Rows:
    rows: Rows = []
    for key, field in fields(definition).items():
        empty: Callable[[], Any] | None = None
        if not field.is_always:
            empty = _left_out
        elif field.is_nullable or key in _DEFAULTED:
            empty = type(None)
        elif field.type in ("array", "object"):
            empty = list if field.type == "array" else dict
        types, wanted = _TYPES[field.type]
        wanted = "an object of languages" if field.name == "Text" else wanted
        rows.append((key, types, wanted, empty, _check_of(field)))
    return rows


def _check_of(field: Field) -> Check | None:
    """What a value of the field must be beyond its type."""
    checks: dict[str, Check] = {
        "Text": (lambda value, key: _texts(value, key) or None) if field.is_nullable else _texts,
        "Date": _date,
        "Country": _choice(_COUNTRIES, "a code of ISO 3166-1 in capitals"),
        "float": _number,
        **{name: _choice(values, f"one of {enumerate_values(values)}") for name, values in CHOICES.items()},
    }
    if field.type != "array":
        return checks.get(field.name)
    if field.item_type != "string":
        return _items(getattr(model, field.name))
    return _strings(checks.get(field.name), _COUNTRIES)


def _choice(values: Iterable[str], known: str) -> Check:
    """The check that a text is one of the values, which are `known` in words."""
    allowed = frozenset(values)

    def check(value: str, key: str) -> str:
        if value in allowed:
            return value
        raise ShapeError(key, f"is {quote(value)} and not {known}")

    return check


_TEXT_TYPES = {str}


def _texts(value: dict[str, Any], key: str) -> Any:
    """Texts by language."""
    if not _TEXT_TYPES.issuperset(map(type, value.values())):
        _require_texts((f"{key}.{language}", text) for language, text in value.items())
    return value


def _strings(check: Check | None, allowed: frozenset[str]) -> Check:
    """The check of a list of texts; where `check` is given, each of them passes it or is `allowed`."""

    def check_all(value: list[Any], key: str) -> Any:
        if not _TEXT_TYPES.issuperset(map(type, value)):
            _require_texts((f"{key}[{place}]", text) for place, text in enumerate(value, 1))
        if check and not allowed.issuperset(value):
            for place, text in enumerate(value, 1):
                check(text, f"{key}[{place}]")
        return value

    return check_all


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
    if 0 <= value <= MAX_NUMBER:
        return value
    raise ShapeError(key, f"is not a number from 0 to {MAX_NUMBER:.0e}")
