"""What is found wrong with a record, where, and how that is said in one line.

A rule is a small function whose name begins with its code and whose docstring is its message: what is wrong; how to
mend it. `{}` in it stand for what the rule yields. E is an error, which no record may enter a file with; W a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from factcli.text import quote as message

MOST = 20
"""Problems that are told one by one; of more, only the number is told."""


class Place(NamedTuple):
    """Where a record stands: its file, its number from 1 among the records of its table, its line from 1."""

    file: str
    record: int | None = None
    line: int | None = None
    table: str = "facts"


class Candidate(NamedTuple):
    """A record that nobody has confirmed yet, whatever it is, and where it stands."""

    place: Place
    value: Any


class Finding(NamedTuple):
    """One problem; `severity` is error or warning, `field` is empty where the record as a whole is meant."""

    code: str
    severity: str
    file: str
    record: int | None
    line: int | None
    field: str
    message: str
    fix: str


Rule = Callable[..., Any]

CountryCode = Callable[[str], Sequence[str]]
"""The codes that a folded country name can mean, in any language."""


def found(rule: Rule, place: Place, field: str = "", *said: str) -> Finding:
    """The finding of `rule` at `place`, its message filled in with `said`."""
    code = rule.__name__.partition("_")[0].upper()
    text = rule.__doc__ or f"breaks the rule {rule.__name__}; see `factcli schema`"
    what, _, fix = text.format(*said).partition("; ")
    severity = "error" if code[0] == "E" else "warning"
    table = "" if place.table == "facts" else f"{place.table} "
    named = f"{table}{field}" if field else ""
    return Finding(code, severity, place.file, place.record, place.line, named, what, fix)


def said(finding: Finding) -> str:
    """The finding in one line: `FILE: record N, line L: FIELD: what is wrong; how to mend it`."""
    where = []
    if finding.record is not None:
        where.append(f"record {finding.record}")
    if finding.line is not None and finding.line != finding.record:
        where.append(f"line {finding.line}")
    parts = [message.quote_path(finding.file, 80), ", ".join(where), message.shorten(finding.field, 60)]
    return f"{': '.join(filter(None, parts))}: {finding.message}; {finding.fix}"


def located(finding: Finding) -> str:
    """The finding in one line as compilers say it, for editors: `FILE:LINE: FIELD: what; how [CODE]`."""
    line = f":{finding.line}" if finding.line else ""
    record = f"record {finding.record}" if finding.record else ""
    parts = [f"{message.quote_path(finding.file, 80)}{line}", record, message.shorten(finding.field, 60)]
    return f"{': '.join(filter(None, parts))}: {finding.message}; {finding.fix} [{finding.code}]"


def told(findings: Sequence[Finding], most: int = MOST) -> list[str]:
    """The findings in a line each, the last line saying how many more there are."""
    rest = len(findings) - most
    lines = [said(finding) for finding in findings[:most]]
    return [*lines, f"… and {rest} more; `factcli check FILE` lists all"] if rest > 0 else lines


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of files, as they come, and of records; those of a file as a whole come first."""
    files: dict[str, int] = {}
    return sorted(findings, key=lambda f: (files.setdefault(f.file, len(files)), f.line or f.record or 0))
