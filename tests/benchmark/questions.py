"""Whether the facts that a reader means are found: questions by family, false answers first, and speed.

    python tests/benchmark/questions.py [FILE]... [-v] [--family NAME]...

A line of a set has a family, a command, a query, the facts that answer it, and a remark. The facts are

    a b        the best answer is one of these
    = a b ?c   the answer is these and no others; `?c` may be among them
    -          nothing is found
    > x|y      nothing is found, and a note offers one of these texts instead

`questions.tsv` was looked at while words were written. `questions_unseen.tsv` is what other readers wrote from the two
articles; nothing was learned from a part of it before its first run. Of the first 120 questions 87 of 105 were answered
right and 14 of 15 refused; of the 226 that came later 100 of 126 and 98 of 100. Eight of those answers were false, six
of them to questions with a `not`.

Without FILE both sets are asked, and the figures are kept in questions.last.txt. Of each family they are: answers that
hold a wrong fact, of which nobody is warned (`false`: a fact outside a whole set, or any where there is nothing to
find); questions that have an answer and got none (`no`); answers that lack a fact or have another one first (`order`);
right answers; questions. Hits are taken in the order of their scores, those with equal scores oldest first, and
relative dates are counted from TODAY. -v prints a line for each question that is not answered right.
"""

from __future__ import annotations

import argparse
import csv
import platform
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from factcli import store
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.lexicon.messages import message
from factcli.model import Answer, Facts
from factcli.reports import REPORTS, match_value
from factcli.search import find
from factcli.text import script

HERE = Path(__file__)
SETS = (HERE.with_suffix(".tsv"), HERE.with_name("questions_unseen.tsv"))
TODAY = "2025-06-01"
OUTCOMES = ("false", "no", "order", "right")
"""What may come of a question, the worst first."""


class Expected(NamedTuple):
    """What answers a question: any of `facts` as the best answer or, where `whole`, all of them and no others.

    A whole answer may hold `optional` facts as well. Where there are neither, nothing is to be found; a note should
    offer one of the texts of `offers`, if there are any.
    """

    facts: frozenset[str]
    optional: frozenset[str] = frozenset()
    whole: bool = False
    offers: tuple[str, ...] = ()


class Question(NamedTuple):
    family: str
    command: str
    query: str
    expected: Expected
    remark: str

    @property
    def script(self) -> str:
        """The script of the question; of one in digits alone, that of the digits."""
        return script(self.query) or ("latn" if self.query.isascii() else "arab")


class Reply(NamedTuple):
    """A question, the ids of the facts that were found for it, best first, and the notes beside them."""

    question: Question
    ids: list[str]
    notes: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """One of OUTCOMES."""
        facts, optional, whole, offers = self.question.expected
        if whole and not facts | optional >= set(self.ids):
            return "false"
        if facts and not self.ids:
            return "no"
        is_right = facts <= set(self.ids) if whole else self.ids[0] in facts
        is_offered = not offers or any(text in note for text in offers for note in self.notes)
        return "right" if is_right and is_offered else "order"


def expected(text: str) -> Expected:
    """What the column `facts` demands."""
    sign, _, rest = text.partition(" ")
    if sign == ">":
        return Expected(frozenset(), whole=True, offers=tuple(rest.split("|")))
    ids = [one for one in text.split() if one not in ("-", "=")]
    optional = frozenset(one.removeprefix("?") for one in ids if one.startswith("?"))
    return Expected(frozenset(one for one in ids if not one.startswith("?")), optional, sign in ("-", "="))


def questions(path: Path) -> list[Question]:
    """The questions of a set, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Question(family, command, query, expected(facts), remark) for family, command, query, facts, remark in rows]


def ask(question: Question, facts: Facts, lexicon: Lexicon) -> Reply:
    """What the command answers; an error of usage is an empty answer, the error its note."""
    words, kinds = question.query.split(), REPORTS[question.command].kinds
    try:
        answer = find(words, facts, lexicon, kinds=kinds, parties_only=question.command == "partner", today=TODAY)
    except UsageError as error:
        return Reply(question, [], tuple(map(str, error.problems)))
    return Reply(question, best_first(answer), tuple(message(note, "en") for note in answer.notes))


def best_first(answer: Answer) -> list[str]:
    """The ids of the hits; those that no word matched, but a date or an order alone, are as good as any."""
    hits = sorted(answer.hits, key=lambda hit: -match_value(hit.matches)["score"] if hit.matches else 0.0)
    return [hit.fact["id"] for hit in hits]


def line(name: str, replies: Sequence[Reply]) -> str:
    """The figures of some replies."""
    counts = Counter(reply.outcome for reply in replies)
    figures = "".join(f"{counts[outcome]:7}" for outcome in OUTCOMES)
    return f"{name:17}{figures}{len(replies):7}{100 * counts['right'] / len(replies):8.1f}"


def table(replies: Sequence[Reply]) -> list[str]:
    """The figures of each family, the one with most false answers first, and of all that is asked and refused."""
    families: dict[str, list[Reply]] = {}
    for reply in replies:
        families.setdefault(reply.question.family, []).append(reply)
    totals = {
        "to be answered": [reply for reply in replies if reply.question.expected.facts],
        "to be refused": [reply for reply in replies if not reply.question.expected.facts],
        "Latin": [reply for reply in replies if reply.question.script == "latn"],
        "Arabic": [reply for reply in replies if reply.question.script == "arab"],
        "all": list(replies),
    }

    def badness(name: str) -> tuple[int, ...]:
        counts = Counter(reply.outcome for reply in families[name])
        return (*(-counts[outcome] for outcome in OUTCOMES[:3]), len(families[name]))

    heading = f"{'family':17}{''.join(f'{outcome:>7}' for outcome in OUTCOMES)}{'asked':>7}{'%':>8}"
    rows = [line(name, families[name]) for name in sorted(families, key=badness)]
    return [heading, *rows, "", *(line(name, some) for name, some in totals.items() if some)]


def detail(reply: Reply) -> str:
    """What came of one question, for -v."""
    _, command, query, (facts, *_), remark = reply.question
    found = " ".join(reply.ids[:4]) + (f" +{len(reply.ids) - 4}" if len(reply.ids) > 4 else "")
    wanted = " ".join(sorted(facts)[:4]) + (f" +{len(facts) - 4}" if len(facts) > 4 else "")
    return "\t".join((reply.outcome, reply.question.family, command, query, wanted or "-", found or "-", remark))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--family", action="append", help="only this family (repeatable)")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each question not answered right")
    options = parser.parse_args()
    facts, lexicon = store.read(["builtin"]), Lexicon()
    lines = [f"Python {platform.python_version()}, today {TODAY}"]
    for path in options.files or SETS:
        asked = [one for one in questions(path) if not options.family or one.family in options.family]
        if not asked:
            continue
        start = perf_counter()
        replies = [ask(question, facts, lexicon) for question in asked]
        speed = len(replies) / (perf_counter() - start)
        for outcome in OUTCOMES[:-1] if options.verbose else ():
            for reply in replies:
                if reply.outcome == outcome:
                    print(detail(reply))
        lines += ["", path.name, *table(replies), f"{speed:.0f} questions a second"]
    print("\n".join(lines))
    if not (options.files or options.family):
        HERE.with_suffix(".last.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
