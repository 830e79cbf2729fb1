"""A fact by hand: by options, by answers on a terminal, in an editor."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Run, become_factcli

TRAINING = (
    "-k", "agreement", "--title", "Oman and Kenya agree on training", "--title", "عمان وكينيا تتفقان على التدريب",
    "--date", "May 2024", "-p", "OM", "-p", "Kenya", "--party", "signatory=Ministry of Training",
    "--value", "more than US$ 1.2 bn", "--number", "quantity=301 missile", "--status", "موقعة",
    "--source", "https://example.org/news/1", "--paragraph", "2", "--sentence", "1",
)  # fmt: skip
ID = "agreement-2024-05-oman-and-kenya-agree-on-training"


@pytest.fixture
def path(tmp_path: Path, run_factcli: Run) -> Path:
    """A fact file with one fact that was added."""
    path = tmp_path / "mine.json"
    result = run_factcli("--db", path, "add", *TRAINING)
    assert (result.status, result.out) == (0, "")
    assert "created: 1 fact added, 1 entity added or completed, 1 source added" in result.err
    return path


def fact(run_factcli: Run, path: Path, one: str = ID) -> dict[str, object]:
    found: dict[str, object] = json.loads(run_factcli("--db", path, "show", one, "--json").out)[0]
    return found


def test_a_fact_is_added_by_options(run_factcli: Run, path: Path) -> None:
    added = fact(run_factcli, path)
    assert (added["kind"], added["date"], added["status"]) == ("agreement", "2024-05", "signed")
    assert added["partners"] == ["OM", "KE"]
    assert added["numbers"] == [
        {"what": "value", "op": ">", "value": 1_200_000_000, "unit": "USD"},
        {"what": "quantity", "op": "=", "value": 301, "unit": "missile"},
    ]
    assert added["sources"] == [{"source": "example-org-news-1", "paragraph": 2, "sentence": 1}]
    assert run_factcli("--db", path, "check").status == 0


def test_the_same_fact_again_changes_nothing(run_factcli: Run, path: Path) -> None:
    before = path.read_bytes()
    result = run_factcli("--db", path, "add", *TRAINING)
    assert "nothing to change" in result.err
    assert path.read_bytes() == before


def test_a_dry_run_writes_nothing(run_factcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    result = run_factcli("--db", path, "add", *TRAINING, "--dry-run")
    assert "would be created" in result.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-k", "agrement", "--title", "x"], "--kind: 'agrement' is none of"),
        (["-k", "agreement"], "--title: is missing"),
        ([], "--kind: is missing"),
        (["-k", "sale", "--title", "x", "--id", "A B"], "the new fact: id:"),
        (["-k", "sale", "--title", "x", "--date", "3/4/2019"], "--date: can be"),
        (["-k", "sale", "--title", "x", "--status", "sined"], "did you mean signed?"),
        (["-k", "sale", "--title", "x", "-p", "Narnia"], "--partner: there is no country"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_written(
    run_factcli: Run, path: Path, options: list[str], message: str
) -> None:
    before = path.read_bytes()
    result = run_factcli("--db", path, "add", *options)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert path.read_bytes() == before


def test_the_shipped_file_is_not_added_to(run_factcli: Run) -> None:
    assert run_factcli("--db", "builtin", "add", *TRAINING).status == 2
    assert run_factcli("--db", "builtin", "edit", "us-om-tow-2023").status == 2


# -- in an editor


class Edited(NamedTuple):
    status: int
    err: str
    draft: Path


def edited(run_factcli: Run, path: Path, one: str, *changes: tuple[str, str]) -> Edited:
    """What `edit` does with an editor that replaces texts, and where the draft was."""
    editor, seen = path.parent / "editor.py", path.parent / "seen"
    editor.write_text(
        "import sys\n"
        f"open({str(seen)!r}, 'w').write(sys.argv[1])\n"
        "text = open(sys.argv[1], encoding='utf-8').read()\n"
        f"for change in {changes!r}:\n"
        "    text = text.replace(*change)\n"
        "open(sys.argv[1], 'w', encoding='utf-8').write(text)\n",
        encoding="utf-8",
    )
    result = run_factcli("--db", path, "edit", one, env={"EDITOR": f"{sys.executable} {editor}"})
    return Edited(result.status, result.err, Path(seen.read_text()))


def test_a_fact_is_edited(run_factcli: Run, path: Path) -> None:
    done = edited(run_factcli, path, ID, ("301", "302"), ("on training", "on drills"))
    assert (done.status, "1 fact updated" in done.err) == (0, True)
    after = fact(run_factcli, path)
    assert "302" in json.dumps(after["numbers"])
    assert after["title"] == {"en": "Oman and Kenya agree on drills", "ar": "عمان وكينيا تتفقان على التدريب"}
    assert not done.draft.exists()


@pytest.mark.parametrize("one", ["ministry-of-training", "example-org-news-1"])
def test_an_entity_and_a_source_are_edited(run_factcli: Run, path: Path, one: str) -> None:
    done = edited(run_factcli, path, one, ('"en": "', '"en": "New '))
    assert (done.status, "added or completed" in done.err) == (0, True)
    assert "New " in run_factcli("--db", path, "show", one, "--json").out


def test_a_text_that_stays_changes_nothing(run_factcli: Run, path: Path) -> None:
    before = path.read_bytes()
    done = edited(run_factcli, path, ID)
    assert (done.status, "nothing to change" in done.err) == (0, True)
    assert path.read_bytes() == before
    assert not done.draft.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([('"kind": "agreement"', '"kind": "agrement"')], "kind: "),
        ([("{", "")], "is neither a fact nor a fact file"),
        ([("}", "} and more")], "is not JSON"),
        ([("2024-05-oman", "2024-06-oman")], "id: an id stays"),
        (
            [('{\n  "id"', '[{\n  "id"'), ('"remark": null\n}', f'"remark": null}}, {{"id": "{ID}"}}]')],
            "edit one at a time",
        ),
    ],
)
def test_a_text_that_is_wrong_is_kept(
    run_factcli: Run, path: Path, changes: list[tuple[str, str]], message: str
) -> None:
    before = path.read_bytes()
    done = edited(run_factcli, path, ID, *changes)
    assert (done.status, message in done.err) == (2, True), done.err
    assert f"the text is kept in {done.draft}" in done.err
    assert changes[0][1] in done.draft.read_text(encoding="utf-8")
    assert path.read_bytes() == before
    done.draft.unlink()


def test_an_id_that_is_not_there_is_named_with_the_nearest(run_factcli: Run, path: Path) -> None:
    result = run_factcli("--db", path, "edit", ID[:-1])
    assert (result.status, f"did you mean {ID}?" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["import", "--update", "-"], "was changed by another program"),
        (["remove", ID], "was removed by another program"),
    ],
)
def test_what_another_program_changed_in_the_meantime_is_not_lost(
    run_factcli: Run, path: Path, tmp_path: Path, command: list[str], message: str
) -> None:
    editor = tmp_path / "editor.py"
    new = json.dumps({"id": ID, "kind": "sale", "title": {"en": "Other"}})
    editor.write_text(
        "import subprocess, sys\n"
        f"command = [sys.executable, '-m', 'factcli', '--db', {str(path)!r}, *{command!r}]\n"
        f"subprocess.run(command, input={new!r}, text=True)\n"
        "text = open(sys.argv[1], encoding='utf-8').read().replace('301', '302')\n"
        "open(sys.argv[1], 'w', encoding='utf-8').write(text)\n",
        encoding="utf-8",
    )
    done = run_factcli("--db", path, "edit", ID, env={"EDITOR": f"{sys.executable} {editor}"})
    assert (done.status, message in done.err) == (2, True)
    assert "302" not in path.read_text(encoding="utf-8")
    Path(done.err.rpartition("the text is kept in ")[2].strip()).unlink()


def test_an_editor_that_fails_changes_nothing(run_factcli: Run, path: Path) -> None:
    before = path.read_bytes()
    result = run_factcli("--db", path, "edit", ID, env={"EDITOR": "false"})
    assert (result.status, "the editor:" in result.err) == (2, True)
    assert path.read_bytes() == before


# -- asked for


def answered(environment: dict[str, str], path: Path, *answers: str) -> tuple[int, str]:
    """What `add` without options does on a terminal where these lines are typed."""
    try:
        child, terminal = pty.fork()
    except OSError as error:
        pytest.skip(f"no pseudo-terminal can be had: {error}")
    if child == 0:
        become_factcli(("--db", str(path), "add"), environment)
    os.write(terminal, "".join(f"{answer}\n" for answer in answers).encode())
    out = b""
    with contextlib.suppress(OSError):  # what reading a terminal whose other end is closed raises on Linux
        while more := os.read(terminal, 65536):
            out += more
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out.decode()


def test_what_is_needed_is_asked_for_until_it_is_right(
    environment: dict[str, str], tmp_path: Path, run_factcli: Run
) -> None:
    path = tmp_path / "mine.json"
    answers = (
        "agrement",
        "اتفاقية",
        "",
        "Oman and Kenya meet",
        "May 2024",
        "Kenya, Qatar",
        "sined",
        "signed",
        "",
        "لقاء",
    )
    status, out = answered(environment, path, *answers)
    assert status == 0, out
    assert "did you mean agreement?" in out
    assert "did you mean signed?" in out
    added = json.loads(run_factcli("--db", path, "export").out.splitlines()[-1])
    assert (added["kind"], added["status"], added["date"]) == ("agreement", "signed", "2024-05")
    assert added["title"] == {"en": "Oman and Kenya meet", "ar": "لقاء"}
    assert added["partners"] == ["OM", "KE", "QA"]
