"""A question in words, the facts and the lexicon in; the hits out, oldest first. Pure: reads and writes nothing.

The words are understood first (`parse`): each is a date, a name, a country, a kind, a status, an amount, a word to look
for, or a filler, and every word is accounted for. Then facts are matched (`match`): a fact must satisfy every clause.
What matches nothing is guessed at (`fuzzy`), where that is allowed, and an answer that is empty says why (`notes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import ModuleType

from factcli.dates import is_dated, overlaps, sort_key, span
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Answer, Clause, Fact, Facts, Filters, Hit, Match, Note, Question, Reading
from factcli.search.index import Index
from factcli.search.match import EQUAL, EXACT, NARROW, OUTSIDE_TITLE, WIDE, Matcher, is_of_time, match_clauses
from factcli.search.parse import parse
from factcli.text import fold
from factcli.text.clitics import without_clitics
from factcli.text.numbers import ascii_digits

NO_FILTERS = Filters()

NOT_TAKEN_PLACE = frozenset({"planned", "expected", "discussed", "cancelled"})
"""Statuses of what has not taken place, as far as the fact says."""

TOGETHER = 2.0
"""What matches gain where the title has the words of the question together."""

ByFact = dict[int, tuple[Match, ...]]


def find(
    words: Sequence[str],
    facts: Facts,
    lexicon: Lexicon,
    filters: Filters = NO_FILTERS,
    kinds: tuple[str, ...] = (),
    parties_only: bool = False,
    today: str = "",
) -> Answer:
    """The facts that `words` ask for and `filters` let through, of the `kinds` that a report is about (none: all).

    With `parties_only`, one of the words must name a country, organization or person that takes part. `today`, an ISO
    day, is what relative dates are counted from. Raises UsageError for a question that has no letters or is too long.
    """
    index = Index(facts, lexicon)
    question = parse(words, index, today, parties_only) if words else Question()
    by_fact, found_notes, undated_facts = answer(question, index, filters.exact, parties_only)
    if filters.undated and undated_facts:
        timeless = question._replace(clauses=tuple(one for one in question.clauses if not is_of_time(one)))
        anytime = answer(timeless, index, filters.exact, parties_only)[0]
        by_fact = by_fact | {fact: anytime[fact] for fact in undated_facts if fact in anytime}
        undated_facts = frozenset()
        found_notes = found_notes if len(by_fact) == 0 else ()
    if not by_fact and not filters.exact:
        found_notes = (*found_notes, *typed_elsewhere(words, index, today))
    if parties_only and words and by_fact:
        by_fact, found_notes = with_party(by_fact, found_notes, question, index)
    if filters.partners:
        partners, more = with_partners(filters, index, today)
        by_fact = {fact: matches for fact, matches in by_fact.items() if fact in partners}
        found_notes = (*found_notes, *more)
    hits = [Hit(facts.facts[fact], matches) for fact, matches in by_fact.items()]
    fitting = [hit for hit in hits if fits(hit.fact, filters, kinds)]
    in_period = [hit for hit in fitting if is_in_period(hit.fact, filters)]
    undated = sum(not is_dated(hit.fact["date"]) and not is_in_period(hit.fact, filters) for hit in fitting)
    undated += sum(fits(facts.facts[fact], filters, kinds) for fact in undated_facts)
    if words and hits and not in_period and not undated:
        found_notes = (*found_notes, _notes().filtered_out(hits, filters, kinds))
    ordered = sorted(in_period, key=lambda hit: sort_key(hit.fact["date"]))
    if any(needs_note(clause) for clause in question.clauses):
        found_notes = (*_notes().of_readings(question), *found_notes)
    return Answer(cut(ordered, question.order), undated, found_notes, question.readings)


def needs_note(clause: Clause) -> bool:
    """Whether the reader should know how a clause was read."""
    first = clause.any_of[0]
    return clause.negated or len(clause.any_of) > 1 or (first.role == "period" and first.value.note != "")


def with_party(
    by_fact: ByFact, found_notes: tuple[Note, ...], question: Question, index: Index
) -> tuple[ByFact, tuple[Note, ...]]:
    """The facts in which something that the question names takes part: a country, an organization or a person."""
    taking_part: set[int] = set()
    matcher = Matcher(index, NARROW, parties_only=True)
    for reading in (reading for clause in question.clauses if not clause.negated for reading in clause.any_of):
        evidence = (
            matcher.evidence(reading) if reading.role in ("partner", "name", "office", "word", "quoted") else None
        )
        if evidence:
            taking_part |= evidence.matches.keys() if reading.role in ("partner", "office") else set()
            taking_part |= {fact for fact, ids in evidence.parts.items() if any(map(index.is_partner, ids))}
    guessed = {fact for fact, found in by_fact.items() if any(m.how in ("typo", "across scripts") for m in found)}
    kept = {fact: matches for fact, matches in by_fact.items() if fact in taking_part | guessed}
    if kept:
        return kept, found_notes
    hits = [Hit(index.facts.facts[fact], matches) for fact, matches in by_fact.items()]
    return {}, (*found_notes, _notes().pointing("not-a-partner", hits))


def answer(
    question: Question, index: Index, exact: bool, parties_only: bool
) -> tuple[ByFact, tuple[Note, ...], frozenset[int]]:
    """The facts that satisfy every clause, with their matches; notes on how they were found or why none was; and the
    facts without a date that satisfy all clauses but those of time.

    They are looked for narrowly, then widely, then by guesses, each only where nothing was found before. Facts that
    match exactly are always among them: what matches narrowly holds them, unless it was told apart by its names.
    """
    if not question.clauses:
        return match_clauses(question, Matcher(index, EXACT)).by_fact, (), frozenset()
    for mode in (EXACT,) if exact else (NARROW, WIDE):
        matcher = Matcher(index, mode, parties_only)
        matched = match_clauses(question, matcher)
        found = matched.by_fact
        if matched.has_scattered and not exact:
            found = {**match_clauses(question, Matcher(index, EXACT, parties_only)).by_fact, **found}
        if found:
            is_plain = all(len(one.any_of) == 1 and not one.negated for one in question.clauses)
            unmatched = () if is_plain else tuple(_notes().of_alternatives(question, matched))
            return prefer_titles(found, question, index), unmatched, matched.undated
    if exact or matched.undated:
        return {}, _notes().explain_empty(question, matched, index), matched.undated
    if (general := without_events(question.clauses)) != question.clauses:
        return answer(question._replace(clauses=general), index, exact, parties_only)
    aspects = [one for one in question.clauses if one.any_of[0].role == "aspect"]
    others = tuple(one for one in question.clauses if one not in aspects)
    if aspects and others:
        by_fact, more, undated = answer(question._replace(clauses=others), index, exact, parties_only)
        return by_fact, (*more, *(Note("aspect", {"term": one.any_of[0].words}) for one in aspects)), undated
    from factcli.search.fuzzy import guess_clauses

    guessed, guesses = guess_clauses(question, matched, index)
    if guesses:
        rematched = match_clauses(question._replace(clauses=guessed), matcher)
        if rematched.by_fact:
            return rematched.by_fact, guesses, rematched.undated
    retried = match_clauses(question._replace(clauses=tuple(map(year_in_title, question.clauses))), matcher)
    return retried.by_fact, () if retried.by_fact else _notes().explain_empty(question, matched, index), frozenset()


def _notes() -> ModuleType:
    """The module that writes notes; most answers need none."""
    from factcli.search import notes

    return notes


def without_events(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses without that for events, where there are others: any fact is an event of its time."""
    return (
        tuple(one for one in clauses if one.any_of[0].role != "kind" or one.any_of[0].value[1] != ("event",)) or clauses
    )


