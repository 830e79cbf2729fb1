"""Names indexed by their tokens and symbols: those among which one is looked for.

What is indexed of the tokens of a name is of several sorts: distinctive tokens, generic ones, neighbours joined, whole
names; symbols. A `NameIndex` is in memory and makes each part when it is first asked for; a `StoredNameIndex` has its
parts in tables. Both know which names have a token; where in the name it is, its tokens tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from factcli.names.token_index import (
    COLUMNS,
    SCRIPTS,
    AllTokens,
    MadeTokens,
    StoredTokens,
    TokenIndex,
    line_of,
    positions_in,
)
from factcli.names.tokens import Symbol, Token, tokenize_name
from factcli.text import fold, folds
from factcli.text.clitics import without_clitics

Spans = Iterator[tuple[Any, int]]
"""Tokens or symbols of a name, each with the tokens of the name that it is, as a bit mask."""


# -- what is indexed of the tokens of a name


def distinctive(tokens: Sequence[Token]) -> Spans:
    """The tokens that distinguish names, as they are and without a Latin article that is written with them."""
    return ((text, mask) for text, mask in all_tokens(tokens) if not tokens[mask.bit_length() - 1].is_generic)


def generic(tokens: Sequence[Token]) -> Spans:
    """The tokens that do not distinguish names."""
    return ((token.text, 1 << at) for at, token in enumerate(tokens) if token.is_generic)


def all_tokens(tokens: Sequence[Token]) -> Spans:
    """All tokens, as they are and without a Latin article that is written with them."""
    for at, token in enumerate(tokens):
        yield token.text, 1 << at
        if token.without_article:
            yield token.without_article, 1 << at


def joined(tokens: Sequence[Token]) -> Spans:
    """Pairs of neighbours and the whole name, without and with articles."""
    for at, (one, two) in enumerate(pairwise(tokens)):
        for text in dict.fromkeys((f"{one.text} {two.text}", f"{one.text} {two.raw}")):
            yield text, 3 << at
    plain, raw = " ".join(token.text for token in tokens), " ".join(token.raw for token in tokens)
    if len(tokens) > 2:
        for text in dict.fromkeys((plain, raw)):
            yield text, (1 << len(tokens)) - 1
    elif len(tokens) == 1 and raw != plain:
        yield raw, 1


def whole(tokens: Sequence[Token]) -> Spans:
    """The name as one token, without articles and blanks."""
    yield compact(tokens), (1 << len(tokens)) - 1


def symbols(tokens: Sequence[Token]) -> Spans:
    """The symbols of distinctive tokens."""
    return ((symbol, mask) for symbol, mask in all_symbols(tokens) if not tokens[mask.bit_length() - 1].is_generic)


def all_symbols(tokens: Sequence[Token]) -> Spans:
    """The symbols of all tokens."""
    return ((symbol, 1 << at) for at, token in enumerate(tokens) for symbol in token.symbols)


Sort = Callable[[Sequence[Token]], Spans]
"""One of the functions above."""

TOKEN_SORTS: dict[Sort, Sequence[str]] = {
    distinctive: COLUMNS,
    generic: COLUMNS,
    joined: ("tokens", "pronounced", "spelled"),
    whole: ("tokens",),
}
"""Sorts of tokens that are stored, and their columns. Only a question in two scripts needs the skeletons of joined
tokens, and no sound of a whole name is looked for; `all_tokens` are those of the first two."""

SYMBOL_SORTS: tuple[Sort, ...] = (symbols, all_symbols)


def compact(tokens: Sequence[Token]) -> str:
    """A name without articles and blanks."""
    return "".join(token.text for token in tokens)


# -- indexes


class NameIndex:
    """Names, which must not change, in memory."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.size = len(names)
        self._token_indexes: dict[Sort, TokenIndex] = {}
        self._by_symbol: dict[Sort, dict[Symbol, list[int]]] = {}

    def prepare(self) -> None:
        """Makes all that a query may ask for: a tenth of a second for 1,000 names."""
        for sort in (*TOKEN_SORTS, all_tokens):
            index = self.token_index(sort)
            for script in SCRIPTS:
                for name in COLUMNS:
                    next(index.column(script, name))
        for sort in SYMBOL_SORTS:
            self.with_symbol(Symbol("", ""), sort)
        self.equal("")

    @cached_property
    def _keys(self) -> list[str]:
        return folds(self.names)

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        return _grouped((key, i) for i, key in enumerate(self._keys))

    @cached_property
    def _tokens(self) -> list[tuple[Token, ...]]:
        return [tokenize_name(key) for key in self._keys]

    def with_key(self, key: str) -> Sequence[int]:
        """The positions of the names with a folded key."""
        return self._by_key.get(key, ())

    def equal(self, key: str) -> Sequence[int]:
        """The positions of the names that have the key, else of the names that equal it without a clitic in front."""
        found = self.with_key(key)
        first, _, rest = key.partition(" ")
        if found or first.isascii():
            return found
        variants = [f"{stem} {rest}".strip() for stem in without_clitics(first)]
        return [i for variant in variants for i in self.with_key(variant)]

    def tokens(self, i: int) -> tuple[Token, ...]:
        """The tokens of a name."""
        return self._tokens[i]

    def count(self, i: int) -> int:
        """How many tokens a name has."""
        return len(self._tokens[i])

    def token_index(self, sort: Sort) -> TokenIndex:
        """The tokens of a sort."""
        if sort not in self._token_indexes:
            self._token_indexes[sort] = MadeTokens(self._entries(sort))
        return self._token_indexes[sort]

    def with_symbol(self, symbol: Symbol, sort: Sort) -> Sequence[int]:
        """The positions of the names that have a symbol of a sort."""
        if sort not in self._by_symbol:
            self._by_symbol[sort] = _grouped(self._entries(sort))
        return self._by_symbol[sort].get(symbol, ())

    def _entries(self, sort: Sort) -> Iterator[tuple[Any, int]]:
        return ((entry, i) for i, tokens in enumerate(self._tokens) for entry, _ in sort(tokens))

    def tables(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a `StoredNameIndex` is made of, table after table, each with its name."""
        for sort, columns in TOKEN_SORTS.items():
            yield sort.__name__, MadeTokens(self._entries(sort)).table(columns)
        for sort in SYMBOL_SORTS:
            by_symbol = _grouped(self._entries(sort))
            yield (
                sort.__name__,
                {"": [f"{' '.join(symbol)}\t{line_of(by_symbol[symbol])}" for symbol in sorted(by_symbol)]},
            )
        yield "counts", {"": "".join(chr(len(tokens)) for tokens in self._tokens)}


Tables = Callable[[str], Mapping[str, Any]]
"""Gives the table of a name."""


class StoredNameIndex(NameIndex):
    """Names whose index is in tables; `names` gives their texts and `with_key` the positions of those with a key."""

    def __init__(self, names: Sequence[str], with_key: Callable[[str], Sequence[int]], tables: Tables) -> None:
        super().__init__(names)
        self.with_key = with_key  # type: ignore[assignment,method-assign]
        self._tables = tables
        self._tokenized: dict[int, tuple[Token, ...]] = {}
        self._lines: dict[Sort, dict[str, str]] = {}

    @cached_property
    def _counts(self) -> str:
        return str(self._tables("counts")[""])

    def tokens(self, i: int) -> tuple[Token, ...]:
        if i not in self._tokenized:
            self._tokenized[i] = tokenize_name(fold(self.names[i]))
        return self._tokenized[i]

    def count(self, i: int) -> int:
        return ord(self._counts[i])

    def token_index(self, sort: Sort) -> TokenIndex:
        if sort not in self._token_indexes:
            self._token_indexes[sort] = (
                AllTokens(self.token_index(distinctive), self.token_index(generic))
                if sort is all_tokens
                else StoredTokens(self._tables(sort.__name__))
            )
        return self._token_indexes[sort]

    def with_symbol(self, symbol: Symbol, sort: Sort) -> Sequence[int]:
        if sort not in self._lines:
            lines = (line.split("\t") for line in self._tables(sort.__name__).get("", ()))
            self._lines[sort] = dict(lines)
        return positions_in(self._lines[sort].get(" ".join(symbol), ""))


def _grouped(entries: Iterator[tuple[Any, int]]) -> dict[Any, list[int]]:
    """The positions, each once, by what they are of."""
    found: dict[Any, dict[int, None]] = {}
    for entry, i in entries:
        found.setdefault(entry, {})[i] = None
    return {entry: list(positions) for entry, positions in found.items()}
