"""The commands: what they answer, their exit statuses, and what they load."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from factcli import cli
from factcli.cli.options import ids_given
from factcli.errors import IndexDamageError

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def ids(run_factcli: Run) -> Callable[..., list[str]]:
    return lambda *arguments: [fact["id"] for fact in json.loads(run_factcli(*arguments, "--json").out)]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["partner", "turkey"], 0),
        (["partner", "تركيا"], 0),
        (["timeline", "iran"], 1),
        (["timeline", "اليمن"], 1),
        (["sale", "zzz"], 1),
        (["timeline", ""], 2),
        (["timeline", "--since", "2023-13"], 2),
        (["timline"], 2),
        (["--db", "/nope.json", "timeline"], 3),
        (["--db", "/nope.json", "remove", "x"], 3),
        (["timeline", "OR"], 2),
        (["timeline", "turkey OR zzzq"], 1),
        (["timeline", "NOT turky"], 1),
        (["timeline", "latest", "--explain", "--json"], 0),
        (["timeline", "-p", "salalah"], 1),
        (["timeline", "-p", "the"], 2),
        (["show", "us-om-tow-2023", "zzz"], 1),
    ],
    ids=str,
)
def test_exit_status(arguments: list[str], status: int, run_factcli: Run) -> None:
    done = run_factcli(*arguments)
    assert done.status == status
    assert "Traceback" not in done.err


def test_a_hyphen_that_is_no_option_hints_at_not(run_factcli: Run) -> None:
    assert "To leave out 'turkey', write NOT turkey." in run_factcli("timeline", "agreements", "-turkey").err


def test_what_filters_leave_out_is_reported(run_factcli: Run) -> None:
    done = run_factcli("exercise", "-k", "sale")
    assert (done.status, done.out) == (1, "")
    assert "facts are found only without the filters" in done.err


@pytest.mark.parametrize("spelling", ["خنجر حد", "khunjar haad", "Khanjar Hadd", "khanjr hadd", "تمرين خنجر الحد"])
def test_one_exercise_however_it_is_spelled(spelling: str, ids: Callable[..., list[str]]) -> None:
    assert ids("exercise", spelling) == ["om-khanjar-hadd-2023"]


@pytest.mark.parametrize("name", ["turkey", "Türkiye", "تركيا", "لتركيا", "التركية", "TR", "turkish"])
def test_one_country_however_it_is_named(name: str, ids: Callable[..., list[str]]) -> None:
    assert ids("partner", name) == ids("partner", "turkey") != []


@pytest.mark.parametrize("name", ["iran", "irann", "jordn", "yemn", "turkmenistan", "اليمن", "الأردن", "الاردنن"])
def test_another_country_finds_nothing_even_misspelt(name: str, ids: Callable[..., list[str]]) -> None:
    assert ids("timeline", name) == []


def test_nothing_found_is_an_empty_array(run_factcli: Run) -> None:
    done = run_factcli("sale", "zzz", "--json")
    assert (done.out, done.status) == ("[]\n", 1)


def test_a_pipe_holds_no_escape_codes_and_no_direction_marks(run_factcli: Run) -> None:
    out = run_factcli("timeline", "--lang", "ar").out
    assert out and not re.search("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", out)


def test_the_oldest_come_first_and_the_undated_last(run_factcli: Run) -> None:
    starts = [fact["date_start"] for fact in json.loads(run_factcli("timeline", "--json").out)]
    dated = [start for start in starts if start]
    assert dated == sorted(dated)
    assert starts[: len(dated)] == dated


HEAVY = (
    "rich",
    "rapidfuzz",
    "tinydb",
    "json",
    "factcli.terminal.bidi",
    "factcli.names.align",
    "factcli.cli.editing",
    "factcli.cli.citing",
    "pathlib",
    "shutil",
    "signal",
    "difflib",
)
LOADED = f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"


@pytest.fixture(scope="module")
def loaded_by_click() -> list[str]:
    """What click loads by itself, which differs by version of Python."""
    done = subprocess.run([sys.executable, "-c", f"import sys, click; {LOADED}"], stderr=subprocess.PIPE, check=True)
    return eval(done.stderr)


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--version"], []),
        (["--help"], ["factcli.cli.editing", "factcli.cli.citing"]),
        (["timeline", "--help"], []),
        (["partner", "turkey", "--json"], []),
        (["exercise", "خنجر الحد", "--csv"], ["json"]),
        (["timeline", "salalah"], []),
        (["timeline", "-k", "exercise", "-n", "3", "--json"], []),
        (["partner", "turky", "--json"], ["rapidfuzz"]),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_a_command_loads_what_it_needs(arguments: list[str], loaded: list[str], loaded_by_click: list[str]) -> None:
    code = f"import sys; from factcli.cli import main; main(sys.argv[1:]); {LOADED}"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    found = eval(done.stderr.splitlines()[-1])
    assert set(found) - set(loaded_by_click) == set(loaded) - set(loaded_by_click)


def test_an_error_of_the_program_itself_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("a defect")

    monkeypatch.setattr(cli, "read_facts", fail)
    assert cli.main(["info"]) == 3
    assert capsys.readouterr().err == (
        "factcli: an error in factcli itself: LookupError: a defect; please report it with this command\n"
    )


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (RecursionError(), 3), (SystemExit(1), 1), (SystemExit("x"), 2)]
)
def test_no_exception_leaves_the_command_line(
    error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "read_facts", fail)
    assert cli.main(["info"]) == status


def test_show_takes_ids_of_facts_entities_and_sources_in_their_order(run_factcli: Run) -> None:
    done = run_factcli("show", "us-oman", "us-om-tow-2023", "us-om-acsa-2014", "tow-2b", "--json")
    found = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert [(one.get("record"), one["id"]) for one in found] == [
        ("source", "us-oman"),
        (None, "us-om-tow-2023"),
        (None, "us-om-acsa-2014"),
        ("entity", "tow-2b"),
    ]
    lines = run_factcli("show", "us-oman", "us-om-tow-2023", "us-om-acsa-2014", "tow-2b", "--jsonl").out
    assert [json.loads(line) for line in lines.splitlines()] == found


def test_show_reads_ids_from_standard_input(run_factcli: Run) -> None:
    done = run_factcli("show", "tow-2b", "-", "--fields", "id", stdin="us-om-tow-2023\tand more\n\n  oman\n")
    assert (done.status, done.out) == (0, "tow-2b\nus-om-tow-2023\noman\n")
    assert run_factcli("show", "-", "--json", stdin="").out == "[]\n"
    assert run_factcli("show", "-", stdin="").status == 1


def test_show_shows_the_good_ids_and_notes_the_others(run_factcli: Run) -> None:
    done = run_factcli("show", "khanjar-had", "oman", "us-omann", "--fields", "id")
    assert (done.status, done.out) == (1, "oman\n")
    first, second = done.err.splitlines()
    assert first.startswith("factcli: nothing has the id 'khanjar-had'; the closest are khanjar-hadd")
    assert second.startswith("factcli: nothing has the id 'us-omann'; the closest are us-oman")


def test_show_of_a_fact_has_its_source_with_the_caveat(run_factcli: Run) -> None:
    fields = "source_title,source_url,source_note"
    title, url, note = run_factcli("show", "us-om-tow-2023", "--fields", fields).out.split("\t")
    assert title.startswith("“[Oman and the United States")
    assert "CENTCOM Citadel" in title
    assert url == "https://centcomcitadel.com/ar/articles/ssc/features/2024/02/26/feature-01"
    assert note.endswith("which is a party to what is told here.\n")


def test_what_show_answers_can_be_imported(run_factcli: Run, tmp_path: Path) -> None:
    answer = run_factcli("show", "us-oman", "oman", "tow-2b", "us-om-tow-2023", "--json").out
    done = run_factcli("--db", tmp_path / "a.json", "import", "-", stdin=answer)
    assert done.status == 0, done.err
    lines = run_factcli("--db", tmp_path / "a.json", "export").out.splitlines()
    assert lines and set(lines) & set(run_factcli("export").out.splitlines()) >= {
        line for line in lines if '"id": "us-oman"' in line or '"id": "oman"' in line or '"id": "tow-2b"' in line
    }


@pytest.mark.parametrize("command", ["timeline", "partner", "exercise", "sale"])
def test_a_source_is_a_filter(command: str, ids: Callable[..., list[str]], run_factcli: Run) -> None:
    words = ["turkey"] if command == "partner" else []
    everything = ids(command, *words)
    of_sources = [ids(command, *words, "--source", source) for source in ("us-oman", "turkey-oman")]
    assert sorted([*of_sources[0], *of_sources[1]]) == sorted(everything)
    assert ids(command, *words, "--source", "us-oman", "--source", "turkey-oman") == everything
    done = run_factcli(command, *words, "--source", "us-omann")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("factcli: --source: there is no source 'us-omann'; did you mean us-oman")


def test_a_source_that_leaves_everything_out_is_noted(run_factcli: Run) -> None:
    done = run_factcli("exercise", "khanjar hadd", "--source", "turkey-oman")
    assert (done.status, done.out) == (1, "")
    assert done.err == "factcli: 1 fact is found only without the filters\n"


def test_partners_of_another_type(run_factcli: Run) -> None:
    rows = json.loads(run_factcli("partner", "--type", "company", "--json").out)
    assert {row["id"] for row in rows} == {"aselsan", "havelsan"}
    assert list(rows[0]) == ["id", "name", "facts", "events", "first", "last"]
    assert (
        run_factcli("partner", "--type", "شركة", "--json").out
        == run_factcli("partner", "--type", "company", "--json").out
    )
    assert run_factcli("partner", "--type", "country").out == run_factcli("partner").out
    assert run_factcli("partner", "--type", "war").status == 2
    with_name = json.loads(run_factcli("partner", "us", "--type", "equipment", "--json").out)
    assert {row["id"] for row in with_name} == {"tow-2b", "bgm-71-tow"}
    assert run_factcli("partner", "us", "--type", "company", "--json").status == 1


# -- what a command echoes

HOSTILE = "a\x1b[31m\x1b]52;c;eA==\x07\x9b31m\u202ex\u2028\r\ny\t\x08\udcff"
RAW = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\ud800-\udfff]"


def echoing(name: str) -> Iterator[list[str]]:
    """Command lines of a command with `@` in each place that a user fills."""
    command = cli.commands.get_command(click.Context(cli.commands), name)
    assert command is not None
    yield from ([name, "@"], [name, "x", "@"], [name, "--none-@"], [name, "-%@"], [name, "@", "--none"])
    for param in command.params:
        for option in param.opts if isinstance(param, click.Option) else ():
            if option != "--csv":  # ends its lines with CR LF
                yield [name, "x", f"{option}=@"] if option.startswith("--") else [name, "x", option, "@"]
                yield [name, option, "@", "x"]


NAMES = [name for name in cli.commands.list_commands(click.Context(cli.commands)) if name != "search"]


@pytest.mark.parametrize("text", [HOSTILE, "x" * 100_000, "x y" * 30_000], ids=["hostile", "long", "long words"])
@pytest.mark.parametrize("name", [*NAMES, ""])
def test_what_is_echoed_neither_acts_nor_floods(
    name: str, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    lines = echoing(name) if name else [["@"], ["help", "@"], ["--db", "@", "info"], ["--@"], ["--version=@"]]
    for arguments in lines:
        status = cli.main([one.replace("@", text) for one in arguments])
        out, err = capsys.readouterr()
        assert status in (0, 1, 2, 3)
        assert not re.search(RAW, err.replace("\n", "")), arguments
        assert not re.search(RAW, re.sub("[\n\t]", "", out)), arguments
        assert max(map(len, err.splitlines()), default=0) < 1000, arguments
        assert "factcli itself" not in err, arguments


@pytest.mark.parametrize("text", [HOSTILE, "x" * 100_000], ids=["hostile", "long"])
@pytest.mark.parametrize("variable", ["FACTCLI_LANG", "FACTCLI_DB", "FACTCLI_BIDI", "COLUMNS", "TERM", "TMUX", "PAGER"])
def test_the_environment_neither_acts_nor_floods(variable: str, text: str, on_terminal: Run) -> None:
    for command in ("doctor", "info"):
        options = {"pages": True} if command == "doctor" else {}
        seen = on_terminal(command, "--bidi", "auto", env={"TERM": "xterm", variable: text}, **options).out
        assert not re.search("\x1b]|\x07|\x9b|\x08|\u2028|31my", seen)
        assert max(map(len, seen.splitlines())) < 1000


def test_the_name_of_a_file_does_not_act(tmp_path: Path, run_factcli: Run) -> None:
    name = tmp_path / (HOSTILE.replace("\udcff", "") + ".json")
    name.write_bytes((ROOT / "data" / "facts.json").read_bytes())
    for arguments in (["info"], ["info", "--json"], ["check"], ["remove", "zzz"], ["timeline", "tow"]):
        done = run_factcli("--db", name, *arguments)
        assert not re.search(RAW, re.sub("[\n\t]", "", done.out + done.err)), arguments
    lines = run_factcli("--db", name, "remove", "zzz").err.splitlines()
    assert len(lines) == 1


# -- the shell


def completed(run_factcli: Run, line: str, **env: str) -> list[str]:
    """What bash is offered for the last word of a command line."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_FACTCLI_COMPLETE": "bash_complete"}
    done = run_factcli(env={**words, **env})
    assert (done.status, done.err) == (0, "")
    return [one.partition(",")[2] for one in done.out.splitlines() if one]


