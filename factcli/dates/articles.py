"""Dates as articles write them, read as EDTF by the day of publication: the grammar of questions, extended.

A weekday is the nearest one that is not after the publication, with words of a plan before it the next one. A day or a
month without a year is the nearest past one too, unless a plan, a deadline or `next` makes it the next. Early, mid and
late are the whole unit; so is half a year. A weekday with its date, a day in two calendars, a month under its two names
are one date; `2015 and 2016` are two. Durations, ages and frequencies are no dates, nor are four digits that nothing
says to be a year. Without a day of publication, what depends on it is not read.
"""

from __future__ import annotations

from datetime import date, timedelta

from factcli._namedtuple import NamedTuple
from factcli.dates import DateError, span
from factcli.dates.cells import reduced
from factcli.dates.expressions import DASHES, DAYS, Found, Grammar, shifted
from factcli.text.phrases import PhraseMatcher

LIKELY_YEARS = range(1900, 2100)
"""Years that four digits may be without the word year."""

GROUPS = frozenset(("months", "weekdays", "decades", "ordinals", "seasons", "calendar", "numbers", "two days"))
ROLES = frozenset(
    "today yesterday tomorrow year month between from quarter half early middle late decade century last this next "
    "before last weeks months years this year this month".split()
) | {*DAYS, "before last", "this year", "this month"}

HALVES = ("40", "41")
MIN_PLAN_DISTANCE, MAX_PLAN_DISTANCE = 1, 16
"""Tokens between a word of a plan and the date that it makes a future one."""

UNUSUAL_MONTHS = frozenset("مارس ماي اب جوان اوت may march mar".split())
"""Folded names of months that are other words as well: alone they need a preposition before or a year behind them."""


class Mention(NamedTuple):
    """A date in an article: the tokens up to `end` name it; `is_relative` says that the publication day was needed."""

    end: int
    edtf: str
    is_relative: bool = False


