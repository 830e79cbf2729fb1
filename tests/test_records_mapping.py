"""CSV of another form: what a mapping makes of its rows, and what is wrong with rows and mappings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factcli import package_data, store
from factcli.errors import InputError
from factcli.records import edit
from factcli.records.mapping import MappedReader

REGISTER = sorted((Path(__file__).parent / "data" / "sipri").iterdir())


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "mine.json"


def facts(db: Path) -> list[Any]:
    return store.read([str(db)]).facts


def register(db: Path, path: Path, name: str = "sipri.toml") -> edit.Report:
    return edit.import_files([str(path)], str(db), reader=MappedReader(name, None))


@pytest.mark.parametrize("path", REGISTER, ids=lambda path: path.stem)
def test_a_trade_register_is_read_whatever_was_done_to_it(db: Path, path: Path) -> None:
    report = register(db, path)
    assert (report.added, report.sources) == (4, 1)
    first, second, third, fourth = facts(db)
    assert first["partners"] == ["US", "OM"]
    assert first["numbers"] == [
        {"what": what, "op": "=", "value": 12, "unit": "piece"} for what in ("quantity", "delivered")
    ]
    assert first["note"] == {"en": "Invented for a test; no such order. Delivered: 1999, 2000; New"}
    assert (second["date"], second["partners"], second["numbers"][0]["op"]) == ("2003~", ["CI", "OM"], "~")
    assert (third["date"], third["partners"]) == ("1979?", ["SU", "OM"])
    assert (fourth["partners"], fourth["numbers"], fourth["parties"][1]["entity"]) == (["OM"], [], "nato")
    assert "Côte d'Ivoire" in second["title"]["en"]


def test_a_register_twice_changes_nothing(db: Path) -> None:
    register(db, REGISTER[0])
    assert register(db, REGISTER[1]) == edit.Report(str(db), unchanged=4)


def test_a_mapping_of_ones_own_is_named_by_its_path(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text(package_data.text("sipri.toml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("mine.toml", "./mine.toml", str(tmp_path / "mine.toml")):
        assert MappedReader(name, None)
    assert register(db, REGISTER[0], "mine.toml").added == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no line with the columns"),
        ("{header}Atlantis,Oman,1998,,1,,X,Y,\n", "no country that factcli knows"),
        ("{header}Oman,France,soon,,1,,X,Y,\n", "Year of order: .*is not a date"),
        ("{header}Oman,France,1998,,a few,,X,Y,\n", "Number ordered: is .*not a number"),
    ],
    ids=["no header", "unknown country", "no year", "no number"],
)
def test_what_is_wrong_with_a_register_is_reported(tmp_path: Path, db: Path, text: str, message: str) -> None:
    header = "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Comments,"
    header += "Number delivered,Year(s) of delivery,status\n"
    (tmp_path / "r.csv").write_text(text.format(header=header), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        register(db, tmp_path / "r.csv")


FACT = '[fact]\nkind = "sale"\ntitle.en = "{Recipient}"\n'
FILE = '[file]\nheader = ["Recipient"]\n'


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[file", "is not TOML"),
        ("[file]\n" + FACT, "file.header: is missing; write names of columns"),
        (FACT, "file.header: is missing"),
        (FILE, "fact: is missing"),
        (FILE + "[fact]\n", "fact.kind: is missing"),
        ("file = 1\n" + FACT, "file: is a number and not an object"),
        ("[file]\nheader = [1]\n" + FACT, r"file.header\[1\]: is a number and not a text"),
        (FILE + 'delimiter = "||"\n' + FACT, r'file.delimiter: is "\|\|"; write one character'),
        (FILE + "tail = 1\n" + FACT, "file.tail: is a number"),
        (FILE + 'encodings = "utf-8"\n' + FACT, "file.encodings: is a text and not a list"),
        (FILE + 'encodings = ["klingon"]\n' + FACT, "not an encoding"),
        (FILE + 'encodings = ["hex"]\n' + FACT, "not an encoding"),
        (FILE + FACT + "[values]\ncountry = 1\n", "values.country: is a number and not an object"),
        ('sources = "x"\n' + FILE + FACT, "sources: is a text and not a list"),
        (FILE + '[fact]\nkind = "sale"\ntitle.en = "{Nothing}"\n', "Nothing: is not a column"),
        (FILE + '[fact]\nkind = "sale"\ntitle.en = "{Recipient|colour}"\n', r"no table \[values.colour\]"),
        (
            FILE + '[fact]\nkind = "sale"\ntitle.en = "{Recipient|colour}"\n[values.colour]\n',
            r"Recipient: is .*, which \[values.colour\] of the mapping does not have",
        ),
    ],
)
def test_what_is_wrong_with_a_mapping_is_reported(tmp_path: Path, db: Path, toml: str, message: str) -> None:
    (tmp_path / "m.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        register(db, REGISTER[-1], str(tmp_path / "m.toml"))
    assert not db.exists()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('file = "x"\n' + FACT, "file: is a text and not an object"),
        ("[[file]]\n" + FACT, "file: is a list and not an object"),
        ("[file]\nheader = []\n" + FACT, "file.header: is empty"),
        ("[file]\nheader = 'Recipient'\n" + FACT, "file.header: is a text and not a list"),
        (FILE + "skip = -11\n" + FACT, "file.skip: is not a key of mappings"),
        (FILE + "encoding = 'utf-8'\n" + FACT, "file.encoding: is not a key of mappings; did you mean encodings"),
        (FILE + "encodings = []\n" + FACT, "file.encodings: is empty"),
        (FILE + 'encodings = ["utf\\u0000-8"]\n' + FACT, "holds the control character"),
        (FILE + 'encodings = [""]\n' + FACT, "is not an encoding"),
        (FILE + 'encodings = ["rot13"]\n' + FACT, "is not an encoding"),
        (FILE + f'encodings = ["{"x" * 100_000}"]\n' + FACT, "is not an encoding"),
        (FILE + 'delimiter = ",\\n"\n' + FACT, "file.delimiter: is "),
        (FILE + 'delimiter = "\\u0000"\n' + FACT, "file.delimiter: is "),
        (FILE + 'delimiter = ""\n' + FACT, "file.delimiter: is "),
        (FILE + "delimiter = 1979-05-27\n" + FACT, "file.delimiter: is "),
        (FILE + FACT + "[fakt]\n", "fakt: is not a key of mappings; did you mean fact"),
        (FILE + FACT + "statuss = 'held'\n", "fact.statuss: is not a key of mappings; did you mean status"),
        (FILE + FACT + "match = 'x'\n", "fact.match: is not a key of mappings"),
        (FILE + FACT + "date = 1979-05-27\n", "fact.date: is a date or a time; write a text in quotes"),
        (FILE + FACT + "extra.day = [07:32:00]\n", r"fact.extra.day\[1\]: is a date or a time"),
        (FILE + FACT + "extra.a = nan\n", "fact.extra.a: is not finite"),
        (FILE + FACT + "extra.a = inf\n", "fact.extra.a: is not finite"),
        (FILE + FACT + "extra.a = " + "[" * 40 + "]" * 40 + "\n", "more than 10 levels deep"),
        (FILE + FACT + "extra.a = " + "[" * 9000 + "]" * 9000 + "\n", "is not TOML"),
        (FILE + FACT + "note.en = '{Recipient|Country}'\n", r'has the filter "Country".*did you mean country'),
        (FILE + FACT + "note.en = '{Recipient'\n", "fact.note.en: is .*braces enclose neither"),
        (FILE + FACT + "note.en = '{}'\n", "fact.note.en: is .*braces enclose neither"),
        (FILE + FACT + "note.en = '{Recipient|contry}'\n", "did you mean country"),
        (FILE + FACT + "note.en = '{../../etc/passwd}'\n", "note.en: has .*no each"),
        (FILE + FACT + "note.en = " + repr("(a+)+$" * 100_000) + "\n", "note.en: has 600000 characters"),
        (FILE + FACT + "id = '../../x'\n", 'id: is "../../x"; use a-z'),
        (
            FILE + FACT + "[[fact.numbers]]\nwhat = 'value'\nvalue = '{Recipient|number}'\n",
            "Recipient: is .*not a number",
        ),
        (FILE + FACT + "parties = [1]\n", r"parties\[1\]: is a number and not an object"),
        (FILE + FACT + "[values.country]\nOman = [['OM']]\n", "values.country.Oman: is a list and not a text"),
        (FILE + FACT + "[values.country]\nOman = '?'\n", "values.country.Oman: is .*not filled in yet"),
        (FILE + FACT + "[values.country]\nOman = 1979-05-27\n", "values.country.Oman: is a date"),
        (
            FILE + FACT + "partners = ['{Recipient|country}']\n[values.country]\nOman = 7\n",
            r"partners\[1\]: is a number",
        ),
        (
            FILE + FACT + "[[sources]]\nid = 's'\ntitle.en = 'S'\nissued = 1979-05-27\n",
            r"sources\[1\].issued: is a date",
        ),
        (FILE + FACT + "[[sources]]\nid = 's'\ntitle.en = 'S'\nvolume = 1\n", "sources volume: is not a field"),
        ("sources = [1]\n" + FILE + FACT, r"sources\[1\]: is a number and not an object"),
        ("# " + "x" * 1_000_001, "has 1000003 bytes, more than 1000000"),
        ("a = 1\na = 2\n", "is not TOML"),
        ("a = " + "9" * 5000, "is not TOML"),
        ("\ufeff\udcff", "is not TOML"),
    ],
    ids=lambda value: value[-40:],
)
def test_a_hostile_mapping_is_refused_in_one_line(tmp_path: Path, db: Path, toml: str, message: str) -> None:
    (tmp_path / "m.toml").write_text(toml, encoding="utf-8", errors="surrogateescape")
    (tmp_path / "r.csv").write_text("Recipient\tB\nOman\tx\n".replace("\t", ","), encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        register(db, tmp_path / "r.csv", str(tmp_path / "m.toml"))
    (problem,) = error.value.problems
    assert problem.isprintable() and len(problem) < 600
    assert not db.exists()


def test_a_mapping_may_give_numbers_and_leave_values_out(tmp_path: Path, db: Path) -> None:
    (tmp_path / "m.toml").write_text(
        '[file]\nheader = ["A"]\n[fact]\nkind = "sale"\ntitle.en = "{A}"\nextra.exact = 0.1234567890123456789\n'
        'status = "{A|status}"\n[[fact.numbers]]\nwhat = "value"\nvalue = "{A|amount}"\n'
        '[values.amount]\nx = 0\ny = 2.50\n[values.status]\nx = ""\ny = "held"\n',
        encoding="utf-8",
    )
    (tmp_path / "r.csv").write_text("A,B\nx,1\ny,2\n", encoding="utf-8")
    register(db, tmp_path / "r.csv", str(tmp_path / "m.toml"))
    assert [(fact["status"], fact["numbers"][0]["value"]) for fact in facts(db)] == [(None, 0), ("held", 2.5)]
    assert str(facts(db)[0]["extra"]["exact"]) == "0.1234567890123456789"


@pytest.mark.parametrize("name", ["nothing.toml", "no/such.toml", "."])
def test_a_mapping_that_cannot_be_read_is_reported(db: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no such mapping|is a directory"):
        register(db, REGISTER[0], name)


def test_a_record_that_is_nested_too_deeply_is_a_fault(mapped: Any) -> None:
    toml = '[fact]\nkind = "visit"\ntitle.en = "{a}"\n'
    for depth in (400, 700, 900):
        found = mapped(toml, '[{"a": ' + "[" * depth + '"x"' + "]" * depth + "}]", "a.json")
        assert found.facts or "nested too deeply" in found.messages[0]


def test_a_text_that_is_too_long_may_be_cut(mapped: Any) -> None:
    toml = '[fact]\nkind = "visit"\ntitle.en = "{a}"\nnote.en = "{b}"\n'
    (message,) = mapped(toml, f'[{{"a": "{"x" * 501}", "b": "{"y" * 5000}"}}]', "a.json").messages
    assert message == (
        "record 1: title.en: has 501 characters, more than 500; shorten it, as {…|cut} of the mapping does"
    )


def test_a_value_without_its_cell_is_left_out(tmp_path: Path, db: Path) -> None:
    (tmp_path / "m.toml").write_text(
        '[file]\nheader = ["A", "B"]\n'
        '[fact]\nkind = "sale"\ntitle.en = "{A} {B}"\ntitle.ar = "{A}"\nnote.en = "{B}"\nremark.en = "{C}"\n'
        '[[fact.numbers]]\nwhat = "value"\nvalue = "{B|number}"\n[values.a]\n',
        encoding="utf-8",
    )
    (tmp_path / "r.csv").write_text("A,B,C\nx,,1\ny,(1 200.5),1\n", encoding="utf-8")
    register(db, tmp_path / "r.csv", str(tmp_path / "m.toml"))
    assert [(fact["title"], fact["note"], fact["remark"], fact["numbers"]) for fact in facts(db)] == [
        ({"ar": "x"}, None, {"en": "1"}, []),
        (
            {"en": "y (1 200.5)", "ar": "y"},
            {"en": "(1 200.5)"},
            {"en": "1"},
            [{"what": "value", "op": "~", "value": 1200.5}],
        ),
    ]


KEYED = '[file]\nheader = ["K", "T"]\n[fact]\nkey = "{K}"\nkind = "visit"\ntitle.en = "{T}"\nnote.en = "{N}"\n'
PARTY = '[[fact.parties]]\nrole = "host"\nname.en = "{P}"\ntype = "company"\ncountry = "{C}"\n'


def test_a_key_that_occurs_again_is_a_fault_unless_rows_are_merged(mapped: Any) -> None:
    text = "K,T,N,P,C\nA 1,x,,One,\nb,y,,,\na-1,x,n,Two,\n"
    (message,) = mapped(KEYED + PARTY, text).messages
    assert message == (
        'record 3, line 4: id: "a-1" is the key of line 2 as well; '
        "make the key tell them apart, or set merge = true where rows of one key are one fact"
    )
    found = mapped(KEYED + "merge = true\n" + PARTY, text)
    assert [fact["id"] for fact in found.facts] == ["a-1", "b"] and found.messages == []
    assert [party["entity"] for party in found.facts[0]["parties"]] == ["one", "two"]
    assert found.facts[0]["note"] == {"en": "n"}


def test_merged_rows_must_agree_and_come_in_together(mapped: Any) -> None:
    toml = KEYED + "merge = true\n" + PARTY
    text = "K,T,N,P,C\na,x,,One,\na,z,,Two,\nb,y,,,\na,x,,Three,\n"
    found = mapped(toml, text)
    assert [message.partition(";")[0] for message in found.messages] == [
        'id: "a" cannot be whole: line 3 is wrong (2 rows, lines 2, 5)',
        'record 2, line 3: title.en: is "z", but "x" in line 2',
    ]
    skipped = mapped(toml, text, skips_bad=True)
    assert [fact["id"] for fact in skipped.facts] == ["b"] and list(skipped.entities) == []
    assert [line.split(",")[3] for line in skipped.reader.rejects[0].text.splitlines()[1:]] == ["One", "Two", "Three"]


def test_parties_of_one_name_are_united_and_may_not_contradict_each_other(mapped: Any) -> None:
    text = "K,T,N,P,C\na,x,,Norvik GmbH,\nb,x,,NORVIK GMBH,DE\nc,x,,Norvik GmbH,AT\n"
    found = mapped(KEYED + PARTY, text, skips_bad=True)
    (entity,) = found.entities.values()
    assert (entity["name"], entity["aliases"], entity["country"]) == ({"en": "Norvik GmbH"}, ["NORVIK GMBH"], "DE")
    assert [fact["id"] for fact in found.facts] == ["a", "b"]
    (message,) = mapped(KEYED + PARTY, text).messages
    assert 'country: is "AT", but "DE" in line 2' in message


def test_a_table_is_read_in_any_order_of_its_rows(mapped: Any) -> None:
    rows = ["a,x,,Norvik GmbH,DE", "b,y,,سالم,OM", "c,z,,Two Words,"]
    ways = [mapped(KEYED + PARTY, "K,T,N,P,C\n" + "\n".join(order) + "\n") for order in (rows, rows[::-1])]
    assert ways[0].entities == ways[1].entities
    assert sorted(map(str, ways[0].facts)) == sorted(map(str, ways[1].facts))
