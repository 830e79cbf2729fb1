"""One folded word as a pattern that finds it in folded text however it is inflected.

Stems are not dictionary forms. A word is taken back to what it may be a form of; the pattern is all regular forms of
that: in English the plural, the forms of a verb, the adverb and both spellings (`-ise`, `-our`, `-ence`); in Arabic
number, gender, the adjective of a noun and a possessor at the end, article and clitics in front. Forms that do not
exist (`visitted`) do no harm, since no text has them. Words that look like forms of another word are in `UNRELATED`.

English begins with the S-stemmer (Harman 1991, "How effective is suffixing?"), Arabic with light10 (Larkey, Ballesteros
and Connell 2007, "Light stemming for Arabic information retrieval"). Text carries the prefixes, so that a word is found
behind its article without the text being taken apart. A stem of three letters takes fewer endings, since nearly all
roots have three: `دوله`, state, is not `دولي`, international, nor `خبره`, expertise, `خبر`, news.

Rejected: root extraction (كتب, مكتب and كتاب become one), the Snowball stemmers (a dependency of 2 MB, and stems that
are no prefix of the word cannot be searched for), prefixes of one letter before short stems (بحرية, naval, would be
found for حرية, freedom), the dual in ـان (it ate the ends of عمان and سلطان), suffixes that change what kind of thing a
word names (`-er`, `-ment`, `-tion`): which of them mean the same is no rule, and the synonym table has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcli.text import script
from factcli.text.clitics import without_article

ARTICLE = "[وف]?(?:[بك]?ال|لل)"
CLITIC = "[وف]?(?:[بك]?ال|لل|[بلك])?|[وف]"
POSSESSORS = ("هما", "ها", "هم")
ENDINGS = ("يات", "ات", "ون", "ين", "يه", "ه", "ي")
SHORT_ENDINGS = ("ات", "ون", "ين", "ه")
"""Endings that a stem of three letters may lose: not those that make an adjective of a noun."""

FEMININE = "ا?ت(?:هما?|ها)|ات|تين|تان|ه"
AFTER_SHORT = FEMININE + "|ا?(?:هما?|ها)|ون|ين|ا"
AFTER_LONG = AFTER_SHORT + "|يا?ت(?:هما?|ها)|يات|يه|ي|تا|ته"
MIN_STEM = 3
MIN_STEM_WITH_POSSESSOR = 4
MIN_STEM_WITH_CLITIC = 4
"""Letters a stem needs before one letter in front of it may be a clitic rather than a part of another word."""

MIN_VERB, MIN_ADJECTIVE = 3, 4
"""Letters that must be left of an English word where `-ed` and `-ing`, and where `-ly`, are taken for endings."""

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

START, END = " ", "(?= )"
"""Folded words stand between single blanks, and a page has a blank at both ends of every text. A pattern that begins
with what it looks for is ten times faster to search than one that looks behind it first."""


def equal(phrase: str) -> str:
    """A pattern for the phrase as it is, as whole words."""
    return START + re.escape(phrase) + END


def uninflected(phrase: str) -> str:
    """A pattern for the phrase as it is but for Arabic clitics: `خمسه` finds `الخمسه`, not `خمسين`."""
    if script(phrase) != "arab":
        return equal(phrase)
    return f"{START}(?:{CLITIC})?{re.escape(without_article(phrase))}{END}"


def inflected(phrase: str) -> str:
    """A pattern for the phrase in any form of its words, together and in order.

    The blank behind a prefix may be missing: `anti tank` finds `antitank`.
    """
    *firsts, last = phrase.split()
    return START + "".join(_forms(word) + (" ?" if word in PREFIXES else " ") for word in firsts) + _forms(last) + END


def bases(word: str) -> list[str]:
    """What a word may be a form of, itself first."""
    if script(word) != "arab":
        return list(dict.fromkeys((word, *_english_bases(word))))
    bare = without_article(word)
    stem = _arabic_stem(bare)
    return list(dict.fromkeys((word, bare, stem, stem + "ه")))


def beginning(phrase: str) -> str:
    """A pattern for the phrase with its last word left unfinished."""
    *firsts, last = phrase.split()
    bare = without_article(last)
    article = f"(?:{ARTICLE})?" if script(bare) == "arab" else ""
    return START + "".join(_forms(word) + " " for word in firsts) + article + re.escape(bare)


def _forms(word: str) -> str:
    kind = script(word)
    if kind == "arab":
        return _arabic_forms(without_article(word))
    return _english_forms(word) if kind == "latn" else re.escape(word)


# -- Arabic


def _arabic_forms(word: str) -> str:
    stem = _arabic_stem(word)
    prefix = CLITIC if len(stem) >= MIN_STEM_WITH_CLITIC else ARTICLE
    others = "".join(f"(?!{other} )" for other in UNRELATED if other.startswith(stem) and other != word)
    return f"(?:{prefix})?{others}{stem}(?:{_arabic_endings(word, stem)})"


def _arabic_stem(word: str) -> str:
    """What is left of a word without its possessor and one ending."""
    owned = _without(word, POSSESSORS, MIN_STEM_WITH_POSSESSOR)
    if owned != word and owned.endswith("ت"):
        owned = owned[:-1] + "ه"
    long = _without(owned, ENDINGS, MIN_STEM)
    return long if len(long) > MIN_STEM else _without(owned, SHORT_ENDINGS, MIN_STEM)


def _without(word: str, endings: tuple[str, ...], min_stem: int) -> str:
    return next((word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= min_stem), word)


def _arabic_endings(word: str, stem: str) -> str:
    """What may follow the stem of a word: where that is three letters, it stays feminine if the word is."""
    if len(stem) < MIN_STEM:
        return ""
    is_short = len(stem) == MIN_STEM
    is_feminine = word != stem and word.endswith(("ه", "ات"))
    if is_feminine and (word in UNRELATED or (is_short and stem[-1] not in "يو")):
        return FEMININE
    return (AFTER_SHORT if is_short else AFTER_LONG) + "|"


# -- English


def _english_forms(word: str) -> str:
    prefix = next((one for one in PREFIXES if word.startswith(one) and len(word) - len(one) > MIN_STEM), "")
    rest = word[len(prefix) :]
    bases = [rest, *(() if rest in UNRELATED else _english_bases(rest))]
    regular = (form for base in bases for form in _regular_forms(base) if form not in UNRELATED)
    forms = "|".join(dict.fromkeys(map(_in_both_spellings, [rest, *regular])))
    return f"{prefix}{' ?' * bool(prefix)}(?:{forms})"


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


def _in_both_spellings(form: str) -> str:
    """A pattern for the form as it is written in Britain and in America."""
    for endings in SPELLINGS:
        for ending in endings:
            if form.endswith(ending) and len(form) - len(ending) >= MIN_STEM:
                return f"{form[: -len(ending)]}(?:{'|'.join(endings)})"
    return form
