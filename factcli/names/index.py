"""Names indexed by their tokens, and tokens found by spelling, by skeleton, by sound, by their beginning.

A `NameIndex` holds the names among which one is looked for. Its tokens are in one `TokenIndex` for each way to look:
distinctive ones, generic ones, neighbours joined, whole names; each is made when first asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from factcli.names.phonetic import LOOSE_BEAM, PhoneticQuery, PrefixTree, mark_edges
from factcli.names.tokens import Symbol, Token, rules, tokenize_name
from factcli.text import fold
from factcli.text.clitics import without_clitics

Posting = tuple[int, int]
"""The position of a name, and the tokens of it as a bit mask."""

Similar = dict[str, float]
"""Tokens, each with its similarity to another: 0..1."""

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


class TokenIndex:
    """Folded tokens with their postings; several words joined are written with blanks."""

    def __init__(self, entries: Iterable[tuple[str, Posting]]) -> None:
        self.postings: dict[str, list[Posting]] = {}
        for text, posting in entries:
            self.postings.setdefault(text, []).append(posting)

    @cached_property
    def tokens(self) -> dict[str, list[str]]:
        """The tokens of each script, sorted; numbers are equal or they are not, and are left out."""
        found: dict[str, list[str]] = {"latn": [], "arab": []}
        for token in sorted(self.postings):
            if not token.isdigit():
                found[script_of(token)].append(token)
        return found

    @cached_property
    def skeletons(self) -> dict[str, list[str]]:
        """The skeletons of the tokens of each script, in their order."""
        return {script: [skeleton(token) for token in tokens] for script, tokens in self.tokens.items()}

    @cached_property
    def pronounced(self) -> dict[str, dict[str, str]]:
        """The tokens of each script by their pronounced letters, edges marked.

        The ta marbuta of a word that another follows is silent.
        """
        return {
            script: {mark_edges(token.replace("ه ", "").replace(" ", "")): token for token in tokens}
            for script, tokens in self.tokens.items()
        }

    @cached_property
    def trees(self) -> dict[str, PrefixTree]:
        """The prefix trees of the pronounced tokens of each script."""
        return {script: PrefixTree(words, other_script(script)) for script, words in self.pronounced.items()}

    def similar_spelling(self, token: str, score_cutoff: float = MIN_SPELLING) -> Similar:
        """Tokens of the same script spelled like `token`; at the usual cutoff, also tokens with a similar skeleton."""
        script = script_of(token)
        tokens = self.tokens[script]
        if not tokens:
            return {}
        found = {text: similarity for text, similarity, _ in _extract(token, tokens, score_cutoff)}
        if score_cutoff > MIN_SPELLING:
            return found
        for _, similarity, at in _extract(skeleton(token), self.skeletons[script], MIN_SKELETON):
            spelling = found.get(tokens[at], OTHER_SPELLING)
            mixed = SKELETON_SHARE * similarity + SPELLING_SHARE * spelling
            found[tokens[at]] = max(spelling, mixed if similarity < 1 else EQUAL_SKELETON)
        return found

    def similar_sound(self, query: PhoneticQuery) -> Similar:
        """Tokens of the other script that sound like a word."""
        script = other_script(query.script)
        pronounced = self.pronounced[script]
        if not pronounced:
            return {}
        near = query.search(self.trees[script], MIN_SOUND)
        if max(near.values(), default=0.0) < SURE_SOUND:
            near = query.search(self.trees[script], MIN_SOUND, LOOSE_BEAM)
        return {pronounced[text]: across_scripts(sound) for text, sound in near.items()}

    def completions(self, prefix: str) -> Similar:
        """Tokens that begin with `prefix`, which may still be being typed."""
        tokens = self.tokens[script_of(prefix)]
        found = tokens[bisect_left(tokens, prefix) : bisect_left(tokens, prefix + "\uffff")]
        return {text: PREFIX_BASE + PREFIX_SHARE * len(prefix) / len(text) for text in found}


class NameIndex:
    """`names`, which must not change, by their keys, tokens and symbols."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.size = len(names)

    def prepare(self) -> None:
        """Makes all that a query may ask for: a tenth of a second for 1,000 names."""
        for index in (self.distinctive, self.generic, self.joined, self.whole_names):
            index.trees, index.skeletons  # noqa: B018 - made when first asked for
        self.by_key, self.symbols  # noqa: B018

    # -- names

    @cached_property
    def keys(self) -> list[str]:
        """The names, folded."""
        return [fold(name) for name in self.names]

    @cached_property
    def by_key(self) -> dict[str, list[int]]:
        """The positions of the names that have each key."""
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self.keys):
            found.setdefault(key, []).append(i)
        return found

    def equal(self, key: str) -> list[int]:
        """The positions of the names that have the key, else of the names that equal it without a clitic in front."""
        found = self.by_key.get(key, [])
        first, _, rest = key.partition(" ")
        if found or first.isascii():
            return found
        variants = [f"{stem} {rest}".strip() for stem in without_clitics(first)]
        return [i for variant in variants for i in self.by_key.get(variant, ())]

    # -- tokens

    @cached_property
    def tokens(self) -> list[tuple[Token, ...]]:
        """The tokens of each name."""
        return [tokenize_name(key) for key in self.keys]

    @cached_property
    def compact(self) -> list[str]:
        """Each name without articles and blanks."""
        return ["".join(token.text for token in tokens) for tokens in self.tokens]

    @cached_property
    def postings(self) -> list[tuple[Token, Posting]]:
        """Every token of every name, with its posting."""
        return [(token, (i, 1 << at)) for i, tokens in enumerate(self.tokens) for at, token in enumerate(tokens)]

    @cached_property
    def distinctive(self) -> TokenIndex:
        """The tokens that distinguish names."""
        return _token_index((token, posting) for token, posting in self.postings if not token.is_generic)

    @cached_property
    def generic(self) -> TokenIndex:
        """The tokens that do not distinguish names."""
        return TokenIndex((token.text, posting) for token, posting in self.postings if token.is_generic)

    @cached_property
    def all_tokens(self) -> TokenIndex:
        """Distinctive and generic tokens."""
        return _token_index(self.postings)

    @cached_property
    def whole_names(self) -> TokenIndex:
        """Each name as one token, without articles and blanks."""
        return TokenIndex((self.compact[i], (i, (1 << len(tokens)) - 1)) for i, tokens in enumerate(self.tokens))

    @cached_property
    def joined(self) -> TokenIndex:
        """Neighbouring tokens as one, and whole names."""
        return TokenIndex((text, (i, mask)) for i, tokens in enumerate(self.tokens) for text, mask in _joins(tokens))

    @cached_property
    def symbols(self) -> dict[Symbol, list[Posting]]:
        """The symbols of distinctive tokens, with their postings."""
        return _by_symbol((token, posting) for token, posting in self.postings if not token.is_generic)

    @cached_property
    def all_symbols(self) -> dict[Symbol, list[Posting]]:
        """The symbols of all tokens, with their postings."""
        return _by_symbol(self.postings)


