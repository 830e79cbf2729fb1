"""From the bytes of a file to its rows: encoding, format, header, what is no row, columns that become rows.

What a file proves needs no word: a byte order mark says its encoding, and of the delimiters it is the one under which
the header is whole. A line above the header or below the table is left out and counted; a line with more cells than the
header is a fault.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from factcli.errors import InputError
from factcli.records import readers
from factcli.records.mapping.rows import Fault, Reader, Row, resolve, tidy
from factcli.records.mapping.sheets import is_spreadsheet, sheet_text
from factcli.records.problems import Place, Problem
from factcli.records.read_csv import MAX_CELL_SIZE
from factcli.records.read_json import Unreadable, json_line_values, json_values
from factcli.records.rules import problem, suggestion
from factcli.text.patterns import Pattern, PatternError
from factcli.text.quote import enumerate_values, quote

DELIMITERS = (",", ";", "\t", "|", "،")
MAX_PREAMBLE = 1000
"""Lines in which the header is looked for."""

MAX_HEADER_LINES = 20
"""Lines that a header may take, where names in it have line breaks."""

MAX_COLUMNS = 10_000
"""Columns of a table; a spreadsheet has up to 16,384."""

ADDED_COLUMNS = ("line", "fault")
"""What a file of rejected rows has behind the columns."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Layout(NamedTuple):
    """What a mapping says of a file, as its table `[file]` has it."""

    header: Sequence[str] = ()
    encodings: Sequence[str] = ("utf-8",)
    delimiter: str = ""
    format: str = ""
    path: str | None = None
    missing: Sequence[str] = ()
    unpivot: tuple[Pattern, str, str] | None = None
    tail: str = ""
    sheet: str = ""
    decimal: str = "."


