"""Phonetic similarity across scripts: how much khanjar sounds like خنجر, by letter costs learned from name pairs.

A word and its counterpart are taken to be made of pieces of one or two letters (`kh` and `خ`, `a` and nothing, the
edges of a word being letters as well). `data/letters.json` holds what reading one piece as another gains over chance
(pointwise mutual information), in hundredths of a nat; `scripts/learn_letters.py` makes it from freely licensed name
pairs by expectation maximization. The similarity of two words is the gain of their best alignment as a share of the
most that each could gain with the best counterpart it could have: 1 for the best imaginable spelling, 0 for chance,
whatever the length.

A word is compared with all words of a collection in one walk over their prefix tree: alignments of a prefix are made
once for all words that share it, and a branch is left as soon as none of its alignments is within the beam.

Rejected: a romanizer and an edit distance (it decides for one reading of each letter), phonetic codes (equal or not, no
degrees), classes of letters made by hand (7 in 100 fewer right names among 20,000).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Set
from functools import cache
from itertools import pairwise

from factcli import package_data
from factcli._namedtuple import NamedTuple
from factcli.text.json_line import json_value

Gains = dict[str, dict[str, int]]
"""Piece of the other script -> piece of the query's script -> gain; the empty piece is a letter that is not written."""

Transitions = list[list[tuple[int, int]]]
"""For each position in the query: the positions reached by reading one piece there, with the gains."""

Beam = tuple[int, float]
"""How far an alignment may lag behind the best imaginable one: so many hundredths, and such a share of the best."""

UNKNOWN = -900
"""Gain of a letter that the table does not have, and of one that is left out though it never is."""

TIGHT_BEAM: Beam = (350, 0.42)
LOOSE_BEAM: Beam = (800, 0.55)
"""The first is for a first search, the second for words that it finds nothing for."""

MAX_SKIPPED = 3
"""Letters of the query that may be left out one after the other: with 2, a name in 2,000 is lost."""

UNREACHED = -(10**6)
"""Less than any alignment gains."""


def mark_edges(word: str) -> str:
    """A folded word with its edges marked: letters are read otherwise there.

    >>> mark_edges("khanjar")
    '^khanjar$'
    """
    return f"^{word}$"


@cache
def piece_pairs(script: str) -> tuple[Set[str], Set[str]]:
    """The pieces of two letters that words have which a query of the script is compared with, and how these begin."""
    pairs = {piece for piece in gain_table(script).gains if len(piece) == 2}
    return pairs, {pair[0] for pair in pairs}


class GainTable(NamedTuple):
    """The gains for queries of one script, with the most that each piece gains with any counterpart."""

    gains: Gains
    best: dict[str, int]
    """Of the pieces of the other script."""
    best_of_query: dict[str, int]


@cache
def gain_table(script: str) -> GainTable:
    """The table for queries of the script `latn` or `arab`. Raises `FileError` where the file is missing."""
    gains: Gains = json_value(package_data.text("letters.json"))["gains"]
    inverted: Gains = {}
    for arabic, row in gains.items():
        for latin, gain in row.items():
            inverted.setdefault(latin, {})[arabic] = gain
    best, best_inverted = ({piece: max(row.values()) for piece, row in g.items() if piece} for g in (gains, inverted))
    return GainTable(gains, best, best_inverted) if script == "latn" else GainTable(inverted, best_inverted, best)


def upper_bounds(word: str, best: dict[str, int]) -> list[int]:
    """For each prefix of a word, the empty one first, what it gains with the best counterpart it could have."""
    bounds = [0]
    for i, letter in enumerate(word):
        bound = bounds[i] + best.get(letter, UNKNOWN)
        if i and (pair := best.get(word[i - 1 : i + 1])) is not None:
            bound = max(bound, bounds[i - 1] + pair)
        bounds.append(bound)
    return bounds


