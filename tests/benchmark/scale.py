"""What look-ups cost in files of 60 to 100,000 facts, and what the same job costs with other tools.

    python tests/benchmark/scale.py [--sizes 60,1000,10000,100000] [--rounds 5] [--python PATH] [--instructions]

The files are made up (`tests/made_facts.py`): ten facts of each are about one exercise, which is asked for. A line for
each look-up: how its words matched (`match.how`), how many of the right facts came, and how many wrong ones; processor
time as a multiple of `python -c 'import click'`, medians of runs in turn; the same as a multiple of what it is in the
smallest file; peak memory. With --instructions, valgrind counts instructions instead, which takes fifty times as long.
Of other tools, which are left out where they are not installed, the exact word is asked. Behind that, how many
questions a second one process answers by an open index.

Without --python the checkout is installed into an environment made for it, and the figures are kept in scale.last.txt.
"""

from __future__ import annotations

import argparse
import datetime
import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

HERE = Path(__file__)
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from cold_start import VALGRIND, VERSIONS, collected, installed  # noqa: E402
from made_facts import NEEDLES, write_facts  # noqa: E402

TICK = 2.5
"""Seconds after which an index trusts the time of change of its file."""

RIGHT = frozenset(f"mt-exercise-{number:07}" for number in NEEDLES)
LATER = frozenset(one for one in RIGHT if 2010 + int(one[-7:]) // 6 >= 2015)
NEW = {"kind": "visit", "title": {"en": "A visit"}, "date": "2024-05-06", "partners": ["OM", "TR"]}


class Case(NamedTuple):
    """A look-up, and the ids of the facts that are right, or their number."""

    name: str
    arguments: tuple[str, ...]
    right: frozenset[str] | int


CASES = (
    Case("exact word", ("timeline", "falcon", "--json"), RIGHT),
    Case("exact word in Arabic", ("timeline", "الصقر", "--json"), RIGHT),
    Case("several words", ("timeline", "sand", "exercises", "since", "2015", "--json"), LATER),
    Case("filter", ("timeline", "-p", "malta", "-k", "exercise", "--since", "2015", "--json"), LATER),
    Case("typo", ("timeline", "sand falkon", "--json"), RIGHT),
    Case("across scripts", ("timeline", "rimal saqr", "--json"), RIGHT),
    Case("no hit", ("timeline", "qwrtzp", "--json"), frozenset()),
    Case("show", ("show", "mt-exercise-0000003", "--json"), frozenset({"mt-exercise-0000003"})),
    Case("-n 5", ("timeline", "agreements", "-n", "5", "--json"), 5),
    Case("--count", ("timeline", "falcon", "--count"), 10),
)


class Usage(NamedTuple):
    """What a command printed and used."""

    out: str
    cpu: float
    """Seconds of the processor, or instructions."""
    peak: float
    """MiB of memory."""


class Machine:
    """Runs commands, and measures them."""

    def __init__(self, cache: Path, counts: bool) -> None:
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "FACTCLI_CACHE": str(cache)}
        self.counts = counts

    def run(self, command: Sequence[str], stdin: Path | None = None) -> Usage:
        with tempfile.TemporaryFile() as out, open(stdin or os.devnull, "rb") as given:
            running = subprocess.Popen(command, stdin=given, stdout=out, stderr=subprocess.DEVNULL, env=self.env)
            _, _, used = os.wait4(running.pid, 0)
            running.returncode = 0
            out.seek(0)
            cpu = used.ru_utime + used.ru_stime
            if self.counts:
                given.seek(0)
                counted = (*VALGRIND, *command)
                again = subprocess.run(counted, stdin=given, capture_output=True, env=self.env, check=False)
                cpu = float(collected(again.stderr))
            return Usage(out.read().decode(), cpu, used.ru_maxrss / 1024)


# -- the files


class Files(NamedTuple):
    """The same facts as each tool takes them."""

    facts: Path
    copy: Path
    lines: Path
    records: Path
    database: Path


def make_files(size: int, folder: Path) -> Files:
    """The files, made in a process of its own: its memory would count as that of the commands that this one starts."""
    names = ("facts.json", "copy.json", "facts.jsonl", "facts.rec", "facts.sqlite")
    files = Files(*(folder / f"{size}-{name}" for name in names))
    maker = multiprocessing.get_context("fork").Process(target=_make, args=(size, files))
    maker.start()
    maker.join()
    if maker.exitcode:
        sys.exit(f"the files of {size} facts could not be made")
    return files


