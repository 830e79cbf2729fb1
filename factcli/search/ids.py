"""Records by their ids: facts, entities and sources, which may be asked for together."""

from __future__ import annotations

from collections.abc import Sequence

from factcli.model import ENTITY, FACT, SOURCE, Facts, Note


def sorts_of_ids(ids: Sequence[str], facts: Facts) -> tuple[list[tuple[str, str]], tuple[Note, ...]]:
    """The sort and id of each record with one of these ids, in their order, and notes on ids that nothing has.

    An id that records of several sorts have stands for all of them; one that is given twice counts once.
    """
    known = {FACT: facts.by_id, ENTITY: facts.entities, SOURCE: facts.sources}
    distinct = list(dict.fromkeys(ids))
    found = [(sort, one) for one in distinct for sort, of_sort in known.items() if one in of_sort]
    unknown = [one for one in distinct if not any(one in of_sort for of_sort in known.values())]
    if not unknown:
        return found, ()
    from factcli.search.notes import unknown_ids

    return found, unknown_ids(unknown, dict.fromkeys((*facts.by_id, *facts.entities, *facts.sources)))
