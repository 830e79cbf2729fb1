"""A table or JSON of another form, read by a mapping, a TOML file: where the rows are, and what one of them means.

`[file]` says how the rows are found (`tables`), `[fact]`, `[entity]` and `[source]` what a row becomes (`blocks`).
Their values are templates, in which `{Column}` stands for a cell and `{Column|filter}` for what a filter makes of it
(`templates`, `filters`). The tables `[values.FILTER]` put values right. A mapping is checked as a whole before a row is
read (`definition`).

Four principles decide what is read:
1. Said, not guessed. What a file proves need not be said; what can be read in two ways is a fault that names both.
2. Nothing is lost without a word: rows that no block takes, cut texts and superfluous cells are counted or refused.
3. There is one way to put a value right, the table of its filter.
4. What one cell cannot say stays empty, and what needs it is left out with it. A row is in or out as a whole: all of
   its faults are reported, and faults of many rows as one (`faults`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

from factcli.lexicon import Lexicon
from factcli.records import readers
from factcli.records.mapping.blocks import Block, Made
from factcli.records.mapping.definition import Compiled
from factcli.records.mapping.faults import Faults
from factcli.records.mapping.rows import Fault, Row
from factcli.records.mapping.tables import Rows, rejected
from factcli.records.mapping.templates import Scope, groups_of
from factcli.records.problems import MAPPED, MENTIONED, Candidate, Found, Place, Problem
from factcli.records.rules import problem
from factcli.records.schema import MAX_LIST_LENGTH
from factcli.records.validate import validate
from factcli.text.json_line import json_line
from factcli.text.quote import enumerate_values, quote, quote_path

Record = dict[str, Any]

_LISTS = ("parties", "numbers", "links", "sources")
"""The lists of a fact whose items facts may share."""


class Rejects(NamedTuple):
    """The rows of a file that are wrong, as a file of the same form, and how many of how many they are."""

    name: str
    rows: int
    all_rows: int
    text: str

    def format(self) -> str:
        """How many rows are rejected, for people."""
        return (
            f"{self.rows} of {_count(self.all_rows, 'row')} of {quote_path(self.name, 80)} rejected, with their faults"
        )


class MappedReader:
    """Reads files by a mapping. Raises InputError for a bad mapping.

    `name` is a path, or the name of a mapping that ships with factcli. With `skips_bad`, rows with faults are kept in
    `rejects` instead of being problems. After reading, `notes` say what was left out, and `paste()` what the mapping
    lacks.
    """

    def __init__(self, name: str, stdin: IO[bytes] | None, skips_bad: bool = False) -> None:
        self._compiled, self._stdin, self._skips_bad = Compiled(name), stdin, skips_bad
        lexicon = Lexicon()
        self._blocks = [Block(kind, keys, self._compiled.filters, lexicon) for kind, keys in self._compiled.blocks]
        self.notes: list[str] = []
        self.rejects: list[Rejects] = []
        self._faults: list[Faults] = []

    def __call__(self, name: str) -> Found:
        place = Place(readers.display_name(name))
        data = readers.content(name, self._stdin)
        rows = Rows(self._compiled.layout, list(self._compiled.columns), self._compiled.cells)
        faults = Faults(self._compiled.filters)
        self._faults.append(faults)
        file = _File(self._blocks, faults, rows)
        for row in rows.read(data, name, place):
            if isinstance(row, Problem):
                yield row
            else:
                file.read(row)
                if len(faults) > readers.MAX_PROBLEMS and not self._skips_bad:
                    yield problem("E019", place, "", str(readers.MAX_PROBLEMS))
                    break
        file.reject_partial()
        if not self._skips_bad:
            yield from faults.problems()
        elif file.bad:
            bad = file.rejected()
            text = _json_lines(bad) if rows.is_json else rejected(bad, rows.header, rows.delimiter)
            self.rejects.append(Rejects(place.file, len(bad), file.count, text))
        yield from file.candidates()
        for source in self._compiled.mapping.get("sources", []):
            yield Candidate(place._replace(table="sources"), source)
        self._note(place.file, rows, file)

    def paste(self) -> list[str]:
        """The lines that the mapping lacks, of all files."""
        return [line for faults in self._faults for line in faults.paste()]

    def _note(self, name: str, rows: Rows, file: _File) -> None:
        """Adds notes on what was left out of a file."""
        shown = quote_path(name, 80)
        if file.untaken:
            self.notes.append(f"{shown}: {_count(file.untaken, 'row')} left out, which no block of the mapping takes")
        for lines, one, more in (
            (rows.left_out, "line", "left out, not of the table"), (rows.short, "row", "shorter than the header"),
        ):  # fmt: skip
            if lines:
                where = enumerate_values([str(line) for line in lines])
                self.notes.append(f"{shown}: {_count(len(lines), one)} {more} (line {where})")
        if file.cuts:
            self.notes.append(f"{shown}: {_count(file.cuts, 'text')} cut, as {{…|cut}} of the mapping asks")
        groups = [group for _, keys in self._compiled.blocks for group in groups_of(keys)]
        found = {slot.label for group in groups if any(slot.is_found for slot in group) for slot in group}
        absent = list(dict.fromkeys(slot.label for group in groups for slot in group if slot.label not in found))
        if rows.is_json and absent and file.count:
            self.notes.append(f"{shown}: no record has {enumerate_values(absent)}, which the mapping names")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _json_lines(rows: Sequence[tuple[Row, str]]) -> str:
    return "".join(json_line({**row.raw, "line": row.place.line, "fault": fault}) + "\n" for row, fault in rows)


class _Kept(NamedTuple):
    """A row without faults, and its records."""

    row: Row
    made: list[Made]
    cuts: int


class _File:
    """The rows of one file on their way to records."""

    def __init__(self, blocks: Sequence[Block], faults: Faults, rows: Rows) -> None:
        self._blocks, self._faults, self._rows = blocks, faults, rows
        self.count = self.untaken = self.cuts = 0
        self.kept: list[_Kept] = []
        self.bad: list[tuple[Row, str]] = []
        self._bad_keys: dict[str, int] = {}
        self._known: dict[str, dict[str, _Known]] = {"facts": {}, "entities": {}, "sources": {}}
        self._valid: dict[int, Any] = {}

    def read(self, row: Row) -> None:
        """Makes the records of a row, or notes all that is wrong with it."""
        self.count += 1
        made: list[Made] = []
        faults: list[Fault | Problem] = [row.fault] if row.fault else []
        cuts, is_taken = 0, bool(row.fault)
        for cells in row.cells:
            scope = Scope(cells, not self._rows.is_json)
            try:
                for block in self._blocks:
                    if block.takes(scope):
                        is_taken = True
                        made += block.make(scope)
            except RecursionError:
                faults.append(Fault("E014", "", ()))
            faults += scope.faults.values()
            cuts += scope.cuts
        if not faults:
            faults += self._problems(row, made)
        if faults:
            self._reject(row, faults, made)
        elif not is_taken:
            self.untaken += bool(row.cells)
        else:
            self.kept.append(_Kept(row, made, cuts))

    def _reject(self, row: Row, faults: Sequence[Fault | Problem], made: Sequence[Made]) -> None:
        self.bad.append((row, self._faults.add(row.place, faults)))
        for one in made:
            if one.merges and one.record.get("id"):
                self._bad_keys.setdefault(one.record["id"], row.place.line or 0)

    def _problems(self, row: Row, made: list[Made]) -> list[Fault | Problem]:
        """What is wrong with the records of a row, by themselves and beside those of earlier rows."""
        found: list[Fault | Problem] = []
        line = row.place.line or 0
        for one in made:
            known = self._known[one.table].get(one.record.get("id") or "")
            if known and one.table != "facts" and (known.last is one.record or known.last == one.record):
                continue
            record = _plain(one.record)
            problems = self._invalid(row.place, record, one.table)
            found += [one for one in problems if one.severity == "error"]
            if problems or not record.get("id") or (one.table == "facts" and not one.has_key):
                continue
            if known is None:
                self._known[one.table][record["id"]] = _Known(one.record, one.record, line)
            elif one.table == "facts" and not one.merges:
                found.append(Fault("E045", "id", (quote(record["id"]), str(known.line))))
            elif differing := _differences(known.record, one.record, one.table):
                field, new, old = differing
                found.append(Fault("E046", field, (quote(new), quote(old), str(known.line))))
            else:
                united = unite(known.record, one.record)
                self._known[one.table][record["id"]] = _Known(united, one.record, known.line)
        return found

    def _invalid(self, place: Place, record: Record, table: str) -> list[Problem]:
        """What is wrong with a record by itself. Items that facts share are looked at once."""
        if table != "facts" or any(len(record[key]) > MAX_LIST_LENGTH for key in _LISTS):
            return _with_cut(validate(Candidate(place._replace(table=table), record)))
        new = {key: [item for item in record[key] if id(item) not in self._valid] for key in _LISTS}
        if validate(Candidate(place, {**record, **new})):
            return _with_cut(validate(Candidate(place, record)))
        self._valid.update((id(item), item) for items in new.values() for item in items)
        return []

    def reject_partial(self) -> None:
        """Rejects the rows of merged facts of which another row is wrong: a fact is not half read."""
        if not self._bad_keys:
            return
        kept = []
        for one in self.kept:
            keys = [made.record["id"] for made in one.made if made.merges and made.record.get("id") in self._bad_keys]
            if keys:
                fault = Fault("E047", "id", (quote(keys[0]), str(self._bad_keys[keys[0]])))
                self.bad.append((one.row, self._faults.add(one.row.place, [fault])))
            else:
                kept.append(one)
        self.kept = kept
        self.bad.sort(key=lambda pair: pair[0].place.record or 0)

    def rejected(self) -> list[tuple[Row, str]]:
        """The rows with faults, in order, each with its faults in words."""
        return self.bad

    def candidates(self) -> Iterator[Candidate]:
        """The records of all rows without faults: facts, and each entity and source once."""
        merged: dict[tuple[str, str], Candidate] = {}
        for row, made, cuts in self.kept:
            self.cuts += cuts
            for one in made:
                identity = one.record.get("id")
                if not identity or (one.table == "facts" and not one.merges):
                    yield Candidate(row.place._replace(table=one.table, origin=MAPPED), one.record)
                    continue
                before = merged.get((one.table, identity))
                origin = MENTIONED if one.is_mention else MAPPED
                if before is None:
                    place = row.place._replace(table=one.table, origin=origin)
                    merged[one.table, identity] = Candidate(place, one.record)
                elif before.value is not one.record and before.value != one.record:
                    place = before.place._replace(origin=min(before.place.origin, origin))  # what is mapped counts more
                    merged[one.table, identity] = Candidate(place, unite(before.value, one.record))
        for candidate in merged.values():
            yield candidate._replace(value=_plain(candidate.value))


def _with_cut(problems: list[Problem]) -> list[Problem]:
    """The problems; those of texts that are too long name the filter that cuts them."""
    return [one._replace(fix="shorten it, as {…|cut} of the mapping does") if one.code == "E105" else one
            for one in problems]  # fmt: skip


class _Known(NamedTuple):
    """A record as the rows so far have it, the one of the last row, and the line of the first."""

    record: Record
    last: Record
    line: int


def _plain(record: Record) -> Record:
    """The record without what only this module needs to know of it."""
    return {key: value for key, value in record.items() if key != "is_typed"} if "is_typed" in record else record


def unite(old: Record, new: Record) -> Record:
    """Two records of one id as one: lists and languages are united, an entity keeps a type that was stated."""
    united = dict(old)
    for key, value in new.items():
        if isinstance(value, list):
            united[key] = [*old.get(key, ()), *(one for one in value if one not in old.get(key, ()))]
        else:
            known = old.get(key)
            united[key] = {**value, **(known or {})} if isinstance(value, dict) else value if known is None else known
    if "is_typed" in old and "is_typed" in new:
        stated = new if new["is_typed"] and not old["is_typed"] else old
        united |= {"type": stated["type"], "is_typed": stated["is_typed"]}
        others = [name for lang, name in new["name"].items() if old["name"].get(lang, name) != name]
        united["aliases"] = list(dict.fromkeys([*united["aliases"], *others]))
    return united


def _differences(old: Record, new: Record, table: str) -> tuple[str, str, str] | None:
    """The first field in which two records of one id contradict each other, with both values.

    A name that is the same to look-ups is another spelling, and a type that only a role says gives way.
    """
    from factcli.text import fold

    for key, value in new.items():
        known = old.get(key)
        if known is None or known == value or isinstance(value, list) or key == "is_typed":
            continue
        if isinstance(value, dict):
            for lang, text in value.items():
                other = known.get(lang, text)
                if other != text and not (table == "entities" and fold(other) == fold(text)):
                    return f"{key}.{lang}", str(text), str(other)
        elif not (key == "type" and not (old.get("is_typed") and new.get("is_typed"))):
            return key, str(value), str(known)
    return None
