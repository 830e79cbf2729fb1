"""The options and arguments, each defined once, and the filters and the view that are made of them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from factcli import __version__
from factcli.errors import FactError, UsageError

if TYPE_CHECKING:
    from factcli.lexicon import Lexicon
    from factcli.model import Facts, Filters, View

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "md")
HAS_FAULTS = "factcli.has_faults"
"""The key in the `meta` of a click context: whether records of a fact file were left out."""
MAX_HELP_WIDTH, MIN_HELP_WIDTH = 80, 50
"""Cells of a line of help at most, where nothing else is set, and at least, as click has them."""
BIDI_SETTINGS = ("auto", "terminal", "app", "off")


_WORD = r"(?!-)[A-Za-z0-9_.\-\x80-\U0010ffff]+"


def _completion(
    values: Callable[[Facts], Iterable[str]],
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completes values in the fact files for the shell.

    Only those are offered that are one word to every shell: a file may hold others, which the shell would obey.
    """

    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from factcli import store

        try:
            found = dict.fromkeys(values(store.read(named_files(context))))
        except FactError:
            return []
        begun = (incomplete, incomplete.upper())
        return [one for one in found if one.startswith(begun) and one.isprintable() and re.fullmatch(_WORD, one)]

    return complete


_complete_partners = _completion(lambda facts: sorted({code for fact in facts.facts for code in fact["partners"]}))
_complete_ids = _completion(lambda facts: [*(fact["id"] for fact in facts.facts), *facts.entities, *facts.sources])
_complete_sources = _completion(lambda facts: facts.sources)


class Run:
    """The object of the click context of a command line: whether large files are read by their index, what was read.

    `written` is what was written of the answer, as `terminal.write` notes it.
    """

    def __init__(self) -> None:
        self.uses_index = True
        self.stdin: str | None = None
        self.written: list[int] = []


def current_run() -> Run:
    """That of the command line which runs; a new one outside of any."""
    context = click.get_current_context(silent=True)
    return (context.find_root().obj if context else None) or Run()


def _writes(text: Callable[[click.Context], str]) -> Callable[[click.Context, click.Parameter, bool], None]:
    """The callback of a flag that writes a text instead of running the command."""

    def callback(context: click.Context, _: click.Parameter, is_given: bool) -> None:
        if is_given and not context.resilient_parsing:
            from factcli import terminal

            terminal.write(text(context) + "\n")
            context.exit()

    return callback


class Limit(click.ParamType[int]):
    """How many facts at most: a whole number from 1 to a million."""

    name, most = "limit", 1_000_000

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> int:
        if not value.isdecimal() or len(value) > len(str(self.most)) or not 1 <= int(value) <= self.most:
            self.fail(f"{value!r} is no whole number from 1 to {self.most:,}.", param, context)
        return int(value)


class Command(click.Command):
    """A command whose short options are looked up as such at once.

    Click looks for each among the long ones first, and for similar ones there, which takes 4 % of a look-up.
    """

    def make_parser(self, context: click.Context) -> click.parser._OptionParser:
        parser = super().make_parser(context)
        process = parser._process_opts

        def process_at_once(argument: str, state: click.parser._ParsingState) -> None:
            (process if argument.startswith("--") else parser._match_short_opt)(argument, state)

        parser._process_opts = process_at_once  # type: ignore[method-assign, assignment]
        return parser


def help_text(context: click.Context) -> str:
    """The help on a command. Click itself would import `shutil` for the width of the terminal: 3 % of a start."""
    from factcli import terminal

    context.terminal_width = max(min(terminal.width(), context.max_content_width or MAX_HELP_WIDTH) - 2, MIN_HELP_WIDTH)
    return context.get_help()


# The options of click itself look for translations at each start, which takes longer than all other options.
HELP = click.Option(["-h", "--help"], is_flag=True, expose_value=False, is_eager=True,
                    callback=_writes(help_text), help="Show this message and exit.")  # fmt: skip
VERSION = click.Option(["-V", "--version"], is_flag=True, expose_value=False, is_eager=True,
                       callback=_writes(lambda _: f"factcli {__version__}"),
                       help="Show the version and exit.")  # fmt: skip
