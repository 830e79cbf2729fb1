"""The formats an answer can have, one module each, loaded when chosen: `serialize(table, view)` gives text.

The text comes in pieces, the first of them before the second row is looked at. `FORMATS` lists the cells of each (JSON
values by key, flat values in columns, exact text, words of a terminal); reports make the table accordingly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain

from factcli.model import Table, View

FORMATS = {
    "table": "display",
    "plain": "text",
    "json": "objects",
    "jsonl": "objects",
    "csv": "cells",
    "tsv": "cells",
    "md": "text",
}


def serialize(table: Table, view: View, more: Sequence[Table] = ()) -> Iterator[str]:
    """The table in the format of the view; `more` tables of other columns follow it, in JSON in the same array."""
    module = import_module(f"factcli.formats.{view.format}")
    if view.format == "json":
        return iter(module.serialize(table, view, more))
    return chain.from_iterable(module.serialize(one, view) for one in (table, *more))
