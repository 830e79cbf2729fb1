"""The index of fact files that is opened for many questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcli import search, store
from factcli.errors import FileError
from factcli.lexicon import Lexicon
from factcli.model import Filters
from factcli.search.opening import open_index

SHIPPED = Path(store.path_of("builtin")).read_text(encoding="utf-8")
QUESTIONS = ["turkey visits", "khunjar haad", "agreements 2019 salalah", "صواريخ", "more than 5 million USD", "zzzzz"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(SHIPPED, encoding="utf-8")
    return path


def ids(index: search.Index, *words: str) -> list[str]:
    return [hit.fact["id"] for hit in search.find_in(index, words).hits]


def test_an_index_answers_as_the_facts_do_however_often_it_is_asked(path: Path, tmp_path: Path) -> None:
    facts, lexicon = store.read([str(path)]), Lexicon()
    indexes = [open_index([str(path)], cache) for cache in (None, str(tmp_path / "cache"), str(tmp_path / "cache"))]
    assert [bool(index.facts.derived) for index in indexes] == [False, True, True]
    for question in QUESTIONS * 2:
        for filters in (Filters(), Filters(since="2020-01-01", kinds=("visit", "sale")), Filters(exact=True)):
            right = search.find((question,), facts, lexicon, filters)
            for index in indexes:
                answer = search.find_in(index, (question,), filters)
                assert list(answer.hits) == list(right.hits)
                assert answer[1:] == right[1:]


def test_an_index_answers_of_the_file_as_it_was_until_it_is_opened_anew(path: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    index = open_index([str(path)], cache)
    new = path.with_name("new.json")
    new.write_text(SHIPPED.replace("Khanjar", "Hanjark"), encoding="utf-8")
    new.replace(path)
    assert ids(index, "hanjark") == []
    assert ids(index, "khanjar") == ids(open_index([str(path)], cache), "hanjark") != []


def test_without_a_path_it_is_the_shipped_file() -> None:
    assert len(open_index([]).facts.facts) == len(json.loads(SHIPPED)["facts"])


def test_files_with_faults_have_no_index_on_disk(path: Path, tmp_path: Path) -> None:
    path.write_text(SHIPPED.replace('"2023-05"', '"2023-5"', 1), encoding="utf-8")
    index = open_index([str(path)], str(tmp_path / "cache"))
    assert index.facts.faults
    assert not index.facts.derived
    assert ids(index, "turkey")


def test_where_nothing_can_be_written_facts_are_in_memory(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = open_index([str(path)], str(tmp_path / "file" / "cache"))
    assert not index.facts.derived
    assert ids(index, "turkey")


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    for cache in (None, str(tmp_path / "cache")):
        with pytest.raises(FileError):
            open_index([str(tmp_path / "no.json")], cache)
