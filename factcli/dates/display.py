"""EDTF dates in the words of a language: "2023-10~" is "about Oct 2023". The words are data, given by the caller."""

from __future__ import annotations

from collections.abc import Mapping

from factcli.dates import DIVISIONS, split_date

UNKNOWN_DIGIT = "X"


def display_date(edtf: str, forms: Mapping[str, str], month_names: Mapping[str, str]) -> str:
    """The date or interval in words.

    `forms` has a pattern for each precision, division of a year, qualifier and kind of interval; `month_names` the
    names of the months by two digits.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _display_one(edtf, forms, month_names)
    ends = {end: _display_one(end, forms, month_names) for end in (first, last) if end not in ("", "..")}
    if len(ends) == 2 or first == last:
        return forms["from_to"].format(first=ends[first], last=ends[last])
    if first in ends:
        return forms["since" if last == ".." else "from_unknown"].format(date=ends[first])
    return forms["until" if first == ".." else "unknown_to"].format(date=ends[last])


def _display_one(edtf: str, forms: Mapping[str, str], month_names: Mapping[str, str]) -> str:
    year, month, day = split_date(edtf) or (edtf, None, None)
    form = _precision(year, month, day)
    words = forms[form].format(
        year=year.replace(UNKNOWN_DIGIT, "0") if form in ("decade", "century") else year,
        month=month_names.get(month or "", month),
        day=(day or "").lstrip("0"),
    )
    approximate, uncertain = any(sign in edtf for sign in "~%"), any(sign in edtf for sign in "?%")
    if not approximate and not uncertain:
        return words
    qualifier = "both" if approximate and uncertain else "approximate" if approximate else "uncertain"
    return forms[qualifier].format(date=words)


def _precision(year: str, month: str | None, day: str | None) -> str:
    """The form of a date as precise as it is known; a year that lacks a digit inside is shown as it is written."""
    if month in DIVISIONS:
        return str(month)
    has_month = month is not None and UNKNOWN_DIGIT not in month
    if year == UNKNOWN_DIGIT * 4:
        return "month_only" if has_month else "undated"
    known = year.rstrip(UNKNOWN_DIGIT)
    if known != year and known.isdigit() and len(known) > 1:
        return "decade" if len(known) == 3 else "century"
    if not has_month:
        return "year"
    return "month" if day is None or UNKNOWN_DIGIT in day else "day"
