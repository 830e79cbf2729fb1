"""`docs/ARCHITECTURE.md` is complete and names only what exists; so does every file name in code and documents."""

from __future__ import annotations

import ast
import doctest
import io
import json
import re
import shlex
import sys
from configparser import ConfigParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest
from test_architecture import ALLOWED, PACKAGE, ROOT, SOURCES, room

if TYPE_CHECKING:
    from conftest import Run

PAGE = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", PAGE)
ROOMS = {room(path) for path in SOURCES if path != PACKAGE / "__init__.py"}
FILE = re.compile(r"(?:data|docs|factcli|scripts|tests)/[\w./*-]*|[\w-]+\.(?:py|cfg|toml|json|tsv)")
DOTTED = re.compile(r"\w+(?:\.\w+)+")


def table(title: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    part = PAGE.partition(f"\n## {title}")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def named(name: str) -> Any:
    """What `room.module.function` stands for in the package. Raises AttributeError or ModuleNotFoundError."""
    module, *rest = name.split(".")
    path = f"factcli.{module}"
    found: Any = import_module(path)
    while rest and hasattr(found, "__path__") and find_spec(f"{path}.{rest[0]}"):
        path = f"{path}.{rest.pop(0)}"
        found = import_module(path)
    for one in rest:
        found = getattr(found, one)
    return found


# -- the page


@pytest.mark.parametrize("name", sorted({one for one in CODE if DOTTED.fullmatch(one) and not FILE.fullmatch(one)}))
def test_a_function_or_module_of_the_page_exists(name: str) -> None:
    assert name.split(".")[0] in ROOMS
    assert named(name) is not None


def test_a_name_that_does_not_exist_is_found() -> None:
    for name in ("cli.look_down", "search.nothing.find", "nothing.find"):
        with pytest.raises((AttributeError, ModuleNotFoundError)):
            named(name)


def test_the_rooms_are_complete_with_what_they_import_and_touch() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    contracts = [config[one] for one in config.sections() if one.startswith("importlinter:contract:")]
    imports: dict[str, set[str]] = {}
    for one in contracts:
        if one["type"] == "protected":
            for importer in one["allowed_importers"].split():
                imports.setdefault(importer.removeprefix("factcli."), set()).update(one["protected_modules"].split())
    rows = {cells[0].strip("`"): cells for cells in table("The rooms")}
    assert rows.keys() == ROOMS
    for name, (_, subject, libraries, touches) in rows.items():
        assert subject
        assert set(libraries.split(", ") if libraries else []) == imports.get(name, set()), name
        assert set(touches.split(", ") if touches else []) == {k for k, rooms in ALLOWED.items() if name in rooms}, name
    lines = config["importlinter:contract:floors"]["layers"].strip()
    assert re.findall(r"\n```\n([^`]+)\n```\n", PAGE) == [lines]


def test_the_nouns_are_complete() -> None:
    tree = ast.parse((PACKAGE / "model.py").read_text(encoding="utf-8"))
    nouns = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    part = PAGE.partition("\n## The nouns")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([A-Z]\w+)`", part)) == nouns
    walk = {one for row in table("The pipe") for cell in row for one in re.findall(r"`([A-Z]\w+)`", cell)}
    assert walk <= nouns


def test_a_query_takes_the_way_of_the_page(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from factcli import cli

    for variable in ("FACTCLI_DB", "FACTCLI_LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    program, *arguments = shlex.split(re.search(r"```sh\n(.+)\n```", PAGE)[1])  # type: ignore[index]
    steps = [row[0].strip("`") for row in table("The pipe")]
    codes = {named(step).__code__: step for step in steps}
    entered: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in codes and codes[frame.f_code] not in entered:
            entered.append(codes[frame.f_code])

    sys.setprofile(note)
    try:
        status = cli.main(arguments)
    finally:
        sys.setprofile(None)
    out, err = capfd.readouterr()
    assert (program, status, entered) == ("factcli", 0, steps)
    assert [fact["kind"] for fact in json.loads(out)] == ["exercise"]
    message = next(row[2].strip("`") for row in table("The pipe") if row[0] == "`lexicon.messages.message`")
    assert err == f"factcli: {message}\n"


def test_where_to_add_names_a_place_for_each_thing() -> None:
    rows = table("Where to add")
    assert len(rows) > 12
    assert [what for what, where, _ in rows if not re.findall(r"`([^`]+)`", where)] == []


# -- the page on Python


def test_the_examples_in_python_give_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/PYTHON.md").read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(page, {}, "PYTHON.md", None, None)
    report = io.StringIO()
    result = doctest.DocTestRunner().run(examples, out=report.write)
    assert result.attempted > 15
    assert result.failed == 0, report.getvalue()


# -- files that are named anywhere

TEXTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
TEXTS += [path for folder in ("factcli", "scripts", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_is_named_exists(path: Path) -> None:
    lines = path.read_text(encoding="utf-8")
    paths = [one for one in re.findall(r"`([\w-]+/[\w./*-]+)`", lines) if FILE.fullmatch(one)]
    assert [one for one in paths if not any(ROOT.glob(one.rstrip("/")))] == []


@pytest.mark.parametrize(
    ("name", "mapping", "facts"), [("facts.csv", "", 3), ("facts.jsonl", "", 2), ("visits.csv", "visits.toml", 5)]
)
def test_an_example_comes_in_without_problems(
    name: str, mapping: str, facts: int, run_factcli: Run, tmp_path: Path
) -> None:
    examples, db = ROOT / "docs/examples", tmp_path / "mine.json"
    arguments = [*(["--map", examples / mapping] if mapping else []), examples / name]
    assert "no problems" in run_factcli("check", *arguments).err
    assert f"{facts} facts added" in run_factcli("--db", db, "import", *arguments).err
    assert "no problems" in run_factcli("--db", db, "check").err
    assert run_factcli("--db", db, "timeline", "المثالي", "--count").out != "0\n"
    assert "1200000000 USD" in run_factcli("--db", db, "timeline", "--csv").out
