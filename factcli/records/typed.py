"""One fact from what a person types: a title, a date in words, names of countries and parties, amounts, a source.

Names that the file knows are its entities; others become entities of their own. What is typed is read by the grammars
of questions and tables, and what can be read in two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from factcli.dates import DateError
from factcli.dates.cells import AmbiguousDayError, DateReader
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.lexicon.codes import COUNTRIES, CURRENCIES
from factcli.model import Entity, Source
from factcli.names.typos import nearest
from factcli.records.canonical import slug
from factcli.records.mapping.blocks import language_of
from factcli.records.mapping.filters import named_countries
from factcli.records.readers import PROBABLE_TYPES
from factcli.records.schema import MAX_ID_LENGTH
from factcli.text import fold
from factcli.text.quantities import NumberReader
from factcli.text.quote import enumerate_values, quote
from factcli.text.unsafe import is_web_address

Record = dict[str, Any]

LABEL = "the new fact"
"""What a fact that is typed is called in messages, where a file would stand."""


HIJRI = (1300, 1500)
"""Years that are more likely of the Hijri calendar, 1883 to 2077, than dates of anything here."""


class TypedFact:
    """Reads the parts of a fact. `entities` and `sources` are those of the file that it is for, by their ids.

    Each method raises UsageError, which names the option that a part was given with.
    """

    def __init__(self, entities: Mapping[str, Entity], sources: Mapping[str, Source]) -> None:
        self._known_entities, self._known_sources, self._lexicon = entities, sources, Lexicon()
        self._dates = DateReader(self._lexicon.words.meanings)
        self._numbers = NumberReader(self._lexicon.words.meanings, CURRENCIES)
        self._entities = {
            fold(name): one
            for one, entity in entities.items()
            for name in (*entity["name"].values(), *entity["aliases"])
        }
        self.records: list[Record] = []
        """The records of entities and sources that the fact brings along."""

    def texts(self, option: str, given: Sequence[str]) -> Record | None:
        """Texts by their language, which their letters tell."""
        texts: Record = {}
        for text in given:
            lang = language_of(text)
            if lang in texts:
                raise UsageError(f"{option}: is given twice in one language; give it once in English, once in Arabic")
            texts[lang] = text
        return texts or None

    def date(self, text: str | None) -> Record:
        """The keys of a date that the source states, or of one that is not known."""
        if not text:
            return {"date": None, "date_basis": "unknown"}
        try:
            written = self._dates.read(text)
        except AmbiguousDayError as error:
            raise UsageError(f"--date: {str(error).partition(';')[0]}; write it as YYYY-MM-DD") from error
        except DateError as error:
            raise UsageError(f"--date: {str(error).partition(';')[0]}; write YYYY-MM-DD, May 2019 or 2019") from error
        if written.edtf[:4].isdigit() and HIJRI[0] <= int(written.edtf[:4]) <= HIJRI[1]:
            raise UsageError(f"--date: {quote(text)} looks like a year of the Hijri calendar; write the Gregorian date")
        note = {"date_note": self.texts("--date", [written.note])} if written.note else {}
        return {"date": written.edtf, "date_basis": "stated", **note}

    def partners(self, given: Sequence[str]) -> list[str]:
        """The codes of countries by their names or codes."""
        return [self._partner(text) for text in given]

    def _partner(self, text: str) -> str:
        if text.upper() in COUNTRIES:
            return text.upper()
        codes = named_countries(self._lexicon, text)
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise UsageError(f"--partner: {quote(text)} can be {enumerate_values(codes)}; give the code")
        near = nearest(text, self._lexicon.country_keys, 1)
        hint = f"did you mean {near[0]}?" if near else "give its ISO 3166-1 code, e.g. KE"
        raise UsageError(f"--partner: there is no country {quote(text)}; {hint}")

    def parties(self, given: Sequence[str]) -> list[Record]:
        """Parties, each given as ROLE=NAME."""
        found = [self._party(text) for text in given]
        return [party for at, party in enumerate(found) if party not in found[:at]]

    def _party(self, text: str) -> Record:
        role, sign, name = (part.strip() for part in text.partition("="))
        if not (sign and role and name):
            raise UsageError(f'--party: {quote(text)} is not ROLE=NAME; write e.g. "seller=Raytheon"')
        role = slug(role)
        return {"entity": self._entity(name, role), "role": role}

    def _entity(self, name: str, role: str) -> str:
        """The id of an entity by its id or a name in the file; a new entity gets an id from its name."""
        if name in self._known_entities:
            return name
        if known := self._entities.get(fold(name)):
            return known
        codes = [name] if name in COUNTRIES else named_countries(self._lexicon, name)
        record: Record
        if len(codes) == 1:
            record = {"type": "country", "name": dict(self._lexicon.country_name(codes[0])), "country": codes[0]}
        else:
            kind = PROBABLE_TYPES.get(role, "organization")
            record = {"type": kind, "name": self.texts("--party", [name]) or {}}
        identity = slug(next(iter(record["name"].values())), kind=str(record["type"]))
        if identity not in self._known_entities:
            self.records.append({"record": "entity", "id": identity, **record})
        self._entities[fold(name)] = identity
        return identity

    def numbers(self, values: Sequence[str], given: Sequence[str]) -> list[Record]:
        """Amounts of money, and other numbers, each given as WHAT=NUMBER UNIT."""
        return [*map(self._value, values), *map(self._number, given)]

    def _value(self, text: str) -> Record:
        quantity = self._quantity("--value", text)
        currency = self._numbers.currency(text)
        if currency not in CURRENCIES:
            what = f"{currency} is of several states" if currency else "no currency is named"
            raise UsageError(f"--value: {quote(text)}: {what}; write its code, e.g. USD 70 million")
        return {"what": "value", "op": quantity.op, "value": quantity.value, "unit": currency}

    def _number(self, text: str) -> Record:
        what, sign, amount = (part.strip() for part in text.partition("="))
        figures = re.match(r"(.*[0-9٠-٩][^\s]*(?:\s+(?:thousand|million|billion|ألف|مليون|مليار))?)\s*(.*)", amount)
        if not (sign and what and figures):
            raise UsageError(f'--number: {quote(text)} is not WHAT=NUMBER UNIT; write e.g. "quantity=301 missile"')
        quantity = self._quantity("--number", figures[1])
        return {"what": what, "op": quantity.op, "value": quantity.value, "unit": figures[2] or None}

    def _quantity(self, option: str, text: str) -> Any:
        try:
            return self._numbers.read(text)
        except (ValueError, OverflowError) as error:
            reason = str(error).partition(";")[0]
            raise UsageError(f"{option}: {quote(text)} is not a number; {reason}, e.g. 70 million") from error

    def _new_source_id(self, source: str) -> str:
        """An id that no source of the file has."""
        identity = slug(source.partition("://")[2] or source)
        if identity not in self._known_sources:
            return identity
        return f"{identity[: MAX_ID_LENGTH - 9]}-{sha256(source.encode()).hexdigest()[:8]}"

    def sources(self, source: str | None, title: Sequence[str], locator: Mapping[str, Any]) -> list[Record]:
        """Where the fact is said: a source of the file, or an address, with paragraph and sentence."""
        place = {key: value for key, value in locator.items() if value is not None}
        if not source:
            if place or title:
                raise UsageError("--source: is missing; give the id or the address of the source")
            return []
        if source in self._known_sources:
            return [{"source": source, **place}]
        if not (is_web_address(source) or title):
            near = nearest(source, list(self._known_sources), 1)
            hint = f"did you mean {near[0]}?" if near else "give its address, or --source-title for a new one"
            raise UsageError(f"--source: there is no source {quote(source)}; {hint}")
        known = next((one for one, record in self._known_sources.items() if record["URL"] == source), None)
        if known and title:
            raise UsageError(
                f"--source-title: the file has this source already, as {quote(known)}; leave the title out"
            )
        identity = known or self._new_source_id(source)
        if not known:
            texts = self.texts("--source-title", title) or {"en": source}
            address = {"URL": source} if is_web_address(source) else {}
            self.records.append({"record": "source", "id": identity, "title": texts, **address})
        return [{"source": identity, **place}]


def fact_of(typed: TypedFact, given: Mapping[str, Any]) -> Iterator[Record]:
    """The records that options or answers make: the fact, and the entities and sources that it brings along."""
    fact = {
        "kind": given["kind"],
        "title": typed.texts("--title", given["title"]),
        **typed.date(given["date"]),
        "partners": typed.partners(given["partners"]),
        "parties": typed.parties(given["parties"]),
        "numbers": typed.numbers(given["values"], given["numbers"]),
        "status": given["status"],
        "note": typed.texts("--note", given["note"]),
        "sources": typed.sources(given["source"], given["source_title"], given["locator"]),
    }
    yield {"id": given["id"], **fact} if given["id"] else fact
    yield from typed.records
