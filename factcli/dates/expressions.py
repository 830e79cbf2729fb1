"""Time expressions as people write them: one grammar for questions, `--since`, `--until` and articles.

    period     = before DATE | after DATE | since DATE | until DATE | from DATE to DATE | between DATE and DATE
               | DATE - DATE | DATE onwards | in DATE | DATE
    DATE       = day-month-year in digits, day first | year-month-day | month/year | YYYYMMDD | EDTF
               | day month year in words, in any usual order | month year | month | year | part of a year or month
               (quarter, half, season, early, mid, late) | decade | century | relative to today

`before` and `after` leave the named date out, all others take it in. A date in digits that could be read both ways is
read day first. A month or a day without a year recurs: it matches in any year. The words of each language are data,
given by the caller; nothing here asks what day it is today, which is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, Span, span
from factcli.text.lexer import tokenize
from factcli.text.numbers import ascii_digits, in_words
from factcli.text.phrases import Meanings, PhraseMatcher

YEARS = range(1000, 2200)
"""Numbers of four digits that are read as years."""

GROUPS = frozenset(("time", "months", "named years", "seasons", "ordinals", "numbers", "decades"))
"""The groups of meanings that phrases of time have. In `time` they are roles: before, year, last and so on; months are
two digits, and all others numbers in digits."""

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
SEPARATORS = DASHES + "/."
UNITS = ("days", "weeks", "months", "quarters", "years", "decades")
DAYS = {"day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}
MONTHS = {"months": 1, "quarters": 3, "years": 12, "decades": 120}


class Period(NamedTuple):
    """A period of ISO days, both included, None for an open end; or a month, or day of a month, of any year.

    `recurring` is MM or MM-DD. `note` says how the words were read where that is not plain: "day-first" or "relative".
    `edtf` is the period in EDTF where a reader of dates asks for it (`dates.cells`), as precise as the words are.
    """

    since: str | None = None
    until: str | None = None
    recurring: str = ""
    note: str = ""
    edtf: str = ""


class Expression(NamedTuple):
    """A period and the tokens from `start` up to, not including, `end` that name it."""

    start: int
    end: int
    period: Period


Found = tuple[int, Period]
"""Where an expression ends, and what it means."""


def expressions(phrases: PhraseMatcher, today: str) -> list[Expression]:
    """The longest time expression at each token of a text that begins one; `today` is an ISO day."""
    grammar = Grammar(phrases, today)
    found = ((start, grammar.period(start)) for start in range(len(phrases.tokens)) if grammar.may_begin(start))
    return [Expression(start, *one) for start, one in found if one]


def parse_period(text: str, meanings: Meanings, today: str) -> Period:
    """The period that all of a text names: EDTF, or any expression of the grammar. Raises DateError for other texts.

    A month or a day without a year is refused, since it names no one period.
    """
    from factcli.dates.repair import SURROUNDINGS, unknown_period

    typed = ascii_digits(text.strip(SURROUNDINGS))
    try:
        return Period(*span(typed))
    except DateError as error:
        tokens = tokenize(typed)
        found = Grammar(PhraseMatcher(tokens, meanings), today).period(0) if tokens else None
        if found is None or found[0] < len(tokens) or found[1].recurring:
            is_plain = typed.replace("-", "").isdigit() and len(typed) in (4, 7, 10)
            raise DateError(str(error) if is_plain else unknown_period(text)) from None
        return found[1]


class Grammar:
    """The grammar over the tokens of one text. Each method takes a position and returns the longest match, or None.

    `is_day_first` is how a date in digits is read that may be read both ways; `has_short_years` allows years of two
    digits.
    """

    is_day_first = True
    has_short_years = True

    def __init__(self, phrases: PhraseMatcher, today: str) -> None:
        self.phrases, self.tokens, self.today = phrases, phrases.tokens, today
        self._dates: dict[int, Found | None] = {}

    def may_begin(self, at: int) -> bool:
        """Whether an expression may begin at a token: most words of a question are ruled out by one look."""
        key = self.key(at)
        if key[:1].isdigit() or self.sign(at) == "." or (len(key) == 2 and key[0] in "qh"):
            return True
        return any(phrase.group in GROUPS for phrase in (*self.phrases.at(at), *self.phrases.behind_clitics(at)))

    # -- periods

    def period(self, at: int) -> Found | None:
        return _longest(
            self._between(at),
            self._from_to(at, self.role(at, "from") or self.role(at, "in") or at),
            self._short_range(at),
            self._days_of_month(at),
            self._bounded(at, "before", lambda date: _open(None, shifted(date.since, -1))),
            self._bounded(at, "after", lambda date: _open(shifted(date.until, 1), None)),
            self._bounded(at, "since", lambda date: Period(date.since, None, edtf=f"{date.edtf}/..")),
            self._bounded(at, "until", lambda date: Period(None, date.until, edtf=f"../{date.edtf}")),
            self._onwards(at),
            self.date(self.role(at, "in") or self.role(at, "from") or at),
            self.date(at),
        )

    def _between(self, at: int) -> Found | None:
        start = self.role(at, "between")
        first = start and self.date(start)
        middle = first and (self.role(first[0], "and") or (first[0] if self.key(first[0])[:1] == "و" else None))
        last = middle and self.date(middle)
        return self._range(first, last) if first and last else None

    def _from_to(self, at: int, start: int) -> Found | None:
        """`from 2014 to 2019`, `2014 to 2019`, `2014-2019`, `2014 .. 2019`."""
        first = self.date(start)
        middle = first and (self.role(first[0], "to") or self.dash(first[0]))
        last = middle and self.date(middle)
        return self._range(first, last) if first and last else None

    def _short_range(self, at: int) -> Found | None:
        """2014-19: the second year without its century."""
        year, last = self._year(at), self.key(at + 2)
        if year is None or year[0] != at + 1 or self.dash(at + 1) != at + 2 or len(last) != 2 or not last.isdigit():
            return None
        is_later = self._are_glued(at, 3) and int(last) > int(year[1][2:]) and not _span(f"{year[1]}-{last}")
        end = f"{year[1][:2]}{last}"
        return (at + 3, Period(f"{year[1]}-01-01", f"{end}-12-31", edtf=f"{year[1]}/{end}")) if is_later else None

    def _days_of_month(self, at: int) -> Found | None:
        """12–15 May 2019, May 12 to 15, 2019, من 3 إلى 9 مارس 2014: two days of one month."""
        start = self.role(at, "from") or at
        month = self._month(start)
        first = self._day_number(month[0] if month else start)
        middle = first and (self.role(first[0], "to") or self.dash(first[0]))
        last = middle and self._day_number(middle)
        if not first or not last:
            return None
        month = (last[0], month[1]) if month else self._month(self._of(last[0]))
        found = self._with_year(month[0], month[1], last[1]) if month else None
        until = found[1].until if found else None
        if not found or not until or not f"{first[1]:02}" < until[8:]:
            return None
        since = f"{until[:8]}{first[1]:02}"
        return found[0], Period(since, until, edtf=f"{since}/{until}")

    def _range(self, first: Found, last: Found) -> Found | None:
        since, until, start = first[1].since, last[1].until, first[1].edtf
        if first[1].recurring and last[1].since:  # May to October 2023
            start = f"{last[1].since[:4]}-{first[1].recurring}"
            since = getattr(_span(start), "start", None)
        if since is None or last[1].recurring or (until and since > until):
            return None
        return last[0], Period(since, until, note=first[1].note or last[1].note, edtf=f"{start}/{last[1].edtf}")

    def _bounded(self, at: int, role: str, bound: Callable[[Period], Period]) -> Found | None:
        start = self.role(at, role)
        if start and self.sign(start) in DASHES and self.sign(start) and self._are_glued(at, 3):
            start += 1  # pre-2020
        date = start and self.date(start)
        if not date or date[1].recurring:
            return None
        return date[0], bound(date[1])._replace(note=date[1].note)

    def _onwards(self, at: int) -> Found | None:
        """`2019 onwards`, `from 2019 onwards`."""
        date = self.date(self.role(at, "from") or at)
        end = date and self.role(date[0], "onwards")
        if not date or not end or date[1].recurring:
            return None
        return end, Period(date[1].since, None, edtf=f"{date[1].edtf}/..")

    def dash(self, at: int) -> int | None:
        """Where a range goes on behind a dash, or behind two dots."""
        if self.sign(at) in DASHES and self.sign(at):
            return at + 1
        return at + 2 if self.sign(at) == self.sign(at + 1) == "." else None

    # -- dates

    def date(self, at: int) -> Found | None:
        """A date, with the words `about`, `the`, `year`, `month of`, `day` in front of it or without.

        It is read once at each place, though several rules ask for it there.
        """
        if at not in self._dates:
            self._dates[at] = self._read_date(at)
        return self._dates[at]

    def _read_date(self, at: int) -> Found | None:
        start = at
        while self.key(start) == "the":
            start += 1
        for role in ("about", "era", "weekday", "day", "month", "year"):
            start = self.role(start, role) or start
            if role == "weekday" and start > at and self.sign(start) in (",", "،"):
                start += 1
        found = [self._core(place) for place in dict.fromkeys((at, start))]
        return _longest(*found, self._numbered_month(at), self._last_century(at))

    def _numbered_month(self, at: int) -> Found | None:
        """شهر 2 2025: the word month, its number, a year."""
        start = self.role(at, "month")
        number = self.key(start) if start else ""
        year = self._year(start + 1) if start and number.isdigit() and len(number) <= 2 else None
        found = _span(f"{year[1]}-{number:0>2}") if year else None
        return (year[0], Period(*found)) if year and found else None

    def _core(self, at: int) -> Found | None:
        return _longest(
            self._literal(at),
            self._numeric(at),
            self._in_words(at),
            self._part(at),
            self._decade(at),
            self._century(at),
            self._relative(at),
        )

    def _literal(self, at: int) -> Found | None:
        """A date as a fact file and a pipe write it: EDTF."""
        if not (self.key(at)[:1].isdigit() or self.sign(at) == "."):
            return None
        end = at + 1
        while end < len(self.tokens) and self.tokens[end].glued:
            end += 1
        while end > at:
            text = "".join(token.key.upper() or token.text for token in self.tokens[at:end])
            found = _span(text) if len(text) >= 4 and (text[:4].strip("0123456789X~?%./") == "") else None
            if found and (len(text) > 4 or int(text) in YEARS if text.isdigit() else True):
                return self._era(end), Period(*found)
            end -= 1
        return None

    def _numeric(self, at: int) -> Found | None:
        """28.11.2024, 2025/02/05, 10/2023, 20250205: digits, day first."""
        one, two, three = self.key(at), self.key(at + 2), self.key(at + 4)
        separator = self.sign(at + 1)
        if len(one) == 8 and one.isdigit() and (found := _span(f"{one[:4]}-{one[4:6]}-{one[6:]}")):
            return at + 1, Period(*found)
        if not separator or separator not in SEPARATORS or not self._are_glued(at, 3) or not (one + two).isdigit():
            return None
        if self.sign(at + 3) == separator and self._are_glued(at, 5) and three.isdigit():
            return self._day_in_digits(at + 5, one, two, three)
        for year, month in ((two, one), (one, two)):
            if len(year) == 4 and len(month) <= 2 and int(year) in YEARS and (found := _span(f"{year}-{month:0>2}")):
                return at + 3, Period(*found)
        return None

    def _day_in_digits(self, end: int, one: str, two: str, three: str) -> Found | None:
        if len(one) == 4:
            found = _span(f"{one}-{two:0>2}-{three:0>2}")
            return (self._era(end), Period(*found)) if found else None
        is_year = len(three) == 4 or (len(three) == 2 and self.has_short_years)
        if not is_year or len(one) > 2 or len(two) > 2:
            return None
        year = three if len(three) == 4 else "20" + three
        day_first, month_first = _span(f"{year}-{two:0>2}-{one:0>2}"), _span(f"{year}-{one:0>2}-{two:0>2}")
        found = (day_first or month_first) if self.is_day_first else (month_first or day_first)
        is_ambiguous = day_first and month_first and day_first != month_first
        return (self._era(end), Period(*found, note="day-first" if is_ambiguous else "")) if found else None

    def _in_words(self, at: int) -> Found | None:
        """5 February 2025, Nov. 28th, 2024, March 2023, 2023, in the names of any family of months."""
        day = self._day_number(at)
        month = self._month(self._of(day[0])) if day else None
        if day and month:
            return self._with_year(month[0], month[1], day[1])
        month = self._month(at)
        if month:
            day = self._day_number(month[0])
            with_day = self._with_year(day[0], month[1], day[1]) if day else None
            return _longest(with_day, self._with_year(month[0], month[1], None))
        year = self._year(at)
        if year is None:
            return None
        month = self._month(year[0])
        found = month and self.month_span(year[1], month[1], None)
        return (month[0], Period(*found)) if month and found else (year[0], Period(*span(year[1])))

    def _with_year(self, at: int, month: str, day: int | None) -> Found | None:
        """A month, or a day of it, with the year that follows; without one it recurs."""
        start = at
        while self.sign(start) in (",", "،", ".", *DASHES, "/") and self.sign(start):
            start += 1
        year = self._year(self._of(start))
        if year and (found := self.month_span(year[1], month, day)):
            return year[0], Period(*found)
        if day is not None and _span(f"2000-{month}-{day:02}") is None:
            return None
        short = self.key(start)
        if day is not None and len(short) == 2 and short.isdigit() and self.has_short_years:  # 28 Nov 24
            return start + 1, Period(*span(f"20{short}-{month}-{day:02}"))
        return at, Period(recurring=month if day is None else f"{month}-{day:02}")

    def month_span(self, year: str, month: str, day: int | None) -> Span | None:
        """The span of a month, or of a day of it; None where the calendar has no such day."""
        return _span(f"{year}-{month}" if day is None else f"{year}-{month}-{day:02}")

    def _day_number(self, at: int) -> tuple[int, int] | None:
        """A day of a month: 5, 5th, fifth, twenty-eighth, الخامس."""
        key = self.key(at)
        number = key if key.isdigit() else key[:-2] if key[-2:] in ("st", "nd", "rd", "th") else ""
        if number.isdigit() and len(number) <= 2 and 1 <= int(number) <= 31:
            return at + 1, int(number)
        tens, unit = self.number("numbers", at), self.number("ordinals", at + 2)
        if tens and unit and self.sign(at + 1) == "-" and tens[1] in (20, 30) and unit[1] < 10:
            return unit[0], tens[1] + unit[1]
        return self.number("ordinals", at)

    def _month(self, at: int) -> tuple[int, str] | None:
        """A month, also under both its names: أيار/مايو, فبراير (شباط)."""
        first = self.phrases.find("months", at) or self.phrases.behind_clitic("months", at)
        if first is None:
            return None
        end = first[0]
        if self.sign(end) == "." and self.tokens[end].glued:
            end += 1
        other = self.phrases.find("months", end + 1) if self.sign(end) and self.sign(end) in "/(" else None
        if other is None or other[1] != first[1]:
            return end, first[1]
        return other[0] + (self.sign(end) == "(" and self.sign(other[0]) == ")"), first[1]

    def _year(self, at: int) -> tuple[int, str] | None:
        """A year in four digits or in words, with the word year or its era, or without; two digits behind '."""
        start = self.role(at, "year") or self._of(at)
        start = self.role(start, "year") or start
        key = self.key(start)
        if len(key) == 4 and key.isdigit() and int(key) in YEARS:
            return self._era(start + 1), key
        last = self.key(start + 1)
        if self.sign(start) and self.sign(start) in "'’" and self._are_glued(start, 2) and len(last) == 2:
            return (start + 2, f"20{last}") if last.isdigit() and self.has_short_years else None
        return self.number_of_year(start, start > at)

    def number_of_year(self, at: int, is_year: bool) -> tuple[int, str] | None:
        """A year with a name (الألفية) or in words; a round thousand only where `is_year` says it is one."""
        named = self.number("named years", at)
        spoken = named or in_words(self.phrases, at)
        if spoken and spoken[1] in YEARS and (named or is_year or spoken[1] % 1000):
            return self._era(spoken[0]), str(spoken[1])
        first = self.number("numbers", at)  # nineteen eighty, twenty twenty-three
        second = in_words(self.phrases, first[0]) if first else None
        if first and second and first[1] in (18, 19, 20) and 10 <= second[1] < 100:
            return second[0], f"{first[1]}{second[1]}"
        return None

    def _era(self, at: int) -> int:
        """Behind the era of a year, where it is written."""
        return self.role(at, "era") or at

    def _of(self, at: int) -> int:
        """Behind `of`, `in`, `من`, where it is written."""
        return self.role(at, "in") or self.role(at, "from") or at

    # -- parts of years, decades, centuries

    def _part(self, at: int) -> Found | None:
        """A quarter, half or season of a year; the beginning, middle or end of a year, a month or a decade."""
        code = self._division(at)
        if code:
            year = self._year(self._of(code[0]))
            found = year and _span(f"{year[1]}-{code[1]}")
            return (year[0], Period(*found)) if year and found else None
        year = self._year(at)
        if year and (code := self._division(year[0])) and (found := _span(f"{year[1]}-{code[1]}")):
            return code[0], Period(*found)  # 2023 Q2
        for role, third in (("early", 0), ("middle", 1), ("late", 2)):
            start = self.role(at, role)
            if start is None:
                continue
            while self.sign(start) in DASHES and self.sign(start):
                start += 1
            whole = _longest(
                self._in_words(self.role(self._of(start), "month") or self._of(start)), self._decade(start)
            )
            if whole and not whole[1].recurring and whole[1].since and whole[1].until:
                return whole[0], self.third(whole[1].since, whole[1].until, third)
        return None

    def third(self, since: str, until: str, third: int) -> Period:
        """The beginning, middle or end of a period."""
        return Period(*_third(since, until, third))

    def _division(self, at: int) -> tuple[int, str] | None:
        """The EDTF code of a division of a year."""
        key = self.key(at)
        if len(key) == 2 and key[0] in "qh" and key[1] in "1234":
            code = 32 + int(key[1]) if key[0] == "q" else 39 + int(key[1])
            return (at + 1, str(code)) if code <= 41 else None
        if season := self.number("seasons", at):
            return season[0], str(season[1])
        for role, last, base in (("quarter", 4, 32), ("half", 2, 39)):
            ordinal = self.number("ordinals", at)
            end = ordinal and self.role(ordinal[0], role)
            if not end and (start := self.role(at, role)):
                ordinal = self.number("ordinals", start)
                end = ordinal and ordinal[0]
            if ordinal and end and ordinal[1] <= last:
                return end, str(base + ordinal[1])
        return None

    def _decade(self, at: int) -> Found | None:
        """the 1980s, the eighties, ثمانينيات القرن العشرين, عقد 2020; the 1800s are a century."""
        start = self.role(at, "decade") or at
        key = self.key(start).removesuffix("s")
        if len(key) == 4 and key.isdigit() and key[3] == "0" and (start > at or self.key(start) != key):
            is_century = start == at and key.endswith("00") and int(key) < 2000
            return start + 1, Period(f"{key}-01-01", f"{key[:2]}99-12-31" if is_century else f"{key[:3]}9-12-31")
        decade = self.number("decades", start)
        if decade is None:
            return None
        century = self._century(self._of(decade[0])) or self._last_century(decade[0])
        first = int(century[1].since[:2] if century and century[1].since else "19") * 100 + decade[1]
        end = century[0] if century else decade[0]
        return end, Period(f"{first}-01-01", f"{first + 9}-12-31")

    def _century(self, at: int) -> Found | None:
        """the nineteenth century, the 19th century, القرن التاسع عشر, القرن ال19, قرن 1800: 1800 to 1899."""
        start = self.role(at, "century")
        if start and len(first := self.key(start)) == 4 and first.isdigit() and first.endswith("00"):
            return start + 1, Period(f"{first}-01-01", f"{first[:2]}99-12-31")
        if start:
            start = start + 1 if self.key(start) == "ال" else start
            number = self._day_number(start)
            end = number and number[0]
        else:
            number = self._day_number(at + 1 if self.key(at) == "the" else at)
            end = number and self.role(number[0], "century")
        if not number or not end or not 1 <= number[1] <= 22:
            return None
        return end, Period(f"{number[1] - 1:02}00-01-01", f"{number[1] - 1:02}99-12-31")

    def _last_century(self, at: int) -> Found | None:
        """القرن الماضي, last century; behind a decade also `of the last century`."""
        start = self._of(at)
        last = self.role(start, "last") if self.today else None
        end = self.role(last, "century") if last else None
        if end is None and self.today and (century := self.role(start, "century")):
            end = self.role(century, "last")
        first = int(self.today[:2] or 0) - 1
        return (end, Period(f"{first:02}00-01-01", f"{first:02}99-12-31", note="relative")) if end else None

    # -- relative to today

    def _relative(self, at: int) -> Found | None:
        """yesterday, last year, the last 3 months, two years ago, العام الماضي, قبل سنتين."""
        if not self.today:
            return None
        for role, days in DAYS.items():
            if end := self.role(at, role):
                day = shifted(self.today, days)
                return end, Period(day, day, note="relative")
        for role, unit in (("this year", "years"), ("this month", "months")):
            if end := self.role(at, role):
                return end, Period(*whole_unit(self.today, unit), note="relative")
        if last := self._last_month(at):
            return last
        return _longest(*(found for step, role in ((0, "this"), (-1, "last"), (1, "next"), (-2, "before last"))
                          for found in self._beside(at, role, step)), self._ago(at))  # fmt: skip

    def _beside(self, at: int, role: str, step: int) -> Iterator[Found | None]:
        """`last year`, `last 3 years`; behind the unit in Arabic: `العام الماضي`, `السنوات الخمس الماضية`."""
        start = self.role(at, role)
        if start:
            count = self._count(start)
            unit = self._unit(count[0] if count else start)
            if unit and (count or role == "this" or unit[2] == 1):
                yield unit[0], self._units_from_today(unit[1], step, count[1] if count else 0)
            elif unit and role in ("last", "next"):
                yield unit[0], self._units_from_today(unit[1], step, unit[2])
        unit = self._unit(at)
        if unit:
            count = self._count(unit[0])
            end = self.role(count[0] if count else unit[0], role)
            if end:
                number = count[1] if count else 2 if unit[2] == 2 and role != "before last" else 0
                yield end, self._units_from_today(unit[1], step, number)

    def _last_month(self, at: int) -> Found | None:
        """last February, فبراير الماضي: the latest that has begun."""
        month = self._month(self.role(at, "last") or at)
        end = month and (month[0] if self.role(at, "last") else self.role(month[0], "last"))
        if not month or not end:
            return None
        year = int(self.today[:4]) - (self.today[5:7] <= month[1])
        return end, Period(*span(f"{year}-{month[1]}"), note="relative")

    def _ago(self, at: int) -> Found | None:
        start = at
        if self.key(at) in ("قبل", "منذ", "من"):
            start = at + 1
        count = self._count(start)
        unit = self._unit(count[0] if count else start)
        if unit is None or (count is None and unit[2] != 2):
            return None
        end = self.role(unit[0], "ago") or (unit[0] if start > at else None)
        return (end, self._whole_unit(unit[1], -(count[1] if count else 2))) if end else None

    def _count(self, at: int) -> tuple[int, int] | None:
        key = self.key(at)
        if key.isdigit() and len(key) <= 3:
            return at + 1, int(key)
        if found := self.phrases.behind_clitic("numbers", at):
            return found[0], int(found[1])
        return self.number("numbers", at)

    def _unit(self, at: int) -> tuple[int, str, int] | None:
        """Where the name of a unit of time ends, the unit, and 2 where it is a dual (سنتين)."""
        key = self.key(at)
        for unit in UNITS:
            if end := self.role(at, unit):
                return end, unit, 2 if key.endswith("ين") and key not in ("سنين", "السنين") else 1
        return None

    def _units_from_today(self, unit: str, step: int, count: int) -> Period:
        """This, the last or the next unit; with a count, so many units up to today or from today on."""
        if not count:
            return self._whole_unit(unit, step)
        since, until = sorted((shifted(self.today, step * count, unit) or "", self.today))
        return Period(since, until, note="relative")

    def _whole_unit(self, unit: str, distance: int) -> Period:
        """The whole day, week, month or year so many units from today; a negative distance is in the past."""
        since, until = whole_unit(shifted(self.today, distance, unit), unit)
        return Period(since, until, note="relative")

    # -- tokens

    def key(self, at: int) -> str:
        return self.tokens[at].key if at < len(self.tokens) else ""

    def sign(self, at: int) -> str:
        """The sign at a position, empty where there is a word or nothing."""
        return self.tokens[at].text if at < len(self.tokens) and not self.tokens[at].key else ""

    def _are_glued(self, at: int, count: int) -> bool:
        return all(token.glued for token in self.tokens[at + 1 : at + count])

    def number(self, group: str, at: int) -> tuple[int, int] | None:
        """Where the number ends that begins at a position in words of a group, and the number."""
        found = self.phrases.find(group, at)
        return (found[0], int(found[1])) if found else None

    def role(self, at: int, role: str) -> int | None:
        """Where the longest phrase ends that has the role at a position."""
        return self.phrases.end_of("time", role, at)


