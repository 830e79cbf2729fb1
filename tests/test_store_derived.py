"""The index of large files: the same facts by it, and no index where it is not certain that it is theirs."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcli import store
from factcli.errors import FileError, IndexDamageError
from factcli.lexicon import Lexicon
from factcli.model import Facts
from factcli.search.index import Index, all_maps, mapper
from factcli.store import derived, indexer

SHIPPED = json.loads(Path(store.path_of("builtin")).read_text(encoding="utf-8"))
LATER = 2**62
"""A time, in nanoseconds, long after any change of a file."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A fact file as another program would write it: with escapes, a byte order mark, blanks and exact numbers."""
    path = tmp_path / "facts.json"
    data = json.dumps({"x": {"1": {}}, **SHIPPED}, indent=1).replace("70000000", "70000000.12345678901234567")
    path.write_bytes(b"\xef\xbb\xbf \n" + data.encode())
    return path


def indexed(path: Path | str, *others: str, now: int = LATER) -> str:
    """The path of an index of files that is made now."""
    made = make([str(path), *others], folder(path), now)
    assert made
    return made


def make(names: list[str], folder: str, now: int = LATER) -> str | None:
    return indexer.make(indexer.contents(names), folder, mapper(Lexicon()), now, lambda *_: None)


def folder(path: Path | str) -> str:
    return os.path.join(os.path.dirname(path), "cache")


def opened(path: Path | str, *others: str, now: int = LATER) -> Facts | None:
    return derived.open_index([str(path), *others], folder(path), now)


def by_index(path: Path | str, *others: str) -> Facts:
    facts = opened(path, *others)
    assert facts is not None
    return facts


def assert_same(some: Facts, others: Facts) -> None:
    """Both have the same records in the same order, whichever way one asks for them."""
    assert list(some.facts) == list(others.facts)
    assert [some.facts[at] for at in sorted(some.facts.positions())] == list(others.facts)  # type: ignore[attr-defined]
    assert some.facts[1:3] == list(others.facts)[1:3]
    assert all(some.facts[at] is some.facts[at] for at in sorted(some.facts.positions())[:1])  # type: ignore[attr-defined]
    for key in ("by_id", "entities", "sources"):
        one, other = getattr(some, key), getattr(others, key)
        assert (list(one), len(one)) == (list(other), len(other))
        assert dict(one) == dict(other)
        assert "no-such-id" not in one
        assert one.get("no-such-id") is None
    assert some.meta == others.meta


def test_an_index_has_the_facts_of_its_file(path: Path) -> None:
    indexed(path)
    assert_same(by_index(path), store.read([str(path)]))


