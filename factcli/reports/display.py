"""Dates, money and places in a source as a screen tells them to a reader of each language; a pipe has them exact.

"2023-10" that was inferred is "Oct 2023" and "inferred"; 70000000 USD is "70 million USD" and "70 مليون دولار أمريكي".
Months have both their names in Arabic, since a reader in Beirut and one in Cairo know one each. All words are data.
"""

from __future__ import annotations

from typing import Any

from factcli.dates import parts_of
from factcli.lexicon import Lexicon
from factcli.model import COMMAS, LANGUAGES, Locator, Number, Source, Text, whole

DIVISIONS = {str(code) for code in range(21, 42)}
"""Codes in the place of a month that stand for a longer part of a year (ISO 8601-2)."""

UNKNOWN = "X"
MOST_DIGITS = 3
"""Digits that a number of millions may have before its words would hide how exact it is."""


class Telling:
    """Tells values in the words of `lexicon`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    # -- dates

    def date(self, edtf: str | None, basis: str | None = None) -> list[Text] | None:
        """A date in words, and what it rests on where that is not the source's own word; null where there is none."""
        if edtf is None:
            return None
        told = [{lang: self._date(edtf, words["dates"], words) for lang, words in self.lexicon.languages.items()}]
        return told + ([self.lexicon.label("dates", "inferred")] if basis == "inferred" else [])

    def _date(self, edtf: str, forms: dict[str, str], words: dict[str, Any]) -> str:
        first, slash, last = edtf.partition("/")
        if not slash:
            return self._one_date(edtf, forms, words)
        ends = {end: self._one_date(end, forms, words) for end in (first, last) if end not in ("", "..")}
        if len(ends) == 2 or first == last:
            return forms["from_to"].format(first=ends[first], last=ends[last])
        known = first if first in ends else last
        open_end = {"..": ("since", "until"), "": ("from_unknown", "unknown_to")}[last if known == first else first]
        return forms[open_end[known != first]].format(date=ends[known])

    def _one_date(self, edtf: str, forms: dict[str, str], words: dict[str, Any]) -> str:
        year, month, day = parts_of(edtf) or (edtf, None, None)
        told = forms[self._precision(year, month, day)].format(
            year=year.replace(UNKNOWN, "0"),
            month=words["month_names"].get(month, month),
            day=(day or "").lstrip("0"),
        )
        approximate, uncertain = any(c in edtf for c in "~%"), any(c in edtf for c in "?%")
        doubt = "both" if approximate and uncertain else "approximate" if approximate else "uncertain"
        return forms[doubt].format(date=told) if approximate or uncertain else told

    def _precision(self, year: str, month: str | None, day: str | None) -> str:
        """The form of a date as precise as it is known."""
        if month in DIVISIONS:
            return str(month)
        if year == UNKNOWN * 4:
            return "month_only"
        if UNKNOWN in year:
            return "decade" if year[:3].isdigit() else "century"
        if month is None or UNKNOWN in month:
            return "year"
        return "month" if day is None or UNKNOWN in day else "day"

    # -- numbers

    def number(self, number: Number) -> Text:
        """A number with its bound and unit; money of millions in words, and in Arabic with the currency's name."""
        value, unit = number["value"], number.get("unit") or ""
        date = self.date(number.get("as_of"))
        return {
            lang: " ".join(
                filter(
                    None,
                    (
                        words["operators"].get(number.get("op") or "="),
                        self._amount(value, words),
                        self._unit(lang, value, unit),
                        f"({date[0][lang]})" if date else "",
                    ),
                )
            )
            for lang, words in self.lexicon.languages.items()
        }

    def _amount(self, value: float, words: dict[str, Any]) -> str:
        for scale, word in words["scales"].items():
            share = value / int(scale)
            if share >= 1 and round(share, MOST_DIGITS) == share:
                return f"{share:,.{MOST_DIGITS}f}".rstrip("0").rstrip(".") + f" {word}"
        return f"{whole(value):,}"

    def _unit(self, lang: str, value: float, unit: str) -> str:
        currency = self.lexicon.currency_name(unit) if lang == "ar" else None
        return currency or self.lexicon.counted(value, unit)[lang]

    # -- sources

    def citation(self, locator: Locator, sources: dict[str, Source]) -> Text:
        """Where it is written: publisher, date, paragraph and sentence of a source; its id where no file knows it."""
        source = sources.get(locator["source"])
        place = "sentence" if locator.get("sentence") else "paragraph" if locator.get("paragraph") else None
        return {lang: self._citation(lang, locator, source, place) for lang in LANGUAGES}

    def _citation(self, lang: str, locator: Locator, source: Source | None, place: str | None) -> str:
        words = self.lexicon.languages[lang]
        publisher = (source or {}).get("publisher") or (source or {}).get("title") or {}
        issued = self.date((source or {}).get("issued"), (source or {}).get("issued_basis")) or []
        where = words["citation"][place].format(**locator) if place else ""
        parts = [locator["source"], publisher.get(lang, ""), *(told[lang] for told in issued), where]
        return COMMAS[lang].join(filter(None, parts))
