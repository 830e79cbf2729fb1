"""Citations: CSL-JSON that is valid and that citeproc reads, BibTeX that a parser reads back, RIS, text."""

from __future__ import annotations

import json
import warnings
from typing import Any

import bibtexparser
import jsonschema
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from factcli import model, store
from factcli.lexicon import Lexicon
from factcli.reports.citations import KINDS, STYLES, citations, cited_sources, csl, csl_date, tex
from factcli.text.unsafe import display

FACTS = store.read([])
LEXICON = Lexicon()
SOURCES = list(FACTS.sources.values())
AWKWARD: Any = {
    "id": "s.1",
    "type": "report",
    "title": {"en": "R&D {50 %} of $1 ~ a_b ^ #2 \\ end}", "ar": "بحث وتطوير"},
    "publisher": {"en": "Türk & Söhne"},
    "author": {"en": "Jane Doe; Ministry of Defence and Sons"},
    "URL": "https://example.org/a_b%20c?x={1}&y=~z#f",
    "language": "en",
    "issued": "2015/2016-03",
    "accessed": "2024-02-03",
    "issued_basis": "stated",
    "issued_note": None,
}

DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "circa": {"type": ["string", "number", "boolean"]},
        "literal": {"type": "string"},
    },
    "additionalProperties": False,
}
TEXT = {"type": "string", "minLength": 1}
CSL_JSON = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": [*KINDS]},
            "author": {
                "type": "array",
                "items": {"type": "object", "properties": {"literal": TEXT}, "additionalProperties": False},
            },
            "issued": DATE,
            "accessed": DATE,
            **dict.fromkeys(
                ("title", "original-title", "container-title", "publisher", "URL", "language", "note"), TEXT
            ),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""What of the schema of CSL-JSON 1.0.2 (csl-data.json) a source can be."""

CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
""".split()


def cite(style: str, *sources: Any, lang: str = "en") -> str:
    return citations(sources or SOURCES, style, lang, LEXICON)


def items(*sources: Any, lang: str = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cite("csl-json", *sources, lang=lang))
    jsonschema.validate(found, CSL_JSON)
    return found


# -- CSL-JSON


@pytest.mark.parametrize("lang", ["en", "ar", "both"])
def test_shipped_sources_are_valid_csl_json(lang: str) -> None:
    assert [one["id"] for one in items(lang=lang)] == list(FACTS.sources)


def test_types_are_those_of_csl() -> None:
    assert set(KINDS) <= set(CSL_TYPES)
    assert items({**AWKWARD, "type": "press-release"})[0]["type"] == "document"
    assert items({**AWKWARD, "type": None})[0]["type"] == "document"


def test_a_title_is_in_the_language_asked_for_and_the_other_is_kept() -> None:
    english, arabic = items()[0], items(lang="ar")[0]
    assert (english["title"], english["original-title"]) == (arabic["original-title"], arabic["title"])
    assert english["title"] == FACTS.sources["us-oman"]["title"]["en"]
    assert "original-title" not in items({"id": "s", "title": {"ar": "عنوان"}})[0]
    assert items({"id": "s", "title": {"ar": "عنوان"}}) == [{"id": "s", "type": "document", "title": "عنوان"}]


def test_the_caveat_of_a_source_is_its_note() -> None:
    assert "which is a party to what is told here" in items()[0]["note"]


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2024-02", {"date-parts": [[2024, 2]]}),
        ("2024-02-29", {"date-parts": [[2024, 2, 29]]}),
        ("2025-02~", {"date-parts": [[2025, 2]], "circa": True}),
        ("2024?", {"date-parts": [[2024]], "circa": True}),
        ("202X", {"date-parts": [[2020], [2029]]}),
        ("2025-33", {"date-parts": [[2025, 1], [2025, 3]]}),
        ("2023-12-30/2024-01-02", {"date-parts": [[2023, 12, 30], [2024, 1, 2]]}),
        ("2015/2016", {"date-parts": [[2015], [2016]]}),
        ("2024-02-01", {"date-parts": [[2024, 2, 1]]}),
        ("2015/..", {"literal": "2015/.."}),
        ("XXXX-10", {"literal": "XXXX-10"}),
        (None, None),
    ],
)
def test_a_date_is_as_exact_as_it_was(edtf: str | None, date: Any) -> None:
    assert csl_date(edtf) == date


def test_citeproc_reads_csl_json() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        found = items(*SOURCES, AWKWARD)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(found), formatter.plain)
        for one in found:
            bibliography.register(Citation([CitationItem(one["id"])]))
        texts = [str(one) for one in bibliography.bibliography()]
    assert len(texts) == 3
    for one in found:
        assert any(one["title"][:20] in text for text in texts)
    assert any("2024" in text for text in texts)


# -- BibTeX


def entries(text: str) -> list[dict[str, str]]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    found: list[dict[str, str]] = bibtexparser.loads(text, parser).entries
    return found


