"""The package: its version is the one that is shown and installed, and to import it loads none of its rooms."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import factcli

if TYPE_CHECKING:
    from conftest import Run


def test_the_version_is_the_one_that_is_shown_and_installed(run_factcli: Run) -> None:
    assert run_factcli("--version").out == f"factcli {factcli.__version__}\n"
    assert version("factcli") == factcli.__version__


def test_to_import_the_package_loads_no_module_of_it() -> None:
    code = "import factcli, sys; print([name for name in sys.modules if name.startswith('factcli.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
