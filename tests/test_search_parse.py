"""What the words of a question mean: each word has one reading, and the readings make clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcli import store
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Question
from factcli.search import find
from factcli.search.index import Index
from factcli.search.parse import MAX_QUERY_LENGTH, clean, parse

INDEX = Index(store.read(["builtin"]), Lexicon())
TODAY = "2026-01-15"


def read(*words: str) -> Question:
    return parse(words, INDEX, TODAY)


def roles(*words: str) -> str:
    """The readings as text: `2019: period · turkey: partner`."""
    return " · ".join(f"{reading.words}: {reading.role}" for reading in read(*words).readings)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2014-2019 turkey agreements", "2014-2019: period · turkey: partner · agreements: kind"),
        ("اتفاقيات تركيا منذ 2014", "اتفاقيات: kind · تركيا: partner · منذ 2014: period"),
        (
            "how many missiles did oman buy",
            "how many: filler · missiles: word · did: filler · oman: partner · buy: kind",
        ),
        ("ما هي الدول المشاركة في خنجر الحد", "ما هي: filler · الدول المشاركة: filler · في: filler · خنجر الحد: name"),
        ("ولتركيا", "ولتركيا: partner"),
        ("واتفاقهما مع تركيا", "واتفاقهما: kind · مع: filler · تركيا: partner"),
        ("approved sales", "approved: status · sales: kind"),
        ("more than 70 million", "more than 70 million: amount"),
        ("khanjar hadd in may 2023", "khanjar hadd: name · in may 2023: period"),
        ('"Khanjar Hadd" 2023', "Khanjar Hadd: quoted · 2023: period"),
        ("Turkish ministry", "Turkish ministry: office"),
        ("وزارة الدفاع التركية", "وزارة الدفاع التركية: office"),
        ("latest agreement", "latest: order · agreement: kind"),
        ("F-16", "F-16: word"),
        ("F- 16", "F: word · 16: amount"),
        ("treaty of amity & commerce", "treaty of amity & commerce: name"),
        ("بي جي إم-71 تركيا", "بي جي إم-71: name · تركيا: partner"),
        ("TOW 2 B", "TOW 2 B: name"),
        ("TOW-2 B", "TOW-2 B: name"),
        ("May", "May: period"),
        ("may oman", "may: filler · oman: partner"),
        ("about 2012", "about 2012: period"),
        ("2019 $ 70 million", "2019: period · $ 70 million: amount"),
        ("منذ عام 2014 وحتى 2019", "منذ عام 2014: period · وحتى 2019: period"),
    ],
)
def test_each_word_has_one_reading(words: str, expected: str) -> None:
    assert roles(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("5/2/2025", ("2025-02-05", "2025-02-05")),
        ("2025/02/05", ("2025-02-05", "2025-02-05")),
        ("٢٨/١١/٢٠٢٤", ("2024-11-28", "2024-11-28")),
        ("before 2015", (None, "2014-12-31")),
        ("by 2015", (None, "2015-12-31")),
        ("بعد مايو 2019", ("2019-06-01", None)),
        ("last year", ("2025-01-01", "2025-12-31")),
        ("العام الماضي", ("2025-01-01", "2025-12-31")),
        ("القرن التاسع عشر", ("1800-01-01", "1899-12-31")),
        ("2010s", ("2010-01-01", "2019-12-31")),
        ("1800s", ("1800-01-01", "1899-12-31")),
        ("not before 2020", ("2020-01-01", None)),
        ("عام ألفين وأربعة عشر", ("2014-01-01", "2014-12-31")),
        ("nineteen eighty", ("1980-01-01", "1980-12-31")),
        ("بين مايو وأكتوبر 2023", ("2023-05-01", "2023-10-31")),
        ("year before last", ("2024-01-01", "2024-12-31")),
        ("آخر سنتين", ("2024-01-15", "2026-01-15")),
        ("last February", ("2025-02-01", "2025-02-28")),
        ("الأربعاء 5 فبراير 2025", ("2025-02-05", "2025-02-05")),
        ("2023 Q2", ("2023-04-01", "2023-06-30")),
        ("../2019", (None, "2019-12-31")),
    ],
)
def test_time_words_are_one_period(words: str, expected: tuple[str | None, str | None]) -> None:
    (clause,) = read(words).clauses
    assert clause.any_of[0].value[:2] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("turkey france", [(1, False), (1, False)]),
        ("turkey and france", [(1, False), (1, False)]),
        ("turkey OR france", [(2, False)]),
        ("تركيا أو فرنسا", [(2, False)]),
        ("2019, 2023", [(2, False)]),
        ("sales, contracts", [(2, False)]),
        ("oman -turkey", [(1, False), (1, True)]),
        ("oman !turkey", [(1, False), (1, True)]),
        ("turkey | france", [(2, False)]),
        ("without turkey and the us", [(1, True), (1, True)]),
        ("بدون تركيا وأمريكا", [(1, True), (1, True)]),
        ("-turkey us", [(1, True), (1, False)]),
        ("exercises that didn't involve france", [(1, False), (1, True)]),
        ("تمارين لا تشارك فيها أمريكا", [(1, False), (1, True)]),
        ("oman NOT turkey", [(1, False), (1, True)]),
        ("عمان بدون تركيا", [(1, False), (1, True)]),
    ],
)
def test_clauses_are_alternatives_or_exclusions_or_all_must_hold(words: str, expected: list[tuple[int, bool]]) -> None:
    assert [(len(clause.any_of), clause.negated) for clause in read(words).clauses] == expected


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("IN", ("IN",)),
        ("exercises IN", ("IN",)),
        ("exercises in 2023", None),
        ("EXERCISES IN 2023", None),
        ("EXERCISES IN SALALAH 2023", None),
    ],
)
def test_a_code_of_two_letters_counts_in_capitals(words: str, codes: tuple[str, ...] | None) -> None:
    partners = [reading.value for reading in read(words).readings if reading.role == "partner"]
    assert partners == ([codes] if codes else [])


@pytest.mark.parametrize("words", ["the", "of", "OR", "not", "and", "و", "أو", "في"])
def test_words_that_only_join_others_are_refused(words: str) -> None:
    with pytest.raises(UsageError, match="only joins or introduces other words"):
        read(words)


@pytest.mark.parametrize("words", ["types", "please", "أنواع"])
def test_other_fillers_alone_are_words_to_look_for(words: str) -> None:
    assert [(reading.words, reading.role) for reading in read(words).readings] == [(words, "word")]
    assert find((words,), INDEX.facts, INDEX.lexicon).hits == []


@pytest.mark.parametrize("words", ["all facts", "list everything", "what happened", "كل الوقائع", "ماذا حدث"])
def test_a_question_may_ask_for_everything(words: str) -> None:
    assert read(words).clauses == ()


def test_several_arguments_are_the_same_as_one() -> None:
    assert read("khanjar", "hadd", "in", "2023") == read("khanjar hadd in 2023")


@pytest.mark.parametrize("words", [(), ("",), ("  ",), ("...",), ("oman", "")])
def test_a_question_without_letters_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="QUERY: there are no letters or digits"):
        read(*words)


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="501 characters are too many; the most is 500"):
        clean("a" * (MAX_QUERY_LENGTH + 1))


def test_characters_that_steer_are_no_part_of_a_question() -> None:
    assert clean("\u202bعمان\u202c \x1b[31m") == "عمان [31m"
    assert clean("ﻥﺎﻤﻋ") == "عمان"


@given(st.text("ab12 ,-/'\"()$%&+عمانوال٢٠٢٤", max_size=24))
def test_every_letter_of_a_question_is_in_a_reading(text: str) -> None:
    try:
        question = read(text)
    except UsageError:
        return
    read_letters = "".join(char for reading in question.readings for char in reading.words if char.isalnum())
    assert read_letters == "".join(char for char in clean(text) if char.isalnum())
