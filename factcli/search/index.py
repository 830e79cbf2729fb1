"""The facts by what they can be asked for: names in use, countries, fields, and the words of their texts.

Texts are searched through their vocabulary, the distinct folded words: the forms of a word are looked up there, and
those that are in use are looked for in the texts.
Each part is made when first asked for. What is searched are titles and notes; remarks are the editor's and never
searched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from factcli._namedtuple import NamedTuple
from factcli.dates import is_dated, sort_key
from factcli.lexicon import Lexicon, is_money
from factcli.model import LANGUAGES, OPTIONAL_KEY, Entity, Fact, Facts, Filters
from factcli.text import fold, folds, has_latin
from factcli.text.clitics import PROCLITICS, without_article, without_clitics
from factcli.text.json_line import json_line

if TYPE_CHECKING:
    from factcli.search.similar import SimilarIndex
    from factcli.store.indexer import Mapper

PARTNER_TYPES = frozenset({"country", "organization", "company", "person", "fund"})
"""Types of entity that can be a partner; places, exercises and equipment cannot."""

TEXT_FIELDS = ("title.en", "title.ar", "note.en", "note.ar", "id")
"""The texts of a fact that are searched."""

Postings = Sequence[int]
"""The positions of facts, each once."""

_UNKNOWN: Postings = ()

RARE = 16
"""Texts for each that has a rare word, from which it is faster to look for these in the list of a common word."""

PREPOSITIONS = frozenset("of in for at في ب".split())
"""What ends the head of an English name: "Ministry of Defence" is a ministry."""

SHADDA = "\u0651"


FACTS_A_DATE = 400
"""Facts that are put in order by a list of all in the time in which the date of one is looked at."""


class Name(NamedTuple):
    """One name of an entity, or of one that no file describes: its text, its folded key, whether it is an alias."""

    text: str
    key: str
    alias: bool
    entity: str


class Text:
    """A text of a fact: which fact, by position, and which field."""

    __slots__ = ("_facts", "_key", "fact", "field")

    def __init__(self, number: int, facts: Facts, key: str = "") -> None:
        self.fact, field = divmod(number, len(TEXT_FIELDS))
        self.field = TEXT_FIELDS[field]
        self._key = key
        self._facts = facts

    @property
    def text(self) -> str:
        """The text as it is written."""
        return text_of(self._facts.facts[self.fact], self.field)

    @property
    def key(self) -> str:
        """The folded text between blanks."""
        self._key = self._key or f" {fold(self.text)} "
        return self._key


def text_of(fact: Fact, field: str) -> str:
    """The text of a fact in a field, such as title.en; empty where it has none."""
    name, _, lang = field.partition(".")
    value: Any = fact[name]  # type: ignore[literal-required]
    return str((value or {}).get(lang, "")) if lang else str(value)


V = TypeVar("V")


class derived(Generic[V]):
    """A mapping of an index: from the file of the index where there is one, else made of the facts, in order."""

    def __init__(self, make: Callable[[Any], dict[str, V]]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, index: Any, owner: type) -> MadeEntries[V]:
        stored = index.facts.derived
        found: MadeEntries[V] = stored.entries(index.prefix + self._name, _decoded) if stored else self.made(index)
        index.__dict__[self._name] = found
        return found

    def made(self, index: Any) -> MadeEntries[V]:
        return MadeEntries(sorted(self._make(index).items()))


class MadeEntries(dict[str, V], Generic[V]):
    """Entries by their key, in order."""

    def among(self, keys: Iterable[str]) -> Set[str]:
        """Those of the keys that have an entry."""
        return self.keys() & keys

    def many(self, keys: Iterable[str]) -> list[V]:
        """The entries of the keys, in their order."""
        return [self[key] for key in keys]

    def known(self, keys: Iterable[str]) -> list[V]:
        """The entries of those of the keys that have one, in their order."""
        return [self[key] for key in keys if key in self]

    def beginning_with(self, start: str) -> list[str]:
        """The keys that begin so, in order."""
        return [key for key in self if key.startswith(start)]


class ScriptIndex:
    """The names and texts of the facts that can have words of one script: Latin (ASCII when folded) or Arabic."""

    def __init__(self, index: Index, is_latin: bool) -> None:
        self._index, self._is_latin = index, is_latin
        self.facts = index.facts
        self.prefix = "latin." if is_latin else "arabic."

    def _can_have(self, text: str) -> bool:
        return (text.isascii() or has_latin(text)) if self._is_latin else not text.isascii()

    # -- names

    @cached_property
    def names(self) -> list[Name]:
        """The names of every entity that takes part in a fact, in the order of their keys."""
        if self.facts.derived:
            return list(self.name_rows.values())
        rows = [row for row in self._index.names_in_use() if self._can_have(row[0])]
        keyed = zip(folds([row[0] for row in rows]), rows, strict=True)
        names = [Name._make((text, key, alias, entity)) for key, (text, alias, entity) in keyed]
        return sorted((name for name in names if name.key.isascii() is self._is_latin), key=_key)

    @derived
    def name_rows(self) -> dict[str, Name]:
        """The names by their number, as it sorts."""
        return {_row(number): name for number, name in enumerate(self.names)}

    def names_at(self, numbers: Iterable[int]) -> list[Name]:
        """The names with these numbers."""
        if self.facts.derived:
            return self.name_rows.many(map(_row, numbers))
        return [self.names[number] for number in numbers]

    @derived
    def name_keys(self) -> dict[str, Postings]:
        """The numbers of the names with each folded key."""
        return _grouped([(name.key, number) for number, name in enumerate(self.names)])

    @derived
    def without_articles(self) -> dict[str, Postings]:
        """The numbers of the names that have Arabic articles, by their key without them."""
        return _grouped([(_bare(name.key), at) for at, name in enumerate(self.names) if "ال" in name.key])

    def names_with_key(self, key: str) -> list[Name]:
        """The names that are equal to a folded key, up to Arabic articles: خنجر حد is خنجر الحد."""
        found = self.name_keys.get(key, ())
        if not found and not self._is_latin:
            bare = _bare(key)
            found = [*self.name_keys.get(bare, ()), *self.without_articles.get(bare, ())]
        return self.names_at(found)

    @derived
    def designations(self) -> dict[str, str]:
        """The keys of names with numbers by what they are without blanks: tow2b is tow 2b."""
        return {key.replace(" ", ""): key for key in self.name_keys if any(map(str.isdigit, key))}

    @derived
    def name_words(self) -> dict[str, Postings]:
        """The numbers of the names that have each word, aliases last; of an Arabic one, also without its article."""
        pairs = []
        for is_alias in (False, True):
            for number, (_, key, alias, _) in enumerate(self.names):
                for word in key.split() if alias is is_alias else ():
                    pairs.append((word, number))
                    if not self._is_latin and (bare := without_article(word)) != word:
                        pairs.append((bare, number))
        return _grouped(pairs)

    def names_with_word(self, word: str) -> list[Name]:
        """The names that have a folded word, aliases last."""
        return self.names_at(self.name_words.get(word, ()))

    def canonical(self, entity: str) -> str:
        """The name of an entity in the language of the script."""
        return self._index.canonical(entity, "a" if self._is_latin else "ا")

    @cached_property
    def similar(self) -> SimilarIndex:
        """The names and words by what is like them."""
        from factcli.search.similar import SimilarIndex

        return SimilarIndex(self)

    # -- texts

    @cached_property
    def texts(self) -> list[Text]:
        """The titles, notes and ids of all facts that can have words of the script, folded."""
        numbers, texts = [], []
        for i, fact in enumerate(self.facts.facts):
            number = i * len(TEXT_FIELDS)
            for of_field in (fact["title"], fact["note"] or {}):
                for lang in LANGUAGES:
                    if (text := of_field.get(lang)) and self._can_have(text):
                        numbers.append(number)
                        texts.append(text)
                    number += 1
            if self._is_latin:
                numbers.append(number)
                texts.append(fact["id"])
        keyed = zip(numbers, folds(texts), strict=True)
        return [Text(number, self.facts, f" {key} ") for number, key in keyed]

    @derived
    def vocabulary(self) -> dict[str, Postings]:
        """Each distinct word of the texts, and the numbers of the texts that have it, where these are known.

        Of texts that a process looks through a few times, to list for each word those that have it takes longer.
        """
        return dict.fromkeys("".join([text.key for text in self.texts]).split(), _UNKNOWN)

    def postings(self) -> dict[str, Postings]:
        """Each distinct word of the texts with the numbers of the texts that have it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for text in self.texts:
            number = text.fact * len(TEXT_FIELDS) + TEXT_FIELDS.index(text.field)
            for word in set(text.key.split()):
                found[word].append(number)
        return {word: tuple(found[word]) for word in sorted(found)}

    def _with_all(self, alternatives: Sequence[Iterable[str]], within: Set[int] | None) -> Sequence[Text]:
        """The texts, of facts `within` these, that have a word of each of these, or some more."""
        if not self.facts.derived:
            return self.texts if within is None else [text for text in self.texts if text.fact in within]
        lists = [[self.vocabulary.get(word, ()) for word in words] for words in alternatives]
        rarest, *others = sorted(lists, key=lambda postings: sum(map(len, postings)))
        numbers = set().union(*rarest)
        if within is not None:
            numbers = {number for number in numbers if number // len(TEXT_FIELDS) in within}
        for postings in others:
            if len(numbers) * RARE < sum(map(len, postings)):
                numbers = {number for number in numbers if any(_has(one, number) for one in postings)}
            else:
                numbers &= set().union(*postings)
        return [Text(number, self.facts) for number in sorted(numbers)]

    def inflections(self, word: str) -> list[str]:
        """The words that are forms of a folded word, itself first; no function word is a form of another."""
        from factcli.text.inflection import forms

        found = sorted(self.vocabulary.among(forms(word)), key=lambda form: (form != word, form))
        return [form for form in found if form == word or not self._index.is_function_word(form)]

    def with_words(self, phrase: str, within: Set[int] | None = None) -> Iterator[tuple[Text, str]]:
        """The texts, of facts `within` these, that have folded words together and in order, exactly, with the words."""
        words = phrase.split()
        texts = self._with_all([[word] for word in words], within)
        is_sure = len(words) == 1 and self.facts.derived
        return ((text, phrase) for text in texts if is_sure or f" {phrase} " in text.key)

    def with_phrase(self, phrase: str, within: Set[int] | None = None) -> Iterator[tuple[Text, str]]:
        """The texts, of facts `within` these, that have the words of a phrase together and in order, in any form."""
        from factcli.text.inflection import forms, spellings

        for words in spellings(phrase):
            if len(words) == 1:
                yield from self.with_form(self.inflections(words[0]), within)
                continue
            wanted = [forms(word) for word in words]
            for text in self._having(wanted, within):
                if found := _together(wanted, text.key.split()):
                    yield text, found

    def _having(self, wanted: Sequence[Set[str]], within: Set[int] | None) -> list[Text]:
        """The texts that have one form at least of each word."""
        in_use = [self.vocabulary.among(forms) for forms in wanted]
        if not all(in_use):
            return []
        texts = self._with_all(in_use, within)
        return [text for text in texts if all(any(f" {form} " in text.key for form in forms) for forms in in_use)]

    def with_form(self, forms: Iterable[str], within: Set[int] | None = None) -> Iterator[tuple[Text, str]]:
        """The texts that have any of some words of the vocabulary, each with the word."""
        return (found for form in forms if form in self.vocabulary for found in self.with_words(form, within))

    def behind_clitic(self, word: str) -> list[str]:
        """The words that are a short Arabic word with a proclitic in front, such as بدعم.

        A word that occurs with the article in front is a word of its own: بحرية, naval, is not ب and حرية. A letter
        alone is no word.
        """
        if len(word) < 2:
            return []
        found = (clitic + word for clitic in PROCLITICS if not clitic.endswith(("ال", "لل")))
        return [one for one in found if one in self.vocabulary and "ال" + one not in self.vocabulary]


class Index:
    """`facts` by what they can be asked for, in the words of `lexicon`."""

    def __init__(self, facts: Facts, lexicon: Lexicon) -> None:
        self.facts = facts if facts.derived is None or facts.derived.is_of(facts) else facts._replace(derived=None)
        self.lexicon = lexicon
        self.prefix = ""
        self.latin, self.arabic = ScriptIndex(self, True), ScriptIndex(self, False)
        self.evidence: dict[tuple[int, bool], tuple[Any, Any]] = {}
        """What readings matched, by their identity and whether as parties only; `match` fills it."""

    # -- facts

    def facts_at(self, found: Sequence[int]) -> list[Fact]:
        """The facts at these positions."""
        facts: Any = self.facts.facts
        return [facts[fact] for fact in found] if isinstance(facts, list) else facts.many(found)

    def fitting(self, found: Iterable[int], filters: Filters, kinds: tuple[str, ...]) -> list[int]:
        """Those of the facts that have the kind and the status asked for, and cite one of the sources.

        Of statistics, a report of some kinds has those of money.
        """
        kept = list(found)
        for name, wanted in (
            ("by_kind", filters.kinds),
            ("by_kind", kinds),
            ("by_status", filters.statuses),
            ("by_source", filters.sources),
        ):
            if wanted and kept:
                by_value = getattr(self, name)
                having = set().union(*(by_value.get(value, ()) for value in wanted))
                kept = [fact for fact in kept if fact in having]
        if kept and "statistic" in kinds:
            statistics = set(self.by_kind.get("statistic", ()))
            kept = [fact for fact in kept if fact not in statistics or has_money(self.facts.facts[fact])]
        return kept

    def oldest_first(self, found: list[int]) -> list[int]:
        """The facts in the order of their dates, those without one last; of equal dates in the order of the file.

        Many facts of an index are put in order by that of all, which takes a tenth of looking at their dates.
        """
        if not isinstance(self.facts.facts, list) and len(found) * FACTS_A_DATE > len(self.facts.facts):
            wanted = set(found)
            return [fact for fact in self.by_age[""] if fact in wanted]
        found = sorted(found)
        dates = {at: fact["date"] for at, fact in zip(found, self.facts_at(found), strict=True)}
        return sorted(found, key=lambda fact: sort_key(dates[fact]))

    def positions(self) -> Set[int]:
        """The positions of all facts."""
        facts: Any = self.facts.facts
        return range(len(facts)) if isinstance(facts, list) else facts.positions()  # type: ignore[return-value]

    def of(self, key: str) -> ScriptIndex:
        """The index in which a folded word can be."""
        return self.latin if key.isascii() else self.arabic

    # -- fields

    @derived
    def by_country(self) -> dict[str, Postings]:
        """The facts in which each country takes part, as partner or as a party."""
        pairs = [(code, i) for i, fact in enumerate(self.facts.facts) for code in fact["partners"]]
        for entity, facts in self.by_entity.items():
            record = self.facts.entities.get(entity)
            if record and record["type"] == "country" and record["country"]:
                pairs += [(record["country"], fact) for fact in facts]
        return _grouped(sorted(pairs, key=itemgetter(1)))

    @derived
    def by_entity(self) -> dict[str, Postings]:
        return _grouped((party["entity"], i) for i, fact in enumerate(self.facts.facts) for party in fact["parties"])

    @derived
    def by_kind(self) -> dict[str, Postings]:
        return _grouped((fact["kind"], i) for i, fact in enumerate(self.facts.facts))

    @derived
    def by_status(self) -> dict[str, Postings]:
        """The facts by their status, those without one by an empty text."""
        return _grouped((fact["status"] or "", i) for i, fact in enumerate(self.facts.facts))

    @derived
    def by_date(self) -> dict[str, Postings]:
        """The facts by their date as it is written, those without one by an empty text."""
        return _grouped((fact["date"] or "", i) for i, fact in enumerate(self.facts.facts))

    @derived
    def by_age(self) -> dict[str, Postings]:
        """All facts, oldest first, under an empty text."""
        facts = self.facts.facts
        return {"": tuple(sorted(range(len(facts)), key=lambda fact: sort_key(facts[fact]["date"])))}

    @derived
    def by_source(self) -> dict[str, Postings]:
        """The facts that cite each source."""
        return _grouped(
            (locator["source"], i) for i, fact in enumerate(self.facts.facts) for locator in fact["sources"]
        )

    @derived
    def by_speaker(self) -> dict[str, Postings]:
        """The facts that each entity is said to have said."""
        return _grouped((fact["said_by"], i) for i, fact in enumerate(self.facts.facts) if fact["said_by"])

    @derived
    def by_linked(self) -> dict[str, Postings]:
        """The facts that link to each fact."""
        return _grouped((link["fact"], i) for i, fact in enumerate(self.facts.facts) for link in fact["links"])

    @derived
    def with_extra(self) -> dict[str, Postings]:
        """The facts with keys of the user's own, under an empty text."""
        return _grouped(("", i) for i, fact in enumerate(self.facts.facts) if fact.get(OPTIONAL_KEY))

    @derived
    def by_number(self) -> dict[str, Postings]:
        """The facts by their numbers, each as JSON."""
        numbers = ((i, number) for i, fact in enumerate(self.facts.facts) for number in fact["numbers"])
        return _grouped((json_line(number), i) for i, number in numbers)

    @derived
    def by_measure(self) -> dict[str, Postings]:
        """The facts by what their numbers count."""
        numbers = ((i, number) for i, fact in enumerate(self.facts.facts) for number in fact["numbers"])
        return _grouped((number["what"], i) for i, number in numbers)

    @cached_property
    def undated(self) -> frozenset[int]:
        """The facts whose date is not known."""
        return frozenset(i for date in self.by_date if not is_dated(date or None) for i in self.by_date[date])

    # -- names

    def names_in_use(self) -> Iterator[tuple[str, bool, str]]:
        """Each name of each entity that takes part in a fact, whether it is an alias, and the entity."""
        for entity in self.by_entity:
            record = self.facts.entities.get(entity)
            if record is None:
                yield entity, True, entity
            else:
                yield from ((text, False, entity) for text in record["name"].values())
                yield from ((text, True, entity) for text in record["aliases"])

    def names_with_key(self, key: str) -> list[Name]:
        """The names that are equal to a folded key, up to Arabic articles."""
        return self.of(key).names_with_key(key)

    def has_name(self, key: str) -> bool:
        return bool(self.names_with_key(key))

    @derived
    def by_hamza(self) -> dict[str, list[str]]:
        """The Arabic words of names and texts by what they are whatever seat a hamza has; these are not all listed."""
        found: dict[str, list[str]] = {}
        for word in dict.fromkeys([*self.arabic.name_words, *self.arabic.vocabulary]):
            found.setdefault(_without_seats(word), []).append(word)
        return {key: words for key, words in found.items() if words != [key]}

    def with_other_hamza(self, key: str) -> list[str]:
        """The words in use that a folded word is but for the seat of a hamza: الرءيس and الرئيس."""
        bare = _without_seats(key)
        found = self.by_hamza.get(bare, ())
        if not found and bare != key and (bare in self.arabic.name_words or bare in self.arabic.vocabulary):
            return [bare]
        return [word for word in found if word != key]

    def canonical(self, entity: str, words: str) -> str:
        """The name of an entity in the language of the script that words are written in."""
        record = self.facts.entities.get(entity)
        name = record["name"] if record else {}
        return name.get("en" if words.isascii() or has_latin(words) else "ar") or next(iter(name.values()), entity)

    def differs_by_shadda(self, word: str) -> bool:
        """Whether a word differs by a doubling mark alone from a name in use, and no name has that mark: عمّان."""
        if SHADDA not in word:
            return False
        from factcli.names.tokens import shadda_variant

        variant = shadda_variant(word)
        return bool(variant) and not any(
            shadda_variant(name.text) == variant for name in self.names_with_key(fold(word))
        )

    def facts_of(self, entity: str) -> Postings:
        """The facts an entity takes part in; of a country, also those of which it is a partner."""
        record = self.facts.entities.get(entity)
        if record and record["type"] == "country" and record["country"]:
            return self.by_country.get(record["country"], ())
        return self.by_entity.get(entity, ())

    def is_partner(self, entity: str) -> bool:
        record = self.facts.entities.get(entity)
        return record is None or record["type"] in PARTNER_TYPES

    # -- offices

    def has_office_word(self, keys: Sequence[str]) -> bool:
        """Whether a word, or two words together, are those of an institution, an office or a rank."""
        pairs = (" ".join(keys[at : at + 2]) for at in range(len(keys)))
        phrases = (*keys, *map(without_article, keys), *pairs)
        return any(self.lexicon.words.meaning("offices", phrase) for phrase in phrases)

    def offices_of(self, codes: Sequence[str], keys: Sequence[str]) -> list[Name]:
        """The names of entities of these countries that have all the words, the head of the name among them."""
        wanted = {without_article(key) for key in keys}
        found = []
        for name in self.of("".join(wanted)).names_with_word(max(wanted, key=len)):
            record = self.facts.entities.get(name.entity)
            words = set(map(without_article, name.key.split()))
            if record and record["country"] in codes and wanted <= words and self._has_head(record, name, wanted):
                found.append(name)
        return found

    def _has_head(self, record: Entity, name: Name, wanted: set[str]) -> bool:
        """Whether the wanted words have the head of a name: "Turkish armed forces" lacks that of an assistance fund."""
        words = name.key.split()
        if record["type"] not in ("organization", "company", "fund"):
            return True
        if not name.key.isascii():
            return without_article(words[0]) in wanted
        end = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words))
        return words[max(end - 1, 0)] in wanted

    def is_function_word(self, word: str) -> bool:
        """Whether a folded word only joins others, with or without an Arabic proclitic: that is no form of a noun."""
        stems = [] if word.isascii() else without_clitics(word)
        return any(self.lexicon.words.meaning("fillers", one) for one in (word, *stems))

    # -- synonyms

    def has_synonyms(self, key: str) -> bool:
        return bool(self.lexicon.meanings(key))


