"""Lists of small objects as one line: each notation is read back as it was, whatever the texts hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.text.flat import read_items, read_texts, write_items, write_texts

TEXT = st.text(st.sampled_from('ab عé";:()¶#.,>=~ '), min_size=1, max_size=8)
ITEMS = {
    "parties": st.fixed_dictionaries({"role": TEXT, "entity": TEXT}),
    "links": st.fixed_dictionaries({"rel": TEXT, "fact": TEXT}),
    "numbers": st.fixed_dictionaries(
        {"what": TEXT, "value": st.one_of(st.integers(0, 10**15), st.floats(0, 1e15))},
        optional={"op": st.sampled_from([">", ">=", "<", "<=", "~"]), "unit": TEXT, "as_of": st.just("2015/..")},
    ),
    "sources": st.fixed_dictionaries(
        {"source": TEXT},
        optional={
            "paragraph": st.integers(1, 99), "sentence": st.integers(1, 9), "digest": st.just("f2a27c"), "quote": TEXT,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", ITEMS)
@given(data=st.data())
def test_items_are_read_back(key: str, data: st.DataObject) -> None:
    items = data.draw(st.lists(ITEMS[key], max_size=4))
    assert read_items(key, "; ".join(write_items(key, items))) == items


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_texts_are_read_back(texts: list[str]) -> None:
    assert read_texts("; ".join(write_texts(texts))) == texts


@pytest.mark.parametrize(
    ("key", "text", "items"),
    [
        ("parties", "seller: united-states; buyer:oman;", [
            {"role": "seller", "entity": "united-states"}, {"role": "buyer", "entity": "oman"},
        ]),
        ("numbers", "value: > 70000000 USD (2021)", [
            {"what": "value", "op": ">", "value": 70000000, "unit": "USD", "as_of": "2021"},
        ]),
        ("numbers", "range: = 2.5 nautical mile", [
            {"what": "range", "op": "=", "value": 2.5, "unit": "nautical mile"},
        ]),
        ("links", "part-of: visit", [{"rel": "part-of", "fact": "visit"}]),
        ("sources", 'us-oman ¶10.1 #f2a27cdcc4ec "Said; and ""so"""; other', [
            {"source": "us-oman", "paragraph": 10, "sentence": 1, "digest": "f2a27cdcc4ec", "quote": 'Said; and "so"'},
            {"source": "other"},
        ]),
    ],
)  # fmt: skip
def test_the_notation_of_a_list(key: str, text: str, items: list[dict[str, Any]]) -> None:
    assert read_items(key, text) == items


@pytest.mark.parametrize(
    ("key", "text", "item"),
    [
        ("parties", "seller: oman; buyer", "buyer"),
        ("numbers", "value: many USD", "value: many USD"),
        ("numbers", "value: 1.2.3", "value: 1.2.3"),
        ("sources", 'us-oman; other "a', '"a'),
    ],
)
def test_what_is_not_in_the_notation_is_named(key: str, text: str, item: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_items(key, text)
    assert str(caught.value) == item
