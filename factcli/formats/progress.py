"""A bar on a terminal that shows how far something is: in words, as a share, and the time that is left."""

from __future__ import annotations

from typing import IO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class ProgressBar:
    """The bar of one operation after another; it is gone once it is stopped."""

    def __init__(self, file: IO[str]) -> None:
        columns = (
            TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(),
        )  # fmt: skip
        self._progress = Progress(*columns, console=Console(file=file), transient=True, auto_refresh=False)
        self._shown: tuple[str, int | None] | None = None

    def show(self, operation: str, done: int, total: int | None) -> None:
        """Shows that so much of an operation is done; without a total that it goes on."""
        if (operation, total) != self._shown:
            self._shown = operation, total
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._progress.add_task(operation, total=total)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=done, refresh=True)

    def stop(self) -> None:
        """Wipes the bar."""
        self._progress.stop()
