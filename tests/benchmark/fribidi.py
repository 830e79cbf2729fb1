"""Compares `factcli.terminal` with the `fribidi` program, and writes the lines that the tests keep.

    python tests/benchmark/fribidi.py [LINES] [--seed N] [--keep tests/data/bidi.tsv]

Prints how many of the lines, in both base directions, differ, and the first of them. The lines are put together at
random of what stands in facts (words, vowel marks, digits of both scripts, brackets, quotes, signs) and of single
letters. Two things are left out in which FriBidi 1.0.8 is known to differ: it does not join lam and alef into one when
a mark stands between, and it loses a bracket after a mark on a neutral character, which N0 counts.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from factcli.terminal.forms import write

WORDS = """
عُمان سلطنة الولايات المتحدة مليار دولار لأن الإمارات مِلءَ وقّع الآن اتفاقية شيء ٢٠٢٥ ١٠٪ ۱۲ پژوهش گفتگو ٹینک ے
می\u200cخواهم ـــ عـمـان لا إلى على هـ שלום
Oman F-16 TOW 2B US$ ASELSAN e.g. naïve é 2.7 5-7 10% 1,000 12:30 2015/2016 +5 -3 °C № 50% $70 €5 #1 7th 3rd
""".split()
SIGNS = tuple(" .,;:!?،؛؟-–—/\\'\"()[]{}«»‹›<>%$€+*=&@#_~…•⟨⟩")
LETTERS = tuple(map(chr, (*range(0x621, 0x656), 0x670, *range(0x671, 0x6D4), *range(0x750, 0x770))))
DIGITS = tuple("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳٫٬")
LATIN = tuple("abcXYZé\u0300")
POOLS = (WORDS, SIGNS, LETTERS, DIGITS, LATIN, (" ",), ("\u064e", "\u0651", "\u0650", "\u0301"))
WEIGHTS = (6, 5, 3, 2, 2, 5, 1)
MARK = "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]"
LEFT_OUT = re.compile(rf"\u0644{MARK}+[\u0622\u0623\u0625\u0627]|(?!{MARK})\W{MARK}+[][(){{}}⟨⟩]")


def corpus(count: int, seed: int) -> list[str]:
    """Different lines at random, the same ones for the same seed."""
    chance = random.Random(seed)
    lines: dict[str, None] = {}
    while len(lines) < count:
        pools = chance.choices(POOLS, WEIGHTS, k=chance.randint(1, 14))
        line = "".join(chance.choice(pool) for pool in pools)
        if line.strip() and not LEFT_OUT.search(line):
            lines[line] = None
    return list(lines)


def fribidi(lines: list[str], base: str) -> list[str]:
    """What the `fribidi` program makes of the lines."""
    direction = {"L": "--ltr", "R": "--rtl"}[base]
    command = ["fribidi", direction, "--clean", "--nobreak", "--nopad", "--reordernsm"]
    answer = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, encoding="utf-8", check=True)
    return answer.stdout.split("\n")[:-1]


def compared(lines: list[str]) -> list[tuple[str, str, str, str]]:
    """Base, line, FriBidi's answer and ours, where they differ."""
    return [
        (base, line, theirs, ours)
        for base in "LR"
        for line, theirs in zip(lines, fribidi(lines, base), strict=True)
        if (ours := write(line, base, "visual")) != theirs
    ]


def keep(path: Path, lines: list[str]) -> None:
    """Writes lines and FriBidi's answers for the test-suite, escaped so that no editor reorders them."""
    rows = zip(lines, fribidi(lines, "L"), fribidi(lines, "R"), strict=True)
    text = "".join("\t".join(part.encode("unicode_escape").decode() for part in row) + "\n" for row in rows)
    path.write_text(text, encoding="ascii")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    lines = corpus(options.count, options.seed)
    if options.keep:
        keep(options.keep, lines)
    start = perf_counter()
    different = compared(lines)
    seconds = perf_counter() - start
    sys.stdout.write(f"{len(different)} of {2 * len(lines)} differ from FriBidi ({seconds:.1f} s)\n")
    for base, *texts in different[:20]:
        sys.stdout.write(f"{base} {' | '.join(map(ascii, texts))}\n")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
