"""The comparison of facts with the texts that they cite, for `check` and `import`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple

import click

from factcli import reading, store
from factcli.cli import FOUND, NOTHING_FOUND
from factcli.cli.articles import article_text
from factcli.cli.editing import mapped_reader, stdin
from factcli.cli.options import named_files
from factcli.errors import FileError, InputError, UsageError
from factcli.reading.evidence import (
    AMBIGUOUS,
    CONTRADICTED,
    IN_ARTICLE,
    NOT_FOUND,
    WRONG_DIGEST,
    Checker,
    Evidence,
)
from factcli.records import readers
from factcli.records.problems import Candidate, Found, Place, Problem, format_for_editors
from factcli.records.rules import problem
from factcli.records.validate import validate
from factcli.store import BUILTIN
from factcli.terminal import write, write_messages
from factcli.text.json_line import json_line
from factcli.text.quote import quote, quote_path

Record = dict[str, Any]

QUOTE_RULES = {NOT_FOUND: "E401", WRONG_DIGEST: "E402", AMBIGUOUS: "E403"}


def texts_of(pairs: Iterable[str]) -> dict[str, str]:
    """The texts of sources by their ids, from the values of --text. Raises UsageError, InputError."""
    texts = {}
    for pair in pairs:
        source, _, name = pair.partition("=")
        if not source or not name:
            raise UsageError(f"--text: {quote(pair)} is not SOURCE=FILE; write the id of the source, =, and its file")
        texts[source] = article_text(name)
    return texts


class Given(NamedTuple):
    """Facts with their places, and the sources and entities that they name."""

    facts: list[Candidate]
    sources: dict[str, Record]
    entities: dict[str, Record]


def check_evidence(
    context: click.Context,
    is_asked: bool,
    pairs: Iterable[str],
    files: tuple[str, ...],
    mapping: str | None,
    as_json: bool,
    no_warnings: bool,
) -> int:
    """Writes the problems of facts with the passages that they cite, or all verdicts as JSON; the exit status."""
    texts = required_texts(is_asked, pairs)
    names = files or named_files(context) or (BUILTIN,)
    given = from_files(names, mapping) if files else from_fact_files(names)
    require_known(texts, given)
    checker = reading.evidence_checker(texts, given.sources, given.entities)
    checked = [(place, checker.check(fact)) for place, fact in given.facts if checker.cites_text(fact)]
    problems = [one for place, evidence in checked for one in problems_of(evidence, place)]
    if as_json:
        write("[" + ",\n".join(json_line(as_record(evidence)) for _, evidence in checked) + "]\n")
    else:
        shown = [one for one in problems if one.severity == "error" or not no_warnings]
        write("".join(format_for_editors(one) + "\n" for one in shown))
    if left := len(given.facts) - len(checked):
        write_messages(f"{left} of {len(given.facts)} facts cite no source whose text is given, and were not checked")
    if not problems and checked and not as_json:
        write_messages(f"{', '.join(map(quote_path, names))}: {len(checked)} facts, every value supported")
    return NOTHING_FOUND if problems or not checked else FOUND


def required_texts(is_asked: bool, pairs: Iterable[str]) -> dict[str, str]:
    """The texts to compare with. Raises UsageError where one of --evidence and --text is given without the other."""
    texts = texts_of(pairs)
    if not is_asked:
        raise UsageError("--text: is for --evidence; add it")
    if not texts:
        raise UsageError("--evidence: needs --text SOURCE=FILE, the text of a source to compare with")
    return texts


def require_known(texts: Mapping[str, str], given: Given) -> None:
    """Raises UsageError for the text of a source that the file does not have."""
    cited = {locator.get("source") for _, fact in given.facts for locator in fact.get("sources") or ()}
    for source in texts:
        if source not in cited and source not in given.sources:
            raise UsageError(f"--text: {quote(source)} is no source of the file; `factcli info` lists the sources")


def from_fact_files(names: Iterable[str]) -> Given:
    """The records of fact files. Raises FileError."""
    given = Given([], {}, {})
    for name in names:
        facts = store.read_one(name)
        if facts.faults:
            raise FileError(*facts.faults)
        given.facts.extend(Candidate(Place(name, at), dict(fact)) for at, fact in enumerate(facts.facts, 1))
        given.sources.update({key: dict(record) for key, record in facts.sources.items()})
        given.entities.update({key: dict(record) for key, record in facts.entities.items()})
    return given


def from_files(names: Iterable[str], mapping: str | None) -> Given:
    """The records of files to import, with the entities and sources that ship. Raises InputError for wrong ones."""
    given, reader = with_shipped(), mapped_reader(mapping)
    for name in names:
        for one in readers.validated(reader(name) if reader else readers.read_records(name, stdin())):
            if isinstance(one, Problem):
                raise InputError(f"{format_for_editors(one)}; `factcli check` lists all problems")
            add(given, one)
    return given


def with_shipped() -> Given:
    """No facts, and the entities that ship."""
    return Given([], {}, {key: dict(record) for key, record in store.read_one(BUILTIN).entities.items()})


def add(given: Given, candidate: Candidate) -> None:
    """Adds a valid record to the given ones."""
    place, record = candidate
    if place.table == "facts":
        given.facts.append(candidate)
        for party in readers.named_parties(candidate):
            for _, entity in readers.named_entities(place, party):
                given.entities.setdefault(entity["id"], entity)
    elif place.table in ("sources", "entities") and record.get("id"):
        known = given.sources if place.table == "sources" else given.entities
        known[record["id"]] = record


def as_record(evidence: Evidence) -> Record:
    """The verdicts on a fact as JSON has them."""
    fields = []
    for field in evidence.fields:
        row = {"field": field.field, "value": field.value, "verdict": field.verdict, "found": field.found}
        row |= {"unit": field.unit} if field.unit else {}
        row |= {"inferred": True} if field.is_inferred else {}
        fields.append(row)
    return {**evidence._asdict(), "fields": fields}


def problems_of(evidence: Evidence, place: Place) -> Iterator[Problem]:
    """The problems of a fact with the passage that it cites."""
    prefix = f"{evidence.id}: " if evidence.id else ""
    if evidence.quote in QUOTE_RULES:
        yield problem(QUOTE_RULES[evidence.quote], place, f"{prefix}quote", quote(evidence.source))
    for field in evidence.fields:
        value = " ".join(str(part) for part in (field.value, field.unit) if part is not None)
        name = f"{prefix}{field.field}"
        if field.verdict == NOT_FOUND:
            yield problem("E404", place, name, quote(value))
        elif field.verdict == CONTRADICTED:
            yield problem("E405", place, name, quote(value), quote(field.found or ""))
        elif field.verdict == IN_ARTICLE:
            yield problem("W401", place, name, quote(value), quote(field.found or ""))


def evidence_reader(
    is_asked: bool,
    pairs: Iterable[str],
    into: str,
    reader: Callable[[str], Found] | None,
    standard_input: IO[bytes] | None,
) -> Callable[[str], Found]:
    """What reads the files of an import, with the problems of facts whose values are not in the texts they cite.

    Raises UsageError, and InputError for a text that cannot be read.
    """
    import os

    texts = required_texts(is_asked, pairs)
    given = from_fact_files([into]) if os.path.exists(into) else Given([], {}, {})
    shipped = with_shipped()

    def read(name: str) -> Found:
        found = list(reader(name) if reader else readers.read_records(name, standard_input))
        for one in found:
            if isinstance(one, Candidate) and not validate(readers.without_derived(one)):
                add(given, one)
        checker = reading.evidence_checker(texts, given.sources, shipped.entities | given.entities)
        for one in found:
            yield one
            if isinstance(one, Candidate) and one.place.table == "facts":
                yield from refusals(one, checker)

    return read


def refusals(candidate: Candidate, checker: Checker) -> Iterator[Problem]:
    """Why a fact is not imported: its quote or its values are not in the text. Invalid facts are refused by others."""
    plain = readers.without_derived(candidate)
    if any(one.severity == "error" for one in validate(plain)):
        return
    if not checker.cites_text(plain.value):
        yield problem("E406", candidate.place, "sources")
        return
    problems = problems_of(checker.check(plain.value), candidate.place)
    yield from (one for one in problems if one.severity == "error")
