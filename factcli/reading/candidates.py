"""Candidate facts: what an article seems to state, to be confirmed by a reader.

Each sentence with a statement is a candidate; its date, partners and numbers are values of the sentence. A headline
goes to the sentence below it with the same statement, a sentence that only adds numbers to the one before it. Where one
speaks of `the two countries`, or of one where the kind needs two, the states are those of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.reading.names import Gazetteer
from factcli.reading.sentences import Sentence
from factcli.reading.statements import BILATERAL, Statement, statements
from factcli.reading.values import Value
from factcli.text import script

ALIKE = ({"sale", "contract", "agreement"}, {"visit", "meeting"}, {"exercise", "training"}, {"statistic", "sale"})
"""Kinds that a headline and the sentence below it may have for one event."""

CUT = 0.5
"""Confidence up to which candidates are not shown by default."""

MAX_STATES, MIN_SHARE = 3, 0.75
"""States of an article that is about two of them, and the share of those two in what it names."""

MAX_NUMBERS = 6
MAX_TITLE_LENGTH = 240
MAX_QUOTE_LENGTH = 500


class Candidate(NamedTuple):
    """A candidate fact as `import` takes it, how probable it is (0 to 1), and the values that it was made of."""

    fact: dict[str, Any]
    confidence: float
    values: list[Value]


def candidates(
    text: str, published: str = "", source: str = "article", entities: Iterable[Mapping[str, Any]] = ()
) -> list[Candidate]:
    """The candidate facts of an article in their order, those below the cut among them."""
    assembly = _Assembly(text, published, source, statements(text, published, Gazetteer(entities)))
    return assembly.candidates()


class _Assembly:
    """The statements of one article made into candidates, with what the sentences before one leave to it."""

    def __init__(self, text: str, published: str, source: str, found: list[Statement]) -> None:
        self.text, self.published, self.source, self.statements = text, published, source, found
        named = Counter(code for one in found for code in dict.fromkeys(one.countries))
        self.pair = [code for code, _ in named.most_common(2)]
        mentions = sum(named.values())
        self.is_about_two = len(named) <= MAX_STATES or sum(named[code] for code in self.pair) >= MIN_SHARE * mentions
        self.partners: Sequence[str] = self.pair
        self.day = ""
        self.statistic_date: Value | None = None
        self.exercise: Value | None = None
        self.found: list[Candidate] = []

    def candidates(self) -> list[Candidate]:
        headline = self._headline()
        for at, one in enumerate(self.statements):
            is_repeated = one is headline and any(_may_be_one_event(one, other) for other in self.statements[1:3])
            if not one.is_denied and not is_repeated:
                if at and self.found and self._is_detail(one, self.statements[at - 1].place):
                    self._add_detail(one)
                elif one.kind:
                    heading = headline if headline and at in (1, 2) and _may_be_one_event(headline, one) else None
                    self._add(one, heading)
                    headline = None if heading else headline
            self.day = self.day or _first_day(one)
        return self.found

    def _headline(self) -> Statement | None:
        """The first sentence where it is a headline: alone in its paragraph, without a full stop."""
        if not self.statements:
            return None
        place = self.statements[0].place
        is_headline = place.paragraph == 1 and self.text[place.end - 1 : place.end] not in ".!?؟…"
        return self.statements[0] if is_headline else None

    def _add(self, one: Statement, headline: Statement | None) -> None:
        places = [one.place, headline.place] if headline else [one.place]
        if headline and len(one.countries) < 2 and one.kind in BILATERAL:
            one = one._replace(countries=list(dict.fromkeys([*one.countries, *headline.countries])))
        partners = _partners(one, self.pair, self.partners, self.is_about_two)
        if len(partners) == 2:
            self.partners = partners
        date = _date(one, self.published)
        if one.kind == "statistic":
            date = self.statistic_date = date or self.statistic_date
        self.found.append(self._candidate(one, places, partners, date))

    def _is_detail(self, one: Statement, before: Sentence) -> bool:
        """Whether a sentence adds to the statement before it: numbers, but no date or state of its own."""
        fact = self.found[-1].fact
        is_next = any(
            (place["paragraph"], place["sentence"]) == (before.paragraph, before.number) for place in fact["sources"]
        )
        is_same_kind = not one.kind or (one.kind == fact["kind"] and one.kind != "statistic")
        slots = {value.slot for value in one.values if value.unit != "%"}
        has_numbers = bool(slots & {"money", "count"}) and "date" not in slots
        is_known = set(one.countries) <= set(fact["partners"])
        return is_next and is_same_kind and has_numbers and is_known and not (one.is_doubtful or one.is_noise)

    def _add_detail(self, one: Statement) -> None:
        last = self.found[-1]
        fact = {**last.fact, "sources": [*last.fact["sources"], self._locator(one.place)]}
        fact["numbers"] = [*last.fact["numbers"], *_numbers(one)][:MAX_NUMBERS]
        self.found[-1] = last._replace(fact=fact, values=[*last.values, *one.values])

    def _exercise(self, one: Statement) -> Value | None:
        """The exercise of a sentence; where it speaks of another edition, the one that was named before."""
        names = [value for value in one.values if value.slot == "name" and value.type == "exercise"]
        if names:
            self.exercise = names[0]
        return names[0] if names else self.exercise if one.is_about_same else None

    def _dating(self, one: Statement, date: Value | None) -> tuple[str | None, str, dict[str, str] | None]:
        """The date of a fact in EDTF, its basis and its note."""
        if date and date not in one.values:
            return str(date.value), "inferred", {"en": f"“{date.text}” of an earlier sentence"}
        if date and date.is_relative:
            note = f"“{date.text}” in the text, read by the day of publication, {self.published}"
            return str(date.value), "inferred", {"en": note}
        if date:
            return str(date.value), "stated", None
        if self.day and one.is_about_same:
            return self.day, "inferred", {"en": "the day that the article gives before"}
        return None, "unknown", None

    def _candidate(
        self, one: Statement, places: Sequence[Sentence], partners: list[str], date: Value | None
    ) -> Candidate:
        words = self.text[one.place.start : one.place.end]
        language = "ar" if script(words) in ("arab", "mixed") else "en"
        exercise = self._exercise(one) if one.kind == "exercise" else None
        edtf, basis, note = self._dating(one, date)
        fact: dict[str, Any] = {
            "kind": one.kind,
            "date": edtf,
            "date_basis": basis,
            "date_note": note,
            "title": {language: _shortened(" ".join(words.split()))},
            "partners": partners,
            "parties": [_party(exercise, language)] if exercise else [],
            "numbers": list(_numbers(one)),
            "status": one.status,
            "sources": [self._locator(place) for place in places],
        }
        return Candidate(fact, _confidence(one, date, partners, exercise is not None), one.values)

    def _locator(self, place: Sentence) -> dict[str, Any]:
        quote = self.text[place.start : place.end]
        digest = sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        locator = {"source": self.source, "paragraph": place.paragraph, "sentence": place.number, "digest": digest}
        return locator | ({"quote": quote} if len(quote) <= MAX_QUOTE_LENGTH else {})


def _may_be_one_event(one: Statement, other: Statement) -> bool:
    """Whether two sentences state facts of one kind, or of two that one event may have."""
    are_alike = one.kind == other.kind or any({one.kind, other.kind} <= kinds for kinds in ALIKE)
    return bool(one.kind) and are_alike and not one.is_denied and not other.is_denied


def _first_day(one: Statement) -> str:
    return next((str(value.value) for value in one.values if value.slot == "date" and len(str(value.value)) == 10), "")


def _shortened(title: str) -> str:
    return title if len(title) <= MAX_TITLE_LENGTH else title[:MAX_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _party(exercise: Value, language: str) -> dict[str, Any]:
    from factcli.records.canonical import slug

    name = str(exercise.value)
    return {"entity": slug(name, kind="exercise"), "role": "exercise", "name": {language: name}}


def _partners(one: Statement, pair: Sequence[str], last: Sequence[str], is_about_two: bool) -> list[str]:
    """The states of a fact: those of its sentence, or of the article where it speaks of two that it does not name."""
    mine = one.countries
    if len(mine) >= 2 or one.kind in ("statistic", "operation", "fund"):
        return sorted(mine) if mine or not one.has_two_states else sorted(last)
    if one.has_two_states or one.is_about_same or not mine:
        for states in (last, pair):
            if len(states) == 2 and set(mine) <= set(states):
                return sorted(states)
    if is_about_two and mine and one.kind in BILATERAL and set(mine) <= set(pair) and len(pair) == 2:
        return sorted(pair)
    return sorted(mine)


def _date(one: Statement, published: str) -> Value | None:
    """The date of a fact: the last range of a statistic; else the first one that is in keeping with its status."""
    dates = [value for value in one.values if value.slot == "date"]
    if dates and dates[0].start - one.place.start < 40 and len(dates) > 1 and str(dates[0].value) == published:
        dates = dates[1:]  # the dateline
    if not dates:
        return None
    if one.kind == "statistic":
        ranges = [value for value in dates if "/" in str(value.value)]
        return (ranges or dates)[0]
    is_future = one.status in ("planned", "expected")
    fitting = [value for value in dates if (str(value.value)[:10] > published) == is_future] if published else dates
    days = [value for value in fitting if len(str(value.value)) >= 7]
    return (days or fitting or dates)[0]


def _numbers(one: Statement) -> Iterator[dict[str, Any]]:
    """The sums and counts of a sentence as numbers of a fact, sums first."""
    sums = [value for value in one.values if value.slot == "money"]
    counts = [value for value in one.values if value.slot == "count"]
    if one.kind not in ("statistic",):
        counts = [value for value in counts if value.unit != "%"]
    for value in [*sums, *counts][:MAX_NUMBERS]:
        is_money = value.slot == "money"
        unit = (
            value.unit if is_money else "percent" if value.unit == "%" else value.unit.rpartition(" ")[2][:40] or "item"
        )
        yield {"what": "value" if is_money else "quantity", "op": value.op, "value": value.value, "unit": unit}


def _confidence(one: Statement, date: Value | None, partners: Sequence[str], has_exercise: bool) -> float:
    """How probable it is that the sentence states a fact of its kind."""
    numbers = any(value.slot in ("money", "count") for value in one.values)
    score = 0.2 + 0.05 * min(one.score, 6)
    score += 0.2 * (date is not None) + 0.1 * bool(partners) + 0.1 * numbers + 0.1 * has_exercise
    score += 0.1 * (one.status in ("signed", "delivered", "approved", "held") and date is not None)
    score -= 0.3 * one.is_doubtful + 0.35 * one.is_noise
    score -= 0.15 * (date is None and not numbers)
    return round(max(0.0, min(score, 0.99)), 2)
