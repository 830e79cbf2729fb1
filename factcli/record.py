"""`NamedTuple` and `TypedDict` as `typing` has them, made in a third of the time.

Those of `typing` look at every annotation when a class is made. Twenty classes are made before a look-up can begin, and
that was 5 % of it. Here annotations are for people and type checkers alone.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
    from typing import TypedDict as TypedDict
else:

    class _Maker(type):
        """Makes a class of annotated fields a named tuple, its methods and docstring included."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                if key not in fields and key not in ("__module__", "__qualname__"):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """The base of an immutable record."""

    class TypedDict:
        """The base of the shape of a JSON object; it has annotations, and no instances."""

        def __init_subclass__(cls, total: bool = True) -> None: ...
