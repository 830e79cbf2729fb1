"""The index of large fact files: what look-ups need of them, in one SQLite file that may be deleted at any time.

The fact files stay the truth: a fact is read from its file, by its place there, when it is asked for. An index is that
of files with the same path, size, inode and time of change; where the time is too near to that of the reading to tell
two versions apart, the content is compared by its digest. An index that is cut off, foreign or outdated is none; damage
that shows later is an `IndexDamageError`, and the files are read without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from itertools import accumulate, chain
from operator import sub
from typing import Any, TypeVar, cast

from factcli import __version__
from factcli._namedtuple import NamedTuple
from factcli.errors import IndexDamageError
from factcli.model import Facts, Meta
from factcli.store import TABLES, path_of
from factcli.store.decode import open_regular, parse
from factcli.store.shape import ShapeError, complete
from factcli.text.json_line import json_line

FORMAT = 4
"""The version of what an index holds and how; with that of the program it makes an index foreign to another."""

CLOCK_TICK = 2 * 10**9
"""Nanoseconds within which two changes of a file can have the same time: the longest of a file system in use."""

MIN_COMPRESSED_SIZE = 100
"""Bytes of positions from which they are compressed: this takes a fifth of an index."""

MIN_LINES = 16
"""Lines from which they are compressed: to a quarter."""

MAX_KEYS = 500
"""Keys of one query: SQLite allows a thousand at least."""

FACTS, ENTITIES, SOURCES = TABLES[:3]

KNOWN_KEYS = ("id", "kind", "date", "status")
"""The keys of facts that an index has: those that most hits are sorted, filtered and counted by."""

_COLUMNS = f"number, file, start, length, {', '.join(KNOWN_KEYS)}"

_SIGNS_OF_DAMAGE = (ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError, zlib.error)
"""What it leads to when values of an index are not what they were."""

_SAFE = b"/._-" + b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What stands for itself in an address."""

V = TypeVar("V")


class Stamp(NamedTuple):
    """What tells two versions of a file apart; times are in nanoseconds, and nobody can set that of the last change."""

    path: str
    device: int
    inode: int
    size: int
    modified: int
    changed: int


def stamp_of(path: str, handle: int) -> Stamp:
    """The stamp of an open file."""
    found = os.fstat(handle)
    return Stamp(
        os.path.realpath(path), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    )


def is_old(stamp: Stamp, now: int) -> bool:
    """Whether a change that is made from now on, in nanoseconds, would have another stamp."""
    return max(stamp.modified, stamp.changed) < now - CLOCK_TICK


def index_path(names: Sequence[str], folder: str) -> str:
    """The path of the index of files, in a folder for such files."""
    paths = json.dumps([FORMAT, __version__, *(os.path.realpath(path_of(name)) for name in names)])
    return os.path.join(folder, f"{blake2b(paths.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}.sqlite")


def is_worth_making(names: Sequence[str], folder: str) -> bool:
    """Whether an index of files should be made: not where it cannot be kept, nor at once after a change of the files.

    To make one takes several times as long as to read the files, and who edits a file by hand may change it again. So
    the first look-up after a change only notes the new version in the index. Raises FileError.
    """
    path = index_path(names, folder)
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    if not (os.path.isdir(folder) and os.access(folder, os.W_OK)):
        return False
    if not os.path.isfile(path):
        return not os.path.lexists(path)
    with contextlib.suppress(sqlite3.Error):
        now = json_line([list(stamp_now(name)) for name in names])
        with contextlib.closing(_connect_to_note(path)) as db:
            seen = db.execute("SELECT value FROM about WHERE key = 'seen'").fetchall()
            if not seen or seen[0][0] == now:
                return True
            db.execute("UPDATE about SET value = ? WHERE key = 'seen'", (now,))
            db.commit()
            return False
    return True


def _connect_to_note(path: str) -> sqlite3.Connection:
    """The index, open for a small change; no journal is left by whoever is killed, an index is not worth one."""
    db = sqlite3.connect(path, timeout=0)
    db.execute("PRAGMA journal_mode = MEMORY")
    return db


def stamp_now(name: str) -> Stamp:
    """The stamp of a fact file as it is. Raises FileError."""
    path = path_of(name)
    with contextlib.closing(open_regular(path)) as file:
        return stamp_of(path, file.fileno())


def encoded(value: Any) -> bytes | str | int:
    """An entry as the index has it: one position as it is, several and many lines as bytes, anything else as JSON."""
    if type(value) in (tuple, array):
        return int(value[0]) if len(value) == 1 else _packed(value)
    if type(value) is list and len(value) >= MIN_LINES and not any("\n" in line for line in value):
        return b"l" + zlib.compress("\n".join(value).encode(), 6)
    return json_line(value)


