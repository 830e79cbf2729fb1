"""The codes of countries (ISO 3166-1) and currencies (ISO 4217) that a fact file may use.

They are data, made by `scripts/build_countries.py` and `scripts/build_currencies.py`. Codes of former states and
currencies are included, since an old contract is between the states and in the money of its time.
"""

from __future__ import annotations

from factcli import package_data

_LINES = [line.split() for line in package_data.text("country-codes.tsv").splitlines()]

COUNTRIES = tuple(codes[0] for codes in _LINES)
"""Alpha-2 codes, former states last (ISO 3166-3). XK, for Kosovo, is not in the standard, but widely used."""

ALPHA_2 = {code: codes[0] for codes in _LINES for code in codes[1:] if code.isalpha()}
"""The alpha-2 code that another code stands for: alpha-3 codes, and codes that the European Union and the World
Bank use instead of the standard ones."""

NUMERIC = {code: codes[0] for codes in _LINES for code in codes[1:] if code.isdigit()}
"""The alpha-2 code for each numeric code, of three digits, those of former states included."""

CURRENCIES = tuple(package_data.text("currency-codes.tsv").split())
