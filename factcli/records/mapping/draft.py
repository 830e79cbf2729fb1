"""A mapping drafted from a file of another form: what the file proves as settings, and what its columns look like.

Nothing is guessed: where a column can only mean one thing, a template names it; where several can, they stand side by
side as comments, for a person to choose from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, NamedTuple

from factcli import package_data
from factcli.dates import DateError
from factcli.dates.cells import DateReader
from factcli.lexicon import Lexicon
from factcli.lexicon.codes import COUNTRIES, CURRENCIES
from factcli.records import readers
from factcli.records.mapping.filters import named_countries
from factcli.records.mapping.rows import Reader, Row, as_text
from factcli.records.mapping.tables import DELIMITERS, Layout, Rows, cells_of, column_names, decoded, format_of
from factcli.records.problems import Place, Problem, format_problem
from factcli.text import fold
from factcli.text.quantities import NumberReader
from factcli.text.quote import quote
from factcli.text.unsafe import is_web_address

MAX_ROWS = 1000
"""Rows that a draft is made of."""

MAX_VALUES = 200
"""Different values of a column that are looked at."""

MAX_HEADER_LINES = 100
"""Lines by which delimiter and header are told."""

MAX_HEADER_NAMES = 12
"""Names of columns by which the header is known."""

SHOWN_LENGTH = 40
"""Characters of a value in a comment."""

MIN_SHARE, MIN_COUNTRIES = 0.9, 0.6
"""Share of the values of a column that must be dates or numbers for the column to be of them, and countries: a register
has names for some that are its own, which `check --map` lists."""

FIRST_OF_JANUARY_SHARE = 0.1
"""Share of first days of January from which the days of a column may be years."""

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
        name = f'"{self.name}"' if re.search("[|{}]", self.name) else self.name
        split = [f"split:{self.separator}" if self.separator != "|" else 'split:"|"'] if self.separator else []
        return _toml("{" + "|".join([name, *split, *filters]) + "}")


def draft(name: str, stdin: IO[bytes] | None) -> str:
    """The draft of a mapping for a file, as TOML. Raises InputError for what is neither a table nor JSON."""
    from factcli.errors import InputError

    place = Place(readers.display_name(name))
    data = readers.content(name, stdin)
    text, bad_encoding = decoded(data, place, ENCODINGS)
    if bad_encoding:
        raise InputError(format_problem(bad_encoding))
    layout = layout_of(name, data, text)
    names = _column_names(layout, text, place)
    rows = Rows(layout, names, Reader())
    found = list(islice(rows.read(data, name, place), MAX_ROWS))
    problems = [one for one in found if isinstance(one, Problem)]
    records = [one for one in found if isinstance(one, Row) and one.cells]
    if problems or not records:
        lines = [format_problem(one) for one in problems[:1]] or [f"{place.file}: has no rows; give a table or JSON"]
        raise InputError(*lines)
    columns = Profiler().columns(records, [] if layout.format else names)
    return (
        "\n".join(
            [
                *_head(place.file, len(records)),
                *_settings(layout, data, columns),
                "",
                *_described(columns, len(records)),
                "",
                *_fact(columns),
            ]
        )
        + "\n"
    )


# -- the file


def layout_of(name: str, data: bytes, text: str) -> Layout:
    """The encoding, the format and the header that a file proves, or that fit it first."""
    encodings = [one for one in ENCODINGS if decoded(data, Place(name), (one,))[1] is None]
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


def find_header(text: str) -> tuple[str, str, list[str]]:
    """The signs that a spreadsheet has hung to the lines, the delimiter, and the cells of the header.

    The header is the first line that is as wide as most, under the delimiter that makes them widest.
    """
    lines = text.splitlines()[:MAX_HEADER_LINES]
    best: tuple[int, str, str, list[str]] = (0, "", ",", [])
    for tail in ("", ";"):
        for delimiter in DELIMITERS:
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


def _column_names(layout: Layout, text: str, place: Place) -> list[str]:
    """The names of the columns of a table; of records, the paths to their values are known when they are read."""
    names = [name for name in column_names(layout.header) if not name.endswith(" ?")]
    return [name for name, count in Counter(names).items() if count == 1 and name]


# -- the columns


class Profiler:
    """Says what the values of a column look like."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()
        meanings = self._lexicon.words.meanings
        self._dates = {order: DateReader(meanings, order) for order in (None, True, False)}
        self._numbers = NumberReader(meanings, CURRENCIES)

    def columns(self, rows: Sequence[Row], names: Sequence[str]) -> list[Column]:
        """The columns of rows; of records of JSON, each path to values is one."""
        values: dict[str, list[str]] = {name: [] for name in names}
        filled: Counter[str] = Counter()
        for row in rows:
            seen = set()
            cells = row.cells[0]
            pairs: Iterable[tuple[str, Any]] = ((n, cells.get(n)) for n in names) if names else _leaves(cells, "", 0)
            for name, value in pairs:
                if value is not None and (text := as_text(value)) and text not in MISSING:
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
            self._numbers.read(value)
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
    ) or name.lower().endswith("id")


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values)


# -- the text


