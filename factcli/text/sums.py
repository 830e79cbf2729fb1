"""Numbers as articles write them, with the magnitude and the fraction that belong to them.

Beyond the numbers of questions: 1،579 and 22.500 (thousands in Arabic), 1,18 مليار (a decimal), half a billion,
forty-two (42), 18,440 crore; 3 مليارات و800 مليون and مليار ونصف المليار are one number.
"""

from __future__ import annotations

from factcli._namedtuple import NamedTuple
from factcli.text.amounts import AmountReader
from factcli.text.numbers import drop_zero_fraction, in_words

MAX_FIGURES = 18
"""Figures of the longest number that is read."""

GROUP_SIGNS = ",،٬"
DECIMAL_SIGNS = ".٫"
DASHES = "-\u2013"


class Numeral(NamedTuple):
    """A number, the token behind it, the magnitude it ends with (1 for none), and whether it is in figures."""

    end: int
    value: float
    magnitude: int
    in_figures: bool


class SumReader(AmountReader):
    """The numbers of one sentence; each method takes a position."""

    def numeral(self, at: int) -> Numeral | None:
        """The whole number that begins at a token."""
        first = self._part(at)
        if first is None:
            return None
        while (rest := self._rest(first)) is not None:
            first = Numeral(rest.end, first.value + rest.value, first.magnitude, first.in_figures)
        first = first._replace(end=self._repeated(first))
        return first._replace(value=drop_zero_fraction(round(first.value, 2 if first.value > 1000 else 6)))

    def _part(self, at: int) -> Numeral | None:
        """A number and the magnitudes behind it, such as 3 مليارات, half a billion, مليارا."""
        if at >= len(self.tokens):
            return None
        part = self.phrases.find("fractions", at)
        if part:
            size = self.phrases.find("magnitudes", part[0])
            return Numeral(size[0], float(part[1]) * int(size[1]), int(size[1]), False) if size else None
        if self._has_article(at):
            return None
        alone = self.phrases.find("single magnitudes", at) or self.phrases.behind_clitic("single magnitudes", at)
        if alone:  # مليار, ألف: one of it; plurals alone are vague
            return Numeral(alone[0], int(alone[1]), int(alone[1]), False)
        figures = self.figures(at)
        if figures:
            end, value = figures
        else:
            words = in_words(self.phrases, at)
            if words is None:
                return None
            end, value = words
        if not figures and value % 1000 == 0 and value:
            factor = 1000 ** ((len(str(int(value))) - 1) // 3)
            return Numeral(end, value, factor, False)
        return self._with_magnitude(end, value, bool(figures))

    def _with_magnitude(self, end: int, value: float, in_figures: bool) -> Numeral | None:
        """A number with the magnitudes behind it, also with a hyphen (3.5-billion); None for a range, 1-2 billion."""
        if in_figures and self._sign(end) and self._sign(end) in DASHES and self.tokens[end].glued:
            if self._follows(end + 1):
                return None
            end += bool(self.phrases.find("magnitudes", end + 1))
        factor = 1
        while size := self.phrases.find("magnitudes", end):
            end, factor = size[0], factor * int(size[1])
        return Numeral(end, value * factor, factor, in_figures)

    def _has_article(self, at: int) -> bool:
        key = self.tokens[at].key
        has_article = key[:2] == "ال" or key[1:3] == "ال" or key[:2] == "لل"
        return has_article and not any(phrase.group in ("numbers", "magnitudes") for phrase in self.phrases.at(at)
                                       if not key.startswith(("المل", "الالف")))  # fmt: skip

    def _rest(self, before: Numeral) -> Numeral | None:
        """What is added to a number by `و`: a smaller number with its magnitude, or a half of the same."""
        at = before.end
        if at >= len(self.tokens) or before.magnitude == 1:
            return None
        key = self.tokens[at].key
        if key == "و":
            start = at + 1
        elif key[:1] == "و" and not key.isascii():
            start = at
        else:
            return None
        half = self.phrases.find("fractions", start) or self.phrases.behind_clitic("fractions", start)
        if half:
            size = self.phrases.find("magnitudes", half[0])
            end = size[0] if size and int(size[1]) == before.magnitude else half[0]
            return Numeral(end, before.magnitude * float(half[1]), before.magnitude, False)
        if start >= len(self.tokens):
            return None
        figures = self.figures(start)
        if figures:
            size = self.phrases.find("magnitudes", figures[0])
            end, factor = (size[0], int(size[1])) if size else (figures[0], 1)
            found = Numeral(end, figures[1] * factor, factor, True)
        else:
            part = self._part(start)
            if part is None:
                return None
            found = part
        return found if found.value < before.magnitude else None

    def _repeated(self, number: Numeral) -> int:
        """Behind figures in brackets that say the same: forty-two (42)."""
        at = number.end
        if number.in_figures or at + 2 >= len(self.tokens) or self.tokens[at].text != "(":
            return at
        figures = self.figures(at + 1)
        is_same = figures and figures[1] == number.value and self._sign(figures[0]) == ")"
        return figures[0] + 1 if figures and is_same else at

    def figures(self, at: int) -> tuple[int, float] | None:
        """Where figures end, and their value with a magnitude that is written with them (1.9bn)."""
        if at >= len(self.tokens) or not self.tokens[at].key[:1].isdigit():
            return None
        text, end = self.tokens[at].key, at + 1
        if not text.isdigit():
            return self._suffixed(text, end)
        digits = text
        while self._sign(end) and self._sign(end) in GROUP_SIGNS and self._is_group(end) and len(text) <= 3:
            digits, end = digits + self.tokens[end + 1].key[:3], end + 2
            if not self.tokens[end - 1].key.isdigit():
                return self._suffixed(digits + self.tokens[end - 1].key[3:], end)
        if self._is_fraction(end):
            fraction = self.tokens[end + 1].key
            if self._sign(end) == "." and self._is_arabic_thousands(text, fraction, end + 2):
                digits, end = digits + fraction, end + 2
            else:
                return self._suffixed(f"{digits}.{fraction}", end + 2)
        return (end, float(digits)) if len(digits) <= MAX_FIGURES else None

    def _suffixed(self, text: str, end: int) -> tuple[int, float] | None:
        number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        suffix = text[len(number) :]
        sizes = [int(size) for group, size in self.phrases.meanings(suffix) if group == "magnitudes"]
        if (suffix and not sizes) or len(number) > MAX_FIGURES:
            return None
        try:
            return end, float(number) * (sizes[0] if sizes else 1)
        except ValueError:
            return None

    def _is_group(self, at: int) -> bool:
        """Whether a sign and three figures behind it stand without blanks, and no more figures."""
        if at + 1 >= len(self.tokens) or not (self.tokens[at].glued and self.tokens[at + 1].glued):
            return False
        key = self.tokens[at + 1].key
        return key[:3].isdigit() and len(key) >= 3 and not key[3:4].isdigit()

    def _is_fraction(self, at: int) -> bool:
        if at + 1 >= len(self.tokens) or not (self.tokens[at].glued and self.tokens[at + 1].glued):
            return False
        key, sign = self.tokens[at + 1].key, self._sign(at)
        if not key[:1].isdigit() or not sign:
            return False
        if sign in DECIMAL_SIGNS:
            return not (self._sign(at + 2) == "." and self.tokens[at + 2].glued and self._follows(at + 3))
        return sign in ",،" and len(key) <= 2

    def _follows(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].glued and self.tokens[at].key[:1].isdigit()

    def _is_arabic_thousands(self, whole: str, fraction: str, end: int) -> bool:
        """22.500 متر: three figures behind the point, and an Arabic word that is no magnitude."""
        if len(fraction) != 3 or not fraction.isdigit() or whole == "0" or len(whole) > 3 or end >= len(self.tokens):
            return False
        word = self.tokens[end].key
        return bool(word) and not word.isascii() and not self.phrases.find("magnitudes", end)

    def _sign(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) and not self.tokens[at].key else ""
