"""The values of a text with their places: dates, sums of money, counts, countries and known names.

Each sentence is read by itself. A place in it belongs to one date, sum or count at most, dates first; a country may
stand inside a count (`nine Kuwaiti airmen`) and inside a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from factcli._namedtuple import NamedTuple
from factcli.dates.articles import ArticleGrammar
from factcli.lexicon.articles import ArticleWords, article_words
from factcli.reading.names import Gazetteer, names_of
from factcli.reading.sentences import Sentence, sentences
from factcli.reading.tokens import ArticlePhrases, tokens_of
from factcli.text.lexer import Token
from factcli.text.sums import Numeral, SumReader

MAX_NOUN_WORDS = 6
"""Tokens of the longest counted noun."""

MIN_COUNT = 2


class Value(NamedTuple):
    """A value, and where it stands: code points of the text, paragraph and sentence from 1.

    `slot` is date, money, count, country or name, or duration where those are asked for. `value` is an EDTF date, a
    number, an alpha-2 code, or the id of an entity or the name itself; `unit` a currency (ISO 4217) or the counted
    noun; `type` that of a named entity; `op` how a number relates to the real one: = > >= < <= ~.
    """

    slot: str
    start: int
    end: int
    text: str
    value: str | float
    unit: str = ""
    paragraph: int = 0
    sentence: int = 0
    type: str = ""
    op: str = "="
    is_relative: bool = False


class SentenceReader:
    """The dates, sums, counts and countries of one sentence."""

    has_durations = False
    """Whether durations are given as well, which are no values of an article but may be those of a fact."""

    def __init__(self, text: str, place: Sentence, words: ArticleWords, published: str, date_before: str = "") -> None:
        self.text, self.place, self.words = text, place, words
        self.tokens = tokens_of(text, place.start, place.end, words)
        self.phrases = ArticlePhrases(self.tokens, words)
        self.dates = ArticleGrammar(self.phrases, published, date_before)
        self.numbers = SumReader(self.phrases)
        self._last_currency = ""

    def values(self) -> Iterator[Value]:
        """The values in the order of the text. The currency of a shared name is that name, to be settled later."""
        at, taken = 0, set[int]()
        while at < len(self.tokens):
            found = self._value(at)
            if found:
                value, end = found
                yield value
                if value.slot == "money":
                    taken.update(range(at, end))
                at = max(end, at + 1)
            else:
                at += 1
        yield from self._countries(taken)

    def _value(self, at: int) -> tuple[Value, int] | None:
        if not self._may_begin(at):
            return None
        if money := self._money(at):
            return money
        if self.dates.may_begin_date(at) and (mention := self.dates.mention(at)):
            start = at
            while self.tokens[start].key in ("the", "in", "on", "of") and start + 1 < mention.end:
                start += 1
            value = self._make("date", start, mention.end, mention.edtf)
            if len(mention.edtf) in (4, 7, 10) and "X" not in mention.edtf and mention.edtf[5:7] <= "12":
                self.dates.date_before = mention.edtf
            return value._replace(is_relative=mention.is_relative), mention.end
        return self._count(at) or self._dual(at)

    def _may_begin(self, at: int) -> bool:
        """Whether a value may begin at a token: most are ruled out by one look."""
        text, key = self.tokens[at].text, self.tokens[at].key
        if not key:
            return text in self.words.signs
        if key[0].isdigit() or self.phrases.at(at) or key.endswith(("ان", "ين")):
            return True
        return bool(text in self.words.codes or self.phrases.behind_clitics(at))

    def _make(self, slot: str, at: int, end: int, value: str | float, unit: str = "", op: str = "=") -> Value:
        start, stop = self.tokens[at].start, self.tokens[end - 1].end
        return Value(
            slot, start, stop, self.text[start:stop], value, unit, self.place.paragraph, self.place.number, "", op
        )

    # -- sums

    def _money(self, at: int) -> tuple[Value, int] | None:
        currency, start = self._currency_before(at)
        if currency:
            number = self.numbers.numeral(start)
            if number is None:
                return None
            end = number.end
            behind = self._currency_behind(end)
            if behind and not self.tokens[end].text.isascii():
                end = behind[0]
            return self._sum(at, end, number, currency)
        number = self._numeral(at)
        if number is None:
            return None
        behind = self._currency_behind(number.end)
        if behind:
            return self._sum(at, behind[0], number, behind[1])
        if number.magnitude >= 1_000_000 and self._last_currency and not self._noun(number.end):
            return self._sum(at, number.end, number, self._last_currency)
        return None

    def _sum(self, at: int, end: int, number: Numeral, currency: str) -> tuple[Value, int]:
        self._last_currency = currency
        return self._make("money", at, end, number.value, currency, self._operator(at)), end

    def _operator(self, at: int) -> str:
        """How a number relates to the real one, by the words before it."""
        for start in range(max(0, at - 4), at):
            for phrase in self.phrases.at(start):
                if phrase.group == "comparisons" and phrase.end == at and phrase.meaning in (">", ">=", "<", "<=", "~"):
                    return phrase.meaning
        return "="

    def _currency_before(self, at: int) -> tuple[str, int]:
        """The currency of a sign or a code before a number, and where that begins."""
        token = self.tokens[at]
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if token.text in self.words.signs:
            return self.words.signs[token.text], at + 1
        if not following or not token.text[:1].isupper():
            return "", at
        if following.text == "$" and following.glued:
            letters = next((m for g, m in self.phrases.meanings(token.key) if g == "currency letters"), "")
            return (letters, at + 2) if letters else ("", at)
        if token.text in self.words.codes and (following.key[:1].isdigit() or following.text == "$"):
            return token.text, at + 1 + (following.text == "$")
        found = self.phrases.find("currencies", at)
        if found and self.tokens[at].text == "Rs":
            start = found[0] + (found[0] < len(self.tokens) and self.tokens[found[0]].text == ".")
            return found[1], start
        return "", at

    def _currency_behind(self, at: int) -> tuple[int, str] | None:
        """The currency behind a number: its name, also with the adjective of a country, or a sign."""
        if at >= len(self.tokens):
            return None
        if self.tokens[at].text in self.words.signs and not self.numbers.figures(at + 1):
            return at + 1, self.words.signs[self.tokens[at].text]
        if self.tokens[at].text in self.words.codes:
            return at + 1, self.tokens[at].text
        if found := self.phrases.find("currencies", at):
            return found[0], found[1]
        country = self.phrases.find("country", at)
        name = self.phrases.find("shared currencies", country[0] if country else at)
        if not name:
            return None
        end, shared = name
        behind = None if country else self._adjective_behind(end)
        if behind:
            end, country = behind[0], behind
        currency = self.words.currency_of[shared].get(country[1]) if country else None
        return end, currency or shared

    def _adjective_behind(self, at: int) -> tuple[int, str] | None:
        """The country of an Arabic adjective behind the name of a currency: ريالا عمانيا."""
        if at >= len(self.tokens) or self.tokens[at].text.isascii():
            return None
        found = self.phrases.find("country", at)
        if found:
            return found
        key = self.tokens[at].key
        code = self.words.meaning("country", key.removesuffix("ا")) if key.endswith("يا") else ""
        return (at + 1, code) if code else None

    # -- counts

    def _numeral(self, at: int) -> Numeral | None:
        """The number at a position, unless it is part of a name, a model, an ordinal or a time."""
        before = self.tokens[at - 1] if at else None
        token = self.tokens[at]
        if before and not before.key and before.glued and token.glued and before.text in "-./×:" and at > 1:
            return None
        if before and before.key and before.text.isascii() and token.key[:1].isdigit() and self._is_name_before(at):
            return None
        if before and any(phrase.end == at and phrase.group == "labels" for place in range(max(0, at - 2), at)
                          for phrase in self.phrases.at(place)):  # fmt: skip
            return None
        if not token.key.isascii() and not token.key[:1].isdigit() and not self._may_be_number(at):
            return None
        return self.numbers.numeral(at)

    def _may_be_number(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        if self.tokens[at].key[:1].isdigit():
            return True
        if at and self.tokens[at].key in ("عشر", "عشره") and self.tokens[at - 1].key.startswith("ال"):
            return False  # الثالثة عشرة
        groups = ("numbers", "magnitudes", "fractions")
        return any(phrase.group in groups for phrase in (*self.phrases.at(at), *self.phrases.behind_clitics(at)))

    def _is_name_before(self, at: int) -> bool:
        """Whether figures follow a word with a capital letter, as those of a model or an edition do."""
        before = self.tokens[at - 1]
        if self.words.has(before.key, "country"):
            return False
        is_first = at == 1 or (at >= 2 and self.tokens[at - 2].text in (".", ":", '"', "“"))
        if (
            not before.text[:1].isupper()
            or self.phrases.find("fillers", at - 1)
            or self.phrases.find("comparisons", at - 1)
        ):
            return False
        return not is_first and before.text not in self.words.codes

    def _count(self, at: int) -> tuple[Value, int] | None:
        number = self._numeral(at)
        if number is None or number.value <= 0:
            return None
        end = number.end
        if end < len(self.tokens) and self.tokens[end].text in ("%", "٪"):
            return self._make("count", at, end + 1, number.value, "%", self._operator(at)), end + 1
        percent = self.phrases.find("percent", end)
        if percent:
            return self._make("count", at, percent[0], number.value, "%", self._operator(at)), percent[0]
        if self.has_durations and (stop := self._duration(end)):
            words = self.text[self.tokens[end].start : self.tokens[stop - 1].end]
            return self._make("duration", at, stop, number.value, words.strip("-"), self._operator(at)), stop
        noun = self._noun(end)
        if not noun or (number.value < MIN_COUNT and number.value == int(number.value)):
            return None
        stop, unit = noun
        if self._is_anaphoric(at, number, unit):
            return None
        return self._make("count", at, stop, number.value, unit, self._operator(at)), stop

    def _is_anaphoric(self, at: int, number: Numeral, unit: str) -> bool:
        """Whether a number takes up what was named before: the two countries."""
        has_article = at > 0 and self.tokens[at - 1].key in ("the", "these", "those", "both")
        last = unit.rpartition(" ")[2]
        return (
            number.value <= 3 and self.words.meaning("measures", last) == "sides" and (has_article or number.value == 2)
        )

    def _noun(self, at: int) -> tuple[int, str] | None:
        """The counted noun at a position: where it ends, and its words; None where there is none or it is a measure."""
        if at >= len(self.tokens) or not self.tokens[at].key:
            return None
        token = self.tokens[at]
        if weight := self.phrases.find("weights", at):
            return weight[0], weight[1]
        if self._is_measure(at):
            return None
        if token.key[:1].isdigit() and token.key.isdigit():
            return None
        return self._latin_noun(at) if token.text.isascii() or token.key.isascii() else self._arabic_noun(at)

    def _is_measure(self, at: int) -> bool:
        """Whether a duration, a distance or `times` stands at a position, and no model such as KM-71C."""
        found = self.phrases.find("measures", at)
        is_model = at + 1 < len(self.tokens) and self.tokens[at + 1].text == "-" and self.tokens[at + 1].glued
        return found is not None and found[1] != "sides" and not (is_model and self.tokens[at].text.isupper())

    def _duration(self, at: int) -> int | None:
        """Behind the unit of a duration or an age, also with a hyphen: five years, five-year, خمسة أيام."""
        start = at + 1 if at < len(self.tokens) and self.tokens[at].text == "-" else at
        found = self.phrases.find("measures", start)
        return found[0] if found and found[1] == "duration" else None

    def _latin_noun(self, at: int) -> tuple[int, str] | None:
        """Words up to the first plural: armed drones, TLX-9 launchers, transport aircraft."""
        if at < len(self.tokens) and self.tokens[at].glued:
            return None
        words: list[str] = []
        for place in range(at, min(at + MAX_NOUN_WORDS, len(self.tokens))):
            token = self.tokens[place]
            if not token.key:
                if token.text in "-./" and token.glued and place > at:
                    continue
                return None
            if self._is_measure(place):
                return None
            if self._is_closed(place) or not token.key.isascii() or token.key in ("and", "or"):
                is_elliptic = (
                    token.key == "and" and place > at and self.words.has(self.tokens[place - 1].key, "country")
                )
                return (place, self.tokens[place - 1].key) if is_elliptic and self._may_be_number(place + 1) else None
            if not self.phrases.find("country", place) or token.text[0].islower():
                words.append(token.key)
            if self._is_plural(token):
                return place + 1, " ".join(words) or token.key
        return None

    def _is_plural(self, token: Token) -> bool:
        key = token.key
        if self.words.has(key, "collectives") or (key.endswith("men") and len(key) > 4 and key != "specimen"):
            return True
        is_plural = key.endswith("s") and not key.endswith(("ss", "us", "is", "ous")) and len(key) > 3
        return (
            is_plural
            and not (token.text[0].isupper() and self.words.has(key, "country"))
            and not self.words.has(key, "fillers")
        )

    def _is_closed(self, at: int) -> bool:
        """Whether a word is of a closed class: preposition, auxiliary, conjunction, pronoun."""
        closed = ("prepositions", "auxiliaries", "conjunctions", "pronouns", "adverbs", "articles")
        return any(phrase.group == "fillers" and phrase.meaning in closed and phrase.end == at + 1
                   for phrase in self.phrases.at(at))  # fmt: skip

    def _arabic_noun(self, at: int) -> tuple[int, str] | None:
        """The word behind the number, with an adjective of the kind عسكريا."""
        token = self.tokens[at]
        if self._is_closed(at) or token.key[:2] == "ال" or token.key in ("و", "اخر", "اخري", "منها", "منهم", "اخرين"):
            return None
        if self.words.has(token.key, "plans") or self.phrases.is_a(at, "months") or self.phrases.is_a(at, "numbers"):
            return None
        if len(token.key) < 2 or (token.key[:1] == "و" and len(token.key) < 4):
            return None
        return at + 1, token.key

    def _dual(self, at: int) -> tuple[Value, int] | None:
        """An indefinite Arabic dual, which is two of its noun: زورقين, طائرتان, بطاريتين."""
        token = self.tokens[at]
        key = token.key
        if key.isascii() or key[:2] == "ال" or not key.endswith(("ان", "ين")):
            return None
        for stem in (key, *((key[1:],) if key[:1] in "وبلف" else ())):
            meaning = self.words.meaning("duals", stem)
            if meaning == "no":
                return None
            if meaning:
                return self._make("count", at, at + 1, 2, meaning), at + 1
        is_feminine = (
            key.endswith(("تان", "تين"))
            and not key.endswith("ستان")
            and len(key) >= 6
            and key[:3] not in ("بال", "وال")
            and key[:2] != "لل"
        )
        if not is_feminine or self._follows_dual(at) or self.words.has(key, "country"):
            return None
        if any(phrase.group in ("numbers", "time", "ordinals") for phrase in
               (*self.phrases.at(at), *self.phrases.behind_clitics(at))):  # fmt: skip
            return None
        return self._make("count", at, at + 1, 2, key[:-3] + "ه"), at + 1

    def _follows_dual(self, at: int) -> bool:
        """Whether the word before is a dual too, whose adjective this is, or definite."""
        before = self.tokens[at - 1].key if at and self.tokens[at].key[:1] != "و" else ""
        return before.endswith(("ان", "ين")) and not before.isascii() and len(before) > 4

    # -- countries

    def _countries(self, taken: set[int]) -> Iterator[Value]:
        """The countries; `taken` are the tokens of sums."""
        at = 0
        while at < len(self.tokens):
            end = at + 1 if at in taken else self._not_a_country(at)
            if end:
                at = end
                continue
            found = self._country(at)
            if found:
                yield self._make("country", at, found[0], found[1])
                at = found[0]
            else:
                at += 1

    def _not_a_country(self, at: int) -> int | None:
        """Behind words that look like a country: خليج عمان, the Indian Ocean, دولار أمريكي."""
        found = self.phrases.find("no country", at)
        if not found and (behind := self.phrases.behind_clitic("no country", at)) and behind[0] > at + 1:
            found = behind
        longer = self.phrases.find("country", at)
        if found and not (longer and longer[0] > found[0]):
            return found[0]
        money = self.phrases.find("shared currencies", at)
        if money and (adjective := self._adjective_behind(money[0])):
            return adjective[0]
        if longer and self.phrases.find("shared currencies", longer[0]) and at and self.tokens[at - 1].key:
            return longer[0]
        return None

    def _country(self, at: int) -> tuple[int, str] | None:
        token = self.tokens[at]
        if not token.key:
            return None
        if token.key.isascii():
            if not token.text[0].isupper():
                is_the = token.key == "the" and at + 1 < len(self.tokens) and self.tokens[at + 1].key == "kingdom"
                return (at + 2, "kingdom") if is_the and not self._is_of(at + 2) else None
            kingdom = self.phrases.find("kingdoms", at)
            if kingdom and (len(token.key) > 3 or token.text.replace(".", "").isupper()):
                named = self.phrases.find("country", at)
                return named if named and named[0] > kingdom[0] else kingdom
            return self.phrases.find("country", at)
        if self._is_name_of_person(at):
            return None
        for group in ("country", "kingdoms"):
            found = self.phrases.find(group, at)
            other = self.phrases.find("kingdoms", at)
            if found and not (group == "country" and other and other[0] > found[0]):
                return None if self._is_city(at) else found
        found = self.phrases.behind_clitic("country", at) or self.phrases.behind_clitic("kingdoms", at)
        if found is None and token.key.endswith("يا"):
            code = self.words.meaning("country", token.key.removesuffix("ا"))
            found = (at + 1, code) if code else None
        return None if found is None or self._is_city(at) else found

    def _is_of(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].key == "of"

    def _is_city(self, at: int) -> bool:
        """Whether Oman's name is written as that of Amman, with a shadda: عمّان."""
        return self.tokens[at].key.endswith("عمان") and "\u0651" in self.tokens[at].text

    def _is_name_of_person(self, at: int) -> bool:
        """Whether an Arabic word without article behind a title is a first name: اللواء تركي."""
        key = self.tokens[at].key
        if not at or key[:2] == "ال" or key[-1:] == "ه":
            return False
        return self.phrases.is_a(at - 1, "person titles") and not self.words.has(key, "kingdoms")


