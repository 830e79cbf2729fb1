"""Spreadsheets as tables: types of cells, merged cells, several sheets, and files that mean harm."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factcli.errors import InputError
from factcli.records.mapping import sheets
from factcli.records.mapping.draft import draft
from factcli.records.mapping.sheets import sheet_text

if TYPE_CHECKING:
    from conftest import Mapped, Run

openpyxl = pytest.importorskip("openpyxl")

HEADER = ("Ref", "Date", "Country", "Sum")


def workbook(rows: Sequence[Sequence[Any]] = (), change: Callable[[Any], None] | None = None) -> bytes:
    """A spreadsheet with one sheet of these rows, changed by a function of its workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def replaced(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The file with parts of it replaced, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            part = parts.get(name)
            if part is None:
                new.writestr(name, old.read(name))
            else:
                new.writestr(name, part if isinstance(part, bytes) else part(old.read(name)))
    return file.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"

CELLS: list[tuple[Any, str, str]] = [
    (datetime(2024, 5, 3), "dd/mm/yyyy", "2024-05-03"),
    (datetime(2024, 5, 3), "[$-809]d mmmm yyyy;@", "2024-05-03"),
    (datetime(2024, 5, 1), "mmm-yy", "2024-05"),
    (datetime(2024, 1, 1), "yyyy", "2024"),
    (datetime(2024, 5, 3, 14, 30), "yyyy-mm-dd hh:mm", "2024-05-03T14:30:00"),
    (time(9, 30), "hh:mm", "09:30:00"),
    (70_000_000, "General", "70000000"),
    (1.1, '"$"#,##0.00', "1.1"),
    (0.1, "0%", "0.1"),
    (2.0, "0.00", "2"),
    (1e21, "0", "1000000000000000000000"),
    (True, "General", "true"),
    (False, "General", "false"),
    ("  سلطنة\nعُمان ", "General", "سلطنة عُمان"),
    ("#N/A", "General", "#N/A"),
    (None, "General", ""),
]


def test_a_cell_is_what_its_type_says() -> None:
    def form(book: Any) -> None:
        for number, (value, code, _) in enumerate(CELLS, 1):
            cell = book.active.cell(number, 1, value)
            cell.number_format = code
            book.active.cell(number, 2, "x")

    lines = sheet_text(workbook(change=form), "x.xlsx", delimiter="\t").splitlines()
    assert lines == [f"{text}\tx" for _, _, text in CELLS]


def test_numbers_have_the_decimal_sign_of_the_mapping() -> None:
    assert sheet_text(workbook([[1234.567, "a"]]), "x.xlsx", decimal=",") == '"1234,567",a\n'


def test_a_whole_number_keeps_all_of_its_digits() -> None:
    data = replaced(workbook([["x"]]), {SHEET: sheet_xml("<row><c><v>1234567890123456789</v></c></row>")})
    assert sheet_text(data, "x.xlsx") == "1234567890123456789\n"


def test_rows_keep_their_numbers() -> None:
    def place(book: Any) -> None:
        book.active["A2"], book.active["C4"] = "title", "x"

    assert sheet_text(workbook(change=place), "x.xlsx") == "\ntitle,,\n\n,,x\n"


def test_one_cell_far_to_the_right_does_not_fill_the_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_TEXT_SIZE", 150)
    text = sheet_text(workbook([["a"] * 60, ["b"], ["c"]]), "x.xlsx")
    assert [len(line.split(",")) for line in text.splitlines()] == [60, 2, 2]


def test_a_formula_is_the_value_that_was_saved_with_it() -> None:
    saved = sheet_xml('<row r="1"><c r="A1"><f>6*7</f><v>42</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>')
    assert sheet_text(replaced(workbook([["x"]]), {SHEET: saved}), "x.xlsx") == "42\n"
    with pytest.raises(
        InputError, match=r"x\.xlsx: B1 is a formula without a value; open it in a spreadsheet and save"
    ):
        sheet_text(workbook([["a", "=6*7"]]), "x.xlsx")


def test_what_is_merged_across_rows_stands_in_each() -> None:
    def merge(book: Any) -> None:
        for cells in ("A1:A2", "B1:C1", "A3:A4", "D1:D1048576"):
            book.active.merge_cells(cells)

    rows = [["Ref", "Parties", None, "all"], [None, "Buyer", "Seller"], ["71-01", "a", "b"], [None, "c", "d"]]
    text = sheet_text(workbook(rows, merge), "x.xlsx")
    assert text == "Ref,Parties,,all\nRef,Buyer,Seller,all\n71-01,a,b,all\n71-01,c,d,all\n"


MAP = """
[file]
header = ["Ref", "Date", "Country", "Sum"]
{settings}
[fact]
key = "{{Ref}}"
kind = "sale"
title.en = "Sale to {{Country}}"
date = "{{Date|date}}"
partners = ["{{Country|country}}"]

[[fact.numbers]]
what = "value"
value = "{{Sum|number}}"
unit = "USD"
"""
ROWS = [("Sales, invented", None), HEADER, ("a-1", datetime(2024, 5, 3), "عُمان", 1.5e9), ("a-2", 2019, "Ruritania", 7)]


def test_a_spreadsheet_comes_in_by_a_mapping(mapped: Callable[..., Mapped]) -> None:
    found = mapped(MAP.format(settings=""), workbook(ROWS[:3]), "sales.xlsx")
    assert found.problems == []
    (fact,) = found.facts
    assert (fact["id"], fact["date"], fact["partners"]) == ("a-1", "2024-05-03", ["OM"])
    assert fact["numbers"] == [{"what": "value", "op": "=", "value": 1_500_000_000, "unit": "USD"}]


def test_faults_have_the_numbers_of_rows_and_bad_rows_are_kept_as_csv(mapped: Callable[..., Mapped]) -> None:
    found = mapped(MAP.format(settings=""), workbook(ROWS), "sales.xlsx")
    assert [problem.lines for problem in found.problems] == [(4,)]
    (rejects,) = mapped(MAP.format(settings=""), workbook(ROWS), "sales.xlsx", skips_bad=True).reader.rejects
    assert rejects.text.splitlines()[0] == "Ref,Date,Country,Sum,line,fault"
    assert rejects.text.splitlines()[1].startswith("a-2,2019,Ruritania,7,4,")


def several(book: Any) -> None:
    book.active.title = "2023"
    book.create_sheet("فارغة")
    for row in ROWS[1:3]:
        book.create_sheet("2024") if "2024" not in book.sheetnames else None
        book["2024"].append(row)


def test_of_several_sheets_one_is_named(mapped: Callable[..., Mapped]) -> None:
    data = workbook([["x"]], several)
    for name, message in (
        ("", 'has several sheets; name one by file.sheetName (`map` takes --sheet): "2023", "2024"'),
        ("2025", 'has no sheet "2025"; file.sheetName may be "2023", "فارغة", "2024"'),
    ):
        with pytest.raises(InputError) as error:
            sheet_text(data, "x.xlsx", name)
        assert str(error.value) == f"x.xlsx: {message}"
    assert len(mapped(MAP.format(settings='sheetName = "2024"'), data, "x.xlsx").facts) == 1


def test_sheets_without_cells_do_not_count() -> None:
    def add(book: Any) -> None:
        book.create_sheet("empty")

    assert sheet_text(workbook([["x", "y"]], add), "x.xlsx") == "x,y\n"
    assert sheet_text(workbook(), "x.xlsx") == ""


def test_a_mapping_is_drafted_from_a_sheet(tmp_path: Path, mapped: Callable[..., Mapped]) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data := workbook([["x"]], several))
    with pytest.raises(InputError, match="--sheet"):
        draft(str(path), None)
    text = draft(str(path), None, "2024")
    assert 'sheetName = "2024"\nheader = ["Ref", "Date", "Country", "Sum"]\n' in text
    assert "delimiter" not in text
    (fact,) = mapped(text.replace("#? title", "title"), data, "x.xlsx").facts
    assert fact["date"] == "2024-05-03"


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
MANY = "".join(f'<c t="str"><v>{number}</v></c>' for number in range(100_000))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 and nothing", "is a damaged spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older form, or one with a password; save it as XLSX"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "is no XLSX (perhaps ODS"),
        (replaced(workbook([["x"]]), {SHEET: b"<worksheet><sheetData><row>"}), "is a damaged spreadsheet"),
        (replaced(workbook([["x"]]), {SHEET: sheet_xml('<row><c t="s"><v>99</v></c></row>')}), "is a damaged"),
        (replaced(workbook([["x"]]), {SHEET: sheet_xml('<row><c t="n"><v>x</v></c></row>')}), "is a damaged"),
        (replaced(workbook([["x"]]), {SHEET: lambda part: ENTITIES + part}), "declares a document type"),
        (replaced(workbook([["x"]]), {"xl/other.xml": ENTITIES.decode().encode("utf-16")}), "declares a document"),
        (replaced(workbook([["x"]]), {SHEET: sheet_xml(f"<row>{MANY}</row>")}), "has more than 1,048,576 rows, 16,384"),
        (replaced(workbook([["x"]]), {SHEET: sheet_xml('<row r="99999999"><c><v>1</v></c></row>')}), "has more than"),
        (replaced(workbook([["x"]]), {"[Content_Types].xml": b"<Types/>"}), "is a damaged spreadsheet"),
    ],
    ids="no-zip old ods open-xml no-string no-number entities utf-16-entities columns rows no-workbook".split(),
)
def test_a_file_that_is_wrong_gets_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        sheet_text(data, "x.xlsx")
    (line,) = error.value.problems
    assert line.startswith("x.xlsx: ") and message in line and "; " in line and "\n" not in line


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MAX_UNPACKED_SIZE", 1000, "more than 1,000; save it as CSV"),
        ("MAX_TEXT_SIZE", 10, "or 10 characters"),
        ("MAX_MERGED", 2, "has more than 2 merged cells"),
    ],
)
def test_what_a_file_unpacks_to_is_limited(
    limit: str, value: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("A1:A4")

    data = workbook([["long text"], [None, "b"], [None, "c"], [None, "d"]], merge)
    monkeypatch.setattr(sheets, limit, value)
    with pytest.raises(InputError, match=message):
        sheet_text(data, "x.xlsx")


def test_links_to_other_files_are_not_followed() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="externalLink" Target="file:///etc/passwd" '
    parts = {"xl/externalLinks/_rels/externalLink1.xml.rels": f'{link}TargetMode="External"/></Relationships>'.encode()}
    assert sheet_text(replaced(workbook([["x"]]), parts), "x.xlsx") == "x\n"


def test_without_openpyxl_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook([["x"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError) as error:
        sheet_text(data, "x.xlsx")
    assert error.value.problems == (
        "x.xlsx: is a spreadsheet; pip install 'factcli[xlsx]' reads it, or save it as CSV",
    )


def test_the_commands_read_spreadsheets(tmp_path: Path, run_factcli: Run) -> None:
    (tmp_path / "x.xlsx").write_bytes(workbook(ROWS[:3]))
    (tmp_path / "x.toml").write_text(MAP.format(settings=""), encoding="utf-8")
    result = run_factcli("--db", "mine.json", "import", "--map", "x.toml", "x.xlsx", cwd=tmp_path)
    assert (result.status, "1 fact added" in result.err) == (0, True)
    assert run_factcli("check", "--map", "x.toml", "x.xlsx", cwd=tmp_path).status == 1  # it cites no source
    assert "title" in run_factcli("map", "x.xlsx", cwd=tmp_path).out
    result = run_factcli("--db", "mine.json", "import", "x.xlsx", cwd=tmp_path)
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "is a spreadsheet of another form" in result.err and "--map" in result.err
