"""What a wheel holds: every room of the package and every shipped file, as `setup.cfg` lists them."""

from __future__ import annotations

from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONFIG = ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")


def test_every_room_is_in_the_wheel() -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "factcli").rglob("*.py")}
    rooms = {".".join(folder.parts) for folder in folders}
    assert set(CONFIG["options"]["packages"].split()) == rooms | {"factcli.data"}
    assert all((ROOT / folder / "__init__.py").is_file() for folder in folders)


def test_every_shipped_file_is_in_the_wheel() -> None:
    patterns = CONFIG["options.package_data"]["factcli.data"].split(", ")
    files = [path.name for path in (ROOT / "data").iterdir()]
    assert files
    assert [name for name in files if not any(fnmatch(name, pattern) for pattern in patterns)] == []
