"""Import, remove and export: all or nothing, every problem named, and what is exported can be imported again."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import model, search, store
from factcli.errors import AbsentError, FileError, InputError, UsageError
from factcli.lexicon import Lexicon
from factcli.records import edit, schema
from factcli.reports import fact_row
from factcli.reports.values import Values
from factcli.store import decode

if TYPE_CHECKING:
    from conftest import Run

FACT = {"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit"}}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "mine.json"


def put(db: Path, *records: Any, **options: Any) -> edit.Report:
    """What an import of the records as JSON Lines from standard input reports."""
    lines = "".join(json.dumps(record) + "\n" for record in records)
    return edit.import_files(["-"], str(db), stdin=io.BytesIO(lines.encode()), **options)


def facts(db: Path) -> list[Any]:
    return store.read([str(db)]).facts


def refused(db: Path, *records: Any, **options: Any) -> tuple[str, ...]:
    with pytest.raises(InputError) as error:
        put(db, *records, **options)
    return error.value.problems


# All or nothing.


def test_an_import_makes_the_file_and_reports_what_it_did(db: Path) -> None:
    report = put(db, FACT, {**FACT, "id": "b"}, {"record": "source", "id": "s", "title": {"en": "S"}})
    assert (report.created, report.added, report.sources) == (True, 2, 1)
    assert edit.format_report(report) == f"{db}: created: 2 facts added, 1 source added or completed"


def test_one_bad_record_keeps_out_all(db: Path) -> None:
    put(db, FACT)
    before = db.read_bytes()
    problems = refused(db, {**FACT, "id": "b"}, {**FACT, "id": "c", "date": "2023-13"}, {"kind": "visit"})
    assert problems[0].startswith("standard input: record 2: date: ")
    assert problems[1].startswith("standard input: record 3: title: is missing; ")
    assert db.read_bytes() == before


def test_a_bad_import_makes_no_file(db: Path) -> None:
    refused(db, {"kind": "visit"})
    assert os.listdir(db.parent) == []


def test_a_dry_run_reports_and_writes_nothing(db: Path) -> None:
    assert put(db, FACT, dry_run=True).added == 1
    assert not db.exists()


def test_an_id_that_exists_is_refused_unless_updated(db: Path) -> None:
    put(db, FACT, {**FACT, "id": "b"})
    (refusal,) = refused(db, {**FACT, "title": {"en": "Another"}})
    assert ': id: "a" is already in the file ' in refusal
    assert "/mine.json; leave it out" in refusal
    report = put(db, {**FACT, "title": {"en": "Another"}}, {**FACT, "id": "b"}, update=True)
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert [fact["title"]["en"] for fact in facts(db)] == ["Another", "A visit"]


def test_an_id_twice_in_one_import_is_refused(db: Path) -> None:
    assert "id of record 1" in refused(db, FACT, {**FACT, "kind": "sale"})[0]


def test_twenty_problems_are_listed_and_the_others_counted(db: Path) -> None:
    problems = refused(db, *({**FACT, "id": f"f{n}", "kind": f"k{n}"} for n in range(300)))
    assert len(problems) == 21
    assert problems[-1].startswith("… and 280 more")


def test_a_file_is_not_imported_into_itself(db: Path) -> None:
    put(db, FACT)
    with pytest.raises(InputError, match="itself"):
        edit.import_files([str(db)], str(db))


def test_the_shipped_file_is_not_changed() -> None:
    with pytest.raises(UsageError):
        put(Path(store.BUILTIN), FACT)


# What becomes of a record.


def test_records_have_the_numbers_of_their_ids_and_keep_those_that_they_have(db: Path) -> None:
    first, second = db.with_name("first.json"), db.with_name("second.json")
    for path in (first, second):
        path.write_text(json.dumps({"facts": {"1": FACT}}), encoding="utf-8")
    put(first, {**FACT, "id": "b"}, {**FACT, "id": "c"})
    put(second, {**FACT, "id": "c"}, {"record": "source", "id": "c", "title": {"en": "C"}})
    numbers = {path: {record["id"]: n for n, record in numbered(path).items()} for path in (first, second)}
    assert [*numbers[first]] == ["a", "b", "c"]
    assert numbers[first]["a"] == numbers[second]["a"] == "1"
    assert numbers[first]["c"] == numbers[second]["c"] == str(decode.record_number("c", {}))
    put(first, {**FACT, "id": "c", "status": "held"}, update=True)
    assert {record["id"]: n for n, record in numbered(first).items()} == numbers[first]


def test_two_ids_of_one_number_get_two(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit, "record_number", lambda _, taken: decode.record_number("same", taken))
    put(db, FACT, {**FACT, "id": "b"})
    put(db, {**FACT, "id": "c"})
    first, *others = map(int, numbered(db))
    assert others == [first + 1, first + 2]


def numbered(db: Path) -> Any:
    return json.loads(db.read_text(encoding="utf-8"))["facts"]


def test_what_is_left_out_is_written_as_unknown(db: Path) -> None:
    put(db, {"id": "a", "kind": "visit", "title": {"ar": "زيارة"}, "numbers": [{"what": "people", "value": 7}]})
    fact = facts(db)[0]
    assert tuple(fact) == model.FACT_KEYS
    assert (fact["date"], fact["date_basis"]) == (None, "unknown")
    assert fact["numbers"] == [{"what": "people", "op": "=", "value": 7}]


def test_text_is_kept_composed(db: Path) -> None:
    put(db, {**FACT, "title": {"en": "Tu\u0308rkiye"}})
    assert facts(db)[0]["title"]["en"] == "T\u00fcrkiye"


def test_the_same_fact_without_an_id_is_not_added_twice(db: Path) -> None:
    record = {"kind": "visit", "title": {"en": "A visit"}}
    put(db, record, record)
    assert [fact["id"] for fact in facts(db)] == ["visit-a-visit", "visit-a-visit-2"]
    assert put(db, record, record).unchanged == 2
    put(db, {**record, "note": {"en": "another one"}})
    assert facts(db)[2]["id"] == "visit-a-visit-3"


def test_json_output_can_be_imported(db: Path) -> None:
    derived = {
        "date_start": "2023-01-01",
        "date_end": "2023-12-31",
        "match": {"score": 100, "field": "title", "text": "x", "how": "exact"},
        "parties": [
            {"entity": "oman", "role": "lead", "name": {"en": "Oman", "ar": "عُمان"}},
            {"entity": "khanjar-hadd", "role": "exercise", "name": {"en": "Khanjar Hadd"}},
        ],
    }
    put(db, {**FACT, **derived})
    read = store.read([str(db)])
    assert read.facts[0]["parties"] == [
        {"entity": "oman", "role": "lead"},
        {"entity": "khanjar-hadd", "role": "exercise"},
    ]
    assert {(e["id"], e["type"], e["country"]) for e in read.entities.values()} == {
        ("oman", "country", "OM"),
        ("khanjar-hadd", "exercise", None),
    }


def test_an_entity_known_by_name_changes_none_that_is_there(db: Path) -> None:
    oman = {"id": "oman", "type": "country", "name": {"en": "Oman"}, "aliases": ["Sultanate"], "country": "OM"}
    put(db, {"record": "entity", **oman})
    put(db, {**FACT, "parties": [{"entity": "oman", "role": "lead", "name": {"en": "Something else"}}]})
    assert store.read([str(db)]).entities["oman"] == oman


def test_an_entity_is_completed_and_not_contradicted(db: Path) -> None:
    oman = {"record": "entity", "id": "oman", "type": "country", "name": {"en": "Oman"}}
    put(db, oman)
    put(db, {**oman, "name": {"ar": "عُمان"}, "aliases": ["Sultanate"], "country": "OM"})
    entity = store.read([str(db)]).entities["oman"]
    assert (entity["name"], entity["aliases"]) == ({"en": "Oman", "ar": "عُمان"}, ["Sultanate"])
    assert "differs from what the file has" in refused(db, {**oman, "type": "place"})[0]
    put(db, {**oman, "type": "place"}, update=True)
    assert store.read([str(db)]).entities["oman"]["type"] == "place"


def test_csv_has_lists_and_neutralised_cells(tmp_path: Path, db: Path) -> None:
    figures = '"[{""what"": ""value"", ""value"": 7, ""unit"": ""USD""}]"'
    row = f'a,sale,\'=1+1,"بيع, صواريخ",OM; US,{figures}'
    (tmp_path / "a.csv").write_text(f"id,kind,title.en,title.ar,partners,numbers\n{row}\n", encoding="utf-8")
    edit.import_files([str(tmp_path / "a.csv")], str(db))
    fact = facts(db)[0]
    assert fact["title"] == {"en": "=1+1", "ar": "بيع, صواريخ"}
    assert fact["partners"] == ["OM", "US"]
    assert fact["numbers"] == [{"what": "value", "op": "=", "value": 7, "unit": "USD"}]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("options", [[], ["--csv-raw"]], ids=["neutralized", "raw"])
def test_what_a_flat_file_has_of_the_facts_is_imported_the_same(
    db: Path, run_factcli: Run, form: str, options: list[str]
) -> None:
    shipped = store.read([])
    text = run_factcli("timeline", "--format", form, *options).out
    edit.import_files(["-"], str(db), stdin=io.BytesIO(text.encode()))
    imported = store.read([str(db)])
    assert imported.facts == shipped.facts
    used = {party["entity"] for fact in shipped.facts for party in fact["parties"]}
    assert {key: imported.entities[key]["name"] for key in used} == {key: shipped.entities[key]["name"] for key in used}


def test_problems_in_csv_have_record_and_line(tmp_path: Path, db: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('kind,title.en,date\nvisit,"A visit",2023\n\nvisit,Another,2023-13\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.csv: record 2, line 4: date: "):
        edit.import_files([str(path)], str(db))


def test_a_file_that_could_not_be_searched_is_reported_and_left_alone(db: Path) -> None:
    put(db, FACT)
    text = db.read_text(encoding="utf-8").replace('"2023"', '"2023-13"')
    db.write_text(text, encoding="utf-8")
    for change in (lambda: put(db, {**FACT, "id": "b"}), lambda: edit.remove(["a"], str(db))):
        with pytest.raises(FileError, match=r"facts record \d+ \(a\), left out: date: 2023-13 does not exist"):
            change()
    assert db.read_text(encoding="utf-8") == text


# Remove.


def test_facts_are_removed_and_what_links_to_them_is_reported(db: Path) -> None:
    put(db, FACT, {**FACT, "id": "b", "links": [{"rel": "about", "fact": "a"}]}, {**FACT, "id": "c"})
    report = edit.remove(["a", "c", "a"], str(db))
    assert edit.format_report(report) == f"{db}: changed: 2 facts removed"
    assert "from b;" in report.notes[0]
    assert [fact["id"] for fact in facts(db)] == ["b"]


def test_an_absent_id_keeps_all_facts(db: Path) -> None:
    put(db, FACT, {**FACT, "id": "us-om-treaty"})
    with pytest.raises(AbsentError, match="did you mean us-om-treaty"):
        edit.remove(["a", "us-om-treeaty"], str(db))
    assert len(facts(db)) == 2


def linked(db: Path) -> None:
    """Two facts, what they need, and an entity and a source that nothing needs."""
    locator = {"source": "s"}
    fact = {**FACT, "parties": [{"entity": "acme", "role": "seller"}], "sources": [locator]}
    put(
        db,
        fact,
        {**FACT, "id": "b", "said_by": "minister", "sources": [locator]},
        *({"record": "entity", "id": key, "type": "company", "name": {"en": key}} for key in ("acme", "idle", "both")),
        {"record": "entity", "id": "minister", "type": "person", "name": {"en": "Minister"}},
        *({"record": "source", "id": key, "title": {"en": key}} for key in ("s", "unread", "both")),
    )


def contents(db: Path) -> str:
    """The ids of facts, entities and sources."""
    read = store.read([str(db)])
    return " ".join([*(fact["id"] for fact in read.facts), "|", *read.entities, "|", *read.sources])


@pytest.mark.parametrize(
    ("ids", "left", "report"),
    [
        (["idle"], "a b | acme both minister | s unread both", "1 entity removed"),
        (["unread"], "a b | acme idle both minister | s both", "1 source removed"),
        (["both"], "a b | acme idle minister | s unread both", "1 entity removed"),
        (["acme", "a"], "b | idle both minister | s unread both", "1 fact removed, 1 entity removed"),
        (
            ["a", "b", "s", "acme", "minister"],
            "| idle both | unread both",
            "2 facts removed, 2 entities removed, 1 source removed",
        ),
    ],
)
def test_entities_and_sources_that_nothing_needs_are_removed(db: Path, ids: list[str], left: str, report: str) -> None:
    linked(db)
    assert edit.format_report(edit.remove(ids, str(db))) == f"{db}: changed: {report}"
    assert contents(db) == left


@pytest.mark.parametrize(
    ("ids", "needed"),
    [
        (["acme"], {"acme": "a"}),
        (["minister"], {"minister": "b"}),
        (["s"], {"s": "a, b"}),
        (["a", "acme", "minister", "s", "idle"], {"minister": "b", "s": "b"}),
    ],
)
def test_what_a_fact_needs_is_not_removed(db: Path, ids: list[str], needed: dict[str, str]) -> None:
    linked(db)
    before = db.read_bytes()
    with pytest.raises(UsageError) as error:
        edit.remove(ids, str(db))
    assert error.value.problems == tuple(
        f'{db}: nothing was removed: "{name}" is needed by {using}; remove these facts too, or change them'
        for name, using in needed.items()
    )
    assert db.read_bytes() == before


def test_the_backup_keeps_what_was_removed_until_it_is_purged(db: Path) -> None:
    backup = db.with_name("mine.json.bak")
    put(db, FACT, {**FACT, "id": "b"}, {**FACT, "id": "c"})
    says = f"{backup} still has what was removed; `factcli --db FILE remove --purge` deletes it"
    assert edit.remove(["a"], str(db)).notes == (says,)
    assert b'"id": "a"' in backup.read_bytes()
    assert edit.remove(["b"], str(db), dry_run=True, purge=True).notes == ()
    assert edit.remove([], str(db), purge=True, dry_run=True).notes == ()
    assert backup.exists()
    report = edit.remove([], str(db), purge=True)
    assert (edit.format_report(report), report.notes) == (f"{db}: nothing to change", (f"{backup}: deleted",))
    assert edit.remove(["b"], str(db), purge=True).notes == (f"{backup}: deleted",)
    assert not backup.exists()
    assert edit.remove([], str(db), purge=True).notes == ()
    assert contents(db) == "c | |"


def test_a_last_good_version_is_not_purged(db: Path) -> None:
    backup = db.with_name("mine.json.bak")
    put(db, FACT)
    put(db, {**FACT, "id": "b"})
    for damage in (lambda: db.write_text("", encoding="utf-8"), db.unlink):
        damage()
        with pytest.raises(FileError, match=r"mine\.json\.bak"):
            edit.remove([], str(db), purge=True)
        assert backup.exists()


def test_an_import_notes_that_it_leaves_a_backup_of_an_earlier_file(db: Path) -> None:
    db.with_name("mine.json.bak").write_text("the only copy", encoding="utf-8")
    for is_dry in (True, False):
        assert put(db, FACT, dry_run=is_dry).notes == (
            f"{db}.bak is of an earlier file of this name; keep it elsewhere, a later change replaces it",
        )


# Export.


def again(db: Path) -> Path:
    """A new file, made of the export of `db`."""
    lines = "".join(edit.export(store.read([str(db)])))
    other = db.with_name("again.json")
    other.unlink(missing_ok=True)
    edit.import_files(["-"], str(other), stdin=io.BytesIO(lines.encode()))
    return other


def records_in_order(path: Path) -> dict[str, list[Any]]:
    """The records of each table, without their numbers."""
    return {table: [*records.values()] for table, records in json.loads(path.read_text(encoding="utf-8")).items()}


def test_the_shipped_file_is_exported_and_imported_the_same(db: Path) -> None:
    lines = "".join(edit.export(store.read([])))
    edit.import_files(["-"], str(db), stdin=io.BytesIO(lines.encode()))
    assert records_in_order(db) == records_in_order(Path(store.path_of(store.BUILTIN)))


def plain() -> st.SearchStrategy[str]:
    letters = st.characters(categories=["L", "Nd", "P", "S", "Zs"], include_characters="\u200f\u200c")
    return st.builds("{}{}".format, st.sampled_from("aعé"), st.text(letters, max_size=9)).map(
        lambda text: unicodedata.normalize("NFC", text)
    )


texts = st.dictionaries(st.sampled_from(model.LANGUAGES), plain(), min_size=1)
slugs = st.from_regex(schema.SLUG, fullmatch=True).filter(lambda slug: len(slug) <= 80 and slug.isprintable())
dates = st.sampled_from(["1833", "2023-10", "2024-02-29", "2015/..", "202X", "2025-33"])
numbers = st.fixed_dictionaries(
    {"what": plain(), "value": st.one_of(st.integers(0, 10**12), st.floats(0, 1e12))},
    optional={"op": st.sampled_from(model.OPERATORS), "unit": st.sampled_from(["USD", "missile"]), "as_of": dates},
)
records = st.fixed_dictionaries(
    {"kind": st.sampled_from(model.KINDS), "title": texts},
    optional={
        "date": dates,
        "partners": st.lists(st.sampled_from(["OM", "US", "SU"]), max_size=3),
        "parties": st.lists(st.fixed_dictionaries({"entity": slugs, "role": slugs}), max_size=2),
        "numbers": st.lists(numbers, max_size=2),
        "status": st.sampled_from(model.STATUSES),
        "links": st.lists(st.fixed_dictionaries({"rel": st.just("follows"), "fact": st.just("other")}), max_size=1),
        "sources": st.lists(
            st.fixed_dictionaries({"source": slugs}, optional={"paragraph": st.integers(1, 99), "quote": plain()}),
            max_size=2,
        ),
        "note": texts,
        "remark": texts,
    },
)


@settings(max_examples=60)
@given(st.lists(records, max_size=4), st.lists(st.tuples(slugs, texts), max_size=3, unique_by=lambda e: e[0]))
def test_what_is_exported_is_imported_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_facts: list[Any], entities: list[Any]
) -> None:
    db = tmp_path_factory.mktemp("law") / "f.json"
    named = [{"record": "entity", "id": key, "type": "person", "name": name} for key, name in entities]
    if given_facts or named:
        put(db, *given_facts, *named)
        assert again(db).read_bytes() == db.read_bytes()


def test_the_properties_of_the_file_are_exported(tmp_path: Path, db: Path) -> None:
    whole = {"facts": {"1": FACT}, "meta": {"1": {"schema": 1, "home": "QA", "licence": "MIT"}}}
    (tmp_path / "f.json").write_text(json.dumps(whole), encoding="utf-8")
    edit.import_files([str(tmp_path / "f.json")], str(db))
    assert store.read([str(again(db))]).meta == {"schema": store.SCHEMA, "home": "QA", "licence": "MIT"}


def file_of_schema_1(db: Path) -> None:
    """Two facts, as the first schema has them: without the key `remark`."""
    put(db, FACT, {**FACT, "id": "b"})
    old = db.read_text(encoding="utf-8").replace(', "remark": null', "").replace('"schema": 2', '"schema": 1')
    db.write_text(old, encoding="utf-8")


def test_a_file_of_schema_1_is_kept_where_nothing_changes_and_renewed_where_something_does(db: Path) -> None:
    file_of_schema_1(db)
    before = db.read_bytes()
    assert b"remark" not in before
    assert put(db, FACT, {**FACT, "id": "b"}, update=True) == edit.Report(str(db), unchanged=2)
    assert db.read_bytes() == before
    edit.remove(["b"], str(db))
    present = db.with_name("present.json")
    put(present, FACT)
    assert db.read_bytes() == present.read_bytes()


def test_facts_without_ids_are_found_again_in_a_file_of_schema_1(db: Path) -> None:
    put(db, {**FACT, "id": None})
    old = db.read_text(encoding="utf-8").replace(', "remark": null', "").replace('"schema": 2', '"schema": 1')
    db.write_text(old, encoding="utf-8")
    assert put(db, {**FACT, "id": None}, update=True).unchanged == 1
    assert len(facts(db)) == 1


def test_a_file_of_schema_1_is_exported_as_the_present_one(db: Path) -> None:
    file_of_schema_1(db)
    lines = [json.loads(line) for line in edit.export(store.read([str(db)]))]
    assert [(line["id"], line["remark"]) for line in lines] == [("a", None), ("b", None)]


def test_nothing_in_an_export_can_act_on_a_terminal(db: Path) -> None:
    hostile = {**FACT, "title": {"en": "A\x1b[2J\u202e\ud800"}}
    db.write_text(json.dumps({"facts": {"1": hostile}}), encoding="utf-8")
    lines = list(edit.export(store.read([str(db)])))
    assert all(line.rstrip("\n").isprintable() for line in lines)
    assert json.loads(lines[-1])["title"] == hostile["title"]


QUERIES = (
    {"words": ("tow",)},
    {"words": ("turkey", "agreements")},
    {"words": ("khunjar",)},
    {"words": ("خنجر",)},
    {"filters": model.Filters(sources=("us-oman",))},
    {"filters": model.Filters(kinds=("sale", "contract"))},
    {"filters": model.Filters(since="2024-01-01", undated=True)},
    {"filters": model.Filters(partners=("turkey",), until="2024-12-31")},
)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_what_a_query_selects_is_imported_without_a_loss(query: dict[str, Any], db: Path) -> None:
    everything = store.read([])
    answer = search.find(query.get("words", ()), everything, Lexicon(), query.get("filters", model.Filters()))
    chosen = edit.selection(everything, [hit.fact for hit in answer.hits])
    assert 0 < len(chosen.facts) < len(everything.facts)
    lines = list(edit.export(chosen))
    report = edit.import_files(["-"], str(db), stdin=io.BytesIO("".join(lines).encode()))
    assert report.notes == ()
    assert list(edit.export(store.read([str(db)]))) == lines
    assert set(lines) <= set(edit.export(everything))


def test_a_selection_has_what_its_facts_name_in_the_order_of_the_file() -> None:
    everything = store.read([])
    chosen = edit.selection(everything, [fact for fact in everything.facts[::-1] if fact["kind"] == "sale"])
    assert [fact["id"] for fact in chosen.facts] == [f["id"] for f in everything.facts if f["kind"] == "sale"]
    named = {party["entity"] for fact in chosen.facts for party in fact["parties"]}
    named |= {fact["said_by"] for fact in chosen.facts if fact["said_by"]}
    assert set(chosen.entities) == named
    assert list(chosen.entities) == [one for one in everything.entities if one in named]
    assert set(chosen.sources) == {locator["source"] for fact in chosen.facts for locator in fact["sources"]}


def test_sources_that_an_answer_does_not_bring_along_are_noted(db: Path) -> None:
    cited = [{"source": "s", "paragraph": 1}, {"source": "t"}]
    (note,) = put(db, {**FACT, "sources": cited}).notes
    assert note == (
        'the sources "s", "t" are cited but not brought along; `factcli export` writes facts with their sources'
    )
    assert put(db, {"record": "source", "id": "s", "title": {"en": "S"}}).notes == ()
    (note,) = put(db, {**FACT, "id": "b", "sources": cited}).notes
    assert note.startswith('the source "t" is cited but not brought along; ')
    assert put(db, {**FACT, "id": "c", "sources": cited[:1]}).notes == ()


@pytest.mark.parametrize(
    ("known", "stored"),
    [
        ({"en": "Acme"}, {"en": "Acme"}),
        ({"ar": "أكمي"}, {"ar": "أكمي"}),
        ({"en": "A", "ar": "أ"}, {"en": "A", "ar": "أ"}),
    ],
)
def test_a_name_of_one_language_stays_one_of_that_language(known: Any, stored: Any, db: Path) -> None:
    put(
        db,
        {**FACT, "parties": [{"entity": "acme", "role": "seller"}, {"entity": "unknown", "role": "buyer"}]},
        {"record": "entity", "id": "acme", "type": "company", "name": known},
    )
    read = store.read([str(db)])
    row = fact_row(model.Hit(read.facts[0], ()), Values(read, Lexicon()), False)
    other = db.with_name("other.json")
    put(other, row)
    assert {key: entity["name"] for key, entity in store.read([str(other)]).entities.items()} == {"acme": stored}


# Records that are there already.


def test_equal_facts_are_no_problem_and_others_of_their_id_are(db: Path, tmp_path: Path) -> None:
    put(db, FACT)
    before = db.read_bytes()
    report = put(db, FACT)
    assert (report.added, report.unchanged) == (0, 1)
    assert edit.format_report(report) == f"{db}: nothing to change: 1 fact unchanged"
    assert db.read_bytes() == before
    (problem,) = refused(db, {**FACT, "status": "held"})
    assert 'id: "a" is already in the file ' in problem
    report = put(db, FACT, {**FACT, "id": "b"})
    assert edit.format_report(report) == f"{db}: changed: 1 fact added, 1 fact unchanged"


def test_a_fact_of_two_files_is_kept_once_unless_they_differ(db: Path, tmp_path: Path) -> None:
    names = []
    for name, records in (("1", [FACT]), ("2", [{**FACT, "id": "b"}, FACT]), ("3", [{**FACT, "status": "held"}])):
        names.append(str(tmp_path / f"{name}.jsonl"))
        Path(names[-1]).write_text("".join(json.dumps(record) + "\n" for record in records))
    assert edit.import_files(names[:2], str(db)).added == 2
    assert "is also the id of record 1; " in refused(db.with_name("other.json"), FACT, FACT)[0]
    assert [fact["id"] for fact in facts(db)] == ["a", "b"]
    with pytest.raises(InputError) as error:
        edit.import_files(names, str(db))
    assert error.value.problems[0].startswith(
        f'{names[2]}: record 1: id: "a" is also the id of record 1 of {names[0]};'
    )


def test_a_file_written_by_hand_is_compared_by_what_it_says(db: Path) -> None:
    db.write_text(json.dumps({"facts": {"1": {**FACT, "numbers": [{"what": "people", "value": 7.0}]}}}))
    assert put(db, {**FACT, "numbers": [{"value": 7, "what": "people", "op": "="}]}).unchanged == 1


ACME = {"record": "entity", "id": "acme", "type": "company", "name": {"en": "Acme"}, "aliases": ["A", "B"]}
WORK = {"record": "source", "id": "s", "title": {"en": "S", "ar": "س"}, "language": "en", "extra": {"a": 1}}


def test_replace_leaves_nothing_of_what_was_there(db: Path) -> None:
    put(db, ACME, WORK, FACT)
    put(db, {**ACME, "aliases": ["C"]}, {**WORK, "title": {"en": "T"}}, update=True)
    read = store.read([str(db)])
    assert (read.entities["acme"]["aliases"], read.sources["s"]["title"]) == (["A", "B", "C"], {"en": "T", "ar": "س"})
    changed = {**ACME, "aliases": ["B"]}, {**WORK, "language": None, "extra": {}}, {**FACT, "status": "held"}
    report = put(db, *changed, replace=True)
    assert (report.updated, report.entities, report.sources) == (1, 1, 1)
    read = store.read([str(db)])
    assert read.entities["acme"]["aliases"] == ["B"]
    assert (read.sources["s"]["language"], "extra" in read.sources["s"]) == (None, False)
    assert read.facts[0]["status"] == "held"


# What is not documented.


def test_an_export_has_all_that_is_in_the_file_and_an_import_names_it(db: Path) -> None:
    tables = {
        "facts": {"1": {**FACT, "own": 1, "parties": [{"entity": "acme", "role": "seller", "share": 2}]}},
        "entities": {"1": {**{key: ACME[key] for key in ("id", "type", "name")}, "own": [1]}},
        "sources": {"1": {"id": "s", "title": {"en": "S"}, "volume": 3}},
        "notes": {"1": {"text": "x"}},
        "meta": {"1": {"schema": 2, "home": "OM", "own": {"deep": True}}},
    }
    db.write_text(json.dumps(tables))
    text = "".join(edit.export(store.read([str(db)])))
    lines = [json.loads(line) for line in text.splitlines()]
    by_table = {line.get("record", "fact"): line for line in lines}
    assert by_table["fact"]["own"] == 1 and by_table["fact"]["parties"][0]["share"] == 2
    assert (by_table["entity"]["own"], by_table["source"]["volume"]) == ([1], 3)
    assert (by_table["meta"]["own"], by_table["notes"]) == ({"deep": True}, {"record": "notes", "text": "x"})
    read = store.read([str(db)])
    assert "notes" not in "".join(edit.export(edit.selection(read, read.facts)))
    problems = refused(db.with_name("new.json"), *lines)
    fields = [problem.split(": ")[2] for problem in problems]
    assert fields == ["sources volume", "entities own", "parties[1].share", "own", "record"]
    assert all("put keys of your own under `extra`" in problem for problem in problems[:4])


def test_what_is_kept_under_extra_is_bounded(db: Path) -> None:
    put(db, {**FACT, "extra": {"text": "x" * 9980}}, {**ACME, "extra": {"": {"\u200f": [None, True, "'="]}}})
    put(db, {**FACT, "id": "deep", "extra": json.loads('{"a":' * 19 + "{}" + "}" * 19)})
    put(db, {"record": "meta", "schema": 2, "home": "OM", "extra": ["x" * 20000]})
    assert again(db).read_bytes() == db.read_bytes()
    for record in (FACT, ACME, WORK):
        assert "characters as JSON, more than 10000" in refused(db, {**record, "extra": {"text": "x" * 10000}})[0]
        assert "more than 20 levels" in refused(db, {**record, "extra": json.loads('{"a":' * 20 + "{}" + "}" * 20)})[0]
        assert "is a list and not an object" in refused(db, {**record, "extra": [1]})[0]


def test_texts_are_composed_but_for_what_is_compared_to_the_byte(db: Path) -> None:
    text, composed = "e\u0301", "\u00e9"
    fact = {**FACT, "title": {"en": text}, "sources": [{"source": "s", "quote": text}], "extra": {"a": text}}
    source = {"record": "source", "id": "s", "title": {"en": text}, "URL": f"https://x.y/{text}"}
    for options in ({}, {"update": True}, {"replace": True}):
        put(db, fact, source, {"record": "meta", "schema": 2, "home": "OM", "own": text}, **options)
        read = store.read([str(db)])
        assert read.facts[0]["title"]["en"] == read.sources["s"]["title"]["en"] == composed
        assert read.facts[0]["sources"][0]["quote"] == read.facts[0]["extra"]["a"] == read.meta["own"] == text  # type: ignore[typeddict-item]
        assert read.sources["s"]["URL"] == f"https://x.y/{text}"


# Numbers.


@pytest.mark.parametrize(
    ("literal", "kept"),
    [
        ("0.1234567890123456789", None),
        ("12345678901234567.5", None),
        ("1E-400", None),
        ("1.10", "1.1"),
        ("1E5", "100000"),
        ("7.0", "7"),
        ("-0.0", "0"),
        ("1e18", "1000000000000000000"),
        ("123456789012345678", None),
        ("1.2345678901234567e17", "123456789012345670"),
        ("0.30000000000000004", None),
    ],
)
def test_a_number_is_kept_digit_by_digit(db: Path, literal: str, kept: str | None) -> None:
    line = (
        f'{{"id": "a", "kind": "sale", "title": {{"en": "A"}}, "numbers": [{{"what": "value", "value": {literal}}}]}}'
    )
    edit.import_files(["-"], str(db), stdin=io.BytesIO(line.encode()))
    assert f'"value": {kept or literal}}}' in db.read_text()
    assert again(db).read_bytes() == db.read_bytes()


@pytest.mark.parametrize(
    "literal", ["-1", "1e40", "1000000000000000001", "1e999", "-0.5", "1e-400000", "0." + "1" * 2000]
)
def test_a_number_that_is_none_is_refused(db: Path, literal: str) -> None:
    line = (
        f'{{"id": "a", "kind": "sale", "title": {{"en": "A"}}, "numbers": [{{"what": "value", "value": {literal}}}]}}'
    )
    with pytest.raises(InputError) as error:
        edit.import_files(["-"], str(db), stdin=io.BytesIO(line.encode()))
    (problem,) = error.value.problems
    assert "write a finite number from 0 to 10^18" in problem or "write a finite number of reasonable length" in problem
    assert len(problem) < 200