def _packed(positions: Sequence[int]) -> bytes:
    """Positions as bytes: the type of an array, then their differences; those that do not grow as they are."""
    differences = list(map(sub, positions[1:], positions))
    if min(differences, default=0) < 0:
        packed = b"=" + array("I", positions).tobytes()
    else:
        code = "H" if max(differences, default=0) < 1 << 16 else "I"
        packed = code.encode() + array("I", positions[:1]).tobytes() + array(code, differences).tobytes()
    return packed if len(packed) < MIN_COMPRESSED_SIZE else b"z" + zlib.compress(packed, 1)


def positions(value: bytes | int) -> tuple[Any, ...] | list[str]:
    """The positions or lines of an entry. Raises ValueError or zlib.error."""
    return (value,) if isinstance(value, int) else _unpacked(value)


def _unpacked(data: bytes) -> tuple[int, ...] | list[str]:
    """The positions or lines that were packed. Raises zlib.error for damage."""
    if data[:1] == b"l":
        return zlib.decompress(data[1:]).decode().split("\n")
    if data[:1] == b"z":
        data = zlib.decompress(data[1:])
    code, first, rest = data[:1], array("I", data[1:5]), data[5:]
    if code == b"=":
        return tuple(array("I", data[1:]))
    return tuple(accumulate(chain(first, array(code.decode(), rest))))


def digest(data: bytes) -> str:
    """What tells the content of a file from another."""
    return blake2b(data, digest_size=16).hexdigest()


# -- reading


def open_index(names: Sequence[str], folder: str, now: int) -> Facts | None:
    """The facts of files by the index that was made of them as they are now; None where there is none.

    `now` is the time in nanoseconds. Raises FileError for a file that cannot be opened.
    """
    path = index_path(names, folder)
    if not os.path.isfile(path):
        return None
    files = [open_regular(path_of(name)) for name in names]
    try:
        index = Index(path, files)
        stamps = [stamp_of(path_of(name), file.fileno()) for name, file in zip(names, files, strict=True)]
        if index.about("stamps") == [list(stamp) for stamp in stamps] and _is_proven(index, files, stamps, now):
            return index.facts()
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError):
        pass
    for file in files:
        file.close()
    return None


def _is_proven(index: Index, files: Sequence[Any], stamps: Sequence[Stamp], now: int) -> bool:
    """Whether the files are those that the index was made of; the index notes it where it is certain from now on."""
    digests = index.about("digests")
    if digests is None:
        return True
    if [digest(os.pread(file.fileno(), stamp.size, 0)) for file, stamp in zip(files, stamps, strict=True)] != digests:
        return False
    if all(is_old(stamp, now) for stamp in stamps):
        index.note_proof()
    return True