def read_sentences(
    text: str, published: str, gazetteer: Gazetteer | None = None, has_durations: bool = False
) -> list[tuple[SentenceReader, list[Value]]]:
    """The sentences of a text as they were read, each with its values in the order of the text.

    `published` is an ISO day or empty, `gazetteer` the names of entities.
    """
    words = article_words()
    readers: list[SentenceReader] = []
    found: list[Value] = []
    before = ""
    for place in sentences(text, lambda word: words.has(word.lower(), "abbreviations")):
        reader = SentenceReader(text, place, words, published, before)
        reader.has_durations = has_durations
        found.extend(reader.values())
        before = reader.dates.date_before
        readers.append(reader)
    for reader, names in zip(readers, names_of([one.phrases for one in readers], text, gazetteer), strict=True):
        for name in names:
            value = Value("name", name.start, name.end, text[name.start : name.end], name.value, type=name.type)
            found.append(value._replace(paragraph=reader.place.paragraph, sentence=reader.place.number))
    by_place: dict[tuple[int, int], list[Value]] = {}
    for value in settled(found, words):
        by_place.setdefault((value.paragraph, value.sentence), []).append(value)
    places = [(reader.place.paragraph, reader.place.number) for reader in readers]
    return [
        (reader, sorted(by_place.get(place, ()), key=lambda value: (value.start, value.end)))
        for reader, place in zip(readers, places, strict=True)
    ]


