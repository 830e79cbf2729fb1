"""Regular expressions of others: what they find, and that none of them can hang."""

from __future__ import annotations

import threading

import pytest

from factcli.text.patterns import MAX_TEXT_LENGTH, Pattern, PatternError, pattern


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [
        ("Q[0-9]+$", "entity/Q842", "Q842"),
        ("^(?!Q[0-9]+$).+", "Q842", None),
        ("(?:[0-9]{1,2}/){2}[0-9]{4}", "on 3/4/2019", "3/4/2019"),
        ("(?:ab?)+c", "xababac", "ababac"),
        ("[A-Za-z].*", "معهد Institute", "Institute"),
    ],
)
def test_a_pattern_is_searched_for(text: str, within: str, found: str | None) -> None:
    match = pattern(text).search(within)
    assert (match and match[0]) == found


def test_a_text_is_split_at_a_pattern() -> None:
    assert Pattern("[;,] ?").split("a; b,c") == ["a", "b", "c"]
    assert Pattern("x").fullmatch("xx") is None


@pytest.mark.parametrize(
    "text", ["(a+)+$", r"(\w+\s?)+$", "(?:[a-z]+)*x", "((a{1,20}){1,20})b", "(", "a{99999999999}", "x" * 501, "(?P<"]
)
def test_a_pattern_that_could_hang_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern(text)


@pytest.mark.parametrize("text", ["(a|a)*b", "(a?){30}a{31}", "(?:a|aa)+$"])
def test_a_search_ends_in_time(text: str) -> None:
    with pytest.raises(PatternError, match="too long"):
        Pattern(text).search("a" * 30 * (1 + ("|" in text)) + "!")


def test_a_pattern_has_a_limit_for_all_of_its_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcli.text.patterns.MAX_TOTAL_SECONDS", 0.2)
    slow = Pattern("(a|a)*b")
    for _ in range(1000):
        with pytest.raises(PatternError, match="too long"):
            slow.search("a" * 60)


def test_a_search_without_a_clock_is_refused() -> None:
    errors: list[Exception] = []

    def search() -> None:
        try:
            Pattern("x*x*x*y").search("x" * 10_000)
        except PatternError as error:
            errors.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    thread.join()
    assert len(errors) == 1


def test_a_very_long_text_is_refused() -> None:
    for function in (Pattern("x").search, Pattern("x").split):
        with pytest.raises(PatternError, match="characters"):
            function("x" * (MAX_TEXT_LENGTH + 1))
