# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory's verbs that measure speed and size: lab performance, resolving, desk."""

from pathlib import Path

import click
import msgspec

from dragoman.app.made_up_store import fill
from dragoman.cli.laboratory import lab
from dragoman.cli.options import json_option
from dragoman.cli.output import line, table
from dragoman.export.tables import json_text


@lab.command()
@click.argument("shared", type=click.Path(path_type=Path, exists=False, file_okay=False))
@click.option("--quick", is_flag=True, help="Smaller samples.")
@click.option("--part", "parts", multiple=True, help="Only this part: speed, gate, start, engines, store, together. Repeatable.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Page whose marked part is written anew.")
@json_option
@click.pass_context
def performance(
    context: click.Context, /, shared: Path, *, quick: bool, parts: tuple[str, ...], out: Path | None, as_json: bool
) -> None:
    """Measure speed and size, each figure beside its baseline in the same run.

    SHARED holds corpus/, gold/dev/ and bench/; what is not there is said to be skipped.

    \b
    Example:
      dragoman lab performance ../shared --quick --part speed
    """
    from dragoman.app import performing  # noqa: PLC0415  only the bench needs it

    rows = []
    for row in performing.performance(context.obj.config(), shared, performing.QUICK if quick else performing.FULL, parts):
        rows.append(row)
        line(" · ".join(filter(None, msgspec.structs.astuple(row))), stderr=True)
    if out is not None:
        performing.write_page(out, rows)
    if as_json:
        click.echo(json_text(rows))
    elif out is None:
        table(("part", "figure", "value", "counts"), (msgspec.structs.astuple(row) for row in rows))


@lab.command()
@click.option("--claims", default=100_000, show_default=True, help="Claims to resolve from scratch.")
@click.option("--kept", default=30_000, show_default=True, help="Claims that are there when documents are added.")
@click.option("--added", default=100, show_default=True, help="Documents added to them.")
@json_option
def resolving(claims: int, kept: int, added: int, *, as_json: bool) -> None:
    """Measure resolving on made-up reports: time, peak memory, and what added documents compute anew.

    \b
    Example:
      dragoman lab resolving --claims 10000 --kept 3000
    """
    from dragoman.lab.bench_resolving import resolving_rows  # noqa: PLC0415  only this command needs it

    rows = tuple(resolving_rows(claims, kept, added))
    if as_json:
        click.echo(json_text(rows))
    else:
        table(("part", "figure", "value", "counts"), (msgspec.structs.astuple(row) for row in rows))


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
