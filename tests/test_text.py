"""What makes two strings the same question, and what makes a string safe to show."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal import bidi, forms
from factcli.text import fold, folds, inflection, script
from factcli.text.clitics import without_clitics
from factcli.text.unsafe import display, name_unsafe

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئ\u064b\u0651\u0670ـabcXYZéğışÖ'’-. \n\u200f٠١٢۳45"
texts = st.one_of(st.text(), st.text(LETTERS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عُمان", "عمان"),
        ("إدارة", "اداره"),
        ("أميركا", "اميركا"),
        ("مبنى", "مبني"),
        ("تـــركيا", "تركيا"),
        ("کابل", "كابل"),
        ("٢٠٢٣", "2023"),
        ("۲۰۲۳", "2023"),
        ("ﻋﻤﺎﻥ", "عمان"),
        ("Türkiye", "TURKIYE"),
        ("Haluk Görgün", "haluk gorgun"),
        ("Yaşar Işık", "yasar isik"),
        ("Ma'rib", "Ma’rib"),
        ("U.S.", "US"),
        ("Al-Zaabi", "Al Zaabi"),
        ("\u202bعمان\u202c", "عمان"),
        ("ＦＭＳ", "fms"),
    ],
    ids=[
        "vowel signs", "hamza and ta marbuta", "hamza", "alef maqsura", "tatweel", "Persian kaf", "Arabic digits",
        "Persian digits", "presentation forms", "capitals and marks", "o with marks", "Turkish letters", "apostrophes",
        "initials", "hyphen", "direction marks", "full width",
    ],
)  # fmt: skip
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("عمان", "عدن"), ("Oman", "Onan"), ("إيران", "العراق"), ("سلطنة", "سلطان")])
def test_spellings_that_are_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(LETTERS))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.lists(texts))
def test_folding_many_is_folding_each(many: list[str]) -> None:
    assert folds(many) == [fold(text) for text in many]


@given(texts)
def test_a_key_is_words_between_single_blanks(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(texts)
def test_harmless_text_holds_nothing_that_steers(text: str) -> None:
    for safe in (display(text), name_unsafe(text)):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", safe)


@given(st.text("ابتعمانصلالة OmanSalalah", min_size=1))
def test_text_without_anything_hostile_is_left_alone(text: str) -> None:
    assert display(text) == text == name_unsafe(text)


def test_what_is_hostile_is_named_in_a_message() -> None:
    assert name_unsafe("a\x1b[2J\u202e") == "a<U+001B>[2J<U+202E>"


@pytest.mark.parametrize("name", ["سلطنة عُمان", "تمرين خنجر الحد", "صاروخ تاو 2بي", "هيئة التضامن العسكري (OYAK)"])
@pytest.mark.parametrize("form", ["visual", "isolate", "override", "explicit", "present"])
def test_a_name_copied_from_a_terminal_is_the_same_question(name: str, form: str) -> None:
    assert fold(forms.write(name, bidi.base_direction(name), form)) == fold(name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Oman", "latn"), ("عمان", "arab"), ("TOW تاو", "mixed"), ("2023", ""), ("Ünal", "latn"), ("", "")],
)
def test_script(text: str, kind: str) -> None:
    assert script(text) == kind


@pytest.mark.parametrize(
    ("word", "bare"), [("لتركيا", "تركيا"), ("والسلطنه", "سلطنه"), ("للدفاع", "دفاع"), ("بصلاله", "صلاله")]
)
def test_clitics_are_tried_off(word: str, bare: str) -> None:
    assert bare in without_clitics(word)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("missile", "301 missiles"),
        ("missiles", "a missile"),
        ("agency", "agencies"),
        ("صواريخ", "بيع الصواريخ"),
        ("عسكري", "القوات العسكريه"),
        ("اتفاقيه", "عشر اتفاقيات"),
        ("ميناء", "والميناء"),
    ],
)
def test_a_word_is_found_inflected(word: str, text: str) -> None:
    assert not inflection.forms(fold(word)).isdisjoint(fold(text).split())


@pytest.mark.parametrize(
    ("word", "text"), [("oman", "woman"), ("حريه", "القوات البحريه"), ("عمان", "عماله"), ("mine", "miner")]
)
def test_a_word_is_not_found_inside_another(word: str, text: str) -> None:
    assert inflection.forms(fold(word)).isdisjoint(fold(text).split())
