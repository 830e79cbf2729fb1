"""A mapping is checked as a whole before a row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcli.errors import InputError
from factcli.records.mapping.definition import KEYS, Compiled, load
from factcli.records.mapping.templates import slots_of
from factcli.records.schema import TABLES

FACT = '[fact]\nkind = "sale"\ntitle.en = "{A}"\n'


def compiled(tmp_path: Path, toml: str) -> Compiled:
    (tmp_path / "m.toml").write_text(toml, encoding="utf-8")
    return Compiled(str(tmp_path / "m.toml"))


def test_the_shipped_mapping_is_valid() -> None:
    assert Compiled("sipri.toml").columns
    with pytest.raises(InputError, match="no such mapping"):
        load("nothing.toml")


def test_the_columns_and_slots_of_a_mapping_are_known(tmp_path: Path) -> None:
    toml = FACT + '[[fact.parties]]\nrole = "x"\neach = "{B}"\nname.en = "{.n}"\n[fact.extra]\na = ["{C}"]\n'
    found = compiled(tmp_path, toml)
    assert list(found.columns) == ["A", "B", "C"]
    assert [slot.label for _, keys in found.blocks for slot in slots_of(keys)] == ["A", "B", "B.n", "C"]


def test_the_keys_of_blocks_are_those_of_records() -> None:
    own = {"key", "merge", "where", "unless"}
    for kind, table in (("fact", "facts"), ("entity", "entities"), ("source", "sources")):
        known = {key for key, node in TABLES[table]["properties"].items() if "readOnly" not in node}
        assert set(KEYS[kind]) - own == known


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            FACT + "[file]\nmissingValue = []\n",
            "file.missingValue: is not a key of mappings; did you mean missingValues",
        ),
        (FACT + "[file]\nformat = 'xml'\n", 'file.format: is "xml".*it may be csv, json, jsonl'),
        (FACT + "[file]\ndayFirst = 'yes'\n", "file.dayFirst: is a text and not true or false"),
        (FACT + "[file]\nproperty = 5\n", "file.property: is a number and not a text"),
        (FACT + "[file]\nproperty = [5]\n", r"file.property\[1\]: is a number"),
        (FACT + "[file]\ndecimalChar = '.'\ngroupChar = '.'\n", "file.groupChar: is the same as file.decimalChar"),
        (FACT + "[file]\ndecimalChar = '5'\n", "file.decimalChar: is"),
        (
            FACT + "[file]\nunpivot = {columns = '(', name = 'a', value = 'b'}\n",
            "file.unpivot.columns: is a pattern that",
        ),
        (FACT + "[file]\nunpivot = {columns = 'x', value = 'v'}\n", "file.unpivot.name: is missing"),
        (FACT + "[[fact.parties]]\nrol = 'x'\n", r"fact.parties\[1\].rol: is not a key of mappings; did you mean role"),
        (FACT + "[fact.parties]\nrole = 'x'\n", "fact.parties: is an object and not a list"),
        (FACT + "[[fact.parties]]\nname = 5\n", r"fact.parties\[1\].name: is a number and not an object"),
        (FACT + "[[fact.parties]]\nname.fr = 'x'\n", r"fact.parties\[1\].name.fr: is not a key of mappings"),
        (FACT + "[[fact.parties]]\nname.en = '{.}'\n", r"fact.parties\[1\].name.en: has .*no each"),
        (FACT + "merge = 'yes'\n", "fact.merge: is a text and not true or false"),
        (FACT + "where = 'x'\n", "fact.where: is a text and not an object"),
        (FACT + "[fact.where]\nA = {b = 1}\n", "fact.where.A: is an object and not a text"),
        ("[fact]\nkind = 'sale'\n", "fact.title: is missing; write a title in en, ar or both"),
        ("[entity]\nname.en = '{A}'\n", "entity.type: is missing"),
        ("[[source]]\nkey = '{A}'\n", r"source\[1\].title: is missing"),
        ("[file]\n", "fact: is missing; write a table"),
        (FACT + "[values.x]\na = '?'\n", "values.x.a: is .*not filled in yet"),
        (FACT + "[values.x]\na = [1]\n", "values.x.a: is a list and not a text"),
        (FACT.replace("{A}", "{A|match:'(x+)+'}").replace('"', "'''"), "can take forever"),
        ("x = 1\n" + FACT, "x: is not a key of mappings"),
        ("fact = 5\n", "fact: is a number and not an object"),
        ("fact = [5]\n", r"fact\[1\]: is a number and not an object"),
    ],
    ids=lambda value: value[-40:],
)
def test_what_is_wrong_with_a_mapping_is_one_line(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        compiled(tmp_path, toml)
    (problem,) = error.value.problems
    assert problem.isprintable()
