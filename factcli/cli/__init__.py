"""The commands: words become a query, the pipe runs, an exit status comes out. The only door to click.

question -> store -> search -> reports -> formats -> terminal. Each room is imported when its turn comes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from factcli import __version__
from factcli.errors import FactError, UsageError

if TYPE_CHECKING:
    from factcli.lexicon import Lexicon
    from factcli.model import Facts, Found, Query, Table
    from factcli.reports import Report, Wanted

FOUND, NOTHING_FOUND, WRONG_WORDS, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md")
FORMS = ("auto", "terminal", "app", "off")


# -- options, each made once and shared by the commands that take it


def complete_partners(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ISO codes of the states in the fact file that begin so, for the shell."""
    codes = {code for fact in facts_of(context).facts for code in fact["partners"]}
    return sorted(code for code in codes if code.startswith(begun.upper()))


def complete_ids(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of the facts in the fact file that begin so, for the shell."""
    return [fact["id"] for fact in facts_of(context).facts if fact["id"].startswith(begun)]


def words(metavar: str) -> list[click.Parameter]:
    return [click.Argument(["words"], metavar=metavar, nargs=-1)]


SHELL = click.Argument(["shell"], type=click.Choice(("bash", "zsh", "fish", "powershell")))
IDS = click.Argument(["ids"], metavar="ID...", nargs=-1, required=True, shell_complete=complete_ids)


def short_form(name: str) -> click.Option:
    return click.Option([f"--{name}", "form"], flag_value=name, help=f"Short for --format {name}.")


def show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


def show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"factcli {__version__}")
        context.exit()


# click's own two look for a translation of their help text at each start, which takes longer than all other options.
HELP = click.Option(["-h", "--help"], is_flag=True, expose_value=False, is_eager=True, callback=show_help,
                    help="Show this message and exit.")  # fmt: skip
VERSION = click.Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show_version,
                       help="Show the version and exit.")  # fmt: skip
DB = click.Option(["--db", "files"], multiple=True, metavar="FILE",
                  help="A fact file; repeat to read several together. builtin is the shipped one, the default. "
                       "Environment: FACTCLI_DB, a path list.")  # fmt: skip
FILTERS: list[click.Parameter] = [
    click.Option(["-p", "--partner", "partners"], multiple=True, metavar="NAME", shell_complete=complete_partners,
                 help="Only facts in which this country, organization or person takes part; repeatable, any of them."),
    click.Option(["-k", "--kind", "kinds"], multiple=True, metavar="KIND",
                 help="Only facts of this kind; repeatable, any of them."),
    click.Option(["--since"], metavar="DATE", help="Only facts of this day, month or year, or later."),
    click.Option(["--until"], metavar="DATE", help="Only facts of this day, month or year, or earlier."),
    click.Option(["--undated"], is_flag=True, help="Keep facts without a date when filtering by date."),
    click.Option(["--exact"], is_flag=True, help="Equal after folding: no inflection, no guesses."),
    click.Option(["--explain"], is_flag=True, help="Add what matched, how and how well."),
    click.Option(["-n", "--limit"], type=click.IntRange(min=1), metavar="N", help="At most N facts."),
    click.Option(["--reverse"], is_flag=True, help="Newest first."),
    click.Option(["--count"], is_flag=True, help="Only the number of facts."),
    click.Option(["-q", "--quiet"], is_flag=True, help="Only the exit status."),
]  # fmt: skip
BIDI = click.Option(["--bidi"], type=click.Choice(FORMS), default="auto",
                    help="How a terminal is sent right-to-left text; FACTCLI_BIDI names more forms.")  # fmt: skip
CHART: list[click.Parameter] = [click.Option(["--chart"], is_flag=True, help="Facts per year and kind, as bars.")]
STATUS: list[click.Parameter] = [
    click.Option(["--status", "statuses"], multiple=True, metavar="S",
                 help="Only facts of this status, such as approved; repeatable, any of them."),
]  # fmt: skip
DISPLAY: list[click.Parameter] = [
    click.Option(["-f", "--format", "form"], type=click.Choice(FORMATS),
                 help="The form of the answer; the last one named wins."),
    *(short_form(name) for name in FORMATS[1:]),
    click.Option(["--csv-raw"], is_flag=True, help="Leave cells alone that a spreadsheet would run as a formula."),
    click.Option(["--csv-bom"], is_flag=True, help="Begin CSV with a byte order mark, for Excel."),
    click.Option(["--fields"], metavar="A,B", help="Which fields, in which order, e.g. id,date,title.en."),
    click.Option(["--lang"], type=click.Choice(("en", "ar", "both")), envvar="FACTCLI_LANG",
                 help="Language of titles and labels [default: that of the locale]."),
    BIDI,
    click.Option(["--color"], type=click.Choice(("auto", "always", "never")), default="auto",
                 help="Colour on a terminal."),
    click.Option(["--no-pager"], is_flag=True, help="Do not page an answer that is taller than the terminal."),
    HELP,
]  # fmt: skip


# -- the pipe


def files_of(context: click.Context) -> tuple[str, ...]:
    """The fact files to read: `--db`, else `FACTCLI_DB`, else the shipped one."""
    root = context.find_root()
    given = root.params.get("files") or [p for p in os.environ.get("FACTCLI_DB", "").split(os.pathsep) if p]
    if any(not path for path in given):
        raise UsageError("--db: the name of the file is empty; give a path, or builtin for the shipped facts")
    return tuple(given) or ("builtin",)


def facts_of(context: click.Context) -> Facts:
    from factcli import store

    return store.read(files_of(context))


def asked_query(words: Sequence[str], lexicon: Lexicon, parties_only: bool = False, **options: Any) -> Query:
    """The words and filters of the command line as a query."""
    from factcli.lexicon import meant
    from factcli.model import KINDS, STATUSES, Query

    since, until = day("--since", options["since"], 0), day("--until", options["until"], 1)
    if since and until and since > until:
        raise UsageError("--since: the period ends before it begins; swap --since and --until")
    return Query(
        words=tuple(words),
        partners=options["partners"],
        kinds=meant("--kind", options["kinds"], KINDS, lexicon.kinds_named),
        statuses=meant("--status", options.get("statuses", ()), STATUSES, lexicon.statuses_named),
        since=since,
        until=until,
        undated=options["undated"],
        exact=options["exact"],
        parties_only=parties_only,
    )


def day(name: str, text: str | None, end: int) -> str | None:
    """The first (0) or last (1) day of the period that the option `name` was given."""
    if text is None:
        return None
    from factcli.dates import DateError, period

    try:
        return period(text)[end]
    except DateError as error:
        raise UsageError(f"{name}: {error}") from error


def cut(found: Found, options: dict[str, Any]) -> Found:
    """The hits in the order and number asked for; what was cut off is told."""
    from factcli.search import newest_first

    hits = newest_first(found.hits) if options["reverse"] else found.hits
    limit = options["limit"]
    if limit is None or len(hits) <= limit:
        return found._replace(hits=hits)
    return found._replace(
        hits=hits[:limit], notes=(*found.notes, f"{limit} of {len(hits)} shown; without --limit, all of them")
    )


def told(found: Found) -> tuple[str, ...]:
    if not found.undated:
        return found.notes
    how_many = "1 fact without a date is" if found.undated == 1 else f"{found.undated} facts without a date are"
    return (*found.notes, f"{how_many} left out; --undated keeps such facts")


def look_up(context: click.Context, words: Sequence[str], report: Report, **options: Any) -> int:
    """Answers a question about facts."""
    from factcli import reports, search
    from factcli.lexicon import Lexicon
    from factcli.reports.wording import Wording

    lexicon = Lexicon()
    query = asked_query(words, lexicon, parties_only=report is reports.PARTNER, **options)
    facts = facts_of(context)
    found = search.find(query, facts, lexicon, report.kinds)
    if not options["count"]:
        found = cut(found, options)
    table = reports.table_of(report, found, Wording(facts, lexicon), wanted(options))
    return answer(table, told(found), len(found.hits), options)


def answer(table: Table, notes: Sequence[str], number: int, options: dict[str, Any]) -> int:
    """Writes an answer in the form asked for; the exit status."""
    from factcli import terminal

    if not options.get("quiet"):
        text = f"{number}\n" if options.get("count") else serialized(table, options)
        terminal.write(text, paged=not options["no_pager"])
        tell(notes, options["bidi"])
    return FOUND if number else NOTHING_FOUND


def format_of(options: dict[str, Any]) -> str:
    """The form of the answer: the one named, else a table on a terminal and plain lines in a pipe."""
    from factcli import formats, terminal

    return options["form"] or ("table" if terminal.is_terminal() else formats.PLAIN)


def wanted(options: dict[str, Any]) -> Wanted:
    """What the options want of a report."""
    from factcli.formats import FOR_PROGRAMS
    from factcli.reports import Wanted

    return Wanted(format_of(options) not in FOR_PROGRAMS, options["fields"], options.get("explain", False))


def form_of_text(setting: str, stream: TextIO | None) -> str:
    """The form in which the terminal behind `stream`, if there is one, is sent right-to-left text."""
    if stream is None or not stream.isatty():
        return "logical"
    from factcli import terminal
    from factcli.terminal.detect import VARIABLE, choose

    if not terminal.is_screen(stream) and setting == "auto" and not os.environ.get(VARIABLE):
        return "logical"
    try:
        return choose(setting, os.environ, is_tty=True).form
    except ValueError as error:
        raise UsageError(str(error)) from error


def tell(notes: Sequence[str], setting: str = "auto") -> None:
    """Tells notes on standard error, Arabic in them as the terminal there needs it."""
    from factcli import terminal

    form = form_of_text(setting, sys.stderr) if not all(map(str.isascii, notes)) else "logical"
    if form == "logical":
        terminal.say(*notes)
    else:
        from factcli.terminal import bidi

        terminal.say(*notes, arrange=lambda text: bidi.write(text, "L", form))


def serialized(table: Table, options: dict[str, Any]) -> str:
    from factcli import formats, terminal
    from factcli.model import Look

    look = Look(
        lang=options["lang"] or terminal.language(),
        width=terminal.width(),
        color=terminal.has_color(options["color"]),
        bidi=form_of_text(options["bidi"], sys.stdout),
        csv_raw=options["csv_raw"],
        csv_bom=options["csv_bom"],
    )
    return formats.serializer(format_of(options))(table, look)


# -- the commands


EDITING = ("import", "check", "remove", "export", "schema")


class Commands(click.Group):
    """The commands; those that change files are loaded when one of them is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [*super().list_commands(context), *EDITING]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in EDITING:
            return super().get_command(context, name)
        from factcli.cli import editing

        context.obj = context.params.get("files") or tuple(
            p for p in os.environ.get("FACTCLI_DB", "").split(os.pathsep) if p
        )
        return editing.COMMANDS[name]


@click.group(
    cls=Commands, params=[DB, VERSION, HELP], add_help_option=False, context_settings={"max_content_width": 100}
)
def commands(files: tuple[str, ...]) -> None:
    """Facts about Oman's defence cooperation, in Arabic or English, each with its source.

    \b
    factcli partner turkey
    factcli exercise 'خنجر الحد'
    factcli timeline --since 2019 --until 2023-05
    factcli sale tow --json | jq .
    """


@commands.command(params=[*words("[QUERY]..."), *FILTERS, *CHART, *DISPLAY], add_help_option=False)
@click.pass_context
def timeline(context: click.Context, /, words: tuple[str, ...], chart: bool, **options: Any) -> int:
    """Facts of every kind, oldest first; the general search."""
    from factcli import reports

    report = reports.CHART if chart else reports.TIMELINE
    return look_up(context, words, report, **options)


@commands.command(params=[*words("[NAME]..."), *FILTERS, *DISPLAY], add_help_option=False)
@click.pass_context
def partner(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """One row a partner; with a name, the facts it takes part in.

    NAME is a country (name, adjective or ISO code, in Arabic or English), an organization or a person.
    """
    from factcli import reports

    if words:
        return look_up(context, words, reports.PARTNER, **options)
    return sum_up(context, **options)


def sum_up(context: click.Context, **options: Any) -> int:
    """Answers with one row a partner."""
    from factcli import reports, search
    from factcli.lexicon import Lexicon
    from factcli.reports.wording import Wording

    lexicon, facts = Lexicon(), facts_of(context)
    found = search.find(asked_query((), lexicon, **options), facts, lexicon)
    table, cut_off = reports.cut_rows(
        reports.summary_table(found, Wording(facts, lexicon), wanted(options)), options["limit"], options["reverse"]
    )
    return answer(table, (*told(found), *cut_off), len(table.rows), options)


@commands.command(params=[*words("[QUERY]..."), *FILTERS, *DISPLAY], add_help_option=False)
@click.pass_context
def exercise(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """Military exercises: date, name, lead, participants, duration, note."""
    from factcli import reports

    return look_up(context, words, reports.EXERCISE, **options)


@commands.command(params=[*words("[QUERY]..."), *FILTERS, *STATUS, *DISPLAY], add_help_option=False)
@click.pass_context
def sale(context: click.Context, /, words: tuple[str, ...], **options: Any) -> int:
    """Sales and contracts: seller, buyer, item, value, status; totals by currency."""
    from factcli import reports

    return look_up(context, words, reports.SALE, **options)


@commands.command(params=[IDS, *DISPLAY], add_help_option=False)
@click.pass_context
def show(context: click.Context, /, ids: tuple[str, ...], **options: Any) -> int:
    """One fact whole: every field, its parties, its source, related facts."""
    from factcli import reports, search
    from factcli.lexicon import Lexicon
    from factcli.reports.wording import Wording

    facts = facts_of(context)
    found = search.identified(ids, facts)
    table = reports.facts_table(reports.SHOW, found, Wording(facts, Lexicon()), wanted(options))
    return answer(table, found.notes, len(found.hits), options)


@commands.command(params=list(DISPLAY), add_help_option=False)
@click.pass_context
def info(context: click.Context, /, **options: Any) -> int:
    """What is in the file: counts, dates, sources, fields."""
    from factcli import reports
    from factcli.lexicon import Lexicon
    from factcli.reports.wording import Wording

    facts = facts_of(context)
    table = reports.info_table(files_of(context), facts, Wording(facts, Lexicon()), wanted(options))
    return answer(table, (), 1, options)


@commands.command(params=[BIDI, HELP], add_help_option=False)
def doctor(bidi: str) -> int:
    """What terminal this is, how it is sent Arabic, and what to do where that looks wrong."""
    from factcli import terminal
    from factcli.cli import diagnosis as examination

    form = form_of_text(bidi, sys.stdout)
    terminal.write(examination.report(bidi, form, os.environ, terminal.width(), terminal.is_screen(sys.stdout)))
    return FOUND


@commands.command(params=[SHELL, HELP], add_help_option=False)
def completion(shell: str) -> int:
    """A script that completes commands, options and ids.

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
    terminal.write(completer(commands, {}, "factcli", "_FACTCLI_COMPLETE").source() + "\n")
    return FOUND


# -- the way out


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; the exit status. No exception leaves it."""
    from factcli import terminal

    try:
        status = commands.main(arguments, prog_name="factcli", standalone_mode=False)
    except FactError as error:
        terminal.say(*error.problems)
        return error.status
    except click.exceptions.NoArgsIsHelpError as error:
        terminal.say_plainly(error.format_message())
        return WRONG_WORDS
    except click.ClickException as error:
        terminal.say(complaint(error))
        return WRONG_WORDS
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except RecursionError:
        terminal.say("the input is nested too deeply to be read; simplify it")
        return WRONG_WORDS
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else WRONG_WORDS
    except Exception as error:  # a defect of ours is told in one line, as everything else is
        terminal.say(f"an error in factcli itself: {type(error).__name__}: {error}; please report it with this command")
        return BROKEN
    return status if isinstance(status, int) else FOUND


def complaint(error: click.ClickException) -> str:
    """What click complains about, in one line, with where to read on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "factcli"
    return f"{' '.join(error.format_message().split())} Help: {path} --help"
