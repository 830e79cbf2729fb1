"""Known phrases in a text: what some tokens, from any of them on, mean together. The phrases are the caller's data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factcli._namedtuple import NamedTuple
from factcli.text.clitics import without_clitics
from factcli.text.lexer import Token

MAX_WORDS = 6
"""Words in the longest phrase."""

Meanings = Callable[[str], Sequence[tuple[str, str]]]
"""What a folded phrase can mean: groups of meanings, each with a meaning in it; none for an unknown phrase."""


class Phrase(NamedTuple):
    """A known phrase that ends before the token `end`, and one of its meanings."""

    end: int
    group: str
    meaning: str


class PhraseMatcher:
    """The known phrases of one text. Each is looked up once."""

    def __init__(self, tokens: Sequence[Token], meanings: Meanings) -> None:
        self.tokens, self.meanings = tokens, meanings
        self._found: dict[int, list[Phrase]] = {}

    def at(self, start: int) -> list[Phrase]:
        """The phrases that begin at a token, the longest first."""
        if start not in self._found:
            self._found[start] = found = []
            keys = [token.key for token in self.tokens[start : start + MAX_WORDS]]
            size = keys.index("") if "" in keys else len(keys)
            for words in range(size, 0, -1):
                known = self.meanings(" ".join(keys[:words]))
                found += [Phrase._make((start + words, group, meaning)) for group, meaning in known]
        return self._found[start]

    def find(self, group: str, start: int) -> tuple[int, str] | None:
        """Where the longest phrase of a group ends that begins at a token, and what it means."""
        return next(((phrase.end, phrase.meaning) for phrase in self.at(start) if phrase.group == group), None)

    def end_of(self, group: str, meaning: str, start: int) -> int | None:
        """Where the longest phrase with a meaning ends that begins at a token."""
        return next((end for end, *one in self.at(start) if one == [group, meaning]), None)

    def behind_clitic(self, group: str, start: int) -> tuple[int, str] | None:
        """The same for Arabic words behind proclitics: ونوفمبر, بمايو, وتشرين الأول."""
        keys = [token.key for token in self.tokens[start : start + MAX_WORDS]]
        if not keys or keys[0].isascii():
            return None
        size = keys.index("") if "" in keys else len(keys)
        for stem in without_clitics(keys[0]):
            for words in range(size, 0, -1):
                for one, meaning in self.meanings(" ".join([stem, *keys[1:words]])):
                    if one == group:
                        return start + words, meaning
        return None
