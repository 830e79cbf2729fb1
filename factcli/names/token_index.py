"""The tokens of names, found by spelling, by skeleton, by sound, by their beginning.

Tokens stand in columns, in order, a script at a time: as they are written, their skeletons, how they are pronounced. A
`MadeTokens` makes its columns when they are first asked for; those of a `StoredTokens` come from a table in pieces,
one after the other, so that few are in memory.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from factcli.names.phonetic import LOOSE_BEAM, TIGHT_BEAM, Beam, PhoneticQuery, SortedWords, mark_edges
from factcli.names.tokens import rules

Similar = dict[str, float]
"""Tokens, each with its similarity to another: 0..1."""

Table = Mapping[str, list[str]]
"""Columns of tokens in pieces, by script, column and number: `latn.tokens.00000`."""

PIECE = 4096
"""Tokens of a piece: one is read where a token is looked for that is known, all of a script where one like it is."""

SCRIPTS = ("latn", "arab")
COLUMNS = ("tokens", "skeletons", "pronounced", "spelled")
NUMBERS = "numb"
"""What stands for the script of numbers: they are equal or they are not, and are in no column that is searched."""

MIN_SPELLING, MIN_SKELETON = 0.55, 0.62
"""Similarity of letters from which a token is a candidate, as it is written and by its skeleton: two letters of five
may differ, not three. Without the second, 1 in 200 right names is not first, and 3 in 200 are not sure enough."""

EQUAL_SKELETON = 0.93
SKELETON_SHARE, SPELLING_SHARE, OTHER_SPELLING = 0.6, 0.4, 0.5
"""Similarity of a token with an equal skeleton; shares of skeleton and spelling where it is not equal, for a skeleton
is common to many words; the spelling of a token that is below the cutoff for it."""

MIN_SOUND = 0.3
"""Phonetic similarity from which a token is a candidate; from 0.15 on finds no more right names."""

SURE_SOUND = 0.5
"""Where no token sounds this similar, the search is repeated with a loose beam: 1 in 100 more right names among 20,000,
for 14 % of the time."""

MAX_ACROSS, SOUND_SHARE, ACROSS_BASE = 0.98, 0.8, 0.3
"""A phonetic similarity as a similarity of letters: a token that sounds the same is less sure than one that is spelled
the same, and one that is usually spelled gains only seven tenths of the most it could."""

PREFIX_BASE, PREFIX_SHARE = 0.55, 0.4
"""Similarity of a token to a prefix: from just over the first to their sum, by the share that is there."""


def script_of(text: str) -> str:
    """The script of a folded text: `latn`, or `arab` for all that is not ASCII."""
    return "latn" if text.isascii() else "arab"


def other_script(script: str) -> str:
    return "arab" if script == "latn" else "latn"


def skeleton(token: str) -> str:
    """The token with letters that are confused, in hearing or in typing, replaced by one, and doubled letters single.

    >>> skeleton("khunjar") == skeleton("qhunjar"), skeleton("hadd"), skeleton("yousuf") == skeleton("yusuf")
    (False, 'had', True)
    """
    for letters, one in rules().look_alikes[script_of(token)]:
        token = token.replace(letters, one)
    return re.sub(r"(.)\1+", r"\1", token)


def across_scripts(sound: float) -> float:
    """A phonetic similarity, 1 for the best there is and 0 for chance, on the scale of spelling: at most 0.98."""
    return min(MAX_ACROSS, ACROSS_BASE + SOUND_SHARE * sound)


def _extract(token: str, tokens: list[str], score_cutoff: float) -> list[tuple[str, float, int]]:
    """The similar ones of many tokens (optimal string alignment), each with its similarity and its position."""
    from rapidfuzz.distance.OSA import normalized_similarity
    from rapidfuzz.process import extract

    return extract(token, tokens, scorer=normalized_similarity, score_cutoff=score_cutoff, limit=None)


class TokenIndex(ABC):
    """Folded tokens of names; several words joined are written with blanks."""

    @abstractmethod
    def column(self, script: str, name: str) -> Iterator[list[str]]:
        """The pieces of a column of a script.

        `tokens` are in order, and `skeletons` are theirs; `pronounced` are marked and in order, and `spelled` are the
        tokens that are pronounced so.
        """

    @abstractmethod
    def names_with(self, text: str) -> Sequence[int]:
        """The positions of the names that have a token, each once."""

    def similar_spelling(self, token: str, score_cutoff: float = MIN_SPELLING) -> Similar:
        """Tokens of the same script spelled like `token`; at the usual cutoff, also tokens with a similar skeleton."""
        script = script_of(token)
        found: Similar = {}
        for tokens in self.column(script, "tokens"):
            found.update((text, similarity) for text, similarity, _ in _extract(token, tokens, score_cutoff))
        if score_cutoff > MIN_SPELLING:
            return found
        columns = (self.column(script, name) for name in ("tokens", "skeletons"))
        for tokens, skeletons in zip(*columns, strict=True):
            for _, similarity, at in _extract(skeleton(token), skeletons, MIN_SKELETON):
                spelling = found.get(tokens[at], OTHER_SPELLING)
                mixed = SKELETON_SHARE * similarity + SPELLING_SHARE * spelling
                found[tokens[at]] = max(spelling, mixed if similarity < 1 else EQUAL_SKELETON)
        return found

    def similar_sound(self, query: PhoneticQuery) -> Similar:
        """Tokens of the other script that sound like a word."""
        near = self._similar_sound(query, TIGHT_BEAM)
        if max(near.values(), default=0.0) < SURE_SOUND:
            near = self._similar_sound(query, LOOSE_BEAM)
        return {text: across_scripts(sound) for text, sound in near.items()}

    def _similar_sound(self, query: PhoneticQuery, beam: Beam) -> Similar:
        found: Similar = {}
        columns = (self.column(other_script(query.script), name) for name in ("pronounced", "spelled"))
        for pronounced, spelled in zip(*columns, strict=True):
            words = pronounced if isinstance(pronounced, SortedWords) else SortedWords(pronounced)
            near = query.search(words, MIN_SOUND, beam)
            found.update((spelled[bisect_left(words, text)], sound) for text, sound in near.items())
        return found

    def completions(self, prefix: str) -> Similar:
        """Tokens that begin with `prefix`, which may still be being typed."""
        found = []
        for tokens in self.column(script_of(prefix), "tokens"):
            found += tokens[bisect_left(tokens, prefix) : bisect_left(tokens, prefix + "\uffff")]
        return {text: PREFIX_BASE + PREFIX_SHARE * len(prefix) / len(text) for text in found}


class MadeTokens(TokenIndex):
    """Tokens with the positions of the names that have them, in memory."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        postings: dict[str, dict[int, None]] = {}
        for text, i in entries:
            postings.setdefault(text, {})[i] = None
        self.postings = {text: list(postings[text]) for text in sorted(postings)}
        self._columns: dict[tuple[str, str], list[str]] = {}

    def names_with(self, text: str) -> Sequence[int]:
        return self.postings.get(text, ())

    def column(self, script: str, name: str) -> Iterator[list[str]]:
        if (script, name) not in self._columns:
            self._columns[script, name] = self._made(script, name)
        yield self._columns[script, name]

    def _made(self, script: str, name: str) -> list[str]:
        if name == "tokens":
            return [text for text in self.postings if _group_of(text) == script]
        tokens = next(self.column(script, "tokens"))
        if name == "skeletons":
            return [skeleton(token) for token in tokens]
        # The ta marbuta of a word that another follows is silent.
        spelled = {mark_edges(token.replace("ه ", "").replace(" ", "")): token for token in tokens}
        pronounced = SortedWords(spelled)
        return pronounced if name == "pronounced" else [spelled[word] for word in pronounced]

    def table(self, stored: Sequence[str]) -> dict[str, list[str]]:
        """The columns that are stored, in pieces, from which `StoredTokens` are equal to these."""
        table: dict[str, list[str]] = {}
        for script in (*SCRIPTS, NUMBERS):
            columns = {name: next(self.column(script, name)) for name in stored[: 1 if script == NUMBERS else None]}
            columns["names"] = [line_of(self.postings[text]) for text in columns["tokens"]]
            for name, lines in columns.items():
                for start in range(0, len(lines), PIECE):
                    table[f"{script}.{name}.{start // PIECE:05}"] = lines[start : start + PIECE]
            if starts := columns["tokens"][::PIECE]:
                table[f"{script}.starts"] = starts
        return table


