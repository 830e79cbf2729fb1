"""Two names -> 0..100: how likely one is the other, written differently. A first version behind its final door."""

from __future__ import annotations

from factcli.text import fold

THRESHOLD = 80.0


def rank(query: str, names: list[str], cutoff: float = THRESHOLD) -> list[tuple[int, float]]:
    """Positions in `names` with scores 0..100, best first, for the names that `query` may mean."""
    from rapidfuzz import fuzz, process

    found = process.extract(fold(query), names, scorer=fuzz.ratio, processor=fold, score_cutoff=cutoff, limit=None)
    return [(index, score) for _, score, index in found]
