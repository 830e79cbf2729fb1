"""An index that is brought up to date answers as one that is made anew, whatever was changed and in whatever order."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_store_derived import LATER, SHIPPED, assert_same, by_index, folder, indexed, opened

from factcli import search, store
from factcli.errors import FactError
from factcli.lexicon import Lexicon
from factcli.records import edit
from factcli.search.index import TEXT_FIELDS, mapper
from factcli.store import derived, updater

FACTS = list(SHIPPED["facts"].values())[:12]
ENTITIES = list(SHIPPED["entities"].values())
SOURCES = [{"record": "source", **source} for source in SHIPPED["sources"].values()]
NAMED = {party["entity"] for fact in FACTS for party in fact["parties"]}
LEXICON = Lexicon()


def put(path: Path, *records: Any, **options: Any) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    edit.import_files(["-"], str(path), stdin=io.BytesIO(lines.encode()), **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A fact file as factcli writes it."""
    return made(tmp_path)


def made(folder: Path) -> Path:
    path = folder / "facts.json"
    put(path, *FACTS[:6], *[{"record": "entity", **one} for one in ENTITIES if one["id"] in NAMED][:8], SOURCES[0])
    return path


def change(path: Path, make: Callable[[], Any]) -> bool:
    """Changes the file, and its index with it; whether that could be done."""
    before = by_index(path)
    make()
    return updater.update(before.derived, str(path), folder(path), mapper(LEXICON), LATER)


def entries(facts: Any) -> dict[str, dict[str, Any]]:
    """All entries of an index, positions by what stands there."""
    index, ids = facts.derived, {at: facts.facts[at]["id"] for at in facts.facts.positions()}

    def shown(name: str, value: Any) -> Any:
        if (not name.startswith("by_") and not name.endswith(".vocabulary")) or not isinstance(value, tuple):
            return value
        if name.endswith(".vocabulary"):
            return [(ids[at // len(TEXT_FIELDS)], TEXT_FIELDS[at % len(TEXT_FIELDS)]) for at in value]
        return [ids[at] for at in value]

    return {
        name: {key: shown(name, value) for key, value in index.entries(name, lambda value: value).items()}
        for name in index.maps
    }


def assert_up_to_date(path: Path) -> None:
    """The index of the file is as good as one that is made anew."""
    updated = by_index(path)
    assert_same(updated, store.read([str(path)]))
    found = entries(updated)
    indexed(path)
    assert found == entries(by_index(path))


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.lists(st.integers(0, 11), min_size=1, max_size=4, unique=True)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 11), min_size=1, max_size=4, unique=True)),
        st.tuples(st.just("retitle"), st.integers(0, 11), st.sampled_from(["Khanjar 7", "رئيس الأركان", "رءيس"])),
        st.tuples(st.just("entity"), st.integers(0, len(ENTITIES) - 1), st.sampled_from(["TR", "QA", None])),
        st.tuples(st.just("source"), st.integers(0, len(SOURCES) - 1)),
        st.tuples(st.just("remove entity"), st.integers(0, len(ENTITIES) - 1)),
    ),
    min_size=1,
    max_size=4,
)


def apply(path: Path, kind: str, *values: Any) -> None:
    """Makes one of the changes."""
    if kind == "import":
        put(path, *[FACTS[at] for at in values[0]], update=True)
    elif kind == "remove":
        edit.remove([FACTS[at]["id"] for at in values[0]], str(path))
    elif kind == "retitle":
        put(path, {**FACTS[values[0]], "title": {"en": values[1]}, "kind": "visit"}, update=True)
    elif kind == "entity":
        new = {"record": "entity", **ENTITIES[values[0]], "country": values[1], "type": "country"}
        put(path, new, replace=True)
    elif kind == "source":
        put(path, SOURCES[values[0]], update=True)
    else:
        edit.remove([ENTITIES[values[0]]["id"]], str(path))