class SortedWords(list[str]):
    """Words in order, with what was noted of them: behind which of them those with a beginning end."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(sorted(words))
        self.ends: dict[str, int] = {}


class PhoneticQuery:
    """A word of the script `latn` or `arab` that is looked for among words of the other."""

    def __init__(self, word: str, script: str) -> None:
        self.word = mark_edges(word)
        self.script = script
        self.table = gain_table(script)
        self.bounds = upper_bounds(self.word, self.table.best_of_query)
        self.positions = _positions(self.word)
        self.readable = {"", *self.positions}
        self.skips = _skips(self.word, self.table.gains.get("", {}))
        self._pairs, self._openers = piece_pairs(script)
        self._by_letter: dict[str, Transitions] = {}
        self._by_pair: dict[str, Transitions | None] = {}

    def search(self, words: SortedWords, score_cutoff: float, beam: Beam = TIGHT_BEAM) -> dict[str, float]:
        """Those of some marked words, in order, that sound like this one, with the similarity: `score_cutoff` to 1."""
        found: dict[str, float] = {}
        lag, share = beam
        floor = [(1 - share) * bound - lag for bound in self.bounds]
        ends, last, openers = words.ends, len(self.word), self._openers
        rows: list[dict[int, int]] = [{}, {0: 0}]
        before, start = "", 0
        i, n = 0, len(words)
        while i < n:
            word = words[i]
            while word[:start] != before[:start]:
                start -= 1
            del rows[start + 2 :]
            for at in range(start, len(word)):
                row = self._row(word, at, rows, floor)
                if not row and not (rows[-1] and word[at] in openers):
                    before, start = word[: at + 1], at
                    if (end := ends.get(before)) is None:
                        end = ends[before] = bisect_left(words, before + "\uffff", i + 1)
                    i = end
                    break
                rows.append(row)
            else:
                if last in rows[-1]:
                    similarity = 2 * rows[-1][last] / (self.bounds[-1] + upper_bounds(word, self.table.best)[-1])
                    if similarity >= score_cutoff:
                        found[word] = similarity
                before, start = word, len(word)
                i += 1
        return found

    def _row(self, word: str, at: int, rows: list[dict[int, int]], floor: list[float]) -> dict[int, int]:
        """What the alignments of a beginning of a word gain, by the position that they reach in the query.

        `rows` are those of the shorter beginnings.
        """
        row: dict[int, int] = {}
        if old := rows[at + 1]:
            _advance(old, self._by_letter.get(word[at]) or self._read_letter(word[at]), floor, row)
        if (older := rows[at]) and (pair := word[at - 1 : at + 1]) in self._pairs:
            transitions = self._by_pair[pair] if pair in self._by_pair else self._read_pair(pair)
            if transitions:
                _advance(older, transitions, floor, row)
        return row

    def _read_letter(self, letter: str) -> Transitions:
        """What reading a letter of the other script makes of each position; any letter may be left out."""
        made = self._by_letter[letter] = self._transitions({"": UNKNOWN} | self.table.gains.get(letter, {}))
        return made

    def _read_pair(self, pair: str) -> Transitions | None:
        """The same for a piece of two letters; None where the query has no piece that it can be read as."""
        row = self.table.gains[pair]
        made = self._by_pair[pair] = None if row.keys().isdisjoint(self.readable) else self._transitions(row)
        return made

    def _transitions(self, row: dict[str, int]) -> Transitions:
        """Where a piece of the other script leads, given what it is read as."""
        nothing = row.get("")
        ahead: list[dict[int, int]] = [{} if nothing is None else {i: nothing} for i in range(len(self.word) + 1)]
        for piece, positions in self.positions.items():
            gain = row.get(piece)
            if gain is None:
                continue
            for position in positions:
                end = position + len(piece)
                for start, skipped in self.skips[position]:
                    if gain + skipped > ahead[start].get(end, UNREACHED):
                        ahead[start][end] = gain + skipped
        return [list(reached.items()) for reached in ahead]


def _advance(row: dict[int, int], transitions: Transitions, floor: list[float], reached: dict[int, int]) -> None:
    """Adds to `reached` the alignments with one more piece, except the ones that fall below the floor."""
    for at, gained in row.items():
        for end, gain in transitions[at]:
            new = gained + gain
            if new > floor[end] and new > reached.get(end, UNREACHED):
                reached[end] = new


def _positions(word: str) -> dict[str, list[int]]:
    """Every piece of a word with the positions where it begins."""
    found: dict[str, list[int]] = {}
    for i, letter in enumerate(word):
        found.setdefault(letter, []).append(i)
    for i, (one, two) in enumerate(pairwise(word)):
        found.setdefault(one + two, []).append(i)
    return found


def _skips(word: str, gains: dict[str, int]) -> list[list[tuple[int, int]]]:
    """For each position of a word, from where it is reached by leaving letters out, and what that gains."""
    single = [gains.get(letter, UNKNOWN) for letter in word]
    double = [gains.get(one + two, 2 * UNKNOWN) for one, two in pairwise(word)]
    found = []
    for end in range(len(word)):
        gained = {end: 0}
        for start in range(end - 1, max(end - MAX_SKIPPED - 1, -1), -1):
            one = gained[start + 1] + single[start]
            two = gained[start + 2] + double[start] if start + 2 <= end else one
            gained[start] = max(one, two)
        found.append(list(gained.items()))
    return found