def test_files_that_are_read_together_have_one_index(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "other.json"
    first = dict(next(iter(SHIPPED["facts"].values())), title={"en": "Corrected"})
    entity = dict(next(iter(SHIPPED["entities"].values())), aliases=["Another name"])
    other.write_text(json.dumps({"facts": {"1": first}, "entities": {"1": entity}}), encoding="utf-8")
    indexed(path, str(other), "builtin")
    assert_same(by_index(path, str(other), "builtin"), store.read([str(path), str(other), "builtin"]))
    assert opened(path, str(other)) is None


def plain(value: Any) -> Any:
    """A value of an entry, sequences as lists."""
    return list(value) if isinstance(value, (tuple, list)) else value


@pytest.mark.parametrize("part", ["latin", "arabic", ""])
def test_an_index_has_the_entries_that_are_made_of_the_facts(path: Path, part: str) -> None:
    indexed(path)
    maps = all_maps(Index(store.read([str(path)]), Lexicon()))
    stored = by_index(path).derived
    for name in maps:
        if name.partition(".")[0] == part or "." not in name + part:
            entries = stored.entries(name, lambda value: value)
            made = {key: plain(one) for key, one in sorted(maps[name].items())}
            assert {key: plain(one) for key, one in entries.items()} == made
            assert list(entries) == list(made)
            assert len(entries) == len(made)
            some = list(made)[::3]
            assert entries.among([*some, "no such key"]) == set(some)
            assert list(map(plain, entries.many(some[::-1]))) == [made[key] for key in some[::-1]]
            assert list(map(plain, entries.known(["no such key", *some]))) == [made[key] for key in some]
            assert entries.get("no such key") is None
            assert [key for key in ("no such key", *some) if key in entries] == some
            start = some[0][:1] if some else "x"
            assert entries.beginning_with(start) == [key for key in made if key.startswith(start)]


@given(st.lists(st.integers(0, 2**32 - 1)))
@example([1, 2**16])
@example([0, 2**16])
def test_positions_are_unpacked_as_they_were(numbers: list[int]) -> None:
    for positions in (tuple(numbers), tuple(sorted(numbers)), tuple(range(len(numbers)))):
        assert derived._unpacked(derived._packed(positions)) == positions


# Whose index it is.


def edited(path: Path) -> None:
    """Changes a word of the file in its place: neither the inode nor the size is another."""
    data = path.read_bytes()
    start = data.index(b"Khanjar")
    with open(path, "r+b") as file:
        file.seek(start)
        file.write(b"Hanjark")


def test_a_change_of_the_same_size_within_a_clock_tick_is_noticed_by_the_content(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(path, "rb") as file:
        stamp = derived.stamp_of(str(path), file.fileno())
    monkeypatch.setattr(derived, "stamp_of", lambda *_: stamp)
    indexed(path, now=stamp.changed)
    assert_same(by_index(path), store.read([str(path)]))
    indexed(path, now=stamp.changed)
    edited(path)
    assert opened(path) is None


def test_a_change_whose_time_is_set_back_is_noticed(path: Path) -> None:
    before = path.stat()
    indexed(path)
    edited(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert opened(path) is None


def test_an_index_is_proven_once_its_file_is_older_than_a_clock_can_tell(path: Path) -> None:
    time = path.stat().st_ctime_ns
    index = indexed(path, now=time)

    def digests() -> Any:
        with sqlite3.connect(index) as db:
            return json.loads(db.execute("SELECT value FROM about WHERE key = 'digests'").fetchone()[0])

    assert opened(path, now=time + derived.CLOCK_TICK)
    assert digests() is not None
    assert opened(path, now=time - 10**12), "the clock was set back"
    assert digests() is not None
    assert opened(path, now=time + derived.CLOCK_TICK + 1)
    assert digests() is None


@pytest.mark.parametrize("change", ["another time", "another inode", "another size", "no longer there"])
def test_another_version_of_a_file_has_no_index(path: Path, change: str) -> None:
    indexed(path)
    found = path.stat()
    if change == "another time":
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
    elif change == "another size":
        path.write_bytes(path.read_bytes() + b"\n")
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    else:
        copy = path.with_name("copy.json")
        copy.write_bytes(path.read_bytes())
        os.utime(copy, ns=(found.st_atime_ns, found.st_mtime_ns))
        path.unlink() if change == "no longer there" else os.replace(copy, path)
    if change == "no longer there":
        with pytest.raises(FileError):
            opened(path)
    else:
        assert opened(path) is None


@pytest.mark.parametrize(
    "damage", ["cut off", "no SQLite", "empty", "a page overwritten", "another program's", "a directory"]
)
def test_a_damaged_index_is_none(path: Path, damage: str) -> None:
    index = Path(indexed(path))
    data = index.read_bytes()
    if damage == "another program's":
        with sqlite3.connect(index) as db:
            db.execute("DROP TABLE about")
    elif damage == "a directory":
        index.unlink()
        index.mkdir()
    else:
        index.write_bytes(
            {"cut off": data[:-8192], "no SQLite": b"x" * 9000, "empty": b"", "a page overwritten": b"\xff" * 8192}[
                damage
            ]
        )
    assert opened(path) is None


def test_damage_that_shows_later_is_reported_as_such(path: Path) -> None:
    index = Path(indexed(path))
    facts = by_index(path)
    with sqlite3.connect(index) as db:
        db.execute("UPDATE facts SET start = start + 1")
    with pytest.raises(IndexDamageError, match="does not fit its file"):
        [dict(fact) for fact in facts.facts]
    with sqlite3.connect(index) as db:
        db.execute("DROP TABLE entries")
    with pytest.raises(IndexDamageError, match="no such table"):
        by_index(path).derived.entries("by_kind", tuple).get("visit")


def test_a_file_that_is_replaced_meanwhile_is_answered_as_it_was(path: Path) -> None:
    indexed(path)
    facts, before = by_index(path), store.read([str(path)])
    new = path.with_name("new.json")
    new.write_text('{"facts": {}}', encoding="utf-8")
    os.replace(new, path)
    assert list(facts.facts) == list(before.facts)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET value = 'x'",
        "UPDATE entries SET value = x'ff'",
        "UPDATE entries SET value = x'4800'",
        "UPDATE entries SET value = x'7a00'",
        "UPDATE facts SET file = 7",
        "UPDATE facts SET length = 1000000000000000000",
        "UPDATE records SET start = 1",
        "UPDATE records SET length = NULL",
        "UPDATE records SET value = '?'",
    ],
)
def test_damaged_values_are_damage(change: str, path: Path) -> None:
    index = indexed(path)
    with sqlite3.connect(index) as db:
        db.execute(change)
    with pytest.raises(IndexDamageError):
        facts = by_index(path)
        [dict(fact) for fact in facts.facts]
        dict(facts.entities)
        dict(facts.derived.entries("by_kind", tuple).items())


def test_a_name_that_is_not_text_is_none(path: Path) -> None:
    indexed(path)
    facts = by_index(path)
    assert "\udcff" not in facts.by_id
    assert facts.entities.get("\udcff") is None
    assert facts.derived.entries("by_kind", tuple).among(["\udcff", "visit"]) == {"visit"}


def test_a_fifo_or_a_directory_in_the_place_of_an_index_is_none(path: Path) -> None:
    index = indexed(path)
    for make in (os.mkfifo, os.mkdir):
        os.rmdir(index) if os.path.isdir(index) else os.unlink(index)
        make(index)
        assert opened(path) is None
        assert not derived.is_worth_making([str(path)], folder(path))
