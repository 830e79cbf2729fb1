"""What a cold command costs, in instructions, as a ratio to `python -c 'import click'` of the same environment, and
what a table on a terminal costs as a ratio to the same answer as JSON in a pipe.

    python tests/benchmark/cold_start.py [--python PATH]

Instructions are counted by valgrind's callgrind: repeatable to half a per cent on any machine, however busy. Without
--python the checkout is installed into an environment made for it, since an editable install starts more slowly, and
the figures are kept in cold_start.last.txt; with it, the `factcli` beside that python is measured and nothing is kept.
Beside each ratio stands how many facts were found and how their words matched (the values of `match.how`; `none` where
nothing was found, `-` where there are no words to match): a fast wrong answer must be visible.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import termios
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Case(NamedTuple):
    """A command and the highest ratio that it may have."""

    name: str
    bar: float
    arguments: tuple[str, ...]
    columns: int = 100


BARE, KNOWN, TYPO, FAR = 1.05, 1.15, 1.35, 1.80
TABLE, WIDE_TABLE = 1.80, 2.00
COMMANDS = (
    Case("--version", BARE, ("--version",)),
    Case("--help", BARE, ("--help",)),
    Case("filter, JSON", KNOWN, ("timeline", "-k", "exercise", "--json")),
    Case("everything, JSON", KNOWN, ("timeline", "--json")),
    Case("country, JSON", KNOWN, ("partner", "turkey", "--json")),
    Case("country in Arabic, JSON", KNOWN, ("partner", "تركيا", "--json")),
    Case("name, plain", KNOWN, ("timeline", "salalah")),
    Case("name in Arabic, JSON", KNOWN, ("exercise", "خنجر الحد", "--json")),
    Case("several words, JSON", KNOWN, ("timeline", "agreements", "2019", "salalah", "--json")),
    Case("country with a typo, JSON", TYPO, ("partner", "turky", "--json")),
    Case("word with a typo, JSON", TYPO, ("timeline", "khunjr", "--json")),
    Case("across scripts, JSON", FAR, ("exercise", "5anjar 7add", "--json")),
    Case("no hit, JSON", FAR, ("timeline", "xylophone", "--json")),
    Case("no hit in Arabic, JSON", FAR, ("timeline", "زرافة", "--json")),
)
TABLES = (
    Case("everything", TABLE, ("timeline",)),
    Case("everything, Arabic", WIDE_TABLE, ("timeline", "--lang", "ar")),
    Case("everything, both", WIDE_TABLE, ("timeline", "--lang", "both")),
    Case("everything, 40 columns", WIDE_TABLE, ("timeline",), columns=40),
    Case("country", TABLE, ("partner", "turkey")),
    Case("country, Arabic", WIDE_TABLE, ("partner", "turkey", "--lang", "ar")),
    Case("country, both", WIDE_TABLE, ("partner", "turkey", "--lang", "both")),
    Case("country, 40 columns", WIDE_TABLE, ("partner", "turkey"), columns=40),
    Case("name", TABLE, ("timeline", "salalah")),
)
PIPE = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
TERMINAL = {**PIPE, "TERM": "xterm-256color", "VTE_VERSION": "7600"}
VERSIONS = """
import platform, importlib.metadata
print(f"Python {platform.python_version()}  click {importlib.metadata.version('click')}")
"""
VALGRIND = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")


def instructions(*command: str) -> int:
    """The number of instructions that a command executes, its second run."""
    subprocess.run(command, capture_output=True, env=PIPE, check=False)
    return collected(subprocess.run((*VALGRIND, *command), capture_output=True, env=PIPE, check=False).stderr)


def instructions_on_a_terminal(columns: int, *command: str) -> int:
    """The number of instructions that a command executes that writes to a terminal of that width."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with subprocess.Popen((*VALGRIND, *command), stdout=theirs, stderr=subprocess.PIPE, env=TERMINAL) as running:
        os.close(theirs)
        with contextlib.suppress(OSError):
            while os.read(ours, 65536):
                pass
        os.close(ours)
        return collected(running.communicate()[1])


def collected(log: bytes) -> int:
    """The number of instructions in the log of callgrind."""
    found = re.search(rb"Collected : (\d+)", log)
    if found is None:
        sys.exit(f"callgrind counted nothing: {log.decode()[-200:]}")
    return int(found[1])


def installed() -> str:
    """The python of a new environment in which the checkout is installed as users install it."""
    place = tempfile.mkdtemp(prefix="factcli-benchmark-")
    venv.create(place, with_pip=True)
    python = f"{place}/bin/python"
    subprocess.run((python, "-m", "pip", "install", "--quiet", str(ROOT)), check=True)
    return python


def matched(factcli: str, arguments: tuple[str, ...]) -> tuple[str, str]:
    """How many facts a command finds, and how their words matched."""
    if arguments[0].startswith("-"):
        return "-", "-"
    answer = subprocess.run((factcli, *arguments, "--json"), capture_output=True, env=PIPE, check=False).stdout
    facts = json.loads(answer)
    how = {word["how"] for fact in facts for word in fact.get("match", {}).get("words", ())}
    return str(len(facts)), (" + ".join(sorted(how)) or "-") if facts else "none"


def line(case: Case, ratio: float, factcli: str) -> str:
    found, how = matched(factcli, case.arguments)
    verdict = "" if ratio <= case.bar else "  missed"
    return f"{case.name:28} {ratio:6.3f}  bar {case.bar:.2f}  found {found:>2}  {how}{verdict}"


def report(python: str) -> list[str]:
    factcli = str(Path(python).parent / "factcli")
    versions = subprocess.run((python, "-c", VERSIONS), capture_output=True, text=True, check=True).stdout.strip()
    base = instructions(python, "-c", "import click")
    lines = [f"{datetime.date.today()}  {versions}", f"import click: {base / 1e6:.1f} M instructions", ""]
    lines += [line(case, instructions(factcli, *case.arguments) / base, factcli) for case in COMMANDS]
    lines += ["", "tables, to the same answer as JSON"]
    for case in TABLES:
        table = instructions_on_a_terminal(case.columns, factcli, *case.arguments, "--no-pager")
        lines.append(line(case, table / instructions(factcli, *case.arguments, "--json"), factcli))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="the python of an environment that has factcli")
    python = parser.parse_args().python
    text = "\n".join(report(python or installed())) + "\n"
    print(text, end="")
    if not python:
        Path(__file__).with_suffix(".last.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
