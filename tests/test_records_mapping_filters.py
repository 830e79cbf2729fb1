"""The filters of slots: what each makes of a cell, its faults, and the tables that put values right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.errors import InputError
from factcli.records.mapping.filters import cut_at_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Mapped

    Read = Callable[..., Mapped]

TOML = "{}\n[fact]\nkind = 'visit'\ntitle.en = 'T'\nextra.x = ['''{}''']\n{}"


def value(mapped: Read, slot: str, cell: Any, settings: str = "", tables: str = "") -> Any:
    """What a slot makes of the value of a record."""
    found = mapped(TOML.format(settings, slot, tables), json.dumps([{"A": cell}]), "a.json")
    assert found.messages == []
    got = found.facts[0].get("extra", {}).get("x", [None])
    return got[0] if isinstance(got, list) and len(got) == 1 else got


@pytest.mark.parametrize(
    ("slot", "cell", "expected"),
    [
        ("{A}", "Who (first)?", "Who (first)?"),
        ("{A|date}", "5 May 2019", "2019-05-05"),
        ("{A|date:%m/%y}", "05/19", "2019-05"),
        ("{A|year}", "(2002)", "2002~"),
        ("{A|date}", {"date-parts": [[2024, 2, 26]]}, "2024-02-26"),
        ("{A|date}", [["2001"], ["2003"]], "2001/2003"),
        ("{A|date}", {"raw": "May 2019"}, "2019-05"),
        ("{A|date}", {"other": 1}, None),
        ("{A|date}", 2019, "2019"),
        ("{A|number}", "US$ 1.2 billion", 1200000000),
        ("{A|number}", 1.5, 1.5),
        ("{A|op}", "up to 5", "<="),
        ("{A|op}", 5, "="),
        ("{A|currency}", "EUR 5", "EUR"),
        ("{A|currency:USD}", "$5m", "USD"),
        ("{A|currency:CAD}", "$5m", "CAD"),
        ("{A|currency:USD}", "5", "USD"),
        ("{A|currency:USD}", "EUR 5", "EUR"),
        ("{A|currency:SAR}", "5 ريال", "SAR"),
        ("{A|country}", "Türkiye", "TR"),
        ("{A|country}", "سلطنة عُمان", "OM"),
        ("{A|country}", "Korea, South", "KR"),
        ("{A|country}", "Iran (Islamic Republic of)", "IR"),
        ("{A|country}", "Congo, Democratic Republic of the", "CD"),
        ("{A|country}", "Yugoslavia", "YU"),
        ("{A|country:alpha-2}", "om", "OM"),
        ("{A|country:alpha-2}", "NA", "NA"),
        ("{A|country:alpha-3}", "XKX", "XK"),
        ("{A|country:alpha-3}", "DDR", "DD"),
        ("{A|country:numeric}", "4", "AF"),
        ("{A|country:numeric}", 512, "OM"),
        ("{A|country:numeric}", "512.0", "OM"),
        ("{A|country:alpha-2,name}", "Oman", "OM"),
        ("{A|country:alpha-3|name}", "COD", "Congo - Kinshasa"),
        ("{A|country|name:ar}", "Oman", "عُمان"),
        ("{A|slug}", "Kırlangıç", "kirlangic"),
        ("{A|split:;}", " a ; b;; ", ["a", "b"]),
        ('{A|split:"|"}', "a|b", ["a", "b"]),
        ("{A|split:/}", "a / b", ["a", "b"]),
        ("{A|split:/[;,] */}", "a; b,c", ["a", "b", "c"]),
        ("{A|split:;|country}", "Oman; Jordan", ["OM", "JO"]),
        ("{A|list}", '["a", "b", ""]', ["a", "b"]),
        ("{A|list}", "['a', \"b's\", None]", ["a", "b's"]),
        ("{A|first}", ["a", "b"], "a"),
        ("{A|rest}", ["a", "b", "c"], ["b", "c"]),
        ("{A|rest}", "a", None),
        ("{A|match:Q[0-9]+$}", "http://x/Q842", "Q842"),
        ("{A|match:x(.)}", "axb", "b"),
        ("{A|match:x}", "abc", None),
        ("{A|missing:-1,0}", "-1", None),
        ("{A|missing:-1,0}", -1, None),
        ("{A|missing:-1,0}", "5", "5"),
        ("{A|doubt:uncertain}", "5", None),
        ("{A|cut:12}", "in the harbour of Muscat", "in the…"),
        ("{A|cut}", "short", "short"),
        ("{A|html}", "<p>A &amp; B<br>C</p><script x='>'>", "A & B C"),
        ("{A|split:;}", ["a;b", "c"], ["a", "b", "c"]),
    ],
)
def test_a_filter_makes_a_value_of_a_cell(mapped: Read, slot: str, cell: Any, expected: Any) -> None:
    assert value(mapped, slot, cell) == expected


@pytest.mark.parametrize(
    ("slot", "cell", "message"),
    [
        ("{A|date}", "soon", '"soon" is not a date'),
        ("{A|date}", "3/4/2019", "can be 2019-04-03 or 2019-03-04; set file.dayFirst; other cells of this column: 0"),
        ("{A|date}", [["x"]], "not a date as CSL has it"),
        ("{A|number}", "several", "which is not a number"),
        ("{A|number}", -1, "which is not a number"),
        ("{A|currency}", "$5m", "which $?; write its code as in {…|currency:USD}"),
        ("{A|currency}", "12", "names no currency"),
        ("{A|currency:USD}", "5 ريال", "which ريال?"),
        ("{A|country}", "Congo", "which can be CD or CG; say which in [values.country]"),
        ("{A|country}", "Ruritania", "no country that factcli knows"),
        ("{A|country:alpha-2}", "OMN", "which is no alpha-2 code of a country"),
        ("{A|country:alpha-3}", "Oman", "which is no alpha-3 code of a country"),
        ("{A|name}", "Oman", "which is no alpha-2 code of a country"),
        ("{A|list}", "a, b", "no list of JSON or Python"),
        ("{A|list}", "[" * 5000, "no list of JSON or Python"),
        ("{A|status}", "x", "which [values.status] of the mapping does not have"),
        ("{A|match:x*x*x*y}", "x" * 20_001, "the pattern"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_cell_that_a_filter_cannot_read_is_a_fault(mapped: Read, slot: str, cell: str, message: str) -> None:
    found = mapped(TOML.format("", slot, "[values.status]\n"), json.dumps([{"A": cell}]), "a.json")
    assert message in found.messages[0]


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("{A|dat}", "did you mean date"),
        ("{A|currency:dollar}", "it takes an ISO 4217 code"),
        ("{A|country:iso}", "it takes alpha-2, alpha-3, numeric, name"),
        ("{A|name:fr}", "it takes en or ar"),
        ("{A|split}", "it takes what stands between"),
        ("{A|match}", "it takes a regular expression"),
        ('{A|match:"(a+)+$"}', "can take forever"),
        ("{A|match:(}", "no regular expression"),
        ("{A|cut:0}", "it takes a number of characters"),
        ("{A|number:2}", "it takes no argument"),
        ("{A|missing}", "it takes the values"),
        ("{A|doubt}", "it takes a text"),
    ],
)
def test_an_argument_that_a_filter_does_not_take_is_refused(mapped: Read, slot: str, message: str) -> None:
    with pytest.raises(InputError, match=r"extra\.x") as error:
        mapped(TOML.format("", slot, ""), "[]", "a.json")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("slot", "cell", "table", "expected"),
    [
        ("{A|country}", "TECRO", 'country]\nTECRO = "TW"', "TW"),
        ("{A|country}", "tecro", 'country]\n"TECRO" = "TW"', "TW"),
        ("{A|country}", "NATO**", 'country]\n"NATO**" = ""', None),
        ("{A|country}", "Serbia and Montenegro", 'country]\n"Serbia and Montenegro" = ["RS", "ME"]', ["RS", "ME"]),
        ("{A|country:alpha-3}", "ZAR", 'country]\nZAR = "CD"', "CD"),
        ("{A|date}", "Spring 19", 'date]\n"Spring 19" = "2019-21"', "2019-21"),
        ("{A|number}", "a few", 'number]\n"a few" = 3', 3),
        ("{A|op}", "a few", 'number]\n"a few" = 3', "="),
        ("{A|split:,}", "Congo, Dem. Rep.", 'split]\n"Congo, Dem. Rep." = ["DR Congo"]', ["DR Congo"]),
        ("{A|kind}", "x", 'kind]\nx = "a"\n"*" = "b"', "a"),
        ("{A|kind}", "y", 'kind]\nx = "a"\n"*" = "b"', "b"),
        ("{A|kind}", "y", 'kind]\nx = "a"\n"*" = ""', None),
        ("{A|kind}", 5, "kind]\n5 = 2.5", 2.5),
    ],
)
def test_a_table_puts_a_value_right_before_its_filter(
    mapped: Read, slot: str, cell: Any, table: str, expected: Any
) -> None:
    assert value(mapped, slot, cell, tables=f"[values.{table}\n") == expected


def test_a_mark_in_the_column_beside_is_a_doubt(mapped: Read) -> None:
    toml = '[file]\nheader = ["N"]\n[fact]\nkind = "sale"\ndate = "{Y|date}"\n'
    toml += 'title.en = ["{N}: {N|doubt:unsure}", "{N}"]\n'
    found = mapped(toml + '[[fact.numbers]]\nwhat = "n"\nvalue = "{N|number}"\n', "N,,Y,\n5,?,2011,?\n6,,2012,\n")
    assert [(f["title"]["en"], f["date"], f["numbers"][0]["op"]) for f in found.facts] == [
        ("5: unsure", "2011?", "~"), ("6", "2012", "="),
    ]  # fmt: skip


def test_days_that_prove_an_order_are_counted(mapped: Read) -> None:
    toml = '[fact]\nkind = "visit"\ntitle.en = "T"\ndate = "{d|date}"\n'
    data = '[{"d": "3/4/2019"}, {"d": "13/4/2019"}, {"d": "14/4/2019"}, {"d": "4/15/2019"}]'
    (message,) = mapped(toml, data, "a.json").messages
    assert "2 fit true alone, 1 false alone" in message


def test_texts_that_were_cut_are_counted(mapped: Read) -> None:
    toml = '[fact]\nkind = "visit"\ntitle.en = "{t|cut:9}"\n'
    found = mapped(toml, '[{"t": "a long title"}, {"t": "short"}, {"t": "a long title"}]', "a.json")
    assert [note.partition(": ")[2] for note in found.reader.notes] == ["2 texts cut, as {…|cut} of the mapping asks"]


@given(st.text(min_size=1), st.integers(2, 50))
def test_a_cut_text_fits_and_ends_in_an_ellipsis(text: str, limit: int) -> None:
    if len(text) > limit:
        cut = cut_at_word(text, limit)
        assert len(cut) <= limit and cut.endswith("…")