DB = click.Option(["--db", "files"], multiple=True, metavar="FILE",
                  help="A fact file; repeat to read several together. builtin is the shipped one, the default. "
                       "Environment: FACTCLI_DB, a path list.")  # fmt: skip
QUERY = click.Argument(["words"], metavar="[QUERY]...", nargs=-1)
NAME = click.Argument(["words"], metavar="[NAME]...", nargs=-1)
IDS = click.Argument(["ids"], metavar="ID...", nargs=-1, required=True, shell_complete=_complete_ids)
ID = click.Argument(["one"], metavar="ID", shell_complete=_complete_ids)
COMMAND = click.Argument(["name"], metavar="[COMMAND]", required=False)
SHELL = click.Argument(["shell"], type=click.Choice(("bash", "zsh", "fish", "powershell")))
SELECTION: list[click.Parameter] = [
    click.Option(["-p", "--partner", "partners"], multiple=True, metavar="NAME", shell_complete=_complete_partners,
                 help="Only facts in which this country, organization or person takes part; repeatable, any of them."),
    click.Option(["-k", "--kind", "kinds"], multiple=True, metavar="KIND",
                 help="Only facts of this kind; repeatable, any of them."),
    click.Option(["--status", "statuses"], multiple=True, metavar="S",
                 help="Only facts of this status, such as approved; repeatable, any of them."),
    click.Option(["--source", "sources"], multiple=True, metavar="ID", shell_complete=_complete_sources,
                 help="Only facts that cite this source; repeatable, any of them."),
    click.Option(["--since"], metavar="DATE", help="Only facts of this day, month or year, or later."),
    click.Option(["--until"], metavar="DATE", help="Only facts of this day, month or year, or earlier."),
    click.Option(["--undated"], is_flag=True, help="Keep facts without a date when filtering by date."),
    click.Option(["--exact"], is_flag=True, help="Match words as they are, folded: no inflection, no guesses."),
]  # fmt: skip
FILTERS: list[click.Parameter] = [
    *SELECTION,
    click.Option(["--explain"], is_flag=True, help="Add what matched, how and how well."),
    click.Option(["-n", "--limit"], type=Limit(), metavar="N", help="At most N facts."),
    click.Option(["--reverse"], is_flag=True, help="Newest first."),
    click.Option(["--count"], is_flag=True, help="Only the number of facts."),
    click.Option(["-q", "--quiet"], is_flag=True, help="Only the exit status."),
]  # fmt: skip
BIDI = click.Option(["--bidi"], type=click.Choice(BIDI_SETTINGS), default="auto",
                    help="Form of right-to-left text on a terminal; FACTCLI_BIDI takes more forms.")  # fmt: skip
LANG = click.Option(["--lang"], type=click.Choice(("en", "ar", "both")), envvar="FACTCLI_LANG",
                    help="Language of titles, labels and notes [default: from the locale].")  # fmt: skip
TYPE = click.Option(["--type", "type_name"], metavar="TYPE",
                    help="One row for each organization, company, person, place, exercise, equipment, programme or "
                         "fund, in place of countries.")  # fmt: skip
CSL = click.Option(["--csl"], is_flag=True, help="All sources as CSL-JSON, for Zotero and pandoc, and nothing else.")
CHART = click.Option(["--chart"], is_flag=True, help="Facts per year and kind, and events as bars.")
DISPLAY: list[click.Parameter] = [
    click.Option(["-f", "--format", "format"], type=click.Choice(FORMATS),
                 help="The format of the answer; the last one given wins. CSV is flat, and import reads it back."),
    *(click.Option([f"--{name}", "format"], flag_value=name, help=f"Short for --format {name}.")
      for name in FORMATS[1:]),
    click.Option(["--csv-raw"], is_flag=True, help="Do not quote cells that a spreadsheet would run as formulas."),
    click.Option(["--csv-bom"], is_flag=True, help="Begin CSV with a byte order mark, for Excel."),
    click.Option(["--fields"], metavar="A,B", help="Which fields, in which order, e.g. id,date,title.en."),
    LANG,
    BIDI,
    click.Option(["--color"], type=click.Choice(("auto", "always", "never")), default="auto",
                 help="Colour on a terminal."),
    click.Option(["--no-pager"], is_flag=True, help="Do not page an answer that is taller than the terminal."),
    HELP,
]  # fmt: skip