FACTS, NAMES, WORDS, ORDER = "facts", "names", "words", "order"
"""What mappings are made of: facts at positions, the entities in use, the words of names and texts, or all dates."""

_MADE_OF = {
    **dict.fromkeys(("by_country", "by_entity", "by_kind", "by_status", "by_date", "by_number"), FACTS),
    "by_age": ORDER,
    **dict.fromkeys(("by_measure", "by_source", "by_speaker", "by_linked", "with_extra", "vocabulary"), FACTS),
    **dict.fromkeys(("by_hamza", "words_by_start"), WORDS),
}
"""What the mappings are made of that are not made of names."""


def maps_of(index: Index, made_of: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What an index looks facts up by and is made of facts, names or words: mapping after mapping, with its name."""
    parts: list[Any] = [index.latin, index.arabic, index.latin.similar, index.arabic.similar, index]
    for part in parts:
        for name, one in vars(type(part)).items():
            if isinstance(one, derived) and _MADE_OF.get(name, NAMES) == made_of:
                yield part.prefix + name, part.postings() if name == "vocabulary" else one.made(part)
    if made_of != FACTS:
        for there in (index.latin, index.arabic):
            yield from there.similar.tables(of_texts=made_of == WORDS)


def all_maps(index: Index) -> dict[str, Mapping[str, Any]]:
    """Every mapping of an index whose facts are in memory, by its name."""
    return {name: entries for made_of in (FACTS, NAMES, WORDS) for name, entries in maps_of(index, made_of)}


def mapper(lexicon: Lexicon) -> Mapper:
    """What makes the mappings of an index that is kept."""
    from factcli.store.indexer import Mapper

    return Mapper(lambda facts, numbers: _maps_of_facts(facts, numbers, lexicon), _maps_of_names, _maps_of_words)


def _maps_of_facts(
    facts: Facts, numbers: Sequence[int], lexicon: Lexicon
) -> Iterator[tuple[str, Mapping[str, Iterable[int]]]]:
    """The mappings of facts by what is in them; `numbers` are the positions of the facts."""
    index = Index(facts, lexicon)
    of_texts = [number * len(TEXT_FIELDS) + field for number in numbers for field in range(len(TEXT_FIELDS))]
    for name, entries in maps_of(index, FACTS):
        positions = of_texts if name.endswith("vocabulary") else numbers
        yield name, {key: map(positions.__getitem__, of) for key, of in entries.items()}
    for part in (index.latin, index.arabic):
        part.__dict__.clear()  # which refers to `index`: blocks of facts are let go one by one, without the collector


def _maps_of_names(facts: Facts, in_use: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The mappings of the names of the entities that are in use."""
    index = Index(facts, Lexicon())
    index.__dict__["by_entity"] = MadeEntries.fromkeys(in_use, _UNKNOWN)
    return maps_of(index, NAMES)


def _maps_of_words(words: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The mappings of the words of names and texts, which are the keys of `name_words` and `vocabulary`."""
    index = Index(Facts([], {}, {}, {}, {}, {}), Lexicon())  # type: ignore[typeddict-item]
    for part in (index.latin, index.arabic):
        for name in ("name_words", "vocabulary"):
            part.__dict__[name] = MadeEntries.fromkeys(words[part.prefix + name], _UNKNOWN)
    return maps_of(index, WORDS)


def has_money(fact: Fact) -> bool:
    """Whether a fact has a value in a currency."""
    return any(number["what"] == "value" and is_money(number.get("unit") or "") for number in fact["numbers"])


def _decoded(value: Any) -> Any:
    """An entry as it was before it was stored: a name, or words."""
    return Name._make(value) if isinstance(value, list) and len(value) == 4 and isinstance(value[2], bool) else value


def _together(wanted: Sequence[Set[str]], words: Sequence[str]) -> str:
    """The first words that are forms of the wanted ones, in their order and with nothing between; else empty."""
    for start, word in enumerate(words):
        if word in wanted[0]:
            found = words[start : start + len(wanted)]
            if len(found) == len(wanted) and all(one in forms for one, forms in zip(found, wanted, strict=True)):
                return " ".join(found)
    return ""


def _key(name: Name) -> str:
    return name.key


def _has(positions: Postings, number: int) -> bool:
    """Whether a number is one of some positions in order."""
    at = bisect_left(positions, number)
    return at < len(positions) and positions[at] == number


def _row(number: int) -> str:
    """The number of a name as a key, which sorts as the number does."""
    return f"{number:08}"


def _bare(key: str) -> str:
    return " ".join(map(without_article, key.split())) if "ال" in key else key


def _without_seats(key: str) -> str:
    return key.replace("يي", "ي").replace("وو", "و")


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, Postings]:
    grouped: dict[str, list[int]] = {}
    for key, number in pairs:
        if key in grouped:
            grouped[key].append(number)
        else:
            grouped[key] = [number]
    return {key: tuple(dict.fromkeys(of) if len(of) > 1 else of) for key, of in grouped.items()}