def typed_elsewhere(words: Sequence[str], index: Index, today: str) -> tuple[Note, ...]:
    """A note where the keys of the words, typed on the other keyboard layout, are words that are found."""
    from factcli.lexicon.keyboard import retype

    retyped = retype(" ".join(words))
    try:
        question = parse((retyped,), index, today)
    except UsageError:
        return ()
    if question.clauses and match_clauses(question, Matcher(index, NARROW)).by_fact:
        return (Note("keyboard", {"term": retyped}),)
    return ()


def year_in_title(clause: Clause) -> Clause:
    """The clause with a year alone taken as a word of a title: "the 1980 agreement", which was renewed in 2010."""
    reading = clause.any_of[0]
    year = re.search("[0-9]{4}", ascii_digits(reading.words)) if reading.role == "period" else None
    since, until = reading.value[:2] if year else (None, None)
    if year is None or clause.negated or (since, until) != (f"{year[0]}-01-01", f"{year[0]}-12-31"):
        return clause
    return Clause((Reading(reading.words, "title", year[0]),))


def prefer_titles(by_fact: ByFact, question: Question, index: Index) -> ByFact:
    """The matches, better where the title has neighbouring words together, and a little worse where it lacks a word.

    A name that is all that was asked for loses nothing.
    """
    if all(len(matches) == 1 and matches[0].field in ("party", "partner") for matches in by_fact.values()):
        return by_fact
    matcher = Matcher(index, NARROW)
    terms = {match.term for matches in by_fact.values() for match in matches}
    titled = {
        term: {
            fact
            for key in (fold(term), *without_clitics(fold(term)))
            for fact in matcher.in_texts(term, key, ("title",))
        }
        for term in terms
    }
    together = {fact for phrase in phrases(question) for fact in matcher.in_texts(phrase, fold(phrase), ("title",))}
    scored: ByFact = {}
    for fact, matches in by_fact.items():
        bonus = TOGETHER if fact in together else 0.0
        scored[fact] = tuple(
            match._replace(
                score=round(
                    min(
                        match.score
                        + bonus
                        - (0.0 if has_title(match) or fact in titled[match.term] else OUTSIDE_TITLE),
                        EQUAL,
                    ),
                    1,
                )
            )
            for match in matches
        )
    return scored


