"""Spreadsheets (XLSX) as tables of text: a line for each row of a sheet, so that rows keep their numbers.

A cell is what its type says: a date as far as its format displays it, a number digit by digit, `true` or `false`, of a
formula the value that was saved with it. What is merged across rows stands in each of them. The file is not trusted:
what it unpacks to, its rows and columns are limited, entities are refused, and links to other files are not followed.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from factcli.errors import InputError
from factcli.records import readers
from factcli.text.quote import enumerate_values, quote

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_UNPACKED_SIZE = 300_000_000
"""Bytes of all parts of a file, unpacked."""

MAX_TEXT_SIZE = 100_000_000
"""Characters of a sheet as CSV; a text that many cells share is packed once."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""What a spreadsheet has at most."""

MAX_MERGED = 2_000_000
"""Cells that merged ranges fill."""

_CHUNK = 1 << 20
_DOCUMENT_TYPE = b"<!DOCTYPE"

Cells = dict[int, str]
"""The filled cells of a row by their columns, from 1."""


class Sheet(NamedTuple):
    """The rows of a sheet by their numbers, from 1, and the ranges that are merged: first and last row, column."""

    rows: dict[int, Cells]
    merged: list[tuple[int, int, int]]


class _SheetError(Exception):
    """What is wrong with a file and how to mend it, with a semicolon between."""


def is_spreadsheet(data: bytes) -> bool:
    """Whether a file is XLSX, or a spreadsheet of another form."""
    return data.startswith(readers.SPREADSHEETS)


def sheet_text(data: bytes, name: str, sheet: str = "", delimiter: str = ",", decimal: str = ".") -> str:
    """A sheet as CSV; without a name the only one that has cells. `name` is that of the file in messages.

    Raises InputError where there are several, none of that name, or the file cannot be read.
    """
    try:
        return _table(_sheet(data, sheet, decimal), delimiter)
    except _SheetError as error:
        raise InputError(f"{name}: {error}") from None


def _sheet(data: bytes, name: str, decimal: str) -> Sheet:
    if not data.startswith(b"PK"):
        raise _SheetError("is a spreadsheet of an older form, or one with a password; save it as XLSX without one")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of openpyxl, on what it leaves out
        book = _workbook(data)
        try:
            return _rows(_chosen(book, name), book, decimal)
        except _SheetError:
            raise
        except Exception as error:  # whatever a broken part makes openpyxl raise
            raise _damaged(error) from None


def _damaged(error: Exception) -> _SheetError:
    why = " ".join(str(error).split())[:100] or type(error).__name__
    return _SheetError(f"is a damaged spreadsheet ({why}); open it in a spreadsheet and save it again")


def _workbook(data: bytes) -> Any:
    """The workbook, of which no sheet is read yet."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise _SheetError("is a spreadsheet; pip install 'factcli[xlsx]' reads it, or save it as CSV") from None
    from zipfile import ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _require_harmless(archive)
        return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _SheetError:
        raise
    except Exception as error:  # whatever a broken part makes openpyxl raise
        raise _damaged(error) from None


def _require_harmless(archive: ZipFile) -> None:
    """Raises _SheetError for no XLSX, one that unpacks to too much, and one with a document type, for entities."""
    if "[Content_Types].xml" not in archive.namelist():
        raise _SheetError("is packed, but is no XLSX (perhaps ODS, or a ZIP archive); save it as XLSX or CSV")
    size = sum(part.file_size for part in archive.infolist())
    if size > MAX_UNPACKED_SIZE:
        raise _SheetError(f"unpacks to {size:,} bytes, more than {MAX_UNPACKED_SIZE:,}; save it as CSV")
    for part in archive.namelist():
        if part.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                end = b""
                while chunk := file.read(_CHUNK):
                    seen = end + chunk.replace(b"\0", b"")
                    if _DOCUMENT_TYPE in seen:
                        raise _SheetError("declares a document type, which a spreadsheet never does; save it again")
                    end = seen[-len(_DOCUMENT_TYPE) :]


def _chosen(book: Any, name: str) -> Any:
    """The sheet of the name, else the only one that has cells."""
    if name:
        found = [sheet for sheet in book.worksheets if sheet.title == name]
        names = [sheet.title for sheet in book.worksheets]
    else:
        found = _filled_sheets(book)
        names = [sheet.title for sheet in found]
    if len(found) == 1:
        return found[0]
    shown = enumerate_values([quote(one) for one in names], 20)
    if name:
        raise _SheetError(f"has no sheet {quote(name)}; file.sheetName may be {shown}")
    if not found:
        raise _SheetError("has no sheet with cells; give one with a table")
    raise _SheetError(f"has several sheets; name one by file.sheetName (`map` takes --sheet): {shown}")


def _filled_sheets(book: Any) -> list[Any]:
    if len(book.worksheets) == 1:
        return list(book.worksheets)
    return [sheet for sheet in book.worksheets if _is_filled(sheet)]


def _is_filled(sheet: Any) -> bool:
    """Whether any cell is filled. A sheet that cannot be read counts, so that it is reported."""
    try:
        parser = _parser(sheet, sheet.parent)
        return any(cell["value"] is not None for _, cells in parser.parse() for cell in cells)
    except Exception:  # whatever a broken part makes openpyxl raise
        return True


def _parser(sheet: Any, book: Any) -> Any:
    """openpyxl's parser of a sheet, which refuses formulas whose value was not saved."""
    from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_cell(self, element: Any) -> dict[str, Any]:
            is_lacking = element.get("t") != "str" and not element.findtext(VALUE_TAG)
            if is_lacking and element.find(FORMULA_TAG) is not None:
                place = element.get("r") or "a cell"
                raise _SheetError(f"{place} is a formula without a value; open it in a spreadsheet and save it again")
            return super().parse_cell(element)  # type: ignore[no-any-return]

    source = book._archive.open(sheet._worksheet_path)
    return Parser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _rows(sheet: Any, book: Any, decimal: str) -> Sheet:
    parser, size = _parser(sheet, book), 0
    rows: dict[int, Cells] = {}
    text = _reader_of_cells(book, decimal)
    for number, cells in parser.parse():
        row: Cells = {}
        for cell in cells:
            if cell["value"] is not None and (value := text(cell)):
                row[cell["column"]] = value
                size += len(value)
        width = max(row, default=0)
        size += width
        if number > MAX_ROWS or width > MAX_COLUMNS or size > MAX_TEXT_SIZE:
            limits = f"{MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns or {MAX_TEXT_SIZE:,} characters"
            raise _SheetError(f"has more than {limits} (row {number}); give a smaller sheet, or save it as CSV")
        if row:
            rows.setdefault(number, {}).update(row)
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else ()
    merged = [(one.min_row, one.max_row, one.min_col) for one in ranges if one.max_row > one.min_row]
    return Sheet(rows, merged)


