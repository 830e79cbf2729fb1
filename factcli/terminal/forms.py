"""The forms in which a terminal is sent a line, so that Arabic and English beside each other look right.

A fact is kept in logical order, the order of speech. Terminals disagree about who turns that into what is seen. Most
(xterm, alacritty, foot) put characters from left to right as they come: Arabic stands backwards and unjoined. Some
(VTE, Konsole) apply the Unicode bidirectional algorithm to the whole line of the screen: words are right, but the
borders of a table are neutral characters, so two Arabic neighbours become one run and change places. What corrects the
one breaks the other, hence the forms:

- `isolate`   logical order inside RLI RLM ... PDI: the terminal does the work, each cell on its own. Text copied from
              the screen is the text of the fact. The mark after RLI is for FriBidi before 1.0.9, which lets the Arabic
              of the cell before reach into leading digits ("10%" became "%10").
- `visual`    the program does the work: letters joined by their presentation forms, in the order seen.
- `override`  the visual order inside LRO ... PDF: a terminal without the algorithm ignores the marks, in one that has
              it they keep the order. The only form that is right nearly everywhere, so it is the one for unknown
              terminals. LRM stands before it for terminals that guess the direction of a line.

and, for particular terminals: `bare` (visual without vowel marks, where those cost a cell), `konsole`
(isolates; brackets mirrored in advance, since it never does), `words-pf` (kitty reverses each blank-separated Arabic
word and leaves the order of words), `mlterm` (override, every mark costs a cell), `filler` (PuTTY drops all marks, a
blank of direction L at the edges of a cell holds the columns), `explicit` (visual, between the sequences that switch
the terminal's own algorithm off and on), `present` (logical, but lam-alef is one cell) and `logical` (left as it is).

A line is written after wrapping, never before: lines broken out of reordered text read from the bottom up. Its base
direction is that of the whole cell: a line that happens to begin with "TOW" does not change sides. Rejected: FSI, the
isolate that finds its direction itself, since it sees one line of the cell, not the cell.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from unicodedata import bidirectional

from factcli._namedtuple import NamedTuple
from factcli.terminal.bidi import (
    DIRECTION_MARKS,
    LRI,
    LRM,
    LRO,
    PDF,
    PDI,
    RLI,
    RLM,
    has_rtl,
    is_rtl,
    levels,
    mirror,
    remove_formatting,
    reorder,
)
from factcli.terminal.shaping import ZWJ, shape

# -- the order and shape of letters


def _logical(line: str, _direction: str) -> str:
    """The line as it is, without ZWJ: tmux gives it a cell."""
    return line.replace(ZWJ, "")


def _shaped(line: str, _direction: str) -> str:
    """The line in logical order, its letters joined."""
    return remove_formatting(shape(line))


def _visual(line: str, direction: str) -> str:
    """The line in visual order, its letters joined."""
    shaped = _shaped(line, direction)
    return reorder(shaped, levels(shaped, direction))


def _mirrored(line: str, direction: str) -> str:
    """The line in logical order, brackets mirrored already where they will run from right to left."""
    seen = remove_formatting(line)
    mirrored = iter(mirror(seen, levels(seen, direction)))
    return "".join([next(mirrored) if remove_formatting(char) else char for char in _logical(line, direction)])


def _words(line: str, direction: str) -> str:
    """Words in visual order; words with Arabic in them reversed, as kitty will reverse them again.

    It does not for the Arabic comma, semicolon and question mark, tatweel or a vowel mark alone.
    """
    words = _visual(line, direction).split(" ")
    for at, word in enumerate(words):
        arabic = [char for char in word if is_rtl(char) and char not in "،؛؟ـ" and bidirectional(char) != "NSM"]
        if arabic:
            words[at] = reorder(word, "1" * len(word))
    return " ".join(words)


# -- the forms


class Form(NamedTuple):
    """How a terminal is sent a line.

    `arrange` puts a line of a base direction into the order and shape that is sent. `opening` (by base direction) and
    `closing` enclose it. `vowels`: marks on letters are kept. `edge` is the blank left of a cell; `mark_cells` are the
    cells of the screen that each cell of a table loses to marks. `before` and `after` enclose the whole output.
    """

    arrange: Callable[[str, str], str]
    opening: dict[str, str] = {"L": "", "R": ""}  # noqa: RUF012
    closing: str = ""
    vowels: bool = True
    edge: str = " "
    mark_cells: int = 0
    before: str = ""
    after: str = ""


_ISOLATES = {"L": LRI + LRM, "R": RLI + RLM}
_OVERRIDES = {"L": LRM + LRO, "R": LRM + LRO}
_BLANK_OF_DIRECTION_L = "\u2800"

FORMS = {
    "isolate": Form(_logical, _ISOLATES, PDI),
    "visual": Form(_visual),
    "override": Form(_visual, _OVERRIDES, PDF),
    "logical": Form(_logical),
    "bare": Form(_visual, vowels=False),
    "explicit": Form(_visual, before="\x1b[8l", after="\x1b[8h"),
    "filler": Form(_logical, edge=_BLANK_OF_DIRECTION_L),
    "konsole": Form(_mirrored, _ISOLATES, PDI),
    "mlterm": Form(_visual, _OVERRIDES, PDF, mark_cells=3),
    "present": Form(_shaped),
    "words-pf": Form(_words, vowels=False),
}
"""The forms by the names that FACTCLI_BIDI knows, in the order in which messages list them."""

_NO_MARKS = dict.fromkeys(map(ord, DIRECTION_MARKS))


@cache
def write(line: str, direction: str, form: str) -> str:
    """The line as a terminal of that form is sent it, in a cell of that base direction ("L" or "R").

    In a left-to-right cell, a line without right-to-left text is returned as it is: it needs no marks, even beside
    lines that do. Direction marks in the text are removed. Cached, since a table has the same kinds, countries and
    years in many rows: 7 % of the instructions of an Arabic table of 50 facts.

    >>> write("5-7 (10%)", "R", "visual"), write("5 7", "R", "visual")
    ('(10%) 5-7', '7 5')
    """
    if form == "logical" or (direction == "L" and not has_rtl(line)):
        return line
    how = FORMS[form]
    text = how.arrange(line.translate(_NO_MARKS), direction)
    if not how.vowels:
        text = "".join([char for char in text if not ("\u0610" <= char <= "\u06ed" and bidirectional(char) == "NSM")])
    return how.opening[direction] + text + how.closing
