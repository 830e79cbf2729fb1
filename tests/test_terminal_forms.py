"""What a terminal of each form is sent for a line."""

from __future__ import annotations

import re
from unicodedata import bidirectional, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal.bidi import DIRECTION_MARKS, LRI, LRM, LRO, PDF, PDI, RLI, RLM, base_direction
from factcli.terminal.forms import FORMS, write
from factcli.text import fold

MIXED = st.text(st.sampled_from("اللآمنعُّ ٢3aB.,-%/()[]«»\u200cپ") | st.characters(), max_size=30)
DIRECTIONS = ("L", "R")

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


@pytest.mark.parametrize("form", FORMS)
def test_lines_that_nothing_moves_are_left_alone(form: str) -> None:
    assert write("F-16 (10%)", "L", form) == "F-16 (10%)"


@pytest.mark.parametrize("form", ["bare", "words-pf"])
def test_vowels_are_left_out_where_they_cost_a_cell(form: str) -> None:
    assert "\u064f" not in write("عُمان", "R", form)


def test_words_keep_the_order_in_which_they_are_seen() -> None:
    words = write("بيع (TOW 2B) في مسقط", "R", "words-pf").split(" ")
    assert [normalize("NFKC", word) for word in words] == ["مسقط", "في", "(TOW", "2B)", "بيع"]


@given(MIXED, st.sampled_from(DIRECTIONS), st.sampled_from(sorted(FORMS)))
def test_no_direction_mark_of_a_fact_reaches_a_terminal(line: str, direction: str, form: str) -> None:
    own = FORMS[form].opening[direction] + FORMS[form].closing
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


PHRASES = (
    "سلطنة عُمان",
    "الولايات المتحدة",
    "2.7 مليار دولار",
    "صاروخ تاو 2بي (TOW 2B)",
    "طائرة F-16",
    "الإمارات لأن الآن",
)


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"words-pf"}))
@pytest.mark.parametrize("phrase", PHRASES)
def test_what_is_copied_from_the_screen_can_be_searched_for(phrase: str, form: str) -> None:
    assert fold(write(phrase, base_direction(phrase), form)) == fold(phrase)


@given(MIXED, st.sampled_from(DIRECTIONS), st.sampled_from(sorted(FORMS)))
def test_a_form_changes_the_order_and_shape_of_letters_and_nothing_else(line: str, direction: str, form: str) -> None:
    def content(text: str) -> list[str]:
        kept = re.sub(f"[{DIRECTION_MARKS}]", "", text)
        return sorted(char for char in normalize("NFKC", kept) if char.isalnum() and bidirectional(char) != "BN")

    assert content(write(line, direction, form)) == content(line)
