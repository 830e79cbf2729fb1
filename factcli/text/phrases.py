"""Known phrases in a text: what some tokens, from any of them on, mean together. The phrases are the caller's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from factcli._namedtuple import NamedTuple
from factcli.text.clitics import without_clitics
from factcli.text.lexer import Token

MAX_PHRASE_WORDS = 6
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
        self._behind: dict[int, list[Phrase]] = {}

    def at(self, start: int) -> list[Phrase]:
        """The phrases that begin at a token, the longest first."""
        if start not in self._found:
            keys = self._keys(start)
            self._found[start] = list(self._known(start, keys))
        return self._found[start]

    def behind_clitics(self, start: int) -> list[Phrase]:
        """The phrases that begin behind the proclitics of an Arabic word: ونوفمبر, بمايو, وتشرين الأول."""
        if start not in self._behind:
            keys = self._keys(start)
            stems = [] if not keys or keys[0].isascii() else without_clitics(keys[0])
            self._behind[start] = [one for stem in stems for one in self._known(start, [stem, *keys[1:]])]
        return self._behind[start]

    def _keys(self, start: int) -> list[str]:
        """The words from a token on, up to the next sign."""
        keys = [token.key for token in self.tokens[start : start + MAX_PHRASE_WORDS]]
        return keys[: keys.index("")] if "" in keys else keys

    def _known(self, start: int, keys: list[str]) -> Iterator[Phrase]:
        for words in range(len(keys), 0, -1):
            for group, meaning in self.meanings(" ".join(keys[:words])):
                yield Phrase._make((start + words, group, meaning))

    def find(self, group: str, start: int) -> tuple[int, str] | None:
        """Where the longest phrase of a group ends that begins at a token, and what it means."""
        return next(((phrase.end, phrase.meaning) for phrase in self.at(start) if phrase.group == group), None)

    def end_of(self, group: str, meaning: str, start: int) -> int | None:
        """Where the longest phrase with a meaning ends that begins at a token."""
        return next((end for end, *one in self.at(start) if one == [group, meaning]), None)

    def behind_clitic(self, group: str, start: int) -> tuple[int, str] | None:
        """The same for the phrases of a group behind proclitics."""
        found = self.behind_clitics(start)
        return next(((phrase.end, phrase.meaning) for phrase in found if phrase.group == group), None)
