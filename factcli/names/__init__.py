"""Rank names by the probability that a query, in either script, means them.

What. `rank("khunjar haad", ["درع الوفاء", "خنجر حد"])` finds the second name, with the probability that it is the
intended one. Khanjar is written in a dozen ways in Latin letters and in two in Arabic ones, with an article or
without, joined to its neighbour, cut short, mistyped; and beside it stand names that differ by one letter and are
something else: Oman and Amman, Niger and Nigeria.

How. Five steps, one module each:

1. `tokens` splits a name into tokens with weights and symbols. Kinds of things (ministry, وزارة) weigh little and are
   equal to their translations; the names of countries, cities and people are identities.
2. `index` finds tokens that are spelled alike (optimal string alignment), that have the same skeleton (letters that are
   confused in hearing or typing made one), that are completions of a prefix.
3. `phonetic` finds tokens of the other script that sound alike, by letter costs learned from name pairs.
4. `align` matches the tokens of a query with those of names, joining and splitting tokens where that matches better,
   and chooses the candidates.
5. `score` weighs features for a candidate (how much is similar, in how many letters) and against it (tokens too many,
   other numbers, another country, another kind of thing, another person), and makes a probability of them.

Why so. Each script alone is easy: folding solves orthography, edit distance solves typing errors (`typos`). What is
hard is to cross scripts among thousands of names, and to say no. The first needs letter costs finer than any
romanization; the second needs features: a short word is similar to others by chance, so the same similarity says less
about it; and a query that is known as the name of something else is no misspelling of this.

The constants were varied on the development queries of the name benchmark; what that changed stands beside them.

Rejected, with what it cost among names of public data (top answer right, or false answers, in per cent):
- a romanizer and a ratio of letters: 62 instead of 93 across scripts among 1,000 names, 39 instead of 84 among 20,000;
- phonetic codes: equal or not, no degrees; 36 instead of 92 when words are missing;
- similarity alone as the score, however tuned: 84 of 100 right names found where 5 are false, instead of 89;
- a forest of decision trees over sixteen features: no better than ten features and their sum.

What no similarity will find: names that are translated (Invincible Sentry). They are aliases in the data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcli.names.index import NameIndex

EQUAL = 100.0
"""Score of a name that is equal to the query."""

THRESHOLD = 49.5
"""The score from which a name is an answer: even odds. Of the development queries of the name benchmark 89 in 100 are
answered right at it; of queries for names that are not there, 1 in 100 is answered wrongly where nothing is near, 5
where names like it are, 2 where it is confusable with another country, 6 in the language of this field."""

MAX_INDEXES = 8
"""Lists of names that are kept indexed."""

_indexes: dict[int, NameIndex] = {}
"""The indexes by the identity of their list, the oldest first."""


def rank(query: str, names: list[str]) -> list[tuple[int, float]]:
    """The positions of the names that are like `query`, with scores 0..100, best first; empty when nothing is near.

    A name scores 100 when it is equal after folding, or without a clitic of the query; then only such names are found.
    Any other scores 99 times the probability that it is the intended one. From `THRESHOLD` on it is an answer; below, a
    name that may be suggested. A list of names is indexed when it is first seen, and must not change. Raises
    `FileError` where a table of the program is missing.

    >>> rank("khunjar haad", ["درع الوفاء", "خنجر حد"])[0][0], rank("لتركيا", ["اليمن", "تركيا"])
    (1, [(1, 100.0)])
    """
    return rank_in(query, index_of(names))


def rank_in(query: str, index: NameIndex) -> list[tuple[int, float]]:
    """The same among the names of an index."""
    from factcli.names.align import Alignment

    alignment = Alignment(query, index)
    if equal := index.equal(alignment.key):
        return [(i, EQUAL) for i in equal]
    from factcli.names.score import rank_candidates

    return rank_candidates(alignment)


def prepare(names: list[str]) -> None:
    """Indexes `names` before the first query of them: a tenth of a second for 1,000 names."""
    index_of(names).prepare()


rank.threshold = THRESHOLD  # type: ignore[attr-defined]
rank.prepare = prepare  # type: ignore[attr-defined]


def index_of(names: list[str]) -> NameIndex:
    """The index of a list of names: the same one where the same list was seen lately."""
    from factcli.names.index import NameIndex

    index = _indexes.get(id(names))
    if index is None or index.names is not names or index.size != len(names):
        while len(_indexes) >= MAX_INDEXES:
            del _indexes[next(iter(_indexes))]
        index = _indexes[id(names)] = NameIndex(names)
    return index
