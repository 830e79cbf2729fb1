"""Amounts as people type them, in digits of any script: 301, 70,000,000, $70m, 2.7 billion, ٧٠ مليون."""

from __future__ import annotations

import re
from collections.abc import Mapping

from factcli.text import with_plain_digits

_AMOUNT = re.compile(r"(?:us|usd)? ?[$€£]? ?([0-9][0-9,٬]*(?:[.٫][0-9]+)?) ?([^\W\d_]*)")


def amount(text: str, magnitudes: Mapping[str, int]) -> float | None:
    """The number that `text` is, or None; `magnitudes` tells what words and letters behind a number stand for.

    >>> amount("$2.7bn", {"bn": 10**9}), amount("٧٠ مليون", {"مليون": 10**6}), amount("70 apples", {})
    (2700000000.0, 70000000.0, None)
    """
    found = _AMOUNT.fullmatch(with_plain_digits(text.strip().casefold()))
    if found is None or (found[2] and found[2] not in magnitudes):
        return None
    return float(re.sub("[,٬]", "", found[1]).replace("٫", ".")) * magnitudes.get(found[2], 1)
