"""The bar that shows how far something is."""

from __future__ import annotations

import io

import pytest

from factcli.formats.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("done", "total", "parts"), [(1, 4, ["25%", "1/4"]), (3, None, ["3/?"]), (0, 0, ["0/0"])])
def test_a_bar_has_share_and_number(done: int, total: int | None, parts: list[str]) -> None:
    file = Terminal()
    bar = ProgressBar(file)
    bar.show("[red]indexing", done, total)
    text = file.getvalue()
    bar.stop()
    assert all(part in text for part in ["[red]indexing", *parts])
    assert file.getvalue().endswith(("\x1b[2K", "\x1b[?25h")), "the line is wiped and the cursor is back"
