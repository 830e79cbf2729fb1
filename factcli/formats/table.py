"""A table for a terminal, fitted to its width; the only door to rich."""

from __future__ import annotations

import io

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Styled

from factcli.formats.cells import line
from factcli.model import Column, Look, Row, Table

NARROW = 60
"""Cells below which a table is unreadable, and each row becomes a block."""

UNKNOWN = "-"
HEAD, QUIET, NAME = "bold", "dim", "bold cyan"


def serialize(table: Table, look: Look) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=look.width, force_terminal=look.color, no_color=not look.color, color_system="standard" if look.color else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    if not table.rows:
        return ""
    if table.cards or look.width < NARROW:
        for row in table.rows:
            console.print(card(table.columns, row, look), "")
    else:
        console.print(grid(table, look))
    for total in table.totals:
        console.print(Styled(line(total, look.lang), style=HEAD))
    return "".join(text.rstrip() + "\n" for text in out.getvalue().splitlines())


def grid(table: Table, look: Look) -> Grid:
    """The rows below each other, a column each; stacked columns below the one that carries them."""
    stacked = {c.under: c for c in table.columns if c.under in {other.name for other in table.columns}}
    columns = [c for c in table.columns if c not in stacked.values()]
    made = Grid(box=box.SIMPLE_HEAD, pad_edge=False, header_style=HEAD)
    for column in columns:
        made.add_column(heading(column, look), justify=justify(column, look), no_wrap=column.fixed, min_width=least(column, table, look))
    for row in table.rows:
        made.add_row(*(cell(column, stacked.get(column.name), row, look) for column in columns))
    return made


def heading(column: Column, look: Look) -> Styled:
    return Styled(line(column.label, look.lang))


def justify(column: Column, look: Look) -> str:
    return "right" if column.align == "end" else "left"


def least(column: Column, table: Table, look: Look) -> int | None:
    """The width a column needs so that what is in it is never cut."""
    if not column.fixed:
        return None
    return max(cell_len(line(column.get(row), look.lang)) for row in table.rows)


def cell(column: Column, below: Column | None, row: Row, look: Look) -> Styled:
    text = Styled(line(column.get(row), look.lang) or UNKNOWN)
    if below is not None:
        text.append("\n").append(line(below.get(row), look.lang), style=QUIET)
    return text


def card(columns: list[Column], row: Row, look: Look) -> Grid:
    """One row as a block: a line for each column that has something to show."""
    made = Grid.grid(padding=(0, 2, 0, 0))
    made.add_column(no_wrap=True, style=HEAD)
    made.add_column(overflow="fold")
    for column in columns:
        for text in card_lines(column, row, look):
            made.add_row(heading(column, look), text)
    return made


def card_lines(column: Column, row: Row, look: Look) -> list[Styled]:
    value = column.get(row)
    if isinstance(value, list):
        return [Styled("\n".join(line(item, look.lang) for item in value))] if value else []
    text = line(value, look.lang)
    return [Styled(text)] if text else []
