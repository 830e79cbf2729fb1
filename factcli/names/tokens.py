"""Tokenize a name: its words, each with a weight and with symbols of the things that it is known to stand for.

Articles, with their sun-letter forms (`ash-`, `an-`), are taken off and particles weigh next to nothing; Abd is part of
the word that follows; letters that stand alone are one abbreviation. Forms that `data/name-forms.tsv` has bring symbols
with them, and two tokens with a symbol in common are the same whatever they look like. Kinds of things (ministry,
وزارة) weigh a quarter, for thousands of names have them; common words (north, golden) weigh a little less than a word
that is a name. Countries, cities and given names of the world are identities: two names with different identities are
different, however near they are spelled. The table is made by `scripts/build_synonyms.py`, folded and without articles,
so that here a form is one look-up; reading its sources and folding them took a fifth of a search across scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from factcli import package_data
from factcli._namedtuple import NamedTuple
from factcli.text import fold
from factcli.text.clitics import without_article, without_clitics
from factcli.text.json_line import json_value

KIND_WEIGHT, PARTICLE_WEIGHT = 0.25, 0.08
WEIGHTS = {"kind": KIND_WEIGHT, "word": 0.7, "country": 0.9, "particle": PARTICLE_WEIGHT}
"""Weight of a form by its category, where it is not 1. With a kind at 0.15 more ports are taken for universities;
between 0.25 and 0.35, and for common words from 0.5 to 0.9, nothing changes."""

MIN_DISTINCTIVE_WEIGHT = 0.5
"""A token that weighs less is generic: it does not distinguish names and is not looked for by itself."""

MIN_SHARE, SHARE_PER_LETTER = 0.5, 0.1
"""Share of a token without letters, and what each of the first five adds. How rare a token is among the names is left
out of it: that found no more."""

MAX_PHRASE_LENGTH = 4
"""Words in the longest form that is known."""

MAX_KNOWN = 1 << 16
"""Forms whose look-up is kept: where many names are tokenized, the same words come again and again."""

MAX_INITIALS = 4
"""Letters up to which a Latin word may be an abbreviation."""

MIN_CLITIC_LENGTH = 5
"""Letters from which a word alone may be a kind of thing behind a clitic."""

IDENTITIES = frozenset(("country", "place", "given name"))
"""Categories of symbols of which two different ones exclude each other: Oman is not Yemen."""


class Symbol(NamedTuple):
    """What a form stands for: `Symbol("country", "OM")`, `Symbol("kind", "ministry")`, `Symbol("number", "3")`.

    Categories: `country`, by its ISO 3166-1 code; `place`; `given name`; `kind`, `word`, `name`, `number` and
    `particle`, by their group in `data/synonyms.json`; `abbreviation`, by its letters.
    """

    category: str
    id: str


class Token(NamedTuple):
    """A word of a name, or a phrase that is one: folded and without article, its weight and its symbols.

    `without_article` is the word without a Latin article that may be written with it (almasri: masri), or empty; `raw`
    is the word with its article.
    """

    text: str
    weight: float
    symbols: frozenset[Symbol]
    without_article: str
    raw: str

    @property
    def share(self) -> float:
        """How much of a name it is, beside other tokens: by its weight and, up to five letters, its length."""
        return self.weight * min(1.0, MIN_SHARE + SHARE_PER_LETTER * len(self.text))

    @property
    def is_generic(self) -> bool:
        """Whether many names have it, so that it does not distinguish them."""
        return self.weight < MIN_DISTINCTIVE_WEIGHT

    @property
    def is_particle(self) -> bool:
        """Whether it only joins other words: of, and, bin."""
        return self.weight == PARTICLE_WEIGHT

    @property
    def identities(self) -> frozenset[Symbol]:
        """Its symbols of countries, places and given names."""
        return frozenset(symbol for symbol in self.symbols if symbol.category in IDENTITIES)


# -- what the data files know


class Rules(NamedTuple):
    """`data/name-rules.json`: how names are written."""

    abd_prefixes: frozenset[str]
    articles: frozenset[str]
    sun_articles: dict[str, str]
    """Latin article -> first letter of the words that it stands before."""
    letters: dict[str, str]
    """Folded Arabic name of a Latin letter -> the letter."""
    defining_kinds: frozenset[Symbol]
    """Kinds that say what a thing is: two names of different ones are different."""
    look_alikes: dict[str, list[list[str]]]
    """By script: letters, and what they are replaced with to compare names whose letters are confused."""


@cache
def rules() -> Rules:
    """The rules, read once. Raises `FileError` where the file is missing."""
    data = json_value(package_data.text("name-rules.json"))
    letters = {fold(name): letter for letter, names in data["letters"].items() for name in names}
    abd_prefixes, articles = frozenset(data["abd_prefixes"]), frozenset(data["articles"])
    defining_kinds = frozenset(Symbol("kind", kind) for kind in data["defining_kinds"])
    return Rules(abd_prefixes, articles, data["sun_articles"], letters, defining_kinds, data["look_alikes"])


@cache
def _forms() -> package_data.SplitRows:
    """The table of forms, whose rows are parsed when asked for."""
    return package_data.SplitRows("name-forms.tsv")


@cache
def _parsed(row: str) -> tuple[float, frozenset[Symbol]]:
    columns = row.split("\t")
    return WEIGHTS.get(columns[0], 1.0), frozenset(map(_symbol, columns[::2], columns[1::2]))


@cache
def _symbol(category: str, id: str) -> Symbol:
    """The symbol of a row; made once, so that most comparisons are settled by identity."""
    return Symbol(category, id)


@lru_cache(maxsize=MAX_KNOWN)
def known_form(form: str) -> tuple[float, frozenset[Symbol]] | None:
    """The weight and the symbols of a folded form without articles, or None where no table has it."""
    row = _forms().find(form)
    return _parsed(row) if row is not None else None


def shadda_variant(name: str) -> tuple[str, Symbol] | None:
    """The key and the symbol of a name that only a shadda distinguishes from another: عمّان is Amman, عمان is Oman."""
    if "\u0651" not in name:
        return None
    key = re.sub("[\u064b-\u0650\u0652\u0670]", "", name.strip())
    found = known_form(key)
    return (key, min(found[1])) if found else None


# -- from a folded name to tokens


@lru_cache(maxsize=4096)
def tokenize_name(key: str) -> tuple[Token, ...]:
    """The tokens of a folded name; a phrase that stands for one thing is one token.

    >>> [(token.text, token.weight) for token in tokenize_name("وزاره الدفاع")]
    [('وزاره', 0.25), ('دفاع', 0.25)]
    >>> [token.text for token in tokenize_name("abd al rahman bin saleh")]
    ['abdalrahman', 'bin', 'saleh']
    """
    raw = merge_particles(key)
    bare = [without_article(word) for word in raw]
    tokens: list[Token] = []
    at = 0
    while at < len(bare):
        token, size = (
            _known_phrase(bare, raw, at) or _spelled_abbreviation(bare, raw, at) or _unknown_word(bare, raw, at)
        )
        tokens.append(token)
        at += size
    return tuple(tokens)


DESIGNATION = re.compile(r"\b([a-z]{1,4}|[ء-ي]{1,5})(\d{2,})\b")
"""Letters and a number written as one (su30): two words."""


DIGIT = re.compile("[0-9]")


def merge_particles(key: str) -> list[str]:
    """The words of a folded name: Abd joined to what follows, letters that stand alone joined, Latin articles dropped.

    >>> merge_particles("abd al salam al murshidi"), merge_particles("u s s cole")
    (['abdalsalam', 'murshidi'], ['uss', 'cole'])
    """
    raw = (DESIGNATION.sub(r"\1 \2", key) if DIGIT.search(key) else key).split()
    words: list[str] = []
    at = 0
    while at < len(raw):
        end = _end_of_word(raw, at)
        if end > at + 1 or not _is_latin_article(raw, at):
            words.append("".join(raw[at:end]))
        at = end
    return words


def _end_of_word(raw: list[str], at: int) -> int:
    """Where the word ends that begins at a position."""
    end = at + 1
    if raw[at] in rules().abd_prefixes and end < len(raw):
        while _is_latin_article(raw, end):
            end += 1
        return end + 1
    if _is_initial(raw[at]):
        while end < len(raw) and _is_initial(raw[end]):
            end += 1
    return end


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _is_latin_article(raw: list[str], at: int) -> bool:
    """Whether a word is the article of the word that follows it."""
    if at + 1 >= len(raw):
        return False
    word, following = raw[at], raw[at + 1]
    return word in rules().articles or (rules().sun_articles.get(word) == following[0] and len(following) > 2)


def _known_phrase(bare: list[str], raw: list[str], at: int) -> tuple[Token, int] | None:
    """The longest known form that begins at a position, with its number of words.

    A clitic is tried off the first word of a phrase, and off a long enough word that is then a kind of thing.
    """
    word = bare[at]
    stems = [] if word.isascii() else without_clitics(word)
    for size in range(min(MAX_PHRASE_LENGTH, len(bare) - at), 0, -1):
        rest = bare[at + 1 : at + size]
        for first in (word, *stems) if size > 1 or len(word) >= MIN_CLITIC_LENGTH else (word,):
            found = known_form(" ".join((first, *rest)))
            if found and (size > 1 or first == word or found[0] == KIND_WEIGHT):
                return Token("".join((first, *rest)), *found, "", "".join(raw[at : at + size])), size
    return None


def _spelled_abbreviation(bare: list[str], raw: list[str], at: int) -> tuple[Token, int] | None:
    """Two or more names of letters in a row (بي جي ام), which spell an abbreviation, with their number."""
    letters = rules().letters
    end = at
    while end < len(bare) and bare[end] in letters:
        end += 1
    if end - at < 2:
        return None
    symbols = abbreviation(letters[word] for word in bare[at:end])
    return Token("".join(bare[at:end]), 1.0, symbols, "", "".join(raw[at:end])), end - at


def abbreviation(letters: Iterable[str]) -> frozenset[Symbol]:
    """The symbol of what letters spell; a, e and i are one, since their names in Arabic are."""
    return frozenset([Symbol("abbreviation", "".join("A" if letter in "aei" else letter for letter in letters))])


def _unknown_word(bare: list[str], raw: list[str], at: int) -> tuple[Token, int]:
    """A word that no table has: a number, what may be an abbreviation, or a name."""
    text = bare[at]
    if text.isdigit():
        return Token(text, 1.0, frozenset([Symbol("number", text.lstrip("0"))]), "", text), 1
    letters = rules().letters
    may_be_initials = text.isascii() and len(text) <= MAX_INITIALS
    spelled = [letters[text]] if text in letters else list(text) if may_be_initials else []
    symbols = abbreviation(spelled) if spelled else frozenset()
    return Token(text, 1.0, symbols, without_latin_article(text), raw[at]), 1


SUN_LETTERS = frozenset("drstnz")
"""Latin letters that the l of an article becomes before a word that begins with one."""


def without_latin_article(word: str) -> str:
    """The word without an article that is written with it, or an empty string.

    >>> without_latin_article("almasri"), without_latin_article("asseeb"), without_latin_article("aselsan")
    ('masri', 'seeb', '')
    """
    has_article = word[:2] in ("al", "el") or (word[:1] in ("a", "e") and word[1:2] == word[2:3] in SUN_LETTERS)
    return word[2:] if has_article and len(word) > 5 else ""


ARABIZI_DIGRAPHS = (("3'", "gh"), ("7'", "kh"), ("9'", "d"), ("6'", "z"))
"""Digits with an apostrophe that are typed for letters with a dot: غ خ ض ظ."""


def expand_arabizi(name: str) -> str:
    """The name with the Latin letters of what is typed as `3'`, `7'`, `9'`, `6'` and `$`; others come unchanged.

    >>> expand_arabizi("7'anjar"), expand_arabizi("Ra$id")
    ('khanjar', 'rashid')
    """
    if name.isascii() and re.search(r"\$|[3679]['’]", name):
        name = re.sub(r"(?<=\w)\$|\$(?=\w)", "sh", name.lower())
        for digraph, letters in ARABIZI_DIGRAPHS:
            name = name.replace(digraph, letters)
    return name
