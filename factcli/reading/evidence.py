"""Evidence: whether the values of a fact stand in the passage that it cites.

First the passage is located: the sentence with the digest, else the quote, equal after folding (typography, blanks,
marks) and in one place. Likeness is no evidence, since a negation hardly changes it. Then each value of the fact is
compared with the values of the cited sentences, and of the article where it is not among them:

- the date by its days, with the day of publication known; an inferred one must have its note and must not be
  contradicted;
- numbers with their currency or unit of time; a bound needs the words of one;
- partners by the name, adjective or capital of the country, or by an institution of it that the fact file knows;
- parties by any name of the entity.

What this cannot see: two values of one sentence in each other's place, and what a sentence says about its values. A
sentence that denies a fact has the values of the fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, span
from factcli.lexicon import is_money
from factcli.reading.names import Gazetteer
from factcli.reading.values import SentenceReader, Value, read_sentences
from factcli.text import fold

FOUND, NOT_FOUND, WRONG_DIGEST, NO_QUOTE, AMBIGUOUS = "found", "not-found", "wrong-digest", "no-quote", "ambiguous"
SUPPORTED, IN_ARTICLE, CONTRADICTED = "supported", "in-article", "contradicted"

UNITS_OF_TIME = {
    "year": ("year", "عام", "سن"), "month": ("month", "شه", "اشه"), "week": ("week", "اسب", "اساب"),
    "day": ("day", "يوم", "ايام", "يوما"), "hour": ("hour", "ساع"), "minute": ("minute", "دق"),
}  # fmt: skip
"""How the words for the units of duration begin, folded."""

MAX_QUOTE_SENTENCES = 3

Record = Mapping[str, Any]


class Field(NamedTuple):
    """The verdict on one value of a fact, and what stands in the text for it, or instead of it."""

    field: str
    value: Any
    verdict: str
    found: str | None = None
    unit: str | None = None
    is_inferred: bool = False


class Evidence(NamedTuple):
    """The verdicts on one fact: on its quotes, and on each value; where the passage stands."""

    id: str
    source: str
    paragraph: int | None
    sentence: int | None
    quote: str
    fields: list[Field]

    @property
    def is_supported(self) -> bool:
        """Whether the passage was located and every value stands in it."""
        return self.quote in (FOUND, NO_QUOTE) and all(field.verdict == SUPPORTED for field in self.fields)


class Article:
    """A source's text, read once: its sentences and the values of each."""

    def __init__(self, text: str, published: str, gazetteer: Gazetteer) -> None:
        self.text = text
        read = read_sentences(text, published, has_durations=True)
        self.readers = [reader for reader, _ in read]
        self.values = [values for _, values in read]
        self.sentences = [reader.place for reader in self.readers]
        self.numbers = {(place.paragraph, place.number): at for at, place in enumerate(self.sentences)}
        self.keys = [fold(text[place.start : place.end]) for place in self.sentences]
        self.entities = [self._entities(reader, gazetteer) for reader in self.readers]
        named = Counter(str(value.value) for values in self.values for value in values if value.slot == "country")
        self.two_states = frozenset(code for code, _ in named.most_common(2))
        self.whole = range(len(self.sentences))

    def _entities(self, reader: SentenceReader, gazetteer: Gazetteer) -> dict[str, str]:
        """The entities that a sentence names, each with the words for it."""
        found: dict[str, str] = {}
        for at in range(len(reader.tokens)):
            if reader.tokens[at].key:
                for end, ident, _ in gazetteer.find_all(reader.tokens, at):
                    words = self.text[reader.tokens[at].start : reader.tokens[end - 1].end]
                    found.setdefault(ident, words)
        return found

    def locate(self, locator: Record) -> tuple[str, list[int]]:
        """The verdict on the quote of a locator, and the sentences that it cites."""
        at = self.numbers.get((locator.get("paragraph") or 0, locator.get("sentence") or 0))
        quote, digest = locator.get("quote"), locator.get("digest")
        if quote:
            return self._quoted(str(quote), at)
        if digest:
            return self._digested(str(digest), at)
        if at is not None:
            return NO_QUOTE, [at]
        paragraph = [one for one in self.whole if self.sentences[one].paragraph == locator.get("paragraph")]
        is_whole_paragraph = bool(paragraph) and not locator.get("sentence")
        return (NO_QUOTE, paragraph) if is_whole_paragraph else (NOT_FOUND, [])

    def _digested(self, digest: str, at: int | None) -> tuple[str, list[int]]:
        places = [one for one in self.whole if self._digest(one).startswith(digest)]
        if at in places and at is not None:
            return FOUND, [at]
        return (FOUND, places) if len(places) == 1 else (WRONG_DIGEST, [])

    def _digest(self, at: int) -> str:
        place = self.sentences[at]
        return sha256(self.text[place.start : place.end].encode("utf-8", "surrogatepass")).hexdigest()

    def _quoted(self, quote: str, at: int | None) -> tuple[str, list[int]]:
        """The sentences that a quote stands in: the one at the locator if it does, else the only place."""
        key = fold(quote)
        if not key:
            return NOT_FOUND, []
        places = [found for start in self.whole if (found := self._run_with(key, start))]
        if at is not None and (here := [found for found in places if at in found]):
            return FOUND, here[0]
        if len(places) > 1:
            return AMBIGUOUS, []
        return (FOUND, places[0]) if places else (NOT_FOUND, [])

    def _run_with(self, key: str, start: int) -> list[int]:
        """The shortest run of sentences from one on that holds a key, which begins in the first of them."""
        whole = f" {self.keys[start]} "
        if f" {key} " in whole:
            return [start]
        for end in range(start + 1, min(start + MAX_QUOTE_SENTENCES, len(self.keys))):
            if self.sentences[end].paragraph != self.sentences[start].paragraph:
                break
            whole += f"{self.keys[end]} "
            place = whole.find(f" {key} ")
            if 0 <= place < len(self.keys[start]) and f" {key} " not in whole[len(self.keys[start]) + 1 :]:
                return list(range(start, end + 1))
        return []

    def slot(self, name: str, places: Sequence[int]) -> list[Value]:
        """The values of a slot in some sentences."""
        return [value for at in places for value in self.values[at] if value.slot == name]


