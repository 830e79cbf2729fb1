"""A query, the facts and the words of the world in; the hits out, oldest first. Pure: reads and writes nothing.

Every word must match, in the narrowest way in which some fact has them all. First each is what it equals: a name, an
alias, a code, a kind, a date, a number, a word of the text in any form. Where no fact has all the words so, each is all
that it can mean: other words for the same thing, alone or with its neighbours, a kind, a company, a country told by its
capital. Only a word that is still found nowhere is guessed at. So a name spelled right is never crowded by names
that look like it. What a word means does not depend on the filters: they choose among the facts that were found.

Words that only join others (`with`, `من`) are not asked for, except where a query has no others, where all words shall
be met as they are, and in a phrase between quotation marks.

An argument of several words is a phrase; where no fact has the phrase, its words are matched one by one, and that is
told. Quotation marks inside an argument keep a phrase together for good. Single words next to each other are joined
where together they are a name (`united states`).

The name of a country means that country. Where it takes part in nothing, nothing is found: Iran is not a misspelt Iraq.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcli._namedtuple import NamedTuple
from factcli.dates import is_dated, overlaps, sort_key, span
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Fact, Facts, Found, Hit, Query, WordMatch
from factcli.search.index import NOTES, TEXTS, TITLES, Index, Met, best
from factcli.text import fold

LONGEST_QUERY = 500
LONGEST_NAME = 6
"""Words that neighbouring arguments are joined to when they may be one name."""

LONGEST_TERM = 3
"""Words that neighbouring arguments are joined to when they may be one term."""

MOST_UNKNOWN = 6
"""Words that met nothing after which the others are not looked for: no fact has them all."""

MOST_SUGGESTED = 3
"""Words that met nothing for which near names are told."""

MOST_NEAREST = 2
"""Facts that are named to somebody whose words no fact has all of."""

UNTITLED = 1.0
"""What a match loses where the title does not have the word."""

GUESSED = ("typo", "across scripts")
"""Ways of matching that are guesses, and told as such."""

MARKS = '"“”«»„'
QUOTED = f"[{MARKS}]([^{MARKS}]*)[{MARKS}]"


class Unit(NamedTuple):
    """A word, or a phrase whose words belong together; `strict` for good, else as long as any fact has it.

    What was joined because it is a `name` is one word.
    """

    text: str
    strict: bool = False
    name: bool = False

    @property
    def is_phrase(self) -> bool:
        return " " in self.text

    @property
    def parts(self) -> list[str]:
        """The words of a phrase, or those that hyphens join (`Oman-Turkey`); a designation (`F-16`) has no parts."""
        if self.name:
            return [self.text]
        words = [part for part in self.text.split() if fold(part)]
        hyphened = self.text.split("-")
        is_compound = len(words) == 1 and all(fold(part).isalpha() and len(fold(part)) > 1 for part in hyphened)
        return hyphened if is_compound else words


class Answer(NamedTuple):
    """The facts that matched, by position, each with one match a word; and what to tell about how they did."""

    matches: dict[int, tuple[WordMatch, ...]]
    notes: tuple[str, ...] = ()


def find(query: Query, facts: Facts, lexicon: Lexicon, about: tuple[str, ...] = ()) -> Found:
    """The facts that `query` asks for, of the kinds that a report is `about` (none: all).

    Raises `UsageError` for a query that has no letters or is too long.
    """
    index = Index(facts, lexicon, query.parties_only)
    answer = by_title(answered(query, index), index) if query.words else everything(facts)
    partners = with_partners(query, facts, lexicon)
    kept = answer.matches.keys() & partners.matches.keys() if query.partners else answer.matches.keys()
    hits = [Hit(facts.facts[i], matches) for i, matches in answer.matches.items() if i in kept]
    return filtered(hits, query, about, (*answer.notes, *partners.notes))


def everything(facts: Facts) -> Answer:
    return Answer(dict.fromkeys(range(len(facts.facts)), ()))


def by_title(answer: Answer, index: Index) -> Answer:
    """The answer in which a match loses a little where the title does not have the word: of facts that are met alike,
    those that are called so come first. A name that is all that was asked for loses nothing."""
    asked = {match.word for matches in answer.matches.values() for match in matches}
    if index.parties_only or all(is_name_alone(matches) for matches in answer.matches.values()):
        return answer
    titled = {word: best(index.said(word, TITLES), index.said_behind_clitic(word, TITLES)) for word in asked}
    scored = {
        fact: tuple(match if fact in titled[match.word] else untitled(match) for match in matches)
        for fact, matches in answer.matches.items()
    }
    return answer._replace(matches=scored)


def is_name_alone(matches: tuple[WordMatch, ...]) -> bool:
    return len(matches) == 1 and matches[0].field in ("party", "partner")


def untitled(match: WordMatch) -> WordMatch:
    return match._replace(score=round(match.score - UNTITLED, 1))


def filtered(hits: list[Hit], query: Query, about: tuple[str, ...], notes: tuple[str, ...]) -> Found:
    """The hits of the kind, status and period that are asked for, oldest first."""
    fitting = [hit for hit in hits if fits(hit.fact, query) and (not about or hit.fact["kind"] in about)]
    in_period = [hit for hit in fitting if is_in_period(hit.fact, query)]
    undated = sum(1 for hit in fitting if not is_dated(hit.fact["date"]) and not is_in_period(hit.fact, query))
    if query.words and hits and not in_period and not undated:
        notes = (*notes, f"found only without the filters: {len(hits)}; timeline has facts of every kind")
    return Found(sorted(in_period, key=lambda hit: sort_key(hit.fact["date"])), undated, notes)


def newest_first(hits: Sequence[Hit]) -> list[Hit]:
    """The hits the other way round; those without a date stay last."""
    dated = [hit for hit in hits if is_dated(hit.fact["date"])]
    return dated[::-1] + [hit for hit in hits if not is_dated(hit.fact["date"])]


def identified(ids: Sequence[str], facts: Facts) -> Found:
    """The facts with these ids, in this order; ids that no fact has are told, with those that are near."""
    by_id = {fact["id"]: fact for fact in facts.facts}
    unknown = [one for one in dict.fromkeys(ids) if one not in by_id]
    hits = [Hit(by_id[one], ()) for one in dict.fromkeys(ids) if one in by_id]
    return Found(hits, 0, tuple(unknown_id(one, list(by_id)) for one in unknown))


def unknown_id(one: str, ids: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(one.lower(), ids)
    return f"no fact has the id {one!r}" + (f"; the closest are {', '.join(near)}" if near else "")


def fits(fact: Fact, query: Query) -> bool:
    return (not query.kinds or fact["kind"] in query.kinds) and (not query.statuses or fact["status"] in query.statuses)


def is_in_period(fact: Fact, query: Query) -> bool:
    """Whether a day of the fact may lie in the period; with no period, or where undated ones are kept, every fact."""
    if query.since is None and query.until is None:
        return True
    if not is_dated(fact["date"]):
        return query.undated
    return overlaps(span(fact["date"]), query.since, query.until)


def with_partners(query: Query, facts: Facts, lexicon: Lexicon) -> Answer:
    """The facts in which any of the partners asked for takes part."""
    if not query.partners:
        return Answer({})
    index = Index(facts, lexicon, parties_only=True)
    answers = [answered(Query((name,), exact=query.exact), index) for name in query.partners]
    return Answer(
        {i: matches for answer in answers for i, matches in answer.matches.items()},
        tuple(note for answer in answers for note in answer.notes),
    )


# -- from words to facts


def answered(query: Query, index: Index) -> Answer:
    """The facts that match every word of the query."""
    units = asked_for(units_in(query.words), query, index)
    apart = [unit.text for unit in units if index.is_told_apart(unit.text)]
    if apart:
        return Answer({}, tuple(f"{name!r} is not {without_marks(name)!r}, and no fact has it" for name in apart))
    exact = met_exactly(units, query, index)
    if any(not unit.strict and len(unit.parts) > 1 for unit in unmet(units, exact)):
        return answered_in_words(units, exact, query, index)
    return completed(units, exact, query, index)


def met_exactly(units: list[Unit], query: Query, index: Index) -> list[Met]:
    """The facts that each unit meets by what it is, up to where so many have met none that it is no question."""
    mets: list[Met] = []
    for unit in units:
        mets.append(exactly(unit, index, query.exact))
        if sum(not met for met in mets) > MOST_UNKNOWN:
            break
    return mets


def unmet(units: list[Unit], mets: list[Met]) -> list[Unit]:
    """The units that met no fact, of those that were looked for."""
    return [unit for unit, met in zip(units, mets, strict=False) if not met]


def without_marks(name: str) -> str:
    from unicodedata import combining

    return "".join(char for char in name if not combining(char))


def answered_in_words(units: list[Unit], exact: list[Met], query: Query, index: Index) -> Answer:
    """The answer where no fact has a phrase together: by the words of the phrase."""
    lost = [unit.text for unit in unmet(units, exact) if len(unit.parts) > 1]
    pairs = [*zip(units, exact, strict=False), *((unit, {}) for unit in units[len(exact) :])]
    words = [part for unit, met in pairs for part in ([unit] if met or unit.strict else map(Unit, unit.parts))]
    words = asked_for(words, query, index)
    answer = completed(words, met_exactly(words, query, index), query, index)
    told = tuple(f"no fact has the words {phrase!r} together; they were looked up one by one" for phrase in lost)
    guessed = any(match.word == " ".join(query.words) for found in answer.matches.values() for match in found)
    return answer if guessed or not answer.matches else answer._replace(notes=(*told, *answer.notes))


def completed(units: list[Unit], exact: list[Met], query: Query, index: Index) -> Answer:
    """The answer by what the words are, else by all that they can mean, else by what they may have been meant to be.

    Only where the answer is empty so far are words taken more widely, or guessed at, where that is allowed.
    """
    if len(exact) < len(units):
        return Answer({}, suggestions(unmet(units, exact), index))
    answer = conjunction(exact)
    if answer.matches or query.exact:
        unknown = unmet(units, exact)
        return Answer({}, suggestions(unknown, index)) if unknown else told_as_apart(answer, units, exact, index)
    wide = exact if index.parties_only else widened(units, exact, index)
    answer = conjunction(wide)
    if answer.matches or all(exact):
        return told_as_apart(answer, units, wide, index)
    foreign = [unit.text for unit in unmet(units, wide) if index.is_known_country(unit.text)]
    if foreign:
        return Answer({}, tuple(f"{name!r} is a country that takes part in none of these facts" for name in foreign))
    return guessed_at(units, wide, query, index)


def guessed_at(units: list[Unit], mets: list[Met], query: Query, index: Index) -> Answer:
    """The answer by what words that met nothing may have been meant to be; a phrase in quotation marks is as it is."""
    from factcli.search.fuzzy import alike

    whole = {} if any(unit.strict for unit in units) else alike(index, " ".join(query.words))
    if whole:
        return told_as_guess(conjunction([whole]))
    if len(units) > 1:
        pairs = zip(units, mets, strict=True)
        mets = [met or ({} if unit.strict else alike(index, unit.text)) for unit, met in pairs]
    if unknown := unmet(units, mets):
        return Answer({}, suggestions(unknown, index))
    answer = conjunction(mets)
    return told_as_guess(answer) if answer.matches else told_as_apart(answer, units, mets, index)


def told_as_apart(answer: Answer, units: list[Unit], mets: list[Met], index: Index) -> Answer:
    """The answer with a note where every word was found, but in no fact all of them; and where most of them are."""
    if answer.matches or len(units) < 2 or not all(mets):
        return answer
    note = f"no fact has all of {', '.join(repr(unit.text) for unit in units)}; each alone is found"
    nearest = [index.facts.facts[fact]["id"] for fact in having_most(mets)]
    return Answer({}, (note + (f"; most of them are in {' and '.join(nearest)}" if nearest else ""),))


def having_most(mets: list[Met]) -> list[int]:
    """The one or two facts that most words met, best first; none where that is less than two thirds of the words."""
    scores: dict[int, list[float]] = {}
    for met in mets:
        for fact, match in met.items():
            scores.setdefault(fact, []).append(match.score)
    most = max(map(len, scores.values()))
    fullest = [fact for fact in scores if len(scores[fact]) == most and 3 * most >= 2 * len(mets)]
    return sorted(fullest, key=lambda fact: -sum(scores[fact]))[:MOST_NEAREST]


def told_as_guess(answer: Answer) -> Answer:
    """The answer with a note of which words were taken for which names."""
    taken = {(m.word, m.text): None for found in answer.matches.values() for m in found if m.how in GUESSED}
    return answer._replace(notes=tuple(f"nothing is called {word!r}; taken for {text!r}" for word, text in taken))


def suggestions(unknown: list[Unit], index: Index) -> tuple[str, ...]:
    from factcli.search.fuzzy import closest

    near = {unit.text: closest(index, unit.text) for unit in unknown[:MOST_SUGGESTED]}
    return tuple(
        f"nothing matches {word!r}" + (f"; the closest names are {', '.join(names)}" if names else "")
        for word, names in near.items()
    )


def conjunction(mets: Sequence[Met]) -> Answer:
    """The facts that every word met, with all their matches."""
    everywhere = set(mets[0]).intersection(*mets[1:])
    return Answer({fact: tuple(met[fact] for met in mets) for fact in sorted(everywhere)})


def exactly(unit: Unit, index: Index, exact: bool) -> Met:
    """The facts that a unit meets by what it is, without any guess.

    What a name is a name of takes part in its facts; besides, it is looked for in titles. All texts are searched for
    any other word.
    """
    word = unit.text
    if exact:
        return best(index.called(word), {} if index.parties_only else index.said(word, exact=True))
    called = index.called(word) or index.called_behind_clitic(word)
    if index.parties_only:
        return called or index.partly_called(word)
    if called:
        return best(called, index.of_kind(word), index.said(word, TITLES, exact=True))
    equal = best(
        index.partly_called(word), index.of_kind(word), index.dated(word), index.valued(word), told(word, index)
    )
    return equal or index.meant(word) or index.said_behind_clitic(word) or index.begun(word)


def told(word: str, index: Index) -> Met:
    """The facts whose texts have the word; a date not in notes on dates, which tell those of the sources as well."""
    fields = NOTES if index.is_date(word) else TEXTS
    return index.counted(word, fields) if index.is_number(word) else index.said(word, fields)


def widened(units: list[Unit], exact: list[Met], index: Index) -> list[Met]:
    """The facts that units meet by all that they can mean, not only by what they are.

    What says the same as neighbouring words together has met each of them.
    """
    wide = [met if unit.strict else widely(unit, met, index) for unit, met in zip(units, exact, strict=True)]
    for start, end in neighbours(units):
        phrase = index.meant(" ".join(unit.text for unit in units[start:end]))
        wide[start:end] = [best(met, phrase) for met in wide[start:end]]
    return wide


def widely(unit: Unit, exact: Met, index: Index) -> Met:
    """The facts that a unit meets by all that it can mean, or by all of its parts."""
    word = unit.text
    meant = best(exact, told(word, index), index.said_behind_clitic(word), index.meant(word))
    return best(meant, in_parts(unit, index)) if len(unit.parts) > 1 else meant


def in_parts(unit: Unit, index: Index) -> Met:
    """The facts that every part of a unit meets, each with its weakest match."""
    apart = conjunction([exactly(Unit(part), index, exact=False) for part in unit.parts])
    return {fact: min(matches, key=lambda match: match.score) for fact, matches in apart.matches.items()}


def neighbours(units: list[Unit]) -> list[tuple[int, int]]:
    """Where the runs of units begin and end that may be one term."""
    count = len(units)
    runs = [(start, start + n) for n in range(2, LONGEST_TERM + 1) for start in range(count - n + 1)]
    return [(start, end) for start, end in runs if not any(unit.strict for unit in units[start:end])]


# -- from arguments to units


def units_in(arguments: Sequence[str]) -> list[Unit]:
    """Words and phrases as they were typed. Raises `UsageError` where there is nothing to look for."""
    if sum(map(len, arguments)) > LONGEST_QUERY:
        raise UsageError(f"QUERY: {sum(map(len, arguments))} characters are too many; the most is {LONGEST_QUERY}")
    units = [unit for argument in arguments for unit in argument_units(argument)]
    if not units or any(not fold(unit.text) for unit in units):
        raise UsageError("QUERY: there are no letters or digits to look for; an empty word matches nothing")
    return units


def argument_units(argument: str) -> list[Unit]:
    if not argument.strip():
        return [Unit("")]
    parts = re.split(QUOTED, argument) if any(mark in argument for mark in MARKS) else [argument]
    outside = [Unit(" ".join(part.split())) for part in parts[::2] if fold(part)]
    inside = [Unit(" ".join(part.split()), strict=True) for part in parts[1::2]]
    return outside + inside or [Unit("")]


def joined(units: list[Unit], index: Index) -> list[Unit]:
    """Neighbouring single words as one unit where together they are a name."""
    done: list[Unit] = []
    while units:
        length = next((n for n in range(LONGEST_NAME, 1, -1) if is_name(units[:n], n, index)), 1)
        done.append(Unit(" ".join(unit.text for unit in units[:length]), name=True) if length > 1 else units[0])
        units = units[length:]
    return done


def asked_for(units: list[Unit], query: Query, index: Index) -> list[Unit]:
    """What is looked for: names as one unit, no word that only joins others, none twice."""
    return list(dict.fromkeys(telling(joined(units, index), query, index)))


def telling(units: list[Unit], query: Query, index: Index) -> list[Unit]:
    """The units without words such as `with` and `من`, unless there is no other or all shall be met as they are."""
    if query.exact or len(units) < 2:
        return units
    is_shouted = all(unit.text.isupper() for unit in units)
    return [unit for unit in units if unit.strict or not is_joining(unit, is_shouted, index)] or units


def is_joining(unit: Unit, is_shouted: bool, index: Index) -> bool:
    """Whether a unit only joins others. Where all is in capitals, they do not make `TO` the code of a country."""
    return index.is_function_word(unit.text.lower() if is_shouted else unit.text)


def is_name(units: list[Unit], length: int, index: Index) -> bool:
    if len(units) < length or any(unit.is_phrase or unit.strict for unit in units):
        return False
    key = fold(" ".join(unit.text for unit in units))
    means = index.lexicon
    return (
        key in index.names_like(key)
        or index.is_day(key)
        or index.amount(" ".join(unit.text for unit in units)) is not None
        or any(
            named(key) for named in (means.countries_named, means.kinds_named, means.numbers_like, means.months_named)
        )
    )
