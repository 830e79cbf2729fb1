"""What words that matched nothing may be: a name or a word misspelt, or a name in the other script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from factcli.model import Clause, Match, Note, Question, Reading
from factcli.names.typos import corrections, max_edits, within_max_edits
from factcli.search.index import Index, Name
from factcli.search.match import Matched, Matches, best, name_matches
from factcli.text import fold
from factcli.text.clitics import without_article

WORD_OF_A_NAME = 0.9
"""What is left of the score where a word is like one word of a name or a text, not like all of a name."""

MAX_SCORE = 99.0

MAX_SCORE_GAP = 6.0
"""Names up to this much below the best guess are answers as well."""

MIN_LETTERS, MIN_TEXT_LETTERS, MIN_LETTERS_FOR_TWO = 4, 6, 10
"""Letters from which words may be a misspelt name, from which a word may be one of a name or a text, of which there are
many more, and from which that with two edits."""

MIN_SHARE = 45.0
"""Score from which a word of several may be one of a name: below, it is something else."""

MIN_PART_SCORE = 80.0
"""Score from which a word sounds like a word of a name in the other script, where it has no digits for letters."""

MIN_SUGGESTED = 70.0
"""Similarity, 0 to 100, from which a name is suggested: with two letters of three in common, unrelated words are."""

MAX_RUN = 6
"""Readings that are guessed at together."""

NAMING = frozenset(("word", "name", "partner", "office", "filler", "kind", "attribute", "operators", "aspect"))
"""Roles of readings that may be parts of a misspelt name."""

ARABIZI = r"(?=(?:[235679]*[a-z]){3})[a-z235679]+"
DESIGNATION = r"[a-z]{1,4}[0-9]+[a-z]{0,2}"
"""A word in Latin letters with digits that are typed for Arabic letters (7add, mu7ammad), and a designation (tow2b)."""

Scored = list[tuple[str, float, Matches]]
"""Candidates: the name or word, its score, the facts that have it; best first."""


def guess_clauses(question: Question, matched: Matched, index: Index) -> tuple[tuple[Clause, ...], tuple[Note, ...]]:
    """The clauses with a guess for each that matched nothing, and a note for each guess; no notes where one has none.

    A word is guessed at together with what stands beside it first, as one name; a guess accounts for each word of it.
    An office of a country is taken for none of another country.
    """
    pairs = zip(question.clauses, matched.evidence, strict=True)
    unmatched = [c for c, found in pairs if not c.negated and not any(one.matches for one in found)]
    if any(len(clause.any_of) > 1 or not may_guess(clause.any_of[0], index) for clause in unmatched):
        return question.clauses, ()
    clauses = list(question.clauses)
    notes: list[Note] = []
    for clause in unmatched:
        if clause not in clauses:
            continue
        found = next(guesses(clause.any_of[0], question.readings, index), None)
        if found is None:
            return question.clauses, ()
        span, words, scored = found
        guessed = Clause((Reading(words, "guess", best(*(one[2] for one in scored))),))
        clauses[clauses.index(clause)] = guessed
        clauses = [one for one in clauses if one is guessed or not (one.any_of[0] in span and len(one.any_of) == 1)]
        notes.append(Note("guessed", {"term": words, "name": scored[0][0]}))
    return tuple(clauses), tuple(notes)


def may_guess(reading: Reading, index: Index) -> bool:
    """Whether a reading may be something misspelt: a word or an office, and no name with a doubling mark of its own."""
    return reading.role in ("word", "office") and not index.differs_by_shadda(reading.words)


def guesses(
    reading: Reading, readings: Sequence[Reading], index: Index
) -> Iterator[tuple[Sequence[Reading], str, Scored]]:
    """Guesses for a word and what stands beside it, the longest run first: the run, its words, what they may be."""
    at = readings.index(reading)
    start, end = at, at + 1
    while start and readings[start - 1].role in NAMING:
        start -= 1
    while end < len(readings) and readings[end].role in NAMING:
        end += 1
    for size in range(min(end - start, MAX_RUN), 0, -1):
        for first in range(max(start, at - size + 1), min(at, end - size) + 1):
            span = readings[first : first + size]
            words = " ".join(one.words for one in span)
            codes = frozenset(code for one in span if one.role == "office" for code in one.value[0])
            if scored := guess(words, index, codes):
                yield span, words, scored


def guess(words: str, index: Index, codes: Set[str] = frozenset()) -> Scored:
    """The candidates for unknown words: a name misspelt, a word misspelt, a name in the other script.

    Numbers and designations are what they are, and so is the name of something else. With `codes`, only names of
    entities of these countries are candidates.
    """
    key = fold(words)
    has_designation = any(not is_arabizi(word) for word in key.split() if any(map(str.isdigit, word)))
    if sum(map(str.isalpha, key)) < MIN_LETTERS - 1 or has_designation or index.lexicon.is_known_name(key):
        return []
    if codes:
        ours = misspelt_names(words, key, index) or transliterated(words, key, index)
        return near_best([one for one in ours if codes & countries_of(one[0], index)])
    in_use, elsewhere = misspelt_countries(words, key, index)
    scored = sorted([*misspelt_names(words, key, index), *in_use], key=lambda one: -one[1])
    scored = scored or misspelt_words(words, key, index)
    if scored and scored[0][1] > elsewhere:
        return near_best(scored)
    return [] if elsewhere else near_best(transliterated(words, key, index))


def countries_of(name: str, index: Index) -> set[str | None]:
    """The countries of the entities with a name."""
    entities = [index.facts.entities.get(one.entity) for one in index.names_with_key(fold(name))]
    return {entity["country"] for entity in entities if entity}


def is_arabizi(word: str) -> bool:
    """Whether a word has digits that are typed for Arabic letters; a designation has hardly any vowel."""
    if word.isalpha() or not re.fullmatch(ARABIZI, word):
        return False
    letters = [letter for letter in word if letter.isalpha()]
    head = re.match("[a-z]*", word)
    vowels = sum(letter in "aeiou" for letter in (head[0] if head else ""))
    return not re.fullmatch(DESIGNATION, word) or len(letters) > 4 or vowels > 1


def near_best(scored: Scored) -> Scored:
    return [one for one in scored if one[1] >= scored[0][1] - MAX_SCORE_GAP]


def misspelt_countries(words: str, key: str, index: Index) -> tuple[Scored, float]:
    """The countries in use whose names are most like a key, and how much it is like the name of any other."""
    keys = index.lexicon.country_keys
    in_use: Scored = []
    elsewhere = 0.0
    for at, score in corrections(key, keys):
        codes = [code for code in index.lexicon.countries_named(keys[at]) if code in index.by_country]
        match = Match(words, round(score, 1), "partner", keys[at], "typo")
        if codes:
            in_use.append((keys[at], score, best(*(dict.fromkeys(index.by_country[code], match) for code in codes))))
        else:
            elsewhere = max(elsewhere, score)
    return in_use, elsewhere


def misspelt_names(words: str, key: str, index: Index) -> Scored:
    there = index.of(key)
    edits = max_edits(key)
    keys = there.similar.keys_of_length(len(key) - edits, len(key) + edits) if edits else []
    return [
        (index.canonical(name.entity, words), score, name_matches(words, name, score, "typo", index))
        for at, score in corrections(key, keys)
        if accounts_for(key, keys[at], index)
        for name in there.names_with_key(keys[at])
    ]


def accounts_for(key: str, name: str, index: Index) -> bool:
    """Whether each word of a key is believed to be a word of a name, or the two differ in their blanks alone.

    The word of an office is no other misspelt: a minister is no ministry.
    """
    asked, named = key.split(), name.split()
    if len(asked) != len(named):
        return len(asked) == 1 or len(named) == 1 or asked[0][0] == named[0][0]
    return all(
        one == other or (within_max_edits(one, other) and not index.has_office_word([one]))
        for one, other in zip(asked, named, strict=True)
    )


def misspelt_words(words: str, key: str, index: Index) -> Scored:
    """The words of names and of texts that are most like a word: they begin alike, for other words are as near."""
    bare = without_article(key)
    if " " in key or len(bare) < MIN_TEXT_LETTERS:
        return []
    there = index.of(key)
    edits = 1 if len(bare) < MIN_LETTERS_FOR_TWO else 2
    choices = there.similar.words_of_length(bare, edits)
    near = corrections(bare, [without_article(choice) for choice in choices])
    return [
        in_use(words, choices[at], score * WORD_OF_A_NAME, "typo", index)
        for at, score in near
        if score >= 100 * (1 - edits / max(len(bare), len(without_article(choices[at]))))
        and (choices[at] in there.name_words or not index.is_function_word(choices[at]))
    ]


def in_use(words: str, word: str, score: float, how: str, index: Index) -> tuple[str, float, Matches]:
    """The facts that have a word in a name or a text."""
    there = index.of(word)
    names = there.names_with_word(word)
    in_names = [name_matches(words, name, score, how, index) for name in names]
    in_texts = {text.fact: Match(words, round(score, 1), text.field, word, how) for text, _ in there.with_words(word)}
    return index.canonical(names[0].entity, words) if names else word, score, best(*in_names, in_texts)


def transliterated(words: str, key: str, index: Index) -> Scored:
    """The names that sound like words in the other script; of one word, also the words of names, and for chat digits
    the words of texts."""
    from factcli.names import THRESHOLD, rank_in

    there = index.arabic if key.isascii() else index.latin
    numbers = {word for word in key.split() if word.isdigit()}
    ranked = [(at, min(score, MAX_SCORE)) for at, score in rank_in(words, there.similar.names) if score >= THRESHOLD]
    names = there.names_at(at for at, _ in ranked)
    scored = [
        (index.canonical(name.entity, words), score, name_matches(words, name, score, "across scripts", index))
        for name, (_, score) in zip(names, ranked, strict=True)
        if not name.key.isdigit() and numbers <= set(name.key.split()) and sounds_all_through(key, name)
    ]
    if scored or " " in key:
        return scored
    choices = there.similar.text_words if is_arabizi(key) else there.similar.words
    return [
        in_use(words, choices.names[at], min(score, MAX_SCORE) * WORD_OF_A_NAME, "across scripts", index)
        for at, score in rank_in(words, choices)
        if score >= (THRESHOLD if is_arabizi(key) else MIN_PART_SCORE)
    ]


def sounds_all_through(key: str, name: Name) -> bool:
    """Whether each word of a key sounds like some word of a name, or like two together: none is swallowed."""
    from factcli.names import rank
    from factcli.names.tokens import tokenize_name

    asked = [word for word in tokenize_name(key) if not word.is_particle]
    tokens = [word.raw for word in tokenize_name(name.key)]
    tokens += [one + other for one, other in pairwise(tokens)]
    return len(asked) < 2 or all(
        max((score for _, score in rank(word.raw, tokens)), default=0.0) >= MIN_SHARE for word in asked
    )


def closest(index: Index, words: str) -> list[str]:
    """Names that look a little like the words, best first: worth suggesting, not worth answering with."""
    key = fold(words)
    return index.of(key).similar.suggested(key, MIN_SUGGESTED)
