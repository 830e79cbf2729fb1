"""Pictures of what a command looks like in terminals with and without bidirectional text, to be looked at.

    python tests/benchmark/screenshots.py DIRECTORY COMMAND [ARGUMENT]...

Runs the command in xterm, in xfce4-terminal (VTE), and in tmux inside either, on a screen of their own (Xvfb), and
saves a picture each, DIRECTORY/NAME.png. Needs xvfb, xterm, xfce4-terminal, dbus, tmux, imagemagick and
fonts-dejavu. The terminals get an environment of their own, so nothing of the caller's decides the form.

What to look for: every cell in its column, every Arabic word joined and read from right to left, brackets and numbers
in order, borders without gaps.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FONT, SIZE = "DejaVu Sans Mono", "11"
COLUMNS, ROWS = 110, 44
SCREEN = "1040x840x24"
PATIENCE = 20.0

XTERM = ["xterm", "-fa", FONT, "-fs", SIZE, "-geometry", f"{COLUMNS}x{ROWS}+0+0", "-e"]
VTE = [
    "dbus-run-session", "--", "xfce4-terminal", "--disable-server", "--hide-menubar", "--hide-toolbar",
    "--hide-scrollbar", "--hide-borders", f"--geometry={COLUMNS}x{ROWS}+0+0", f"--font={FONT} {SIZE}", "-x",
]  # fmt: skip
TERMINALS = {"xterm": (XTERM, False), "vte": (VTE, False), "tmux-xterm": (XTERM, True), "tmux-vte": (VTE, True)}


@contextmanager
def running(command: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all that it starts, ended at the end."""
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextmanager
def screen() -> Iterator[str]:
    """The name of a display that nobody else uses."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with running(command, pass_fds=[writing]):
        os.close(writing)
        with os.fdopen(reading) as numbers:
            yield ":" + numbers.readline().strip()


def script(folder: Path, command: list[str], in_tmux: bool) -> Path:
    """A shell script that runs the command, says so by a file, and keeps the terminal open."""
    run = folder / "run.sh"
    run.write_text(
        f"clear; {shlex.join(command)}; touch {folder}/done; exec sleep {PATIENCE * 3:.0f}\n", encoding="utf-8"
    )
    if not in_tmux:
        return run
    words = [
        "tmux",
        "-u",
        "-f",
        "/dev/null",
        "-L",
        folder.name,
        "new-session",
        f"sh {run}",
        ";",
        "set",
        "status",
        "off",
    ]
    outer = folder / "outer.sh"
    outer.write_text(f"exec {shlex.join(words)}\n", encoding="utf-8")
    return outer


def settled(display: str, target: Path) -> bool:
    """Takes pictures until two are alike."""
    before, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        subprocess.run(["import", "-display", display, "-window", "root", f"png24:{target}"], check=True)
        pixels = subprocess.run(["identify", "-format", "%#", target], check=True, capture_output=True).stdout
        if pixels == before:
            return True
        before = pixels
        time.sleep(0.5)
    return False


def picture(name: str, command: list[str], target: Path) -> bool:
    """Saves what the command looks like in that terminal; whether it came to an end."""
    terminal, in_tmux = TERMINALS[name]
    with tempfile.TemporaryDirectory(prefix="screenshot-") as place, screen() as display:
        folder = Path(place)
        env = {"PATH": os.environ["PATH"], "HOME": place, "DISPLAY": display, "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh",
               "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}  # fmt: skip
        with running([*terminal, "sh", str(script(folder, command, in_tmux))], env=env):
            end = time.monotonic() + PATIENCE
            while not (folder / "done").exists() and time.monotonic() < end:
                time.sleep(0.1)
            came = (folder / "done").exists() and settled(display, target)
            if in_tmux:
                subprocess.run(["tmux", "-L", folder.name, "kill-server"], env=env, check=False)
            return came


def main() -> int:
    if len(sys.argv) < 3:
        sys.stderr.write(__doc__ or "")
        return 2
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in TERMINALS:
        target = directory / f"{name}.png"
        came = picture(name, sys.argv[2:], target)
        sys.stdout.write(f"{target if came else f'{name}: nothing came'}\n")
        failed += not came
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