class Checker:
    """Checks facts against the texts of their sources."""

    def __init__(self, texts: Mapping[str, str], sources: Mapping[str, Record], entities: Mapping[str, Record]) -> None:
        """`texts` by the id of the source; the records of the sources say when they were published."""
        self._texts, self._sources, self._records = texts, sources, entities
        self._gazetteer = Gazetteer(entities.values())
        self._articles: dict[str, Article] = {}

    def cites_text(self, fact: Record) -> bool:
        """Whether a fact cites a source whose text is given."""
        return any(locator.get("source") in self._texts for locator in fact.get("sources") or ())

    def check(self, fact: Record) -> Evidence:
        """The verdicts on a fact, from the sources whose texts are given."""
        cited: list[tuple[Article, list[int]]] = []
        verdicts: list[str] = []
        place: tuple[str, int | None, int | None] = ("", None, None)
        for locator in fact.get("sources") or ():
            if locator["source"] not in self._texts:
                continue
            article = self._article(locator["source"])
            verdict, found = article.locate(locator)
            verdicts.append(verdict)
            cited.append((article, found))
            if not place[0]:
                here = article.sentences[found[0]] if found else None
                place = (locator["source"], here.paragraph if here else locator.get("paragraph"),
                         here.number if here else locator.get("sentence"))  # fmt: skip
        worst = next((one for one in (NOT_FOUND, WRONG_DIGEST, AMBIGUOUS, FOUND) if one in verdicts), NO_QUOTE)
        return Evidence(str(fact.get("id") or ""), *place, worst, list(self._fields(fact, cited)))

    def _article(self, source: str) -> Article:
        if source not in self._articles:
            published = publication_day(self._sources.get(source) or {})
            self._articles[source] = Article(self._texts[source], published, self._gazetteer)
        return self._articles[source]

    def _fields(self, fact: Record, cited: list[tuple[Article, list[int]]]) -> Iterator[Field]:
        if fact.get("date"):
            is_inferred = fact.get("date_basis") == "inferred" and bool(fact.get("date_note"))
            yield _date(str(fact["date"]), is_inferred, cited)
        for number in fact.get("numbers") or ():
            yield _number(number, cited)
        for code in fact.get("partners") or ():
            yield self._partner(code, cited)
        for party in fact.get("parties") or ():
            yield self._party(party["entity"], cited)

    def _partner(self, code: str, cited: list[tuple[Article, list[int]]]) -> Field:
        for article, places in cited:
            for at in places:
                if words := self._country_words(article, at, code):
                    return Field("partner", code, SUPPORTED, words)
        for article, _ in cited:
            for at in article.whole:
                if words := self._country_words(article, at, code):
                    return Field("partner", code, IN_ARTICLE, words)
        return Field("partner", code, NOT_FOUND)

    def _country_words(self, article: Article, at: int, code: str) -> str:
        """The words of a sentence that name a country: its name, adjective, capital, institution; the two countries."""
        for value in article.slot("country", [at]):
            if value.value == code:
                return value.text
        phrases = article.readers[at].phrases
        for start in range(len(phrases.tokens)):
            for phrase in (*phrases.at(start), *phrases.behind_clitics(start)):
                is_capital = phrase.group == "capitals" and phrase.meaning == code
                if is_capital or (phrase.group == "two states" and code in article.two_states):
                    return article.text[phrases.tokens[start].start : phrases.tokens[phrase.end - 1].end]
        for ident, words in article.entities[at].items():
            if (self._records.get(ident) or {}).get("country") == code:
                return words
        return ""

    def _party(self, ident: str, cited: list[tuple[Article, list[int]]]) -> Field:
        record = self._records.get(ident) or {}
        for verdict in (SUPPORTED, IN_ARTICLE):
            for article, places in cited:
                for at in places if verdict == SUPPORTED else article.whole:
                    words = article.entities[at].get(ident, "")
                    if not words and record.get("type") == "country" and record.get("country"):
                        words = self._country_words(article, at, record["country"])
                    if words:
                        return Field("party", ident, verdict, words)
        return Field("party", ident, NOT_FOUND)


