"""The commands that check and change fact files, from the command line: output, standard error and exit status."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcli import cli
from factcli.cli import progress
from factcli.records import edit

if TYPE_CHECKING:
    from conftest import Run

FACT = '{"id": "a", "kind": "visit", "date": "2023", "title": {"en": "A visit"}, "sources": [{"source": "s"}]}'
SOURCE = '{"record": "source", "id": "s", "title": {"en": "S"}}'


def factcli(*arguments: str | Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "factcli", *map(str, arguments)],
        input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, **env},
    )  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "mine.json"
    done = factcli("--db", path, "import", "-", stdin=f"{SOURCE}\n{FACT}\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"factcli: {path}: created: 1 fact added, 1 source added or completed\n"
    return path


def test_an_answer_can_be_imported(db: Path) -> None:
    answer = factcli("timeline", "--json").stdout
    assert factcli("--db", db, "import", "-", stdin=answer).returncode == 0
    own, shipped = (json.loads(factcli(*files, "timeline", "--json").stdout) for files in (("--db", db), ()))
    assert [fact for fact in own if fact["id"] != "a"] == shipped


def test_an_import_needs_exactly_one_file_and_not_the_shipped_one(db: Path) -> None:
    for files in ([], ["--db", "builtin"], ["--db", db, "--db", db]):
        assert factcli(*files, "import", "-", stdin=FACT).returncode == 2


def test_the_environment_names_the_file(db: Path) -> None:
    assert factcli("remove", "a", FACTCLI_DB=str(db)).returncode == 0
    assert factcli("timeline", FACTCLI_DB=str(db)).returncode == 1


def test_problems_of_an_import_go_to_standard_error(db: Path) -> None:
    done = factcli("--db", db, "import", "-", stdin='{"kind": "vist", "title": {"en": "x"}}')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("factcli: standard input: record 1: kind: ")
    assert "did you mean visit?" in done.stderr


def test_check_says_where_and_what(db: Path, tmp_path: Path) -> None:
    assert (factcli("--db", db, "check").returncode, factcli("check").returncode) == (0, 0)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f"{SOURCE}\n{FACT}\n{FACT.replace('2023', '2023-13')}\n", encoding="utf-8")
    done = factcli("check", bad)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"{bad}:3: record 3: date: ")
    assert done.stdout.endswith("[E211]\n")
    assert json.loads(factcli("check", "--json", "-", stdin=bad.read_text()).stdout)[0]["code"] == "E211"


def test_check_can_leave_warnings_out() -> None:
    fact = FACT.replace('"s"', '"not-there"')
    assert factcli("check", "-", stdin=fact).returncode == 1
    assert factcli("check", "--no-warnings", "-", stdin=fact).returncode == 0


def test_a_damaged_file_is_the_fault_of_the_file(db: Path) -> None:
    db.write_text(db.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    for command in (["check"], ["export"], ["import", "-"], ["remove", "a"]):
        done = factcli("--db", db, *command, stdin=FACT)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith(f"factcli: {db}:")
        assert done.stderr.count("\n") == 1


def test_remove_of_what_is_not_there(db: Path) -> None:
    done = factcli("--db", db, "remove", "b")
    assert done.returncode == 1
    assert done.stderr.startswith(f'factcli: {db}: there is no fact, entity or source "b", so nothing was removed; ')


def test_what_is_needed_is_not_removed(db: Path) -> None:
    done = factcli("--db", db, "remove", "s")
    says = f'factcli: {db}: nothing was removed: "s" is needed by a; remove these facts too, or change them\n'
    assert (done.returncode, done.stderr) == (2, says)
    done = factcli("--db", db, "remove", "s", "a")
    assert done.stderr.splitlines()[0] == f"factcli: {db}: changed: 1 fact removed, 1 source removed"


def test_a_removal_is_purged_from_the_backup_too(db: Path) -> None:
    assert factcli("--db", db, "remove").returncode == 2
    done = factcli("--db", db, "remove", "a", "--purge")
    says = f"factcli: {db}: changed: 1 fact removed\nfactcli: {db}.bak: deleted\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", says)
    assert factcli("--db", db, "remove", "--purge").stderr == f"factcli: {db}: nothing to change\n"
    assert os.listdir(db.parent) == ["mine.json"]


def test_the_schema_is_json_schema() -> None:
    assert json.loads(factcli("schema").stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_export_is_imported_without_a_difference(db: Path, tmp_path: Path) -> None:
    lines = factcli("--db", db, "export").stdout
    assert factcli("--db", tmp_path / "other.json", "import", "-", stdin=lines).returncode == 0
    assert (tmp_path / "other.json").read_bytes() == db.read_bytes()


@pytest.mark.parametrize(
    "query",
    [
        ["tow"],
        ["turkey", "--since", "2024"],
        ["-p", "us", "-k", "agreement"],
        ["--source", "turkey-oman", "--status", "signed"],
        ["تمرين", "--exact"],
        ["--until", "2010", "--undated"],
        ["khunjar"],
    ],
    ids=" ".join,
)
def test_what_a_query_selects_is_exported_with_all_that_its_facts_need(
    query: list[str], run_factcli: Run, tmp_path: Path
) -> None:
    exported = run_factcli("export", *query)
    assert exported.status == 0
    records = [json.loads(line) for line in exported.out.splitlines()]
    found = json.loads(
        run_factcli("timeline", *(one for one in query if one not in ("--status", "signed")), "--json").out
    )
    ids = {one["id"] for one in records if "record" not in one}
    assert ids and ids <= {one["id"] for one in found}
    assert "--status" in query or len(ids) == len(found)
    done = run_factcli("--db", tmp_path / "x.json", "import", "-", stdin=exported.out)
    assert (done.status, done.err.count("\n")) == (0, 1)
    assert run_factcli("--db", tmp_path / "x.json", "export").out == exported.out
    assert run_factcli("--db", tmp_path / "x.json", "check").status in (0, 1)


def test_an_export_of_nothing_is_empty_and_says_why(run_factcli: Run) -> None:
    done = run_factcli("export", "xyzzy")
    assert (done.status, done.out, done.err) == (1, "", "factcli: nothing matches 'xyzzy'\n")
    assert run_factcli("export", "--source", "us-omann").status == 2
    assert run_factcli("export", "-k", "war").status == 2
    done = run_factcli("export", "khunjr", "--lang", "ar")
    assert (done.status, done.err.count("Khanjar")) == (0, 1)


def test_an_export_of_the_whole_is_the_same_after_an_import(run_factcli: Run, tmp_path: Path) -> None:
    exported = run_factcli("export").out
    assert run_factcli("--db", tmp_path / "x.json", "import", "-", stdin=exported).status == 0
    assert run_factcli("--db", tmp_path / "x.json", "export").out == exported


def test_an_import_of_an_answer_names_the_sources_it_cannot_bring_along(run_factcli: Run, tmp_path: Path) -> None:
    answer = run_factcli("timeline", "tow", "--json").out
    done = run_factcli("--db", tmp_path / "x.json", "import", "-", stdin=answer)
    assert done.status == 0
    assert done.err.splitlines()[1:] == [
        'factcli: the source "us-oman" is cited but not brought along; `factcli export` writes facts with their sources'
    ]


OWN = (
    '{"record": "entity", "id": "acme", "type": "company", "name": {"en": "Acme"}, "aliases": ["A"],'
    ' "extra": {"x": 1}}\n'
    '{"id": "b", "kind": "sale", "title": {"en": "=1; \\"@x"}, "parties": [{"entity": "acme", "role": "seller"}],'
    ' "numbers": [{"what": "value", "value": 0.12345678901234567890, "unit": "USD"}],'
    ' "extra": {"en": "wombat e\u0301"}}\n'
)


def test_own_keys_are_shown_and_never_searched(run_factcli: Run, tmp_path: Path) -> None:
    db = tmp_path / "own.json"
    assert run_factcli("--db", db, "import", "-", stdin=OWN).status == 0
    assert 'Own keys\t{"en": "wombat e\u0301"}\n' in run_factcli("--db", db, "show", "b").out
    assert 'Own keys\t{"x": 1}\n' in run_factcli("--db", db, "show", "acme").out
    assert json.loads(run_factcli("--db", db, "show", "acme", "--json").out)[0]["extra"] == {"x": 1}
    assert "Own keys" not in run_factcli("show", "us-om-tow-2023").out
    assert "extra" not in json.loads(run_factcli("show", "us-om-tow-2023", "--json").out)[0]
    assert run_factcli("--db", db, "timeline", "wombat").status == 1
    assert run_factcli("--db", db, "timeline", "--fields", "id,extra").out == 'b\t{"en": "wombat e\u0301"}\n'


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv"])
def test_what_a_look_up_writes_is_imported_as_it_was(run_factcli: Run, tmp_path: Path, form: str) -> None:
    db, other = tmp_path / "own.json", tmp_path / "other.json"
    assert run_factcli("--db", db, "import", "-", stdin=OWN).status == 0
    written = run_factcli("--db", db, "timeline", "--undated", "-f", form).out
    assert run_factcli("--db", other, "import", "-", stdin=written).status == 0
    assert run_factcli("--db", other, "show", "b", "--json").out == run_factcli("--db", db, "show", "b", "--json").out
    again = run_factcli("--db", other, "import", "-", stdin=written)
    assert (again.status, again.err) == (0, f"factcli: {other}: nothing to change: 1 fact unchanged\n")


def test_replace_takes_an_alias_out(run_factcli: Run, tmp_path: Path) -> None:
    db = tmp_path / "own.json"
    assert run_factcli("--db", db, "import", "-", stdin=OWN).status == 0
    changed = OWN.splitlines()[0].replace('["A"]', "[]")
    for option, aliases in (("--update", ["A"]), ("--replace", [])):
        assert run_factcli("--db", db, "import", option, "-", stdin=changed).status == 0
        assert json.loads(run_factcli("--db", db, "show", "acme", "--json").out)[0]["aliases"] == aliases


def test_an_export_of_several_files_is_imported_without_a_difference(run_factcli: Run, tmp_path: Path) -> None:
    one, both = tmp_path / "one.json", tmp_path / "both.json"
    assert run_factcli("--db", one, "import", "-", stdin=OWN).status == 0
    exported = run_factcli("--db", "builtin", "--db", one, "export").out
    assert run_factcli("--db", both, "import", "-", stdin=exported).status == 0
    assert run_factcli("--db", both, "export").out == exported


def interrupted(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    raise AssertionError("the interruption was ignored")


@pytest.mark.parametrize("arguments", [["import", "-"], ["remove", "a"]], ids=["import", "remove"])
def test_a_change_that_is_interrupted_leaves_only_the_file(
    arguments: list[str], db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, handler = db.read_bytes(), signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FACT.replace('"a"', '"b"').encode())))
    monkeypatch.setattr(os, "fsync", interrupted)
    assert cli.main(["--db", str(db), *arguments]) == 130
    assert capsys.readouterr() == ("", "")
    assert [path.name for path in db.parent.iterdir()] == [db.name]
    assert db.read_bytes() == before
    assert signal.getsignal(signal.SIGINT) == handler


def test_problems_as_json_are_one_a_line_whatever_they_quote(tmp_path: Path) -> None:
    record = {
        "id": "a\u2028b\x85",
        "kind": "v\u2029isit",
        "date": "20\x8523",
        "title": {"en": "A\u2028\x1b"},
        "k\u2028": 1,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    out = factcli("check", "--json", tmp_path / "a.jsonl").stdout
    lines = out.splitlines()
    assert len(lines) == len(json.loads(out)) > 4
    assert [json.loads(line.strip("[],")) for line in lines] == json.loads(out)


def test_a_long_import_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, int, int | None]] = []
    monkeypatch.setattr(progress.Progress, "__call__", lambda _, *call: calls.append(call))
    monkeypatch.setattr(edit, "PROGRESS_STEP", 2)
    given = tmp_path / "a.jsonl"
    given.write_text("".join(FACT.replace('"a"', f'"a{n}"', 1) + "\n" for n in range(5)), encoding="utf-8")
    assert cli.main(["--db", str(tmp_path / "x.json"), "import", str(given)]) == 0
    assert calls == [("checking", 1, 5), ("checking", 3, 5), ("checking", 5, 5), ("writing", 5, None)]


def test_an_import_reads_by_a_mapping(tmp_path: Path) -> None:
    mapping, given = tmp_path / "m.toml", tmp_path / "f.csv"
    mapping.write_text("", encoding="utf-8")
    given.write_text("a\n1\n", encoding="utf-8")
    assert cli.main(["--db", str(tmp_path / "x.json"), "import", "--map", str(mapping), str(given)]) == 2
    assert not (tmp_path / "x.json").exists()


MAP = (
    '[file]\nheader = ["Name", "Who"]\n[fact]\nkind = "visit"\ntitle.en = "{Name|cut:20}"\n'
    '[[fact.parties]]\nrole = "host"\ncountry = "{Who|country}"\n'
)
TABLE = "Name,Who\nA visit,Oman\nB,Ruritania\nC,Ruritania\nD,Congo\n"


@pytest.fixture
def register(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A mapping, a table for it, and a fact file that is not there yet."""
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "table.csv").write_text(TABLE)
    return tmp_path / "map.toml", tmp_path / "table.csv", tmp_path / "new.json"