def values(text: str, published: str = "", gazetteer: Gazetteer | None = None) -> list[Value]:
    """The values of a text in their order, see `read_sentences`."""
    return [value for _, found in read_sentences(text, published, gazetteer) for value in found]


def settled(found: Sequence[Value], words: ArticleWords) -> list[Value]:
    """The values with the country of `the Kingdom` and the currency of shared names, as the article has them."""
    named = Counter(str(value.value) for value in found if value.slot == "country")
    kingdom = max(words.kingdoms, key=lambda code: (named[code], -words.kingdoms.index(code)))
    by_sentence: dict[tuple[int, int], set[str]] = {}
    for value in found:
        if value.slot == "country":
            by_sentence.setdefault((value.paragraph, value.sentence), set()).add(str(value.value))
    explicit = [unit for unit, _ in Counter(value.unit for value in found if value.slot == "money").most_common()]
    result = []
    for value in found:
        if value.value == "kingdom":
            result.append(value._replace(value=kingdom))
        elif value.slot == "money" and value.unit in words.currency_of:
            here = by_sentence.get((value.paragraph, value.sentence), set())
            result.append(value._replace(unit=_currency(value.unit, named, here, explicit, words)))
        else:
            result.append(value)
    return result


def _currency(name: str, named: Counter[str], here: set[str], explicit: Sequence[str], words: ArticleWords) -> str:
    """The currency that a shared name means: of a country of the sentence, of the article, else the usual one."""
    codes = words.currency_of[name]
    if name == "dollar":
        return next((one for one in explicit if one in codes.values()), codes["US"])
    best = max(codes, key=lambda code: (code in here, named[code], -list(codes).index(code)))
    return codes[best]
