"""Amounts in words and figures: a number with a comparison, a magnitude, a unit or a currency.

The words for these are the caller's data, as those of time expressions are.
"""

from __future__ import annotations

from factcli.text.numbers import in_words
from factcli.text.phrases import PhraseMatcher

CURRENCY_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₺": "TRY"}


class AmountReader:
    """The parts of an amount in one text; each method takes a position and returns where the part ends."""

    def __init__(self, phrases: PhraseMatcher) -> None:
        self.phrases, self.tokens = phrases, phrases.tokens

    def comparison(self, at: int) -> tuple[int, str]:
        if at < len(self.tokens) and self.tokens[at].text in ("<", ">", "~", "≥", "≤"):
            return at + 1, {"≥": ">=", "≤": "<="}.get(self.tokens[at].text, self.tokens[at].text)
        return self.phrases.find("comparisons", at) or (at, "")

    def comparison_behind(self, at: int) -> tuple[int, str]:
        """`or more`, `على الأقل` behind the number or its unit."""
        found = self.phrases.find("comparisons", at)
        return found if found and found[1] in (">=", "<=") else (at, "")

    def number(self, at: int) -> tuple[int, float, str] | None:
        """Where a number ends, its value, and the currency of a sign in front of it."""
        currency = ""
        if at + 1 < len(self.tokens) and self.tokens[at].key in ("us", "") and self.tokens[at].text != "-":
            sign = at if self.tokens[at].text in CURRENCY_SIGNS else at + 1
            if self.tokens[sign].text in CURRENCY_SIGNS and sign + 1 < len(self.tokens):
                currency, at = CURRENCY_SIGNS[self.tokens[sign].text], sign + 1
        digits = self.digits(at) or in_words(self.phrases, at)
        if digits is None:
            return None
        end, value = digits
        factor = 1.0
        while size := self.phrases.find("magnitudes", end):
            end, factor = size[0], factor * int(size[1])
        return end, float(value) * factor, currency

    def digits(self, at: int) -> tuple[int, float] | None:
        """70,000,000 and 2.7 and 70m: groups of three, a fraction, a magnitude written with the number."""
        if at >= len(self.tokens) or not self.tokens[at].key[:1].isdigit():
            return None
        text, end = self.tokens[at].key, at + 1
        while text.isdigit() and self._glued_digits(end, ",٬", 3):
            text, end = text + self.tokens[end + 1].key, end + 2
        has_fraction = self._glued_digits(end, ".٫", None) or self._glued_digits(end, ",،", 1)
        if text.isdigit() and has_fraction:
            text, end = f"{text}.{self.tokens[end + 1].key}", end + 2
        number = text.rstrip("abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهوي")
        suffix = text[len(number) :]
        sizes = [int(size) for group, size in self.phrases.meanings(suffix) if group == "magnitudes"]
        if suffix and not sizes:
            return None
        try:
            return end, float(number) * (sizes[0] if sizes else 1)
        except ValueError:
            return None

    def _glued_digits(self, at: int, signs: str, count: int | None) -> bool:
        if at + 1 >= len(self.tokens) or self.tokens[at].text not in signs:
            return False
        sign, digits = self.tokens[at], self.tokens[at + 1]
        is_end = at + 2 >= len(self.tokens) or self.tokens[at + 2].text != sign.text or count is not None
        return (
            sign.glued
            and digits.glued
            and digits.key[:1].isdigit()
            and is_end
            and (count is None or len(digits.key.rstrip("abkmnt")) == count)
        )

    def unit(self, at: int) -> tuple[int, str]:
        """The unit or currency at a position, and where it ends; a sign before another number is that one's."""
        if at < len(self.tokens) and self.tokens[at].text in CURRENCY_SIGNS and not self.number(at):
            return at + 1, CURRENCY_SIGNS[self.tokens[at].text]
        return self.phrases.find("currencies", at) or self.phrases.find("units", at) or (at, "")
