"""Terms against facts: by what they are, else by all that they can mean, else by what they may be misspelt for."""

from __future__ import annotations

from collections.abc import Sequence

from factcli._namedtuple import NamedTuple
from factcli.model import Match, Note, Question
from factcli.search.index import NOTES, TEXTS, TITLES, Index, Matches, best
from factcli.search.parse import Term, resolve

MAX_SYNONYM_WORDS = 3
"""Words that neighbouring terms are joined to when together they may be a synonym."""

MAX_UNMATCHED = 6
"""Terms that matched nothing after which the others are not looked for: no fact has them all."""

MAX_SUGGESTED = 3
"""Terms that matched nothing for which near names are suggested."""

MAX_NEAREST = 2
"""Facts that are named to somebody whose terms no fact has all of."""

OUTSIDE_TITLE = 1.0
"""What a match loses where the title does not have the term."""

GUESSES = ("typo", "across scripts")
"""Ways of matching that are guesses, and reported as such."""


class Matched(NamedTuple):
    """The facts that matched, by position, each with a match a term; and notes on how they did."""

    by_fact: dict[int, tuple[Match, ...]]
    notes: tuple[Note, ...] = ()


def match_terms(terms: list[Term], question: Question, index: Index) -> Matched:
    """The facts that match every term."""
    terms = resolve(terms, question, index)
    apart = [term.text for term in terms if index.differs_by_shadda(term.text)]
    if apart:
        notes = (Note("other-by-shadda", {"term": name, "other": without_marks(name)}) for name in apart)
        return Matched({}, tuple(notes))
    exact = match_exactly(terms, question, index)
    if any(not term.quoted and len(term.parts) > 1 for term in unmatched(terms, exact)):
        return match_by_words(terms, exact, question, index)
    return widen(terms, exact, question, index)


def match_exactly(terms: list[Term], question: Question, index: Index) -> list[Matches]:
    """The facts that each term matches by what it is, up to where too many have matched none."""
    matches: list[Matches] = []
    for term in terms:
        matches.append(exact_matches(term, index, question.exact))
        if sum(not found for found in matches) > MAX_UNMATCHED:
            break
    return matches


def unmatched(terms: list[Term], matches: list[Matches]) -> list[Term]:
    """The terms that matched no fact, of those that were looked for."""
    return [term for term, found in zip(terms, matches, strict=False) if not found]


def without_marks(name: str) -> str:
    from unicodedata import combining

    return "".join(char for char in name if not combining(char))


def match_by_words(terms: list[Term], exact: list[Matches], question: Question, index: Index) -> Matched:
    """The answer where no fact has a phrase together: by the words of the phrase."""
    split = [term.text for term in unmatched(terms, exact) if len(term.parts) > 1]
    pairs = [*zip(terms, exact, strict=False), *((term, {}) for term in terms[len(exact) :])]
    words = [word for term, found in pairs for word in ([term] if found or term.quoted else map(Term, term.parts))]
    words = resolve(words, question, index)
    matched = widen(words, match_exactly(words, question, index), question, index)
    notes = tuple(Note("phrase-split", {"term": phrase}) for phrase in split)
    whole = " ".join(question.words)
    is_guess = any(match.term == whole for found in matched.by_fact.values() for match in found)
    return matched if is_guess or not matched.by_fact else matched._replace(notes=(*notes, *matched.notes))


def widen(terms: list[Term], exact: list[Matches], question: Question, index: Index) -> Matched:
    """The answer by what the terms are, else by all that they can mean, else by guesses where those are allowed.

    Only where the answer is empty so far are terms taken more widely, or guessed at.
    """
    if len(exact) < len(terms):
        return Matched({}, suggestions(unmatched(terms, exact), index))
    matched = intersect(exact)
    if matched.by_fact or question.exact:
        unknown = unmatched(terms, exact)
        return Matched({}, suggestions(unknown, index)) if unknown else explain_empty(matched, terms, exact, index)
    wide = exact if index.parties_only else synonym_matches(terms, exact, index)
    matched = intersect(wide)
    if matched.by_fact or all(exact):
        return explain_empty(matched, terms, wide, index)
    foreign = [term.text for term in unmatched(terms, wide) if index.is_known_country(term.text)]
    if foreign:
        return Matched({}, tuple(Note("foreign-country", {"term": name}) for name in foreign))
    return guess(terms, wide, question, index)


def guess(terms: list[Term], matches: list[Matches], question: Question, index: Index) -> Matched:
    """The answer by what unmatched terms may have been meant to be; a quoted phrase is as it is."""
    from factcli.search.fuzzy import fuzzy_matches

    whole = {} if any(term.quoted for term in terms) else fuzzy_matches(index, " ".join(question.words))
    if whole:
        return report_guesses(intersect([whole]))
    if len(terms) > 1:
        pairs = zip(terms, matches, strict=True)
        matches = [found or ({} if term.quoted else fuzzy_matches(index, term.text)) for term, found in pairs]
    if unknown := unmatched(terms, matches):
        return Matched({}, suggestions(unknown, index))
    matched = intersect(matches)
    return report_guesses(matched) if matched.by_fact else explain_empty(matched, terms, matches, index)