def test_a_table_with_faults_is_refused_with_what_to_paste(register: tuple[Path, Path, Path]) -> None:
    mapping, table, new = register
    done = factcli("--db", new, "import", "--map", mapping, table)
    assert (done.returncode, done.stdout, new.exists()) == (2, "", False)
    first, second, *paste = done.stderr.splitlines()
    assert 'table.csv: Who: is "Ruritania", no country that factcli knows (2 rows, lines 3, 4); ' in first
    assert 'Who: is "Congo", which can be CD or CG' in second
    assert paste == [
        '[values.country]  # fill in the code, "" for what is no state',
        '"Ruritania" = "?"  # 2 rows; MR, Mauritania?',
        '"Congo" = "?"  # 1 row; CD or CG',
    ]


def test_rows_with_faults_can_be_left_for_later(register: tuple[Path, Path, Path], tmp_path: Path) -> None:
    mapping, table, new = register
    rejects = tmp_path / "rejects.csv"
    dry = factcli("--db", new, "import", "--map", mapping, "--skip-bad", rejects, "--dry-run", table)
    assert (dry.returncode, new.exists(), rejects.exists()) == (0, False, False)
    done = factcli("--db", new, "import", "--map", mapping, "--skip-bad", rejects, table)
    assert done.returncode == 0
    assert "created: 1 fact added, 1 entity added" in done.stderr
    assert "rejects.csv: 3 of 4 rows of " in done.stderr
    assert rejects.read_text(encoding="utf-8-sig").splitlines()[0] == "Name,Who,line,fault"
    again = factcli("--db", new, "import", "--map", mapping, "--skip-bad", rejects, table)
    assert again.returncode == 2 and "exists already" in again.stderr
    mapping.write_text(f'{MAP}[values.country]\nRuritania = ""\nCongo = "CD"\n')
    assert "3 facts added" in factcli("--db", new, "import", "--map", mapping, rejects).stderr


