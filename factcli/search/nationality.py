"""A nationality and the office beside it, read as one: "Turkish ministry of defence" is no Turkish fact with a
ministry.

A nationality belongs to an office when it is an adjective before it or, in Arabic, behind it, when it has a possessive
s, or when the country stands behind `of` or behind an Arabic noun without article. A country that merely stands beside
an office (`the Sultan, Turkey`) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcli.model import Reading
from factcli.text import fold
from factcli.text.clitics import without_clitics

if TYPE_CHECKING:
    from factcli.search.index import Index

MAX_OFFICE = 5
"""Readings that the words of an office may be."""

LINKS = ("of", "of the", "for", "for the")


def tie_nationalities(readings: Sequence[Reading], index: Index) -> list[Reading]:
    """The readings in which each nationality and its office are one, `office`: country codes and the office's words."""
    tied: list[Reading] = []
    at = 0
    while at < len(readings):
        found = _behind_adjective(readings, at, index) if readings[at].role == "partner" else None
        if found:
            tied.append(found[1])
            at = found[0]
            continue
        if readings[at].role == "partner" and (before := _before_nationality(tied, readings[at], index)):
            tied[before[0] :] = [before[1]]
        else:
            tied.append(readings[at])
        at += 1
    return tied


def _behind_adjective(readings: Sequence[Reading], at: int, index: Index) -> tuple[int, Reading] | None:
    """The office behind an adjective or a possessive: where it ends, and the two as one reading.

    It is as long as an office of that nationality has these words; else its first word alone, which nothing satisfies.
    """
    nation = readings[at]
    is_possessive = nation.words.casefold().endswith(("'s", "’s"))
    if not (is_possessive or (index.lexicon.is_nationality(fold(nation.words)) and fold(nation.words).isascii())):
        return None
    run: list[Reading] = []
    shortest = 0
    best = 0
    for reading in readings[at + 1 : at + 1 + MAX_OFFICE]:
        is_link = reading.role == "filler" and fold(reading.words) in LINKS
        if not (is_link or _may_name(reading, index)):
            break
        run.append(reading)
        if is_link:
            continue
        keys = _keys(run)
        if not shortest and index.has_office_word(keys):
            shortest = len(run)
        if shortest and index.offices_of(nation.value, keys):
            best = len(run)
    if not shortest:
        return None
    size = best or shortest
    return at + 1 + size, _office(nation.value, [nation, *run[:size]], _keys(run[:size]))


def _before_nationality(tied: list[Reading], nation: Reading, index: Index) -> tuple[int, Reading] | None:
    """The office before an Arabic nationality, or before `of` and a country: where it begins, and the two as one."""
    if nation.words.isascii():
        return _before_of(tied, nation, index)
    is_adjective = index.lexicon.is_nationality(fold(nation.words))
    if not is_adjective and not index.lexicon.countries_named(fold(nation.words)):
        return None  # لتركيا has a preposition of its own
    found: tuple[int, Reading] | None = None
    for start, run in _runs_before(tied, len(tied), index):
        keys = _without_clitic(_keys(run), index)
        is_construct = is_adjective or not keys[0].startswith("ال")
        if is_construct and index.has_office_word(keys[:1]) and (found is None or index.offices_of(nation.value, keys)):
            found = start, _office(nation.value, [*run, nation], keys)
    return found


def _without_clitic(keys: list[str], index: Index) -> list[str]:
    """The words of an office, the first without the clitic in front of it, but for the article: لوزارة الدفاع."""
    stems = [] if index.has_office_word(keys[:1]) else without_clitics(keys[0])
    for stem in stems:
        if index.has_office_word([stem]):
            is_definite = keys[0].removesuffix(stem).endswith(("ال", "لل"))
            return ["ال" + stem if is_definite else stem, *keys[1:]]
    return keys


def _before_of(tied: list[Reading], nation: Reading, index: Index) -> tuple[int, Reading] | None:
    """The office before `of` and a country, with all words before it that modify it: "news agency of Turkey"."""
    end = len(tied)
    while end and tied[end - 1].role == "filler" and fold(tied[end - 1].words) in (*LINKS, "the"):
        end -= 1
    if not any(fold(link.words) in LINKS for link in tied[end:]):
        return None
    runs = [(start, run) for start, run in _runs_before(tied, end, index) if index.has_office_word(_keys(run))]
    satisfied = [(start, run) for start, run in runs if index.offices_of(nation.value, _keys(run))]
    if not runs:
        return None
    start, run = (satisfied if satisfied and satisfied[-1] == runs[-1] else runs)[-1]
    return start, _office(nation.value, [*tied[start:], nation], _keys(run))


def _runs_before(tied: list[Reading], end: int, index: Index) -> Iterator[tuple[int, list[Reading]]]:
    """Runs of words that end at a position and may be an office, the shortest first; a name is one alone."""
    for start in range(end - 1, max(end - 1 - MAX_OFFICE, -1), -1):
        is_link = tied[start].role == "filler" and fold(tied[start].words) in LINKS
        if not (is_link or _may_name(tied[start], index)) or (tied[start].role == "name" and start < end - 1):
            return
        if not is_link:
            yield start, tied[start:end]


def _may_name(reading: Reading, index: Index) -> bool:
    """Whether a reading may be a word of the name of an office: any word, and fillers that names in use have (news)."""
    return reading.role in ("word", "name") or (
        reading.role == "filler" and fold(reading.words) in index.of(fold(reading.words)).name_words
    )


def _keys(run: Sequence[Reading]) -> list[str]:
    return [key for reading in run if fold(reading.words) not in LINKS for key in fold(reading.words).split()]


def _office(codes: tuple[str, ...], parts: Sequence[Reading], keys: list[str]) -> Reading:
    return Reading(" ".join(part.words for part in parts), "office", (codes, tuple(keys)))
