"""Refused dates: each message names what is wrong and how to write it, and a date it offers is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factcli.dates import UNKNOWN, DateError, is_dated, span
from factcli.dates.repair import quote_date, unknown_period

CASES = Path(__file__).parents[2] / "shared" / "tests" / "reliability" / "badinputs"


REFUSED = {
    # the text: (what the message says, reason)
    "2023-13": (["2023-13", "months are 01 to 12", "quarters"], "no such month"),
    "2023-00": (["2023-00", "months are 01 to 12"], "months begin at 01"),
    "2023-20": (["months are 01 to 12"], "between the months and the seasons"),
    "2023-42": (["months are 01 to 12"], "beyond the last part of a year"),
    "2023-2X": (["2023-2X", "months are 01 to 12"], "no month begins with 2"),
    "2023-02-30": (["2023-02-30", "01 to 28"], "no such day"),
    "2023-02-29": (["01 to 28"], "not a leap year"),
    "1900-02-29": (["01 to 28"], "a century that is no leap year"),
    "2024-02-30": (["01 to 29"], "not even in a leap year"),
    "2023-05-00": (["2023-05-00", "01 to 31"], "days begin at 01"),
    "2023-04-31": (["01 to 30"], "a short month"),
    "2023-02-3X": (["01 to 28"], "no day begins so in February"),
    "1X01-02-29": (["01 to 28"], "no year of the pattern is a leap year"),
    "XXXX-02-30": (["01 to 29"], "a day of no year at all"),
    "XXXX-13": (["months are 01 to 12"], "a month of no year at all"),
    "2023-21-05": (["21 is a season", "no days"], "a season has no days"),
    "2024/2023": (["ends before it begins", "swap", "2023/2024"], "reversed years"),
    "2023-05/2023-04": (["before", "swap", "2023-04/2023-05"], "reversed months"),
    "202X/2019": (["before", "2019/202X"], "reversed in every reading"),
    "2023/2024-13": (["2024-13 does not exist"], "the end that is wrong is named"),
    "2020/2021/2022": (["3 parts", "START/END"], "three ends"),
    "05/07/2023": (["START/END"], "day and month cannot be distinguished"),
    "/": (["no known end"], "an interval of nothing"),
    "../..": (["no known end", "START/.."], "open at both ends"),
    "../": (["no known end"], "open and unknown"),
    "..": (["is not a date", "YYYY-MM-DD", "0-9"], "half an interval"),
    "": (["''", "YYYY-MM-DD", "null"], "nothing"),
    "20230501": (["write 2023-05-01", "YYYY"], "compact"),
    "202305": (["write 2023-05", "YYYY"], "compact month"),
    "2023-5-1": (["write 2023-05-01", "YYYY"], "one digit"),
    "2023/05/07": (["write 2023-05-07"], "slashes"),
    "2023/5": (["write 2023-05"], "a slash that is no interval"),
    "2023.10.05": (["write 2023-10-05"], "dots"),
    "2023–05": (["write 2023-05"], "a dash that is no hyphen"),
    "2023-5/": (["write 2023-05/"], "an interval of unknown end with one digit"),
    "2023-1/2023-2": (["write 2023-01/2023-02"], "an interval with one digit"),
    "2023-05-07T10:00:00Z": (["write 2023-05-07", "YYYY"], "date and time"),
    "2023-05-07 10:00": (["write 2023-05-07"], "date and time with a blank"),
    "20230507T100000": (["write 2023-05-07"], "date and time, compact"),
    "٢٠٢٣-٠٥": (["write 2023-05", "0-9"], "Arabic digits in a file"),
    "۲۰۲۳": (["write 2023", "0-9"], "Persian digits in a file"),
    "202x": (["write 202X"], "a small x"),
    "2023~?": (["write 2023%"], "uncertain and approximate have one sign"),
    " 2023": (["write 2023"], "blank before"),
    "2023\n": (["write 2023"], "line end behind"),
    "\u200f2023": (["write 2023", "\\u200f"], "direction mark before"),
    "أيار 2023": (["is not a date", "0-9"], "Arabic words"),
    "May 2023": (["is not a date", "YYYY"], "English words"),
    "yesterday": (["is not a date", "YYYY"], "a day that depends on today"),
    "9" * 300: (["is not a date", "YYYY", "…"], "too long"),
    "2023\x1b[2J": (["is not a date", "YYYY", "\\x1b"], "a control character"),
    "2023\x00": (["is not a date", "\\x00"], "NUL"),
    "\ud800": (["is not a date", "\\ud800"], "a lone surrogate"),
    "-0044": (["is not a date", "YYYY"], "before year 0"),
    "Y170000002": (["is not a date", "YYYY"], "a long year"),
    "12023": (["is not a date", "YYYY"], "five digits"),
    "202": (["is not a date", "YYYY"], "three digits"),
    "1950S2": (["is not a date", "YYYY"], "significant digits"),
    "[2023,2024]": (["is not a date", "YYYY"], "a set"),
    "2023-W05": (["is not a date", "YYYY"], "a week"),
    "2023-136": (["is not a date", "YYYY"], "a day of the year"),
    "2023-05-07-08": (["is not a date", "YYYY"], "four parts"),
    "2023-": (["is not a date", "YYYY"], "nothing behind the hyphen"),
    "~": (["is not a date", "YYYY"], "a qualifier of nothing"),
    "2023/yesterday": (["is not a date", "YYYY"], "words at an end"),
}


@pytest.mark.parametrize(
    ("text", "parts"), [pytest.param(text, parts, id=f"{text!a:.20} {why}") for text, (parts, why) in REFUSED.items()]
)
def test_refusal_names_the_fix(text: str, parts: list[str]) -> None:
    with pytest.raises(DateError) as refusal:
        span(text)
    message = str(refusal.value)
    assert [part for part in parts if part not in message] == []
    assert message.isprintable()
    assert len(message) < 160


def file_cases(group: str) -> list[object]:
    if not CASES.exists():
        return []
    cases = json.loads((CASES / "cases.json").read_text(encoding="utf-8"))
    return [
        pytest.param(CASES / "files" / case["file"], case, id=case["id"])
        for case in cases
        if case["group"] == group and "date-" in case["id"] and case["id"] != "date-null"
    ]


def read_dates(file: Path) -> list[str]:
    return [json.loads(line)["date"] for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("file", "case"), file_cases("file"))
def test_dates_of_bad_files_are_refused_in_the_words_expected(file: Path, case: dict[str, object]) -> None:
    *good, bad = read_dates(file)[: int(str(case["record"]))]
    assert all(map(is_dated, good))
    with pytest.raises(DateError) as refusal:
        span(bad)
    assert [word for word in case["words"] if word not in str(refusal.value)] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("file", "case"), file_cases("good-file"))
def test_dates_of_good_files_are_read(file: Path, case: dict[str, object]) -> None:
    assert len(read_dates(file)) == case["adds"]
    assert all(map(is_dated, read_dates(file)))


@given(st.text(alphabet="0123X~?%-/.T: \u0660\u200fm\x1b", max_size=14))
@example("2023-02-3X/")
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        start, end = span(text)
    except DateError as refusal:
        assert str(refusal).isprintable()
        assert "; " in str(refusal)
    else:
        assert start is None or end is None or start <= end


@given(st.text(max_size=30))
def test_a_fix_that_is_offered_is_a_date(text: str) -> None:
    try:
        span(text)
    except DateError as refusal:
        if "is not written as a date; write " in str(refusal):
            assert span(str(refusal).rpartition("; write ")[2].split(" ")[0]) != UNKNOWN


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("2023", "'2023'"), ("\u200f", "'\\u200f'"), ("a\nb", "'a\\nb'"), ("x" * 50, "'" + "x" * 39 + "…'")],
)
def test_a_date_is_quoted_on_one_line_and_cut(text: str, quoted: str) -> None:
    assert quote_date(text) == quoted


def test_a_period_that_is_none_is_refused_with_examples() -> None:
    assert unknown_period("soon") == (
        "'soon' names no period; write YYYY, YYYY-MM or YYYY-MM-DD, or such as May 2019, last year, 2014-2019"
    )
