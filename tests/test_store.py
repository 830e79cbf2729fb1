"""Fact files as they are read together and changed: what a reader sees, what a change leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import model, store
from factcli.errors import FileError, UsageError
from factcli.records import check_files

FACT = {"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit"}}


def text_of(*facts: Any) -> str:
    return json.dumps({"facts": {str(number): fact for number, fact in enumerate(facts, 1)}})


def written(path: Path, *facts: Any) -> Path:
    path.write_text(text_of(*facts), encoding="utf-8")
    return path


def ids(path: Path) -> list[str]:
    return [fact["id"] for fact in store.read([str(path)]).facts]


# Reading.


def test_the_shipped_file_is_read_without_a_path() -> None:
    assert store.read([]).facts == store.read([store.BUILTIN]).facts != []


def test_the_shipped_file_needs_no_check() -> None:
    """It is read without one, and past TinyDB, as any file would be read that is checked."""
    shipped = store.read_one(store.BUILTIN)
    assert shipped.derived
    assert shipped._replace(derived=None) == store.read_one(store.path_of(store.BUILTIN))


def test_a_look_up_loads_nothing_that_only_other_files_need() -> None:
    script = (
        "import sys; from factcli import store; assert store.read([]).facts\n"
        "print([name for name in sys.modules if name.startswith(('tinydb', 'sqlite3', 'factcli.store.'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['factcli.store.shipped']\n"


def test_a_record_has_every_documented_key_in_order(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    entity, source = {"name": {"en": "X"}, "type": "person", "id": "x"}, {"accessed": "2024", "id": "s", "x": 1}
    tables = {"facts": {"1": FACT}, "entities": {"1": entity}, "sources": {"1": source}, "meta": {"1": {"schema": 1}}}
    path.write_text(json.dumps(tables), encoding="utf-8")
    facts = store.read([str(path)])
    assert tuple(facts.facts[0]) == model.FACT_KEYS
    assert (facts.facts[0]["date_basis"], facts.facts[0]["partners"], facts.facts[0]["note"]) == ("stated", [], None)
    assert (*facts.entities["x"], model.OPTIONAL_KEY) == tuple(model.Entity.__annotations__)
    assert [*facts.sources["s"]][:3] == ["id", "type", "title"]
    assert [*facts.sources["s"]][-2:] == ["accessed", "x"]


def test_of_several_files_the_later_one_is_right(tmp_path: Path) -> None:
    first = written(tmp_path / "1.json", FACT, {**FACT, "id": "b"})
    second = written(tmp_path / "2.json", {**FACT, "title": {"en": "Corrected"}})
    facts = store.read([str(first), str(second)]).facts
    assert [(fact["id"], fact["title"]["en"]) for fact in facts] == [("a", "Corrected"), ("b", "A visit")]


def test_entities_and_sources_of_several_files_complete_each_other(tmp_path: Path) -> None:
    oman = {"id": "oman", "type": "country", "name": {"en": "Oman"}, "aliases": ["Sultanate"], "country": "OM"}
    bare = {"id": "oman", "type": "country", "name": {"ar": "عُمان"}, "aliases": ["سلطنة عُمان"], "country": None}
    first = {"id": "s", "title": {"en": "S"}, "publisher": None, "URL": "https://x.y"}
    second = {"id": "s", "title": {"ar": "س"}, "publisher": {"en": "P"}}
    for name, entity, source in (("1", oman, first), ("2", bare, second)):
        tables = {"entities": {"1": entity}, "sources": {"1": source}, "meta": {"1": {"schema": 1, name: name}}}
        (tmp_path / name).write_text(json.dumps(tables), encoding="utf-8")
    facts = store.read([str(tmp_path / "1"), str(tmp_path / "2")])
    assert facts.entities["oman"]["name"] == {"en": "Oman", "ar": "عُمان"}
    assert facts.entities["oman"]["country"] == "OM"
    assert facts.entities["oman"]["aliases"] == ["Sultanate", "سلطنة عُمان"]
    source = facts.sources["s"]
    assert (source["title"], source["publisher"], source["URL"]) == ({"en": "S", "ar": "س"}, {"en": "P"}, "https://x.y")
    assert facts.meta == {"schema": 1, "home": "OM", "1": "1", "2": "2"}


DAMAGE = {
    "0 bytes are no empty fact file": b"",
    "blank": b" \n\n",
    "cut off": text_of(FACT).encode()[:-9],
    "an old tail after a new end": text_of(FACT).encode() * 2,
    "NUL bytes of a power cut": text_of(FACT).encode() + b"\0" * 99,
    "UTF-16": text_of(FACT).encode("utf-16"),
    "not UTF-8": b'{"facts": {"1": "\xff"}}',
    "nested too deeply": b'{"facts": ' + b"[" * 100_000,
    "a list": b"[1]",
    "a table is a list": b'{"facts": [1]}',
    "a table twice": b'{"facts": {"1": {}}, "facts": {"2": {}}}',
    "tables of another program": b'{"_default": {"1": {"id": "a"}}}',
    "a newer schema": b'{"meta": {"1": {"schema": 3}}}',
    "a schema before the first": b'{"meta": {"1": {"schema": 0}}}',
    "git conflict": b"<<<<<<< HEAD\n" + text_of(FACT).encode(),
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_reported_in_one_line_and_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(data)
    with pytest.raises(FileError) as error:
        store.read([str(path)])
    assert len(error.value.problems) == 1
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(FileError) as again, store.change(str(path)) as db:
        list(db.table("facts"))
    assert str(again.value) == str(error.value)
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["f.json"]


@pytest.mark.parametrize("name", ["missing.json", "no/such/directory.json", "x" * 300, "", "/dev/null", "."])
def test_what_is_no_fact_file_is_reported(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileError):
        store.read([name])
    assert os.listdir(tmp_path) == []


GOOD = text_of({**FACT, "id": "good"})[:-2]
BAD_RECORDS = {
    "NaN": b'"9": {"id": "a", "x": [[NaN]]}',
    "an endless integer": b'"9": {"id": "a", "x": ' + b"9" * 5000 + b"}",
    "it is a text": b'"9": "x"',
    "its number is none": b'"x": {"id": "a"}',
    "its number has 5,000 digits": b'"' + b"9" * 5000 + b'": {"id": "a"}',
    "its number is 0": b'"0": {"id": "a"}',
    "a key twice": b'"9": {"id": "a", "id": "b"}',
    "a key twice within": b'"9": {"id": "a", "title": {"en": "x", "en": "y"}}',
    "the id of another": b'"9": {"id": "good", "kind": "visit", "title": {"en": "x"}}',
    "no id": b'"9": {"kind": "visit", "title": {"en": "x"}}',
    "no title": b'"9": {"id": "a", "kind": "visit"}',
    "the title is a text": b'"9": {"id": "a", "kind": "visit", "title": "x"}',
    "no date": b'"9": {"id": "a", "kind": "visit", "title": {"en": "x"}, "date": "2024-5"}',
    "no kind": b'"9": {"id": "a", "kind": "vist", "title": {"en": "x"}}',
}


@pytest.mark.parametrize("record", BAD_RECORDS.values(), ids=BAD_RECORDS.keys())
def test_a_bad_record_is_left_out_and_changes_are_refused(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "f.json"
    data = GOOD.encode() + b", " + record + b"}}"
    path.write_bytes(data)
    facts = store.read([str(path)])
    assert [fact["id"] for fact in facts.facts] == ["good"]
    (fault,) = facts.faults
    assert fault.startswith(f"{path}: facts record {record[1:2].decode()}")
    assert "\n" not in fault
    with pytest.raises(FileError) as error, store.change(str(path)) as db:
        list(db.table("facts"))
    assert error.value.problems == (fault, f"{path}: nothing was changed")
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["f.json"]
    assert check_files([str(path)], are_fact_files=True), "what a look-up leaves out, `check` reports"


def test_records_of_one_number_are_all_read_and_numbered_apart_by_a_change(tmp_path: Path) -> None:
    """So two branches leave them that both added a record, where `git merge` took the lines of both."""
    path = tmp_path / "f.json"
    path.write_text(GOOD + ', "1": ' + json.dumps(FACT) + "}}", encoding="utf-8")
    facts = store.read([str(path)])
    assert [fact["id"] for fact in facts.facts] == ["good", "a"]
    assert facts.faults == ()
    assert facts.remarks[0].startswith(f"{path}: facts: records had the same number")
    with store.change(str(path)) as db:
        db.table("facts").update({"status": "held"})
    again = store.read([str(path)])
    assert [fact["id"] for fact in again.facts] == ["good", "a"]
    assert again.remarks == ()


def test_a_table_of_another_program_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text(GOOD + '}, "_default": {"1": {"x": 1}}}', encoding="utf-8")
    assert store.read([str(path)]).others == {"_default": [{"x": 1}]}
    with store.change(str(path)) as db:
        db.table("facts").insert(FACT)
    assert json.loads(path.read_bytes())["_default"] == {"1": {"x": 1}}


# Changes.


def test_the_shipped_file_is_never_written() -> None:
    with pytest.raises(UsageError), store.change(store.BUILTIN):
        pass


texts = st.dictionaries(st.sampled_from(["en", "ar"]), st.text(), min_size=1)


@given(st.lists(texts, max_size=5))
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, titles: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("law") / "f.json"
    with store.change(str(path)) as db:
        db.table("facts").insert_multiple({**FACT, "id": str(n), "title": title} for n, title in enumerate(titles))
    assert [fact["title"] for fact in store.read([str(path)]).facts] == titles


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", FACT)
    before = path.stat()
    with store.change(str(path)) as db:
        assert len(db.table("facts")) == 1
    assert path.stat().st_ino == before.st_ino


def test_an_exception_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    with pytest.raises(KeyError), store.change(str(path)) as db:
        db.table("facts").insert(FACT)
        raise KeyError
    assert os.listdir(tmp_path) == []


def test_what_an_editor_saved_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", FACT)
    with pytest.raises(FileError, match="changed by another program"), store.change(str(path)) as db:
        db.table("facts").insert({**FACT, "id": "b"})
        written(path, {**FACT, "id": "edited"})
    assert ids(path) == ["edited"]


def test_no_writer_loses_the_facts_of_another(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    script = (
        "import sys; from factcli import store\n"
        "for i in range(5):\n"
        "    with store.change(sys.argv[1]) as db:\n"
        "        db.table('facts').insert({'id': sys.argv[2] + str(i), 'kind': 'visit', 'title': {'en': 'x'}})\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(path), name]) for name in "abcd"]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert sorted(ids(path)) == sorted(f"{name}{i}" for name in "abcd" for i in range(5))
