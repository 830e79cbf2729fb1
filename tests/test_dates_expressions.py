"""Time expressions in words and digits of both languages: what each means, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.dates import DateError, span
from factcli.dates.expressions import Period, expressions, parse_period, shifted, whole_unit
from factcli.lexicon.words import Words
from factcli.text.lexer import tokenize
from factcli.text.phrases import PhraseMatcher

MEANINGS = Words().meanings
TODAY = "2026-03-04"

PERIODS = """
2023 | 2023-01-01 | 2023-12-31
٢٠٢٣ | 2023-01-01 | 2023-12-31
۲۰۲۳-۰۵ | 2023-05-01 | 2023-05-31
in the year 2014 | 2014-01-01 | 2014-12-31
عام 2014 | 2014-01-01 | 2014-12-31
في سنة ١٩٨٠ | 1980-01-01 | 1980-12-31
2021م | 2021-01-01 | 2021-12-31
AD 1833 | 1833-01-01 | 1833-12-31
10/2023 | 2023-10-01 | 2023-10-31
2023/10 | 2023-10-01 | 2023-10-31
١٠/٢٠٢٣ | 2023-10-01 | 2023-10-31
Nov-2024 | 2024-11-01 | 2024-11-30
the month of October 2023 | 2023-10-01 | 2023-10-31
شهر 2 2025 | 2025-02-01 | 2025-02-28
May '23 | 2023-05-01 | 2023-05-31
shubat 2023 | 2023-02-01 | 2023-02-28
شهر فبراير من عام 2025 | 2025-02-01 | 2025-02-28
أيار/مايو 2023 | 2023-05-01 | 2023-05-31
تشرين الأول / أكتوبر 2023 | 2023-10-01 | 2023-10-31
28.11.2024 | 2024-11-28 | 2024-11-28
28-11-2024 | 2024-11-28 | 2024-11-28
2025/02/05 | 2025-02-05 | 2025-02-05
20250205 | 2025-02-05 | 2025-02-05
2/15/2025 | 2025-02-15 | 2025-02-15
28/11/24 | 2024-11-28 | 2024-11-28
November 28, 2024 | 2024-11-28 | 2024-11-28
Nov. 28th, 2024 | 2024-11-28 | 2024-11-28
May 3rd, 2024 | 2024-05-03 | 2024-05-03
2nd of May 2024 | 2024-05-02 | 2024-05-02
Wednesday, 5 February 2025 | 2025-02-05 | 2025-02-05
twenty-eighth of November 2024 | 2024-11-28 | 2024-11-28
2023 October | 2023-10-01 | 2023-10-31
nineteen eighty | 1980-01-01 | 1980-12-31
eighteen thirty-three | 1833-01-01 | 1833-12-31
twenty twenty three | 2023-01-01 | 2023-12-31
the 5th of February 2025 | 2025-02-05 | 2025-02-05
٢٨ تشرين الثاني/نوفمبر ٢٠٢٤ | 2024-11-28 | 2024-11-28
يوم 5 شباط 2025 | 2025-02-05 | 2025-02-05
الخامس من فبراير 2025 | 2025-02-05 | 2025-02-05
before 2015 | - | 2014-12-31
prior to May 2023 | - | 2023-04-30
after 2023 | 2024-01-01 | -
since May 2023 | 2023-05-01 | -
until 2010 | - | 2010-12-31
by 2010 | - | 2010-12-31
from 2019 onwards | 2019-01-01 | -
from 2019 | 2019-01-01 | 2019-12-31
قبل 2014 | - | 2013-12-31
بعد عام 2023 | 2024-01-01 | -
منذ عام 2015 | 2015-01-01 | -
حتى 2014 | - | 2014-12-31
from 2014 to 2019 | 2014-01-01 | 2019-12-31
between 2019 and 2023 | 2019-01-01 | 2023-12-31
2014-2019 | 2014-01-01 | 2019-12-31
2014..2019 | 2014-01-01 | 2019-12-31
2010 – 2014 | 2010-01-01 | 2014-12-31
2010-14 | 2010-01-01 | 2014-12-31
May to October 2023 | 2023-05-01 | 2023-10-31
5 to 12 February 2025 | - | -
بين عامي 2014 و2019 | 2014-01-01 | 2019-12-31
بين عام 2014 وعام 2019 | 2014-01-01 | 2019-12-31
بين مايو 2014 ومايو 2019 | 2014-05-01 | 2019-05-31
بين شهر مايو وشهر أكتوبر 2023 | 2023-05-01 | 2023-10-31
من 2019 إلى 2023 | 2019-01-01 | 2023-12-31
من عام 2014 وحتى عام 2019 | 2014-01-01 | 2019-12-31
خلال الفترة 2023-2024 | 2023-01-01 | 2024-12-31
in the 1980s | 1980-01-01 | 1989-12-31
1980's | 1980-01-01 | 1989-12-31
the eighties of the last century | 1980-01-01 | 1989-12-31
the eighties of the nineteenth century | 1880-01-01 | 1889-12-31
في الثمانينيات | 1980-01-01 | 1989-12-31
عقد 2020 | 2020-01-01 | 2029-12-31
the nineteenth century | 1800-01-01 | 1899-12-31
القرن التاسع عشر | 1800-01-01 | 1899-12-31
القرن ال19 | 1800-01-01 | 1899-12-31
Q1 2025 | 2025-01-01 | 2025-03-31
2023 Q2 | 2023-04-01 | 2023-06-30
first quarter of 2025 | 2025-01-01 | 2025-03-31
الربع الأول من عام 2025 | 2025-01-01 | 2025-03-31
second half of 2024 | 2024-07-01 | 2024-12-31
summer 2023 | 2023-06-01 | 2023-08-31
early 2025 | 2025-01-01 | 2025-04-30
mid-2023 | 2023-05-01 | 2023-08-31
late 2024 | 2024-09-01 | 2024-12-31
أوائل فبراير 2025 | 2025-02-01 | 2025-02-10
2015/.. | 2015-01-01 | -
2000~/.. | 2000-01-01 | -
2025-33 | 2025-01-01 | 2025-03-31
202X | 2020-01-01 | 2029-12-31
today | 2026-03-04 | 2026-03-04
yesterday | 2026-03-03 | 2026-03-03
tomorrow | 2026-03-05 | 2026-03-05
أمس | 2026-03-03 | 2026-03-03
أمس الأول | 2026-03-02 | 2026-03-02
the day before yesterday | 2026-03-02 | 2026-03-02
بعد غد | 2026-03-06 | 2026-03-06
this year | 2026-01-01 | 2026-12-31
last year | 2025-01-01 | 2025-12-31
last month | 2026-02-01 | 2026-02-28
last week | 2026-02-23 | 2026-03-01
the last 3 years | 2023-03-04 | 2026-03-04
two years ago | 2024-01-01 | 2024-12-31
العام الماضي | 2025-01-01 | 2025-12-31
هذا العام | 2026-01-01 | 2026-12-31
السنوات الخمس الماضية | 2021-03-04 | 2026-03-04
قبل سنتين | 2024-01-01 | 2024-12-31
"""
ROWS = [[part.strip() for part in line.split("|")] for line in PERIODS.strip().splitlines()]
KNOWN = [(text, None if since == "-" else since, None if until == "-" else until) for text, since, until in ROWS]


@pytest.mark.parametrize(("text", "since", "until"), [row for row in KNOWN if row[1:] != (None, None)])
def test_a_period_in_words(text: str, since: str | None, until: str | None) -> None:
    assert parse_period(text, MEANINGS, TODAY)[:2] == (since, until)


@pytest.mark.parametrize(("text", "since", "until"), [row for row in KNOWN if row[1:] != (None, None)])
def test_capitals_change_nothing(text: str, since: str | None, until: str | None) -> None:
    assert parse_period(text.upper(), MEANINGS, TODAY)[:2] == (since, until)


@pytest.mark.parametrize(("text", "since", "until"), [row for row in KNOWN if row[1:] != (None, None)])
def test_a_period_is_found_in_a_text_as_well(text: str, since: str | None, until: str | None) -> None:
    tokens = tokenize(text)
    found = [one for one in expressions(PhraseMatcher(tokens, MEANINGS), TODAY) if one.end == len(tokens)]
    assert found[0].period[:2] == (since, until)
    assert found[0].start <= text.startswith("the ")


@pytest.mark.parametrize(
    "text", ["soon", "2023-13", "", "23", "May", "5 feb", "between 2023 and 2019", "2023 missiles", "15/15/2025"]
)
def test_what_names_no_one_period_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse_period(text, MEANINGS, TODAY)
    assert str(refusal.value).isprintable()
    assert "; " in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "fix"), [("2023-13", "months are 01 to 12"), ("2023-02-30", "01 to 28"), ("2023-5-", "YYYY")]
)
def test_a_refusal_says_what_is_wrong(text: str, fix: str) -> None:
    with pytest.raises(DateError, match=fix):
        parse_period(text, MEANINGS, TODAY)


@pytest.mark.parametrize(
    ("text", "recurring"),
    [("march", "03"), ("in May", "05"), ("آذار", "03"), ("5 feb", "02-05"), ("feb 5th", "02-05"), ("5 شباط", "02-05")],
)
def test_a_month_or_day_without_a_year_recurs(text: str, recurring: str) -> None:
    (found,) = expressions(PhraseMatcher(tokenize(text), MEANINGS), TODAY)[:1]
    assert found.period.recurring == recurring


def test_an_interval_may_begin_with_its_open_end() -> None:
    (found, *_) = expressions(PhraseMatcher(tokenize("../2019"), MEANINGS), TODAY)
    assert (found.start, found.period) == (0, Period(None, "2019-12-31"))


@pytest.mark.parametrize("text", ["30 February", "31 april", "february 30"])
def test_a_day_that_no_year_has_is_none(text: str) -> None:
    found = expressions(PhraseMatcher(tokenize(text), MEANINGS), TODAY)
    assert {one.period.recurring for one in found} <= {"02", "04"}


@pytest.mark.parametrize(
    ("text", "note"), [("5/2/2025", "day-first"), ("28/11/2024", ""), ("5/5/2025", ""), ("last year", "relative")]
)
def test_what_is_not_plain_is_noted(text: str, note: str) -> None:
    assert parse_period(text, MEANINGS, TODAY).note == note


@pytest.mark.parametrize(
    "text", ["301 missiles", "10 agreements", "second office", "the half", "last", "مارس الجيش حقه"]
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    found = [
        one
        for one in expressions(PhraseMatcher(tokenize(text), MEANINGS), TODAY)
        if one.period.since or one.period.until
    ]
    assert found == []


@given(
    st.integers(1000, 2199), st.sampled_from(["{}", "in {}", "year {}", "عام {}", "سنة {}م", "خلال {}", "during {}"])
)
def test_a_year_means_its_days_in_every_phrase(year: int, phrase: str) -> None:
    assert parse_period(phrase.format(year), MEANINGS, TODAY) == Period(*span(str(year)))


@given(st.dates().map(str), st.sampled_from(["days", "weeks", "months", "years"]))
def test_a_unit_holds_its_day_and_there_is_one_before_and_after(day: str, unit: str) -> None:
    since, until = whole_unit(day, unit)
    assert since <= day <= until
    if "0002" < day < "9998":
        assert whole_unit(shifted(since, -1), unit)[1] == shifted(since, -1) < since


@given(st.text("0123456789-/. ~?XsmQ4,", max_size=14) | st.text(max_size=30))
def test_any_text_has_a_period_or_is_refused(text: str) -> None:
    try:
        period = parse_period(text, MEANINGS, TODAY)
    except DateError as refusal:
        assert str(refusal).isprintable()
    else:
        assert not (period.since and period.until and period.since > period.until)
