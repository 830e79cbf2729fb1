"""The columns of a flat file: every cell is a number, a text or a list of these, and bounds are kept."""

from __future__ import annotations

from typing import Any

import pytest

from factcli import search, store
from factcli.formats import csv as csv_format
from factcli.lexicon import Lexicon
from factcli.model import LANGUAGES, Table, Value, View
from factcli.records.problems import Candidate, Place
from factcli.records.read_csv import csv_records
from factcli.reports import REPORTS, facts_table
from factcli.reports.entries import entries_table
from factcli.reports.flat import columns_of
from factcli.reports.summaries import chart_table, info_table, partners_table

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
EVERYTHING = search.find(("oman",), FACTS, LEXICON)
TABLES = {
    "facts": facts_table(REPORTS["timeline"], EVERYTHING, FACTS, LEXICON, View(format="csv"), "cells"),
    "partners": partners_table(EVERYTHING, FACTS, LEXICON, View(format="csv"), "cells")[0],
    "years": chart_table(EVERYTHING, FACTS, LEXICON, View(format="csv"), "cells"),
    "files": info_table(["builtin"], FACTS, LEXICON, View(format="csv"), "cells"),
}


def is_flat(value: Value) -> bool:
    if isinstance(value, list):
        return all(is_flat(item) and not isinstance(item, list) for item in value)
    return not isinstance(value, dict) or value.keys() <= set(LANGUAGES)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_nested(name: str) -> None:
    assert len(TABLES[name].rows) > 0
    assert [value for row in TABLES[name].rows for value in row if not is_flat(value)] == []


@pytest.mark.parametrize("field", ["parties", "numbers", "links", "sources", "match", "related", "lead", "title"])
def test_no_chosen_field_is_nested(field: str) -> None:
    made = facts_table(REPORTS["timeline"], EVERYTHING, FACTS, LEXICON, View(format="csv", fields=field), "cells")
    assert all(is_flat(row[0]) for row in made.rows)
    assert any(row[0] for row in made.rows)


def cells(made: Table, at: int = 0) -> dict[str, Any]:
    return dict(zip((column.name for column in made.columns), made.rows[at], strict=True))


def test_numbers_stand_beside_their_units_and_bounds() -> None:
    fields = "numbers,value,value_unit,value_op,quantity,quantity_unit,duration_op"
    found = search.with_ids(["us-om-tow-2023", "us-om-relations-200-years"], FACTS)
    made = facts_table(REPORTS["timeline"], found, FACTS, LEXICON, View(format="csv", fields=fields), "cells")
    assert cells(made) == {
        "numbers": ["quantity: 301 missile", "value: 70000000 USD"],
        "value": [70000000],
        "value_unit": ["USD"],
        "value_op": None,
        "quantity": [301],
        "quantity_unit": ["missile"],
        "duration_op": None,
    }
    assert cells(made, 1)["duration_op"] == [">"]


def test_sums_of_partners_have_currency_and_status_beside_them() -> None:
    row = cells(TABLES["partners"])
    assert (row["money"], row["money_unit"]) == ([70000000, 2700000000], ["USD", "USD"])
    assert (row["money_status"], row["money_op"]) == (["approved", "in-force"], None)


def test_columns_stand_where_their_key_stood() -> None:
    assert columns_of(["id", "title", "links", "match"]) == [
        "id", "title.en", "title.ar", "links", "match.score", "match.field", "match.text", "match.how",
    ]  # fmt: skip


def test_own_keys_are_one_column_of_json_where_a_fact_has_them() -> None:
    assert "extra" not in [column.name for column in TABLES["facts"].columns]
    own = FACTS._replace(facts=[{**FACTS.facts[0], "extra": {"en": "a", "n": [1]}}, FACTS.facts[1]])
    answer = search.find((), own, LEXICON)
    made = facts_table(REPORTS["timeline"], answer, own, LEXICON, View(format="csv"), "cells")
    names = [column.name for column in made.columns]
    assert names[names.index("remark.ar") + 1] == "extra"
    assert {row[0]: row[names.index("extra")] for row in made.rows} == {
        FACTS.facts[0]["id"]: '{"en": "a", "n": [1]}',
        FACTS.facts[1]["id"]: None,
    }


def test_units_and_aliases_with_a_semicolon_are_one_item_each() -> None:
    numbers: Any = [{"what": "value", "op": "=", "value": 1, "unit": "a; b"}, {"what": "value", "op": "~", "value": 2}]
    own = FACTS._replace(facts=[{**FACTS.facts[0], "numbers": numbers}])
    made = facts_table(REPORTS["timeline"], search.find((), own, LEXICON), own, LEXICON, View(format="csv"), "cells")
    row = dict(zip([column.name for column in made.columns], made.rows[0], strict=True))
    assert (row["value_unit"], row["value_op"]) == (['"a; b"', ""], ["", "~"])


def test_a_name_with_a_semicolon_is_one_item_of_the_names_of_an_entity() -> None:
    entity: Any = {**FACTS.entities["tow-2b"], "aliases": ["TOW", "a; b"]}
    own = FACTS._replace(entities={"tow-2b": entity})
    made = entries_table("entity", ["tow-2b"], own, LEXICON, View(format="csv"), "cells")
    row = dict(zip([column.name for column in made.columns], made.rows[0], strict=True))
    assert row["aliases"] == ["TOW", '"a; b"']
    (read,) = csv_records("".join(csv_format.serialize(made, View(format="csv"))), Place("f.csv"))
    assert isinstance(read, Candidate) and read.value["aliases"] == ["TOW", "a; b"]
