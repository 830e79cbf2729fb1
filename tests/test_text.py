"""What makes two strings the same question: the fold and the script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text import fold, folds, script

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


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Oman", "latn"), ("عمان", "arab"), ("TOW تاو", "mixed"), ("2023", ""), ("Ünal", "latn"), ("", "")],
)
def test_script(text: str, kind: str) -> None:
    assert script(text) == kind
