"""Why an answer is empty, and what would find more: notes for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from factcli.model import Clause, Filters, Hit, Note, Question
from factcli.search.index import Index
from factcli.search.match import Evidence, Matched, unknown_words

MAX_SUGGESTED = 3
"""Words that matched nothing for which near names are suggested."""

MAX_UNKNOWN = 5
"""Ids without a record that are named, each with those that are near; of more than these their number is."""

MAX_NEAREST = 2
"""Facts that are named to somebody whose clauses no fact has all of."""

REASONS = {"partner": "foreign-country", "office": "no-office", "kind": "no-kind", "status": "no-status",
           "amount": "no-amount", "period": "no-period", "attribute": "no-match"}  # fmt: skip


def explain_empty(question: Question, matched: Matched, index: Index, is_guessed: bool = False) -> tuple[Note, ...]:
    """Which clauses stand in the way; where each alone is matched, the facts that have most of them.

    `is_guessed` says that guesses were tried: for one clause in the way there is none then.
    """
    pairs = list(zip(question.clauses, matched.evidence, strict=True))
    unmatched = [
        clause.any_of[0] for clause, found in pairs if not (clause.negated or any(one.matches for one in found))
    ]
    unmatched = list(dict.fromkeys((*unmatched, *unknown_words(question, matched))))
    if not unmatched:
        return not_together(question, matched, index)
    from factcli.search.fuzzy import closest, guess

    reasons = []
    for reading in unmatched[:MAX_SUGGESTED]:
        code = REASONS.get(reading.role, "no-match")
        values: dict[str, object] = {"term": reading.words}
        if code == "foreign-country":
            name = index.lexicon.country_name(reading.value[0])
            values["term"] = name["en" if reading.words.isascii() else "ar"]
        if index.differs_by_shadda(reading.words):
            reasons.append(Note("other-by-shadda", {**values, "other": without_marks(reading.words)}))
            continue
        if code == "no-match":
            is_hopeless = is_guessed and len(unmatched) == 1
            guesses = [] if is_hopeless else [name for name, _, _ in guess(reading.words, index)]
            values["near"] = (guesses or closest(index, reading.words))[:MAX_SUGGESTED]
        reasons.append(Note(code, values))
    return (*reasons, *of_the_others(pairs, index)) if len(unmatched) < len(question.clauses) else tuple(reasons)


def of_the_others(pairs: Sequence[tuple[Clause, Sequence[Evidence]]], index: Index) -> Iterator[Note]:
    """How many facts satisfy all clauses that are satisfied at all, and the best of them."""
    matched = [found for clause, found in pairs if not clause.negated and any(one.matches for one in found)]
    left_out = [one.matches for clause, found in pairs if clause.negated for one in found]
    facts = set.intersection(*(set().union(*(one.matches for one in found)) for found in matched)) if matched else set()
    facts -= set().union(*left_out)
    if facts and len(facts) < len(index.facts.facts):
        scores = {
            fact: min(max(one.matches[fact].score for one in found if fact in one.matches) for found in matched)
            for fact in facts
        }
        best = max(sorted(facts), key=scores.__getitem__)
        yield Note("others-match", {"count": len(facts), "id": index.facts.facts[best]["id"]})


def without_marks(name: str) -> str:
    from unicodedata import combining

    return "".join(char for char in name if not combining(char))


def not_together(question: Question, matched: Matched, index: Index) -> tuple[Note, ...]:
    """That every clause matches a fact, but no fact matches all; and the facts that have most of them."""
    if len(question.clauses) < 2:
        return ()
    if any(clause.negated for clause in question.clauses):
        return (
            Note("all-excluded", {"terms": [clause.any_of[0].words for clause in question.clauses if clause.negated]}),
        )
    scores: dict[int, list[float]] = {}
    for clause, found in zip(question.clauses, matched.evidence, strict=True):
        if not clause.negated:
            for fact in set().union(*(one.matches for one in found)):
                best = max(one.matches[fact].score for one in found if fact in one.matches)
                scores.setdefault(fact, []).append(best)
    most = max(map(len, scores.values()), default=0)
    fullest = [fact for fact in scores if len(scores[fact]) == most and 3 * most >= 2 * len(question.clauses)]
    best_first = sorted(fullest, key=lambda fact: -sum(scores[fact]))[:MAX_NEAREST]
    ids = [index.facts.facts[fact]["id"] for fact in best_first]
    terms = [" / ".join(reading.words for reading in clause.any_of) for clause in question.clauses]
    return (Note("not-together", {"terms": terms, "ids": ids, "count": len(terms)}),)


def filtered_out(hits: Sequence[Hit], filters: Filters, kinds: tuple[str, ...]) -> Note:
    """That facts were found which the filters, or the command alone, leave out."""
    has_filters = filters.kinds or filters.statuses or filters.sources or filters.since or filters.until
    return Note("filtered-out", {"count": len(hits)}) if has_filters or not kinds else pointing("other-kinds", hits)


def pointing(code: str, hits: Sequence[Hit]) -> Note:
    """A note that says how many facts there are, and which is the best."""
    best = max(hits, key=lambda hit: min((match.score for match in hit.matches), default=0.0))
    return Note(code, {"count": len(hits), "id": best.fact["id"]})


def of_readings(question: Question) -> Iterator[Note]:
    """How words were read that could have been read otherwise: dates, alternatives, exclusions."""
    for clause in question.clauses:
        for reading in clause.any_of:
            if reading.role == "period" and reading.value.note == "day-first":
                yield Note("day-first", {"term": reading.words, "date": reading.value.since})
            elif reading.role == "period" and reading.value.note == "relative":
                values = {"term": reading.words, "since": reading.value.since, "until": reading.value.until}
                yield Note("relative", values)
        if clause.negated:
            yield Note("without", {"term": clause.any_of[0].words})
        elif len(clause.any_of) > 1:
            yield Note("any-of", {"terms": [reading.words for reading in clause.any_of]})


def unknown_ids(ids: Iterable[str], known: Iterable[str]) -> tuple[Note, ...]:
    """Notes on ids that no record has: the first ones, with those that are near, and how many more there are."""
    from factcli.names.typos import nearest

    choices, unknown = list(known), list(ids)
    named = [Note("unknown-id", {"id": one, "near": nearest(one, choices)}) for one in unknown[:MAX_UNKNOWN]]
    rest = len(unknown) - MAX_UNKNOWN
    return (*named, Note("unknown-ids", {"count": rest})) if rest > 0 else tuple(named)
