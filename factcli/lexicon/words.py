"""The words by which questions are understood, in both languages.

The sources are `data/words-en.json` and `data/words-ar.json`, a group of phrases a meaning, as people write them;
`scripts/build_words.py` folds them into `data/word-meanings.tsv`, in which a phrase is looked up here. Which of its
meanings a phrase has in a question, the parser of questions decides.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from factcli import package_data


class Words:
    """What folded phrases mean: ("kinds", "sale"), ("months", "05"), ("numbers", "12"), ("time", "before") and so on.

    They are looked up in sorted rows: making dictionaries took 2 ms, as long as reading the facts.
    """

    @cached_property
    def _rows(self) -> list[str]:
        """A phrase, or `@`, a group and a meaning, then what belongs to it; sorted."""
        return package_data.text("word-meanings.tsv").splitlines()

    def _row(self, key: str) -> list[str]:
        head = f"{key}\t"
        at = bisect_left(self._rows, head)
        is_found = at < len(self._rows) and self._rows[at].startswith(head)
        return self._rows[at][len(head) :].split("\t") if is_found else []

    def meanings(self, phrase: str) -> list[tuple[str, str]]:
        """The groups in which a folded phrase means something, each with what it means there."""
        columns = self._row(phrase)
        return list(zip(columns[::2], columns[1::2], strict=True))

    def meaning(self, group: str, phrase: str) -> str | None:
        """The first meaning of a folded phrase in a group."""
        return next((meaning for one, meaning in self.meanings(phrase) if one == group), None)

    def phrases(self, group: str, meaning: str) -> list[str]:
        """The folded phrases that have a meaning."""
        return self._row(f"@{group} {meaning}")
