"""What is found out about a terminal, told with a sample, so that a person can judge and mend how Arabic looks."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from factcli.formats.table import serialize
from factcli.model import Column, Table, Value, View
from factcli.terminal.detect import VARIABLE, Choice, choose, parse_reply, query, recognize

SAMPLE: list[list[Value]] = [
    ["عُمان (2.7 مليار)", "خنجر الحد", "5-7"],
    ["10% — «الدقم»", "TOW 2B صاروخ", "301"],
]
"""Two neighbours of one direction, brackets, numbers, a mark on a letter, lam-alef's cousins: what goes wrong first."""

ADVICE = (
    "Right: each Arabic word joined and read from right to left, cells in their columns, brackets and numbers right.",
    "Letters apart and backwards: the terminal does nothing itself; set {variable}=visual",
    "Columns swapped, or words backwards but joined: it turns lines by itself; set {variable}=isolate",
    "Right only here and there: set {variable}=override; to copy text, use --bidi off or --json",
)


def report(setting: str, form: str, env: Mapping[str, str], width: int, is_screen: bool) -> str:
    """What terminal this is, what is written to it and why, what it says of itself, and a sample, line by line."""
    choice = choose(setting, env, is_screen)
    lines = [f"terminal: {choice.name} ({choice.why})", f"right-to-left text is written: {form}"]
    if not is_screen:
        return "\n".join([*lines, "Run it on a terminal to see a sample."]) + "\n"
    own_word = asked()
    lines += own_words(own_word, form)
    return "\n".join([*lines, ""]) + "\n" + sample(form, width) + "\n" + advice()


def asked() -> Choice | None:
    """What the terminal answers when it is asked what it is; None where it does not."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return recognize(parse_reply(query(sys.stdin.fileno(), sys.stdout.fileno())))


def own_words(choice: Choice | None, form: str) -> list[str]:
    """What the terminal says of itself, and the line that makes it count where it was not known."""
    if choice is None:
        return ["asked what it is, it says nothing that tells"]
    told = f"asked what it is, it says: {choice.name} ({choice.why}), which wants {choice.form}"
    return (
        [told] if choice.form == form else [told, f"put this into your shell profile: export {VARIABLE}={choice.form}"]
    )


def sample(form: str, width: int) -> str:
    """A small table that shows at a glance whether the form is right."""
    columns = [Column(name, {"en": name}) for name in ("left", "right", "number")]
    return serialize(Table(columns, SAMPLE), View(width=max(width, 60), bidi=form))


def advice() -> str:
    return "".join(line.format(variable=VARIABLE) + "\n" for line in ADVICE)
