"""What a file of another form looks like: its encoding, format and header, and what the cells of its columns are.

What a file proves is certain; of encodings and headers those are taken that fit first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from factcli.dates import DateError
from factcli.dates.cells import DateReader
from factcli.errors import InputError
from factcli.lexicon import Lexicon
from factcli.lexicon.codes import COUNTRIES, CURRENCIES
from factcli.records.mapping.filters import named_countries
from factcli.records.mapping.rows import Row, as_text
from factcli.records.mapping.sheets import is_spreadsheet, sheet_text
from factcli.records.mapping.tables import DELIMITERS, Layout, cells_of, column_names, decoded, format_of
from factcli.records.problems import Place, format_problem
from factcli.text import fold
from factcli.text.quantities import NumberReader
from factcli.text.unsafe import is_web_address

MAX_VALUES = 200
"""Different values of a column that are looked at."""

MAX_HEADER_LINES = 100
"""Lines from which delimiter and header are found."""

MIN_SHARE, MIN_COUNTRIES = 0.9, 0.6
"""Share of the values of a column that must be dates or numbers for the column to be of them, and countries: a register
has names for some that are its own, which `check --map` lists."""

ENCODINGS = ("utf-8", "windows-1256", "windows-1252", "iso-8859-1")
"""Encodings that are tried, in this order."""

ARABIC_ENCODING = "windows-1256"

MISSING = ("NA", "N/A", "n/a", "n.a.", "NULL", "null", "None", "-", "--", "nan", "NaN", "?", "unknown")
"""What often stands for an empty cell."""

SEPARATORS = (";", "|", "،", ",")


class Column(NamedTuple):
    """A column: its name, how many of its cells are filled, its different values, and what they look like.

    `look` is date, number, country, alpha-2, alpha-3, address, id or text; `separator` is that of lists.
    """

    name: str
    filled: int
    values: list[str]
    look: str
    separator: str = ""

    def slot(self, *filters: str) -> str:
        """The template of its cells, as TOML."""
        name = self.name
        if re.search('["|{}]', name):
            name = '"' + name.replace('"', '""') + '"'
        split = [f"split:{self.separator}" if self.separator != "|" else 'split:"|"'] if self.separator else []
        return toml("{" + "|".join([name, *split, *filters]) + "}")


def toml(value: Any) -> str:
    """A text, a list of texts or a boolean as TOML: as JSON has it, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def layout_of(data: bytes, name: str, place: Place, sheet: str) -> Layout:
    """The encoding, the format and the header that a file proves, or that fit it first.

    Raises InputError for a file that is in none of the encodings, and for a spreadsheet that cannot be read.
    """
    if is_spreadsheet(data):
        text = sheet_text(data, place.file, sheet, "\t")
        return Layout(header=[name for name in find_header(text, ("\t",))[2] if name.strip()], sheet=sheet)
    text, bad_encoding = decoded(data, place, ENCODINGS)
    if bad_encoding:
        raise InputError(format_problem(bad_encoding))
    encodings = [one for one in ENCODINGS if decoded(data, place, (one,))[1] is None]
    if encodings[0] == "utf-8":
        encodings = ["utf-8"]
    elif not _is_arabic(data):
        encodings.sort(key=lambda one: one == ARABIC_ENCODING)
    form = format_of(name, text, Layout())
    if form != "csv":
        return Layout(encodings=encodings, format=form, path=_path_of_records(text) if form == "json" else None)
    tail, delimiter, header = find_header(text)
    return Layout(header=[name for name in header if name.strip()], encodings=encodings, delimiter=delimiter, tail=tail)


def _is_arabic(data: bytes) -> bool:
    """Whether bytes beyond ASCII are Arabic letters, for the most part, in the encoding that has these."""
    beyond = [char for char in data.decode(ARABIC_ENCODING, "ignore") if char > "\x7f"]
    return sum("\u0621" <= char <= "\u0652" for char in beyond) > len(beyond) / 2


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """The lines, those together that a line break in quotes has parted."""
    found: list[str] = []
    is_open = False
    for line in lines:
        if is_open:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
        is_open ^= line.count('"') % 2 == 1
    return list(lines) if is_open else found


def find_header(text: str, delimiters: Sequence[str] = DELIMITERS) -> tuple[str, str, list[str]]:
    """The signs that a spreadsheet has hung to the lines, the delimiter, and the cells of the header.

    The header is the first line that is as wide as most, under the delimiter that makes them widest.
    """
    lines = _whole_lines(text.splitlines()[:MAX_HEADER_LINES])
    best: tuple[int, str, str, list[str]] = (0, "", ",", [])
    for tail in ("", ";"):
        for delimiter in delimiters:
            rows = [row for line in lines if (row := cells_of(line.rstrip(tail) if tail else line, delimiter))]
            widths = Counter(map(_width, rows))
            widths.pop(1, None)
            if not widths:
                continue
            width, count = max(widths.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
            if count * width > best[0]:
                best = (count * width, tail, delimiter, next(row for row in rows if _width(row) >= width))
    return best[1], best[2], best[3] or next(filter(None, (cells_of(line, ",") for line in lines)), [])


def _width(row: Sequence[str]) -> int:
    """How many cells a row has up to its last one that is filled."""
    return max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0)


