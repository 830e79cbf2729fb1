"""The facts of large files by their index, which is made at the first look-up and kept in the user's cache."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence

from factcli import store, terminal
from factcli.errors import FileError
from factcli.model import Facts
from factcli.store import derived
from factcli.text.quote import enumerate_values, quote_path

CACHE_VARIABLE = "FACTCLI_CACHE"
"""The environment variable that names the directory of indexes; `off` for none."""

MIN_SECONDS = 1.0
"""Seconds from which the making of an index is reported."""


def cache_folder(env: Mapping[str, str] = os.environ) -> str | None:
    """The directory of indexes, which need not exist; None where there is no place for one."""
    if named := env.get(CACHE_VARIABLE):
        return None if named.lower() == "off" else named
    cache = env.get("XDG_CACHE_HOME", "")
    home = env.get("HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    return os.path.join(cache, "factcli") if cache else None


def read(names: Sequence[str], folder: str, quiet: bool = False) -> Facts:
    """The facts of the files by their index; where none fits, one is made, or the files are read. Raises FileError."""
    start, now = time.monotonic(), time.time_ns()
    if facts := derived.open_index(names, folder, now):
        return facts
    if not derived.is_worth_making(names, folder):
        facts = store.read(names)
        report(names, start, "read as a whole, for its index does not fit")
        return facts
    from factcli.cli.progress import progress
    from factcli.search.opening import with_new_index

    with progress(quiet) as shown:
        facts = with_new_index(names, folder, now, lambda *done: shown("indexing", *done))
    if facts.derived:
        report(names, start, "indexed, so that look-ups are fast until the next change")
    return facts


@contextlib.contextmanager
def kept_up(name: str) -> Iterator[None]:
    """Brings the index of a fact file up to date with a change that is made inside, if it has one that fits."""
    folder, before = cache_folder(), None
    if folder and os.path.isfile(derived.index_path([name], folder)):
        with contextlib.suppress(FileError):
            before = derived.open_index([name], folder, time.time_ns())
    yield
    if folder and before:
        from factcli.cli.progress import progress
        from factcli.lexicon import Lexicon
        from factcli.search.index import mapper
        from factcli.store.updater import update

        start = time.monotonic()
        with progress() as shown:
            done = update(
                before.derived, name, folder, mapper(Lexicon()), time.time_ns(), lambda *step: shown("indexing", *step)
            )
        if done:
            report([name], start, "its index is up to date, so that look-ups stay fast")


def report(names: Sequence[str], start: float, what: str) -> None:
    """Reports what took more than a second since `start`."""
    if (seconds := time.monotonic() - start) > MIN_SECONDS:
        files = enumerate_values([quote_path(name) for name in names])
        terminal.write_messages(f"{files}: {what} ({seconds:.0f} s)")
