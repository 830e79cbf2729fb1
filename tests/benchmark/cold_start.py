"""What a cold command costs, in instructions, as a ratio to `python -c 'import click'` of the same environment, and
what a table on a terminal costs as a ratio to the same answer as JSON in a pipe.

    python tests/benchmark/cold_start.py [--python PATH]

Instructions are counted by valgrind's callgrind: repeatable to half a per cent on any machine, however busy. Without
--python the checkout is installed into an environment made for it, since an editable install starts more slowly.
Beside each ratio stands how many facts were found: a fast wrong answer must be visible. The figures of the last run are
kept in cold_start.last.txt.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import platform
import pty
import re
import subprocess
import sys
import tempfile
import termios
import venv
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = {
    "--version": (),
    "--help": (),
    "filter, JSON": ("timeline", "-k", "exercise", "--json"),
    "everything, JSON": ("timeline", "--json"),
    "country, JSON": ("partner", "turkey", "--json"),
    "country in Arabic, JSON": ("partner", "تركيا", "--json"),
    "name, plain": ("timeline", "salalah"),
    "name in Arabic, JSON": ("exercise", "خنجر الحد", "--json"),
    "country with a typo, JSON": ("partner", "turky", "--json"),
    "word with a typo, JSON": ("timeline", "khunjr", "--json"),
    "across scripts, JSON": ("timeline", "hafilsan", "--json"),
}
TABLES = {
    "everything": ("timeline",),
    "everything, Arabic": ("timeline", "--lang", "ar"),
    "country": ("partner", "turkey"),
    "country, Arabic": ("partner", "turkey", "--lang", "ar"),
    "name": ("timeline", "salalah"),
}
TERMINAL = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", "VTE_VERSION": "7600"}
COLUMNS = 100
TABLE_BAR = 1.80
BAR = {"--version": 1.10, "--help": 1.10, "typo": 1.40, "across": 1.40}
EXACT_BAR = 1.20


def instructions(*command: str) -> int:
    """How many instructions a command executes, its second run."""
    subprocess.run(command, capture_output=True, check=False)
    counted = subprocess.run(
        ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command), capture_output=True, check=False
    )
    return collected(counted.stderr)


def instructions_on_a_terminal(*command: str) -> int:
    """How many instructions a command executes that writes to a terminal; it was run before."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, COLUMNS))
    valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command)
    with subprocess.Popen(valgrind, stdout=theirs, stderr=subprocess.PIPE, env=TERMINAL) as running:
        os.close(theirs)
        with contextlib.suppress(OSError):
            while os.read(ours, 65536):
                pass
        os.close(ours)
        return collected(running.communicate()[1])


def collected(told: bytes) -> int:
    """The number of instructions in what callgrind tells."""
    found = re.search(rb"Collected : (\d+)", told)
    if found is None:
        sys.exit(f"callgrind counted nothing: {told.decode()[-200:]}")
    return int(found[1])


def installed() -> str:
    """The python of a new environment in which the checkout is installed as users install it."""
    place = tempfile.mkdtemp(prefix="factcli-benchmark-")
    venv.create(place, with_pip=True)
    python = f"{place}/bin/python"
    subprocess.run((python, "-m", "pip", "install", "--quiet", str(ROOT)), check=True)
    return python


def bar(name: str) -> float:
    return next((limit for word, limit in BAR.items() if word in name), EXACT_BAR)


def report(python: str) -> list[str]:
    base = instructions(python, "-c", "import click")
    lines = [f"{datetime.date.today()}  Python {platform.python_version()}  click {version('click')}"]
    lines += [f"import click: {base / 1e6:.1f} M instructions", ""]
    for name, arguments in COMMANDS.items():
        command = (str(Path(python).parent / "factcli"), *(arguments or (name,)))
        found = subprocess.run((*command, "--count"), capture_output=True, text=True, check=False).stdout.strip()
        ratio = instructions(*command) / base
        verdict = "" if ratio <= bar(name) else "  missed"
        lines.append(f"{name:28} {ratio:6.3f}  bar {bar(name):.2f}  found {found if arguments else '-'}{verdict}")
    return [*lines, "", "tables, to the same answer as JSON", *tables(str(Path(python).parent / "factcli"))]


def tables(factcli: str) -> list[str]:
    lines = []
    for name, arguments in TABLES.items():
        found = subprocess.run((factcli, *arguments, "--count"), capture_output=True, text=True, check=False).stdout
        table = instructions_on_a_terminal(factcli, *arguments, "--no-pager")
        ratio = table / instructions(factcli, *arguments, "--json")
        verdict = "" if ratio <= TABLE_BAR else "  missed"
        lines.append(f"{name:28} {ratio:6.3f}  bar {TABLE_BAR:.2f}  found {found.strip()}{verdict}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", help="the python of an environment that has factcli")
    text = "\n".join(report(parser.parse_args().python or installed())) + "\n"
    print(text, end="")
    Path(__file__).with_suffix(".last.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
