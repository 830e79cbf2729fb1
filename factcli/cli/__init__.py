"""The commands: words become a request, the request an answer, the answer a table, the table text, and an exit status.

options -> store -> search -> reports -> formats -> terminal. Each room is imported when its turn comes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from factcli.cli.options import (
    BIDI,
    CHART,
    COMMAND,
    CSL,
    DB,
    DISPLAY,
    FILTERS,
    HAS_FAULTS,
    HELP,
    IDS,
    NAME,
    QUERY,
    SHELL,
    TYPE,
    VERSION,
    Command,
    Run,
    current_run,
    entity_type,
    help_text,
    ids_given,
    index_of,
    make_filters,
    make_view,
    named_files,
    read_facts,
    require_sources,
    today,
)
from factcli.errors import FactError, IndexDamageError

if TYPE_CHECKING:
    from factcli.model import Answer, Note, Table, View

FOUND, NOTHING_FOUND, WRONG_USAGE, FILE_FAULT, INTERRUPTED = 0, 1, 2, 3, 130

EDITING = ("import", "check", "remove", "merge", "export", "schema")
COMPLETING = "_FACTCLI_COMPLETE"
"""The environment variable by which a shell asks for completions."""

CITING = ("cite", "open")
ADDING = ("add", "edit", "map")
READING = ("read",)


class Commands(click.Group):
    """The commands. Those of `CITING`, `READING`, `ADDING` and `EDITING` are imported when one is run or listed."""

    command_class = Command

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Runs a command line; once more without an index where that was damaged.

        What was written of the answer by then is not written again, see `terminal.write`.
        """
        run = Run()
        try:
            return super().main(*arguments, **options, obj=run)
        except IndexDamageError:
            run.uses_index = False
            return super().main(*arguments, **options, obj=run)

    def list_commands(self, context: click.Context) -> list[str]:
        return [*super().list_commands(context), *CITING, *READING, *ADDING, *EDITING]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in CITING:
            from factcli.cli.citing import COMMANDS
        elif name in READING:
            from factcli.cli.reading import COMMANDS
        elif name in ADDING:
            from factcli.cli.adding import COMMANDS
        elif name in EDITING:
            from factcli.cli.editing import COMMANDS
        else:
            return super().get_command(context, name)
        if name in (*ADDING, *EDITING):
            named_files(context)  # an empty name is refused before the command does anything
        return COMMANDS[name]

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises UsageError that suggests a search where there is none."""
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            if arguments[0].startswith("-") or not is_found(context, arguments):
                raise
            hint = f"`factcli timeline {' '.join(arguments)}` searches for it."
            raise click.UsageError(f"No such command {arguments[0]!r}; {hint}", context) from error


def is_found(context: click.Context, words: Sequence[str]) -> bool:
    """Whether a search for the words would find something."""
    from factcli import search, store
    from factcli.lexicon import Lexicon

    try:
        facts = store.read(named_files(context))
        return bool(search.find(words, facts, Lexicon(), today=today()).hits)
    except FactError:
        return False


@click.group(
    cls=Commands,
    params=[DB, VERSION, HELP],
    add_help_option=False,
    context_settings={"max_content_width": 100},
)
def commands(files: tuple[str, ...]) -> None:
    """Facts about Oman's defence cooperation, in Arabic or English, each with its source.

    \b
    factcli partner turkey
    factcli exercise 'خنجر الحد'
    factcli timeline --since 2019 --until 2023-05
    factcli sale tow --json | jq .
    """


@commands.result_callback()
@click.pass_context
def exit_status(context: click.Context, /, status: int, **_: Any) -> int:
    """The exit status of a command, which is that of a faulty file where records of one were left out."""
    return FILE_FAULT if context.meta.get(HAS_FAULTS) else status


# -- look-ups


@commands.command(params=[QUERY, *FILTERS, CHART, *DISPLAY], add_help_option=False)
@click.pass_context
def timeline(context: click.Context, /, words: tuple[str, ...], chart: bool, **options: Any) -> int:
    """Facts of every kind, oldest first; the general search."""
    return look_up(context, words, "chart" if chart else "timeline", options)


commands.add_command(timeline, "search")


@commands.command(params=[NAME, TYPE, *FILTERS, *DISPLAY], add_help_option=False)
@click.pass_context
def partner(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """One row a partner; with a name, the facts it takes part in.

    NAME is a country (name, adjective or ISO code, in Arabic or English), an organization or a person. With --type,
    one row for each entity of that type, of all facts or of those in which NAME takes part.
    """
    return look_up(context, words, "partner" if words else "partners", options)


@commands.command(params=[QUERY, *FILTERS, *DISPLAY], add_help_option=False)
@click.pass_context
def exercise(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """Military exercises: name, lead, participants, duration."""
    return look_up(context, words, "exercise", options)


@commands.command(params=[QUERY, *FILTERS, *DISPLAY], add_help_option=False)
@click.pass_context
def sale(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """Sales and contracts: seller, item, value, status; totals."""
    return look_up(context, words, "sale", options)


def look_up(context: click.Context, words: Sequence[str], name: str, options: dict[str, Any]) -> int:
    """Answers a question about facts in the report `name`; the exit status."""
    from factcli import formats, reports, search
    from factcli.lexicon import Lexicon
    from factcli.model import Request

    lexicon = Lexicon()
    request = Request(name, tuple(words), make_filters(lexicon, options), make_view(options))
    type_of_rows = entity_type(options["type_name"], lexicon) if options.get("type_name") else ""
    facts = read_facts(context)
    if request.filters.sources:
        require_sources(request.filters.sources, facts)
    report = reports.REPORTS.get(name)
    kinds = report.kinds if report else ()
    answer = search.find(request.words, facts, lexicon, request.filters, kinds, name == "partner", today())
    view, kind = request.view, formats.FORMATS[request.view.format]
    if name == "partners" or type_of_rows:
        from factcli.reports.summaries import entities_table, partners_table

        if type_of_rows in ("", "country"):
            table, cut_off = partners_table(answer, facts, lexicon, view, kind)
        else:
            table, cut_off = entities_table(type_of_rows, answer, facts, lexicon, view, kind)
        return show_table(table, (*notes(answer), *cut_off), len(table.rows), view)
    if view.explain and answer.readings:
        from factcli.lexicon.messages import readings_note

        answer = answer._replace(notes=(readings_note(answer.readings, view.lang), *answer.notes))
    hits, cut_off = reports.cut(reports.newest_first(answer.hits) if view.reverse else answer.hits, view)
    number = len(hits)
    answer = answer._replace(hits=() if view.count_only or view.quiet else hits)
    if report is None:
        from factcli.reports.summaries import chart_table

        table = chart_table(answer, facts, lexicon, view, kind)
    else:
        table = reports.facts_table(report, answer, facts, lexicon, view, kind)
    return show_table(table, (*notes(answer), *cut_off), number, view)


@commands.command(params=[IDS, *DISPLAY], add_help_option=False)
@click.pass_context
def show(context: click.Context, /, ids: tuple[str, ...], **options: Any) -> int:
    """Every field of facts, entities and sources, and related facts.

    ID is that of a fact, an entity or a source; - reads ids from standard input, the first word of each line.
    """
    from itertools import groupby

    from factcli import formats, reports, search
    from factcli.lexicon import Lexicon
    from factcli.model import FACT
    from factcli.search.ids import sorts_of_ids

    view, facts, lexicon = make_view(options), read_facts(context), Lexicon()
    kind = formats.FORMATS[view.format]
    found, notes = sorts_of_ids(ids_given(ids), facts)
    tables = []
    for sort, pairs in groupby(found or [(FACT, "")], key=lambda pair: pair[0]):
        names = [name for _, name in pairs]
        if sort == FACT:
            answer = search.with_ids(names, facts)
            tables.append(reports.facts_table(reports.REPORTS["show"], answer, facts, lexicon, view, kind))
        else:
            from factcli.reports.entries import entries_table

            tables.append(entries_table(sort, names, facts, lexicon, view, kind))
    status = show_table(tables[0], notes, len(found), view, tables[1:])
    return NOTHING_FOUND if notes else status


@commands.command(params=[CSL, *DISPLAY], add_help_option=False)
@click.pass_context
def info(context: click.Context, /, csl: bool, **options: Any) -> int:
    """A summary of the fact files: counts, dates, sources, fields."""
    from factcli import formats
    from factcli.lexicon import Lexicon

    view, facts = make_view(options), read_facts(context, use_index=False)
    if csl:
        from factcli import terminal
        from factcli.reports.citations import citations

        terminal.write(citations(facts.sources.values(), "csl-json", view.lang, Lexicon()))
        return FOUND if facts.sources else NOTHING_FOUND
    from factcli.reports.summaries import info_table

    kind = formats.FORMATS[view.format]
    names = named_files(context) or ("builtin",)
    table = info_table(names, facts, Lexicon(), view, kind, index_of(names))
    return show_table(table, (), 1, view)


def notes(answer: Answer) -> tuple[Note, ...]:
    """The notes of an answer and how many undated facts a date filter left out."""
    from factcli.model import Note

    return (*answer.notes, Note("undated", {"count": answer.undated})) if answer.undated else answer.notes


def show_table(table: Table, notes: Sequence[Note], number: int, view: View, more: Sequence[Table] = ()) -> int:
    """Writes an answer of so many results, in one table or in several, and its notes; the exit status."""
    from factcli import formats, terminal

    if not view.quiet:
        text = f"{number}\n" if view.count_only else formats.serialize(table, view, more)
        terminal.write(text, view.pager, current_run().written)
        write_notes(notes, view.lang)
    return FOUND if number else NOTHING_FOUND


def write_notes(notes: Sequence[Note], lang: str) -> None:
    """Writes notes to standard error, in the language of a view."""
    if notes:
        from factcli import terminal
        from factcli.lexicon.messages import message

        terminal.write_messages(*(message(note, "ar" if lang == "ar" else "en") for note in notes), bidi="auto")


# -- the terminal and the shell


@commands.command("help", params=[COMMAND, HELP], add_help_option=False)
@click.pass_context
def help_command(context: click.Context, /, name: str | None) -> int:
    """Help on a command; without a name, the list of commands."""
    from factcli import terminal

    root = context.find_root()
    if name is None:
        terminal.write(help_text(root) + "\n")
        return FOUND
    command = commands.get_command(root, name)
    if command is None:
        raise click.UsageError(f"No such command {name!r}.", root)
    terminal.write(help_text(click.Context(command, info_name=name, parent=root)) + "\n")
    return FOUND


@commands.command(params=[BIDI, HELP], add_help_option=False)
def doctor(bidi: str) -> int:
    """Show how this terminal is sent Arabic. Prints a sample, and what to do if it looks wrong."""
    from factcli import terminal
    from factcli.cli import diagnosis

    form = terminal.bidi_form(bidi, sys.stdout)
    terminal.write(diagnosis.report(bidi, form, os.environ, terminal.width(), terminal.is_screen(sys.stdout)))
    return FOUND


@commands.command(params=[SHELL, HELP], add_help_option=False)
def completion(shell: str) -> int:
    """Write a completion script for a shell. It completes commands, options and ids.

    \b
    bash:        factcli completion bash > ~/.local/share/bash-completion/completions/factcli
    zsh:         factcli completion zsh > ~/.zfunc/_factcli
    fish:        factcli completion fish > ~/.config/fish/completions/factcli.fish
    powershell:  factcli completion powershell >> $PROFILE
    """
    from click.shell_completion import get_completion_class

    from factcli import terminal

    completer = get_completion_class(shell)
    assert completer is not None
    terminal.write(completer(commands, {}, "factcli", COMPLETING).source() + "\n")
    return FOUND


# -- the way out


def exclusion_hint(error: click.ClickException, arguments: Sequence[str]) -> str:
    """How to leave a word out, where a hyphen in front of one made it an option that does not exist."""
    if not isinstance(error, click.NoSuchOption):
        return ""
    word = next((one for one in arguments if one.startswith(error.option_name) and not one.startswith("--")), "-")
    return f" To leave out {word[1:]!r}, write NOT {word[1:]}." if len(word) > 2 else ""


_NO_MEMORY = "there is not enough memory; allow more (`ulimit -v`) or take a smaller file"
EXHAUSTED = {
    RecursionError: ("a record is nested too deeply; `factcli --db FILE check` names it", FILE_FAULT),
    MemoryError: (_NO_MEMORY, FILE_FAULT),
    SystemError: (_NO_MEMORY, FILE_FAULT),  # from code in C that found no room for its exception
}
"""What to say and with which status to leave where a resource is used up."""


def report_defect(error: Exception) -> int:
    """Reports a defect of the program on one line, as every other error is; the exit status.

    While a shell asks for completions, that would be in the way, and its variables may not be what they should be.
    """
    from factcli import terminal

    if COMPLETING in os.environ:
        return WRONG_USAGE
    what = f"an error in factcli itself: {type(error).__name__}: {error}; please report it with this command"
    terminal.write_messages(what)
    return FILE_FAULT


def system_fault() -> str:
    """What an error without a file is about."""
    try:
        os.getcwd()
    except OSError:
        return "the working directory was removed; `cd` to one that is there"
    return "the system"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; the exit status. No exception leaves it."""
    from factcli import terminal

    try:
        status = commands.main(arguments, prog_name="factcli", standalone_mode=False)
    except FactError as error:
        terminal.write_messages(*error.problems)
        return error.status
    except click.exceptions.NoArgsIsHelpError as error:
        for line in error.format_message().splitlines():
            terminal.write_stderr(line)
        return WRONG_USAGE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "factcli"
        message = " ".join(error.format_message().split()) + exclusion_hint(error, arguments or sys.argv[1:])
        terminal.write_messages(f"{message} Help: {path} --help")
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (RecursionError, MemoryError, SystemError) as error:
        error.with_traceback(None).__context__ = None  # frees what the command has loaded
        message, status = EXHAUSTED[type(error)]
        terminal.write_messages(message)
        return status
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else WRONG_USAGE
    except OSError as error:
        terminal.write_messages(f"{error.filename or system_fault()}: {error.strerror}")
        return FILE_FAULT
    except Exception as error:
        return report_defect(error)
    return status if isinstance(status, int) else FOUND
