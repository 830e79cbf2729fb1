"""Cells side by side in a grid, in the form in which a terminal needs right-to-left text.

A cell's text is wrapped in logical order; then each line is written with the direction of the whole cell (see
`terminal.forms`). It is wrapped and padded to the same width in every form, so columns are alike in all of them; a
ligature leaves a blank.

A cell begins with a blank for the marks of the form: some terminals give a mark that follows an escape sequence a
separate cell of the screen, none does so after a blank. Marks on or beside a border would tear gaps into the line. For
the same reason no style begins with a mark or a vowel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from unicodedata import bidirectional

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from factcli.terminal.bidi import base_direction
from factcli.terminal.forms import FORMS, write

EDGE = 1
"""Cells that the blank at the left edge takes."""

BETWEEN, LINE_END = Segment(" "), Segment.line()
PLAIN, DIM = Style.null(), Style(dim=True)

Align = Callable[[list[list[Segment]], int, int, Style], list[list[Segment]]]
"""How the lines of a cell are filled up to the height of the row: at which end, in which style."""


class Dim(str):
    """A text that is shown dim."""

    __slots__ = ()


def wrap_at_blanks(text: str, width: int) -> list[str] | None:
    """The text wrapped to the width as rich wraps it; None where that takes more than breaking it between words.

    Rich's own way takes 10 to 13 % more instructions for a table of 50 facts.
    """
    if not text.isprintable() or text.startswith(" "):
        return None
    lines, start, here, used = [], 0, 0, 0
    for word in text.split(" "):
        cells = cell_len(word)
        if cells > width:
            return None
        if word and used + cells > width:
            lines.append(text[start:here])
            start, used = here, 0
        here += len(word) + 1
        used += cells + 1
    return [*lines, text[start:]]


def wrap(text: str, width: int, console: Console) -> list[str]:
    """The lines of the text at that width, without marks that have no letter to stand on and blanks at the end."""
    lines = wrap_at_blanks(text, width)
    if lines is None:
        rich_text = Text(text if cell_len(text) else "")
        lines = [line.plain for line in rich_text.wrap(console, width, justify="default", overflow="fold")]
    return [line[_first_letter(line) :].rstrip() for line in lines]


def _first_letter(line: str) -> int:
    """Where the marks end that stand at the start of the line, without a letter."""
    return next((at for at, char in enumerate(line) if bidirectional(char) not in ("NSM", "BN")), len(line))


class Cell:
    """A text, or several below each other; `align` is "start" (by direction), "left" or "right"."""

    def __init__(
        self,
        text: str | Sequence[str],
        form: str,
        align: str = "start",
        direction: str | None = None,
        style: Style | None = None,
    ) -> None:
        self.texts = [text] if isinstance(text, str) else text
        self.form, self.style = form, style
        self.direction = direction or base_direction("\n".join(self.texts))
        self.is_right = align == "right" or (align == "start" and self.direction == "R")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines(options.max_width, console):
            yield from line
            yield LINE_END

    def lines(self, width: int, console: Console) -> list[list[Segment]]:
        """The lines of the cell as they are sent, each of that width."""
        room = max(1, width - EDGE)
        return [
            self._line(line, room, isinstance(text, Dim)) for text in self.texts for line in wrap(text, room, console)
        ]

    def _line(self, line: str, width: int, is_dim: bool) -> list[Segment]:
        """The line between its blanks, in one segment; where it is dim, its blanks and opening marks are not."""
        text, form = write(line, self.direction, self.form), FORMS[self.form]
        blank = " " * (width - cell_len(text))
        left, right = (form.edge + blank, "") if self.is_right else (form.edge, blank)
        if not is_dim:
            return [Segment(left + text + right, self.style)]
        marks = form.opening[self.direction]
        if text.startswith(marks):
            left, text = left + marks, text[len(marks) :]
        return [Segment(left), Segment(text, DIM), Segment(right)]


class Grid:
    """Cells in columns of known width, a blank between two; a head, where there is one, is set off from the rows.

    A row that is one cell is as wide as all columns.

    A table of rich measures each cell to find the widths, then pads and crops what fits already: 15 to 19 % more
    instructions for a table of 50 facts.
    """

    def __init__(
        self, widths: Sequence[int], head: Sequence[Cell] = (), rows: Sequence[Sequence[Cell] | Cell] = ()
    ) -> None:
        self.widths, self.head, self.rows = widths, head, list(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.head:
            yield from self._row(self.head, console, Segment.align_bottom)
            yield Segment("─" * (sum(self.widths) + len(self.widths) - 1) + "\n")
        for row in self.rows:
            if isinstance(row, Cell):
                for line in row.lines(sum(self.widths) + len(self.widths) - 1, console):
                    yield from (*line, LINE_END)
            else:
                yield from self._row(row, console, Segment.align_top)

    def _row(self, cells: Sequence[Cell], console: Console, align: Align) -> Iterator[Segment]:
        """The cells side by side; there may be fewer than columns."""
        lines = [cell.lines(width, console) for cell, width in zip(cells, self.widths, strict=False)]
        height = max(map(len, lines))
        columns = [
            align(cell_lines, width, height, cell.style or PLAIN)
            for cell_lines, width, cell in zip(lines, self.widths, cells, strict=False)
        ]
        for parts in zip(*columns, strict=True):
            for place, part in enumerate(parts):
                if place:
                    yield BETWEEN
                yield from part
            yield LINE_END
