"""How much a word of one script sounds like words of the other: khanjar and خنجر.

A word and its counterpart are taken to be made of pieces of one or two letters (`kh` and `خ`, `a` and nothing, the
edges of a word being letters as well). `data/letters.json` holds what reading one piece as another gains over chance,
in hundredths of a nat; `scripts/learn_letters.py` makes it from freely licensed name pairs by expectation maximisation.
The likeness of two words is what their best alignment gains, as a share of the most that each could gain with the best
counterpart it could have: 1 for the best imaginable spelling, 0 for chance, whatever the length.

One word meets all words of a collection in one walk over their prefix tree: alignments of a prefix are made once for
all words that share it, and a branch is left as soon as none of its alignments can still come near.

Rejected: a romaniser and an edit distance (it decides for one reading of each letter), phonetic codes (equal or not, no
degrees), classes of letters made by hand (7 in 100 fewer right names among 20,000).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from factcli import package_data as shipped

Gains = dict[str, dict[str, int]]
"""Piece of the asked script's counterpart -> piece of the asked script -> gain; the empty piece is nothing at all."""

Moves = list[list[tuple[int, int]]]
"""For each position in a word: the positions reached by reading one piece there, with the gains."""

Slack = tuple[int, float]
"""How far an alignment may lag behind the best imaginable one: so many hundredths, and such a share of the best."""

UNKNOWN = -900
"""Gain of a letter that the table does not have, and of one that is read as nothing though it never is."""

TIGHT: Slack = (350, 0.42)
LOOSE: Slack = (800, 0.55)
"""The first is for a first look, the second for words that it finds nothing for."""

MOST_SKIPPED = 3
"""Letters of the asked word that may be read as nothing one after the other: with 2, a name in 2,000 is lost."""

FAR = -(10**6)


def marked(word: str) -> str:
    """A folded word with its edges marked: letters are read otherwise there.

    >>> marked("khanjar")
    '^khanjar$'
    """
    return f"^{word}$"


class Side(NamedTuple):
    """The table as it is read for asked words of one script."""

    gains: Gains
    best: dict[str, int]
    """The most that a piece of the other script gains with any piece of the asked one."""
    best_asked: dict[str, int]


@cache
def side(asked: str) -> Side:
    """The table for asked words of the script `latn` or `arab`."""
    gains: Gains = json.loads(shipped.text("letters.json"))["gains"]
    turned: Gains = {}
    for arabic, row in gains.items():
        for latin, gain in row.items():
            turned.setdefault(latin, {})[arabic] = gain
    best, best_turned = best_gains(gains), best_gains(turned)
    return Side(gains, best, best_turned) if asked == "latn" else Side(turned, best_turned, best)


def best_gains(gains: Gains) -> dict[str, int]:
    return {piece: max(row.values()) for piece, row in gains.items() if piece}


def potentials(word: str, best: dict[str, int]) -> list[int]:
    """For each prefix of a word, the empty one first, what it gains with the best counterpart it could have."""
    found = [0]
    for i, letter in enumerate(word):
        value = found[i] + best.get(letter, UNKNOWN)
        if i and (pair := best.get(word[i - 1 : i + 1])) is not None:
            value = max(value, found[i - 1] + pair)
        found.append(value)
    return found


class Tree(NamedTuple):
    """The prefixes of words of one script, each before those that continue it: a list a property.

    For each prefix: its last letter; its last two, or nothing where they are no piece; its length; where the prefixes
    that do not continue it begin; whether its last letter begins a piece of two; the word that it is, or nothing.
    """

    letters: list[str]
    pairs: list[str]
    lengths: list[int]
    after: list[int]
    opens: list[bool]
    words: list[str]
    potential: dict[str, int]
    """What each word gains with the best counterpart it could have."""


def tree(words: Iterable[str], asked: str) -> Tree:
    """The tree of the marked `words`, to be met by words of the script `asked`."""
    gains, best, _ = side(asked)
    pieces = {piece for piece in gains if len(piece) == 2}
    openers = {piece[0] for piece in pieces}
    made = Tree([], [], [], [], [], [], {})
    open_prefixes: list[int] = []
    before = ""
    for word in sorted(set(words)):
        shared = shared_length(before, word)
        close(made, open_prefixes, shared)
        for i in range(shared, len(word)):
            open_prefixes.append(len(made.letters))
            made.letters.append(word[i])
            made.pairs.append(word[i - 1 : i + 1] if i and word[i - 1 : i + 1] in pieces else "")
            made.lengths.append(i + 1)
            made.after.append(0)
            made.opens.append(word[i] in openers)
            made.words.append("")
        made.words[-1] = word
        made.potential[word] = potentials(word, best)[-1]
        before = word
    close(made, open_prefixes, 0)
    return made


