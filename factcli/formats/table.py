"""A table for a terminal, fitted to its width: columns side by side, stacked, or a block a row where it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TypeVar

from factcli.formats.cells import cell_text
from factcli.formats.grid import EDGE, Cell, Dim, Grid, Part, sent, width_of
from factcli.model import Table, Value, View
from factcli.terminal.bidi import has_rtl
from factcli.terminal.forms import FORMS
from factcli.text.unsafe import is_web_address

T = TypeVar("T")

MIN_WIDTH = 60
"""Cells below which a table is unreadable, and each row becomes a block."""

MAX_WORD_WIDTH = 14
"""Cells that a word may keep unbroken in a column of running text."""

UNKNOWN = "-"
COLUMN_GAP = 2
"""Cells between two columns."""

HEAD_STYLE = "bold"

RIGHT_TO_LEFT = {"ar"}
"""Languages whose tables begin at the right."""


def serialize(table: Table, view: View) -> Iterator[str]:
    if not table.rows:
        return
    form = FORMS[view.bidi]
    write: Callable[[Part], str] = sent if view.color else itemgetter(0)
    before = form.before
    for line in Layout(table, view).lines():
        yield before + "".join(map(write, line)).rstrip() + "\n"
        before = ""
    yield form.after


class Layout:
    """Where the columns of a table stand: side by side, or stacked below the one that carries them, or as blocks."""

    def __init__(self, table: Table, view: View) -> None:
        self.table = table = table._replace(rows=list(table.rows))
        self.lang, self.bidi, self.has_color = view.lang, view.bidi, view.color
        self.is_mirrored = view.lang in RIGHT_TO_LEFT
        self.labels = [cell_text(column.label, view.lang) for column in table.columns]
        names = [column.name for column in table.columns]
        self.stacks = {at: [at] for at, column in enumerate(table.columns) if column.under not in names}
        """The columns side by side, each with itself and the columns stacked below it."""
        for at, column in enumerate(table.columns):
            if column.under in names:
                self.stacks[names.index(column.under)].append(at)
        self.room = view.width - FORMS[view.bidi].mark_cells * len(self.stacks)
        self.texts: list[list[list[str]]] = []
        """By column and row, the lines of each value, unwrapped."""
        self.widths = [] if table.cards or view.width < MIN_WIDTH else self.column_widths()
        if not self.widths:
            self.room = view.width - FORMS[view.bidi].mark_cells * 2

    def lines(self) -> Iterator[Sequence[Part]]:
        """The lines of the output, from top to bottom."""
        if self.widths:
            yield from self.grid().lines()
        else:
            for row in self.table.rows:
                yield from self.card(row)
                yield []
        for total in self.table.totals:
            yield from self.cell(cell_text(total, self.lang), style=HEAD_STYLE).lines(self.room)

    # -- a grid

    def column_widths(self) -> list[int]:
        """How wide each column is: as wide as its texts where there is room, else its least and a share of the rest.

        None at all where not even the least has room: then something would be cut, or an id or a number broken.
        """
        lang = self.lang
        self.texts = [
            [item_lines(row[at], lang) if column.fixed else [cell_text(row[at], lang)] for row in self.table.rows]
            for at, column in enumerate(self.table.columns)
        ]
        least, most = [], []
        for at, stack in self.stacks.items():
            texts = [*self.head(at), *(text for one in stack for texts in self.texts[one] for text in texts)]
            most.append(max(map(width_of, texts)))
            least.append(most[-1] if self.table.columns[at].fixed else self.least_width(texts, stack))
        spare = self.room - sum(least) - COLUMN_GAP * len(least)
        if spare < 0:
            return []
        wish = [wide - narrow for wide, narrow in zip(most, least, strict=True)]
        if sum(wish) <= spare:
            return most
        return [narrow + spare * more // sum(wish) for narrow, more in zip(least, wish, strict=True)]

    def least_width(self, texts: list[str], stack: list[int]) -> int:
        """The width below which a column would break what must stay whole, or words that need not be broken."""
        longest_word = max(map(width_of, {*" ".join(texts).split(), ""}))
        whole = [text for at in stack if self.table.columns[at].fixed for texts in self.texts[at] for text in texts]
        return max([min(MAX_WORD_WIDTH, longest_word), *map(width_of, whole)])

    def in_order(self, columns: Sequence[T]) -> Sequence[T]:
        """From left to right as a reader of the language expects it."""
        return columns[::-1] if self.is_mirrored else columns

    def grid(self) -> Grid:
        columns = self.in_order(list(self.stacks))
        height = max(len(self.head(at)) for at in columns)
        heads = {at: self.head(at) + [""] * (height - len(self.head(at))) for at in columns}
        head = [self.cell(heads[at], self.table.columns[at].align, HEAD_STYLE) for at in columns]
        return Grid([width + EDGE for width in self.in_order(self.widths)], head, self.rows(columns))

    def rows(self, columns: Sequence[int]) -> Iterator[Sequence[Cell] | Cell]:
        """The rows of the grid, and the headings above them."""
        under = None
        for place in range(len(self.table.rows)):
            heading = cell_text(self.table.headings[place], self.lang) if self.table.headings else None
            if heading != under:
                yield self.cell(heading or "", style=HEAD_STYLE)
                under = heading
            yield [self.cell(self.stacked_lines(at, place), self.table.columns[at].align) for at in columns]

    def head(self, at: int) -> list[str]:
        """The label of a column and, where it is a short one, of those stacked below it."""
        is_short = self.table.columns[at].fixed
        return [self.labels[one] for one in self.stacks[at] if one == at or is_short]

    def stacked_lines(self, at: int, place: int) -> list[str]:
        """The lines of a value of a row, and of the values of the columns stacked below it."""
        texts = self.texts[at][place]
        lines = [*texts] if any(texts) else [UNKNOWN]
        for other in self.stacks[at][1:]:
            texts = self.texts[other][place]
            if any(texts):
                is_fixed = self.table.columns[other].fixed
                lines += map(Dim, texts) if is_fixed else texts
        return lines

    def cell(self, text: str | Sequence[str], align: str = "start", style: str = "") -> Cell:
        """A text in the form that the terminal needs, on the side and in the direction in which its reader reads.

        In an Arabic table a text with Arabic in it is Arabic, be its first word a Latin one.
        """
        is_right = self.is_mirrored or align == "end"
        plain = text if isinstance(text, str) else "\n".join(text)
        direction = "R" if self.is_mirrored and has_rtl(plain) else None
        return Cell(text, self.bidi, "right" if is_right else "start", direction, style)

    # -- blocks

    def card(self, row: Sequence[Value]) -> Iterator[Sequence[Part]]:
        """One row as a block: a label and a value for each column that has something to show.

        A value that must stay whole and finds no room beside its label stands below it, and so does every value where
        the labels leave hardly any.
        """
        texts = ["\n".join(item_lines(value, self.lang)) for value in row]
        shown = [at for at, text in enumerate(texts) if text]
        label_width = max((width_of(self.labels[at]) for at in shown), default=0)
        beside = self.room - label_width - 2 * EDGE - 1
        widths = self.in_order([label_width + EDGE, beside + EDGE])
        for at in shown:
            head = self.cell(self.labels[at], style=HEAD_STYLE)
            value = self.cell(texts[at].split("\n"), style=link(texts[at]) if self.has_color else "")
            least = max(map(width_of, texts[at].splitlines())) if self.table.columns[at].fixed else MAX_WORD_WIDTH
            if least > beside:
                yield from head.lines(self.room)
                yield from value.lines(self.room)
            else:
                yield from Grid(widths, rows=[self.in_order([head, value])]).lines()


def link(text: str) -> str:
    """The style of a text that is one web address: a link (OSC 8) that leads there, as the terminal offers it.

    Empty where the address has other than plain characters. Terminals that know no links skip the sequence.
    """
    is_plain = text.isascii() and ";" not in text
    return f"link {text}" if is_plain and is_web_address(text) else ""


def item_lines(value: Value, lang: str) -> list[str]:
    """A value as lines: a list has one for each element."""
    return [cell_text(item, lang) for item in (value if isinstance(value, list) else [value])]
