"""How the tests run: one hypothesis profile, and `factcli` in a forked child, in a pipe or on a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
import tempfile
import termios
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import click  # noqa: F401 - so that children need not import it, nor the others below
import pytest
import rapidfuzz  # noqa: F401
import rich.console
import rich.table
import rich.text  # noqa: F401
import tinydb  # noqa: F401
from hypothesis import HealthCheck, settings

settings.register_profile(
    "same", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("same"), derandomize=False, max_examples=1000)
settings.load_profile("same")
"""The same examples at each run, however slow the machine; `--hypothesis-profile=explore` looks for new ones."""


class Result(NamedTuple):
    """What a command did: its exit status, standard output and standard error; on a terminal all is in `out`."""

    status: int
    out: str
    err: str = ""


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a command: nothing of the caller's but PATH, and a home directory that is empty."""
    home = tmp_path_factory.mktemp("home")
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def run_factcli(environment: dict[str, str]) -> Run:
    """Runs `factcli ARGUMENTS` with standard output in a pipe; `env` adds to the environment."""

    def run(
        *arguments: str | Path,
        stdin: str = "",
        columns: int | None = None,
        cwd: str | Path | None = None,
        env: Mapping[str, str] = {},
    ) -> Result:
        size = {} if columns is None else {"COLUMNS": str(columns)}
        reading, writing = os.pipe()
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
            given.write(stdin.encode())
            given.seek(0)
            child = os.fork()
            if child == 0:
                os.dup2(given.fileno(), 0)
                os.dup2(writing, 1)
                os.dup2(errors.fileno(), 2)
                os.close(reading)
                os.close(writing)
                become_factcli(arguments, {**environment, **size, **env}, cwd)
            os.close(writing)
            with open(reading, "rb") as pipe:
                out = pipe.read()
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            errors.seek(0)
            return Result(status, out.decode(), errors.read().decode())

    return run


@pytest.fixture(scope="session")
def on_terminal(environment: dict[str, str]) -> Run:
    """Runs `factcli ARGUMENTS` on a terminal of 24 lines; without a pager unless `pages`.

    Where no pseudo-terminal can be had, the test is skipped.
    """

    def run(
        *arguments: str,
        columns: int = 100,
        pages: bool = False,
        env: Mapping[str, str] = {},
    ) -> Result:
        try:
            child, terminal = pty.fork()
        except OSError as error:
            pytest.skip(f"no pseudo-terminal can be had: {error}")
        if child == 0:
            termios.tcsetwinsize(1, (24, columns))
            become_factcli((*arguments, *([] if pages else ["--no-pager"])), {**environment, **env})
        out = b""
        with contextlib.suppress(OSError):  # what reading a terminal whose other end is closed raises on Linux
            while more := os.read(terminal, 65536):
                out += more
        os.close(terminal)
        return Result(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out.decode())

    return run


ARTICLE = "Gulf News\n\nOman bought 12 boats from Italy for $50 million on Tuesday. It did not buy tanks.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with an article that states a sale and denies one."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def json_lines(*records: dict[str, Any]) -> str:
    """Records as JSON Lines."""
    return "".join(json.dumps(one) + "\n" for one in records)


@pytest.fixture
def terminal_pair() -> Iterator[tuple[int, int]]:
    """The two ends of a pseudo-terminal: that of the terminal itself and that of the program on it.

    Where no pseudo-terminal can be had, the test is skipped.
    """
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminal can be had: {error}")
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def process(*command: str, env: dict[str, str]) -> tuple[int, str, str]:
    """What a command does that is started as a user starts it."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
    return done.returncode, done.stdout, done.stderr


def become_factcli(
    arguments: tuple[str | Path, ...], environment: Mapping[str, str], cwd: str | Path | None = None
) -> NoReturn:
    """Turns a forked child into a new process of `factcli` whose descriptors 0, 1 and 2 are set, and ends it.

    The modules of factcli are imported anew, so that nothing is found that a test has loaded or changed; the libraries
    are not, which halves the time of a command.
    """
    status = 70
    try:
        os.environ.clear()
        os.environ.update(environment)
        if cwd is not None:
            os.chdir(cwd)
        # As the interpreter opens them where the locale is C.UTF-8.
        sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", newline="\n", closefd=False)
        sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False)
        sys.dont_write_bytecode = False
        for name in [name for name in sys.modules if name.partition(".")[0] == "factcli"]:
            del sys.modules[name]
        sys.argv = ["factcli", *map(str, arguments)]
        from factcli.__main__ import run

        run()
    except SystemExit as end:  # under a debugger or a measurement of coverage
        status = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)
    raise AssertionError


class Mapped(NamedTuple):
    """What a mapping makes of a file: the facts, entities and sources, the problems, and the reader."""

    facts: list[Any]
    entities: dict[str, Any]
    sources: dict[str, Any]
    problems: list[Any]
    reader: Any

    @property
    def messages(self) -> list[str]:
        from factcli.records.problems import format_problem

        return [format_problem(problem).partition(": ")[2] for problem in self.problems]


@pytest.fixture
def mapped(tmp_path: Path) -> Callable[..., Mapped]:
    """Reads the text or bytes of a file by a mapping."""
    from factcli.records.mapping import MappedReader
    from factcli.records.problems import Problem

    def read(toml: str, data: str | bytes, name: str = "data.csv", skips_bad: bool = False) -> Mapped:
        (tmp_path / "map.toml").write_text(toml, encoding="utf-8")
        content = data.encode() if isinstance(data, str) else data
        (tmp_path / name).write_bytes(content)
        reader = MappedReader(str(tmp_path / "map.toml"), None, skips_bad)
        found = list(reader(str(tmp_path / name)))
        problems = [one for one in found if isinstance(one, Problem)]
        records = [one for one in found if not isinstance(one, Problem)]
        tables = {
            table: [one.value for one in records if one.place.table == table]
            for table in ("facts", "entities", "sources")
        }
        by_id = [{one["id"]: one for one in tables[table]} for table in ("entities", "sources")]
        return Mapped(tables["facts"], *by_id, problems, reader)

    return read
