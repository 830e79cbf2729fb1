"""The files that ship with factcli: their paths and their text.

In a wheel they are inside the package, in an editable install beside it.
"""

from __future__ import annotations

import os

from factcli.errors import FileError

_HERE = os.path.dirname(os.path.abspath(__file__))


def path(name: str) -> str:
    """The path of the shipped file `name`; where it is missing altogether, the place where it should be."""
    inside, beside = (os.path.join(d, "data", name) for d in (_HERE, os.path.dirname(_HERE)))
    return inside if os.path.exists(inside) or not os.path.exists(beside) else beside


def text(name: str) -> str:
    """The text of the shipped file `name`. Raises FileError where it is missing or damaged."""
    place = path(name)
    try:
        with open(place, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise FileError(
            f"{place}: a file of the program is missing or damaged ({error}); install factcli again"
        ) from error
