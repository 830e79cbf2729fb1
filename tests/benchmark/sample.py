"""A table with all that goes wrong in terminals, for screenshots: `sample.py [FORM] [en|ar]`; by default `auto en`."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from factcli.formats.bidi_table import Cell, lost
from factcli.terminal.bidi import FORMS
from factcli.terminal.detect import choose

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
HITS = ("تاو", "TOW", "سلطنة", "Opened", "أسيل")


def cell(text: str, form: str, lang: str) -> Cell:
    styled = Text(text)
    styled.highlight_words(HITS, "black on yellow")
    return Cell(styled, form, "right" if lang == "ar" else "start")


def main() -> None:
    asked, lang = [*sys.argv[1:], *["auto", "en"][len(sys.argv) - 1 :]]
    choice = choose(asked, os.environ, sys.stdout.isatty(), sys.platform)
    form = FORMS[choice.form]
    console = Console(highlight=False, width=78)
    sys.stdout.write(f"{form.before}{choice}\n")
    table = Table(padding=(0, 1, 0, 0), show_lines=True, width=min(78, console.width - lost(choice.form, 4)))
    order = slice(None, None, -1 if lang == "ar" else 1)
    for head in ROWS[0][order]:
        table.add_column(cell(head, choice.form, lang))
    for row in ROWS[1:]:
        table.add_row(*(cell(text, choice.form, lang) for text in row[order]))
    console.print(table)
    sys.stdout.write(form.after)


if __name__ == "__main__":
    main()
