"""CSV in a form of its own, read by a mapping: a TOML file that says where the table begins and what a row means.

The table `[fact]` of a mapping is a fact in which `{Column}` stands for a cell. A value whose cell is empty is left
out, and what needs it with it. `{Column|country}` is the code of a country name, `{Column|year}` and `{Column|number}`
read figures, `{Column|op}` says if a figure is an estimate, `{Column|slug}` makes an id, `{Column|NAME}` looks the
cell up in the table `[values.NAME]` of the mapping. Estimates stand in brackets or have a question mark.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import IO, Any
from unicodedata import normalize

from factcli import package_data as shipped
from factcli.errors import FileError, InputError
from factcli.lexicon.codes import COUNTRIES
from factcli.records import readers as intake
from factcli.records.problems import Candidate, CountryCode, Finding, Place, found
from factcli.store import decode
from factcli.text import fold
from factcli.text.quote import enumerate_values, quote, quote_path

Mapping = dict[str, Any]
Cells = dict[str, str]

_SLOT = re.compile(r"\{([^{}|]+)(?:\|([a-z]+))?\}")
_ESTIMATE = re.compile(r"^\((.*)\)$|^(.*)\?$")


def reader(name: str, stdin: IO[bytes] | None, country_code: CountryCode) -> Callable[[str], intake.Intake]:
    """The reader of files of the form that the mapping `name` describes. Raises InputError for a bad mapping.

    `name` is a path, or the name of a mapping that ships with factcli.
    """
    mapping = _mapping(name)

    def read(file: str) -> intake.Intake:
        place = Place(intake.shown_name(file))
        text, problem = _decoded(intake.content(file, stdin), place, mapping["file"].get("encodings", ["utf-8-sig"]))
        return intake.Intake([], [problem]) if problem else _Table(mapping, country_code).read(text, place)

    return read


def _mapping(name: str) -> Mapping:
    """The mapping of that name. Raises InputError."""
    real = name if os.path.exists(name) or os.path.dirname(name) else shipped.path(name)
    try:
        mapping = tomllib.loads(decode.content(real).decode("utf-8-sig"))
    except FileError as error:
        raise InputError(*error.problems) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{quote_path(name)}: is not TOML ({str(error)[:120]}); mend that place") from None
    for table, key in (("file", "header"), ("fact", "kind"), ("fact", "title")):
        if key not in mapping.get(table, {}):
            raise InputError(f"{quote_path(name)}: {table}.{key}: is missing; a mapping needs it, see data/sipri.toml")
    return mapping


def _decoded(data: bytes, place: Place, encodings: list[str]) -> tuple[str, Finding | None]:
    """The text in the first of the named encodings that fits, or what is wrong in the last."""
    text, problem = "", None
    for encoding in encodings:
        try:
            text, problem = intake.decoded(data, place, "utf-8-sig" if encoding.lower() == "utf-8" else encoding)
        except LookupError:
            raise InputError(f"{quote(encoding)}: is no encoding; mend file.encodings in the mapping") from None
        if problem is None:
            break
    return text, problem


def e031_header() -> None:
    """has no line with the columns {}; give the file as it was exported, or mend file.header in the mapping"""


def e032_country() -> None:
    """is {}, no country that factcli knows; add it to [values.country] of the mapping, with "" for what is no state"""


def e033_figure() -> None:
    """is {}, no figure; mend the cell"""


def e034_value() -> None:
    """is {}, which [values.{}] of the mapping does not know; add it there"""


def e035_column() -> None:
    """is not a column of the file; mend the mapping"""


class _CellError(Exception):
    """A cell that cannot be read: its rule, its column and what is to be said."""


class _Table:
    """One file on its way into candidates."""

    def __init__(self, mapping: Mapping, country_code: CountryCode) -> None:
        self.mapping, self.country_code = mapping, country_code
        self.fillers: dict[str, Callable[[str, str], Any]] = {
            "country": self._country,
            "year": _year,
            "number": _number,
            "op": lambda cell, _: "~" if _ESTIMATE.match(cell) else "=",
            "slug": lambda cell, _: slug(cell) or None,
        }

    def read(self, text: str, place: Place) -> intake.Intake:
        """The records of the table in the text, sources of the mapping included."""
        result = intake.Intake([], [])
        header: list[str] | None = None
        for row in self._rows(text, place):
            if isinstance(row, Finding):
                result.findings.append(row)
            elif header is None:
                header = _header(row[1], self.mapping["file"]["header"])
            elif self._is_record(row[1], header):
                here = row[0]._replace(record=len(result.candidates) + len(result.findings) + 1)
                self._take(result, here, dict(zip(header, map(str.strip, row[1]), strict=False)))
        if header is None and not result.findings:
            result.findings.append(found(e031_header, place, "", enumerate_values(self.mapping["file"]["header"], 20)))
        for source in self.mapping.get("sources", []):
            result.candidates.append(Candidate(place._replace(table="sources"), source))
        return result

    def _rows(self, text: str, place: Place) -> Iterator[tuple[Place, list[str]] | Finding]:
        """The rows of the file, mended where a spreadsheet has put each line into one cell or hung tails to it."""
        delimiter = self.mapping["file"].get("delimiter", ",")
        tail = self.mapping["file"].get("tail", "")
        lines = (line.rstrip("\r").rstrip(tail) if tail else line for line in text.split("\n"))
        for row in intake.rows("\n".join(lines), place, delimiter):
            if not isinstance(row, Finding) and len(row[1]) == 1 and delimiter in row[1][0]:
                yield row[0], next(csv.reader([row[1][0]], delimiter=delimiter))
            else:
                yield row

    def _is_record(self, cells: list[str], header: list[str]) -> bool:
        """Whether a row below the header holds a record, and not a footnote."""
        return sum(bool(cell.strip()) for cell in cells) > 1 and len(cells) > len(header) // 2

    def _take(self, result: intake.Intake, place: Place, cells: Cells) -> None:
        """Adds the fact of one row, or what is wrong with it."""
        try:
            result.candidates.append(Candidate(place, self._filled(self.mapping["fact"], cells)))
        except _CellError as error:
            rule, column, said = error.args
            result.findings.append(found(rule, place, column, *said))

    def _filled(self, template: Any, cells: Cells) -> Any:
        """The template with the cells of a row in its slots; None where a cell that it needs is empty."""
        if isinstance(template, str):
            return self._text(template, cells)
        if isinstance(template, list):
            items = (self._filled(item, cells) for item in template)
            return list({str(item): item for item in items if item is not None}.values())
        if isinstance(template, dict):
            filled = {key: self._filled(inner, cells) for key, inner in template.items()}
            needed = [key for key in ("entity", "value", "source") if key in filled]
            if any(filled[key] is None for key in needed):
                return None
            return {key: value for key, value in filled.items() if value is not None} or None
        return template

    def _text(self, template: str, cells: Cells) -> Any:
        """The template with its slots filled; a template that is one slot keeps the type of what fills it."""
        whole = _SLOT.fullmatch(template)
        if whole:
            return self._slot(whole, cells)
        values = [self._slot(slot, cells) for slot in _SLOT.finditer(template)]
        if None in values:
            return None
        remaining = iter(values)
        return _SLOT.sub(lambda _: str(next(remaining)), template)

    def _slot(self, slot: re.Match[str], cells: Cells) -> Any:
        """What fills one slot; None where the cell is empty. Raises _CellError."""
        column, how = slot[1], slot[2]
        if column not in cells:
            raise _CellError(e035_column, column, ())
        cell = cells[column]
        if not cell or cell == "?":
            return None
        if how is None:
            return " ".join(_certain(cell).split())
        if how in self.fillers:
            return self.fillers[how](cell, column)
        table = self.mapping.get("values", {}).get(how, {})
        if cell not in table:
            raise _CellError(e034_value, column, (quote(cell), how))
        return table[cell] or None

    def _country(self, cell: str, column: str) -> str | None:
        """The code of a country by its name, None for what is no state. Raises _CellError."""
        known = self.mapping.get("values", {}).get("country", {})
        if cell in known:
            return known[cell] or None
        codes = [code for code in self.country_code(fold(cell)) if code in COUNTRIES]
        if len(codes) != 1:
            raise _CellError(e032_country, column, (quote(cell),))
        return codes[0]


def _header(cells: list[str], wanted: list[str]) -> list[str] | None:
    """The names of the columns if this row is the header; a column without a name belongs to the one before it."""
    names = [" ".join(cell.split()) for cell in cells]
    if not set(wanted) <= set(names):
        return None
    return [name or f"{names[place - 1] if place else ''} ?" for place, name in enumerate(names)]


def _certain(cell: str) -> str:
    """The cell without the brackets or the question mark of an estimate."""
    estimate = _ESTIMATE.match(cell)
    return (estimate[1] or estimate[2] or "").strip() if estimate else cell


def _year(cell: str, column: str) -> str | None:
    """The year as EDTF, with ~ where it is an estimate. Raises _CellError."""
    year = _certain(cell)
    if not re.fullmatch("[0-9]{4}", year):
        raise _CellError(e033_figure, column, (quote(cell),))
    return f"{year}~" if year != cell else year


def _number(cell: str, column: str) -> float | int:
    """The figure, an estimate or not. Raises _CellError."""
    figure = _certain(cell).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", figure):
        raise _CellError(e033_figure, column, (quote(cell),))
    return float(figure) if "." in figure else int(figure)


def slug(text: str) -> str:
    """The text as an id.

    >>> slug("Türkiye"), slug("BGM-71F TOW-2B")
    ('turkiye', 'bgm-71f-tow-2b')
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")
