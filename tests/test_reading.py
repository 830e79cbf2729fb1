"""The door of the room."""

from __future__ import annotations

import subprocess
import sys

from factcli import reading


def test_values_of_a_text() -> None:
    values = reading.find_values("Oman bought 12 boats in May 2019.")
    assert [(one.slot, one.value) for one in values] == [("country", "OM"), ("count", 12), ("date", "2019-05")]


def test_a_look_up_imports_nothing_of_it() -> None:
    code = (
        "import sys; from factcli.cli import main; main(['timeline', 'oman', '--json']);"
        "sys.exit(any(name.startswith('factcli.reading') or 'articles' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
