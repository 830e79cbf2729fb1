"""An index whose keys are in memory has the entries of the one in the file."""

from __future__ import annotations

from pathlib import Path

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search.index import Index, all_maps, mapper
from factcli.store import derived, indexer
from factcli.store.resident import ResidentEntries, resident

NAMES = ["builtin"]


def test_resident_entries_are_those_of_the_file(tmp_path: Path) -> None:
    assert indexer.make(indexer.contents(NAMES), str(tmp_path), mapper(Lexicon()), 0, lambda *_: None)
    stored = derived.open_index(NAMES, str(tmp_path), 0)
    assert stored
    for name in all_maps(Index(store.read(NAMES)._replace(derived=None), Lexicon())):
        entries, others = (one.derived.entries(name, tuple) for one in (resident(stored), stored))
        assert isinstance(entries, ResidentEntries)
        keys = list(others)
        some = [*keys[::3], "no such key"]
        assert list(entries) == keys
        assert list(entries.items()) == list(others.items())
        assert len(entries) == len(others)
        assert entries.among(some) == others.among(some)
        assert entries.many(some[:-1]) == others.many(some[:-1])
        assert entries.known(some) == others.known(some)
        assert [entries.get(key, 7) for key in some] == [others.get(key, 7) for key in some]
        assert [key in entries for key in some] == [key in others for key in some]
        for start in ("", *(key[:2] for key in some)):
            assert entries.beginning_with(start) == others.beginning_with(start)


def test_facts_in_memory_stay_as_they_are() -> None:
    facts = store.read(NAMES)._replace(derived=None)
    assert resident(facts) is facts
