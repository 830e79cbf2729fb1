"""The index of the shipped facts: what the script makes of them, of no other content, and with it the same answers."""

from __future__ import annotations

import csv
import importlib.util
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from factcli import package_data, search, store
from factcli.errors import FileError, UsageError
from factcli.lexicon import Lexicon
from factcli.search.index import Index, all_maps
from factcli.store import shipped

ROOT = Path(__file__).parent.parent
SHIPPED = store.read([])
PLAIN = SHIPPED._replace(derived=None)
MAPS = all_maps(Index(PLAIN, Lexicon()))


def as_lists(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_the_index_is_what_the_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("build_index", ROOT / "scripts" / "build_index.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    is_made = script.text() == (ROOT / "data" / shipped.NAME).read_text(encoding="utf-8")
    assert is_made, "run `python scripts/build_index.py`"


@pytest.mark.parametrize("name", MAPS)
def test_entries_are_those_that_are_made_of_the_facts(name: str) -> None:
    assert SHIPPED.derived
    entries, made = SHIPPED.derived.entries(name, lambda value: value), MAPS[name]
    some = list(made)[::3]
    assert list(entries) == list(made)
    assert len(entries) == len(made)
    assert list(entries.items()) == [(key, as_lists(value)) for key, value in made.items()]
    assert list(entries.values()) == [as_lists(value) for value in made.values()]
    assert entries.many(some[::-1]) == [as_lists(made[key]) for key in some[::-1]]
    assert entries.known(["no such key", *some]) == [as_lists(made[key]) for key in some]
    assert entries.among([*some, "no such key"]) == set(some)
    assert (entries.get("no such key"), entries.get("no such key", ())) == (None, ())
    assert [key for key in ("no such key", *some) if key in entries] == some
    start = some[0][:1] if some else "x"
    assert entries.beginning_with(start) == [key for key in made if key.startswith(start)]
    with pytest.raises(KeyError):
        entries["no such key"]


def questions() -> list[tuple[str, ...]]:
    with (ROOT / "tests" / "benchmark" / "questions.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["query"],) for row in rows][::3]


def answer(words: tuple[str, ...], facts: Any, **options: Any) -> Any:
    try:
        return search.find(words, facts, Lexicon(), today="2026-01-15", **options)
    except UsageError as error:
        return str(error)


def test_questions_have_the_same_answers_with_the_index_and_without() -> None:
    assert Index(SHIPPED, Lexicon()).facts.derived
    assert len(questions()) > 100
    for words in questions():
        for parties_only in (False, True):
            ours = answer(words, SHIPPED, parties_only=parties_only)
            assert ours == answer(words, PLAIN, parties_only=parties_only), words


# Whose index it is.


def test_it_is_no_index_of_another_content() -> None:
    data = package_data.content("facts.json")
    assert shipped.Index(data, SHIPPED)
    assert not shipped.Index(data + b"\n", SHIPPED)
    assert not shipped.Index(data.replace(b"Khanjar", b"Khunjar"), SHIPPED)


def test_some_of_the_facts_are_searched_without_it() -> None:
    some = SHIPPED._replace(facts=SHIPPED.facts[:5])
    assert Index(some, Lexicon()).facts.derived is None
    assert {hit.fact["id"] for hit in answer(("oman",), some).hits} <= {fact["id"] for fact in some.facts}


def test_a_copy_of_the_file_and_several_files_have_no_index(tmp_path: Path) -> None:
    copy = shutil.copy(store.path_of(store.BUILTIN), tmp_path)
    assert store.read([copy]).derived is None
    assert store.read([store.BUILTIN, copy]).derived is None


def test_it_needs_no_cache_and_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCLI_CACHE", "off")
    monkeypatch.delenv("HOME", raising=False)
    assert store.read([]).derived


def test_facts_of_an_edited_checkout_are_found_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "factcli" / "data"
    shutil.copytree(os.path.dirname(store.path_of(store.BUILTIN)), folder)
    path = folder / "facts.json"
    path.write_bytes(path.read_bytes().replace(b"Khanjar Hadd", b"Qwertz Yuiop"))
    monkeypatch.setattr(package_data, "_HERE", str(tmp_path / "factcli"))
    facts = store.read([])
    assert not facts.derived
    assert answer(("qwertz",), facts).hits
    (folder / shipped.NAME).unlink()
    with pytest.raises(FileError, match="install factcli again"):
        bool(store.read([]).derived)
