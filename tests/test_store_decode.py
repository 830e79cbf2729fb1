"""The bytes of a fact file: where they come from, and the reports of damage."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

import pytest

from factcli.errors import FileError, InputError
from factcli.store import BUILTIN, decode, fact_file, path_of

GOOD = b'{"facts": {"1": {"id": "a"}}}'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{\n"facts": {\n"1": {]\n}}', r"f\.json:3:7: is not JSON: "),
        (GOOD + b"\n\0", r"f\.json:2: holds NUL bytes"),
        (b'\xef\xbb\xbf{\n"facts": "\xff"}', r"f\.json:2: is not UTF-8 \(byte 0xFF\)"),
        (b'{"a": 1, "b": 2, "a": 3}', 'the key "a" occurs twice'),
        (b'{"facts": [-Infinity]}', "-Infinity is not a number"),
        (b'{"facts": {},\n<<<<<<< HEAD\n', r"f\.json:2: holds both sides of a merge .*`git checkout --merge FILE`$"),
        (b'{"_default": {"1": {}}}', "has no table of facts, only _default, .*`factcli --db NEW import "),
        (b"{" + b", ".join(b'"%d": {}' % n for n in range(1001)) + b"}", "holds 1,001 tables"),
        (b"", "is empty, as TinyDB makes a file"),
        (b'{"meta": {"1": {"schema": "\\u001b"}}}', "is written in schema"),
    ],
)
def test_damage_has_its_place(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message) as error:
        decode.tables(data, str(tmp_path / "f.json"))
    assert str(error.value).isprintable()


def test_damage_names_the_last_good_version(tmp_path: Path) -> None:
    path = str(tmp_path / "f.json")
    assert "take a copy" in str(decode.damaged(path, "is damaged"))
    (tmp_path / "f.json.bak").write_bytes(GOOD)
    assert str(decode.damaged(path, "is damaged")).endswith("the last good version is " + path + ".bak")
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    link.with_name("link.json.bak").write_bytes(GOOD)
    assert str(decode.damaged(str(link), "is damaged")) == f"{link}: is damaged; the last good version is {path}.bak"


def test_a_missing_file_names_its_last_version(tmp_path: Path) -> None:
    path, link = tmp_path / "f.json", tmp_path / "link.json"
    link.symlink_to(path)
    path.with_name("f.json.bak").write_bytes(GOOD)
    for name, uses in ((path, (decode.content,)), (link, (decode.content, fact_file.target))):
        for use in uses:
            with pytest.raises(FileError) as error:
                use(str(name))
            assert str(error.value) == f"{name}: no such file; its last version is {path}.bak: copy or rename that"


def test_a_byte_order_mark_and_other_line_ends_do_no_harm() -> None:
    assert decode.tables(b"\xef\xbb\xbf" + GOOD.replace(b" ", b"\r\n"), "f") == json.loads(GOOD)


def test_what_cannot_be_kept_is_a_flaw_of_its_record() -> None:
    data = b'{"facts": {"1": {"a": 1}, "2": {"a": [1, {"b": NaN}]}, "3": {"a": {"b": 1, "b": 2}}}, "meta": {}}'
    facts = decode.tables(data, "f")["facts"]
    assert {number: record.what if isinstance(record, decode.Flaw) else record for number, record in facts.items()} == {
        "1": {"a": 1},
        "2": "NaN is not a number",
        "3": 'the key "b" occurs twice, so one value would be lost',
    }


def test_numbers_of_records_are_the_same_in_every_copy_of_a_file() -> None:
    number = decode.record_number("us-om-tow-2023", {})
    assert number == decode.record_number("us-om-tow-2023", {"1": {}})
    assert 0 < number < 2**52
    assert decode.record_number("us-om-tow-2023", {str(number): {}}) == number + 1


def test_a_file_without_records_is_reported_with_what_adds_some() -> None:
    (remark,) = decode.remarks({"facts": {}, "meta": {}}, "f")
    assert remark == "f: has no records, as TinyDB makes a file; `factcli --db FILE import RECORDS` adds some"
    assert decode.remarks({"facts": {"1": {"id": "a"}}}, "f") == []


def test_garbage_collection_is_as_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="Expecting"):
        decode.parse("[1,")
    assert gc.isenabled()
    gc.disable()
    try:
        assert decode.parse("[1]") == [1]
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFO there")
def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.json")
    for use in (decode.content, fact_file.target):
        with pytest.raises(FileError, match="not a regular file"):
            use(str(tmp_path / "f.json"))


def test_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name, message in (
        ("link", "which does not exist; correct the link"),
        ("missing", "import RECORDS` makes one"),
        (".", "is a directory; give the path of a fact file"),
        ("a\0b", "cannot be read"),
        ("x" * 300, "cannot be read"),
    ):
        with pytest.raises(FileError, match=message):
            decode.content(str(tmp_path / name))
    with pytest.raises(FileError, match="the file name is empty"):
        decode.content("")


def test_the_shipped_file_is_no_exception() -> None:
    path = path_of(BUILTIN)
    data = decode.content(path)
    assert decode.tables(data, path) == json.loads(data)


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFO there")
def test_a_file_to_read_in_may_be_a_pipe_and_is_no_device(tmp_path: Path) -> None:
    (tmp_path / "records").write_bytes(b"\0\xff")
    assert decode.input_content(str(tmp_path / "records")) == b"\0\xff"
    for name, message in ((os.devnull, "is a directory or a device"), (str(tmp_path / "missing"), "cannot be read")):
        with pytest.raises(InputError, match=message):
            decode.input_content(name)


@pytest.mark.parametrize("key", ["1", "10", "9" * 18])
def test_a_number_of_a_record(key: str) -> None:
    assert decode.is_record_number(key)


@pytest.mark.parametrize("key", ["", "0", "-1", "01", " 1", "1\n", "1.0", "1e3", "x", "٣", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_a_record(key: str) -> None:
    assert not decode.is_record_number(key)
