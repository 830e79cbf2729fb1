"""The stages in which the facts for a question are looked for: as its words are, more widely, with less, by a guess.

Each stage is entered only where the one before found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import ModuleType

from factcli._namedtuple import NamedTuple
from factcli.model import Clause, Match, Note, Question, Reading
from factcli.search.index import Index
from factcli.search.match import (
    EQUAL,
    EXACT,
    NARROW,
    OUTSIDE_TITLE_PENALTY,
    WIDE,
    Matched,
    Matcher,
    match_clauses,
    unknown_words,
    unmatched_options,
)
from factcli.text import fold
from factcli.text.clitics import without_clitics
from factcli.text.numbers import ascii_digits

ADJACENT_BONUS = 2.0
"""What matches gain where the title has the words of the question together."""

ByFact = dict[int, tuple[Match, ...]]


class Outcome(NamedTuple):
    """The facts that satisfy every clause, by position, with their matches; notes on how they were found or why none
    was; the facts without a date that satisfy all clauses but those of time; and the question by which the matches are
    still to be scored, for that is done for facts that are shown."""

    by_fact: ByFact
    notes: tuple[Note, ...] = ()
    undated: frozenset[int] = frozenset()
    unscored: Question | None = None


def look_up(question: Question, index: Index, exact: bool, parties_only: bool) -> Outcome:
    """The outcome of the first stage that finds something.

    Facts that match exactly are always among the hits, unless the parts of different names made them match.
    """
    if not question.clauses:
        return Outcome(dict.fromkeys(index.positions(), ()))
    for mode in (EXACT,) if exact else (NARROW, WIDE):
        matcher = Matcher(index, mode, parties_only)
        matched = match_clauses(question, matcher)
        found = matched.by_fact
        if matched.has_scattered and not exact:
            found = {**match_clauses(question, Matcher(index, EXACT, parties_only)).by_fact, **found}
        unknown = unknown_words(question, matched)
        if found and not unknown:
            unmatched = tuple(Note("no-match", {"term": one.words}) for one in unmatched_options(question, matched))
            is_name = all(len(one) == 1 and one[0].field in ("party", "partner") for one in found.values())
            return Outcome(found, unmatched, matched.undated, None if is_name else question)
    if exact or matched.undated or unknown:
        return Outcome({}, note_writer().explain_empty(question, matched, index), matched.undated)
    return _with_less(question, index, parties_only) or _guessed(question, matched, matcher)


def _with_less(question: Question, index: Index, parties_only: bool) -> Outcome | None:
    """The outcome without what the question need not insist on: that facts are events, or an aspect of them."""
    is_event = [one.any_of[0].role == "kind" and one.any_of[0].value[1] == ("event",) for one in question.clauses]
    is_aspect = [one.any_of[0].role == "aspect" for one in question.clauses]
    for dropped, code in ((is_event, ""), (is_aspect, "aspect")):
        kept = tuple(clause for clause, is_left_out in zip(question.clauses, dropped, strict=True) if not is_left_out)
        if kept and len(kept) < len(dropped):
            outcome = look_up(question._replace(clauses=kept), index, False, parties_only)
            terms = [clause.any_of[0].words for clause in question.clauses if clause not in kept]
            more = [Note(code, {"term": term}) for term in terms] if code and outcome.by_fact else []
            return outcome._replace(notes=(*outcome.notes, *more))
    return None


def _guessed(question: Question, matched: Matched, matcher: Matcher) -> Outcome:
    """The outcome with a guess for each clause that nothing matches, else with a year that a title has."""
    from factcli.search.fuzzy import guess_clauses

    guessed, guesses = guess_clauses(question, matched, matcher.index)
    if guesses:
        rematched = match_clauses(question._replace(clauses=guessed), matcher)
        if rematched.by_fact:
            return Outcome(rematched.by_fact, guesses, rematched.undated)
    retried = match_clauses(question._replace(clauses=tuple(map(year_in_title, question.clauses))), matcher)
    if retried.by_fact:
        return Outcome(retried.by_fact)
    return Outcome({}, note_writer().explain_empty(question, matched, matcher.index, is_guessed=True))


def note_writer() -> ModuleType:
    """The module that writes notes; most answers need none."""
    from factcli.search import notes

    return notes


def year_in_title(clause: Clause) -> Clause:
    """The clause with a year alone taken as a word of a title: "the 1980 agreement", which was renewed in 2010."""
    reading = clause.any_of[0]
    year = re.search("[0-9]{4}", ascii_digits(reading.words)) if reading.role == "period" else None
    since, until = reading.value[:2] if year else (None, None)
    if year is None or clause.negated or (since, until) != (f"{year[0]}-01-01", f"{year[0]}-12-31"):
        return clause
    return Clause((Reading(reading.words, "title", year[0]),))


# -- scores


class Scorer:
    """The final scores of the matches of an outcome, worked out for the facts that are asked for.

    A match is better where the title has neighbouring words together, and a little worse where it lacks a word; a name
    that is all of the question loses nothing.
    """

    def __init__(self, outcome: Outcome, index: Index) -> None:
        self._by_fact, self._question, self._index = outcome.by_fact, outcome.unscored, index
        self._with_word: dict[str, set[int]] = {}
        self._adjusted: dict[tuple[int, bool, bool], Match] = {}  # facts share most matches

    def __call__(self, facts: Iterable[int]) -> ByFact:
        """Some of the facts with their matches."""
        by_fact = {fact: self._by_fact[fact] for fact in facts}
        if not self._question:
            return by_fact
        matcher = Matcher(self._index, NARROW, within=by_fact.keys())
        terms = {match.term for matches in by_fact.values() for match in matches}
        with_term = {term: self._with_term(term, matcher) for term in terms}
        texts = (matcher.in_texts(phrase, fold(phrase), ("title",)) for phrase in phrases(self._question))
        adjacent = {fact for found in texts for fact in found}
        found: ByFact = {}
        for fact, matches in by_fact.items():
            better = []
            for match in matches:
                is_in_title = match.field.startswith("title") or fact in with_term[match.term]
                key = id(match), fact in adjacent, is_in_title
                if key not in self._adjusted:
                    self._adjusted[key] = _adjusted(match, *key[1:])
                better.append(self._adjusted[key])
            found[fact] = tuple(better)
        return found

    def _with_term(self, term: str, matcher: Matcher) -> set[int]:
        """The facts with a term in their title: with a word all facts, for postings say so, with a phrase some."""
        if " " in fold(term):
            return facts_with_title(term, matcher)
        if term not in self._with_word:
            self._with_word[term] = facts_with_title(term, Matcher(self._index, NARROW, within=self._by_fact.keys()))
        return self._with_word[term]


def facts_with_title(term: str, matcher: Matcher) -> set[int]:
    """The facts with a word in their title, with or without a proclitic."""
    key = fold(term)
    texts = (
        text
        for form in (key, *without_clitics(key))
        for text, _ in matcher.index.of(form).with_phrase(form, matcher.within)
    )
    return {text.fact for text in texts if text.field.startswith("title")}


def _adjusted(match: Match, is_adjacent: bool, is_in_title: bool) -> Match:
    score = match.score + (ADJACENT_BONUS if is_adjacent else 0.0) - (0.0 if is_in_title else OUTSIDE_TITLE_PENALTY)
    return match._replace(score=round(min(score, EQUAL), 1))


def phrases(question: Question) -> Iterator[str]:
    """Neighbouring words and names of a question, two or more together."""
    run: list[str] = []
    for reading in (*question.readings, Reading("", "end")):
        if reading.role in ("word", "name", "partner"):
            run.append(reading.words)
        else:
            if len(run) > 1:
                yield " ".join(run)
            run = []
