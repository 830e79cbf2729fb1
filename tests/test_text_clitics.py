"""Arabic proclitics and the article: what is taken off a word, and what is left of it."""

from __future__ import annotations

import pytest

from factcli.text.clitics import without_clitics


@pytest.mark.parametrize(
    ("word", "bare"), [("لتركيا", "تركيا"), ("والسلطنه", "سلطنه"), ("للدفاع", "دفاع"), ("بصلاله", "صلاله")]
)
def test_clitics_are_tried_off(word: str, bare: str) -> None:
    assert bare in without_clitics(word)
