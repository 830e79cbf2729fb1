"""Names written differently: equal ones, probable ones, names of something else; and laws that hold for any names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli.names import THRESHOLD, prepare, rank
from factcli.text import fold
from factcli.text.clitics import without_clitics

NAMES = [
    "Khanjar Hadd",
    "خنجر حد",
    "Invincible Sentry",
    "Turkey",
    "تركيا",
    "سلطنة عمان",
    "إيران",
    "Iraq",
    "نيجيريا",
    "أسيلسان",
    "Aselsan",
    "هيثم بن طارق",
    "Haluk Görgün",
    "عبد السلام المرشدي",
    "ميناء السلطان قابوس",
    "لواء المشاة 23",
    "وزارة الدفاع",
    "صلالة",
    "الدقم",
    "BGM-71F",
    "القوة البحرية المشتركة 153",
    "مضيق هرمز",
]


def answers(query: str, names: list[str] = NAMES) -> list[str]:
    return [names[i] for i, score in rank(query, names) if score >= THRESHOLD]


# -- queries as people type them


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("5anjar 7add", "خنجر حد"),
        ("khunjar haad", "Khanjar Hadd"),
        ("خنجر الحد", "خنجر حد"),
        ("khanjarhadd", "Khanjar Hadd"),
        ("hadd khanjar", "Khanjar Hadd"),
        ("خنجرحد", "خنجر حد"),
        ("turky", "Turkey"),
        ("لتركيا", "تركيا"),
        ("وتركيا", "تركيا"),
        ("اسلسان", "Aselsan"),
        ("aselsaan", "Aselsan"),
        ("haytham bin tareq", "هيثم بن طارق"),
        ("هالوك غورغون", "Haluk Görgün"),
        ("Abdulsalam al-Murshidi", "عبد السلام المرشدي"),
        ("abdel salam murshidi", "عبد السلام المرشدي"),
        ("Salalah", "صلالة"),
        ("duqm", "الدقم"),
        ("ministry of defence", "وزارة الدفاع"),
        ("هرمز مضيق", "مضيق هرمز"),
        ("strait of hormuz", "مضيق هرمز"),
        ("ه\u064eيثم بن طار\u0640ق", "هيثم بن طارق"),
        ("ﺧﻨﺠﺮ ﺣﺪ", "خنجر حد"),
    ],
)
def test_a_name_is_found_however_it_is_written(query: str, name: str) -> None:
    assert answers(query)[0] == name


@pytest.mark.parametrize(
    "query",
    [
        "Iran",
        "العراق",
        "Niger",
        "Yemen",
        "اليمن",
        "Jordan",
        "عمّان",
        "Sultan Qaboos University",
        "جامعة السلطان قابوس",
        "لواء المشاة 11",
        "haitham bin ali",
        "combined task force 150",
        "qqqq",
        "ضظغ",
        "12",
        "",
        "…",
    ],
)
def test_another_entity_is_no_answer(query: str) -> None:
    others = {"Iran": ["إيران"], "العراق": ["Iraq"]}
    assert answers(query) == others.get(query, [])


def test_the_country_that_is_asked_for_comes_in_either_language_and_no_other() -> None:
    names = ["إيران", "العراق", "Iraq", "نيجر", "Nigeria", "Oman", "عمان", "Yemen"]
    assert {names[i] for i, _ in rank("العراق", names)} == {"العراق"}
    assert {names[i] for i, _ in rank("Iraqi", names) if _ > THRESHOLD} <= {"العراق", "Iraq"}


def test_the_forces_of_another_country_are_others() -> None:
    names = ["Omani Ministry of Defence", "وزارة الدفاع التركية", "Omani Armed Forces"]
    assert answers("Turkish Ministry of Defence", names) == ["وزارة الدفاع التركية"]
    assert answers("القوات المسلحة التركية", names) == []


def test_amman_with_its_doubling_mark_is_not_oman() -> None:
    assert answers("عمّان", ["سلطنة عمان", "عمان"]) == []
    assert answers("عمان", ["سلطنة عمان", "عمان"]) == ["عمان"]


def test_a_part_of_a_name_finds_it_and_a_longer_part_more_surely() -> None:
    names = ["القوة البحرية المشتركة", "عبد السلام المرشدي"]
    short, long = (dict(rank(query, names))[1] for query in ("murshidi", "abdulsalam murshidi"))
    assert THRESHOLD <= short < long


def test_names_that_were_prepared_answer_alike() -> None:
    names = list(NAMES)
    prepare(names)
    assert rank("khunjar haad", names) == rank("khunjar haad", list(NAMES))


def test_the_benchmark_finds_threshold_and_preparation_at_the_function() -> None:
    assert vars(rank) == {"threshold": THRESHOLD, "prepare": prepare}


def test_a_list_that_was_changed_in_length_is_indexed_again() -> None:
    names = ["Khanjar Hadd"]
    assert rank("Salalah", names) == []
    names.append("Salalah")
    assert rank("Salalah", names) == [(1, 100.0)]


# -- laws

LETTERS = {"latn": "abcdefghijklmnopqrstuvwxyz", "arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
words = st.text(LETTERS["latn"], min_size=1, max_size=10) | st.text(LETTERS["arab"], min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
odd = st.text(max_size=30)


@given(odd, st.lists(odd | names, max_size=6))
@settings(max_examples=300)
def test_any_query_and_any_names_give_distinct_positions_with_scores_best_first(query: str, pool: list[str]) -> None:
    found = rank(query, pool)
    assert len({i for i, _ in found}) == len(found)
    assert all(0 <= i < len(pool) and 0 <= score <= 100 for i, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@given(names, st.lists(names, min_size=1, max_size=5))
def test_100_is_for_names_that_are_equal_after_folding_or_without_a_clitic(query: str, pool: list[str]) -> None:
    first, _, rest = fold(query).partition(" ")
    equal = {fold(query), *(f"{bare} {rest}".strip() for bare in without_clitics(first))}
    assert all(fold(pool[i]) in equal for i, score in rank(query, pool) if score == 100)


@given(names, st.lists(names, min_size=2, max_size=6, unique_by=fold))
def test_the_order_of_the_names_does_not_matter(query: str, pool: list[str]) -> None:
    turned = pool[::-1]
    scores = sorted((pool[i], round(score, 6)) for i, score in rank(query, pool))
    assert scores == sorted((turned[i], round(score, 6)) for i, score in rank(query, turned))


# -- what is loaded

HEAVY = ("tokens", "index", "phonetic", "align", "score")


def modules_after(code: str) -> set[str]:
    code = f"import sys; {code}; print(*sys.modules)"
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import factcli.names", "from factcli.names.typos import nearest, corrections"])
def test_misspelt_words_are_corrected_without_the_matcher(code: str) -> None:
    assert modules_after(code).isdisjoint({f"factcli.names.{name}" for name in HEAVY} | {"rapidfuzz", "json"})


def test_an_equal_name_is_found_without_the_library_for_misspelt_ones() -> None:
    code = "from factcli.names import rank; assert rank('لتركيا', ['Oman', 'تركيا']) == [(1, 100.0)]"
    loaded = modules_after(code)
    assert "rapidfuzz" not in loaded
    assert "factcli.names.score" not in loaded


@pytest.mark.parametrize("name", ["name-forms.tsv", "name-rules.json", "letters.json"])
def test_a_missing_file_of_the_program_is_reported_in_one_line(name: str, tmp_path: Path) -> None:
    code = (
        "from factcli import package_data as shipped; from factcli.errors import FileError\n"
        "from factcli.names import rank\n"
        f"real = shipped.path; shipped.path = lambda n: '{tmp_path}/gone' if n == '{name}' else real(n)\n"
        "try: rank('khunjar haad', ['خنجر حد'])\n"
        "except FileError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "install factcli again" in done.stdout