def with_help(commands: dict[str, click.Command]) -> dict[str, click.Command]:
    """The commands, each with `HELP` as its last option in place of click's own."""
    for command in commands.values():
        command.add_help_option = False
        command.params.append(HELP)
    return commands


def named_files(context: click.Context) -> tuple[str, ...]:
    """The fact files named by `--db`, else by `FACTCLI_DB`; none where neither is given. Raises UsageError."""
    given = context.find_root().params.get("files")
    paths = given or [path for path in os.environ.get("FACTCLI_DB", "").split(os.pathsep) if path]
    if not all(paths):
        raise UsageError("--db: the name of the file is empty; give a path, or builtin for the shipped facts")
    return tuple(paths)


def ids_given(ids: Sequence[str]) -> list[str]:
    """The ids on the command line; in place of `-`, the first word of each line of standard input.

    Raises UsageError where standard input is closed.
    """
    given: list[str] = []
    for one in ids:
        if one != "-":
            given.append(one)
            continue
        if sys.stdin is None:
            raise UsageError("standard input: is closed; name the ids on the command line")
        given += [line.split()[0] for line in standard_input().splitlines() if line.strip()]
    return given


def standard_input() -> str:
    """Standard input, which is read once: a command that is run again without an index needs it again."""
    run = current_run()
    if run.stdin is None:
        run.stdin = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    return run.stdin


def read_facts(context: click.Context, use_index: bool = True) -> Facts:
    """The facts of the files named by `--db` or `FACTCLI_DB`, else of the shipped file. Raises FileError.

    Large files are read by their index, which knows what look-ups need. Records that were left out are reported, and
    make the exit status of the command that of a fault of the file.
    """
    from factcli import store

    names = named_files(context)
    uses_index = use_index and getattr(context.find_root().obj, "uses_index", True)
    facts = read_indexed(names, context.params.get("quiet", False)) if uses_index else None
    facts = facts or store.read(names)
    if facts.faults or facts.remarks:
        from factcli import terminal

        terminal.write_messages(*facts.faults, *facts.remarks)
    context.meta[HAS_FAULTS] = bool(facts.faults)
    return facts


def read_indexed(names: Sequence[str], quiet: bool) -> Facts | None:
    """The facts of large files by their index; None where the files are small or there is no place for an index."""
    from factcli import store

    if sum(map(file_size, names)) < store.MIN_INDEXED_SIZE:
        return None
    try:
        from factcli.cli import indexing
    except ImportError:  # a Python that was built without SQLite
        return None
    folder = indexing.cache_folder()
    return indexing.read(names, folder, quiet) if folder else None


def index_of(names: Sequence[str]) -> str | None:
    """The path of the index of the files, if there is one."""
    try:
        from factcli.cli import indexing
        from factcli.store import derived
    except ImportError:
        return None
    folder = indexing.cache_folder()
    path = derived.index_path(names, folder) if folder else ""
    return path if os.path.isfile(path) else None


def file_size(name: str) -> int:
    """The bytes of a fact file; 0 for the shipped one and for one that is not there."""
    from factcli.store import BUILTIN

    try:
        return os.path.getsize(name) if name != BUILTIN else 0
    except (OSError, ValueError):
        return 0


def make_filters(lexicon: Lexicon, options: dict[str, Any]) -> Filters:
    """The conditions that the options set. Raises UsageError for a value that is not known."""
    from factcli.model import KINDS, STATUSES, Filters

    since, until = _day("--since", options["since"], lexicon, 0), _day("--until", options["until"], lexicon, 1)
    if joined := [name for name in options["partners"] if name.startswith("--")]:
        raise UsageError(f"--partner: a name is missing before {joined[0]}")
    if since and until and since > until:
        raise UsageError("--since: the period ends before it begins; swap --since and --until")
    return Filters(
        partners=options["partners"],
        kinds=named_values("--kind", options["kinds"], KINDS, lexicon, "kinds"),
        statuses=named_values("--status", options["statuses"], STATUSES, lexicon, "statuses"),
        since=since,
        until=until,
        undated=options["undated"],
        exact=options["exact"],
        sources=options["sources"],
    )


