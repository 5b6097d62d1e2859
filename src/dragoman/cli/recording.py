# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that ask what the record amounts to: talks."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
import msgspec

from dragoman.app import asking, records
from dragoman.cli.options import json_option, since_option, together, until_option
from dragoman.cli.output import line, table, waiting
from dragoman.export.tables import json_text, write_csv
from dragoman.report.talks import TalksRow, status_words

R = TypeVar("R", bound=msgspec.Struct)

_asking = together(
    click.option("--dossier", help="Conflict or file, such as gaza, ukraine, iran_nuclear."),
    click.option("--actor", help="A name or code, such as Qatar, QAT or HAMAS."),
    since_option,
    until_option,
    click.option("--limit", type=click.IntRange(min=1), help="Most rows to print."),
    click.option(
        "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="How to print."
    ),
    json_option,
)


def _answer(
    context: click.Context,
    asked: dict[str, Any],
    find: Callable[..., Sequence[R]],
    row: type[R],
    columns: Sequence[str],
    cells: Callable[[R], Iterable[object]],
) -> None:
    """Ask, and print rows as a table, CSV or JSON."""
    form = "json" if asked.pop("as_json") else asked.pop("form")
    asked.pop("form", None)
    hint = asking.unknown_dossier(asked["dossier"]) if asked.get("dossier") else None
    if hint:
        line(hint, stderr=True)
    with waiting("Resolving"):
        rows = find(context.obj.config(), records.Asked(**asked))
    if form == "csv":
        write_csv(rows, row, sys.stdout)
    elif form == "json":
        click.echo(json_text(rows))
    elif rows:
        table(columns, (tuple(cells(one)) for one in rows))
    if form != "json" and not rows:
        line("nothing found", stderr=True)


@click.command()
@_asking
@click.pass_context
def talks(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Where talks stand: tracks with their rounds, level and status, each with the sentence it rests on.

    Named processes (Astana, Luanda …) and tracks inferred from the same sides meeting with the same third parties. The number of
    a round is what reports say; beside it stands its place among the rounds on record. JSON has all rounds and the whole history.

    \b
    Examples:
      dragoman talks --dossier gaza
      dragoman talks --actor Turkey --since 2024-01-01 --json
    """
    _answer(context, asked, records.find_talks_rows, TalksRow, ("talks", "status", "rounds", "rests on", "id"), _talks_cells)


def _talks_cells(row: TalksRow) -> Iterable[object]:
    named = row.name if row.named else f"{row.name} [inferred]"
    thirds = f"with {', '.join(row.third_parties[:5])}" if row.third_parties else ""
    yield "\n".join(filter(None, (named, row.dossier or "", ", ".join(row.parties[:6]), thirds)))
    yield "\n".join([status_words(row), *(f"before: {status_words(step)}" for step in reversed(row.history[-4:-1]))])
    latest = f"latest: {row.latest_round}" if row.latest_round else "no round on record"
    ahead = f"planned: {row.next_round}" if row.next_round else ""
    yield "\n".join(filter(None, (latest, ahead, *row.findings)))
    yield f"{row.sentence}\n({row.source or 'unknown source'}, {row.claim})" if row.sentence else ""
    yield row.id


COMMANDS = (talks,)
