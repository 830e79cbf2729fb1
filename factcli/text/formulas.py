"""Cells that a spreadsheet would run as formulas: a quote is put before them, and taken off again without a loss.

A spreadsheet takes a cell for a formula by its first character, blanks aside, and full-width forms of it too; a plain
number is none: https://owasp.org/www-community/attacks/CSV_Injection. Where lists are separated with `;`, as in most of
Europe, a spreadsheet splits the lines of CSV there, whatever is in quotation marks: so what stands behind a semicolon
is treated as another cell. A text that has such a quote of its own gets a second one, so that `restore` undoes
`neutralize` for every text.
"""

from __future__ import annotations

import re

from factcli.text.unsafe import FORBIDDEN, UNSEEN, pattern

_SIGNS = "[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_NOT_SEEN = pattern(*FORBIDDEN, *UNSEEN)[1:-1]
_AT_START = rf"^{{}}(?=[\s'{_NOT_SEEN}]*{_SIGNS})"
_BEHIND_SEMICOLON = rf"(?<=;){{}}(?=[\s'\"{_NOT_SEEN}]*{_SIGNS})"
_FORMULA = re.compile(f"{_AT_START}|{_BEHIND_SEMICOLON}".format("", ""))
_QUOTED = re.compile(f"{_AT_START}|{_BEHIND_SEMICOLON}".format("'", "'"))
_NUMBER = re.compile(r"\s*[+-]?[0-9]+(\.[0-9]+)?\s*(;|\Z)")


def neutralize(text: str) -> str:
    """The text with a quote before each part that a spreadsheet would run.

    >>> neutralize("=1+1"), neutralize("Oman; @x"), neutralize("'-x"), neutralize("-5")
    ("'=1+1", "Oman;' @x", "''-x", '-5')
    """
    return _FORMULA.sub(lambda at: "" if _NUMBER.match(text, at.end()) else "'", text)


def restore(text: str) -> str:
    """The text that `neutralize` was given.

    >>> restore("Oman;' @x"), restore("'tis")
    ('Oman; @x', "'tis")
    """
    return _QUOTED.sub("", text)
