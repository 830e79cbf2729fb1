"""Files between factcli and the TinyDB library: what either writes, the other reads, and what is wrong is reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tinydb import JSONStorage, TinyDB, where
from tinydb.middlewares import CachingMiddleware

if TYPE_CHECKING:
    from conftest import Run

FACT = {"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit", "ar": "زيارة رسمية"}}

Open = Callable[[Path], TinyDB]

STORAGES: dict[str, Open] = {
    "as TinyDB does it": TinyDB,
    "indented": lambda path: TinyDB(path, indent=4),
    "with Arabic as it is": lambda path: TinyDB(path, ensure_ascii=False, encoding="utf-8"),
    "cached": lambda path: TinyDB(path, storage=CachingMiddleware(JSONStorage)),
}


@pytest.fixture(params=STORAGES.values(), ids=STORAGES.keys())
def plain(request: pytest.FixtureRequest) -> Open:
    """Opens a file with the library in one of the ways that its users do."""
    way: Open = request.param
    return way


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.json"


def insert(path: Path, *records: Any, way: Open = TinyDB, table: str = "_default") -> list[int]:
    with way(path) as db:
        return db.table(table).insert_multiple(records)


def ids(run_factcli: Run, path: Path) -> list[str]:
    done = run_factcli("--db", path, "timeline", "--fields", "id")
    assert (done.status, done.err) == (0, "")
    return done.out.split()


# -- TinyDB writes, factcli reads


def test_records_that_a_program_inserted_are_imported_as_a_look_up_says(
    path: Path, plain: Open, run_factcli: Run
) -> None:
    insert(path, FACT, {**FACT, "id": "b"}, way=plain)
    before = path.read_bytes()
    done = run_factcli("--db", path, "timeline")
    new = path.with_name("new.json")
    assert (done.status, done.out) == (3, "")
    assert "has no table of facts, only _default, as other programs write it; `factcli --db NEW import " in done.err
    assert run_factcli("--db", new, "import", path).status == 0
    assert ids(run_factcli, new) == ["a", "b"]
    assert run_factcli("--db", new, "show", "a", "--lang", "ar").out.count("زيارة رسمية") == 1
    assert path.read_bytes() == before


def test_a_wrong_record_is_reported_by_its_number_and_keeps_out_all(path: Path, plain: Open, run_factcli: Run) -> None:
    insert(path, FACT, {**FACT, "id": "b"}, {"id": "c", "kind": "vist", "title": {"en": "x"}}, way=plain)
    with plain(path) as db:
        db.remove(doc_ids=[2])
    done = run_factcli("--db", path.with_name("new.json"), "import", path)
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert "x.json: record 3" in done.err
    assert "did you mean visit?" in done.err
    assert run_factcli("check", path, "--no-warnings").out.count("record 3: kind: ") == 1


def test_other_tables_are_named_and_not_imported(path: Path, run_factcli: Run) -> None:
    insert(path, FACT)
    insert(path, {"x": 1}, table="people")
    done = run_factcli("--db", path.with_name("new.json"), "import", path)
    assert (done.status, done.err.count("people: is not a table of factcli")) == (2, 1)


def test_facts_in_the_tables_of_a_fact_file_are_read(path: Path, plain: Open, run_factcli: Run) -> None:
    insert(path, FACT, {**FACT, "id": "b"}, way=plain, table="facts")
    assert ids(run_factcli, path) == ["a", "b"]
    assert run_factcli("--db", path, "remove", "b").status == 0
    assert ids(run_factcli, path) == ["a"]


@pytest.mark.parametrize("text", ["{}", '{"_default": {}}'])
def test_a_file_without_records_says_so_and_takes_facts(path: Path, text: str, run_factcli: Run) -> None:
    path.write_text(text, encoding="utf-8")
    done = run_factcli("--db", path, "timeline")
    assert (done.status, done.out) == (1, "")
    assert "has no records, as TinyDB makes a file; `factcli --db FILE import RECORDS` adds some" in done.err
    assert run_factcli("--db", path.with_name("new.json"), "import", path).err.count("holds no records") == 1
    assert run_factcli("--db", path, "import", "-", stdin=json.dumps(FACT)).status == 0
    assert ids(run_factcli, path) == ["a"]
    assert run_factcli("--db", path, "check", "--no-warnings").status == 0


def test_the_file_that_tinydb_makes_on_opening_is_reported_with_what_to_do(path: Path, run_factcli: Run) -> None:
    TinyDB(path).close()
    assert path.read_bytes() == b""
    for command in (["timeline"], ["check"], ["import", "-"], ["remove", "a"]):
        done = run_factcli("--db", path, *command, stdin=json.dumps(FACT))
        assert (done.status, done.out, done.err.count("\n")) == (3, "", 1)
        assert "as TinyDB makes a file" in done.err
        assert done.err.endswith(
            "if nothing was in it, delete it, and `factcli --db FILE import RECORDS` makes it anew\n"
        )
    assert path.read_bytes() == b""
    assert "holds no records" in run_factcli("--db", path.with_name("new.json"), "import", path).err


# -- factcli writes, TinyDB changes, factcli reads


@pytest.fixture
def made(path: Path, run_factcli: Run) -> Path:
    """A fact file that factcli made and added a fact to."""
    lines = run_factcli("export", "turkey").out
    assert run_factcli("--db", path, "import", "-", stdin=lines).status == 0
    assert run_factcli("--db", path, "import", "-", stdin=json.dumps(FACT)).status == 0
    return path


def test_the_library_opens_queries_and_updates_what_factcli_wrote(made: Path, plain: Open, run_factcli: Run) -> None:
    before = ids(run_factcli, made)
    with plain(made) as db:
        facts = db.table("facts")
        assert [one["id"] for one in facts.search(where("title").en == "A visit")] == ["a"]
        assert len(facts) == len(before)
        (number,) = facts.update({"status": "held"}, where("id") == "a")
        assert facts.get(doc_id=number)["status"] == "held"
    assert ids(run_factcli, made) == before
    assert "held" in run_factcli("--db", made, "show", "a").out


def test_what_the_library_inserts_gets_the_next_number_and_is_read(made: Path, plain: Open, run_factcli: Run) -> None:
    with plain(made) as db:
        facts = db.table("facts")
        most = max(document.doc_id for document in facts)
        assert facts.insert({**FACT, "id": "b"}) == most + 1
    assert run_factcli("--db", made, "import", "-", stdin=json.dumps({**FACT, "id": "c"})).status == 0
    assert {"a", "b", "c"} < set(ids(run_factcli, made))
    assert [*json.loads(made.read_text(encoding="utf-8"))["facts"]].count(str(most + 1)) == 1


def test_a_wrong_record_of_the_library_is_left_out_and_named(made: Path, plain: Open, run_factcli: Run) -> None:
    (number,) = insert(made, {"id": "b", "kind": "vist", "title": {"en": "x"}}, way=plain, table="facts")
    done = run_factcli("--db", made, "timeline", "--fields", "id")
    assert (done.status, "a" in done.out.split()) == (3, True)
    assert f"x.json: facts record {number} (b), left out: kind: " in done.err
    assert run_factcli("--db", made, "check").out.count(f"record {number}: kind: ") == 1


def test_what_the_library_inserts_beside_the_facts_is_kept_and_reported(
    made: Path, plain: Open, run_factcli: Run
) -> None:
    before = ids(run_factcli, made)
    insert(made, {**FACT, "id": "b"}, way=plain)
    done = run_factcli("--db", made, "timeline", "--fields", "id")
    assert (done.status, done.out.split()) == (0, before)
    assert "x.json: _default: 1 record left out, since facts stand in the table facts; " in done.err
    assert run_factcli("--db", made, "remove", "a").status == 0
    with plain(made) as db:
        assert [one["id"] for one in db.all()] == ["b"]
