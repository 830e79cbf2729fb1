"""A fact file as it is written: where to, and what its bytes are."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import store
from factcli.errors import FileError, UsageError
from factcli.store import atomic, decode, fact_file

FACT = {"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit"}}


def add(path: Path, **record: Any) -> None:
    with store.change(str(path)) as db:
        db.table("facts").insert({**FACT, **record})


def test_the_file_is_one_record_a_line_with_nothing_hidden_in_it(tmp_path: Path) -> None:
    add(tmp_path / "f.json", title={"ar": "عُمان\u202e\x1b\ud800"})
    text = (tmp_path / "f.json").read_text(encoding="utf-8")
    assert 'عُمان\\u202e\\u001b\\ud800"' in text
    assert [line for line in text.splitlines() if not line.isprintable()] == []
    assert text.splitlines()[2].startswith('"1": {"id": "a"')


def test_the_shipped_file_is_written_as_it_stands() -> None:
    path = store.path_of(store.BUILTIN)
    data = decode.content(path)
    assert b"".join(fact_file.serialized(decode.tables(data, path))) == data


def test_a_file_of_schema_1_is_read_as_it_is_and_written_as_the_present_one(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    old = {"facts": {"1": FACT}, "entities": {}, "sources": {}, "meta": {"1": {"schema": 1, "home": "QA"}}}
    path.write_text(json.dumps(old), encoding="utf-8")
    read = store.read([str(path)])
    assert (read.facts[0]["remark"], read.meta) == (None, {"schema": 1, "home": "QA"})
    assert json.loads(path.read_text(encoding="utf-8")) == old
    add(path, id="b")
    new = json.loads(path.read_text(encoding="utf-8"))
    assert new["meta"] == {"1": {"schema": store.SCHEMA, "home": "QA"}}
    assert new["facts"]["1"] == {**FACT, "remark": None}


def test_a_file_of_a_later_schema_is_refused_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"meta": {"1": {"schema": 3}}}', encoding="utf-8")
    with pytest.raises(FileError) as error:
        store.read([str(path)])
    known = "is written in schema 3, this version of factcli reads schemas up to 2: upgrade factcli"
    assert str(error.value) == f"{path}: {known}; correct it, or take a copy"


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)
records = st.dictionaries(st.integers(1, 99).map(str), st.dictionaries(st.text(), values, max_size=3), max_size=3)


@given(st.dictionaries(st.sampled_from(["facts", "entities", "sources", "other"]), records))
def test_every_table_is_written_and_read_back(tables: dict[str, Any]) -> None:
    data = b"".join(fact_file.serialized(tables))
    assert decode.tables(data, "f") == {**{key: {} for key in store.TABLES}, **tables}
    assert data.count(b"\n") == len(data.decode().splitlines())
    assert len(data.splitlines()) == 2 + sum(2 + len(tables.get(t, {})) for t in {*store.TABLES, *tables})


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    add(real)
    real.chmod(0o640)
    link.symlink_to(real)
    add(link, id="b")
    assert link.is_symlink()
    assert [fact["id"] for fact in store.read([str(real)]).facts] == ["a", "b"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def notes_of(path: Path, **record: Any) -> list[str]:
    with store.change(str(path)) as db:
        db.table("facts").insert({**FACT, **record})
    return db.storage.notes  # type: ignore[attr-defined]


def test_a_file_of_several_names_is_noted_when_it_is_replaced(tmp_path: Path) -> None:
    """The backup is one only for a moment, and not one that the user has given."""
    path, snapshot = tmp_path / "f.json", tmp_path / "snapshot.json"
    assert notes_of(path) == notes_of(path, id="b") == []
    os.link(path, snapshot)
    before = snapshot.read_bytes()
    says = f"{path}: had 2 names (hard links); the others keep the version before"
    assert notes_of(path, id="c") == [says]
    assert snapshot.read_bytes() == before != path.read_bytes()
    assert notes_of(path, id="d") == []
    os.unlink(path)
    os.link(f"{path}.bak", path)
    assert notes_of(path, id="d") == []
    os.link(path, atomic._temporary(str(path), "12345678"))  # left by a writer that was killed
    assert notes_of(path, id="e") == []


def test_a_new_file_beside_the_backup_of_an_earlier_one_is_noted(tmp_path: Path) -> None:
    path, backup = tmp_path / "f.json", tmp_path / "f.json.bak"
    backup.write_text("the only copy", encoding="utf-8")
    assert notes_of(path) == [
        f"{backup} is of an earlier file of this name; keep it elsewhere, a later change replaces it"
    ]
    assert backup.read_text(encoding="utf-8") == "the only copy"


def test_the_backup_is_deleted_after_the_change(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    for key in ("a", "b"):
        add(path, id=key)
    with store.change(str(path)) as db:
        db.storage.purges = True  # type: ignore[attr-defined]
        db.table("facts").insert({**FACT, "id": "c"})
    assert db.storage.notes == [f"{path}.bak: deleted"]  # type: ignore[attr-defined]
    assert os.listdir(tmp_path) == ["f.json"]


@pytest.mark.parametrize("way", ["path", "symbolic link", "hard link"])
def test_the_shipped_file_is_never_written_whatever_its_path(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, name = tmp_path / "facts.json", tmp_path / "mine.json"
    shipped.write_bytes(decode.content(store.path_of(store.BUILTIN)))
    monkeypatch.setattr(fact_file, "path_of", lambda _: str(shipped))
    if way == "path":
        name = shipped
    elif way == "symbolic link":
        name.symlink_to(shipped)
    else:
        os.link(shipped, name)
    with pytest.raises(UsageError, match="builtin: is never written"), store.change(str(name)):
        pass
    assert sorted(os.listdir(tmp_path)) == sorted({"facts.json", name.name})


def test_a_link_to_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "f.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileError, match="which does not exist"):
        add(tmp_path / "f.json")


def test_a_read_only_file_is_refused_even_to_root(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"facts": {"1": FACT}}), encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        add(path, id="b")


@pytest.mark.parametrize(
    ("name", "message"),
    [("no/such/f.json", "its directory does not exist"), ("", "is a directory|name is empty"), (".", "is a directory")],
)
def test_where_no_file_can_be_written(tmp_path: Path, name: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileError, match=message):
        fact_file.target(name)
    with pytest.raises(UsageError, match="builtin: is never written"):
        fact_file.target("builtin")
    with pytest.raises(UsageError, match="builtin: is never written"):
        fact_file.target(store.path_of(store.BUILTIN))
    assert fact_file.target("new.json") == str(tmp_path / "new.json")
