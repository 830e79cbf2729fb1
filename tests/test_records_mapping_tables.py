"""From bytes to rows: encodings, delimiters, headers, lines that are no rows, JSON, and columns that become rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from factcli.errors import InputError
from factcli.records.mapping.tables import column_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Mapped

    Read = Callable[..., Mapped]

MAP = '[file]\nheader = ["Name", "Year"]\n{}[fact]\nkind = "visit"\ntitle.en = "{{Name}}"\ndate = "{{Year|date}}"\n'
JSON = '[file]\n{}[fact]\nkind = "visit"\ntitle.en = "{{name}}"\n'


def titles(found: Mapped) -> list[str]:
    return [fact["title"]["en"] for fact in found.facts]


@pytest.mark.parametrize(
    ("encoding", "settings"),
    [
        ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-32", ""), ("utf-8-sig", 'encodings = ["latin-1"]\n'),
        ("windows-1256", 'encodings = ["utf-8", "windows-1256"]\n'),
    ],
)  # fmt: skip
def test_a_file_is_decoded_by_its_mark_or_the_first_encoding_that_fits(
    mapped: Read, encoding: str, settings: str
) -> None:
    found = mapped(MAP.format(settings), "Name,Year\nمسقط,2019\n".encode(encoding))
    assert (titles(found), found.problems) == (["مسقط"], [])


def test_bytes_of_another_encoding_are_a_problem(mapped: Read) -> None:
    assert mapped(MAP.format(""), "Name,Year\nCafé,2019\n".encode("latin-1")).messages == [
        "line 2: is not UTF-8 (byte 0xE9); save it as UTF-8, or name its encoding in a mapping"
    ]


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", ""])
def test_an_encoding_that_is_none_is_refused(mapped: Read, encoding: str) -> None:
    with pytest.raises(InputError, match="is not an encoding"):
        mapped(MAP.format(f'encodings = ["utf-8", "{encoding}"]\n'), "Name,Year\nA,2019\n")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "،"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_the_one_under_which_the_header_is_whole(mapped: Read, sign: str, end: str) -> None:
    lines = ["Name, of whom", "", sign.join(["No", "Name", "Year"]), sign.join(["1", "A", "2019"])]
    assert titles(mapped(MAP.format(""), end.join(lines))) == ["A"]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nName;Year\nA;2019\n",
        'A table of "names\nName,Year\nA,2019\n',
        '"Name\n",Year\nA,2019\n',
        "\n\n\u200fName\u200f,  Year \nA,2019\n",
        '"Name,Year"\n"A,2019"\n',
        "Name,Year,\nA,2019,\n",
        "Name,Year,Other\nA,2019\n",
    ],
    ids=["sep", "open quote above", "line break in the header", "marks", "in one cell", "empty column", "short row"],
)
def test_the_header_is_found_wherever_it_stands(mapped: Read, text: str) -> None:
    found = mapped(MAP.format(""), text)
    assert (titles(found), found.problems) == (["A"], [])


def test_lines_that_are_no_rows_are_left_out_and_counted(mapped: Read) -> None:
    text = "Name,Year,Place\nA,2019,\nB,,\nC,2020,x\nThe end\nName,Year,Place\nA note,,\n"
    found = mapped(MAP.format(""), text)
    assert titles(found) == ["A", "B", "C"]
    assert found.reader.notes[0].endswith(": 3 lines left out, not of the table (line 5, 6, 7)")


def test_short_rows_are_read_and_counted(mapped: Read) -> None:
    found = mapped(MAP.format(""), "Name,Year,Place\nA,2019\nB,2020,x\n")
    assert titles(found) == ["A", "B"]
    assert found.reader.notes[0].endswith(": 1 row shorter than the header (line 2)")


def test_a_tail_is_taken_off_each_line(mapped: Read) -> None:
    assert titles(mapped(MAP.format('tail = ";"\n'), '"Name,Year";;;\n"A,2019";;;\n')) == ["A"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name,When\nA,2019\n", "has no line with the columns Name, Year"),
        ("", "has no line with the columns"),
        ("Name,Year,Name\nA,2019,B\n", "Name: is the name of two columns; keep one"),
        ('Name,Year\nA,2019\n"B" x,2020\n', "is not CSV"),
        ("Name,Year\nA,2019,x\n", "has 3 columns where the header has 2; correct the line"),
        ("Name,Year\nA\0,2019\n", "NUL"),
        ("Name,Year" + ",x" * 10_000 + "\nA,2019\n", "has 10002 columns, more than 10000"),
    ],
)
def test_what_is_no_table_is_a_problem(mapped: Read, text: str, message: str) -> None:
    found = mapped(MAP.format(""), text)
    assert len(found.messages) == 1 and message in found.messages[0]


def test_a_column_that_the_table_has_not_is_named_once(mapped: Read) -> None:
    toml = MAP.format("").replace("{Name}", "{Nam}: {Nam}")
    assert mapped(toml, "Name,Year\nA,2019\nB,2020\n").messages == [
        "line 1: Nam: is not a column of the file; correct the mapping: did you mean Name?"
    ]


def test_a_column_without_a_name_belongs_to_the_one_before() -> None:
    assert column_names(["", "A", " ", "", "B"]) == [" ?", "A", "A ?", "A ?", "B"]


UNPIVOT = (
    '[file]\nheader = ["Name"]\nmissingValues = ["-"]\nunpivot = {columns = "[0-9]{4}", name = "year", value = "n"}\n'
)


def test_columns_become_rows(mapped: Read) -> None:
    toml = UNPIVOT + '[fact]\nkind = "statistic"\ntitle.en = ["{Name} {year}: {n}{n|doubt:?}", "{Name} {year}: {n}"]\n'
    found = mapped(toml, "Name,2001,,2002,2001-2002\nOman,5,?,-,5\nJordan,,,7,7\n")
    assert titles(found) == ["Oman 2001: 5?", "Jordan 2002: 7"]


def test_a_pattern_that_fits_no_column_is_a_problem(mapped: Read) -> None:
    toml = UNPIVOT + '[fact]\nkind = "statistic"\ntitle.en = "{Name}"\n'
    assert "no column has such a name" in mapped(toml, "Name,A\nOman,5\n").messages[0]


# JSON.

RECORDS = [{"name": "A"}, {"name": "B"}]


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ("", "a.json", RECORDS),
        ("", "download", RECORDS),
        ('property = "response.ns:x.record"\n', "a.json", {"n": [1], "response": {"ns:x": {"record": RECORDS}}}),
        ('property = ["a.b", "c"]\n', "a.json", {"a.b": {"c": RECORDS}}),
        ('property = "data"\n', "a.txt", {"data": RECORDS}),
    ],
)
def test_records_of_json_are_found_at_their_path(mapped: Read, settings: str, name: str, value: object) -> None:
    assert titles(mapped(JSON.format(settings), json.dumps(value, indent=1), name)) == ["A", "B"]


@pytest.mark.parametrize(("settings", "name"), [("", "a.jsonl"), ("", "a"), ('format = "jsonl"\n', "a.txt")])
def test_json_lines_are_a_record_each(mapped: Read, settings: str, name: str) -> None:
    assert titles(mapped(JSON.format(settings), '{"name": "A"}\n\n{"name": "B"}\n', name)) == ["A", "B"]


@pytest.mark.parametrize(
    ("settings", "text", "message"),
    [
        ("", '{"response": {"record": []}}', 'set it to "response.record"'),
        ('property = "x"\n', '{"data": [1]}', 'set it to "data"'),
        ("", "[1]", "record 1: is a value and not an object"),
        ("", '[{"name": "A"}', "is not JSON"),
        ("", '[{"name": "A", "name": "B"}]', "occurs twice"),
        ("", "[" * 100_000, "nested too deeply"),
        ("", '[{"a": ' + "[" * 100_000, "nested too deeply"),
        ("", '[{"name": 1e99999}]', "power of ten"),
    ],
)
def test_what_is_no_list_of_records_is_a_problem(mapped: Read, settings: str, text: str, message: str) -> None:
    found = mapped(JSON.format(settings), text, "a.json")
    assert len(found.messages) == 1 and message in found.messages[0]


def test_rejected_rows_stand_as_they_were_and_come_in_again(mapped: Read) -> None:
    text = "Name;Year;Other\nA;2019;x\nB;soon;=y\nC;2020;z;too much\n"
    (rejects,) = mapped(MAP.format(""), text, skips_bad=True).reader.rejects
    assert rejects.format().startswith("2 of 3 rows of ")
    lines = rejects.text.splitlines()
    assert lines[0] == "Name;Year;Other;line;fault"
    assert lines[1].startswith('B;soon;=y;3;"Year: ""soon"" is not a date')
    assert lines[2].startswith('C;2020;z;too much;4;"has 4 columns')
    mended = rejects.text.replace("soon", "2018").replace(";too much", "")
    found = mapped(MAP.format(""), mended.encode("utf-8-sig"))
    assert (titles(found), found.problems) == (["B", "C"], [])
    (again,) = mapped(MAP.format(""), rejects.text, skips_bad=True).reader.rejects
    assert again.text.splitlines()[0] == lines[0]


def test_rejected_records_of_json_are_json_lines(mapped: Read) -> None:
    toml = JSON.format('property = "data"\n') + 'date = "{year|date}"\n'
    text = json.dumps({"data": [{"name": "A", "year": "soon"}, {"name": "B", "year": 2019}]})
    (rejects,) = mapped(toml, text, "a.json", skips_bad=True).reader.rejects
    record = json.loads(rejects.text)
    assert (record["name"], record["line"], "is not a date" in record["fault"]) == ("A", 1, True)
    assert titles(mapped(toml, rejects.text.replace("soon", "2018"), "rejects.jsonl")) == ["A"]
