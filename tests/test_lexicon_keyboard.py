"""Text typed on the other keyboard layout, in either direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.lexicon.keyboard import retype


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jv;dh", "تركيا"),
        ("JV;D", "تركي"),
        ("HLVD;H", "أمريكأ"),
        ("ulhk", "عمان"),
        ("صخقمي", "world"),
        ("hglsr'", "المسقط"),
        ("2019", "2019"),
        ("", ""),
    ],
)
def test_the_same_keys_on_the_other_layout(typed: str, meant: str) -> None:
    assert retype(typed) == meant


@given(st.text("abcdefhijklmnopqrstuvwxyz "))
def test_latin_letters_come_back(text: str) -> None:
    """Without g: g and h one after the other type what b does alone."""
    assert retype(retype(text)) == text