def named_values(
    option: str, words: Sequence[str], known: Sequence[str], lexicon: Lexicon, group: str
) -> tuple[str, ...]:
    """The values that the words given to an option name. Raises UsageError, which suggests the value that is near."""
    from factcli.lexicon import values_named

    def suggestion(word: str) -> str:
        from factcli.names.typos import nearest

        shown = {value: value for value in known}
        for value in known:
            label = lexicon.label(group, value)["ar"]
            for phrase in (label, *lexicon.words.phrases(group, value)):
                shown.setdefault(phrase, value if phrase.isascii() else label)
        near = nearest(word, shown, 1)
        return f"; did you mean {shown[near[0]]}?" if near else ""

    return values_named(option, words, known, lexicon, group, suggestion)


def require_sources(names: Sequence[str], facts: Facts) -> None:
    """Raises UsageError, with the nearest ones, for an id that is none of a source and that no fact cites."""
    for name in names:
        if name not in facts.sources:
            from factcli.names.typos import nearest

            known = {*facts.sources, *(locator["source"] for fact in facts.facts for locator in fact["sources"])}
            if name in known:
                continue
            near = nearest(name, sorted(known))
            hint = f"did you mean {', '.join(near)}?" if near else "`factcli info` lists the sources"
            raise UsageError(f"--source: there is no source {name!r}; {hint}")


def entity_type(word: str, lexicon: Lexicon) -> str:
    """The type of entities that a word of either language names. Raises UsageError for any other word."""
    from factcli.model import ENTITY_TYPES
    from factcli.text import fold

    names = {fold(label): one for one in ENTITY_TYPES for label in (one, *lexicon.label("entity_types", one).values())}
    if fold(word) not in names:
        from factcli.names.typos import nearest

        near = nearest(word, list(names), 1)
        hint = f"did you mean {names[near[0]]}?" if near else f"it may be {', '.join(ENTITY_TYPES)}"
        raise UsageError(f"--type: {word!r} is no type of entity; {hint}")
    return names[fold(word)]


def _day(name: str, text: str | None, lexicon: Lexicon, end: int) -> str | None:
    """The first (`end` 0) or last (1) day, in ISO 8601, of the period given to the option `name`. Raises UsageError."""
    if text is None:
        return None
    from factcli.dates import DateError
    from factcli.dates.expressions import parse_period

    try:
        period = parse_period(text, lexicon.words.meanings, today())
    except DateError as error:
        raise UsageError(f"{name}: {error}") from error
    day = (period.since, period.until)[end]
    if period.note == "relative" and period.since == period.until:
        raise UsageError(f"{name}: {text!r} is another day each day; write it as YYYY-MM-DD")
    if day is None:
        raise UsageError(f"{name}: {text!r} has no {('first', 'last')[end]} day; name one, or use the other option")
    return day


def today() -> str:
    """Today as an ISO day, in local time."""
    import time

    return time.strftime("%Y-%m-%d")


def make_view(options: dict[str, Any]) -> View:
    """The view that options and terminal ask for: a table on a terminal, plain lines in a pipe, unless one is named."""
    from factcli import terminal
    from factcli.model import View

    return View(
        format=options["format"] or ("table" if terminal.is_terminal() else "plain"),
        fields=options["fields"],
        lang=options["lang"] or terminal.language(),
        bidi=terminal.bidi_form(options["bidi"], sys.stdout),
        color=terminal.has_color(options["color"]),
        width=terminal.width(),
        limit=options.get("limit"),
        reverse=options.get("reverse", False),
        count_only=options.get("count", False),
        quiet=options.get("quiet", False),
        explain=options.get("explain", False),
        pager=not options["no_pager"],
        csv_raw=options["csv_raw"],
        csv_bom=options["csv_bom"],
    )
