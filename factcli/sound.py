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
TIGHT = (350, 0.42)
LOOSE = (800, 0.55)


def marked(word: str) -> str:
    """A folded word with its edges marked: letters are read otherwise there."""
    return f"^{word}$"


class Side(NamedTuple):
    """The table as words of one script are walked: gains by piece, and the best gain of each piece of both scripts."""

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
        self.word = marked(word)
        self.side = side(script)
        reach = potentials(self.word, self.side.best_asked)
        self.potential = reach[-1]
        self.reach = reach
        skips = self.side.gains.get("", {})
        self.skips = [skips.get(letter, UNKNOWN) for letter in self.word]
        pairs = [skips.get(self.word[i : i + 2], 2 * UNKNOWN) for i in range(len(self.word) - 1)]
        self.before: list[list[tuple[int, int]]] = []
        for i in range(len(self.word)):
            cost = {i: 0}
            for start in range(i - 1, max(i - 4, -1), -1):
                one = cost[start + 1] + self.skips[start]
                two = cost[start + 2] + pairs[start] if start + 2 <= i else one
                cost[start] = max(one, two)
            self.before.append(list(cost.items()))
        self.places: dict[str, list[int]] = {}
        for i, letter in enumerate(self.word):
            self.places.setdefault(letter, []).append(i)
            if i + 1 < len(self.word):
                self.places.setdefault(self.word[i : i + 2], []).append(i)
        self.known: dict[str, Moves] = {}
        self.pairs = {
            piece: self.moves(piece, row)
            for piece, row in self.side.gains.items()
            if len(piece) == 2 and not row.keys().isdisjoint(self.places)
        }
        self.openers = {piece[0] for piece in self.pairs}

    def moves(self, piece: str, row: dict[str, int]) -> Moves:
        ahead: list[dict[int, int]] = [{} for _ in range(len(self.word) + 1)]
        for mine in row.keys() & self.places.keys():
            gain = row[mine]
            for i in self.places[mine]:
                end = i + len(mine)
                for start, skip in self.before[i]:
                    value = gain + skip
                    if value > ahead[start].get(end, -(10**6)):
                        ahead[start][end] = value
        if len(piece) == 1:
            skip = row.get("", UNKNOWN)
            for i in range(len(ahead)):
                ahead[i][i] = skip
        return [list(a.items()) for a in ahead]

    def among(self, words: Sequence[str], least: float, slack: tuple[int, float] = TIGHT) -> dict[str, float]:  # noqa: C901 - the inner loop, kept flat for speed
        """The words (sorted, edges marked) that sound like this one, with how much, 0..1."""
        found: dict[str, float] = {}
        rows: list[dict[int, int]] = [{}, {0: 0}]
        reach = [0, 0]
        best, gains, known, pairs, openers = self.side.best, self.side.gains, self.known, self.pairs, self.openers
        floor = [(1 - slack[1]) * r - slack[0] for r in self.reach]
        before, i, n, last, mine = "", 0, len(words), len(self.word), self.potential
        while i < n:
            word = words[i]
            depth, most = 0, min(len(rows) - 2, len(word))
            while depth < most and before[depth] == word[depth]:
                depth += 1
            del rows[depth + 2 :], reach[depth + 2 :]
            older, old = rows[-2], rows[-1]
            for j in range(depth, len(word)):
                letter = word[j]
                row: dict[int, int] = {}
                if old:
                    moves = known.get(letter)
                    if moves is None:
                        moves = known[letter] = self.moves(letter, gains.get(letter, {}))
                    for k, value in old.items():
                        for end, gain in moves[k]:
                            new = value + gain
                            if new > floor[end] and new > row.get(end, -(10**6)):
                                row[end] = new
                pair = word[j - 1 : j + 1]
                if older and pair in pairs:
                    moves = pairs[pair]
                    for k, value in older.items():
                        for end, gain in moves[k]:
                            new = value + gain
                            if new > floor[end] and new > row.get(end, -(10**6)):
                                row[end] = new
                one = reach[j + 1] + best.get(letter, UNKNOWN)
                two = reach[j] + best[pair] if pair in best else one
                reach.append(one if one > two else two)
                rows.append(row)
                older, old = old, row
                if not row and not (older and letter in openers):
                    break
            before = word
            if old or j + 1 < len(word):
                pass
            if len(rows) == len(word) + 2:
                i += 1
                ended = old.get(last)
                if ended is not None:
                    likeness = 2 * ended / (mine + reach[-1])
                    if likeness >= least:
                        found[word] = likeness
            else:
                i = bisect_left(words, word[: len(rows) - 2] + "\uffff", i + 1)
        return found
