"""Writes the files about the currencies of the world, from the CLDR as packaged in babel (Unicode licence).

    python scripts/build_currencies.py

data/currency-codes.tsv has the codes of ISO 4217 that a fact may use, a line each, former ones included;
data/currencies.tsv has their Arabic names, with America spelled as in the facts.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.numbers import list_currencies

DATA = Path(__file__).parent.parent / "data"
NO_MONEY = set("CNH CNX XRE XTS XXX".split())
"""Codes of the CLDR for no currency, for tests, and for kinds of the yuan and the rupee fund that ISO 4217 has not."""


def main() -> None:
    codes = sorted(set(list_currencies()) - NO_MONEY)
    names = Locale("ar").currencies
    names = {code: name.replace("أمريك", "أميرك") for code, name in names.items()}
    lines = [f"{code}\t{name}\n" for code, name in sorted(names.items()) if name != code and "(" not in name]
    (DATA / "currency-codes.tsv").write_text("".join(f"{code}\n" for code in codes), encoding="utf-8")
    (DATA / "currencies.tsv").write_text("".join(lines), encoding="utf-8")
    print(f"{len(codes)} codes, {len(lines)} names")


if __name__ == "__main__":
    main()
