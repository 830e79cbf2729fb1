"""Cells with right-to-left text: columns stay, letters are in order, styles begin at letters, in every form."""

from __future__ import annotations

import io
import re
from unicodedata import bidirectional, normalize

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from factcli.formats.grid import Cell, Dim, Grid, width_of, wrap, wrap_at_blanks
from factcli.terminal.bidi import DIRECTION_MARKS
from factcli.terminal.forms import FORMS
from factcli.text.visual import MIRRORED

ROWS = (
    (
        "1980",
        "الولايات المتحدة",
        "وقّعت الدولتان اتفاقية تعاون عسكري أولية تسمح للجيش الأمريكي باستخدام منشآت عُمان",
        "-",
    ),
    ("2022-10", "USA", "بيع عُمان 301 صاروخ تاو 2بي (TOW 2B) بقيمة 70 مليون دولار", "$70,000,000"),
    ("2021", "الولايات المتحدة", "أكثر من 70 اتفاقية مبيعات", "2.7 مليار دولار"),
    ("٢٠٢٥/٠٢/٠٥", "Turkey تركيا", "Opened the ASELSAN «أسيلسان» office (Muscat / مسقط).", "10%"),
    ("٢٠٢٤", "تركيا", "وقّع الجانبان 10 اتفاقيات (منها 5-7 عسكرية)؛ إلى جانب «مذكرات تفاهم»", "طائرة F-16"),
    ("5-7", "عُمان", "صاروخ تاو 2بي (TOW 2B) لسلطنة عُمان", "5-7"),
)
HOSTILE = (
    ("\u064eمسقط", "\u202eOman", "هـ\u200d هـ\u200d", "\u2067تركيا"),
    ("\u0651", "\u200d", "", "\u064e \u0650 \u0651" * 20),
    ("لا" * 40, "x" * 80, "عُ" * 60, "\u200cمي\u200cخواهم"),
    ("تاو\tتاو", "\ufeffتركيا", "(" * 90 + "م", "\u064e" * 90),
)
LANGUAGES = ("en", "ar")
BOLD = "bold"
WIDTHS = (11, 16, 28, 14)
SGR = re.compile("\x1b\\[[\\d;]*m")
BRACKET = {char: MIRRORED[place & ~1] for place, char in enumerate(MIRRORED)}


def cells(row: tuple[str, ...], form: str, lang: str) -> list[Cell]:
    """Cells in the order of the language: plain, bold, with a dim line below another, dim."""
    align = "right" if lang == "ar" else "start"
    first, second, third, last = row
    made = [
        Cell(first, form, align),
        Cell(second, form, align, style=BOLD),
        Cell([third, Dim(second)], form, align),
        Cell([Dim(last)], form, align),
    ]
    return made[::-1] if lang == "ar" else made


