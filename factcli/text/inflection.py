"""The forms that a folded word can have in folded text, however it is inflected.

Stems are not dictionary forms. A word is taken back to what it may be a form of, and its forms are all regular forms of
that: in English the plural, the forms of a verb, the adverb and both spellings (`-ise`, `-our`, `-ence`); in Arabic
number, gender, the adjective of a noun and a possessor at the end, article and clitics in front. Forms that do not
exist (`visitted`) do no harm, since no text has them. Words that look like forms of another word are in `UNRELATED`.

English begins with the S-stemmer (Harman 1991, "How effective is suffixing?"), Arabic with light10 (Larkey, Ballesteros
and Connell 2007, "Light stemming for Arabic information retrieval"). The query is expanded and the texts stay as they
are, so that a match can be shown as it is written. A stem of three letters takes fewer endings, since nearly all roots
have three: `دوله`, state, is not `دولي`, international, nor `خبره`, expertise, `خبر`, news.

Rejected: root extraction (كتب, مكتب and كتاب become one), the Snowball stemmers (a dependency of 2 MB, and too strong
for Arabic), clitics of one letter before short stems (بحرية, naval, would be found for حرية, freedom), the dual in ـان
(it ate the ends of عمان and سلطان), suffixes that change what kind of thing a word names (`-er`, `-ment`, `-tion`):
which of them mean the same is no rule, and the synonym table has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from factcli.text import script
from factcli.text.clitics import without_article

CONJUNCTIONS = ("", "و", "ف")
ARTICLES = ("ال", "بال", "كال", "لل")
WITH_ARTICLE = ("", *(conjunction + article for conjunction in CONJUNCTIONS for article in ARTICLES))
WITH_CLITIC = (
    *WITH_ARTICLE,
    "و",
    "ف",
    *(conjunction + preposition for conjunction in CONJUNCTIONS for preposition in "بلك"),
)
"""What may be written in front of a word: article, with preposition and conjunction; or these without an article."""

POSSESSORS = ("هما", "ها", "هم")
ENDINGS = ("يات", "ات", "ون", "ين", "يه", "ه", "ي")
SHORT_ENDINGS = ("ات", "ون", "ين", "ه")
"""Endings that a stem of three letters may lose: all but the ones that make an adjective of a noun."""

FEMININE = (*(t + owner for t in ("ت", "ات") for owner in POSSESSORS), "ات", "تين", "تان", "ه")
AFTER_SHORT = (*FEMININE, *(a + owner for a in ("", "ا") for owner in POSSESSORS), "ون", "ين", "ا", "")
AFTER_LONG = (
    *AFTER_SHORT,
    *(t + owner for t in ("يت", "يات") for owner in POSSESSORS),
    "يات",
    "يه",
    "ي",
    "تا",
    "ته",
)
MIN_STEM = 3
MIN_STEM_WITH_POSSESSOR = 4
MIN_STEM_WITH_CLITIC = 4
"""Letters a stem needs before one letter in front of it may be a clitic rather than a part of another word."""

MIN_VERB, MIN_ADJECTIVE = 3, 4
"""Letters that must be left of an English word where `-ed` and `-ing`, and where `-ly`, are taken for endings."""

MIN_WITH_TANWEEN = 4
"""Letters that an Arabic word with an ending alif has more than, for that to be one of case: not دعا."""

VOWELS = "aeiou"
PREFIXES = tuple("counter cross inter multi anti non pre co".split())
"""English prefixes, longest first, that are written together with a word, with a hyphen or apart."""

SPELLINGS = (
    *(("ise" + end, "ize" + end) for end in ("", "s", "d")),
    *(("is" + end, "iz" + end) for end in ("ing", "ation", "ations")),
    *(("our" + end, "or" + end) for end in ("", "s", "ed", "ing")),
    *(("ence" + end, "ense" + end) for end in ("", "s")),
    *(("tre" + end, "ter" + end) for end in ("", "s")),
)
"""Endings of words in Britain and in America. That a word has only one of them does no harm."""

UNRELATED = frozenset("according armed evening lasting news partly stated yearly سلامه".split())
"""Words that look like forms of others (accord, arms, even, last, new, part, state, year, سلام), but are not."""


def bases(word: str) -> list[str]:
    """What a word may be a form of, itself first."""
    if script(word) != "arab":
        return list(dict.fromkeys((word, *_english_bases(word))))
    bare = without_article(word)
    stem = _arabic_stem(bare)
    return list(dict.fromkeys((word, bare, stem, stem + "ه", *_without_tanween(bare))))


def _without_tanween(word: str) -> list[str]:
    """The Arabic word without the alif of the indefinite accusative: عقودا is عقود."""
    return [word[:-1]] if word.endswith("ا") and len(word) > MIN_WITH_TANWEEN else []


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """The forms of a folded word, itself among them; of a number no other.

    >>> sorted(forms("navy")), sorted(forms("1992"))
    (['navied', 'navies', 'navy', 'navying', 'navyly'], ['1992'])
    """
    kind = script(word)
    if kind == "arab":
        bare = without_article(word)
        return frozenset((word, *(form for one in (bare, *_without_tanween(bare)) for form in _arabic_forms(one))))
    return frozenset(_english_forms(word)) if kind == "latn" else frozenset([word])


def spellings(phrase: str) -> list[list[str]]:
    """The words of a phrase, and the same with a prefix joined to the word behind it, or taken off one.

    >>> spellings("anti tank missiles"), spellings("antitank")
    ([['anti', 'tank', 'missiles'], ['antitank', 'missiles']], [['antitank'], ['anti', 'tank']])
    """
    words = phrase.split()
    found = [words]
    for at, word in enumerate(words):
        prefix = next((one for one in PREFIXES if word.startswith(one)), "")
        rest = word[len(prefix) :]
        if prefix and not rest and at + 1 < len(words):
            found.append([*words[:at], word + words[at + 1], *words[at + 2 :]])
        elif prefix and len(rest) > MIN_STEM:
            found.append([*words[:at], prefix, rest, *words[at + 1 :]])
    return found


# -- Arabic


def _arabic_forms(word: str) -> Iterator[str]:
    stem = _arabic_stem(word)
    fronts = WITH_CLITIC if len(stem) >= MIN_STEM_WITH_CLITIC else WITH_ARTICLE
    bodies = [stem + ending for ending in _arabic_endings(word, stem)]
    bodies = [body for body in bodies if body == word or body not in UNRELATED]
    return (front + body for front in fronts for body in bodies)


def _arabic_stem(word: str) -> str:
    """What is left of a word without its possessor and one ending."""
    owned = _without(word, POSSESSORS, MIN_STEM_WITH_POSSESSOR)
    if owned != word and owned.endswith("ت"):
        owned = owned[:-1] + "ه"
    long = _without(owned, ENDINGS, MIN_STEM)
    return long if len(long) > MIN_STEM else _without(owned, SHORT_ENDINGS, MIN_STEM)


def _without(word: str, endings: tuple[str, ...], min_stem: int) -> str:
    return next((word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= min_stem), word)


def _arabic_endings(word: str, stem: str) -> tuple[str, ...]:
    """What may follow the stem of a word: where that is three letters, it stays feminine if the word is."""
    if len(stem) < MIN_STEM:
        return ("",)
    is_short = len(stem) == MIN_STEM
    is_feminine = word != stem and word.endswith(("ه", "ات"))
    if is_feminine and (word in UNRELATED or (is_short and stem[-1] not in "يو")):
        return FEMININE
    return AFTER_SHORT if is_short else AFTER_LONG


# -- English


def _english_forms(word: str) -> Iterator[str]:
    prefix = next((one for one in PREFIXES if word.startswith(one) and len(word) - len(one) > MIN_STEM), "")
    rest = word[len(prefix) :]
    bases = [rest, *(() if rest in UNRELATED else _english_bases(rest))]
    regular = (form for base in bases for form in _regular_forms(base) if form not in UNRELATED)
    return (prefix + form for one in (rest, *regular) for form in _in_both_spellings(one))


def _english_bases(word: str) -> Iterator[str]:
    """What the word may be a form of."""
    if word.endswith(("ies", "ied")) and len(word) > MIN_STEM + 1:
        yield word[:-3] + "y"
    elif word.endswith("s") and word[-2:-1] not in "su" and len(word) > MIN_STEM:
        yield word[:-1]
        if word.endswith(("ses", "xes", "zes", "ches", "shes")):
            yield word[:-2]
    elif word.endswith("ed") and not word.endswith("eed"):
        yield from _verbs(word[:-2])
    elif word.endswith("ing"):
        yield from _verbs(word[:-3])
    elif word.endswith("ly") and len(word) - 2 >= MIN_ADJECTIVE:
        yield word[:-2]


def _verbs(stem: str) -> Iterator[str]:
    """The verbs of which the stem may be what is left: `approv` of approve, `committ` of commit, `sign` of sign."""
    if len(stem) < MIN_VERB or not set(stem) & set(VOWELS):
        return
    if _ends_in_one_consonant(stem):
        yield stem + "e"
        if sum(letter in VOWELS for letter in stem) == 1:
            return
    elif stem[-1] in "cv":  # no English word ends in these: announc, involv
        yield stem + "e"
        return
    elif stem.endswith(("dg", "ng", "rg", "ns", "rs")):
        yield stem + "e"
    elif stem[-1] == stem[-2]:
        yield stem[:-1]
    yield stem


def _ends_in_one_consonant(stem: str) -> bool:
    return stem[-1] not in VOWELS + "wxy" and stem[-2] in VOWELS and stem[-3:-2] not in VOWELS


def _regular_forms(base: str) -> Iterator[str]:
    yield base
    if len(base) < MIN_VERB:
        yield base + "s"
        return
    if base.endswith("y") and base[-2] not in VOWELS:
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    elif base.endswith("e"):
        yield from (base + "s", base + "d", base[:-1] + "ing", base[:-1] + "ings")
    else:
        yield from (base + ending for ending in ("s", "es", "ed", "ing", "ings"))
        if _ends_in_one_consonant(base):
            yield from (base + base[-1] + ending for ending in ("ed", "ing"))
    if len(base) >= MIN_ADJECTIVE:
        yield base + "ly"


def _in_both_spellings(form: str) -> Iterator[str]:
    """The form as it is written in Britain and in America."""
    for endings in SPELLINGS:
        for ending in endings:
            if form.endswith(ending) and len(form) - len(ending) >= MIN_STEM:
                yield from (form[: -len(ending)] + other for other in endings)
                return
    yield form
