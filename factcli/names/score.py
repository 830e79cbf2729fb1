"""What speaks for and against a name being the one that was asked for, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple, TypeVar

from rapidfuzz.distance.OSA import normalized_similarity

from factcli.names.alignment import MEANS_THE_SAME, Question, Tie
from factcli.names.phonetic import marked, tree
from factcli.names.token_index import across_scripts, look, script_of
from factcli.names.tokens import Symbol, Token, rules

Item = TypeVar("Item")

ASKED, NAMED = 0.6, 0.4
"""Shares of what is covered of the query and of the name: somebody leaves words out more often than adding some."""

WORDS, WHOLE = 0.75, 0.25
"""Shares of the words one by one and of the whole name where that is more alike."""

WHOLE_ALONE = 0.98
"""What is left of the likeness of whole names where the words are less alike: they may be divided otherwise. Without,
4 in 1,000 fewer right names are first among 20,000, and 1 in 100 fewer is sure enough."""

STRANGERS_LIKENESS = 0.5
"""The most that two words are alike that are known as names of different things, as two cities are; without, one more
of 47 names of this field that are not there is answered."""

MUCH = 10.0
"""Letters met that are evidence 1; twice as many is the most."""

ANYTHING = -9.0
"""A likeness of sound that every word has."""


class Evidence(NamedTuple):
    """Figures of 0..1 unless told; whether is 0 or 1."""

    likeness: float
    """How much of the query and of the name was met, and how much alike that was."""
    across: float
    """Whether query and name are of two scripts."""
    letters: float
    """How many letters were met, by the weight of their words: 0..2. Short words are like each other by chance."""
    surplus: float
    """Words that one of the two has more, particles aside, in thirds."""
    claimed: float
    """Whether the query is the name of something else: a country, a city, a given name."""
    numbers: float
    """Whether both have numbers and none in common."""
    countries: float
    """Whether both have countries or places and none in common."""
    kinds: float
    """Whether both are of a kind that says what they are, and it is not the same: a port and a university."""
    given_names: float
    """Whether each has a given name that the other does not have."""
    initials: float
    """Whether words were met that begin otherwise, which is seldom mistyped."""


EVEN = -18.3
"""The logarithm of the odds without any evidence, and moved so that an answer at 0 is as often right as it is worth.

