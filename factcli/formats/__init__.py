"""The forms an answer can take, one module each, loaded when chosen: `serialize(table, look) -> str`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from factcli.model import Look, Table

NAMES = ("table", "json", "jsonl", "csv", "tsv", "md")
PLAIN = "plain"
"""What a pipe gets when no format is named."""


def serializer(name: str) -> Callable[[Table, Look], str]:
    """The function that writes a table in the format `name`."""
    serialize: Callable[[Table, Look], str] = import_module(f"factcli.formats.{name}").serialize
    return serialize
