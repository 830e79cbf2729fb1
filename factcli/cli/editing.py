"""The commands that check fact files and change them; imported when one of them is run or listed."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, TYPE_CHECKING, Any

import click

from factcli.cli import FOUND, NOTHING_FOUND, notes, write_notes
from factcli.cli.options import (
    LANG,
    QUERY,
    SELECTION,
    make_filters,
    named_files,
    read_facts,
    require_sources,
    today,
    with_help,
)
from factcli.cli.progress import interruptible, progress
from factcli.errors import InputError, UsageError
from factcli.terminal import language, write, write_messages, write_stderr

if TYPE_CHECKING:
    from collections.abc import Callable

    from factcli.records.mapping import MappedReader
    from factcli.records.problems import Found


def file_to_change(context: click.Context) -> str:
    """The one fact file that is written to. Raises UsageError."""
    files = named_files(context)
    if len(files) != 1:
        given = f"{len(files)} files are given" if files else "no file is given"
        raise UsageError(f"--db: {given}, one is written to; name it before the command: `factcli --db FILE …`")
    return files[0]


def stdin() -> IO[bytes] | None:
    """Standard input as bytes; None where it is closed."""
    return sys.stdin.buffer if sys.stdin else None


def kept_up(path: str) -> contextlib.AbstractContextManager[None]:
    """Brings the index of a fact file up to date with a change that is made inside."""
    try:
        from factcli.cli import indexing
    except ImportError:  # a Python that was built without SQLite
        return contextlib.nullcontext()
    return indexing.kept_up(path)


EVIDENCE = click.Option(
    ["--evidence"], is_flag=True, help="Compare each value with the passage that it cites, in the text given by --text."
)
TEXT = click.Option(["--text", "texts"], metavar="SOURCE=FILE", multiple=True, help="The text of a source; repeatable.")


@click.command("import", params=[EVIDENCE, TEXT])
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--update", is_flag=True, help="Replace facts whose id is already in the file.")
@click.option("--replace", is_flag=True, help="As --update, and make entities and sources just what is given.")
@click.option("--dry-run", is_flag=True, help="Check and report what would change, but write nothing.")
@click.option(
    "--map",
    "mapping",
    metavar="FILE.toml",
    help="Read tables, XLSX or JSON by this mapping; `info` lists some.",
)
@click.option(
    "--skip-bad", metavar="REJECTS", help="With --map: put rows with faults into this new file, add the rest."
)
@click.pass_context
def import_command(
    context: click.Context,
    /,
    files: tuple[str, ...],
    mapping: str | None,
    skip_bad: str | None,
    evidence: bool,
    texts: tuple[str, ...],
    **options: Any,
) -> int:
    """Add facts from JSON, JSON Lines, CSV or another fact file. FILE may be - for standard input.

    All or nothing: when one record is wrong, every problem is reported and nothing is written. With --skip-bad, rows
    that are wrong stand in REJECTS as they were, with their lines and faults, to be mended and imported. With
    --evidence, facts whose quote or values are not in the text of their source are wrong, too.

    \b
    factcli timeline --json | factcli --db mine.json import -
    factcli --db mine.json import --map sipri.toml trade-register.csv
    """
    from factcli.records import edit
    from factcli.store import write_new

    into = file_to_change(context)
    if skip_bad is not None:
        require_new(skip_bad, mapping, files, into)
    reader = mapped_reader(mapping, skip_bad)
    read: Callable[[str], Found] | None = reader
    if evidence or texts:
        from factcli.cli.evidence import evidence_reader

        read = evidence_reader(evidence, texts, into, reader, stdin())
    try:
        with interruptible(), kept_up(into):
            with progress() as shown:

                def step(doing: str, number: int, of: int | None) -> None:
                    if doing == "writing" and reader and skip_bad:
                        for rejects in reader.rejects:  # before the facts, so that no row is ever in neither file
                            write_new(skip_bad, rejects.text)
                    shown(doing, number, of)

                report = edit.import_files(files, into, stdin=stdin(), reader=read, progress=step, **options)
            write_messages(edit.format_report(report, options["dry_run"]), *report.notes)
    except InputError as error:
        write_messages(*error.problems)
        write_paste(reader)
        return error.status
    if reader:
        from factcli.text.quote import quote_path

        write_messages(*reader.notes)
        write_messages(*(f"{quote_path(skip_bad or '')}: {one.format()}" for one in reader.rejects))
        write_paste(reader)
        if reader.rejects and not (report.added or report.updated or report.unchanged):
            return NOTHING_FOUND
    return FOUND


def mapped_reader(mapping: str | None, skip_bad: str | None = None) -> MappedReader | None:
    """The reader of files by a mapping, where one is given. Raises InputError for a bad one."""
    if mapping is None:
        return None
    from factcli.records.mapping import MappedReader

    return MappedReader(mapping, stdin(), skip_bad is not None)


def require_new(rejects: str, mapping: str | None, files: tuple[str, ...], into: str) -> None:
    """Raises UsageError where a file of rejected rows cannot be written."""
    if mapping is None:
        raise UsageError("--skip-bad: needs --map, by which the file is read row by row")
    if len(set(files)) > 1:
        raise UsageError("--skip-bad: takes one FILE at a time, since rejected rows keep the form of their file")
    from factcli.store.decode import backup
    from factcli.text.quote import quote_path

    if os.path.realpath(rejects) in (os.path.realpath(into), os.path.realpath(backup(into))):
        raise UsageError(f"--skip-bad: {quote_path(rejects)} is the fact file or its copy; name another new file")
    if os.path.lexists(rejects):
        raise UsageError(f"--skip-bad: {quote_path(rejects)} exists already; name a new file, so that none is lost")


def write_paste(reader: MappedReader | None) -> None:
    """Writes the tables that a mapping lacks to standard error, so that they can be pasted into it."""
    for line in reader.paste() if reader else ():
        write_stderr(line)


@click.command("remove")
@click.argument("ids", metavar="ID...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Report what would change, but write nothing.")
@click.option("--purge", is_flag=True, help="Delete FILE.bak too, which keeps what was removed; also without ID.")
@click.pass_context
def remove_command(context: click.Context, /, ids: tuple[str, ...], dry_run: bool, purge: bool) -> int:
    """Remove facts, and entities and sources that no fact names.

    All or nothing. Facts that still link to a removed one are reported.
    """
    from factcli.records import edit

    if not ids and not purge:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    path = file_to_change(context)
    with interruptible(), kept_up(path):
        report = edit.remove(ids, path, dry_run, purge)
        write_messages(edit.format_report(report, dry_run), *report.notes)
    return FOUND


@click.command("merge")
@click.argument("base", metavar="BASE")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@click.argument("name", metavar="[NAME]", default="")
def merge_command(base: str, ours: str, theirs: str, name: str) -> int:
    """Merge versions of a fact file record by record, for git.

    OURS gets what THEIRS changed since BASE. Where both changed one field, OURS stays, the conflict is reported, and
    the exit status is 1. NAME is the name of the file in messages. In a clone, for the file mine.json:

    \b
    echo 'mine.json merge=facts' >> .gitattributes
    git config merge.facts.driver 'factcli merge %O %A %B %P'
    git checkout --merge mine.json    (makes a merge again that failed before)
    """
    from factcli.records.merge import merge_files

    with interruptible():
        conflicts = merge_files(base, ours, theirs, name)
    write_messages(*conflicts)
    return NOTHING_FOUND if conflicts else FOUND


@click.command("export", params=[QUERY, *SELECTION, LANG])
@click.pass_context
def export_command(context: click.Context, /, words: tuple[str, ...], lang: str | None, **options: Any) -> int:
    """Write all facts, or what a query selects, as JSON Lines.

    It is what import reads. The entities and sources of the facts go with them, so that nothing is lost on the way.

    \b
    factcli export > all.jsonl
    factcli export turkey --since 2024 | factcli --db turkey.json import -
    """
    from factcli.records import edit

    facts = read_facts(context, use_index=False)
    if not words and not any(options.values()):
        write("".join(edit.export(facts)))
        return FOUND
    from factcli import search
    from factcli.lexicon import Lexicon

    lexicon = Lexicon()
    filters = make_filters(lexicon, options)
    require_sources(filters.sources, facts)
    answer = search.find(words, facts, lexicon, filters, today=today())
    if answer.hits:
        write("".join(edit.export(edit.selection(facts, [hit.fact for hit in answer.hits]))))
    write_notes(notes(answer), lang or language())
    return FOUND if answer.hits else NOTHING_FOUND


@click.command("check", params=[EVIDENCE, TEXT])
@click.argument("files", metavar="[FILE|-]...", nargs=-1)
@click.option("--no-warnings", is_flag=True, help="Report errors only, not warnings.")
@click.option("--json", "as_json", is_flag=True, help="Write the problems as one JSON array.")
@click.option("--map", "mapping", metavar="FILE.toml", help="Read the files by this mapping, as import does.")
@click.pass_context
def check_command(
    context: click.Context,
    /,
    files: tuple[str, ...],
    no_warnings: bool,
    as_json: bool,
    mapping: str | None,
    evidence: bool,
    texts: tuple[str, ...],
) -> int:
    """Report every problem of fact files or of files to import.

    A line has the place, the problem, how to fix it and a code: E is an error, W a warning. The exit status is 1 where
    there is one.

    With --evidence, the facts are compared with the texts that they cite: is the quote there, or the sentence with the
    digest, and are the date, the numbers, the partners and the parties in it. --json writes the verdict on every value.
    It cannot see two values of one sentence in each other's place, nor what a sentence says of its values: one that
    denies a fact has its values, too.

    \b
    factcli --db mine.json check --evidence --text times=article.txt
    """
    if evidence or texts:
        from factcli.cli.evidence import check_evidence

        return check_evidence(context, evidence, texts, files, mapping, as_json, no_warnings)
    from factcli.records import check_files
    from factcli.records.problems import format_for_editors
    from factcli.store import BUILTIN
    from factcli.text.json_line import json_line

    if mapping and not files:
        raise UsageError("--map: needs FILE, the file that the mapping is for")
    names, reader = files or named_files(context) or (BUILTIN,), mapped_reader(mapping)
    problems = check_files(names, stdin(), are_fact_files=not files, reader=reader)
    if no_warnings:
        problems = [problem for problem in problems if problem.severity == "error"]
    if as_json:
        write("[" + ",\n".join(json_line(problem._asdict()) for problem in problems) + "]\n")
    else:
        write("".join(format_for_editors(problem) + "\n" for problem in problems))
        write_paste(reader)
        write_messages(*(reader.notes if reader else ()))
    if not problems:
        write_messages(f"{', '.join(names)}: no problems")
    return NOTHING_FOUND if problems else FOUND


@click.command("schema")
def schema_command() -> int:
    """Write the JSON Schema (draft 2020-12) of a fact."""
    import json

    from factcli.records import schema

    write(json.dumps(schema.document(), ensure_ascii=False, indent=2) + "\n")
    return FOUND


COMMANDS = with_help(
    {
        "import": import_command,
        "check": check_command,
        "remove": remove_command,
        "merge": merge_command,
        "export": export_command,
        "schema": schema_command,
    }
)
