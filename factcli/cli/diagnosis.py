"""The report of the doctor: what the terminal is, how Arabic is written for it, and a sample to judge it by."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from factcli.formats.table import serialize
from factcli.model import Column, Table, Value, View
from factcli.terminal.detect import BIDI_VARIABLE, choose, parse_reply, query, recognize
from factcli.text.quote import shorten

SAMPLE: list[list[Value]] = [
    ["عُمان (2.7 مليار)", "خنجر الحد", "5-7"],
    ["10% — «الدقم»", "TOW 2B صاروخ", "301"],
]
"""What goes wrong first: neighbours of one direction, brackets, numbers, a vowel mark on a letter."""

ADVICE = f"""\
Right: each Arabic word joined and read from right to left, cells in their columns, brackets and numbers right.
Letters apart and backwards: the terminal does nothing itself; set {BIDI_VARIABLE}=visual
Columns swapped, or words backwards but joined: it turns lines by itself; set {BIDI_VARIABLE}=isolate
Right only here and there: set {BIDI_VARIABLE}=override; to copy text, use --bidi off or --json
"""


def report(setting: str, form: str, env: Mapping[str, str], width: int, is_screen: bool) -> str:
    """What the terminal is, the form written for it and why, its reply to a query, a sample and advice.

    `setting` is that of `--bidi`, `form` the form that follows from it. Raises UsageError for an unknown setting.
    """
    choice = choose(setting, env, is_screen)
    lines = [f"terminal: {choice.name} ({shorten(choice.why)})", f"right-to-left text is written: {form}"]
    if not is_screen:
        return "\n".join([*lines, "Run it on a terminal to see a sample."]) + "\n"
    reply = query(sys.stdin.fileno(), sys.stdout.fileno()) if sys.stdin and sys.stdin.isatty() else ""
    answer = recognize(parse_reply(reply))
    if answer is None:
        lines.append("reply to a query: none, or not a known one")
    else:
        lines.append(f"reply to a query: {answer.name} ({shorten(answer.why)}), which needs {answer.form}")
        if answer.form != form:
            lines.append(f"put this into your shell profile: export {BIDI_VARIABLE}={answer.form}")
    columns = [Column(name, {"en": name}) for name in ("left", "right", "number")]
    sample = "".join(serialize(Table(columns, SAMPLE), View(width=max(width, 60), bidi=form)))
    return "\n".join([*lines, "", sample, ADVICE])
