"""Fact files on a disk that fails, changes and is shared: what a reader sees, what a writer leaves behind."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import package_data as shipped
from factcli import store
from factcli.errors import FileError, UsageError
from factcli.store import atomic

FACT = {"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit"}}


def text_of(*facts: Any) -> str:
    return json.dumps({"facts": {str(number): fact for number, fact in enumerate(facts, 1)}})


def written(path: Path, *facts: Any) -> Path:
    path.write_text(text_of(*facts), encoding="utf-8")
    return path


def add(path: Path, **record: Any) -> None:
    with store.change(str(path)) as db:
        db.table("facts").insert({**FACT, **record})


def ids(path: Path) -> list[str]:
    return [fact["id"] for fact in store.read([str(path)]).facts]


def test_the_shipped_file_is_read_without_a_path() -> None:
    assert store.read([]).facts == store.read([store.BUILTIN]).facts != []


def test_a_fact_has_every_documented_key_in_order(tmp_path: Path) -> None:
    fact = store.read([str(written(tmp_path / "f.json", FACT))]).facts[0]
    assert tuple(fact) == store.FACT_KEYS
    assert (fact["date_basis"], fact["partners"], fact["note"]) == ("stated", [], None)


def test_of_several_files_the_later_one_has_the_word(tmp_path: Path) -> None:
    first = written(tmp_path / "1.json", FACT, {**FACT, "id": "b"})
    second = written(tmp_path / "2.json", {**FACT, "title": {"en": "Corrected"}})
    facts = store.read([str(first), str(second)]).facts
    assert [(fact["id"], fact["title"]["en"]) for fact in facts] == [("a", "Corrected"), ("b", "A visit")]


def test_entities_of_several_files_complete_each_other(tmp_path: Path) -> None:
    oman = {"id": "oman", "type": "country", "name": {"en": "Oman"}, "aliases": ["Sultanate"], "country": "OM"}
    bare = {"id": "oman", "type": "country", "name": {"ar": "عُمان"}, "aliases": ["سلطنة عُمان"], "country": None}
    for name, entity in (("1", oman), ("2", bare)):
        (tmp_path / name).write_text(json.dumps({"entities": {"1": entity}}), encoding="utf-8")
    entity = store.read([str(tmp_path / "1"), str(tmp_path / "2")]).entities["oman"]
    assert entity["name"] == {"en": "Oman", "ar": "عُمان"}
    assert (entity["country"], entity["aliases"]) == ("OM", ["Sultanate", "سلطنة عُمان"])


DAMAGE = {
    "0 bytes are no empty fact file": b"",
    "blank": b" \n\n",
    "cut off": text_of(FACT).encode()[:-9],
    "an old tail after a new end": text_of(FACT).encode() * 2,
    "NUL bytes of a power cut": text_of(FACT).encode() + b"\0" * 99,
    "UTF-16": text_of(FACT).encode("utf-16"),
    "not UTF-8": b'{"facts": {"1": "\xff"}}',
    "NaN": b'{"facts": {"1": {"x": NaN}}}',
    "an endless integer": b'{"facts": {"1": {"x": ' + b"9" * 5000 + b"}}}",
    "nested too deeply": b'{"facts": ' + b"[" * 100_000,
    "a list": b"[1]",
    "a table is a list": b'{"facts": [1]}',
    "a record is a text": b'{"facts": {"1": "x"}}',
    "a record number is none": b'{"facts": {"x": {}}}',
    "a key twice": b'{"facts": {"1": {"id": "a", "id": "b"}}}',
    "a record number twice, as merges make it": b'{"facts": {"1": {}, "1": {}}}',
    "an id twice": text_of(FACT, FACT).encode(),
    "no id": text_of({"kind": "visit", "title": {"en": "x"}}).encode(),
    "no title": text_of({"id": "a", "kind": "visit"}).encode(),
    "the title is a text": text_of({**FACT, "title": "x"}).encode(),
    "a party is a text": text_of({**FACT, "parties": ["x"]}).encode(),
    "a value is infinite": text_of({**FACT, "numbers": [{"what": "x", "value": float("inf")}]}).encode(),
    "a newer schema": b'{"meta": {"1": {"schema": 2}}}',
    "git conflict": b"<<<<<<< HEAD\n" + text_of(FACT).encode(),
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_told_in_one_line_and_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(data)
    with pytest.raises(FileError) as error:
        store.read([str(path)])
    assert len(error.value.problems) == 1
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(FileError), store.change(str(path)) as db:
        for table in db.tables():
            list(db.table(table))
        store.read([str(path)])
    assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["f.json"]


def test_damage_is_told_with_its_line_and_the_last_good_version(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    add(path)
    add(path, id="b")
    path.write_text('{\n"facts": {\n"1": {]\n}}', encoding="utf-8")
    with pytest.raises(FileError, match=r"f\.json:3:7: is not JSON.*f\.json\.bak"):
        store.read([str(path)])


@pytest.mark.parametrize("name", ["missing.json", "no/such/directory.json", "x" * 300, "", "/dev/null", "."])
def test_what_is_no_fact_file_is_told(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileError):
        store.read([name])
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFO there")
def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.json")
    for use in (store.read_one, store.target):
        with pytest.raises(FileError, match="not a regular file"):
            use(str(tmp_path / "f.json"))


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


def test_the_file_is_one_record_a_line_with_nothing_hidden_in_it(tmp_path: Path) -> None:
    add(tmp_path / "f.json", title={"ar": "عُمان\u202e\x1b\ud800"})
    text = (tmp_path / "f.json").read_text(encoding="utf-8")
    assert 'عُمان\\u202e\\u001b\\ud800"' in text
    assert [line for line in text.splitlines() if not line.isprintable()] == []
    assert text.splitlines()[2].startswith('"1": {"id": "a"')


def test_the_shipped_file_is_written_as_it_stands() -> None:
    path = shipped.path("facts.json")
    data = store.content(path)
    assert b"".join(store.serialized(store.tables_of(data, path))) == data


def test_the_last_good_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    add(path)
    before = path.read_bytes()
    add(path, id="b")
    assert (tmp_path / "f.json.bak").read_bytes() == before
    assert ids(path) == ["a", "b"]
    assert sorted(os.listdir(tmp_path)) == ["f.json", "f.json.bak"]


def test_the_backup_is_a_copy_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_link)
    add(tmp_path / "f.json")
    add(tmp_path / "f.json", id="b")
    assert ids(tmp_path / "f.json.bak") == ["a"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "f.json"
    add(path)
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileError, match=r"nothing was changed.*No space left.*make room"):
        add(path, id="b")
    assert path.read_bytes() == before
    assert [name for name in os.listdir(tmp_path) if "tmp" in name or "lock" in name] == []


def test_what_an_editor_saved_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", FACT)
    with pytest.raises(FileError, match="changed by another program"), store.change(str(path)) as db:
        db.table("facts").insert({**FACT, "id": "b"})
        written(path, {**FACT, "id": "edited"})
    assert ids(path) == ["edited"]


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


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real = written(tmp_path / "real.json", FACT)
    real.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(real)
    add(link, id="b")
    assert link.is_symlink()
    assert ids(real) == ["a", "b"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "f.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileError, match="which does not exist"):
        add(tmp_path / "f.json")


def test_a_read_only_file_is_refused_even_to_root(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", FACT)
    path.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        add(path, id="b")


def test_leftovers_of_a_killed_writer_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".f.json.12345678.tmp").write_text("half")
    (tmp_path / ".f.json.notes").write_text("mine")
    add(tmp_path / "f.json")
    assert sorted(os.listdir(tmp_path)) == [".f.json.notes", "f.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="another lock there")
def test_a_writer_gives_up_after_its_patience(tmp_path: Path) -> None:
    path = str(tmp_path / "f.json")
    with atomic.locked(path), pytest.raises(FileError, match="try again"), atomic.locked(path, patience=0.01):
        pass


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
