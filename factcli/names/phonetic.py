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

from collections.abc import Iterable
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


class PrefixTree:
    """The prefixes of the marked `words`, to be searched for words of the script `query_script`.

    A list for each property of a prefix, in which each prefix stands before its continuations.
    """

    def __init__(self, words: Iterable[str], query_script: str) -> None:
        table = gain_table(query_script)
        pairs = {piece for piece in table.gains if len(piece) == 2}
        openers = {pair[0] for pair in pairs}
        self.letters: list[str] = []
        """The last letter."""
        self.pairs: list[str] = []
        """The last two letters, or an empty string where they are no piece."""
        self.lengths: list[int] = []
        self.after: list[int] = []
        """Where the prefixes that do not continue this one begin."""
        self.opens: list[bool] = []
        """Whether the last letter begins a piece of two."""
        self.words: list[str] = []
        """The word that the prefix is, or an empty string."""
        self.bounds: dict[str, int] = {}
        """What each word gains with the best counterpart it could have."""
        self._open: list[int] = []
        before = ""
        for word in sorted(set(words)):
            differences = (i for i, (one, two) in enumerate(zip(before, word, strict=False)) if one != two)
            shared = next(differences, min(len(before), len(word)))
            self._close(shared)
            for i in range(shared, len(word)):
                pair = word[i - 1 : i + 1] if i else ""
                self._open.append(len(self.letters))
                self.letters.append(word[i])
                self.pairs.append(pair if pair in pairs else "")
                self.lengths.append(i + 1)
                self.after.append(0)
                self.opens.append(word[i] in openers)
                self.words.append("")
            self.words[-1] = word
            self.bounds[word] = upper_bounds(word, table.best)[-1]
            before = word
        self._close(0)

    def _close(self, length: int) -> None:
        """Notes where the prefixes longer than `length` end."""
        while len(self._open) > length:
            self.after[self._open.pop()] = len(self.letters)


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
        self._by_letter: dict[str, Transitions] = {}
        self._by_pair: dict[str, Transitions | None] = {}

    def search(self, tree: PrefixTree, score_cutoff: float, beam: Beam = TIGHT_BEAM) -> dict[str, float]:
        """The words of a tree that sound like this one, each with its similarity: from `score_cutoff` to 1."""
        found: dict[str, float] = {}
        lag, share = beam
        floor = [(1 - share) * bound - lag for bound in self.bounds]
        letters, pairs, lengths, opens, after, words = (
            tree.letters, tree.pairs, tree.lengths, tree.opens, tree.after, tree.words
        )  # fmt: skip
        by_letter, by_pair, last = self._by_letter, self._by_pair, len(self.word)
        rows: list[dict[int, int]] = [{}, {0: 0}, *([{}] * max(lengths, default=0))]
        i, n = 0, len(letters)
        while i < n:
            length = lengths[i]
            older, old = rows[length - 1], rows[length]
            row: dict[int, int] = {}
            if old:
                letter = letters[i]
                _advance(old, by_letter.get(letter) or self._read_letter(letter), floor, row)
            if older and (pair := pairs[i]):
                transitions = by_pair[pair] if pair in by_pair else self._read_pair(pair)
                if transitions:
                    _advance(older, transitions, floor, row)
            rows[length + 1] = row
            if (word := words[i]) and last in row:
                similarity = 2 * row[last] / (self.bounds[-1] + tree.bounds[word])
                if similarity >= score_cutoff:
                    found[word] = similarity
            i = i + 1 if row or (old and opens[i]) else after[i]
        return found

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
