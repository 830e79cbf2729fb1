"""Options: what they make of a command line, which files are read, and what the shell is offered."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any

import click
import pytest

from factcli.cli import commands, main
from factcli.cli.options import (
    Command,
    entity_type,
    help_text,
    ids_given,
    make_filters,
    make_view,
    named_files,
    read_facts,
    require_sources,
    today,
)
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Filters, View

if TYPE_CHECKING:
    from conftest import Run

LEXICON = Lexicon()


def options(*arguments: str, command: str = "timeline") -> dict[str, Any]:
    """The options of a command line by their name."""
    return commands.commands[command].make_context(command, list(arguments)).params


def context(*arguments: str) -> click.Context:
    return commands.make_context("factcli", [*arguments, "info"])


@pytest.mark.parametrize(
    ("arguments", "filters"),
    [
        ([], Filters()),
        (["-p", "turkey", "--partner", "us"], Filters(partners=("turkey", "us"))),
        (["-k", "اتفاقيات"], Filters(kinds=("agreement",))),
        (["--since", "2019", "--until", "2023-02"], Filters(since="2019-01-01", until="2023-02-28")),
        (["--undated", "--exact"], Filters(undated=True, exact=True)),
        (["--source", "a", "--source", "b"], Filters(sources=("a", "b"))),
    ],
)
def test_filters(arguments: list[str], filters: Filters) -> None:
    assert make_filters(LEXICON, options(*arguments)) == filters


def test_the_status_of_sales() -> None:
    assert make_filters(LEXICON, options("--status", "approved", command="sale")).statuses == ("approved",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-k", "war"], "--kind: 'war' is none of agreement, sale, "),
        (["--since", "2023-13"], "--since: 2023-13 does not exist"),
        (["--until", "soon"], "--until: 'soon' names no period"),
        (["--since", "2024", "--until", "2023"], "--since: the period ends before it begins"),
        (["--since", "before 2015"], "--since: 'before 2015' has no first day"),
        (["--until", "after 2015"], "--until: 'after 2015' has no last day"),
        (["--since", "yesterday"], "--since: 'yesterday' is another day each day; write it as YYYY-MM-DD"),
        (["-p", "--json"], "--partner: a name is missing before --json"),
    ],
)
def test_an_unknown_value_is_refused_with_its_option(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        make_filters(LEXICON, options(*arguments))


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        ([], {}),
        (["--json"], {"format": "json"}),
        (["--json", "--csv"], {"format": "csv"}),
        (["-f", "md", "--fields", "id,date"], {"format": "md", "fields": "id,date"}),
        (["--lang", "ar", "-n", "3", "--reverse"], {"lang": "ar", "limit": 3, "reverse": True}),
        (["--count", "-q"], {"count_only": True, "quiet": True}),
        (["--explain", "--no-pager"], {"explain": True, "pager": False}),
        (["--csv-raw", "--csv-bom"], {"csv_raw": True, "csv_bom": True}),
        (["--color", "always", "--bidi", "app"], {}),
    ],
    ids=" ".join,
)
def test_a_view_of_a_pipe(arguments: list[str], changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "FACTCLI_LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert make_view(options(*arguments)) == View(format="plain")._replace(**changed)


def test_a_view_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "70")
    view = make_view(options("--color", "always", "--bidi", "app", "--lang", "ar"))
    assert view == View(format="table", lang="ar", bidi="visual", color=True, width=70)


def test_the_environment_names_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCLI_LANG", "both")
    assert options()["lang"] == "both"
    assert options("--lang", "en")["lang"] == "en"


@pytest.mark.parametrize(
    ("arguments", "variable", "files"),
    [
        ([], None, ()),
        ([], "", ()),
        ([], "a.json:b.json", ("a.json", "b.json")),
        (["--db", "c.json"], "a.json", ("c.json",)),
        (["--db", "builtin", "--db", "c.json"], None, ("builtin", "c.json")),
    ],
)
def test_the_files_that_are_read(
    arguments: list[str], variable: str | None, files: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FACTCLI_DB", raising=False)
    monkeypatch.setattr("os.pathsep", ":")
    if variable is not None:
        monkeypatch.setenv("FACTCLI_DB", variable)
    assert named_files(context(*arguments)) == files


def test_an_empty_name_of_a_file_is_refused() -> None:
    with pytest.raises(UsageError, match="the name of the file is empty"):
        named_files(context("--db", ""))


def test_the_shell_is_offered_partners_and_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCLI_DB", raising=False)
    facts = read_facts(context()).facts
    by_name = {one.name: one for name in ("timeline", "show") for one in commands.commands[name].params}
    partners = [item.value for item in by_name["partners"].shell_complete(context(), "t")]
    assert partners == ["TR"]
    ids = [item.value for item in by_name["ids"].shell_complete(context(), "us-om-t")]
    assert ids == [fact["id"] for fact in facts if fact["id"].startswith("us-om-t")] != []


def test_today_is_the_day_of_the_clock_in_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda form: {"%Y-%m-%d": "2026-03-04"}[form])
    assert today() == "2026-03-04"


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_option_has_a_help_text(name: str) -> None:
    for parameter in commands.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert parameter.help.endswith((".", "]"))


@pytest.mark.parametrize(
    ("option", "word", "near"),
    [
        ("--kind", "agrement", "agreement"),
        ("--kind", "exercize", "exercise"),
        ("--kind", "اتفاقة", "اتفاقية"),
        ("--kind", "تمرينن", "تمرين"),
        ("--status", "aproved", "approved"),
        ("--status", "canceld", "cancelled"),
        ("--status", "zzz", None),
    ],
)
@pytest.mark.parametrize("command", ["timeline", "partner", "exercise", "sale"])
def test_a_wrong_value_is_refused_with_the_near_one(
    command: str, option: str, word: str, near: str | None, run_factcli: Run
) -> None:
    done = run_factcli(command, option, word)
    assert (done.status, done.out) == (2, "")
    assert f"factcli: {option}: {word!r} is none of " in done.err
    assert ("did you mean" in done.err) == (near is not None)
    assert near is None or done.err.endswith(f"; did you mean {near}?\n")


@pytest.mark.parametrize("command", ["timeline", "partner", "exercise", "sale"])
@pytest.mark.parametrize("statuses", [["held", "approved"], ["موافق عليه", "تم"]], ids=["en", "ar"])
def test_every_look_up_takes_statuses(command: str, statuses: list[str], run_factcli: Run) -> None:
    given = [part for status in statuses for part in ("--status", status)]
    rows = json.loads(run_factcli(command, *given, "--json").out)
    assert rows
    assert {row.get("status") for row in rows} <= {"held", "approved", None if command == "partner" else "held"}


@pytest.mark.parametrize("command", [["timeline"], ["partner", "us"], ["exercise"], ["sale"]])
def test_tables_have_the_status_as_a_word(command: list[str], on_terminal: Run) -> None:
    seen = on_terminal(*command, "--status", "approved", "--status", "held", "--color", "never").out
    assert "Status" in seen
    assert "approved" in seen or "held" in seen


def test_a_source_is_one_that_is_described_or_cited() -> None:
    facts = read_facts(context())
    cited = facts._replace(facts=[{**facts.facts[0], "sources": [{"source": "cited"}]}])
    require_sources(["us-oman", "cited"], cited)
    with pytest.raises(UsageError, match=re.escape("--source: there is no source 'us-omann'; did you mean us-oman")):
        require_sources(["us-oman", "us-omann"], facts)
    with pytest.raises(UsageError, match=r"no source 'zzz'; `factcli info` lists the sources"):
        require_sources(["zzz"], facts)


@pytest.mark.parametrize(
    ("word", "found"),
    [("person", "person"), ("Person", "person"), ("شركة", "company"), ("عتاد", "equipment"), ("country", "country")],
)
def test_a_type_of_entities_in_either_language(word: str, found: str) -> None:
    assert entity_type(word, LEXICON) == found


def test_a_word_that_is_no_type_is_refused_with_the_near_one() -> None:
    with pytest.raises(UsageError, match=re.escape("'organisation' is no type of entity; did you mean organization?")):
        entity_type("organisation", LEXICON)
    with pytest.raises(UsageError, match="it may be country, organization, "):
        entity_type("xyzzy", LEXICON)


def test_ids_are_the_first_words_of_the_lines_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"\xef\xbb\xbfb\tmore\r\n\n  c d\n\xff\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    assert ids_given(["a", "-", "e"]) == ["a", "b", "c", "\ufffd", "e"]
    monkeypatch.setattr(sys, "stdin", None)
    assert ids_given(["a"]) == ["a"]
    with pytest.raises(UsageError, match="standard input: is closed"):
        ids_given(["-"])


def test_the_shell_is_offered_sources_and_ids_of_all_sorts() -> None:
    parameters = {one.name: one for one in commands.commands["timeline"].params + commands.commands["show"].params}
    (source,) = parameters["sources"].shell_complete(context(), "us")
    assert source.value == "us-oman"
    offered = [one.value for one in parameters["ids"].shell_complete(context(), "us-om")]
    assert {"us-oman", "us-om-tow-2023"} <= set(offered)
    assert [one.value for one in parameters["ids"].shell_complete(context(), "khan")] == ["khanjar-hadd"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["-kexercise"],
        ["-k=exercise"],
        ["-qk", "visit"],
        ["-q=1"],
        ["-x"],
        ["-n"],
        ["--k", "visit"],
        ["-p", "-k"],
        ["-فيل"],
    ],
    ids=" ".join,
)
def test_short_options_are_those_of_click(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = main(["timeline", *arguments]), capfd.readouterr()
    monkeypatch.setattr(Command, "make_parser", click.Command.make_parser)
    assert (main(["timeline", *arguments]), capfd.readouterr()) == ours


@pytest.mark.parametrize("columns", ["30", "60", "90", "200", "0", "wide"])
def test_help_is_as_wide_as_click_makes_it(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for root in (commands, commands.commands["sale"]):
        settings = root.context_settings
        assert help_text(click.Context(root, **settings)) == click.Context(root, **settings).get_help()
