"""A query as it meets the names of a pool: which of its words are like which words of which names, and how much."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from factcli.names.index import Pool
from factcli.names.phonetic import Sounding
from factcli.names.token_index import Alike, Place, Shelf, script_of
from factcli.names.tokens import Token, expand_arabizi, shadda_variant, tokenize_name
from factcli.text import fold
from factcli.text.clitics import without_clitics

MEANS_THE_SAME, SPELLS_THE_SAME = 0.97, 0.9
"""Likeness of words with one meaning, and of an abbreviation and letters that spell it."""

WITHOUT_CLITIC, WITHOUT_ARTICLE = 0.95, 0.97
"""Likeness of a word to what it is without a clitic; what an article taken off leaves of a likeness."""

SETTLED = 0.8
"""Where a telling word has met one this much alike, kinds of things are not looked through for it."""

JOINED = 0.97
"""What is left of the likeness of words that had to be joined or split for it."""

WORTH_JOINING, WORTH_SPLITTING = 0.85, 0.8
"""Words that have met nothing more alike are looked for joined, or split."""

LEAST_JOINED, LEAST_SPLIT, LEAST_WHOLE = 0.7, 0.6, 0.72
"""Likeness from which joined words, a split word, whole names are believed: chance joins much."""

SHORTEST_SPLIT = {True: 6, False: 8}
"""Letters from which a word may be two, for the only word of a query and for one of several. Without splitting, 1 in
100 right names is lost; without joining, 1 in 1,500; without whole names, 1 in 500."""

SURPLUS_WORD = 0.03
"""What a name loses a word in the choice of candidates: of names that have the words, the shorter first."""


class Tie(NamedTuple):
    """That words of a query and words of a name, as bits, are alike, 0..1."""

    likeness: float
    asked: int
    named: int


class Question:
    """`query` among the names of `pool`."""

    def __init__(self, query: str, pool: Pool) -> None:
        self.pool = pool
        self.key = fold(query)
        self.words = tokenize_name(fold(expand_arabizi(query)))
        if apart := shadda_variant(query):
            self.key, identity = apart
            self.words = (self.words[0]._replace(symbols=frozenset([identity])),)
        self.whole = "".join(word.text for word in self.words)
        self.script = script_of(self.whole)
        self._soundings: dict[str, Sounding] = {}

    @cached_property
    def weights(self) -> list[float]:
        return [word.share for word in self.words]

    def share(self, mask: int) -> float:
        """The weight of the words that the bits of `mask` mean."""
        return sum(weight for at, weight in enumerate(self.weights) if mask >> at & 1)

    def sounding(self, text: str) -> Sounding:
        if text not in self._soundings:
            self._soundings[text] = Sounding(text, script_of(text))
        return self._soundings[text]

    @cached_property
    def ties(self) -> dict[int, list[Tie]]:
        """Everything that words of the query have met, by name."""
        met = Meeting()
        found = self._meet_telling_words(met)
        self._meet_split(met, found)
        self._meet_joined(met, found)
        self._meet_whole(met)
        if not met.ties:
            self._meet_anything(met)
        return met.ties

    def candidates(self, most: int) -> list[int]:
        """The names that have met most of the query, at most so many."""
        rough: dict[int, float] = {}
        for i, ties in self.ties.items():
            best: dict[int, float] = {}
            for tie in ties:
                best[tie.asked] = max(best.get(tie.asked, 0.0), tie.likeness)
            met = sum(self.share(asked) * likeness**2 for asked, likeness in best.items())
            rough[i] = met / (1 + SURPLUS_WORD * len(self.pool.words[i]))
        return nlargest(most, rough, key=rough.__getitem__)

    # -- meeting

    def _meet_telling_words(self, met: Meeting) -> dict[int, float]:
        """How much alike the best is that each telling word has met."""
        last = len(self.words) - 1
        found = {
            at: self._meet_word(met, at, self.pool.telling, may_go_on=at == last)
            for at, word in enumerate(self.words)
            if not word.is_generic
        }
        for at, likeness in found.items():
            if likeness < SETTLED:
                found[at] = max(likeness, self._meet_word(met, at, self.pool.light))
        return found

    def _meet_word(self, met: Meeting, at: int, shelf: Shelf, may_go_on: bool = False) -> float:
        word = self.words[at]
        near = self._near(word, shelf, may_go_on)
        for text, likeness in near.items():
            met.tie(shelf.places[text], likeness, 1 << at)
        best = max(near.values(), default=0.0)
        for symbol in sorted(word.symbols):
            if places := self.pool.meanings.get(symbol):
                met.tie(places, SPELLS_THE_SAME if symbol.category == "abbreviation" else MEANS_THE_SAME, 1 << at)
                best = max(best, SPELLS_THE_SAME)
        return best

    def _near(self, word: Token, shelf: Shelf, may_go_on: bool) -> Alike:
        """The words of a shelf that are like a word in any way."""
        if word.text.isdigit():
            return {word.text: 1.0} if word.text in shelf.places else {}
        found: Alike = {}
        for text, left in ((word.text, 1.0), (word.without_article, WITHOUT_ARTICLE)):
            if text:
                merge(found, shelf.spelled_like(text), left)
            if len(text) > 1:
                merge(found, shelf.sounding_like(self.sounding(text)), left)
        if may_go_on:
            merge(found, shelf.beginning_with(word.text))
        if not word.text.isascii():
            merge(found, {text: WITHOUT_CLITIC for text in without_clitics(word.text) if text in shelf.places})
        if word.text in shelf.places:
            found[word.text] = 1.0
        return found

    def _meet_split(self, met: Meeting, found: dict[int, float]) -> None:
        """Words that are two neighbours, or all words, of a name."""
        for at, likeness in found.items():
            text = self.words[at].text
            if likeness < WORTH_SPLITTING and len(text) >= SHORTEST_SPLIT[len(self.words) == 1]:
                near = self.pool.joined.sounding_like(self.sounding(text))
                merge(near, self.pool.joined.spelled_like(text))
                met.tie_all(self.pool.joined, near, 1 << at, LEAST_SPLIT)

    def _meet_joined(self, met: Meeting, found: dict[int, float]) -> None:
        """Neighbours, or all words, that are one word of a name."""
        shelf = self.pool.telling
        for start, end in neighbours(len(self.words)):
            text = "".join(word.text for word in self.words[start:end])
            mask = (1 << end) - (1 << start)
            if text in shelf.places:
                met.tie(shelf.places[text], JOINED, mask)
            elif end - start == 2 and len(self.words) <= 3 and all(self._is_open(at, found) for at in (start, end - 1)):
                near = shelf.spelled_like(text)
                merge(near, shelf.sounding_like(self.sounding(text)))
                met.tie_all(shelf, near, mask, LEAST_JOINED)

    def _is_open(self, at: int, found: dict[int, float]) -> bool:
        """Whether a word has met nothing that settles what it is; a particle never has, a kind of thing always."""
        return found[at] < WORTH_JOINING if at in found else self.words[at].is_particle

    def _meet_whole(self, met: Meeting) -> None:
        if len(self.words) > 1:
            near = self.pool.whole_names.spelled_like(self.whole, LEAST_WHOLE)
            met.tie_all(self.pool.whole_names, near, (1 << len(self.words)) - 1)

    def _meet_anything(self, met: Meeting) -> None:
        """The last resort of a query that has no telling word, or whose words met none."""
        for at, word in enumerate(self.words):
            self._meet_word(met, at, self.pool.everything)
            for symbol in sorted(word.symbols):
                met.tie(self.pool.all_meanings.get(symbol, ()), MEANS_THE_SAME, 1 << at)


class Meeting:
    """Ties as they are found."""

    def __init__(self) -> None:
        self.ties: dict[int, list[Tie]] = {}

    def tie(self, places: Iterable[Place], likeness: float, asked: int) -> None:
        for i, named in places:
            self.ties.setdefault(i, []).append(Tie(likeness, asked, named))

    def tie_all(self, shelf: Shelf, near: Alike, asked: int, least: float = 0.0) -> None:
        """Ties by words that were joined or split."""
        for text, likeness in near.items():
            if likeness > least:
                self.tie(shelf.places[text], likeness * JOINED, asked)


def neighbours(count: int) -> list[tuple[int, int]]:
    """Start and end of each pair of neighbours among so many words, and of all where they are more."""
    return [(at, at + 2) for at in range(count - 1)] + ([(0, count)] if count > 2 else [])


def merge(found: Alike, more: Alike, left: float = 1.0) -> None:
    """Adds likenesses, of which so much is left, where they are more than what was found."""
    for text, likeness in more.items():
        found[text] = max(found.get(text, 0.0), likeness * left)
