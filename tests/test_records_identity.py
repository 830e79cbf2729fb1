"""Entities of an import that a file has under another id, and states among the parties that are no partners yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factcli import store
from factcli.records import check_files, edit
from factcli.records.identity import known_ids, missing_states, states_of
from factcli.records.mapping import MappedReader

TURKEY = {"id": "turkey", "type": "country", "name": {"en": "Turkey"}, "country": "TR"}
ROE = {"id": "jane", "type": "person", "name": {"en": "Jane Roe", "ar": "جين رو"}}


@pytest.mark.parametrize(
    ("entity", "same"),
    [
        ({"id": "turkiye", "type": "country", "name": {"en": "Türkiye"}, "country": "TR"}, "turkey"),
        ({"id": "jane-roe", "type": "person", "name": {"en": "JANE ROE"}}, "jane"),
        ({"id": "x", "type": "person", "name": {"ar": "جين رو"}}, "jane"),
        ({"id": "jane-roe", "type": "company", "name": {"en": "Jane Roe"}}, None),
        ({"id": "jane", "type": "person", "name": {"en": "Jane Roe"}}, None),
        ({"id": "twins", "type": "person", "name": {"en": "Twin"}}, None),
    ],
)
def test_an_entity_is_the_one_of_its_name_and_type(entity: Any, same: str | None) -> None:
    twins = [{"id": f"twin-{n}", "type": "person", "name": {"en": "Twin"}} for n in (1, 2)]
    assert known_ids([entity], [TURKEY, ROE, *twins]) == ({entity["id"]: same} if same else {})


def test_the_states_among_parties_are_partners() -> None:
    states = states_of([TURKEY, ROE, {"id": "o", "type": "country", "country": None}])
    assert states == {"turkey": "TR"}
    fact = {"partners": ["OM"], "parties": [{"entity": "turkey"}, {"entity": "jane"}, {"entity": "turkey"}]}
    assert missing_states(fact, states) == ["TR"]


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


FACT = {"id": "a", "kind": "visit", "title": {"en": "A visit"}, "parties": [{"entity": "turkey", "role": "host"}],
        "sources": [{"source": "s"}]}  # fmt: skip
SOURCE = {"record": "source", "id": "s", "title": {"en": "S"}}


def test_an_import_adds_the_states_as_partners_and_changes_no_fact_unasked(tmp_path: Path) -> None:
    db, given, without_id = (tmp_path / name for name in ("mine.json", "facts.jsonl", "new.jsonl"))
    given.write_text(lines({"record": "entity", **TURKEY}, SOURCE, FACT))
    edit.import_files([str(given)], str(db))
    assert store.read([str(db)]).facts[0]["partners"] == ["TR"]
    bare = db.read_text().replace('"partners": ["TR"]', '"partners": []')
    db.write_text(bare)
    (problem,) = check_files([str(db)], are_fact_files=True)
    assert problem.code == "W306" and "import --update" in problem.fix
    assert edit.import_files([str(given)], str(db)).unchanged == 1
    assert edit.import_files([str(given)], str(db), update=True).updated == 1
    assert check_files([str(db)], are_fact_files=True) == []
    without_id.write_text(lines({**FACT, "id": None, "title": {"en": "Another"}}))
    assert [edit.import_files([str(without_id)], str(db)).added for _ in range(2)] == [1, 0]


def test_a_mapping_takes_the_entities_of_the_file(tmp_path: Path) -> None:
    db, given = tmp_path / "mine.json", tmp_path / "facts.jsonl"
    given.write_text(lines({"record": "entity", **TURKEY}, SOURCE, FACT))
    edit.import_files([str(given)], str(db))
    (tmp_path / "m.toml").write_text(
        '[file]\nheader = ["Who"]\n[fact]\nkind = "sale"\ntitle.en = "{Who}"\n'
        '[[fact.parties]]\nrole = "seller"\ncountry = "{Who|country}"\n'
    )
    (tmp_path / "r.csv").write_text("Who,When\nTürkiye,2019\nOman,2020\n")
    edit.import_files([str(tmp_path / "r.csv")], str(db), reader=MappedReader(str(tmp_path / "m.toml"), None))
    facts = store.read([str(db)])
    assert [fact["parties"][0]["entity"] for fact in facts.facts[1:]] == ["turkey", "oman"]
    assert list(facts.entities) == ["turkey", "oman"]
    assert facts.entities["turkey"]["name"] == {"en": "Turkey"}


def test_an_update_completes_the_entities_that_a_mapping_names(tmp_path: Path) -> None:
    db = tmp_path / "mine.json"
    (tmp_path / "m.toml").write_text(
        '[file]\nheader = ["Who"]\n[fact]\nkey = "{No}"\nkind = "sale"\ntitle.en = "T"\n[[fact.parties]]\nrole = "x"\n'
        'name.en = "{Who}"\nname.ar = "{Arabic}"\naliases = ["{Alias}"]\ntype = "company"\n'
    )

    def put(text: str, **options: bool) -> edit.Report:
        (tmp_path / "r.csv").write_text(f"No,Who,Arabic,Alias\n{text}\n")
        reader = MappedReader(str(tmp_path / "m.toml"), None)
        return edit.import_files([str(tmp_path / "r.csv")], str(db), reader=reader, **options)

    put("f1,Norvik GmbH,,NVK")
    assert put("f2,NORVIK GmbH,نورفيك,Norvik Lines").entities == 0
    assert put("f2,NORVIK GmbH,نورفيك,Norvik Lines", update=True).entities == 1
    (entity,) = store.read([str(db)]).entities.values()
    assert (entity["name"], entity["aliases"]) == (
        {"en": "Norvik GmbH", "ar": "نورفيك"}, ["NVK", "Norvik Lines"],
    )  # fmt: skip
    assert put("f2,NORVIK GmbH,نورفيك,Norvik Lines", update=True) == edit.Report(str(db), unchanged=1)
