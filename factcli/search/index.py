"""What a set of facts can be asked for: one word or phrase in, the facts it meets out, each with field, how and score.

A word can be a name (of a party, of a partner country), a kind, a status, a date, a number, or something that titles
and notes say. All is exact up to folding, inflection and meaning; nothing is guessed here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, Span, span, years
from factcli.lexicon import Lexicon
from factcli.model import Entity, Facts, Match
from factcli.text import fold, folds, has_latin, script
from factcli.text import inflection as inflect
from factcli.text.clitics import without_clitics

Matches = dict[int, Match]
"""The facts that a word met, by position, each with its best match."""

TAKES_PART = {"country", "organization", "company", "person", "fund"}
"""Types of entity that can be a partner; places, exercises and equipment cannot."""

EQUAL, CLITIC, PART = 100.0, 97.0, 90.0
"""Score of a name: equal after folding, equal without a clitic or the article, one or more whole words of it."""

KIND, DATE, IDENTIFIER = 95.0, 95.0, 95.0
SAID = {"title": 88.0, "note": 75.0, "date_note": 70.0, "id": 85.0}
"""Score of a word in the text of a fact, by field; what a fact is called tells more than what is told about it."""

TITLES, NOTES, TEXTS = ("title",), ("title", "note"), ("title", "note", "date_note")
"""The fields in which words are looked for: what a fact is called, what is said of it, and of its date as well."""

DOUBLING = "\u0651"
POSSESSIVE = ("'s", "’s")
ANY_SCRIPT = ""

INFLECTED, MEANT, BEGUN = 3.0, 8.0, 6.0
"""What a word in text loses when it is inflected, when another word says the same, when it is left unfinished."""


class Name(NamedTuple):
    """One name of an entity, or of a country that takes part: its text, whether it is an alias, whose it is."""

    text: str
    alias: bool
    facts: tuple[int, ...]
    field: str


Names = dict[str, list[Name]]
"""Names by their folded form."""


class Piece(NamedTuple):
    """A text of a fact: which fact, which field, the text as it is written."""

    fact: int
    field: str
    text: str


class Index:
    """`facts` by what they can be asked for, in the words of `lexicon`. Each part is made when first asked for."""

    def __init__(self, facts: Facts, lexicon: Lexicon, parties_only: bool = False) -> None:
        self.facts = facts
        self.lexicon = lexicon
        self.parties_only = parties_only
        self._name_pages: dict[str, Page] = {}
        self._pages: dict[tuple[str, tuple[str, ...]], Page] = {}

    # -- names

    @cached_property
    def by_country(self) -> dict[str, tuple[int, ...]]:
        return _grouped((code, i) for i, fact in enumerate(self.facts.facts) for code in fact["partners"])

    @cached_property
    def by_entity(self) -> dict[str, tuple[int, ...]]:
        return _grouped((party["entity"], i) for i, fact in enumerate(self.facts.facts) for party in fact["parties"])

    @cached_property
    def latin_names(self) -> Names:
        """The names that have a letter or digit which is not Arabic, by their folded form."""
        return by_key(list(self._entity_names("latn")))

    @cached_property
    def arabic_names(self) -> Names:
        return by_key(list(self._entity_names("arab")))

    @cached_property
    def names(self) -> Names:
        """Every name of every entity that takes part in a fact, by its folded form."""
        return by_key(list(self._entity_names("")))

    def names_like(self, key: str) -> Names:
        """The names that can be or have `key`: one without a letter of its script cannot, and is not folded for it."""
        return {"latn": lambda: self.latin_names, "arab": lambda: self.arabic_names}.get(
            script(key), lambda: self.names
        )()

    def _entity_names(self, kind: str) -> Iterator[Name]:
        for entity, indexes in self.by_entity.items():
            known = self.facts.entities.get(entity)
            if known is None:
                yield Name(entity, True, indexes, "party")
            elif not self.parties_only or known["type"] in TAKES_PART:
                facts = self._with_country(known, indexes)
                names = known["name"].values()
                yield from (Name._make((text, False, facts, "party")) for text in names if can_have(text, kind))
                aliases = known["aliases"]
                yield from (Name._make((text, True, facts, "party")) for text in aliases if can_have(text, kind))

    def _with_country(self, entity: Entity, indexes: tuple[int, ...]) -> tuple[int, ...]:
        """The facts an entity takes part in; a country in those of its partners as well."""
        if entity["type"] != "country" or not entity["country"]:
            return indexes
        return tuple(sorted({*indexes, *self.by_country.get(entity["country"], ())}))

    def name_matches(self, word: str) -> Matches:
        """Facts with a party or partner of exactly this name, in any language, or this country code in capitals."""
        return self._name_matches(word, fold(word), EQUAL)

    def name_matches_without_clitic(self, word: str) -> Matches:
        """Facts whose party or partner is called so, but for the article or a clitic: لتركيا, الاتراك, Oman's."""
        key = fold(word)
        first, _, rest = key.partition(" ")
        bare = [f"{variant} {rest}".strip() for variant in without_clitics(first)]
        bare += [fold(word[:-2])] if word.casefold().endswith(POSSESSIVE) else []
        met = best(*(self._name_matches(word, variant, CLITIC, "clitic") for variant in bare))
        return met or self._name_matches_with_articles(word, key)

    def _name_matches_with_articles(self, word: str, key: str) -> Matches:
        """Names that differ from `key` in articles alone: خنجر حد is خنجر الحد."""
        if script(key) != "arab":
            return {}
        names = self.names_like(key)
        found = self.names_page(key).found("\n" + inflect.inflected(key) + "(?= \n)")
        return best(*(self.matches_of(word, names[piece.text], CLITIC, "clitic") for piece, _ in found))

    def names_page(self, key: str) -> Page:
        """The names that can have `key`, to be searched for a part of them."""
        kind = script(key)
        if kind not in self._name_pages:
            names = list(self.names_like(key))
            self._name_pages[kind] = Page([Piece(at, "party", name) for at, name in enumerate(names)], names)
        return self._name_pages[kind]

    def _name_matches(self, word: str, key: str, score: float, how: str | None = None) -> Matches:
        names = self.matches_of(word, self.names_like(key).get(key, ()), score, how)
        return best(names, self._countries(word, key, score, how))

    def _countries(self, word: str, key: str, score: float, how: str | None = None) -> Matches:
        """Facts in which the country takes part that has this folded name or, for the word as typed, this code."""
        codes = self.lexicon.countries_named(key) or self._coded(word, key)
        return self.matches_of(
            word, [Name(word, False, self.by_country.get(c, ()), "partner") for c in codes], score, how
        )

    def _coded(self, word: str, key: str) -> tuple[str, ...]:
        """The country with this ISO code; in a free question only in capitals, since `in` and `so` are words."""
        return self.lexicon.country_coded(key) if self.parties_only or word.strip().isupper() else ()

    def matches_of(self, word: str, names: Iterable[Name], score: float, how: str | None = None) -> Matches:
        return best(
            {fact: Match(word, score, name.field, name.text, how or _how_equal(word, name)) for fact in name.facts}
            for name in names
        )

    def is_function_word(self, word: str) -> bool:
        """Whether a word only joins others, and is neither the name nor the code of anything: `in`, but not `IN`."""
        return self.lexicon.is_function_word(word) and not self._coded(word, fold(word)) and not self.name_matches(word)

    def differs_by_shadda(self, word: str) -> bool:
        """Whether only a doubling mark tells a word from a name that facts have, and none has it so: عمّان."""
        if DOUBLING not in word:
            return False
        from factcli.names.tokens import shadda_variant

        variant = shadda_variant(word)
        return bool(variant) and not any(shadda_variant(n.text) == variant for n in self.names.get(fold(word), ()))

    def is_known_country(self, word: str) -> bool:
        """Whether a word is the name of a country, or has one behind a clitic, wherever that country is told of."""
        key = fold(word)
        return any(self.lexicon.countries_named(k) for k in (key, *without_clitics(key)))

    def name_part_matches(self, word: str) -> Matches:
        """Facts with a party whose name has these words among others, together and in order."""
        key = fold(word)
        return self._partly(word, inflect.inflected(key), key, PART, "part")

    def _partly(self, word: str, pattern: str, key: str, score: float, how: str) -> Matches:
        """Facts with a party that has a name, of those that can have `key`, in which `pattern` is found."""
        names = self.names_like(key)
        keys = {piece.text for piece, _ in self.names_page(key).found(pattern)}
        return best(self.matches_of(word, names[key], score, how) for key in sorted(keys))

    # -- what a fact is

    def kind_matches(self, word: str) -> Matches:
        """Facts of the kind, or of the status, that the word means, in any language and number."""
        keys = [fold(word), *without_clitics(fold(word))]
        kinds = next(filter(None, map(self.lexicon.kinds_named, keys)), set())
        statuses = next(filter(None, map(self.lexicon.statuses_named, keys)), set())
        return self._of_kind(word, kinds, statuses, KIND)

    def _of_kind(self, word: str, kinds: set[str], statuses: set[str], score: float) -> Matches:
        facts = list(enumerate(self.facts.facts))
        return best(
            {i: Match(word, score, "kind", f["kind"], "meaning") for i, f in facts if f["kind"] in kinds},
            {i: Match(word, score, "status", str(f["status"]), "meaning") for i, f in facts if f["status"] in statuses},
        )

    def date_matches(self, word: str) -> Matches:
        """Facts dated in the year, in the month or on the day of a month that the word names."""
        key = fold(word)
        if asked := period_in_digits(word):
            return self._date_matches(word, lambda date: is_within(span(date), asked))
        if days := self._days(key):
            return self._date_matches(word, lambda date: _day(date) in days)
        if key.isdigit() and len(key) == 4:
            return self._date_matches(word, lambda date: int(key) in years(date))
        months = self.lexicon.months_named(key)
        return self._date_matches(word, lambda date: _month(date) in months) if months else {}

    def amount(self, word: str) -> float | None:
        """The number that a word, or a number and its magnitude, is."""
        if not has_digit(word):
            return None
        from factcli.text.numbers import parse_amount

        return parse_amount(word, self.lexicon.magnitudes)

    def amount_matches(self, word: str) -> Matches:
        """Facts with a number of that value, whatever of: `301`, `$70m`, `2.7 billion`."""
        value = self.amount(word)
        if value is None:
            return {}
        return {
            i: Match(word, IDENTIFIER, "numbers", str(number["what"]), "exact")
            for i, fact in enumerate(self.facts.facts)
            for number in fact["numbers"]
            if number.get("value") == value
        }

    def is_day(self, key: str) -> bool:
        """Whether folded words are a day and the name of its month, in either order."""
        return bool(self._days(key))

    def _days(self, key: str) -> list[str]:
        """The days, as month and day, that `5 feb` or `feb 5` names; none for other words."""
        first, last = key.partition(" "), key.rpartition(" ")
        for day, month in ((first[0], first[2]), (last[2], last[0])):
            if day.isdigit() and len(day) <= 2:
                return [f"{one}-{day:0>2}" for one in self.lexicon.months_named(month)]
        return []

    def _date_matches(self, word: str, fits: Callable[[str], bool]) -> Matches:
        return {
            i: Match(word, DATE, "date", fact["date"], "exact")
            for i, fact in enumerate(self.facts.facts)
            if fact["date"] and fits(fact["date"])
        }

    # -- what is said of a fact

    def page(self, kind: str, fields: tuple[str, ...] = TEXTS) -> Page:
        """The texts in which a word of the script `kind` can be: those without a letter of it are not folded for it."""
        if (kind, fields) not in self._pages:
            pieces = [piece for piece in self._pieces(fields) if can_have(piece.text, kind)]
            self._pages[kind, fields] = Page(pieces)
        return self._pages[kind, fields]

    def _pieces(self, fields: tuple[str, ...]) -> Iterator[Piece]:
        for i, fact in enumerate(self.facts.facts):
            yield Piece._make((i, "id", fact["id"]))
            for field in fields:
                for lang, text in (fact[field] or {}).items():  # type: ignore[literal-required]
                    yield Piece._make((i, f"{field}.{lang}", text))

    def text_matches(self, word: str, fields: tuple[str, ...] = TEXTS, exact: bool = False) -> Matches:
        """Facts whose texts have the phrase, its words together; inflected as well, unless `exact`."""
        key = fold(word)
        pattern = inflect.equal(key) if exact else inflect.inflected(key)
        return self._text_matches(word, pattern, self.page(script(key), fields), key)

    def number_matches(self, word: str, fields: tuple[str, ...] = TEXTS) -> Matches:
        """Facts whose texts have the number that the word is, in digits or in words of either language."""
        same = self._same_number(word)
        pattern = "|".join(map(inflect.uninflected, same))
        return self._text_matches(word, pattern, self.page(ANY_SCRIPT, fields), fold(word)) if same else {}

    def is_date(self, word: str) -> bool:
        """Whether a word is a year or the name of a month, or words are a day of one."""
        key = fold(word)
        is_year = key.isdigit() and len(key) == 4
        return is_year or bool(self.lexicon.months_named(key) or period_in_digits(word)) or self.is_day(key)

    def is_number(self, word: str) -> bool:
        """Whether a word is a number, which is never another one inflected, left unfinished or misspelt."""
        return bool(self._same_number(word))

    def _same_number(self, word: str) -> list[str]:
        keys = (fold(word), *without_clitics(fold(word)))
        return next(filter(None, map(self.lexicon.numbers_like, keys)), [])

    def synonym_matches(self, word: str) -> Matches:
        """Facts that have, are or are told by another word, of either language, for the same thing."""
        meanings = self._meanings(word)
        same = [one for meaning in meanings for one in self.lexicon.words_for(meaning) if one != fold(word)]
        return best(
            (self._countries(word, one, EQUAL - MEANT, "meaning") for one in same),
            (self._of_kind(word, {meaning}, set(), KIND - MEANT) for meaning in meanings),
            (self._of_type(word, meaning) for meaning in meanings),
            (self._with_number(word, meaning) for meaning in meanings),
            self._text_matches(word, any_of(same), self.page(ANY_SCRIPT), "", "meaning", MEANT) if same else {},
            self._partly(word, any_of(same), "", PART - MEANT, "meaning") if same else {},
        )

    def _meanings(self, word: str) -> list[str]:
        """What a word, or the words of a phrase, mean in any form, with the article or a clitic."""
        first, blank, rest = fold(word).partition(" ")
        variants = [first, *without_clitics(first)]
        forms = [[one + blank + rest] if blank else inflect.bases(one) for one in variants]
        found = (set().union(*map(self.lexicon.meanings, bases)) for bases in forms)
        return sorted(next(filter(None, found), set()))

    def _of_type(self, word: str, kind: str) -> Matches:
        """Facts with a party of this type of entity: the contracts with Aselsan are contracts with a company."""
        entities = [e for e in self.facts.entities.values() if e["type"] == kind and e["id"] in self.by_entity]
        names = [Name(e["id"], True, self.by_entity[e["id"]], "party") for e in entities]
        return self.matches_of(word, names, PART - MEANT, "meaning")

    def _with_number(self, word: str, what: str) -> Matches:
        """Facts with a number of this sort: what a sale is worth is told by any value."""
        return {
            i: Match(word, KIND - MEANT, "numbers", what, "meaning")
            for i, fact in enumerate(self.facts.facts)
            if any(number.get("what") == what for number in fact["numbers"])
        }

    def clitic_matches(self, word: str, fields: tuple[str, ...] = TEXTS) -> Matches:
        """Facts whose texts have the word without the one letter in front of it that may be a clitic."""
        variants = without_clitics(fold(word))
        return (
            self._text_matches(word, any_of(variants), self.page("arab", fields), "", "clitic", MEANT)
            if variants
            else {}
        )

    def prefix_matches(self, word: str) -> Matches:
        """Facts whose texts have a word that begins so."""
        if self.is_number(word):
            return {}
        return self._text_matches(
            word, inflect.beginning(fold(word)), self.page(script(fold(word))), "", "prefix", BEGUN
        )

    def _text_matches(
        self, word: str, pattern: str, page: Page, key: str, how: str = "inflected", loss: float = INFLECTED
    ) -> Matches:
        """Facts whose texts have `pattern`; where they have `key` itself, nothing is lost."""
        return best(
            {piece.fact: self._match_in_text(word, piece, text, how, loss) if text != key else
             self._match_in_text(word, piece, text, "folded", 0.0)}
            for piece, text in page.found(pattern)
        )  # fmt: skip

    def _match_in_text(self, word: str, piece: Piece, text: str, how: str, loss: float) -> Match:
        return Match(word, SAID[piece.field.partition(".")[0]] - loss, piece.field, text, how)

    # -- all names

    @cached_property
    def names_of_script(self) -> dict[str, tuple[list[Name], list[str]]]:
        """The names in use and their texts, by script; the lists stay the same, so that names are prepared once."""
        by_script = {kind: [n for n in self.names_in_use if script(n.text) == kind] for kind in ("latn", "arab")}
        return {kind: (names, [name.text for name in names]) for kind, names in by_script.items()}

    @cached_property
    def names_in_use(self) -> list[Name]:
        """The names of parties, and what the countries that take part are called."""
        countries = [
            Name(text, False, facts, "partner")
            for code, facts in self.by_country.items()
            for text in self.lexicon.country_name(code).values()
        ]
        return [*(name for told in self.names.values() for name in told), *countries]


