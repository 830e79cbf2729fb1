"""Articles as files or JSON Lines, and what is found in them as records, lines and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import click

from factcli import reading
from factcli.cli import FOUND, NOTHING_FOUND
from factcli.cli.editing import stdin
from factcli.cli.options import make_view, read_facts
from factcli.errors import InputError, UsageError
from factcli.model import View
from factcli.reading.candidates import CUT
from factcli.records import readers
from factcli.records.canonical import slug
from factcli.records.problems import Place
from factcli.terminal import write, write_messages
from factcli.text import script
from factcli.text.json_line import json_line
from factcli.text.quote import quote, quote_path

Record = dict[str, Any]

MAX_TEXT_LENGTH = 1_000_000
"""Characters of the longest article."""

TOO_LONG = f"more than {MAX_TEXT_LENGTH:,}; give one article at a time"


# -- texts


def article_text(name: str) -> str:
    """The text of a file that is one article. Raises InputError with what is wrong with it."""
    text = file_text(name)
    require_readable_length(text, readers.display_name(name))
    return text


def file_text(name: str) -> str:
    """The text of a file in UTF-8. Raises InputError."""
    text, fault = readers.decoded(readers.content(name, stdin()), Place(readers.display_name(name)))
    if fault:
        raise InputError(f"{quote_path(fault.file)}: {fault.message}; {fault.fix}")
    return text


def require_readable_length(text: str, name: str) -> None:
    """Raises InputError, with the name of the article, for a text that is too long to be one."""
    if len(text) > MAX_TEXT_LENGTH:
        raise InputError(f"{quote_path(name)}: has {len(text):,} characters, {TOO_LONG}")


class Article(NamedTuple):
    """An article to read: the id of its source, its text, and what is known of it."""

    id: str
    text: str
    published: str = ""
    title: str = ""
    url: str = ""


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
        text = file_text(name)
        single = Article(
            options["source"] or source_id(name), text, given, options["title"] or "", options["url"] or ""
        )
        for article in in_lines(text, name, single) if text.lstrip()[:1] == "{" else (single,):
            require_readable_length(article.text, article.id)
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
    """The article with the date in its first lines as that of its publication; a message names that date."""
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


def read_articles(
    context: click.Context, files: tuple[str, ...], slots: bool, all_candidates: bool, options: Mapping[str, Any]
) -> int:
    """Writes what is found in the articles of the files; the exit status."""
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