class Rows:
    """The rows of one file. After they are read, `header` and `delimiter` are what was found, `left_out` says which
    lines were no rows, `short` which had fewer cells than the header."""

    def __init__(self, layout: Layout, columns: Sequence[str], reader: Reader) -> None:
        self._layout, self._columns, self._reader = layout, columns, reader
        self.header: list[str] = []
        self.delimiter = ","
        self.left_out: list[int] = []
        self.short: list[int] = []
        self.is_json = False
        self._unpivoted: list[tuple[int, str]] = []

    def read(self, data: bytes, name: str, place: Place) -> Iterator[Row | Problem]:
        """The rows, and the problems of the file as a whole. Raises InputError as `text_and_format` does."""
        text, form, bad_encoding = text_and_format(data, name, place, self._layout)
        if bad_encoding:
            yield bad_encoding
            return
        self.is_json = form != "csv"
        if self.is_json:
            yield from self._records(text, place, form)
        elif not self._layout.header:
            yield problem("E102", place, "file.header", "names of columns that one line of the file has")
        else:
            yield from self._table(text, place)

    def _records(self, text: str, place: Place, form: str) -> Iterator[Row | Problem]:
        path = self._layout.path
        values = json_values(text, place, path) if form == "json" else json_line_values(text, place)
        for one in values:
            if isinstance(one, Problem):
                yield one
                continue
            here, value = one
            if form == "jsonl" and path and isinstance(value, dict):
                value = inner if isinstance(inner := resolve(value, path), dict) else value
            if isinstance(value, Unreadable):
                yield problem(value.code, here, "", *value.values)
            elif isinstance(value, dict):
                yield Row(here, [value], value)
            else:
                yield problem("E001", here, "", "a value")

    def _table(self, text: str, place: Place) -> Iterator[Row | Problem]:
        csv.field_size_limit(MAX_CELL_SIZE)
        lines = (text if "\n" in text else text.replace("\r", "\n")).split("\n")
        if tail := self._layout.tail:
            lines = [line.rstrip("\r").rstrip(tail) for line in lines]
        found = self._find_header(lines)
        if found is None:
            yield problem("E031", place, "", enumerate_values(self._layout.header, 20))
            return
        start, self.delimiter, self.header = found
        names = column_names(self.header)
        if wrong := self._header_problem(names, place._replace(line=start)):
            yield from wrong
            return
        used = {*self._columns, *(f"{column} ?" for column in self._columns)}
        picks = [(at, name) for at, name in enumerate(names) if name in used]
        rest: list[tuple[int, list[str]]] = []
        number = 0
        for row in self._cells(lines[start:], place, start):
            if isinstance(row, Problem):
                yield row
                return
            line, cells = row
            filled = sum(map(bool, map(str.strip, cells)))
            if (len(cells) == 1 and len(names) > 1) or cells == self.header:
                self.left_out.append(line)
                continue
            if filled == 1 and len(names) > 2 and cells[0].strip():
                rest.append(row)  # a note below the table, unless rows follow
                continue
            for line_of_row, cells_of_row in (*rest, row):
                number += 1
                yield self._row(Place(place.file, number, line_of_row), cells_of_row, names, picks)
            rest.clear()
        self.left_out += [line for line, _ in rest]

    def _row(self, place: Place, cells: list[str], names: list[str], picks: list[tuple[int, str]]) -> Row:
        """A row, with the cells of the columns that the mapping uses."""
        if len(cells) > len(names):
            last = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
            if last > len(names):
                return Row(place, [], cells, Fault("E022", "", (str(len(cells)), str(len(names)))))
        clean, width = self._reader.cell, len(cells)
        if width < len(names):
            self.short.append(place.line or 0)
        picked = {name: clean(cells[at]) if at < width else None for at, name in picks}
        if not self._layout.unpivot:
            return Row(place, [picked], cells)
        _, column, value = self._layout.unpivot
        variants = []
        for at, name in self._unpivoted:
            if at < len(cells) and (cell := clean(cells[at])) is not None:
                has_mark = names[at + 1 : at + 2] == [f"{name} ?"] and at + 1 < len(cells)
                mark = cells[at + 1].strip() if has_mark else ""
                variants.append({**picked, column: name, value: cell, f"{value} ?": mark})
        return Row(place, variants, cells)

    def _find_header(self, lines: list[str]) -> tuple[int, str, list[str]] | None:
        """The number of lines up to the end of the header, the delimiter under which it is whole, and its cells."""
        wanted = {tidy(name) for name in self._layout.header}
        delimiters = (self._layout.delimiter,) if self._layout.delimiter else DELIMITERS
        for start, line in enumerate(lines[:MAX_PREAMBLE]):
            if not line.strip():
                continue
            end = start + 1
            while end - start < MAX_HEADER_LINES and "\n".join(lines[start:end]).count('"') % 2 and end < len(lines):
                end += 1
            text = "\n".join(lines[start:end])
            found = [(delimiter, cells) for delimiter in delimiters if (cells := cells_of(text, delimiter))]
            whole = [one for one in found if wanted <= {tidy(cell) for cell in one[1]}]
            if whole:
                delimiter, cells = max(whole, key=lambda one: len(one[1]))
                return end, delimiter, cells
        return None

    def _header_problem(self, names: list[str], place: Place) -> list[Problem]:
        """What is wrong with the columns of a header."""
        if len(names) > MAX_COLUMNS:
            return [problem("E048", place, "", str(len(names)), str(MAX_COLUMNS))]
        known = list(names)
        if self._layout.unpivot:
            pattern, *added = self._layout.unpivot
            known += added
            self._unpivoted = [(at, name) for at, name in enumerate(names) if _fits(pattern, name)]
            if not self._unpivoted:
                return [problem("E035", place, "file.unpivot.columns", "no column has such a name")]
        problems = [
            problem("E035", place, column, suggestion(column, [name for name in names if not name.endswith(" ?")]))
            for column in self._columns
            if column not in known
        ]
        twice = [name for name in dict.fromkeys(self._columns) if names.count(name) > 1]
        return problems + [problem("E025", place, name) for name in twice]

    def _cells(self, lines: Sequence[str], place: Place, offset: int) -> Iterator[tuple[int, list[str]] | Problem]:
        """The cells of each line that is not blank; one that a spreadsheet has put into one cell is opened."""
        reader = csv.reader(io.StringIO("\n".join(lines), newline=""), strict=True, delimiter=self.delimiter)
        line = 1
        while True:
            try:
                cells = next(reader, None)
                if cells and len(cells) == 1 and self.delimiter in cells[0]:
                    cells = next(csv.reader([cells[0]], delimiter=self.delimiter))
            except csv.Error as error:
                yield problem("E021", place._replace(line=offset + line), "", str(error))
                return
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield offset + line, cells
            line = reader.line_num + 1


