"""Which of many names somebody means who writes one, in either script, and how sure that is. Pure but for its tables.

What. `rank("khunjar haad", ["درع الوفاء", "خنجر حد"])` finds the second name and says how likely it is to be the one
that was meant. Khanjar is written in a dozen ways in Latin letters and in two in Arabic ones, with an article or
without, joined to its neighbour, cut short, mistyped; and beside it stand names that differ by one letter and are
something else: Oman and Amman, Niger and Nigeria.

How. Five steps, each in a file of its own:

1. `names` takes a name apart into words with weights and meanings. Kinds of things (ministry, وزارة) weigh little and
   are equal to their translations; the names of countries, cities and people bring an identity with them.
2. `shelf` finds words that are spelled alike (optimal string alignment), that look alike (letters that are heard or
   typed for one another made one), that go on where a word ends.
3. `sound` finds words of the other script that sound alike, by letter costs learned from name pairs.
4. `question` ties the words of a query to the words of names, joining and splitting words where that meets better, and
   chooses the candidates.
5. `evidence` weighs what speaks for a candidate (how much is alike, in how many letters) and against it (words too
   many, other numbers, another country, another kind of thing, another person), and makes that a probability.

Why so. Each script alone is easy: folding solves orthography, edit distance solves typing errors. What is hard is to
cross scripts among thousands of names, and to say no. The first needs letter costs finer than any romanisation; the
second needs evidence: a short word is like others by chance, so the same likeness says less about it; and a query that
is known as the name of something else is no misspelling of this.

The constants were varied on the development queries of the name benchmark; what that changed stands beside them.

Rejected, with what it cost among names of public data (top answer right, or false answers, in per cent):
- a romaniser and a ratio of letters: 62 instead of 93 across scripts among 1,000 names, 39 instead of 84 among 20,000;
- phonetic codes: equal or not, no degrees; 36 instead of 92 when words are missing;
- likeness alone as the score, however tuned: 84 of 100 right names found where 5 are false, instead of 89;
- a forest of decision trees over sixteen figures of evidence: no better than ten figures and their sum.

What no similarity will find: names that are translated (Invincible Sentry). They are aliases in the data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcli.text.clitics import without_clitics

if TYPE_CHECKING:
    from factcli.names.alignment import Question
    from factcli.names.index import Pool
    from factcli.names.tokens import Symbol, Token

EQUAL, ALMOST = 100.0, 99.0
"""Score of a name that is equal, and the most that any other can have."""

THRESHOLD = 49.5
"""The score from which a name is an answer: even odds. Of the development queries of the name benchmark 89 in 100 are
answered right at it; of those whose name is not there, 1 in 100 is answered wrongly where nothing is near, 5 where
names like it are, 2 where it is confusable with another country, 6 in the language of this field."""

CONSIDERED = 15
"""Candidates that are weighed. With 10, 4 in 1,000 fewer right names are found among 20,000; with 20, 1 more."""

MOST_POOLS = 8
"""Collections of names that are kept prepared."""

_pools: dict[int, Pool] = {}


def rank(query: str, names: list[str]) -> list[tuple[int, float]]:
    """The positions of the names that are like `query`, with scores 0..100, best first; empty when nothing is near.

    A name scores 100 when it is equal after folding, or without a clitic of the query; then only such names are found.
    Any other scores 99 times the probability that it is meant. From `rank.threshold` on it is an answer; below, a name
    that may be suggested. A list of names is prepared when it is first seen, and must not change.

    >>> rank("khunjar haad", ["درع الوفاء", "خنجر حد"])[0][0], rank("لتركيا", ["اليمن", "تركيا"])
    (1, [(1, 100.0)])
    """
    from factcli.names.alignment import Question

    pool = pool_of(names)
    question = Question(query, pool)
    equal = equal_names(question.key, pool)
    return [(i, EQUAL) for i in equal] if equal else likely_names(question)


def prepare(names: list[str]) -> None:
    """Does before the first query of `names` what would be done at it: a tenth of a second for 1,000 names."""
    pool = pool_of(names)
    for shelf in (pool.telling, pool.light, pool.joined, pool.whole_names):
        shelf.trees, shelf.looks  # noqa: B018 - made when first asked for
    pool.by_key, pool.meanings  # noqa: B018


rank.threshold = THRESHOLD  # type: ignore[attr-defined]
rank.prepare = prepare  # type: ignore[attr-defined]


def likely_names(question: Question) -> list[tuple[int, float]]:
    """The candidates by probability; none of them is another country than the one that is asked for."""
    from factcli.names.score import confidence, evidence

    candidates = question.candidates(CONSIDERED)
    if country := countries(question.words):
        candidates = [i for i in candidates if not (other := countries(question.pool.words[i])) or country & other]
    scored = [(i, ALMOST * confidence(evidence(question, i))) for i in candidates]
    return sorted(scored, key=lambda pair: -pair[1])


def countries(words: tuple[Token, ...]) -> set[Symbol]:
    """The countries that a name is the name of, if it is nothing else."""
    return {s for s in words[0].symbols if s.category == "country"} if len(words) == 1 else set()


def equal_names(key: str, pool: Pool) -> list[int]:
    """The names that have the key, else those that have it without a clitic in front."""
    equal = pool.by_key.get(key, [])
    first, _, rest = key.partition(" ")
    if equal or first.isascii():
        return equal
    bare = [f"{variant} {rest}".strip() for variant in without_clitics(first)]
    return [i for variant in bare for i in pool.by_key.get(variant, ())]


def pool_of(names: list[str]) -> Pool:
    """The names prepared: as they were, where the same list was seen lately."""
    from factcli.names.index import Pool

    pool = _pools.get(id(names))
    if pool is None or pool.names is not names or pool.size != len(names):
        while len(_pools) >= MOST_POOLS:
            del _pools[next(iter(_pools))]
        pool = _pools[id(names)] = Pool(names)
    return pool
