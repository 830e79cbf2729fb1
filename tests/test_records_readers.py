"""A file of records is read by its name or its beginning, from anywhere but a device; nothing that is derived stays."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from factcli.errors import InputError
from factcli.records import edit
from factcli.records.problems import Candidate, Place, Problem
from factcli.records.readers import decoded, named_entities, named_parties, read_records, without_derived

PLACE = Place("f", 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"kind": "visit",\n"title": {"en": "A visit"}}]'),
        ("a.json", '{\n"kind": "visit",\n"title": {"en": "A visit"}}'),
        ("a.jsonl", '\ufeff{"kind": "visit", "title": {"en": "A visit"}}\r\n\r\n'),
        ("a.json", '{"facts": {\n"7": {"kind": "visit", "title": {"en": "A visit"}}}}'),
        ("a.json", '{"facts": {"1": {"kind": "visit", "title": {"en": "A visit"}}}, "entities": {}}\n'),
        ("a.csv", "\ufeffkind,title.en\r\nvisit,A visit\r\n"),
        ("a.csv", "kind;title.en;partners\nvisit;A visit;\n"),
        ("a.tsv", "kind\ttitle.en\nvisit\tA visit\n"),
        ("no-ending", "kind,title.en\nvisit,A visit\n"),
        ("no-ending", '\n {"kind": "visit", "title": {"en": "A visit"}}\n'),
    ],
    ids=[
        "JSON array", "one fact over several lines", "JSON Lines with BOM and CRLF", "fact file",
        "fact file on one line", "CSV with BOM and CRLF", "CSV of a spreadsheet with semicolons", "TSV",
        "CSV by its header", "JSON by its brace",
    ],
)  # fmt: skip
def test_every_form_is_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    (record,) = read_records(str(tmp_path / name), None)
    assert isinstance(record, Candidate)
    assert record.value == {"kind": "visit", "title": {"en": "A visit"}}


def test_standard_input_is_read_where_it_is_asked_for() -> None:
    records = read_records("-", io.BytesIO(b'{"kind": "visit"}'))
    assert list(records) == [Candidate(Place("standard input", 1, 1), {"kind": "visit"})]
    with pytest.raises(InputError, match="standard input: is closed"):
        read_records("-", None)


@pytest.mark.parametrize(
    ("text", "code"), [("hello", "E018"), ("", "E010"), ("\n \n", "E010"), ("[]", "E010"), ("kind\n", "E010")]
)
def test_what_holds_no_records(text: str, code: str) -> None:
    (problem,) = read_records("-", io.BytesIO(text.encode()))
    assert isinstance(problem, Problem) and problem.code == code


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "/dev/zero", "", "a\0b"])
def test_what_cannot_be_read_is_reported(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="give a file of records"):
        read_records(name, None)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names there")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    if os.fork() == 0:
        try:
            (tmp_path / "pipe").write_bytes(b'{"kind": "visit"}')
        finally:
            os._exit(0)
    (record,) = read_records(str(tmp_path / "pipe"), None)
    assert isinstance(record, Candidate) and record.value == {"kind": "visit"}
    os.wait()


def test_bytes_that_are_not_text_are_reported_with_their_line() -> None:
    for data, code in ((b"a\nb\xffc", "E011"), (b"a\nb\0c", "E012")):
        text, problem = decoded(data, PLACE)
        assert text == ""
        assert problem is not None
        assert (problem.code, problem.line) == (code, 2)
    assert decoded("\ufeffعُمان".encode(), PLACE) == ("عُمان", None)
    assert decoded("ä".encode("iso-8859-1"), PLACE, "iso-8859-1") == ("ä", None)
    for encoding in ("idna", "punycode", "undefined"):
        assert decoded(b"\xff", PLACE, encoding)[1] is not None


GOOD = '{"kind": "visit", "title": {"en": "A visit"}}'
ACCEPTED = {
    "a byte order mark": "\ufeff" + GOOD,
    "line ends of Windows": GOOD + "\r\n" + GOOD.replace("A visit", "Another") + "\r\n",
    "blank lines and no line end": "\n\n" + GOOD + "\n\n" + GOOD.replace("A visit", "Another"),
    "marks of direction and joiners": GOOD.replace("A visit", "A\u200e visit\u200f\u061c, می\u200cشود"),
    "letters with accents apart": GOOD.replace("A visit", "Vise\u0301e"),
    "a formula": GOOD.replace("A visit", "=cmd|' /C calc'!A0"),
    "markup": GOOD.replace("A visit", "[red]A visit[/red] **now**"),
    "a former state": GOOD.replace('"kind"', '"partners": ["SU", "YU"], "kind"'),
    "a source and an entity that are nowhere described": GOOD.replace(
        '"kind"', '"sources": [{"source": "s"}], "parties": [{"entity": "e", "role": "lead"}], "kind"'
    ),
    "comma-separated values": "kind,title.en\nvisit,A visit\n",
    "a fact file": '{"facts": {"7": ' + GOOD + "}}",
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_unusual_and_right_is_accepted(text: str, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(text.encode())
    assert edit.import_files([str(tmp_path / "given")], str(tmp_path / "f.json")).added in (1, 2)


# Derived keys.


def derived_of(record: Any) -> tuple[Any, list[Any]]:
    candidate = Candidate(PLACE, record)
    named = [entity for party in named_parties(candidate) for entity in named_entities(PLACE, party)]
    assert all(entity.place == PLACE._replace(table="entities") for entity in named)
    return without_derived(candidate).value, [entity.value for entity in named]


def test_derived_keys_are_dropped() -> None:
    fact = {"id": "a", "kind": "visit", "title": {"en": "A visit"}}
    assert derived_of({**fact, "date_start": "x", "date_end": None, "match": {"score": 100}}) == (fact, [])
    assert derived_of("x") == ("x", [])


def test_a_named_party_is_an_entity() -> None:
    parties = [
        {"entity": "oman", "role": "lead", "name": {"en": "Oman", "ar": "عُمان"}},
        {"entity": "khanjar-hadd", "role": "exercise", "name": {"en": "Khanjar Hadd"}},
        {"entity": "acme", "role": "seller", "name": {"en": "Acme"}},
        {"entity": "nobody", "role": "seller", "name": None},
        "x",
    ]
    value, named = derived_of({"parties": parties})
    assert value["parties"][:2] == [{"entity": "oman", "role": "lead"}, {"entity": "khanjar-hadd", "role": "exercise"}]
    assert value["parties"][-1] == "x"
    assert [(entity["id"], entity["type"], entity["country"]) for entity in named] == [
        ("oman", "country", "OM"),
        ("khanjar-hadd", "exercise", None),
        ("acme", "organization", None),
    ]
