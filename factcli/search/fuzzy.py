"""What a word that met nothing may have been meant to be: a name or a word misspelt, or a name in the other script."""

from __future__ import annotations

from factcli.names.typos import corrections
from factcli.search.index import Index, Matches, Name, Page, best
from factcli.text import fold, script
from factcli.text import inflection as inflect
from factcli.text.clitics import without_article

Scored = list[tuple[list[Name], float]]
"""Names with scores, best first."""

WORD_OF_A_NAME = 0.9
"""What is left of the score where a word is like one word of a name or a text, not like all of a name."""

ALMOST = 99.0
"""The most that a guess can score."""

ALIKE_WITHIN = 6.0
"""Names this much below the best guess are answers as well; those further below are not."""


def fuzzy_matches(index: Index, word: str) -> Matches:
    """Facts that have a name or a word which this one may be, misspelt or written in the other script.

    None where it is spelled at least as much like a country that takes part in nothing; nor is a name that many
    have (Khalid) another one misspelt.
    """
    key = fold(word)
    if key.isdigit() or (not index.parties_only and index.is_number(word)):
        return {}
    if index.lexicon.is_known_name(key):
        return best_of(index, word, transliterated(index, word, key), "across scripts")
    in_use, elsewhere = misspelt_countries(index, key)
    scored = sorted([*misspelt_names(index, key), *in_use], key=lambda pair: -pair[1]) or misspelt_words(index, key)
    if scored and scored[0][1] > elsewhere:
        return best_of(index, word, scored, "typo")
    return {} if elsewhere else best_of(index, word, transliterated(index, word, key), "across scripts")


def misspelt_countries(index: Index, key: str) -> tuple[Scored, float]:
    """The names of countries that take part most like `key`, and how much it is like the name of any other."""
    keys = index.lexicon.country_keys
    in_use: Scored = []
    elsewhere = 0.0
    for at, score in corrections(key, keys):
        codes = index.lexicon.countries_named(keys[at])
        names = [Name(keys[at], False, index.by_country[code], "partner") for code in codes if code in index.by_country]
        if names:
            in_use.append((names, score))
        else:
            elsewhere = max(elsewhere, score)
    return in_use, elsewhere


def best_of(index: Index, word: str, scored: Scored, how: str) -> Matches:
    """Facts with the best of some names, and with those that are nearly as good."""
    floor = scored[0][1] - ALIKE_WITHIN if scored else 0.0
    return best(index.matches_of(word, told, round(score, 1), how) for told, score in scored if score >= floor)


def misspelt_names(index: Index, key: str) -> Scored:
    """The names of parties most like `key`."""
    names = index.names_like(key)
    choices = list(names)
    return [(names[choices[at]], score) for at, score in corrections(key, choices)]


def misspelt_words(index: Index, key: str) -> Scored:
    """The names and texts that have a word most like `key`, which is one word itself; articles tell nothing."""
    if " " in key:
        return []
    pages = [index.names_page(key)] if index.parties_only else [index.names_page(key), index.page(script(key))]
    choices = list(dict.fromkeys(word for page in pages for word in page.text.split()))
    bare = [without_article(word) for word in choices]
    near = corrections(without_article(key), bare)
    return [(having(index, choices[at], key, pages), score * WORD_OF_A_NAME) for at, score in near]


def having(index: Index, word: str, key: str, pages: list[Page]) -> list[Name]:
    """The names, and the texts as names of their fact, that have the word."""
    names = index.names_like(key)
    of_parties, *of_texts = (page.found(inflect.equal(word)) for page in pages)
    parties = [name for piece, _ in of_parties for name in names[piece.text]]
    return parties + [Name(word, True, (piece.fact,), piece.field) for found in of_texts for piece, _ in found]


def transliterated(index: Index, word: str, key: str) -> Scored:
    """The names that sound like `key` in the other script."""
    other = {"latn": "arab", "arab": "latn"}.get(script(key))
    if other is None:
        return []
    from factcli.names import THRESHOLD, rank

    names, texts = index.names_of_script[other]
    found = [(names[at], min(score, ALMOST)) for at, score in rank(word, texts) if score >= THRESHOLD]
    counted = numbers_in(key)
    return [([name], score) for name, score in found if counted <= numbers_in(name.text)]


def numbers_in(text: str) -> set[str]:
    return {word for word in fold(text).split() if word.isdigit()}
