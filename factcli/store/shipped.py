"""The index of the shipped fact file, which ships with it: `data/facts-index.tsv`, made by `scripts/build_index.py`.

It has what an index of a large file has (`derived`), as text: a line of JSON about it, then the rows of each mapping, a
key and the JSON of an entry. It is opened when a mapping is asked for, and an entry is decoded when that is: to import
sqlite3 and open a database would take longer than to make the index. It is that of one content, proven by its size and
digest, wherever it is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from factcli import package_data
from factcli.model import Facts
from factcli.text.json_line import json_line, json_value

NAME = "facts-index.tsv"


def digest(data: bytes) -> str:
    """What tells one content from another."""
    try:
        from _blake2 import blake2b
    except ImportError:  # hashlib loads OpenSSL too, for 6 % of a look-up
        from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


def index_text(data: bytes, maps: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of the index of a fact file, by its bytes and the mappings by which it is searched."""
    places, text = {}, ""
    for name in sorted(maps):
        start = len(text.encode())
        text += "".join(f"{key}\t{json_line(value)}\n" for key, value in maps[name].items())
        places[name] = [start, len(text.encode())]
    return json_line({"size": len(data), "digest": digest(data), "maps": places}) + "\n" + text


class Index:
    """The shipped index; false where it is not that of a fact file with these bytes, which has these facts."""

    def __init__(self, data: bytes, facts: Facts) -> None:
        self._data, self._facts = data, facts
        self._rows, self._places = b"", {}  # type: ignore[var-annotated]
        self._is_opened = False

    def __bool__(self) -> bool:
        """Raises FileError where the index is missing."""
        if not self._is_opened:
            self._is_opened = True
            head, _, rows = package_data.content(NAME).partition(b"\n")
            about = json_value(head.decode())
            if (about["size"], about["digest"]) == (len(self._data), digest(self._data)):
                self._rows, self._places = rows, about["maps"]
        return bool(self._places)

    def is_of(self, facts: Facts) -> bool:
        """Whether facts are those of the file, and not some of them or others."""
        return facts.facts is self._facts.facts and facts.entities is self._facts.entities

    def entries(self, name: str, decode: Callable[[Any], Any]) -> ShippedEntries:
        """The entries of a mapping."""
        start, end = self._places[name]
        return ShippedEntries(self._rows[start:end].decode(), decode)


class ShippedEntries(dict[str, Any]):
    """The entries of a mapping by their key, in order; the dictionary has their JSON, decoded when it is asked for."""

    def __init__(self, rows: str, decode: Callable[[Any], Any]) -> None:
        columns = rows.replace("\n", "\t").split("\t")
        super().__init__(zip(columns[::2], columns[1::2], strict=False))  # nothing stands behind the last row
        self._decode = decode
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._decoded:
            self._decoded[key] = self._decode(json_value(super().__getitem__(key)))
        return self._decoded[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else default  # noqa: SIM401 - it is what the rule would put in its place

    def items(self) -> Any:
        return ((key, self[key]) for key in self)

    def values(self) -> Any:
        return (self[key] for key in self)

    def among(self, keys: Iterable[str]) -> Set[str]:
        """Those of the keys that have an entry."""
        return self.keys() & keys

    def many(self, keys: Iterable[str]) -> list[Any]:
        """The entries of the keys, in their order."""
        return [self[key] for key in keys]

    def known(self, keys: Iterable[str]) -> list[Any]:
        """The entries of those of the keys that have one, in their order."""
        return [self[key] for key in keys if key in self]

    def beginning_with(self, start: str) -> list[str]:
        """The keys that begin so, in order."""
        return [key for key in self if key.startswith(start)]
