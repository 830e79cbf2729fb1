"""The words by which questions are understood, in both languages.

The sources are `data/words-en.json` and `data/words-ar.json`, a group of phrases a meaning, as people write them;
`scripts/build_words.py` folds them into `data/word-meanings.tsv`, in which a phrase is looked up here. Which of its
meanings a phrase has in a question, the parser of questions decides.
"""

from __future__ import annotations

from functools import cached_property

from factcli.package_data import KeyedRows


class Words:
    """What folded phrases mean: ("kinds", "sale"), ("months", "05"), ("numbers", "12"), ("time", "before") ..."""

    @cached_property
    def _rows(self) -> KeyedRows:
        """A phrase, or `@`, a group and a meaning, then what belongs to it."""
        return KeyedRows("word-meanings.tsv")

    def meanings(self, phrase: str) -> list[tuple[str, str]]:
        """The groups in which a folded phrase means something, each with what it means there."""
        columns = self._rows.columns(phrase)
        return list(zip(columns[::2], columns[1::2], strict=True))

    def meaning(self, group: str, phrase: str) -> str | None:
        """The first meaning of a folded phrase in a group."""
        return next((meaning for one, meaning in self.meanings(phrase) if one == group), None)

    def phrases(self, group: str, meaning: str) -> list[str]:
        """The folded phrases that have a meaning."""
        return self._rows.columns(f"@{group} {meaning}")
