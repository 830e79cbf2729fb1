"""How values and paths are said in a message: harmless, on one line, and never longer than a line can bear."""

from __future__ import annotations

from factcli import package_data as shipped
from factcli.text import visible


def shown(value: str, room: int = 80) -> str:
    """The text with nothing in it that steers a terminal, cut in the middle to about `room` characters.

    >>> shown("a\\x1b[2Jb"), shown("x" * 100, 9)
    ('a<U+001B>[2Jb', 'xxxxxx…xxx')
    """
    if len(value) > room:
        value = f"{value[: room - room // 3]}…{value[-(room // 3) :]}"
    return visible(value)


def quoted(value: str, room: int = 80) -> str:
    """The text as `shown`, in quotes."""
    return f'"{shown(value, room)}"'


def path(name: str, room: int = 150) -> str:
    """The path as `shown`; the shipped file is called by its name, an empty path is visible too.

    A long one is cut before the name of the file, which tells most.

    >>> path("/somewhere/far/away/facts.json", 20)
    '/somew…ay/facts.json'
    """
    if name == shipped.path("facts.json"):
        return "builtin"
    folder, slash, file = name.rpartition("/")
    end = shown(slash + file, room)
    return shown(folder, max(room - len(end) - 1, 3)) + end if name else '""'


def listed(values: list[str], most: int = 6) -> str:
    """The values as an enumeration that ends in how many more there are.

    >>> listed(["a", "b"]), listed(list("abcdefgh"), 2)
    ('a, b', 'a, b and 6 more')
    """
    rest = len(values) - most
    return ", ".join(map(shown, values[:most])) + (f" and {rest} more" if rest > 0 else "")
