"""Misspelt names and words of one script: corrections for an answer, and near strings for a suggestion.

`corrections` is for answering. Its measure is optimal string alignment: a letter too many, too few, another, or two
exchanged are one edit each. How many edits are believed grows with the length of the shorter of the two, since in a
short word each of them makes another word (Oman, Amman; Niger, Nigeria): none below four letters, one below seven, two
below twelve, then three.

`nearest` is for suggestions where a word was not found. It is more generous: strings with three letters of five in
common, in order, are near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcli.text import folds

MAX_EDITS_BELOW = ((4, 0), (7, 1), (12, 2))
"""Lengths, and the edits that are believed in shorter strings."""

MAX_EDITS = 3

MIN_NEAR = 60.0
"""The least similarity of what is near: twice the letters in common, as a percentage of the letters of both."""


def max_edits(key: str) -> int:
    """The edits up to which `key` may be another string, misspelt.

    >>> [max_edits(key) for key in ("had", "turkey", "pakistan", "khanjar hadd")]
    [0, 1, 2, 3]
    """
    return next((edits for length, edits in MAX_EDITS_BELOW if len(key) < length), MAX_EDITS)


def within_max_edits(key: str, other: str) -> bool:
    """Whether `key` is so near to `other` that either may be the other, misspelt; equal ones are.

    >>> within_max_edits("turky", "turkey"), within_max_edits("oman", "yemen")
    (True, False)
    """
    from rapidfuzz.distance.OSA import distance

    return distance(key, other) <= min(max_edits(key), max_edits(other))


def corrections(key: str, choices: Sequence[str]) -> list[tuple[int, float]]:
    """The positions of the choices of which `key` may be a misspelling, with scores below 100, best first; all folded.

    Numbers are not mistyped: a choice has the same digits. An equal choice is no correction.
    """
    edits = max_edits(key)
    if not edits:
        return []
    from rapidfuzz.distance.OSA import distance
    from rapidfuzz.process import extract

    found = [
        (at, 100 * (1 - count / max(len(key), len(choice))))
        for choice, count, at in extract(key, choices, scorer=distance, score_cutoff=edits, limit=None)
        if 0 < count <= max_edits(choice) and _digits(choice) == _digits(key)
    ]
    return sorted(found, key=lambda pair: -pair[1])


def _digits(key: str) -> list[str]:
    return [char for char in key if char.isdigit()]


def nearest(word: str, choices: Iterable[str], limit: int = 3, score_cutoff: float = MIN_NEAR) -> list[str]:
    """The choices that are near `word`, as they are given, best first, at most `limit`; of equal keys the first.

    Word and choices are compared folded, by the length of their longest common subsequence, 0 to 100 as in `MIN_NEAR`.

    >>> nearest("Khanjr", ["Khanjar", "Khanjar Hadd", "خنجر"]), nearest("oman", ["Yemen", "Amman"])
    (['Khanjar', 'Khanjar Hadd'], ['Amman'])
    """
    originals = list(choices)
    key, *keys = folds([word, *originals])
    by_key = dict(zip(reversed(keys), reversed(originals), strict=True))
    return [by_key[one] for one in nearest_keys(key, sorted(by_key), limit, score_cutoff)]


def nearest_keys(key: str, keys: Sequence[str], limit: int = 3, score_cutoff: float = MIN_NEAR) -> list[str]:
    """The folded keys that are near one, best first, at most `limit`; of equally near ones the first in order."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    found = extract(key, keys, scorer=ratio, score_cutoff=score_cutoff, limit=None) if key else []
    best = sorted(found, key=lambda one: (-one[1], one[0]))
    return [one for one, _, _ in best[:limit]]


def lengths_near(key: str, score_cutoff: float = MIN_NEAR) -> range:
    """How long the keys are that can be near a key.

    >>> lengths_near("khanjr", 70)
    range(3, 12)
    """
    share = score_cutoff / (200 - score_cutoff)
    return range(int(share * len(key)), int(len(key) / share) + 1)