def _toml(value: Any) -> str:
    """A text, a list of texts or a boolean as TOML: as JSON has it, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head(name: str, rows: int) -> list[str]:
    return [
        f"# A mapping for files like {_comment(name)}, drafted from {rows} of its rows.",
        "# Finish it: choose among the lines that begin with #?, fill in the kind, then try it:",
        "#   factcli check --map MAPPING.toml FILE",
        "#   factcli --db mine.json import --map MAPPING.toml FILE",
        "",
    ]


def _settings(layout: Layout, data: bytes, columns: Sequence[Column]) -> list[str]:
    lines = ["[file]"]
    if layout.encodings[0] != "utf-8":
        lines.append(f"encodings = {_toml([layout.encodings[0]])}")
        others = layout.encodings[1:]
        lines += [f"#? encodings = {_toml([one])}  # fits as well" for one in others]
    if layout.format:
        lines.append(f"format = {_toml(layout.format)}")
    if layout.path:
        lines.append(f"property = {_toml(layout.path)}")
    if not layout.format:
        names = [name for name in dict.fromkeys(map(str.strip, layout.header)) if name and "\n" not in name]
        lines.append(f"header = {_toml(names[:MAX_HEADER_NAMES])}")
        lines.append(f"delimiter = {_toml(layout.delimiter)}")
        lines += [f"tail = {_toml(layout.tail)}"] * bool(layout.tail)
    order = Profiler().day_order(columns)
    if order is not None:
        lines.append(f"dayFirst = {_toml(order)}")
    elif any(
        re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", value)
        for c in columns
        if c.look == "date"
        for value in c.values
    ):
        lines.append("#? dayFirst = true  # or false: no date of the file proves it")
    return lines


def _described(columns: Sequence[Column], rows: int) -> list[str]:
    """The columns, a comment each."""
    lines = [f"# The columns in {rows} rows: share of filled cells, what they look like, three values."]
    for column in columns:
        looks = f"a list of {column.look} with {column.separator}" if column.separator else column.look
        values = " | ".join(_comment(value) for value in column.values[:3])
        lines.append(f"#   {_comment(column.name)}: {round(100 * column.filled / rows)} %, {looks}: {values}")
        if column.look == "date" and _are_years(column.values):
            lines.append(
                f"#     many are 1 January, perhaps for the year alone: {column.slot('match:^[0-9]{4}', 'date')}"
            )
    return lines


def _are_years(values: Sequence[str]) -> bool:
    """Whether days may stand for their years: all have a day, and many are 1 January."""
    days = [re.fullmatch(r"[0-9]{4}-([0-9]{2}-[0-9]{2})(T.*)?", value) for value in values]
    return (
        bool(days)
        and all(days)
        and sum(day is not None and day[1] == "01-01" for day in days) > FIRST_OF_JANUARY_SHARE * len(days)
    )


def _comment(text: str) -> str:
    """A text on one line of a comment."""
    shown = text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
    return quote(shown)


def _fact(columns: Sequence[Column]) -> list[str]:
    """The block of a fact."""
    known = json.loads(package_data.text("column-names.json"))
    named = {meaning: [c for c in columns if fold(c.name) in set(map(fold, names))] for meaning, names in known.items()}
    texts = [column for column in columns if column.look == "text"]
    lines = ["[fact]", 'kind = "event"  # or: agreement, sale, contract, exercise, visit, training ...']
    lines += _one_of("key", [c for c in columns if c.look == "id"], lambda c: c.slot())
    titles = [column for column in named["title"] if column in texts]
    lines += _one_of("title", titles or texts[:3], lambda c: c.slot(), is_certain=bool(titles), by_language=True)
    lines += _one_of("date", [c for c in columns if c.look == "date"], lambda c: c.slot("date"))
    countries = [column for column in columns if column.look in ("country", "alpha-2", "alpha-3")]
    if countries:
        filters = {"country": "country", "alpha-2": "country:alpha-2", "alpha-3": "country:alpha-3"}
        lines.append(f"partners = [{', '.join(column.slot(filters[column.look]) for column in countries)}]")
    lines += _one_of("status", named["status"], lambda c: c.slot("status"), is_certain=False)
    lines += _one_of("note", [c for c in named["note"] if c in texts], lambda c: c.slot("cut"), by_language=True)
    for meaning in ("quantity", "value", "people"):
        for column in named[meaning]:
            if column.look == "number":
                unit = [f"unit = {column.slot('currency')}"] if meaning == "value" else ['#? unit = "piece"']
                lines += ["", "[[fact.numbers]]", f'what = "{meaning}"', f"value = {column.slot('number')}", *unit]
    addresses = [column for column in columns if column.look == "address"]
    if addresses or named["source"]:
        is_one = len(addresses) == 1
        lines += ["", "[[fact.sources]]" if is_one else "#? [[fact.sources]]"]
        lines += [f"{'' if is_one else '#? '}URL = {column.slot()}" for column in addresses]
        lines += [f"{'' if is_one else '#? '}title.en = {column.slot()}" for column in named["source"][:1]]
    return lines


def _one_of(
    key: str,
    columns: Sequence[Column],
    template: Callable[[Column], str],
    is_certain: bool = True,
    by_language: bool = False,
) -> list[str]:
    """The line of a key that one column can be; a line of comment for each of several."""
    mark = "" if len(columns) == 1 and is_certain else "#? "
    lines = []
    for column in columns:
        arabic = sum("\u0621" <= char <= "\u064a" for value in column.values[:10] for char in value)
        lang = (".ar" if arabic > sum(len(value) for value in column.values[:10]) / 3 else ".en") if by_language else ""
        lines.append(f"{mark}{key}{lang} = {template(column)}")
    if by_language and len(columns) > 1 and is_certain:
        langs = [line.split(" = ")[0].removeprefix(mark) for line in lines]
        if len(set(langs)) == len(langs):
            lines = [line.removeprefix(mark) for line in lines]
    return lines