def _reader_of_cells(book: Any, decimal: str) -> Callable[[dict[str, Any]], str]:
    """The function that makes a text of a cell."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    def text(cell: dict[str, Any]) -> str:
        value = cell["value"]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return number_text(value).replace(".", decimal)
        if not isinstance(value, datetime):
            return " ".join(str(value).split())
        style = book._cell_styles[cell["style_id"]].numFmtId if cell["style_id"] else 14
        custom = style - 164
        code = BUILTIN_FORMATS.get(style) if custom < 0 else book._number_formats[custom]
        return date_text(value, code or "yyyy-mm-dd")

    return text


def number_text(value: float) -> str:
    """A number without an exponent, and without a fraction of zero.

    >>> number_text(1.2e9), number_text(0.1), number_text(5e-7)
    ('1200000000', '0.1', '0.0000005')
    """
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(value: datetime, code: str) -> str:
    """A date as far as the format of its cell displays it: to the year, the month, the day or the second.

    >>> [date_text(datetime(2024, 5, 1), code) for code in ("yyyy", "mmm-yy", "dd/mm/yyyy", "General")]
    ['2024', '2024-05', '2024-05-01', '2024-05-01']
    """
    if value.time() != datetime.min.time():
        return value.isoformat(timespec="seconds")
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.lower())
    day = f"{value:%Y-%m-%d}" if value.year > 999 else value.date().isoformat()
    if "y" not in shown or "d" in shown:
        return day
    return day[:7] if "m" in shown else day[:4]


def _table(sheet: Sheet, delimiter: str) -> str:
    """The rows as CSV, a line each; one without cells is an empty line."""
    rows = _filled_down(sheet)
    width = max((max(row) for row in rows.values()), default=0)
    if width * len(rows) > MAX_TEXT_SIZE:
        width = 2  # one cell far to the right does not fill the others
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    for number in range(1, max(rows, default=0) + 1):
        row = rows.get(number)
        writer.writerow([row.get(column, "") for column in range(1, max(*row, width) + 1)] if row else [])
    return file.getvalue()


def _filled_down(sheet: Sheet) -> dict[int, Cells]:
    """The rows with what is merged across several of them in each."""
    last, count = max(sheet.rows, default=0), 0
    for start, until, column in sheet.merged:
        value = sheet.rows.get(start, {}).get(column)
        if value is None:
            continue
        end = min(until, last)
        count += end - start
        if count > MAX_MERGED:
            raise _SheetError(f"has more than {MAX_MERGED:,} merged cells; give a sheet without them")
        for number in range(start + 1, end + 1):
            sheet.rows.setdefault(number, {}).setdefault(column, value)
    return sheet.rows
