"""Candidate facts as a table: where they stand, what they are, how probable they are."""

from __future__ import annotations

from collections.abc import Sequence

from factcli.lexicon import Lexicon
from factcli.model import Column, Table
from factcli.reading.candidates import Candidate

COLUMNS = ("place", "kind", "date", "partners", "status", "confidence", "title")
FIXED = ("place", "date", "confidence")


def candidates_table(candidates: Sequence[Candidate], lexicon: Lexicon) -> Table:
    """A row a candidate; `place` is its source with paragraph and sentence."""
    columns = [Column(name, lexicon.label("columns", name), fixed=name in FIXED) for name in COLUMNS]
    rows = []
    for fact, confidence, _ in candidates:
        locator = fact["sources"][0]
        place = f"{locator['source']}:{locator['paragraph']}.{locator['sentence']}"
        kind = lexicon.label("kinds", fact["kind"])
        status = lexicon.label("statuses", fact["status"]) if fact["status"] else None
        partners = [lexicon.country_name(code) for code in fact["partners"]]
        rows.append([place, kind, fact["date"], partners, status, confidence, fact["title"]])
    return Table(columns, rows)
