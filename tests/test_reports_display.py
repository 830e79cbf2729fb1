"""Dates, money and citations as a terminal displays them, in both languages."""

from __future__ import annotations

import pytest

from factcli.lexicon import Lexicon
from factcli.model import Locator, Number, Source
from factcli.reports import display
from factcli.text.numbers import parse_float

LEXICON = Lexicon()


@pytest.mark.parametrize(
    ("edtf", "basis", "en", "ar"),
    [
        ("2023", "stated", "2023", "2023"),
        ("2023-10", "inferred", "Oct 2023, inferred", "تشرين الأول/أكتوبر 2023، استنتاجا"),
        ("2024-11-28", "stated", "28 Nov 2024", "28 تشرين الثاني/نوفمبر 2024"),
        ("2025-02~", "stated", "about Feb 2025", "نحو شباط/فبراير 2025"),
        ("2023?", "stated", "2023?", "2023؟"),
        ("2015/..", "stated", "since 2015", "منذ 2015"),
        ("../2015-05", "stated", "until May 2015", "حتى أيار/مايو 2015"),
        ("2015/2017", "stated", "2015 to 2017", "من 2015 إلى 2017"),
        ("2025-33", "stated", "Q1 2025", "الربع الأول 2025"),
        ("202X", "stated", "2020s", "عقد 2020"),
        ("2023-XX", "stated", "2023", "2023"),
        ("XXXX-10", "stated", "Oct, year unknown", "تشرين الأول/أكتوبر، السنة غير معروفة"),
    ],
)
def test_dates_in_words(edtf: str, basis: str, en: str, ar: str) -> None:
    in_words = display.date(edtf, LEXICON, basis) or []
    assert ", ".join(text["en"] for text in in_words) == en
    assert "، ".join(text["ar"] for text in in_words) == ar


@pytest.mark.parametrize(
    ("value", "op", "unit", "en", "ar"),
    [
        (70000000, "=", "USD", "70 million USD", "70 مليون دولار أميركي"),
        (2700000000, "=", "USD", "2.7 billion USD", "2.7 مليار دولار أميركي"),
        (1234567000, "=", "USD", "1,234.567 million USD", "1,234.567 مليون دولار أميركي"),
        (12345670000, "=", "USD", "12,345.67 million USD", "12,345.67 مليون دولار أميركي"),
        (10**15, "=", "USD", "1,000,000 billion USD", "1,000,000 مليار دولار أميركي"),
        (1e16 + 2, "=", "USD", "10,000,000,000,000,002 USD", "10,000,000,000,000,002 دولار أميركي"),
        (10**17 + 1, "=", "USD", "100,000,000,000,000,001 USD", "100,000,000,000,000,001 دولار أميركي"),
        (
            parse_float("12345678901234567.25"),
            "=",
            "USD",
            "12,345,678,901,234,567.25 USD",
            "12,345,678,901,234,567.25 دولار أميركي",
        ),
        (parse_float("0.1234567890123456789"), "=", "day", "0.1234567890123456789 days", "0.1234567890123456789 يوم"),
        (1234567, "=", "OMR", "1,234,567 OMR", "1,234,567 ريال عماني"),
        (70, ">", "agreement", "more than 70 agreements", "أكثر من 70 اتفاقية"),
        (5, "=", "day", "5 days", "5 أيام"),
        (15, "=", "missile", "15 missiles", "15 صاروخا"),
        (99, "=", "missile", "99 missiles", "99 صاروخا"),
        (100, "=", "missile", "100 missiles", "100 صاروخ"),
        (103, "=", "missile", "103 missiles", "103 صواريخ"),
        (301, "=", "missile", "301 missiles", "301 صاروخ"),
        (927, ">", "person", "more than 927 people", "أكثر من 927 شخصا"),
        (12.5, "=", "day", "12.5 days", "12.5 يوم"),
        (1, "=", "day", "1 day", "1 يوم"),
        (12, "~", "wombat", "about 12 wombat", "نحو 12 wombat"),
    ],
)
def test_numbers_in_words(value: float, op: str, unit: str, en: str, ar: str) -> None:
    assert display.number({"what": "value", "op": op, "value": value, "unit": unit}, LEXICON) == {"en": en, "ar": ar}


def test_a_number_says_when_it_held() -> None:
    number: Number = {"what": "count", "op": ">", "value": 70, "unit": "agreement", "as_of": "2021"}
    assert display.number(number, LEXICON)["en"] == "more than 70 agreements (2021)"


def test_no_date_is_no_text() -> None:
    assert display.date(None, LEXICON) is None


SOURCES: dict[str, Source] = {
    "us-oman": {
        "id": "us-oman", "title": {"en": "Oman"}, "publisher": {"en": "An agency", "ar": "وكالة"}, "issued": "2024-02",
        "issued_basis": "inferred",
    },
    "bare": {"id": "bare", "title": {"en": "A title"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("locator", "en", "ar"),
    [
        (
            {"source": "us-oman", "paragraph": 10, "sentence": 1},
            "us-oman, An agency, Feb 2024, inferred, paragraph 10, sentence 1",
            "us-oman، وكالة، شباط/فبراير 2024، استنتاجا، ",
        ),
        ({"source": "us-oman", "paragraph": 10}, "us-oman, An agency, Feb 2024, inferred, paragraph 10", "us-oman، "),
        ({"source": "bare"}, "bare, A title", "bare"),
        ({"source": "elsewhere"}, "elsewhere", "elsewhere"),
    ],
    ids=["sentence", "paragraph", "title for want of a publisher", "a source that no file has"],
)
def test_a_citation(locator: Locator, en: str, ar: str) -> None:
    cited = display.citation(locator, SOURCES, LEXICON)
    assert cited["en"] == en
    assert cited["ar"].startswith(ar)
