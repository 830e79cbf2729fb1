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
        ("The exercise Palm Harbour began.", ["Palm Harbour"]),
        (
            "India opens Palm Harbour 2025.\nThe bilateral Palm Harbour began.",
            ["Palm Harbour 2025", "Palm Harbour"],
        ),
        ("Troops gather for Slate River, a mountain drill of size.", ["Slate River"]),
        ("They took part in the Omani Khanjar Hadd exercise.", ["Khanjar Hadd"]),
        ("The naval exercise Sand Pearl-27, held off Karachi.", ["Sand Pearl-27"]),
        ("اختتم تمرين مشترك هو «رمح السهل 9» أمس.", ["رمح السهل 9"]),
        ("اختتام «رمح السهل»\nكان تمرين «رمح السهل 7» كبيرا.", ["رمح السهل", "رمح السهل 7"]),
        ('أنهى الفريقان تمرين "Iron Reef" البحري.', ["Iron Reef"]),
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