def test_ids_are_completed(run_factcli: Run) -> None:
    assert completed(run_factcli, "factcli show us-om-tow") == ["us-om-tow-2023"]
    assert completed(run_factcli, "factcli timeline -p t") == ["TR"]
    assert completed(run_factcli, "factcli timeline --source us-") == ["us-oman"]
    assert "timeline" in completed(run_factcli, "factcli t")


@pytest.mark.parametrize(
    "name", ["\x1b]0;x\x07", "b\nplain,c", "$(touch x)", "a b", "-n", "\u202eb", "`id`", "b;c", ""]
)
def test_an_id_that_a_shell_would_obey_is_not_offered(name: str, tmp_path: Path, run_factcli: Run) -> None:
    tables = json.loads((ROOT / "data" / "facts.json").read_bytes())
    entity = tables["entities"]["1"]
    tables["entities"] = {"1": {**entity, "id": name}, "2": {**entity, "id": "عُمان-b.c"}}
    tables["facts"] = tables["sources"] = {}
    (tmp_path / "a.json").write_text(json.dumps(tables))
    assert completed(run_factcli, "factcli show ", FACTCLI_DB=str(tmp_path / "a.json")) == ["عُمان-b.c"]


def test_a_file_that_cannot_be_read_completes_nothing(run_factcli: Run) -> None:
    assert completed(run_factcli, "factcli show ", FACTCLI_DB="/nope.json") == []


