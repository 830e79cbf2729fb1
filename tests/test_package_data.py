"""Shipped files: where they are found, what a missing one says, that each is used and in plain letters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcli import package_data
from factcli.errors import FileError
from factcli.model import LANGUAGES

ROOT = Path(__file__).parent.parent
FILES = sorted(path.name for path in (ROOT / "data").iterdir())


def names_in(source: str) -> Iterator[str]:
    """The texts of a program that may be names of files; `f"{lang}.json"` is one for each language.

    Docstrings and comments are none.
    """
    nodes = list(ast.walk(ast.parse(source)))
    statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (statements | parts):
            yield node.value.removeprefix("data/")
        elif isinstance(node, ast.JoinedStr):
            for lang in LANGUAGES:
                yield re.sub(r"\{lang\}", lang, ast.unparse(node)[2:-1])


def names_in_folder(folder: str) -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py")]
    return {name for source in sources for name in names_in(source)}


def test_names_of_files_are_found_in_a_program() -> None:
    source = '"""Of doc.json."""\nX = text("a.tsv"), text(f"m-{lang}.json"), text(f"{name}.json")  # c.json\n'
    assert {name for name in names_in(source) if "." in name} == {"a.tsv", "m-en.json", "m-ar.json", "{name}.json"}


def test_every_shipped_file_is_read_by_the_program_or_what_a_script_makes_one_of() -> None:
    """A mapping is read where it is named on the command line; `docs/MAPPINGS.md` lists it."""
    unused = set(FILES) - names_in_folder("factcli")
    sources = {name for name in unused & names_in_folder("scripts") if name.endswith(".json")}
    page, contributing = ((ROOT / name).read_text(encoding="utf-8") for name in ("docs/MAPPINGS.md", "CONTRIBUTING.md"))
    assert [name for name in sources if name not in contributing] == []
    assert [name for name in unused - sources if not name.endswith(".toml") or f"| `{name}` |" not in page] == []


def test_every_shipped_file_is_found() -> None:
    for name in FILES:
        assert Path(package_data.path(name)).samefile(ROOT / "data" / name)
        assert package_data.text(name) == (ROOT / "data" / name).read_text(encoding="utf-8")


def test_a_file_inside_the_package_comes_before_one_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "factcli" / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(package_data, "_HERE", str(tmp_path / "factcli"))
    (tmp_path / "data" / "a.txt").write_text("beside")
    assert package_data.text("a.txt") == "beside"
    (tmp_path / "factcli" / "data" / "a.txt").write_text("inside")
    assert package_data.text("a.txt") == "inside"


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["missing", "not UTF-8"])
def test_a_missing_or_damaged_file_is_reported_with_its_place(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "factcli" / "data" / "en.json"
    place.parent.mkdir(parents=True)
    monkeypatch.setattr(package_data, "_HERE", str(tmp_path / "factcli"))
    if content:
        place.write_bytes(content)
    with pytest.raises(FileError, match="missing or damaged") as error:
        package_data.text("en.json")
    assert str(error.value).startswith(f"{place}: ")
    assert "install factcli again" in str(error.value)


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.json")), ids=lambda path: path.name)
def test_data_has_no_look_alike_letters_and_no_direction_marks(path: Path) -> None:
    """Tatweel stands only behind the lam of a label that an id follows: لاحق لـ."""
    assert not re.findall(
        "[یک\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb50-\ufdff\ufe70-\ufefc]|(?<! ل)\u0640",
        path.read_text(encoding="utf-8"),
    )


@pytest.mark.parametrize("rows", [package_data.KeyedRows, package_data.SplitRows])
@pytest.mark.parametrize("name", ["word-meanings.tsv", "name-forms.tsv", "country-keys.tsv", "term-forms.tsv"])
def test_every_key_of_a_table_is_found(name: str, rows: type[package_data.KeyedRows]) -> None:
    table = rows(name)
    assert table.rows() == sorted(table.rows())
    for row in table.rows():
        key, _, behind = row.partition("\t")
        assert (table.find(key), table.columns(key)) == (behind, behind.split("\t"))
    for key in ("qwrtzplk", "\ud800", "\U0010ffff", "\t", row[:3], f"{row}\t"):
        assert table.find(key) is None
    assert table.columns("") == []


def test_shipped_files_are_listed_by_their_endings() -> None:
    assert package_data.names(".toml") == sorted(path.name for path in (ROOT / "data").glob("*.toml"))
    assert package_data.names(".none") == []