def publication_day(source: Record) -> str:
    """The last day on which a source may have been published, as it says; empty where it does not say."""
    try:
        return span(str(source.get("issued") or "")).end or ""
    except DateError:
        return ""


def _date(edtf: str, is_inferred: bool, cited: list[tuple[Article, list[int]]]) -> Field:
    plain = "".join(char for char in edtf if char not in "~?%")
    here = [value for article, places in cited for value in article.slot("date", places)]
    if match := _dated(plain, here, may_be_day=True):
        return Field("date", edtf, SUPPORTED, match)
    others = [value for value in here if not _overlap(plain, str(value.value))]
    if is_inferred:
        is_against = bool(here) and len(others) == len(here)
        verdict = CONTRADICTED if is_against and not _dated(plain, _all(cited, "date")) else SUPPORTED
        return Field("date", edtf, verdict, others[0].text if is_against else None, is_inferred=True)
    if match := _dated(plain, _all(cited, "date")):
        return Field("date", edtf, IN_ARTICLE, match)
    if others and len(others) == len(here):
        return Field("date", edtf, CONTRADICTED, others[0].text)
    return Field("date", edtf, NOT_FOUND, here[0].text if here else None)


def _all(cited: list[tuple[Article, list[int]]], slot: str) -> list[Value]:
    """The values of a slot in the whole articles."""
    return [value for article, _ in cited for value in article.slot(slot, article.whole)]


def _dated(edtf: str, values: Sequence[Value], may_be_day: bool = False) -> str:
    """The words of a text for a date: of its days, both its ends, or, for a month, of a day in it."""
    wanted = span(edtf)
    for value in values:
        known = span(str(value.value))
        if known == wanted or (wanted.end is None and known.start == wanted.start):
            return value.text
        is_day = may_be_day and len(edtf) == 7 and len(str(value.value)) == 10 and str(value.value).startswith(edtf)
        if is_day:
            return value.text
    first, slash, last = edtf.partition("/")
    if slash and first not in ("", "..") and last not in ("", ".."):
        one, two = _dated(first, values), _dated(last, values)
        return f"{one} … {two}" if one and two else ""
    if slash:
        return _dated(first if last in ("", "..") else last, values)
    return ""


def _overlap(one: str, other: str) -> bool:
    a, b = span(one), span(other)
    return not ((a.end and b.start and a.end < b.start) or (b.end and a.start and b.end < a.start))


def _number(number: Record, cited: list[tuple[Article, list[int]]]) -> Field:
    value, unit, op = number["value"], str(number.get("unit") or ""), number.get("op") or "="
    slot = "money" if is_money(unit) else "duration" if unit in UNITS_OF_TIME else "count"
    here = [one for article, places in cited for one in article.slot(slot, places)]
    for verdict, values in ((SUPPORTED, here), (IN_ARTICLE, _all(cited, slot))):
        for one in values:
            if _same_number(one, value, unit, slot):
                if not _same_bound(op, one.op):
                    return Field("number", value, CONTRADICTED, one.text, unit)
                return Field("number", value, verdict, one.text, unit)
    alike = [one for one in here if slot == "count" or one.unit == unit]
    if len(alike) == 1:
        return Field("number", value, CONTRADICTED, alike[0].text, unit)
    return Field("number", value, NOT_FOUND, None, unit)


def _same_number(found: Value, value: float, unit: str, slot: str) -> bool:
    if not isinstance(found.value, int | float) or abs(found.value - value) > 1e-9 * max(1.0, abs(value)):
        return False
    if slot == "money":
        return found.unit == unit
    return slot == "count" or fold(found.unit).startswith(UNITS_OF_TIME[unit])


def _same_bound(wanted: str, found: str) -> bool:
    """Whether the words of a text allow the operator of a fact: a bound needs one that points the same way."""
    return wanted in ("=", "~") or found[:1] == wanted[:1]
