"""Words of languages and names of the world, read from `data/` when first asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from factcli import package_data as shipped
from factcli.errors import UsageError
from factcli.model import LANGUAGES, Text
from factcli.text import fold, folds

if TYPE_CHECKING:
    from factcli.lexicon.words import Words


def _data(name: str) -> Any:
    return json.loads(shipped.text(name))


# https://cldr.unicode.org/index/cldr-spec/plural-rules ("one" in English, "few" in Arabic)
TAKES_PLURAL = {"en": lambda n: n != 1, "ar": lambda n: 3 <= n % 100 <= 10}


class Lexicon:
    """What words mean and how things are called, in every language of the program."""

    @cached_property
    def words(self) -> Words:
        """The words by which questions are understood."""
        from factcli.lexicon.words import Words

        return Words()

    @cached_property
    def _nationalities(self) -> str:
        return "\n" + shipped.text("nationalities.txt")

    def is_nationality(self, key: str) -> bool:
        """Whether `key`, folded, is the adjective of a country or the name of its people, with or without article."""
        return f"\n{key}\n" in self._nationalities or f"\n{key.removeprefix('ال')}\n" in self._nationalities

    @cached_property
    def languages(self) -> dict[str, dict[str, Any]]:
        return {lang: _data(f"{lang}.json") for lang in LANGUAGES}

    @cached_property
    def _country_keys(self) -> str:
        """A key and what it leads to a line. It is searched as text: a command asks for few of the 2,700 keys."""
        return "\n" + shipped.text("country-keys.tsv")

    def label(self, group: str, key: str) -> Text:
        """`key` as people read it, e.g. `label("kinds", "sale")`; the key itself where there is no word for it."""
        return {lang: words[group].get(key, key) for lang, words in self.languages.items()}

    @cached_property
    def _currencies(self) -> dict[str, str]:
        return dict(line.split("\t") for line in shipped.text("currencies.tsv").splitlines())

    def currency_name(self, code: str) -> str | None:
        """What a currency is called in Arabic, by its ISO 4217 code; null for any other unit."""
        return self._currencies.get(code) if code.isupper() else None

    def unit_label(self, value: float, unit: str) -> Text:
        """`unit` in the form that goes with `value`; currency codes and unknown units stay as they are."""
        return {
            lang: words["units_plural" if TAKES_PLURAL[lang](value) else "units"].get(unit, unit)
            for lang, words in self.languages.items()
        }

    def country_name(self, code: str) -> Text:
        """The CLDR name of a country, in both languages; the code where it is not one of ISO 3166."""
        names = _row(self._country_keys, f"@{code}", from_the_end=True) if code else []
        return dict(zip(LANGUAGES, names, strict=True)) if len(names) > 1 else dict.fromkeys(LANGUAGES, code)

    def countries_named(self, key: str) -> tuple[str, ...]:
        """The ISO 3166-1 codes of the countries that have `key`, folded, for a name, short form or adjective."""
        return tuple(code for codes in _row(self._country_keys, key) for code in codes.split())

    @cached_property
    def _known_names(self) -> str:
        return "\n" + shipped.text("known-names.tsv")

    def is_known_name(self, key: str) -> bool:
        """Whether `key`, folded, is the name of a city or a given name that many have, wherever it is told of."""
        return f"\n{key}\t" in self._known_names

    def country_coded(self, key: str) -> tuple[str, ...]:
        """The country with the alpha-2 or alpha-3 code `key`, folded; none or one."""
        return self.countries_named("=" + key)

    @cached_property
    def country_keys(self) -> list[str]:
        """Every folded name, short form and adjective of a country; codes stand behind them in the file."""
        names = self._country_keys[1 : self._country_keys.index("\n=")]
        return [line.partition("\t")[0] for line in names.split("\n")]

    @cached_property
    def _kind_words(self) -> dict[str, set[str]]:
        return _inverted(
            (kind, [label, *words["kind_words"][kind]])
            for words in self.languages.values()
            for kind, label in words["kinds"].items()
        )

    def kinds_named(self, key: str) -> set[str]:
        """The kinds that `key`, folded, can mean: `صفقه` a sale or a contract."""
        return self._kind_words.get(key, set())

    @cached_property
    def _status_words(self) -> dict[str, set[str]]:
        return _inverted(
            (status, [status, label])
            for words in self.languages.values()
            for status, label in words["statuses"].items()
        )

    def statuses_named(self, key: str) -> set[str]:
        return self._status_words.get(key, set())

    @cached_property
    def _function_words(self) -> frozenset[str]:
        groups = (group for words in self.languages.values() for group in words["function_words"].values())
        return frozenset(word for group in groups for word in group)

    def is_function_word(self, word: str) -> bool:
        """Whether `word` only joins others, as `with` and `من` do; unfolded, since the fold of `على` is `علي`, Ali."""
        return word.casefold() in self._function_words

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        """By the digits of a number its words in every language."""
        tables = [words["numbers"] for words in self.languages.values()]
        return {digits: [word for table in tables for word in table[digits]] for digits in tables[0]}

    @cached_property
    def _numbers_abroad(self) -> dict[str, set[str]]:
        return _beyond_ascii(self._numbers)

    def numbers_like(self, key: str) -> list[str]:
        """The ways to write, folded, the number that `key` is, in digits first and then in words; none for others."""
        named = {key} if key.isdigit() else self._named(key, self._numbers, lambda: self._numbers_abroad)
        return [*named, *folds([word for digits in named for word in self._numbers.get(digits, ())])]

    @cached_property
    def magnitudes(self) -> dict[str, int]:
        """What the words and letters behind a number multiply it by."""
        tables = [words["magnitudes"] for words in self.languages.values()]
        return {word: int(size) for table in tables for size, names in table.items() for word in names}

    @staticmethod
    def _named(key: str, groups: dict[str, list[str]], abroad: Callable[[], dict[str, set[str]]]) -> set[str]:
        """The groups that have `key`, folded: at once where it is ASCII, since such words are in the data as keys."""
        if not key.isascii():
            return abroad().get(key, set())
        return {name for name, words in groups.items() if key in words}

    @cached_property
    def _month_words(self) -> dict[str, set[str]]:
        return _inverted(pair for words in self.languages.values() for pair in words["months"].items())

    def months_named(self, key: str) -> set[str]:
        """The month, as two digits, that `key`, folded, names in any calendar tradition of a language."""
        return self._month_words.get(key, set())

    @cached_property
    def _term_forms(self) -> str:
        """Folded forms and the groups of synonyms that they mean, a row each; `scripts/build_synonyms.py` makes it.

        It is searched as text: to read the groups as JSON takes 3 % of a look-up.
        """
        return "\n" + shipped.text("term-forms.tsv")

    def meanings(self, key: str) -> set[str]:
        """The names of the things that `key`, folded, can mean; that of a type of entity is the type itself."""
        return set(_row(self._term_forms, key))

    def words_for(self, meaning: str) -> list[str]:
        """The folded words, of both languages, that are looked for in texts as a thing."""
        return _row(self._term_forms, f"@{meaning}")


def values_named(
    option: str, words: Iterable[str], known: Sequence[str], named: Callable[[str], set[str]]
) -> tuple[str, ...]:
    """The values that the words given to an option name, in either language. Raises UsageError for an unknown word."""
    found: dict[str, None] = {}
    for word in words:
        values = {word} & set(known) or named(fold(word))
        if not values:
            raise UsageError(f"{option}: {word!r} is none of {', '.join(known)}")
        found.update(dict.fromkeys(sorted(values)))
    return tuple(found)


def _row(table: str, key: str, from_the_end: bool = False) -> list[str]:
    """The columns behind a key in a table whose lines begin with their keys; none where no line has it."""
    head = f"\n{key}\t"
    at = table.rfind(head) if from_the_end else table.find(head)
    return table[at + len(head) : table.index("\n", at + 1)].split("\t") if at >= 0 else []


def _beyond_ascii(groups: dict[str, list[str]]) -> dict[str, set[str]]:
    return _inverted((name, [word for word in words if not word.isascii()]) for name, words in groups.items())


def _inverted(groups: Iterable[tuple[str, list[str]]]) -> dict[str, set[str]]:
    """From each word, folded, to the names of the groups that have it."""
    pairs = [(name, word) for name, words in groups for word in words]
    inverted: dict[str, set[str]] = {}
    for key, (name, _) in zip(folds([word for _, word in pairs]), pairs, strict=True):
        inverted.setdefault(key, set()).add(name)
    return inverted
