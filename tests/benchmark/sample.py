"""A table with all that goes wrong in terminals, for screenshots: `sample.py [FORM] [en|ar]`; by default `auto en`."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.style import Style
from rich.table import Table

from factcli.formats.grid import Cell
from factcli.terminal.detect import choose
from factcli.terminal.forms import FORMS

ROWS = (
    ("Date", "Partner الشريك", "الواقعة", "القيمة"),
    (
        "1980",
        "الولايات المتحدة",
        "وقّعت الدولتان اتفاقية تعاون عسكري أولية تسمح للجيش الأمريكي باستخدام منشآت عُمان",
        "-",
    ),
    ("2022-10", "USA", "بيع عُمان 301 صاروخ تاو 2بي (TOW 2B) بقيمة 70 مليون دولار", "$70,000,000"),
    ("2021", "الولايات المتحدة", "أكثر من 70 اتفاقية مبيعات", "2.7 مليار دولار"),
    ("٢٠٢٥/٠٢/٠٥", "Turkey تركيا", "Opened the ASELSAN «أسيلسان» office (Muscat / مسقط).", "10%"),
    ("٢٠٢٤", "تركيا", "وقّع الجانبان 10 اتفاقيات (منها 5-7 عسكرية)؛ إلى جانب «مذكرات تفاهم»", "طائرة F-16"),
    ("۱۲/۳", "TOW، تاو", "12/2024م (TOW،) 12٪ ١٢٪ [تاو2B]", "[١٢]"),
    ("5-7", "عُمان", "صاروخ تاو 2بي (TOW 2B) لسلطنة عُمان", "١٠٪ من 5-7"),
)
WIDTHS = (11, 16, 28, 14)
MARKED = Style(color="black", bgcolor="yellow")
STYLES = (None, MARKED, None, MARKED)
"""Of each column; a background shows where its cells begin and end."""


def cell(text: str, form: str, lang: str, style: Style | None = None) -> Cell:
    return Cell(text, form, "right" if lang == "ar" else "start", style=style)


def main() -> None:
    asked, lang = [*sys.argv[1:], *["auto", "en"][len(sys.argv) - 1 :]]
    choice = choose(asked, os.environ, sys.stdout.isatty(), sys.platform)
    form = FORMS[choice.form]
    console = Console(highlight=False, width=78)
    sys.stdout.write(f"{form.before}{choice}\n")
    table = Table(padding=(0, 1, 0, 0), show_lines=True)
    order = slice(None, None, -1 if lang == "ar" else 1)
    for head, width in zip(ROWS[0][order], WIDTHS[order], strict=True):
        table.add_column(cell(head, choice.form, lang), width=width, overflow="fold")
    for row in ROWS[1:]:
        styled = [cell(text, choice.form, lang, style) for text, style in zip(row, STYLES, strict=True)]
        table.add_row(*styled[order])
    console.print(table)
    sys.stdout.write(form.after)


if __name__ == "__main__":
    main()
