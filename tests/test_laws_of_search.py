"""Laws of the search that hold for any question to any facts: the shipped ones, and ones made up at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factcli import package_data, search, store
from factcli.dates.expressions import parse_period
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.model import Answer, Entity, Facts, Filters
from factcli.reports import display
from factcli.search import find
from factcli.search.index import Index

SHIPPED = store.read(["builtin"])
LEXICON = Lexicon()
TODAY = "2026-01-15"

NAMES = (
    ("organization", "Banikoara Brigade", "لواء بانيكوارا", None),
    ("organization", "Royal Guard", "الحرس السلطاني", "OM"),
    ("company", "Northrop Grumman", "نورثروب غرومان", "US"),
    ("company", "Al Noor Trading", "النور للتجارة", "OM"),
    ("person", "Mary Ridge", "ماري ريدج", "GB"),
    ("equipment", "Patriot", "باتريوت", None),
    ("equipment", "F-16", "إف-16", None),
    ("equipment", "F-16C", "", None),
    ("equipment", "TOW 2A", "تاو 2أ", None),
    ("place", "Port of Duqm", "ميناء الدقم", "OM"),
    ("exercise", "Desert Storm 24", "عاصفة الصحراء", None),
    ("country", "France", "فرنسا", "FR"),
    ("country", "Egypt", "مصر", "EG"),
)
TITLES = (
    ("{0} delivers spare parts", "{0} تسلّم قطع غيار"),
    ("Attack near {0}", "هجوم قرب {0}"),
    ("{0} and {1} sign a treaty", "{0} و{1} توقعان معاهدة"),
    ("Training of divers with {0}", "تدريب غواصين مع {0}"),
    ("Radar upgrade for {0}", "تحديث رادار {0}"),
)
DATES: tuple[str | None, ...] = (
    *(None, "2014", "2015/..", "2019-03", "2019-03-25", "2023-05", "2024-11-28", "198X", "18XX", "2012~", "2012?"),
    *("2012%", "2019-03-25~", "2025-33", "2024-21", "2024-31", "2024-37", "2024-40", "2014/2019", "2019-03/2019-05"),
    "../2012",
)
UNKNOWN_WORDS = ("qwrtzplk", "zzyvxw", "blorptug", "xq77zz", "ظغثذقصخ", "ضضصثقفغ")


@st.composite
def made_up_facts(draw: st.DrawFn) -> Facts:
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    entities: dict[str, Entity] = {
        f"e{at}": {
            "id": f"e{at}",
            "type": kind,
            "name": {lang: name for lang, name in (("en", en), ("ar", ar)) if name},
            "aliases": [],
            "country": country,
        }
        for at, (kind, en, ar, country) in enumerate(chosen)
    }
    facts = []
    for number in range(draw(st.integers(1, 6))):
        titles = draw(st.sampled_from(TITLES))
        parties = draw(st.lists(st.sampled_from(sorted(entities)), max_size=2, unique=True))
        mentioned = [draw(st.sampled_from(chosen)) for _ in range(2)]
        fact = dict.fromkeys(SHIPPED.facts[0])
        fact |= {
            "id": f"made-up-{number}",
            "kind": draw(st.sampled_from(("sale", "exercise", "agreement", "visit"))),
            "date": draw(st.sampled_from(DATES)),
            "date_basis": "stated",
            "title": {
                "en": titles[0].format(*(one[1] for one in mentioned)),
                "ar": titles[1].format(*(one[2] or one[1] for one in mentioned)),
            },
            "partners": draw(st.lists(st.sampled_from(("OM", "US", "FR", "EG")), max_size=2, unique=True)),
            "parties": [{"entity": entity, "role": "participant"} for entity in parties],
            "numbers": [],
            "links": [],
            "sources": [],
        }
        facts.append(fact)
    return Facts(facts, entities, {}, {"schema": 1, "home": "OM"}, {})  # type: ignore[arg-type]


bases = st.one_of(st.just(SHIPPED), made_up_facts())


@pytest.fixture(scope="module", autouse=True)
def shipped_once() -> Iterator[None]:
    """One index of the shipped facts for all questions here, where a command makes one of its own."""
    shipped = Index(SHIPPED, LEXICON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "Index", lambda facts, lexicon: shipped if facts is SHIPPED else Index(facts, lexicon))
        yield


def ask(facts: Facts, *words: str, **filters: object) -> Answer:
    return find(words, facts, LEXICON, Filters(**filters), today=TODAY)  # type: ignore[arg-type]


def ids(facts: Facts, *words: str, **filters: object) -> set[str]:
    """The facts that are found; none where the question is refused."""
    try:
        answer = ask(facts, *words, **filters)
    except UsageError:
        return set()
    return {hit.fact["id"] for hit in answer.hits}


def names_of(facts: Facts) -> list[str]:
    return [name for entity in facts.entities.values() for name in entity["name"].values()]


def words_of(facts: Facts) -> list[str]:
    return sorted({word for fact in facts.facts for text in fact["title"].values() for word in text.split()})


def texts_of(facts: Facts) -> list[str]:
    return [text for fact in facts.facts for text in fact["title"].values()]


@st.composite
def questions(draw: st.DrawFn) -> tuple[Facts, list[str]]:
    """Facts, and one to three parts of a question about them: names, words of titles, dates, kinds."""
    facts = draw(bases)
    parts = st.one_of(
        st.sampled_from(names_of(facts) or ["Oman"]),
        st.sampled_from(words_of(facts)),
        st.sampled_from(["2019", "in 2023", "before 2015", "منذ 2010", "May 2023", "sales", "exercise", "اتفاقيات"]),
    )
    return facts, draw(st.lists(parts, min_size=1, max_size=3))


@given(questions())
def test_the_default_finds_at_least_what_exact_finds(question: tuple[Facts, list[str]]) -> None:
    facts, words = question
    assert ids(facts, *words, exact=True) <= ids(facts, *words)


@given(questions(), st.sampled_from(UNKNOWN_WORDS), st.integers(0, 3))
def test_an_unknown_word_empties_any_answer(question: tuple[Facts, list[str]], unknown: str, place: int) -> None:
    facts, words = question
    assert ids(facts, *words[:place], unknown, *words[place:]) == set()


YEARS = (1833, 1980, 1999, 2010, 2014, 2019, 2023, 2024, 2025)
PHRASES = (
    "{}|in {}|before {}|after {}|since {}|until {}|during {}|عام {}|سنة {}|قبل {}|بعد {}|منذ {}|حتى {}|خلال {}|{}م"
)
PERIODS = [phrase.format(year) for year in YEARS for phrase in PHRASES.split("|")] + [
    *("May 2023", "28 November 2024", "5/2/2025", "2014-2019", "2014..2019", "between 2010 and 2019", "Q1 2025"),
    *("from 2010 to 2019", "the 1980s", "2010s", "19th century", "last year", "first quarter of 2025", "spring 2023"),
    *("مايو 2023", "أيار 2023", "شباط/فبراير 2025", "٢٨/١١/٢٠٢٤", "بين 2010 و2019", "من 2010 إلى 2019", "العام الماضي"),
    *("القرن التاسع عشر", "الثمانينات", "٢٨ تشرين الثاني ٢٠٢٤", "الربع الأول من 2025"),
]


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_in_words_is_that_of_since_and_until(text: str) -> None:
    since, until, *_ = parse_period(text, LEXICON.words.meanings, TODAY)
    for undated in (False, True):
        in_words = ask(SHIPPED, text, undated=undated)
        as_filter = ask(SHIPPED, since=since, until=until, undated=undated)
        assert (in_words.hits, in_words.undated) != ([], 0)
        assert {hit.fact["id"] for hit in in_words.hits} == {hit.fact["id"] for hit in as_filter.hits}
        assert in_words.undated == as_filter.undated


@given(made_up_facts(), st.sampled_from(PERIODS))
def test_a_period_in_words_is_that_of_since_and_until_for_any_facts(facts: Facts, text: str) -> None:
    since, until, *_ = parse_period(text, LEXICON.words.meanings, TODAY)
    assert ids(facts, text) == ids(facts, since=since, until=until)


@given(bases, st.data())
def test_what_is_displayed_finds_its_fact(facts: Facts, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(facts.facts))
    parties = [facts.entities[party["entity"]] for party in fact["parties"]]
    displayed = [fact["id"], *fact["title"].values(), *(name for one in parties for name in one["name"].values())]
    displayed += [name for code in fact["partners"] for name in LEXICON.country_name(code).values()]
    displayed += list((display.date(fact["date"], LEXICON) or [{}])[0].values())
    text = data.draw(st.sampled_from(displayed))
    assert fact["id"] in ids(facts, text)


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_nothing(question: tuple[Facts, list[str]], random: object) -> None:
    facts, parts = question
    assume(not any(part.isdigit() and len(part) < 4 for part in parts))  # 10 beside May 2023 is a day of it
    quoted = [f'"{part}"' if " " in part and part in names_of(facts) else part for part in parts]
    shuffled: list[str] = list(quoted)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ids(facts, *quoted) == ids(facts, *shuffled)


@given(questions())
def test_capitals_change_nothing(question: tuple[Facts, list[str]]) -> None:
    facts, words = question
    assume(all(len(word) > 2 for word in " ".join(words).split()))
    expected = ids(facts, *words)
    assert ids(facts, *(word.lower() for word in words)) == expected
    assert ids(facts, *(word.upper() for word in words)) == expected


@given(questions(), st.data())
def test_with_exact_a_fact_that_does_not_match_changes_nothing(
    question: tuple[Facts, list[str]], data: st.DataObject
) -> None:
    facts, words = question
    found = ids(facts, *words, exact=True)
    others = [fact for fact in facts.facts if fact["id"] not in found]
    left_out = data.draw(st.lists(st.sampled_from(others), unique_by=lambda fact: fact["id"])) if others else []
    kept: Sequence[object] = [fact for fact in facts.facts if fact not in left_out]
    fewer = facts._replace(facts=kept)
    assert ids(fewer, *words, exact=True) == found


ROWS = package_data.text("word-meanings.tsv").splitlines()
KNOWN_PHRASES = sorted({row.partition("\t")[0] for row in ROWS if not row.startswith("@")})


@given(bases, st.lists(st.sampled_from(KNOWN_PHRASES), min_size=1, max_size=4))
def test_any_words_are_answered_or_refused(facts: Facts, words: list[str]) -> None:
    try:
        answer = ask(facts, *words)
    except UsageError as error:
        assert str(error).startswith("QUERY: ")
    else:
        assert answer.readings
