"""Formulas get a quote wherever a spreadsheet would see one, and every text is restored as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.formulas import neutralize, restore


@given(st.text() | st.text("=+-@\t＝＠'\"; ab1.,\u200f\xa0", max_size=12))
def test_every_text_is_restored(text: str) -> None:
    assert restore(neutralize(text)) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("\u200f=1", "'\u200f=1"),
        ("-5", "-5"),
        ("+968", "+968"),
        ("-5.5", "-5.5"),
        ("-5-5", "'-5-5"),
        ("-٥", "'-٥"),
        ("'@SUM", "''@SUM"),
        ("'-5", "''-5"),
        ("'tis", "'tis"),
        ("", ""),
        ("a=b", "a=b"),
        ("x;=1", "x;'=1"),
        ("x; -5; =1", "x; -5;' =1"),
        ('x; "=1"', 'x;\' "=1"'),
        ('"=1"', '"=1"'),
    ],
)
def test_a_formula_gets_a_quote_and_a_number_none(text: str, safe: str) -> None:
    assert neutralize(text) == safe
