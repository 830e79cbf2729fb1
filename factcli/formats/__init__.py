"""The formats an answer can have, one module each, loaded when chosen: `serialize(table, view) -> str`.

`FORMATS` lists the cells of each (JSON values by key, flat values in columns, exact text, words of a terminal);
reports make the table accordingly.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

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


def serialize(table: Table, view: View, more: Sequence[Table] = ()) -> str:
    """The table in the format of the view; `more` tables of other columns follow it, in JSON in the same array."""
    if more and view.format == "json":
        from factcli.formats.json import lines

        return "[\n" + ",\n".join(line for one in (table, *more) for line in lines(one)) + "\n]\n"
    module = import_module(f"factcli.formats.{view.format}")
    return "".join(module.serialize(one, view) for one in (table, *more))