def explain_empty(matched: Matched, terms: list[Term], matches: list[Matches], index: Index) -> Matched:
    """The answer with a note where every term matched, but no fact all of them; and the facts that have most."""
    if matched.by_fact or len(terms) < 2 or not all(matches):
        return matched
    scores: dict[int, list[float]] = {}
    for found in matches:
        for fact, match in found.items():
            scores.setdefault(fact, []).append(match.score)
    most = max(map(len, scores.values()))
    fullest = [fact for fact in scores if len(scores[fact]) == most and 3 * most >= 2 * len(matches)]
    best_first = sorted(fullest, key=lambda fact: -sum(scores[fact]))[:MAX_NEAREST]
    ids = [index.facts.facts[fact]["id"] for fact in best_first]
    return Matched({}, (Note("not-together", {"terms": [term.text for term in terms], "ids": ids}),))


def report_guesses(matched: Matched) -> Matched:
    """The answer with a note of which terms were taken for which names."""
    taken = {(m.term, m.text): None for found in matched.by_fact.values() for m in found if m.how in GUESSES}
    return matched._replace(notes=tuple(Note("guessed", {"term": term, "name": name}) for term, name in taken))


def suggestions(unknown: list[Term], index: Index) -> tuple[Note, ...]:
    from factcli.names.typos import nearest

    texts = [name.text for name in index.names_in_use]
    near = {term.text: nearest(term.text, texts) for term in unknown[:MAX_SUGGESTED]}
    return tuple(Note("no-match", {"term": term, "near": names}) for term, names in near.items())


def intersect(matches: Sequence[Matches]) -> Matched:
    """The facts that every term matched, with all their matches."""
    everywhere = set(matches[0]).intersection(*matches[1:])
    return Matched({fact: tuple(found[fact] for found in matches) for fact in sorted(everywhere)})


def exact_matches(term: Term, index: Index, exact: bool) -> Matches:
    """The facts that a term matches by what it is, without any guess.

    What a name is a name of takes part in its facts; besides, it is looked for in titles. All texts are searched for
    any other word.
    """
    word = term.text
    if exact:
        return best(index.name_matches(word), {} if index.parties_only else index.text_matches(word, exact=True))
    names = index.name_matches(word) or index.name_matches_without_clitic(word)
    if index.parties_only:
        return names or index.name_part_matches(word)
    if names:
        return best(names, index.kind_matches(word), index.text_matches(word, TITLES, exact=True))
    equal = best(
        index.name_part_matches(word),
        index.kind_matches(word),
        index.date_matches(word),
        index.amount_matches(word),
        word_matches(word, index),
    )
    return equal or index.synonym_matches(word) or index.clitic_matches(word) or index.prefix_matches(word)


def word_matches(word: str, index: Index) -> Matches:
    """The facts whose texts have the word; a date not in notes on dates, which have those of the sources as well."""
    fields = NOTES if index.is_date(word) else TEXTS
    return index.number_matches(word, fields) if index.is_number(word) else index.text_matches(word, fields)


def synonym_matches(terms: list[Term], exact: list[Matches], index: Index) -> list[Matches]:
    """The facts that terms match by all that they can mean, not only by what they are.

    A synonym of neighbouring terms together matches each of them.
    """
    wide = [
        found if term.quoted else wide_matches(term, found, index) for term, found in zip(terms, exact, strict=True)
    ]
    for size in range(2, MAX_SYNONYM_WORDS + 1):
        for start in range(len(terms) - size + 1):
            end = start + size
            if not any(term.quoted for term in terms[start:end]):
                phrase = index.synonym_matches(" ".join(term.text for term in terms[start:end]))
                wide[start:end] = [best(found, phrase) for found in wide[start:end]]
    return wide


def wide_matches(term: Term, exact: Matches, index: Index) -> Matches:
    """The facts that a term matches by all that it can mean, or by all of its parts."""
    word = term.text
    wide = best(exact, word_matches(word, index), index.clitic_matches(word), index.synonym_matches(word))
    if len(term.parts) < 2:
        return wide
    by_parts = intersect([exact_matches(Term(part), index, exact=False) for part in term.parts]).by_fact
    return best(wide, {fact: min(matches, key=lambda match: match.score) for fact, matches in by_parts.items()})


def prefer_titles(matched: Matched, index: Index) -> Matched:
    """The answer in which a match loses a little where the title does not have the term: of facts that match alike,
    those with the term in their title come first. A name that is all that was asked for loses nothing."""
    terms = {match.term for matches in matched.by_fact.values() for match in matches}
    is_name_alone = all(
        len(matches) == 1 and matches[0].field in ("party", "partner") for matches in matched.by_fact.values()
    )
    if index.parties_only or is_name_alone:
        return matched
    titled = {term: best(index.text_matches(term, TITLES), index.clitic_matches(term, TITLES)) for term in terms}
    scored = {
        fact: tuple(
            match if fact in titled[match.term] else match._replace(score=round(match.score - OUTSIDE_TITLE, 1))
            for match in matches
        )
        for fact, matches in matched.by_fact.items()
    }
    return matched._replace(by_fact=scored)
