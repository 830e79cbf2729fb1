"""A problem of a record: what is wrong, where, how to fix it, and how that is written on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from factcli.text.quote import quote_path, shorten

MAX_LISTED = 20
"""Problems that an import lists; of more than these it gives the number."""


GIVEN, MAPPED, MENTIONED = "given", "mapped", "mentioned"
"""Where a record comes from: a file of records, a mapping, which has checked it, or only what a fact of a mapping says
of a party or source, which a file gets where it lacks it."""


class Place(NamedTuple):
    """Where a record stands: its file, its number from 1 among the records of its table, its line from 1."""

    file: str
    record: int | None = None
    line: int | None = None
    table: str = "facts"
    origin: str = GIVEN


class Candidate(NamedTuple):
    """A value that is given as a record, valid or not, and its place."""

    place: Place
    value: Any


class Problem(NamedTuple):
    """One problem; `severity` is error or warning, `field` is empty where it is about the record as a whole.

    Where `rows` of a file have it, the first stands for them, and `lines` are theirs; `counted` says what is counted,
    rows of a table or records.
    """

    code: str
    severity: str
    file: str
    record: int | None
    line: int | None
    field: str
    message: str
    fix: str
    rows: int = 1
    lines: tuple[int, ...] = ()
    counted: str = "rows"


Found = Iterator[Candidate | Problem]
"""The records of a file in order, one at a time, and a problem in place of each that could not be read.

However long a file is, only what is kept of it takes memory, and who has seen enough problems reads no further.
"""


def format_problem(problem: Problem) -> str:
    """The problem on one line: `FILE: record N, line L: FIELD: what is wrong; how to fix it`."""
    where = []
    is_of_rows = problem.rows > 1 and problem.counted == "rows"
    if problem.record is not None and not is_of_rows:
        where.append(f"record {problem.record}")
    if problem.line is not None and problem.line != problem.record and not is_of_rows:
        where.append(f"line {problem.line}")
    parts = (quote_path(problem.file, 80), ", ".join(where), shorten(problem.field, 60))
    return f"{': '.join(filter(None, parts))}: {problem.message}{_rows(problem)}; {problem.fix}"


def format_for_editors(problem: Problem) -> str:
    """The problem on one line as compilers write it: `FILE:LINE: record N: FIELD: what is wrong; how to fix [CODE]`."""
    line = f":{problem.line}" if problem.line else ""
    record = f"record {problem.record}" if problem.record else ""
    parts = (f"{quote_path(problem.file, 80)}{line}", record, shorten(problem.field, 60))
    return f"{': '.join(filter(None, parts))}: {problem.message}{_rows(problem)}; {problem.fix} [{problem.code}]"


def _rows(problem: Problem) -> str:
    """How many rows or records have a problem, and on which lines the first of them are; empty for one row.

    >>> _rows(Problem("E032", "error", "a.csv", None, None, "", "", "", 4, (2, 6, 7, 9)))
    ' (4 rows, lines 2, 6, 7, …)'
    """
    if problem.rows == 1:
        return ""
    lines = list(map(str, dict.fromkeys(problem.lines)))
    if not lines:
        return f" ({problem.rows} {problem.counted})"
    shown = [*lines[:3], *["…"] * (len(lines) > 3)]
    more = f" and {problem.rows - 3} more" if len(lines) > 3 and problem.counted == "records" else ""
    listed = ", ".join(lines[:3]) + more if more else ", ".join(shown)
    return f" ({problem.rows} {problem.counted}, line{'s' if len(lines) > 1 else ''} {listed})"


def format_problems(problems: Sequence[Problem], limit: int = MAX_LISTED) -> list[str]:
    """A line for each problem, one for those that many records share; the last line gives the number of the others.

    Problems of most records come first.
    """
    problems = sorted(grouped(problems), key=lambda problem: -problem.rows)
    rest = len(problems) - limit
    lines = [format_problem(problem) for problem in problems[:limit]]
    return [*lines, f"… and {rest} more; `factcli check FILE` lists all"] if rest > 0 else lines


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in their order, those as one that several records of a file have at the same field."""
    groups: dict[Problem, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem._replace(record=None, line=None, rows=1, lines=()), []).append(problem)
    return [
        group[0]._replace(
            rows=sum(one.rows for one in group),
            counted=group[0].counted if group[0].rows > 1 else "records",
            lines=tuple(line for one in group for line in one.lines or filter(None, (one.line or one.record,))),
        )
        if len(group) > 1
        else group[0]
        for group in groups.values()
    ]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, in the order of the files, and by record; problems of a file as a whole come first."""
    files: dict[str, int] = {}
    return sorted(problems, key=lambda p: (files.setdefault(p.file, len(files)), p.line or p.record or 0))
