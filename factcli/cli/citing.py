"""The commands that lead to the sources of facts; imported when one of them is run or listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factcli.cli import FOUND, NOTHING_FOUND, write_notes
from factcli.cli.options import ID, IDS, LANG, ids_given, read_facts, with_help
from factcli.terminal import is_terminal, language, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcli.model import Facts, Note, Source

CITATION_STYLES = ("text", "bibtex", "ris", "csl-json")


@click.command(
    "cite",
    params=[
        IDS,
        click.Option(["--style"], type=click.Choice(CITATION_STYLES), default="text", help="The style of citations."),
        LANG,
    ],
)
@click.pass_context
def cite_command(context: click.Context, /, ids: tuple[str, ...], style: str, lang: str | None) -> int:
    """Cite the sources of facts as text, BibTeX, RIS or CSL-JSON.

    ID is that of a fact, of a source, or of an entity, for the sources of its facts; - reads ids from standard input.
    Each source is cited once. Zotero reads RIS and CSL-JSON, pandoc reads BibTeX and CSL-JSON.

    \b
    factcli cite us-om-tow-2023
    factcli timeline tow --fields id | factcli cite - --style bibtex > sources.bib
    """
    from factcli.lexicon import Lexicon
    from factcli.reports.citations import citations

    lang, lexicon = lang or language(), Lexicon()
    sources, notes = sources_of(ids_given(ids), read_facts(context))
    text = citations(sources, style, lang, lexicon) if sources or style == "csl-json" else ""
    if text and style == "text" and is_terminal():
        text = on_screen(text, lang, lexicon.label("columns", "sources"))
    write(text)
    write_notes(notes, lang)
    return FOUND if sources and not notes else NOTHING_FOUND


def sources_of(ids: Sequence[str], facts: Facts) -> tuple[list[Source], list[Note]]:
    """The sources with these ids, or that facts or the facts of entities with these ids cite; notes on what is absent.

    Each source occurs once, in order.
    """
    from factcli.model import ENTITY, SOURCE, Note
    from factcli.reports.citations import cited_sources
    from factcli.reports.entries import facts_of
    from factcli.search import with_ids
    from factcli.search.ids import sorts_of_ids

    found, notes = sorts_of_ids(ids, facts)
    cited: list[str] = []
    for sort, one in found:
        of_id = facts_of(sort, one, facts) if sort == ENTITY else [hit.fact for hit in with_ids([one], facts).hits]
        names = [one] if sort == SOURCE else cited_sources(of_id)
        cited += names
        notes += () if names else (Note("no-source", {"id": one}),)
    distinct = list(dict.fromkeys(cited))
    absent = [Note("unknown-source", {"id": one}) for one in distinct if one not in facts.sources]
    return [facts.sources[one] for one in distinct if one in facts.sources], [*notes, *absent]


def on_screen(text: str, lang: str, label: dict[str, str]) -> str:
    """The lines of a text fitted to the terminal, with Arabic in the form that it needs, each under a label."""
    import sys

    from factcli import terminal
    from factcli.formats.table import serialize
    from factcli.model import Column, Table, View

    view = View(lang=lang, bidi=terminal.bidi_form("auto", sys.stdout), width=terminal.width())
    table = Table([Column("citation", label)], [[line] for line in text.splitlines()], cards=True)
    return "".join(serialize(table, view))


@click.command("open", params=[ID, LANG])
@click.pass_context
def open_command(context: click.Context, /, one: str, lang: str | None) -> int:
    """Open the source of a fact in the browser; print its address.

    ID is that of a fact or of a source.
    """
    import webbrowser

    from factcli.model import Note
    from factcli.terminal.pager import lent
    from factcli.text.unsafe import is_web_address

    lang = lang or language()
    sources, notes = sources_of([one], read_facts(context))
    addresses = [url for source in sources if is_web_address(url := source.get("URL") or "")]
    if not addresses:
        write_notes(notes or [Note("no-url", {"id": one})], lang)
        return NOTHING_FOUND
    write("".join(f"{address}\n" for address in addresses))
    with lent():  # the browser may be one for the terminal
        are_open = all(webbrowser.open(address) for address in addresses)
    if not are_open:
        write_notes([Note("no-browser", {})], lang)
        return NOTHING_FOUND
    return FOUND


COMMANDS = with_help({"cite": cite_command, "open": open_command})
