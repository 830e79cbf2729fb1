"""What is written is read back equal: every format that `import` reads, of every fact that a file may hold."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcli import formats, model, reports, store
from factcli.lexicon import Lexicon
from factcli.records import edit
from factcli.text.json_line import json_line
from factcli.text.numbers import parse_float
from factcli.text.unsafe import permitted

LEXICON = Lexicon()


def legal(text: str) -> str:
    """The text as a fact may hold it."""
    return unicodedata.normalize("NFC", permitted(f"a{text}").encode("utf-8", "replace").decode())


SIGNS = st.text("\"'=+-@;,|\\`*_~<>&#¶:()[] \u200f\u200c\xad＝.1aعé", max_size=12)
TEXT = st.one_of(st.text(max_size=8).map(legal), SIGNS.map(lambda text: f"{text}a"))
TEXT = TEXT.filter(lambda text: unicodedata.is_normalized("NFC", text))
ANY_FORM = TEXT | st.sampled_from(["e\u0301 a", "'=a\u0301", "\u1112\u1161\u11ab"])
TEXTS = st.dictionaries(st.sampled_from(model.LANGUAGES), TEXT, min_size=1)
SLUG = st.sampled_from(["oman", "x.y-1", "acme"])
DATE = st.sampled_from(["1833", "2023-10", "2024-02-29", "2015/..", "202X", "2025-33", "2023~"])
LITERALS = st.from_regex(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,25})?(e-[0-9]{1,2})?", fullmatch=True)
NUMBER = st.one_of(
    st.integers(0, 10**18),
    st.floats(0, 1e18),
    LITERALS.map(lambda text: int(text) if text.isdigit() else parse_float(text)),
)
UNIT = st.sampled_from(["USD", "missile", "x; y", 'a "b"', "-x", "@y"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBER | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
EXTRA = st.dictionaries(st.text(max_size=5) | st.sampled_from(model.LANGUAGES), JSON, min_size=1, max_size=3)


def objects(optional: dict[str, Any], **required: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(required, optional=optional), max_size=3)


FACT = st.fixed_dictionaries(
    {"kind": st.sampled_from(model.KINDS), "title": TEXTS},
    optional={
        "date": DATE,
        "partners": st.lists(st.sampled_from(["OM", "US", "SU"]), max_size=3),
        "parties": objects({}, entity=SLUG, role=SLUG),
        "numbers": objects(
            {"op": st.sampled_from(model.OPERATORS), "unit": UNIT | st.none(), "as_of": DATE},
            what=st.sampled_from(["value", "quantity", "duration"]) | TEXT,
            value=NUMBER,
        ),
        "status": st.sampled_from(model.STATUSES),
        "said_by": TEXT,
        "links": objects({}, rel=st.sampled_from(model.LINK_RELATIONS), fact=st.just("other")),
        "sources": objects(
            {
                "paragraph": st.integers(1, 99) | st.none(),
                "sentence": st.integers(1, 9),
                "digest": st.just("f2a27cdcc4ec"),
                "quote": ANY_FORM,
            },
            source=SLUG,
        ),
        "note": TEXTS,
        "remark": TEXTS,
        "extra": EXTRA,
    },
)
FACTS = st.lists(FACT, min_size=1, max_size=3).map(
    lambda facts: [{**fact, "id": f"f{at}"} for at, fact in enumerate(facts)]
)


def imported(db: Path, text: str) -> edit.Report:
    return edit.import_files(["-"], str(db), stdin=io.BytesIO(text.encode("utf-8", "surrogatepass")))


def written(db: Path, form: str) -> str:
    """What `timeline -f FORM` writes of a file."""
    facts, view = store.read([str(db)]), model.View(form)
    answer = model.Answer([model.Hit(fact, ()) for fact in facts.facts])
    table = reports.facts_table(reports.REPORTS["timeline"], answer, facts, LEXICON, view, formats.FORMATS[form])
    return "".join(formats.serialize(table, view))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv"])
@settings(max_examples=120)
@given(records=FACTS)
def test_facts_are_read_back_from_every_format(
    tmp_path_factory: pytest.TempPathFactory, form: str, records: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    imported(folder / "a.json", json_line(records))
    imported(folder / "b.json", written(folder / "a.json", form))
    assert store.read([str(folder / "b.json")]).facts == store.read([str(folder / "a.json")]).facts
    assert written(folder / "b.json", "jsonl") == written(folder / "a.json", "jsonl")


@settings(max_examples=60)
@given(records=FACTS, own=EXTRA)
def test_an_export_makes_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], own: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    entity = {"record": "entity", "id": "acme", "type": "company", "name": {"en": "Acme"}, "extra": own}
    source = {"record": "source", "id": "oman", "title": {"ar": "عمان"}, "URL": "https://x.y/e\u0301", "extra": own}
    meta = {"record": "meta", "schema": 2, "home": "QA", "own": own}
    imported(folder / "a.json", "".join(json_line(one) + "\n" for one in (meta, entity, source, *records)))
    imported(folder / "b.json", "".join(edit.export(store.read([str(folder / "a.json")]))))
    assert (folder / "b.json").read_bytes() == (folder / "a.json").read_bytes()
