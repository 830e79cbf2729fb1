"""A nationality and the office beside it are one thing, in one name."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search import find
from factcli.search.index import Index
from factcli.search.parse import parse

FACTS, LEXICON = store.read(["builtin"]), Lexicon()
INDEX = Index(FACTS, LEXICON)


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Turkish ministry", (("TR",), ("ministry",))),
        ("Turkey's ministry", (("TR",), ("ministry",))),
        ("ministry of Turkey", (("TR",), ("ministry",))),
        ("وزارة الدفاع التركية", (("TR",), ("وزاره", "الدفاع"))),
        ("وزارة تركيا", (("TR",), ("وزاره",))),
        ("بحرية فرنسا", (("FR",), ("بحريه",))),
        ("the Sultan, Turkey", None),
        ("السلطان تركيا", None),
        ("صورة السلطان تركيا", None),
        ("والسلطان عمان", None),
        ("لوزارة الدفاع التركية", (("TR",), ("وزاره", "الدفاع"))),
        ("Turkish exercises", None),
    ],
)
def test_a_nationality_belongs_to_the_office_beside_it(words: str, office: object) -> None:
    offices = [reading.value for reading in parse((words,), INDEX, "2026-01-15").readings if reading.role == "office"]
    assert offices == ([office] if office else [])


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("US Navy", True),
        ("Omani ministry", True),
        ("State Department of the US", True),
        ("البحرية الفرنسية", True),
        ("French Navy", True),
        ("French Air Force", False),
        ("البحرية التركية", False),
        ("Turkish sultan", False),
        ("سلطان تركيا", False),
        ("وزارة الدفاع الفرنسية", False),
        ("Omani Ministry of Defence", True),
        ("وزارة الدفاع العمانية", True),
    ],
)
def test_an_office_is_found_in_one_name_with_its_nationality(words: str, is_found: bool) -> None:
    for parties_only in (False, True):
        assert bool(find((words,), FACTS, LEXICON, parties_only=parties_only).hits) is is_found
