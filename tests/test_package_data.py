"""Shipped files: where they are found, what a missing one says, that each is used and in plain letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.json")), ids=lambda path: path.name)
def test_data_has_no_look_alike_letters_and_no_direction_marks(path: Path) -> None:
    assert not re.findall(
        "[یک\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb50-\ufdff\ufe70-\ufefc]", path.read_text(encoding="utf-8")
    )
