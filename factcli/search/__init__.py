"""A question in words, the facts and the lexicon in; the hits out, oldest first. Pure: reads and writes nothing.

`find` answers one question. Who asks many of the same facts keeps an `Index` of them and asks `find_in`;
`opening.open_index` makes that of fact files.

The words are understood first (`parse`): each is a date, a name, a country, a kind, a status, an amount, a word to look
for, or a filler, and every word is accounted for. Then facts are matched (`match`): a fact must satisfy every clause.
What matches nothing is guessed at (`fuzzy`), where that is allowed, and an answer that is empty says why (`notes`).
"""

from __future__ import annotations

from collections.abc import Sequence

from factcli._lazy import Lazy
from factcli.dates import is_dated, overlaps, sort_key, span
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Answer, Clause, Facts, Filters, Hit, Note, Question
from factcli.search.index import Index
from factcli.search.match import NARROW, Matcher, is_of_time, match_clauses
from factcli.search.parse import parse
from factcli.search.stages import Outcome, Scorer, look_up, note_writer

NO_FILTERS = Filters()

NOT_TAKEN_PLACE = frozenset({"planned", "expected", "discussed", "cancelled"})
"""Statuses of what has not taken place, as far as the fact says."""


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
    return find_in(Index(facts, lexicon), words, filters, kinds, parties_only, today)


def find_in(
    index: Index,
    words: Sequence[str],
    filters: Filters = NO_FILTERS,
    kinds: tuple[str, ...] = (),
    parties_only: bool = False,
    today: str = "",
) -> Answer:
    """What `find` answers, of the facts of an index that is kept from one question to the next.

    What the index has worked out for one question is there for the next one. One thread at a time may ask.
    """
    index.evidence.clear()
    question = parse(words, index, today, parties_only) if words else Question()
    outcome = look_up(question, index, filters.exact, parties_only)
    if filters.undated and outcome.undated:
        outcome = with_undated(outcome, question, index, filters, parties_only)
    if not outcome.by_fact and not filters.exact:
        outcome = outcome._replace(notes=(*outcome.notes, *typed_elsewhere(words, index, today)))
    if parties_only and words and outcome.by_fact:
        outcome = with_party(outcome, question, index)
    if filters.partners:
        outcome = with_partners(outcome, filters, index, today)
    fitting = index.fitting(outcome.by_fact, filters, kinds)
    in_period, undated = within_period(fitting, filters, index)
    undated += len(index.fitting(outcome.undated, filters, kinds))
    all_notes = list(outcome.notes)
    if outcome.by_fact and not in_period and not undated:
        hits = hits_of(outcome, list(outcome.by_fact), index)
        all_notes.append(note_writer().filtered_out(hits, filters, kinds))
    if any(needs_note(clause) for clause in question.clauses):
        all_notes[:0] = note_writer().of_readings(question)
    ordered = hits_of(outcome, index.oldest_first(in_period), index)
    return Answer(cut(ordered, question.order), undated, tuple(all_notes), question.readings)


def with_undated(outcome: Outcome, question: Question, index: Index, filters: Filters, parties_only: bool) -> Outcome:
    """The outcome with the facts without a date among the hits."""
    timeless = question._replace(clauses=tuple(one for one in question.clauses if not is_of_time(one)))
    anytime = look_up(timeless, index, filters.exact, parties_only)
    undated = Scorer(anytime, index)(fact for fact in outcome.undated if fact in anytime.by_fact)
    return Outcome(Scorer(outcome, index)(outcome.by_fact) | undated, outcome.notes if outcome.by_fact else ())


def hits_of(outcome: Outcome, facts: Sequence[int], index: Index) -> Sequence[Hit]:
    """Some facts of an outcome, each with its matches; by an index, as they are asked for."""
    scored = Scorer(outcome, index)

    def make(some: Sequence[int]) -> list[Hit]:
        matches = scored(some)
        return [Hit._make((fact, matches[at])) for at, fact in zip(some, index.facts_at(some), strict=True)]

    return make(facts) if isinstance(index.facts.facts, list) else Lazy(facts, make)


