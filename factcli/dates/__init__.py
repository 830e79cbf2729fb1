"""Dates of reduced precision: what an EDTF string says, as a first and a last day.

A source says "in October", "since 2015", "the first quarter of 2025". EDTF (ISO 8601-2:2019) writes that down without
making up a day, so a fact file holds EDTF, and a timeline needs from it three things: where a fact stands in the order
of time, whether it overlaps a period that was asked for, and a message that says how to correct a date that cannot be
read. A `Span` answers the first two: the earliest and the latest day that the words allow. All of it is arithmetic on
ISO strings, which compare as dates do; nothing here asks what day it is today.

Understood: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; a qualifier `~ ? %` behind or before any part; `X` for a digit that is not
known, anywhere; the divisions of a year 21 to 41 in the place of the month; intervals `A/B`, an end of which may be
open (`..`) or unknown (empty). Years are 0000 to 9999 of the proleptic Gregorian calendar.

Decided where the standard leaves it to the reader:
- A qualifier changes nothing in the span. "About 2023" is no promise of how far about reaches, and a tolerance made up
  here would look like a fact; the mark stays in the text for a person to weigh.
- A year that lacks its first digit (`XXXX-10`) is not known at all: it is read, its month and day are checked, and its
  span has no ends. `202X` spans ten years.
- An unknown end and an open end are both None: in either case nothing is known that could exclude a day. So `1985/`
  may reach into 2020, as `2015/..` does.
- Seasons are the meteorological ones, by whole months; 21 to 24 ("of no hemisphere") are read as northern, because Oman
  is, 25 to 28 are northern and 29 to 32 southern by definition. Winter begins in the December of the year it is named
  after and ends in the next, as the order of the codes has it; the winter of 9999 ends with its year.
- An interval is reversed only if no reading is in order: `2023-05/2023` may end in December.

Refused, with the fix in the message: date and time, years beyond four digits, significant digits (`1950S2`), sets, an
interval without any end. Nothing in the facts needs them, and each would be a form that a reader of the file has to
look up. Foreign digits are refused in a file, where a date is a symbol that scripts compare, and welcome in a question.

Rejected: the packages edtf (80 ms to import, takes 2023-02-29 and 2024/2023, fails on `2015/..`), undate (no quarters)
and edtf-validate (320 ms, a yes or no); `datetime.date`, whose first year is 1 and which knows no reduced precision.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from factcli._namedtuple import NamedTuple


class Span(NamedTuple):
    """The earliest and the latest day as `YYYY-MM-DD`, both included; None where an end is open or unknown."""

    start: str | None
    end: str | None


class DateError(ValueError):
    """A text that is no date here. Its string is one printable line: what is wrong; how to write it."""


UNKNOWN = Span(None, None)
"""The span of a date that says nothing, such as `XXXX-10`."""

_WIDTHS = (4, 2, 2)
_DIGITS = frozenset("0123456789X")
_QUALIFIERS = ("~", "?", "%")
_MONTHS = tuple(f"{number:02}" for number in range(1, 13))
_DAYS = tuple(f"{number:02}" for number in range(1, 32))

_SEASONS = ("03-05", "06-08", "09-11", "12-02")
DIVISIONS = dict(
    zip(
        map(str, range(21, 42)),
        (
            *_SEASONS,  # 21 to 24: spring, summer, autumn, winter
            *_SEASONS,  # 25 to 28: the same, northern hemisphere
            *_SEASONS[2:],  # 29 to 32: southern hemisphere, spring first
            *_SEASONS[:2],
            *("01-03", "04-06", "07-09", "10-12"),  # 33 to 36: quarters
            *("01-04", "05-08", "09-12"),  # 37 to 39: quadrimesters
            *("01-06", "07-12"),  # 40, 41: half-years
        ),
        strict=True,
    )
)
"""First and last month of the divisions of a year, by their code (ISO 8601-2:2019, 4.8, sub-year groupings)."""


@lru_cache(maxsize=1 << 14)
def span(edtf: str) -> Span:
    """The earliest and the latest day that `edtf` allows; start <= end where both are known.

    Raises DateError if `edtf` is none of the forms above, a day the calendar does not have, or a reversed interval.

    >>> span("2023-10~")
    Span(start='2023-10-01', end='2023-10-31')
    >>> span("2015/..")
    Span(start='2015-01-01', end=None)
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return Span(edtf, edtf) if _is_plain_day(edtf) else _date_span(edtf, edtf)
    open_ends = ("", "..")
    if "/" in last or (first in open_ends and last in open_ends):
        raise DateError(_refusal(edtf))
    start = None if first in open_ends else _date_span(first, edtf).start
    end = None if last in open_ends else _date_span(last, edtf).end
    if start and end and start > end:
        raise DateError(f"{edtf} ends before it begins; swap its ends: {last}/{first}")
    return Span(start, end)


def _is_plain_day(text: str) -> bool:
    """Whether a date is a day that every month has, which most are: a twentieth of a look-up with 700 hits."""
    digits = text[:4] + text[5:7] + text[8:]
    return (
        len(text) == 10
        and text[4] == text[7] == "-"
        and digits.isdecimal()
        and digits.isascii()
        and "01" <= text[5:7] <= "12"
        and "01" <= text[8:] <= "28"
    )


def _date_span(text: str, whole: str) -> Span:
    """The span of `text`, one date; an error speaks of `whole`, the date or interval that it is part of."""
    parts = split_date(text)
    if parts is None:
        raise DateError(_refusal(whole))
    year, month, day = parts
    if month in DIVISIONS and day is None:
        found = _division_span(year, *DIVISIONS[month].split("-"))
    else:
        found = Span(_real_day(year, month, day, 1), _real_day(year, month, day, -1))
    if found.start is None:
        raise DateError(_missing_day(year, month, day))
    return UNKNOWN if year[0] == "X" else found


