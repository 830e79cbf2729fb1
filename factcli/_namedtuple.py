"""`NamedTuple` and `TypedDict` as `typing` has them, made in a tenth of the time.

The classes of `typing` look at every annotation when a class is made, and compile a constructor for each. Twenty
classes are made before a look-up can begin, which was 8 % of its time. Here annotations are for people and type
checkers alone.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
    from typing import TypedDict as TypedDict
else:

    class NamedTuple(tuple):
        """The base of an immutable record: a tuple whose places have the names of the annotated fields."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()
        _defaults: tuple[Any, ...] = ()
        _field_defaults: dict[str, Any] = {}  # noqa: RUF012 - every subclass gets its own

        def __init_subclass__(cls) -> None:
            cls._fields = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - inspect is slow
            cls._field_defaults = {name: cls.__dict__[name] for name in cls._fields if name in cls.__dict__}
            cls._defaults = tuple(cls._field_defaults.values())
            for place, name in enumerate(cls._fields):
                setattr(cls, name, property(itemgetter(place)))

        def __new__(cls, *values: Any, **named: Any) -> NamedTuple:
            missing = len(cls._fields) - len(values)
            if named or not 0 <= missing <= len(cls._defaults):
                values = cls._completed(values, named)
            elif missing:
                values += cls._defaults[-missing:]
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
            """All values in order. Raises TypeError where one is missing or is none of the fields."""
            known = {**cls._field_defaults, **dict(zip(cls._fields, values, strict=False)), **named}
            if known.keys() != set(cls._fields) or len(values) > len(cls._fields):
                raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}")
            return tuple(known[name] for name in cls._fields)

        _make = classmethod(tuple.__new__)

        def __getnewargs__(self) -> tuple[Any, ...]:
            """The values, from which `pickle` makes the record again."""
            return tuple(self)

        def _replace(self, **named: Any) -> NamedTuple:
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._asdict().items())})"

    class TypedDict:
        """The base of the shape of a JSON object; it has annotations, and no instances."""

        def __init_subclass__(cls, total: bool = True) -> None: ...
