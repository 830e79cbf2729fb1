"""Writes data/term-forms.tsv and data/name-forms.tsv: folded forms, in texts and in names, and what they stand for.

    python scripts/build_synonyms.py

The source is `data/synonyms.json`, a group of forms with one meaning a line, in both languages. A form stands under the
place where it counts: `names` and `texts` alone, or `both`; under `query` it is understood, but not looked for in
texts, where it means more than this. What a group is in names is its `class`: a `kind` of thing, a common `word`, a
`name`, a `number` (the id is its digits) or a `particle`. A form may be in several groups.

term-forms.tsv: a form a line and the groups that a query may mean by it; `@` and a group, and the forms that texts are
searched for. name-forms.tsv: a form a line, without Arabic articles, then a category and an id, once for each thing
that it stands for; countries (`data/country-keys.tsv`) and known names (`data/known-names.tsv`) are among them. The
first thing of a row decides the weight of the form, so the rules of `name_forms` are in the order in which the sources
are believed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factcli.text import fold
from factcli.text.clitics import without_article

DATA = Path(__file__).parent.parent / "data"

CLASSES = ("number", "kind", "word", "name", "particle")
"""Classes of synonyms. A particle is nothing else, whatever other groups have the same form."""

MIN_COUNTRY_LENGTH = {True: 4, False: 3}
"""Letters of a country's name, by whether it is ASCII: codes and the shortest forms are also words of other kinds."""

PROPER = {"country", "number", "name", "place", "given name"}
"""Categories with which a known name may share a form; a form of any other category is that and no known name."""

Rows = dict[str, list[str]]
"""The other columns of each row by its first."""


def groups() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
    return found


def forms(group: dict[str, Any], *places: str) -> list[str]:
    return [form for place in places for form in group.get(place, ())]


# -- texts


def term_forms() -> Rows:
    """The groups of each form that a query may have, then the forms of each group that texts are searched for."""
    meanings: Rows = {}
    words: Rows = {}
    for name, group in groups().items():
        for form in dict.fromkeys(map(fold, forms(group, "both", "texts", "query"))):
            meanings.setdefault(form, []).append(name)
        if texts := forms(group, "both", "texts"):
            words[f"@{name}"] = list(dict.fromkeys(map(fold, texts)))
    return dict(sorted((meanings | words).items()))


# -- names


def bare(form: str) -> str:
    """The form as tokens are compared: folded, without articles."""
    return " ".join(map(without_article, fold(form).split()))


def rows_of(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def name_forms() -> Rows:
    """The categories and ids of each form, in turns."""
    found: Rows = {}
    for category in CLASSES:
        for name, group in groups().items():
            for form in map(bare, forms(group, "names", "both") if group.get("class") == category else ()):
                add(found, form, category, name, alone=category == "particle")
    for key, codes, *_ in rows_of("country-keys.tsv"):
        form = bare(key)
        is_name = key[0] not in "=@" and len(form) >= MIN_COUNTRY_LENGTH[form.isascii()]
        if is_name and found.get(form, ["country"])[0] == "country":
            add(found, form, "country", codes)
    for key, category, name in rows_of("known-names.tsv"):
        form = key if fold(key) != key else bare(key)  # a name with a shadda that distinguishes it keeps it
        if form not in found or found[form][0] in PROPER:
            add(found, form, category, name)
    return dict(sorted(found.items()))


def add(found: Rows, form: str, category: str, name: str, alone: bool = False) -> None:
    row = found.setdefault(form, [])
    if alone:
        row.clear()
    if (category, name) not in zip(row[::2], row[1::2], strict=True):
        row += [category, name]


# -- files


def files() -> dict[str, str]:
    """The text of each file that is made here, by its name in data/."""
    tables = {"term-forms.tsv": term_forms(), "name-forms.tsv": name_forms()}
    return {
        name: "".join("\t".join([form, *columns]) + "\n" for form, columns in rows.items())
        for name, rows in tables.items()
    }


def main() -> None:
    for name, text in files().items():
        (DATA / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"data/{name}: {len(text.splitlines())} lines, {len(text.encode())} bytes\n")


if __name__ == "__main__":
    main()
