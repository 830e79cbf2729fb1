"""Text copied from a screen: in reading order and plain letters again."""

from __future__ import annotations

import pytest

from factcli.terminal import bidi, forms
from factcli.text import fold


@pytest.mark.parametrize("name", ["سلطنة عُمان", "تمرين خنجر الحد", "صاروخ تاو 2بي", "هيئة التضامن العسكري (OYAK)"])
@pytest.mark.parametrize("form", ["visual", "isolate", "override", "explicit", "present"])
def test_a_name_copied_from_a_terminal_is_the_same_question(name: str, form: str) -> None:
    assert fold(forms.write(name, bidi.base_direction(name), form)) == fold(name)