def _path_of_records(text: str) -> str | None:
    """The path to the longest list of objects in a JSON text; None for the top."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    found = max(_lists(value, (), 0), key=lambda pair: pair[1], default=((), 0))
    return ".".join(found[0]) or None


def _lists(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        yield path, len(value)
    elif isinstance(value, dict) and depth < 5:
        for key, inner in value.items():
            yield from _lists(inner, (*path, key), depth + 1)


def names_of(layout: Layout) -> list[str]:
    """The names of the columns of a table; of records, the paths to their values are known when they are read."""
    names = [name for name in column_names(layout.header) if not name.endswith(" ?")]
    return [name for name, count in Counter(names).items() if count == 1 and name]


class Profiler:
    """Says what the values of a column look like. `missing` counts what seems to stand for empty cells."""

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()
        self._lexicon = Lexicon()
        meanings = self._lexicon.words.meanings
        self._dates = {order: DateReader(meanings, order) for order in (None, True, False)}
        self.numbers = NumberReader(meanings, CURRENCIES)

    def columns(self, rows: Sequence[Row], names: Sequence[str]) -> list[Column]:
        """The columns of rows; of records of JSON, each path to values is one."""
        values: dict[str, list[str]] = {name: [] for name in names}
        filled: Counter[str] = Counter()
        for row in rows:
            seen = set()
            cells = row.cells[0]
            pairs: Iterable[tuple[str, Any]] = ((n, cells.get(n)) for n in names) if names else _leaves(cells, "", 0)
            for name, value in pairs:
                if value is None or not (text := as_text(value)):
                    continue
                if text in MISSING:
                    self.missing[text] += 1
                    continue
                values.setdefault(name, []).append(text)
                seen.add(name)
            filled.update(seen)
        return [self._column(name, found, filled[name], len(rows)) for name, found in values.items()]

    def _column(self, name: str, values: list[str], filled: int, rows: int) -> Column:
        distinct = list(dict.fromkeys(values))
        some = distinct[:MAX_VALUES]
        look, separator = self._look(name, some), ""
        if look == "text":
            separator, inner = self._listed(name, some)
            look = inner if separator else look
        if look in ("text", "number") and len(distinct) == len(values) == rows and _is_id(name):
            look = "id"
        return Column(name, filled, distinct, look, separator)

    def _look(self, name: str, values: Sequence[str]) -> str:
        tests: list[tuple[str, Callable[[str], bool]]] = [
            ("address", is_web_address),
            ("date", self.is_date),
            ("number", self._is_number),
            ("alpha-2", lambda value: len(value) == 2 and value in COUNTRIES),
            (
                "alpha-3",
                lambda value: len(value) == 3 and value.isupper() and bool(self._lexicon.country_coded(fold(value))),
            ),
            ("country", lambda value: len(named_countries(self._lexicon, value)) == 1),
        ]
        least = {"country": MIN_COUNTRIES}
        fitting = (look for look, holds in tests if values and _share(values, holds) >= least.get(look, MIN_SHARE))
        return next(fitting, "text")

    def _listed(self, name: str, values: Sequence[str]) -> tuple[str, str]:
        """The separator of lists and what their items look like, where most items of some are countries."""
        for separator in SEPARATORS:
            items = [item.strip() for value in values for item in value.split(separator) if item.strip()]
            if len(items) > len(values):
                look = self._look(name, list(dict.fromkeys(items))[:MAX_VALUES])
                if look in ("country", "alpha-2", "alpha-3"):
                    return separator, look
        return "", ""

    def is_date(self, value: str, order: bool | None = True) -> bool:
        """Whether a value is a date that says more than a number would."""
        if value.isdigit() and not (len(value) == 4 and "1500" < value < "2100"):
            return False
        return self._reads(value, order) or (order is True and self._reads(value, False))

    def _reads(self, value: str, order: bool | None) -> bool:
        try:
            self._dates[order].read(value)
        except DateError:
            return False
        return True

    def _is_number(self, value: str) -> bool:
        try:
            self.numbers.read(value)
        except ValueError:
            return False
        return True

    def day_order(self, columns: Sequence[Column]) -> bool | None:
        """Whether the day is first, where values prove one order and none the other."""
        dates = [value for column in columns if column.look == "date" for value in column.values[:MAX_VALUES]]
        day_first = any(self._reads(value, True) and not self._reads(value, False) for value in dates)
        month_first = any(self._reads(value, False) and not self._reads(value, True) for value in dates)
        return None if day_first == month_first else day_first


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    """The single values of a record with the paths to them; those in lists by the path of the list."""
    if isinstance(value, dict) and depth < 5:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for inner in value[:3]:
            yield from _leaves(inner, path, depth + 1)
    elif not isinstance(value, dict):
        yield path, value


def _is_id(name: str) -> bool:
    return bool(
        re.search(r"(^|[^a-z])(id|key|code|number|no|nr|ref|qid)([^a-z]|$)|ID$|Id$|رقم", name)
        or name.lower().strip("# .") in ("id", "key", "code", "no", "nr", "ref", "qid", "")
    ) or name.lower().endswith("id")


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values)
