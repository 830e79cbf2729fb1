"""`docs/GIT.md` with a real git: its commands are run, and its table of what a merge gives is tried."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from test_architecture import ROOT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")

PAGE = (ROOT / "docs/GIT.md").read_text(encoding="utf-8")
SET_UP, CORRECT, MAKE_AGAIN = re.findall(r"```sh\n(.*?)```", PAGE, re.S)


class Done(NamedTuple):
    status: int
    text: str


class Repository:
    """A repository with the fact file `mine.json`, which has the fact `base` in its first commit."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.file = folder, folder / "mine.json"
        self.environment = environment | {
            "PATH": f"{Path(sys.executable).parent}:{environment['PATH']}",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.must("git init -q -b main && git config user.name A && git config user.email a@example.org")
        self.must("echo '*.bak' > .gitignore && git config commit.gpgSign false")

    def run(self, command: str, stdin: str = "") -> Done:
        done = subprocess.run(
            ["sh", "-c", command], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            cwd=self.folder, env=self.environment, encoding="utf-8",
        )  # fmt: skip
        return Done(done.returncode, done.stdout)

    def must(self, command: str, stdin: str = "") -> str:
        done = self.run(command, stdin)
        assert done.status == 0, (command, done.text)
        return done.text

    def add(self, *names: str, **values: object) -> None:
        """Imports facts, replacing those of the same id."""
        facts = [{"id": name, "kind": "visit", "title": {"en": f"Visit {name}"}, **values} for name in names]
        self.must("factcli --db mine.json import --update -", json.dumps(facts))

    def commit(self) -> None:
        self.must("git add . && git commit -q -m facts")

    def branch(self) -> None:
        """Makes the branch `other` of what is there and goes to it; `main` is where it was."""
        self.must("git checkout -q -b other")

    def back(self) -> None:
        """Commits on `other` and goes to `main`."""
        self.commit()
        self.must("git checkout -q main")

    def ids(self) -> list[str]:
        return self.must("factcli --db mine.json timeline --fields id").split()

    def unmerged(self) -> list[str]:
        """What is not committed; nothing but the fact file is left lying about."""
        return self.must("git status --porcelain").splitlines()


@pytest.fixture
def repository(tmp_path: Path, environment: dict[str, str]) -> Repository:
    made = Repository(tmp_path, environment)
    made.add("base")
    made.commit()
    return made


@pytest.fixture
def driven(repository: Repository) -> Repository:
    """The repository with the merge set up as the page says."""
    repository.must(SET_UP)
    repository.commit()
    return repository


MERGES = ["git merge -q --no-edit other", "git rebase -q other", "git cherry-pick other"]


@pytest.mark.parametrize("command", MERGES)
def test_two_branches_that_each_add_facts_are_merged(driven: Repository, command: str) -> None:
    driven.branch()
    driven.add("c", "b")
    driven.back()
    driven.add("e", "d")
    driven.commit()
    driven.must(command)
    assert sorted(driven.ids()) == ["b", "base", "c", "d", "e"]
    assert driven.unmerged() == []
    assert driven.must("factcli --db mine.json check --no-warnings") == "factcli: mine.json: no problems\n"
    again = driven.file.read_text(encoding="utf-8")
    numbers = re.findall(r'^"(\d+)": \{"id"', again, re.M)
    assert len(set(numbers)) == len(numbers) == 5


def test_what_one_branch_removes_and_what_the_other_edits_are_both_taken(driven: Repository) -> None:
    driven.add("gone")
    driven.commit()
    driven.branch()
    driven.must("factcli --db mine.json remove gone")
    driven.back()
    driven.add("base", status="held")
    driven.commit()
    driven.must("git merge -q --no-edit other")
    assert driven.ids() == ["base"]
    assert "held" in driven.must("factcli --db mine.json show base")


def test_different_fields_and_the_same_fact_on_both_sides_are_no_conflict(driven: Repository) -> None:
    driven.branch()
    driven.add("base", status="held")
    driven.add("new")
    driven.back()
    driven.add("base", note={"en": "A note"})
    driven.add("new")
    driven.commit()
    driven.must("git merge -q --no-edit other")
    assert sorted(driven.ids()) == ["base", "new"]
    shown = driven.must("factcli --db mine.json show base")
    assert "held" in shown and "A note" in shown


def test_a_conflict_keeps_our_side_is_reported_and_left_to_be_corrected(driven: Repository) -> None:
    driven.branch()
    driven.add("base", status="held")
    driven.add("new")
    driven.back()
    driven.add("base", status="cancelled")
    driven.commit()
    done = driven.run("git merge --no-edit other")
    assert done.status == 1
    line = 'mine.json: facts base: status: is "cancelled" in OURS, which was kept, and "held" in THEIRS; '
    assert f"factcli: {line}" in done.text
    assert driven.unmerged() == ["UU mine.json"]
    assert sorted(driven.ids()) == ["base", "new"]
    driven.add("base", status="held")
    check, add = CORRECT.splitlines()
    assert driven.run(f"{check} --no-warnings && {add} && git commit -q --no-edit").status == 0
    assert driven.unmerged() == []


def test_two_branches_that_each_make_the_file(tmp_path: Path, environment: dict[str, str]) -> None:
    made = Repository(tmp_path, environment)
    made.must(SET_UP)
    made.commit()
    made.branch()
    made.add("a", "b")
    made.back()
    made.add("b", "c")
    made.commit()
    made.must("git merge -q --no-edit other")
    assert sorted(made.ids()) == ["a", "b", "c"]


def test_a_version_with_a_bad_record_is_not_merged(driven: Repository) -> None:
    driven.branch()
    driven.add("b")
    text = driven.file.read_text(encoding="utf-8")
    driven.file.write_text(text.replace('"kind": "visit"', '"kind": "vist"'), encoding="utf-8")
    driven.back()
    driven.add("c")
    driven.commit()
    done = driven.run("git merge --no-edit other")
    assert done.status == 1
    assert "factcli: mine.json (THEIRS): facts records " in done.text
    assert driven.unmerged() == ["UU mine.json"]
    assert sorted(driven.ids()) == ["base", "c"]


# -- without the driver


def conflicting(repository: Repository) -> None:
    """Two branches that each added a fact."""
    repository.branch()
    repository.add("b")
    repository.back()
    repository.add("c")
    repository.commit()


def test_a_merge_that_git_could_not_make_is_made_again_as_the_look_up_says(repository: Repository) -> None:
    conflicting(repository)
    assert repository.run("git merge --no-edit other").status == 1
    done = repository.run("factcli --db mine.json timeline")
    assert done.status == 3
    assert re.search(r"mine\.json:\d+: holds both sides of a merge .*`git checkout --merge FILE`\n$", done.text)
    command = re.search(r"`(factcli merge --help)`", done.text)
    assert command
    named = repository.must(command[1])
    lines = [line for line in SET_UP.splitlines() if "config merge.facts.name" not in line]
    assert [line for line in [*lines, MAKE_AGAIN.strip()] if line not in named] == []
    repository.must("\n".join(lines))
    repository.must(MAKE_AGAIN)
    assert sorted(repository.ids()) == ["b", "base", "c"]


def test_the_union_of_lines_is_no_fact_file_as_the_page_says(repository: Repository) -> None:
    repository.must("echo 'mine.json merge=union' > .gitattributes")
    repository.commit()
    conflicting(repository)
    repository.must("git merge -q --no-edit other")
    done = repository.run("factcli --db mine.json timeline")
    assert done.status == 3
    assert re.search(r"mine\.json:\d+:\d+: is not JSON: Expecting ',' delimiter", done.text)
