"""Which forms of a word are one, and which look alike and are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text import fold
from factcli.text import inflection as inflect


def is_met(word: str, text: str) -> bool:
    """Whether a word of a question finds a text, both as people write them."""
    words = fold(text).split()
    ways = [[inflect.forms(one) for one in spelling] for spelling in inflect.spellings(fold(word))]
    return any(
        len(way) == len(words) and all(one in forms for one, forms in zip(words, way, strict=True)) for way in ways
    )


@pytest.mark.parametrize(
    "forms",
    [
        "open opens opened opening",
        "approve approves approved approving",
        "sign signs signed signing",
        "plan plans planned planning",
        "commit commits committed committing",
        "deploy deploys deployed deploying",
        "supply supplies supplied supplying",
        "country countries",
        "pass passes passed passing",
        "meeting meetings",
        "regular regularly",
        "wireless wirelessly",
        "organise organize organised organizing",
        "harbour harbor harbours harbors",
        "defence defense",
        "centre center centres",
        "اتفاقية اتفاقيات الاتفاقية باتفاقية واتفاقيتهما",
        "علاقة علاقات علاقتهما وعلاقاتها",
        "عملية عمليات عملياتها العمليات",
        "أمني أمنية الأمنية",
        "سيادة سيادتها وسيادتها",
        "دفاع دفاعي الدفاعية",
        "خبرة خبرات الخبرة",
        "وفد وفدا الوفدين",
    ],
)
def test_forms_of_a_word_are_one(forms: str) -> None:
    word, *others = forms.split()
    assert [other for other in others if not is_met(word, other)] == []


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("opened", "open"),
        ("approving", "approve"),
        ("signing", "sign"),
        ("planned", "plan"),
        ("countries", "country"),
        ("passes", "pass"),
        ("regularly", "regular"),
        ("organizing", "organise"),
        ("علاقات", "علاقة"),
        ("علاقتهما", "علاقة"),
        ("سيادتها", "السيادة"),
        ("الدفاعية", "دفاع"),
        ("عمليات", "عملية"),
    ],
)
def test_a_form_is_taken_back_to_its_word(form: str, word: str) -> None:
    assert is_met(form, word)


@pytest.mark.parametrize("together", ["anti-tank antitank", "counter-piracy counterpiracy", "non-lethal nonlethal"])
def test_a_prefix_may_be_written_together_or_apart(together: str) -> None:
    first, second = together.split()
    assert is_met(first, second) and is_met(second, first)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("new", "news"),
        ("accord", "according"),
        ("arms", "armed"),
        ("state", "stated"),
        ("king", "k"),
        ("used", "us"),
        ("need", "ne"),
        ("rated", "rat"),
        ("status", "statu"),
        ("yearly", "year"),
        ("oman", "woman"),
        ("دولة", "دولية"),
        ("دول", "دولي"),
        ("خبرة", "خبر"),
        ("دورات", "دور"),
        ("عمل", "عمليات"),
        ("سلام", "سلامة"),
        ("سلامة", "السلام"),
        ("حرية", "بحرية"),
        ("سلطة", "سلطان"),
        ("بين", "البيني"),
        ("عم", "عمان"),
    ],
)
def test_words_that_look_alike_are_two(word: str, other: str) -> None:
    assert not is_met(word, other)


def test_a_number_has_no_other_form() -> None:
    assert inflect.forms("301") == {"301"}


@given(st.text("abcdefgiosuy", min_size=1, max_size=9) | st.text("ابتعملهويدر", min_size=1, max_size=9))
def test_a_word_is_a_form_of_itself_and_all_forms_are_folded(word: str) -> None:
    forms = inflect.forms(word)
    assert word in forms
    assert {fold(form) for form in forms} == forms


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
    assert not inflect.forms(fold(word)).isdisjoint(fold(text).split())


@pytest.mark.parametrize(
    ("word", "text"), [("oman", "woman"), ("حريه", "القوات البحريه"), ("عمان", "عماله"), ("mine", "miner")]
)
def test_a_word_is_not_found_inside_another(word: str, text: str) -> None:
    assert inflect.forms(fold(word)).isdisjoint(fold(text).split())
