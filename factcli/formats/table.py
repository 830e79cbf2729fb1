"""A table for a terminal, fitted to its width; the only door to rich."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text as Styled

from factcli.formats.bidi_table import EDGE, Cell, Grid, lost, measured
from factcli.formats.cells import line
from factcli.model import Column, Look, Row, Table, Value
from factcli.terminal.bidi import FORMS, needs

T = TypeVar("T")

NARROW = 60
"""Cells below which a table is unreadable, and each row becomes a block."""

LONGEST_WORD = 14
"""Cells that a word may keep unbroken in a column of running text."""

UNKNOWN = "-"
GAP = 2
"""Cells between two columns."""

HEAD, QUIET = Style(bold=True), Style(dim=True)


RIGHT_TO_LEFT = {"ar"}
"""Languages whose tables begin at the right."""


def serialize(table: Table, look: Look) -> str:
    if not table.rows:
        return ""
    layout = Layout(table, look)
    out = io.StringIO()
    console = Console(
        file=out,
        width=layout.room,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in layout.parts():
        console.print(part, crop=False)
    form = FORMS[look.bidi]
    text = "".join(text.rstrip() + "\n" for text in out.getvalue().splitlines())
    return form.before + text + form.after


class Layout:
    """Where the columns of a table stand: side by side, or stacked below the one that carries them, or as blocks."""

    def __init__(self, table: Table, look: Look) -> None:
        self.table, self.look = table, look
        self._texts: dict[str, list[list[str]]] = {}
        self.is_mirrored = look.lang in RIGHT_TO_LEFT
        names = {column.name for column in table.columns}
        self.stacked = [c for c in table.columns if c.under in names]
        self.side_by_side = [c for c in table.columns if c not in self.stacked]
        self.room = look.width - lost(look.bidi, len(self.side_by_side))
        self.in_columns = [] if table.cards or look.width < NARROW else self.widths()
        if not self.in_columns:
            self.room = look.width - lost(look.bidi, 2)

    def parts(self) -> Iterator[RenderableType]:
        """What is printed one below the other."""
        if self.in_columns:
            yield self.grid(self.in_columns)
        else:
            for row in self.table.rows:
                yield from self.card(row)
                yield ""
        for total in self.table.totals:
            yield self.cell(Styled(line(total, self.look.lang), style=HEAD))

    def below(self, column: Column) -> list[Column]:
        return [c for c in self.stacked if c.under == column.name]

    def texts(self, column: Column) -> list[list[str]]:
        """For each row the lines of a value: what must not be broken has a line for each element, else it is one."""
        if column.name not in self._texts:
            values = [shown(column, row) for row in self.table.rows]
            lang = self.look.lang
            self._texts[column.name] = [lines_of(v, lang) if column.fixed else [line(v, lang)] for v in values]
        return self._texts[column.name]

    def all_texts(self, column: Column) -> list[str]:
        """Every line that stands in a column or is stacked below it, its heading included, unwrapped."""
        stack = (texts for c in (column, *self.below(column)) for texts in self.texts(c))
        return [line(column.label, self.look.lang), *(text for texts in stack for text in texts)]

    def least(self, column: Column, texts: list[str]) -> int:
        """The width below which a column would break what must stay whole, or words that need not be broken."""
        if column.fixed:
            return max(map(measured, texts))
        whole = [text for c in self.below(column) if c.fixed for texts in self.texts(c) for text in texts]
        longest = max(map(cell_len, {*" ".join(texts).split(), ""}))
        return max([min(LONGEST_WORD, longest), *map(measured, whole)])

    def widths(self) -> list[int]:
        """How wide each column is: as wide as its texts where there is room, else its least and a share of the rest.

        None at all where not even the least has room: then something would be cut, or an id or a number broken.
        """
        texts = [self.all_texts(column) for column in self.side_by_side]
        least = list(map(self.least, self.side_by_side, texts))
        spare = self.room - sum(least) - GAP * len(least)
        if spare < 0:
            return []
        most = [max(map(measured, column)) for column in texts]
        wish = [wide - narrow for wide, narrow in zip(most, least, strict=True)]
        if sum(wish) <= spare:
            return most
        return [narrow + spare * more // sum(wish) for narrow, more in zip(least, wish, strict=True)]

    def in_order(self, columns: Sequence[T]) -> Sequence[T]:
        """From left to right as a reader of the language expects it."""
        return columns[::-1] if self.is_mirrored else columns

    def grid(self, widths: list[int]) -> Grid:
        columns = self.in_order(self.side_by_side)
        head = [self.cell(line(c.label, self.look.lang), c.align, HEAD) for c in columns]
        made = Grid([width + EDGE for width in self.in_order(widths)], head)
        under = None
        for place, row in enumerate(self.table.rows):
            heading = self.heading(row)
            if heading != under:
                beside = [self.cell("")] * (len(columns) - 1)
                made.rows.append(self.in_order([self.cell(heading or "", style=HEAD), *beside]))
                under = heading
            made.rows.append([self.cell(self.stack(c, place), c.align) for c in columns])
        return made

    def heading(self, row: Row) -> str | None:
        """What a row stands under, where the rows of the table are grouped."""
        return line(self.table.heading(row), self.look.lang) if self.table.heading else None

    def stack(self, column: Column, place: int) -> list[Styled | str]:
        """The lines of the value of a row, and of those of the columns stacked below it."""
        texts = self.texts(column)[place]
        stack: list[Styled | str] = [*texts] if any(texts) else [UNKNOWN]
        for other in self.below(column):
            texts = self.texts(other)[place]
            if any(texts):
                stack += [Styled.styled(text, QUIET) for text in texts] if other.fixed else texts
        return stack

    def cell(
        self, text: Styled | str | Sequence[Styled | str], align: str = "start", style: Style | None = None
    ) -> Cell:
        """A text in the form that the terminal needs, on the side and in the direction in which its reader reads.

        In an Arabic table a text with Arabic in it is Arabic, be its first word a Latin one.
        """
        is_right = self.is_mirrored or align == "end"
        plain = str(text) if isinstance(text, Styled | str) else "\n".join(map(str, text))
        direction = "R" if self.is_mirrored and needs(plain) else None
        return Cell(text, self.look.bidi, "right" if is_right else "start", direction, style)

    def card(self, row: Row) -> Iterator[RenderableType]:
        """One row as a block: a label and a value for each column that has something to show.

        A value that must stay whole and finds no room beside its label stands below it, and so does every value where
        the labels leave hardly any.
        """
        texts = {column.name: card_text(column, row, self.look) for column in self.table.columns}
        columns = [column for column in self.table.columns if texts[column.name]]
        labels = [line(column.label, self.look.lang) for column in columns]
        label_width = max(map(cell_len, labels), default=0)
        beside = self.room - label_width - 2 * EDGE - 1
        widths = self.in_order([label_width + EDGE, beside + EDGE])
        for column, label in zip(columns, labels, strict=True):
            head, value = self.cell(label, style=HEAD), self.cell(texts[column.name].split("\n"))
            least = max(map(cell_len, texts[column.name].splitlines())) if column.fixed else LONGEST_WORD
            if least > beside:
                yield head
                yield value
            else:
                yield Grid(widths, rows=[self.in_order([head, value])])


def shown(column: Column, row: Row) -> Value:
    """What a terminal shows of a column: in words, where there are words for it."""
    return (column.told or column.get)(row)


def lines_of(value: Value, lang: str) -> list[str]:
    """A value as lines: a list has one for each element."""
    return [line(item, lang) for item in (value if isinstance(value, list) else [value])]


def card_text(column: Column, row: Row, look: Look) -> str:
    """What a block shows of a column: a list has a line for each element."""
    return "\n".join(lines_of(shown(column, row), look.lang))
