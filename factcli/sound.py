"""draft"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from factcli import shipped

Gains = dict[str, dict[str, int]]
Moves = list[list[tuple[int, int]]]

UNKNOWN = -900
SLACK, SHARE = 900, 0.35


class Side(NamedTuple):
    """The table as words of one script are walked: gains by their piece, the best gain of each piece of both scripts."""

    gains: Gains
    best: dict[str, int]
    best_asked: dict[str, int]


@cache
def side(asked: str) -> Side:
    with open(shipped.path("letters.json"), encoding="utf-8") as file:
        gains: Gains = json.load(file)["gains"]
    turned: Gains = {}
    for arabic, row in gains.items():
        for latin, gain in row.items():
            turned.setdefault(latin, {})[arabic] = gain
    best, best_turned = best_gains(gains), best_gains(turned)
    return Side(gains, best, best_turned) if asked == "latn" else Side(turned, best_turned, best)


def best_gains(gains: Gains) -> dict[str, int]:
    return {piece: max(row.values()) for piece, row in gains.items() if piece}


def potentials(word: str, best: dict[str, int]) -> list[int]:
    """For each prefix of a word, what it gains with the best counterpart it could have."""
    found = [0]
    for i, letter in enumerate(word):
        value = found[i] + best.get(letter, UNKNOWN)
        if i and (pair := best.get(word[i - 1 : i + 1])) is not None:
            value = max(value, found[i - 1] + pair)
        found.append(value)
    return found


class Sounding:
    """A word that is looked for among words of the other script."""

    def __init__(self, word: str, script: str) -> None:
        self.word = f"^{word}$"
        self.side = side(script)
        reach = potentials(self.word, self.side.best_asked)
        self.potential = reach[-1]
        self.floor = [(1 - SHARE) * r - SLACK for r in reach]
        skips = self.side.gains.get("", {})
        self.skips = [skips.get(letter, UNKNOWN) for letter in self.word]
        self.places: dict[str, list[int]] = {}
        for i, letter in enumerate(self.word):
            self.places.setdefault(letter, []).append(i)
            if i + 1 < len(self.word):
                self.places.setdefault(self.word[i : i + 2], []).append(i)
        self.known: dict[str, Moves] = {}

    def moves(self, piece: str) -> Moves:
        row = self.side.gains.get(piece, {})
        ahead: list[dict[int, int]] = [{} for _ in range(len(self.word) + 1)]
        for mine in row.keys() & self.places.keys():
            for i in self.places[mine]:
                end, gain = i + len(mine), row[mine]
                for start in range(i, max(i - 3, -1), -1):
                    if start < i:
                        gain += self.skips[start]
                    if gain > ahead[start].get(end, -(10**6)):
                        ahead[start][end] = gain
        if len(piece) == 1:
            skip = row.get("", UNKNOWN)
            for i in range(len(ahead)):
                ahead[i][i] = skip
        elif not any(ahead):
            return []
        return [list(a.items()) for a in ahead]

    def step(self, piece: str, row: dict[int, int], new: dict[int, int]) -> None:
        moves = self.known.get(piece)
        if moves is None:
            moves = self.known[piece] = self.moves(piece)
        if not moves:
            return
        floor = self.floor
        for i, value in row.items():
            for k, gain in moves[i]:
                x = value + gain
                if x > floor[k] and (k not in new or x > new[k]):
                    new[k] = x

    def among(self, words: Sequence[str], least: float) -> dict[str, float]:
        """The words (sorted, edges marked) that sound like this one, with how much, 0..1."""
        found: dict[str, float] = {}
        rows: list[dict[int, int]] = [{0: 0}]
        reach = [0]
        best = self.side.best
        before, i, n, last = "", 0, len(words), len(self.word)
        while i < n:
            word = words[i]
            depth = shared(before, word, len(rows) - 1)
            del rows[depth + 1 :], reach[depth + 1 :]
            for j in range(depth, len(word)):
                row: dict[int, int] = {}
                self.step(word[j], rows[j], row)
                gain = reach[j] + best.get(word[j], UNKNOWN)
                if j:
                    pair = word[j - 1 : j + 1]
                    if pair in best:
                        self.step(pair, rows[j - 1], row)
                        gain = max(gain, reach[j - 1] + best[pair])
                rows.append(row)
                reach.append(gain)
                if not row:
                    break
            before = word
            if rows[-1]:
                i += 1
                value = rows[-1].get(last)
                if value is not None and len(rows) == len(word) + 1:
                    likeness = 2 * value / (self.potential + reach[-1])
                    if likeness >= least:
                        found[word] = likeness
            else:
                i = bisect_left(words, word[: len(rows) - 1] + "\uffff", i + 1)
        return found


def shared(a: str, b: str, most: int) -> int:
    n = min(len(a), len(b), most)
    for i in range(n):
        if a[i] != b[i]:
            return i
    return n
