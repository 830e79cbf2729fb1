"""Dates in articles, by the day of publication."""

from __future__ import annotations

import pytest

from factcli.lexicon.articles import article_words
from factcli.reading import find_values

PUBLISHED = "2025-03-13"  # a Thursday

READINGS = [
    # weekdays
    ("He arrived on Tuesday.", ["2025-03-11"]),
    ("They met last Thursday.", ["2025-03-06"]),
    ("The course begins next Monday.", ["2025-03-17"]),
    ("The course will begin on Monday.", ["2025-03-17"]),
    ("It will begin soon, an official said on Monday.", ["2025-03-10"]),
    ("He came on Sunday, March 9, and left.", ["2025-03-09"]),
    ("It was signed on Thursday.", ["2025-03-13"]),
    ("وصل الوفد أمس الأربعاء.", ["2025-03-12"]),
    ("غادر أول من أمس الثلاثاء.", ["2025-03-11"]),
    ("انطلقت يوم الأحد الماضي.", ["2025-03-09"]),
    ("يبدأ الاثنين المقبل.", ["2025-03-17"]),
    ("يعود غدا الجمعة.", ["2025-03-14"]),
    # days and months without a year
    ("LONDON, Nov. 14 - Talks ended.", ["2024-11-14"]),
    ("It ended in February.", ["2025-02"]),
    ("It will be held in November.", ["2025-11"]),
    ("Payment is due by 31 May.", ["2025-05-31"]),
    ("في الثالث عشر من فبراير زار الوزير.", ["2025-02-13"]),
    ("عقدت في كانون الأول/ديسمبر الفائت.", ["2024-12"]),
    ("تجري المناورة في أيار/مايو المقبل.", ["2025-05"]),
    ("وستصل في أيلول.", ["2025-09"]),
    ("ويستمر حتى 22 من الشهر الجاري.", ["2025-03-22"]),
    # whole dates
    ("It was dated 2025-02-28.", ["2025-02-28"]),
    ("وقع العقد في 14/06/2023.", ["2023-06-14"]),
    ("في ٢ أكتوبر ٢٠٢٤ وافقت الوزارة.", ["2024-10-02"]),
    ("وقع يوم الاثنين 10 محرم 1447هـ الموافق 5 يوليو 2025م عقدا.", ["2025-07-05"]),
    ("زارها في التاسع والعشرين من نوفمبر 2023.", ["2023-11-29"]),
    ("وقعت عام 2019 اتفاقية، وفي 21 فبراير من العام نفسه أخرى.", ["2019", "2019-02-21"]),
    ("It was signed in 2019 and ratified in May of the same year.", ["2019", "2019-05"]),
    # ranges
    ("It ran from Feb. 24 to March 6.", ["2025-02-24/2025-03-06"]),
    ("It ran from 20 to 23 February.", ["2025-02-20/2025-02-23"]),
    ("Held between 3 and 6 March.", ["2025-03-03/2025-03-06"]),
    ("Imports rose in 2019-23 and in 2014–2018.", ["2019/2023", "2014/2018"]),
    ("Exports tripled between 2020 and 2022.", ["2020/2022"]),
    ("نفذ من 4 إلى 12 آذار/مارس الجاري.", ["2025-03-04/2025-03-12"]),
    ("عقد يومي الثلاثاء والأربعاء 11 و12 مارس.", ["2025-03-11/2025-03-12"]),
    ("زادت بين عامي 2019 و2023.", ["2019/2023"]),
    ("في الفترة من 2015 حتى 2019 زادت.", ["2015/2019"]),
    # years and parts of them
    ("It was extended in 2005 and 2016.", ["2005", "2016"]),
    ("In 2016, 2017 and 2018 he served.", ["2016", "2017", "2018"]),
    ("In 2016, 2000 troops came.", ["2016"]),
    ("By the end of May it is over.", ["2025-05"]),
    ("أجري في عامي 2015 و2016.", ["2015", "2016"]),
    ("Delivery is set for the third quarter of 2026.", ["2026-35"]),
    ("تصل في الربع الأول من العام المقبل.", ["2026-33"]),
    ("It opens in the first half of 2026.", ["2026"]),
    ("It began in mid-2024, in late 2023 and at the end of 2022.", ["2024", "2023", "2022"]),
    ("The navy has been there since the 1980s.", ["198X"]),
    ("Last month and this year were busy.", ["2025-02", "2025"]),
    ("زار أواخر العام الماضي أنقرة.", ["2024"]),
    # what is no date
    ("Some 2000 troops and 1500 cadets marched.", []),
    ("Vision 2030 and Palm Harbour 2025 are names.", []),
    ("The Avante 2200 corvettes sailed for five years.", []),
    ("شارك أكثر من 2000 جندي.", []),
    ("تعد رؤية 2030 خطة.", []),
    ("استمرت الدورة تسعة أشهر.", []),
    ("May the best team win; they march on.", []),
]


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_the_dates_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [value.value for value in find_values(text, PUBLISHED) if value.slot == "date"] == expected


def test_a_day_of_the_month_that_was_named_before() -> None:
    text = "تكررت العملية في شباط/فبراير 2024.\nوأوقف الزورق في السابع منه."
    assert [one.value for one in find_values(text, PUBLISHED) if one.slot == "date"] == ["2024-02", "2024-02-07"]


def test_without_a_day_of_publication_only_whole_dates_are_read() -> None:
    text = "On Tuesday, in May and last year they met; on 3 May 2019 they signed."
    assert [one.value for one in find_values(text) if one.slot == "date"] == ["2019-05-03"]


def test_an_english_month_needs_its_capital() -> None:
    assert article_words().has("march", "months")
    assert find_values("They march in may.", PUBLISHED) == []
