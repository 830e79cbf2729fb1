"""Values and paths in messages: on one line, not too long, with what matters of them still there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import package_data
from factcli.text.quote import enumerate_values, quote, quote_path, shorten


@given(st.text(max_size=300), st.integers(6, 80))
def test_a_quoted_value_can_be_printed_and_is_no_longer_than_a_line_can_bear(value: str, limit: int) -> None:
    quoted = quote(value, limit)
    assert "\n" not in quoted and "\x1b" not in quoted
    assert quoted[0] == quoted[-1] == '"'
    if value.isprintable():
        assert len(quoted) <= limit + 3
        assert (quoted[1:-1] == value) is (len(value) <= limit)


def test_a_long_value_keeps_its_beginning_and_its_end() -> None:
    assert shorten("a" * 50 + "b" * 50 + "c" * 50, 30) == "a" * 20 + "…" + "c" * 10


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("mine.json", "mine.json"),
        ("/home/me/mine.json", "/home/me/mine.json"),
        ("", '""'),
        ("a\nb.json", "a<U+000A>b.json"),
        (package_data.path("facts.json"), "builtin"),
    ],
)
def test_a_path_in_a_message(path: str, shown: str) -> None:
    assert quote_path(path) == shown


@given(st.text("ab/", max_size=300), st.text("xyz", min_size=1, max_size=30))
def test_a_long_path_keeps_the_name_of_its_file(folder: str, file: str) -> None:
    shown = quote_path(f"{folder}/{file}", 100)
    assert shown.endswith(f"/{file}")
    assert len(shown) <= 102


@pytest.mark.parametrize(
    ("values", "limit", "text"),
    [
        ([], 6, ""),
        (["a"], 6, "a"),
        (["a", "b", "c"], 3, "a, b, c"),
        (["a", "b", "c"], 2, "a, b and 1 more"),
        (["a\x1b"], 6, "a<U+001B>"),
    ],
)
def test_an_enumeration_ends_in_how_many_more_there_are(values: list[str], limit: int, text: str) -> None:
    assert enumerate_values(values, limit) == text
