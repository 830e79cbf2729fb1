"""The order in which a line is seen: that of FriBidi, letters kept, marks on their letter."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal.bidi import MAX_DEPTH, RLM, base_direction, has_rtl, levels, remove_formatting, reorder
from factcli.terminal.forms import write
from factcli.text.visual import MIRRORED

FIXTURE = Path(__file__).parent / "data" / "bidi.tsv"
LINES = [
    tuple(part.encode("ascii").decode("unicode_escape") for part in row.split("\t"))
    for row in FIXTURE.read_text(encoding="ascii").splitlines()
]
MIXED = st.text(st.sampled_from("اللآمنعُّ ٢3aB.,-%/()[]«»\u200cپ") | st.characters(), max_size=30)
DIRECTIONS = ("L", "R")


def visual(line: str, direction: str) -> str:
    return write(line, direction, "visual")


def letters(seen: str) -> str:
    """A line as seen, with plain letters instead of presentation forms."""
    return re.sub("[\ufb50-\ufbff\ufe80-\ufefc]", lambda form: normalize("NFKC", form[0])[::-1], seen)


def test_the_fixture_is_there() -> None:
    assert len(LINES) == 300


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_visual_order_is_that_of_fribidi(direction: str) -> None:
    different = [row[0] for row in LINES if visual(row[0], direction) != row[1 + DIRECTIONS.index(direction)]]
    assert different == []


# One Arabic string a line: editors reorder mixed ones.
ORDERS = {
    "per cent stays behind its number": (
        "10%",
        "10%",
    ),
    "a range of numbers is one number": (
        "5-7",
        "5-7",
    ),
    "after Arabic a range is read from the right": (
        "من 5-7",
        "7-5 نم",
    ),
    "a decimal before its noun": (
        "2.7 مليار",
        "رايلم 2.7",
    ),
    "a hyphen in a Latin name": (
        "طائرة F-16",
        "F-16 ةرئاط",
    ),
    "brackets around Latin are upright": (
        "صاروخ (TOW 2B)",
        "(TOW 2B) خوراص",
    ),
    "brackets around Arabic are mirrored": (
        "مكتب (مسقط)",
        "(طقسم) بتكم",
    ),
    "guillemets are mirrored": (
        "شركة «أسيلسان»",
        "«ناسليسأ» ةكرش",
    ),
    "a vowel mark stays directly after its letter": (
        "عُمان",
        "نامعُ",
    ),
    "Latin in brackets before Latin": (
        "تاو (A) B",
        "B (A) وات",
    ),
    "a date in Arabic digits": (
        "٢٠٢٥/٠٢/٠٥ يوم",
        "موي ٢٠٢٥/٠٢/٠٥",
    ),
    "after Arabic a currency sign is read before its number, from the right": (
        "قيمة $70,000",
        "70,000$ ةميق",
    ),
}


@pytest.mark.parametrize("reason", ORDERS)
def test_order_in_a_right_to_left_cell(reason: str) -> None:
    line, seen = ORDERS[reason]
    assert letters(visual(line, "R")) == seen


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param("2.7 مليار", "R", id="numbers have no direction"),
        pytest.param("«أسيلسان» ASELSAN", "R", id="nor have quotes"),
        pytest.param("TOW صاروخ", "L", id="the first letter decides"),
        pytest.param("2022-10", "L", id="left when nothing decides"),
        pytest.param("\u202e\u200fOman", "L", id="marks decide nothing"),
        pytest.param("", "L", id="empty"),
    ],
)
def test_base_direction_is_that_of_the_first_letter(text: str, direction: str) -> None:
    assert base_direction(text) == direction


@pytest.mark.parametrize(
    ("text", "found"), [("Oman 10%", False), ("é «x»", False), ("٢", True), ("ـ", True), (RLM, True)]
)
def test_has_rtl(text: str, found: bool) -> None:
    assert has_rtl(text) is found


@pytest.mark.parametrize(
    ("line", "direction", "expected"),
    [
        pytest.param("F-16 في", "R", "2222111", id="Latin in Arabic"),
        pytest.param("في F-16", "L", "1100000", id="Arabic in Latin"),
        pytest.param("في 16", "L", "11122", id="a number after Arabic"),
        pytest.param("ب \t", "L", "100", id="blanks at the end"),
        pytest.param("(" * MAX_DEPTH + "ب)", "R", "1" * (MAX_DEPTH + 2), id="deep brackets"),
    ],
)
def test_levels(line: str, direction: str, expected: str) -> None:
    assert levels(line, direction) == expected


@given(MIXED, st.sampled_from(DIRECTIONS))
def test_every_character_has_a_level_and_is_kept(line: str, direction: str) -> None:
    line = remove_formatting(line)
    found = levels(line, direction)
    assert len(found) == len(line)
    assert set(found) <= set("012")
    sides = str.maketrans(MIRRORED[1::2], MIRRORED[::2])
    assert sorted(reorder(line, found).translate(sides)) == sorted(line.translate(sides))


@given(st.text(st.sampled_from("abc .-10%()"), max_size=20))
def test_left_to_right_text_is_seen_as_it_is_written(line: str) -> None:
    assert visual(line + "a", "L") == line + "a"


CLUSTERS = st.lists(
    st.tuples(st.sampled_from("ابتثجحخدذرabcdef123٤٥٦ .%-"), st.text("\u064e\u0651\u0301", max_size=3)),
    unique_by=lambda cluster: cluster[0],
)


@given(CLUSTERS, st.sampled_from(DIRECTIONS))
def test_marks_stand_on_their_letter(clusters: list[tuple[str, str]], direction: str) -> None:
    line = "".join(letter + marks for letter, marks in clusters)
    seen = "".join(normalize("NFKC", char) for char in visual(line, direction))
    assert dict(re.findall("([^\u064e\u0651\u0301])([\u064e\u0651\u0301]*)", seen)) == dict(clusters)