class ArticleGrammar(Grammar):
    """The grammar over the tokens of one sentence. `published` is an ISO day, or empty where it is not known.

    `date_before` is the date that the text named last, in whose month is `السابع منه`, and in whose year is `May of the
    same year`.
    """

    has_short_years = False

    def __init__(self, phrases: PhraseMatcher, published: str, date_before: str = "") -> None:
        super().__init__(phrases, published)
        self.date_before = date_before

    def may_begin_date(self, at: int) -> bool:
        """Whether a date may begin at a token."""
        key = self.key(at)
        if key[:1].isdigit() or (len(key) == 2 and key[0] in "qh"):
            return True
        return any(
            phrase.group in GROUPS or (phrase.group == "time" and phrase.meaning in ROLES)
            for phrase in (*self.phrases.at(at), *self.phrases.behind_clitics(at))
        )

    def mention(self, at: int) -> Mention | None:
        """The longest date that begins at a token."""
        found = [self._range_of(at), self._pair_of_days(at), self._single(at), self._of_hijri(at)]
        return max((one for one in found if one), key=lambda one: one.end, default=None)

    # -- ranges

    def _range_of(self, at: int) -> Mention | None:
        """`from A to B`, `A to B`, `A-B`, `between A and B`, where A and B are dates; the fiscal year 2023-24."""
        between = self.role(at, "between")
        start = between or self.role(at, "from") or at
        if self.phrases.find("measures", start):
            return None
        short = self._short_years(self._behind_calendar(start))
        if short:
            return short
        days = self._days_in_month(start, bool(between))
        if days:
            return days
        first = self._single(start, is_end=True)
        if not first:
            return None
        middle = self._to(first.end, bool(between))
        last = self._single(middle, is_end=True) if middle else None
        if not last:
            return None
        return _joined(first, last)

    def _to(self, at: int, is_between: bool) -> int | None:
        """Behind the words that lead to the end of a range."""
        if is_between:
            return self.role(at, "and") or (at if self.key(at)[:1] == "و" else None)
        return self.role(at, "to") or self.role(at, "until") or self.dash(at)

    def _short_years(self, at: int) -> Mention | None:
        """2019-23, 2023/24, and 2014-2018."""
        year, last = self.key(at), self.key(at + 2)
        is_range = (
            len(year) == 4 and year.isdigit() and int(year) in LIKELY_YEARS
            and self.sign(at + 1) and self.sign(at + 1) in DASHES + "/" and self._are_glued(at, 3) and last.isdigit()
            and not (self.sign(at + 3) == self.sign(at + 1) and self._are_glued(at, 5) and self.key(at + 4).isdigit())
        )  # fmt: skip
        if not is_range:
            return None
        if len(last) == 4 and int(last) > int(year):
            return Mention(at + 3, f"{year}/{last}")
        if len(last) == 2 and int(last) > int(year[2:]):
            return Mention(at + 3, f"{year}/{year[:2]}{last}")
        return None

    def _days_in_month(self, at: int, is_between: bool) -> Mention | None:
        """20 to 23 April, 3-5 November 2024, May 3-6, 6 إلى 17 شباط/فبراير الجاري, between 3 and 6 March."""
        month = self._month_named(at)
        first = self._day_number(month[0] if month else at)
        middle = first and self._to(first[0], is_between)
        last = self._day_number(middle) if middle else None
        if last is None and first and middle and (behind := self.phrases.behind_clitic("ordinals", middle)):
            last = behind[0], int(behind[1])
        if not first or not last or first[1] >= last[1]:
            return None
        if month:
            end, name = last[0], month[1]
        else:
            named = self._month_named(self._of(last[0]))
            if not named:
                return None
            end, name = named
        ending = self._day(end, name, last[1], at)
        if not ending or len(ending.edtf) != 10:
            return None
        return ending._replace(edtf=f"{ending.edtf[:8]}{first[1]:02}/{ending.edtf}")

    def _pair_of_days(self, at: int) -> Mention | None:
        """يومي الأحد والاثنين 20 و21 أبريل: two days in a row."""
        start = self.phrases.find("two days", at)
        if not start:
            return None
        place, days = start[0], []
        for _ in range(2):
            named = self.phrases.find("weekdays", place) or self.phrases.behind_clitic("weekdays", place)
            if named:
                place, _number = named
                days.append(_number)
        first = self._day_number(place)
        middle = first and (self.role(first[0], "and") or self.dash(first[0]))
        last = self._day_number(middle) if middle else None
        month = self._month_named(self._of(last[0])) if last else None
        if first and last and month and first[1] < last[1]:
            ending = self._day(month[0], month[1], last[1], at)
            return ending and ending._replace(edtf=f"{ending.edtf[:8]}{first[1]:02}/{ending.edtf}")
        if len(days) == 2 and self.today:
            since, until = (self._nearest_weekday(int(day), False) for day in days)
            return Mention(place, f"{since}/{until}", True) if since < until else None
        return None

    # -- one date

    def _single(self, at: int, is_end: bool = False) -> Mention | None:
        """One date; `is_end` says that it is an end of a range, where a bare year or day needs nothing around it."""
        found = [
            self._weekday_or_near_day(at),
            self._in_month(at),
            self._digits(at),
            self._year_alone(at, is_end),
            self._division_or_part(at),
            self._unit_by_today(at),
            self._day_of_it(at),
        ]
        longest = max((one for one in found if one), key=lambda one: one.end, default=None)
        if not longest:
            return None
        end = self._era(longest.end)
        if self.sign(end - 1) == "." and end == len(self.tokens) and end - at > 1:
            end -= 1  # the full stop of the sentence
        return longest._replace(end=end)

    def _weekday_or_near_day(self, at: int) -> Mention | None:
        """Tuesday, last Thursday, أمس الأربعاء, الاثنين المقبل, أول من أمس, Saturday 7 June."""
        place, day, shift = at, None, None
        ahead = self.role(place, "next") if not self.phrases.find("weekdays", place) else None
        behind = self.role(place, "last") if ahead is None else None
        near = self._near_day(place)
        if near:
            place, shift = near
        else:
            place = ahead or behind or self.role(place, "this") or place
        weekday = self._weekday(place)
        if weekday:
            place, day = weekday
        if day is None and shift is None:
            return None
        dated = self._with_date(place)
        if dated:
            return dated if day is None else self._on_weekday(dated, day)
        if not self.today:
            return None
        if shift is not None:
            return Mention(place, shifted(self.today, shift) or "", True)
        assert day is not None
        if end := self.role(place, "next"):
            place, ahead = end, end
        elif end := self.role(place, "last") or self.role(place, "this"):
            place, behind = end, end
        forward = bool(ahead) or (not behind and self.is_planned(at))
        return Mention(place, self._nearest_weekday(day, forward, excluded=bool(ahead or behind)), True)

    def _near_day(self, at: int) -> tuple[int, int] | None:
        found = [(end, days) for role, days in DAYS.items() if (end := self.role(at, role))]
        return max(found, default=None)

    def _weekday(self, at: int) -> tuple[int, int] | None:
        start = at
        if self.sign(at) in ("(", ",", "،") and self.sign(at) and self.phrases.find("weekdays", at + 1):
            start = at + 1
        found = self.phrases.find("weekdays", start)
        if not found or (self.tokens[start].text.isascii() and not self.tokens[start].text[0].isupper()):
            return None
        return found[0] + (start > at and self.sign(found[0]) == ")"), int(found[1])

    def _with_date(self, at: int) -> Mention | None:
        """The date behind a weekday, also with a comma, brackets or the same day in the Hijri calendar before it."""
        start = at
        if self.sign(start) and self.sign(start) in ",،(":
            start += 1
        return self._in_month(start) or self._digits(start) or self._of_hijri(start)

    def _on_weekday(self, dated: Mention, weekday: int) -> Mention:
        """A day without a year is that of the year in which it is the weekday named with it."""
        if not dated.is_relative or len(dated.edtf) != 10:
            return dated
        year = int(dated.edtf[:4])
        for other in (year, year + 1, year - 1):
            day = _iso(other, int(dated.edtf[5:7]), int(dated.edtf[8:]))
            if day and date.fromisoformat(day).weekday() == weekday:
                return dated._replace(edtf=day)
        return dated

    def _nearest_weekday(self, weekday: int, forward: bool, excluded: bool = False) -> str:
        day = date.fromisoformat(self.today)
        distance = (weekday - day.weekday()) % 7 if forward else -((day.weekday() - weekday) % 7)
        if not distance and (excluded or forward):
            distance = 7 if forward else -7
        return (day + timedelta(days=distance)).isoformat()

    def _in_month(self, at: int) -> Mention | None:
        """5 February 2025, Nov. 28th, March 2023, تشرين الأول/أكتوبر, الثالث عشر من فبراير."""
        day = self._day_number(at)
        month = self._month_named(self._of(self._day_suffix(day[0]))) if day else None
        if day and month:
            return self._day(month[0], month[1], day[1], at)
        unit = self._unit_by_today(self._of(day[0])) if day and self._of(day[0]) > day[0] else None
        if day and unit and len(unit.edtf) == 7:  # 12 من الشهر الجاري
            found = _iso(int(unit.edtf[:4]), int(unit.edtf[5:]), day[1])
            return unit._replace(edtf=found) if found else None
        month = self._month_named(at)
        if not month:
            return None
        day = self._day_number(month[0])
        if day and self.key(month[0])[:1].isdigit() and not (
            self.sign(day[0]) in (",", ".") and self.sign(day[0]) and self.key(day[0] + 1)[:1].isdigit()
            and self._are_glued(day[0] - 1, 3)
        ) and not self.key(month[0]).startswith("0"):  # fmt: skip
            return self._day(day[0], month[1], day[1], at)
        short = self.key(month[0])
        if len(short) == 2 and short.isdigit() and short[0] == "0":  # Dec 05
            return Mention(month[0] + 1, f"20{short}-{month[1]}")
        if self._is_doubtful(at, month):
            return None
        return self._day(month[0], month[1], None, at)

    def _day_suffix(self, at: int) -> int:
        return at + 1 if self.key(at) in ("st", "nd", "rd", "th") and self.tokens[at].glued else at

    def _is_doubtful(self, at: int, month: tuple[int, str]) -> bool:
        """Whether the name of a month is more likely another word: alone, with nothing around it to say so."""
        key = self.key(at)
        if key not in UNUSUAL_MONTHS or (key.isascii() and at > 0):
            return False
        if self.key(at) == "اب" and self.tokens[at].text.startswith("آ"):
            return False
        has_year = bool(self._year(month[0])) or bool(self.role(month[0], "last") or self.role(month[0], "next"))
        return not (has_year or self._follows_preposition(at))

    def _follows_preposition(self, at: int) -> bool:
        return at > 0 and bool(self._before_date(at - 1))

    def _before_date(self, at: int) -> bool:
        """Whether a word leads to a date: in, since, وفي."""
        return bool(self.phrases.find("before dates", at) or self.phrases.behind_clitic("before dates", at))

    def _month_named(self, at: int) -> tuple[int, str] | None:
        """The month at a position; in English with a capital letter."""
        start = self.role(at, "month") or at
        if start >= len(self.tokens) or (
            self.tokens[start].text.isascii() and not self.tokens[start].text[:1].isupper()
        ):
            return None
        return self._month(start)

    def _day(self, at: int, month: str, day: int | None, start: int) -> Mention | None:
        """A month, or a day of it, with the year or `last` or `next` behind it; else the nearest."""
        place = at
        while self.sign(place) in (",", "،", *DASHES, "/") and self.sign(place):
            place += 1
        place = self._of(place)
        year = self._year_behind(place)
        if year:
            found = _iso(int(year[1]), int(month), day) if day else f"{year[1]}-{month}"
            return Mention(year[0], found) if found else None
        same = self.phrases.find("same year", at)
        if same and self.date_before:
            found = _iso(int(self.date_before[:4]), int(month), day) if day else f"{self.date_before[:4]}-{month}"
            return Mention(same[0], found) if found else None
        if not self.today:
            return None
        place = at
        if end := self.role(place, "next"):
            return self._nearest(end, month, day, 1, is_explicit=True)
        if end := self.role(place, "last"):
            return self._nearest(end, month, day, -1, is_explicit=True)
        if end := self.role(place, "this"):
            found = _iso(int(self.today[:4]), int(month), day) if day else f"{self.today[:4]}-{month}"
            return Mention(end, found, True) if found else None
        of_last = self._unit_by_today(self._of(place)) if self._of(place) > place else None
        if of_last and len(of_last.edtf) == 4:  # in May of last year
            found = _iso(int(of_last.edtf), int(month), day) if day else f"{of_last.edtf}-{month}"
            return of_last._replace(edtf=found) if found else None
        is_deadline = self._is_deadline(start - 1)
        step = 1 if is_deadline or self.is_planned(start) else -1
        return self._nearest(place, month, day, step, is_explicit=is_deadline and day is None)

    def _is_deadline(self, at: int) -> bool:
        """Whether a word of a deadline stands at a position, or before `the end of` there: by the end of May."""
        parts = (start for start in range(max(0, at - 3), at + 1) if self.role(start, "late") == at + 1)
        at = next(parts, at + 1) - 1
        return at >= 0 and bool(self.phrases.find("deadlines", at))

    def _year_behind(self, at: int) -> tuple[int, str] | None:
        """The year behind a month: four digits, with the word year or without."""
        start = self.role(at, "year") or at
        key = self.key(start)
        if len(key) == 4 and key.isdigit() and 1000 <= int(key) < 2200:
            return self._era(start + 1), key
        return None

    def _nearest(self, end: int, month: str, day: int | None, step: int, is_explicit: bool = False) -> Mention | None:
        """The nearest such day or month before (`step` -1) or after the publication, which may be in it."""
        today, year = self.today, int(self.today[:4])
        for other in (year, year + step, year + 2 * step, year + 3 * step, year + 4 * step):
            found = _iso(other, int(month), day) if day else f"{other:04}-{month}"
            if not found:
                continue
            here = today[: len(found)]
            if (found <= here if step < 0 else found >= here) and not (is_explicit and found == here):
                return Mention(end, found, True)
        return None

    def _digits(self, at: int) -> Mention | None:
        """28.11.2024, 14/06/2023, 2025-05-28, 10/2023."""
        if not self.key(at)[:1].isdigit():
            return None
        if len(self.key(at)) == 8:
            return None
        if self.sign(at + 1) == "." and len(self.key(at)) != 4 and self.sign(at + 3) != ".":
            return None
        found = self._numeric(at)
        if not found or not found[1].since or not found[1].until:
            return None
        if self.sign(found[0]) in ("/", *DASHES) and self.sign(found[0]) and self.tokens[found[0]].glued:
            return None
        return Mention(found[0], reduced(found[1].since, found[1].until))

    def _behind_calendar(self, at: int) -> int:
        """Behind words such as `the year`, `fiscal`, `عامي`."""
        start = at + 1 if self.key(at) == "the" else at
        fiscal = self.phrases.find("calendar", start)
        start = fiscal[0] if fiscal and fiscal[1] in ("fiscal", "year") else start
        return self.role(start, "year") or start

    def _year_alone(self, at: int, is_end: bool) -> Mention | None:
        """A year with the word for it, or four digits behind a word that leads to a date."""
        start = self._behind_calendar(at)
        year = self.key(start)
        if len(year) != 4 or not year.isdigit():
            if start > at and (found := self.number_of_year(start, True)):
                return Mention(found[0], found[1])
            return None
        is_part = (self.sign(start - 1) in (*DASHES, "/", ".") if start and self.sign(start - 1) else False) and (
            self.tokens[start].glued and start - 1 >= at
        )
        if is_part or self._goes_on(start + 1) or not 1000 <= int(year) < 2200:
            return None
        if start > at or self._era(start + 1) > start + 1:
            return Mention(start + 1, year)
        if int(year) not in LIKELY_YEARS or not (is_end or self._may_be_year(start)):
            return None
        return Mention(start + 1, year)

    def _goes_on(self, at: int) -> bool:
        """Whether digits go on behind a position as a number, a model or a range does."""
        return bool(
            self.sign(at) and self.sign(at) in (*DASHES, "/", ".", ",", "،", "٬", "%") and self.tokens[at].glued
            and at + 1 < len(self.tokens) and self.tokens[at + 1].glued and self.key(at + 1)
        )  # fmt: skip

    def _may_be_year(self, at: int) -> bool:
        """Whether bare digits are a year: a preposition before them, and no counted noun behind."""
        if at == 0:
            return False
        before = self.tokens[at - 1]
        is_listed = before.text in (",", "،") and self._follows_year(at)
        if not (is_listed or self._before_date(at - 1) or before.text in ("(", "-", "\u2013")):
            return False
        if any(phrase.end == at and phrase.group in ("comparisons", "labels") and phrase.meaning != "between"
               for place in range(max(0, at - 3), at) for phrase in self.phrases.at(place)):  # fmt: skip
            return False
        if before.key in ("and", "to", "of", "و", "من", "الى"):
            if not self._follows_year(at) or (at > 1 and self.phrases.find("labels", at - 2)):
                return False
            if before.key in ("and", "و"):
                return True
        follower = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if not follower or not follower.key:
            return True
        is_latin = follower.text.isascii()
        is_closed = follower.key in ("and", "or") or bool(self.phrases.find("fillers", at + 1))
        return not is_latin or is_closed or follower.text[0].isupper()

    def _follows_year(self, at: int) -> bool:
        """Whether a year stands not far before a position, so that `and 2016` is another; `of 2007` needs none."""
        if self.key(at - 1) in ("of", "من"):
            return True
        return any(
            len(self.key(place)) == 4 and self.key(place).isdigit() and int(self.key(place)) in LIKELY_YEARS
            for place in range(max(0, at - 4), at - 1)
        )

    def _division_or_part(self, at: int) -> Mention | None:
        """The third quarter of 2026, الربع الأول من العام المقبل, mid-October, the end of the year, the 1980s."""
        start = at + 1 if self.key(at) == "the" else at
        code = self._division(start)
        if code:
            year = self._any_year(self._of_or_in(code[0]))
            if year:
                return Mention(year.end, year.edtf if code[1] in HALVES else f"{year.edtf}-{code[1]}", year.is_relative)
        for role in ("early", "middle", "late"):
            if part := self.role(start, role):
                while self.sign(part) in DASHES and self.sign(part):
                    part += 1
                part = self._of(part)
                whole = self._in_month(part) or self._any_year(part) or self._decade_of(part) or self._unit_now(part)
                if whole:
                    return whole
        return self._decade_of(start)

    def _of_or_in(self, at: int) -> int:
        return at + 1 if self.key(at) in ("of", "in", "من", "في") else at

    def _any_year(self, at: int) -> Mention | None:
        """A year in digits, with its word or without, or `next year`."""
        start = self._behind_calendar(at)
        key = self.key(start)
        if len(key) == 4 and key.isdigit() and 1000 <= int(key) < 2200 and not self._goes_on(start + 1):
            return Mention(start + 1, key)
        found = self._unit_by_today(at)
        return found if found and len(found.edtf) == 4 else None

    def _unit_now(self, at: int) -> Mention | None:
        """The year, the month behind `the end of`: the present one."""
        start = at + 1 if self.key(at) == "the" else at
        found = self.phrases.find("calendar", start)
        if not found or not self.today or found[1] not in ("year", "month", "decade"):
            return None
        if start == at and self.tokens[at].text.isascii():
            return None
        return Mention(
            found[0], {"year": self.today[:4], "month": self.today[:7], "decade": f"{self.today[:3]}X"}[found[1]], True
        )

    def _decade_of(self, at: int) -> Mention | None:
        start = at + 1 if self.key(at) == "the" else at
        if not (self.phrases.find("decades", start) or self.key(start).endswith("0s") or self.role(start, "decade")):
            return None
        if not self.phrases.find("decades", start) and not self.key(start).endswith("0s"):
            return None
        if self.phrases.find("decades", start) and self.tokens[start].text.isascii() and start == at:
            return None
        found = self._decade(start)
        if not found or not found[1].since or not found[1].until:
            return None
        return Mention(found[0], reduced(found[1].since, found[1].until))

    def _unit_by_today(self, at: int) -> Mention | None:
        """Last month, this year, next week, العام الماضي, الشهر الجاري, two years ago."""
        if not self.today or at >= len(self.tokens):
            return None
        start = at + 1 if self.key(at) == "the" else at
        found = self._relative(start)
        if not found or not found[1].since or not found[1].until or self.phrases.find("months", start):
            return None
        since, until = found[1].since, found[1].until
        is_counted = any(
            self.tokens[place].key.isdigit() or self.phrases.find("numbers", place) for place in range(start, found[0])
        )
        if is_counted and not self.role(found[0] - 1, "ago"):
            return None
        edtf = reduced(since, until)
        known = "X" not in edtf and (len(edtf) in (4, 7, 10) or "/" in edtf)
        is_count = "/" in edtf and not any(phrase.meaning == "weeks" for place in range(start, found[0])
                                           for phrase in self.phrases.at(place))  # fmt: skip
        return Mention(found[0], edtf, True) if known and not is_count else None

    def _ago(self, at: int) -> Found | None:
        return None if self.key(at) == "من" else super()._ago(at)

    def _day_of_it(self, at: int) -> Mention | None:
        """السابع منه: a day of the month that was named before."""
        day = self._day_number(at)
        of_it = self.phrases.find("calendar", day[0]) if day else None
        if not day or not of_it or of_it[1] != "of it" or not self.date_before[5:7]:
            return None
        found = _iso(int(self.date_before[:4]), int(self.date_before[5:7]), day[1])
        return Mention(of_it[0], found, True) if found else None

    def _of_hijri(self, at: int) -> Mention | None:
        """10 محرم 1447هـ الموافق 5 يوليو 2025م: the day in the other calendar."""
        day = self._day_number(at)
        month = self.phrases.find("other calendars", day[0]) if day else None
        if not month or month[1] != "hijri":
            return None
        place = month[0]
        if self.key(place)[:4].isdigit() and len(self.key(place)) in (4, 5):
            place += 1
        if self.key(place) in ("ه", "هـ"):
            place += 1
        link = self.phrases.find("calendar", place)
        if self.sign(place) == "(":
            place += 1
        elif link and link[1] == "corresponding":
            place = link[0]
        else:
            return None
        return self._single(place, is_end=True)

    # -- the words around

    def is_planned(self, at: int) -> bool:
        """Whether words of a plan stand before a position of the sentence, with no report of it in between."""
        for place in range(at - MIN_PLAN_DISTANCE, max(0, at - MAX_PLAN_DISTANCE) - 1, -1):
            if self.phrases.find("reports", place) or self.sign(place) == ";":
                return False
            if self._is_plan(place):
                return True
        return False

    def _is_plan(self, at: int) -> bool:
        found = [phrase.meaning for phrase in self.phrases.at(at) if phrase.group == "plans"]
        if found:
            return "yes" in found and not (at and self.key(at - 1) in ("had", "was", "were", "كان", "كانت"))
        key = self.key(at)
        stem = key[1:] if key[:1] in "وف" else key
        is_future = stem[:1] == "س" and stem[1:2] in ("ي", "ت", "ن") and len(stem) >= 4
        return is_future and not any(meaning == ("plans", "no") for meaning in self.phrases.meanings(stem))

    def _of(self, at: int) -> int:
        return at + 1 if self.key(at) in ("of", "من") else at

    def number_of_year(self, at: int, is_year: bool) -> tuple[int, str] | None:
        return super().number_of_year(at, is_year) if is_year else None


def _joined(first: Mention, last: Mention) -> Mention | None:
    """Two dates as the ends of one period; None where it would end before it begins."""
    since, until = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    if (
        first.is_relative
        and not last.is_relative
        and since[5:]
        and _start(since)
        and _start(since) > (_start(until) or "")
    ):
        since = f"{until[:4]}{since[4:]}"
    try:
        span(f"{since}/{until}")
    except DateError:
        if not first.is_relative or not since[:4].isdigit():
            return None
        since = f"{int(since[:4]) - 1:04}{since[4:]}"
        try:
            span(f"{since}/{until}")
        except DateError:
            return None
    if since == until:
        return None
    return Mention(last.end, f"{since}/{until}", first.is_relative or last.is_relative)


def _start(edtf: str) -> str:
    try:
        return span(edtf).start or ""
    except DateError:
        return ""


def _iso(year: int, month: int, day: int | None) -> str | None:
    """A day of the calendar, or a month, as ISO; None where the calendar has no such day."""
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
