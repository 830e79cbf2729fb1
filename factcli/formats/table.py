"""A table for a terminal, fitted to its width; the only door to rich."""

from __future__ import annotations

import io
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Styled

from factcli.formats.cells import line
from factcli.model import Column, Look, Row, Table

NARROW = 60
"""Cells below which a table is unreadable, and each row becomes a block."""

LONGEST_WORD = 14
"""Cells that a word may keep unbroken in a column of running text."""

UNKNOWN = "-"
GAP = 2
"""Cells between two columns."""

HEAD, QUIET = "bold", "dim"


def serialize(table: Table, look: Look) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=look.width,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    if not table.rows:
        return ""
    layout = Layout(table, look)
    if table.cards or look.width < NARROW or layout.least_width() > look.width:
        for row in table.rows:
            console.print(card(table.columns, row, look), "")
    else:
        console.print(layout.grid())
    for total in table.totals:
        console.print(Styled(line(total, look.lang), style=HEAD))
    return "".join(text.rstrip() + "\n" for text in out.getvalue().splitlines())


class Layout:
    """Where the columns of a table stand: side by side, or stacked below the one that carries them."""

    def __init__(self, table: Table, look: Look) -> None:
        self.table, self.look = table, look
        names = {column.name for column in table.columns}
        self.stacked = [c for c in table.columns if c.under in names]
        self.side_by_side = [c for c in table.columns if c not in self.stacked]

    def below(self, column: Column) -> list[Column]:
        return [c for c in self.stacked if c.under == column.name]

    def least_width(self) -> int:
        """Cells that the table needs so that nothing in it is cut, and no id or number broken."""
        return sum(map(self.least, self.side_by_side)) + GAP * (len(self.side_by_side) - 1)

    def least(self, column: Column) -> int:
        """The width below which a column would break what must stay whole, or words that need not be broken."""
        rows = self.table.rows
        texts = [line(column.label, self.look.lang), *(line(column.get(row), self.look.lang) for row in rows)]
        whole = [line(c.get(row), self.look.lang) for c in self.below(column) if c.fixed for row in rows]
        if column.fixed:
            return max(map(cell_len, texts + whole))
        longest = max(cell_len(word) for text in texts for word in text.split() or [""])
        return max([min(LONGEST_WORD, longest), *map(cell_len, whole)])

    def grid(self) -> Grid:
        made = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style=HEAD)
        for column in self.side_by_side:
            made.add_column(
                heading(column, self.look),
                justify=justify(column),
                no_wrap=column.fixed and not self.below(column),
                overflow="fold",
                min_width=self.least(column),
            )
        for row in self.table.rows:
            made.add_row(*(self.cell(column, row) for column in self.side_by_side))
        return made

    def cell(self, column: Column, row: Row) -> Styled:
        text = Styled(line(column.get(row), self.look.lang) or UNKNOWN)
        for other in self.below(column):
            more = line(other.get(row), self.look.lang)
            text.append("\n" + more if more else "", style=QUIET if other.fixed else "")
        return text


def heading(column: Column, look: Look) -> Styled:
    return Styled(line(column.label, look.lang))


def justify(column: Column) -> Literal["left", "right"]:
    return "right" if column.align == "end" else "left"


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
