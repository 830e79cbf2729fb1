"""Notes beside an answer: why it is empty, what would find more, how words were read."""

from __future__ import annotations

import pytest

from factcli import store
from factcli.lexicon import Lexicon
from factcli.lexicon.messages import message
from factcli.model import Filters
from factcli.reports import REPORTS
from factcli.search import find
from factcli.search.ids import sorts_of_ids

FACTS, LEXICON = store.read(["builtin"]), Lexicon()


def notes(command: str, words: str, lang: str = "en", **filters: object) -> list[str]:
    """The notes of a command, in one language."""
    answer = find(
        (words,),
        FACTS,
        LEXICON,
        Filters(**filters),
        REPORTS[command].kinds,
        command == "partner",
        "2026-01-15",  # type: ignore[arg-type]
    )
    return [message(note, lang) for note in answer.notes]


@pytest.mark.parametrize(
    ("command", "words", "expected"),
    [
        ("timeline", "qwrtzplk", "nothing matches 'qwrtzplk'"),
        ("timeline", "turkey qwrtzplk", "nothing matches 'qwrtzplk'"),
        ("timeline", "salalah qwrtzplk", "the other words match a fact: us-om-strategic-framework-2019"),
        ("timeline", "turkey OR qwrtzplk", "nothing matches 'qwrtzplk'"),
        ("timeline", "turkey not qwrtzplk", "nothing matches 'qwrtzplk'"),
        ("timeline", "outcome of the tow sale", "no fact speaks of the 'outcome'; these match the other words"),
        ("timeline", "Jordan", "'Jordan' is a country that takes part in none of these facts"),
        ("timeline", "March 1700", "no fact is dated 'March 1700'"),
        ("timeline", "cancelled", "no fact has the status 'cancelled'"),
        ("timeline", "302", "no fact has the number '302'"),
        ("timeline", "Turkish sultan", "no 'Turkish sultan' takes part in these facts"),
        ("timeline", "turky", "nothing is called 'turky'; taken for 'Türkiye'"),
        ("timeline", "عمّان", "'عمّان' is not 'عمان', and no fact has it"),
        ("timeline", "5/2/2025", "'5/2/2025' is read as 2025-02-05, the day first"),
        ("timeline", "last year", "'last year' is read as 2025-01-01 to 2025-12-31"),
        ("timeline", "turkey OR france", "read as 'turkey' or 'france'"),
        ("timeline", "oman -turkey", "facts with 'turkey' are left out"),
    ],
)
def test_a_note_says_how_words_were_read_or_what_stands_in_the_way(command: str, words: str, expected: str) -> None:
    assert expected in notes(command, words)


def test_facts_of_other_kinds_are_pointed_to_with_the_command_that_shows_them() -> None:
    (note,) = notes("sale", "khanjar hadd")
    assert note == "a fact of another kind matches: om-khanjar-hadd-2023; the command timeline shows it"


def test_where_each_word_is_found_alone_the_facts_that_have_most_are_named() -> None:
    (note,) = notes("timeline", "turkey salalah agreement")
    assert note.startswith("no fact has 'turkey', 'salalah' and 'agreement' together; each alone is found")
    assert "منها" in notes("timeline", "turkey salalah agreement", "ar")[0]
    assert "منهما" in notes("timeline", "khanjar hadd turkey", "ar")[0]


def test_a_note_on_an_alternative_says_nothing_of_other_words() -> None:
    assert notes("timeline", "turkey OR qwrtzplk") == ["read as 'turkey' or 'qwrtzplk'", "nothing matches 'qwrtzplk'"]


def test_filters_that_leave_everything_out_are_named() -> None:
    assert notes("timeline", "khanjar hadd", since="2024-01-01") == ["1 fact is found only without the filters"]


def test_words_typed_on_another_keyboard_layout_are_suggested() -> None:
    assert "typed on another keyboard layout? The same keys write 'تركيا', which is found" in notes("timeline", "jv;dh")


def test_an_unknown_id_is_named_with_the_nearest_ones() -> None:
    (note,) = sorts_of_ids(["us-om-tow-2032"], FACTS)[1]
    assert message(note, "en").startswith("nothing has the id 'us-om-tow-2032'; the closest are us-om-tow-2023")


@pytest.mark.parametrize(
    "words", ["qwrtzplk", "Jordan", "March 1700", "turky", "5/2/2025", "last year", "oman -turkey"]
)
def test_notes_are_written_in_the_language_of_the_reader(words: str) -> None:
    english, arabic = notes("timeline", words), notes("timeline", words, "ar")
    assert len(english) == len(arabic) > 0
    assert all(any("\u0621" <= char <= "\u064a" for char in note) for note in arabic)
