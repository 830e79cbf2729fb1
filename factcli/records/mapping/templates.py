"""Templates: text with slots, `Sale of {Weapon designation} to {Recipient}`, parsed once and filled for each row.

    template = text with slots
    slot     = "{" column { "|" filter [ ":" argument ] } "}"

`{{` and `}}` are braces. A column or an argument that holds `|`, `{` or `}` stands in quotation marks, doubled inside.
`{a.b}` is a path where no column has that very name, and a path through a list gives the list. `{.}` is the item that a
block repeats for, `{.name}` a part of it. A template with an empty slot is empty, one that is a single slot keeps the
type of its value, and a list inside a longer text is joined with commas. Of several templates for one value the first
counts that is not empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from factcli.records.mapping.rows import MISSING, CellError, Fault, Reader, clean, resolve, text_of

MAX_REMEMBERED = 50_000
"""Different cells of a column of which the values are kept, so that each is read once."""

_COLUMN = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^"|{}][^|{}]*))\s*')
_FILTER = re.compile(r'\|\s*([^:|{}"]+?)\s*(?::(?:"((?:[^"]|"")*)"|([^"|{}][^|{}]*|)))?\s*(?=[|}])')

Step = tuple[str, str | None]
"""The name of a filter and its argument."""


class TemplateError(ValueError):
    """Braces that enclose no slot."""


class SlotText(NamedTuple):
    """A slot as it is written: the column, and the filters with their arguments."""

    column: str
    steps: tuple[Step, ...]


def parse(text: str) -> list[str | SlotText]:
    """The texts and slots of a template, in order. Raises TemplateError.

    >>> parse("{A|split:;} and {{b}}")
    [SlotText(column='A', steps=(('split', ';'),)), ' and {b}']
    """
    parts: list[str | SlotText] = []
    plain, at = "", 0
    while at < len(text):
        char = text[at]
        if char in "{}" and text.startswith(char, at + 1):
            plain, at = plain + char, at + 2
        elif char == "}":
            raise TemplateError(text)
        elif char == "{":
            slot, at = _slot(text, at + 1)
            parts += [plain, slot] if plain else [slot]
            plain = ""
        else:
            plain, at = plain + char, at + 1
    return [*parts, plain] if plain or not parts else parts


def _slot(text: str, at: int) -> tuple[SlotText, int]:
    """The slot whose brace ends before a position, and where it ends itself. Raises TemplateError."""
    found = _COLUMN.match(text, at)
    if not found:
        raise TemplateError(text)
    column = found[1].replace('""', '"') if found[1] is not None else " ".join(found[2].split())
    steps: list[Step] = []
    at = found.end()
    while text.startswith("|", at):
        found = _FILTER.match(text, at)
        if not found:
            raise TemplateError(text)
        argument = found[3] if found[2] is None else found[2].replace('""', '"')
        steps.append((found[1], argument))
        at = found.end()
    if not column or not text.startswith("}", at):
        raise TemplateError(text)
    return SlotText(column, tuple(steps)), at + 1


class Scope:
    """What templates are filled from, a row or an item of one, and what comes up on the way.

    `is_flat` says that the cells are texts that are clean already. `faults` are in order and without repetition: of one
    cell the first is kept. `notes` are words of dates that EDTF does not hold, `cuts` how many texts were cut.
    """

    __slots__ = ("cells", "cuts", "faults", "is_flat", "item", "notes")

    def __init__(self, cells: dict[str, Any], is_flat: bool) -> None:
        self.cells, self.is_flat, self.item = cells, is_flat, MISSING
        self.faults: dict[tuple[str, str], Fault] = {}
        self.notes: list[str] = []
        self.cuts = 0

    def add(self, fault: Fault) -> None:
        """Adds a fault, unless that cell has one."""
        self.faults.setdefault((fault.field, fault.values[0] if fault.values else ""), fault)


class Outcome(NamedTuple):
    """What a slot makes of a cell, where that is more than a value."""

    value: Any
    fault: Fault | None = None
    notes: tuple[str, ...] = ()
    cuts: int = 0


class Context:
    """What filters may ask about the cell that they are given, and where they leave what is no value."""

    def __init__(self, column: str, is_doubtful: bool) -> None:
        self.column, self.is_doubtful = column, is_doubtful
        self.notes: list[str] = []
        self.cuts = 0


Filter = Callable[[Any, Context], Any]
"""A value that is not empty -> a value; raises CellError."""


class Slot:
    """A slot of a template, with its filters. `label` names it in messages, `mark` is the column beside it.

    What it makes of a text is remembered: columns repeat themselves.
    """

    def __init__(
        self, column: str, filters: Sequence[Filter], label: str, reader: Reader, reads_number: bool = False
    ) -> None:
        """`reads_number` says that the last filter is `number`."""
        self.column, self.label, self._filters, self._reader = column, label, filters, reader
        self.reads_number = reads_number
        self.is_of_item = column.startswith(".")
        self.path = column.removeprefix(".")
        self.mark = f"{column} ?"
        self.is_found = False
        self._known: tuple[dict[str, Any], dict[str, Any]] = {}, {}

    def with_last(self, last: Filter) -> Slot:
        """The same slot with another last filter."""
        return Slot(self.column, [*self._filters[:-1], last], self.label, self._reader)

    def value(self, scope: Scope) -> Any:
        """The value of the slot; None where it is empty or has a fault."""
        if scope.is_flat and not self.is_of_item:
            raw = scope.cells[self.path]
            if raw is None or not self._filters:
                return raw
            is_doubtful = scope.cells.get(self.mark) == "?"
        else:
            raw, is_doubtful = self._raw(scope), False
            if not self._filters:
                return clean(raw, self._reader)
            if not isinstance(raw, str):
                return self._taken(self._read(raw, False), scope)
        known = self._known[is_doubtful]
        if raw in known:
            outcome = known[raw]
        else:
            if len(known) >= MAX_REMEMBERED:
                known.clear()
            outcome = known[raw] = self._read(raw, is_doubtful)
        return self._taken(outcome, scope) if type(outcome) is Outcome else outcome

    def _taken(self, outcome: Any, scope: Scope) -> Any:
        """The value of an outcome, and in the scope what comes with it."""
        if type(outcome) is not Outcome:
            return outcome
        if outcome.fault:
            scope.add(outcome.fault)
        scope.notes += outcome.notes
        scope.cuts += outcome.cuts
        return outcome.value

    def _raw(self, scope: Scope) -> Any:
        """What stands in the record or the item; `MISSING` where there is nothing."""
        whole = scope.item if self.is_of_item else scope.cells
        found = resolve(whole, self.path) if self.path else whole
        self.is_found = self.is_found or found is not MISSING
        return found

    def _read(self, raw: Any, is_doubtful: bool) -> Any:
        """What the filters make of a value: a value, or an `Outcome` where there is more to it."""
        context = Context(self.label, is_doubtful)
        try:
            value = clean(raw, self._reader)
            for one in self._filters:
                if value is None:
                    break
                value = one(value, context)
                value = None if value in ("", []) else value
        except CellError as error:
            return Outcome(None, Fault(error.code, self.label, error.values, error.table, error.key))
        is_plain = not context.notes and not context.cuts
        return value if is_plain else Outcome(value, None, tuple(context.notes), context.cuts)


class Template:
    """A parsed template, or a value that is no text and stays as it is."""

    def __init__(self, parts: Sequence[str | Slot] | Any) -> None:
        self.parts = parts if isinstance(parts, list) else []
        self.constant = parts if not isinstance(parts, list) else None
        if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], str):
            self.constant, self.parts = parts[0], []
        self.only = self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], Slot) else None

    @property
    def slots(self) -> list[Slot]:
        return [part for part in self.parts if isinstance(part, Slot)]

    def value(self, scope: Scope) -> Any:
        """The template filled; None where a slot of it is empty. All of its slots are read, for their faults."""
        if self.only:
            return self.only.value(scope)
        if not self.parts:
            return self.constant
        texts: list[str] = []
        for part in self.parts:
            value = part if type(part) is str else part.value(scope)
            text = value if type(value) is str else text_or_fault(value, part.label, scope)
            if text is not None:
                texts.append(text)
        return "".join(texts) if len(texts) == len(self.parts) else None


def text_or_fault(value: Any, label: str, scope: Scope) -> str | None:
    """A value as text; None where it is empty, or an object, which is a fault."""
    try:
        return text_of(value)
    except CellError as error:
        scope.add(Fault(error.code, label, error.values))
        return None


class Templates:
    """The templates of one key: of several the first counts that is not empty, or where a list is wanted, all."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self.templates = templates
        self._constant = templates[0].constant if len(templates) == 1 else None

    @property
    def slots(self) -> Iterator[Slot]:
        for template in self.templates:
            yield from template.slots

    def one(self, scope: Scope) -> Any:
        """The first value that is not empty."""
        if self._constant is not None:
            return self._constant
        for template in self.templates:
            value = template.value(scope)
            if value is not None:
                return value
        return None

    def text(self, scope: Scope) -> str | None:
        """The first value that is not empty, as text."""
        value = self.one(scope) if self._constant is None else self._constant
        if value is None or type(value) is str:
            return value
        return text_or_fault(value, next((slot.label for slot in self.slots), ""), scope)

    def many(self, scope: Scope) -> list[Any]:
        """All values, lists among them opened, equal ones once."""
        found: list[Any] = []
        for template in self.templates:
            value = template.value(scope)
            found += value if isinstance(value, list) else [] if value is None else [value]
        if all(isinstance(one, str) for one in found):
            return list(dict.fromkeys(found))
        return found


def slots_of(value: Any) -> Iterator[Slot]:
    """All slots of a block."""
    for group in groups_of(value):
        yield from group


def groups_of(value: Any) -> Iterator[list[Slot]]:
    """The slots of each key of a block, of several templates together."""
    if isinstance(value, Templates):
        yield list(value.slots)
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from groups_of(one)
    elif isinstance(value, Slot):
        yield [value]
