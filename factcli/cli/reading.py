"""The command that reads articles; what it does is imported when it is run."""

from __future__ import annotations

from typing import Any

import click

from factcli.cli.options import DISPLAY, HELP, with_help

VIEW = [parameter for parameter in DISPLAY if parameter.name not in ("fields", HELP.name)]


@click.command("read", params=VIEW)
@click.argument("files", metavar="FILE|-...", nargs=-1, required=True)
@click.option("--published", metavar="DATE", help="The day of publication, by which `yesterday` is read.")
@click.option("--source", metavar="ID", help="The id of the source that the facts cite [default: the name of FILE].")
@click.option("--title", metavar="TEXT", help="The title of the article [default: its first line].")
@click.option("--url", metavar="URL", help="The address of the article.")
@click.option("--slots", is_flag=True, help="Write the values that are found, one a line of JSON, in place of facts.")
@click.option("--all", "all_candidates", is_flag=True, help="Show improbable candidates as well.")
@click.pass_context
def read_command(
    context: click.Context, /, files: tuple[str, ...], slots: bool, all_candidates: bool, **options: Any
) -> int:
    """Find candidate facts in articles: dates, partners, sums, with the sentences that they stand in.

    FILE is a text in UTF-8, or JSON Lines of articles with "text", and "id", "published", "title" and "url" where they
    are known. What is found is a proposal, to be read and corrected before it is imported. Names of the entities of the
    fact file are recognized.

    \b
    factcli read article.txt --published 2025-03-13
    factcli read article.txt --jsonl > candidates.jsonl
    """
    from factcli.cli.articles import read_articles

    return read_articles(context, files, slots, all_candidates, options)


COMMANDS = with_help({"read": read_command})
