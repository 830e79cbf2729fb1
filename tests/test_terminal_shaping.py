"""The presentation forms in which letters join."""

from __future__ import annotations

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal.forms import write
from factcli.terminal.shaping import joining_types, presentation_forms, shape

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
    assert write(line, "R", "visual") == seen


def test_joining_types_are_those_of_letters() -> None:
    joining = joining_types()
    assert {char for char in joining if category(char) not in ("Lo", "Lm")} == {"\u200d"}
    assert set(joining.values()) == {"R", "D", "C"}


def test_a_letter_with_initial_and_medial_forms_is_dual_joining() -> None:
    letters = {letter: set(forms) for letter, forms in presentation_forms().items() if len(letter) == 1}
    assert len(letters) > 70
    dual = {letter for letter, forms in letters.items() if forms == {0, 1, 2, 3}}
    assert {joining_types()[letter] for letter in dual} == {"D"}
    right = {letter for letter, forms in letters.items() if forms == {0, 1}}
    assert {letter for letter in right if joining_types()[letter] != "R"} == {"\u06ba"}  # noon ghunna


@given(st.text(st.sampled_from("اللآمنعُّ ٢3aB\u200cپ") | st.characters(), max_size=30))
def test_shaping_changes_no_letter(line: str) -> None:
    assert sorted(normalize("NFKC", shape(line))) == sorted(normalize("NFKC", line))
