"""A name split into tokens: what is taken off, joined, known; and the files that say so."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli.names.tokens import (
    WEIGHTS,
    Symbol,
    expand_arabizi,
    known_form,
    merge_particles,
    rules,
    shadda_variant,
    tokenize_name,
    without_latin_article,
)
from factcli.text import fold

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
CATEGORIES = {"country", "place", "given name", "kind", "word", "name", "number", "particle"}
GROUPS: dict[str, dict[str, Any]] = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
ROWS = [line.split("\t") for line in (DATA / "name-forms.tsv").read_text(encoding="utf-8").splitlines()]

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)
arabic = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8)
particles = st.sampled_from(["al", "el", "ash", "abd", "abdul", "عبد", "bin", "و", "su30", "7", "بي"])
names = st.lists(latin | arabic | particles, min_size=1, max_size=5).map(" ".join)


def texts(name: str) -> list[str]:
    return [token.text for token in tokenize_name(fold(name))]


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        pytest.param("al-Murshidi", ["murshidi"], id="an article"),
        pytest.param("ash-Shihhi", ["shihhi"], id="a sun-letter article"),
        pytest.param("ash Bay", ["ash", "bay"], id="no article before another letter"),
        pytest.param("the al", ["the", "al"], id="no article at the end"),
        pytest.param("abd al-Rahman", ["abdalrahman"], id="Abd with an article"),
        pytest.param("عبد السلام المرشدي", ["عبدالسلام", "مرشدي"], id="Abd in Arabic"),
        pytest.param("U S S Cole", ["uss", "cole"], id="letters that stand alone"),
        pytest.param("بي جي إم 71", ["بيجيام", "71"], id="names of letters"),
        pytest.param("Su30", ["su", "30"], id="letters and a number written as one"),
        pytest.param("كرة القدم", ["كرهقدم"], id="a phrase with one meaning"),
        pytest.param("بكرة القدم", ["كرهقدم"], id="a phrase behind a clitic"),
        pytest.param("بوزارة الدفاع", ["وزاره", "دفاع"], id="a kind behind a clitic"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_name_is_split_into_tokens(name: str, tokens: list[str]) -> None:
    assert texts(name) == tokens


@given(names)
def test_a_token_keeps_its_letters_but_for_articles(name: str) -> None:
    letters = "".join(token.raw for token in tokenize_name(fold(name)))
    rest = iter(fold(name).replace(" ", ""))
    assert all(letter in rest for letter in letters)


@given(names)
def test_every_token_has_letters_a_weight_and_a_share_of_it(name: str) -> None:
    for token in tokenize_name(fold(name)):
        assert token.text
        assert token.text.replace(" ", "") == token.text
        assert 0 < token.share <= token.weight <= 1
        assert token.is_generic == (token.weight < 0.5)
        assert token.identities <= token.symbols


@given(names)
def test_particles_that_were_merged_stay_merged(name: str) -> None:
    words = merge_particles(fold(name))
    assert all(words)
    assert len(words) <= 2 * len(fold(name).split())


@pytest.mark.parametrize(
    ("one", "other", "symbol"),
    [
        ("ministry", "وزارة", Symbol("kind", "ministry")),
        ("Navy", "البحرية", Symbol("kind", "naval")),
        ("golden", "الذهبي", Symbol("word", "golden")),
        ("Aristotle", "أرسطو", Symbol("name", "aristotle")),
        ("third", "الثالثة", Symbol("number", "3")),
        ("ibn", "بن", Symbol("particle", "bin")),
        ("Omani", "سلطنة عمان", Symbol("country", "OM")),
        ("Salalah", "صلالة", Symbol("place", "salalah")),
        ("Khaled", "خالد", Symbol("given name", "خالد")),
        ("FMS", "إف إم إس", Symbol("abbreviation", "fms")),
        ("023", "23", Symbol("number", "23")),
    ],
)
def test_two_forms_share_a_symbol(one: str, other: str, symbol: Symbol) -> None:
    for name in (one, other):
        (token,) = tokenize_name(fold(name))
        assert symbol in token.symbols


def test_a_form_that_no_table_has_is_a_name() -> None:
    (token,) = tokenize_name("aselsan")
    assert (token.weight, token.symbols, token.is_generic) == (1.0, frozenset(), False)
    assert known_form("aselsan") is None


def test_only_its_shadda_distinguishes_amman_from_oman() -> None:
    assert shadda_variant("عَمّان") == ("عمّان", Symbol("place", "amman"))
    assert shadda_variant("عمان") is None
    assert shadda_variant("محمّد") is None


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("7'anjar", "khanjar"),
        ("ra$id", "rashid"),
        ("3'azi", "ghazi"),
        ("5anjar", "5anjar"),
        ("$70m", "sh70m"),
        ("رضا$", "رضا$"),
        ("O'Neill", "O'Neill"),
    ],
)
def test_what_is_typed_for_dotted_letters(typed: str, expanded: str) -> None:
    assert expand_arabizi(typed) == expanded


@given(latin)
def test_a_latin_article_is_taken_off_once_and_leaves_letters(word: str) -> None:
    bare = without_latin_article(word)
    assert bare == "" or (word.endswith(bare) and len(word) - len(bare) == 2 and len(bare) > 3)


# -- the files


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def forms_in(group: dict[str, Any], *places: str) -> Iterator[str]:
    for place in places:
        yield from group.get(place, ())


def test_the_synonyms_are_a_group_a_line_and_no_id_is_twice() -> None:
    text = (DATA / "synonyms.json").read_text(encoding="utf-8")
    assert json.loads(text, object_pairs_hook=unique) == GROUPS
    lines = [json.dumps({name: group}, ensure_ascii=False)[1:-1] for name, group in GROUPS.items()]
    assert text == "{\n" + ",\n".join(lines) + "\n}\n"


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_says_where_its_forms_count(name: str) -> None:
    group = GROUPS[name]
    assert group.keys() <= {"class", "names", "both", "texts", "query"}
    assert ("class" in group) == any(forms_in(group, "names", "both"))
    assert group.get("class") in (None, "kind", "word", "name", "number", "particle")
    assert all(isinstance(forms, list) and forms for place, forms in group.items() if place != "class")
    for places in (("names", "both"), ("both", "texts", "query")):
        forms = list(forms_in(group, *places))
        assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", [name for name, group in GROUPS.items() if group.get("class") in ("kind", "word")])
def test_a_kind_or_word_has_forms_in_both_languages(name: str) -> None:
    assert {form.isascii() for form in forms_in(GROUPS[name], "names", "both")} == {True, False}


def test_numbers_are_known_by_their_digits() -> None:
    assert all(name.isdigit() for name, group in GROUPS.items() if group.get("class") == "number")


def test_defining_kinds_are_kinds() -> None:
    assert len(rules().defining_kinds) > 50
    assert {(kind.category, GROUPS[kind.id].get("class")) for kind in rules().defining_kinds} == {("kind", "kind")}


def test_rows_are_sorted_forms_with_known_categories() -> None:
    lines = (DATA / "name-forms.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert len({form for form, *_ in ROWS}) == len(ROWS) > 5000
    for form, *columns in ROWS:
        assert set(columns[::2]) <= CATEGORIES
        symbols = {Symbol(*pair) for pair in zip(columns[::2], columns[1::2], strict=True)}
        assert known_form(form) == (WEIGHTS.get(columns[0], 1.0), symbols)


def test_a_row_is_found_by_a_token_or_is_a_name_with_a_shadda() -> None:
    for form, *_ in ROWS:
        assert fold(form) == form or shadda_variant(form), form


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_synonyms", ROOT / "scripts" / "build_synonyms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_what_the_script_makes(script: ModuleType) -> None:
    made = script.files()
    assert made.keys() == {"term-forms.tsv", "name-forms.tsv"}
    for name, text in made.items():
        assert (DATA / name).read_text(encoding="utf-8") == text, "run python scripts/build_synonyms.py"


def test_a_particle_is_nothing_else_and_a_kind_is_no_country(script: ModuleType) -> None:
    rows = script.name_forms()
    assert rows["ابن"] == ["particle", "bin"]
    assert rows["turkey"] == ["word", "turkish"]
    assert rows["جابر"] == ["given name", "جابر"]
