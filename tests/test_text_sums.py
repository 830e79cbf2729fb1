"""Numbers with magnitudes and fractions, as articles write them."""

from __future__ import annotations

import pytest

from factcli.lexicon.articles import article_words
from factcli.reading.tokens import ArticlePhrases, tokens_of
from factcli.text.sums import SumReader


def numeral(text: str) -> tuple[float, str] | None:
    """The number that a text begins with, and what is left of the text."""
    words = article_words()
    tokens = tokens_of(text, 0, len(text), words)
    found = SumReader(ArticlePhrases(tokens, words)).numeral(0)
    return (found.value, " ".join(token.text for token in tokens[found.end :])) if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,386 kilograms", 2386),
        ("70,000,000", 70_000_000),
        ("1.9bn", 1_900_000_000),
        ("417.6 million", 417_600_000),
        ("16.6 billion", 16_600_000_000),
        ("3.5-billion", 3_500_000_000),
        ("18,440 crore", 184_400_000_000),
        ("half a billion dollars", 500_000_000),
        ("forty-two (42) launchers", 42),
        ("three hundred sixty-six", 366),
        ("1،579 قطعة", 1579),
        ("1٬200 عربة", 1200),
        ("٢٥٫٤ مليون", 25_400_000),
        ("1,18 مليار", 1_180_000_000),
        ("97,5 مليون", 97_500_000),
        ("22.500 متر", 22_500),
        ("7.2 مليارات", 7_200_000_000),
        ("5 مليارات و700 مليون ريال", 5_700_000_000),
        ("مليارين و400 مليون", 2_400_000_000),
        ("مليارا و13 مليون", 1_013_000_000),
        ("مليار ونصف المليار", 1_500_000_000),
        ("نصف مليار", 500_000_000),
        ("ستة مليارات وثمانمئة مليون", 6_800_000_000),
        ("ألف ومئتا مقاتل", 1200),
        ("3 آلاف و500 جندي", 3500),
        ("ألفان وثمانمئة فرد", 2800),
        ("أربع عشرة مدرعة", 14),
        ("وست عشرة عربة", 16),
        ("ستمائة وعشرون", 620),
    ],
)
def test_a_number(text: str, value: float) -> None:
    found = numeral(text)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize(
    ("text", "rest"),
    [("4 boats and 5 planes", "boats and 5 planes"), ("3 آلاف و500 جندي", "جندي"), ("12 (13) boats", "( 13 ) boats")],
)
def test_a_number_ends_where_it_does(text: str, rest: str) -> None:
    assert (numeral(text) or (0, ""))[1] == rest


@pytest.mark.parametrize(
    "text", ["آلاف الجنود", "millions of people", "boats", "1-2 billion", "الخمسون", "1" * 30, "12x"]
)
def test_what_is_no_number(text: str) -> None:
    assert numeral(text) is None