def has_digit(word: str) -> bool:
    return any(char.isdecimal() for char in word)


def period_in_digits(word: str) -> Span | None:
    """The first and the last day of a month or day as `2025-02` and `2025-02-05`, in the digits of any script."""
    if "-" not in word or not has_digit(word):
        return None
    from factcli.dates.expressions import period

    try:
        return period(word)
    except DateError:
        return None


def is_within(dates: Span, asked: Span) -> bool:
    """Whether no day of the dates may lie outside what is asked for."""
    if dates.start is None or dates.end is None or asked.start is None or asked.end is None:
        return False
    return asked.start <= dates.start and dates.end <= asked.end


class Page:
    """Many texts as one folded string, so that one pattern is searched once: each between blanks, on its own line."""

    def __init__(self, pieces: list[Piece], keys: list[str] | None = None) -> None:
        self.pieces = pieces
        keys = folds([piece.text for piece in pieces]) if keys is None else keys
        self.text = "".join(f"\n {key} " for key in keys) + "\n"
        self.starts = [0, *accumulate(len(key) + 3 for key in keys)][:-1]

    def found(self, pattern: str) -> Iterator[tuple[Piece, str]]:
        """The pieces in which `pattern` occurs, each with the words it met."""
        for match in re.finditer(pattern, self.text):
            yield self.pieces[bisect_right(self.starts, match.start()) - 1], match[0].strip()


