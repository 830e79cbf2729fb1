"""Names in a text: those of exercises, which the words around them give away, and those of known entities.

A name of an exercise stands in quotation marks or in capitals beside a word for it, once; then it is known wherever the
text has it, with the number of its edition or without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.reading.tokens import ArticlePhrases
from factcli.text import fold
from factcli.text.clitics import without_clitics
from factcli.text.lexer import Token

QUOTES = {"«": "»", "“": "”", '"': '"', "”": "”", "‘": "’", "„": "“"}
MAX_NAME_WORDS = 8
MAX_WORDS_BEFORE_QUOTE = 5
MIN_NAME_LENGTH = 4
"""Letters of the shortest name of an entity that is looked for, unless it is in capitals."""

COUNTRY = "country"


class Name(NamedTuple):
    """A name: where it stands, the id of the entity or the name as it stands, and its type."""

    start: int
    end: int
    value: str
    type: str


class Gazetteer:
    """The names of entities, countries left out, to be found in texts."""

    def __init__(self, entities: Iterable[Mapping[str, Any]]) -> None:
        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        self._longest: dict[str, int] = {}
        for entity in entities:
            if entity.get("type") != COUNTRY:
                for name in (*(entity.get("name") or {}).values(), *(entity.get("aliases") or ())):
                    self._add(name, entity["id"], entity["type"])

    def _add(self, name: str, ident: str, kind: str) -> None:
        keys = tuple(fold(name).split())
        if not keys or (sum(map(len, keys)) < MIN_NAME_LENGTH and not name.isupper()):
            return
        if name.isascii() and not name[:1].isupper():
            return
        self._names.setdefault(keys, (ident, kind))
        self._longest[keys[0]] = max(len(keys), self._longest.get(keys[0], 0))

    def find(self, tokens: Sequence[Token], at: int) -> tuple[int, str, str] | None:
        """Where the longest name ends that begins at a token, also behind proclitics, its entity and type."""
        return next(self.find_all(tokens, at), None)

    def find_all(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, str, str]]:
        """All names that begin at a token, the longest first."""
        first = tokens[at].key
        for head in (first, *(() if first.isascii() else without_clitics(first))):
            for count in range(min(self._longest.get(head, 0), len(tokens) - at), 0, -1):
                keys = (head, *(token.key for token in tokens[at + 1 : at + count]))
                if known := self._names.get(keys):
                    yield at + count, *known


def names_of(sentences: Sequence[ArticlePhrases], text: str, gazetteer: Gazetteer | None) -> Iterator[list[Name]]:
    """The names in each sentence."""
    cores: dict[tuple[str, ...], None] = {}
    for phrases in sentences:
        for start, end in _announced(phrases):
            core = _core(phrases.tokens[start:end])
            if core:
                cores.setdefault(core)
    first_words = {core[0] for core in cores}
    for phrases in sentences:
        names, at, tokens = [], 0, phrases.tokens
        while at < len(tokens):
            end = _known_end(tokens, at, cores) if tokens[at].key in first_words else 0
            if end:
                start, stop = tokens[at].start, tokens[end - 1].end
                names.append(Name(start, stop, text[start:stop], "exercise"))
            elif gazetteer and tokens[at].key and (found := gazetteer.find(tokens, at)):
                end = found[0]
                if not tokens[at].text.isascii() or tokens[at].text[0].isupper():
                    names.append(Name(tokens[at].start, tokens[end - 1].end, found[1], found[2]))
            at = end or at + 1
        yield names


def _announced(phrases: ArticlePhrases) -> Iterator[tuple[int, int]]:
    """The names that stand beside a word for an exercise: from which token to which."""
    tokens = phrases.tokens
    for at in range(len(tokens)):
        for phrase in phrases.at(at):
            if phrase.group == "exercise words" and phrase.meaning == "before":
                found = _quoted(tokens, phrase.end) or _in_capitals(phrases, phrase.end)
                if found:
                    yield found
            if phrase.group == "exercise words" and phrase.meaning == "behind" and (before := _before(phrases, at)):
                yield before
            break_at = phrase.group == "exercise apposition"
            if break_at and (named := _before_apposition(phrases, at)):
                yield named


def _quoted(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """A name in quotation marks, a few words behind a position at most."""
    for start in range(at, min(at + MAX_WORDS_BEFORE_QUOTE + 1, len(tokens))):
        closing = QUOTES.get(tokens[start].text)
        if closing:
            last = min(start + MAX_NAME_WORDS + 2, len(tokens))
            end = next((end for end in range(start + 1, last) if tokens[end].text == closing), 0)
            return (start + 1, end) if end > start + 1 else None
        if not tokens[start].key:
            return None
    return None


def _in_capitals(phrases: ArticlePhrases, at: int) -> tuple[int, int] | None:
    """Two words with capitals, or one with a number behind it."""
    tokens, end = phrases.tokens, at
    while end < len(tokens) and end - at < MAX_NAME_WORDS and _is_part_of_name(phrases, end, end > at):
        end += 1
    while end > at and not tokens[end - 1].key:
        end -= 1
    words = [token for token in tokens[at:end] if token.key and not token.key.isdigit()]
    if end - at < 2 or not words or phrases.is_a(at, COUNTRY) or phrases.is_a(at, "months"):
        return None
    return at, end


def _is_part_of_name(phrases: ArticlePhrases, at: int, is_inside: bool) -> bool:
    token = phrases.tokens[at]
    if not token.key:
        return is_inside and token.text == "-" and token.glued
    if token.key.isdigit():
        return is_inside and len(token.key) <= 4
    return token.text.isascii() and token.text[0].isupper()


def _before(phrases: ArticlePhrases, at: int) -> tuple[int, int] | None:
    """Words with capitals right before `exercise`, behind the article and nationalities: the Khanjar Hadd exercise."""
    while at and phrases.is_a(at - 1, "exercise adjectives") and not phrases.tokens[at - 1].text[0].isupper():
        at -= 1
    start = at
    while start and at - start < MAX_NAME_WORDS and _is_part_of_name(phrases, start - 1, True):
        start -= 1
    while start < at and (
        phrases.is_a(start, "fillers") or phrases.is_a(start, COUNTRY) or not phrases.tokens[start].key
    ):
        start += 1
    return (start, at) if at - start >= 2 else None


def _before_apposition(phrases: ArticlePhrases, at: int) -> tuple[int, int] | None:
    """Slate River, a mountain drill: the words with capitals before the comma."""
    for comma in range(at - 1, max(0, at - 6), -1):
        if phrases.tokens[comma].text == ",":
            following = phrases.tokens[comma + 1].key
            return _before(phrases, comma) if following in ("a", "an", "the") else None
    return None


def _core(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of a name without the number of its edition."""
    keys = [token.key for token in tokens if token.key]
    while keys and keys[-1].isdigit():
        keys.pop()
    return tuple(keys) if len("".join(keys)) >= MIN_NAME_LENGTH else ()


def _known_end(tokens: Sequence[Token], at: int, cores: Iterable[tuple[str, ...]]) -> int:
    """Where a known name ends, with the number of its edition behind it; 0 where there is none."""
    for core in cores:
        keys = tuple(token.key for token in tokens[at : at + len(core)])
        if keys == core:
            end = at + len(core)
            if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].key.isdigit():
                return end + 2
            is_number = end < len(tokens) and tokens[end].key.isdigit() and len(tokens[end].key) <= 4
            return end + 1 if is_number else end
    return 0
