"""What a user sees: answers, exit statuses, notes; the README among them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def factcli(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("FACTCLI_", "LC_"))}
    return subprocess.run(
        [sys.executable, "-m", "factcli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "LANG": "C.UTF-8"},
        check=False,
    )


def ids(*arguments: str) -> list[str]:
    return [fact["id"] for fact in json.loads(factcli(*arguments, "--json").stdout)]


README = re.findall(r"^\$ factcli (.*)\n((?:(?!\$|```).*\n)*)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)


def test_readme_has_examples() -> None:
    assert len(README) >= 3


@pytest.mark.parametrize(("command", "output"), README, ids=[command for command, _ in README])
def test_readme_shows_what_is_printed(command: str, output: str) -> None:
    assert factcli(*shlex.split(command)).stdout == output


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
    ],
    ids=str,
)
def test_exit_status(arguments: list[str], status: int) -> None:
    done = factcli(*arguments)
    assert done.returncode == status
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("spelling", ["خنجر حد", "khunjar haad", "Khanjar Hadd", "khanjr hadd", "تمرين خنجر الحد"])
def test_one_exercise_however_it_is_spelled(spelling: str) -> None:
    assert ids("exercise", spelling) == ["om-khanjar-hadd-2023"]


@pytest.mark.parametrize("name", ["turkey", "Türkiye", "تركيا", "لتركيا", "التركية", "TR", "turkish"])
def test_one_country_however_it_is_named(name: str) -> None:
    assert ids("partner", name) == ids("partner", "turkey") != []


@pytest.mark.parametrize("name", ["iran", "irann", "jordn", "yemn", "turkmenistan", "اليمن", "الأردن", "الاردنن"])
def test_another_country_finds_nothing_even_misspelt(name: str) -> None:
    assert ids("timeline", name) == []


def test_nothing_found_is_an_empty_array() -> None:
    done = factcli("sale", "zzz", "--json")
    assert (done.stdout, done.returncode) == ("[]\n", 1)


def test_a_pipe_holds_no_escape_codes_and_no_direction_marks() -> None:
    out = factcli("timeline", "--lang", "ar").stdout
    assert out and not re.search("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", out)


def test_the_oldest_come_first_and_the_undated_last() -> None:
    starts = [fact["date_start"] for fact in json.loads(factcli("timeline", "--json").stdout)]
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
    "pathlib",
)


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--version"], []),
        (["--help"], ["factcli.cli.editing"]),
        (["timeline", "--help"], []),
        (["partner", "turkey", "--json"], ["tinydb", "json"]),
        (["exercise", "خنجر الحد", "--csv"], ["tinydb", "json"]),
        (["timeline", "salalah"], ["tinydb", "json"]),
        (["partner", "turky", "--json"], ["rapidfuzz", "tinydb", "json"]),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_a_command_loads_what_it_needs(arguments: list[str], loaded: list[str]) -> None:
    code = (
        "import sys; from factcli.cli import main; main(sys.argv[1:]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    before = subprocess.run(
        [sys.executable, "-c", f"import sys; import click; print([n for n in {HEAVY!r} if n in sys.modules])"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = eval(done.stderr.splitlines()[-1])
    assert [name for name in found if name not in eval(before.stdout)] == loaded


def test_the_readme_quotes_the_last_measurement() -> None:
    measured = (ROOT / "tests/benchmark/names.last.txt").read_text(encoding="utf-8").split("\n\n")[-1].strip()
    quoted = "\n".join(re.findall(r"^> (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    assert quoted == measured
