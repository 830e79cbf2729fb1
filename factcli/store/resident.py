"""The index of large fact files for a process that asks many questions: its keys in memory, each read once.

A command asks for a few dozen keys, and leaves the others in the file; a hundred questions ask for thousands, most of
which no entry has. In memory, the keys of 100,000 facts take some 50 MB and are read in a fifth of a second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from typing import Any, TypeVar

from factcli.model import Facts
from factcli.store.derived import StoredEntries

V = TypeVar("V")


def resident(facts: Facts) -> Facts:
    """The same facts, by whose index the keys that were asked for once are kept in memory."""
    return facts._replace(derived=_ResidentIndex(facts.derived)) if facts.derived else facts


class _ResidentIndex:
    """An index whose entries are `ResidentEntries`."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def is_of(self, facts: Facts) -> bool:
        """Whether facts are those of the index, and not some of them or others."""
        return bool(self._index.is_of(facts))

    def entries(self, name: str, decode: Callable[[Any], V]) -> ResidentEntries[V]:
        return ResidentEntries(self._index, name, decode)


class ResidentEntries(StoredEntries[V]):
    """The entries of a mapping by their key, in order; keys are read together, values one by one."""

    @cached_property
    def _keys(self) -> dict[str, None]:
        return dict.fromkeys(super().__iter__())

    @cached_property
    def _in_order(self) -> list[str]:
        return list(self._keys)

    def __getitem__(self, key: str) -> V:
        if key not in self._keys:
            raise KeyError(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self._keys else default

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def among(self, keys: Iterable[str]) -> Set[str]:
        """Those of the keys that have an entry."""
        return {key for key in keys if key in self._keys}

    def beginning_with(self, start: str) -> list[str]:
        """The keys that begin so, in order."""
        keys = self._in_order
        return keys[bisect_left(keys, start) : bisect_left(keys, start + "\U0010ffff")]
