"""Values of facts as people read them in a pipe, in every language at once: exact, with names and labels in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from factcli.lexicon import Lexicon
from factcli.model import LANGUAGES, Fact, Facts, Locator, Number, Row, Text
from factcli.text.numbers import drop_zero_fraction


class Values:
    """The words for what `facts` hold, by `lexicon`."""

    def __init__(self, facts: Facts, lexicon: Lexicon) -> None:
        self.facts = facts
        self.lexicon = lexicon
        self.label = lexicon.label
        self.home = facts.meta.get("home")
        """The ISO code of the country that the facts are about."""

    @cached_property
    def _linking(self) -> Mapping[str, Sequence[int]]:
        """The positions of the facts that link to each fact."""
        if not isinstance(self.facts.facts, list):
            return self.facts.derived.entries("by_linked", tuple)  # type: ignore[no-any-return]
        linking: dict[str, list[int]] = {}
        for at, fact in enumerate(self.facts.facts):
            for link in fact["links"]:
                linking.setdefault(link["fact"], []).append(at)
        return linking

    def linking_to(self, fact: str) -> list[str]:
        """The ids of the facts that link to a fact, each once."""
        return list(dict.fromkeys(self.facts.facts[at]["id"] for at in self._linking.get(fact, ())))

    def facts_around(self, rows: Iterable[Row]) -> list[Fact]:
        """The facts that are parts, wholes or the same as those of rows, in any number of steps, with those of rows."""
        waiting = [row["id"] for row in rows]
        found: dict[str, Fact] = {}
        while waiting:
            one = waiting.pop()
            if one not in found and (fact := self.facts.by_id.get(one)):
                found[one] = fact
                waiting += [link["fact"] for link in fact["links"] if link["rel"] in ("part-of", "same-as")]
                waiting += self.linking_to(one)
        return list(found.values())

    def name(self, entity: str) -> Text:
        """The name of an entity, in both languages; its id where no file has it."""
        record = self.facts.entities.get(entity)
        name = record["name"] if record else {}
        return {lang: name.get(lang) or next(iter(name.values()), entity) for lang in LANGUAGES}

    def countries(self, codes: Iterable[str]) -> list[Text]:
        """The names of countries given by ISO 3166-1 alpha-2 code."""
        return [self.lexicon.country_name(code) for code in codes]

    def number(self, number: Number) -> Text:
        """A number with its bound, its unit and the date it holds for: "more than 70 agreements (2021)"."""
        operator = self.label("operators", number.get("op") or "=")
        unit = self.lexicon.unit_label(number["value"], number.get("unit") or "")
        date = f"({number['as_of']})" if number.get("as_of") else ""
        value = f"{drop_zero_fraction(number['value']):,}"
        return {lang: " ".join(filter(None, (operator[lang], value, unit[lang], date))) for lang in LANGUAGES}

    def citation(self, locator: Locator) -> str:
        """Where a source says so, short: `us-oman ¶10.1` is the first sentence of its tenth paragraph."""
        place = ".".join(str(n) for n in (locator.get("paragraph"), locator.get("sentence")) if n)
        return f"{locator['source']} ¶{place}" if place else locator["source"]
