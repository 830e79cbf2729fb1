"""Two names -> 0..100: how likely one is the other, written differently, in one script or in two.

A name is taken apart into words (`names`): articles and clitics off, Abd and Abu joined to what follows, each word with
its weight; a word that is common in names of things (ministry, وزارة) weighs little and is equal to its translation. A
word meets the words of the names in three ways: spelled alike (optimal string alignment), looking alike (letters that
are heard or typed for one another are one), or sounding alike across scripts (`sound`, letter costs learned from name
pairs). Words are joined and split where that meets better, and whole names without blanks are compared as well. What
was met is weighed by what it covers of the query and of the name, and by how much a name of that length can tell.

A query that is itself a known name (a country, a city, a given name) is that one, and no near name answers for it.

Rejected: a romaniser and one ratio (names of one letter class lost in thousands), a phonetic code (equal or not, no
degrees), one score for both scripts (short words need more evidence across scripts than within one).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from heapq import nlargest
from math import log
from typing import NamedTuple

from factcli.names import Word, taken_apart
from factcli.sound import LOOSE, Sounding, marked
from factcli.text import fold, without_clitics

Place = tuple[int, int]
"""A name by its position and the words of it that are meant, as bits."""

LOOKS = str.maketrans(
    {"ط": "ت", "ص": "س", "ض": "د", "ظ": "ز", "ذ": "ز", "ث": "ت", "ق": "ك", "غ": "ج", "ح": "ه", "خ": "ك", "ع": None}
)
LATIN_LOOKS = [
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ie", "i"),
    ("ph", "f"),
    ("kh", "h"),
    ("sch", "s"),
    ("tch", "c"),
    ("ch", "c"),
    ("cz", "c"),
    ("sh", "s"),
    ("sz", "s"),
    ("gh", "g"),
    ("dj", "j"),
    ("th", "t"),
    ("dh", "d"),
    ("ts", "z"),
    ("tz", "z"),
    ("q", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("x", "ks"),
    ("z", "s"),
    ("o", "u"),
    ("e", "i"),
    ("j", "i"),
]


def look(w: str) -> str:
    if w.isascii():
        for a, b in LATIN_LOOKS:
            if a in w:
                w = w.replace(a, b)
    else:
        w = w.translate(LOOKS)
    return re.sub(r"(.)\1+", r"\1", w)


def other_script(word: str) -> str:
    return "arab" if word.isascii() else "latn"


def script_of(word: str) -> str:
    return "latn" if word.isascii() else "arab"


SPELLED, LOOKED, HEARD, SURE = 0.55, 0.62, 0.15, 0.5


def cross(x: float) -> float:
    return min(0.98, 0.3 + 0.8 * x)


class Shelf:
    """Words, each with the places where it stands, to be found by how they are spelled or sound."""

    def __init__(self, entries: Iterable[tuple[str, Place]]) -> None:
        self.places: dict[str, list[Place]] = {}
        for text, place in entries:
            self.places.setdefault(text, []).append(place)

    @cached_property
    def words(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"latn": [], "arab": []}
        for word in sorted(self.places):
            if not word.isdigit():
                found[script_of(word)].append(word)
        return found

    @cached_property
    def looks(self) -> dict[str, list[str]]:
        return {script: [look(w) for w in words] for script, words in self.words.items()}

    @cached_property
    def sounds(self) -> dict[str, dict[str, str]]:
        return {script: dict(sorted((marked(unpaused(w)), w) for w in words)) for script, words in self.words.items()}

    @cached_property
    def sounds_in_order(self) -> dict[str, list[str]]:
        return {script: list(words) for script, words in self.sounds.items()}

    def spelled_like(self, word: str, least: float = SPELLED) -> dict[str, float]:
        words = self.words[script_of(word)]
        if not words:
            return {}
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        near = extract(word, words, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None)
        found = {text: x for text, x, _ in near}
        if least > SPELLED:
            return found
        looks = self.looks[script_of(word)]
        for _, x, i in extract(look(word), looks, scorer=OSA.normalized_similarity, score_cutoff=LOOKED, limit=None):
            plain = found.get(words[i], 0.5)
            found[words[i]] = max(plain, 0.6 * x + 0.4 * plain if x < 1 else 0.93)
        return found

    def sounding_like(self, sounding: Sounding) -> dict[str, float]:
        script = other_script(sounding.word.strip("^$"))
        words = self.sounds_in_order[script]
        if not words:
            return {}
        texts = self.sounds[script]
        near = sounding.among(words, HEARD)
        if max(near.values(), default=0.0) < SURE:
            near = sounding.among(words, HEARD, LOOSE)
        return {texts[w]: cross(x) for w, x in near.items()}

    def beginning_with(self, word: str) -> dict[str, float]:
        words = self.words[script_of(word)]
        start = bisect_left(words, word)
        end = bisect_left(words, word + "\uffff")
        return {w: 0.55 + 0.4 * len(word) / len(w) for w in words[start:end]}


def unpaused(word: str) -> str:
    """for joined words: 'xه+y' the ta marbuta inside is silent; marked by a blank"""
    return word.replace("ه ", "").replace(" ", "")


class Pool:
    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.size = len(names)
        self.keys = [fold(name) for name in names]

    @cached_property
    def by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, k in enumerate(self.keys):
            found.setdefault(k, []).append(i)
        return found

    @cached_property
    def words(self) -> list[tuple[Word, ...]]:
        return [taken_apart(k) for k in self.keys]

    @cached_property
    def wholes(self) -> list[str]:
        return ["".join(w.text for w in ws) for ws in self.words]

    @cached_property
    def heavy(self) -> Shelf:
        return Shelf(
            (text, (i, 1 << p))
            for i, ws in enumerate(self.words)
            for p, w in enumerate(ws)
            if not w.is_light
            for text in (w.text, w.other)
            if text
        )

    @cached_property
    def light(self) -> Shelf:
        return Shelf((w.text, (i, 1 << p)) for i, ws in enumerate(self.words) for p, w in enumerate(ws) if w.is_light)

    @cached_property
    def spelled_wholes(self) -> Shelf:
        return Shelf(
            (whole, (i, (1 << len(ws)) - 1)) for i, (whole, ws) in enumerate(zip(self.wholes, self.words, strict=True))
        )

    @cached_property
    def everything(self) -> Shelf:
        return Shelf(
            (text, (i, 1 << p))
            for i, ws in enumerate(self.words)
            for p, w in enumerate(ws)
            for text in (w.text, w.other)
            if text
        )

    @cached_property
    def joined(self) -> Shelf:
        return Shelf(entry for i, ws in enumerate(self.words) for entry in joins(i, ws))

    @cached_property
    def meanings(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for i, ws in enumerate(self.words):
            for p, w in enumerate(ws):
                if not w.is_light:
                    for m in w.meanings:
                        found.setdefault(m, []).append((i, 1 << p))
        return found

    @cached_property
    def light_meanings(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for i, ws in enumerate(self.words):
            for p, w in enumerate(ws):
                for m in w.meanings:
                    found.setdefault(m, []).append((i, 1 << p))
        return found

    def weight(self, w: Word) -> float:
        df = len(self.heavy.places.get(w.text, ()))
        rarity = 0.35 + 0.65 * log((1 + self.size) / (1 + df)) / log(1 + self.size)
        return w.weight * rarity * min(1.0, 0.5 + 0.1 * len(w.text))


def joins(i: int, ws: tuple[Word, ...]) -> Iterable[tuple[str, Place]]:
    n = len(ws)
    for p in range(n - 1):
        yield ws[p].text + " " + ws[p + 1].text, (i, 3 << p)
        if ws[p + 1].raw != ws[p + 1].text:
            yield ws[p].text + " " + ws[p + 1].raw, (i, 3 << p)
    if n > 2:
        yield " ".join(w.text for w in ws), (i, (1 << n) - 1)
    raw = " ".join(w.raw for w in ws)
    if raw != " ".join(w.text for w in ws) and n != 2:
        yield raw, (i, (1 << n) - 1)


class Tie(NamedTuple):
    """That words of a query (as bits) and words of a name (as bits) are alike, 0..1."""

    likeness: float
    asked: int
    named: int


class Question:
    def __init__(self, query: str, pool: Pool) -> None:
        self.key = fold(query)
        self.pool = pool
        self.words = taken_apart(chat(query, self.key))
        if "\u0651" in query and len(self.words) == 1:
            shown = re.sub("[\u064b-\u0650\u0652\u0670]", "", query.strip())
            identity = doubled().get(shown)
            if identity:
                self.words = (self.words[0]._replace(meanings=frozenset([identity])),)
                self.key = shown
        self.whole = "".join(w.text for w in self.words)
        self.weights = [pool.weight(w) for w in self.words]
        self.soundings: dict[str, Sounding] = {}
        self.ties: dict[int, list[Tie]] = {}
        self.best: dict[int, dict[int, float]] = {}

    def sounding(self, text: str) -> Sounding:
        if text not in self.soundings:
            self.soundings[text] = Sounding(text, script_of(text))
        return self.soundings[text]

    def tie(self, places: Iterable[Place], likeness: float, asked: int) -> None:
        for i, named in places:
            self.ties.setdefault(i, []).append(Tie(likeness, asked, named))
            best = self.best.setdefault(i, {})
            if likeness > best.get(asked, 0.0):
                best[asked] = likeness

    def look_up(self) -> None:
        heavy = [q for q, w in enumerate(self.words) if not w.is_light]
        top = {}
        for q in heavy:
            top[q] = self.look_up_word(q, self.pool.heavy, q == len(self.words) - 1)
        for q, x in top.items():
            if x < 0.8:
                top[q] = max(x, self.look_up_word(q, self.pool.light, False))
        self.look_up_joined(top)
        self.look_up_whole()
        if not self.ties:
            for q, w in enumerate(self.words):
                self.look_up_word(q, self.pool.everything, False)
                for m in w.meanings:
                    self.tie(self.pool.light_meanings.get(m, ()), 0.97, 1 << q)

    def look_up_word(self, q: int, shelf: Shelf, is_last: bool) -> float:
        w = self.words[q]
        near = self.near(w, shelf, is_last)
        best = 0.0
        for text, x in near.items():
            self.tie(shelf.places[text], x, 1 << q)
            best = max(best, x)
        for m in w.meanings:
            places = self.pool.meanings.get(m)
            if places:
                self.tie(places, 0.9 if m.startswith("abbr") else 0.97, 1 << q)
                best = max(best, 0.9)
        return best

    def near(self, w: Word, shelf: Shelf, is_last: bool) -> dict[str, float]:
        if w.text.isdigit():
            return {w.text: 1.0} if w.text in shelf.places else {}
        found: dict[str, float] = {}
        for text, factor in ((w.text, 1.0), (w.other, 0.97)):
            if not text:
                continue
            merge(found, shelf.spelled_like(text), factor)
            if len(text) > 1:
                merge(found, shelf.sounding_like(self.sounding(text)), factor)
        if is_last:
            merge(found, shelf.beginning_with(w.text), 1.0)
        if not w.text.isascii():
            merge(found, {v: 0.95 for v in without_clitics(w.text) if v in shelf.places}, 1.0)
        if w.text in shelf.places:
            found[w.text] = 1.0
        return found

    def look_up_joined(self, top: dict[int, float]) -> None:
        pool = self.pool
        n = len(self.words)
        for q, x in top.items():
            text = self.words[q].text
            if x < 0.9 and len(text) >= (6 if n == 1 else 8):
                found = pool.joined.sounding_like(self.sounding(text))
                merge(found, pool.joined.spelled_like(text), 1.0)
                for t, y in found.items():
                    if y > 0.6:
                        self.tie(pool.joined.places[t], y * 0.98, 1 << q)
        for a, b in pairs_of(n):
            text = "".join(w.text for w in self.words[a:b])
            mask = (1 << b) - (1 << a)
            if text in pool.heavy.places:
                self.tie(pool.heavy.places[text], 0.97, mask)
            elif n <= 3 and b - a == 2 and all(top.get(q, 1.0) < 0.8 for q in range(a, b)):
                found = pool.heavy.spelled_like(text)
                merge(found, pool.heavy.sounding_like(self.sounding(text)), 1.0)
                for t, y in found.items():
                    if y > 0.7:
                        self.tie(pool.heavy.places[t], y * 0.97, mask)

    def look_up_whole(self) -> None:
        if len(self.words) > 1:
            for text, x in self.pool.spelled_wholes.spelled_like(self.whole, 0.72).items():
                self.tie(self.pool.spelled_wholes.places[text], x * 0.98, (1 << len(self.words)) - 1)

    def candidates(self, most: int) -> list[int]:
        rough = {i: sum(self.share(mask) * x * x for mask, x in best.items()) for i, best in self.best.items()}
        words = self.pool.words
        return nlargest(most, rough, key=lambda i: rough[i] / (1 + 0.03 * len(words[i])))

    def share(self, mask: int) -> float:
        return sum(w for q, w in enumerate(self.weights) if mask >> q & 1)


def pairs_of(n: int) -> list[tuple[int, int]]:
    return [(q, q + 2) for q in range(n - 1)] + ([(0, n)] if n > 2 else [])


def merge(found: dict[str, float], more: dict[str, float], factor: float) -> None:
    for text, x in more.items():
        found[text] = max(found.get(text, 0.0), x * factor)


def doubled() -> dict[str, str]:
    return {"عمّان": "%amman"}


def chat(query: str, key: str) -> str:
    if key.isascii() and re.search(r"\$|[3679]['’]", query):
        q = query.lower()
        q = re.sub(r"(?<=\w)\$|\$(?=\w)", "sh", q)
        for a, b in (("3'", "gh"), ("7'", "kh"), ("9'", "d"), ("6'", "z")):
            q = q.replace(a, b)
        return fold(q)
    return key


class Evidence(NamedTuple):
    asked: float  # share of the query's weight that is found, times how alike
    named: float
    asked_gap: float  # share of weight that found nothing
    named_gap: float
    whole: float
    worst: float
    strength: float
    short: float
    more_asked: float
    more_named: float
    number: float
    number_gap: float
    country: float
    head: float
    known: float
    claimed: float


def evidence(question: Question, i: int) -> Evidence:
    pool = question.pool
    words = pool.words[i]
    weights = [pool.weight(w) for w in words]
    ties = chosen(question, i, words)
    wq, wn = sum(question.weights) or 1e-9, sum(weights) or 1e-9
    asked = sum(question.share(t.asked) * t.likeness for t in ties) / wq
    asked_any = sum(question.share(t.asked) for t in ties) / wq
    named = sum(share(weights, t.named) * t.likeness for t in ties) / wn
    named_any = sum(share(weights, t.named) for t in ties) / wn
    heavy = [t for t in ties if any(t.asked >> q & 1 and not w.is_light for q, w in enumerate(question.words))]
    letters = sum(
        t.likeness * sum(len(w.text) for q, w in enumerate(question.words) if t.asked >> q & 1) for t in heavy
    )
    mq, mn = marks(question.words), marks(words)
    nq, nn = {m for m in mq if m[0] == "#"}, {m for m in mn if m[0] == "#"}
    cq, cn = {m for m in mq if m[0] in "@%"}, {m for m in mn if m[0] in "@%"}
    iq, in_ = {m for m in mq if m[0] in IDENTITIES}, {m for m in mn if m[0] in IDENTITIES}
    all_asked = sum(t.asked for t in ties)
    all_named = sum(t.named for t in ties)
    head = any(w.is_light and not all_asked >> q & 1 for q, w in enumerate(question.words)) and any(
        w.is_light and not all_named >> p & 1 for p, w in enumerate(words)
    )
    return Evidence(
        asked,
        named,
        1 - asked_any,
        1 - named_any,
        whole_likeness(question, i, ties),
        min((t.likeness for t in heavy), default=0.0),
        min(letters / 10, 2.0),
        1 / (1 + len(question.whole)),
        max(0, len(question.words) - len(words)) / 3,
        max(0, len(words) - len(question.words)) / 3,
        float(bool(nq and nn and not nq & nn)),
        float(bool(nq) != bool(nn)),
        float(bool(cq and cn and not cq & cn)),
        float(head),
        float(bool(len(words) == 1 and in_ and not iq & in_)),
        float(bool(len(question.words) == 1 and iq and not iq & in_)),
    )


def share(weights: list[float], mask: int) -> float:
    return sum(w for p, w in enumerate(weights) if mask >> p & 1)


def marks(words: tuple[Word, ...]) -> set[str]:
    return {m for w in words for m in w.meanings if m[0] in "#@%&"}


def chosen(question: Question, i: int, words: tuple[Word, ...]) -> list[Tie]:
    ties = sorted(question.ties[i], reverse=True)
    for q, w in enumerate(question.words):
        if w.is_light:
            for p, v in enumerate(words):
                if v.text == w.text or v.meanings & w.meanings:
                    ties.append(Tie(0.97, 1 << q, 1 << p))
    asked = named = 0
    found = []
    for t in sorted((humbled(t, question.words, words) for t in ties), reverse=True):
        if not t.asked & asked and not t.named & named:
            found.append(t)
            asked |= t.asked
            named |= t.named
    return found


IDENTITIES = frozenset("@%&")


def identities(w: Word) -> set[str]:
    return {m for m in w.meanings if m[0] in IDENTITIES}


def humbled(t: Tie, asked: tuple[Word, ...], named: tuple[Word, ...]) -> Tie:
    """A tie between two words that are known as different names is worth little."""
    q, p = t.asked.bit_length() - 1, t.named.bit_length() - 1
    if t.asked != 1 << q or t.named != 1 << p:
        return t
    one, other = identities(asked[q]), identities(named[p])
    return t._replace(likeness=min(t.likeness, 0.5)) if one and other and not one & other else t


def whole_likeness(question: Question, i: int, ties: list[Tie]) -> float:
    a, b = question.whole, question.pool.wholes[i]
    if len(question.words) == 1 == len(question.pool.words[i]):
        return max((t.likeness for t in ties), default=0.0)
    if script_of(a) == script_of(b):
        from rapidfuzz.distance import OSA

        return OSA.normalized_similarity(a, b)
    found = question.sounding(a).among([marked(b)], -9.0) if len(a) > 1 else {}
    return max(0.0, cross(next(iter(found.values()), -1.0)))


def crude(e: Evidence) -> float:
    raw = 0.6 * e.asked + 0.4 * e.named
    score = max(raw * 0.75 + 0.25 * max(e.whole, raw), e.whole * 0.98)
    return score * (0.5 if e.number else 1) * (0.5 if e.country else 1)


_POOLS: dict[int, Pool] = {}


def pool_of(names: list[str]) -> Pool:
    pool = _POOLS.get(id(names))
    if pool is None or pool.names is not names or pool.size != len(names):
        while len(_POOLS) >= 8:
            del _POOLS[next(iter(_POOLS))]
        pool = _POOLS[id(names)] = Pool(names)
    return pool


SHOWN = 10


def weighed(question: Question) -> list[tuple[int, Evidence]]:
    question.look_up()
    return [(i, evidence(question, i)) for i in question.candidates(SHOWN)]


THRESHOLD = 72.7
"""The score below which a name is no answer, where right names found and wrong names refused are in balance on the
development queries of the name benchmark."""


def rank(query: str, names: list[str], cutoff: float = THRESHOLD) -> list[tuple[int, float]]:
    """The positions of the names that `query` may mean, with scores 0..100, best first; none below `cutoff`.

    100 is for names that are equal after folding, or without a clitic. The same list of names is prepared once.
    """
    pool = pool_of(names)
    question = Question(query, pool)
    exact = equal_names(question.key, pool)
    found = [(i, 100.0) for i in exact]
    if question.words:
        found += [(i, 99 * crude(evidence)) for i, evidence in weighed(question) if i not in exact]
    return sorted((pair for pair in found if pair[1] >= cutoff), key=lambda pair: -pair[1])


rank.threshold = THRESHOLD  # type: ignore[attr-defined]


def equal_names(key: str, pool: Pool) -> list[int]:
    """The names that have the key, else those that have it without a clitic in front."""
    exact = pool.by_key.get(key, [])
    first, _, rest = key.partition(" ")
    if exact or first.isascii():
        return exact
    bare = [f"{variant} {rest}".strip() for variant in without_clitics(first)]
    return [i for variant in bare for i in pool.by_key.get(variant, ())]
