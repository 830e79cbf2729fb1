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


NOTHING: frozenset[str] = frozenset()
LINKS = frozenset("bin ibn ben bint and of the for de du in at la le el al da do dos des von van و بن ابن بنت".split())
ABD = frozenset("abd abdul abdel abdal abdol abdoul abdu abdur abdus عبد".split())
ARTICLES = frozenset("al el ul il".split())
SUN = {"ad": "d", "ar": "r", "as": "s", "ash": "s", "at": "t", "an": "n", "az": "z", "adh": "d", "ath": "t", "es": "s",
       "er": "r", "ed": "d", "en": "n", "et": "t", "ez": "z", "ech": "c", "esh": "s"}
LONGEST = 4


class Tongue(NamedTuple):
    meanings: dict[str, tuple[float, frozenset[str]]]
    letters: dict[str, str]


def bare(words: str) -> str:
    return " ".join(map(without_article, words.split()))


@cache
def tongue() -> Tongue:
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
            if len(form) > 3 and form not in found:
                found.setdefault(form, (PLAIN * 0.9, set()))[1].add(f"@{code}")
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
        elif i + 1 < n and (w in ARTICLES or SUN.get(w) == raw[i + 1][0] and len(raw[i + 1]) > 2):
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
    t = tongue()
    ws = [without_article(w) for w in parts(key)]
    out: list[Word] = []
    i, n = 0, len(ws)
    while i < n:
        for size in range(min(LONGEST, n - i), 0, -1):
            phrase = " ".join(ws[i : i + size]) if size > 1 else ws[i]
            hit = t.meanings.get(phrase)
            if hit is None and size == 1 and len(phrase) > 4:
                for v in without_clitics(phrase):
                    if v in t.meanings and t.meanings[v][0] == KIND:
                        hit = t.meanings[v]
                        break
            if hit:
                out.append(Word(phrase.replace(" ", ""), hit[0], hit[1]))
                i += size
                break
        else:
            j = i
            while j < n and ws[j] in t.letters:
                j += 1
            if j - i > 1:
                out.append(Word("".join(ws[i:j]), PLAIN, frozenset(["abbr:" + "".join(t.letters[w] for w in ws[i:j])])))
                i = j
                continue
            out.append(plain(ws[i], t))
            i += 1
    return tuple(out)


def plain(w: str, t: Tongue) -> Word:
    if w.isdigit():
        return Word(w, PLAIN, frozenset(["#" + w.lstrip("0")]))
    meanings = NOTHING
    if w in t.letters:
        meanings = frozenset(["abbr:" + t.letters[w]])
    elif len(w) <= 4 and w.isascii():
        meanings = frozenset(["abbr:" + "".join("A" if c in "aei" else c for c in w)])
    other = w[2:] if w.isascii() and w[:2] in ("al", "el") and len(w) > 5 else ""
    return Word(w, PLAIN, meanings, other)
