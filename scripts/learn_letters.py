"""Makes data/letters.json: what it costs to read a piece of a Latin word as a piece of an Arabic one.

    python scripts/learn_letters.py ../shared/bench/names/dev/pairs.tsv

Only rows under free licences are used (Wikidata: CC0; Unicode CLDR). The same rows give the same table, to the byte.
A word and its counterpart are taken to be made of pieces of up to two letters, word edges being letters as well;
expectation maximisation finds how often each pair of pieces occurs. What is kept is the gain of a pair over chance:
log P(pair) - log P(Latin piece) - log P(Arabic piece), in hundredths.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from factcli.names.phonetic import mark_edges
from factcli.text import fold
from factcli.text.clitics import without_article

SOURCES = {"wikidata-tokens", "rigour-wikidata", "cldr"}
ARTICLES = {"al", "el", "ul", "ad", "ar", "as", "ash", "at", "an", "az"}
ROUNDS = 6
RARE = 0.2  # a pair expected less often than this in all the data is chance
MIN_GAIN = -0.1  # a word pair that gains less than this part of its cost is a translation or an error

Pair = tuple[str, str, float]
Rows = dict[str, dict[str, float]]


def pairs(path: str) -> Iterator[Pair]:
    """Latin word, Arabic word, weight: folded, without article, edges marked."""
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"] in SOURCES:
                yield from word_pairs(row["en"], row["ar"], math.sqrt(float(row["weight"])))


def word_pairs(latin: str, arabic: str, weight: float) -> Iterator[Pair]:
    ls, rs = fold(latin).split(), fold(arabic).split()
    if len(ls) > 1 and ls[0] in ARTICLES and len(rs) == len(ls) - 1:
        ls = ls[1:]
    if len(ls) != len(rs):
        return
    for left, right in zip(ls, rs, strict=True):
        bare = without_article(right)
        if left.startswith("al") and bare != right and len(left) > 4:
            left = left[2:]
        if left.isascii() and left.isalpha() and right.isalpha() and not right.isascii() and 1 < len(left) < 16:
            yield mark_edges(left), mark_edges(bare), weight


def guess(data: list[Pair]) -> Rows:
    """A first table from how near to the diagonal two pieces stand."""
    counts: Rows = defaultdict(lambda: defaultdict(float))
    shares_of = {(1, 1): 1.0, (1, 2): 0.2, (2, 1): 0.3, (2, 2): 0.1}
    for left, right, weight in data:
        n, m = len(left), len(right)
        for j in range(m):
            for i in range(n):
                near = math.exp(-6 * abs(i / (n - 1) - j / (m - 1))) * weight
                for (x, y), share in shares_of.items():
                    if allowed(left[i : i + x], right[j : j + y]) and i + x <= n and j + y <= m:
                        counts[right[j : j + y]][left[i : i + x]] += near * share
    total = sum(sum(row.values()) for row in counts.values())
    table = {a: {b: v / total for b, v in row.items()} for a, row in counts.items()}
    for left, right, _ in data:
        for c in (*left[1:-1], *(pair for pair in map("".join, pairwise(left)) if pair in VOWEL_PAIRS)):
            table.setdefault("", {})[c] = 0.002
        for c in right[1:-1]:
            table.setdefault(c, {})[""] = 0.001
    return table


LATIN_PAIRS = set(
    "sh ch th dh kh gh ph ck dj ts tz cz sz zh ng qu sc gn lj nj rh wh ou oo ee ei ai au ay aw ew ow oy ey eu oe ue ae "
    "ie ea io ia iy yi ij ao ua uo ui aa ii uu eh ah oh uh gu gi ge ci ce".split()
) | {c + c for c in "bcdfghjklmnpqrstvwyz"}
VOWEL_PAIRS = {a + b for a in "aeiouy" for b in "aeiouy"}
ARABIC_PAIRS = set("تش كس دج نغ نج جي اي او يي وو وي يو يا وا اا تس دز غو كو جو كي اع عا عو عي".split())
LATIN_EDGES, ARABIC_EDGES = set("aeiouyhwt"), set("اوييهعت")


def plausible(piece: str, pairs: set[str], edges: set[str]) -> bool:
    """One letter, a pair that is often read as one, or an edge with a letter that is read otherwise there."""
    if len(piece) < 2:
        return True
    if piece[0] == "^":
        return piece[1] in edges
    if piece[1] == "$":
        return piece[0] in edges
    return piece in pairs


def allowed(left: str, right: str) -> bool:
    """Edges go with edges."""
    if left.startswith("^") != right.startswith("^") or left.endswith("$") != right.endswith("$"):
        return False
    return plausible(left, LATIN_PAIRS, LATIN_EDGES) and plausible(right, ARABIC_PAIRS, ARABIC_EDGES)


STEPS = ((1, 1), (2, 1), (1, 2), (2, 2), (1, 0), (2, 0), (0, 1))


def expected(table: Rows, left: str, right: str) -> tuple[float, list[tuple[str, str, float]]]:
    """Probability of the pair and the expected count of each pair of pieces in it."""
    n, m = len(left), len(right)
    edges = []
    forward = [[0.0] * (n + 1) for _ in range(m + 1)]
    forward[0][0] = 1.0
    for j in range(m + 1):
        for i in range(n + 1):
            here = forward[j][i]
            if not here:
                continue
            for x, y in STEPS:
                if i + x <= n and j + y <= m:
                    row = table.get(right[j : j + y])
                    p = row.get(left[i : i + x]) if row else None
                    if p:
                        forward[j + y][i + x] += here * p
                        edges.append((j, i, x, y, p))
    whole = forward[m][n]
    if not whole:
        return 0.0, []
    backward = [[0.0] * (n + 1) for _ in range(m + 1)]
    backward[m][n] = 1.0
    found = []
    for j, i, x, y, p in reversed(edges):
        after = backward[j + y][i + x] * p
        if after:
            backward[j][i] += after
            found.append((right[j : j + y], left[i : i + x], forward[j][i] * after / whole))
    return whole, found


def letter_costs(words: list[tuple[str, float]]) -> dict[str, float]:
    """Letter -> -log P(letter), of one script."""
    counts: dict[str, float] = defaultdict(float)
    for word, weight in words:
        for c in word:
            counts[c] += weight
    total = sum(counts.values())
    return {c: -math.log(v / total) for c, v in counts.items()}


def learn(data: list[Pair]) -> tuple[Rows, dict[str, float], dict[str, float]]:
    latin = letter_costs([(left, w) for left, _, w in data])
    arabic = letter_costs([(right, w) for _, right, w in data])
    table = guess(data)
    for turn in range(ROUNDS):
        counts: Rows = defaultdict(lambda: defaultdict(float))
        used = gain = 0.0
        for left, right, weight in data:
            chance = sum(latin[c] for c in left) + sum(arabic[c] for c in right)
            whole, found = expected(table, left, right)
            if not whole or (turn > 1 and (math.log(whole) + chance) / (chance / 2) < MIN_GAIN):
                continue
            used += 1
            gain += math.log(whole) + chance
            for a, b, v in found:
                counts[a][b] += v * weight
        table = shares(counts)
        print(f"round {turn + 1}: {used:.0f} of {len(data)} pairs, mean gain {gain / used:.3f}, "
              f"{sum(map(len, table.values()))} pieces", file=sys.stderr)  # fmt: skip
    return table, latin, arabic


def shares(counts: Rows) -> Rows:
    """Counts as shares of all, the rarest dropped; an edge alone pairs with an edge alone at no cost."""
    kept = {a: {b: v - 0.1 for b, v in row.items() if v >= RARE} for a, row in counts.items()}
    total = sum(sum(row.values()) for row in kept.values())
    return {a: {b: v / total for b, v in row.items()} for a, row in kept.items() if row}


UNWRITTEN = 0.45
"""Share of its cost that leaving out a vowel has: the rows are foreign names for the most part, which Arabic writes with
their vowels; in its own names it leaves most of them out."""

CHAT = {"2": "اقي", "3": "عغ", "5": "خ", "6": "طظ", "7": "حخ", "8": "قغ", "9": "صقض"}
"""Digits that are typed for letters, the likeliest letter first; nobody writes them in the rows, so they are given."""


def with_cheap_vowels(skips: dict[str, int]) -> dict[str, int]:
    return {b: round(UNWRITTEN * v) if set(b) <= set("aeiouy") else v for b, v in skips.items()}


def with_chat_digits(gains: dict[str, dict[str, int]]) -> None:
    """Adds what chat digits gain, and that a digit is itself."""
    for digit, letters in CHAT.items():
        for rank, letter in enumerate(letters):
            gains[letter][digit] = 400 - 150 * rank
        gains[""][digit] = -300
    for digit in "0123456789":
        gains[digit] = {digit: 400}


def main(path: str, target: str = "data/letters.json") -> None:
    data = sorted(set(pairs(path)))
    table, latin, arabic = learn(data)
    gains: dict[str, dict[str, int]] = {}
    for a in sorted(table):
        chance_a = sum(arabic[c] for c in a)
        row = {b: round(100 * (math.log(p) + chance_a + sum(latin[c] for c in b))) for b, p in table[a].items()}
        gains[a] = row
    gains[""] = with_cheap_vowels(gains[""])
    with_chat_digits(gains)
    gains = {a: dict(sorted(row.items())) for a, row in sorted(gains.items())}
    with open(target, "w", encoding="utf-8") as file:
        json.dump({"gains": gains}, file, ensure_ascii=False, indent=0, separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
