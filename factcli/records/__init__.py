"""Records: validation, and how they are imported into a fact file, removed, merged and exported.

A record is given as JSON, JSON Lines, CSV or another fact file (`readers`, `read_json`, `read_csv`), or as CSV of
another form with a mapping (`mapping`). Whatever is given becomes a `Candidate` with its place, or a `Problem` with its
place: reading goes on after a mistake, so that one run names all of them. A candidate is held against its definition
(`schema`, compiled by `validate`) and against the rules that a schema cannot express (`rules`), which have one row each
with code, message and check. Errors keep a record out of every file; warnings are for people to weigh. Valid
records take one canonical form (`canonical`), so that the same fact is written as the same bytes. An import writes all
its records or none (`edit`). Versions of a fact file are merged by record (`merge`).

What a fact is, which keys and of what type, is defined in `model`. The light check that every file gets before it is
searched (`store.shape`), the published schema and the canonical form are derived from that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO

from factcli import store
from factcli.records import readers
from factcli.records.problems import Candidate, Found, Place, Problem, in_order
from factcli.records.read_json import json_object
from factcli.records.validate import validate_together
from factcli.store import decode

INCOMPLETE = ("E013", "E014", "E019")
"""The codes that say of a file that its end was not read, so that it is not known what it lacks."""


def check_files(
    names: Sequence[str],
    stdin: IO[bytes] | None = None,
    are_fact_files: bool = False,
    reader: Callable[[str], Found] | None = None,
) -> list[Problem]:
    """All problems of the files, read together, by file and record. `reader` reads them in place of `readers`.

    Raises FileError for a damaged fact file, InputError for a file of records that cannot be opened.
    """
    problems: list[Problem] = []
    candidates: list[Candidate] = []
    named: dict[str, Candidate] = {}
    for name in names:
        found = _fact_file(name) if are_fact_files else reader(name) if reader else readers.read_records(name, stdin)
        for one in readers.validated(found):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                for party in readers.named_parties(one):
                    named.update((entity.value["id"], entity) for entity in readers.named_entities(one.place, party))
                candidates.append(readers.without_derived(one))
    for candidate in candidates:
        if candidate.place.table == "entities":
            named.pop(candidate.value.get("id"), None)
    candidates += named.values()  # of parties that have names alone, as import adds them
    incomplete = {problem.file for problem in problems if problem.code in INCOMPLETE and problem.record is None}
    problems.extend(validate_together(one for one in candidates if one.place.file not in incomplete))
    return in_order(problems)


def _fact_file(name: str) -> Found:
    """The records of a fact file. Raises FileError for one of which nothing can be read."""
    path = store.path_of(name)
    data = decode.content(path)
    decode.tables(data, path)
    return json_object(readers.decoded(data, Place(name))[0], Place(name))
