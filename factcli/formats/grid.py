"""Cells side by side in a grid, in the form in which a terminal needs right-to-left text.

A cell's text is wrapped in logical order; then each line is written with the direction of the whole cell (see
`terminal.forms`). It is wrapped and padded to the same width in every form, so columns are alike in all of them; a
ligature leaves a blank.

A cell begins with a blank for the marks of the form: some terminals give a mark that follows an escape sequence a
separate cell of the screen, none does so after a blank. Marks on or beside a border would tear gaps into the line. For
the same reason no style begins with a mark or a vowel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from rich.cells import cell_len

from factcli.terminal.bidi import LRI, LRM, LRO, PDF, PDI, RLI, RLM, base_direction
from factcli.terminal.forms import FORMS, write

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

EDGE = 1
"""Cells that the blank at the left edge takes."""

Part = tuple[str, str]
"""A text and its style, as rich names it: "bold", "dim", "link ADDRESS", or empty."""

BETWEEN: Part = (" ", "")
DIM = "dim"
SGR = {"bold": "1", DIM: "2"}


DIRECTIONS = (LRM, RLM, LRO, PDF, LRI, RLI, PDI)
ONE_CELL = re.compile(f"[ -~«»،؛؟ء-ي٠-٩ﺀ-ﻼ{''.join(DIRECTIONS)}]*")
"""A text without marks on letters, and of no letters that are wider or narrower than one cell."""


class Dim(str):
    """A text that is shown dim."""

    __slots__ = ()


def sent(part: Part) -> str:
    """The text with the escape sequences of its style; a link (OSC 8) is one in all lines of its text."""
    text, style = part
    if not style or not text:
        return text
    if style in SGR:
        return f"\x1b[{SGR[style]}m{text}\x1b[0m"
    address = style.removeprefix("link ")
    return f"\x1b]8;id={hash(address) & 0xFFFFFF};{address}\x1b\\{text}\x1b]8;;\x1b\\"


@lru_cache(maxsize=1 << 13)
def width_of(text: str) -> int:
    """The cells of a text on the screen, as rich counts them; most texts have one for each character but for marks."""
    if ONE_CELL.fullmatch(text):
        return len(text) if text.isascii() else len(text) - sum(map(text.count, DIRECTIONS))
    return cell_len(text)


def wrap_at_blanks(text: str, width: int) -> list[str] | None:
    """The text wrapped to the width as rich wraps it; None where that takes more than breaking it between words.

    Rich's own way takes 10 to 13 % more instructions for a table of 50 facts.
    """
    if not text.isprintable() or text.startswith(" "):
        return None
    lines, start, here, used = [], 0, 0, 0
    for word in text.split(" "):
        cells = width_of(word)
        if cells > width:
            return None
        if word and used + cells > width:
            lines.append(text[start:here])
            start, used = here, 0
        here += len(word) + 1
        used += cells + 1
    return [*lines, text[start:]]


@lru_cache(maxsize=1 << 12)
def wrap(text: str, width: int) -> list[str]:
    """The lines of the text at that width, without marks that have no letter to stand on and blanks at the end.

    Cached, since a table has the same kinds, countries and dates in many rows.
    """
    lines = wrap_at_blanks(text, width)
    if lines is None:
        from rich.console import Console
        from rich.text import Text

        rich_text = Text(text if cell_len(text) else "")
        lines = [line.plain for line in rich_text.wrap(Console(), width, justify="default", overflow="fold")]
    return [line if " " < line[:1] < "\x7f" else line[_first_letter(line) :] for line in map(str.rstrip, lines)]


def _first_letter(line: str) -> int:
    """Where the marks end that stand at the start of the line, without a letter."""
    return next((at for at, char in enumerate(line) if bidirectional(char) not in ("NSM", "BN")), len(line))


class Block:
    """What is made of lines of a width; a console of rich can print it too."""

    def lines(self, width: int) -> Iterator[Sequence[Part]]:
        raise NotImplementedError

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment
        from rich.style import Style

        for line in self.lines(options.max_width):
            for text, style in line:
                yield Segment(text, Style.parse(style) if style else None)
            yield Segment.line()


class Cell(Block):
    """A text, or several below each other; `align` is "start" (by direction), "left" or "right"."""

    def __init__(
        self, text: str | Sequence[str], form: str, align: str = "start", direction: str | None = None, style: str = ""
    ) -> None:
        self.texts = [text] if isinstance(text, str) else text
        self.form, self.style = form, style
        self.direction = direction or base_direction("\n".join(self.texts))
        self.is_right = align == "right" or (align == "start" and self.direction == "R")

    def lines(self, width: int) -> Iterator[Sequence[Part]]:
        """The lines of the cell as they are sent, each of that width."""
        room = max(1, width - EDGE)
        return (self._line(line, room, isinstance(text, Dim)) for text in self.texts for line in wrap(text, room))

    def _line(self, line: str, width: int, is_dim: bool) -> Sequence[Part]:
        """The line between its blanks, in one part; where it is dim, its blanks and opening marks are not."""
        text, form = write(line, self.direction, self.form), FORMS[self.form]
        blank = " " * (width - width_of(text))
        left, right = (form.edge + blank, "") if self.is_right else (form.edge, blank)
        if not is_dim:
            return [(left + text + right, self.style)]
        marks = form.opening[self.direction]
        if text.startswith(marks):
            left, text = left + marks, text[len(marks) :]
        return [(left, ""), (text, DIM), (right, "")]


class Grid(Block):
    """Cells in columns of known width, a blank between two; a head, where there is one, is set off from the rows.

    A row that is one cell is as wide as all columns. The rows are looked at when their lines are.

    A table of rich measures each cell to find the widths, then pads and crops what fits already, and its console looks
    at each part again: of an Arabic table of 1,000 facts that was two thirds of the instructions.
    """

    def __init__(
        self, widths: Sequence[int], head: Sequence[Cell] = (), rows: Iterable[Sequence[Cell] | Cell] = ()
    ) -> None:
        self.widths, self.head, self.rows = widths, head, rows

    def lines(self, width: int = 0) -> Iterator[Sequence[Part]]:
        """The lines of the grid, as wide as its columns are."""
        width = sum(self.widths) + len(self.widths) - 1
        if self.head:
            yield from self._row(self.head, is_head=True)
            yield [("─" * width, "")]
        for row in self.rows:
            yield from row.lines(width) if isinstance(row, Cell) else self._row(row)

    def _row(self, cells: Sequence[Cell], is_head: bool = False) -> Iterator[Sequence[Part]]:
        """The cells side by side, the lines of a head at the bottom; there may be fewer than columns."""
        columns = [list(cell.lines(width)) for cell, width in zip(cells, self.widths, strict=False)]
        height = max(map(len, columns))
        for column, width, cell in zip(columns, self.widths, cells, strict=False):
            blank: list[Sequence[Part]] = [[(" " * width, cell.style)]] * (height - len(column))
            column[len(column) * (not is_head) :] = blank + column if is_head else blank
        for parts in zip(*columns, strict=True):
            line: list[Part] = []
            for part in parts:
                line += (BETWEEN, *part) if line else part
            yield line
