"""What a user sees, word for word: every `tests/cli/*.test` is run and compared.

A transcript has commands behind `$ `, then standard output as it is, standard error behind `! `, and the exit status
behind `= ` where it is not 0. After a change on purpose, BLESS=1 writes them anew; read the difference, then commit.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TRANSCRIPTS = sorted((HERE / "cli").glob("*.test"))
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("FACTCLI_", "LC_", "COLUMNS"))},
    "LANG": "C.UTF-8",
    "COLUMNS": "80",
}


def run(command: str) -> str:
    """A command as its transcript has it."""
    done = subprocess.run(
        [sys.executable, "-m", "factcli", *shlex.split(command)[1:]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        cwd=HERE,
        check=False,
    )
    told = "".join(f"! {line}\n" for line in done.stderr.splitlines())
    status = f"= {done.returncode}\n" if done.returncode else ""
    return f"$ {command}\n{done.stdout}{told}{status}"


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 10


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_user_sees_what_the_transcript_says(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    head = [line for line in written.splitlines(keepends=True) if line.startswith("# ")]
    commands = [line[2:] for line in written.splitlines() if line.startswith("$ ")]
    assert commands
    seen = "".join(head) + "\n".join(run(command) for command in commands)
    assert "an error in factcli itself" not in seen
    if os.environ.get("BLESS"):
        path.write_text(seen, encoding="utf-8")
    assert seen == written