@settings(max_examples=60)
@given(CHANGES)
@example([("remove", [0]), ("import", [0]), ("remove", [5, 4, 3, 2, 1]), ("import", [11])])
@example([("entity", at, "QA") for at in range(4)])
def test_any_changes_leave_an_index_as_good_as_a_new_one(made_changes: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = made(Path(place))
        indexed(path)
        for one in made_changes:

            def make(one: Any = one) -> None:
                with contextlib.suppress(FactError):
                    apply(path, *one)

            assert change(path, make)
            assert_same(by_index(path), store.read([str(path)]))
        assert_up_to_date(path)


# Another version meanwhile.


def test_what_another_program_writes_after_the_change_is_noticed(path: Path) -> None:
    indexed(path)
    before = by_index(path)
    put(path, FACTS[7])
    data = path.read_bytes()
    path.write_bytes(data.replace(b"},\n", b"},\n\n", 1))
    assert not updater.update(before.derived, str(path), folder(path), mapper(LEXICON), LATER)
    assert os.listdir(folder(path)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"},\n", b"}\n"),
        (b"{\n", b"{ \n"),
        (b"}\n}\n", b"}\n},\n"),
        (b"}\n}\n", b"}\n}\nx"),
        (b'"facts": {', b'"_default": {'),
        (b'"entities": {', b'"facts": {'),
        (b'"meta": {\n', b'"meta": {\n"1": {"schema": 2},\n'),
        (b'"schema": 2', b'"schema": 99'),
        (b'"kind": "', b'"kind": "x'),
        (b'{"id": "', b'{"id": "a", "id": "'),
    ],
)
def test_an_index_is_removed_rather_than_be_that_of_a_damaged_file(path: Path, old: bytes, new: bytes) -> None:
    indexed(path)
    before = by_index(path)
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    assert not updater.update(before.derived, str(path), folder(path), mapper(LEXICON), LATER)
    assert opened(path) is None


def test_a_file_that_was_changed_in_its_place_since_the_index_was_opened_has_none(path: Path) -> None:
    indexed(path)
    before = by_index(path)
    data = path.read_bytes()
    with open(path, "r+b") as file:
        file.write(data.replace(b"Khanjar", b"Hanjark"))
    assert not updater.update(before.derived, str(path), folder(path), mapper(LEXICON), LATER)


def test_of_two_changes_at_once_the_later_file_has_the_index(path: Path) -> None:
    indexed(path)
    first, second = by_index(path), by_index(path)
    put(path, FACTS[7])
    assert updater.update(first.derived, str(path), folder(path), mapper(LEXICON), LATER)
    put(path, FACTS[8])
    assert updater.update(second.derived, str(path), folder(path), mapper(LEXICON), LATER)
    assert_up_to_date(path)


def test_a_change_of_nothing_leaves_the_index_alone(path: Path) -> None:
    made = indexed(path)
    number = os.stat(made).st_ino
    assert change(path, lambda: put(path, FACTS[0]))
    assert os.stat(made).st_ino == number


def test_where_the_index_cannot_be_written_it_is_no_longer_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(path)
    monkeypatch.setattr(derived.Index, "copy_to", lambda *_: os.stat("/no/such/file"))
    assert not change(path, lambda: put(path, FACTS[7]))
    assert opened(path) is None
    assert os.listdir(folder(path)) == []


def test_after_the_change_of_most_facts_an_index_is_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updater, "MAX_NEW", -1)
    indexed(path)
    assert not change(path, lambda: put(path, *FACTS[6:]))
    assert opened(path) is None


def test_the_answers_are_the_same(path: Path) -> None:
    indexed(path)
    assert change(path, lambda: edit.remove([FACTS[2]["id"]], str(path)))
    assert change(path, lambda: put(path, FACTS[9]))
    for words in (["turkey"], ["NOT", "turkey"], ["missiles"], ["khanjr"], ["صواريخ"], ["since", "2020"]):
        answers = [
            search.find(words, facts, LEXICON, today="2026-01-01")
            for facts in (by_index(path), store.read([str(path)]))
        ]
        found = [[(hit.fact["id"], hit.matches) for hit in answer.hits] for answer in answers]
        assert found[0] == found[1]
        assert answers[0].notes == answers[1].notes