def has_title(match: Match) -> bool:
    return match.field.startswith("title")


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


def with_partners(filters: Filters, index: Index, today: str) -> tuple[set[int], tuple[Note, ...]]:
    """The facts in which any of the partners asked for takes part, and notes on those that were guessed or unknown."""
    found: set[int] = set()
    found_notes: tuple[Note, ...] = ()
    for name in filters.partners:
        by_fact, more, _ = answer(parse((name,), index, today, True), index, filters.exact, parties_only=True)
        found |= by_fact.keys()
        found_notes = (*found_notes, *more)
    return found, found_notes


def fits(fact: Fact, filters: Filters, kinds: tuple[str, ...]) -> bool:
    """Whether a fact has the kind and the status asked for."""
    return (
        (not filters.kinds or fact["kind"] in filters.kinds)
        and (not filters.statuses or fact["status"] in filters.statuses)
        and (not kinds or fact["kind"] in kinds)
    )


def is_in_period(fact: Fact, filters: Filters) -> bool:
    """Whether a day of the fact may lie in the period; with no period, or where undated ones are kept, every fact."""
    if filters.since is None and filters.until is None:
        return True
    if not is_dated(fact["date"]):
        return filters.undated
    return overlaps(span(fact["date"]), filters.since, filters.until)


def cut(hits: list[Hit], order: str) -> list[Hit]:
    """The hits, of which `newest` and `oldest` keep those of the last and of the first date alone.

    The latest exercise is one that was held: what has not taken place counts only where nothing else is found.
    """
    dated = [hit for hit in hits if is_dated(hit.fact["date"])]
    dated = [hit for hit in dated if hit.fact["status"] not in NOT_TAKEN_PLACE] or dated
    if not order or not dated:
        return hits
    wanted = sort_key(dated[-1 if order == "newest" else 0].fact["date"])[:2]
    return [hit for hit in dated if sort_key(hit.fact["date"])[:2] == wanted]


def with_ids(ids: Sequence[str], facts: Facts) -> Answer:
    """The facts with these ids, in this order; a note for each id that no fact has, with those that are near."""
    by_id = {fact["id"]: fact for fact in facts.facts}
    distinct = list(dict.fromkeys(ids))
    unknown = [one for one in distinct if one not in by_id]
    return Answer([Hit(by_id[one], ()) for one in distinct if one in by_id], notes=_notes().unknown_ids(unknown, by_id))
