"""A name taken apart into words that can be compared: what each says, what it weighs, what it is known to mean.

The article, sun-letter forms of it (`ash-`, `an-`) and particles say little and are taken off or weigh next to nothing;
Abd and Abu are part of the word that follows; letters that stand alone are one abbreviation. Words and phrases that
`data/meanings.json` knows are equal to their translation, whatever they look like: kinds of things (ministry, وزارة)
weigh a quarter, for thousands of names have them; common words (north, golden) weigh a little less than a word that is
a name. Countries, cities and given names of the world (`country-keys.tsv`, `known-names.tsv`) bring an identity with
them: two names with different identities are different, however near they are spelled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from factcli import package_data as shipped
from factcli.text import fold
from factcli.text.clitics import without_article, without_clitics

KIND, COMMON, COUNTRY, PLAIN, LINK = 0.25, 0.7, 0.9, 1.0, 0.08
"""Weights of a kind of thing, a common word, a country's name, any other word, a particle. With a kind at 0.15 more
ports are taken for universities; between 0.25 and 0.35, and for common words from 0.5 to 0.9, nothing changes."""

LIGHT = 0.5
"""Below this a word does not tell names apart: it is not looked for by itself."""

SHORTEST, PER_LETTER = 0.5, 0.1
"""Share of a word without letters, and what each of the first five adds. How rare a word is among the names is left out
of it: that found no more."""

LONGEST_PHRASE = 4
"""Words in the longest phrase that is known."""

MOST_INITIALS = 4
"""Letters up to which a Latin word may be an abbreviation."""

IDENTITIES = frozenset("@%&")
"""First characters of the meanings that are somebody's own: of a country, a place, a given name."""


class Word(NamedTuple):
    """A word of a name, or a phrase that is one word: its letters without article, its weight and its meanings.

    `other` is the word without a Latin article that may be written with it (almasri: masri), or empty; `raw` is the
    word as it stood, with its article.
    """

    text: str
    weight: float
    meanings: frozenset[str]
    other: str
    raw: str

    @property
    def share(self) -> float:
        """How much of a name it is, beside other words: by its weight and, up to five letters, its length."""
        return self.weight * min(1.0, SHORTEST + PER_LETTER * len(self.text))

    @property
    def is_light(self) -> bool:
        return self.weight < LIGHT

    @property
    def is_particle(self) -> bool:
        return self.weight == LINK

    @property
    def identities(self) -> frozenset[str]:
        return frozenset(m for m in self.meanings if m[0] in IDENTITIES)


class Known(NamedTuple):
    """What the files know of words: weight and meanings by form, letters by name, and the particles."""

    words: dict[str, tuple[float, frozenset[str]]]
    letters: dict[str, str]
    servants: frozenset[str]
    articles: frozenset[str]
    sun_articles: dict[str, str]
    vowelled: dict[str, str]
    defining: frozenset[str]
    looks: dict[str, list[list[str]]]


Found = dict[str, tuple[float, set[str]]]
"""While the files are read: weight and meanings by form."""


@cache
def known() -> Known:
    """All that the files know, read once."""
    data = json.loads(shipped.text("meanings.json"))
    found: Found = {}
    vowelled: dict[str, str] = {}
    add_meanings(found, data)
    add_countries(found)
    add_names(found, vowelled)
    return Known(
        {form: (weight, frozenset(meanings)) for form, (weight, meanings) in found.items()},
        {fold(name): letter for letter, names in data["letters"].items() for name in names},
        frozenset(data["servants"]),
        frozenset(data["articles"]),
        data["sun_articles"],
        vowelled,
        frozenset(f"kinds:{kind}" for kind in data["defining"]),
        data["looks"],
    )


WEIGHTS = {"numbers": PLAIN, "kinds": KIND, "words": COMMON, "names": PLAIN}


def add_meanings(found: Found, data: dict[str, Any]) -> None:
    for section, weight in WEIGHTS.items():
        for key, forms in data[section].items():
            meaning = f"#{key}" if section == "numbers" else f"{section}:{key}"
            for form in (*forms["en"], *forms["ar"]):
                found.setdefault(bare(fold(form)), (weight, set()))[1].add(meaning)
    for meaning, forms in data["links"].items():
        for form in forms:
            found[form] = (LINK, {f"links:{meaning}"})


def add_countries(found: Found) -> None:
    """Countries by name; their codes and shortest forms are also words of other kinds and are left out."""
    for form, code in pairs_of("country-keys.tsv"):
        key = bare(form)
        if len(key) > (3 if key.isascii() else 2) and (key not in found or found[key][0] == COUNTRY):
            found.setdefault(key, (COUNTRY, set()))[1].add(f"@{code}")


def add_names(found: Found, vowelled: dict[str, str]) -> None:
    for form, identity in pairs_of("known-names.tsv"):
        if fold(form) != form:
            vowelled[form] = identity
        elif (key := bare(form)) not in found or found[key][0] >= COUNTRY:
            found.setdefault(key, (PLAIN, set()))[1].add(identity)


def pairs_of(name: str) -> Iterator[tuple[str, str]]:
    for line in shipped.text(name).splitlines():
        form, _, value = line.partition("\t")
        yield form, value


def bare(words: str) -> str:
    return " ".join(map(without_article, words.split()))


