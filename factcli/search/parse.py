"""From the arguments of a command line to terms: words and phrases, names joined, function words left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcli._namedtuple import NamedTuple
from factcli.errors import UsageError
from factcli.model import Question
from factcli.text import fold

if TYPE_CHECKING:
    from factcli.search.index import Index

MAX_QUERY_LENGTH = 500
MAX_NAME_WORDS = 6
"""Words that neighbouring arguments are joined to when they may be one name."""

MARKS = '"“”«»„'
QUOTED = f"[{MARKS}]([^{MARKS}]*)[{MARKS}]"


class Term(NamedTuple):
    """A word, or a phrase whose words belong together; `quoted` for good, else as long as any fact has it.

    What was joined because it is a `name` is one word.
    """

    text: str
    quoted: bool = False
    name: bool = False

    @property
    def parts(self) -> list[str]:
        """The words of a phrase, or those that hyphens join (`Oman-Turkey`); a designation (`F-16`) has no parts."""
        if self.name:
            return [self.text]
        words = [part for part in self.text.split() if fold(part)]
        hyphened = self.text.split("-")
        is_compound = len(words) == 1 and all(fold(part).isalpha() and len(fold(part)) > 1 for part in hyphened)
        return hyphened if is_compound else words


def parse(arguments: Sequence[str]) -> list[Term]:
    """Words and phrases as they were typed. Raises UsageError where there is nothing to look for."""
    length = sum(map(len, arguments))
    if length > MAX_QUERY_LENGTH:
        raise UsageError(f"QUERY: {length} characters are too many; the most is {MAX_QUERY_LENGTH}")
    terms = [term for argument in arguments for term in split_argument(argument)]
    if not terms or any(not fold(term.text) for term in terms):
        raise UsageError("QUERY: there are no letters or digits to look for; an empty word matches nothing")
    return terms


def split_argument(argument: str) -> list[Term]:
    """The phrases of an argument, those in quotation marks last; an argument without letters is an empty term."""
    parts = re.split(QUOTED, argument) if any(mark in argument for mark in MARKS) else [argument]
    outside = [Term(" ".join(part.split())) for part in parts[::2] if fold(part)]
    inside = [Term(" ".join(part.split()), quoted=True) for part in parts[1::2]]
    return (outside + inside or [Term("")]) if argument.strip() else [Term("")]


def resolve(terms: list[Term], question: Question, index: Index) -> list[Term]:
    """What is looked for: names as one term, no function word beside others, none twice."""
    resolved: list[Term] = []
    while terms:
        length = next((n for n in range(MAX_NAME_WORDS, 1, -1) if is_name(terms[:n], n, index)), 1)
        name = Term(" ".join(term.text for term in terms[:length]), name=True)
        resolved.append(name if length > 1 else terms[0])
        terms = terms[length:]
    if not question.exact and len(resolved) > 1:
        # Where all is in capitals, they do not make `TO` the code of a country.
        is_shouted = all(term.text.isupper() for term in resolved)
        content = [
            term
            for term in resolved
            if term.quoted or not index.is_function_word(term.text.lower() if is_shouted else term.text)
        ]
        resolved = content or resolved
    return list(dict.fromkeys(resolved))


def is_name(terms: list[Term], length: int, index: Index) -> bool:
    """Whether so many terms are single words that together are a name, a day, an amount, a kind or a number."""
    if len(terms) < length or any(" " in term.text or term.quoted for term in terms):
        return False
    text = " ".join(term.text for term in terms)
    key = fold(text)
    lexicon = index.lexicon
    return (
        key in index.names_like(key)
        or index.is_day(key)
        or index.amount(text) is not None
        or any(
            named(key)
            for named in (lexicon.countries_named, lexicon.kinds_named, lexicon.numbers_like, lexicon.months_named)
        )
    )
