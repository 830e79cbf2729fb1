"""Dates, money and citations as a terminal displays them, in whole words of each language; a pipe has them exact.

"2023-10" that was inferred is "Oct 2023" and "inferred"; 70000000 USD is "70 million USD" and "70 مليون دولار أمريكي".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factcli.dates.display import display_date
from factcli.lexicon import Lexicon
from factcli.model import COMMAS, LANGUAGES, Locator, Number, Source, Text
from factcli.text.numbers import drop_zero_fraction

MAX_DECIMALS = 3
"""Digits behind the point that a number of millions may have before its words would hide how exact it is."""


def date(edtf: str | None, lexicon: Lexicon, basis: str | None = None) -> list[Text] | None:
    """A date in words, and that it is inferred where it is; null where there is none."""
    if edtf is None:
        return None
    in_words = {
        lang: display_date(edtf, words["dates"], words["month_names"]) for lang, words in lexicon.languages.items()
    }
    return [in_words] + ([lexicon.label("dates", "inferred")] if basis == "inferred" else [])


def number(number: Number, lexicon: Lexicon) -> Text:
    """A number with its bound and unit; money of millions in words, and in Arabic with the currency's name."""
    value, unit = number["value"], number.get("unit") or ""
    as_of = date(number.get("as_of"), lexicon)
    units = lexicon.unit_label(value, unit)
    units["ar"] = lexicon.currency_name(unit) or units["ar"]
    operator = lexicon.label("operators", number.get("op") or "=")
    in_words: Text = {}
    for lang, words in lexicon.languages.items():
        parts = [operator[lang], _amount(value, words), units[lang], f"({as_of[0][lang]})" if as_of else ""]
        in_words[lang] = " ".join(filter(None, parts))
    return in_words


def _amount(value: float, words: dict[str, Any]) -> str:
    value = drop_zero_fraction(value)
    for scale, word in words["scales"].items() if isinstance(value, int) else ():
        whole, rest = divmod(value * 10**MAX_DECIMALS, int(scale))
        if whole >= 10**MAX_DECIMALS and not rest:
            millions, decimals = divmod(whole, 10**MAX_DECIMALS)
            return f"{millions:,}.{decimals:0{MAX_DECIMALS}}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,}"


def citation(locator: Locator, sources: Mapping[str, Source], lexicon: Lexicon) -> Text:
    """Source, publisher, date, paragraph and sentence of a citation; the id alone where no file has the source."""
    source: Any = sources.get(locator["source"]) or {}
    publisher = source.get("publisher") or source.get("title") or {}
    issued = date(source.get("issued"), lexicon, source.get("issued_basis")) or []
    place = "sentence" if locator.get("sentence") else "paragraph" if locator.get("paragraph") else None
    cited: Text = {}
    for lang in LANGUAGES:
        where = lexicon.languages[lang]["citation"][place].format(**locator) if place else ""
        parts = [locator["source"], publisher.get(lang, ""), *(words[lang] for words in issued), where]
        cited[lang] = COMMAS[lang].join(filter(None, parts))
    return cited
