"""draft"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import NamedTuple

from factcli import shipped
from factcli.text import without_article, without_clitics

KIND, COMMON, PLAIN, LINK = 0.25, 0.7, 1.0, 0.08


class Word(NamedTuple):
    text: str
    weight: float
    meanings: frozenset[str]
    other: str = ""
    raw: str = ""

    @property
    def is_light(self) -> bool:
        return self.weight < 0.5


NOTHING: frozenset[str] = frozenset()
LINKS = frozenset("bin ibn ben bint and of the for de du in at la le el al da do dos des von van و بن ابن بنت".split())
ABD = frozenset("abd abdul abdel abdal abdol abdoul abdu abdur abdus عبد".split())
ARTICLES = frozenset("al el ul il".split())
SUN = {
    "ad": "d",
    "ar": "r",
    "as": "s",
    "ash": "s",
    "at": "t",
    "an": "n",
    "az": "z",
    "adh": "d",
    "ath": "t",
    "es": "s",
    "er": "r",
    "ed": "d",
    "en": "n",
    "et": "t",
    "ez": "z",
    "ech": "c",
    "esh": "s",
}
LONGEST = 4


class Tongue(NamedTuple):
    meanings: dict[str, tuple[float, frozenset[str]]]
    letters: dict[str, str]


def bare(words: str) -> str:
    return " ".join(map(without_article, words.split()))


@cache
def tongue() -> Tongue:  # noqa: C901 - one pass over the whole table
    from factcli.text import fold

    with open(shipped.path("meanings.json"), encoding="utf-8") as file:
        data = json.load(file)
    found: dict[str, tuple[float, set[str]]] = {}

    def add(form: str, weight: float, meaning: str) -> None:
        known = found.setdefault(bare(fold(form)), (weight, set()))
        known[1].add(meaning)

    for section, weight in (("numbers", PLAIN), ("kinds", KIND), ("words", COMMON)):
        for key, forms in data[section].items():
            for form in (*forms["en"], *forms["ar"]):
                add(form, weight, f"{section[0]}:{key}" if section != "numbers" else f"#{key}")
    for link in LINKS:
        found.setdefault(link, (LINK, {f"l:{link}"}))
    for link in ("bin", "ibn", "ben", "بن", "ابن"):
        found[link] = (LINK, {"bin"})
    with open(shipped.path("country-keys.tsv"), encoding="utf-8") as file:
        for line in file:
            form, _, code = line.rstrip("\n").partition("\t")
            form = bare(form)
            if len(form) > (3 if form.isascii() else 2) and form not in found:
                found.setdefault(form, (PLAIN * 0.9, set()))[1].add(f"@{code}")
    with open(shipped.path("known-names.tsv"), encoding="utf-8") as file:
        for line in file:
            form, _, identity = line.rstrip("\n").partition("\t")
            form = bare(form)
            if form not in found or found[form][0] > 0.85:
                found.setdefault(form, (PLAIN, set()))[1].add(identity)
    letters = {fold(n): ("A" if c in "aei" else c) for c, ns in data["letters"].items() for n in ns}
    return Tongue({k: (w, frozenset(m)) for k, (w, m) in found.items()}, letters)


@cache
def known_names() -> dict[str, str]:
    with open(shipped.path("country-keys.tsv"), encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file)


CODE = re.compile(r"([a-z]{1,4}|[ء-ي]{1,5})(\d{2,})")


def parts(key: str) -> list[str]:
    """words with articles and initials settled"""
    raw: list[str] = []
    for w in key.split():
        m = CODE.fullmatch(w)
        raw.extend(m.groups() if m else (w,))
    out: list[str] = []
    i, n = 0, len(raw)
    while i < n:
        w = raw[i]
        if w in ABD and i + 1 < n:
            j = i + 1
            while j + 1 < n and (raw[j] in ARTICLES or SUN.get(raw[j]) == raw[j + 1][0]):
                j += 1
            out.append("".join(raw[i : j + 1]))
            i = j + 1
        elif i + 1 < n and (w in ARTICLES or (SUN.get(w) == raw[i + 1][0] and len(raw[i + 1]) > 2)):
            i += 1
        elif len(w) == 1 and w.isalpha():
            j = i
            while j < n and len(raw[j]) == 1 and raw[j].isalpha():
                j += 1
            out.append("".join(raw[i:j]))
            i = j
        else:
            out.append(w)
            i += 1
    return out


@lru_cache(maxsize=4096)
def taken_apart(key: str) -> tuple[Word, ...]:
    """The words of a folded name, phrases that mean one thing together."""
    known = tongue()
    whole = parts(key)
    bares = [without_article(word) for word in whole]
    found: list[Word] = []
    i = 0
    while i < len(bares):
        word, size = (
            phrase(bares, whole, i, known)
            or spelled_out(bares, whole, i, known)
            or (plain(bares[i], whole[i], known), 1)
        )
        found.append(word)
        i += size
    return tuple(found)


def phrase(bares: list[str], whole: list[str], at: int, known: Tongue) -> tuple[Word, int] | None:
    for size in range(min(LONGEST, len(bares) - at), 0, -1):
        rest = bares[at + 1 : at + size]
        for first in heads(bares[at], size):
            hit = known.meanings.get(" ".join((first, *rest)))
            if hit and (size > 1 or first == bares[at] or hit[0] == KIND):
                return Word("".join((first, *rest)), hit[0], hit[1], "", "".join(whole[at : at + size])), size
    return None


def heads(word: str, size: int) -> list[str]:
    """A word, and what it may be without clitics where it is long enough or a phrase bears it out."""
    return [word, *without_clitics(word)] if not word.isascii() and (size > 1 or len(word) > 4) else [word]


def spelled_out(bares: list[str], whole: list[str], at: int, known: Tongue) -> tuple[Word, int] | None:
    """Two or more names of letters in a row: they spell an abbreviation."""
    end = at
    while end < len(bares) and bares[end] in known.letters:
        end += 1
    if end - at < 2:
        return None
    letters = "".join(known.letters[word] for word in bares[at:end])
    return Word("".join(bares[at:end]), PLAIN, frozenset(["abbr:" + letters]), "", "".join(whole[at:end])), end - at


def plain(w: str, raw: str, t: Tongue) -> Word:
    if w.isdigit():
        return Word(w, PLAIN, frozenset(["#" + w.lstrip("0")]), "", w)
    meanings = NOTHING
    if w in t.letters:
        meanings = frozenset(["abbr:" + t.letters[w]])
    elif len(w) <= 4 and w.isascii():
        meanings = frozenset(["abbr:" + "".join("A" if c in "aei" else c for c in w)])
    weight = 0.4 if len(w) < 5 and w.isascii() and w.isalpha() and not set(w) & set("aeiouy") else PLAIN
    return Word(w, weight, meanings, without_latin_article(w), raw)


def without_latin_article(w: str) -> str:
    """almasri -> masri, assib -> sib; empty when there is none"""
    if len(w) > 5 and w.isascii() and w[0] in "ae" and (w[1] == "l" or (w[1] == w[2] and w[1] in "drstnz")):
        return w[2:]
    return ""
