"""Writes the files about the countries of the world: their codes, and their names in both languages.

    python scripts/build_countries.py

data/country-codes.tsv has a line for each country that a fact may name: its alpha-2 code and the other codes that
stand for it, numeric ones last. data/country-keys.tsv has what a look-up needs: folded names, codes, and the name of
each code; data/nationalities.txt the keys that are adjectives. What these are made from is kept for the tests, in
tests/data/countries.json.

Names come from the CLDR as packaged in babel (Unicode licence), in English and in every Arabic locale; adjectives,
short and official names from demonyms.tsv beside this script. Regular forms are made here by rule: Arabic feminines,
plurals and names without their article, "Saint" for "St.". The keys are folded here, so that a look-up folds nothing.

Left out on purpose: parts of a country (Scotland, Dubai; but England and إنجلترا are used for the whole), words for a
language or a region ("English", "Persian", خليجي), and short forms that are words ("CAR").
"""

from __future__ import annotations

import json
import sys
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from factcli.text import fold

HERE = Path(__file__).parent
ROOT = HERE.parent
ARABIC_LOCALES = ("ar", "ar_AE", "ar_EG", "ar_LB", "ar_LY", "ar_MA", "ar_SA")
FORMER = {
    "CS": ("CSK", "Czechoslovakia", "تشيكوسلوفاكيا"),
    "DD": ("DDR", "East Germany", "ألمانيا الشرقية"),
    "SU": ("SUN", "Soviet Union", "الاتحاد السوفيتي"),
    "YD": ("YMD", "South Yemen", "اليمن الجنوبي"),
    "YU": ("YUG", "Yugoslavia", "يوغوسلافيا"),
}
"""States of ISO 3166-3 that took part in what facts are about: alpha-3 code and names. CS was Czechoslovakia until
1993; its three years as Serbia and Montenegro are RS and ME."""

FORMER_NUMBERS = {"200": "CS", "278": "DD", "810": "SU", "720": "YD", "890": "YU", "891": "YU"}
"""Numeric codes of the former states, which the CLDR gives to their successors."""

