"""Templates: how they are parsed, and what they are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.records.mapping.templates import SlotText, TemplateError, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Mapped

    Read = Callable[..., Mapped]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("plain", ["plain"]),
        ("", [""]),
        ("{{A}}", ["{A}"]),
        ("{A}", [SlotText("A", ())]),
        ("x {A|split:;} y", ["x ", SlotText("A", (("split", ";"),)), " y"]),
        ('{A|split:"|"|country:alpha-2,name}', [SlotText("A", (("split", "|"), ("country", "alpha-2,name")))]),
        ('{"A|B"}', [SlotText("A|B", ())]),
        ('{"say ""A"""|match:"[{]"}', [SlotText('say "A"', (("match", "[{]"),))]),
        ("{.}{.name}", [SlotText(".", ()), SlotText(".name", ())]),
        ("{a.b:c|name:ar}", [SlotText("a.b:c", (("name", "ar"),))]),
        ("{ Year(s)  of delivery |date}", [SlotText("Year(s) of delivery", (("date", None),))]),
        ("{A|split:/[;,]/}", [SlotText("A", (("split", "/[;,]/"),))]),
        ("{A|missing:}", [SlotText("A", (("missing", ""),))]),
    ],
)
def test_a_template_is_text_and_slots(text: str, parts: list[Any]) -> None:
    assert parse(text) == parts


@pytest.mark.parametrize(
    "text", ["{", "}", "{}", "{A", "A}", "{A|}", '{"A}', "{A||b}", "{A{B}}", '{A|split:"x}', "{ }"]
)
def test_braces_that_enclose_no_slot_are_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        parse(text)


@given(st.text(alphabet='ab{}|:"./ ', max_size=20))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        assert parse(text)
    except TemplateError:
        assert {"{", "}"} & set(text)


def test_text_without_braces_is_itself() -> None:
    assert parse("a|b:c") == ["a|b:c"]


TOML = '[file]\n[fact]\nkind = "visit"\ntitle.en = "T"\n'


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('"{n}"', 5),
        ('"{n} of {name}"', "5 of A"),
        ('"{list}"', ["x", "y"]),
        ('"{list} and {name}"', "x, y and A"),
        ('"{deep.of.x}"', [1, 2]),
        ('"{none}"', None),
        ('"{name} {none}"', None),
        ('["{none}", "{name}"]', ["A"]),
        ("7", 7),
        ("{inner = ['{name}', '{none}']}", {"inner": ["A"]}),
    ],
)
def test_a_single_slot_keeps_its_type_and_an_empty_one_empties_the_template(
    mapped: Read, template: str, value: Any
) -> None:
    record = '{"n": 5, "name": "A", "list": ["x", "y"], "none": null, "deep": {"of": [{"x": 1}, {"x": 2}]}}'
    found = mapped(f"{TOML}extra.x = {template}\n", f"[{record}]", "a.json")
    assert (found.facts[0].get("extra") or {}).get("x") == value


def test_of_several_templates_for_one_value_the_first_that_is_not_empty_counts(mapped: Read) -> None:
    toml = TOML.replace('"T"', '["{a}, {b}", "{b}", "nobody"]')
    data = '[{"a": "A", "b": "B"}, {"b": "B"}, {}]'
    assert [fact["title"]["en"] for fact in mapped(toml, data, "a.json").facts] == ["A, B", "B", "nobody"]


def test_an_object_in_a_text_is_a_fault_that_names_the_way_out(mapped: Read) -> None:
    (message,) = mapped(TOML.replace('"T"', '"{a}"'), '[{"a": {"b": 1}}]', "a.json").messages
    assert "a: is an object, name a part of it, such as column.key" in message


def test_all_faults_of_a_row_are_told_each_cell_once(mapped: Read) -> None:
    toml = f'{TOML}date = ["{{a|date}}/{{b|date}}", "{{a|date}}"]\nnote.en = "{{a|date}}"\n'
    found = mapped(toml, '[{"a": "soon", "b": "later"}]', "a.json")
    assert [(one.field, one.rows) for one in found.problems] == [("a", 1), ("b", 1)]
    assert found.facts == []
