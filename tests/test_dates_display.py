"""Dates in words: every form of a date has words in both languages, and none shows its notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.dates import DIVISIONS
from factcli.dates.display import display_date
from factcli.lexicon import Lexicon
from factcli.model import LANGUAGES

LEXICON = Lexicon()

YEAR = st.integers(1000, 2199).map(str)
MONTH = st.integers(1, 12).map("{:02}".format)
PLAIN = st.one_of(
    YEAR,
    st.builds("{}-{}".format, YEAR, MONTH),
    st.builds("{}-{}-{:02}".format, YEAR, MONTH, st.integers(1, 28)),
    st.builds("{}-{}".format, YEAR, st.sampled_from(sorted(DIVISIONS))),
    st.builds("{}X".format, st.integers(100, 219)),
    st.builds("{}XX".format, st.integers(10, 21)),
    st.builds("XXXX-{}".format, MONTH),
)
MARKED = st.builds("{}{}".format, PLAIN, st.sampled_from(["", "~", "?", "%"]))
EDTF = st.one_of(
    MARKED,
    st.builds("{}/{}".format, MARKED, st.one_of(MARKED, st.sampled_from(["", ".."]))),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), MARKED),
)


def in_words(edtf: str, lang: str = "en") -> str:
    words = LEXICON.languages[lang]
    return display_date(edtf, words["dates"], words["month_names"])


@given(EDTF, st.sampled_from(LANGUAGES))
def test_any_date_has_words_and_none_shows_its_notation(edtf: str, lang: str) -> None:
    words = in_words(edtf, lang)
    assert words == words.strip() != ""
    assert not set(words) & set("X~%{}")
    assert ".." not in words


@given(EDTF)
def test_every_year_that_is_known_is_in_the_words(edtf: str) -> None:
    years = [end[:4] for end in edtf.split("/") if end[:4].isdigit()]
    assert [year for year in years if year not in in_words(edtf)] == []


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-05-07", "7 May 2023"),
        ("2023-05-XX", "May 2023"),
        ("2023-XX", "2023"),
        ("19XX", "1900s"),
        ("2023%", "about 2023?"),
        ("2023-05~/2024", "about May 2023 to 2024"),
        ("2023/", "2023 to an unknown end"),
        ("/2023", "an unknown beginning to 2023"),
        ("../2023", "until 2023"),
        ("2023/2023", "2023 to 2023"),
        ("2023-29", "southern spring 2023"),
    ],
)
def test_forms_of_a_date(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


def test_a_decade_is_no_century() -> None:
    assert (in_words("202X", "ar"), in_words("19XX", "ar")) == ("عقد 2020", "قرن 1900")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("XXXX", "no date"),
        ("XXXX-XX", "no date"),
        ("XXXX-10", "Oct, year unknown"),
        ("XXXX-22", "summer XXXX"),
        ("20X3", "20X3"),
        ("20X3-05", "May 20X3"),
        ("XX23", "XX23"),
        ("1XXX", "1XXX"),
    ],
)
def test_digits_that_are_not_known_are_not_made_up(edtf: str, words: str) -> None:
    assert in_words(edtf) == words
