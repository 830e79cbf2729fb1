"""The nouns: lists without repetitions, keys in order, every word of theirs with a label in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from factcli import model
from factcli.lexicon import Lexicon

LEXICON = Lexicon()


@pytest.mark.parametrize(
    "values",
    [model.KINDS, model.STATUSES, model.DATE_BASES, model.OPERATORS, model.LINK_RELATIONS, model.ENTITY_TYPES],
)
def test_no_value_is_there_twice(values: tuple[str, ...]) -> None:
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("kinds", model.KINDS),
        ("statuses", model.STATUSES),
        ("bases", model.DATE_BASES),
        ("operators", model.OPERATORS),
        ("relations", model.LINK_RELATIONS),
        ("inverse_relations", model.LINK_RELATIONS),
    ],
)
def test_every_value_has_a_label_in_both_languages_and_no_other_has(group: str, values: tuple[str, ...]) -> None:
    for lang in model.LANGUAGES:
        assert set(LEXICON.languages[lang][group]) == set(values)


def test_the_keys_of_an_output_are_those_of_the_definition_in_order() -> None:
    assert model.FACT_KEYS[:3] == ("id", "kind", "date")
    assert tuple(model.Entity.__annotations__) == model.ENTITY_KEYS
    assert "both" in model.COMMAS
    assert set(model.LANGUAGES) < set(model.COMMAS)


def test_nouns_have_no_behaviour() -> None:
    tree = ast.parse(Path(model.__file__).read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]


@pytest.mark.parametrize(
    "noun",
    [model.Filters(), model.Question(), model.View(), model.Reading("tow", "name"), model.Answer([])],
    ids=lambda noun: type(noun).__name__,
)
def test_a_noun_cannot_be_changed(noun: tuple[object, ...]) -> None:
    with pytest.raises(AttributeError):
        setattr(noun, noun._fields[0], None)
