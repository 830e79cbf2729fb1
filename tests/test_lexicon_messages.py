"""Notes in the reader's language: both catalogues have the same notes, and a template is filled as its slots say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.lexicon.messages import message, plural_category, readings_note
from factcli.model import LANGUAGES, Note, Reading

ROOT = Path(__file__).parent.parent
CATALOGUES: dict[str, dict[str, Any]] = {
    lang: json.loads((ROOT / "data" / f"messages-{lang}.json").read_text(encoding="utf-8")) for lang in LANGUAGES
}
CODES = sorted(CATALOGUES["en"].keys() - {"reading-roles"})


def templates(code: str, lang: str) -> list[str]:
    found = CATALOGUES[lang][code]
    return list(found.values()) if isinstance(found, dict) else [found]


def slots(template: str) -> set[str]:
    return set(re.findall(r"\{([a-z]+)", template))


def test_both_languages_have_the_same_notes_and_roles() -> None:
    assert CATALOGUES["en"].keys() == CATALOGUES["ar"].keys()
    assert CATALOGUES["en"]["reading-roles"].keys() == CATALOGUES["ar"]["reading-roles"].keys()


@pytest.mark.parametrize("code", CODES)
def test_a_note_names_the_same_values_in_both_languages(code: str) -> None:
    named = [{slot for one in templates(code, lang) for slot in slots(one)} - {"count"} for lang in LANGUAGES]
    assert named[0] == named[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_note_is_one_line_with_every_value(code: str, lang: str) -> None:
    named = {slot for one in templates(code, lang) for slot in slots(one)}
    values = {slot: 7 if slot == "count" else f"<{slot}>" for slot in named}
    line = message(Note(code, {"count": 7, **values}), lang)
    assert line.isprintable()
    assert not set("{}[]") & set(line)
    assert [slot for slot in slots(templates(code, lang)[-1]) - {"count"} if f"<{slot}>" not in line] == []


@pytest.mark.parametrize(
    ("note", "en", "ar"),
    [
        pytest.param(
            Note("no-match", {"term": "zzz", "near": []}),
            "nothing matches 'zzz'",
            "«zzz»",
            id="an optional part without values",
        ),
        pytest.param(
            Note("no-match", {"term": "zzz", "near": ["a", "b"]}),
            "nothing matches 'zzz'; did you mean a or b?",
            "a أو b",
            id="an enumeration",
        ),
        pytest.param(
            Note("no-match", {"term": "Ma'rib", "near": []}),
            'nothing matches "Ma\'rib"',
            '"Ma\'rib"',
            id="an apostrophe inside",
        ),
        pytest.param(
            Note("not-together", {"terms": ["a", "b"], "ids": ["x", "y"], "count": 2}),
            "no fact has 'a' and 'b' together; each alone is found; most of them are in x and y",
            "x وy",
            id="and",
        ),
    ],
)
def test_slots_are_filled_in_their_style(note: Note, en: str, ar: str) -> None:
    assert message(note, "en") == en
    assert ar in message(note, "ar")


def test_a_number_has_its_plural() -> None:
    assert message(Note("undated", {"count": 1}), "en").startswith("1 fact without a date is")
    assert message(Note("undated", {"count": 2}), "en").startswith("2 facts without a date are")
    lines = [re.sub("[0-9]+", "", message(Note("undated", {"count": count}), "ar")) for count in (1, 2, 7, 11)]
    assert len(set(lines)) == len(lines)


@given(st.integers(0, 10**6), st.sampled_from(LANGUAGES))
def test_plural_categories_are_those_of_unicode(count: int, lang: str) -> None:
    babel = pytest.importorskip("babel")
    category = plural_category(lang, count)
    if (lang, count) != ("ar", 0):  # CLDR has a category for zero, which no note is about
        assert category == babel.Locale(lang).plural_form(count)


@pytest.mark.parametrize("lang", [*LANGUAGES, "both"])
def test_the_note_of_readings_has_each_word_with_its_role(lang: str) -> None:
    note = readings_note([Reading("turkey", "partner"), Reading("2019", "period")], lang)
    roles = CATALOGUES["ar" if lang == "ar" else "en"]["reading-roles"]
    line = message(note, "ar" if lang == "ar" else "en")
    assert line.endswith(f"turkey: {roles['partner']} · 2019: {roles['period']}")