NOT_COUNTRIES = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""What the CLDR has among territories and ISO 3166-1 has not: parts of countries, groups of them, codes for tests."""

WITHDRAWN = set("BUR DDR FXX TMP YMD ZAR".split())
"""Alpha-3 codes of former states and former names, which the CLDR lists beside the ones of their successors."""

RESERVED = {"UK": "GB", "EL": "GR", "XKX": "XK"}
"""Codes that the European Union and the World Bank use instead of the standard ones, and others after them."""

ONLY_AS_PARTY = {
    "مالي": "financial",
    "مالية": "finance, as of a ministry",
    "ماليون": "financial, the plural",
    "ماليين": "financial, the plural",
    "قمري": "lunar",
    "قمرية": "lunar",
    "مجري": "the course of events",
    "مجر": "what drags",
    "جزائر": "islands",
    "مغرب": "sunset, the West",
    "صحراوي": "of the desert, as warfare is",
    "صحراوية": "of the desert, as warfare is",
    "سلطنة": "any sultanate",
    "poles": "masts",
}
"""Words that mean a country where a partner is asked for, and in a free question more often something else."""

AMBIGUOUS = {
    ("Congo", "Congolese", "الكونغو", "الكونجو"): ["CD", "CG"],
    ("Korea", "Korean", "Koreans", "كوريا"): ["KP", "KR"],
    ("Dominican", "Dominicans"): ["DM", "DO"],
    ("Virgin Islands", "Virgin Islander", "جزر فيرجن", "جزر العذراء"): ["VG", "VI"],
    ("Serbia and Montenegro", "صربيا والجبل الأسود"): ["ME", "RS"],
}
AMBIGUOUS_ADJECTIVES = {"كونغولي": ["CD", "CG"], "كوري": ["KP", "KR"], "دومينيكي": ["DM", "DO"]}
"""Words that mean two countries. They find both, and the match says which."""

OTHER_NATIONALITIES = ("Congolese", "Korean", "Koreans", "Dominican", "Dominicans", "Virgin Islander",
                       "US", "USA", "UK", "UAE")  # fmt: skip
"""Adjectives of two countries, and short names that are adjectives as well, as in "US Navy"."""

Country = dict[str, Any]


def country_codes() -> dict[str, list[str]]:
    """For each alpha-2 code the other codes that stand for it, alpha-3 first; former states last."""
    territories = {code for code in Locale("en").territories if code.isalpha() and len(code) == 2}
    codes: dict[str, list[str]] = {code: [] for code in sorted(territories - NOT_COUNTRIES)}
    for other, (code, *more) in get_global("territory_aliases").items():
        if len(other) == 3 and other.isalpha() and not more and code in codes and other not in WITHDRAWN:
            codes[code].append(other)
    codes |= {code: [alpha_3] for code, (alpha_3, *_) in FORMER.items()}
    for other, code in RESERVED.items():
        codes[code].append(other)
    return codes


def numeric_codes(known: Container[str]) -> dict[str, list[str]]:
    """For each alpha-2 code the numeric codes that stand for it."""
    found: dict[str, list[str]] = {}
    aliases = {other: codes[0] for other, codes in get_global("territory_aliases").items() if len(codes) == 1}
    for other, code in sorted((aliases | FORMER_NUMBERS).items()):
        if len(other) == 3 and other.isdigit() and code in known:
            found.setdefault(code, []).append(other)
    return found


def demonyms(known: Container[str]) -> dict[str, list[list[str]]]:
    """For each code the four lists of demonyms.tsv."""
    found = {}
    for text in (HERE / "demonyms.tsv").read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            code, *cells = text.split("\t")
            if len(cells) != 4 or code not in known or code in found:
                sys.exit(f"demonyms.tsv: {text!r} needs a distinct code and 4 more columns")
            found[code] = [[] if cell == "-" else cell.split(";") for cell in cells]
    return found


def arabic_forms(masculine: str) -> list[str]:
    """An Arabic adjective as it is written: masculine, feminine and plurals; one of two words also with articles."""
    first, _, second = masculine.partition(" ")
    if not second:
        return [masculine + ending for ending in ("", "ة", "ون", "ين")]
    feminine = f"{first}{'ة' if first.endswith('ي') else ''} {second}ة"
    pairs = [form.split(" ", 1) for form in (masculine, feminine)]
    return [masculine, feminine, *(f"ال{one} {'ال' if first.endswith('ي') else ''}{other}" for one, other in pairs)]


def without_article(name: str) -> str:
    """A single Arabic word without its article, where enough of it is left; else the name itself."""
    return name[2:] if name.startswith("ال") and " " not in name and len(name) > 4 else name


def spelled_out(name: str) -> str:
    return name.replace("St. ", "Saint ")


def distinct(name: str, others: Iterable[str]) -> list[str]:
    """The first of `others` for every key, but for that of `name`."""
    by_key: dict[str, str] = {}
    for other in others:
        by_key.setdefault(fold(other), other)
    return [other for key, other in by_key.items() if key not in ("", fold(name))]


def cldr_names(code: str) -> tuple[str, list[str]]:
    """The CLDR name in English, and the names in the Arabic locales, the common one first."""
    if code in FORMER:
        _, english, arabic = FORMER[code]
        return english, [arabic]
    named = (Locale.parse(tag).territories.get(code, "") for tag in ARABIC_LOCALES)
    return Locale("en").territories[code], list(named)


def country(code: str, alpha_3: str, words: list[list[str]]) -> Country:
    """A country as countries.json has it, with its line of demonyms.tsv."""
    adjectives_en, names_en, adjectives_ar, names_ar = words
    english, arabic = cldr_names(code)
    arabic += names_ar
    return {
        "name": {"en": english, "ar": arabic[0]},
        "alpha3": alpha_3,
        "adjectives": {"en": adjectives_en, "ar": [form for one in adjectives_ar for form in arabic_forms(one)]},
        "aliases": {
            "en": distinct(english, [spelled_out(english), *names_en]),
            "ar": distinct(arabic[0], [*arabic, *map(without_article, arabic)]),
        },
    }


def names_of(country: Country) -> Iterable[str]:
    yield from country["name"].values()
    for key in ("adjectives", "aliases"):
        for found in country[key].values():
            yield from found


def ambiguous() -> dict[str, list[str]]:
    """The key of every form of an ambiguous word, with its codes."""
    words = [(word, codes) for group, codes in AMBIGUOUS.items() for word in group]
    words += [(form, codes) for word, codes in AMBIGUOUS_ADJECTIVES.items() for form in arabic_forms(word)]
    return {fold(form): codes for word, codes in words for form in (word, without_article(word))}


def name_keys(countries: dict[str, Country]) -> dict[str, list[str]]:
    """Folded names to codes. Ends where two countries share a name that is not listed as ambiguous."""
    shared = ambiguous()
    named = dict(shared)
    for code, one in countries.items():
        for key in map(fold, names_of(one)):
            if key not in shared and named.setdefault(key, [code]) != [code]:
                sys.exit(f"{key!r} is {named[key][0]} and {code}; drop one in demonyms.tsv or list it as ambiguous")
    return named


def keys(countries: dict[str, Country], codes: dict[str, list[str]]) -> dict[str, str]:
    """Names to codes; behind a `=` what counts only as a party, such as codes, since `in` and `so` are words; behind a
    `@` the names of a code, in English and Arabic.

    Ends where a word is listed that no country has.
    """
    named = {key: " ".join(codes) for key, codes in name_keys(countries).items()}
    if unknown := [word for word in ONLY_AS_PARTY if fold(word) not in named]:
        sys.exit(f"no country has the name {', '.join(unknown)}; drop it from ONLY_AS_PARTY")
    asked = {"=" + fold(word): named.pop(fold(word)) for word in ONLY_AS_PARTY}
    coded = {"=" + fold(other): code for code, others in codes.items() for other in (code, *others)}
    names = {f"@{code}": f"{one['name']['en']}\t{one['name']['ar']}" for code, one in countries.items()}
    return dict(sorted((named | asked | coded | names).items()))


def nationalities(countries: dict[str, Country]) -> list[str]:
    """The keys of all adjectives and names of peoples, ambiguous ones included."""
    adjectives = [word for one in countries.values() for words in one["adjectives"].values() for word in words]
    shared = [form for word in AMBIGUOUS_ADJECTIVES for form in arabic_forms(word)]
    return sorted({fold(word) for word in (*adjectives, *shared, *OTHER_NATIONALITIES)})


def one_a_line(table: dict[str, Country]) -> str:
    encoded = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table.items())
    return "{\n" + ",\n".join(encoded) + "\n}\n"


def files() -> dict[str, str]:
    """The text of each file that is made here, by its path in the repository."""
    codes = country_codes()
    words = demonyms(codes)
    countries = {
        code: country(code, alpha_3, words.get(code, [[], [], [], []])) for code, (alpha_3, *_) in sorted(codes.items())
    }
    numbers = numeric_codes(codes)
    lines = ("\t".join([code, *others, *numbers.get(code, [])]) for code, others in codes.items())
    return {
        "data/country-codes.tsv": "".join(f"{line}\n" for line in lines),
        "data/country-keys.tsv": "".join(f"{key}\t{to}\n" for key, to in keys(countries, codes).items()),
        "data/nationalities.txt": "".join(f"{key}\n" for key in nationalities(countries)),
        "tests/data/countries.json": one_a_line(countries),
    }


def main() -> None:
    for name, text in files().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(text.splitlines())} lines, {len(text.encode())} bytes\n")


if __name__ == "__main__":
    main()