def printed(renderable: Grid | Table | Cell, width: int = 200, has_color: bool = True) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=has_color, color_system="standard")
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def grid(form: str, lang: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """The lines of a grid as they are sent."""
    widths = WIDTHS[::-1] if lang == "ar" else WIDTHS
    return printed(Grid(widths, rows=[cells(row, form, lang) for row in rows])).splitlines()


def bordered(form: str, lang: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """The lines of the cells in a table with borders, as they are sent."""
    table = Table(padding=(0, 1, 0, 0), show_header=False)
    for width in WIDTHS[::-1] if lang == "ar" else WIDTHS:
        table.add_column(width=width, overflow="fold")
    for row in rows:
        table.add_row(*cells(row, form, lang))
    return printed(table).splitlines()


def without_marks(text: str) -> str:
    return SGR.sub("", text).translate(dict.fromkeys(map(ord, DIRECTION_MARKS)))


def on_a_terminal_that_reorders(line: str) -> str:
    """What the algorithm makes of a whole line of the screen."""
    return without_marks(str(get_display(SGR.sub("", line), base_dir="L")))


def letters(text: str) -> str:
    """A cell as letters in order, alike for all forms.

    Presentation forms are undone, vowels and the sides of brackets left out: the compiled python-bidi, which plays the
    terminal, moves the ones and does not mirror the others.
    """
    plain = re.sub("[\ufb50-\ufbff\ufe80-\ufefc]", lambda form: normalize("NFKC", form[0])[::-1], text)
    plain = re.sub("[\u064b-\u065f]", "", plain).replace("\u2800", " ")
    return "".join(BRACKET.get(char, char) for char in plain.strip())


def in_borders(seen: str, _lang: str) -> list[str]:
    return [letters(part) for part in re.split("[│┃]", seen)]


def in_columns(seen: str, lang: str) -> list[str]:
    """The cells of a line by where they stand on the screen."""
    plain, parts = re.sub("[\u064b-\u065f]", "", seen), []
    for width in WIDTHS[::-1] if lang == "ar" else WIDTHS:
        parts.append(letters(plain[:width]))
        plain = plain[width + 1 :]
    return parts


def borders(line: str) -> list[int]:
    plain = without_marks(line)
    return [cell_len(plain[: found.start()]) for found in re.finditer("[│┃┏┌├└┗┬┼┴┐┤┘┓]", plain)]


LAYOUTS = {"grid": (grid, in_columns), "borders": (bordered, in_borders)}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["isolate", "override"])
def test_a_terminal_that_reorders_shows_what_the_others_show(form: str, lang: str, layout: str) -> None:
    lines, parts = LAYOUTS[layout]
    expected = [parts(line, lang) for line in map(without_marks, lines("visual", lang, ROWS))]
    assert [parts(on_a_terminal_that_reorders(line), lang) for line in lines(form, lang, ROWS)] == expected


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["logical", "visual"])
def test_the_simulation_would_notice(form: str, layout: str) -> None:
    lines, parts = LAYOUTS[layout]
    expected = [parts(line, "en") for line in map(without_marks, lines("visual", "en", ROWS))]
    assert [parts(on_a_terminal_that_reorders(line), "en") for line in lines(form, "en", ROWS)] != expected


def test_a_terminal_that_does_not_reorder_shows_override_as_visual() -> None:
    assert list(map(without_marks, grid("override", "en", ROWS))) == list(
        map(without_marks, grid("visual", "en", ROWS))
    )


