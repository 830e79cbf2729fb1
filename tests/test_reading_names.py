"""Names of exercises and of known entities."""

from __future__ import annotations

from typing import Any

import pytest

from factcli.reading import find_values

ENTITIES: list[dict[str, Any]] = [
    {"id": "oman", "type": "country", "name": {"en": "Oman"}, "aliases": []},
    {"id": "aselsan", "type": "company", "name": {"en": "Aselsan", "ar": "أسيلسان"}, "aliases": ["أسلسان"]},
    {"id": "fund", "type": "fund", "name": {"en": "Joint Fund"}, "aliases": ["joint fund", "JF"]},
    {"id": "defence", "type": "organization", "name": {"ar": "وزارة الدفاع"}, "aliases": []},
]


def names(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.text, str(one.value), one.type) for one in find_values(text, "2025-01-01", ENTITIES) if one.slot == "name"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The exercise Desert Lantern began.", ["Desert Lantern"]),
        (
            "India opens Desert Lantern 2025.\nThe bilateral Desert Lantern began.",
            ["Desert Lantern 2025", "Desert Lantern"],
        ),
        ("Troops gather for Amber Crossing, a desert drill of size.", ["Amber Crossing"]),
        ("They took part in the Omani Khanjar Hadd exercise.", ["Khanjar Hadd"]),
        ("The naval exercise Sea Bridge-25, held off Karachi.", ["Sea Bridge-25"]),
        ("اختتم التمرين المشترك «درع الجبل 7» أمس.", ["درع الجبل 7"]),
        ("اختتام «درع الجبل»\nكان تمرين «درع الجبل 7» كبيرا.", ["درع الجبل", "درع الجبل 7"]),
        ('اختتم الجانبان تمرين "Neon Tide" البحري.', ["Neon Tide"]),
        ("It was the Naseem Al Bahr bilateral exercise.", ["Naseem Al Bahr"]),
        ("The exercise with Oman began on Monday.", []),
        ("The bilateral India-Oman drill began.", []),
    ],
)
def test_exercises(text: str, expected: list[str]) -> None:
    assert [(name, name, "exercise") for name in expected] == names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aselsan's office opened.", [("Aselsan", "aselsan", "company")]),
        ("مع شركة أسيلسان وأسلسان.", [("أسيلسان", "aselsan", "company"), ("وأسلسان", "aselsan", "company")]),
        ("The Joint Fund is no joint fund.", [("Joint Fund", "fund", "fund")]),
        ("The JF met.", [("JF", "fund", "fund")]),
        ("زار وزارة الدفاع.", [("وزارة الدفاع", "defence", "organization")]),
        ("Oman is a country.", []),
    ],
)
def test_known_entities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert names(text) == expected