# -- limits and outputs


@pytest.mark.parametrize("value", ["0", "-1", "ten", "1.5", "", "1000001", "9" * 21, "9" * 5000])
def test_a_limit_that_is_none_is_refused_with_the_reason(value: str, run_factcli: Run) -> None:
    done = run_factcli("timeline", "--limit", value)
    assert (done.status, done.out) == (2, "")
    assert "is no whole number from 1 to 1,000,000" in done.err
    assert run_factcli("timeline", "--limit", "1000000", "--fields", "id").out.count("\n") == 50


WRITING = ["--help", "--version", "help sale", "timeline -h", "timeline --json", "show us-oman", "info --csl", "doctor",
           "completion zsh", "schema", "cite us-oman", "check --json", "export tow", "open us-oman"]  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
@pytest.mark.parametrize("command", WRITING)
def test_an_answer_that_cannot_be_written_is_one_line(command: str, environment: dict[str, str]) -> None:
    env = {**environment, "BROWSER": "true"}
    for target in (">/dev/full", ">&-"):
        line = ["sh", "-c", f'exec "$@" {target}', "sh", sys.executable, "-m", "factcli", *command.split()]
        done = subprocess.run(line, capture_output=True, text=True, env=env, check=False)
        assert done.returncode == 3, (target, done.stderr)
        assert done.stderr.count("\n") == 1 and done.stderr.startswith("factcli: "), (target, done.stderr)