def _longest(*found: Found | None) -> Found | None:
    return max((one for one in found if one), key=lambda one: one[0], default=None)


def _open(since: str | None, until: str | None) -> Period:
    """A period with one end."""
    return Period(since, until, edtf=f"{since or '..'}/{until or '..'}")


def _span(edtf: str) -> Span | None:
    try:
        return span(edtf)
    except DateError:
        return None


def shifted(day: str | None, count: int, unit: str = "days") -> str | None:
    """The ISO day so many units later, or earlier; months and years keep the day where the month has it."""
    if day is None:
        return None
    from datetime import date, timedelta

    one = date.fromisoformat(day)
    try:
        if unit in ("days", "weeks"):
            return (one + timedelta(days=count * (7 if unit == "weeks" else 1))).isoformat()
        months = one.year * 12 + one.month - 1 + count * MONTHS[unit]
        year, month = divmod(months, 12)
        last = span(f"{year:04}-{month + 1:02}").end or ""
        return min(f"{year:04}-{month + 1:02}-{one.day:02}", last)
    except (OverflowError, ValueError):
        return day


def whole_unit(day: str | None, unit: str) -> tuple[str, str]:
    """The first and last day of the day, ISO week, month, quarter, year or decade that an ISO day lies in."""
    assert day is not None
    if unit == "weeks":
        from datetime import date

        weekday = date.fromisoformat(day).weekday()
        return shifted(day, -weekday) or day, shifted(day, 6 - weekday) or day
    quarter = f"{day[:4]}-{33 + (int(day[5:7]) - 1) // 3}"
    start, end = span(
        {"days": day, "months": day[:7], "quarters": quarter, "years": day[:4], "decades": f"{day[:3]}X"}[unit]
    )
    return start or day, end or day


def _third(since: str, until: str, third: int) -> tuple[str, str]:
    """The first, middle or last third of a month, a year or a decade: by days, months, years."""
    if since[:7] == until[:7]:
        return [(since, since[:8] + "10"), (since[:8] + "11", since[:8] + "20"), (since[:8] + "21", until)][third]
    if since[:4] == until[:4]:
        months = ("01-01", "04-30"), ("05-01", "08-31"), ("09-01", "12-31")
        return f"{since[:5]}{months[third][0]}", f"{since[:5]}{months[third][1]}"
    years = ("0", "3"), ("4", "6"), ("7", "9")
    return f"{since[:3]}{years[third][0]}-01-01", f"{since[:3]}{years[third][1]}-12-31"
