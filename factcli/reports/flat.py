"""The columns of a flat file: numbers beside their units, lists as items; the only object is `extra`, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factcli.model import LANGUAGES, OPTIONAL_KEY, Row, Value
from factcli.reports.fields import PARTNER_FIELDS, PARTS, Field, value_at
from factcli.reports.values import Values
from factcli.text.flat import write_items, write_texts
from factcli.text.numbers import drop_zero_fraction

Show = Callable[[Row], Value]

_LANGUAGES = frozenset(LANGUAGES)

MEASURES = ("value", "quantity", "duration")
"""What the numbers count that have columns of their own."""

KEYS_OF_ITEMS = ("parties", "numbers", "links", "sources")
"""The keys of a fact whose lists are in the notation of `text.flat`."""


def _measure(what: str, key: str) -> Show:
    """A key of the numbers of a fact that count `what`; all values are numbers, and an operator `=` is left out."""

    def show(row: Row) -> Value:
        numbers = [number for number in row["numbers"] if number.get("what") == what]
        if key == "value":
            return [drop_zero_fraction(number["value"]) for number in numbers]
        return _known(write_texts([str(number.get(key) or "") for number in numbers]))

    return show


def _known(values: list[str]) -> Value:
    """The values, an operator `=` left out, or no list at all where none is left."""
    left = ["" if value == "=" else value for value in values]
    return list(left) if any(left) else None


def _party_names(lang: str) -> Show:
    return lambda row: list(write_texts([party["name"].get(lang, "") for party in row["parties"]]))


def _items(key: str) -> Show:
    return lambda row: list(write_items(key, row[key]))


FACT_COLUMNS: dict[str, Show] = {
    **{key: _items(key) for key in KEYS_OF_ITEMS},
    **{f"parties.name.{lang}": _party_names(lang) for lang in LANGUAGES},
    **{
        f"{what}{ending}": _measure(what, key)
        for what in MEASURES
        for ending, key in (("", "value"), ("_unit", "unit"), ("_op", "op"))
    },
}
"""The columns of a fact that its keys do not have as they are."""

MONEY_COLUMNS: dict[str, Show] = {
    "money": lambda row: [drop_zero_fraction(number["value"]) for number in row["money"]],
    "money_unit": lambda row: [number["unit"] for number in row["money"]],
    "money_op": lambda row: _known([number["op"] for number in row["money"]]),
    "money_status": lambda row: _known([number["status"] or "" for number in row["money"]]),
}
"""The columns of sums of money, each with its currency and status."""

BESIDE: dict[str, tuple[str, ...]] = {
    "parties": ("parties", *(f"parties.name.{lang}" for lang in LANGUAGES)),
    "numbers": ("numbers", *(f"{what}{end}" for what in ("value", "quantity") for end in ("", "_unit", "_op"))),
    "match": ("match.score", "match.field", "match.text", "match.how"),
    "money": tuple(MONEY_COLUMNS),
}
"""The columns that stand for a key of a row in a flat file."""


def columns_of(keys: Sequence[str]) -> list[str]:
    """The columns of rows with these keys: one a language for texts, several for what has number and unit."""
    texts = {key: tuple(f"{key}.{lang}" for lang in LANGUAGES) for key in keys if PARTS.get(key) == LANGUAGES}
    return [path for key in keys for path in (texts.get(key) or BESIDE.get(key, (key,)))]


def flat_columns(keys: Sequence[str]) -> dict[str, Show]:
    """The columns beside the keys that rows with these keys can have."""
    return FACT_COLUMNS if "parties" in keys else MONEY_COLUMNS if "money" in keys else {}


def show(name: str, keys: Sequence[str], fields: dict[str, Field], values: Values) -> Show:
    """What the column has of a row: a number, a text or a list of these, each text in one or several languages."""
    own = flat_columns(keys)
    if name in own:
        return own[name]
    field = PARTNER_FIELDS["kinds"] if name == "kinds" else fields.get(name)
    exact = field.exact if field else None
    if name.partition(".")[0] not in keys:
        return lambda row: exact(row, values) if exact else None

    def shown(row: Row) -> Value:
        value = value_at(row, name)
        if name == "aliases":
            return list(write_texts(value)) if isinstance(value, list) else value
        first = value[0] if isinstance(value, list) and value else value
        is_nested = isinstance(first, dict) and not first.keys() <= _LANGUAGES
        return exact(row, values) if (is_nested or name == OPTIONAL_KEY) and exact else value

    return shown
