"""One value as one line of text: in the language asked for or the other one, and nothing in it acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.formats.cells import cell_text, value_text
from factcli.model import Value

BOTH = {"en": "Oman", "ar": "عُمان"}


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        pytest.param(None, "en", "", id="unknown"),
        pytest.param(0, "en", "0", id="zero is not unknown"),
        pytest.param(2.5, "en", "2.5", id="a number"),
        pytest.param("Oman", "ar", "Oman", id="text without a language"),
        pytest.param(BOTH, "en", "Oman", id="English"),
        pytest.param(BOTH, "ar", "عُمان", id="Arabic"),
        pytest.param(BOTH, "both", "Oman / عُمان", id="both"),
        pytest.param({"ar": "عُمان"}, "en", "عُمان", id="the other language where one is missing"),
        pytest.param({"en": "TOW", "ar": "TOW"}, "both", "TOW", id="the same in both"),
        pytest.param({"en": ""}, "en", "", id="empty text"),
        pytest.param([BOTH, "x"], "en", "Oman, x", id="a list"),
        pytest.param([BOTH, "x"], "ar", "عُمان، x", id="an Arabic list"),
        pytest.param([], "en", "", id="an empty list"),
        pytest.param({"rel": "about", "fact": "a"}, "en", '{"rel": "about", "fact": "a"}', id="an object"),
        pytest.param({}, "en", "{}", id="an empty object"),
        pytest.param("a\nb\x1b[2J", "en", "a b[2J", id="unsafe characters"),
    ],
)
def test_a_cell(value: Value, lang: str, text: str) -> None:
    assert cell_text(value, lang) == text


@given(st.lists(st.text()), st.sampled_from(["en", "ar", "both"]))
def test_a_cell_is_one_line(texts: list[str], lang: str) -> None:
    assert len(cell_text(texts, lang).splitlines()) <= 1
    assert all(text in value_text(texts, lang) for text in texts)