These and the next are a logistic regression over the ten best candidates of each development query, every family of
queries with equal weight, rounded where that changes nothing; fitted to four fifths of the queries, the others come out
the same within 0.5 %. Without `letters`, and with that threshold, 70 instead of 89 in 100 are answered; without
`surplus` 6 instead of 5 in 100 names that are near others are answered falsely; without `kinds` 5 instead of 2 of
confusable ones, without `numbers` 3; without `given_names` or `initials` 1 more of 47 names of this field. `countries`
changes nothing there: it is for the ministries and navies of this field, which every country has.
"""
PER = Evidence(22.0, 7.6, 3.5, -1.3, -2.0, -6.0, -1.5, -3.0, -2.5, -1.0)
"""What each figure of evidence adds."""
LIKENESS_ACROSS = -9.8


def odds(e: Evidence) -> float:
    """The logarithm of the odds that to answer with the name is right: 0 where it is as well not to answer."""
    likeness_across = LIKENESS_ACROSS * e.across * e.likeness
    return EVEN + likeness_across + sum(per * figure for per, figure in zip(PER, e, strict=True))


def confidence(e: Evidence) -> float:
    """0..1, with one half where right answers and wrong ones are in balance."""
    return 1 / (1 + exp(-odds(e)))


def evidence(question: Question, i: int) -> Evidence:
    """The evidence for name `i` of the pool that the question is put to."""
    words = question.pool.words[i]
    ties = believed(question, i)
    telling = [tie for tie in ties if any(not word.is_generic for word in of(question.words, tie.asked))]
    letters = sum(tie.likeness * sum(len(w.text) * w.weight for w in of(question.words, tie.asked)) for tie in ties)
    return Evidence(
        likeness(question, i, ties),
        float(script_of(question.pool.wholes[i]) != question.script),
        min(letters / MUCH, 2.0),
        abs(count(question.words) - count(words)) / 3,
        float(is_claimed(question.words, words)),
        float(differ(question.words, words, "number")),
        float(differ(question.words, words, "country", "place")),
        float(are_of_different_kinds(question.words, words)),
        float(have_different_given_names(question.words, words)),
        float(any(begin_otherwise(question, i, tie) for tie in telling)),
    )


def count(words: tuple[Token, ...]) -> int:
    return sum(not word.is_particle for word in words)


def of(items: Sequence[Item], mask: int) -> list[Item]:
    """The items that the bits of a mask mean."""
    return [item for at, item in enumerate(items) if mask >> at & 1]


# -- which ties hold


def believed(question: Question, i: int) -> list[Tie]:
    """The ties to a name that hold together, the best first: each word is tied once."""
    words = question.pool.words[i]
    ties = [humbled(tie, question.words, words) for tie in (*question.ties[i], *ties_of_kinds(question.words, words))]
    found = []
    asked = named = 0
    for tie in sorted(ties, reverse=True):
        if not tie.asked & asked and not tie.named & named:
            found.append(tie)
            asked |= tie.asked
            named |= tie.named
    return found


def ties_of_kinds(asked: tuple[Token, ...], named: tuple[Token, ...]) -> list[Tie]:
    """Light words of a query with what means the same in a name; they are not on the shelves."""
    return [
        Tie(MEANS_THE_SAME, 1 << q, 1 << p)
        for q, word in enumerate(asked)
        if word.is_generic
        for p, other in enumerate(named)
        if word.text == other.text or word.symbols & other.symbols
    ]


def humbled(tie: Tie, asked: tuple[Token, ...], named: tuple[Token, ...]) -> Tie:
    """The tie, worth little where it is between two words that are known as names of different things."""
    ours, theirs = of(asked, tie.asked), of(named, tie.named)
    if len(ours) > 1 or len(theirs) > 1:
        return tie
    one, other = ours[0].identities, theirs[0].identities
    are_strangers = one and other and not one & other
    return tie._replace(likeness=min(tie.likeness, STRANGERS_LIKENESS)) if are_strangers else tie


# -- how much alike


def likeness(question: Question, i: int, ties: list[Tie]) -> float:
    weights = [word.share for word in question.pool.words[i]]
    asked = sum(question.share(tie.asked) * tie.likeness for tie in ties) / (sum(question.weights) or 1)
    named = sum(sum(of(weights, tie.named)) * tie.likeness for tie in ties) / (sum(weights) or 1)
    met = ASKED * asked + NAMED * named
    whole = whole_likeness(question, i, ties)
    return max(WORDS * met + WHOLE * max(whole, met), WHOLE_ALONE * whole)


def whole_likeness(question: Question, i: int, ties: list[Tie]) -> float:
    """How much alike query and name are without blanks."""
    asked, named = question.whole, question.pool.wholes[i]
    if len(question.words) == 1 == len(question.pool.words[i]):
        return max((tie.likeness for tie in ties), default=0.0)
    if script_of(named) == question.script:
        return normalized_similarity(asked, named)
    sounds = question.sounding(asked).among(tree([marked(named)], question.script), ANYTHING) if len(asked) > 1 else {}
    return max(0.0, across_scripts(max(sounds.values(), default=-1.0)))


# -- what speaks against it


def meanings(words: tuple[Token, ...], *categories: str) -> set[Symbol]:
    return {symbol for word in words for symbol in word.symbols if symbol.category in categories}


def differ(asked: tuple[Token, ...], named: tuple[Token, ...], *categories: str) -> bool:
    """Whether both have symbols of some categories and none in common."""
    ours, theirs = meanings(asked, *categories), meanings(named, *categories)
    return bool(ours and theirs and not ours & theirs)


def is_claimed(asked: tuple[Token, ...], named: tuple[Token, ...]) -> bool:
    identities = asked[0].identities if len(asked) == 1 else frozenset()
    return bool(identities) and not any(identities & word.identities for word in named)


def are_of_different_kinds(asked: tuple[Token, ...], named: tuple[Token, ...]) -> bool:
    ours, theirs = (meanings(words, "kind") & rules().defining_kinds for words in (asked, named))
    return bool(ours and theirs and not ours & theirs)


def have_different_given_names(asked: tuple[Token, ...], named: tuple[Token, ...]) -> bool:
    ours, theirs = meanings(asked, "given name"), meanings(named, "given name")
    return bool(ours - theirs and theirs - ours)


def begin_otherwise(question: Question, i: int, tie: Tie) -> bool:
    if tie.likeness >= MEANS_THE_SAME:
        return False
    one, other = of(question.words, tie.asked)[0].text, of(question.pool.words[i], tie.named)[0].text
    return script_of(one) == script_of(other) and look(one)[:1] != look(other)[:1]
