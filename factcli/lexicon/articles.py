"""The words by which values are found in articles, in both languages, all in memory, since a text has thousands.

The words of time and number are those of questions (`lexicon.words`). What articles alone need stands in
`data/reading-en.json` and `data/reading-ar.json`, and what no language has, in `data/reading.json`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from factcli import package_data
from factcli.lexicon.codes import CURRENCIES
from factcli.model import LANGUAGES
from factcli.text import fold

SHARED = frozenset(
    ("time", "months", "ordinals", "numbers", "magnitudes", "seasons", "decades", "comparisons", "fillers",
     "other calendars", "named years")
)  # fmt: skip
"""The groups of the words of questions that mean the same in articles."""

Meaning = tuple[str, str]


class ArticleWords:
    """What folded phrases mean in an article: ("months", "05"), ("measures", "duration"), ("country", "OM") ..."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[Meaning]] = {}
        self.longest: dict[str, int] = {}
        """The first words of phrases, and how many words the longest phrase has that begins so."""
        for line in package_data.text("word-meanings.tsv").splitlines():
            key, *columns = line.split("\t")
            if key[:1] != "@":
                pairs = zip(columns[::2], columns[1::2], strict=True)
                self._add(key, [pair for pair in pairs if pair[0] in SHARED])
        for lang in LANGUAGES:
            for group, meanings in json.loads(package_data.text(f"reading-{lang}.json")).items():
                for meaning, phrases in meanings.items():
                    for key in dict.fromkeys(map(fold, phrases)):
                        self._add(key, [(group, meaning)])
        for line in package_data.text("country-keys.tsv").splitlines():
            key, codes = line.split("\t")[:2]
            if key[0] not in "=@" and " " not in codes and len(key) > 2:
                self._add(key, [("country", codes)])
        general = json.loads(package_data.text("reading.json"))
        self.signs: dict[str, str] = general["currency signs"]
        self.kingdoms: list[str] = general["kingdoms"]
        self.currency_of: dict[str, dict[str, str]] = {
            name: dict(pair.split() for pair in pairs.split(", ")) for name, pairs in general["currency of"].items()
        }
        """The names that currencies share; for each, countries and their currencies, the usual one first."""
        self.codes = frozenset(CURRENCIES)

    def _add(self, key: str, meanings: Sequence[Meaning]) -> None:
        if meanings and key:
            self._phrases.setdefault(key, []).extend(meanings)
            first, count = key.partition(" ")[0], key.count(" ") + 1
            self.longest[first] = max(count, self.longest.get(first, 0))

    def meanings(self, phrase: str) -> Sequence[Meaning]:
        """The groups in which a folded phrase means something, each with what it means there."""
        return self._phrases.get(phrase, ())

    def has(self, phrase: str, group: str) -> bool:
        """Whether a folded phrase means something in a group."""
        return any(one == group for one, _ in self._phrases.get(phrase, ()))

    def meaning(self, group: str, phrase: str) -> str:
        """The first meaning of a folded phrase in a group; empty where it has none."""
        return next((meaning for one, meaning in self._phrases.get(phrase, ()) if one == group), "")


@lru_cache(maxsize=1)
def article_words() -> ArticleWords:
    """The words, read once."""
    return ArticleWords()


class Triggers:
    """The words that say what a sentence tells: the kind of a fact, with a weight; denial, condition, plan, status."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[Meaning]] = {}
        self.longest: dict[str, int] = {}
        for lang in LANGUAGES:
            for group, meanings in json.loads(package_data.text(f"triggers-{lang}.json")).items():
                for meaning, phrases in meanings.items():
                    for key in dict.fromkeys(map(fold, phrases)):
                        self._phrases.setdefault(key, []).append((group, meaning))
                        first, count = key.partition(" ")[0], key.count(" ") + 1
                        self.longest[first] = max(count, self.longest.get(first, 0))

    def meanings(self, phrase: str) -> Sequence[Meaning]:
        """The groups in which a folded phrase means something, each with a weight or a status."""
        return self._phrases.get(phrase, ())


@lru_cache(maxsize=1)
def triggers() -> Triggers:
    """The words, read once."""
    return Triggers()
