"""A sequence whose values are made when they are asked for: what is not looked at costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MAX_BLOCK = 512
"""Values that are made together at most, where that is cheaper: the first ones are not waited for."""


class Lazy(Sequence[V], Generic[K, V]):
    """The values of `keys`, which `make` gives for some of the keys at a time, in their order; they are not kept.

    >>> squares = Lazy(range(10), lambda keys: [key * key for key in keys])
    >>> len(squares), squares[3], list(squares[:4])
    (10, 9, [0, 1, 4, 9])
    """

    __slots__ = ("_keys", "_make")

    def __init__(self, keys: Sequence[K], make: Callable[[Sequence[K]], Iterable[V]]) -> None:
        self._keys, self._make = keys, make

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return Lazy(self._keys[at], self._make)
        return next(iter(self._make([self._keys[at]])))

    def __iter__(self) -> Iterator[V]:
        keys, size = iter(self._keys), 1
        while block := list(islice(keys, size)):
            yield from self._make(block)
            size = min(2 * size, MAX_BLOCK)
