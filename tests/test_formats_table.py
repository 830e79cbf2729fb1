"""What a terminal is sent: what must be whole is, no line is too wide, nothing foreign acts, in both languages."""

from __future__ import annotations

import re
from functools import cache

import pytest
from rich.cells import cell_len

from factcli import reports, search, store
from factcli.formats.table import link, serialize
from factcli.lexicon import Lexicon
from factcli.model import Answer, Column, Facts, Hit, Table, View
from factcli.reports import display, summaries
from factcli.terminal import forms
from factcli.text import fold

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
EVERYTHING = search.find((), FACTS, LEXICON)


def facts_table(name: str, answer: Answer, facts: Facts = FACTS) -> Table:
    return reports.facts_table(reports.REPORTS[name], answer, facts, LEXICON, View(), "display")


@cache
def table(name: str) -> Table:
    if name == "info":
        return summaries.info_table(["builtin"], FACTS, LEXICON, View(), "display")
    if name == "chart":
        return summaries.chart_table(EVERYTHING, FACTS, LEXICON, View(), "display")
    if name == "partner":
        return summaries.partners_table(EVERYTHING, FACTS, LEXICON, View(), "display")[0]
    return facts_table(name, everything(name))


def everything(name: str) -> Answer:
    return search.find((), FACTS, LEXICON, kinds=reports.REPORTS[name].kinds)


@cache
def shown(name: str, width: int, lang: str = "en", form: str = "logical") -> str:
    """The answer as a terminal shows it."""
    return "".join(serialize(table(name), View(lang=lang, width=width, bidi=form)))


@pytest.mark.parametrize("form", ["logical", "isolate", "visual", "override"])
@pytest.mark.parametrize("lang", ["en", "ar", "both"])
@pytest.mark.parametrize("width", [20, 40, 60, 72, 80, 100, 133])
@pytest.mark.parametrize("name", ["timeline", "partner", "exercise", "sale", "show", "info", "chart"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int, lang: str, form: str) -> None:
    text = shown(name, width, lang, form)
    assert text
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [40, 60, 72, 80, 90, 100, 120])
@pytest.mark.parametrize("name", ["timeline", "exercise", "sale"])
def test_ids_and_numbers_are_whole(name: str, width: int, lang: str) -> None:
    text = shown(name, width, lang)
    for hit in everything(name).hits:
        assert hit.fact["id"] in text
        for number in hit.fact["numbers"] if name == "sale" else []:
            assert number["what"] == "count" or display.number(number, LEXICON)[lang] in text


@pytest.mark.parametrize("form", ["logical", "visual", "mlterm", "filler"])
@pytest.mark.parametrize("lang", ["en", "ar", "both"])
@pytest.mark.parametrize("width", [20, 26, 36, 80])
def test_a_block_keeps_its_values_however_narrow(width: int, lang: str, form: str) -> None:
    text = shown("show", width, lang, form)
    for fact in FACTS.facts:
        assert (fact["id"] if width > 40 else fact["id"][:8]) in text
    if lang != "ar":
        assert text.count("Oman") > len(FACTS.facts)


def test_the_status_stands_below_the_kind_where_there_is_no_room_beside_it() -> None:
    report = reports.REPORTS["timeline"]
    views = [View(width=width) for width in (99, 100)]
    narrow, wide = (
        "".join(serialize(reports.facts_table(report, EVERYTHING, FACTS, LEXICON, view, "display"), view)).splitlines()
        for view in views
    )
    assert "Status" in wide[0]
    assert any(re.search("agreement +signed", line) for line in wide)
    below = next(at for at, line in enumerate(narrow) if "agreement" in line) + 1
    assert narrow[1].index("Status") == narrow[below].index("signed") == narrow[below - 1].index("agreement")


@pytest.mark.parametrize("width", [80, 100])
def test_columns_stand_below_each_other(width: int) -> None:
    text = shown("timeline", width)
    column = text.splitlines()[0].index("Fact")
    ids = [line.index(fact["id"]) for fact in FACTS.facts for line in text.splitlines() if fact["id"] == line.strip()]
    assert ids
    assert set(ids) == {column}


def test_in_an_arabic_table_a_line_that_begins_in_latin_letters_is_arabic() -> None:
    found = search.with_ids(["us-om-tow-2023"], FACTS)
    lines = "".join(serialize(facts_table("show", found), View(lang="ar", width=140, bidi="visual"))).splitlines()
    source = next(line for line in lines if "us-oman" in line)
    assert source.index("us-oman") > source.index("2024")


def test_an_arabic_table_begins_at_the_right() -> None:
    head = shown("timeline", 100, "ar").splitlines()[0]
    assert head.index("التاريخ") > head.index("النوع") > head.index("الواقعة")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_year_stands_above_its_dates(lang: str) -> None:
    lines = shown("timeline", 100, lang).splitlines()
    year = next(line for line in lines if line.strip().startswith("2023:"))
    date = lines[lines.index(year) + 1]
    assert (year.index("2023") < 9) if lang == "en" else (len(year) > 90 and date.rstrip().endswith("2023"))


HOSTILE = ["\u202eevil\u202c", "\x1b[2Jclear", "\u064bhead", "ب\u200dج", "\u2066open", "\u0600\u06dd", "a\nb\tc"]


@pytest.mark.parametrize("text", HOSTILE, ids=["override", "escape", "haraka", "joiner", "isolate", "signs", "breaks"])
@pytest.mark.parametrize("form", ["logical", "isolate", "visual", "override", "words-pf"])
@pytest.mark.parametrize("width", [40, 80])
def test_a_hostile_title_leaves_its_neighbours_alone(text: str, form: str, width: int) -> None:
    fact = FACTS.facts[0]
    found = [Hit({**fact, "title": {"en": t, "ar": t}}, ()) for t in ("before", text * 9, "after")]
    shown = "".join(serialize(facts_table("timeline", Answer(found)), View(width=width, bidi=form)))
    assert "\x1b" not in shown
    assert shown.count(fact["id"]) == 3
    assert "before" in shown
    assert "after" in shown


@pytest.mark.parametrize("form", ["isolate", "visual", "override"])
def test_a_title_copied_from_a_table_finds_its_fact(form: str) -> None:
    fact = next(fact for fact in FACTS.facts if fact["id"] == "us-om-tow-2023")
    copied = forms.write(fact["title"]["ar"], "R", form)
    assert fold(copied) == fold(fact["title"]["ar"])
    assert [hit.fact["id"] for hit in search.find((copied,), FACTS, LEXICON).hits] == ["us-om-tow-2023"]


def test_this_file_knows_every_report() -> None:
    assert set(reports.REPORTS) == {"timeline", "partner", "exercise", "sale", "show"}


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("ftp://example.org", False),
        ("https://example.org/a b", False),
        ("https://example.org/;x", False),
        ("https://مثال.example", False),
        ("https://example.org and more", False),
    ],
)
def test_only_a_plain_web_address_is_a_link(address: str, is_link: bool) -> None:
    assert link(address) == (f"link {address}" if is_link else "")


def test_an_address_in_a_block_is_a_link_where_there_is_colour() -> None:
    table = Table([Column("source_url", {"en": "URL"}, fixed=True)], [["https://example.org/a"]], cards=True)
    colored = "".join(serialize(table, View(color=True, width=60)))
    assert "\x1b]8;" in colored
    assert "\x1b" not in "".join(serialize(table, View(color=False, width=60)))