def told_apart(query: str) -> tuple[str, str] | None:
    """A name that only a doubling mark tells from another, with its identity: عمّان is not عمان."""
    if "\u0651" not in query:
        return None
    shown = re.sub("[\u064b-\u0650\u0652\u0670]", "", query.strip())
    return (shown, known().vowelled[shown]) if shown in known().vowelled else None


# -- from a key to words


@lru_cache(maxsize=4096)
def taken_apart(key: str) -> tuple[Word, ...]:
    """The words of a folded name, phrases that mean one thing together.

    >>> [(word.text, word.weight) for word in taken_apart("وزاره الدفاع")]
    [('وزاره', 0.25), ('دفاع', 0.25)]
    >>> [word.text for word in taken_apart("abd al rahman bin saleh")]
    ['abdalrahman', 'bin', 'saleh']
    """
    whole = settled(key)
    bares = [without_article(word) for word in whole]
    found: list[Word] = []
    at = 0
    while at < len(bares):
        word, size = phrase(bares, whole, at) or spelled_out(bares, whole, at) or (plain(bares[at], whole[at]), 1)
        found.append(word)
        at += size
    return tuple(found)


CODE = re.compile(r"\b([a-z]{1,4}|[ء-ي]{1,5})(\d{2,})\b")
"""Letters and a number written as one (su30): two words."""


def settled(key: str) -> list[str]:
    """The words of a key with Abd and what it serves, articles, and letters that stand alone settled."""
    raw = CODE.sub(r"\1 \2", key).split()
    out: list[str] = []
    at = 0
    while at < len(raw):
        end = end_of_word(raw, at)
        if not (end == at + 1 and is_article(raw, at)):
            out.append("".join(raw[at:end]))
        at = end
    return out


def end_of_word(raw: list[str], at: int) -> int:
    """Where the word ends that begins at a position."""
    end = at + 1
    if raw[at] in known().servants and end < len(raw):
        while is_article(raw, end):
            end += 1
        return end + 1
    if is_letter(raw[at]):
        while end < len(raw) and is_letter(raw[end]):
            end += 1
    return end


def is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def is_article(raw: list[str], at: int) -> bool:
    """Whether a Latin word is the article of the word that follows it."""
    if at + 1 >= len(raw):
        return False
    word, following = raw[at], raw[at + 1]
    return word in known().articles or (known().sun_articles.get(word) == following[0] and len(following) > 2)


def phrase(bares: list[str], whole: list[str], at: int) -> tuple[Word, int] | None:
    """The longest known phrase that begins at a position, with its number of words."""
    for size in range(min(LONGEST_PHRASE, len(bares) - at), 0, -1):
        rest = bares[at + 1 : at + size]
        for first in heads(bares[at], size):
            hit = known().words.get(" ".join((first, *rest)))
            if hit and (size > 1 or first == bares[at] or hit[0] == KIND):
                return Word("".join((first, *rest)), *hit, "", "".join(whole[at : at + size])), size
    return None


def heads(word: str, size: int) -> list[str]:
    """A word, and what it may be without clitics where it is long enough or a phrase bears it out."""
    return [word, *without_clitics(word)] if not word.isascii() and (size > 1 or len(word) > 4) else [word]


def spelled_out(bares: list[str], whole: list[str], at: int) -> tuple[Word, int] | None:
    """Two or more names of letters in a row (بي جي ام): they spell an abbreviation."""
    letters = known().letters
    end = at
    while end < len(bares) and bares[end] in letters:
        end += 1
    if end - at < 2:
        return None
    spelled = abbreviation(letters[word] for word in bares[at:end])
    return Word("".join(bares[at:end]), PLAIN, spelled, "", "".join(whole[at:end])), end - at


def abbreviation(letters: Iterable[str]) -> frozenset[str]:
    """What letters spell; the names of a, e and i in Arabic cannot be told apart."""
    return frozenset(["abbr:" + "".join("A" if letter in "aei" else letter for letter in letters)])


def plain(text: str, raw: str) -> Word:
    """A word that the files do not know."""
    if text.isdigit():
        return Word(text, PLAIN, frozenset(["#" + text.lstrip("0")]), "", text)
    letters = known().letters
    may_be_initials = text.isascii() and len(text) <= MOST_INITIALS
    spelled = [letters[text]] if text in letters else list(text) if may_be_initials else []
    return Word(text, PLAIN, abbreviation(spelled) if spelled else frozenset(), without_latin_article(text), raw)


SUN_LETTERS = frozenset("drstnz")
"""Latin letters that the l of an article becomes before a word that begins with one."""


def without_latin_article(word: str) -> str:
    """The word without an article that is written with it, or nothing.

    >>> without_latin_article("almasri"), without_latin_article("asseeb"), without_latin_article("aselsan")
    ('masri', 'seeb', '')
    """
    has_article = word[:2] in ("al", "el") or (word[:1] in ("a", "e") and word[1:2] == word[2:3] in SUN_LETTERS)
    return word[2:] if has_article and len(word) > 5 else ""


CHAT = (("3'", "gh"), ("7'", "kh"), ("9'", "d"), ("6'", "z"))
"""Digits with an apostrophe that are typed for letters with a dot: غ خ ض ظ."""


def unchatted(query: str) -> str:
    """The query with dotted letters and shin in Latin letters, where it has signs that are typed for them."""
    if query.isascii() and re.search(r"\$|[3679]['’]", query):
        query = re.sub(r"(?<=\w)\$|\$(?=\w)", "sh", query.lower())
        for sign, letters in CHAT:
            query = query.replace(sign, letters)
    return query
