"""The tokens of one sentence as the grammars of values want them, and the known phrases among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcli.lexicon.articles import ArticleWords, Triggers
from factcli.text import fold
from factcli.text.lexer import Token, tokenize
from factcli.text.phrases import Phrase, PhraseMatcher

_CODE_AND_FIGURES = re.compile(r"([A-Z]{2,3})([0-9]+[a-z]{0,3})")
_POSSESSIVE = ("'s", "’s")


def tokens_of(text: str, start: int, end: int, words: ArticleWords) -> list[Token]:
    """The tokens of a part of a text, with their places in the whole text.

    A possessive `'s` is no part of its word, and a currency is none of its number: `SAR1.5bn`.
    """
    found: list[Token] = []
    for token in tokenize(text[start:end]):
        written, key, first, last, glued = token
        first, last = first + start, last + start
        code = _CODE_AND_FIGURES.fullmatch(written) if written[:1].isupper() else None
        if code and (code[1] in words.codes or code[1] == "US"):
            middle = first + len(code[1])
            found.append(Token._make((code[1], code[1].lower(), first, middle, glued)))
            found.append(Token._make((code[2], code[2], middle, last, True)))
        elif written[-2:] in _POSSESSIVE and len(written) > 2:
            found.append(Token._make((written[:-2], fold(written[:-2]), first, last - 2, glued)))
        else:
            found.append(Token._make((written, key, first, last, glued)))
    return found


class ArticlePhrases(PhraseMatcher):
    """The known phrases of one sentence of an article; most words begin none, which one look-up shows."""

    def __init__(self, tokens: Sequence[Token], words: ArticleWords | Triggers) -> None:
        super().__init__(tokens, words.meanings)
        self.words = words

    def _known(self, start: int, keys: list[str]) -> Iterator[Phrase]:
        longest = self.words.longest.get(keys[0], 0) if keys else 0
        for count in range(min(len(keys), longest), 0, -1):
            for group, meaning in self.meanings(" ".join(keys[:count])):
                yield Phrase._make((start + count, group, meaning))

    def at(self, start: int) -> list[Phrase]:
        found = self._found.get(start)
        return super().at(start) if found is None else found

    def find(self, group: str, start: int) -> tuple[int, str] | None:
        for end, one, meaning in self.at(
            start
        ):  # a loop: the generator of the base takes a fifth of the time of a text
            if one == group:
                return end, meaning
        return None

    def end_of(self, group: str, meaning: str, start: int) -> int | None:
        for end, one, other in self.at(start):
            if other == meaning and one == group:
                return end
        return None

    def is_a(self, at: int, group: str) -> bool:
        """Whether a phrase of a group begins at a token."""
        return any(phrase.group == group for phrase in self.at(at))
