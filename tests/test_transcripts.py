"""What a user sees, word for word: every `tests/cli/*.test` is run and compared.

A transcript has commands behind `$ `, then standard output as it is, standard error behind `! `, and the exit status
behind `= ` where it is not 0. After a change on purpose, BLESS=1 writes them anew; read the difference, then commit.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

HERE = Path(__file__).parent
TRANSCRIPTS = sorted((HERE / "cli").glob("*.test"))
CRLF, LF = "\r\n", "\n"  # lines of CSV end in the first, those of a transcript in the second


def transcript(command: str, run_factcli: Run) -> str:
    """A command as its transcript has it."""
    done = run_factcli(*shlex.split(command)[1:], columns=80, cwd=HERE)
    errors = "".join(f"! {line}\n" for line in done.err.splitlines())
    status = f"= {done.status}\n" if done.status else ""
    return f"$ {command}\n{done.out.replace(CRLF, LF)}{errors}{status}"


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 10


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_user_sees_what_the_transcript_says(path: Path, run_factcli: Run) -> None:
    written = path.read_text(encoding="utf-8")
    head = [line for line in written.splitlines(keepends=True) if line.startswith("# ")]
    commands = [line[2:] for line in written.splitlines() if line.startswith("$ ")]
    assert commands
    seen = "".join(head) + "\n".join(transcript(command, run_factcli) for command in commands)
    assert "an error in factcli itself" not in seen
    if os.environ.get("BLESS"):
        path.write_text(seen, encoding="utf-8")
    assert seen == written
