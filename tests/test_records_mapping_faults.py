"""Faults by group, and the tables to paste."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from factcli.dates.cells import DateReader
from factcli.lexicon.codes import CURRENCIES
from factcli.lexicon.words import Words
from factcli.records.mapping.faults import Faults
from factcli.records.mapping.filters import Filters
from factcli.records.mapping.rows import Fault
from factcli.records.problems import Place, format_for_editors, format_problem
from factcli.text.quantities import NumberReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Mapped

    Read = Callable[..., Mapped]

TOML = '[file]\nheader = ["A", "B"]\n[fact]\nkind = "sale"\ntitle.en = "T"\npartners = ["{A|country}", "{B|country}"]\n'


def test_a_fault_of_many_rows_is_one_problem_those_with_most_rows_first(mapped: Read) -> None:
    rows = ["Oman,Ruritania", "Grand Fenwick,Oman", "Oman,Ruritania", "Oman,Ruritania", "Jordan,Ruritania"]
    found = mapped(TOML, "A,B\n" + "\n".join(rows) + "\n")
    assert found.messages == [
        'B: is "Ruritania", no country that factcli knows (4 rows, lines 2, 4, 5, …); '
        'give its code in [values.country] of the mapping, "" for what is no state',
        'record 2, line 3: A: is "Grand Fenwick", no country that factcli knows; '
        'give its code in [values.country] of the mapping, "" for what is no state',
    ]
    assert [(one.rows, one.lines) for one in found.problems] == [(4, (2, 4, 5, 6)), (1, (3,))]
    assert "(4 rows, lines 2, 4, 5, …)" in format_for_editors(found.problems[0])
    assert found.facts == []


def test_what_the_mapping_lacks_can_be_pasted_into_it(mapped: Read) -> None:
    rows = ['Oman,"the ""X"" \\\\"', "Uzbekhstan,Congo", "Oman,Congo"]
    lines = mapped(TOML, "A,B\n" + "\n".join(rows) + "\n").reader.paste()
    assert lines[0] == '[values.country]  # fill in the code, "" for what is no state'
    assert lines[1].endswith('= "?"  # 1 row')
    assert lines[2:] == ['"Uzbekhstan" = "?"  # 1 row; UZ, Uzbekistan?', '"Congo" = "?"  # 2 rows; CD or CG']
    assert list(tomllib.loads("\n".join(lines))["values"]["country"]) == ['the "X" \\\\', "Uzbekhstan", "Congo"]


def test_tables_with_any_name_can_be_pasted(mapped: Read) -> None:
    toml = TOML.replace('"{A|country}", "{B|country}"', '"{A|a b}"') + '[values."a b"]\n'
    lines = mapped(toml, "A,B\nx,y\n").reader.paste()
    assert tomllib.loads("\n".join(lines)) == {"values": {"a b": {"x": "?"}}}


def test_a_paste_has_its_limit() -> None:
    meanings = Words().meanings
    filters = Filters({}, DateReader(meanings), NumberReader(meanings, CURRENCIES))
    faults = Faults(filters)
    for number in range(300):
        faults.add(Place("a.csv", number, number), [Fault("E034", "A", (f'"{number}"', "t"), "t", str(number))])
    assert (len(faults.paste()), faults.paste()[-1]) == (202, "# … and 100 more")
    assert (len(faults), len(Faults(filters))) == (300, 0)


def test_a_file_of_faults_is_read_no_further_than_ten_thousand_of_them(mapped: Read) -> None:
    toml = '[file]\nheader = ["A"]\n[fact]\nkind = "sale"\ntitle.en = "T"\nstatus = "{A|status}"\n[values.status]\n'
    found = mapped(toml, "A,B\n" + "".join(f"x{number},y\n" for number in range(11_000)))
    assert (found.problems[0].code, len(found.problems)) == ("E019", 10_002)


def test_the_text_of_a_row_has_all_of_its_faults() -> None:
    meanings = Words().meanings
    faults = Faults(Filters({}, DateReader(meanings), NumberReader(meanings, CURRENCIES)))
    text = faults.add(Place("a.csv", 1, 2), [Fault("E032", "A", ('"x"',)), Fault("E022", "", ("3", "2"))])
    assert text == (
        'A: is "x", no country that factcli knows; give its code in [values.country] of the mapping, "" for what is '
        "no state | has 3 columns where the header has 2; correct the line"
    )
    assert format_problem(faults.problems()[1]).startswith("a.csv: record 1, line 2: has 3 columns")
