"""One folded word as a pattern that finds it in folded text however it is inflected; it alone knows grammar.

Stems are not dictionary forms. English follows the S-stemmer (Harman 1991, "How effective is suffixing?"), which only
knows plurals; Arabic follows light10 (Larkey, Ballesteros and Connell 2007, "Light stemming for Arabic information
retrieval") with fewer endings: the dual and the pronouns are left alone, because they ate the ends of names (عمان,
سلطان). Text carries the prefixes, so that a word is found behind its article without the text being taken apart.

Rejected: root extraction (كتب, مكتب and كتاب become one), the Snowball stemmers (a dependency of 2 MB, and stems that
are no prefix of the word cannot be searched for), prefixes of one letter before short stems (بحرية, naval, would be
found for حرية, freedom).
"""

from __future__ import annotations

import re

from factcli.text import script, without_article, words

ARTICLE = "[وف]?(?:[بك]?ال|لل)"
CLITIC = "[وف]?(?:[بك]?ال|لل|[بلك])?|[وف]"
ENDINGS = ("يات", "ات", "ون", "ين", "يه", "ه", "ي")
ANY_ENDING = "(?:يات|ات|ون|ين|يه|ه|ي|ا)?"
LEAST_STEM = 3
LEAST_FOR_CLITIC = 4
"""Letters a stem needs before one letter in front of it may be a clitic rather than a part of another word."""

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
    """A pattern for the phrase in any number, with and without the article, its words together and in order."""
    return START + " ".join(map(_word, words(phrase))) + END


def beginning(phrase: str) -> str:
    """A pattern for the phrase with its last word left unfinished."""
    return START + " ".join(map(_word, words(phrase)[:-1])) + (" " if " " in phrase else "") + _start(phrase)


def _start(phrase: str) -> str:
    last = without_article(words(phrase)[-1])
    return (f"(?:{ARTICLE})?" if script(last) == "arab" else "") + re.escape(last)


def _word(word: str) -> str:
    kind = script(word)
    if kind == "arab":
        return _arabic(without_article(word))
    return _english(word) if kind == "latn" else re.escape(word)


def _arabic(word: str) -> str:
    stem = _arabic_stem(word)
    prefix = CLITIC if len(stem) >= LEAST_FOR_CLITIC else ARTICLE
    return f"(?:{prefix})?{stem}{ANY_ENDING}"


def _arabic_stem(word: str) -> str:
    fits = (word[: -len(e)] for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= LEAST_STEM)
    return next(fits, word)


def _english(word: str) -> str:
    if len(word) > LEAST_STEM and word.endswith("ies"):
        return f"{word[:-3]}(?:y|ies)"
    if len(word) > LEAST_STEM and word.endswith("y"):
        return f"{word[:-1]}(?:y|ies)"
    if len(word) > LEAST_STEM and word.endswith("s") and word[-2] not in "su":
        return f"{word[:-1]}s?"
    return f"{word}(?:s|es)?"