@pytest.mark.parametrize("command", WRITING)
def test_a_reader_that_leaves_is_no_error(command: str, environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, "-m", "factcli", *command.split()]
    env = {**environment, "BROWSER": "true"}
    done = subprocess.run(line, stdout=writing, stderr=subprocess.PIPE, text=True, env=env, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr.replace("factcli: builtin: no problems\n", "")) == (0, "")


# -- memory


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 20,000 facts."""
    tables = json.loads((ROOT / "data" / "facts.json").read_bytes())
    facts = list(tables["facts"].values())
    tables["facts"] = {
        str(number): {**facts[number % len(facts)], "id": f"fact-{number}", "links": []} for number in range(1, 20001)
    }
    path = tmp_path_factory.mktemp("large") / "large.json"
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the address space of a process is not limited")
@pytest.mark.parametrize("command", ["export", "import - --update --dry-run"])
def test_too_little_memory_is_one_line(command: str, large: Path, environment: dict[str, str]) -> None:
    ends = set()
    for megabytes in (40, 80, 130, 190, 400):
        size = megabytes << 20
        with open(large, "rb") as given:
            done = subprocess.run(
                [sys.executable, "-m", "factcli", "--db", large, *command.split()],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                check=False,
                preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_AS, (size, size)),
            )
        assert done.returncode in (0, 3), (megabytes, done.stderr)
        assert done.stderr.count(b"\n") <= 1 and b"Traceback" not in done.stderr, (megabytes, done.stderr)
        assert done.returncode == 0 or done.stderr.startswith(b"factcli: "), (megabytes, done.stderr)
        ends.add(done.returncode)
    assert 3 in ends


# In this process, whose coverage is counted to the last line.


@pytest.mark.parametrize(
    ("arguments", "status", "seen"),
    [
        (["help"], 0, "Commands:"),
        (["help", "sale"], 0, "Usage: factcli sale"),
        (["help", "nothing"], 2, "No such command 'nothing'"),
        ([], 2, "Usage: factcli"),
        (["salalah"], 2, "`factcli timeline salalah` searches for it"),
        (["zzzz"], 2, "No such command 'zzzz'"),
        (["completion", "zsh"], 0, "#compdef factcli"),
    ],
)
def test_help_and_hints(arguments: list[str], status: int, seen: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == status
    out, err = capfd.readouterr()
    assert seen in (err if status else out)
    assert not (out if status else err)


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), SystemExit(4), OSError(5, "Input/output error", "f")]
)
def test_an_error_of_the_system_has_its_status(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "read_facts", fail)
    expected = {RecursionError: 3, MemoryError: 3, SystemExit: 4, OSError: 3}
    assert cli.main(["info"]) == expected[type(error)]


def test_an_answer_that_an_index_could_not_give_is_looked_up_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read(context: click.Context, **_: object) -> None:
        asked.append(context.find_root().obj.uses_index)
        raise IndexDamageError("damaged")

    monkeypatch.setattr(cli, "read_facts", read)
    assert cli.main(["info"]) == 3
    assert asked == [True, False]


def test_what_was_read_from_standard_input_is_there_when_a_look_up_is_repeated(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    plain, runs = cli.read_facts, []

    def read(context: click.Context, **options: bool) -> object:
        runs.append(context)
        if len(runs) == 1:
            raise IndexDamageError("damaged")
        return plain(context, **options)

    monkeypatch.setattr(cli, "read_facts", lambda context, **options: (ids_given(["-"]), read(context, **options))[1])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"us-om-tow-2023\n")))
    assert cli.main(["show", "-", "--fields", "id"]) == 0
    assert capfd.readouterr().out == "us-om-tow-2023\n"
    assert len(runs) == 2


@pytest.mark.parametrize("words", ["9" * 320, "more than " + "9" * 320 + " USD", "1" + "0" * 400 + " million"])
def test_a_number_beyond_all_bounds_finds_nothing(words: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["timeline", *words.split()]) == 1
    assert "an error in factcli itself" not in capfd.readouterr().err


def test_of_many_unknown_ids_the_first_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", *(f"no-{number}" for number in range(1000))]) == 1
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "factcli: nothing has 995 more of the ids"


@pytest.mark.parametrize("variables", [{}, {"COMP_WORDS": "factcli ", "COMP_CWORD": "x"}])
def test_completion_is_silent_where_a_shell_asks_wrongly(variables: dict[str, str], run_factcli: Run) -> None:
    done = run_factcli(env={"_FACTCLI_COMPLETE": "bash_complete", **variables})
    assert (done.status, done.out, done.err) == (2, "", "")


def test_a_removed_working_directory_is_named(tmp_path: Path, environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m factcli --db z.json import {tmp_path}/f"
    script = f"mkdir {tmp_path}/d; cd {tmp_path}/d; rmdir ../d; exec {command}"
    (tmp_path / "f").write_text('{"kind": "visit", "title": {"en": "x"}}', encoding="utf-8")
    done = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "the working directory was removed" in done.stderr