def _make(size: int, files: Files) -> None:
    with files.facts.open("w", encoding="utf-8") as file:
        write_facts(size, file)
    shutil.copy(files.facts, files.copy)
    facts = list(json.loads(files.facts.read_text(encoding="utf-8"))["facts"].values())
    with files.lines.open("w", encoding="utf-8") as lines, files.records.open("w", encoding="utf-8") as records:
        for fact in facts:
            lines.write(json.dumps(fact, ensure_ascii=False) + "\n")
            records.write(f"id: {fact['id']}\ntitle: {fact['title']['en']}\ntitleAr: {fact['title']['ar']}\n\n")
    with sqlite3.connect(files.database) as db:
        db.execute("CREATE TABLE facts (id TEXT PRIMARY KEY, title TEXT, title_ar TEXT, fact TEXT)")
        db.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?)",
            ((one["id"], *one["title"].values(), json.dumps(one, ensure_ascii=False)) for one in facts),
        )
        db.execute("CREATE VIRTUAL TABLE facts_fts USING fts5 (title, title_ar, content=[facts])")
        db.execute("INSERT INTO facts_fts (rowid, title, title_ar) SELECT rowid, title, title_ar FROM facts")


# -- factcli


def measured(size: int, files: Files, machine: Machine, bin_: Path, rounds: int) -> Iterator[str]:
    """The lines of one size, of medians of so many rounds."""
    factcli, python = str(bin_ / "factcli"), str(bin_ / "python")
    if size >= 1000:
        time.sleep(TICK)
    at_file = (factcli, "--db", str(files.facts))
    building = machine.run((*at_file, "timeline", "falcon", "--json"))
    commands = {case.name: (*at_file, *case.arguments) for case in CASES}
    tools = peers(files, python)
    runs: dict[str, list[Usage]] = {}
    for at in range(rounds):
        runs.setdefault("click", []).append(machine.run((python, "-c", "import click")))
        for name, command in commands.items():
            runs.setdefault(name, []).append(machine.run(command))
        runs.setdefault("import", []).append(imported(files, machine, factcli, at))
        for name, (command, stdin) in tools.items():
            runs.setdefault(name, []).append(machine.run(command, stdin))
    cost = {name: median(one.cpu for one in of) for name, of in runs.items()}
    unit = f"{cost['click'] / 1e6:.0f} M instructions" if machine.counts else f"{cost['click'] * 1000:.0f} ms"
    yield f"{size:,} facts, {files.facts.stat().st_size / 1e6:.1f} MB; `import click`: {unit}"
    yield f"{'':22} {'matched':16} {'right':>9} {'x click':>8} {'x least':>8} {'MiB':>6}"
    for case in CASES:
        matched, right = judged(case, runs[case.name][-1].out)
        yield line(case.name, matched, right, cost[case.name], cost["click"], runs[case.name])
    added = json.loads(machine.run((factcli, "--db", str(files.copy), "info", "--json")).out)[0]["facts"] - size
    yield line("import of one fact", "-", f"{added}/{rounds}", cost["import"], cost["click"], runs["import"])
    yield line("first look-up, index", "-", judged(CASES[0], building.out)[1], building.cpu, cost["click"], [building])
    for name, of in runs.items():
        if name in tools:
            found = sum(one in of[-1].out for one in RIGHT)
            yield line(name, "-", f"{found}/{len(RIGHT)}", cost[name], cost["click"], of)
    yield from (f"{name:22} not installed" for name in TOOLS if name not in tools)


def imported(files: Files, machine: Machine, factcli: str, at: int) -> Usage:
    """What it takes to import one fact that the file has not."""
    new = files.lines.with_name("new.jsonl")
    new.write_text(json.dumps({**NEW, "id": f"new-{at}"}) + "\n", encoding="utf-8")
    return machine.run((factcli, "--db", str(files.copy), "import", str(new)))


LEAST: dict[str, float] = {}
"""What each line costs in the smallest file, as a multiple of `import click`."""


def line(name: str, matched: str, right: str, cost: float, click: float, runs: Sequence[Usage]) -> str:
    ratio = cost / click
    times = f"{ratio / LEAST.setdefault(name, ratio):8.2f}"
    return f"{name:22} {matched:16} {right:>9} {ratio:8.2f} {times} {max(one.peak for one in runs):6.0f}"


def judged(case: Case, out: str) -> tuple[str, str]:
    """How the words of a look-up matched, and how many of the right facts came, and of wrong ones."""
    if "--count" in case.arguments:
        return "-", f"{out.strip()}/{case.right}"
    facts: list[dict[str, Any]] = json.loads(out or "[]")
    how = {word["how"] for fact in facts for word in fact.get("match", {}).get("words", ())}
    matched = (" + ".join(sorted(how)) or "-") if facts else "none"
    if isinstance(case.right, int):
        return matched, f"{len(facts)}/{case.right}"
    found = {fact["id"] for fact in facts}
    wrong = f" +{len(found - case.right)}" if found - case.right else ""
    return matched, f"{len(found & case.right)}/{len(case.right)}{wrong}"


