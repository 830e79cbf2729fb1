"""The filters of slots: what each makes of a value, and the tables `[values.FILTER]`, by which any value is put right.

A filter takes a value, or each item of a list. Before it does anything it looks the value up in the table of its name;
a name that is no filter is only that table. In a table `""` is nothing, a list is several values, and `"*"` is
everything else. Dates and numbers are read by the grammar of questions (`dates.cells`, `text.quantities`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from factcli.dates import DateError
from factcli.dates.cells import AmbiguousDayError, DateReader, Written
from factcli.lexicon import Lexicon
from factcli.lexicon.codes import ALPHA_2, COUNTRIES, CURRENCIES, NUMERIC
from factcli.model import LANGUAGES
from factcli.names.typos import nearest
from factcli.records.canonical import slug
from factcli.records.mapping.rows import CellError, as_text, text_of, tidy
from factcli.records.mapping.templates import Context, Filter
from factcli.text import fold
from factcli.text.patterns import Pattern, PatternError
from factcli.text.quantities import NumberReader, Quantity, may_mean
from factcli.text.quote import quote

MAX_CUT, DEFAULT_CUT = 5000, 500
MAX_LIST_LENGTH = 100_000
"""Characters of a cell that is read as a list of JSON or Python."""

SCHEMES = ("alpha-2", "alpha-3", "numeric", "name")
NEAR_CUTOFF = 80.0
"""The least similarity of the name of a country that a message offers for another."""

_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_BREAK = re.compile(r"<(?:br|p|div|li|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)


class ArgumentError(ValueError):
    """An argument that a filter does not take; its text says which it takes."""


class Filters:
    """The filters of one mapping. `tables` are its tables of values."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], dates: DateReader, numbers: NumberReader) -> None:
        self._dates, self._numbers = dates, numbers
        self._tables = {name: _Table(table) for name, table in tables.items()}
        self._lexicon = Lexicon()
        self.orders: dict[str, dict[str, int]] = {}
        """By column, how many different cells prove that the day, or the month, is first."""

    def make(self, name: str, argument: str | None) -> Filter:
        """The filter of a name. Raises ArgumentError for an argument that it does not take, KeyError for no filter."""
        if name == "year":
            return self.make("date", "%Y") if argument is None else self.make("date", argument)
        table = self._tables.get(name)
        make = FILTERS.get(name)
        if make is None and table is None:
            raise KeyError(name)
        function = make(self, argument) if make else _no_filter(name)
        takes_lists = name in ("first", "rest", "date")

        def one(value: Any, context: Context) -> Any:
            if isinstance(value, list) and not (takes_lists and (name != "date" or _are_date_parts(value))):
                return _flat(apply(item, context) for item in value)
            return apply(value, context)

        def apply(value: Any, context: Context) -> Any:
            if table and not isinstance(value, list | dict):
                found = table.find(as_text(value))
                if found is not None:
                    return found[0]
            return function(value, context)

        return one

    # The factories of filters: an argument -> the filter.

    def date(self, pattern: str | None) -> Filter:
        def read(value: Any, context: Context) -> Any:
            if isinstance(value, dict | list):
                return _date_parts(value, lambda text: self._date(text, "", context))
            return self._date(as_text(value), pattern or "", context)

        return read

    def _date(self, text: str, pattern: str, context: Context) -> str:
        try:
            found: Written = self._dates.read(text, pattern, context.is_doubtful)
        except AmbiguousDayError as error:
            what, _, fix = str(error).partition("; ")
            raise CellError("E049", quote(text), what, fix) from None
        except DateError as error:
            what, _, fix = str(error).partition("; ")
            raise CellError("E040", quote(text), what, fix) from None
        if found.note:
            context.notes.append(found.note)
        if found.order:
            counts = self.orders.setdefault(context.column, {"day": 0, "month": 0})
            counts[found.order] += 1
        return found.edtf

    def number(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, context: self._quantity(value, context).value

    def op(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, context: self._quantity(value, context).op

    def _quantity(self, value: Any, context: Context) -> Quantity:
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return Quantity(value, "~" if context.is_doubtful else "=")
        text = text_of(value) or ""
        table = self._tables.get("number")
        if table and table.find(text):
            return Quantity(0, "~" if context.is_doubtful else "=")  # for its operator; the table has the number
        try:
            return self._numbers.read(text, context.is_doubtful)
        except ValueError as error:
            raise CellError("E033", quote(text), str(error)) from None

    def currency(self, argument: str | None) -> Filter:
        if argument is not None and argument not in CURRENCIES:
            raise ArgumentError("an ISO 4217 code, such as USD")

        def read(value: Any, context: Context) -> Any:
            text = as_text(value) if isinstance(value, int | float) else text_of(value) or ""
            found = self._numbers.currency(text)
            if len(found) == 3 and found.isupper():
                return found
            if argument and (not found or may_mean(found, argument)):
                return argument
            if found:
                raise CellError("E043", quote(text), f"whose currency is not clear: which {found}?", "such as USD")
            raise CellError("E043", quote(text), "which names no currency", "which a bare number then means")

        return read

    def country(self, argument: str | None) -> Filter:
        schemes = [part.strip() for part in (argument or "name").split(",")]
        if unknown := [scheme for scheme in schemes if scheme not in SCHEMES]:
            raise ArgumentError(f"{', '.join(SCHEMES)}, not {unknown[0]}")

        def read(value: Any, _: Context) -> Any:
            text = as_text(value)
            for scheme in schemes:
                codes = self._codes(scheme, text)
                if len(codes) == 1:
                    return codes[0]
                if codes:
                    raise CellError("E041", quote(text), " or ".join(codes), table="country", key=text)
            code = "E032" if "name" in schemes else "E042"
            extra = () if "name" in schemes else (" or ".join(schemes),)
            raise CellError(code, quote(text), *extra, table="country", key=text)

        return read

    def _codes(self, scheme: str, text: str) -> list[str]:
        """The alpha-2 codes that a text can mean in a scheme."""
        if scheme == "name":
            return named_countries(self._lexicon, text)
        code = text.upper()
        known: Mapping[str, str] = {one: one for one in COUNTRIES} if scheme == "alpha-2" else ALPHA_2
        if scheme == "numeric":
            code, known = text.removesuffix(".0").zfill(3), NUMERIC
        fits = len(code) == (2 if scheme == "alpha-2" else 3)
        return [known[code]] if fits and code in known else []

    def name(self, argument: str | None) -> Filter:
        lang = argument or "en"
        if lang not in LANGUAGES:
            raise ArgumentError(" or ".join(LANGUAGES))

        def read(value: Any, _: Context) -> Any:
            code = as_text(value)
            if code not in COUNTRIES:
                raise CellError("E042", quote(code), "alpha-2")
            return self._lexicon.country_name(code)[lang]

        return read

    def slug(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, _: slug(text_of(value) or "") or None

    def split(self, argument: str | None) -> Filter:
        if not argument:
            raise ArgumentError("what stands between the items, as in split:;")
        if len(argument) > 2 and argument[0] == argument[-1] == "/":
            return _searching(argument[1:-1], lambda pattern, text: _items(pattern.split(text)))
        return lambda value, _: _items((text_of(value) or "").split(argument))

    def list(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, _: _listed(text_of(value) or "")

    def first(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, _: value[0] if isinstance(value, list) else value

    def rest(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, _: value[1:] if isinstance(value, list) else None

    def match(self, argument: str | None) -> Filter:
        if not argument:
            raise ArgumentError("a regular expression")

        def found(pattern: Pattern, text: str) -> Any:
            match = pattern.search(text)
            return tidy((match[1] if match.re.groups else match[0]) or "") if match else None

        return _searching(argument, found)

    def missing(self, argument: str | None) -> Filter:
        if argument is None:
            raise ArgumentError("the values that stand for nothing, as in missing:-1,0")
        values = frozenset(map(tidy, argument.split(",")))
        return lambda value, _: None if not isinstance(value, dict) and as_text(value) in values else value

    def doubt(self, argument: str | None) -> Filter:
        if not argument:
            raise ArgumentError("a text")
        return lambda _, context: argument if context.is_doubtful else None

    def cut(self, argument: str | None) -> Filter:
        if argument is not None and not (argument.isdecimal() and 1 < int(argument) <= MAX_CUT):
            raise ArgumentError(f"a number of characters up to {MAX_CUT}")
        limit = int(argument or DEFAULT_CUT)

        def cut(value: Any, context: Context) -> Any:
            text = text_of(value) or ""
            if len(text) <= limit:
                return text
            context.cuts += 1
            return cut_at_word(text, limit)

        return cut

    def html(self, argument: str | None) -> Filter:
        _refuse_argument(argument)
        return lambda value, _: tidy(unescape(_TAG.sub("", _BREAK.sub(" ", text_of(value) or "")))) or None

    def near_country(self, text: str) -> str:
        """The code and name of the country whose name is near to a text, as a question; else empty."""
        near = nearest(text, self._lexicon.country_keys, 1, NEAR_CUTOFF) if len(text) < 80 else []
        codes = self._lexicon.countries_named(near[0]) if near else ()
        return f"{codes[0]}, {self._lexicon.country_name(codes[0])['en']}?" if len(codes) == 1 else ""


FILTERS: dict[str, Callable[[Filters, str | None], Filter]] = {
    name: getattr(Filters, name)
    for name in (
        "date", "number", "op", "currency", "country", "name", "slug", "split", "list", "first", "rest", "match",
        "missing", "doubt", "cut", "html",
    )
}  # fmt: skip
"""The filters by their names: each makes of an argument the function that reads a value."""

FILTER_NAMES = (*FILTERS, "year")


class _Table:
    """A table of values: keys match exactly, else folded; `*` is everything else."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._values = {tidy(key): value for key, value in table.items()}
        self._folded = {fold(key): value for key, value in reversed(list(table.items())) if fold(key)}
        self._rest = (_given(table["*"]),) if "*" in table else None

    def find(self, key: str) -> tuple[Any] | None:
        """What the table has for a key, as a tuple of it alone."""
        if key in self._values and key != "*":
            return (_given(self._values[key]),)
        folded = fold(key)
        return (_given(self._folded[folded]),) if folded in self._folded else self._rest


def _given(value: Any) -> Any:
    return None if value == "" else value


def _no_filter(name: str) -> Filter:
    """The filter of a name that is only a table: what the table has not is a fault."""

    def read(value: Any, _: Context) -> Any:
        text = text_of(value) or ""
        raise CellError("E034", quote(text), name, table=name, key=text)

    return read


def _refuse_argument(argument: str | None) -> None:
    if argument is not None:
        raise ArgumentError("no argument")


def _flat(values: Iterator[Any]) -> list[Any]:
    """The values that are there, lists among them opened."""
    found: list[Any] = []
    for value in values:
        found += value if isinstance(value, list) else [] if value is None else [value]
    return found


def _items(parts: Sequence[str]) -> list[str]:
    return [item for part in parts if (item := tidy(part))]


def _searching(argument: str, function: Callable[[Pattern, str], Any]) -> Filter:
    """The filter that searches with a pattern. Raises ArgumentError for one that is none or could hang."""
    try:
        pattern = Pattern(argument)
    except PatternError as error:
        raise ArgumentError(f"another pattern: {quote(argument, 40)} {error}") from None

    def search(value: Any, _: Context) -> Any:
        text = text_of(value) or ""
        try:
            return function(pattern, text)
        except PatternError as error:
            raise CellError("E044", quote(text, 40), f"the pattern {quote(argument, 40)} {error}") from None

    return search


def _listed(text: str) -> Any:
    """The list that a text is, in JSON or as Python writes it. Raises CellError."""
    from ast import literal_eval

    if len(text) > MAX_LIST_LENGTH:
        raise CellError("E044", f"a text of {len(text)} characters", "which is too long for a list")
    for read in (json.loads, literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(found, list | tuple):
            return [tidy(one) if isinstance(one, str) else one for one in found if one not in ("", None)]
    raise CellError("E044", quote(text), "which is no list of JSON or Python")


def _are_date_parts(value: list[Any]) -> bool:
    return isinstance(value[0], list)


def _date_parts(value: Any, read: Callable[[str], str]) -> str | None:
    """The date of CSL: `date-parts`, one or two lists of year, month and day; or `raw` or `literal` words."""
    if isinstance(value, dict):
        words = value.get("raw") or value.get("literal")
        value = value.get("date-parts")
        if not value:
            return read(tidy(str(words))) if words else None
    ends = []
    for parts in value if isinstance(value, list) else []:
        if not isinstance(parts, list) or not all(str(part).isdecimal() for part in parts[:3]):
            raise CellError("E044", quote(str(parts)), "which is not a date as CSL has it")
        ends.append(read("-".join(f"{part!s:0>{2 if at else 4}}" for at, part in enumerate(parts[:3]))))
    return "/".join(dict.fromkeys(ends)) or None


def cut_at_word(text: str, limit: int) -> str:
    """The text, cut behind a word to at most `limit` characters, the ellipsis included.

    >>> cut_at_word("in the harbour", 12), cut_at_word("harbour", 4)
    ('in the…', 'har…')
    """
    start = text[:limit]
    words = start[: start.rindex(" ")] if " " in start else start[: limit - 1]
    return words[: limit - 1].rstrip(" ,;:-–") + "…"


def named_countries(lexicon: Lexicon, text: str) -> list[str]:
    """The codes of the countries that a name can mean, also one with its first part last, as lists have them.

    >>> [named_countries(Lexicon(), name) for name in ("Korea, South", "Iran (Islamic Republic of)", "Congo")]
    [['KR'], ['IR'], ['CD', 'CG']]
    """
    plain = fold(text)
    codes = lexicon.countries_named(plain) or lexicon.countries_named(plain.removeprefix("the "))
    if codes:
        return [code for code in codes if code in COUNTRIES]
    first, comma, second = text.partition(", ")
    if not comma and text.endswith(")"):
        first, _, second = text[:-1].partition(" (")
    if not second:
        return []
    first, second = _spelled_out(first), _spelled_out(second)
    for name in (f"{second} {first}", f"{second} of {first}", f"{second} of the {first}", f"{first} {second}"):
        if codes := lexicon.countries_named(name.removeprefix("the ")):
            return list(codes)
    both = [lexicon.countries_named(name) for name in (first, second)]
    return sorted({code for codes in both for code in codes}) if all(both) else []


def _spelled_out(text: str) -> str:
    """The folded text with the abbreviations that names of states have written out."""
    words = {"rep": "republic", "dem": "democratic", "fed": "federated", "sts": "states", "st": "saint"}
    return " ".join(words.get(word, word) for word in fold(text).split())
