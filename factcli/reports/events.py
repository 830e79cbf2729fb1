"""Events: a fact that is part of another is counted with it, and stands below it on a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from factcli.model import COMMAS, LANGUAGES, Fact, Row, Text, Value
from factcli.reports.values import Values

MAX_MARKS = 9
"""Marks that stand before a name at most, however deep it is a part."""

PART = "· "
"""What stands before the name of a part, once for each level. It has no direction of its own."""


def whole_of(fact: Fact | Row, by_id: Container[str]) -> str | None:
    """The id of the first of the facts `by_id` that the fact is part of."""
    wholes = (link["fact"] for link in fact["links"] if link["rel"] == "part-of")
    return next((whole for whole in wholes if whole in by_id), None)


def events_of(facts: Iterable[Fact] | Iterable[Row], by_id: Mapping[str, Any]) -> dict[str, str]:
    """By the id of each of the facts that of the event it is counted with: itself, or the outermost it is part of.

    `by_id` are all facts. Of facts that are part of each other in a circle, the first in the alphabet is the event.
    """
    events: dict[str, str] = {}
    ids = []
    for fact in facts:
        ids.append(fact["id"])
        path: dict[str, None] = {}
        at, whole = fact["id"], fact["id"]
        while whole and at not in events and at not in path:
            path[at] = None
            whole = whole_of(fact if at == fact["id"] else by_id[at], by_id)
            at = whole or at
        circle = list(path)[list(path).index(at) :] if whole and at in path else []
        event = events.get(at) or min(circle, default=at)
        events.update(dict.fromkeys(path, event))
    return {one: events[one] for one in ids}


def with_parts_below(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """The rows with the parts of each behind it, in their order, and how many wholes each row stands below."""
    by_id = {row["id"]: row for row in rows}
    parts: dict[str | None, list[int]] = {}
    for at, row in enumerate(rows):
        parts.setdefault(whole_of(row, by_id), []).append(at)
    levels: dict[int, int] = {}
    # Rows that are part of each other in a circle are below none of the first: the first of them begins the circle.
    for first in (*parts.get(None, ()), *range(len(rows))):
        waiting = [(first, 0)]
        while waiting:
            at, level = waiting.pop()
            if at not in levels:
                levels[at] = level
                waiting += [(part, level + 1) for part in reversed(parts.get(rows[at]["id"], []))]
    return [(rows[at], level) for at, level in levels.items()]


def marked(value: Value, level: int) -> Value:
    """The name of a fact, in one or several languages, with the mark of a part before it."""
    if isinstance(value, list):
        return [marked(value[0], level), *value[1:]] if value else value
    if isinstance(value, dict):
        return {lang: PART * min(level, MAX_MARKS) + text for lang, text in value.items()}
    return f"{PART * min(level, MAX_MARKS)}{value}" if value is not None else value


def count_text(facts: int, events: int, values: Values) -> Text:
    """How many facts there are, and how many events where these are fewer: "22 facts, 8 events"."""
    counts = [(facts, "fact")] + ([(events, "event")] if events < facts else [])
    labels = [(number, values.lexicon.unit_label(number, unit)) for number, unit in counts]
    return {lang: COMMAS[lang].join(f"{number:,} {label[lang]}" for number, label in labels) for lang in LANGUAGES}
