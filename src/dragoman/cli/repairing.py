# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verb that saves what a damaged store still holds: repair."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.options import json_option
from dragoman.cli.output import line, table, waiting
from dragoman.core.codec import dump

if TYPE_CHECKING:
    from dragoman.app.repairing import Repair

_SHOWN = 20


@click.command()
@click.argument("store", required=False, metavar="[STORE]")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File of the new store; must not be there yet.")
@json_option
@click.pass_context
def repair(context: click.Context, /, store: str | None, out: Path, *, as_json: bool) -> None:
    """Save what a damaged SQLite store still holds into a new one; the old file is only read.

    Every page is read for itself, and every row is checked against the hash that it carries: altered texts, claims and
    judgements are left out, never passed on. Documents whose coding may lack claims are coded again by `dragoman code`.
    Leaves with 7 when something was lost.

    \b
    Example:
      dragoman repair desk.db --out saved.db && dragoman --store saved.db code && dragoman --store saved.db resolve
    """
    from dragoman.app import repairing  # noqa: PLC0415  SQLAlchemy: only verbs that open a store need it

    config = context.obj.config(**({"store": store} if store else {}))
    with waiting("Reading what is left"):
        done = repairing.repair(config, out)
    if as_json:
        click.echo(dump(done))
    else:
        _print(done)
    if not done.lossless:
        context.exit(7)


def _print(done: "Repair") -> None:
    names = ("documents", "sightings", "codings", "claims", "judgements", "reprints")
    rows: list[tuple[str, object]] = [(name, f"{getattr(done, name):,}") for name in names]
    table((f"saved into {done.out}", "number"), rows)
    for document in done.lost_documents[:_SHOWN]:
        line(f"lost: the text of document {document}", stderr=True)
    if len(done.lost_documents) > _SHOWN:
        line(f"… and {len(done.lost_documents) - _SHOWN:,} more; --json lists all", stderr=True)
    if done.bad_cells:
        line(f"lost: {done.bad_cells:,} entries of pages that could not be read", stderr=True)
    for fault in done.faults:
        line(f"lost: rows of {fault.table} ({fault.saved:,} saved): {fault.fault}", stderr=True)
    if done.to_code_again:
        line(f"{done.to_code_again:,} documents are to be coded again: dragoman --store {done.out} code", stderr=True)
    if done.lossless:
        line("nothing is known to be missing" + ("" if done.sound else "; what was damaged held no rows"))


COMMANDS = (repair,)
