"""What dates mean: a table for each form, the order of time, the laws, another reader as witness."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import dates
from factcli.dates import UNKNOWN, DateError, Span, is_dated, overlaps, sort_key, span, years
from factcli.dates.expressions import parse_period
from factcli.lexicon.words import Words

MEANINGS = Words().meanings


def period(text: str) -> Span:
    return Span(*parse_period(text, MEANINGS, "2026-01-15")[:2])


# -- forms

SPANS = {
    # the date: (first day, last day, reason)
    "1833": ("1833-01-01", "1833-12-31", "a year"),
    "0000": ("0000-01-01", "0000-12-31", "the first year there is"),
    "9999": ("9999-01-01", "9999-12-31", "the last year there is"),
    "2023-10": ("2023-10-01", "2023-10-31", "a month of 31 days"),
    "2023-04": ("2023-04-01", "2023-04-30", "a month of 30 days"),
    "2023-02": ("2023-02-01", "2023-02-28", "February"),
    "2024-02": ("2024-02-01", "2024-02-29", "February of a leap year"),
    "2000-02": ("2000-02-01", "2000-02-29", "every 400th year is a leap year"),
    "1900-02": ("1900-02-01", "1900-02-28", "other centuries are not"),
    "0000-02-29": ("0000-02-29", "0000-02-29", "so is year 0 of the proleptic calendar"),
    "2024-02-29": ("2024-02-29", "2024-02-29", "a day"),
    "2023~": ("2023-01-01", "2023-12-31", "about does not widen"),
    "2023-10?": ("2023-10-01", "2023-10-31", "nor does uncertain"),
    "2023-10-05%": ("2023-10-05", "2023-10-05", "nor both"),
    "2004-06~-11": ("2004-06-11", "2004-06-11", "a qualifier of year and month"),
    "?2004-06-~11": ("2004-06-11", "2004-06-11", "qualifiers of single parts"),
    "2023-10~/2024?": ("2023-10-01", "2024-12-31", "qualified ends"),
    "202X": ("2020-01-01", "2029-12-31", "a decade"),
    "20XX": ("2000-01-01", "2099-12-31", "a century"),
    "1XXX": ("1000-01-01", "1999-12-31", "a millennium"),
    "20X3": ("2003-01-01", "2093-12-31", "a digit lost in the middle"),
    "2023-XX": ("2023-01-01", "2023-12-31", "a month not known"),
    "2023-XX-XX": ("2023-01-01", "2023-12-31", "a day not known either"),
    "2023-0X": ("2023-01-01", "2023-09-30", "there is no month 00"),
    "2023-1X": ("2023-10-01", "2023-12-31", "nor months 13 to 19"),
    "2023-X1": ("2023-01-01", "2023-11-30", "January or November"),
    "2023-05-XX": ("2023-05-01", "2023-05-31", "a day of May"),
    "2023-02-2X": ("2023-02-20", "2023-02-28", "no day beyond the month"),
    "2023-05-3X": ("2023-05-30", "2023-05-31", "30 or 31"),
    "2023-XX-31": ("2023-01-31", "2023-12-31", "the 31st of some month"),
    "2023-0X-30": ("2023-01-30", "2023-09-30", "the 30th of some month, never of February"),
    "202X-02-29": ("2020-02-29", "2028-02-29", "leap years alone"),
    "19XX-02-29": ("1904-02-29", "1996-02-29", "1900 is none"),
    "202X-10": ("2020-10-01", "2029-10-31", "October of some year"),
    "156X-12-25": ("1560-12-25", "1569-12-25", "Christmas of some year"),
    "2015/..": ("2015-01-01", None, "open end"),
    "1985/": ("1985-01-01", None, "unknown end"),
    "../1990-05": (None, "1990-05-31", "open start"),
    "/1990": (None, "1990-12-31", "unknown start"),
    "2022/2024": ("2022-01-01", "2024-12-31", "years"),
    "2004-02-01/2005-02": ("2004-02-01", "2005-02-28", "ends of different precision"),
    "2023/2023": ("2023-01-01", "2023-12-31", "both ends alike"),
    "2023-05/2023": ("2023-05-01", "2023-12-31", "ends in the year it began in"),
    "2023/2023-05": ("2023-01-01", "2023-05-31", "begins in the year it ended in"),
    "202X/2021": ("2020-01-01", "2021-12-31", "may be in order"),
    "2023-21/2023-22": ("2023-03-01", "2023-08-31", "from season to season"),
    "XXXX-05/2023": (None, "2023-12-31", "a start of unknown year"),
    "XXXX": (None, None, "no year at all"),
    "XXXX-10": (None, None, "October of no year"),
    "XXXX-10-05": (None, None, "a day of no year"),
    "XXXX-02-29": (None, None, "some year has it"),
    "XXXX-22": (None, None, "a summer"),
    "XX23": (None, None, "no century, no millennium"),
}

DIVISIONS = {
    "21": ("03-01", "05-31", "spring"),
    "22": ("06-01", "08-31", "summer"),
    "23": ("09-01", "11-30", "autumn"),
    "25": ("03-01", "05-31", "northern spring"),
    "26": ("06-01", "08-31", "northern summer"),
    "27": ("09-01", "11-30", "northern autumn"),
    "29": ("09-01", "11-30", "southern spring"),
    "31": ("03-01", "05-31", "southern autumn"),
    "32": ("06-01", "08-31", "southern winter"),
    "33": ("01-01", "03-31", "first quarter"),
    "34": ("04-01", "06-30", "second quarter"),
    "35": ("07-01", "09-30", "third quarter"),
    "36": ("10-01", "12-31", "fourth quarter"),
    "37": ("01-01", "04-30", "first quadrimester"),
    "38": ("05-01", "08-31", "second quadrimester"),
    "39": ("09-01", "12-31", "third quadrimester"),
    "40": ("01-01", "06-30", "first half"),
    "41": ("07-01", "12-31", "second half"),
}

WINTERS = {
    "2023-24": ("2023-12-01", "2024-02-29", "into the next year, a leap year"),
    "2022-28": ("2022-12-01", "2023-02-28", "northern"),
    "2023-30": ("2023-12-01", "2024-02-29", "southern summer"),
    "9999-24": ("9999-12-01", "9999-12-31", "no year after the last"),
    "202X-24": ("2020-12-01", "2030-02-28", "of some year in a decade"),
    "2023-24~": ("2023-12-01", "2024-02-29", "qualified"),
}


def rows(table: dict[str, tuple[str | None, str | None, str]]) -> list[object]:
    return [pytest.param(edtf, Span(start, end), id=f"{edtf} {why}") for edtf, (start, end, why) in table.items()]


@pytest.mark.parametrize(("edtf", "expected"), rows({**SPANS, **WINTERS}))
def test_span(edtf: str, expected: Span) -> None:
    assert span(edtf) == expected


@pytest.mark.parametrize(("code", "expected"), rows(DIVISIONS))
def test_span_of_a_part_of_the_year(code: str, expected: Span) -> None:
    assert span(f"2023-{code}") == (f"2023-{expected.start}", f"2023-{expected.end}")


def test_doctests() -> None:
    result = doctest.testmod(dates)
    assert result.attempted
    assert not result.failed


# -- the order of time

TIMELINE = [
    ("1XXX/1992", "a start known by its first digit sorts by its earliest year"),
    ("1833", "oldest first"),
    ("1980~", "a qualifier does not move a date"),
    ("/1990", "where only the end is known, there"),
    ("2015/..", "an open end is wider than any"),
    ("2015/2019", "wider first"),
    ("2015", "then the year"),
    ("2015-33", "then its quarter"),
    ("2015-01", "then its month"),
    ("2015-01-01", "then its day"),
    ("202X", "the decade before its years"),
    ("2020", "its first year"),
    ("2023-10", "a month"),
    ("XXXX-10", "no year: last"),
    (None, "no date: last"),
]


def test_order_of_a_timeline() -> None:
    told = [date for date, _ in TIMELINE]
    mixed = told[1::2] + told[::2]
    assert sorted(mixed, key=sort_key)[:-2] == told[:-2]
    assert sort_key("XXXX-10") == sort_key(None) > sort_key("9999-12-31")


def test_equal_spans_keep_the_order_of_the_file() -> None:
    assert sort_key("2023") == sort_key("2023?") == sort_key("2023-XX")


# -- years and periods

YEARS = {
    "2023": ([2023], "a year"),
    "2023-10-05": ([2023], "a day"),
    "?2023-10": ([2023], "a qualifier before"),
    "2022/2024": ([2022, 2023, 2024], "those between"),
    "2015/..": ([2015], "the known end"),
    "../1990-05": ([1990], "the known end"),
    "/0000": ([0], "year 0"),
    "2023-24": ([2023], "a winter is of the year it is named after"),
    "2022-24/2024": ([2022, 2023, 2024], "a winter at the start"),
    "202X/2035": ([2035], "a decade names no year"),
    "202X": ([], "any of ten is not certain"),
    "XXXX-10": ([], "none"),
    "XXXX-10/2023": ([2023], "the known end"),
}


@pytest.mark.parametrize(
    ("edtf", "expected"), [pytest.param(edtf, found, id=f"{edtf} {why}") for edtf, (found, why) in YEARS.items()]
)
def test_years(edtf: str, expected: list[int]) -> None:
    assert list(years(edtf)) == expected


def test_no_date_has_no_years_and_is_not_dated() -> None:
    assert not years(None)
    assert not is_dated(None)
    assert not is_dated("XXXX-10")
    assert is_dated("2015/..")


@pytest.mark.parametrize("reader", [span, sort_key, is_dated, years])
def test_every_reader_refuses_what_is_no_date(reader: object) -> None:
    with pytest.raises(DateError, match="2023-13"):
        reader("2023-13")  # type: ignore[operator]


OVERLAPS = [
    ("2023", "2023-05", None, True, "a year is inside since a month of it"),
    ("2023", None, "2023-05", True, "and until one"),
    ("2023-05-07", "2023-05-07", "2023-05-07", True, "both bounds are included"),
    ("2023-05-07", "2023-05-08", None, False, "the day after"),
    ("2023-05-07", None, "2023-05-06", False, "the day before"),
    ("2015/..", "2099", None, True, "an open end reaches anything after"),
    ("2015/..", None, "2014", False, "but nothing before"),
    ("1985/", "2020", None, True, "an unknown end excludes nothing"),
    ("../1990", None, "1000", True, "an open start reaches anything before"),
    ("../1990", "1991", None, False, "but nothing after"),
    ("202X", "2025", "2025", True, "a decade meets each of its years"),
    ("2023-24", "2024-02", "2024-02", True, "a winter reaches into the next year"),
    ("XXXX-10", "0000", None, False, "no year lies in no period"),
    ("XXXX-10", None, "9999", False, "of either kind"),
    ("XXXX-10", None, None, True, "unless nothing is asked"),
]


@pytest.mark.parametrize(
    ("edtf", "since", "until", "expected"),
    [
        pytest.param(*row, id=f"{row[0]} since {row[1]} until {row[2]}: {why}")
        for *row, why in OVERLAPS
    ],
)  # fmt: skip
def test_overlaps(edtf: str, since: str | None, until: str | None, expected: bool) -> None:
    first = period(since).start if since else None
    last = period(until).end if until else None
    assert overlaps(span(edtf), first, last) is expected


# -- laws

NUMBER = st.integers(0, 9999).map("{:04}".format)
MONTH = st.integers(1, 12).map("{:02}".format)
PLAIN = st.one_of(
    NUMBER,
    st.builds("{}-{}".format, NUMBER, MONTH),
    st.builds("{}-{}-{:02}".format, NUMBER, MONTH, st.integers(1, 28)),
)
MARK = st.sampled_from(["", "", "~", "?", "%"])
DIVISION = st.builds("{}-{}".format, NUMBER, st.integers(21, 41))
LOST = st.builds(lambda date, at: date[:at] + re.sub("[0-9]", "X", date[at:]), PLAIN, st.integers(0, 9))
DATE = st.builds("{}{}".format, st.one_of(PLAIN, DIVISION, LOST), MARK)


def ordered(first: str, last: str) -> str:
    start, end = span(first).start, span(last).end
    return f"{last}/{first}" if start and end and start > end else f"{first}/{last}"


INTERVAL = st.one_of(
    st.builds(ordered, DATE, DATE),
    st.builds("{}/{}".format, DATE, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), DATE),
)
EDTF = st.one_of(DATE, INTERVAL)
DAY = st.builds("{:04}-{}-{:02}".format, st.integers(0, 9999), MONTH, st.integers(1, 28))
BOUND = st.one_of(st.none(), DAY)


def is_day(text: str) -> bool:
    return span(text) == (text, text)


@given(EDTF)
def test_a_span_is_two_days_of_the_calendar_in_order(edtf: str) -> None:
    known = [day for day in span(edtf) if day]
    assert all(map(is_day, known))
    assert known == sorted(known)
    assert is_dated(edtf) is bool(known)


@given(PLAIN, MARK)
def test_a_qualifier_does_not_change_the_span(date: str, mark: str) -> None:
    assert span(date + mark) == span(mark + date) == span(date)


@given(st.lists(st.one_of(st.none(), EDTF), max_size=6))
def test_sorting_puts_starts_in_order_and_the_undated_last(told: list[str | None]) -> None:
    order = sorted(told, key=sort_key)
    dated = [date for date in order if is_dated(date)]
    assert order[: len(dated)] == dated
    places = [span(str(date)).start or span(str(date)).end or "" for date in dated]
    assert places == sorted(places)


@given(PLAIN, PLAIN)
def test_of_two_that_begin_together_the_wider_comes_first(one: str, other: str) -> None:
    if span(one).start == span(other).start:
        assert (sort_key(one) < sort_key(other)) is (str(span(one).end) > str(span(other).end))
    else:
        assert (sort_key(one) < sort_key(other)) is (str(span(one).start) < str(span(other).start))


@given(EDTF, EDTF)
def test_overlap_is_mutual(one: str, other: str) -> None:
    if UNKNOWN not in (span(one), span(other)):
        assert overlaps(span(one), *span(other)) is overlaps(span(other), *span(one))


@given(EDTF, BOUND, BOUND)
def test_a_wider_period_loses_nothing(edtf: str, since: str | None, until: str | None) -> None:
    if overlaps(span(edtf), since, until):
        assert is_dated(edtf) or (since, until) == (None, None)
        assert overlaps(span(edtf), None, None)
        if is_dated(edtf):
            assert overlaps(span(edtf), since, None)
            assert overlaps(span(edtf), None, until)


@given(EDTF)
def test_a_date_overlaps_itself_and_its_years(edtf: str) -> None:
    if is_dated(edtf):
        assert overlaps(span(edtf), *span(edtf))
    assert all(overlaps(span(edtf), *period(f"{year:04}")) for year in years(edtf))


SCRIPTS = st.sampled_from([0x660, 0x6F0, 0x966, 0xFF10])


@given(PLAIN, SCRIPTS, st.sampled_from(["", " ", "\u200f", "\t "]))
def test_a_period_in_any_digits_is_the_span_in_ascii(date: str, zero: int, around: str) -> None:
    typed = "".join(chr(zero + int(c)) if c.isdigit() else c for c in date)
    assert period(around + typed + around) == span(date)


# -- another reader as witness

WRONG_WITNESS = {
    # what the package edtf says differently, and why it is not followed
    "2023-02-29": "it does not know how long months are",
    "2024/2023": "it takes intervals that end before they begin",
    "1985/": "it makes up ten years for an unknown end",
    "2023-24": "it ends winter with the year",
    "XXXX-10": "it spans all years",
}


def witness_span(edtf: str) -> tuple[str, str]:
    from edtf import parse_edtf

    read = parse_edtf(edtf)
    return tuple(  # type: ignore[return-value]
        "{:04}-{:02}-{:02}".format(*day[:3]) for day in (read.lower_strict(), read.upper_strict())
    )


AFTER_0 = PLAIN.filter(lambda date: date >= "0001")
WITNESSED = st.one_of(
    st.builds("{}{}".format, AFTER_0, MARK),
    DIVISION.filter(lambda date: date >= "0001" and date[5:] not in ("24", "28", "30")),
    st.sampled_from(["202X", "20XX", "2023-XX", "2023-05-XX", "156X-12-25", "1XXX-12", "2004-06~-11", "?2004-06-11"]),
    st.builds(ordered, AFTER_0, AFTER_0),
)


@settings(max_examples=60)
@given(WITNESSED)
def test_spans_are_those_of_the_package_edtf(edtf: str) -> None:
    assert witness_span(edtf) == span(edtf)


@pytest.mark.parametrize("edtf", [pytest.param(edtf, id=why) for edtf, why in WRONG_WITNESS.items()])
def test_the_package_edtf_is_still_wrong_where_it_is_not_followed(edtf: str) -> None:
    try:
        ours: object = span(edtf)
    except DateError:
        ours = None
    assert witness_span(edtf) != ours
