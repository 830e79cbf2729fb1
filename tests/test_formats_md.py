"""A Markdown table: every row has its cells, and no text in one is taken for markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcli.formats.md import serialize
from factcli.model import Column, Table, View
from factcli.text.unsafe import display

COLUMNS = [Column("title", {"en": "Fact", "ar": "الواقعة"}), Column("value", {"en": "Value"}, align="end")]


def test_head_rows_and_totals() -> None:
    table = Table(COLUMNS, [["TOW *2B*", "70"], [None, "1|2"]], totals=({"en": "Total: 71"},))
    assert "".join(serialize(table, View())) == (
        "| Fact | Value |\n| --- | --: |\n| TOW \\*2B\\* | 70 |\n|  | 1\\|2 |\n\nTotal: 71\n"
    )
    assert "".join(serialize(table, View(lang="ar"))).startswith("| الواقعة | Value |\n")


PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def cells_of(text: str) -> list[list[Token]]:
    """The inline tokens of each cell of the table in Markdown."""
    return [token.children or [] for token in PARSER.parse(text) if token.type == "inline"]


def displayed(tokens: list[Token]) -> str:
    assert {token.type for token in tokens} <= {"text"}, "there is markup"
    return "".join(token.content for token in tokens)


@given(st.text() | st.text("|`*_~[]<>#\\\\!&;$^:/@.wht \na-+=1"), st.text("|`*_[]<>#\\\na "))
def test_a_parser_of_markdown_finds_each_text_as_it_is(one: str, other: str) -> None:
    head = [displayed(tokens) for tokens in cells_of("".join(serialize(Table(COLUMNS, [[one, other]]), View())))]
    assert head == ["Fact", "Value", *(display(text).strip() for text in (one, other))]


@pytest.mark.parametrize(
    "text",
    ["https://x.y/a_b", "HTTP://x.y", "www.x.y", "WWW.x.y", "a.b@c.de", "mailto:a@c.de", "~~x~~", "~x~", "a[^1]",
     "&amp;", "&#64;", "<b>x</b>", "<!-- x -->", "![x](y)", "[x](y)", "`x`", "**x**", "__x__", "$x$", "a|b", "a\\|b"],
)  # fmt: skip
def test_nothing_is_taken_for_markup_or_an_address(text: str) -> None:
    written = "".join(serialize(Table(COLUMNS, [[text, None]]), View())).splitlines()[2]
    assert displayed(cells_of("".join(serialize(Table(COLUMNS, [[text, None]]), View())))[2]) == text
    # What GitHub's autolink extension looks for in the source.
    assert not re.search(r"(?i)(?:https?|ftp)://|www\.|(?<!\\)@|(?<!\\)[~$]", written)
