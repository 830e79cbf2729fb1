"""The index of fact files for questions: opened where it is kept, and made where there is none yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factcli import store
from factcli.lexicon import Lexicon
from factcli.model import Facts
from factcli.search.index import Index, mapper


def open_index(paths: Sequence[str], cache: str | None = None, lexicon: Lexicon | None = None) -> Index:
    """The index of the fact files at `paths` (none: the shipped file), to be asked by `search.find_in`.

    With `cache`, a directory that is made where it is missing, the index is a file there, made where none fits the
    files as they are; commands use the same one. Each fact is read when it is asked for, and keys that were asked for
    stay in memory. Without `cache`, all facts are in memory. A change of the files is seen by who opens the index anew.
    Raises FileError.
    """
    names = tuple(paths) or (store.BUILTIN,)
    facts = store.read(names) if cache is None else read_indexed(names, cache)
    return Index(facts, lexicon or Lexicon())


def read_indexed(names: Sequence[str], cache: str) -> Facts:
    """The facts of the files by their index. Raises FileError."""
    from factcli.store import derived
    from factcli.store.resident import resident

    return resident(derived.open_index(names, cache, UNKNOWN_TIME) or with_new_index(names, cache, UNKNOWN_TIME))


UNKNOWN_TIME = 0
"""A time long before any change of a file, so that a file which may have changed is compared by its content."""


def with_new_index(
    names: Sequence[str], cache: str, now: int, step: Callable[[int, int], None] = lambda *_: None
) -> Facts:
    """The facts of the files by an index that is made now, the time in nanoseconds; in memory where none can be kept.

    `step` is called from time to time with how much is done, and of how much. Raises FileError.
    """
    from factcli.store import derived, indexer

    made = indexer.make(indexer.contents(names), cache, mapper(Lexicon()), now, step)
    return (derived.open_index(names, cache, now) if made else None) or store.read(names)
