"""What a question finds: every name in the file, however it is written; words, phrases, dates; and a clear no."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from factcli import search, store
from factcli.errors import UsageError
from factcli.lexicon import Lexicon
from factcli.lexicon.messages import message
from factcli.model import Answer, Facts, Filters, Hit
from factcli.reports import match_value
from factcli.search import find
from factcli.search.index import Index
from factcli.text import fold, script

FACTS = store.read(["builtin"])
LEXICON = Lexicon()
TODAY = "2026-01-15"
NAMES = [
    (entity["id"], name)
    for entity in FACTS.entities.values()
    for name in dict.fromkeys([*entity["name"].values(), *entity["aliases"]])
]


REMARK = {"en": "An apocryphal quagmire of 4321 hearsays", "ar": "مستنقعات ملتبسة عددها ٤٣٢١"}
REMARKED = FACTS._replace(facts=[{**fact, "remark": REMARK} for fact in FACTS.facts])


def ask(*words: str, parties_only: bool = False, **filters: object) -> Answer:
    return find(words, FACTS, LEXICON, Filters(**filters), parties_only=parties_only, today=TODAY)  # type: ignore[arg-type]


def notes(*words: str, **filters: object) -> tuple[str, ...]:
    return tuple(message(note, "en") for note in ask(*words, **filters).notes)  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def one_index() -> Iterator[None]:
    """One index of the same facts for all questions here, where a command makes one of its own: saves two thirds."""
    indexes: dict[tuple[int, int], Index] = {}

    def index(facts: Facts, lexicon: Lexicon) -> Index:
        key = id(facts), id(lexicon)
        if key not in indexes:
            indexes[key] = Index(facts, lexicon)
        return indexes[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "Index", index)
        yield


def hits(*words: str, **filters: object) -> list[Hit]:
    return ask(*words, **filters).hits  # type: ignore[arg-type]


def ids(*words: str, **filters: object) -> list[str]:
    return [hit.fact["id"] for hit in hits(*words, **filters)]


def is_found(entity: str, *words: str) -> bool:
    """Whether the entity is a party of the first fact found, or a partner of it where it is a country."""
    found = hits(*words)
    country = FACTS.entities[entity]["country"] if FACTS.entities[entity]["type"] == "country" else None
    return bool(found) and (
        entity in [party["entity"] for party in found[0].fact["parties"]] or country in found[0].fact["partners"]
    )


def misspelt(name: str) -> Iterator[str]:
    """The name with one typo in its longest word: two letters exchanged, one missing, one doubled."""
    rnd = random.Random(name)
    longest = max(name.split(), key=len)
    if len(longest) > 5 and longest.isalpha() and script(longest) in ("latn", "arab"):
        at = rnd.randrange(1, len(longest) - 2)
        for wrong in (
            longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :],
            longest[:at] + longest[at + 1 :],
            longest[:at] + longest[at] + longest[at:],
        ):
            if fold(wrong) != fold(longest):
                yield name.replace(longest, wrong)


@pytest.mark.parametrize(("entity", "name"), NAMES, ids=[f"{e}: {n}" for e, n in NAMES])
def test_every_name_and_alias_finds_its_fact_first(entity: str, name: str) -> None:
    assert is_found(entity, name)


def test_one_typo_in_a_name_still_finds_its_fact_first() -> None:
    tried = [(entity, wrong) for entity, name in NAMES for wrong in misspelt(name)]
    lost = [pair for pair in tried if not is_found(*pair)]
    assert len(tried) > 500
    assert len(lost) <= len(tried) // 50, lost


def test_a_clitic_in_front_of_an_arabic_name_is_not_part_of_it() -> None:
    arabic = [(entity, name) for entity, name in NAMES if script(name) == "arab" and " " not in name and len(name) > 4]
    tried = [(entity, clitic + name) for entity, name in arabic for clitic in ("و", "ب", "ل")]
    lost = [pair for pair in tried if not is_found(*pair)]
    assert len(tried) > 50
    assert not lost


def test_an_article_may_be_missing() -> None:
    tried = [
        (entity, " ".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in name.split()))
        for entity, name in NAMES
        if script(name) == "arab" and " ال" in f" {name}"
    ]
    lost = [pair for pair in tried if not is_found(*pair)]
    assert len(tried) > 50
    assert not lost


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("agreements", "2019", "salalah"), ["us-om-strategic-framework-2019"]),
        (("naval exercise france",), ["om-khanjar-hadd-2023"]),
        (("تمرين", "بحري"), ["om-khanjar-hadd-2023"]),
        (("صفقة صواريخ",), ["us-om-tow-2023"]),
        (("may", "2023", "navy"), ["om-khanjar-hadd-2023"]),
        (("أيار 2023", "البحرية"), ["om-khanjar-hadd-2023"]),
        (("united", "states", "301"), ["us-om-tow-2023"]),
        (("khanjarhadd",), ["om-khanjar-hadd-2023"]),
    ],
    ids=[
        "kind-year-place",
        "phrase-apart",
        "kind-and-sense",
        "sense-both",
        "month",
        "arabic-month",
        "joined",
        "unspaced",
    ],
)
def test_words_find_the_intended_fact(words: tuple[str, ...], expected: list[str]) -> None:
    assert ids(*words) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Iran",
        "Yemen",
        "Jordan",
        "Turkmenistan",
        "Iraq",
        "Niger",
        "اليمن",
        "الأردن",
        "إيران",
        "والعراق",
        "Amman",
        "عمّان",
        "Tehran",
        "Khalid",
        "خالد",
        "Sohar",
    ],
)
def test_a_name_from_elsewhere_finds_nothing(name: str) -> None:
    assert ids(name) == []


AMOUNTS = [("301",), ("$70m",), ("70", "million"), ("٧٠ مليون",), ("70,000,000",), ("70m", "usd")]


@pytest.mark.parametrize("words", AMOUNTS)
def test_an_amount_finds_its_fact_however_it_is_written(words: tuple[str, ...]) -> None:
    assert ids(*words) == ["us-om-tow-2023"]


def test_an_amount_that_no_fact_has_finds_nothing() -> None:
    assert ids("71m") == ids("70k") == ids("3.7", "billion") == []


@pytest.mark.parametrize("word", ["2025-02-05", "٢٠٢٥-٠٢-٠٥", "5 feb 2025"])
def test_a_day_finds_what_is_dated_on_it(word: str) -> None:
    assert best_first(*word.split())[0] == "tr-om-gorgun-zaabi-meeting-2025"
    assert "us-om-tow-2023" not in ids(*word.split())


def test_a_name_with_another_number_is_another_name() -> None:
    assert ids("invincible", "sentry", "2023") == ["us-om-invincible-sentry-2023"]
    assert ids("invincible", "sentry", "2022") == []


def test_a_guessed_or_unknown_partner_is_reported() -> None:
    assert notes(partners=("turkeey",)) == ("nothing is called 'turkeey'; taken for 'Türkiye'",)
    assert "takes part in none" in notes(partners=("iran",))[0]


def test_partners_of_a_filter_take_part_in_each_hit() -> None:
    turkish = set(ids(partners=("turkey",)))
    assert turkish == {fact["id"] for fact in FACTS.facts if "TR" in fact["partners"]}
    assert set(ids("agreements", partners=("turkey",))) == turkish & set(ids("agreements")) != set(ids("agreements"))
    assert set(ids(partners=("turkey", "us"))) == turkish | set(ids(partners=("us",))) > turkish


def test_a_report_of_sales_has_those_of_unknown_value_but_no_statistic_without_money() -> None:
    sale, count = ({**FACTS.facts[0], "kind": kind, "numbers": []} for kind in ("sale", "statistic"))
    found = find((), FACTS._replace(facts=[sale, count]), LEXICON, kinds=("sale", "statistic"))  # type: ignore[list-item]
    assert [hit.fact["kind"] for hit in found.hits] == ["sale"]


def test_what_has_no_year_is_undated() -> None:
    facts = FACTS._replace(facts=[{**FACTS.facts[0], "date": "XXXX-10"}, {**FACTS.facts[1], "date": None}])
    found = find((), facts, LEXICON, Filters(since="2020"))
    assert (len(found.hits), found.undated) == (0, 2)
    assert len(find((), facts, LEXICON, Filters(since="2020", undated=True)).hits) == 2


def test_a_word_that_could_be_guessed_is_suggested_beside_one_that_could_not() -> None:
    first, second = notes("khunjr", "xyzzy")
    assert first == "nothing matches 'khunjr'; did you mean Khanjar Hadd?"
    assert second == "nothing matches 'xyzzy'"


def test_a_phrase_between_quotation_marks_is_not_guessed_at() -> None:
    assert ids('"hadd khanjar"') == ids('"khunjar haad 2"') == []


def test_a_note_lists_a_few_of_many_words_that_nothing_matches() -> None:
    words = tuple(f"qz{chr(97 + i)}xw{chr(97 + i)}k" for i in range(26))
    assert len(notes(*words)) <= 3


def test_a_note_names_the_shadda_that_makes_another_name() -> None:
    assert notes("عمّان") == ("'عمّان' is not 'عمان', and no fact has it",)
    assert ids("ع\u064fمان") == ids("عمان") != []


def test_quotation_marks_keep_a_phrase_together() -> None:
    assert ids("exercise naval") != []
    assert ids('"exercise naval"') == []


def test_a_period_takes_what_overlaps_it_and_counts_the_undated() -> None:
    found = ask(since="2023-05-01", until="2023-05-31")
    assert "om-khanjar-hadd-2023" in [hit.fact["id"] for hit in found.hits]
    assert "us-om-training-2015" in [hit.fact["id"] for hit in found.hits]
    assert found.undated > 0
    kept = ask(since="2023-05-01", until="2023-05-31", undated=True)
    assert len(kept.hits) == len(found.hits) + found.undated


def test_exact_takes_no_inflection_and_no_guess() -> None:
    assert ids("guides", exact=True) == [] != ids("guides")
    assert ids("turky", exact=True) == []


@pytest.mark.parametrize(
    "words", [("",), ("   ",), ("…!؟",), ("\u064e\u064f",)], ids=["empty", "blank", "marks", "vowels"]
)
def test_a_word_without_letters_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="letters"):
        ids(*words)


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="500"):
        ids("a" * 501)


def test_every_match_has_its_word_field_text_and_how() -> None:
    (hit,) = hits("khunjr", "2023")
    assert [(match.term, match.field, match.how) for match in hit.matches] == [
        ("khunjr", "party", "typo"),
        ("2023", "date", "exact"),
    ]
    assert all(0 < match.score <= 100 for match in hit.matches)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("treaty", "with", "america"), ("treaty", "america")),
        (("how", "is", "tow", "2b", "guided"), ("tow", "2b", "guided")),
        (("معاهدة", "مع", "أمريكا"), ("معاهدة", "أمريكا")),
        (("تعاون", "ضد", "القرصنة", "في", "هرمز"), ("تعاون", "القرصنة", "هرمز")),
        (("treaty with america",), ("treaty", "america")),
        (("SALE", "TO", "OMAN"), ("SALE", "OMAN")),
    ],
    ids=["with", "question", "arabic-with", "arabic-several", "one-argument", "capitals"],
)
def test_words_that_only_join_others_are_not_asked_for(words: tuple[str, ...], same: tuple[str, ...]) -> None:
    found = ask(*words)
    assert [hit.fact["id"] for hit in found.hits] == ids(*same) != []
    assert not any("with" in note for note in found.notes if "together" not in note)


def test_words_that_only_join_others_are_searched_for_where_that_is_intended() -> None:
    assert ids('"freedom of navigation"') != [] == ids('"freedom with navigation"')
    assert ids('"of"', exact=True) != []


def test_a_code_in_capitals_is_a_country_and_no_function_word() -> None:
    with_india = [{**fact, "partners": ["OM", "IN"]} for fact in FACTS.facts if fact["id"] == "om-khanjar-hadd-2023"]
    facts = FACTS._replace(facts=[*FACTS.facts, *with_india])
    assert len(find(("IN", "exercise", "hadd"), facts, LEXICON).hits) == 1
    assert len(find(("in", "exercise", "hadd"), facts, LEXICON).hits) == 2
    assert len(find(("EXERCISES", "IN", "2023"), facts, LEXICON).hits) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ten", "agreements", "memoranda"), "tr-om-documents-2024"),
        (("10", "documents", "joint"), "tr-om-joint-venture-2024"),
        (("عشر", "اتفاقيات", "تركيا"), "tr-om-documents-2024"),
        (("عشرة", "مذكرات"), "tr-om-documents-2024"),
        (("seventy", "agreements"), "us-om-fms-2021"),
        (("سبعين", "اتفاقية"), "us-om-fms-2021"),
        (("سبعون", "مليون", "دولار"), "us-om-tow-2023"),
        (("two", "hundred", "years"), "us-om-relations-200-years"),
        (("مئتي", "عام"), "us-om-relations-200-years"),
        (("خمسة", "أيام"), "om-khanjar-hadd-2023"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_number_in_words_is_the_number_in_digits(words: tuple[str, ...], expected: str) -> None:
    assert expected in ids(*words)


def test_a_number_in_words_is_no_other_number() -> None:
    assert ids("خمسين") == ids("fifty") == ids("50") == []
    assert ids("eight") == ids("ثمان") == []
    assert ids("agreement", "2017") == []
    assert ids("أحد", "عشر", "اتفاقيات") == []


def test_the_english_genitive_is_not_part_of_a_name() -> None:
    assert ids("Turkey's") == ids("Turkey") != []
    assert ids("Oman’s", "sovereignty") == ["us-om-sovereignty-commitment"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("drills with turkey", "tr-om-exercises-talks-2024"),
        ("defence pact renewed", "us-om-agreement-renewal-2010"),
        ("sultan's trip to turkey", "tr-om-sultan-visit-2024"),
        ("contract with a firm", "tr-om-contracts-2025"),
        ("annual drill", "us-om-invincible-sentry"),
        ("anti-tank missile", "us-tow-tasks"),
        ("guarantees from Washington", "us-om-security-commitment"),
        ("oman-turkey exercises", "tr-om-exercises-talks-2024"),
        ("two centuries of ties", "us-om-relations-200-years"),
        ("price of missiles", "us-om-tow-2023"),
        ("تمديد الاتفاق العسكري", "us-om-agreement-renewal-2010"),
        ("وفود بالمجمع الرئاسي", "tr-om-delegation-talks-2024"),
        ("شركات تركية عقود", "tr-om-contracts-2025"),
        ("سيادة عمان ووحدة أراضيها", "us-om-sovereignty-commitment"),
        ("قراصنة", "us-om-counter-piracy"),
        ("التزام واشنطن بأمن عمان", "us-om-security-commitment"),
    ],
)
def test_words_are_taken_for_what_they_mean_where_no_fact_has_them_all(query: str, expected: str) -> None:
    assert expected in ids(*query.split())


@pytest.mark.parametrize(
    "query",
    [
        "gorgun visit ankara",
        "erdogan visits muscat",
        "french missile sale",
        "uk training",
        "turkish missiles",
        "contract 2024",
        "treaty with britain",
        "aselsan office muscat",
        "air base",
        "معاهدة مع بريطانيا",
        "زيارة أردوغان إلى مسقط",
        "قاعدة جوية",
        "تدريب القوات الخاصة",
    ],
)
def test_what_is_in_no_fact_is_not_found_by_what_words_mean(query: str) -> None:
    assert ids(*query.split()) == []


def test_what_words_mean_is_not_asked_where_facts_have_them_all() -> None:
    assert ids("exercise", "2023") == ["us-om-invincible-sentry-2023", "om-khanjar-hadd-2023"]
    assert ids("drill", "salalah", exact=True) == []


@pytest.mark.parametrize("day", ["5 feb 2025", "february 5", "٥ فبراير ٢٠٢٥", "5 شباط"])
def test_a_day_and_its_month_are_a_date(day: str) -> None:
    assert best_first(*day.split())[0] == "tr-om-gorgun-zaabi-meeting-2025"


def test_facts_that_match_most_words_are_named_and_are_no_answer() -> None:
    found = ask("khanjar", "hadd", "turkey", "2023")
    assert found.hits == []
    assert notes("khanjar", "hadd", "turkey", "2023") == (
        "no fact has 'khanjar hadd', 'turkey' and '2023' together; each alone is found; "
        "most of them are in om-khanjar-hadd-2023 and tr-om-ties-2000",
    )
    (note,) = notes("khanjar", "hadd", "turkey")
    assert note.endswith("each alone is found")
    (note,) = notes("gorgun", "visit", "ankara")
    assert note.endswith("most of them are in tr-om-gorgun-visit-2025 and tr-om-sultan-visit-2024")


def best_first(*words: str) -> list[str]:
    found = sorted(hits(*words), key=lambda hit: -match_value(hit.matches)["score"])
    return [hit.fact["id"] for hit in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("first treaty", "us-om-treaty-1833"),
        ("us operations hormuz", "us-om-hormuz-operations"),
        ("gorgun zaabi", "tr-om-gorgun-zaabi-meeting-2025"),
        ("الزعابي وغورغون", "tr-om-gorgun-zaabi-meeting-2025"),
        ("مذكرة تفاهم", "tr-om-documents-2024"),
        ("freedom of navigation", "om-freedom-of-navigation"),
        ("trafficking", "om-counter-piracy-trafficking"),
    ],
)
def test_a_fact_with_the_name_comes_before_one_that_mentions_it(query: str, expected: str) -> None:
    assert best_first(*query.split())[0] == expected


def test_a_name_alone_scores_in_full_and_a_word_in_a_title_more_than_in_a_note() -> None:
    assert {match_value(hit.matches)["score"] for hit in hits("salalah")} == {100.0}
    scored = {hit.matches[0].field.partition(".")[0]: match_value(hit.matches)["score"] for hit in hits("piracy")}
    assert scored["title"] > scored["note"]


@pytest.mark.parametrize("word", ["apocryphal", "quagmire", "4321", "hearsays", "مستنقعات", "ملتبسة", "٤٣٢١"])
@pytest.mark.parametrize("exact", [False, True])
def test_a_remark_is_never_searched(word: str, exact: bool) -> None:
    assert find((word,), REMARKED, LEXICON, Filters(exact=exact), today=TODAY).hits == []
    noted = FACTS._replace(facts=[{**fact, "note": REMARK} for fact in FACTS.facts])
    assert find((word,), noted, LEXICON, Filters(exact=exact), today=TODAY).hits


@pytest.mark.parametrize(
    ("term", "fact"),
    [
        ("نقاط الاختناق", "us-om-hormuz-protection"),
        ("التدابير المضادة للألغام", "om-khanjar-hadd-2023"),
        ("مكافحة الألغام", "om-khanjar-hadd-2023"),
        ("التخلص من الذخائر المتفجرة", "om-khanjar-hadd-2023"),
        ("الحظر البحري", "om-khanjar-hadd-2023"),
        ("الاعتراض البحري", "om-khanjar-hadd-2023"),
        ("خنجر حاد", "om-khanjar-hadd-2023"),
        ("المهام الحيوية", "us-om-invincible-sentry-2023"),
        ("critical mission areas", "us-om-invincible-sentry-2023"),
        ("IS23", "us-om-invincible-sentry-2023"),
        ("المعلومات الاستخباراتية", "tr-om-intelligence-talks-2024"),
        ("tube-launched", "us-tow-2b-guidance"),
        ("optically tracked", "us-tow-2b-guidance"),
        ("wireless-guided", "us-tow-2b-guidance"),
        ("ATGM", "us-tow-tasks"),
        ("SFA", "us-om-strategic-framework-2019"),
        ("treaty of amity and commerce", "us-om-treaty-1833"),
        ("معاهدة الصداقة والتجارة", "us-om-treaty-1833"),
        ("صندوق التقاعد العسكري", "tr-om-joint-venture-2024"),
        ("sovereign wealth fund", "tr-om-joint-venture-2024"),
        ("الصندوق السيادي", "tr-om-joint-venture-2024"),
        ("اتفاقية الاستحواذ والخدمات المتبادلة", "us-om-acsa-2014"),
    ],
)
def test_terms_of_art_are_found(term: str, fact: str) -> None:
    assert fact in ids(*term.split())


@pytest.mark.parametrize("question", ["latest exercise", "آخر تمرين"])
def test_the_latest_is_what_has_taken_place(question: str) -> None:
    assert ids(*question.split()) == ["om-khanjar-hadd-2023"]
    assert ids("latest", "discussed", "exercise") == ["tr-om-exercises-talks-2024"]
