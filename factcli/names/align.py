"""Align a query with names: which of its tokens match which tokens of which names, and how similar they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from heapq import nlargest

from factcli._namedtuple import NamedTuple
from factcli.names.index import (
    NameIndex,
    Sort,
    all_symbols,
    all_tokens,
    compact,
    distinctive,
    generic,
    joined,
    symbols,
    whole,
)
from factcli.names.phonetic import PhoneticQuery
from factcli.names.token_index import Similar, TokenIndex, script_of
from factcli.names.tokens import Symbol, Token, expand_arabizi, shadda_variant, tokenize_name
from factcli.text import fold
from factcli.text.clitics import without_clitics

SAME_SYMBOL, SAME_ABBREVIATION = 0.97, 0.9
"""Similarity of tokens with a symbol in common, and of an abbreviation and letters that spell it."""

WITHOUT_CLITIC, WITHOUT_ARTICLE = 0.95, 0.97
"""Similarity of a token to what it is without a clitic; factor of a similarity for which an article was taken off."""

SURE_MATCH = 0.8
"""A distinctive token that matched one this similar is not looked for among generic ones."""

JOINED = 0.97
"""Factor of the similarity of tokens that were joined or split for it."""

MIN_UNJOINED, MIN_UNSPLIT = 0.85, 0.8
"""Tokens that matched nothing more similar are looked for joined, or split."""

MIN_JOINED, MIN_SPLIT, MIN_WHOLE = 0.7, 0.6, 0.72
"""Similarity from which joined tokens, a split token, whole names are candidates: chance joins much."""

MIN_SPLIT_LENGTH = {True: 6, False: 8}
"""Letters from which a token may be two, for the only one of a query and for one of several. Without splitting, 1 in
100 right names is lost; without joining, 1 in 1,500; without whole names, 1 in 500."""

SURPLUS_TOKEN = 0.03
"""What a name loses a token in the choice of candidates: of names that have the tokens, the shorter first."""


class TokenMatch(NamedTuple):
    """That tokens of a query and tokens of a name, as bit masks, are similar: 0..1."""

    similarity: float
    query_mask: int
    name_mask: int


class Found(NamedTuple):
    """That tokens of a query, as a bit mask, are similar to a token, or have a symbol, of a sort, which a name has."""

    similarity: float
    query_mask: int
    sort: Sort
    entry: str | Symbol


class Alignment:
    """`query` with the names of `index`.

    The tokens that distinguish names are looked for first, each by itself; then tokens that matched nothing well are
    joined or split, and the whole query is compared with whole names. Generic tokens are looked for where all that
    found nothing.
    """

    def __init__(self, query: str, index: NameIndex) -> None:
        self.index = index
        self.key = fold(query)
        self.tokens = tokenize_name(fold(expand_arabizi(query)))
        if variant := shadda_variant(query):
            self.key, symbol = variant
            self.tokens = (self.tokens[0]._replace(symbols=frozenset([symbol])),)
        self.compact = compact(self.tokens)
        self.script = script_of(self.compact)
        self.shares = [token.share for token in self.tokens]
        self._phonetic_queries: dict[str, PhoneticQuery] = {}
        self._found: dict[int, list[Found]] = {}

    def share(self, mask: int) -> float:
        """The sum of the shares of the tokens in a bit mask."""
        return sum(share for at, share in enumerate(self.shares) if mask >> at & 1)

    def phonetic_query(self, text: str) -> PhoneticQuery:
        """The phonetic query for a token, made once."""
        if text not in self._phonetic_queries:
            self._phonetic_queries[text] = PhoneticQuery(text, script_of(text))
        return self._phonetic_queries[text]

    def candidates(self, limit: int) -> list[int]:
        """The positions of the names that match most of the query, best first."""
        coverage: dict[int, float] = {}
        for i, found in self.found.items():
            best: dict[int, float] = {}
            for one in found:
                best[one.query_mask] = max(best.get(one.query_mask, 0.0), one.similarity)
            covered = sum(self.share(mask) * similarity**2 for mask, similarity in best.items())
            coverage[i] = covered / (1 + SURPLUS_TOKEN * self.index.count(i))
        return nlargest(limit, coverage, key=lambda i: (coverage[i], -i))

    def matches(self, i: int) -> list[TokenMatch]:
        """The matches with a name; they may overlap."""
        found = self.found.get(i, ())
        spans = {one.sort: list(one.sort(self.index.tokens(i))) for one in found}
        return [
            TokenMatch(one.similarity, one.query_mask, mask)
            for one in found
            for entry, mask in spans[one.sort]
            if entry == one.entry
        ]

    @cached_property
    def found(self) -> dict[int, list[Found]]:
        """What of the query each name has, by the position of the name."""
        best = self._match_distinctive()
        self._match_split(best)
        self._match_joined(best)
        if len(self.tokens) > 1:
            near = self.index.token_index(whole).similar_spelling(self.compact, MIN_WHOLE)
            self._add_joined(whole, near, (1 << len(self.tokens)) - 1)
        if not self._found:
            self._match_anything()
        return self._found

    def _add(self, names: Iterable[int], similarity: float, query_mask: int, sort: Sort, entry: str | Symbol) -> None:
        found = Found._make((similarity, query_mask, sort, entry))
        for i in names:
            self._found.setdefault(i, []).append(found)

    def _add_joined(self, sort: Sort, near: Similar, query_mask: int, above: float = 0.0) -> None:
        """Adds matches of tokens that were joined or split."""
        index = self.index.token_index(sort)
        for text, similarity in near.items():
            if similarity > above:
                self._add(index.names_with(text), similarity * JOINED, query_mask, sort, text)

    def _match_distinctive(self) -> dict[int, float]:
        """The best similarity that each distinctive token matched with, by its position; generic ones have none."""
        best: dict[int, float] = {}
        for at, token in enumerate(self.tokens):
            if not token.is_generic:
                best[at] = self._match_token(at, distinctive, may_be_prefix=at == len(self.tokens) - 1)
        for at, similarity in best.items():
            if similarity < SURE_MATCH:
                best[at] = max(similarity, self._match_token(at, generic))
        return best

    def _match_token(self, at: int, sort: Sort, may_be_prefix: bool = False) -> float:
        """Adds the matches of a token by itself; the best similarity of them, or 0."""
        token, index = self.tokens[at], self.index.token_index(sort)
        near = self._similar(token, index, may_be_prefix)
        for text, similarity in near.items():
            self._add(index.names_with(text), similarity, 1 << at, sort, text)
        best = max(near.values(), default=0.0)
        for symbol in sorted(token.symbols):
            if names := self.index.with_symbol(symbol, symbols):
                is_spelled = symbol.category == "abbreviation"
                self._add(names, SAME_ABBREVIATION if is_spelled else SAME_SYMBOL, 1 << at, symbols, symbol)
                best = max(best, SAME_ABBREVIATION)
        return best

    def _similar(self, token: Token, index: TokenIndex, may_be_prefix: bool) -> Similar:
        """The tokens of an index that are similar in any way; only an equal one to a number."""
        text = token.text
        if text.isdigit():
            return {text: 1.0} if index.names_with(text) else {}
        found: Similar = {}
        for form, factor in ((text, 1.0), (token.without_article, WITHOUT_ARTICLE)):
            if form:
                _merge(found, index.similar_spelling(form), factor)
            if len(form) > 1:
                _merge(found, index.similar_sound(self.phonetic_query(form)), factor)
        if may_be_prefix:
            _merge(found, index.completions(text))
        if not text.isascii():
            _merge(found, {stem: WITHOUT_CLITIC for stem in without_clitics(text) if index.names_with(stem)})
        if index.names_with(text):
            found[text] = 1.0
        return found

    def _match_split(self, best: dict[int, float]) -> None:
        """Tokens that are two neighbours, or all tokens, of a name."""
        index = self.index.token_index(joined)
        for at, similarity in best.items():
            text = self.tokens[at].text
            if similarity < MIN_UNSPLIT and len(text) >= MIN_SPLIT_LENGTH[len(self.tokens) == 1]:
                near = index.similar_sound(self.phonetic_query(text))
                _merge(near, index.similar_spelling(text))
                self._add_joined(joined, near, 1 << at, MIN_SPLIT)

    def _match_joined(self, best: dict[int, float]) -> None:
        """Neighbours, or all tokens, that are one token of a name.

        Neighbours are compared where neither has matched well; a particle never has, another generic token always.
        """
        index, count = self.index.token_index(distinctive), len(self.tokens)
        is_open = [best[at] < MIN_UNJOINED if at in best else token.is_particle for at, token in enumerate(self.tokens)]
        runs = [(at, at + 2) for at in range(count - 1)] + ([(0, count)] if count > 2 else [])
        for start, end in runs:
            text = "".join(token.text for token in self.tokens[start:end])
            mask = (1 << end) - (1 << start)
            if names := index.names_with(text):
                self._add(names, JOINED, mask, distinctive, text)
            elif end - start == 2 and count <= 3 and all(is_open[start:end]):
                near = index.similar_spelling(text)
                _merge(near, index.similar_sound(self.phonetic_query(text)))
                self._add_joined(distinctive, near, mask, MIN_JOINED)

    def _match_anything(self) -> None:
        """Matches with generic tokens, for a query that has no other or whose other tokens matched none."""
        for at, token in enumerate(self.tokens):
            self._match_token(at, all_tokens)
            for symbol in sorted(token.symbols):
                names = self.index.with_symbol(symbol, all_symbols)
                self._add(names, SAME_SYMBOL, 1 << at, all_symbols, symbol)


def _merge(found: Similar, more: Similar, factor: float = 1.0) -> None:
    """Adds similarities, reduced by a factor, where they are more than what was found."""
    for text, similarity in more.items():
        found[text] = max(found.get(text, 0.0), similarity * factor)