def column_names(cells: Sequence[str]) -> list[str]:
    """The names of columns, tidied; a column without a name belongs to the one before it.

    >>> column_names(["Number", "", "Year"])
    ['Number', 'Number ?', 'Year']
    """
    names: list[str] = []
    for cell in cells:
        last = names[-1].removesuffix(" ?") if names else ""
        names.append(tidy(cell) or f"{last} ?")
    return names


def _fits(pattern: Pattern, name: str) -> bool:
    """Whether the whole name of a column fits a pattern."""
    try:
        return pattern.fullmatch(name) is not None
    except PatternError:
        return False


def cells_of(text: str, delimiter: str) -> list[str]:
    """The cells of a line; none where it is not CSV. One that a spreadsheet has put into one cell is opened."""
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter), [])
        if len(cells) == 1 and delimiter in cells[0]:
            cells = next(csv.reader([cells[0]], strict=True, delimiter=delimiter), [])
    except csv.Error:
        return []
    return cells


def text_and_format(data: bytes, name: str, place: Place, layout: Layout) -> tuple[str, str, Problem | None]:
    """The text of a file, a sheet as CSV, and its format: csv, json or jsonl; or what is wrong with its encoding.

    Raises InputError for an encoding that is none, and for a spreadsheet that cannot be read.
    """
    if is_spreadsheet(data):
        return sheet_text(data, place.file, layout.sheet, layout.delimiter or ",", layout.decimal), "csv", None
    text, bad_encoding = decoded(data, place, layout.encodings)
    return text, format_of(name, text, layout), bad_encoding


def decoded(data: bytes, place: Place, encodings: Sequence[str]) -> tuple[str, Problem | None]:
    """The text by its byte order mark, else in the first of the encodings that fits; or what is wrong in the last.

    Raises InputError for an encoding that is none.
    """
    for encoding in encodings:
        try:
            known = codecs.lookup(encoding)
            is_text = known._is_text_encoding
        except (LookupError, ValueError):
            is_text = False
        if not is_text:
            raise InputError(f"{quote(encoding)}: is not an encoding; correct file.encodings in the mapping")
    marked = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        return readers.decoded(data[len(marked[0]) :], place, marked[1])
    text, bad_encoding = "", None
    for encoding in encodings:
        text, bad_encoding = readers.decoded(data, place, encoding)
        if bad_encoding is None:
            break
    return text, bad_encoding


def format_of(name: str, text: str, layout: Layout) -> str:
    """csv, json or jsonl: as the mapping says, by a path into JSON, by the ending of the name, or by the first sign."""
    ending = os.path.splitext(name)[1].lower()
    if ending in (".jsonl", ".ndjson") and layout.format != "csv":
        return "jsonl"
    if layout.format or layout.path is not None:
        return layout.format or "json"
    if ending == ".json":
        return "json"
    start = text.lstrip()[:1]
    if ending in (".csv", ".tsv", ".tab") or start not in ("{", "["):
        return "csv"
    first_line, _, rest = text.lstrip().partition("\n")
    return "jsonl" if start == "{" and rest.strip() and first_line.rstrip().endswith("}") else "json"


def rejected(rows: Sequence[tuple[Row, str]], header: Sequence[str], delimiter: str) -> str:
    """Rows of a table as they were, each with its line and what is wrong with it behind, below the header."""
    own = len(header) - len(ADDED_COLUMNS) if tuple(header[-len(ADDED_COLUMNS) :]) == ADDED_COLUMNS else len(header)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([*header[:own], *ADDED_COLUMNS])
    for row, fault in rows:
        cells = [*row.raw[:own], *[""] * (own - len(row.raw)), *(row.raw[len(header) :])]
        writer.writerow([*cells, row.place.line, fault])
    return file.getvalue()