def close(made: Tree, open_prefixes: list[int], length: int) -> None:
    """Notes where the prefixes longer than `length` end."""
    while len(open_prefixes) > length:
        made.after[open_prefixes.pop()] = len(made.letters)


def shared_length(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


class Sounding:
    """A word of the script `latn` or `arab` that is looked for among words of the other."""

    def __init__(self, word: str, script: str) -> None:
        self.word = marked(word)
        self.script = script
        self.side = side(script)
        self.reach = potentials(self.word, self.side.best_asked)
        self.potential = self.reach[-1]
        self.places = places_of(self.word)
        self.readable = {"", *self.places}
        self.skipping = skips_before(self.word, self.side.gains.get("", {}))
        self.singles: dict[str, Moves] = {}
        self.pairs: dict[str, Moves | None] = {"": None}

    def moves_by_letter(self, letter: str) -> Moves:
        made = self.singles[letter] = self.moves({"": UNKNOWN} | self.side.gains.get(letter, {}))
        return made

    def moves_by_pair(self, pair: str) -> Moves | None:
        """None where the word has nothing that the pair is read as."""
        row = self.side.gains[pair]
        found = self.pairs[pair] = None if row.keys().isdisjoint(self.readable) else self.moves(row)
        return found

    def moves(self, row: dict[str, int]) -> Moves:
        """Where a piece of the other script leads, given what it is read as."""
        nothing = row.get("")
        ahead: list[dict[int, int]] = [{} if nothing is None else {i: nothing} for i in range(len(self.word) + 1)]
        for mine, spots in self.places.items():
            gain = row.get(mine)
            if gain is None:
                continue
            for spot in spots:
                end = spot + len(mine)
                for start, skipped in self.skipping[spot]:
                    if gain + skipped > ahead[start].get(end, FAR):
                        ahead[start][end] = gain + skipped
        return [list(reached.items()) for reached in ahead]

    def among(self, words: Tree, least: float, slack: Slack = TIGHT) -> dict[str, float]:
        """The words of a tree that sound like this one, with how much: from `least` to 1."""
        found: dict[str, float] = {}
        behind, share = slack
        floor = [(1 - share) * reach - behind for reach in self.reach]
        letters, pairs, lengths, after, opens, texts, potential = words
        singles, doubles, last = self.singles, self.pairs, len(self.word)
        rows: list[dict[int, int]] = [{}, {0: 0}, *([{}] * max(lengths, default=0))]
        i, n = 0, len(letters)
        while i < n:
            length = lengths[i]
            older, old = rows[length - 1], rows[length]
            row: dict[int, int] = {}
            if old:
                advance(old, singles.get(letters[i]) or self.moves_by_letter(letters[i]), floor, row)
            if older and (pair := pairs[i]):
                moves = doubles[pair] if pair in doubles else self.moves_by_pair(pair)
                if moves:
                    advance(older, moves, floor, row)
            rows[length + 1] = row
            if texts[i] and last in row:
                likeness = 2 * row[last] / (self.potential + potential[texts[i]])
                if likeness >= least:
                    found[texts[i]] = likeness
            i = i + 1 if row or (old and opens[i]) else after[i]
        return found


def advance(rows: dict[int, int], moves: Moves, floor: list[float], reached: dict[int, int]) -> None:
    """Adds to `reached` what alignments become by one more piece, but for those that fall below the floor."""
    for at, value in rows.items():
        for end, gain in moves[at]:
            new = value + gain
            if new > floor[end] and new > reached.get(end, FAR):
                reached[end] = new


def places_of(word: str) -> dict[str, list[int]]:
    """Every piece of a word with the positions where it begins."""
    found: dict[str, list[int]] = {}
    for i, letter in enumerate(word):
        found.setdefault(letter, []).append(i)
    for i, (one, two) in enumerate(pairwise(word)):
        found.setdefault(one + two, []).append(i)
    return found


def skips_before(word: str, gains: dict[str, int]) -> list[list[tuple[int, int]]]:
    """For each position of a word, from where it is reached by reading letters as nothing, and what that gains."""
    single = [gains.get(letter, UNKNOWN) for letter in word]
    double = [gains.get(one + two, 2 * UNKNOWN) for one, two in pairwise(word)]
    found = []
    for end in range(len(word)):
        gained = {end: 0}
        for start in range(end - 1, max(end - MOST_SKIPPED - 1, -1), -1):
            one = gained[start + 1] + single[start]
            two = gained[start + 2] + double[start] if start + 2 <= end else one
            gained[start] = max(one, two)
        found.append(list(gained.items()))
    return found