class Index:
    """An index that is open, and the files that it is of."""

    def __init__(self, path: str, files: Sequence[Any]) -> None:
        self._path, self._files = path, files
        self._db = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True)
        (pages,), (size,) = (
            self._db.execute("PRAGMA page_count").fetchone(),
            self._db.execute("PRAGMA page_size").fetchone(),
        )
        if pages * size != os.path.getsize(path):
            raise sqlite3.DatabaseError("the index is cut off")
        self.maps: dict[str, int] = self.about("maps")

    def query(self, question: str, *values: Any) -> list[Any]:
        """The rows of an answer. Raises IndexDamageError where the index is damaged."""
        try:
            return self._db.execute(question, [one if _is_text(one) else None for one in values]).fetchall()
        except sqlite3.Error as error:
            raise IndexDamageError(f"{self._path}: {error}; delete it") from None

    def query_keys(self, question: str, keys: Sequence[Any], *values: Any) -> Iterator[Any]:
        """The rows of a question for any number of keys, which stand for the `{}` in it behind the other values."""
        for start in range(0, len(keys), MAX_KEYS):
            some = keys[start : start + MAX_KEYS]
            yield from self.query(question.format(", ".join("?" * len(some))), *values, *some)

    def about(self, key: str) -> Any:
        """What the index says of itself."""
        ((value,),) = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchall()
        return parse(value)

    def content(self) -> bytes:
        """The bytes of the file that it is of. Raises ValueError where these are several, or others by now."""
        (file,), (stamp,) = self._files, self.about("stamps")
        data = os.pread(file.fileno(), stamp[3], 0)
        if stamp[3:5] != list(stamp_of(stamp[0], file.fileno())[3:5]):
            raise ValueError("the file was changed in its place")
        return data

    def copy_to(self, db: sqlite3.Connection) -> None:
        """Makes another database one like this, whatever has become of the file."""
        self._db.backup(db)

    def note_proof(self) -> None:
        """Notes that the times of the files are proof from now on."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(_connect_to_note(self._path)) as db:
            db.execute("UPDATE about SET value = 'null' WHERE key = 'digests'")
            db.commit()

    def facts(self) -> Facts:
        """The facts, each read from its file when it is asked for."""
        facts = StoredFacts(self)
        entities, sources = StoredRecords(self, ENTITIES), StoredRecords(self, SOURCES)
        return Facts(facts, entities, sources, cast(Meta, self.about("meta")), {}, FactsById(self, facts), derived=self)

    def is_of(self, facts: Facts) -> bool:
        """Whether facts are those of the files, and not some of them or others."""
        return isinstance(facts.facts, StoredFacts) and facts.facts.of_index is self

    def record(self, table: str, name: str, file: int, start: int, length: int) -> Any:
        """The record of an id at a place of a file. Raises IndexDamageError where it is not there."""
        try:
            record = parse(os.pread(self._files[file].fileno(), length, start).decode())
            if record["id"] == name:
                return complete(record, table)
        except (*_SIGNS_OF_DAMAGE, OSError, ShapeError):
            pass
        raise IndexDamageError(f"{self._path}: does not fit its file; delete it")

    def entries(self, name: str, decode: Callable[[Any], V]) -> StoredEntries[V]:
        """The entries of a mapping."""
        return StoredEntries(self, name, decode)


def _is_text(value: Any) -> bool:
    """Whether a value can be that of an index: a name that is not UTF-8 is in none, and equal to nothing."""
    return not isinstance(value, str) or value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


def _quoted(path: str) -> str:
    """The path as part of an address; `urllib` would take a twentieth of a look-up to import."""
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in os.fsencode(path))


class StoredFact(Mapping[str, Any]):
    """A fact of which the index knows some keys; it is read from its file when another is asked for."""

    __slots__ = ("_known", "_place", "_read")

    def __init__(self, index: Index, place: Sequence[int], known: Sequence[Any]) -> None:
        self._known = dict(zip(KNOWN_KEYS, known, strict=True))
        self._place = index, place
        self._read: dict[str, Any] = {}

    def _whole(self) -> dict[str, Any]:
        if not self._read:
            index, place = self._place
            self._read = index.record(FACTS, self._known["id"], *place)
        return self._read

    def copy(self) -> dict[str, Any]:
        """The whole fact, which is not kept: it may be one of very many."""
        if self._read:
            return dict(self._read)
        index, place = self._place
        return index.record(FACTS, self._known["id"], *place)  # type: ignore[no-any-return]

    def __getitem__(self, key: str) -> Any:
        return self._known[key] if key in self._known else self._whole()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())


class StoredFacts(Sequence[Any]):
    """Facts by their position, each made once; positions of removed facts may be empty."""

    def __init__(self, index: Index) -> None:
        self.of_index = index
        self._made: dict[int, StoredFact] = {}
        self._length: int = index.about("facts")  # to count them takes longer than to find one
        ((self._last,),) = index.query("SELECT max(number) FROM facts")

    def __len__(self) -> int:
        return int(self._length)

    def positions(self) -> Set[int]:
        """The positions of all facts, those of removed ones left out."""
        if self._last is None or self._length == self._last + 1:
            return range(self._length)  # type: ignore[return-value]
        return {number for (number,) in self.of_index.query("SELECT number FROM facts")}

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice) or number < 0:
            return list(self)[number]
        return self.many([number])[0]

    def many(self, numbers: Iterable[int]) -> list[Any]:
        """The facts at these positions. Raises IndexError where there is none."""
        wanted = list(numbers)
        unmade = [number for number in wanted if number not in self._made]
        self._make(self.of_index.query_keys(f"SELECT {_COLUMNS} FROM facts WHERE number IN ({{}})", unmade))
        try:
            return [self._made[number] for number in wanted]
        except KeyError:
            raise IndexError(f"there are {len(self)} facts") from None

    def _make(self, rows: Iterable[Any]) -> None:
        for number, file, start, length, *known in rows:
            if number not in self._made:
                self._made[number] = StoredFact(self.of_index, (file, start, length), known)

    def __iter__(self) -> Iterator[Any]:
        rows = self.of_index.query(f"SELECT {_COLUMNS} FROM facts ORDER BY number")
        self._make(rows)
        return (self._made[row[0]] for row in rows)


class FactsById(Mapping[str, Any]):
    """Facts by their id, in the order of their files."""

    def __init__(self, index: Index, facts: StoredFacts) -> None:
        self._index, self._facts = index, facts

    def __getitem__(self, name: str) -> Any:
        for (number,) in self._index.query("SELECT number FROM facts WHERE id = ?", name):
            return self._facts[number]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._index.query("SELECT id FROM facts ORDER BY number"))

    def __len__(self) -> int:
        return len(self._facts)


class StoredRecords(Mapping[str, Any]):
    """Entities or sources by their id, in the order of their files, each read once."""

    def __init__(self, index: Index, table: str) -> None:
        self._index, self._table, self._sort = index, table, TABLES.index(table)
        self._read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._read:
            rows = self._index.query(
                "SELECT start, length, value FROM records WHERE sort = ? AND id = ?", self._sort, name
            )
            self._read[name] = self._record(name, *rows[0]) if rows else None
        if self._read[name] is None:
            raise KeyError(name)
        return self._read[name]

    def _record(self, name: str, start: int, length: int, value: str | None) -> Any:
        """The record itself, or that at the place which the index has."""
        if value is None:
            return self._index.record(self._table, name, 0, start, length)
        try:
            return parse(value)
        except _SIGNS_OF_DAMAGE:
            raise IndexDamageError("a record of the index is damaged; delete it") from None

    def __iter__(self) -> Iterator[str]:
        rows = self._index.query("SELECT id FROM records WHERE sort = ? ORDER BY number", self._sort)
        return (name for (name,) in rows)

    def __len__(self) -> int:
        ((length,),) = self._index.query("SELECT count(*) FROM records WHERE sort = ?", self._sort)
        return int(length)


class StoredEntries(Mapping[str, V]):
    """The entries of a mapping by their key, in order, each read once."""

    def __init__(self, index: Index, name: str, decode: Callable[[Any], V]) -> None:
        self._index, self._name, self._decode = index, index.maps[name], decode
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._read:
            rows = self._index.query("SELECT value FROM entries WHERE map = ? AND key = ?", self._name, key)
            self._read[key] = self._decoded(rows[0][0]) if rows else None
        if self._read[key] is None:
            raise KeyError(key)
        return self._read[key]  # type: ignore[no-any-return]

    def _decoded(self, value: bytes | str | int) -> V:
        try:
            if not isinstance(value, str):
                return cast(V, positions(value))
            return self._decode(json.loads(value))
        except _SIGNS_OF_DAMAGE:
            raise IndexDamageError("an entry of the index is damaged; delete it") from None

    def __contains__(self, key: object) -> bool:
        if key in self._read:
            return self._read[str(key)] is not None
        return bool(self.among([str(key)]))

    def __iter__(self) -> Iterator[str]:
        rows = self._index.query("SELECT key FROM entries WHERE map = ? ORDER BY key", self._name)
        return (key for (key,) in rows)

    def __len__(self) -> int:
        ((length,),) = self._index.query("SELECT count(*) FROM entries WHERE map = ?", self._name)
        return int(length)

    def items(self) -> Any:
        rows = self._index.query("SELECT key, value FROM entries WHERE map = ? ORDER BY key", self._name)
        return ((key, self._decoded(value)) for key, value in rows)

    def values(self) -> Any:
        return (value for _, value in self.items())

    def among(self, keys: Iterable[str]) -> Set[str]:
        """Those of the keys that have an entry."""
        question = "SELECT key FROM entries WHERE map = ? AND key IN ({})"
        return {key for (key,) in self._index.query_keys(question, list(keys), self._name)}

    def many(self, keys: Iterable[str]) -> list[V]:
        """The entries of the keys, in their order."""
        wanted = list(keys)
        unread = [key for key in wanted if key not in self._read]
        question = "SELECT key, value FROM entries WHERE map = ? AND key IN ({})"
        for key, value in self._index.query_keys(question, unread, self._name):
            self._read[key] = self._decoded(value)
        return [self[key] for key in wanted]

    def known(self, keys: Iterable[str]) -> list[V]:
        """The entries of those of the keys that have one, in their order."""
        wanted = list(keys)
        there = self.among(wanted)
        return self.many(key for key in wanted if key in there)

    def beginning_with(self, start: str) -> list[str]:
        """The keys that begin so, in order."""
        question = "SELECT key FROM entries WHERE map = ? AND key >= ? AND key < ? ORDER BY key"
        return [key for (key,) in self._index.query(question, self._name, start, start + "\U0010ffff")]
