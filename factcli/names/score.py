"""Score a name: features for and against its being the one that was asked for, and the probability that they make."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from math import exp
from typing import TypeVar

from rapidfuzz.distance.OSA import normalized_similarity

from factcli._namedtuple import NamedTuple
from factcli.names.align import SAME_SYMBOL, Alignment, TokenMatch
from factcli.names.index import compact
from factcli.names.phonetic import SortedWords, mark_edges
from factcli.names.token_index import across_scripts, script_of, skeleton
from factcli.names.tokens import Symbol, Token, rules

Item = TypeVar("Item")

MAX_CANDIDATES = 15
"""Candidates that are scored. With 10, 4 in 1,000 fewer right names are found among 20,000; with 20, 1 more."""

MAX_SCORE = 99.0
"""The most that a name can score that is not equal to the query."""

QUERY_SHARE, NAME_SHARE = 0.6, 0.4
"""Shares of what is covered of the query and of the name: a query leaves words out more often than it adds any."""

TOKENS_SHARE, WHOLE_SHARE = 0.75, 0.25
"""Shares of the tokens one by one and of the whole name where that is more similar."""

WHOLE_NAME_FACTOR = 0.98
"""Factor of the similarity of whole names where the tokens are less similar: they may be divided otherwise. Without,
4 in 1,000 fewer right names are first among 20,000, and 1 in 100 fewer is sure enough."""

MAX_CONFLICTING = 0.5
"""The most that two tokens are similar that are known as names of different things, as two cities are; without, one
more of 47 names of this field that are not there is answered."""

LETTERS_PER_UNIT, MAX_LETTERS = 10.0, 2.0
"""Matched letters that are 1 of the feature; the most of it."""

NO_SOUND_CUTOFF = -9.0
"""A phonetic similarity that every two words have."""


class Features(NamedTuple):
    """Features of a name for a query: 0..1 unless noted below; a bool is 0 or 1."""

    similarity: float
    """How much of the query and of the name was matched, and how well."""
    across: bool
    """Whether query and name are of two scripts."""
    letters: float
    """How many letters were matched, by the weight of their tokens: 0..2. Short words are similar by chance."""
    surplus: float
    """Tokens that one of the two has more, particles aside, in thirds: 0 and more."""
    names_other_entity: bool
    """Whether the query is the name of something else: a country, a city, a given name."""
    numbers: bool
    """Whether both have numbers and none in common."""
    places: bool
    """Whether both have countries or places and none in common."""
    kinds: bool
    """Whether both are of a kind that says what they are, and it is not the same: a port and a university."""
    given_names: bool
    """Whether each has a given name that the other does not have."""
    initials: bool
    """Whether distinctive tokens were matched that begin otherwise, which is seldom mistyped."""


INTERCEPT = -18.3
"""The logarithm of the odds without any feature, moved so that an answer at 0 is as often right as it is worth.