@pytest.mark.parametrize("rows", [ROWS, HOSTILE, ROWS + HOSTILE], ids=["facts", "hostile", "both"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", sorted(set(FORMS) - {"logical"}))
def test_borders_stand_below_each_other(form: str, lang: str, rows: tuple[tuple[str, ...], ...]) -> None:
    found = [borders(line) for line in bordered(form, lang, rows)]
    assert len(found[0]) == 5
    assert [line for line in found if line != found[0]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_columns_are_alike_in_every_form(form: str, lang: str) -> None:
    lines = list(map(without_marks, grid(form, lang, ROWS)))
    assert {cell_len(line) for line in lines} == {sum(WIDTHS) + len(WIDTHS) - 1}
    assert len(lines) == len(grid("logical", lang, ROWS))


@pytest.mark.parametrize("rows", [ROWS, HOSTILE], ids=["facts", "hostile"])
@pytest.mark.parametrize("form", FORMS)
def test_no_style_begins_with_what_has_no_width(form: str, rows: tuple[tuple[str, ...], ...]) -> None:
    sent = "\n".join(grid(form, "en", rows))
    begin = re.findall("\x1b\\[[\\d;]*m([^\x1b])", sent)
    assert len(begin) > len(rows)
    own = DIRECTION_MARKS if form == "logical" else ""  # logical leaves a text as it is, be it hostile
    assert [char for char in begin if cell_len(char) == 0 and char not in "\n" + own] == []


@pytest.mark.parametrize("form", FORMS)
def test_marks_stay_inside_their_cell_and_begin_after_a_blank(form: str) -> None:
    for line in bordered(form, "en", ROWS):
        for opening in re.finditer("[\u2066\u2067\u202d]", line):
            assert line[: opening.start()].rstrip("\u200e")[-1] == " "
        for part in re.split("[│┃]", SGR.sub("", line)):
            isolates = part.count("\u2066") + part.count("\u2067")
            assert (isolates, part.count("\u202d")) == (part.count("\u2069"), part.count("\u202c"))


def test_a_dim_text_is_dim_from_its_first_letter_to_its_last() -> None:
    assert printed(Cell([Dim("TOW")], "visual"), 6) == " \x1b[2mTOW\x1b[0m  \n"


def test_the_direction_of_a_cell_is_that_of_the_whole() -> None:
    lines = printed(Cell("مسقط TOW 2B", "isolate"), 10).splitlines()
    assert [line.strip()[0] for line in lines] == ["\u2067", "\u2067"]


@pytest.mark.parametrize(
    ("text", "align", "line"),
    [
        pytest.param("Oman", "start", " Oman    ", id="left to right at the left"),
        pytest.param("10%", "start", " 10%     ", id="no direction at the left"),
        pytest.param("10%", "right", "      10%", id="right"),
        pytest.param("ب", "start", "        \ufe8f", id="right to left at the right"),
        pytest.param("ب", "left", " \ufe8f       ", id="left"),
    ],
)
def test_alignment(text: str, align: str, line: str) -> None:
    assert printed(Cell(text, "visual", align), 9) == line + "\n"


ANY_TEXT = st.text(
    st.sampled_from("لامع\u064e\u0651 ٢3a(\u200d\u200c\u202e\u2067\u2069\t\x1b\n") | st.characters(), max_size=40
)


@given(ANY_TEXT, st.sampled_from(sorted(FORMS)), st.integers(2, 30))
def test_any_text_fits_its_cell(text: str, form: str, width: int) -> None:
    lines = printed(Cell(text, form), width, has_color=False).removesuffix("\n").split("\n")
    assert {cell_len(line) for line in lines} <= {width}


WRAPPED = st.text(st.sampled_from("لامع\u064e\u0651ab5日é©\ufe0f    ") | st.characters(), max_size=60)


def wrapped_by_rich(text: str, width: int) -> list[str]:
    if not cell_len(text):
        return [""]
    return [line.plain.rstrip() for line in Text(text).wrap(Console(), width, justify="default", overflow="fold")]


@given(WRAPPED | ANY_TEXT)
def test_the_width_of_a_text_is_that_of_rich(text: str) -> None:
    assert width_of(text) == cell_len(text)


def test_every_character_of_one_cell_is_so_for_rich() -> None:
    assert [char for char in map(chr, range(0x10000)) if width_of(char) != cell_len(char)] == []


@given(WRAPPED, st.integers(1, 30))
def test_text_is_broken_where_rich_breaks_it(text: str, width: int) -> None:
    """The fast path is equal to the plain one, where it is taken."""
    found = wrap_at_blanks(text, width)
    wrapped = wrapped_by_rich(text, width)
    assert found is None or not cell_len(text) or [line.rstrip() for line in found][: len(wrapped)] == wrapped


@given(WRAPPED, st.integers(1, 30))
def test_wrapped_text_is_that_of_rich_but_for_marks_without_a_letter(text: str, width: int) -> None:
    marks = "".join({char for char in text if bidirectional(char) in ("NSM", "BN")})
    seen = [line.lstrip(marks).rstrip() for line in wrapped_by_rich(text, width)]
    assert [line for line in wrap(text, width) if line] == [line for line in seen if line]


@pytest.mark.parametrize("width", [9, 14, 40])
@pytest.mark.parametrize("form", FORMS)
def test_a_grid_is_the_table_of_rich(form: str, width: int) -> None:
    rows = [[Cell([text, Dim(text)], form) for text in row] for row in (*ROWS, *HOSTILE)]
    made = Grid([width] * 4, [Cell(text, form, style=BOLD) for text in ROWS[0]], rows)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    for text in ROWS[0]:
        table.add_column(Cell(text, form), width=width, overflow="fold")
    for row in rows:
        table.add_row(*row)
    assert printed(made) == printed(table)


@pytest.mark.parametrize("form", FORMS)
def test_a_row_of_one_cell_is_as_wide_as_the_table(form: str) -> None:
    made = Grid([8, 8, 8], rows=[Cell("2024: 7 facts, 1 event", form), cells(ROWS[0], form, "en")[:3]])
    lines = printed(made).splitlines()
    assert without_marks(lines[0]).strip("\u2800 ") == "2024: 7 facts, 1 event"
    assert {cell_len(without_marks(line)) for line in lines} == {26}
