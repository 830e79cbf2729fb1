"""Words of languages and names of the world, read from `data/` when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from factcli import package_data as shipped
from factcli.errors import UsageError
from factcli.model import LANGUAGES, Text
from factcli.text import fold
from factcli.text.json_line import json_value

if TYPE_CHECKING:
    from factcli.lexicon.words import Words


def plural_category(lang: str, number: float) -> str:
    """The CLDR plural category of a number: the form of the noun behind it. Fractions are `other` in both languages.

    https://cldr.unicode.org/index/cldr-spec/plural-rules

    >>> [plural_category("ar", n) for n in (1, 2, 7, 11, 927, 100, 301, 7.5)]
    ['one', 'two', 'few', 'many', 'many', 'other', 'other', 'other']
    """
    if lang == "ar" and number > 2 and number == int(number):
        return "few" if 3 <= int(number) % 100 <= 10 else "many" if int(number) % 100 >= 11 else "other"
    return "one" if number == 1 else "two" if number == 2 and lang == "ar" else "other"


MAX_CODE_LENGTH = 3
"""Letters of a code of a country in ISO 3166-1."""


def is_money(unit: str) -> bool:
    """Whether a unit is a currency: ISO 4217 codes are three capitals, and no other unit has capitals."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


class Lexicon:
    """Meanings of words, labels of values and names of countries, in every language of the program."""

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
        """The labels of each language by group and key."""
        return {lang: json_value(shipped.text(f"{lang}.json")) for lang in LANGUAGES}

    @cached_property
    def _country_keys(self) -> shipped.KeyedRows:
        """A key and its codes or names."""
        return shipped.KeyedRows("country-keys.tsv")

    def label(self, group: str, key: str) -> Text:
        """`key` as people read it, e.g. `label("kinds", "sale")`; the key itself where there is no word for it."""
        return {lang: words[group].get(key, key) for lang, words in self.languages.items()}

    @cached_property
    def _currencies(self) -> dict[str, str]:
        return dict(line.split("\t") for line in shipped.text("currencies.tsv").splitlines())

    def currency_name(self, code: str) -> str | None:
        """The Arabic name of a currency, by its ISO 4217 code; None for any other unit."""
        return self._currencies.get(code) if is_money(code) else None

    def unit_label(self, value: float, unit: str) -> Text:
        """`unit` in the form that goes with `value`; currency codes and unknown units stay as they are."""
        label = {}
        for lang, words in self.languages.items():
            forms = words["units"].get(unit, {"other": unit})
            label[lang] = forms.get(plural_category(lang, value)) or forms["other"]
        return label

    def country_name(self, code: str) -> Text:
        """The CLDR name of a country, in both languages; the code where it is not one of ISO 3166."""
        names = self._country_keys.columns(f"@{code}") if code else []
        return dict(zip(LANGUAGES, names, strict=True)) if len(names) > 1 else dict.fromkeys(LANGUAGES, code)

    def countries_named(self, key: str) -> tuple[str, ...]:
        """The ISO 3166-1 codes of the countries that have `key`, folded, for a name, short form or adjective."""
        return tuple(code for codes in self._country_keys.columns(key) for code in codes.split())

    @cached_property
    def _known_names(self) -> shipped.KeyedRows:
        return shipped.KeyedRows("known-names.tsv")

    def is_known_name(self, key: str) -> bool:
        """Whether `key`, folded, is the name of a city or a common given name, whether or not a fact has it."""
        return bool(self._known_names.columns(key))

    def country_coded(self, key: str) -> tuple[str, ...]:
        """The country with the alpha-2 or alpha-3 code `key`, folded; none or one."""
        return self.countries_named("=" + key)

    @cached_property
    def country_keys(self) -> list[str]:
        """Every folded name, short form and adjective of a country, without codes."""
        return [row.partition("\t")[0] for row in self._country_keys.rows() if row[0] not in "=@"]

    def numbers_like(self, key: str) -> list[str]:
        """The ways to write, folded, the number that `key` is, in digits first and then in words; none for others."""
        digits = key if key.isdigit() else self.words.meaning("numbers", key)
        return [digits, *self.words.phrases("numbers", digits)] if digits else []

    @cached_property
    def _term_forms(self) -> shipped.KeyedRows:
        """Folded forms and the groups of synonyms that they mean, a row each; `scripts/build_synonyms.py` makes it."""
        return shipped.KeyedRows("term-forms.tsv")

    def meanings(self, key: str) -> set[str]:
        """The ids of the groups of synonyms that `key`, folded, can mean. For a type of entity it is the type."""
        return set(self._term_forms.columns(key))

    def words_for(self, meaning: str) -> list[str]:
        """The folded words, of both languages, by which texts are searched for a group of synonyms."""
        return self._term_forms.columns(f"@{meaning}")


def values_named(
    option: str,
    words: Iterable[str],
    known: Sequence[str],
    lexicon: Lexicon,
    group: str,
    suggestion: Callable[[str], str] = lambda word: "",
) -> tuple[str, ...]:
    """The values of a group (`kinds`, `statuses`) that the words given to an option name, in either language.

    An option takes more words for a value than a question, in which a treaty is that, and no other agreement. Raises
    UsageError for an unknown word, with the suggestion for it.
    """
    groups = (group, f"{group} as options")
    found: dict[str, None] = {}
    for word in words:
        values = {word} & set(known) or {value for one, value in lexicon.words.meanings(fold(word)) if one in groups}
        if not values:
            raise UsageError(f"{option}: {word!r} is none of {', '.join(known)}{suggestion(word)}")
        found.update(dict.fromkeys(sorted(values)))
    return tuple(found)