@pytest.mark.parametrize("options", [["--skip-bad", "r.csv"], ["--map", "sipri.toml", "--skip-bad", "r.csv", "x.csv"]])
def test_rejects_need_a_mapping_and_one_file(options: list[str], tmp_path: Path, register: tuple[Path, ...]) -> None:
    done = factcli("--db", register[2], "import", *options, register[1])
    assert done.returncode == 2 and "--skip-bad: " in done.stderr


def test_rejects_that_cannot_be_written_keep_the_facts_out(register: tuple[Path, Path, Path]) -> None:
    mapping, table, new = register
    done = factcli("--db", new, "import", "--map", mapping, "--skip-bad", table.parent / "no" / "r.csv", table)
    assert (done.returncode, new.exists()) == (3, False)


def test_a_table_is_checked_without_a_fact_file(register: tuple[Path, Path, Path]) -> None:
    mapping, table, _ = register
    done = factcli("check", "--no-warnings", "--map", mapping, table)
    assert done.returncode == 1
    assert "table.csv:3: record 2: Who: " in done.stdout and "[E032]" in done.stdout
    assert '"Congo" = "?"' in done.stderr
    found = json.loads(factcli("check", "--json", "--no-warnings", "--map", mapping, table).stdout)
    assert [(one["rows"], one["lines"]) for one in found] == [(2, [3, 4]), (1, [5])]
    table.write_text("Name,Who\nA visit of more than twenty letters,Oman\n")
    done = factcli("check", "--no-warnings", "--map", mapping, table)
    assert done.returncode == 0 and "1 text cut" in done.stderr
    assert factcli("check", "--map", mapping).returncode == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Name,Who\nA,B\n"),
        ("a.json", '[{"id": 1, "title": "A"}]'),
        ("a.json", '{"data": [1]}'),
        ("a", "prose"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_way_in(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    done = factcli("--db", tmp_path / "new.json", "import", tmp_path / name)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "import --map MAPPING.toml" in done.stderr


@pytest.mark.parametrize(
    ("toml", "data"),
    [
        (MAP, "Name,Who" + ",x" * 1_000_000 + "\n"),
        (MAP, "Name,Who\nA\0,Oman\n"),
        (MAP, 'Name,Who\n"' + "x" * 100_000),
        (MAP, "Name,Who\n" + "\x1b[2J,Oman\n"),
        (MAP + "[values.country]\nx = [[1]]\n", "Name,Who\nA,Oman\n"),
        (MAP.replace('"{Name|cut:20}"', "'{Name|match:\"(a+)+$\"}'"), "Name,Who\nA,Oman\n"),
        (MAP.replace("{Name|cut:20}", "{../../etc/passwd}"), "Name,Who\nA,Oman\n"),
        (MAP.replace('header = ["Name", "Who"]', 'property = "a"'), "[" * 1_000_000),
        (MAP.replace('header = ["Name", "Who"]', 'format = "json"'), '[{"Name": ' + "9" * 100_000 + "}]"),
    ],
    ids=["columns", "NUL", "open quote", "escape", "list", "pattern", "path", "deep", "digits"],
)  # fmt: skip
def test_hostile_input_is_refused_in_one_line_and_nothing_is_written(tmp_path: Path, toml: str, data: str) -> None:
    (tmp_path / "m.toml").write_text(toml)
    (tmp_path / "d.csv").write_text(data)
    done = factcli("--db", tmp_path / "new.json", "import", "--map", tmp_path / "m.toml", tmp_path / "d.csv")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.strip().isprintable() and len(done.stderr) < 1000
    assert not (tmp_path / "new.json").exists()


def test_formulas_stay_texts(register: tuple[Path, Path, Path]) -> None:
    mapping, table, new = register
    table.write_text('Name,Who\n"=HYPERLINK(""x"")",Oman\n')
    assert factcli("--db", new, "import", "--map", mapping, table).returncode == 0
    assert json.loads(new.read_text())["facts"].popitem()[1]["title"]["en"].startswith("=HYPER")


def test_where_every_row_is_rejected_nothing_was_done(tmp_path: Path, run_factcli: Run) -> None:
    mapping, table, rejects = (tmp_path / name for name in ("map.toml", "table.csv", "rejects.csv"))
    mapping.write_text('[file]\nheader = ["What"]\n[fact]\nkind = "sale"\ndate = "{When|date}"\ntitle.en = "{What}"\n')
    table.write_text("What,When\nA,x\n")
    done = run_factcli("--db", tmp_path / "new.json", "import", "--map", mapping, "--skip-bad", rejects, table)
    assert (done.status, rejects.exists()) == (1, True)


def test_the_fact_file_is_no_file_of_rejected_rows(tmp_path: Path, run_factcli: Run) -> None:
    path, table = tmp_path / "new.json", tmp_path / "table.csv"
    table.write_text("What\nA\n")
    for rejects in (path, tmp_path / "new.json.bak"):
        done = run_factcli("--db", path, "import", "--map", "sipri.toml", "--skip-bad", rejects, table)
        assert (done.status, "is the fact file or its copy" in done.err) == (2, True)