# -- other tools

TINYDB = """
import sys, tinydb
facts = tinydb.TinyDB(sys.argv[1], access_mode="r").table("facts")
print(*(fact["id"] for fact in facts.search(lambda fact: "falcon" in fact["title"]["en"].lower())))
"""
MATCHING = "SELECT id FROM facts WHERE rowid IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH 'falcon')"
FTS5 = f"import sqlite3, sys\nfor row in sqlite3.connect(sys.argv[1]).execute({MATCHING!r}):\n    print(*row)"

TOOLS = ("jq", "ripgrep", "ugrep", "fzf", "sqlite3 FTS5", "sqlite3 in Python", "sqlite-utils FTS5", "recsel", "TinyDB")


def peers(files: Files, python: str) -> dict[str, tuple[tuple[str, ...], Path | None]]:
    """The commands by which tools that are installed find the exact word, with what they read on standard input."""
    commands: dict[str, tuple[tuple[str, ...], Path | None]] = {
        "jq": (("jq", "-r", '.facts[] | select(.title.en | test("falcon"; "i")) | .id', str(files.facts)), None),
        "ripgrep": (("rg", "-i", "falcon", str(files.lines)), None),
        "ugrep": (("ugrep", "-i", "falcon", str(files.lines)), None),
        "fzf": (("fzf", "--filter", "'falcon"), files.lines),
        "sqlite3 FTS5": (("sqlite3", str(files.database), MATCHING), None),
        "sqlite3 in Python": ((python, "-c", FTS5, str(files.database)), None),
        "sqlite-utils FTS5": (("sqlite-utils", str(files.database), MATCHING), None),
        "recsel": (("recsel", "-i", "-e", "title ~ 'falcon'", "-P", "id", str(files.records)), None),
        "TinyDB": ((python, "-c", TINYDB, str(files.facts)), None),
    }
    return {name: one for name, one in commands.items() if shutil.which(one[0][0])}


# -- an open index


RATES = """
import random, sys, time
from factcli import search
from factcli.search.opening import open_index
index = open_index([sys.argv[1]], sys.argv[2])
chance = random.Random(1)
def of_few(script):
    words = sorted(word for word in script.vocabulary if word.isalpha() and len(word) > 6)
    return [word for word in chance.sample(words, min(len(words), 400)) if len(script.vocabulary[word]) < 20]
words = [*of_few(index.latin), *of_few(index.arabic)]
names = [one for part in (index.latin, index.arabic) for one in part.names if len(index.facts_of(one.entity)) < 20]
names = [one.text for one in chance.sample(names, min(len(names), 400)) if len(one.text) > 6]
typos = [one[:3] + one[4:] for one in names[:60]]
for name, asked in (("exact words", words), ("exact names", names), ("typos", typos)):
    for one in asked[-5:]:  # keys are read and names are prepared when they are first asked for
        search.find_in(index, (one,))
    start = time.process_time()
    answered = sum(bool(search.find_in(index, (one,)).hits) for one in asked)
    seconds = time.process_time() - start
    print(f"{name:22} {'-':16} {f'{answered}/{len(asked)}':>9} {len(asked) / seconds:8.0f} a second")
"""


def rates(files: Files, machine: Machine, python: str) -> Iterator[str]:
    """How many questions a second one process answers by an open index, and how many of them with a fact."""
    yield "many questions of an index that is open"
    command = (python, "-c", RATES, str(files.facts), machine.env["FACTCLI_CACHE"])
    yield from subprocess.run(command, capture_output=True, text=True, env=machine.env, check=True).stdout.splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="60,1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", help="the python of an environment that has factcli")
    parser.add_argument("--instructions", action="store_true", help="count instructions, by valgrind")
    options = parser.parse_args()
    python = options.python or installed()
    versions = subprocess.run((python, "-c", VERSIONS), capture_output=True, text=True, check=True).stdout.strip()
    lines = [f"{datetime.date.today()}  {versions}"]
    print(*lines)
    with tempfile.TemporaryDirectory(prefix="factcli-scale-") as place:
        folder = Path(place)
        machine = Machine(folder / "cache", options.instructions)
        for size in map(int, options.sizes.split(",")):
            files = make_files(size, folder)
            for one in ("", *measured(size, files, machine, Path(python).parent, options.rounds)):
                print(one, flush=True)
                lines.append(one)
            for one in rates(files, machine, python):
                print(one, flush=True)
                lines.append(one)
            for file in files:
                file.unlink()
    if not options.python:
        HERE.with_suffix(".last.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