def needs_note(clause: Clause) -> bool:
    """Whether the reader should know how a clause was read."""
    first = clause.any_of[0]
    return clause.negated or len(clause.any_of) > 1 or (first.role == "period" and first.value.note != "")


def with_party(outcome: Outcome, question: Question, index: Index) -> Outcome:
    """The outcome with the facts in which something that the question names takes part.

    That is a country, an organization or a person; what was guessed at is one already.
    """
    taking_part = {
        fact
        for fact, matches in outcome.by_fact.items()
        if any(match.how in ("typo", "across scripts") for match in matches)
    }
    matcher = Matcher(index, NARROW, parties_only=True)
    for reading in (reading for clause in question.clauses if not clause.negated for reading in clause.any_of):
        if reading.role in ("partner", "name", "office", "word", "quoted"):
            evidence = matcher.evidence(reading)
            taking_part |= evidence.matches.keys() if reading.role in ("partner", "office") else set()
            taking_part |= {fact for fact, ids in evidence.parts.items() if any(map(index.is_partner, ids))}
    kept = {fact: matches for fact, matches in outcome.by_fact.items() if fact in taking_part}
    if kept:
        return outcome._replace(by_fact=kept)
    hits = hits_of(outcome, list(outcome.by_fact), index)
    return Outcome({}, (*outcome.notes, note_writer().pointing("not-a-partner", hits)))


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


def with_partners(outcome: Outcome, filters: Filters, index: Index, today: str) -> Outcome:
    """The outcome with the facts in which any of the partners of a filter takes part, and notes on those that were
    guessed or are unknown."""
    partners = [with_name(name, index, filters.exact, today) for name in filters.partners]
    taking_part = set().union(*(one.by_fact for one in partners))
    kept = {fact: matches for fact, matches in outcome.by_fact.items() if fact in taking_part}
    all_notes = (*outcome.notes, *(note for one in partners for note in one.notes))
    if outcome.by_fact and taking_part and not kept:
        all_notes = (*all_notes, Note("filtered-out", {"count": len(outcome.by_fact)}))
    return outcome._replace(by_fact=kept, notes=all_notes, undated=outcome.undated & taking_part)


def with_name(name: str, index: Index, exact: bool, today: str) -> Outcome:
    """The facts in which a partner of this name takes part. Raises UsageError for a name without letters."""
    try:
        question = parse((name,), index, today, True)
    except UsageError as error:
        raise UsageError(str(error).replace("QUERY", "--partner", 1)) from error
    outcome = look_up(question, index, exact, True)
    return with_party(outcome, question, index) if outcome.by_fact else outcome


def within_period(found: list[int], filters: Filters, index: Index) -> tuple[list[int], int]:
    """Those of the facts of which a day may lie in the period of the filters, and how many of the others are undated.

    Without a period, or where undated ones are kept, that is every fact.
    """
    if filters.since is None and filters.until is None:
        return found, 0
    spans = [span(fact["date"]) if is_dated(fact["date"]) else None for fact in index.facts_at(found)]
    undated = 0 if filters.undated else spans.count(None)
    kept = [
        fact
        for fact, days in zip(found, spans, strict=True)
        if (filters.undated if days is None else overlaps(days, filters.since, filters.until))
    ]
    return kept, undated


def cut(hits: Sequence[Hit], order: str) -> Sequence[Hit]:
    """The hits, of which `newest` and `oldest` keep those of the last and of the first date alone.

    The latest exercise is one that was held: what has not taken place counts only where nothing else is found.
    """
    if not order:
        return hits
    dated = [hit for hit in hits if is_dated(hit.fact["date"])]
    dated = [hit for hit in dated if hit.fact["status"] not in NOT_TAKEN_PLACE] or dated
    if not dated:
        return hits
    wanted = sort_key(dated[-1 if order == "newest" else 0].fact["date"])[:2]
    return [hit for hit in dated if sort_key(hit.fact["date"])[:2] == wanted]


def with_ids(ids: Sequence[str], facts: Facts) -> Answer:
    """The facts with these ids, in this order, each once; an id that no fact has is passed over (see `search.ids`)."""
    return Answer([Hit(facts.by_id[one], ()) for one in dict.fromkeys(ids) if one in facts.by_id])
