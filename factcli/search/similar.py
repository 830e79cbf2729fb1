"""The names and words of one script by what is like them: as long as they are, spelled or sounding like them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from factcli.names.index import NameIndex, StoredNameIndex
from factcli.names.token_index import PIECE
from factcli.names.typos import lengths_near, nearest_keys
from factcli.search.index import ScriptIndex, derived
from factcli.text import folds
from factcli.text.clitics import without_article

MIN_WORD_LENGTH = 3
"""Letters from which a word of a name or a text may be meant by a word in the other script."""

POOLS = ("names", "words", "text_words")


class SimilarIndex:
    """The names and words of a script."""

    def __init__(self, there: ScriptIndex) -> None:
        self._there = there
        self.facts, self.prefix = there.facts, there.prefix

    # -- spelled alike

    @derived
    def keys_by_length(self) -> dict[str, list[str]]:
        """The keys of names by how many letters they have."""
        return _grouped((_digits(len(key)), key) for key in self._there.name_keys)

    def keys_of_length(self, shortest: int, longest: int) -> list[str]:
        """The keys of names with so many letters."""
        return list(chain(*self.keys_by_length.known(map(_digits, range(shortest, longest + 1)))))

    @derived
    def words_by_start(self) -> dict[str, list[str]]:
        """The words of names and texts by the first letter and the length of what they are without their article."""
        words = [(without_article(word), word) for word in sorted({*self._there.name_words, *self._there.vocabulary})]
        return _grouped((bare[:1] + _digits(len(bare)), word) for bare, word in words)

    def words_of_length(self, bare: str, edits: int) -> list[str]:
        """The words of names and texts that begin as this one does and are as long, up to some letters."""
        lengths = range(len(bare) - edits, len(bare) + edits + 1)
        return list(chain(*self.words_by_start.known(bare[0] + _digits(length) for length in lengths)))

    @cached_property
    def _by_key(self) -> dict[str, str]:
        """The names of the entities in the language of the script by their keys."""
        names = list(dict.fromkeys(self._there.canonical(name.entity) for name in self._there.names))
        return dict(zip(reversed(folds(names)), reversed(names), strict=True))

    @derived
    def suggestion_keys(self) -> dict[str, list[str]]:
        """The keys of names that may be suggested, by how many letters they have."""
        return _grouped((_digits(len(key)), key) for key in sorted(self._by_key))

    @derived
    def suggestions(self) -> dict[str, list[str]]:
        """The names with these keys."""
        return _grouped((_digits(len(key)), self._by_key[key]) for key in sorted(self._by_key))

    def suggested(self, key: str, score_cutoff: float) -> list[str]:
        """The names whose keys are nearest to a key, best first."""
        lengths = [_digits(length) for length in lengths_near(key, score_cutoff)]
        keys = list(chain(*self.suggestion_keys.known(lengths)))
        near = nearest_keys(key, keys, score_cutoff=score_cutoff)
        places = [(_digits(len(one)), self.suggestion_keys[_digits(len(one))].index(one)) for one in near]
        return [self.suggestions[length][at] for length, at in places]

    # -- ranked by `names`

    @cached_property
    def names(self) -> NameIndex:
        """The names, at their numbers."""
        if self.facts.derived:
            return self._stored("names", _StoredNames(self._there), lambda key: self._there.name_keys.get(key, ()))
        return NameIndex([name.text for name in self._there.names])

    @cached_property
    def words(self) -> NameIndex:
        """The words of names."""
        return self._of_words("words", self._there.name_words)

    @cached_property
    def text_words(self) -> NameIndex:
        """The words of names and of texts."""
        return self._of_words("text_words", self._there.name_words, self._there.vocabulary)

    def _of_words(self, pool: str, *words: Iterable[str]) -> NameIndex:
        if self.facts.derived:
            stored = _StoredWords(self._table(f"{pool}.texts"))
            return self._stored(pool, stored, stored.with_text)
        return NameIndex(sorted({word for word in chain(*words) if len(word) >= MIN_WORD_LENGTH}))

    def _stored(self, pool: str, names: Sequence[str], with_key: Any) -> NameIndex:
        return StoredNameIndex(names, with_key, lambda name: self._table(f"{pool}.{name}"))

    def _table(self, name: str) -> Mapping[str, Any]:
        entries: Mapping[str, Any] = self.facts.derived.entries(self.prefix + name, lambda value: value)
        return entries

    def tables(self, of_texts: bool) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What is stored of the indexes that rank, of names or of texts: table after table, each with its name."""
        if of_texts and self.prefix == "latin.":
            return
        for pool in POOLS[2:] if of_texts else POOLS[:2]:
            index: NameIndex = getattr(self, pool)
            for name, table in index.tables():
                yield f"{self.prefix}{pool}.{name}", table
            if pool != "names":
                starts = range(0, index.size, PIECE)
                pieces = {_digits(at // PIECE): index.names[at : at + PIECE] for at in starts}
                yield f"{self.prefix}{pool}.texts", {**pieces, "starts": [index.names[at] for at in starts]}


class _StoredNames(Sequence[str]):
    """The texts of names by their number."""

    def __init__(self, there: ScriptIndex) -> None:
        self._there = there

    def __len__(self) -> int:
        return len(self._there.name_rows)

    def __getitem__(self, number: Any) -> Any:
        return self._there.names_at([number])[0].text


class _StoredWords(Sequence[str]):
    """Words in order, in pieces."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._starts = table.get("starts", [])

    def __len__(self) -> int:
        last = len(self._starts) - 1
        return last * PIECE + len(self._table[_digits(last)]) if last >= 0 else 0

    def __getitem__(self, number: Any) -> Any:
        return self._table[_digits(number // PIECE)][number % PIECE]

    def with_text(self, word: str) -> Sequence[int]:
        """The position of a word, if it is one of these."""
        piece = bisect_right(self._starts, word) - 1
        words = self._table[_digits(piece)] if piece >= 0 else []
        at = bisect_left(words, word)
        return [piece * PIECE + at] if at < len(words) and words[at] == word else []


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped


def _digits(number: int) -> str:
    return f"{number:05}"
