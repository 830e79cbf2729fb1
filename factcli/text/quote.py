"""Values and paths as a message quotes them: safe for a terminal, on one line, and not too long for it."""

from __future__ import annotations

from collections.abc import Sequence

from factcli import package_data
from factcli.text.unsafe import name_unsafe


def shorten(value: str, limit: int = 80) -> str:
    """The text with its unsafe characters named, cut in the middle to about `limit` characters.

    >>> shorten("a\\x1b[2Jb"), shorten("x" * 100, 9)
    ('a<U+001B>[2Jb', 'xxxxxx…xxx')
    """
    if len(value) > limit:
        value = f"{value[: limit - limit // 3]}…{value[-(limit // 3) :]}"
    return name_unsafe(value)


def quote(value: str, limit: int = 80) -> str:
    """The text as `shorten` gives it, in quotes."""
    return f'"{shorten(value, limit)}"'


def quote_path(name: str, limit: int = 150) -> str:
    """The path as a message has it; the shipped file is `builtin`, and an empty path is visible too.

    A long path is cut before the name of the file, its most informative part.

    >>> quote_path("/somewhere/far/away/facts.json", 20)
    '/somew…ay/facts.json'
    """
    if name == package_data.path("facts.json"):
        return "builtin"
    folder, slash, file = name.rpartition("/")
    end = shorten(slash + file, limit)
    return shorten(folder, max(limit - len(end) - 1, 3)) + end if name else '""'


def enumerate_values(values: Sequence[str], limit: int = 6, number: int = 0) -> str:
    """The values as an enumeration that ends in how many more there are; `number` where not all of them are given.

    >>> enumerate_values(["a", "b"]), enumerate_values(list("abcdefgh"), 2), enumerate_values(["a", "b"], 1, 9)
    ('a, b', 'a, b and 6 more', 'a and 8 more')
    """
    rest = max(number, len(values)) - limit
    return ", ".join(map(shorten, values[:limit])) + (f" and {rest} more" if rest > 0 else "")
