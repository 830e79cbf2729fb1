"""Sums, counts and countries of a text, and the places of all values."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli.reading import find_values

PUBLISHED = "2025-03-13"


def found(text: str, slot: str) -> list[tuple[str, object, str]]:
    return [(one.text, one.value, one.unit) for one in find_values(text, PUBLISHED) if one.slot == slot]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("worth $385 million today", 385_000_000, "USD"),
        ("came to US$1.9bn in all", 1_900_000_000, "USD"),
        ("for C$680 million", 680_000_000, "CAD"),
        ("for SAR1.5bn in cash", 1_500_000_000, "SAR"),
        ("for AED 2bn", 2_000_000_000, "AED"),
        ("a sum of £31m", 31_000_000, "GBP"),
        ("exported Rs 18,440 crore", 184_400_000_000, "INR"),
        ("for 64 million dinars to Kuwait", 64_000_000, "KWD"),
        ("for 5,200 million rials", 5_200_000_000, "OMR"),
        ("3.4 billion Canadian dollars", 3_400_000_000, "CAD"),
        ("بقيمة 2,5 مليار دولار أمريكي", 2_500_000_000, "USD"),
        ("مليارين و600 مليون ريال عماني", 2_600_000_000, "OMR"),
        ("ملياري درهم إماراتي", 2_000_000_000, "AED"),
        ("دفعت السعودية 950 مليون ريال", 950_000_000, "SAR"),
        ("خمسة وتسعين مليون دولار", 95_000_000, "USD"),
    ],
)
def test_a_sum(text: str, value: float, unit: str) -> None:
    assert [one[1:] for one in found(text, "money")] == [(value, unit)]


def test_a_million_behind_a_sum_is_of_its_currency() -> None:
    sums = found("بلغت 870 مليون دولار بعد 300 مليون في العام السابق.", "money")
    assert [one[1:] for one in sums] == [(870_000_000, "USD"), (300_000_000, "USD")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 Falaj-C3 armed drones came", [(17, "falaj c3 armed drones")]),
        ("nine second-hand helicopters", [(9, "second hand helicopters")]),
        ("Sixteen Bahraini and seven Kuwaiti pilots", [(16, "bahraini"), (7, "pilots")]),
        ("7.3 per cent of imports, 23% more", [(7.3, "%"), (23, "%")]),
        ("1,472 kilograms of hashish and 1.3 tons", [(1472, "kg"), (1.3, "ton")]),
        ("وصلت طائرتان وزورقين وبطاريتين", [(2, "طاءره"), (2, "زورق"), (2, "بطاريه")]),
        ("أحد عشر في المئة و6,4 بالمائة", [(11, "%"), (6.4, "%")]),
        ("اثنا عشر ضابطا و8 ضباط", [(12, "ضابطا"), (8, "ضباط")]),
        # what is no count
        ("a five-year contract over 26 weeks, 150 nautical miles away", []),
        ("The two countries and both navies met four times", []),
        ("Task Force 150 and the A320 and TLX-9 at 10:30", []),
        ("Transmittal 24-31 of the 13th meeting", []),
        ("one of them, two from Jordan", []),
        ("الدولتان والجانبان والبلدين مرتين وسنتين", []),
        ("عربات 8×8 عيار 155 ملم من طراز «سيريوس 200»", []),
        ("الدورة الرابعة عشرة لتأهيل الضباط في باكستان", []),
    ],
)
def test_counts(text: str, expected: list[tuple[float, str]]) -> None:
    counts = [(value, unit) for _, value, unit in found(text, "count")]
    assert [value for value, _ in counts] == [value for value, _ in expected]
    assert [unit for _, unit in counts if unit.isascii()] == [unit for _, unit in expected if unit.isascii()]


@pytest.mark.parametrize(
    ("text", "op"),
    [("more than 70 agreements", ">"), ("about $5 million", "~"), ("at least 9 boats", ">="), ("12 boats", "=")],
)
def test_how_a_number_relates_to_the_real_one(text: str, op: str) -> None:
    assert [one.op for one in find_values(text, PUBLISHED)] == [op]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Oman's and the U.S. Navy's Emirati-Egyptian UK team", "OM US AE EG GB"),
        ("the Saudis, South Korea and the Sultanate", "SA KR OM"),
        ("القوات العمانية والأميركية وللكويت وبريطانيا", "OM US KW GB"),
        ("السلطنة والمملكة المتحدة", "OM GB"),
        ("زارت المملكة وفود الأردن، وعاد الأردن إلى المملكة", "JO JO JO JO"),
        ("in the Gulf of Oman, the Indian Ocean and Kuwait City", ""),
        ("خليج عمان والمحيط الهندي ونصف قطر عمّان", ""),
        ("2 مليار دولار أمريكي", ""),
        ("اللواء تركي الخنيني", ""),
        ("let us polish turkey and china", ""),
    ],
)
def test_countries(text: str, codes: str) -> None:
    assert sorted(str(one[1]) for one in found(text, "country")) == sorted(codes.split())


def test_places_hold_in_the_text_as_it_is() -> None:
    text = "Ti\u0301tle\r\n\r\n\u202eعُمَان\u202c اشترت ٣ طائرات. In 2019 Oman paid $5m.\n"
    values = find_values(text, PUBLISHED)
    assert [(text[one.start : one.end], one.paragraph, one.sentence) for one in values] == [
        ("عُمَان", 2, 1),
        ("٣ طائرات", 2, 1),
        ("2019", 2, 2),
        ("Oman", 2, 2),
        ("$5m", 2, 2),
    ]
    assert all(one.text == text[one.start : one.end] for one in values)


def test_values_can_be_sent_to_other_processes() -> None:
    values = find_values("Oman bought 12 boats for $5m in 2019.", PUBLISHED)
    assert len(values) == 4
    assert pickle.loads(pickle.dumps(values)) == values


WORDS = "12 , . في و من مارس 2019 - / ألف مليون $ % May 3 of the تين ين أمس next to 15 ) (".split(" ")


@given(st.lists(st.sampled_from([*WORDS, "\n", " "])))
@settings(deadline=None)
def test_any_row_of_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    for value in find_values(text, PUBLISHED):
        assert text[value.start : value.end] == value.text != ""


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1,2.3/" * 20_000,
        "\u202e\u0000\u200f" * 30_000,
        "و" * 100_000,
        "« " * 50_000,
        "مليون و" * 15_000,
        "Жαअ漢 12 " * 10_000,
    ],
    ids=["digits", "signs", "controls", "letters", "quotes", "magnitudes", "scripts"],
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    assert len(find_values(text, PUBLISHED)) <= len(text)
