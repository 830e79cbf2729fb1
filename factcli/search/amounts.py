"""Amounts in questions: a number in digits or words, with a comparison, a magnitude, a unit or a currency."""

from __future__ import annotations

from factcli._namedtuple import NamedTuple
from factcli.lexicon import is_money
from factcli.model import Number
from factcli.text.amounts import AmountReader
from factcli.text.phrases import PhraseMatcher

RANGE_WORDS = frozenset(("and", "to", "و", "الي", "حتي"))
"""What stands between the two numbers of a range, folded."""

YEARS = range(1800, 2100)
"""Numbers that, where two of them make a range, are years."""

UNITS_OF_TIME = frozenset(("day", "week", "month", "year", "hour"))
MIN_MONEY = 1_000_000
"""Number from which an amount without unit is one of money: nobody asks for less than 50 million missiles."""

TOLERANCE = 0.1
"""How far a number may be from one that was asked for as about so much."""


class Amount(NamedTuple):
    """A number asked for: how it is compared (= > >= < <= ~), its unit or currency, empty for any.

    `high` is the upper bound of a range. `is_bare` says that there is nothing but the number.
    """

    op: str
    value: float
    unit: str = ""
    high: float | None = None
    is_bare: bool = False

    def holds(self, number: Number) -> bool:
        """Whether a number of a fact certainly is what is asked for, bounds of the fact included."""
        unit = number.get("unit") or ""
        is_strict = is_money(self.unit) or self.unit in UNITS_OF_TIME or self.op != "="
        if self.unit and self.unit != unit and is_strict:
            return False
        if not self.unit and self.value >= MIN_MONEY and not is_money(unit):
            return False
        value, bound = number["value"], number.get("op") or "="
        if self.high is not None:
            return bound in "=~" and self.value <= value <= self.high
        if self.op in (">", ">="):
            at_least = value > self.value or (value == self.value and (self.op == ">=" or bound == ">"))
            return at_least and bound not in ("<", "<=")
        if self.op in ("<", "<="):
            at_most = value < self.value or (value == self.value and (self.op == "<=" or bound == "<"))
            return at_most and bound not in (">", ">=")
        if self.op == "~":
            return abs(float(value) - self.value) <= TOLERANCE * self.value
        return value == self.value


def read_amount(phrases: PhraseMatcher, start: int) -> tuple[int, Amount] | None:
    """The longest amount that begins at a token: where it ends, and what it is."""
    reader = _Reader(phrases)
    at, op = reader.comparison(start)
    number = reader.number(at)
    if number is None and op and (size := phrases.find("magnitudes", at)):
        number = size[0], float(size[1]), ""
    if number is None:
        return None
    end, value, currency = number
    if op == "between":
        return reader.range(start, end, value)
    end, behind = reader.comparison_behind(end)
    unit_end, unit = reader.unit(end)
    if not behind:
        unit_end, behind = reader.comparison_behind(unit_end)
    if unit and not is_money(unit) and unit not in UNITS_OF_TIME and not op and not behind:
        unit_end, unit = end, ""
    is_bare = not op and not behind and not unit and not currency and end == start + 1
    return unit_end, Amount(op or behind or "=", value, currency or unit, is_bare=is_bare)


class _Reader(AmountReader):
    """Reads ranges as well."""

    def range(self, start: int, end: int, low: float) -> tuple[int, Amount] | None:
        """`between 10 and 20 million`: a magnitude behind the second number holds for both."""
        if end >= len(self.tokens) or self.tokens[end].key not in RANGE_WORDS:
            return None
        second = self.number(end + 1)
        if second is None:
            return None
        end, high, currency = second
        if low in YEARS and high in YEARS and not currency:
            return None
        end, unit = self.unit(end)
        scale = next((size for size in (1e9, 1e6, 1e3) if high >= size > low), 1)
        low = low * scale if low * scale <= high else low
        return end, Amount("between", low, currency or unit, high)
