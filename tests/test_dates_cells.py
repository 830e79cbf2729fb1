"""Dates as tables write them: each form as EDTF, and what is refused because it can be read in two ways or in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.dates import DateError, span
from factcli.dates.cells import AmbiguousDayError, DateReader, reduced
from factcli.lexicon.words import Words

MEANINGS = Words().meanings
READER = DateReader(MEANINGS)
ANY_ORDER = {None: READER, True: DateReader(MEANINGS, True), False: DateReader(MEANINGS, False)}

DATES = """
2023? | 2023?
(2002) | 2002~
[c. 1995] | 1995~
c. 1995? | 1995%
c1995 | 1995~
ca. 2003 | 2003~
about March 2020 | 2020-03~
نحو 1995 | 1995~
2000-01 | 2000-01
1946-05-00 | 1946-05
1946-00-00 | 1946
20220501 | 2022-05-01
19890000 | 1989
2019/5/3 | 2019-05-03
2019.05.03 | 2019-05-03
5/5/2019 | 2019-05-05
12/31/1999 | 1999-12-31
31.12.1999 | 1999-12-31
00/05/1972 | 1972-05
00/00/1994 | 1994
5.2019 | 2019-05
1/13/2019 5:00 PM | 2019-01-13
1811-09-14T00:00:00Z | 1811-09-14
2019-05-03 12:30:00+04:00 | 2019-05-03
+1952-03-11T00:00:00Z | 1952-03-11
28 December 2022 | 2022-12-28
Dec. 5, 2019 | 2019-12-05
May 3rd, 2020 | 2020-05-03
Dec 2018? | 2018-12?
05-May-2019 | 2019-05-05
2019 May 5 | 2019-05-05
2019-May-05 | 2019-05-05
Sat, 04 May 2019 | 2019-05-04
2019-Q1 | 2019-33
Q1-2019 | 2019-33
13. 5. 2019 | 2019-05-13
approx. 1990 | 1990~
2010 – present | 2010/..
May 2010 to date | 2010-05/..
2010 - الآن | 2010/..
٢٨ كانون الأول ٢٠٢٢ | 2022-12-28
آب/أغسطس 2019 | 2019-08
12–15 May 2019 | 2019-05-12/2019-05-15
May 12-15, 2019 | 2019-05-12/2019-05-15
من 3 إلى 9 مارس 2014 | 2014-03-03/2014-03-09
28 Feb – 3 March 2024 | 2024-02-28/2024-03-03
3 مارس 2014 – 9 مارس 2014 | 2014-03-03/2014-03-09
May to October 2023 | 2023-05/2023-10
1999-2003 | 1999/2003
1999–2003? | 1999?/2003?
2014-19 | 2014/2019
since 2015 | 2015/..
منذ 2015 | 2015/..
until May 2015 | ../2015-05
before 2015 | ../2014-12-31
2019 onwards | 2019/..
Q3 2023 | 2023-35
summer 2021 | 2021-22
النصف الأول من 2020 | 2020-40
1990s | 199X
the eighties | 198X
19th century | 18XX
2019/2021-05 | 2019/2021-05
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_a_date_is_as_precise_as_it_is_written(line: str) -> None:
    text, edtf = line.split(" | ")
    found = READER.read(text)
    assert (found.edtf, found.note) == (edtf, "")
    assert span(found.edtf)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("early 2019", "2019"), ("mid-2019", "2019"), ("late May 2020", "2020-05"), ("أوائل 2016", "2016")],
)
def test_the_words_for_a_part_are_a_note(text: str, edtf: str) -> None:
    assert READER.read(text)[:2] == (edtf, text)


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("3/4/2019", "2019-04-03", "2019-03-04"),
        ("03.04.2019", "2019-04-03", "2019-03-04"),
        ("2-9-1947", "1947-09-02", "1947-02-09"),
        ("3/4/2019 - 5/4/2019", "2019-04-03/2019-04-05", "2019-03-04/2019-05-04"),
    ],
)
def test_a_day_that_can_be_read_in_two_ways_needs_a_word(text: str, day_first: str, month_first: str) -> None:
    with pytest.raises(AmbiguousDayError, match=r"set file\.dayFirst"):
        READER.read(text)
    assert (ANY_ORDER[True].read(text).edtf, ANY_ORDER[False].read(text).edtf) == (day_first, month_first)


@pytest.mark.parametrize(
    ("text", "order"), [("31/12/1999", "day"), ("12/31/1999", "month"), ("5/5/2019", ""), ("2019-05-03", "")]
)
def test_the_order_that_a_day_proves_is_reported(text: str, order: str) -> None:
    assert READER.read(text).order == order


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("44 BC", "BC"), ("-0044-01-01T00:00:00Z", "BC"), ("1445 هـ", "Hijri"), ("12 رمضان 1445", "Hijri"),
        ("AH 1445", "Hijri"), ("31 February 2020", "does not exist"), ("2019-02-30", "does not exist"),
        ("30/02/2019", "does not exist"), ("0000-00-00", "missingValues"), ("5/6/19", "two figures"),
        ("28 Nov 24", "two figures"), ("May '23", "two figures"), ("43831", "5 figures"), ("12019-01-01", "5 figures"),
        ("201001", "%Y%m"), ("2020 or 2021", "is not a date"), ("soon", "is not a date"),
        ("last year", "is not a date"),
        ("", "is not a date"), ("May", "names no year"), ("5 May", "names no year"), ("x" * 200, "200 characters"),
        ("1946-00-05", "without a month"),
    ],
)  # fmt: skip
def test_what_is_no_date_says_why(text: str, message: str) -> None:
    with pytest.raises(DateError, match=message) as error:
        READER.read(text)
    assert ";" in str(error.value)


def test_a_day_against_the_order_of_the_file_is_refused() -> None:
    with pytest.raises(DateError, match="it is 1999-12-31 unless"):
        ANY_ORDER[True].read("12/31/1999")


def test_patterns_come_first_and_say_how_precise_they_are() -> None:
    reader = DateReader(MEANINGS, formats=["%Y%m", "%d.%m.%y"])
    assert [reader.read(text).edtf for text in ("201001", "05.06.19", "2019", "(201001)")] == [
        "2010-01", "2019-06-05", "2019", "2010-01~",
    ]  # fmt: skip
    assert READER.read("19 05", "%y %m").edtf == "2019-05"
    with pytest.raises(DateError, match="keep one of the patterns"):
        DateReader(MEANINGS, formats=["%d/%m/%Y", "%m/%d/%Y"]).read("3/4/2019")


def test_a_mark_in_the_column_beside_makes_a_date_doubtful() -> None:
    assert [READER.read(text, is_doubtful=True).edtf for text in ("2011", "2011?", "(2011)", "1999-2003")] == [
        "2011?", "2011?", "2011%", "1999?/2003?",
    ]  # fmt: skip


@given(st.dates())
def test_a_day_reduces_to_itself(day: object) -> None:
    assert reduced(str(day), str(day)) == str(day)


@given(st.text(max_size=30))
def test_any_text_is_a_valid_date_or_refused(text: str) -> None:
    for reader in ANY_ORDER.values():
        try:
            assert span(reader.read(text).edtf)
        except DateError as error:
            assert "\n" not in str(error) or "\n" in text
