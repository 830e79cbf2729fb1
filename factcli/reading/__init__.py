"""Articles: the values in them with their places, candidate facts, and evidence for facts.

A text is read by rules over language data, sentence by sentence: dates by the grammar of questions and the day of
publication (`dates.articles`), numbers by that of questions and tables (`text.sums`), countries and names by look-up.
Nothing is guessed from likeness, so what is found stands in the text, at the offsets that are given.

Everything here is a pure function of its arguments, and what it returns can be pickled: an archive of articles is read
by as many processes as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcli.reading.candidates import Candidate
    from factcli.reading.evidence import Checker
    from factcli.reading.values import Value

MAX_HEAD_LENGTH, MAX_HEAD_PARAGRAPHS = 1500, 4
"""Characters and paragraphs in which the date of publication is looked for."""


def find_values(text: str, published: str = "", entities: Iterable[Mapping[str, Any]] = ()) -> list[Value]:
    """The dates, sums, counts, countries and names in a text, in their order.

    `published` is the ISO day of publication; without it only dates that do not depend on it are found. `entities` are
    those of a fact file, whose names are looked for.
    """
    from factcli.reading.names import Gazetteer
    from factcli.reading.values import values

    return values(text, published, Gazetteer(entities))


def read(
    text: str, published: str = "", source: str = "article", entities: Iterable[Mapping[str, Any]] = ()
) -> list[Candidate]:
    """The candidate facts of an article: each a fact as `import` takes it, a confidence from 0 to 1, and its values.

    `published` is the ISO day of publication, or empty; `source` the id that the facts cite. Candidates up to the
    confidence `candidates.CUT` are more often wrong than right.
    """
    from factcli.reading.candidates import candidates

    return candidates(text, published, source, entities)


def find_published(text: str) -> Value | None:
    """The whole date in the first lines of an article, which is probably that of its publication."""
    from factcli.reading.values import values

    start = text[:MAX_HEAD_LENGTH]
    head = (value for value in values(start) if value.slot == "date" and value.paragraph <= MAX_HEAD_PARAGRAPHS)
    return next((value for value in head if len(str(value.value)) == len("2025-01-01")), None)


def evidence_checker(
    texts: Mapping[str, str], sources: Mapping[str, Mapping[str, Any]], entities: Mapping[str, Mapping[str, Any]]
) -> Checker:
    """What checks facts against the texts of their sources: `checker.check(fact)` gives the verdicts.

    `texts` are by the id of the source, `sources` and `entities` the records of a fact file.
    """
    from factcli.reading.evidence import Checker

    return Checker(texts, sources, entities)
