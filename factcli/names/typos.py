"""Misspelt names and words of one script: which of many folded strings a folded string may have been meant to be.

The measure is optimal string alignment: a letter too many, too few, another, or two exchanged are one edit each. How
many edits are believed grows with the length of the shorter of the two, since in a short word each of them makes
another word (Oman, Amman; Niger, Nigeria): none below four letters, one below six, two below twelve, then three.
"""

from __future__ import annotations

from collections.abc import Sequence

BELIEVED_EDITS = ((4, 0), (7, 1), (12, 2))
MOST_EDITS = 3


def believed_edits(key: str) -> int:
    """The edits up to which `key` may be another string, misspelt.

    >>> [believed_edits(key) for key in ("had", "hadd", "turkey", "khanjar hadd")]
    [0, 1, 2, 3]
    """
    return next((edits for length, edits in BELIEVED_EDITS if len(key) < length), MOST_EDITS)


def misspelt(key: str, choices: Sequence[str]) -> list[tuple[int, float]]:
    """The positions of the choices that `key` may be meant to be, with scores below 100, best first.

    Numbers are not mistyped: a choice has the same ones.
    """
    edits = believed_edits(key)
    if not edits:
        return []
    from rapidfuzz.distance.OSA import distance
    from rapidfuzz.process import extract

    found = extract(key, choices, scorer=distance, score_cutoff=edits, limit=None)
    believed = [
        (choice, count, at)
        for choice, count, at in found
        if 0 < count <= believed_edits(choice) and digits(choice) == digits(key)
    ]
    scored = ((at, 100 * (1 - count / max(len(key), len(choice)))) for choice, count, at in believed)
    return sorted(scored, key=lambda pair: -pair[1])


def digits(key: str) -> list[str]:
    return [char for char in key if char.isdigit()]
