"""The formats an answer can have, one module each, loaded when chosen: `serialize(table, view) -> str`.

`FORMATS` lists the cells of each (JSON values by key, flat values in columns, exact text, words of a terminal);
reports make the table accordingly.
"""

from __future__ import annotations

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


def serialize(table: Table, view: View) -> str:
    """The table in the format of the view."""
    text: str = import_module(f"factcli.formats.{view.format}").serialize(table, view)
    return text
