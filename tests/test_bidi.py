"""Logical lines and what a terminal is sent for them."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import bidirectional, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal.bidi import (
    ADDED,
    DIRECTION_MARKS,
    FORMS,
    LRI,
    LRM,
    LRO,
    MIRRORED,
    PDF,
    PDI,
    RLI,
    RLM,
    arrange,
    base,
    isolate,
    needs,
    override,
    spoken,
    visual,
    write,
)  # fmt: skip

FIXTURE = Path(__file__).parent / "data" / "bidi.tsv"
LINES = [
    tuple(part.encode("ascii").decode("unicode_escape") for part in row.split("\t"))
    for row in FIXTURE.read_text(encoding="ascii").splitlines()
]
MIXED = st.text(st.sampled_from("اللآمنعُّ ٢3aB.,-%/()[]«»\u200cپ") | st.characters(), max_size=30)
BASES = ("L", "R")


def letters(seen: str) -> str:
    """A line as seen, with plain letters instead of presentation forms."""
    return re.sub("[\ufb50-\ufbff\ufe80-\ufefc]", lambda form: normalize("NFKC", form[0])[::-1], seen)


def test_the_fixture_is_there() -> None:
    assert len(LINES) == 300


@pytest.mark.parametrize("base", BASES)
def test_visual_order_is_that_of_fribidi(base: str) -> None:
    different = [row[0] for row in LINES if visual(row[0], base) != row[1 + BASES.index(base)]]
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


SHAPES = {
    "dual joining: initial medial final": ("\u0628\u0628\u0628", "\ufe90\ufe92\ufe91"),
    "right joining does not join what follows": ("\u062f\u0628", "\ufe8f\ufea9"),
    "a mark between does not part letters": ("\u0628\u064e\u0628", "\ufe90\ufe91\u064e"),
    "lam-alef alone": ("\u0644\u0627", "\ufefb"),
    "lam-alef joined": ("\u0628\u0644\u0622", "\ufef6\ufe91"),
    "lam-alef with a mark between": ("\u0644\u064e\u0627", "\ufefb\u064e"),
    "tatweel joins": ("\u0647\u0640", "\u0640\ufeeb"),
    "a non-joiner parts": ("\u0628\u200c\u0628", "\ufe8f\ufe8f"),
    "a joiner joins and is gone": ("\u0647\u200d", "\ufeeb"),
    "hamza stands alone": ("\u0628\u0621", "\u0621\ufe8f"),
    "Persian peh": ("\u067e\u067e", "\ufb57\ufb58"),
    "Urdu yeh barree": ("\u0628\u06d2", "\ufbaf\ufe91"),
    "a letter without forms joins its neighbours": ("\u0628\u063d", "\u063d\ufe91"),
}


@pytest.mark.parametrize("reason", SHAPES)
def test_letters_join(reason: str) -> None:
    line, seen = SHAPES[reason]
    assert visual(line, "R") == seen


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
def test_base_is_the_direction_of_the_first_letter(text: str, direction: str) -> None:
    assert base(text) == direction


@pytest.mark.parametrize(
    ("text", "moves"), [("Oman 10%", False), ("é «x»", False), ("٢", True), ("ـ", True), (RLM, True)]
)
def test_needs_tells_whether_anything_moves(text: str, moves: bool) -> None:
    assert needs(text) is moves


WRITTEN = {
    "isolate, right to left": ("isolate", "R", f"{RLI}{RLM}\u0628(\u0628){PDI}"),
    "isolate, left to right": ("isolate", "L", f"{LRI}{LRM}\u0628(\u0628){PDI}"),
    "override": ("override", "R", f"{LRM}{LRO}(\ufe8f)\ufe8f{PDF}"),
    "visual": ("visual", "R", "(\ufe8f)\ufe8f"),
    "konsole does not mirror, so it is done for it": ("konsole", "R", f"{RLI}{RLM}\u0628)\u0628({PDI}"),
    "kitty turns the word round and mirrors it": ("words-pf", "R", "\ufe8f(\ufe8f)"),
    "present is logical": ("present", "R", "\ufe8f(\ufe8f)"),
    "logical": ("logical", "R", "\u0628(\u0628)"),
}


@pytest.mark.parametrize("reason", WRITTEN)
def test_forms(reason: str) -> None:
    form, direction, written = WRITTEN[reason]
    assert write("\u0628(\u0628)", direction, form) == written


def test_short_names_write_their_form() -> None:
    line = "عُمان (10%)"
    assert isolate(line, "R") == write(line, "R", "isolate")
    assert override(line, "R") == write(line, "R", "override")


@pytest.mark.parametrize("form", FORMS)
def test_lines_that_nothing_moves_are_left_alone(form: str) -> None:
    assert write("F-16 (10%)", "L", form) == "F-16 (10%)"


@pytest.mark.parametrize("form", ["bare", "words-pf"])
def test_vowels_are_left_out_where_they_cost_a_cell(form: str) -> None:
    assert "\u064f" not in write("عُمان", "R", form)


def test_words_keep_the_order_in_which_they_are_seen() -> None:
    words = write("بيع (TOW 2B) في مسقط", "R", "words-pf").split(" ")
    assert [normalize("NFKC", word) for word in words] == ["مسقط", "في", "(TOW", "2B)", "بيع"]


@given(MIXED, st.sampled_from(BASES), st.sampled_from(sorted(FORMS)))
def test_no_direction_mark_of_a_fact_reaches_a_terminal(line: str, direction: str, form: str) -> None:
    own = FORMS[form].opens[direction] + FORMS[form].closes
    written = write(f"\u202e\u2067{line}", direction, form)
    if form != "logical":
        assert [char for char in written if char in DIRECTION_MARKS] in (list(own), [])


@pytest.mark.parametrize(
    ("line", "written"),
    [
        pytest.param("١٢/٣ B", "B ٣/٢١", id="digits of the script"),
        pytest.param("۱۲", "۲۱", id="Persian digits"),
        pytest.param("12٪", "٪21", id="its per cent sign"),
        pytest.param("TOW،", "،TOW", id="but not its comma"),
    ],
)
def test_words_that_kitty_turns(line: str, written: str) -> None:
    assert write(line, "R", "words-pf") == written


def test_colours_of_words_are_where_they_will_be_seen() -> None:
    text, places = arrange("ببA", "R", "words-pf")
    assert [normalize("NFKC", char) for char in text] == ["ب", "ب", "A"]
    assert places == (2, 1, 0)


@given(MIXED, st.sampled_from(BASES), st.sampled_from(sorted(set(FORMS) - {"words-pf"})))
def test_places_tell_where_a_character_comes_from(line: str, direction: str, form: str) -> None:
    text, places = arrange(line, direction, form)
    assert len(text) == len(places)
    known = [place for place in places if place != ADDED]
    assert len(known) == len(set(known))
    for char, place in zip(text, places, strict=True):
        assert place == ADDED or char in MIRRORED or line[place] in (char, normalize("NFKC", char)[:1])


@given(st.text(st.sampled_from("abc .-10%()"), max_size=20))
def test_left_to_right_text_is_seen_as_it_is_written(line: str) -> None:
    assert visual(line + "a", "L") == line + "a"


@given(MIXED, st.sampled_from(BASES))
def test_marks_stand_on_their_letter(line: str, direction: str) -> None:
    """The marks that follow a letter are the same ones before and after (lam-alef counts as its lam)."""
    seen = arrange(line, direction, "visual")
    for (char, place), (before, letter) in zip(_pairs(seen)[1:], _pairs(seen), strict=False):
        if bidirectional(char) == "NSM" and bidirectional(before) != "NSM":
            between = line[letter + 1 : place]
            assert all(bidirectional(c) in ("NSM", "BN", "AL") or c in DIRECTION_MARKS for c in between), ascii(line)


def _pairs(arranged: tuple[str, tuple[int, ...]]) -> list[tuple[str, int]]:
    return list(zip(*arranged, strict=True))


PHRASES = (
    "سلطنة عُمان",
    "الولايات المتحدة",
    "2.7 مليار دولار",
    "صاروخ تاو 2بي (TOW 2B)",
    "طائرة F-16",
    "الإمارات لأن الآن",
)


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"words-pf", "present", "konsole"}))
@pytest.mark.parametrize("phrase", PHRASES)
def test_what_is_copied_from_the_screen_can_be_searched_for(phrase: str, form: str) -> None:
    words = spoken(write(phrase, base(phrase), form)).split()
    vowels = "" if FORMS[form].vowels else "[\u064b-\u065f]"
    assert sorted(words) == sorted((re.sub(vowels, "", phrase) if vowels else phrase).split())


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_text_without_marks_or_forms_is_spoken_as_it_is(text: str) -> None:
    assert spoken(text) == text