def can_have(text: str, kind: str) -> bool:
    """Whether a text may have a letter that a word of the script `kind` could meet."""
    if kind == "latn":
        return text.isascii() or has_latin(text)
    return kind != "arab" or not text.isascii()


def by_key(names: list[Name]) -> Names:
    """Names by their folded form."""
    found: Names = {}
    for key, name in zip(folds([name.text for name in names]), names, strict=True):
        found.setdefault(key, []).append(name)
    return found


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of several phrases, inflected."""
    return "|".join(map(inflect.inflected, phrases))


def best(*many: Matches | Iterable[Matches]) -> Matches:
    """For each fact the best of several matches; of equals, the first."""
    together: Matches = {}
    for met in _flat(many):
        for fact, match in met.items():
            if fact not in together or match.score > together[fact].score:
                together[fact] = match
    return together


def _flat(many: Iterable[Matches | Iterable[Matches]]) -> Iterator[Matches]:
    for one in many:
        if isinstance(one, dict):
            yield one
        else:
            yield from one


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    grouped: dict[str, dict[int, None]] = {}
    for key, fact in pairs:
        grouped.setdefault(key, {})[fact] = None
    return {key: tuple(facts) for key, facts in grouped.items()}


def _how_equal(word: str, name: Name) -> str:
    if word == name.text:
        return "exact"
    return "alias" if name.alias else "folded"


def _day(date: str) -> str:
    """The month and day, as digits, of a date that is one day; empty for any other."""
    start, end = span(date)
    return start[5:] if start and start == end else ""


def _month(date: str) -> str:
    """The month, as two digits, that a date lies in; empty where it is longer or shorter than one month."""
    start, end = span(date)
    return start[5:7] if start and end and start[:7] == end[:7] else ""
