"""Citations of sources: as text, as BibTeX, as RIS and as CSL-JSON, which Zotero and pandoc read.

A source has the names of CSL-JSON already; its texts are in several languages and its dates are EDTF. `csl` makes an
item of CSL-JSON of it in one language (https://github.com/citation-style-language/schema); the other styles are made
of that item, so that all of them say the same. The caveat of a source goes along as its note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from factcli._namedtuple import NamedTuple
from factcli.dates import span
from factcli.lexicon import Lexicon
from factcli.model import COMMAS, LANGUAGES, Fact, Source, Text
from factcli.reports.display import date
from factcli.text.json_line import json_line
from factcli.text.unsafe import display

Item = dict[str, Any]
"""A source as an item of CSL-JSON: texts in one language, dates as `date-parts`."""


class Kind(NamedTuple):
    """What a type of CSL is called in BibTeX and RIS, and whether works of it appear in a periodical or on a site."""

    bibtex: str
    ris: str
    has_container: bool = False


DOCUMENT = "document"
KINDS = {
    "article": Kind("article", "JOUR", True),
    "article-journal": Kind("article", "JOUR", True),
    "article-magazine": Kind("article", "MGZN", True),
    "article-newspaper": Kind("article", "NEWS", True),
    "bill": Kind("misc", "BILL"),
    "book": Kind("book", "BOOK"),
    "broadcast": Kind("misc", "VIDEO"),
    "chapter": Kind("incollection", "CHAP"),
    "dataset": Kind("misc", "DATA"),
    DOCUMENT: Kind("misc", "GEN"),
    "hearing": Kind("misc", "HEAR"),
    "interview": Kind("misc", "PCOMM"),
    "legislation": Kind("misc", "STAT"),
    "manuscript": Kind("unpublished", "UNPB"),
    "map": Kind("misc", "MAP"),
    "motion_picture": Kind("misc", "MPCT"),
    "pamphlet": Kind("booklet", "PAMP"),
    "paper-conference": Kind("inproceedings", "CPAPER"),
    "post": Kind("misc", "ELEC", True),
    "post-weblog": Kind("misc", "BLOG", True),
    "regulation": Kind("misc", "STAT"),
    "report": Kind("techreport", "RPRT"),
    "speech": Kind("misc", "GEN"),
    "standard": Kind("misc", "STAND"),
    "thesis": Kind("phdthesis", "THES"),
    "treaty": Kind("misc", "GEN"),
    "webpage": Kind("misc", "ELEC", True),
}
"""The types of CSL that a source may have; any other is cited as a document."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The months as BibTeX abbreviates them."""


def cited_sources(facts: Iterable[Fact]) -> list[str]:
    """The ids of the sources that facts cite, each once, in order."""
    return list(dict.fromkeys(locator["source"] for fact in facts for locator in fact["sources"]))


def citations(sources: Iterable[Source], style: str, lang: str, lexicon: Lexicon) -> str:
    """The sources in a style of `STYLES`, titles and names in `lang` (of `both`, English) where they have it."""
    return STYLES[style](list(sources), "ar" if lang == "ar" else "en", lexicon)


# -- CSL-JSON


def csl(source: Source, lang: str) -> Item:
    """The source as an item of CSL-JSON, with the keys that it has a value for.

    A title in another language stands under `original-title`, the caveat of `issued_note` under `note`.
    """
    record: dict[str, Any] = dict(source)
    kind = record.get("type") if record.get("type") in KINDS else DOCUMENT
    publisher = in_language(record.get("publisher"), lang)
    title = in_language(record.get("title"), lang)
    others = (text for text in (record.get("title") or {}).values() if text != title)
    item = {
        "id": record["id"],
        "type": kind,
        "title": title,
        "original-title": next(others, None),
        "author": authors(in_language(record.get("author"), lang)),
        "container-title": publisher if KINDS[str(kind)].has_container else None,
        "publisher": publisher,
        "issued": csl_date(record.get("issued")),
        "accessed": csl_date(record.get("accessed")),
        "URL": record.get("URL"),
        "language": record.get("language"),
        "note": in_language(record.get("issued_note"), lang),
    }
    return {key: value for key, value in item.items() if value}


def in_language(text: Text | None, lang: str) -> str:
    """The text in a language, else in the other; empty where there is none."""
    texts = text or {}
    return texts.get(lang) or next((texts[one] for one in LANGUAGES if texts.get(one)), "")


def authors(names: str) -> list[dict[str, str]]:
    """The authors between semicolons, each name in one piece."""
    return [{"literal": name.strip()} for name in re.split("[;؛]", names) if name.strip()]


def csl_date(edtf: str | None) -> Item | None:
    """A date of CSL: one or two lists of year, month and day, as exact as the date; `literal` for an open or unknown
    end, `circa` for what is approximate or uncertain.

    >>> csl_date("2025-02~"), csl_date("2025-33"), csl_date("2015/..")
    ({'date-parts': [[2025, 2]], 'circa': True}, {'date-parts': [[2025, 1], [2025, 3]]}, {'literal': '2015/..'})
    """
    if not edtf:
        return None
    start, end = span(edtf)
    if start is None or end is None or not (start[:4].isdigit() and end[:4].isdigit()):
        return {"literal": edtf}
    first, last = ([int(part) for part in day.split("-")] for day in (start, end))
    is_whole = first[2] == 1 and span(end[:7])[1] == end
    exact = 3 if not is_whole else 1 if (first[1], last[1]) == (1, 12) else 2
    parts = [first[:exact], last[:exact]]
    known: Item = {"date-parts": parts[:1] if parts[0] == parts[1] else parts}
    return {**known, "circa": True} if any(sign in edtf for sign in "~?%") else known


