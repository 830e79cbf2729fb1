"""What a row becomes: facts with parties, numbers, links and sources, entities and sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from factcli.records.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Mapped

    Read = Callable[..., Mapped]

FACT = '[fact]\nkind = "sale"\ntitle.en = "T"\n'


def one(mapped: Read, toml: str, **record: Any) -> Any:
    """The fact that a record becomes."""
    found = mapped(toml, json.dumps([record]), "a.json")
    assert found.messages == []
    return found.facts[0]


PARTY = FACT + '[[fact.parties]]\nrole = "{role}"\n'


@pytest.mark.parametrize(
    ("block", "record", "entity"),
    [
        ('country = "{c|country}"', {"c": "Türkiye"},
         {"id": "turkiye", "type": "country", "name": {"en": "Türkiye", "ar": "تركيا"}, "country": "TR"}),
        ('name.en = "{n}"', {"n": "Norvik GmbH"}, {"id": "norvik-gmbh", "type": "organization", "country": None}),
        ('name.en = "{n}"', {"n": "Salalah", "role": "place"}, {"id": "salalah", "type": "place"}),
        ('name.en = "{n}"', {"n": "Oman"}, {"id": "oman", "type": "country", "country": "OM"}),
        ('name.en = "{n}"', {"n": "Omani"}, {"id": "omani", "type": "organization", "country": None}),
        ('name.en = "{n}"\ntype = "company"', {"n": "Jordan"}, {"id": "jordan", "type": "company", "country": None}),
        ('name.en = "{n}"\ncountry = "{c}"', {"n": "X", "c": "DE"}, {"id": "x", "country": "DE"}),
        ('name.ar = "{n}"\ntype = "person"', {"n": "سالم"}, {"id": "person-4e2b1fba", "name": {"ar": "سالم"}}),
        ('name.en = "{n}"\naliases = ["{a|split:;}", "{n}"]', {"n": "X", "a": "Y; Z"}, {"aliases": ["Y", "Z"]}),
        ('entity = "{e}"\nname.en = "{n}"', {"e": "Q842", "n": "Oman"}, {"id": "q842", "type": "country"}),
        ('entity = "{e}"\ncountry = "{c}"', {"e": "Q1", "c": "OM"}, {"id": "q1", "name": {"en": "Oman", "ar": "عُمان"}}),
        ('entity = "{n|slug}"\nname.en = "{n}"', {"n": "A B"}, {"id": "a-b"}),
    ],
)  # fmt: skip
def test_a_party_is_who_its_block_names(mapped: Read, block: str, record: dict[str, str], entity: Any) -> None:
    found = mapped(PARTY + block, json.dumps([{"role": "participant", **record}]), "a.json")
    (known,) = found.entities.values()
    assert {key: known[key] for key in entity} == entity
    assert found.facts[0]["parties"] == [{"entity": known["id"], "role": record.get("role", "participant")}]


@pytest.mark.parametrize(
    "block",
    ['country = "{c|country}"', 'name.en = "{n}"', 'name.en = "{n}"\ncountry = "OM"', 'entity = "{e}"\nname.en = "X"'],
)
def test_a_party_without_its_main_value_is_left_out(mapped: Read, block: str) -> None:
    found = mapped(PARTY + block, '[{"role": "buyer"}]', "a.json")
    assert (found.facts[0]["parties"], found.entities, found.problems) == ([], {}, [])


def test_an_entity_may_be_named_by_its_id_alone(mapped: Read) -> None:
    found = mapped(PARTY + 'entity = "{e}"', '[{"role": "x", "e": ["XX-1", "xx-2"]}]', "a.json")
    assert [party["entity"] for party in found.facts[0]["parties"]] == ["xx-1", "xx-2"]
    assert found.entities == {}


def test_a_block_repeats_for_each_item(mapped: Read) -> None:
    toml = FACT + '[[fact.parties]]\nrole = "{.role}"\neach = "{who}"\nname.en = "{.name}"\n'
    fact = one(mapped, toml, who=[{"role": "buyer", "name": "A"}, {"role": "seller", "name": "B"}, {"role": "x"}])
    assert fact["parties"] == [{"entity": "a", "role": "buyer"}, {"entity": "b", "role": "seller"}]


def test_partners_are_the_parties_that_are_countries_unless_they_are_given(mapped: Read) -> None:
    toml = PARTY + 'country = "{c|split:;|country}"\n'
    record = {"role": "buyer", "c": "Oman; Jordan; Oman"}
    assert one(mapped, toml, **record)["partners"] == ["OM", "JO"]
    assert one(mapped, toml.replace("[[", 'partners = ["{p}"]\n[[', 1), p="TR", **record)["partners"] == ["TR"]
    assert one(mapped, toml.replace("[[", "partners = []\n[[", 1), **record)["partners"] == []


NUMBER = FACT + '[[fact.numbers]]\nwhat = "value"\nvalue = "{n|number}"\n'


@pytest.mark.parametrize(
    ("more", "cell", "number"),
    [
        ("", "about 5", {"what": "value", "op": "~", "value": 5}),
        ('op = ">"', "about 5", {"what": "value", "op": ">", "value": 5}),
        ('unit = "{n|currency:USD}"', "$5m", {"what": "value", "op": "=", "value": 5000000, "unit": "USD"}),
        ('as_of = "{d|date}"', "5", {"what": "value", "op": "=", "value": 5, "as_of": "2019"}),
    ],
)
def test_a_number_has_its_operator_and_unit(mapped: Read, more: str, cell: str, number: Any) -> None:
    assert one(mapped, NUMBER + more, n=cell, d="2019")["numbers"] == [number]


def test_a_number_without_value_is_left_out(mapped: Read) -> None:
    assert one(mapped, NUMBER + 'unit = "piece"', n="")["numbers"] == []


SOURCE = FACT + "[[fact.sources]]\n"


@pytest.mark.parametrize(
    ("block", "record", "source"),
    [
        ('title.en = "{t}"', {"t": "Sample Daily"}, {"id": "sample-daily", "title": {"en": "Sample Daily"}}),
        ('URL = "{u}"', {"u": "https://e.org/1"}, {"title": {"en": "https://e.org/1"}, "URL": "https://e.org/1"}),
        ('source = "s"\nURL = "{u}"', {"u": "https://e.org/1"}, {"id": "s"}),
        ('title.en = "{t}"\nissued = "{d|date}"', {"t": "A", "d": "May 2019"}, {"issued": "2019-05"}),
    ],
)
def test_a_source_is_what_its_block_says(mapped: Read, block: str, record: Any, source: Any) -> None:
    found = mapped(SOURCE + block, json.dumps([record, record]), "a.json")
    (known,) = found.sources.values()
    assert {key: known[key] for key in source} == source
    assert [fact["sources"] for fact in found.facts] == [[{"source": known["id"]}]] * 2


def test_sources_that_differ_are_two(mapped: Read) -> None:
    toml = SOURCE + 'title.en = "Notice"\nURL = "{u}"\n'
    found = mapped(toml, '[{"u": "https://e.org/1"}, {"u": "https://e.org/2"}, {}]', "a.json")
    assert len(found.sources) == 3


def test_a_locator_keeps_its_place(mapped: Read) -> None:
    toml = SOURCE + 'source = "s"\nparagraph = "{p}"\nsentence = 2\nquote = "{q}"\n'
    assert one(mapped, toml, p=3, q="x")["sources"] == [{"source": "s", "paragraph": 3, "sentence": 2, "quote": "x"}]
    assert one(mapped, SOURCE + 'title.en = "{t}"\n', t="")["sources"] == []


@pytest.mark.parametrize(
    ("begin", "end", "date"),
    [
        ("2019", "2020", "2019/2020"), ("2019", "2019", "2019"), ("2019", None, "2019/.."), (None, "2020", None),
        ("2018-2019", "2020-2021", "2018/2021"), ("since 2019", "2021", "2019/2021"),
    ],
)  # fmt: skip
def test_of_dates_that_are_joined_the_outer_ends_count(
    mapped: Read, begin: str | None, end: str | None, date: str | None
) -> None:
    fact = one(mapped, FACT + 'date = ["{b|date}/{e|date}", "{b|date}/.."]\n', b=begin, e=end)
    assert fact.get("date") == date


def test_the_words_for_a_part_of_a_date_are_its_note(mapped: Read) -> None:
    toml = FACT + 'date = "{d|date}"\ndate_note.en = "{n}"\n'
    assert one(mapped, toml, d="early 2019")["date_note"] == {"en": "early 2019"}
    assert one(mapped, toml, d="early 2019", n="Said so.")["date_note"] == {"en": "Said so."}
    assert one(mapped, toml, d="أوائل 2016", n="Said so.")["date_note"] == {"ar": "أوائل 2016", "en": "Said so."}


def test_a_basis_goes_with_a_date(mapped: Read) -> None:
    toml = FACT + 'date = "{d|date}"\ndate_basis = "stated"\n'
    assert one(mapped, toml, d="2019")["date_basis"] == "stated"
    assert "date_basis" not in one(mapped, toml)


def test_a_key_makes_the_id_and_a_link_leads_to_it(mapped: Read) -> None:
    toml = FACT + 'key = ["x", "{k}", "{l}"]\nsaid_by = "{w}"\n[[fact.links]]\nrel = "about"\nfact = "x-{o}"\n'
    fact = one(mapped, toml, k="GFW_1", o="HLT_2", w="Jane Roe")
    assert (fact["id"], fact["links"]) == ("x-gfw-1", [{"rel": "about", "fact": "x-hlt-2"}])
    assert fact["said_by"] == "jane-roe"
    (message,) = mapped(FACT + 'key = "{k}"\n', '[{"k": "—"}]', "a.json").messages
    assert "k: is empty, but the key of the row" in message


def test_rows_go_to_the_blocks_whose_conditions_they_meet(mapped: Read) -> None:
    toml = (
        '[[entity]]\nwhere = {a.schema = ["Person", "Company"]}\nkey = "{id}"\ntype = "{a.schema|t}"\nname.en = "{n}"\n'
        '[[fact]]\nwhere = {a.schema = "Sanction"}\nunless = {n = "X"}\nkind = "policy"\ntitle.en = "{n}"\n'
        '[values.t]\nPerson = "person"\nCompany = "company"\n'
    ).replace("a.schema =", '"a.schema" =')
    rows = [{"id": "XX-1", "a": {"schema": "Person"}, "n": "A"}, {"a": {"schema": ["Sanction"]}, "n": "B"},
            {"a": {"schema": "Sanction"}, "n": "X"}, {"a": {"schema": "Ownership"}}]  # fmt: skip
    found = mapped(toml, json.dumps(rows), "a.json")
    assert (list(found.entities), [fact["title"]["en"] for fact in found.facts]) == (["xx-1"], ["B"])
    assert [note.partition(": ")[2] for note in found.reader.notes] == [
        "2 rows left out, which no block of the mapping takes"
    ]


def test_a_source_block_makes_sources(mapped: Read) -> None:
    toml = '[source]\nkey = "{id}"\ntype = "{t}"\ntitle.en = "{n}"\nissued = "{d|date}"\nauthor.en = "{a.family}"\n'
    record = {
        "id": "A 1",
        "t": "book",
        "n": "N",
        "d": {"date-parts": [[2019, 5]]},
        "a": [{"family": "Roe"}, {"family": "Doe"}],
    }
    assert mapped(toml, json.dumps([record]), "a.json").sources["a-1"] == {
        "id": "a-1", "type": "book", "title": {"en": "N"}, "author": {"en": "Roe, Doe"}, "issued": "2019-05",
    }  # fmt: skip


def test_the_items_of_facts_are_in_canonical_form(mapped: Read) -> None:
    toml = NUMBER + 'as_of = "2019"\nunit = "piece"\n[[fact.sources]]\nsource = "s"\nquote = "{q}"\nparagraph = 1\n'
    toml += 'digest = "0123456789ab"\nsentence = 2\n[[fact.parties]]\nrole = "buyer"\ncountry = "OM"\n'
    toml += '[[fact.links]]\nrel = "about"\nfact = "b"\n'
    fact = one(mapped, toml, n=5.0, q="x")
    whole, plain = canonical(fact, "facts", is_clean=True), canonical(fact, "facts")
    assert json.dumps(whole) == json.dumps(plain)


def test_a_text_without_a_language_is_in_that_of_its_letters(mapped: Callable[..., Mapped]) -> None:
    toml = """
    [file]
    header = ["A", "B"]
    [fact]
    kind = "visit"
    title = ["{A}: {B}", "{A}"]
    note = "{B}"
    [[fact.parties]]
    role = "visitor"
    name = "{A}"
    """
    facts = mapped(toml, "A,B\nسالم المثالي,زيارة إلى Muscat\nJohn Sample,\n").facts
    assert [(fact["title"], fact.get("note")) for fact in facts] == [
        ({"ar": "سالم المثالي: زيارة إلى Muscat"}, {"ar": "زيارة إلى Muscat"}),
        ({"en": "John Sample"}, None),
    ]
    found = mapped(toml, "A,B\nسالم المثالي,x\nJohn Sample,y\n").entities
    assert [one["name"] for one in found.values()] == [{"ar": "سالم المثالي"}, {"en": "John Sample"}]
