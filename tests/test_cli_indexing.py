"""Look-ups in large files: by an index that is kept in the user's cache, and the same answers without it."""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from conftest import Run

from factcli import store
from factcli.cli import indexing, main
from factcli.errors import IndexDamageError
from factcli.store import derived, indexer

SHIPPED = json.loads(Path(store.path_of("builtin")).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("env", "folder"),
    [
        ({"HOME": "/home/a"}, "/home/a/.cache/factcli"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/var/c"}, "/var/c/factcli"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "relative"}, "/home/a/.cache/factcli"),
        ({"HOME": "/home/a", "FACTCLI_CACHE": "/tmp/x"}, "/tmp/x"),
        ({"HOME": "/home/a", "FACTCLI_CACHE": "off"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_indexes_are(env: dict[str, str], folder: str | None) -> None:
    assert indexing.cache_folder(env) == folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 800 facts that are like the shipped ones, with other numbers, dates and partners."""
    path = tmp_path_factory.mktemp("large") / "large.json"
    chance = random.Random(1)
    facts: dict[str, Any] = {}
    shipped = list(SHIPPED["facts"].values())
    for number in range(1, 801):
        fact = json.loads(json.dumps(chance.choice(shipped)))
        fact |= {"id": f"{fact['id'][:60]}-{number}", "date": chance.choice([None, "2019", "2021-03-04", "2010~/.."])}
        fact |= {"date_basis": "stated" if fact["date"] else "unknown", "links": []}
        if number % 3 == 0:
            fact["links"] = [{"rel": "part-of", "fact": facts[str(number - 1)]["id"]}]
        for one in fact["numbers"]:
            one["value"] = chance.randrange(1, 10**6)
        facts[str(number)] = fact
    path.write_text(json.dumps({**SHIPPED, "facts": facts}, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size >= store.MIN_INDEXED_SIZE
    return path


COMMANDS = [
    "timeline -n 3", "timeline turkey visits --json", "timeline agreements 2019 salalah", "timeline صواريخ --lang ar",
    "timeline more than 5 million USD --explain", "timeline khanjr", "exercise 5anjar --json", "timeline zzzz",
    "partner", "partner turkey --count", "partner --type person", "sale -f table", "timeline --chart",
    "timeline in 2019 NOT turkey --undated --jsonl", "show oman us-oman", "show no-such-id",
    "timeline --source us-oman -q",
    "timeline --status signed --csv", "exercise --exact khanjar", "timeline latest visit",
    "timeline --csv", "timeline --reverse --jsonl", "timeline -n 20 --reverse", "timeline NOT turkey --tsv",
    "timeline --since 2020 --undated -n 30", "timeline --until 2018 -k visit --json", "sale --md", "show turkey -f md",
]  # fmt: skip


REMOVED = 1, 7, 13, 400
"""Facts that are removed from the file, by number."""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_answer_is_the_same_with_an_index(
    tmp_path_factory: pytest.TempPathFactory, large: Path, run_factcli: Run, command: str
) -> None:
    cache = tmp_path_factory.getbasetemp() / "indexes"
    answers = [
        run_factcli("--db", large, *command.split(), env={"FACTCLI_CACHE": folder})
        for folder in ("off", str(cache), str(cache))
    ]
    assert answers[1]._replace(err=without_note(answers[1].err)) == answers[0]
    assert answers[2] == answers[0]


def without_note(errors: str) -> str:
    """The messages without that of an index which took long to make."""
    return "".join(line for line in errors.splitlines(keepends=True) if ": indexed, so that" not in line)


def test_a_damaged_index_costs_nothing_but_time(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    cache = tmp_path / "cache"
    right = run_factcli("--db", large, "timeline", "turkey", env={"FACTCLI_CACHE": str(cache)})
    (index,) = cache.iterdir()
    data = bytearray(index.read_bytes())
    for at in range(8192, len(data), 97):
        data[at] ^= 0xFF
    index.write_bytes(data)
    again = run_factcli("--db", large, "timeline", "turkey", env={"FACTCLI_CACHE": str(cache)})
    assert again.out == right.out
    assert again.status == 0


def damage_after_100_facts(
    monkeypatch: pytest.MonkeyPatch, changes: Mapping[str, Any] = MappingProxyType({})
) -> list[str]:
    """Makes an index give 100 facts, with these changes, and then be damaged; gives the ids that are asked for."""
    whole, read = derived.Index.record, []

    def record(index: derived.Index, table: str, name: str, *place: int) -> Any:
        found = whole(index, table, name, *place)
        if table != derived.FACTS:
            return found
        read.append(name)
        if len(read) > 100:
            raise IndexDamageError("damaged")
        return {**found, **changes}

    monkeypatch.setattr(derived.Index, "record", record)
    return read


FORMATS = ["plain", "jsonl", "json", "csv", "tsv", "md"]


@pytest.mark.parametrize("form", FORMATS)
def test_damage_that_shows_in_the_middle_of_an_answer_doubles_no_line(
    form: str, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("FACTCLI_CACHE", str(tmp_path))
    command = ["--db", str(large), "timeline", "turkey", "-f", form]
    assert main(command) == 0
    right = capfdbinary.readouterr()
    read = damage_after_100_facts(monkeypatch)
    assert main(command) == 0
    assert len(read) == 101
    assert capfdbinary.readouterr() == right


def test_an_answer_begun_by_a_damaged_index_is_not_ended_by_another(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("FACTCLI_CACHE", str(tmp_path))
    command = ["--db", str(large), "timeline", "--jsonl"]
    assert main(command) == 0
    right = capfdbinary.readouterr().out
    damage_after_100_facts(monkeypatch, {"remark": {"en": "wrong"}})
    assert main(command) == 3
    out, err = capfdbinary.readouterr()
    assert 0 < out.count(b"\n") < right.count(b"\n")
    assert err.startswith(b"factcli: an index was damaged")
    assert err.count(b"\n") == 1


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("query", [[], ["turkey"], ["--reverse"], ["--kind", "visit"]])
def test_the_first_facts_are_printed_before_the_others_are_read(
    form: str, query: list[str], large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCLI_CACHE", str(tmp_path))
    command = ["--db", str(large), "timeline", *query, "-f", form]
    assert main([*command, "-q"]) == 0
    whole, read = derived.Index.record, []

    def record(index: derived.Index, table: str, *place: Any) -> Any:
        read.append(table)
        return whole(index, table, *place)

    monkeypatch.setattr(derived.Index, "record", record)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(command) == 0
    assert read.count(derived.FACTS) <= 1


@pytest.mark.parametrize("options", ["-n 5", "--count", "-q", "-n 5 --reverse", "--count -f csv", "--count -f table"])
def test_facts_that_are_not_printed_are_not_read(
    options: str, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCLI_CACHE", str(tmp_path))
    made, read = derived.StoredFacts._make, derived.Index.record
    counts = {"made": 0, "read": 0}

    def make(facts: derived.StoredFacts, rows: Any) -> None:
        made(facts, rows)
        counts["made"] = len(facts._made)

    def record(index: derived.Index, table: str, *place: Any) -> Any:
        counts["read"] += table == derived.FACTS
        return read(index, table, *place)

    command = ["--db", str(large), "timeline", *options.split()]
    assert main(command) == 0
    monkeypatch.setattr(derived.StoredFacts, "_make", make)
    monkeypatch.setattr(derived.Index, "record", record)
    assert main(command) == 0
    assert counts["made"] <= 20
    assert counts["read"] <= 5


@pytest.mark.parametrize("number", [1, 500])
def test_a_column_for_the_keys_of_users_is_there_where_an_answer_has_such(
    number: int, large: Path, tmp_path: Path, run_factcli: Run
) -> None:
    path, tables = tmp_path / "facts.json", json.loads(large.read_bytes())
    tables["facts"][str(number)]["colour"] = "blue"
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    name = tables["facts"][str(number)]["id"]
    for query in ([], [name], ["NOT", name], ["-n", "1", "--reverse"]):
        for form in ("csv", "json", "jsonl", "plain"):
            command = ["--db", path, "timeline", *query, "-f", form]
            right, *answers = (
                run_factcli(*command, env={"FACTCLI_CACHE": folder}) for folder in ("off", *2 * [str(tmp_path / "c")])
            )
            assert [answer.out for answer in answers] == 2 * [right.out]


def test_no_index_is_made_of_a_small_file_nor_of_one_with_faults(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    small, bad = tmp_path / "small.json", tmp_path / "bad.json"
    small.write_text(json.dumps(SHIPPED), encoding="utf-8")
    bad.write_text(large.read_text(encoding="utf-8").replace('"2021-03-04"', '"2021-3-4"', 1), encoding="utf-8")
    cache = tmp_path / "cache"
    for path, status in ((small, 0), (bad, 3)):
        assert run_factcli("--db", path, "timeline", "turkey", env={"FACTCLI_CACHE": str(cache)}).status == status
    assert list(cache.iterdir()) == []


def test_a_changed_file_is_read_once_and_indexed_when_it_is_asked_for_again(
    tmp_path: Path, large: Path, run_factcli: Run
) -> None:
    path, cache = tmp_path / "facts.json", tmp_path / "cache"
    path.write_bytes(large.read_bytes())
    counts, indexes = [], []
    for _ in range(4):
        counts.append(run_factcli("--db", path, "timeline", "turkey", "--count", env={"FACTCLI_CACHE": str(cache)}).out)
        (index,) = cache.iterdir()
        indexes.append(index.stat().st_ino)
        if len(counts) == 1:
            path.write_bytes(path.read_bytes().replace(b'"TR"', b'"QA"', 1))
    assert len(set(counts[1:])) == 1
    assert indexes[0] == indexes[1] != indexes[2] == indexes[3]


def test_where_no_index_can_be_kept_none_is_made(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(indexer, "make", None)
    assert indexing.read([str(large)], str(tmp_path)).derived is None


def test_an_index_is_not_readable_by_others(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    cache = tmp_path / "a" / "b"
    run_factcli("--db", large, "timeline", "turkey", env={"FACTCLI_CACHE": str(cache)})
    assert os.stat(cache).st_mode & 0o077 == 0


def test_a_change_is_answered_at_once(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    path, env = tmp_path / "facts.json", {"FACTCLI_CACHE": str(tmp_path / "cache")}
    path.write_bytes(large.read_bytes())
    before = run_factcli("--db", path, "timeline", "khanjar", "--count", env=env)
    first = json.loads(path.read_bytes())["facts"]["1"]["id"]
    assert run_factcli("--db", path, "remove", first, env=env).status == 0
    path.write_bytes(path.read_bytes().replace(b"Khanjar", b"Hanjark"))
    after = run_factcli("--db", path, "timeline", "hanjark", "--count", "--exact", env=env)
    assert int(before.out) > 0
    assert int(after.out) > 0


def test_an_index_stays_the_one_of_its_file_when_that_is_changed(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    path, cache = tmp_path / "facts.json", tmp_path / "cache"
    path.write_bytes(large.read_bytes())
    first = json.loads(path.read_bytes())["facts"]["1"]["id"]
    new = {"kind": "visit", "date": "2031", "title": {"en": "Zanzibar calls"}, "partners": ["TZ"]}
    env = {"FACTCLI_CACHE": str(cache)}
    run_factcli("--db", path, "timeline", "turkey", env=env)
    assert run_factcli("--db", path, "remove", first, env=env).status == 0
    assert run_factcli("--db", path, "import", "-", stdin=json.dumps(new), env=env).status == 0
    assert derived.open_index([str(path)], str(cache), 0) is not None
    for words in ("zanzibar", first, "turkey", "NOT turkey", "zanzibr"):
        by_index = run_factcli("--db", path, "timeline", *words.split(), "--json", env=env)
        assert by_index == run_factcli("--db", path, "timeline", *words.split(), "--json", env={"FACTCLI_CACHE": "off"})
    assert run_factcli("--db", path, "timeline", "zanzibar", "--count", env=env).out == "1\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_answer_is_the_same_by_an_index_of_which_facts_were_removed(
    command: str, shrunk: tuple[Path, dict[str, str]], run_factcli: Run
) -> None:
    path, env = shrunk
    with_index = run_factcli("--db", path, *command.split(), env=env)
    without = run_factcli("--db", path, *command.split(), env={"FACTCLI_CACHE": "off"})
    assert with_index == without


@pytest.fixture(scope="module")
def shrunk(tmp_path_factory: pytest.TempPathFactory, large: Path, run_factcli: Run) -> tuple[Path, dict[str, str]]:
    """A file of which facts were removed after it had an index, and the environment in which it has it."""
    folder = tmp_path_factory.mktemp("shrunk")
    path, env = indexed_copy(large, folder, run_factcli)
    ids = [fact["id"] for fact in json.loads(path.read_text(encoding="utf-8"))["facts"].values()]
    removed = [ids[number] for number in REMOVED]
    assert run_factcli("--db", path, "remove", *removed, env=env).status == 0
    return path, env


def test_info_names_the_index(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    env = {"FACTCLI_CACHE": str(tmp_path / "cache")}
    assert json.loads(run_factcli("--db", large, "info", "--json", env=env).out)[0]["index"] is None
    run_factcli("--db", large, "timeline", "turkey", env=env)
    (index,) = (tmp_path / "cache").iterdir()
    assert json.loads(run_factcli("--db", large, "info", "--json", env=env).out)[0]["index"] == str(index)


def test_what_takes_long_is_reported(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(indexing, "MIN_SECONDS", 0.0)
    assert indexing.read([str(large)], str(tmp_path)).derived
    monkeypatch.setattr(derived, "open_index", lambda *_: None)
    monkeypatch.setattr(derived, "is_worth_making", lambda *_: False)
    assert indexing.read([str(large)], str(tmp_path)).derived is None
    first, second = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"factcli: .*large\.json: indexed, so that look-ups are fast until .* \(\d+ s\)", first)
    assert re.fullmatch(r"factcli: .*large\.json: read as a whole, for its index does not fit \(\d+ s\)", second)


def test_an_index_that_cannot_be_written_costs_no_answer(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "make", lambda *_: None)
    assert len(indexing.read([str(large)], str(tmp_path)).facts) == 800


# Never a wrong answer.


def indexed_copy(large: Path, tmp_path: Path, run: Run) -> tuple[Path, dict[str, str]]:
    """A file with an index, and the environment in which that is."""
    path, env = tmp_path / "facts.json", {"FACTCLI_CACHE": str(tmp_path / "cache")}
    path.write_bytes(large.read_bytes())
    assert run("--db", path, "timeline", "turkey", "--count", env=env).status == 0
    return path, env


@pytest.mark.parametrize("change", ["in its place", "replaced", "the clock set back", "cut", "appended"])
def test_a_changed_file_is_never_answered_by_its_old_index(
    tmp_path: Path, large: Path, run_factcli: Run, change: str
) -> None:
    path, env = indexed_copy(large, tmp_path, run_factcli)
    before, data = path.stat(), path.read_bytes().replace(b"Khanjar", b"Hanjark")
    if change == "in its place":
        with open(path, "r+b") as file:
            file.write(data)
    elif change == "replaced":
        (tmp_path / "new.json").write_bytes(data)
        os.replace(tmp_path / "new.json", path)
    else:
        path.write_bytes({"cut": data[:-1], "appended": data + b"\n"}.get(change, data))
        if change == "the clock set back":
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns - 10**12))
    for _ in range(3):
        found = run_factcli("--db", path, "timeline", "hanjark", "--exact", "--jsonl", env=env)
        plain = run_factcli("--db", path, "timeline", "hanjark", "--exact", "--jsonl", env={"FACTCLI_CACHE": "off"})
        assert found[:2] == plain[:2]
        assert found.status == (3 if change == "cut" else 0)


@pytest.mark.parametrize("damage", ["cut off", "foreign", "of another version", "a directory that is read-only"])
def test_whatever_the_index_is_the_answer_is_right(tmp_path: Path, large: Path, run_factcli: Run, damage: str) -> None:
    path, env = indexed_copy(large, tmp_path, run_factcli)
    right = run_factcli("--db", path, "timeline", "turkey", "--jsonl", env={"FACTCLI_CACHE": "off"})
    (index,) = (tmp_path / "cache").iterdir()
    if damage == "cut off":
        index.write_bytes(index.read_bytes()[: 8192 * 3 + 5])
    elif damage == "foreign":
        index.write_bytes(b"SQLite format 3\0" + bytes(9000))
    elif damage == "of another version":
        with sqlite3.connect(index) as db:
            db.execute("DELETE FROM about")
    else:
        index.unlink()
        (tmp_path / "cache").chmod(0o500)
    for _ in range(2):
        assert run_factcli("--db", path, "timeline", "turkey", "--jsonl", env=env)[:2] == right[:2]


def test_two_makers_at_once_leave_one_index_that_is_right(tmp_path: Path, large: Path, run_factcli: Run) -> None:
    path, cache = tmp_path / "facts.json", tmp_path / "cache"
    path.write_bytes(large.read_bytes())
    command = [sys.executable, "-m", "factcli", "--db", str(path), "timeline", "turkey", "--jsonl"]
    env = {**os.environ, "FACTCLI_CACHE": str(cache)}
    makers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=env) for _ in range(3)]
    answers = {maker.communicate()[0] for maker in makers}
    answers.add(run_factcli(*command[3:], env={"FACTCLI_CACHE": str(cache)}).out)
    answers.add(run_factcli(*command[3:], env={"FACTCLI_CACHE": "off"}).out)
    assert len(answers) == 1
    assert len(list(cache.iterdir())) == 1
