"""The message that refuses a date, with the intended date where that is certain."""

from __future__ import annotations

import re

from factcli.dates import DateError, span
from factcli.text.numbers import ascii_digits

FORMS = "YYYY, YYYY-MM or YYYY-MM-DD"

SURROUNDINGS = " \t\r\n\v\f\xa0\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Blanks, and the direction marks that copied Arabic text carries."""

# What people write for YYYY-MM-DD: other separators, one digit, none at all, a time of day behind.
_SEPARATED = r"([0-9X]{4})([-/.])([0-9X]{1,2})(?:\2([0-9X]{1,2}))?(?:[T ][0-9]{1,2}:.*)?"
_COMPACT = r"([0-9X]{4})()([0-9X]{2})([0-9X]{2})?(?:T[0-9].*)?"
_DASHES = "[\u2010-\u2015\u2212\u0640]"


def refusal(text: str) -> str:
    """The sentence that refuses `text` as a date: what is wrong; how to write it."""
    ends = text.split("/")
    for fix in (_repaired(text), "/".join(map(_repaired, ends))):
        if fix != text and _is_date(fix):
            return f"{quote_date(text)} is not written as a date; write {fix} (YYYY-MM-DD, digits 0-9)"
    if len(ends) > 2:
        return f"{quote_date(text)} has {len(ends)} parts; an interval is START/END"
    if {"", ".."}.issuperset(ends) and len(ends) == 2:
        return f"{quote_date(text)} has no known end; write START/.., ../END or START/END, or no date at all"
    return f"{quote_date(text)} is not a date; write {FORMS} with the digits 0-9, or null if not known"


def unknown_period(text: str) -> str:
    """The sentence that refuses `text` as a period that a person typed."""
    return f"{quote_date(text)} names no period; write {FORMS}, or such as May 2019, last year, 2014-2019"


def _repaired(text: str) -> str:
    """`text` as the date that it probably stands for; the result may still be no date."""
    plain = re.sub(_DASHES, "-", ascii_digits(text[:40].strip(SURROUNDINGS))).replace("x", "X")
    parts = re.fullmatch(_SEPARATED, plain) or re.fullmatch(_COMPACT, plain)
    if parts is None:
        return re.sub("[~?%]{2,}$", "%", plain)
    year, _, month, day = parts.groups()
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _is_date(text: str) -> bool:
    try:
        return bool(span(text))
    except DateError:
        return False


def quote_date(text: str) -> str:
    """`text` in quotes, on one line, cut at 40 characters, with every character that does not print escaped."""
    cut = text if len(text) <= 40 else text[:39] + "…"
    return "'" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut) + "'"