def _token_index(postings: Iterable[tuple[Token, Posting]]) -> TokenIndex:
    """The tokens as they are and without a Latin article that is written with them."""
    return TokenIndex(
        (text, posting) for token, posting in postings for text in (token.text, token.without_article) if text
    )


def _by_symbol(postings: Iterable[tuple[Token, Posting]]) -> dict[Symbol, list[Posting]]:
    found: dict[Symbol, list[Posting]] = {}
    for token, posting in postings:
        for symbol in token.symbols:
            found.setdefault(symbol, []).append(posting)
    return found


def _joins(tokens: tuple[Token, ...]) -> Iterator[tuple[str, int]]:
    """Pairs of neighbours and the whole name, without and with articles, each with its tokens as a bit mask."""
    for at, (one, two) in enumerate(pairwise(tokens)):
        for text in dict.fromkeys((f"{one.text} {two.text}", f"{one.text} {two.raw}")):
            yield text, 3 << at
    if len(tokens) != 2:
        plain, raw = " ".join(token.text for token in tokens), " ".join(token.raw for token in tokens)
        for text in dict.fromkeys((plain, raw) if len(tokens) > 2 else ()):
            yield text, (1 << len(tokens)) - 1
        if len(tokens) == 1 and raw != plain:
            yield raw, 1