This and the next are a logistic regression over the ten best candidates of each development query, every family of
queries with equal weight, rounded where that changes nothing; fitted to four fifths of the queries, the others come out
the same within 0.5 %. Without `letters`, and with that threshold, 70 instead of 89 in 100 are answered; without
`surplus` 6 instead of 5 in 100 names that are near others are answered falsely; without `kinds` 5 instead of 2 of
confusable ones, without `numbers` 3; without `given_names` or `initials` 1 more of 47 names of this field. `places`
changes nothing there: it is for the ministries and navies of this field, which every country has.
"""
COEFFICIENTS = (22.0, 7.6, 3.5, -1.3, -2.0, -6.0, -1.5, -3.0, -2.5, -1.0)
"""What each feature adds, in their order."""
SIMILARITY_ACROSS = -9.8
"""What similarity across scripts adds: there it has another slope."""


def rank_candidates(alignment: Alignment) -> list[tuple[int, float]]:
    """The positions of the likeliest names with scores 0..99, best first. Where a country is asked for, no other is."""
    candidates = alignment.candidates(MAX_CANDIDATES)
    if country := _country(alignment.tokens):
        names = alignment.index.tokens
        candidates = [i for i in candidates if not (other := _country(names(i))) or country & other]
    scored = [(i, MAX_SCORE * probability(features(alignment, i))) for i in candidates]
    return sorted(scored, key=lambda pair: -pair[1])


def _country(tokens: tuple[Token, ...]) -> set[Symbol]:
    """The ISO 3166-1 code of the country that a name stands for, if it stands for nothing else."""
    return _symbols(tokens, "country") if len(tokens) == 1 else set()


def probability(features: Features) -> float:
    """0..1, with one half where right answers and wrong ones are in balance: there it is as well not to answer."""
    log_odds = INTERCEPT + SIMILARITY_ACROSS * features.across * features.similarity
    log_odds += sum(coefficient * value for coefficient, value in zip(COEFFICIENTS, features, strict=True))
    return 1 / (1 + exp(-log_odds))


def features(alignment: Alignment, i: int) -> Features:
    """The features of name `i` of the index that the query is aligned with."""
    query, name = alignment.tokens, alignment.index.tokens(i)
    matches = consistent_matches(alignment, i)
    letters = sum(
        match.similarity * sum(len(token.text) * token.weight for token in _masked(query, match.query_mask))
        for match in matches
    )
    given = [_symbols(tokens, "given name") for tokens in (query, name)]
    counts = [sum(not token.is_particle for token in tokens) for tokens in (query, name)]
    return Features(
        _similarity(alignment, i, matches),
        script_of(compact(alignment.index.tokens(i))) != alignment.script,
        min(letters / LETTERS_PER_UNIT, MAX_LETTERS),
        abs(counts[0] - counts[1]) / 3,
        names_other_entity(query, name),
        _differ(_symbols(query, "number"), _symbols(name, "number")),
        _differ(_symbols(query, "country", "place"), _symbols(name, "country", "place")),
        _differ(_symbols(query, "kind") & rules().defining_kinds, _symbols(name, "kind") & rules().defining_kinds),
        bool(given[0] - given[1] and given[1] - given[0]),
        any(_begins_otherwise(alignment, i, match) for match in matches),
    )


def _masked(items: Sequence[Item], mask: int) -> list[Item]:
    """The items of a bit mask."""
    return [item for at, item in enumerate(items) if mask >> at & 1]


# -- which matches hold


def consistent_matches(alignment: Alignment, i: int) -> list[TokenMatch]:
    """The matches with a name that hold together, the best first: each token is matched once."""
    query, name = alignment.tokens, alignment.index.tokens(i)
    matches = (*alignment.matches(i), *_generic_matches(query, name))
    found = []
    query_mask = name_mask = 0
    for match in sorted((cap_conflicting(match, query, name) for match in matches), reverse=True):
        if not match.query_mask & query_mask and not match.name_mask & name_mask:
            found.append(match)
            query_mask |= match.query_mask
            name_mask |= match.name_mask
    return found


def _generic_matches(query: tuple[Token, ...], name: tuple[Token, ...]) -> list[TokenMatch]:
    """Generic tokens of a query with what is the same in a name: the index is not searched for them."""
    return [
        TokenMatch(SAME_SYMBOL, 1 << q, 1 << n)
        for q, token in enumerate(query)
        if token.is_generic
        for n, other in enumerate(name)
        if token.text == other.text or token.symbols & other.symbols
    ]


def cap_conflicting(match: TokenMatch, query: tuple[Token, ...], name: tuple[Token, ...]) -> TokenMatch:
    """The match, of little similarity where its two tokens are known as names of different things."""
    asked, found = _masked(query, match.query_mask), _masked(name, match.name_mask)
    if len(asked) == 1 == len(found) and _differ(asked[0].identities, found[0].identities):
        return match._replace(similarity=min(match.similarity, MAX_CONFLICTING))
    return match


# -- features


def _similarity(alignment: Alignment, i: int, matches: list[TokenMatch]) -> float:
    """How much of query and name is covered by the matches, or how similar they are as a whole where that is more."""
    shares = [token.share for token in alignment.index.tokens(i)]
    of_query = sum(alignment.share(match.query_mask) * match.similarity for match in matches)
    of_name = sum(sum(_masked(shares, match.name_mask)) * match.similarity for match in matches)
    covered = QUERY_SHARE * (of_query / (sum(alignment.shares) or 1)) + NAME_SHARE * (of_name / (sum(shares) or 1))
    whole = _whole_similarity(alignment, i, matches)
    return max(TOKENS_SHARE * covered + WHOLE_SHARE * max(whole, covered), WHOLE_NAME_FACTOR * whole)


def _whole_similarity(alignment: Alignment, i: int, matches: list[TokenMatch]) -> float:
    """How similar query and name are without blanks."""
    query, name = alignment.compact, compact(alignment.index.tokens(i))
    if len(alignment.tokens) == 1 == len(alignment.index.tokens(i)):
        return max((match.similarity for match in matches), default=0.0)
    if script_of(name) == alignment.script:
        return normalized_similarity(query, name)
    if len(query) < 2:
        return 0.0
    sounds = alignment.phonetic_query(query).search(SortedWords([mark_edges(name)]), NO_SOUND_CUTOFF)
    return max(0.0, across_scripts(max(sounds.values(), default=-1.0)))


def _symbols(tokens: tuple[Token, ...], *categories: str) -> set[Symbol]:
    return {symbol for token in tokens for symbol in token.symbols if symbol.category in categories}


def _differ(query: AbstractSet[Symbol], name: AbstractSet[Symbol]) -> bool:
    """Whether both have symbols and none in common."""
    return bool(query and name and not query & name)


def names_other_entity(query: tuple[Token, ...], name: tuple[Token, ...]) -> bool:
    """Whether the whole query is known as the name of something that no token of the name stands for."""
    identities = query[0].identities if len(query) == 1 else frozenset()
    return bool(identities) and not any(identities & token.identities for token in name)


def _begins_otherwise(alignment: Alignment, i: int, match: TokenMatch) -> bool:
    """Whether a match of distinctive tokens of one script is of words whose skeletons begin with other letters."""
    query = _masked(alignment.tokens, match.query_mask)
    if match.similarity >= SAME_SYMBOL or all(token.is_generic for token in query):
        return False
    one, other = query[0].text, _masked(alignment.index.tokens(i), match.name_mask)[0].text
    return script_of(one) == script_of(other) and skeleton(one)[:1] != skeleton(other)[:1]
