"""The facts of large files by their index, which is made at the first look-up and kept in the user's cache."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from factcli import store, terminal
from factcli.model import Facts
from factcli.store import derived
from factcli.text.quote import enumerate_values, quote_path

if TYPE_CHECKING:
    from factcli.store.indexer import Mapper

CACHE_VARIABLE = "FACTCLI_CACHE"
"""The environment variable that names the directory of indexes; `off` for none."""

MIN_SECONDS = 1.0
"""Seconds from which the making of an index is reported."""


def cache_folder(env: Mapping[str, str] = os.environ) -> str | None:
    """The directory of indexes, which need not exist; None where there is no place for one."""
    if named := env.get(CACHE_VARIABLE):
        return None if named.lower() == "off" else named
    cache = env.get("XDG_CACHE_HOME", "")
    home = env.get("HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    return os.path.join(cache, "factcli") if cache else None


def read(names: Sequence[str], folder: str) -> Facts:
    """The facts of the files by their index; where none fits, one is made, or the files are read. Raises FileError."""
    start, now = time.monotonic(), time.time_ns()
    if facts := derived.open_index(names, folder, now):
        return facts
    if not derived.is_worth_making(names, folder):
        facts = store.read(names)
        report(names, start, "read as a whole, for its index does not fit")
        return facts
    from factcli.store import indexer

    if not indexer.make(indexer.contents(names), folder, mapper(), now, lambda *_: None):
        return store.read(names)
    report(names, start, "indexed, so that look-ups are fast until the next change")
    return derived.open_index(names, folder, now) or store.read(names)


def mapper() -> Mapper:
    """What facts are looked up by."""
    from factcli.lexicon import Lexicon
    from factcli.search.index import maps_of_facts, maps_of_names
    from factcli.store.indexer import Mapper

    lexicon = Lexicon()
    return Mapper(
        lambda facts, numbers: maps_of_facts(facts, numbers, lexicon),
        lambda facts, in_use, words: maps_of_names(facts, in_use, words, lexicon),
    )


def report(names: Sequence[str], start: float, what: str) -> None:
    """Reports what took more than a second since `start`."""
    if (seconds := time.monotonic() - start) > MIN_SECONDS:
        files = enumerate_values([quote_path(name) for name in names])
        terminal.write_messages(f"{files}: {what} ({seconds:.0f} s)")