def csl_json(sources: list[Source], lang: str, _lexicon: Lexicon) -> str:
    """One array, an item a line."""
    return "[\n" + ",\n".join(json_line(csl(source, lang)) for source in sources) + "\n]\n" if sources else "[]\n"


# -- text

QUOTES = {"en": "“{}”", "ar": "«{}»"}


def plain_text(sources: list[Source], lang: str, lexicon: Lexicon) -> str:
    """A line a source: author, title, publisher, date, address."""
    return "".join(display(text_of(source, lang, lexicon)) + "\n" for source in sources)


def text_of(source: Source, lang: str, lexicon: Lexicon, has_address: bool = True) -> str:
    """One source as a bibliography has it; a date that was inferred says so."""
    item = csl(source, lang)
    names = [author["literal"] for author in item.get("author", ())]
    title = QUOTES[lang].format(item["title"]) if item.get("title") else ""
    issued = COMMAS[lang].join(
        part[lang] for part in date(source.get("issued"), lexicon, source.get("issued_basis")) or ()
    )
    parts = [*names, title, item.get("publisher"), issued, item.get("URL") if has_address else None]
    return ". ".join(str(part) for part in parts if part)


def edtf_of(item: Item, key: str) -> str:
    """A date of an item as EDTF again; empty where it has none."""
    known = item.get(key)
    if not known:
        return ""
    if "literal" in known:
        return str(known["literal"])
    return "/".join(iso(parts) + ("~" if known.get("circa") else "") for parts in known["date-parts"])


def iso(parts: list[int]) -> str:
    """Year, month and day in ISO 8601."""
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


# -- BibTeX

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "#$%&_"},
}  # fmt: skip
"""Characters that TeX would obey. `\\{` would be a brace for BibTeX, which counts them, and is not used."""


def bibtex(sources: list[Source], lang: str, _lexicon: Lexicon) -> str:
    """An entry a source, its key the id, in UTF-8."""
    return "\n".join(bibtex_entry(csl(source, lang)) for source in sources)


def bibtex_entry(item: Item) -> str:
    """One entry; titles and names stand in a second pair of braces, which keeps capitals and words together."""
    kind = KINDS[item["type"]]
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "author": " and ".join(f"{{{tex(one['literal'])}}}" for one in item.get("author", ())),
        "title": f"{{{tex(item['title'])}}}" if item.get("title") else "",
        "journal": tex(item.get("container-title", "")) if kind.bibtex == "article" else "",
        "publisher": tex(item.get("publisher", "")),
        "year": str(issued[0]) if issued else "",
        "month": MONTHS[issued[1] - 1] if issued[1:] else "",
        "date": edtf_of(item, "issued"),
        "url": re.sub(r"[\\{}]", lambda found: f"%{ord(found[0]):X}", display(item.get("URL", ""))),
        "urldate": edtf_of(item, "accessed"),
        "language": tex(item.get("language", "")),
        "note": tex(item.get("note", "")),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{kind.bibtex}{{{item['id']},\n{''.join(lines)}}}\n"


def tex(text: str) -> str:
    """The text on one line with what TeX would obey written as commands; other letters stay as they are.

    >>> tex("R&D, {50 %}")
    'R\\\\&D, \\\\textbraceleft{}50 \\\\%\\\\textbraceright{}'
    """
    return "".join(_SPECIAL.get(char, char) for char in display(text))


# -- RIS


def ris(sources: list[Source], lang: str, _lexicon: Lexicon) -> str:
    """A record a source; lines end in CR LF, as the format has it."""
    lines = [line for source in sources for line in (*ris_lines(csl(source, lang)), ("ER", ""))]
    return "".join(f"{tag}  - {display(value)}\r\n" for tag, value in lines)


def ris_lines(item: Item) -> list[tuple[str, str]]:
    """The tags and values of one record, in order, the type first."""
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    lines = [
        ("TY", KINDS[item["type"]].ris),
        ("ID", item["id"]),
        *(("AU", author["literal"]) for author in item.get("author", ())),
        ("TI", item.get("title", "")),
        ("TT", item.get("original-title", "")),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("PY", f"{issued[0]:04}" if issued else ""),
        ("DA", ris_date(item, "issued")),
        ("Y2", ris_date(item, "accessed")),
        ("UR", item.get("URL", "")),
        ("LA", item.get("language", "")),
        ("N1", item.get("note", "")),
    ]
    return [(tag, value) for tag, value in lines if value]


def ris_date(item: Item, key: str) -> str:
    """A date as YYYY/MM/DD/other: parts that are not known are empty, `other` says what is no date of one day."""
    known = item.get(key)
    if not known:
        return ""
    parts = known.get("date-parts", [[]])
    numbers = [f"{number:02}" for number in parts[0]] + [""] * (3 - len(parts[0]))
    is_exact = len(parts) == 1 and not known.get("circa") and parts[0]
    return "/".join([*numbers, "" if is_exact else edtf_of(item, key).replace("/", " to ")])


STYLES: dict[str, Callable[[list[Source], str, Lexicon], str]] = {
    "text": plain_text,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
"""The styles of citations: what makes the text of sources in a language."""
