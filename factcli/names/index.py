"""Names among which one is looked for: their words on shelves, each shelf made when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from factcli.names.token_index import Place, Shelf
from factcli.names.tokens import Symbol, Token, tokenize_name
from factcli.text import fold


class Pool:
    """`names`, which must not change."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.size = len(names)

    @cached_property
    def by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            found.setdefault(key, []).append(i)
        return found

    @cached_property
    def keys(self) -> list[str]:
        return [fold(name) for name in self.names]

    @cached_property
    def words(self) -> list[tuple[Token, ...]]:
        return [tokenize_name(key) for key in self.keys]

    @cached_property
    def wholes(self) -> list[str]:
        """Each name without articles and blanks."""
        return ["".join(word.text for word in words) for words in self.words]

    @cached_property
    def placed(self) -> list[tuple[Token, Place]]:
        return [(word, (i, 1 << at)) for i, words in enumerate(self.words) for at, word in enumerate(words)]

    @cached_property
    def telling(self) -> Shelf:
        """The words that tell names apart."""
        return shelf((word, place) for word, place in self.placed if not word.is_generic)

    @cached_property
    def light(self) -> Shelf:
        return Shelf((word.text, place) for word, place in self.placed if word.is_generic)

    @cached_property
    def everything(self) -> Shelf:
        return shelf(self.placed)

    @cached_property
    def whole_names(self) -> Shelf:
        return Shelf((self.wholes[i], (i, (1 << len(words)) - 1)) for i, words in enumerate(self.words))

    @cached_property
    def joined(self) -> Shelf:
        """Neighbouring words of names as one, and whole names."""
        return Shelf((text, (i, mask)) for i, words in enumerate(self.words) for text, mask in joins(words))

    @cached_property
    def meanings(self) -> dict[Symbol, list[Place]]:
        """Where words that tell names apart mean something."""
        return by_meaning((word, place) for word, place in self.placed if not word.is_generic)

    @cached_property
    def all_meanings(self) -> dict[Symbol, list[Place]]:
        return by_meaning(self.placed)


def shelf(placed: Iterable[tuple[Token, Place]]) -> Shelf:
    return Shelf((text, place) for word, place in placed for text in (word.text, word.without_article) if text)


def by_meaning(placed: Iterable[tuple[Token, Place]]) -> dict[Symbol, list[Place]]:
    found: dict[Symbol, list[Place]] = {}
    for word, place in placed:
        for meaning in word.symbols:
            found.setdefault(meaning, []).append(place)
    return found


def joins(words: tuple[Token, ...]) -> Iterable[tuple[str, int]]:
    """Pairs of neighbours and the whole, without and with articles, and which words they are, as bits."""
    for at, (one, two) in enumerate(pairwise(words)):
        for text in dict.fromkeys((f"{one.text} {two.text}", f"{one.text} {two.raw}")):
            yield text, 3 << at
    if len(words) != 2:
        plain, raw = " ".join(word.text for word in words), " ".join(word.raw for word in words)
        for text in dict.fromkeys((plain, raw) if len(words) > 2 else ()):
            yield text, (1 << len(words)) - 1
        if len(words) == 1 and raw != plain:
            yield raw, 1
