"""What a sentence tells: kind, status, states, and whether it is a fact at all."""

from __future__ import annotations

import pytest

from factcli.reading.statements import KINDS, Statement, statements

PUBLISHED = "2025-03-13"


def statement(text: str) -> Statement:
    (one,) = statements(text, PUBLISHED)
    return one


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Oman and India signed a memorandum of understanding on Tuesday.", "agreement", "signed"),
        ("The protocol was renewed in 2010.", "agreement", "renewed"),
        ("Aselsan won a contract worth $5 million.", "contract", "signed"),
        ("Oman bought 12 boats from Italy in 2019.", "sale", None),
        ("Egypt received three jets from France on Wednesday.", "sale", "delivered"),
        ("Canada approved the export of 95 vehicles to Oman.", "sale", "approved"),
        ("Kuwait has cancelled a contract for 28 helicopters.", "contract", "cancelled"),
        ("The joint exercise began on Sunday off Muscat.", "exercise", "held"),
        ("Greece will hold the air exercise in November.", "exercise", "planned"),
        ("The minister visited Muscat from 3 to 5 March.", "visit", "held"),
        ("The minister met his counterpart on Sunday for talks.", "meeting", "held"),
        ("Thirty officers graduated from a training course.", "training", "held"),
        ("The company opened a regional office in Muscat on Monday.", "office", "held"),
        ("A frigate seized 500 kg of heroin on Monday.", "operation", "held"),
        ("Exports rose by 7 per cent in 2023.", "statistic", None),
        ("They launched a joint fund of $500 million.", "fund", "held"),
        ("وقعت عمان والهند مذكرة تفاهم أمس.", "agreement", "signed"),
        ("تسلمت الكويت طائرتين من إيطاليا.", "sale", "delivered"),
        ("أجازت الوزارة صفقة محتملة لبيع 20 صاروخا.", "sale", "approved"),
        ("اختتم التمرين المشترك فعالياته أمس.", "exercise", "held"),
        ("زار الوزير مسقط زيارة رسمية.", "visit", "held"),
        ("استقبل الوزير نظيره وبحثا التعاون.", "meeting", "held"),
        ("ضبطت سفينة شحنة مخدرات.", "operation", "held"),
        ("بلغت صادرات تركيا 5 مليارات دولار في 2023.", "statistic", None),
        ("He was born in 1940 and kept bees.", "", None),
        ("The weather was fine.", "", None),
        ("كان الطقس جميلا.", "", None),
    ],
)
def test_the_kind_and_status(text: str, kind: str, status: str | None) -> None:
    one = statement(text)
    assert (one.kind, one.status if one.kind else None) == (kind, status)
    assert one.kind in ("", *KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Jordan never signed an agreement with Pakistan.",
        "Oman denies the purchase of 16 jets for $640 million.",
        "A website had claimed that Oman bought jets.",
        "No talks were held by Iran and Kuwait.",
        "نفت الكويت شراء 22 دبابة.",
        "لم توقع الوزارة أي عقد.",
    ],
)
def test_what_is_denied(text: str) -> None:
    one = statement(text)
    assert one.is_denied or not one.kind


def test_what_is_supposed_is_doubtful() -> None:
    assert statement("If it passes, Oman would sign an agreement.").is_doubtful
    assert statement("The 50 percent of spending is to stay at home, the budget says; it is planned.").is_doubtful
    assert not statement("Oman signed an agreement.").is_doubtful


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Oman and India signed an agreement.", ["OM", "IN"]),
        ("Ankara and Tunis agreed in July to make drones.", ["TR", "TN"]),
        ("The French ship seized drugs off Somalia on Monday.", ["FR"]),
        ("The minister visited Muscat, Kuwait's news agency said.", ["OM"]),
        ("عقدت عمان وقطر تمرينا بحضور مراقبين من مصر.", ["OM", "QA"]),
        ("DOHA, Feb 19 - Qatar signed a contract.", ["QA"]),
    ],
)
def test_the_states_that_take_part(text: str, states: list[str]) -> None:
    assert statement(text).countries == states
