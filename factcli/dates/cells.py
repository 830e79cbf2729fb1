"""A date as tables write it, read as EDTF: the grammar of questions, and the forms of programs and spreadsheets.

Tried in this order: patterns of strptime that the caller gives, EDTF, ISO with a time or with zeros for what is not
known, a day in digits, and words by the grammar (`dates.expressions`). A date is as precise as it is written. What can
be read in two ways is refused, and so are dates that EDTF cannot hold. Marks are kept: brackets, `c.` and `about`
become `~`, a question mark `?`. The words for a part of a period ("early 2019") are a note, since EDTF has the period
alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, Span, span
from factcli.dates.expressions import Grammar, Period
from factcli.dates.repair import quote_date
from factcli.text.lexer import tokenize
from factcli.text.numbers import about_mark, ascii_digits
from factcli.text.phrases import Meanings, PhraseMatcher

MAX_LENGTH = 100
"""Characters of the longest text that is read as a date."""

_TIME = re.compile(
    r"(\+?[0-9].*?)(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?|T[0-9]{6})"
    r" ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?|([0-9]{2})([0-9]{2}))")
_YEAR_LAST = re.compile(r"(?:([0-9]{1,2})([-/.])([0-9]{1,2})\2|([0-9]{1,2})[-/.])([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}|.*[^0-9][ ,'’-]+[0-9]{2}")
_GLUED = re.compile(r"(?<=[0-9])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[0-9])|(?<=[QqHh][1-4])-(?=[0-9])")
_YEAR_AND_MONTH = re.compile(r"([0-9]{4}) (\D+) ([0-9]{1,2})")
_SPACED = re.compile(r"(?<=[0-9])([./]) (?=[0-9])")
_FIVE_DIGITS = re.compile(r"[0-9]{5,}|[+-]?[0-9]{5,}-.*")
_BRACKETS = re.compile(r"[(\[](.*)[)\]]")
_PATTERN_PARTS = (("%d", 3), ("%j", 3), ("%x", 3), ("%m", 2), ("%b", 2), ("%B", 2))
"""Directives of strptime, and how many parts of a date a pattern with them gives: year, month, day."""

_DIVISIONS = (21, 22, 23, 24, 33, 34, 35, 36, 37, 38, 39, 40, 41)


class Written(NamedTuple):
    """A date in EDTF, the words for a part of it that EDTF does not hold, and the order in which its digits stand.

    `order` is "day" or "month" where only one of them can be first, else empty.
    """

    edtf: str
    note: str = ""
    order: str = ""


class AmbiguousDayError(DateError):
    """A day in digits that can be read in two ways."""


class DateReader:
    """Reads dates of one table. `meanings` are the words of the languages; `formats` are patterns of strptime."""

    def __init__(self, meanings: Meanings, is_day_first: bool | None = None, formats: Sequence[str] = ()) -> None:
        self._meanings, self._is_day_first, self._formats = meanings, is_day_first, formats

    def read(self, text: str, pattern: str = "", is_doubtful: bool = False) -> Written:
        """The date that the whole text is. Raises DateError, which says what is wrong and how to mend it."""
        typed = ascii_digits(text)
        if len(typed) > MAX_LENGTH:
            raise DateError(f"is {quote_date(text)} with {len(text)} characters, which is no date; name another column")
        found = self._formatted(typed, (pattern,) if pattern else self._formats)
        marks = "?" * is_doubtful
        while found is None and (inner := self._without_mark(typed)):
            typed, mark = inner
            marks += mark
            found = self._formatted(typed, (pattern,) if pattern else self._formats)
        found = found or self._plain(typed, text)
        qualifier = "%" if {"?", "~"} <= set(marks) else marks[:1]
        return found._replace(edtf=_qualified(found.edtf, qualifier)) if qualifier else found

    def _formatted(self, typed: str, patterns: Sequence[str]) -> Written | None:
        """The date by the patterns, None where none fits. Raises DateError where two of them fit differently."""
        found = {edtf: pattern for pattern in patterns if (edtf := _by_pattern(typed, pattern))}
        if len(found) > 1:
            raise DateError(f"can be {' or '.join(found)} by file.dateFormats; keep one of the patterns")
        return next(map(Written, found), None)

    def _without_mark(self, typed: str) -> tuple[str, str] | None:
        """The text without a mark of doubt, and that mark: ? for a question mark, ~ for brackets and `about`."""
        if typed.endswith("?") and typed[:-1].strip():
            return typed[:-1].strip(), "?"
        if brackets := _BRACKETS.fullmatch(typed):
            return brackets[1].strip(), "~"
        if mark := about_mark(typed):
            return typed[mark:].strip(), "~"
        phrases = PhraseMatcher(tokenize(typed), self._meanings)
        end = phrases.end_of("time", "about", 0)
        if end and end < len(phrases.tokens):
            return typed[phrases.tokens[end].start :].lstrip(". "), "~"
        return None

    def _plain(self, typed: str, text: str) -> Written:
        """A date without marks. Raises DateError, which quotes the text as it was."""
        try:
            span(typed)
        except DateError:
            pass
        else:
            return Written(typed)
        if timed := _TIME.fullmatch(typed):
            typed = timed[1].lstrip("+")
        return self._in_digits(_SPACED.sub(r"\1", typed)) or self._in_words(typed, text)

    def _in_digits(self, typed: str) -> Written | None:
        if parts := _YEAR_FIRST.fullmatch(typed):
            year, _, month, day, *compact = parts.groups()
            month, day = compact if compact[0] else (month, day)
            if month and int(month) <= 12:
                return Written(_reduced(year, month, day))
        if parts := _YEAR_LAST.fullmatch(typed):
            one, _, two, month, year = parts.groups()
            return self._day_and_month(typed, year, one, two) if two else Written(_reduced(year, month, None))
        if _FIVE_DIGITS.fullmatch(typed):
            hint = "name its pattern in file.dateFormats, e.g. %Y%m" if len(typed) == 6 else "write YYYY-MM-DD"
            raise DateError(f"has a year of {len(typed.partition('-')[0])} figures, or is the number of a day; {hint}")
        if typed.startswith("-") and typed[1:5].isdigit():
            raise DateError("is a year BC, which dates here cannot be; leave it out, as file.missingValues can")
        return None

    def _day_and_month(self, typed: str, year: str, one: str, two: str) -> Written:
        """A day with the year last. Raises DateError where it can be read in two ways, or in none."""
        day_first, month_first = _span_of(year, two, one), _span_of(year, one, two)
        order = "" if day_first == month_first else "" if day_first and month_first else "day" if day_first else "month"
        if self._is_day_first is None and day_first and month_first and day_first != month_first:
            raise AmbiguousDayError(f"can be {day_first} or {month_first}; set file.dayFirst")
        if self._is_day_first is None:
            found = day_first or month_first
        else:
            found = day_first if self._is_day_first else month_first
        if found is None:
            other = day_first or month_first
            hint = f"it is {other} unless file.dayFirst says otherwise" if other else "the calendar has no such day"
            raise DateError(f"does not exist as a day; {hint}")
        return Written(found, order=order)

    def _in_words(self, typed: str, text: str) -> Written:
        """A date in words; hyphens in it may stand for blanks, and a year may stand first."""
        parts = _GLUED.sub(" ", typed)
        for variant in dict.fromkeys((typed, parts, _YEAR_AND_MONTH.sub(r"\3 \2 \1", parts))):
            tokens = tokenize(variant)
            grammar = _CellGrammar(PhraseMatcher(tokens, self._meanings), self._is_day_first is not False)
            found = grammar.whole() if tokens else None
            if found and found.edtf:
                break
        else:
            raise DateError(self._refusal(typed))
        if found.note == "day-first" and self._is_day_first is None:
            raise AmbiguousDayError("has a day that can be read in two ways; set file.dayFirst")
        return Written(found.edtf, text if grammar.is_part else "")

    def _refusal(self, typed: str) -> str:
        grammar = _CellGrammar(PhraseMatcher(tokenize(typed), self._meanings), True)
        found = grammar.whole() if typed else None
        groups = {phrase.meaning for at in range(len(grammar.tokens)) for phrase in grammar.phrases.at(at)
                  if phrase.group == "other calendars"}  # fmt: skip
        if "hijri" in groups:
            return "is a Hijri date; write the Gregorian one, or add it to [values.date] of the mapping"
        if "bc" in groups:
            return "is a year BC, which dates here cannot be; leave it out, as file.missingValues can"
        if grammar.missing:
            return grammar.missing
        if _SHORT_YEAR.fullmatch(typed):
            return "has a year of two figures; name its pattern with %y in file.dateFormats"
        if found and found.recurring:
            return "names no year, so it is not a date; add the year, as [values.date] of the mapping can"
        return "is not a date; correct it, name its pattern in file.dateFormats, or add it to [values.date]"


class _CellGrammar(Grammar):
    """The grammar without a today, whose periods have their EDTF."""

    has_short_years = False

    def __init__(self, phrases: PhraseMatcher, is_day_first: bool) -> None:
        super().__init__(phrases, "")
        self.is_day_first, self.is_part, self.missing = is_day_first, False, ""

    def date(self, at: int) -> tuple[int, Period] | None:
        found = super().date(at)
        if found and not found[1].edtf and found[1].since and found[1].until:
            found = found[0], found[1]._replace(edtf=reduced(found[1].since, found[1].until))
        return found

    def whole(self) -> Period | None:
        """The period that all of the text is."""
        at = 0
        if (first := self.phrases.find("cells", 0)) and first[1] == "weekday":
            at = first[0]
            while self.sign(at) and self.sign(at) in ",.":
                at += 1
        found = self.period(at)
        start = self.date(at)
        middle = start and (self.role(start[0], "to") or self.dash(start[0]))
        last = self.phrases.find("cells", middle) if middle else None
        if start and last and last[1] == "present" and last[0] == len(self.tokens) and not start[1].recurring:
            return Period(start[1].since, None, edtf=f"{start[1].edtf}/..")
        return found[1] if found and found[0] == len(self.tokens) else None

    def third(self, since: str, until: str, third: int) -> Period:
        self.is_part = True
        return Period(since, until)

    def month_span(self, year: str, month: str, day: int | None) -> Span | None:
        found = super().month_span(year, month, day)
        if found is None:
            try:
                _require_day(f"{year}-{month}-{day:02}")
            except DateError as error:
                self.missing = str(error)
        return found


def reduced(since: str, until: str) -> str:
    """The shortest EDTF of the days from `since` to `until`: a day, a month, a part of a year, a year, a decade.

    >>> reduced("2023-07-01", "2023-09-30"), reduced("1990-01-01", "1999-12-31"), reduced("2019-05-12", "2019-05-15")
    ('2023-35', '199X', '2019-05-12/2019-05-15')
    """
    if since == until:
        return since
    year = since[:4]
    parts = (f"{year}-{code}" for code in _DIVISIONS)
    wanted = Span(since, until)
    for edtf in (year, since[:7], *parts, f"{year[:3]}X", f"{year[:2]}XX"):
        if span(edtf) == wanted:
            return edtf
    return f"{since}/{until}"


def _reduced(year: str, month: str, day: str | None) -> str:
    """Year, month and day as EDTF, where zeros say that a part is not known. Raises DateError."""
    if year == "0000":
        raise DateError("has the year 0000; if it stands for no date, name it in file.missingValues")
    parts = [f"{part:0>2}" for part in (month, day) if part]
    known = [year, *parts[: parts.index("00") if "00" in parts else 2]]
    if "00" in parts and any(part != "00" for part in parts[parts.index("00") :]):
        raise DateError("has a day without a month; correct it")
    edtf = "-".join(known)
    _require_day(edtf)
    return edtf


def _require_day(edtf: str) -> None:
    """Raises DateError where the calendar does not have the day or the month."""
    try:
        span(edtf)
    except DateError as error:
        raise DateError(f"is no day: {error}") from None


def _span_of(year: str, month: str, day: str) -> str | None:
    try:
        return _reduced(year, month, day) if int(month) <= 12 else None
    except DateError:
        return None


def _by_pattern(typed: str, pattern: str) -> str | None:
    """The date in EDTF by a pattern of strptime, as precise as the pattern; None where it does not fit."""
    from datetime import datetime

    try:
        found = datetime.strptime(typed, pattern)
    except (ValueError, OverflowError):
        return None
    parts = max((count for sign, count in _PATTERN_PARTS if sign in pattern), default=1)
    return "-".join((f"{found.year:04}", f"{found.month:02}", f"{found.day:02}")[:parts])


def _qualified(edtf: str, qualifier: str) -> str:
    """The date with a qualifier behind each of its ends."""
    ends = []
    for end in edtf.split("/"):
        last = qualifier if end[-1:] in ("", qualifier) or end[-1] not in "?~%" else "%"
        ends.append(end if end in ("", "..") else end.rstrip("?~%") + last)
    return "/".join(ends)
