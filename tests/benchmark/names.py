"""How well names are matched: right answers, false answers and speed, family by family, on names of public data.

    python tests/benchmark/names.py [DIRECTORY]

DIRECTORY holds the benchmark: `dev/queries.tsv` (task, query, positions of the right names, pool) and `dev/pools/*.txt`
(a name a line). Nothing of it is part of this project; where it is missing, that is reported. The matcher has names
alone here, no aliases. The figures of the last run are kept in names.last.txt.

A line for each family of queries: how many were asked; how often the right name came first; how often it came first
with a score that is an answer; how many right names have nothing that is like anything in the query, which is where
names are translated and no similarity can be right; queries a second, names prepared. Of families whose names are not
there, how often something was answered all the same.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from factcli.names import THRESHOLD, index_of, rank
from factcli.names.align import Alignment

HERE = Path(__file__)
BENCHMARK = HERE.parents[3] / "shared" / "bench" / "names"
ACROSS = ("per", "loc", "org")
SIDE_FAMILIES = ("xs.20k", "typo.ar.20k", "typo.en.20k")
"""Families of other sizes than the rest; they are left out of the mean."""


class Asked(NamedTuple):
    """What came of one query."""

    right: float
    """The share of right names among those with the best score."""
    score: float
    """The best score, 0 where nothing was found."""
    in_reach: bool
    """Whether anything in a right name is like anything in the query."""
    seconds: float
    """Of the processor."""
    among: int
    """How many names there were."""


def family(task: str) -> str:
    """xs.per.en2ar.1k is of xs.1k.per: by size and kind, whatever the direction."""
    first, *rest = task.split(".")
    if first == "xs":
        return f"xs.{rest[2]}.{rest[0]}"
    if first == "part":
        return "part.same" if rest[1] in ("ar2ar", "en2en") else "part.cross"
    if first == "typo":
        return ".".join([first, rest[0], *rest[2:]])
    return f"{first}.{rest[0]}" if first in ("orth", "neg") else task


def queries(directory: Path) -> Iterator[tuple[str, str, set[int], list[str]]]:
    """Family, query, positions of the right names, names; the names of a pool are one list for all its queries."""
    pools: dict[str, list[str]] = {}
    with open(directory / "queries.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["pool"] not in pools:
                text = (directory / "pools" / f"{row['pool']}.txt").read_text(encoding="utf-8")
                pools[row["pool"]] = text.split("\n")[:-1]
            right = {int(at) for at in row["gold"].split("|") if at}
            yield family(row["task"]), row["query"], right, pools[row["pool"]]


def ask(query: str, right: set[int], names: list[str]) -> Asked:
    start = time.process_time()
    found = rank(query, names)
    seconds = time.process_time() - start
    best = found[0][1] if found else 0.0
    first = [i for i, score in found if score == best]
    share = sum(i in right for i in first) / len(first) if first else 0.0
    in_reach = bool(share) or bool(right & Alignment(query, index_of(names)).matches.keys())
    return Asked(share, best, in_reach, seconds, len(names))


def asked(directory: Path) -> dict[str, list[Asked]]:
    results: dict[str, list[Asked]] = defaultdict(list)
    prepared: set[int] = set()
    for name, query, right, names in queries(directory):
        if id(names) not in prepared:
            prepared.add(id(names))
            ask("khalid", set(), names), ask("خالد", set(), names)
        results[name].append(ask(query, right, names))
    return results


def mean(values: list[float]) -> float:
    return 100 * sum(values) / len(values)


def right_first(results: list[Asked]) -> float:
    return mean([one.right for one in results])


def answered_right(results: list[Asked]) -> float:
    return mean([one.right * (one.score >= THRESHOLD) for one in results])


def answered(results: list[Asked]) -> float:
    return mean([float(one.score >= THRESHOLD) for one in results])


def line(name: str, results: list[Asked]) -> str:
    speed = len(results) / sum(one.seconds for one in results)
    if name.startswith("neg."):
        return f"{name:14} {len(results):6}  {answered(results):>38.1f}  {speed:7.0f}"
    out_of_reach = sum(not one.in_reach for one in results)
    figures = f"{right_first(results):7.1f}  {answered_right(results):8.1f}  {out_of_reach:7}"
    return f"{name:14} {len(results):6}  {figures}  {'':10}  {speed:7.0f}"


def report(results: dict[str, list[Asked]]) -> list[str]:
    versions = f"Python {platform.python_version()}  rapidfuzz {version('rapidfuzz')}"
    lines = [f"{datetime.date.today()}  {versions}  answers from {THRESHOLD}", ""]
    lines.append(
        f"{'family':14} {'asked':>6}  {'first %':>7}  {'answer %':>8}  {'no like':>7}  {'false %':>10}  {'a second':>7}"
    )
    lines += [line(name, results[name]) for name in sorted(results)]
    return [*lines, "", summary(results)]


def summary(results: dict[str, list[Asked]]) -> str:
    """The line to quote."""
    small, large = (
        mean([right_first(results[f"xs.{size}.{kind}"]) / 100 for kind in ACROSS]) for size in ("1k", "20k")
    )
    positive = [name for name in results if not name.startswith(("neg.", *SIDE_FAMILIES))]
    hits = mean([answered_right(results[name]) / 100 for name in positive])
    false = mean([answered(results[name]) / 100 for name in results if name.startswith("neg.")])
    of_1000 = [one.seconds for results_of in results.values() for one in results_of if 900 <= one.among <= 1100]
    return (
        f"Across scripts the right name is first {small:.1f} % of the time among 1,000 names and {large:.1f} % among "
        f"20,000;\nwith {false:.1f} % false answers {hits:.1f} % are answered right; "
        f"{len(of_1000) / sum(of_1000):.0f} queries a second among 1,000."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, nargs="?", default=BENCHMARK)
    directory: Path = parser.parse_args().directory / "dev"
    if not (directory / "queries.tsv").exists():
        sys.exit(f"{directory}: the benchmark is not here; nothing was measured")
    text = "\n".join(report(asked(directory))) + "\n"
    print(text, end="")
    HERE.with_suffix(".last.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
