"""The words by which questions are understood, in both languages: `data/words-en.json` and `data/words-ar.json`.

The files have folded words and phrases only, so that nothing is folded at start: a group a meaning. What a phrase can
mean is looked up here; which meaning it has is decided by whoever reads the question.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from factcli import package_data
from factcli.dates.expressions import TimeWords
from factcli.model import LANGUAGES

MAX_PHRASE = 6
"""Words in the longest phrase."""

READINGS = ("kinds", "statuses", "fillers", "attributes", "operators", "order")
"""The groups whose phrases are readings of their own."""


class Words:
    """What folded phrases mean."""

    @cached_property
    def tables(self) -> list[dict[str, Any]]:
        return [json.loads(package_data.text(f"words-{lang}.json")) for lang in LANGUAGES]

    @cached_property
    def readings(self) -> dict[str, list[tuple[str, str]]]:
        """By phrase, the groups and meanings it has: `deal` is ("kinds", "agreement"), ("kinds", "sale") ..."""
        readings: dict[str, list[tuple[str, str]]] = {}
        for table in self.tables:
            for group in READINGS:
                for meaning, phrases in table[group].items():
                    for phrase in phrases:
                        readings.setdefault(phrase, []).append((group, meaning))
        return readings

    @cached_property
    def offices(self) -> frozenset[str]:
        """Words of institutions, offices and ranks, which a nationality beside them belongs to."""
        return frozenset(phrase for table in self.tables for phrase in table["offices"])

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """By phrase, the kinds that it can mean."""
        kinds: dict[str, set[str]] = {}
        for phrase, readings in self.readings.items():
            for group, meaning in readings:
                if group == "kinds":
                    kinds.setdefault(phrase, set()).add(meaning)
        return kinds

    @cached_property
    def fillers(self) -> frozenset[str]:
        return frozenset(self.inverted("fillers"))

    @cached_property
    def comparisons(self) -> dict[str, str]:
        return self.inverted("comparisons")

    @cached_property
    def amount_starts(self) -> frozenset[str]:
        """The words with which an amount may begin that does not begin with a digit."""
        return frozenset(phrase.partition(" ")[0] for phrase in (*self.comparisons, *self.numbers, "us"))

    @cached_property
    def units(self) -> dict[str, str]:
        return self.inverted("units")

    @cached_property
    def currencies(self) -> dict[str, str]:
        return self.inverted("currencies")

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {phrase: int(number) for phrase, number in self.inverted("numbers").items()}

    @cached_property
    def magnitudes(self) -> dict[str, int]:
        return {phrase: int(size) for phrase, size in self.inverted("magnitudes").items()}

    def inverted(self, group: str) -> dict[str, str]:
        """From each phrase of a group to its meaning; where two have it, to the first."""
        found: dict[str, str] = {}
        for table in self.tables:
            for meaning, phrases in table[group].items():
                for phrase in phrases:
                    found.setdefault(phrase, meaning)
        return found

    @cached_property
    def time(self) -> TimeWords:
        """The words of the grammar of time expressions."""
        roles: dict[str, set[str]] = {}
        for table in self.tables:
            for role, phrases in table["time"].items():
                for phrase in phrases:
                    roles.setdefault(phrase, set()).add(role)
        numbers = {group: {k: int(v) for k, v in self.inverted(group).items()} for group in ("ordinals", "decades")}
        months = self.inverted("months")
        named = (months, numbers["ordinals"], numbers["decades"], self.numbers, roles)
        return TimeWords(
            months,
            numbers["ordinals"],
            self.numbers,
            numbers["decades"],
            {phrase: frozenset(found) for phrase, found in roles.items()},
            frozenset(phrase.partition(" ")[0] for table in named for phrase in table),
        )
