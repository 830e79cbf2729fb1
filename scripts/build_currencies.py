"""Writes data/currencies.tsv: what the currencies of ISO 4217 are called in Arabic, from the CLDR as packaged in babel.

python scripts/build_currencies.py
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

DATA = Path(__file__).parent.parent / "data"


def main() -> None:
    names = Locale("ar").currencies
    lines = [f"{code}\t{name}\n" for code, name in sorted(names.items()) if name != code and "(" not in name]
    (DATA / "currencies.tsv").write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} currencies")


if __name__ == "__main__":
    main()
