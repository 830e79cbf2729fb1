"""A question, the facts and the lexicon in; the hits out, oldest first. Pure: reads and writes nothing.

Every term must match, in the narrowest way in which some fact has them all. First each matches by what it is: a name,
an alias, a code, a kind, a date, a number, a word of a text in any form. Where no fact has all terms so, each matches
by all that it can mean: synonyms, alone or with its neighbours, a kind, a company, a country. Only a term that still
matches nothing is guessed at. So a name spelled right is never crowded by names that look like it. What a term means
does not depend on the filters: they choose among the facts that matched.

Function words (`with`, `من`) are not asked for, except where a question has no other words, with `--exact`, and inside
quotation marks. An argument of several words is a phrase; where no fact has the phrase, its words match one by one, and
a note says so. Quotation marks inside an argument keep a phrase together for good.

The name of a country means that country. Where it takes part in nothing, nothing is found: Iran is not a misspelt Iraq.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcli.dates import is_dated, overlaps, sort_key, span
from factcli.lexicon import Lexicon
from factcli.model import Answer, Fact, Facts, Hit, Note, Question
from factcli.search.index import Index
from factcli.search.match import Matched, match_terms, prefer_titles
from factcli.search.parse import parse


def find(question: Question, facts: Facts, lexicon: Lexicon, kinds: tuple[str, ...] = ()) -> Answer:
    """The facts that `question` asks for, of the kinds that a report is about (none: all).

    Raises UsageError for a question that has no letters or is too long.
    """
    matched = Matched(dict.fromkeys(range(len(facts.facts)), ()))
    if question.words:
        index = Index(facts, lexicon, question.parties_only)
        matched = prefer_titles(match_terms(parse(question.words), question, index), index)
    notes = matched.notes
    by_fact = matched.by_fact
    if question.partners:
        partners = match_partners(question, facts, lexicon)
        by_fact = {fact: matches for fact, matches in by_fact.items() if fact in partners.by_fact}
        notes = (*notes, *partners.notes)
    hits = [Hit(facts.facts[fact], matches) for fact, matches in by_fact.items()]
    return filtered(hits, question, kinds, notes)


def match_partners(question: Question, facts: Facts, lexicon: Lexicon) -> Matched:
    """The facts in which any of the partners asked for takes part."""
    index = Index(facts, lexicon, parties_only=True)
    found = [match_terms(parse((name,)), Question((name,), exact=question.exact), index) for name in question.partners]
    return Matched(
        {fact: matches for matched in found for fact, matches in matched.by_fact.items()},
        tuple(note for matched in found for note in matched.notes),
    )


def filtered(hits: list[Hit], question: Question, kinds: tuple[str, ...], notes: tuple[Note, ...]) -> Answer:
    """The hits of the kinds, statuses and period that are asked for, oldest first."""
    fitting = [
        hit
        for hit in hits
        if (not question.kinds or hit.fact["kind"] in question.kinds)
        and (not question.statuses or hit.fact["status"] in question.statuses)
        and (not kinds or hit.fact["kind"] in kinds)
    ]
    in_period = [hit for hit in fitting if is_in_period(hit.fact, question)]
    undated = sum(1 for hit in fitting if not is_dated(hit.fact["date"]) and not is_in_period(hit.fact, question))
    if question.words and hits and not in_period and not undated:
        notes = (*notes, Note("filtered-out", {"count": len(hits)}))
    return Answer(sorted(in_period, key=lambda hit: sort_key(hit.fact["date"])), undated, notes)


def is_in_period(fact: Fact, question: Question) -> bool:
    """Whether a day of the fact may lie in the period; with no period, or where undated ones are kept, every fact."""
    if question.since is None and question.until is None:
        return True
    if not is_dated(fact["date"]):
        return question.undated
    return overlaps(span(fact["date"]), question.since, question.until)


def with_ids(ids: Sequence[str], facts: Facts) -> Answer:
    """The facts with these ids, in this order; a note for each id that no fact has, with those that are near."""
    by_id = {fact["id"]: fact for fact in facts.facts}
    distinct = list(dict.fromkeys(ids))
    unknown = [one for one in distinct if one not in by_id]
    notes = []
    if unknown:
        from factcli.names.typos import nearest

        notes = [Note("unknown-id", {"id": one, "near": nearest(one, by_id)}) for one in unknown]
    return Answer([Hit(by_id[one], ()) for one in distinct if one in by_id], notes=tuple(notes))
