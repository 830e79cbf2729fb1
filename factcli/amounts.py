"""Amounts as people type them, in digits of any script: 301, 70,000,000, $70m, 2.7 billion, ٧٠ مليون."""

from __future__ import annotations

import re
from collections.abc import Mapping

_AMOUNT = re.compile(r"(?:us|usd)? ?[$€£]? ?([0-9][0-9,٬]*(?:[.٫][0-9]+)?) ?([^\W\d_]*)")


def amount(text: str, magnitudes: Mapping[str, int]) -> float | None:
    """The number that `text` is, or None; `magnitudes` tells what words and letters behind a number stand for.

    >>> amount("$2.7bn", {"bn": 10**9}), amount("٧٠ مليون", {"مليون": 10**6}), amount("70 apples", {})
    (2700000000.0, 70000000.0, None)
    """
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in text.strip().casefold())
    found = _AMOUNT.fullmatch(plain)
    if found is None or (found[2] and found[2] not in magnitudes):
        return None
    return float(re.sub("[,٬]", "", found[1]).replace("٫", ".")) * magnitudes.get(found[2], 1)
