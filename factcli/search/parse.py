"""From words to a question: of all ways to read them, the one of the lowest cost. Pure.

The words are split into segments, each with one reading: a time expression, an amount, a name that is in use, a
country, a word for a kind or a status, a word of order (latest), of logic (or, not) or a filler, a synonym of several
words, or a word like any other. Each reading has a cost, and longer segments pay once, so the longest known phrase
wins. Which phrases there are is data of the lexicon and names of the facts. Afterwards `or`, `not` and enumerations are
resolved, and a nationality beside an office is tied to it: "Turkish ministry" is one thing, and not a Turkish fact with
a ministry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from factcli._namedtuple import NamedTuple
from factcli.dates.expressions import expressions
from factcli.errors import UsageError
from factcli.lexicon import MAX_CODE_LENGTH, Lexicon
from factcli.model import Clause, Question, Reading
from factcli.text import fold, may_be_drawn
from factcli.text.clitics import without_clitics
from factcli.text.lexer import Token, tokenize
from factcli.text.phrases import PhraseMatcher

if TYPE_CHECKING:
    from factcli.search.index import Index

MAX_QUERY_LENGTH = 500
MAX_NAME_WORDS = 8
MAX_COUNTRY_WORDS = 6
MAX_PHRASE_WORDS = 6

QUOTES = frozenset('"“”«»„')
AMOUNT_SIGNS = frozenset("$€£₺<>~≥≤")
EXCLUDING_SIGNS = frozenset("-!\u2010\u2011\u2012\u2013\u2014\u2212")
"""A hyphen as keyboards and word processors write it, and the exclamation mark of many search engines."""

INSIDE_NAMES = frozenset("-.'’‑_/\u2011")
"""Signs that may stand between the words of a name."""

COSTS = {
    "period": 1.0,
    "amount": 1.0,
    "name": 1.0,
    "partner": 1.0,
    "operators": 0.9,
    "order": 1.15,
    "kinds": 1.3,
    "statuses": 1.3,
    "attributes": 1.3,
    "aspects": 1.4,
    "fillers": 1.2,
    "phrase": 2.2,
    "designation": 2.0,
    "number": 1.5,
    "recurring": 1.25,
    "word": 3.0,
}
"""What a segment costs. A name, a date and a country are surest; a filler is dearer than a word of logic and cheaper
than a word with a meaning of its own, so that `up to` and `may` are read as what they are beside; any other word is
dearest, and as dear as two fillers and more, so that nothing known is taken apart."""

ROLES = {"kinds": "kind", "statuses": "status", "fillers": "filler", "attributes": "attribute", "aspects": "aspect"}

READINGS = (*ROLES, "operators", "order")
"""Groups whose phrases are readings of their own; the others count in dates and amounts."""

COUNTED = ("value", "quantity", "duration")
"""Attributes that a fact has as a number; to ask for any other is no constraint."""

INFLECTED_GROUPS = ("kinds", "statuses", "attributes")
"""Groups whose Arabic words are known in any inflection; the others are closed lists."""

SINGLE_VALUED = ("period", "kind", "status")
"""Roles of which a fact has one value: an enumeration of them means any of them."""


JOINING = frozenset(("articles", "prepositions", "conjunctions", "auxiliaries", "pronouns", "questions"))
EVERYTHING = frozenset(("quantifiers", "asking", "happening", "time words"))
"""Groups of fillers that name nothing, and those that alone ask for all facts: list them, what happened."""


class Segment(NamedTuple):
    """Some tokens, from `start` up to `end`, with one reading."""

    start: int
    end: int
    cost: float
    reading: Reading


def parse(words: Sequence[str], index: Index, today: str, codes_in_any_case: bool = False) -> Question:
    """What the words mean. Raises UsageError where there is nothing to look for.

    Two-letter codes of countries count in capitals only, unless `codes_in_any_case`.
    """
    text = clean(" ".join(words))
    tokens = tokenize(text)
    content = [token for token in tokens if token.key]
    if not content or not all(word.strip() for word in words):
        raise UsageError("QUERY: there are no letters or digits to look for; an empty word matches nothing")
    parser = _Parser(text, tokens, index, today, codes_in_any_case)
    return resolve(parser.segments(), parser)


def clean(text: str) -> str:
    """The text in logical order, without characters that steer. Raises UsageError for one that is too long."""
    if len(text) > MAX_QUERY_LENGTH:
        raise UsageError(f"QUERY: {len(text)} characters are too many; the most is {MAX_QUERY_LENGTH}")
    if text.isprintable() and not may_be_drawn(text):
        return text
    from factcli.text.visual import unvisual

    return unvisual(text)


class _Parser:
    """The tokens of a question and the segments that they may be."""

    def __init__(self, text: str, tokens: list[Token], index: Index, today: str, codes_in_any_case: bool) -> None:
        self.text, self.tokens, self.index = text, tokens, index
        self.lexicon: Lexicon = index.lexicon
        self.words = index.lexicon.words
        self.phrases = PhraseMatcher(tokens, self.words.meanings)
        self.times = {one.start: one for one in expressions(self.phrases, today)}
        typed = [token.text for token in tokens if token.key and not token.is_number]
        is_shouted = all(word.isupper() for word in typed) and any(len(word) > MAX_CODE_LENGTH for word in typed)
        self.codes_in_any_case = codes_in_any_case and all(
            len(token.key) <= MAX_CODE_LENGTH
            for at, token in enumerate(tokens)
            if not self.phrases.find("operators", at)
        )
        self.codes_in_capitals = not is_shouted or len(typed) == 1

    # -- the way of the lowest cost

    def segments(self) -> list[Segment]:
        """The segments of the lowest total cost that cover all tokens; of equal ways, the one with longer segments."""
        count = len(self.tokens)
        best: list[tuple[float, Segment | None]] = [(0.0, None)] * (count + 1)
        for start in range(count - 1, -1, -1):
            options = [(one.cost + best[one.end][0], -one.end, one) for one in self.candidates(start)]
            cost, _, segment = min(options, key=lambda option: option[:2])
            best[start] = (cost, segment)
        way, at = [], 0
        while at < count:
            chosen = best[at][1]
            assert chosen is not None
            way.append(chosen)
            at = chosen.end
        return way

    def candidates(self, start: int) -> Iterator[Segment]:
        """Every segment that may begin at a token."""
        token = self.tokens[start]
        if token.text in QUOTES and (end := self._closing(start)):
            inside = self.text[token.end : self.tokens[end].start].strip()
            if fold(inside):
                yield Segment(start, end + 1, 0.0, Reading(inside, "quoted", fold(inside)))
        if start in self.times:
            time = self.times[start]
            is_bare = bool(time.period.recurring) and time.end == start + 1
            cost = COSTS["recurring" if is_bare else "period"]
            yield self._segment(start, time.end, cost, "period", time.period)
        if not token.key:
            if token.text in AMOUNT_SIGNS:
                yield from self._amounts(start)
            yield Segment(start, start + 1, 0.0, Reading(token.text, "sign", self._sign(start)))
            return
        yield from self._amounts(start)
        yield from self._phrases(start)
        yield self._segment(start, start + 1, COSTS["word"], "word", token.key)
        yield from self._designations(start)

    def month(self, segment: Segment) -> Reading | None:
        """The month that a filler is as well: nobody asks for `may` alone."""
        time = self.times.get(segment.start)
        return Reading(segment.reading.words, "period", time.period) if time and time.end == segment.end else None

    def _segment(self, start: int, end: int, cost: float, role: str, value: Any) -> Segment:
        return Segment(start, end, cost, Reading(self.written(start, end), role, value))

    def written(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def _closing(self, start: int) -> int | None:
        return next((at for at in range(start + 1, len(self.tokens)) if self.tokens[at].text in QUOTES), None)

    def _sign(self, at: int) -> str:
        """What a sign means: `-word` and `!word` take out, `,` `/` `+` `&` join, `|` is or."""
        token = self.tokens[at]
        follows = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if token.text in EXCLUDING_SIGNS and not token.glued and follows and follows.glued and not follows.is_number:
            return "not"
        return "or" if token.text == "|" else "and" if token.text in ",،/+&؛;" else ""

    # -- known phrases

    def _phrases(self, start: int) -> Iterator[Segment]:
        """Names in use, countries, words of kinds, statuses, order, logic, fillers, and synonyms of several words."""
        keys: list[str] = []
        end = start
        while end < len(self.tokens) and len(keys) < MAX_NAME_WORDS:
            token = self.tokens[end]
            end += 1
            if not token.key:
                if token.text not in INSIDE_NAMES and token.text != "&":
                    return
                if token.text == "&":
                    keys.append("and")
                continue
            keys.append(token.key)
            yield from self._phrase(start, end, keys)

    def _phrase(self, start: int, end: int, keys: list[str]) -> Iterator[Segment]:
        key = " ".join(keys)
        typed = self.written(start, end)
        if "\u0651" in typed and len(keys) == 1:
            return
        codes = self._countries(typed, key, len(keys)) if len(keys) <= MAX_COUNTRY_WORDS else ()
        if codes:
            yield self._segment(start, end, COSTS["partner"], "partner", codes)
        elif self.index.has_name(key):
            yield self._segment(start, end, COSTS["name"], "name", key)
        elif variant := self._variant(typed, key, self.index.has_name):
            yield self._segment(start, end, COSTS["name"], "name", variant)
        if len(keys) <= MAX_PHRASE_WORDS:
            yield from self._readings(start, end, key)
            if len(keys) > 1:
                known = key if self.index.has_synonyms(key) else self._variant(typed, key, self.index.has_synonyms)
                if known:
                    yield self._segment(start, end, COSTS["phrase"], "word", known)

    def _variant(self, typed: str, key: str, is_known: Callable[[str], object]) -> str | None:
        """The key without a possessive s, or without a clitic of its first word, where that is known."""
        if typed[-2:].lower() in ("'s", "’s") and is_known(owner := fold(typed[:-2])):
            return owner
        first, blank, rest = key.partition(" ")
        stems = [] if first.isascii() else without_clitics(first)
        return next((one for stem in stems if is_known(one := stem + blank + rest)), None)

    def _countries(self, typed: str, key: str, count: int) -> tuple[str, ...]:
        """The codes of the countries that a phrase names."""
        codes = self.lexicon.countries_named(key)
        if not codes and (variant := self._variant(typed, key, self.lexicon.countries_named)):
            codes = self.lexicon.countries_named(variant)
        may_be_code = self.codes_in_any_case or (self.codes_in_capitals and typed.isupper())
        if not codes and may_be_code and count == 1 and 2 <= len(key) <= MAX_CODE_LENGTH and key.isascii():
            codes = self.lexicon.country_coded(key)
        return codes

    def _readings(self, start: int, end: int, key: str) -> Iterator[Segment]:
        """What the words of the lexicon are for a phrase; of a kind, in any inflection and behind clitics."""
        typed = self.written(start, end)
        found = [one for one in self.words.meanings(typed if "ء" in typed else key) if one[0] in READINGS]
        if not found and " " not in key and not key.isascii():
            found = self._inflected(key)
        for group in dict.fromkeys(group for group, _ in found):
            meanings = tuple(meaning for one, meaning in found if one == group)
            role = ROLES.get(group, group)
            if group == "attributes" and meanings[0] not in COUNTED:
                role = "filler"
            has_key = role in ("kind", "status", "attribute")
            value = key if role == "aspect" else (key, meanings) if has_key else meanings[0]
            yield self._segment(start, end, COSTS[group], role, value)
            if value == "not" and (both := self._literally(start, end)):
                yield both

    def _inflected(self, key: str) -> list[tuple[str, str]]:
        """What an Arabic word is behind a clitic or in another form, unless it is a word of a name as it stands."""
        from factcli.text.inflection import bases

        stems = without_clitics(key)
        behind_clitics = [base for stem in stems for base in bases(stem)]
        for variant in (*stems, *bases(key), *behind_clitics):
            groups = tuple(ROLES) if variant in stems else INFLECTED_GROUPS
            found = [one for one in self.words.meanings(variant) if one[0] in groups]
            if found and not (variant in behind_clitics and self._is_word(key)):
                return found
        return []

    def _is_word(self, key: str) -> bool:
        """Whether an Arabic word as it stands is one of a name or has synonyms."""
        return key in self.index.arabic.name_words or self.index.has_synonyms(key)

    def _literally(self, start: int, end: int) -> Segment | None:
        """A word of exclusion and the word behind it where a text has the two together: guided without wires."""
        if end >= len(self.tokens) or not self.tokens[end].key:
            return None
        phrase = " ".join(token.key for token in self.tokens[start : end + 1] if token.key)
        has_phrase = any(self.index.of(phrase).with_phrase(phrase))
        return self._segment(start, end + 1, COSTS["word"], "word", phrase) if has_phrase else None

    # -- amounts and designations

    def _amounts(self, start: int) -> Iterator[Segment]:
        key = self.tokens[start].key
        may_begin = key[:1].isdigit() or key == "us" or self.tokens[start].text in AMOUNT_SIGNS
        groups = {one.group for one in (*self.phrases.at(start), *self.phrases.behind_clitics(start))}
        if not may_begin and groups.isdisjoint(("comparisons", "numbers")):
            return
        from factcli.search.amounts import read_amount

        if key in self.index.of(key).name_words and not key.isdigit() and "comparisons" not in groups:
            return
        if amount := read_amount(self.phrases, start):
            cost = COSTS["number" if amount[1].is_bare else "amount"]
            yield self._segment(start, amount[0], cost, "amount", amount[1])

    def _designations(self, start: int) -> Iterator[Segment]:
        """Words and numbers that hyphens join to a designation (F-16, BGM-71F): one word, as it is written."""
        end = start + 1
        while end + 1 < len(self.tokens) and self.tokens[end].text == "-" and self.tokens[end].glued:
            if not self.tokens[end + 1].key or not self.tokens[end + 1].glued:
                break
            end += 2
        yield from self._spaced(start)
        end = max(end, self._end_of_letters(start))
        keys = [token.key for token in self.tokens[start:end] if token.key]
        if len(keys) > 1 and any(char.isdigit() for key in keys for char in key):
            yield self._segment(start, end, COSTS["designation"], "word", " ".join(keys))

    def _spaced(self, start: int) -> Iterator[Segment]:
        """Names with numbers, whatever blanks and hyphens they have: BGM71F7RF, TOW 2 B."""
        written = ""
        for at, token in enumerate(self.tokens[start : start + MAX_NAME_WORDS], start):
            if not token.key and token.text not in INSIDE_NAMES:
                return
            written += token.key
            if any(map(str.isdigit, written)) and (key := self.index.of(written).designations.get(written)):
                yield self._segment(start, at + 1, COSTS["name"], "name", key)

    def _end_of_letters(self, start: int) -> int:
        """Where a run of numbers and names of letters ends, hyphens between them or not: بي جي إم-71 إيه."""
        end, has_letter = start, False
        for at, token in enumerate(self.tokens[start:], start):
            is_letter = bool(self.words.meaning("letters", token.key))
            has_letter = has_letter or is_letter
            if is_letter or token.key.isdigit():
                end = at + 1
            elif token.text != "-":
                break
        return end if has_letter else start


# -- from segments to clauses


def resolve(segments: list[Segment], parser: _Parser) -> Question:
    """The question of the segments: `or`, `not`, enumerations and nationalities resolved."""
    readings = [one.reading for one in segments]
    if all(reading.role in ("filler", "sign") for reading in readings):
        readings = [parser.month(segment) or segment.reading for segment in segments]
    if any(reading.role == "partner" for reading in readings):
        from factcli.search.nationality import tie_nationalities

        readings = tie_nationalities(readings, parser.index)
    readings = [reading for reading in readings if reading.value or reading.role != "sign"]
    clauses: list[Clause] = []
    order, joint, negated, is_list = "", "", False, False
    for reading in readings:
        operator = reading.value if reading.role in ("operators", "sign") else ""
        if operator:
            negated = negated or operator == "not"
            is_list = reading.role == "operators" if operator == "not" else is_list
            joint = operator
            continue
        if reading.role == "filler":
            continue
        if reading.role == "order":
            order = str(reading.value)
            continue
        if is_list and clauses and clauses[-1].negated and clauses[-1].any_of[0].role == reading.role:
            negated = negated or joint == "and" or _begins_with_and(reading.words)
        clause = Clause((reading,), negated)
        if clauses and joins(clauses[-1], clause, joint):
            clauses[-1] = clauses[-1]._replace(any_of=(*clauses[-1].any_of, reading))
        else:
            clauses.append(clause)
        joint, negated = "", False
    if not clauses and not order and not asks_for_everything(readings):
        readings = [one._replace(role="word", value=fold(one.words)) for one in readings if fold(one.words)]
        clauses = [Clause((reading,)) for reading in readings]
    return Question(tuple(clauses), tuple(one for one in readings if one.role != "sign"), order)


def _begins_with_and(words: str) -> bool:
    """Whether an Arabic word has the conjunction و in front."""
    return fold(words)[:1] == "و"


def joins(before: Clause, clause: Clause, joint: str) -> bool:
    """Whether a clause is an alternative of the one before: joined by `or`, or an enumeration of what is exclusive."""
    if clause.negated or (before.negated and joint != "or"):
        return False
    role, former = clause.any_of[0].role, before.any_of[-1].role
    return joint == "or" or (joint == "and" and role == former and role in SINGLE_VALUED)


def asks_for_everything(readings: list[Reading]) -> bool:
    """Whether fillers alone ask for all facts, rather than for what has them as words.

    Raises UsageError where there are only words that join or introduce others.
    """
    spoken = [reading for reading in readings if fold(reading.words)]
    if all(reading.role == "operators" or reading.value in JOINING for reading in spoken):
        words = " ".join(reading.words for reading in spoken)
        raise UsageError(f"QUERY: {words!r} only joins or introduces other words; name what to look for")
    return any(reading.value in EVERYTHING for reading in spoken)
