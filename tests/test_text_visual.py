"""Text copied from a screen: in reading order and plain letters again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.terminal import bidi, forms
from factcli.text import fold
from factcli.text.visual import MIRROR, unvisual


@pytest.mark.parametrize("name", ["سلطنة عُمان", "تمرين خنجر الحد", "صاروخ تاو 2بي", "هيئة التضامن العسكري (OYAK)"])
@pytest.mark.parametrize("form", ["visual", "isolate", "override", "explicit", "present"])
def test_a_name_copied_from_a_terminal_is_the_same_question(name: str, form: str) -> None:
    assert fold(forms.write(name, bidi.base_direction(name), form)) == fold(name)


@pytest.mark.parametrize(
    ("copied", "text"),
    [
        pytest.param("ﻥﺎﻤﻋ ﺔﻨﻄﻠﺳ", "سلطنة عمان", id="backwards"),
        pytest.param("ﺳﻠﻄﻨﺔ ﻋﻤﺎﻥ", "سلطنة عمان", id="in reading order"),
        pytest.param("2023 ﻥﺎﻤﻋ", "عمان 2023", id="a number beside it"),
        pytest.param("OYAK ﺔﻴﻛﺮﺘﻟﺍ", "التركية OYAK", id="a Latin word beside it"),
        pytest.param("(ﻥﺎﻤﻋ)", "(عمان)", id="brackets"),
        pytest.param("عُمان (Oman)", "عُمان (Oman)", id="plain letters are left alone"),
        pytest.param("\u202bعمان\u202c", "عمان", id="direction characters go"),
    ],
)
def test_text_from_a_screen_is_in_reading_order(copied: str, text: str) -> None:
    assert unvisual(copied) == text


@given(st.text("ابتجسعلمنOman 2023()"))
def test_text_in_plain_letters_is_left_alone(text: str) -> None:
    assert unvisual(text) == text


@given(st.text("()[]{}«»<>≤≥abc"))
def test_mirroring_twice_is_not_mirroring(text: str) -> None:
    assert text.translate(MIRROR).translate(MIRROR) == text
