"""The words of questions: each is looked up folded, and the table that is shipped is the one of its sources."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from factcli.lexicon import Lexicon, values_named
from factcli.lexicon.words import Words
from factcli.model import KINDS, LANGUAGES, STATUSES
from factcli.text import fold

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SOURCES = {lang: json.loads((DATA / f"words-{lang}.json").read_text(encoding="utf-8")) for lang in LANGUAGES}
WORDS = Words()


def test_the_table_is_what_the_script_makes_of_its_sources() -> None:
    rows = runpy.run_path(str(ROOT / "scripts" / "build_words.py"))["rows"]()
    lines = sorted("\t".join((key, *columns)) for key, columns in rows.items())
    assert (DATA / "word-meanings.tsv").read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_of_the_sources_means_what_they_say(lang: str) -> None:
    for group, meanings in SOURCES[lang].items():
        for meaning, phrases in meanings.items():
            for phrase in phrases:
                key = fold(phrase) or phrase
                assert (group, meaning) in WORDS.meanings(key)
                assert key in WORDS.phrases(group, meaning)


def test_both_languages_have_words_for_every_kind_status_and_month() -> None:
    for table in SOURCES.values():
        assert table["kinds"].keys() == set(KINDS)
        assert table["statuses"].keys() == set(STATUSES)
        assert table["months"].keys() == {f"{month:02}" for month in range(1, 13)}


def test_both_languages_have_the_same_groups() -> None:
    assert SOURCES["en"].keys() == SOURCES["ar"].keys()


@pytest.mark.parametrize(
    ("phrase", "group", "meaning"),
    [
        ("deal", "kinds", "agreement"),
        ("كانون الثاني", "months", "01"),
        ("يناير", "months", "01"),
        ("twelve", "numbers", "12"),
        ("باستثنا", "operators", "not"),
        ("zzz", "kinds", None),
        ("", "kinds", None),
    ],
)
def test_what_a_phrase_means(phrase: str, group: str, meaning: str | None) -> None:
    assert WORDS.meaning(group, phrase) == meaning


def test_a_lone_hamza_distinguishes_words() -> None:
    assert WORDS.meaning("fillers", "ما")
    assert WORDS.meaning("fillers", "شيء")
    assert not WORDS.meanings("ماء")


@pytest.mark.parametrize(("group", "values"), [("kinds", KINDS), ("statuses", STATUSES)])
def test_every_label_is_understood_by_the_options(group: str, values: tuple[str, ...]) -> None:
    lexicon = Lexicon()
    for value in values:
        for label in lexicon.label(group, value).values():
            assert value in values_named("--option", [label], values, lexicon, group)


def test_the_labels_of_former_versions_are_still_understood() -> None:
    former = {
        "planned": "مخطط", "signed": "موقع", "renewed": "مجدد", "in-force": "ساري", "delivered": "مسلم",
        "held": "أقيم", "discussed": "قيد البحث", "ended": "منته", "reported": "منقول",
    }  # fmt: skip
    for status, label in former.items():
        assert ("statuses", status) in WORDS.meanings(fold(label))
