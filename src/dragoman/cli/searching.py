# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verb that looks words up: search."""

import click

from dragoman.app.desk import Desk
from dragoman.app.searching import FoundRow, Kind, Search
from dragoman.cli.options import json_option, restricted_option
from dragoman.cli.output import console, line, passage
from dragoman.export.tables import json_text


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})  # -word is a word
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--in",
    "kind",
    type=click.Choice([one.value for one in Kind]),
    help="What is looked through; all unless told.",
)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most of each kind.")
@json_option
@restricted_option
@click.pass_context
def search(
    context: click.Context,
    /,
    words: tuple[str, ...],
    *,
    kind: str | None,
    limit: int,
    as_json: bool,
    restricted: bool | None,
) -> None:
    """Look words up in documents, claims, and the names of actors and persons, the newest first.

    All words must stand there, in any order; case, accents and apostrophes do not matter, so that Erdogan finds Erdoğan.
    "prisoner exchange" finds words side by side, negotiat* any ending, -Doha leaves out what names Doha.

    \b
    Examples:
      dragoman search Erdogan ceasefire
      dragoman search '"prisoner exchange" -Doha' --in claims
    """
    config = context.obj.written("search as json", restricted=restricted) if as_json else context.obj.screen()
    asked = Search(Desk(config).snapshot(), config, " ".join(words))
    kinds = [Kind(kind)] if kind else list(Kind)
    found = {one: asked.matches(one) for one in kinds}
    if as_json:
        rows = {
            one.value: {"total": len(some), "items": [asked.row(match) for match in some[:limit]]} for one, some in found.items()
        }
        click.echo(json_text(rows))
        return
    for one, some in found.items():
        if some or kind:
            line(f"{one.value}: {len(some)}{f', the first {limit}' if len(some) > limit else ''}")
        for match in some[:limit]:
            _print(asked.row(match))
    if not any(found.values()):
        line("nothing holds these words; try fewer or other words, or a beginning with a star, such as negotiat*")


def _print(row: FoundRow) -> None:
    out = console()
    when = str(row.when) if row.when else ("" if row.events is not None else "undated")
    count = f"{row.events} event{'s' * (row.events != 1)}" if row.events is not None else None
    out.print(f"  {' · '.join(filter(None, (when, row.title, row.source, count, row.id)))}", style="bold")
    if row.pieces:
        out.print("    ", passage(row.pieces), sep="")


COMMANDS = (search,)
