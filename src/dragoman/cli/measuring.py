# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory's verb that measures the desk: lab desk."""

from pathlib import Path

import click

from dragoman.app.made_up_store import fill
from dragoman.cli.exporting import lab
from dragoman.cli.options import json_option
from dragoman.cli.output import line, table
from dragoman.export.tables import json_text


@lab.command()
@click.argument("path", metavar="PATH", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--events", type=click.IntRange(min=100), default=100_000, show_default=True, help="Events to make up, about.")
@click.option("--askings", type=click.IntRange(min=1), default=20, show_default=True, help="How often each address is asked.")
@json_option
@click.pass_context
def desk(context: click.Context, /, path: Path, *, events: int, askings: int, as_json: bool) -> None:
    """Measure how long the desk takes for each page and each address for programs.

    PATH is the store to measure on. If it is not there, it is filled with a made-up record, which takes minutes for 100,000
    events; it is kept for the next time.

    \b
    Example:
      dragoman lab desk made-up.db --events 20000
    """
    from dragoman.web.timing import open_desk, time_desk  # noqa: PLC0415  the web takes half a second that no other verb needs

    config = context.obj.config(store=str(path))
    fill(config, events)
    opened_desk, opened = open_desk(config)
    timed = list(time_desk(opened_desk, askings=askings))
    if as_json:
        click.echo(json_text({"opened": opened, "timed": timed}))
        return
    held = f"{opened.events:,} events, {opened.claims:,} claims, {opened.documents:,} documents"
    line(f"{held}; first snapshot {opened.seconds:.1f} s")
    cells = (
        (one.address, one.status, f"{one.first:.0f}", f"{one.p50:.0f}", f"{one.p95:.0f}", f"{one.cpu_p95:.0f}") for one in timed
    )
    table(("address", "status", "first ms", "p50 ms", "p95 ms", "p95 CPU ms"), cells)


COMMANDS = ()
