"""A question against the facts: each clause matches some, a fact must match them all, each match with its evidence.

Clauses of time, kind, status, amount and nationality match fields; names by names and texts, names first; words by
parts of names, titles and notes. A word is taken narrowly (as it is or inflected, else by a synonym), and widely (all
of that) only where no fact has everything narrowly. What `--exact` matches is always part of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.dates import Span, is_dated, overlaps, span
from factcli.lexicon import MAX_CODE_LENGTH
from factcli.model import Clause, Match, Question, Reading
from factcli.search.index import Index, Name, Postings, Text
from factcli.text.clitics import without_article, without_clitics
from factcli.text.numbers import ascii_digits, parse_float

EQUAL, CLITIC, PART = 100.0, 97.0, 90.0
"""Score of a name: equal after folding, equal without a clitic or an article, some of its words."""

FIELD, OVERLAP = 95.0, 85.0
"""Score of a kind, a status, a number, a date that lies in a period; and of a date that only overlaps it."""

TEXT_SCORES = {"title": 88.0, "id": 85.0, "note": 75.0}
"""Score of a word in a text of a fact: its title says more than its note."""

INFLECTED, MEANING, PREFIX = 3.0, 8.0, 6.0
"""What a word in a text loses when it is inflected, when a synonym has it, when it is left unfinished."""

OUTSIDE_TITLE_PENALTY = 1.0
"""What a match loses where the title does not have the word: of facts alike, those with it in the title come first."""

MIN_PREFIX = 4
"""Letters from which a word may be the beginning of another."""

EXACT, NARROW, WIDE = "exact", "narrow", "wide"

MIN_IN_WORDS = 3
"""Number from which its digits match the word for it in a text: one and two have other uses."""

WORDY = frozenset(("word", "quoted", "kind", "status", "attribute", "aspect"))
"""Roles of readings that match more the more widely words are taken."""

Matches = dict[int, Match]
"""The facts that something matched, by position, each with its best match."""


class Evidence(NamedTuple):
    """What a reading matched: facts with their best match; of a word, the entities whose names have it, by fact, and
    the facts whose texts have it."""

    matches: Matches
    parts: dict[int, set[str]] = {}  # noqa: RUF012
    texts: frozenset[int] = frozenset()


class Matcher:
    """The facts of `index` that readings match, taken exactly, narrowly or widely; texts only of facts `within`."""

    def __init__(self, index: Index, mode: str, parties_only: bool = False, within: Set[int] | None = None) -> None:
        self.index, self.mode, self.parties_only, self.within = index, mode, parties_only, within
        self._words: dict[int, tuple[Reading, Evidence]] = {}
        self._by_role: dict[str, Callable[[Reading], Evidence]] = {
            "period": self.period,
            "partner": self.partner,
            "name": self.name,
            "office": self.office,
            "kind": self.kind,
            "status": self.status,
            "attribute": self.attribute,
            "amount": self.amount,
            "word": self.word,
            "aspect": self.aspect,
            "quoted": self.quoted,
            "title": lambda reading: Evidence(self._in_titles(reading.words, reading.value)),
            "guess": lambda reading: Evidence(reading.value),
        }

    def evidence(self, reading: Reading) -> Evidence:
        """What a reading matches, worked out once; of what depends on how widely words are taken, once a matcher."""
        known: dict[Any, tuple[Reading, Evidence]] = self.index.evidence
        key: Any = id(reading), self.parties_only
        if reading.role in WORDY:
            known, key = self._words, id(reading)
        if key not in known:
            known[key] = (reading, self._by_role[reading.role](reading))
        return known[key][1]

    # -- fields

    def period(self, reading: Reading) -> Evidence:
        period = reading.value
        scores: dict[str, float] = {}
        for date in self.index.by_date:
            if period.recurring:
                scores[date] = FIELD if date and _recurs(date, period.recurring) else 0.0
            elif _may_overlap(date, period.since, period.until) and is_dated(date):
                scores[date] = _overlap(span(date), period.since, period.until)
        dates = [date for date, score in scores.items() if score]
        matches: Matches = {}
        for date, facts in zip(dates, self.index.by_date.many(dates), strict=True):
            matches.update(dict.fromkeys(facts, Match._make((reading.words, scores[date], "date", date, "exact"))))
        return Evidence(matches)

    def _with_value(
        self, reading: Reading, field: str, by_value: Mapping[str, Postings], values: Iterable[str]
    ) -> Matches:
        """Facts whose field has one of the values."""
        return {
            fact: match
            for value in values
            for match in [Match._make((reading.words, FIELD, field, value, "exact"))]
            for fact in by_value.get(value, ())
        }

    def kind(self, reading: Reading) -> Evidence:
        key, kinds = reading.value
        matches = self._with_value(reading, "kind", self.index.by_kind, kinds)
        if self.mode == WIDE:
            words = {key}.union(*(self._words_for(kind) for kind in kinds))
            matches = best(matches, *(self._in_titles(reading.words, phrase) for phrase in sorted(words)))
        return Evidence(matches)

    def _words_for(self, kind: str) -> list[str]:
        """The phrases that mean this kind and no other."""
        words = self.index.lexicon.words
        phrases = words.phrases("kinds", kind)
        return [
            one for one in phrases if [kind] == [meaning for group, meaning in words.meanings(one) if group == "kinds"]
        ]

    def _in_titles(self, words: str, phrase: str) -> Matches:
        """Facts whose title has every word of a phrase, wherever: joint military exercises are joint exercises."""
        found = [self.in_texts(words, word, ("title",)) for word in phrase.split()]
        return {fact: match for fact, match in found[0].items() if all(fact in one for one in found)}

    def status(self, reading: Reading) -> Evidence:
        key, statuses = reading.value
        matches = self._with_value(reading, "status", self.index.by_status, statuses)
        if self.mode == WIDE:
            titles = self.in_texts(reading.words, key, ("title",))
            without = set(self.index.by_status.get("", ()))
            matches = best(matches, {i: match for i, match in titles.items() if i in without})
        return Evidence(matches)

    def attribute(self, reading: Reading) -> Evidence:
        """Facts with a number of this sort, whatever its value, or whose texts speak of it."""
        key, whats = reading.value
        in_words = self.word(reading._replace(value=key)).matches
        return Evidence(best(self._with_number(reading, whats[0]), in_words))

    def aspect(self, reading: Reading) -> Evidence:
        """Facts whose texts speak of an aspect, or that have a number of its sort: how long."""
        what = self.index.lexicon.words.meaning("aspects", reading.value)
        return Evidence(best(self.word(reading).matches, self._with_number(reading, what) if what else {}))

    def _with_number(self, reading: Reading, what: str) -> Matches:
        """Facts with a number of this sort, whatever its value."""
        match = Match._make((reading.words, FIELD - MEANING, "numbers", what, "meaning"))
        return dict.fromkeys(self.index.by_measure.get(what, ()), match)

    def amount(self, reading: Reading) -> Evidence:
        """Facts with a number that is so much; of a number alone, also those with it in a title or a note."""
        import json

        amount = reading.value
        matches: Matches = {}
        for text, facts in self.index.by_number.items():
            number = json.loads(text, parse_float=parse_float)
            if amount.holds(number):
                match = Match._make((reading.words, FIELD, "numbers", str(number["what"]), "exact"))
                matches.update(dict.fromkeys(facts, match))
        if amount.is_bare and float(amount.value).is_integer():
            forms = self.index.lexicon.numbers_like(str(int(amount.value)))
            for form in forms if amount.value >= MIN_IN_WORDS else forms[:1]:
                vocabulary = self.index.of(form)
                texts = [text for text, _ in vocabulary.with_words(form) if self._is_whole_number(form, text)]
                matches = best(
                    matches, *({text.fact: _in_text(reading.words, text, form, "folded", 0.0)} for text in texts)
                )
        return Evidence(matches)

    def _is_whole_number(self, number: str, text: Text) -> bool:
        """Whether a number stands in a text as it is, without a magnitude behind it: the 70 of 70 million is none."""
        behind = text.key.partition(f" {number} ")[2].split(" ")[0]
        return stands_alone(number, text.text) and not self.index.lexicon.words.meaning("magnitudes", behind)

    # -- names

    def partner(self, reading: Reading) -> Evidence:
        codes = reading.value
        matches = best(*(self._taking_part(reading, code) for code in codes))
        is_code = len(reading.words) <= MAX_CODE_LENGTH and reading.words.isascii()  # IN is not the word in of a text
        return Evidence(matches) if self.parties_only or is_code else self._with_texts(reading, matches)

    def _taking_part(self, reading: Reading, code: str, score: float = EQUAL, how: str = "") -> Matches:
        name = self.index.lexicon.country_name(code)
        text = next((text for text in name.values() if text == reading.words), next(iter(name.values())))
        how = how or ("exact" if text == reading.words else "folded")
        match = Match._make((reading.words, score, "partner", text, how))
        return dict.fromkeys(self.index.by_country.get(code, ()), match)

    def name(self, reading: Reading) -> Evidence:
        names = self.index.names_with_key(reading.value)
        matches = best(*(self._named(reading, name) for name in names))
        if self.parties_only:
            parts: dict[int, set[str]] = {}
            for name in names:
                for fact in self.index.facts_of(name.entity):
                    parts.setdefault(fact, set()).add(name.entity)
            return Evidence(matches, parts)
        return self._with_texts(reading, matches)

    def _named(self, reading: Reading, name: Name, score: float = EQUAL, how: str | None = None) -> Matches:
        how = how or ("exact" if name.text == reading.words else "alias" if name.alias else "folded")
        return name_matches(reading.words, name, score, how, self.index)

    def office(self, reading: Reading) -> Evidence:
        """Facts with an entity of that nationality whose name has the words of the office, or with both in a text."""
        codes, keys = reading.value
        names = self.index.offices_of(codes, keys)
        matches = best(*(self._named(reading, name, EQUAL, "part") for name in names))
        return Evidence(matches) if self.parties_only else self._with_texts(reading, matches)

    def _with_texts(self, reading: Reading, matches: Matches) -> Evidence:
        """The matches of a name, and the texts that have it as it was written."""
        from factcli.text import fold

        return Evidence(best(matches, self.in_texts(reading.words, fold(reading.words), as_is=True)))

    # -- words

    def quoted(self, reading: Reading) -> Evidence:
        names = best(*(self._named(reading, name) for name in self.index.names_with_key(reading.value)))
        as_is = self.mode == EXACT
        parts = {} if as_is else self._name_parts(reading, [reading.value])[0]
        return Evidence(best(names, parts, self.in_texts(reading.words, reading.value, as_is=as_is)))

    def word(self, reading: Reading) -> Evidence:
        """Facts with a name or a text that has the word, in any form; else by a synonym, a clitic, its beginning."""
        key = str(reading.value)
        if self.index.differs_by_shadda(reading.words):
            return Evidence({})
        if "ء" in reading.words and any(group == "fillers" for group, _ in self.index.lexicon.words.meanings(key)):
            return Evidence({})
        if self.mode == EXACT:
            texts = self.in_texts(reading.words, key, as_is=True)
            parts, entities = self._name_parts(reading, [key])
            return Evidence(best(parts, texts), entities, frozenset(texts))
        texts, parts, entities = self._in_any_form(reading, key)
        found = best(parts, texts)
        if self.mode == WIDE or not found:
            synonyms = self._synonyms(reading, key)
            texts, found = best(texts, synonyms), best(found, synonyms)
        if not found:
            texts = found = (
                self._loosely(reading, key) or self._beginning(reading, key) or self._word_by_word(reading, key)
            )
        return Evidence(found, entities, frozenset(texts))

    def _in_any_form(self, reading: Reading, key: str) -> tuple[Matches, Matches, dict[int, set[str]]]:
        """Facts whose texts and whose names have a word in any form, and the entities with these names by fact.

        It is worked out once, whether words are taken narrowly or widely: a common word is in thousands of facts.
        """
        known: dict[Any, Any] = self.index.evidence if self.within is None else {}
        place = id(reading), "in any form"
        if place not in known:
            forms = [key, *split_code(key)]
            texts = best(*(self.in_texts(reading.words, form) for form in forms))
            if " " not in key and not key.isascii():
                texts = best(texts, self._behind_clitics(reading, key))
            known[place] = (reading, (texts, *self._name_parts(reading, forms)))
        found: tuple[Matches, Matches, dict[int, set[str]]] = known[place][1]
        return found

    def _word_by_word(self, reading: Reading, key: str) -> Matches:
        """Facts that have each word of a phrase that has synonyms as a whole: بيع أسلحة is a sale of weapons."""
        if " " not in key or any(char.isdigit() for char in key) or self.mode == NARROW:
            return {}
        found = [self._kind_or_word(word) for word in key.split()]
        return {
            fact: match._replace(term=reading.words)
            for fact, match in found[0].items()
            if all(fact in one for one in found)
        }

    def _kind_or_word(self, word: str) -> Matches:
        kinds = tuple(meaning for group, meaning in self.index.lexicon.words.meanings(word) if group == "kinds")
        by_kind = self.kind(Reading(word, "kind", (word, kinds))).matches if kinds else {}
        return best(self.word(Reading(word, "word", word)).matches, by_kind)

    def in_texts(
        self, words: str, key: str, fields: tuple[str, ...] = ("title", "note", "id"), as_is: bool = False,
        how: str = "", loss: float = 0.0,
    ) -> Matches:  # fmt: skip
        """Facts whose texts have a word or phrase: in any form, or as it is."""
        vocabulary = self.index.of(key)
        found = (vocabulary.with_words if as_is else vocabulary.with_phrase)(key, self.within)
        matches: Matches = {}
        made: dict[tuple[str, str], Match] = {}  # one for all facts: to make each anew took a fifth of a large answer
        for text, form in found:
            field = text.field
            if field.partition(".")[0] not in fields:
                continue
            match = made.get((field, form))
            if match is None:
                of_form = how or ("folded" if form == key else "inflected")
                match = made[field, form] = _in_text(words, text, form, of_form, loss)
            if text.fact not in matches or match.score > matches[text.fact].score:
                matches[text.fact] = match
        return matches

    def _name_parts(self, reading: Reading, forms: Sequence[str]) -> tuple[Matches, dict[int, set[str]]]:
        """Facts with a name that has a word, or a phrase together; and the entities with these names, by fact."""
        found: list[Matches] = []
        entities: dict[int, set[str]] = {}
        for form in forms:
            first = max(form.split(), key=len)
            for name in self._names_with(first):
                if " " in form and f" {form} " not in f" {name.key} ":
                    continue
                matches = self._named(reading, name, PART, "part")
                found.append(matches)
                for fact in matches:
                    entities.setdefault(fact, set()).add(name.entity)
        return best(*found), entities

    def _names_with(self, word: str) -> Iterator[Name]:
        bare = without_article(word) if not word.isascii() else word
        yield from self.index.of(bare).names_with_word(bare)
        if self.mode != EXACT:
            from factcli.text.inflection import bases

            for base in bases(bare):
                if base != bare and len(base) > 3:
                    yield from self.index.of(base).names_with_word(base)

    def _behind_clitics(self, reading: Reading, key: str) -> Matches:
        """Facts whose texts have a short Arabic word behind a proclitic: دعم in بدعم."""
        found = self.index.arabic.with_form(self.index.arabic.behind_clitic(without_article(key)))
        return best({text.fact: _in_text(reading.words, text, form, "clitic", INFLECTED)} for text, form in found)

    def _loosely(self, reading: Reading, key: str) -> Matches:
        """Facts whose texts, or names, have an Arabic word without proclitics and possessor, or with another hamza."""
        if key.isascii() or " " in key:
            return {}
        from factcli.text.inflection import MIN_STEM_WITH_CLITIC, POSSESSORS

        stems = [key, *without_clitics(key)]
        owners = [
            stem.removesuffix(end) for stem in stems for end in POSSESSORS if stem.endswith(end) and len(stem) > 4
        ]
        for bare in (*stems[1:], *owners, *self.index.with_other_hamza(key)):
            is_short = len(bare) < MIN_STEM_WITH_CLITIC and bare in stems
            found = best(
                self.in_texts(reading.words, bare, as_is=is_short, how="clitic", loss=MEANING),
                {} if is_short else self._behind_clitics(reading, bare),
                self._name_parts(reading, [bare])[0],
                self._synonyms(reading, bare),
            )
            if found:
                return found
        return {}

    def _synonyms(self, reading: Reading, key: str) -> Matches:
        """Facts that have a synonym in either language, or are of a kind or type with that name."""
        from factcli.text.inflection import bases

        lexicon = self.index.lexicon
        forms = [key] if " " in key else bases(key)
        meanings = sorted(set().union(*map(lexicon.meanings, forms)))
        found = [
            self.in_texts(reading.words, word, how="meaning", loss=MEANING)
            for meaning in meanings
            for word in lexicon.words_for(meaning)
            if word != key
        ]
        found += [self._of_type(reading, meaning) for meaning in meanings]
        countries = {code for m in meanings for word in lexicon.words_for(m) for code in lexicon.countries_named(word)}
        found += [self._taking_part(reading, code, EQUAL - MEANING, "meaning") for code in sorted(countries)]
        return best(*found)

    def _of_type(self, reading: Reading, kind: str) -> Matches:
        """Facts with a party of this type of entity: contracts with Aselsan are contracts with a company."""
        entities = [e for e in self.index.facts.entities.values() if e["type"] == kind != "country"]
        names = [Name(next(iter(e["name"].values()), e["id"]), "", True, e["id"]) for e in entities]
        return best(*(self._named(reading, name, PART - MEANING, "meaning") for name in names))

    def _beginning(self, reading: Reading, key: str) -> Matches:
        """Facts whose texts have a word that begins so."""
        if len(key) < MIN_PREFIX or " " in key or any(char.isdigit() for char in key):
            return {}
        vocabulary = self.index.of(key)
        words = vocabulary.vocabulary.beginning_with(key)
        found = vocabulary.with_form(form for form in words if form != key + "less")
        return best({text.fact: _in_text(reading.words, text, form, "prefix", PREFIX)} for text, form in found)


def name_matches(words: str, name: Name, score: float, how: str, index: Index) -> Matches:
    """The facts of the entity with a name, as words matched it."""
    return dict.fromkeys(index.facts_of(name.entity), Match._make((words, round(score, 1), "party", name.text, how)))


def split_code(key: str) -> list[str]:
    """A designation written as one (f16, su30) with its letters and its number apart."""
    match = None if key.isalpha() else re.fullmatch(r"([a-z]{1,4})(\d+[a-z]{0,2})", key)
    return [f"{match[1]} {match[2]}"] if match else []


def stands_alone(number: str, text: str) -> bool:
    """Whether a number is one in a text: not the 7 of BGM-71F-7-RF, nor the 2 of 2.7; one in words always is."""
    if not number.isdigit():
        return True
    return bool(
        re.search(rf"(?<![0-9A-Za-z]-)(?<![0-9][.,٫])\b{number}\b(?![.,٫][0-9])(?!-[A-Za-z])", ascii_digits(text))
    )


def _may_overlap(date: str, since: str | None, until: str | None) -> bool:
    """Whether a date may lie in a period as far as its year says: nothing else need be read of most dates."""
    year = date[:4]
    if not (len(date) in (4, 7, 10) and date.replace("-", "").isdecimal() and date[5:7] <= "12"):
        return bool(date)
    return (not since or year >= since[:4]) and (not until or year <= until[:4])


def _overlap(dates: Span, since: str | None, until: str | None) -> float:
    """The score of dates that may lie in a period, 0 where they cannot."""
    if not overlaps(dates, since, until):
        return 0.0
    lies_within = (not since or (dates.start or "") >= since) and (not until or (dates.end or "9999") <= until)
    return FIELD if lies_within else OVERLAP


def _recurs(date: str, recurring: str) -> bool:
    """Whether a date lies in a month of any year, or on a day of it."""
    start, end = span(date)
    if not start or not end or start[:7] != end[:7]:
        return False
    return start[5:7] == recurring if len(recurring) == 2 else start == end and start[5:] == recurring


def _in_text(words: str, text: Text, form: str, how: str, loss: float) -> Match:
    lost = loss or (INFLECTED if how == "inflected" else 0.0)
    return Match._make((words, TEXT_SCORES[text.field.partition(".")[0]] - lost, text.field, form, how))


def best(*many: Matches | Iterable[Matches]) -> Matches:
    """For each fact the best of several matches; of equals, the first."""
    together: Matches = {}
    for one in many:
        for matches in (one,) if isinstance(one, dict) else one:
            for fact, match in matches.items():
                if fact not in together or match.score > together[fact].score:
                    together[fact] = match
    return together


def _score(match: Match) -> float:
    return match.score


# -- all clauses together


class Matched(NamedTuple):
    """The facts that match every clause, each with a match a clause; the evidence of each clause; whether a fact had
    all words, but as parts of different names; facts without a date that match all clauses but those of time."""

    by_fact: dict[int, tuple[Match, ...]]
    evidence: list[list[Evidence]]
    has_scattered: bool = False
    undated: frozenset[int] = frozenset()


def match_clauses(question: Question, matcher: Matcher) -> Matched:
    """The facts that match every clause of a question, and those only."""
    evidence = [
        [excluded(reading, matcher) if clause.negated else matcher.evidence(reading) for reading in clause.any_of]
        for clause in question.clauses
    ]
    remaining = matcher.index.positions()
    undated: set[int] = set()
    for clause, found in sorted(zip(question.clauses, evidence, strict=True), key=lambda pair: is_of_time(pair[0])):
        if is_of_time(clause):
            undated |= _among(matcher.index.undated, remaining)
            remaining = set(remaining) - undated
        facts = set().union(*(one.matches for one in found))
        remaining = set(remaining) - facts if clause.negated else _among(facts, remaining)
    are_several = len(question.clauses) > 1
    scattered = {
        fact for fact in remaining if are_several and not holds_together(fact, question.clauses, evidence, matcher)
    }
    matches = {
        fact: tuple(
            max((one.matches[fact] for one in found if fact in one.matches), key=_score)
            for clause, found in zip(question.clauses, evidence, strict=True)
            if not clause.negated
        )
        for fact in sorted(set(remaining) - scattered)
    }
    return Matched(matches, evidence, bool(scattered), frozenset(undated))


def _among(facts: Set[int], remaining: Set[int] | range) -> Set[int]:
    """Those of the facts that remain; as long as all do, that is not looked at for each."""
    return facts if isinstance(remaining, range) else facts & remaining


def excluded(reading: Reading, matcher: Matcher) -> Evidence:
    """What an exclusion leaves out: a word in any sense; of a kind or status the facts that have it, if any does."""
    if reading.role != "word":
        narrow = Matcher(matcher.index, NARROW, matcher.parties_only).evidence(reading)
        if narrow.matches:
            return narrow
    return Matcher(matcher.index, WIDE, matcher.parties_only).evidence(reading)


def unmatched_options(question: Question, matched: Matched) -> Iterator[Reading]:
    """The readings that nothing matches among alternatives and exclusions."""
    for clause, found in zip(question.clauses, matched.evidence, strict=True):
        if clause.negated or len(clause.any_of) > 1:
            yield from (one for one, evidence in zip(clause.any_of, found, strict=True) if not evidence.matches)


def unknown_words(question: Question, matched: Matched) -> list[Reading]:
    """The words among these: `turkey OR xyz` is not answered for turkey. A country is known, whether facts have it."""
    return [one for one in unmatched_options(question, matched) if one.role in ("word", "quoted", "office")]


def is_of_time(clause: Clause) -> bool:
    """Whether a clause is about the date alone, so that facts without one neither match it nor are known not to."""
    return not clause.negated and all(reading.role == "period" for reading in clause.any_of)


def holds_together(
    fact: int, clauses: Sequence[Clause], evidence: Sequence[Sequence[Evidence]], matcher: Matcher
) -> bool:
    """Whether neighbouring words that a fact has only as parts of names are parts of one name.

    "Royal Marines" is no fact with the Royal Navy and the Marine nationale. In Arabic, a noun without article before
    one with it is one thing: خنجر البحر is not خنجر الحد, whatever else the fact says of the sea.
    """
    for at in range(len(clauses) - 1):
        one, other = clauses[at].any_of, clauses[at + 1].any_of
        if not (len(one) == len(other) == 1 and one[0].role == other[0].role == "word"):
            continue
        first, second = evidence[at][0], evidence[at + 1][0]
        parts = first.parts.get(fact)
        if not parts or parts & second.parts.get(fact, set()):
            continue
        noun, definite = str(one[0].value), str(other[0].value)
        if not noun.isascii() and not noun.startswith("ال") and definite.startswith("ال"):
            if fact not in matcher.in_texts(one[0].words, f"{noun} {definite}"):
                return False
        elif fact not in first.texts and fact not in second.texts and fact in second.parts:
            return False
    return True
