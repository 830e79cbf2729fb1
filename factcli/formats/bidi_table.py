"""Cells, side by side in a grid or in a table of rich, in the form in which a terminal shows right-to-left text.

What rich must know is wrapped around a text: `Cell(text, form)`. It is wrapped in logical order, then each line is
arranged by `bidi` with the direction of the whole cell, and highlights follow their letters. Widths are those of the
logical text in every form, so that a table looks alike in all of them: a ligature leaves a blank.

A cell begins with a blank of its own, so a table leaves it none on the left (`padding=(0, 1, 0, 0)`). It is there
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
from rich.measure import Measurement, measure_renderables
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text

from factcli.terminal.bidi import ADDED, FORMS, Arranged, arrange, base, write

EDGE = 1
"""Cells that the blank at the left edge takes."""

BETWEEN, LINE_END = Segment(" "), Segment.line()
PLAIN = Style.null()

Align = Callable[[list[list[Segment]], int, int, Style], list[list[Segment]]]
"""How lines are made as many as those of the highest cell in the row: at which end, in which style."""


def lost(form: str, columns: int) -> int:
    """How much narrower than the screen a table of so many columns must be."""
    return FORMS[form].spare * columns


def measured(text: str) -> int:
    """The cells of a text, word by word: many come again, and rich remembers how wide each is."""
    return sum(map(cell_len, text.split(" "))) + text.count(" ")


def broken(text: str, width: int) -> list[str] | None:
    """The text wrapped to the width as rich wraps it; None where that takes more than breaking it between words."""
    if not text.isprintable() or text.startswith(" "):
        return None
    made, start, here, used = [], 0, 0, 0
    for word in text.split(" "):
        cells = cell_len(word)
        if cells > width:
            return None
        if word and used + cells > width:
            made.append(text[start:here])
            start, used = here, 0
        here += len(word) + 1
        used += cells + 1
    return [*made, text[start:]]


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
    fits = broken(text.plain, width) == [text.plain]
    wrapped = [text] if fits else text.wrap(console, width, justify="default", overflow=overflow, no_wrap=no_wrap)
    return [turned(_trimmed(line), direction, form) for line in wrapped]


def turned(line: Text, direction: str, form: str) -> Text:
    """The line as it is sent, its styles on the same letters as before."""
    if line.plain.isascii() and direction == "L":
        return line
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


def _seen_part(line: str) -> tuple[int, int]:
    """Where a line begins, without marks that have no letter to stand on, and ends, without blanks."""
    start = next((place for place, char in enumerate(line) if bidirectional(char) not in ("NSM", "BN")), len(line))
    return start, max(start, len(line.rstrip()))


def _trimmed(line: Text) -> Text:
    """The part of the line that is seen."""
    start, end = _seen_part(line.plain)
    return line if (start, end) == (0, len(line)) else line[start:end]


class Cell:
    """A text, or several below each other, as a cell of a table; `align` is "start" (by direction), "left" or "right".

    A text that has no style is best given as a `str`, which takes a tenth of the time.
    """

    def __init__(
        self,
        text: Text | str | Sequence[Text | str],
        form: str,
        align: str = "start",
        direction: str | None = None,
        style: Style | None = None,
    ) -> None:
        self.parts = [text] if isinstance(text, Text | str) else text
        self.form, self.style = form, style
        self.direction = direction or base("\n".join(map(str, self.parts)))
        self.is_right = align == "right" or (align == "start" and self.direction == "R")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        texts = [Text(part) if isinstance(part, str) else part for part in self.parts]
        least, most = measure_renderables(console, options, texts)
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
        return [line for part in self.parts for line in self._lines(part, room, console, overflow, no_wrap)]

    def _lines(
        self, part: Text | str, width: int, console: Console, overflow: OverflowMethod, no_wrap: bool
    ) -> list[list[Segment]]:
        plain = broken(part, width) if isinstance(part, str) and not no_wrap else None
        if plain is not None:
            return [[self._plain(line, width)] for line in plain]
        text = Text(part, self.style or "") if isinstance(part, str) else part
        made = lines(text, width, self.form, self.direction, console=console, overflow=overflow, no_wrap=no_wrap)
        return [self._styled(line, text.style, width, console) for line in made]

    def _plain(self, line: str, width: int) -> Segment:
        text = write(line[slice(*_seen_part(line))], self.direction, self.form)
        left, right = self._padding(width - measured(text))
        return Segment(left + text + right, self.style)

    def _styled(self, line: Text, style: str | Style, width: int, console: Console) -> list[Segment]:
        left, right = self._padding(width - cell_len(line.plain))
        return list(Text(left, style=style, end="").append_text(line).append(right).render(console))

    def _padding(self, room: int) -> tuple[str, str]:
        """What stands left and right of a line that leaves so much room."""
        edge, blank = FORMS[self.form].edge, " " * room
        return (edge + blank, "") if self.is_right else (edge, blank)


class Grid:
    """Cells in columns of known width, a blank between two; a head, where there is one, is set off from the rows.

    A table of rich would measure each cell to find the widths, then pad and crop what fits already.
    """

    def __init__(self, widths: Sequence[int], head: Sequence[Cell] = (), rows: Sequence[Sequence[Cell]] = ()) -> None:
        self.widths, self.head, self.rows = widths, head, list(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.head:
            yield from self._row(self.head, console, Segment.align_bottom)
            yield Segment("─" * (sum(self.widths) + len(self.widths) - 1) + "\n")
        for row in self.rows:
            yield from self._row(row, console, Segment.align_top)

    def _row(self, cells: Sequence[Cell], console: Console, align: Align) -> Iterator[Segment]:
        """The cells side by side; there may be fewer than columns."""
        sent = [cell.sent(width, console) for cell, width in zip(cells, self.widths, strict=False)]
        height = max(map(len, sent))
        columns = [
            align(lines, width, height, cell.style or PLAIN)
            for lines, width, cell in zip(sent, self.widths, cells, strict=False)
        ]
        for parts in zip(*columns, strict=True):
            for place, part in enumerate(parts):
                if place:
                    yield BETWEEN
                yield from part
            yield LINE_END
