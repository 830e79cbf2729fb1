"""Cells of tables with right-to-left text: columns stay, letters are in order, styles follow, in every form."""

from __future__ import annotations

import io
import re
from unicodedata import normalize

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.style import Style
from rich.table import Table
from rich.text import Text

from factcli.formats.bidi_table import Cell, Grid, broken, lost, measured, turned
from factcli.terminal.bidi import DIRECTION_MARKS, FORMS, MIRRORED, write

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
HITS = ("تاو", "TOW", "سلطنة", "Opened", "أسيل", "\u064f")
LANGUAGES = ("en", "ar")
SGR = re.compile("\x1b\\[[\\d;]*m")
BRACKET = {char: MIRRORED[place & ~1] for place, char in enumerate(MIRRORED)}


def cell(text: str, form: str, lang: str) -> Cell:
    styled = Text(text)
    styled.highlight_words(HITS, "bold")
    return Cell(styled, form, "right" if lang == "ar" else "start")


def screen(
    form: str, lang: str, rows: tuple[tuple[str, ...], ...], width: int = 78, no_wrap: bool = False
) -> list[str]:
    """The lines of a table as they are sent."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system="standard", highlight=False)
    table = Table(padding=(0, 1, 0, 0), show_header=False)
    for _ in rows[0]:
        table.add_column(no_wrap=no_wrap, overflow="ellipsis" if no_wrap else "fold", width=17 if no_wrap else None)
    for row in rows:
        table.add_row(*(cell(text, form, lang) for text in row[:: -1 if lang == "ar" else 1]))
    console.print(table)
    return out.getvalue().splitlines()


def without_marks(text: str) -> str:
    return SGR.sub("", text).translate(dict.fromkeys(map(ord, DIRECTION_MARKS)))


def on_a_terminal_that_reorders(line: str) -> str:
    """What the algorithm makes of a whole line of the screen."""
    return without_marks(str(get_display(SGR.sub("", line), base_dir="L")))


def looks(seen: str) -> list[str]:
    """The cells of a line as letters in order, alike for all forms.

    Presentation forms are undone, vowels and the sides of brackets left out: the compiled python-bidi, which plays the
    terminal, moves the ones and does not mirror the others.
    """
    plain = re.sub("[\ufb50-\ufbff\ufe80-\ufefc]", lambda form: normalize("NFKC", form[0])[::-1], seen)
    plain = re.sub("[\u064b-\u065f]", "", plain).replace("\u2800", " ")
    return ["".join(BRACKET.get(char, char) for char in part.strip()) for part in re.split("[│┃]", plain)]


def borders(line: str) -> list[int]:
    plain = without_marks(line)
    return [cell_len(plain[: found.start()]) for found in re.finditer("[│┃┏┌├└┗┬┼┴┐┤┘┓]", plain)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["isolate", "override"])
def test_a_terminal_that_reorders_shows_what_the_others_show(form: str, lang: str) -> None:
    expected = [looks(line) for line in map(without_marks, screen("visual", lang, ROWS))]
    assert [looks(on_a_terminal_that_reorders(line)) for line in screen(form, lang, ROWS)] == expected


@pytest.mark.parametrize("form", ["logical", "visual"])
def test_the_simulation_would_notice(form: str) -> None:
    expected = [looks(line) for line in map(without_marks, screen("visual", "en", ROWS))]
    assert [looks(on_a_terminal_that_reorders(line)) for line in screen(form, "en", ROWS)] != expected


def test_a_terminal_that_does_not_reorder_shows_override_as_visual() -> None:
    assert list(map(without_marks, screen("override", "en", ROWS))) == list(
        map(without_marks, screen("visual", "en", ROWS))
    )


@pytest.mark.parametrize("no_wrap", [False, True], ids=["folded", "cut"])
@pytest.mark.parametrize("rows", [ROWS, HOSTILE, ROWS + HOSTILE], ids=["facts", "hostile", "both"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", sorted(set(FORMS) - {"logical"}))
def test_borders_stand_below_each_other(form: str, lang: str, rows: tuple[tuple[str, ...], ...], no_wrap: bool) -> None:
    found = [borders(line) for line in screen(form, lang, rows, no_wrap=no_wrap)]
    assert len(found[0]) == 5
    assert [line for line in found if line != found[0]] == []


@pytest.mark.parametrize("width", [24, 40, 78, 200])
def test_columns_are_alike_in_every_form(width: int) -> None:
    expected = [borders(line) for line in screen("logical", "en", ROWS, width)]
    assert all([borders(line) for line in screen(form, "en", ROWS, width)] == expected for form in FORMS)


@pytest.mark.parametrize("rows", [ROWS, HOSTILE], ids=["facts", "hostile"])
@pytest.mark.parametrize("form", FORMS)
def test_no_style_begins_with_what_has_no_width(form: str, rows: tuple[tuple[str, ...], ...]) -> None:
    sent = "\n".join(screen(form, "en", rows))
    assert [char for char in re.findall("\x1b\\[[\\d;]*m([^\x1b])", sent) if cell_len(char) == 0 and char != "\n"] == []


@pytest.mark.parametrize("form", FORMS)
def test_marks_stay_inside_their_cell_and_begin_after_a_blank(form: str) -> None:
    for line in screen(form, "en", ROWS):
        for opening in re.finditer("[\u2066\u2067\u202d]", line):
            assert line[: opening.start()].rstrip("\u200e")[-1] == " "
        for part in re.split("[│┃]", SGR.sub("", line)):
            isolates = part.count("\u2066") + part.count("\u2067")
            assert (isolates, part.count("\u202d")) == (part.count("\u2069"), part.count("\u202c"))


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"words-pf"}))
def test_styles_follow_their_letters(form: str) -> None:
    line = Text("صاروخ تاو (TOW 2B)")
    line.highlight_words(("تاو", "TOW"), "bold")
    sent = turned(line, "R", form)
    styled = {sent.plain[span.start : span.end] for span in sent.spans}
    assert {re.sub("[^\\w]", "", part) for part in styled} == {write("تاو", "R", form).strip(DIRECTION_MARKS), "TOW"}


def test_a_style_over_a_mark_alone_is_left_to_its_letter() -> None:
    line = Text("عُمان")
    line.stylize("bold", 1, 2)
    assert turned(line, "R", "override").spans == []


def test_the_direction_of_a_cell_is_that_of_the_whole() -> None:
    out = io.StringIO()
    Console(file=out, width=10).print(Cell("مسقط TOW 2B", "isolate"))
    assert [line.strip()[0] for line in out.getvalue().splitlines()] == ["\u2067", "\u2067"]


@pytest.mark.parametrize(
    ("text", "align", "line"),
    [
        pytest.param("Oman", "start", " Oman    ", id="left to right at the left"),
        pytest.param("10%", "start", " 10%     ", id="no direction at the left"),
        pytest.param("10%", "right", "      10%", id="right when told"),
        pytest.param("ب", "start", "        \ufe8f", id="right to left at the right"),
        pytest.param("ب", "left", " \ufe8f       ", id="left when told"),
    ],
)
def test_alignment(text: str, align: str, line: str) -> None:
    out = io.StringIO()
    Console(file=out, width=9).print(Cell(text, "visual", align))
    assert out.getvalue() == line + "\n"


def test_a_cell_asks_for_its_text_and_a_blank() -> None:
    console = Console(width=80)
    assert Measurement.get(console, console.options, Cell("سلطنة عُمان", "override")) == (6, 11)


def test_only_mlterm_loses_columns() -> None:
    assert {form: lost(form, 4) for form in FORMS if lost(form, 4)} == {"mlterm": 12}


@given(
    st.text(
        st.sampled_from("لامع\u064e\u0651 ٢3a(\u200d\u200c\u202e\u2067\u2069\t\x1b\n") | st.characters(), max_size=40
    ),
    st.sampled_from(sorted(FORMS)),
    st.integers(2, 30),
    st.booleans(),
)
def test_any_text_fits_its_cell(text: str, form: str, width: int, no_wrap: bool) -> None:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False).print(
        Cell(text, form), no_wrap=no_wrap, overflow="ellipsis" if no_wrap else "fold"
    )
    assert {cell_len(line) for line in out.getvalue().removesuffix("\n").split("\n")} <= {width}


WRAPPED = st.text(st.sampled_from("لامع\u064e\u0651ab5日é©\ufe0f    ") | st.characters(), max_size=60)


@given(WRAPPED, st.integers(1, 30))
def test_text_is_broken_where_rich_breaks_it(text: str, width: int) -> None:
    found = broken(text, width)
    wrapped = Text(text).wrap(Console(), width, justify="default", overflow="fold") if found and cell_len(text) else []
    assert [line.rstrip() for line in found or []][: len(wrapped)] == [line.plain.rstrip() for line in wrapped]


@given(WRAPPED)
def test_text_is_as_wide_as_its_words(text: str) -> None:
    assert measured(text.replace("\u200d", "")) == cell_len(text.replace("\u200d", ""))


@pytest.mark.parametrize("width", [9, 14, 40])
@pytest.mark.parametrize("form", FORMS)
def test_a_grid_is_the_table_of_rich(form: str, width: int) -> None:
    grid = Grid([width] * 4, [Cell(text, form, style=Style(bold=True)) for text in ROWS[0]])
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    for text in ROWS[0]:
        table.add_column(Cell(text, form), width=width, overflow="fold")
    for row in (*ROWS, *HOSTILE):
        cells = [cell(text, form, "en") if place else Cell(text, form) for place, text in enumerate(row)]
        grid.rows.append(cells)
        table.add_row(*cells)
    assert printed(grid) == printed(table)


def printed(renderable: Grid | Table) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=True, color_system="standard")
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()
