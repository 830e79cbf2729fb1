"""Writes data/facts-index.tsv: the index of the shipped fact file.

    python scripts/build_index.py

It has every mapping of `search.index` as it is made of the facts. It must be made again when the facts change, and when
something changes by which they are searched: the fold, the rules of names.
"""

from __future__ import annotations

import sys
from pathlib import Path

from factcli import store
from factcli.lexicon import Lexicon
from factcli.search.index import Index, all_maps
from factcli.store.shipped import NAME, index_text

DATA = Path(__file__).parent.parent / "data"


def text() -> str:
    data = (DATA / "facts.json").read_bytes()
    return index_text(data, all_maps(Index(store.facts_in(data, "facts.json"), Lexicon())))


if __name__ == "__main__":
    made = text()
    (DATA / NAME).write_bytes(made.encode())
    sys.stdout.write(f"data/{NAME}: {len(made.splitlines())} lines, {len(made.encode())} bytes\n")