def split_date(text: str) -> tuple[str, str | None, str | None] | None:
    """Year, month and day of a date without their qualifiers; None if it is written otherwise.

    By hand: the pattern for it took longer to compile than all dates of a file to read.
    """
    found = [part[1:] if part.startswith(_QUALIFIERS) else part for part in text.split("-")]
    found = [part[:-1] if part.endswith(_QUALIFIERS) else part for part in found]
    if len(found) > len(_WIDTHS) or any(
        len(part) != width or not _DIGITS.issuperset(part) for part, width in zip(found, _WIDTHS, strict=False)
    ):
        return None
    year, month, day = (*found, None, None)[:3]
    return str(year), month, day


def _division_span(year: str, first: str, last: str) -> Span:
    """From the first day of month `first` to the last day of month `last`, in the next year if `last` comes before."""
    start, end = _real_day(year, first, None, 1), _real_day(year, last, None, -1)
    if last < first and end is not None:
        following = str(int(end[:4]) + 1).zfill(4)
        end = "9999-12-31" if len(following) > 4 else _real_day(following, last, None, -1)
    return Span(start, end)


def _real_day(year: str, month: str | None, day: str | None, step: int) -> str | None:
    """The earliest (`step` 1) or latest (-1) day of the calendar that fits the patterns; None if there is none."""
    months, days = _fitting(month, _MONTHS)[::step], _fitting(day, _DAYS)[::step]
    for number in _fitting_years(year, step):
        for name in months:
            last = _last_day(number, name)
            for found in days:
                if found <= last:
                    return f"{number:04}-{name}-{found}"
    return None


def _fitting(pattern: str | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """The items of `names` that `pattern` allows, in their order; all of them if it is missing or `XX`."""
    if pattern is None or pattern == "XX":
        return names
    if "X" not in pattern:
        return (pattern,) if pattern in names else ()
    return tuple(name for name in names if _fits(pattern, name))


def _fitting_years(pattern: str, step: int) -> Iterable[int]:
    """The years that `pattern` allows, upwards (`step` 1) or downwards (-1)."""
    if "X" not in pattern:
        return (int(pattern),)
    years = range(int(pattern.replace("X", "0")), int(pattern.replace("X", "9")) + 1)
    return (year for year in years[::step] if _fits(pattern, f"{year:04}"))


def _fits(pattern: str, digits: str) -> bool:
    return all(wanted in ("X", digit) for wanted, digit in zip(pattern, digits, strict=True))


def _last_day(year: int, month: str) -> str:
    """The last day of `month` in `year`, "28" to "31"."""
    if month != "02":
        return "30" if month in ("04", "06", "09", "11") else "31"
    return "29" if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else "28"


@lru_cache(maxsize=1 << 14)
def sort_key(edtf: str | None) -> tuple[int, int, int]:
    """A key that puts the oldest first and what has no date last.

    A date stands where it begins; of two that begin together the wider one comes first, as a heading does (2023, then
    2023-01, then 2023-01-01), and one without an end before both. Where only the end is known (`../2023`), the end is
    the one day a timeline can show, so it stands there. Dates of equal span are equal: sorting is stable and keeps them
    in the order of the file.

    >>> sorted(["2023-01", None, "2023", "1999~"], key=sort_key)
    ['1999~', '2023', '2023-01', None]
    """
    start, end = span(edtf) if edtf is not None else UNKNOWN
    place = start or end
    if place is None:
        return (1, 0, 0)
    return (0, int(place.replace("-", "")), -int((end or "9999-99-99").replace("-", "")))


def is_dated(edtf: str | None) -> bool:
    """Whether an end of the date is known: no for None and for `XXXX-10`, yes for `2015/..`."""
    return edtf is not None and span(edtf) != UNKNOWN


def years(edtf: str | None) -> range:
    """The calendar years that the known ends of the date name, and the years between; empty if they name none.

    These are certain, so that the word 2023 in a question finds `2023-10`, `2022/2024` and `2023/..`, but not `202X`.
    Winter is in the year it is named after.

    >>> list(years("2015/2017")), list(years("2015/..")), list(years("202X"))
    ([2015, 2016, 2017], [2015], [])
    """
    if edtf is None or not is_dated(edtf):
        return range(0)
    written = (end.lstrip("~?%")[:4] for end in edtf.split("/"))
    named = [int(year) for year in written if year.isdecimal()]
    return range(named[0], named[-1] + 1) if named else range(0)


def overlaps(fact: Span, since: str | None, until: str | None) -> bool:
    """Whether a day of `fact` may lie from day `since` to day `until`, both included; None is no bound.

    An end that is not known excludes nothing, but a span of two unknown ends says nothing and lies in no period.
    """
    if fact == UNKNOWN:
        return since is None and until is None
    begins_in_time = until is None or fact.start is None or fact.start <= until
    return begins_in_time and (since is None or fact.end is None or fact.end >= since)


def _refusal(edtf: str) -> str:
    from factcli.dates.repair import refusal

    return refusal(edtf)


def _missing_day(year: str, month: str | None, day: str | None) -> str:
    """The sentence for a month or a day that the calendar does not have."""
    months = _fitting(month, _MONTHS)
    if month in DIVISIONS:
        return f"{year}-{month}-{day} does not exist; {month} is a season or another part of a year and has no days"
    if not months:
        return f"{year}-{month} does not exist; months are 01 to 12, seasons 21 to 24, quarters 33 to 36"
    longest = max(_last_day(number, name) for number in _fitting_years(year, 1) for name in months)
    return f"{year}-{month}-{day} does not exist; the days of {year}-{month} are 01 to {longest}"
