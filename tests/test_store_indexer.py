"""How an index is made: of files that have nothing wrong with them, block by block; else nothing is left."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from test_store_derived import LATER, SHIPPED, by_index, folder, indexed, make
from test_store_derived import path as path  # a fixture

from factcli import store
from factcli.errors import FileError
from factcli.store import derived, indexer

FACT = '{"id": "a", "kind": "visit", "title": {"en": "A"}}'

NOT_PLAIN = {
    "no JSON": '{"facts": {',
    "no object": "[]",
    "no tables": "{}",
    "a table that is a list": '{"facts": []}',
    "an unknown table that is a list": f'{{"facts": {{"1": {FACT}}}, "x": []}}',
    "a table twice": f'{{"facts": {{"1": {FACT}}}, "facts": {{}}}}',
    "a number twice": f'{{"facts": {{"1": {FACT}, "1": {FACT}}}}}',
    "an id twice": f'{{"facts": {{"1": {FACT}, "2": {FACT}}}}}',
    "a number that is none": f'{{"facts": {{"x": {FACT}}}}}',
    "a record that is none": f'{{"facts": {{"1": {FACT}, "2": 3}}}}',
    "a key twice": '{"facts": {"1": {"id": "a", "id": "b", "kind": "visit", "title": {"en": "A"}}}}',
    "NaN": f'{{"facts": {{"1": {FACT}}}, "x": {{"1": NaN}}}}',
    "no id": '{"facts": {"1": {"id": "", "kind": "visit", "title": {"en": "A"}}}}',
    "no title": '{"facts": {"1": {"id": "a", "kind": "visit"}}}',
    "an entity without a type": f'{{"facts": {{"1": {FACT}}}, "entities": {{"1": {{"id": "a"}}}}}}',
    "a later schema": f'{{"facts": {{"1": {FACT}}}, "meta": {{"1": {{"schema": 99}}}}}}',
    "records of TinyDB's own table": f'{{"facts": {{"1": {FACT}}}, "_default": {{"1": {{}}}}}}',
    "something behind the end": f'{{"facts": {{"1": {FACT}}}}} x',
    "nested too deeply": f'{{"facts": {{"1": {FACT}}}, "x": {{"1": {"[" * 100_000}',
    "no UTF-8": b'{"facts": {"1": "\xff"}}',
}


@pytest.mark.parametrize("data", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_a_file_of_which_there_is_anything_to_say_has_no_index(tmp_path: Path, data: str | bytes) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert make([str(path)], str(tmp_path / "cache")) is None
    assert os.listdir(tmp_path / "cache") == []
    try:
        facts = store.read([str(path)])
    except FileError:
        return
    assert facts.faults or facts.remarks


def test_the_last_bytes_of_a_file_are_read_by_its_index(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(b'\xef\xbb\xbf\t{ "facts":{"7":' + FACT.replace("A", "م").encode() + b'}, "y": {}, "meta": {} }')
    indexed(path)
    assert [dict(fact) for fact in by_index(path).facts] == store.read([str(path)]).facts


def test_blocks_of_facts_are_put_together(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path(indexed(path)).read_bytes()
    monkeypatch.setattr(indexer, "BLOCK", 3)
    assert Path(indexed(path)).read_bytes() == whole


def test_progress_is_told_in_facts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "BLOCK", 10)
    calls: list[tuple[int, int]] = []
    mapper = indexer.Mapper(lambda *_: (), lambda *_: (), lambda *_: ())
    indexer.make(indexer.contents([str(path)]), folder(path), mapper, LATER, lambda *call: calls.append(call))
    number, entities = len(SHIPPED["facts"]), len(SHIPPED["entities"])
    assert calls == [(done, number + entities) for done in range(0, number, 10)]


@pytest.mark.parametrize("place", ["a file", "/dev/full/x", "/proc/x"])
def test_where_no_index_can_be_written_there_is_none(tmp_path: Path, path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    assert make([str(path)], str(tmp_path / place)) is None
    assert derived.open_index([str(path)], str(tmp_path / place), LATER) is None


def test_nothing_is_left_of_an_index_that_could_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"facts": {"1": {**json.loads(FACT), "id": "\ud800"}}}))
    assert store.read([str(path)]).faults == ()
    assert make([str(path)], folder(path)) is None
    assert os.listdir(folder(path)) == []


def test_what_makers_left_behind_is_cleared(path: Path) -> None:
    made = indexed(path)
    for name in ("old.sqlite.0123.tmp", f"{os.path.basename(made)}-journal", "new.sqlite.0123.tmp"):
        Path(folder(path), name).write_bytes(b"x")
    now = os.stat(made).st_ctime_ns
    os.utime(Path(folder(path), "old.sqlite.0123.tmp"), ns=(0, now - indexer.MAX_AGE - 10**9))
    indexed(path, now=now)
    assert sorted(os.listdir(folder(path))) == sorted([os.path.basename(made), "new.sqlite.0123.tmp"])
