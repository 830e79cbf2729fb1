"""What each room may touch: files, the console, the environment and the clock; and that each module has its tests.

What rooms may import is held by the contracts in `setup.cfg`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "factcli"

OUTSIDE = {
    "files": "open io.open os.open os.fdopen",
    "console": "print input sys.stdin sys.stdout sys.stderr sys.__stdin__ sys.__stdout__ sys.__stderr__",
    "environment": "os.environ os.environb os.getenv os.putenv os.unsetenv",
    "stopwatch": "time.monotonic time.monotonic_ns time.perf_counter time.perf_counter_ns time.process_time",
    "calendar": """
        time.time time.time_ns time.ctime time.strftime time.localtime time.gmtime
        datetime.datetime.now datetime.datetime.today datetime.datetime.utcnow datetime.date.today
    """,
}
"""Names by which a program touches what is outside of it."""

METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}
"""Methods of paths that open files."""

ALLOWED = {
    "files": {"package_data", "store", "terminal"},
    "console": {"cli", "terminal"},
    "environment": {"cli", "terminal"},
    "stopwatch": {"cli", "store", "terminal"},
    "calendar": {"cli"},
}
"""The rooms that may. What day it is today is an argument everywhere else."""


def uses(source: str) -> Iterator[tuple[int, str, str]]:
    """Where a program touches what is outside of it: line, what it touches, by which name."""
    kinds = {name: kind for kind, names in OUTSIDE.items() for name in names.split()}
    nodes = list(ast.walk(ast.parse(source)))
    imported = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            imported |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    for node in nodes:
        name = dotted(node, imported)
        if name in kinds:
            yield node.lineno, kinds[name], name
        elif isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield node.lineno, "files", node.attr


def dotted(node: ast.AST, imported: dict[str, str]) -> str:
    """The full name that an expression stands for, such as `os.environ`; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, imported)}.{node.attr}"
    return imported.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
FOUND = [(path, *use) for path, source in SOURCES.items() for use in uses(source)]


def test_rooms_touch_what_they_may() -> None:
    forbidden = [use for use in FOUND if room(use[0]) not in ALLOWED[use[2]]]
    assert [f"{path.relative_to(ROOT)}:{line}: {name}" for path, line, _, name in forbidden] == []


def test_no_permission_of_a_room_is_unused() -> None:
    for kind, rooms in ALLOWED.items():
        assert {room(path) for path, _, found, _ in FOUND if found == kind} == rooms


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in OUTSIDE.items() for name in names.split()])
def test_every_way_to_touch_the_outside_is_found(kind: str, name: str) -> None:
    module, *rest = name.split(".")
    ways = [f"def f():\n    return {name}(1)\n"]
    if rest:
        ways += [
            f"import {module}\nf = {name}\n",
            f"import {module} as m\nm.{'.'.join(rest)}\n",
            f"from {module} import {rest[0]} as one\n{'.'.join(['one', *rest[1:]])}()\n",
            f"def f(): import {module}\n{name}\n",
        ]
    for source in ways:
        assert list(uses(source)) == [(2, kind, name)], source


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_path_that_opens_its_file_is_found(name: str) -> None:
    assert list(uses(f"from pathlib import Path\nPath('a').{name}()\n")) == [(2, "files", name)]


def test_what_only_looks_like_it_is_not_found() -> None:
    source = '''
"""open(), print() and os.environ in a text"""
import os, sys, datetime
console.print(sys.argv, os.path.join("a", "b"), datetime.date(2023, 1, 1), file.open(), view.input)
'''
    assert list(uses(source)) == []


# -- the tests of a module


def file_of_tests(module: Path) -> str:
    """The name of the file of tests of a module: `factcli/text/quote.py` has `test_text_quote.py`."""
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    names = [part.strip("_") for part in parts if part != "__init__"]
    return f"test_{'_'.join(names or [PACKAGE.name])}.py"


def test_every_module_has_a_file_of_tests_of_its_name() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {file_of_tests(path)}" for path in SOURCES if not has_tests(file_of_tests(path))
    ] == []


def has_tests(name: str) -> bool:
    path = ROOT / "tests" / name
    return path.is_file() and "\ndef test_" in path.read_text(encoding="utf-8")


def test_no_file_of_tests_is_left_of_a_module_that_is_gone() -> None:
    rooms = {path.parent.name for path in SOURCES if path.parent != PACKAGE}
    files = {path.name for path in (ROOT / "tests").glob("test_*.py") if path.stem.split("_")[1] in rooms}
    assert files - {file_of_tests(path) for path in SOURCES} == set()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("text/quote.py", "test_text_quote.py"),
        ("text/__init__.py", "test_text.py"),
        ("store/fact_file.py", "test_store_fact_file.py"),
        ("model.py", "test_model.py"),
        ("__main__.py", "test_main.py"),
        ("_namedtuple.py", "test_namedtuple.py"),
        ("_lazy.py", "test_lazy.py"),
        ("__init__.py", "test_factcli.py"),
    ],
)
def test_the_name_of_a_file_of_tests(module: str, name: str) -> None:
    assert file_of_tests(PACKAGE / module) == name
    assert has_tests(name)


def test_a_missing_file_has_no_tests() -> None:
    assert not has_tests("test_nothing.py")
    assert not has_tests("conftest.py")
