"""Cells of a rich table, and lines on their own, in the form in which a terminal shows right-to-left text.

What rich must know is wrapped around a text: `Cell(text, form)`. It is wrapped in logical order, then each line is
arranged by `bidi` with the direction of the whole cell, and highlights follow their letters. Widths are those of the
logical text in every form, so that a table looks alike in all of them: a ligature leaves a blank.

A cell begins with a blank of its own, so the table leaves it none on the left (`padding=(0, 1, 0, 0)`). It is there
for the marks of the form: some terminals give a mark that follows an escape sequence a cell of its own, none does so
after a blank. On or beside a border marks would tear gaps into the line. No style begins with a mark or a vowel, for
the same reason.

Around everything goes `before` and `after` of the form; a table is made `lost` columns narrower than the screen. For an
Arabic interface the columns are put into opposite order and every cell is aligned "right", alike in all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from unicodedata import bidirectional

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, OverflowMethod, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text

from factcli.bidi import ADDED, FORMS, Arranged, arrange, base

EDGE = 1
"""Cells that the blank at the left edge takes."""

BETWEEN = Segment(" ")

Align = Callable[[list[list[Segment]], int, int, Style], list[list[Segment]]]
"""How lines are made as many as those of the highest cell in the row: at which end, in which style."""


def lost(form: str, columns: int) -> int:
    """How much narrower than the screen a table of so many columns must be."""
    return FORMS[form].spare * columns


def lines(
    text: Text,
    width: int,
    form: str,
    direction: str,
    *,
    console: Console,
    overflow: OverflowMethod = "fold",
    no_wrap: bool = False,
) -> list[Text]:
    """The text wrapped to the width, each line as it is sent."""
    if not cell_len(text.plain):
        return [Text()]
    if text.plain.isascii() and text.plain.isprintable() and len(text.plain) <= width:
        return [turned(_trimmed(text), direction, form)]
    wrapped = text.wrap(console, width, justify="default", overflow=overflow, no_wrap=no_wrap)
    return [turned(_trimmed(line), direction, form) for line in wrapped]


def turned(line: Text, direction: str, form: str) -> Text:
    """The line as it is sent, its styles on the same letters as before."""
    arranged = arrange(line.plain, direction, form)
    owners = _owners(arranged)
    spans = [Span(start, end, span.style) for span in line.spans for start, end in _runs(owners, span)]
    return Text(arranged.text, style=line.style, spans=spans, end="")


def _owners(arranged: Arranged) -> list[int]:
    """For each character the place whose styles it has; marks have those of the character before them."""
    owners: list[int] = []
    for char, place in zip(arranged.text, arranged.places, strict=True):
        follows = place == ADDED or bidirectional(char) in ("NSM", "BN")
        owners.append(owners[-1] if follows and owners else ADDED if follows else place)
    return owners


def _runs(owners: list[int], span: Span) -> Iterator[tuple[int, int]]:
    """Where characters with the styles of a place in the span stand side by side."""
    start = None
    for here, owner in enumerate([*owners, ADDED]):
        if span.start <= owner < span.end:
            start = here if start is None else start
        elif start is not None:
            yield start, here
            start = None


def _trimmed(line: Text) -> Text:
    """The line without blanks at its end, and without marks at its beginning, which have no letter to stand on."""
    end = len(line.plain.rstrip())
    start = next((place for place, char in enumerate(line.plain) if bidirectional(char) not in ("NSM", "BN")), end)
    return line if (start, end) == (0, len(line)) else line[start:end]


class Cell:
    """A text as a cell of a table; `align` is "start" (by direction), "left" or "right"."""

    def __init__(self, text: Text | str, form: str, align: str = "start", direction: str | None = None) -> None:
        self.text = text if isinstance(text, Text) else Text(text)
        self.form = form
        self.direction = direction or base(self.text.plain)
        self.is_right = align == "right" or (align == "start" and self.direction == "R")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        least, most = Measurement.get(console, options, self.text)
        return Measurement(least + EDGE, most + EDGE).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.sent(options.max_width, console, options.overflow or "fold", bool(options.no_wrap)):
            yield from line
            yield Segment.line()

    def sent(
        self, width: int, console: Console, overflow: OverflowMethod = "fold", no_wrap: bool = False
    ) -> list[list[Segment]]:
        """The lines of the cell, all of that width."""
        room = max(1, width - EDGE)
        made = lines(
            self.text, room, self.form, self.direction, console=console, overflow=overflow, no_wrap=no_wrap
        )  # fmt: skip
        return [self._padded(line, room, console) for line in made]

    def _padded(self, line: Text, width: int, console: Console) -> list[Segment]:
        room = " " * (width - cell_len(line.plain))
        left, right = (room, "") if self.is_right else ("", room)
        left = FORMS[self.form].edge + left
        if not line.spans and not line.style:
            return [Segment(left + line.plain + right)]
        whole = Text(left, style=self.text.style, end="")
        return list(whole.append_text(line).append(right).render(console))


class Grid:
    """Cells in columns of known width, a blank between two, the first row set off as the head.

    A table of rich would measure each cell to find the widths, then pad and crop what fits already.
    """

    def __init__(self, widths: Sequence[int], head: Sequence[Cell], style: str) -> None:
        self.widths, self.head, self.style = widths, head, style
        self.rows: list[Sequence[Cell]] = []

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._row(self.head, console, Segment.align_bottom, console.get_style(self.style))
        yield Segment("─" * (sum(self.widths) + len(self.widths) - 1) + "\n")
        for row in self.rows:
            yield from self._row(row, console, Segment.align_top, Style.null())

    def _row(self, cells: Sequence[Cell], console: Console, align: Align, style: Style) -> Iterator[Segment]:
        """The cells side by side; there may be fewer than columns."""
        sent = [(cell.sent(width, console), width) for cell, width in zip(cells, self.widths, strict=False)]
        height = max(len(lines) for lines, _ in sent)
        for parts in zip(*(align(lines, width, height, style) for lines, width in sent), strict=True):
            for place, part in enumerate(parts):
                if place:
                    yield BETWEEN
                yield from Segment.apply_style(part, style)
            yield Segment.line()
