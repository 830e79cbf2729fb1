"""draft"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from heapq import nlargest
from math import log
from typing import NamedTuple

from factcli.names import Word, known_names, taken_apart
from factcli.sound import Sounding
from factcli.text import fold, without_clitics

LOOKS = str.maketrans({"ط": "ت", "ص": "س", "ض": "د", "ظ": "ز", "ذ": "ز", "ث": "ت", "ق": "ك", "غ": "ج", "ح": "ه", "خ": "ك", "ع": None})
LATIN_LOOKS = [("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ie", "i"), ("ph", "f"), ("kh", "h"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("cz", "c"), ("sh", "s"), ("sz", "s"), ("gh", "g"), ("dj", "j"), ("th", "t"), ("dh", "d"), ("ts", "z"), ("tz", "z"), ("q", "k"), ("ck", "k"), ("c", "k"), ("w", "v"), ("y", "i"), ("x", "ks"), ("z", "s"), ("o", "u"), ("e", "i"), ("j", "i")]


def look(w: str) -> str:
    if w.isascii():
        for a, b in LATIN_LOOKS:
            if a in w:
                w = w.replace(a, b)
    else:
        w = w.translate(LOOKS)
    return re.sub(r"(.)\1+", r"\1", w)


def kind_of(w: str) -> str:
    return "latn" if w.isascii() else "arab"


class Index:
    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.size = len(names)

    @cached_property
    def keys(self) -> list[str]:
        return [fold(n) for n in self.names]

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
    def whole(self) -> list[str]:
        return ["".join(w.text for w in ws) for ws in self.words]

    @cached_property
    def postings(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for i, ws in enumerate(self.words):
            for p, w in enumerate(ws):
                found.setdefault(w.text, []).append((i, p))
                if w.other:
                    found.setdefault(w.other, []).append((i, p))
        return found

    @cached_property
    def meant(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for i, ws in enumerate(self.words):
            for p, w in enumerate(ws):
                for m in w.meanings:
                    found.setdefault(m, []).append((i, p))
        return found

    @cached_property
    def vocabulary(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"latn": [], "arab": []}
        for w in sorted(self.postings):
            if not w.isdigit():
                found[kind_of(w)].append(w)
        return found

    @cached_property
    def marked(self) -> dict[str, list[str]]:
        return {s: sorted(f"^{w}$" for w in ws) for s, ws in self.vocabulary.items()}

    @cached_property
    def looks(self) -> dict[str, list[str]]:
        return {s: [look(w) for w in ws] for s, ws in self.vocabulary.items()}

    @cached_property
    def joined(self) -> dict[str, list[tuple[int, int, int]]]:
        """neighbours and wholes joined -> (name, first, last)"""
        found: dict[str, list[tuple[int, int, int]]] = {}
        for i, ws in enumerate(self.words):
            n = len(ws)
            for p in range(n - 1):
                found.setdefault(ws[p].text + ws[p + 1].text, []).append((i, p, p + 1))
            if n > 2:
                found.setdefault(self.whole[i], []).append((i, 0, n - 1))
        return found

    @cached_property
    def joined_vocabulary(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"latn": [], "arab": []}
        for w in sorted(self.joined):
            found[kind_of(w)].append(w)
        return found

    @cached_property
    def joined_marked(self) -> dict[str, list[str]]:
        return {s: sorted(f"^{w}$" for w in ws) for s, ws in self.joined_vocabulary.items()}

    def rarity(self, w: Word) -> float:
        df = len(self.postings.get(w.text, ()))
        return 0.35 + 0.65 * log((1 + self.size) / (1 + df)) / log(1 + self.size)

    def weight(self, w: Word) -> float:
        return w.weight * self.rarity(w) * min(1.0, 0.5 + 0.1 * len(w.text))


class Ask:
    """a query on an index"""

    def __init__(self, query: str, index: Index) -> None:
        self.key = fold(query)
        self.index = index
        self.words = taken_apart(arabizi(query, self.key))
        self.whole = "".join(w.text for w in self.words)
        self.sound: dict[str, Sounding] = {}

    def sounding(self, text: str) -> Sounding:
        s = self.sound.get(text)
        if s is None:
            s = self.sound[text] = Sounding(text, kind_of(text))
        return s


SAME_CUT, CROSS_CUT = 0.55, 0.2


def alike(word: str, index: Index) -> dict[str, float]:
    """vocabulary words of the same script that look like it"""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    s = kind_of(word)
    voc = index.vocabulary[s]
    found = {w: x for w, x, _ in extract(word, voc, scorer=OSA.normalized_similarity, score_cutoff=SAME_CUT, limit=None)}
    key = look(word)
    for _, x, i in extract(key, index.looks[s], scorer=OSA.normalized_similarity, score_cutoff=0.62, limit=None):
        w = voc[i]
        found[w] = max(found.get(w, 0.0), 0.6 * x + 0.4 * found.get(w, 0.5) if x < 1 else 0.93)
    return found


def heard(word: str, ask: Ask) -> dict[str, float]:
    s = "arab" if kind_of(word) == "latn" else "latn"
    words = ask.index.marked[s]
    if not words or len(word) < 2:
        return {}
    return {w[1:-1]: x for w, x in ask.sounding(word).among(words, CROSS_CUT).items()}


Hits = dict[int, dict[tuple[int, int], float]]


def arabizi(query: str, key: str) -> str:
    if key.isascii() and re.search(r"\$|[3679]['’]", query):
        q = query.lower()
        q = re.sub(r"(?<=\w)\$|\$(?=[a-z])", "sh", q)
        for a, b in (("3'", "gh"), ("7'", "kh"), ("9'", "d"), ("6'", "z")):
            q = q.replace(a, b)
        return fold(q)
    return key


def word_hits(ask: Ask, w: Word, last: bool) -> dict[tuple[int, int], float]:
    ix = ask.index
    found: dict[tuple[int, int], float] = {}

    def put(places: list[tuple[int, int]], sim: float) -> None:
        for place in places:
            if sim > found.get(place, 0.0):
                found[place] = sim

    for m in w.meanings:
        put(ix.meant.get(m, []), 0.97 if not m.startswith("abbr") else 0.9)
    put(ix.postings.get(w.text, []), 1.0)
    if w.other:
        put(ix.postings.get(w.other, []), 0.97)
    if w.text.isdigit() or w.weight < 0.2:
        return found
    for v in without_clitics(w.text) if kind_of(w.text) == "arab" else ():
        put(ix.postings.get(v, []), 0.95)
    if ix.vocabulary[kind_of(w.text)]:
        for t, x in alike(w.text, ix).items():
            put(ix.postings[t], x)
        if w.other:
            for t, x in alike(w.other, ix).items():
                put(ix.postings[t], x * 0.97)
        if last:
            voc = ix.vocabulary[kind_of(w.text)]
            i = bisect_left(voc, w.text)
            while i < len(voc) and voc[i].startswith(w.text):
                put(ix.postings[voc[i]], 0.55 + 0.4 * len(w.text) / len(voc[i]))
                i += 1
    for t, x in heard(w.text, ask).items():
        put(ix.postings[t], cross(x))
    if w.other:
        for t, x in heard(w.other, ask).items():
            put(ix.postings[t], cross(x) * 0.98)
    return found


def cross(x: float) -> float:
    """likeness of sound on the scale of same-script likeness"""
    return min(0.98, 0.45 + 0.6 * x)


class Candidate(NamedTuple):
    name: int
    features: tuple[float, ...]
    score: float


def candidates(ask: Ask, most: int = 10) -> list[Candidate]:
    ix = ask.index
    n = len(ask.words)
    if not n:
        return []
    weights = [ix.weight(w) for w in ask.words]
    table: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    best: dict[int, dict[int, float]] = defaultdict(dict)
    for q, w in enumerate(ask.words):
        for (i, p), x in word_hits(ask, w, q == n - 1).items():
            table[i].append((x, q, p))
            b = best[i]
            if x > b.get(q, 0.0):
                b[q] = x
    joined_hits(ask, table, best)
    rough = {i: sum(weights[q] * x * x for q, x in b.items()) for i, b in best.items()}
    top = nlargest(most, rough, key=lambda i: (rough[i] / (1 + 0.03 * len(ix.words[i])), -i))
    return [scored(ask, i, table[i], weights) for i in top]


def joined_hits(ask: Ask, table: dict[int, list[tuple[float, int, int]]], best: dict[int, dict[int, float]]) -> None:
    """joined: query word against joined name words, and joined query words against single name words"""
    ix = ask.index
    n = len(ask.words)
    if n > 1:
        pairs = [(ask.words[q].text + ask.words[q + 1].text, q, q + 1) for q in range(n - 1)]
        if n > 2:
            pairs.append((ask.whole, 0, n - 1))
        for text, a, b in pairs:
            for i, p in ix.postings.get(text, ()):
                for q in range(a, b + 1):
                    table[i].append((0.97, q, p + 1000 * (q - a)))
                    best[i][q] = max(best[i].get(q, 0.0), 0.97)
            if n == 2:
                for t, x in {**(alike(text, ix) if ix.vocabulary[kind_of(text)] else {}), **{t: cross(x) for t, x in heard(text, ask).items()}}.items():
                    if x > 0.7:
                        for i, p in ix.postings[t]:
                            for q in range(a, b + 1):
                                table[i].append((x * 0.97, q, p + 1000 * (q - a)))
                                best[i][q] = max(best[i].get(q, 0.0), x * 0.97)
    if n == 1 and len(ask.whole) >= 6:
        top = max((b.get(0, 0.0) for b in best.values()), default=0.0)
        if top > 0.9:
            return
        found: dict[str, float] = {}
        s = kind_of(ask.whole)
        if ix.joined_vocabulary[s]:
            from rapidfuzz.distance import OSA
            from rapidfuzz.process import extract

            for t, x, _ in extract(ask.whole, ix.joined_vocabulary[s], scorer=OSA.normalized_similarity, score_cutoff=0.7, limit=20):
                found[t] = x
        o = "arab" if s == "latn" else "latn"
        if ix.joined_marked[o]:
            for t, x in ask.sounding(ask.whole).among(ix.joined_marked[o], CROSS_CUT).items():
                found[t[1:-1]] = cross(x)
        for t, x in found.items():
            for i, a, b in ix.joined[t]:
                for p in range(a, b + 1):
                    table[i].append((x * 0.98, 1000 * (p - a), p))
                best[i][0] = max(best[i].get(0, 0.0), x * 0.98)


def scored(ask: Ask, i: int, pairs: list[tuple[float, int, int]], weights: list[float]) -> Candidate:
    ix = ask.index
    words = ix.words[i]
    nw = [ix.weight(w) for w in words]
    n, m = len(weights), len(words)
    mine, theirs = {}, {}
    for x, q, p in sorted(pairs, reverse=True):
        if q in mine or p in theirs:
            continue
        mine[q] = x
        theirs[p] = x
    # virtual positions (>= 1000) stand for the other half of a joined word
    wq = sum(weights) or 1e-9
    wn = sum(nw) or 1e-9
    covq = sum(weights[q] * mine.get(q, 0.0) for q in range(n)) / wq
    covn = sum(nw[p] * theirs.get(p, 0.0) for p in range(m)) / wn
    fullq = sum(weights[q] for q in range(n) if q in mine) / wq
    fulln = sum(nw[p] for p in range(m) if p in theirs) / wn
    whole = whole_likeness(ask, i)
    raw = 0.6 * covq + 0.4 * covn
    strength = sum(weights[q] * len(ask.words[q].text) * mine.get(q, 0.0) for q in range(n))
    names_q = {k for w in ask.words for k in w.meanings if k[0] in "#@"}
    names_n = {k for w in words for k in w.meanings if k[0] in "#@"}
    nq, nn = {k for k in names_q if k[0] == "#"}, {k for k in names_n if k[0] == "#"}
    cq, cn = names_q - nq, names_n - nn
    number = float(bool(nq and nn and not nq & nn))
    number1 = float(bool(nq) != bool(nn))
    country = float(bool(cq and cn and not cq & cn))
    feats = (covq, covn, fullq, fulln, whole, strength / 10, float(n), float(m), number, number1, country, float(kind_of(ask.whole) != kind_of(ix.whole[i])), len(ask.whole) / 10, min(mine.values(), default=0.0))
    score = raw * 0.75 + 0.25 * max(whole, raw)
    score = max(score, whole * 0.98) if whole > 0 else score
    if number:
        score *= 0.5
    if country:
        score *= 0.5
    return Candidate(i, feats, score)


def whole_likeness(ask: Ask, i: int) -> float:
    a, b = ask.whole, ask.index.whole[i]
    if kind_of(a) == kind_of(b):
        from rapidfuzz.distance import OSA

        return OSA.normalized_similarity(a, b)
    found = ask.sounding(a).among([f"^{b}$"], -9.0) if len(a) > 1 else {}
    return max(0.0, cross(next(iter(found.values()), -1.0))) if found else 0.0


_INDEXES: dict[int, Index] = {}


def index_of(names: list[str]) -> Index:
    ix = _INDEXES.get(id(names))
    if ix is None or ix.names is not names or ix.size != len(names):
        while len(_INDEXES) >= 8:
            del _INDEXES[next(iter(_INDEXES))]
        ix = _INDEXES[id(names)] = Index(names)
    return ix


def rank(query: str, names: list[str], cutoff: float = 0.0) -> list[tuple[int, float]]:
    ix = index_of(names)
    ask = Ask(query, ix)
    exact = ix.by_key.get(ask.key, ())
    found = [(i, 100.0) for i in exact]
    found += [(c.name, 99 * c.score) for c in candidates(ask) if c.name not in exact]
    return sorted(found, key=lambda h: -h[1])
