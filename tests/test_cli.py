"""The commands: what they answer, their exit statuses, and what they load."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcli import cli

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
        (["partner", "turkey", "--json"], ["json"]),
        (["exercise", "خنجر الحد", "--csv"], ["json"]),
        (["timeline", "salalah"], ["json"]),
        (["partner", "turky", "--json"], ["rapidfuzz", "json"]),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_a_command_loads_what_it_needs(arguments: list[str], loaded: list[str], loaded_by_click: list[str]) -> None:
    code = f"import sys; from factcli.cli import main; main(sys.argv[1:]); {LOADED}"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    found = eval(done.stderr.splitlines()[-1])
    assert [name for name in found if name not in loaded_by_click] == loaded


def test_an_error_of_the_program_itself_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a defect")

    monkeypatch.setattr(cli, "read_facts", fail)
    assert cli.main(["info"]) == 3
    assert capsys.readouterr().err == (
        "factcli: an error in factcli itself: LookupError: a defect; please report it with this command\n"
    )


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (RecursionError(), 2), (SystemExit(1), 1), (SystemExit("x"), 2)]
)
def test_no_exception_leaves_the_command_line(
    error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
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
