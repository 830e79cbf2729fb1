"""One folded word as a pattern that finds it in folded text however it is inflected; it alone knows grammar.

Stems are not dictionary forms. A word is taken back to what it may be a form of; the pattern is all regular forms of
that: in English the plural, the forms of a verb, the adverb and both spellings (`-ise`, `-our`, `-ence`); in Arabic
number, gender, the adjective of a noun and a possessor at the end, article and clitics in front. Forms that are none
(`visitted`) do no harm, since no text has them. What looks like a form and is another word stands in `UNRELATED`.

English begins with the S-stemmer (Harman 1991, "How effective is suffixing?"), Arabic with light10 (Larkey, Ballesteros
and Connell 2007, "Light stemming for Arabic information retrieval"). Text carries the prefixes, so that a word is found
behind its article without the text being taken apart. A stem of three letters takes fewer endings, since nearly all
roots have three: `دوله`, state, is not `دولي`, international, nor `خبره`, expertise, `خبر`, news.

Rejected: root extraction (كتب, مكتب and كتاب become one), the Snowball stemmers (a dependency of 2 MB, and stems that
are no prefix of the word cannot be searched for), prefixes of one letter before short stems (بحرية, naval, would be
found for حرية, freedom), the dual in ـان (it ate the ends of عمان and سلطان), suffixes that change what kind of thing a
word names (`-er`, `-ment`, `-tion`): which of them mean the same is no rule, and `terms.json` says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcli.text import script, without_article, words

ARTICLE = "[وف]?(?:[بك]?ال|لل)"
CLITIC = "[وف]?(?:[بك]?ال|لل|[بلك])?|[وف]"
POSSESSORS = ("هما", "ها", "هم")
ENDINGS = ("يات", "ات", "ون", "ين", "يه", "ه", "ي")
SHORT_ENDINGS = ("ات", "ون", "ين", "ه")
"""Endings that a stem of three letters may lose: not those that make an adjective of a noun."""

FEMININE = "ا?ت(?:هما?|ها)|ات|تين|تان|ه"
AFTER_SHORT = FEMININE + "|ا?(?:هما?|ها)|ون|ين|ا"
AFTER_LONG = AFTER_SHORT + "|يا?ت(?:هما?|ها)|يات|يه|ي|تا|ته"
LEAST_STEM = 3
LEAST_FOR_POSSESSOR = 4
LEAST_FOR_CLITIC = 4
"""Letters a stem needs before one letter in front of it may be a clitic rather than a part of another word."""

LEAST_VERB, LEAST_ADJECTIVE = 3, 4
"""Letters that must be left of an English word where `-ed` and `-ing`, and where `-ly`, are taken for endings."""

VOWELS = "aeiou"
APART = tuple("counter cross inter multi anti non pre co".split())
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
    """A pattern for the phrase as it is, but for what stands before an Arabic word: `خمسه` is `الخمسه`, not `خمسين`."""
    bare = without_article(phrase) if script(phrase) == "arab" else phrase
    return START + (f"(?:{CLITIC})?" if script(bare) == "arab" else "") + re.escape(bare) + END


def inflected(phrase: str) -> str:
    """A pattern for the phrase in any form of its words, together and in order."""
    return START + _together(words(phrase)) + END


def bases(word: str) -> list[str]:
    """What a word may be a form of, itself first."""
    if script(word) != "arab":
        return list(dict.fromkeys((word, *_bases(word))))
    stem = _arabic_stem(without_article(word))
    return list(dict.fromkeys((word, without_article(word), stem, stem + "ه")))


def beginning(phrase: str) -> str:
    """A pattern for the phrase with its last word left unfinished."""
    return START + " ".join(map(_word, words(phrase)[:-1])) + (" " if " " in phrase else "") + _start(phrase)


def _start(phrase: str) -> str:
    last = without_article(words(phrase)[-1])
    return (f"(?:{ARTICLE})?" if script(last) == "arab" else "") + re.escape(last)


def _together(parts: list[str]) -> str:
    """A pattern for words with a blank between them, which may be missing behind a prefix: `anti tank`, `antitank`."""
    return "".join(_word(part) + (" ?" if part in APART else " ") for part in parts[:-1]) + _word(parts[-1])


def _word(word: str) -> str:
    kind = script(word)
    if kind == "arab":
        return _arabic(without_article(word))
    return _english(word) if kind == "latn" else re.escape(word)


# -- Arabic


def _arabic(word: str) -> str:
    stem = _arabic_stem(word)
    prefix = CLITIC if len(stem) >= LEAST_FOR_CLITIC else ARTICLE
    others = "".join(f"(?!{other} )" for other in UNRELATED if other.startswith(stem) and other != word)
    return f"(?:{prefix})?{others}{stem}(?:{_endings(word, stem)})"


def _arabic_stem(word: str) -> str:
    """What is left of a word without its possessor and one ending."""
    owned = _without(word, POSSESSORS, LEAST_FOR_POSSESSOR)
    if owned != word and owned.endswith("ت"):
        owned = owned[:-1] + "ه"
    short = _without(owned, SHORT_ENDINGS, LEAST_STEM)
    long = _without(owned, ENDINGS, LEAST_STEM)
    return long if len(long) > LEAST_STEM else short


def _without(word: str, endings: tuple[str, ...], least: int) -> str:
    return next((word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) >= least), word)


def _endings(word: str, stem: str) -> str:
    """What may follow the stem of a word: where that is three letters, it stays feminine if the word is."""
    if len(stem) < LEAST_STEM:
        return ""
    is_short = len(stem) == LEAST_STEM
    is_feminine = word != stem and word.endswith(("ه", "ات"))
    if is_feminine and (word in UNRELATED or (is_short and stem[-1] not in "يو")):
        return FEMININE
    return (AFTER_SHORT if is_short else AFTER_LONG) + "|"


# -- English


def _english(word: str) -> str:
    prefix = next((one for one in APART if word.startswith(one) and len(word) - len(one) > LEAST_STEM), "")
    forms = "|".join(dict.fromkeys(map(_in_both_spellings, _forms(word[len(prefix) :]))))
    return f"{prefix}{' ?' * bool(prefix)}(?:{forms})"


def _forms(word: str) -> Iterator[str]:
    """The regular forms of whatever the word may be a regular form of, itself first."""
    yield word
    for base in (word, *(() if word in UNRELATED else _bases(word))):
        yield from (form for form in _forms_of_base(base) if form not in UNRELATED)


def _bases(word: str) -> Iterator[str]:
    """What the word may be a form of."""
    if word.endswith(("ies", "ied")) and len(word) > LEAST_STEM + 1:
        yield word[:-3] + "y"
    elif word.endswith("s") and word[-2:-1] not in "su" and len(word) > LEAST_STEM:
        yield word[:-1]
        if word.endswith(("ses", "xes", "zes", "ches", "shes")):
            yield word[:-2]
    elif word.endswith("ed") and not word.endswith("eed"):
        yield from _verbs(word[:-2])
    elif word.endswith("ing"):
        yield from _verbs(word[:-3])
    elif word.endswith("ly") and len(word) - 2 >= LEAST_ADJECTIVE:
        yield word[:-2]


def _verbs(stem: str) -> Iterator[str]:
    """The verbs of which the stem may be what is left: `approv` of approve, `committ` of commit, `sign` of sign."""
    if len(stem) < LEAST_VERB or not set(stem) & set(VOWELS):
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


def _forms_of_base(base: str) -> Iterator[str]:
    yield base
    if len(base) < LEAST_VERB:
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
    if len(base) >= LEAST_ADJECTIVE:
        yield base + "ly"


def _in_both_spellings(form: str) -> str:
    """A pattern for the form as it is written in Britain and in America."""
    for endings in SPELLINGS:
        for ending in endings:
            if form.endswith(ending) and len(form) - len(ending) >= LEAST_STEM:
                return f"{form[: -len(ending)]}(?:{'|'.join(endings)})"
    return form