class StoredTokens(TokenIndex):
    """Tokens in a table; skeletons that it lacks are made."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._starts = {group: table.get(f"{group}.starts", []) for group in (*SCRIPTS, NUMBERS)}

    def column(self, script: str, name: str) -> Iterator[list[str]]:
        for piece in range(len(self._starts[script])):
            if lines := self._table.get(f"{script}.{name}.{piece:05}"):
                yield lines
            else:
                yield [skeleton(token) for token in self._table[f"{script}.tokens.{piece:05}"]]

    def names_with(self, text: str) -> Sequence[int]:
        group = _group_of(text)
        piece = bisect_right(self._starts[group], text) - 1
        if piece < 0:
            return ()
        tokens, names = (self._table[f"{group}.{name}.{piece:05}"] for name in ("tokens", "names"))
        at = bisect_left(tokens, text)
        return positions_in(names[at]) if at < len(tokens) and tokens[at] == text else ()


class AllTokens(TokenIndex):
    """The tokens of several indexes."""

    def __init__(self, *indexes: TokenIndex) -> None:
        self._indexes = indexes

    def column(self, script: str, name: str) -> Iterator[list[str]]:
        return chain.from_iterable(index.column(script, name) for index in self._indexes)

    def names_with(self, text: str) -> Sequence[int]:
        return list(dict.fromkeys(chain.from_iterable(index.names_with(text) for index in self._indexes)))


def line_of(positions: Sequence[int]) -> str:
    """Positions as a line of a table."""
    return " ".join(map(str, positions))


def positions_in(line: str) -> list[int]:
    """The positions of a line."""
    return list(map(int, line.split()))


def _group_of(text: str) -> str:
    """The script of a token, numbers apart."""
    return NUMBERS if text.isdigit() else script_of(text)
