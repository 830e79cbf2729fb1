"""The commands for a fact by hand: `add` makes one of options or answers, `edit` opens one in an editor."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from factcli.cli import FOUND
from factcli.cli.editing import file_to_change, kept_up
from factcli.cli.options import ID, named_values, with_help
from factcli.cli.progress import interruptible
from factcli.errors import AbsentError, InputError, UsageError
from factcli.terminal import write, write_messages, write_stderr

if TYPE_CHECKING:
    from factcli.model import Entity, Source
    from factcli.records.problems import Found

VALUES = {"kind": "kinds", "status": "statuses"}
"""The groups of words for options with one value."""

PROMPTS = {
    "kind": "Kind (agreement, sale, exercise, visit …)",
    "title": "Title, in English or Arabic",
    "date": "Date (2024-05-03, May 2024, 2024; empty if unknown)",
    "partners": "Countries besides Oman (names or codes, with commas)",
    "status": "Status (signed, approved, planned …; may be empty)",
    "source": "Source (an address or the id of one in the file; may be empty)",
}
"""What is asked for on a terminal where neither kind nor title is given, and how."""


@click.command("add")
@click.option("-k", "--kind", metavar="KIND", help="The kind of the fact, in either language.")
@click.option("--title", metavar="TEXT", multiple=True, help="The title; once in English, once in Arabic, or either.")
@click.option("--date", metavar="DATE", help="2024-05-03, May 2024, 2024, مايو 2024 or EDTF; none: not known.")
@click.option("-p", "--partner", "partners", metavar="NAME", multiple=True, help="A country that takes part.")
@click.option("--party", "parties", metavar="ROLE=NAME", multiple=True, help="Who takes part as what: seller=Raytheon.")
@click.option("--value", "values", metavar="AMOUNT", multiple=True, help="Money: USD 70 million.")
@click.option("--number", "numbers", metavar="WHAT=NUMBER", multiple=True, help="Another number: quantity=301 missile.")
@click.option("--status", metavar="STATUS", help="How far it has come, in either language.")
@click.option("--note", metavar="TEXT", multiple=True, help="What the source says beyond that, in either language.")
@click.option("--source", metavar="ID|URL", help="The source: the id of one in the file, or the address of a new one.")
@click.option("--source-title", metavar="TEXT", multiple=True, help="The title of a new source.")
@click.option("--paragraph", type=click.IntRange(1), help="The paragraph of the source, from 1.")
@click.option("--sentence", type=click.IntRange(1), help="The sentence in its paragraph, from 1.")
@click.option("--quote", metavar="TEXT", help="The sentence itself.")
@click.option("--id", "id", metavar="ID", help="The id of the fact; else one is made from its title.")
@click.option("--dry-run", is_flag=True, help="Check and report what would change, but write nothing.")
@click.pass_context
def add_command(context: click.Context, /, dry_run: bool, **given: Any) -> int:
    """Add one fact. On a terminal, what is needed is asked for.

    Names of parties and sources that the file has are used again. The fact is checked before it is written.

    \b
    factcli --db mine.json add
    factcli --db mine.json add -k agreement --title "Oman and Kenya agree on training" --date "May 2024" \\
      -p Kenya --status signed --source https://example.org/news/1 --paragraph 2
    """
    from factcli.records import edit
    from factcli.records.typed import LABEL, TypedFact, fact_of

    path = file_to_change(context)
    entities, sources = records_of(path)
    if not (given["kind"] or given["title"]):
        given |= asked()
    given["locator"] = {key: given.pop(key) for key in ("paragraph", "sentence", "quote")}
    given |= {key: one_value(key, given[key]) for key in VALUES}
    for key in ("kind", "title"):
        if not given[key]:
            raise UsageError(f"--{key}: is missing; give it, or run `factcli --db FILE add` on a terminal")
    records = list(fact_of(TypedFact(entities, sources), given))
    with interruptible(), kept_up(path):
        report = edit.import_files((LABEL,), path, reader=lambda name: as_given(name, records), dry_run=dry_run)
    write_messages(edit.format_report(report, dry_run), *report.notes)
    return FOUND


def one_value(key: str, word: str | None) -> str | None:
    """The value that a word of either language names. Raises UsageError where it names none, or several."""
    from factcli.lexicon import Lexicon
    from factcli.model import KINDS, STATUSES

    if not word:
        return None
    group, known = VALUES[key], KINDS if key == "kind" else STATUSES
    values = named_values(f"--{key}", [word], known, Lexicon(), group)
    if len(values) > 1:
        raise UsageError(f"--{key}: {word!r} can be {' or '.join(values)}; give one of them")
    return values[0]


def records_of(path: str) -> tuple[Mapping[str, Entity], Mapping[str, Source]]:
    """The entities and sources of a file by their ids; none where there is no such file yet. Raises FileError."""
    from factcli import store

    if not os.path.lexists(path):
        return {}, {}
    facts = store.read((path,))
    return facts.entities, facts.sources


def as_given(name: str, records: Sequence[Mapping[str, Any]]) -> Found:
    """Records as a file of the name would hold them."""
    from factcli.records.problems import Candidate, Place
    from factcli.records.schema import RECORD_NAMES

    for record in records:
        table = RECORD_NAMES[record.get("record", "fact")]
        value = {key: one for key, one in record.items() if key != "record"}
        yield Candidate(Place(name, table=table), value)


def asked() -> dict[str, Any]:
    """Answers to what is asked for. Raises UsageError where nobody can answer."""
    if not is_interactive():
        raise UsageError("--kind: is missing; give --kind and --title, or run it on a terminal, where it is asked for")
    answers = {key: ask(key, text) for key, text in PROMPTS.items()}
    second = answer_to("Title in the other language (may be empty)")
    partners = [one.strip() for one in answers["partners"].replace("،", ",").split(",") if one.strip()]
    return {**answers, "title": [one for one in (answers["title"], second) if one], "partners": ["OM", *partners]}


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def ask(key: str, text: str) -> str:
    """One answer; one that is needed is asked for until it is given, a kind or status until it is one."""
    while True:
        answer = answer_to(text)
        if key in VALUES and answer:
            try:
                return one_value(key, answer) or ""
            except UsageError as error:
                write_messages(*error.problems)
        elif answer or key not in ("kind", "title"):
            return answer


def answer_to(question: str) -> str:
    """The line that somebody types. Raises Abort where the terminal is closed."""
    write_stderr(f"{question}: ", end="")
    line = sys.stdin.readline()
    if not line:
        raise click.Abort
    return line.strip()


# -- edit


@click.command("edit", params=[ID])
@click.pass_context
def edit_command(context: click.Context, /, one: str) -> int:
    """Edit a fact, an entity or a source in $VISUAL or $EDITOR, as JSON.

    It is checked before it is written. Where something is wrong, it can be edited again; the text is kept.
    """

    from factcli import store
    from factcli.text.quote import quote_path

    path = file_to_change(context)
    record = record_to_edit(one, path)
    before = as_text(record)
    draft = store.write_draft(before)
    try:
        while True:
            edit_file(draft)
            try:
                with interruptible(), kept_up(path):
                    return save(draft, record, path)
            except (InputError, UsageError) as error:
                write_messages(*error.problems)
                if not is_interactive() or answer_to("Edit again (Y/n)").lower().startswith("n"):
                    return error.status
    finally:
        if os.path.exists(draft):
            if read_draft(draft) == before:
                os.unlink(draft)
            else:
                write_messages(f"the text is kept in {quote_path(draft)}")


def record_to_edit(one: str, path: str) -> dict[str, Any]:
    """The fact, entity or source of an id, as JSON Lines have it. Raises UsageError, AbsentError and FileError."""
    from factcli import store
    from factcli.names.typos import nearest

    if path == store.BUILTIN:
        raise UsageError(f"{path}: is never written; name a file of your own: `--db FILE`")
    facts = store.read((path,))
    if one in facts.by_id:
        return dict(facts.by_id[one])
    for name, records in (("entity", facts.entities), ("source", facts.sources)):
        if one in records:
            return {"record": name, **records[one]}
    near = nearest(one, [*facts.by_id, *facts.entities, *facts.sources], 1)
    hint = f"did you mean {near[0]}?" if near else "`factcli timeline --fields id` lists the ids"
    raise AbsentError(f"{path}: there is no fact, entity or source {one!r}; {hint}")


def as_text(record: Mapping[str, Any]) -> str:
    """A record as a person reads it."""
    import json

    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def read_draft(path: str) -> str:
    """The text of a draft. Raises InputError where it cannot be read."""
    from factcli.store.decode import input_content

    return input_content(path).decode("utf-8-sig", "replace")


def edit_file(path: str) -> None:
    """Lets the user edit a file in $VISUAL, $EDITOR or what the system has. Raises UsageError where that fails."""
    from factcli.terminal.pager import lent

    try:
        with lent():
            click.edit(filename=path)
    except click.ClickException as error:
        reason = error.format_message().rstrip(".")
        raise UsageError(f"the editor: {reason}; name one that works in $VISUAL or $EDITOR") from error


def save(draft: str, record: Mapping[str, Any], path: str) -> int:
    """Writes what a draft has now, and removes the draft. Raises InputError, UsageError and FileError."""
    from factcli.records import edit
    from factcli.records.readers import read_records

    found = list(read_records(draft, None))
    for one in found:
        if getattr(one, "value", record).get("id") != record["id"]:
            raise UsageError(f"id: an id stays; it is {record['id']!r}. To rename, add the new one and remove this one")
    if len(found) != 1:
        raise UsageError(f"{draft}: has {len(found)} records; edit one at a time")
    if read_draft(draft) == as_text(record):
        report = edit.Report(path)
    else:
        report = edit.import_files((draft,), path, replace=True, expected=dict(record))
    os.unlink(draft)
    write_messages(edit.format_report(report), *report.notes)
    return FOUND


# -- a mapping


@click.command("map")
@click.argument("file", metavar="FILE|-")
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a spreadsheet that has several.")
def map_command(file: str, sheet: str) -> int:
    """Draft a mapping, by which `import --map` reads a table or JSON of another form.

    It has what the file proves, and for each column what it looks like with three values. Finish it in an editor.

    \b
    factcli map register.csv > register.toml
    factcli check --map register.toml register.csv
    """
    from factcli.cli.editing import stdin
    from factcli.records.mapping.draft import draft

    write(draft(file, stdin(), sheet))
    return FOUND


COMMANDS = with_help({"add": add_command, "edit": edit_command, "map": map_command})
