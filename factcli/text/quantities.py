"""Numbers as tables write them: the grammar of amounts (`text.amounts`), but nothing is guessed.

Groups are of three figures, the whole text is one number, and a name that currencies share is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Container

from factcli._namedtuple import NamedTuple
from factcli.text.amounts import CURRENCY_SIGNS, AmountReader
from factcli.text.lexer import tokenize
from factcli.text.numbers import about_mark, ascii_digits, drop_zero_fraction, in_words, parse_float
from factcli.text.phrases import Meanings, PhraseMatcher

DOLLARS = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "hk": "HKD",
    "nz": "NZD",
    "s": "SGD",
    "nt": "TWD",
}
"""The currencies of the letters in front of a dollar sign."""

SHARED_NAMES = {
    "$ dollar dollars bucks دولار دولارات دولارا": "USD AUD CAD HKD NZD SGD TWD BND BBD BZD BSD JMD NAD FJD",
    "rial rials ريال ريالات": "OMR SAR QAR YER IRR",
    "pound pounds جنيه جنيهات": "GBP EGP LBP SYP SDG SSP",
    "lira liras ليره ليرات": "TRY LBP SYP ITL",
}
"""Folded names that currencies share, and the currencies: by itself such a name is none of them."""

MAX_DIGITS = 40
"""Characters of the longest number of a cell."""

_FIGURES = re.compile(r"[0-9](?:[0-9.,٬٫'’\u00a0\u2009\u202f ]*[0-9])?")
_SPACES = "\u00a0\u2009\u202f "


class Quantity(NamedTuple):
    """The number of a cell: its value, how it relates to the real one (= > >= < <= ~), and the currency named with it.

    `currency` is an ISO 4217 code, a name that currencies share, such as `$`, or empty.
    """

    value: float
    op: str
    currency: str = ""


class NumberReader:
    """Reads the numbers of one table.

    `decimal` and `group` are the signs between and in the figures; ٫, ٬ and blanks are read as well. `currencies` are
    the known codes.
    """

    def __init__(self, meanings: Meanings, currencies: Container[str], decimal: str = ".", group: str = ",") -> None:
        self._meanings, self._currencies = meanings, currencies
        signs = f"[{re.escape(group)}٬]" if group else "٬"
        self._figures = re.compile(
            rf"(?:[1-9][0-9]{{0,2}}(?:{signs}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)"
            rf"(?:[{re.escape(decimal)}٫][0-9]+)?"
        )
        self._decimal = decimal

    def read(self, text: str, is_doubtful: bool = False) -> Quantity:
        """The quantity that the whole text is. Raises ValueError with what is wrong."""
        if text.isdecimal() and len(text) < MAX_DIGITS:
            return Quantity(int(text), "~" if is_doubtful else "=")
        if text.isascii() and len(text) < MAX_DIGITS and self._figures.fullmatch(text):
            return Quantity(_product(self._literal(text), 1), "~" if is_doubtful else "=")
        typed, mark = _without_marks(ascii_digits(text).replace("<=", "≤").replace(">=", "≥"))
        found = _FIGURES.search(typed)
        literal, factor_text = "1", typed
        if found:
            literal = self._literal(found[0])
            factor_text = f"{typed[: found.start()]}1{typed[found.end() :]}"  # the grammar gives what 1 of it is
        factor, op, currency = self._amount(factor_text)
        value = _product(literal, factor)
        return Quantity(value, "~" if op == "=" and (mark or is_doubtful) else op, currency)

    def currency(self, text: str) -> str:
        """The currency that a text names, with a number or without; empty where it names none."""
        typed = ascii_digits(text)
        tokens = tokenize(typed)
        phrases = PhraseMatcher(tokens, self._meanings)
        return next((found[1] for at in range(len(tokens)) if (found := self._currency(phrases, at))), "")

    def _literal(self, figures: str) -> str:
        """Figures as Python reads them. Raises ValueError."""
        if len(figures) > MAX_DIGITS or not self._figures.fullmatch(figures):
            raise ValueError("groups are of three figures; set file.decimalChar and file.groupChar")
        whole, sign, fraction = figures.partition("٫" if "٫" in figures else self._decimal)
        digits = "".join(filter(str.isdigit, whole))
        return f"{digits}.{fraction}" if sign else digits

    def _amount(self, text: str) -> tuple[int, str, str]:
        """What one of the number is worth, its operator and its currency. Raises ValueError."""
        phrases = PhraseMatcher(tokenize(text), self._meanings)
        reader = AmountReader(phrases)
        at, op = reader.comparison(0)
        at += at > 0 and at < len(phrases.tokens) and phrases.tokens[at].text == "."
        before = self._currency(phrases, at)
        at = before[0] if before else at
        number = reader.digits(at) or in_words(phrases, at)
        if number is None or op == "between":
            raise ValueError("write figures")
        end, factor = number[0], int(number[1])
        while size := phrases.find("magnitudes", end):
            end, factor = size[0], factor * int(size[1])
        end, behind = _comparison_behind(reader, end)
        after = self._currency(phrases, end)
        end = after[0] if after else end
        if not behind:
            end, behind = _comparison_behind(reader, end)
        if end < len(phrases.tokens):
            raise ValueError("write one number and nothing else")
        return factor, op or behind or "=", (before or after or (0, ""))[1]

    def _currency(self, phrases: PhraseMatcher, at: int) -> tuple[int, str] | None:
        """Where the name of a currency ends, and its code, or the name where currencies share it."""
        if at >= len(phrases.tokens):
            return None
        token = phrases.tokens[at]
        behind = phrases.tokens[at + 1].text if at + 1 < len(phrases.tokens) else ""
        if behind == "$" and token.key in DOLLARS:
            return at + 2, DOLLARS[token.key]
        if token.text in CURRENCY_SIGNS:
            return at + 1, "$" if token.text == "$" else CURRENCY_SIGNS[token.text]
        if token.text in self._currencies:
            return at + 1, token.text
        found = phrases.find("currencies", at)
        is_shared = found and found[0] == at + 1 and any(token.key in names.split() for names in SHARED_NAMES)
        return (at + 1, token.key) if is_shared else found


def may_mean(name: str, code: str) -> bool:
    """Whether a name that currencies share may mean the currency of a code."""
    return any(name in names.split() and code in codes.split() for names, codes in SHARED_NAMES.items())


def _comparison_behind(reader: AmountReader, at: int) -> tuple[int, str]:
    if at < len(reader.tokens) and reader.tokens[at].text == "+":
        return at + 1, ">="
    return reader.comparison_behind(at)


def _without_marks(typed: str) -> tuple[str, bool]:
    """The text without brackets, a question mark and `c.`, and whether it had one."""
    plain = typed.strip()
    while True:
        if plain[:1] in "([" and plain[-1:] in ")]" and len(plain) > 2:
            inner = plain[1:-1]
        elif plain.endswith("?"):
            inner = plain[:-1]
        else:
            inner = plain[about_mark(plain) :]
        if inner == plain:
            return plain, plain != typed.strip()
        plain = inner.strip()


def _product(literal: str, factor: int) -> float:
    """A number, perhaps with a fraction, times a whole one, exactly as written: 2.3 times a million is 2300000."""
    if factor == 1:
        return drop_zero_fraction(parse_float(literal)) if "." in literal else int(literal)
    from decimal import Decimal

    return drop_zero_fraction(parse_float(str(Decimal(literal) * factor)))
