"""Records as `typing.NamedTuple` makes them: whatever is done with one is done alike with the other."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any

import pytest

from factcli._namedtuple import NamedTuple, TypedDict


class Ours(NamedTuple):
    name: str
    score: float = 0.0
    tags: tuple[str, ...] = ()

    @property
    def is_high(self) -> bool:
        return self.score > 50


class Theirs(typing.NamedTuple):
    name: str
    score: float = 0.0
    tags: tuple[str, ...] = ()

    @property
    def is_high(self) -> bool:
        return self.score > 50


@pytest.mark.parametrize(
    "use",
    [
        lambda make: make("a"),
        lambda make: make("a", 60.0),
        lambda make: make("a", tags=("x",)),
        lambda make: make(name="a", score=1.0, tags=("x",)),
        lambda make: make("a", 60.0).is_high,
        lambda make: make("a").score,
        lambda make: make("a")._replace(score=2.0),
        lambda make: make("a")._asdict(),
        lambda make: make._make(("a", 1.0, ())),
        lambda make: make._fields,
        lambda make: make._field_defaults,
        lambda make: (lambda name, *_: name)(*make("a")),
        lambda make: make("a") == ("a", 0.0, ()),
        lambda make: hash(make("a")),
        lambda make: sorted([make("b"), make("a")]),
        lambda make: repr(make("a")).removeprefix(make.__name__),
    ],
)
def test_a_record_is_used_as_that_of_typing(use: Callable[[Any], object]) -> None:
    assert use(Ours) == use(Theirs)


@pytest.mark.parametrize(
    "misuse",
    [
        lambda make: make(),
        lambda make: make("a", 1.0, (), "more"),
        lambda make: make("a", colour="red"),
        lambda make: make(score=1.0),
    ],
    ids=["a field is missing", "too many values", "no such field", "the first field is missing"],
)
def test_values_that_are_not_those_of_the_fields_are_refused(misuse: Callable[[Any], object]) -> None:
    for make in (Ours, Theirs):
        with pytest.raises(TypeError):
            misuse(make)


def test_a_record_cannot_be_changed() -> None:
    for one in (Ours("a"), Theirs("a")):
        with pytest.raises(AttributeError):
            one.name = "b"


def test_the_shape_of_an_object_has_its_annotations() -> None:
    class Shape(TypedDict, total=False):
        id: str
        note: str

    assert list(Shape.__annotations__) == ["id", "note"]
