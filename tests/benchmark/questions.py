"""Whether the facts that a reader means are found: what `questions.tsv` asks, and how much of it is answered right.

    python tests/benchmark/questions.py [FILE] [-v]

A line of the file is a question, the facts that answer it (`-` where the answer is that there is none) and a remark.
`questions_unseen.tsv` is a second set by another reader: of it 87 of 105 were answered right, and 14 of 15 refused,
before anything was learned from it. The first set was looked at while words were written.

Hits are taken in the order of their scores, those with equal scores oldest first. Beside the figures stands how many
questions are answered in a second; -v prints a line for each that is not answered right.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from factcli import model, store
from factcli.lexicon import Lexicon
from factcli.model import Facts, Hit
from factcli.reports import match_value
from factcli.search import find
from factcli.text import script

QUESTIONS = Path(__file__).with_suffix(".tsv")
REFUSAL = "-"


class Question(NamedTuple):
    text: str
    right: frozenset[str]
    remark: str

    @property
    def script(self) -> str:
        """The script of the question; of one in digits alone, that of the digits."""
        return script(self.text) or ("latn" if self.text.isascii() else "arab")


class Reply(NamedTuple):
    """A question and the ids of the facts that were found for it, best first."""

    question: Question
    ids: list[str]

    @property
    def is_first(self) -> bool:
        return self.ids[:1] != [] and self.ids[0] in self.question.right

    @property
    def is_found(self) -> bool:
        return not self.question.right.isdisjoint(self.ids)

    @property
    def is_right(self) -> bool:
        return self.is_first if self.question.right else not self.ids


def questions(path: Path) -> list[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Question(text, frozenset(right.split()) - {REFUSAL}, remark) for text, right, remark in rows]


def replies(asked: list[Question], facts: Facts) -> list[Reply]:
    lexicon = Lexicon()
    return [Reply(one, ids(find(model.Question(tuple(one.text.split())), facts, lexicon).hits)) for one in asked]


def ids(hits: list[Hit]) -> list[str]:
    return [hit.fact["id"] for hit in sorted(hits, key=lambda hit: -match_value(hit.matches)["score"])]


def report(answered: list[Reply], seconds: float) -> list[str]:
    answerable = [reply for reply in answered if reply.question.right]
    refusals = [reply for reply in answered if not reply.question.right]
    lines = ["script  right first  found  asked"]
    for kind in ("latn", "arab", "all"):
        of_kind = [reply for reply in answerable if kind in (reply.question.script, "all")]
        first, found = sum(reply.is_first for reply in of_kind), sum(reply.is_found for reply in of_kind)
        lines.append(f"{kind:6} {first:12} {found:6} {len(of_kind):6}")
    lines.append(f"right refusals: {sum(reply.is_right for reply in refusals)} of {len(refusals)}")
    return [*lines, f"{len(answered) / seconds:.0f} questions a second"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each question not answered right")
    options = parser.parse_args()
    asked, facts = questions(options.file), store.read(["builtin"])
    start = perf_counter()
    answered = replies(asked, facts)
    seconds = perf_counter() - start
    for reply in answered if options.verbose else ():
        if not reply.is_right:
            question, found = reply.question, " ".join(reply.ids[:3]) or REFUSAL
            print(question.text, " ".join(sorted(question.right)) or REFUSAL, found, question.remark, sep="\t")
    sys.stdout.write("\n".join(report(answered, seconds)) + "\n")


if __name__ == "__main__":
    main()
