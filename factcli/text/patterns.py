"""Regular expressions that others write, run in bounded time.

Python's engine backtracks. An open repetition inside another can take time that doubles with each character, so such a
pattern is refused. What is left takes at most a power of the length of a text, which is limited; where even that is
long, or repetitions of few rounds are nested, the search is ended after a second of processor time.
"""

from __future__ import annotations

import re
import signal
import threading
from functools import lru_cache
from re import _constants, _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

MAX_PATTERN_LENGTH = 500
MAX_TEXT_LENGTH = 20_000
MAX_SECONDS = 1.0
"""Seconds of processor time that a search may take."""

MAX_TOTAL_SECONDS = 10.0
"""Seconds of processor time that all searches of a pattern may take that need the clock."""

MAX_UNTIMED = 1_000_000
"""Steps, as a power of the length of the text, up to which a search needs no clock."""

MAX_ROUNDS = 10
"""Rounds up to which a repetition may be inside another."""

NESTED = 99
"""Counts for a repetition inside another: the search needs the clock."""

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


class PatternError(ValueError):
    """A pattern that is none, or that could take too long."""


class Pattern:
    """A compiled pattern that can be searched for in any text."""

    def __init__(self, text: str) -> None:
        """Raises PatternError with what is wrong with the pattern."""
        if len(text) > MAX_PATTERN_LENGTH:
            raise PatternError(f"has {len(text)} characters, more than {MAX_PATTERN_LENGTH}")
        try:
            tree = _parser.parse(text)
            self._pattern = re.compile(text)
        except (re.error, OverflowError, RecursionError) as error:
            raise PatternError(f"is no regular expression ({error})") from None
        self._repeats = _variable_repeats(tree, 1)
        self._seconds = MAX_TOTAL_SECONDS

    def search(self, text: str) -> re.Match[str] | None:
        """The first match. Raises PatternError where the text is too long for the pattern."""
        return self._timed(self._pattern.search, text)  # type: ignore[no-any-return]

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text. Raises PatternError as `search`."""
        return self._timed(self._pattern.fullmatch, text)  # type: ignore[no-any-return]

    def split(self, text: str) -> list[str]:
        """The texts between the matches. Raises PatternError as `search`."""
        if len(text) > MAX_TEXT_LENGTH:
            raise PatternError(f"is matched against a text of {len(text)} characters")
        ends, parts = 0, []
        for found in self._timed(lambda one: list(self._pattern.finditer(one)), text):
            parts.append(text[ends : found.start()])
            ends = found.end()
        return [*parts, text[ends:]]

    def _timed(self, function: Any, text: str) -> Any:
        if len(text) > MAX_TEXT_LENGTH:
            raise PatternError(f"is matched against a text of {len(text)} characters")
        if self._repeats < NESTED and len(text) ** (self._repeats + 1) <= MAX_UNTIMED:
            return function(text)
        result, spent = _within(min(MAX_SECONDS, self._seconds), function, text)
        self._seconds -= spent
        if isinstance(result, PatternError):
            raise result
        return result


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """The pattern of a text. Raises PatternError."""
    return Pattern(text)


def _variable_repeats(tree: Any, rounds: int) -> int:
    """How many repetitions of changing length a pattern has that is repeated so many rounds itself.

    Raises PatternError for an open one inside an open one.
    """
    count = 0
    for operator, value in tree:
        if operator in _REPEATS:
            low, high, inner = value
            if low != high and min(rounds, high) > MAX_ROUNDS:
                raise PatternError("has an open repetition inside another, which can take forever; write it flat")
            count += (NESTED if rounds > 1 else 1) * (low != high) + _variable_repeats(inner, max(rounds, high))
        elif operator is _constants.BRANCH:
            count += NESTED * (rounds > 1) + sum(_variable_repeats(branch, rounds) for branch in value[1])
        else:
            count += sum(_variable_repeats(part, rounds) for part in _inner(value))
    return count


def _inner(value: Any) -> list[Any]:
    """The patterns inside a group, a look-around or the like."""
    parts = value if isinstance(value, tuple | list) else [value]
    return [part for part in parts if isinstance(part, _parser.SubPattern)]


def _within(seconds: float, function: Any, text: str) -> tuple[Any, float]:
    """The result of a search, or a PatternError where it takes more processor time, and the time that it took.

    Where time cannot be measured, the search is not made.
    """
    too_long = PatternError(f"takes too long for a text of {len(text)} characters")
    is_main = threading.current_thread() is threading.main_thread()
    if seconds <= 0 or not hasattr(signal, "setitimer") or not is_main:
        return too_long, 0.0

    def stop(_: int, __: FrameType | None) -> None:
        raise too_long

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        result = function(text)
    except PatternError:
        result = too_long
    left = signal.setitimer(signal.ITIMER_PROF, 0)[0]
    signal.signal(signal.SIGPROF, before)
    return result, seconds if result is too_long else seconds - left
