"""Values and paths as a message quotes them: safe for a terminal, on one line, and not too long for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcli import package_data
from factcli.text.unsafe import name_unsafe


def cut(text: str, limit: int) -> str:
    """The text, cut in the middle to about `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - limit // 3]}…{text[-(limit // 3) :]}"


def shorten(value: str, limit: int = 80) -> str:
    """The text with its unsafe characters named, cut in the middle to about `limit` characters.

    >>> shorten("a\\x1b[2Jb"), shorten("x" * 100, 9)
    ('a<U+001B>[2Jb', 'xxxxxx…xxx')
    """
    return name_unsafe(cut(value, limit))


def shorten_message(message: str, word_limit: int = 200, limit: int = 900) -> str:
    """The message with its unsafe characters named; a word that is too long in it is cut, then the whole.

    >>> shorten_message(f"'{'x' * 1000}' is no number", 9)
    "'xxxxx…xx' is no number"
    """
    message = name_unsafe(message)
    if len(message) <= word_limit:
        return message
    return cut(re.sub(rf"\S{{{word_limit + 1},}}", lambda word: cut(word[0], word_limit), message), limit)


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
