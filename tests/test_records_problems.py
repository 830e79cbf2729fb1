"""A problem on one line: place, field, what is wrong, how to fix it."""

from __future__ import annotations

from factcli.records.problems import Place, Problem, format_for_editors, format_problem, format_problems, in_order
from factcli.records.rules import problem

DATE = Problem("E211", "error", "f.csv", 2, 4, "date", "is not a date", "write YYYY")


def test_a_line_says_where_what_and_how_to_fix_it() -> None:
    assert format_problem(DATE) == "f.csv: record 2, line 4: date: is not a date; write YYYY"
    assert format_for_editors(DATE) == "f.csv:4: record 2: date: is not a date; write YYYY [E211]"


def test_what_is_not_known_of_the_place_is_left_out() -> None:
    assert format_problem(DATE._replace(line=2)) == "f.csv: record 2: date: is not a date; write YYYY"
    whole = DATE._replace(record=None, line=None, field="")
    assert format_problem(whole) == "f.csv: is not a date; write YYYY"
    assert format_for_editors(whole) == "f.csv: is not a date; write YYYY [E211]"


def test_a_problem_far_down_in_folders_names_its_file_whole() -> None:
    file = "/a-file-of-records-with-quite-a-long-name.jsonl"
    found = DATE._replace(file="/very-deep" * 20 + file, record=1, line=1)
    assert f"{file}: record 1:" in format_problem(found)
    assert f"{file}:1:" in format_for_editors(found)


def test_a_hostile_field_cannot_act_on_a_terminal() -> None:
    found = DATE._replace(field="a\x1b[2J\n" + "b" * 100)
    assert format_problem(found).isprintable()
    assert format_for_editors(found).isprintable()


def test_problems_beyond_twenty_are_counted() -> None:
    lines = format_problems([problem("E201", Place("f", number), f"parties[{number}]") for number in range(1, 301)])
    assert len(lines) == 21
    assert "280 more" in lines[-1]
    assert len(format_problems([DATE._replace(message=str(n)) for n in range(20)])) == 20


def test_a_problem_of_many_records_is_one_line_those_of_most_records_first() -> None:
    dates = [DATE._replace(record=number, line=number + 1) for number in (1, 3, 4, 7)]
    other = problem("E201", Place("f.csv", 2, 3), "title.en")
    lines = format_problems([dates[0], other, *dates[1:]])
    assert lines == [
        "f.csv: record 1, line 2: date: is not a date (4 records, lines 2, 4, 5 and 1 more); write YYYY",
        "f.csv: record 2, line 3: title.en: is empty; write something or leave the field out",
    ]


def test_problems_are_in_the_order_of_files_and_records() -> None:
    places = [("b", None), ("b", 9), ("a", 2), ("b", 1), ("a", None)]
    found = in_order(DATE._replace(file=file, line=None, record=record) for file, record in places)
    assert [(p.file, p.record) for p in found] == [("b", None), ("b", 1), ("b", 9), ("a", None), ("a", 2)]
