"""The commands that read articles, and the comparison of facts with the texts that they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple

import click

from factcli import reading, store
from factcli.cli import FOUND, NOTHING_FOUND
from factcli.cli.editing import mapped_reader, stdin
from factcli.cli.options import DISPLAY, HELP, make_view, named_files, read_facts, with_help
from factcli.errors import FileError, InputError, UsageError
from factcli.model import View
from factcli.reading.candidates import CUT
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
from factcli.records.canonical import slug
from factcli.records.problems import Candidate, Found, Place, Problem, format_for_editors
from factcli.records.rules import problem
from factcli.records.validate import validate
from factcli.store import BUILTIN
from factcli.terminal import write, write_messages
from factcli.text import script
from factcli.text.json_line import json_line
from factcli.text.quote import quote, quote_path

Record = dict[str, Any]

MAX_TEXT_LENGTH = 1_000_000
"""Characters of the longest article."""

TOO_LONG = f"more than {MAX_TEXT_LENGTH:,}; give one article at a time"

QUOTE_RULES = {NOT_FOUND: "E401", WRONG_DIGEST: "E402", AMBIGUOUS: "E403"}


# -- texts


def article_text(name: str) -> str:
    """The text of an article, which is UTF-8. Raises InputError with what is wrong with it."""
    data = readers.content(name, stdin())
    text, fault = readers.decoded(data, Place(readers.display_name(name)))
    if fault:
        raise InputError(f"{quote_path(fault.file)}: {fault.message}; {fault.fix}")
    if len(text) > MAX_TEXT_LENGTH:
        raise InputError(f"{quote_path(readers.display_name(name))}: has {len(text):,} characters, {TOO_LONG}")
    return text


def texts_of(pairs: Iterable[str]) -> dict[str, str]:
    """The texts of sources by their ids, from the values of --text. Raises UsageError, InputError."""
    texts = {}
    for pair in pairs:
        source, _, name = pair.partition("=")
        if not source or not name:
            raise UsageError(f"--text: {quote(pair)} is not SOURCE=FILE; write the id of the source, =, and its file")
        texts[source] = article_text(name)
    return texts


# -- evidence


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


# -- reading


class Article(NamedTuple):
    """An article to read: the id of its source, its text, and what is known of it."""

    id: str
    text: str
    published: str = ""
    title: str = ""
    url: str = ""


VIEW = [parameter for parameter in DISPLAY if parameter.name not in ("fields", HELP.name)]


@click.command("read", params=VIEW)
@click.argument("files", metavar="FILE|-...", nargs=-1, required=True)
@click.option("--published", metavar="DATE", help="The day of publication, by which `yesterday` is read.")
@click.option("--source", metavar="ID", help="The id of the source that the facts cite [default: the name of FILE].")
@click.option("--title", metavar="TEXT", help="The title of the article [default: its first line].")
@click.option("--url", metavar="URL", help="The address of the article.")
@click.option("--slots", is_flag=True, help="Write the values that are found, one a line of JSON, in place of facts.")
@click.option("--all", "all_candidates", is_flag=True, help="Show improbable candidates as well.")
@click.pass_context
def read_command(
    context: click.Context, /, files: tuple[str, ...], slots: bool, all_candidates: bool, **options: Any
) -> int:
    """Find candidate facts in articles: dates, partners, sums, with the sentences that they stand in.

    FILE is a text in UTF-8, or JSON Lines of articles with "text", and "id", "published", "title" and "url" where they
    are known. What is found is a proposal to be read and corrected before it is imported: one in ten is wrong, more in
    texts of other kinds. Names of the entities of the fact file are recognized.

    \b
    factcli read article.txt --published 2025-03-13
    factcli read article.txt --jsonl > candidates.jsonl
    """
    view = make_view({**options, "fields": None})
    entities = list(read_facts(context, use_index=False).entities.values())
    found: list[tuple[Article, list[Any]]] = []
    for article in articles_of(files, options):
        if slots:
            values = reading.find_values(article.text, article.published, entities)
            write("".join(json_line(slot_record(value)) + "\n" for value in values), paged=False)
            found.append((article, list(values)))
            continue
        candidates = reading.read(article.text, article.published, article.id, entities)
        shown = [one for one in candidates if all_candidates or one.confidence > CUT]
        if left := len(candidates) - len(shown):
            write_messages(f"{quote_path(article.id)}: {left} improbable candidates are left out; --all shows them")
        if view.format == "jsonl":
            write("".join(json_line(record) + "\n" for record in records_of(article, shown)), paged=False)
        found.append((article, shown))
    if not slots and view.format != "jsonl":
        show(found, view)
    return FOUND if any(shown for _, shown in found) else NOTHING_FOUND


def show(found: list[tuple[Article, list[Any]]], view: View) -> None:
    """Writes candidates as one array of JSON, or as a table in the format of the view."""
    if view.format == "json":
        lines = (json_line(record) for article, shown in found for record in records_of(article, shown))
        write("[\n" + ",\n".join(lines) + "\n]\n" if any(shown for _, shown in found) else "[]\n")
        return
    from factcli import formats
    from factcli.lexicon import Lexicon
    from factcli.reading.table import candidates_table

    table = candidates_table([one for _, shown in found for one in shown], Lexicon())
    write(formats.serialize(table, view), paged=view.pager)


def records_of(article: Article, shown: Iterable[Any]) -> Iterator[Record]:
    """The source of candidates, where there are any, and the candidates, as `import` reads them."""
    for at, candidate in enumerate(shown):
        if not at:
            title = article.title or next(filter(str.strip, article.text.splitlines()), article.id)
            language = "ar" if script(title) in ("arab", "mixed") else "en"
            source: Record = {
                "record": "source",
                "id": article.id,
                "type": "article",
                "title": {language: title.strip()[:500]},
            }
            source |= {"issued": article.published} if article.published else {}
            source |= {"URL": article.url} if article.url else {}
            yield source
        spans = [slot_record(value) for value in candidate.values]
        yield {**candidate.fact, "confidence": candidate.confidence, "spans": spans}


def articles_of(files: Iterable[str], options: Mapping[str, Any]) -> Iterator[Article]:
    """The articles of the files, each with the day of its publication. Raises InputError, UsageError."""
    given = published_day(options["published"])
    for name in files:
        text = readers.decoded(readers.content(name, stdin()), Place(readers.display_name(name)))
        if text[1]:
            raise InputError(f"{quote_path(text[1].file)}: {text[1].message}; {text[1].fix}")
        ident = options["source"] or source_id(name)
        single = Article(ident, text[0], given, options["title"] or "", options["url"] or "")
        for article in in_lines(text[0], name, single) if text[0].lstrip()[:1] == "{" else (single,):
            if len(article.text) > MAX_TEXT_LENGTH:
                raise InputError(f"{quote_path(article.id)}: has {len(article.text):,} characters, {TOO_LONG}")
            yield article if article.published else dated(article)


def in_lines(text: str, name: str, default: Article) -> Iterator[Article]:
    """The articles of JSON Lines. Raises InputError for a line that holds none."""
    import json

    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            where = f"{quote_path(readers.display_name(name))}: line {number}"
            raise InputError(f'{where}: is no article; write {{"id": "…", "text": "…"}}, one object a line')
        yield Article(
            source_id(str(record.get("id") or f"{default.id}-{number}")),
            record["text"],
            published_day(str(record["published"])) if record.get("published") else default.published,
            str(record.get("title") or ""),
            str(record.get("url") or ""),
        )


def dated(article: Article) -> Article:
    """The article with the date in its first lines as that of its publication, which is said."""
    found = reading.find_published(article.text)
    if found is None:
        write_messages(
            f"{quote_path(article.id)}: no date of publication is found, so dates such as `on Tuesday` are not read;"
            " give --published DATE"
        )
        return article
    write_messages(f"{quote_path(article.id)}: published on {found.value}, as it says; else give --published DATE")
    return article._replace(published=str(found.value))


def source_id(name: str) -> str:
    """The id of a source that a file or an article is."""
    import os

    return slug("article" if name == readers.STDIN else os.path.splitext(os.path.basename(name))[0], kind="article")


def published_day(text: str | None) -> str:
    """The last day of the date of --published; empty where none is given. Raises UsageError."""
    from factcli.dates import DateError, span

    if text is None:
        return ""
    try:
        day = span(text).end
    except DateError as error:
        raise UsageError(f"--published: {error}") from None
    if day is None:
        raise UsageError(f"--published: {quote(text)} names no last day; write a day, such as 2025-03-01")
    return day


def slot_record(value: Any) -> Record:
    """A value as JSON has it."""
    keys = ("slot", "start", "end", "text", "value", "unit", "paragraph", "sentence")
    record = {key: getattr(value, key) for key in keys}
    record |= {"type": value.type} if value.type else {}
    record |= {"op": value.op} if value.op != "=" else {}
    return record


COMMANDS = with_help({"read": read_command})
