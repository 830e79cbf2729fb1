"""How the code is laid out: its files and functions, its layers, and how far a reader of one command must walk.

    python tests/benchmark/structure.py [COMMAND ARGUMENT...]

A line for the package and one for each room: files, lines, functions, the median and the longest function in lines, and
crumbs: functions of at most four lines without a decorator that are called from one place, so that a reader turns a
page to find a line. Then the layers of the import contract. With a command, such as `timeline agreements 2019 salalah`,
the modules whose functions it runs, and how often the next function that is called is in another module, and in another
room, than the last.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from itertools import pairwise
from pathlib import Path
from statistics import median
from types import FrameType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "factcli"
CRUMB = 4


class Function(NamedTuple):
    """A function of the package, where it is and how many lines it has."""

    path: Path
    name: str
    line: int
    length: int
    is_decorated: bool


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(path, node.name, node.lineno, length, bool(node.decorator_list))


def is_crumb(function: Function, text: str) -> bool:
    """Whether it is short and its name occurs in the text of the package where it is defined and once more."""
    if function.length > CRUMB or function.is_decorated or function.name.startswith("__"):
        return False
    return len(re.findall(rf"\b{function.name}\b", text)) == 2


def row(name: str, files: list[Path], every: list[Function], text: str) -> str:
    found = [function for function in every if function.path in files]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    crumbs = sum(is_crumb(function, text) for function in found)
    longest = max(found, key=lambda function: function.length, default=None)
    figures = f"{name:10} {len(files):5} {lines:6} {len(found):9}"
    if longest is None:
        return figures
    share, middle = 100 * crumbs / len(found), median(function.length for function in found)
    return f"{figures} {middle:6g} {longest.length:7} {crumbs:6} {share:4.1f} %  {longest.name}"


def room(path: Path) -> str:
    """The folder of the package that a file is in; of one that is in none, `.`."""
    return path.relative_to(PACKAGE).parts[0] if path.parent != PACKAGE else "."


def layout() -> list[str]:
    files = sorted(PACKAGE.rglob("*.py"))
    every = [function for path in files for function in functions(path)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    head = f"{'room':10} {'files':>5} {'lines':>6} {'functions':>9} {'median':>6} {'longest':>7} {'crumbs':>6}"
    rooms = [row(name, [p for p in files if room(p) == name], every, text) for name in sorted(set(map(room, files)))]
    return [head, row("all", files, every, text), *rooms]


def layers() -> list[str]:
    """The layers of the import contract, top first."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    contracts = [section for section in config.values() if section.get("type") == "layers"]
    return [layer for contract in contracts for layer in contract["layers"].split("\n") if layer]


class Walk:
    """Counts where the functions of a command are, one after the other, as a profiler of the interpreter."""

    def __init__(self) -> None:
        self.calls: list[Path] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and PACKAGE in path.parents and frame.f_code.co_name != "<module>":
            self.calls.append(path)

    def changes(self, places: list[str]) -> int:
        return sum(one != other for one, other in pairwise(places))

    def report(self) -> str:
        modules, rooms = list(map(str, self.calls)), list(map(room, self.calls))
        return (
            f"{len(self.calls)} calls in {len(set(modules))} modules of {len(set(rooms))} rooms; "
            f"{self.changes(modules)} changes of module, {self.changes(rooms)} of room"
        )


def walk(arguments: list[str]) -> str:
    """What `Walk` reports of a command, whose answer goes nowhere."""
    from factcli.cli import main

    kept = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    steps = Walk()
    sys.setprofile(steps)
    status = main(arguments)
    sys.setprofile(None)
    os.dup2(kept, 1)
    return f"factcli {' '.join(arguments)} (exit status {status})\n{steps.report()}"


def report(arguments: list[str]) -> list[str]:
    floors = layers()
    lines = [*layout(), "", f"{len(floors)} layers", *(f"  {floor}" for floor in floors)]
    return [*lines, "", walk(arguments)] if arguments else lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs=argparse.REMAINDER, help="a command of factcli to walk through")
    sys.stdout.write("\n".join(report(parser.parse_args().command)) + "\n")


if __name__ == "__main__":
    main()