def test_a_parser_reads_bibtex() -> None:
    us, turkey = entries(cite("bibtex"))
    assert (us["ENTRYTYPE"], us["ID"], us["year"], us["month"]) == ("article", "us-oman", "2024", "February")
    assert us["title"] == "{" + FACTS.sources["us-oman"]["title"]["en"] + "}"
    assert (turkey["journal"], turkey["date"]) == (FACTS.sources["turkey-oman"]["publisher"]["en"], "2025-02~")  # type: ignore[index]
    assert us["url"] == FACTS.sources["us-oman"]["URL"]
    assert entries(cite("bibtex", lang="ar"))[0]["title"] == "{" + FACTS.sources["us-oman"]["title"]["ar"] + "}"


def test_bibtex_is_escaped_and_keeps_accents() -> None:
    (entry,) = entries(cite("bibtex", AWKWARD))
    assert entry["ENTRYTYPE"] == "techreport"
    assert entry["publisher"] == r"Türk \& Söhne"
    assert entry["author"] == "{Jane Doe} and {Ministry of Defence and Sons}"
    assert entry["title"] == (
        r"{R\&D \textbraceleft{}50 \%\textbraceright{} of \$1 \textasciitilde{} a\_b \textasciicircum{} \#2 "
        r"\textbackslash{} end\textbraceright{}}"
    )
    assert entry["url"] == "https://example.org/a_b%20c?x=%7B1%7D&y=~z#f"
    assert (entry["year"], entry["date"], entry["urldate"]) == ("2015", "2015-01/2016-03", "2024-02-03")


@given(st.text(max_size=60))
def test_braces_of_bibtex_are_balanced_and_no_control_character_is_left(title: str) -> None:
    text = cite("bibtex", {**AWKWARD, "title": {"en": title}})
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0
    assert all(display(line) == line for line in text.split("\n"))
    assert text.count("\n") == cite("bibtex", AWKWARD).count("\n") - (not display(title))


def test_what_tex_obeys_is_written_as_commands() -> None:
    assert tex("a_b #1\nc") == r"a\_b \#1 c"


# -- RIS


def test_ris_has_its_tags_in_order_and_ends_lines_in_cr_lf() -> None:
    text = cite("ris", AWKWARD)
    assert text.count("\r\n") == text.count("\n")
    lines = text.split("\r\n")[:-1]
    assert all(line[2:6] == "  - " for line in lines)
    assert [line[:2] for line in lines] == "TY ID AU AU TI TT PB PY DA Y2 UR LA ER".split()
    assert lines[0] == "TY  - RPRT"
    assert lines[-1] == "ER  - "
    assert "DA  - 2015/01//2015-01 to 2016-03" in lines
    assert "Y2  - 2024/02/03/" in lines


def test_shipped_sources_as_ris() -> None:
    text = cite("ris")
    assert text.count("TY  - ") == text.count("ER  - ") == 2
    assert "TY  - MGZN\r\nID  - us-oman\r\nTI  - [Oman and the United States" in text
    assert "DA  - 2024/02/26/\r\n" in text
    assert "DA  - 2025/02//2025-02~\r\n" in text


# -- text


def test_a_citation_in_words() -> None:
    us, turkey = cite("text").splitlines()
    assert us == (
        "“[Oman and the United States: maritime security and military cooperation]”. "
        "CENTCOM Citadel (US Central Command). 26 Feb 2024, inferred. "
        "https://centcomcitadel.com/ar/articles/ssc/features/2024/02/26/feature-01"
    )
    assert "about Feb 2025" in turkey
    assert cite("text", lang="ar").startswith("«[عُمان والولايات المتحدة")
    assert cite("text", AWKWARD).startswith("Jane Doe. Ministry of Defence and Sons. “R&D {50 %}")


# -- what all of them have


@pytest.mark.parametrize("style", STYLES)
def test_a_source_of_which_little_is_known_is_cited(style: str) -> None:
    assert "Only a title" in cite(style, {"id": "s", "title": {"en": "Only a title"}})
    assert citations([], style, "en", LEXICON) in ("", "[]\n")


@pytest.mark.parametrize("style", STYLES)
def test_nothing_in_a_citation_can_act_on_a_terminal_or_begin_a_line(style: str) -> None:
    text = cite(style, {**AWKWARD, "title": {"en": "a\x1b[2J\r\nER  - \u202e}"}, "URL": "https://e.org/\x1b\n@x"})
    assert text.replace("\r\n", "").replace("\n", "").isprintable()
    assert "\nER  - }" not in text


def test_sources_of_facts_are_each_cited_once_in_order() -> None:
    facts: list[model.Fact] = sorted(FACTS.facts, key=lambda fact: fact["id"])
    assert sorted(cited_sources(facts)) == sorted(FACTS.sources)
    assert cited_sources([]) == []
    assert csl(FACTS.sources["us-oman"], "en")["id"] == "us-oman"
