"""JSON Lines: each line is an object that can be read without the others."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from factcli.formats import json as json_format
from factcli.formats.jsonl import serialize
from factcli.model import Column, Table, View


@given(st.lists(st.text(), max_size=5))
def test_each_line_is_an_object_and_all_are_those_of_json(texts: list[str]) -> None:
    table = Table([Column("title", {})], [[text] for text in texts])
    lines = "".join(serialize(table, View())).splitlines()
    assert [json.loads(line) for line in lines] == [{"title": text} for text in texts]
    assert [json.loads(line) for line in lines] == json.loads("".join(json_format.serialize(table, View())))
