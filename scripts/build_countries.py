"""Writes data/countries.json and data/country-keys.tsv: what the countries of the world are called, in both languages.

    python scripts/build_countries.py

Names come from the CLDR as packaged in babel (Unicode licence), in English and in every Arabic locale; adjectives, short
and official names from demonyms.tsv beside this script. The keys are folded here, so that a look-up folds nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from babel.core import get_global

from factcli.text import fold

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
ARABIC_LOCALES = ("ar", "ar_AE", "ar_EG", "ar_LB", "ar_LY", "ar_MA", "ar_SA")
FORMER = {
    "SU": ("Soviet Union", "الاتحاد السوفيتي"),
    "YU": ("Yugoslavia", "يوغوسلافيا"),
    "CS": ("Serbia and Montenegro", "صربيا والجبل الأسود"),
    "DD": ("East Germany", "ألمانيا الشرقية"),
    "YD": ("South Yemen", "اليمن الجنوبي"),
}
FORMER_ALPHA3 = {"SU": "SUN", "YU": "YUG", "CS": "SCG", "DD": "DDR", "YD": "YMD", "XK": "XKX"}
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

EXCLUDED = {
    "مالي": "financial; the country is found as جمهورية مالي and by its code",
    "قمري": "lunar",
    "قمريه": "lunar",
    "states": "not the United States alone",
}
"""Words that are left out, with what they mean more often in a question."""

AMBIGUOUS = {
    "congo": ["CD", "CG"],
    "الكونغو": ["CD", "CG"],
    "congolese": ["CD", "CG"],
    "كونغولي": ["CD", "CG"],
    "كونغوليه": ["CD", "CG"],
    "dominican": ["DM", "DO"],
    "دومينيكي": ["DM", "DO"],
    "دومينيكيه": ["DM", "DO"],
}
"""Words that mean two countries. They find both, and the match says which."""


def demonyms() -> dict[str, list[list[str]]]:
    """For each code the four lists of demonyms.tsv."""
    found = {}
    for text in (HERE / "demonyms.tsv").read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            code, *cells = text.split("\t")
            if len(cells) != 4:
                sys.exit(f"demonyms.tsv: {code} has {len(cells) + 1} columns; it needs 5")
            found[code] = [[] if cell == "-" else cell.split(";") for cell in cells]
    return found


def arabic_forms(masculine: str) -> list[str]:
    """An Arabic adjective as it is written: masculine, feminine and the two plurals."""
    if " " in masculine:
        first, second = masculine.split(" ")
        return [masculine, f"{first}ة {second}ة"]
    return [masculine, masculine + "ة", masculine + "ون", masculine + "ين"]


def codes() -> list[str]:
    current = {c for c in Locale("en").territories if len(c) == 2 and c.isalpha()}
    return sorted((current - NOT_COUNTRIES) | FORMER.keys())


def cldr_names(code: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The CLDR name in both languages, and every other name it has in a locale of them."""
    if code in FORMER:
        return dict(zip(("en", "ar"), FORMER[code], strict=True)), {"en": [], "ar": []}
    name = {lang: Locale(lang).territories[code] for lang in ("en", "ar")}
    variants = [Locale.parse(tag).territories.get(code, "") for tag in ARABIC_LOCALES]
    return name, {"en": [], "ar": [v for v in dict.fromkeys(variants) if v and v != name["ar"]]}


def country(code: str, told: list[list[str]]) -> dict[str, object]:
    name, aliases = cldr_names(code)
    adjectives_en, names_en, adjectives_ar, names_ar = told
    aliases["en"] += [n for n in names_en if n != name["en"]]
    aliases["ar"] += [n for n in names_ar if n not in (name["ar"], *aliases["ar"])]
    forms = [form for adjective in adjectives_ar for form in arabic_forms(adjective)]
    return {
        "name": name,
        "alpha3": alpha3(code),
        "adjectives": {"en": [a for a in adjectives_en if "(" not in a], "ar": forms},
        "aliases": aliases,
    }


def alpha3(code: str) -> str | None:
    return FORMER_ALPHA3.get(code) or next(
        (long for long, to in get_global("territory_aliases").items() if len(long) == 3 and long.isalpha() and to == [code]),
        None,
    )


def names_of(country: dict[str, object]) -> Iterable[str]:
    for key in ("name", "adjectives", "aliases"):
        for found in country[key].values():  # type: ignore[attr-defined]
            yield from [found] if isinstance(found, str) else found


def keys(countries: dict[str, dict[str, object]]) -> dict[str, object]:
    """Folded names to codes, and codes to codes behind a `=`, since `in` and `so` are words.

    Ends where two countries share a name.
    """
    named: dict[str, object] = dict(AMBIGUOUS)
    for code, one in countries.items():
        for name in names_of(one):
            key = fold(name)
            if key in EXCLUDED or key in AMBIGUOUS:
                continue
            if named.setdefault(key, code) != code:
                sys.exit(f"{name!r} is {named[key]} and {code}; drop one in demonyms.tsv or list it as ambiguous")
    coded = {"=" + fold(c): code for code, one in countries.items() for c in (code, one["alpha3"]) if c}
    return {**dict(sorted(named.items())), **dict(sorted(coded.items()))}


def key_lines(found: dict[str, object]) -> str:
    return "".join(f"{key}\t{' '.join([to] if isinstance(to, str) else to)}\n" for key, to in found.items())  # type: ignore[arg-type]


def one_a_line(table: dict[str, object]) -> str:
    encoded = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table.items())
    return "{\n" + ",\n".join(encoded) + "\n}\n"


def main() -> None:
    told = demonyms()
    countries = {code: country(code, told.get(code, [[], [], [], []])) for code in codes()}
    (DATA / "countries.json").write_text(one_a_line(countries), encoding="utf-8")
    found = keys(countries)
    (DATA / "country-keys.tsv").write_text(key_lines(found), encoding="utf-8")
    print(f"{len(countries)} countries, {len(found)} names and codes")


if __name__ == "__main__":
    main()
