"""The commands that check fact files and change them; loaded only when one of them is called."""

from __future__ import annotations

import sys
import time
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any

import click

from factcli.errors import UsageError
from factcli.terminal import write, write_messages, write_stderr

if TYPE_CHECKING:
    from factcli.records.problems import CountryCode

FOUND, NOTHING_FOUND = 0, 1


def files_of(context: click.Context) -> tuple[str, ...]:
    """The fact files named by `--db` or `FACTCLI_DB`; none where neither is given."""
    return tuple(context.find_root().obj or ())


def file_to_change(context: click.Context) -> str:
    """The one fact file that is written to. Raises UsageError."""
    files = files_of(context)
    if len(files) != 1:
        given = f"{len(files)} files are given" if files else "no file is given"
        raise UsageError(f"--db: {given}, one is written to; name it before the command: `factcli --db FILE …`")
    return files[0]


def stdin() -> IO[bytes] | None:
    return sys.stdin.buffer if sys.stdin else None


def country_code() -> CountryCode:
    """What finds the codes of the countries that a folded name can mean."""
    from factcli.lexicon import Lexicon

    return lru_cache(maxsize=None)(Lexicon().countries_named)


class Progress:
    """Tells on a terminal, once a second has passed, how far a long import is."""

    def __init__(self) -> None:
        self.start, self.width = time.monotonic(), 0

    def __call__(self, doing: str, number: int) -> None:
        if sys.stderr and sys.stderr.isatty() and time.monotonic() - self.start > 1:
            self._show(f"{doing} … {number:,}")

    def _show(self, text: str) -> None:
        write_stderr(f"{text:<{self.width}}", start="\r", end="")
        self.width = len(text)

    def clear(self) -> None:
        """Wipes the line."""
        if self.width:
            write_stderr(" " * self.width, start="\r", end="\r")


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--update", is_flag=True, help="Replace facts whose id is already in the file.")
@click.option("--dry-run", is_flag=True, help="Check and tell what would change, but write nothing.")
@click.option("--map", "mapping", metavar="FILE.toml", help="Read CSV of another form, e.g. sipri.toml.")
@click.pass_context
def import_command(context: click.Context, /, files: tuple[str, ...], mapping: str | None, **options: Any) -> int:
    """Add facts from JSON, JSON Lines, CSV or another fact file; - is standard input.

    All or nothing: when one record is wrong, every problem is told and nothing is written.

    \b
    factcli timeline --json | factcli --db mine.json import -
    factcli --db mine.json import --map sipri.toml trade-register.csv
    """
    from factcli.records import edit
    from factcli.records import mapping as mapped

    progress, countries = Progress(), country_code()
    reader = mapped.reader(mapping, stdin(), countries) if mapping else None
    try:
        report = edit.import_files(
            files, file_to_change(context), stdin=stdin(), reader=reader, country_code=countries,
            progress=progress, **options,
        )  # fmt: skip
    finally:
        progress.clear()
    write_messages(edit.told(report, options["dry_run"]), *report.notes)
    return FOUND


@click.command("remove")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Tell what would change, but write nothing.")
@click.pass_context
def remove_command(context: click.Context, /, ids: tuple[str, ...], dry_run: bool) -> int:
    """Take facts out of the file; tells what still links to them."""
    from factcli.records import edit

    report = edit.remove(ids, file_to_change(context), dry_run)
    write_messages(edit.told(report, dry_run), *report.notes)
    return FOUND


@click.command("export")
@click.pass_context
def export_command(context: click.Context, /) -> int:
    """Write the whole file as JSON Lines; import makes the same file of them."""
    from factcli import store
    from factcli.records import edit

    write("".join(edit.export(store.read(files_of(context)))))
    return FOUND


@click.command("check")
@click.argument("files", metavar="[FILE|-]...", nargs=-1)
@click.option("--no-warnings", is_flag=True, help="Only errors: what no record may enter a file with.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of findings.")
@click.pass_context
def check_command(context: click.Context, /, files: tuple[str, ...], no_warnings: bool, as_json: bool) -> int:
    """Tell every problem of fact files, or of files to import: where, what, how to mend it.

    Exit status 1 when there is one. E is an error, W a warning.
    """
    from factcli.records import edit

    names = files or files_of(context) or ("builtin",)
    found = edit.check_files(names, stdin(), country_code(), are_fact_files=not files)
    found = [finding for finding in found if finding.severity == "error" or not no_warnings]
    write(as_json_text(found) if as_json else as_lines(found))
    if not found:
        write_messages(f"{', '.join(names)}: no problems")
    return NOTHING_FOUND if found else FOUND


def as_lines(found: list[Any]) -> str:
    from factcli.records.problems import located

    return "".join(located(finding) + "\n" for finding in found)


def as_json_text(found: list[Any]) -> str:
    import json

    from factcli.store import escaped

    rows = (escaped(json.dumps(finding._asdict(), ensure_ascii=False)) for finding in found)
    return "[" + ",\n".join(rows) + "]\n"


@click.command("schema")
def schema_command() -> int:
    """Write the JSON Schema (draft 2020-12) of a fact."""
    import json

    from factcli.records import schema

    write(json.dumps(schema.document(), ensure_ascii=False, indent=2) + "\n")
    return FOUND


COMMANDS = {
    "import": import_command,
    "check": check_command,
    "remove": remove_command,
    "export": export_command,
    "schema": schema_command,
}
