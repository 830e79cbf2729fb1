"""Writes data/word-meanings.tsv: the folded words and phrases by which questions are understood, and what they mean.

    python scripts/build_words.py

The sources are `data/words-en.json` and `data/words-ar.json`: groups, in each group meanings, for each meaning the
phrases as people write them. A row of the result is a phrase, then a group and a meaning for each that it has; behind
`@`, a group and a meaning stand the phrases of it. The rows are sorted, and the meanings of one phrase are in the order
of the sources. A phrase with a lone hamza, which folding drops, has a row as it is written as well: folding makes
ماء, water, ما, what.
"""

from __future__ import annotations

import json
from pathlib import Path

from factcli.model import LANGUAGES
from factcli.text import fold

HAMZA = "ء"

DATA = Path(__file__).parent.parent / "data"


def rows() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lang in LANGUAGES:
        groups = json.loads((DATA / f"words-{lang}.json").read_text(encoding="utf-8"))
        for group, meanings in groups.items():
            for meaning, phrases in meanings.items():
                keys = list(dict.fromkeys(fold(phrase) or phrase for phrase in phrases))
                for key in (*keys, *(phrase for phrase in phrases if HAMZA in phrase)):
                    found.setdefault(key, []).extend((group, meaning))
                found.setdefault(f"@{group} {meaning}", []).extend(keys)
    return found


if __name__ == "__main__":
    lines = sorted("\t".join((key, *columns)) for key, columns in rows().items())
    (DATA / "word-meanings.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"data/word-meanings.tsv: {len(lines)} lines")
