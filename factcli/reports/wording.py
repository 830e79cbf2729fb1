"""Values of a fact in words, in every language at once; it knows the names in the file, not where they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from factcli.lexicon import Lexicon
from factcli.model import LANGUAGES, Facts, Locator, Number, Text, whole

if TYPE_CHECKING:
    from factcli.reports.display import Telling


def is_money(unit: str) -> bool:
    """Whether a unit is a currency: ISO 4217 codes are three capitals, and no other unit has capitals."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


class Wording:
    """The words for what `facts` hold, by `lexicon`."""

    def __init__(self, facts: Facts, lexicon: Lexicon) -> None:
        self.facts = facts
        self.label = lexicon.label
        self._lexicon = lexicon

    @cached_property
    def told(self) -> Telling:
        """Values in whole words, as a terminal shows them."""
        from factcli.reports.display import Telling

        return Telling(self._lexicon)

    def name(self, entity: str) -> Text:
        """The name of an entity, in both languages; its id where no file knows it."""
        known = self.facts.entities.get(entity)
        name = known["name"] if known else {}
        return {lang: name.get(lang) or next(iter(name.values()), entity) for lang in LANGUAGES}

    def labelled(self, name: Text, group: str, key: str) -> Text:
        """A name with what it is in brackets: "Oman (lead)"."""
        label = self.label(group, key)
        return {lang: f"{name[lang]} ({label[lang]})" for lang in LANGUAGES}

    def countries(self, codes: Iterable[str]) -> list[Text]:
        """The names of countries given by ISO 3166-1 alpha-2 code."""
        return [self._lexicon.country_name(code) for code in codes]

    def number(self, number: Number) -> Text:
        """A number with its bound, its unit and the date it holds for: "more than 70 agreements (2021)"."""
        operator = self.label("operators", number.get("op") or "=")
        unit = self._lexicon.counted(number["value"], number.get("unit") or "")
        date = f"({number['as_of']})" if number.get("as_of") else ""
        value = f"{whole(number['value']):,}"
        return {lang: " ".join(filter(None, (operator[lang], value, unit[lang], date))) for lang in LANGUAGES}

    def citation(self, locator: Locator) -> str:
        """Where a source says so, short: `us-oman ¶10.1` is the first sentence of its tenth paragraph."""
        place = ".".join(str(n) for n in (locator.get("paragraph"), locator.get("sentence")) if n)
        return f"{locator['source']} ¶{place}" if place else locator["source"]
