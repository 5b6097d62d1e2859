# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that ask what the record amounts to: talks, roles, positions, commitments, readouts."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
import msgspec

from dragoman.app import asking, records
from dragoman.app.config import Config
from dragoman.cli.options import json_option, restricted_option, since_option, together, until_option
from dragoman.cli.output import line, table, waiting
from dragoman.export.tables import json_text, write_csv
from dragoman.report.commitments import CommitmentRow
from dragoman.report.positions import PositionRow
from dragoman.report.readouts import AlignmentRow, ReadoutRow
from dragoman.report.roles import RoleRow
from dragoman.report.talks import TalksRow, status_words
from dragoman.report.words import day

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
    restricted_option,
)


def _config(context: click.Context, form: str, restricted: bool | None) -> Config:  # noqa: FBT001
    """A table is for the terminal, all else may be passed on."""
    settings = context.obj
    what = f"{context.info_name} as {form}"
    config: Config = settings.screen() if form == "table" else settings.written(what, restricted=restricted)
    return config


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
        rows = find(_config(context, form, asked.pop("restricted")), records.Asked(**asked))
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


@click.command()
@_asking
@click.pass_context
def roles(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Who did what over a dossier: parties and third parties, roles by event and time, guarantees, mediation.

    M counts events in which a third party sat with two local parties or more, or went between them (MEND's mediation); MR those
    with one local party or with third parties alone (mediation-related).

    \b
    Examples:
      dragoman roles --dossier gaza
      dragoman roles --actor Qatar --format csv
    """
    columns = ("actor", "dossier, standing", "roles", "guarantees", "events", "M", "MR")
    _answer(context, asked, records.find_role_rows, RoleRow, columns, _role_cells)


def _role_cells(row: RoleRow) -> Iterable[object]:
    yield row.actor
    yield f"{row.dossier}, {(row.standing or 'neither').replace('_', ' ')}"
    yield "\n".join(role.replace("_", " ") for role in row.roles)
    yield "\n".join(row.guarantees)
    yield row.events
    yield row.mediation or ""
    yield row.related or ""


@click.command()
@click.argument("event", metavar="EVENT")
@json_option
@restricted_option
@click.pass_context
def readouts(context: click.Context, /, event: str, *, as_json: bool, restricted: bool | None) -> None:
    """All tellings of one event side by side: what each says, adds and leaves out, and where they conflict.

    EVENT is the id of an event or of one of its claims, or the beginning of one. The reliability of a source (A to F) is the
    desk's, from the settings; the credibility of the event (1 to 6) follows from who tells it. Neither changes what is coded. A
    source that is a side's own can be declared so:

    \b
      [sources."Foreign Ministry of Examplia"]
      grade = "B"
      actor = "TUR"

    \b
    Example:
      dragoman readouts c1f03a9d
    """
    with waiting("Resolving"):
        found = records.find_readouts(_config(context, "json" if as_json else "table", restricted), event)
    if as_json:
        click.echo(json_text(found))
        return
    line(f"{found.headline}{f', {found.when}' if found.when else ''} [{found.event}]")
    line(f"{found.independent} independent, {found.tellers} voices; credibility {found.credibility}: {found.credibility_why}")
    for conflict in found.conflicts:
        line(f"reports differ on {conflict}")
    line("")
    table(("", *(_heading(one) for one in found.readouts)), _side_by_side(found))


def _heading(row: ReadoutRow) -> str:
    whose = f"{row.side}'s word" if row.side else "press"
    return f"{whose}: {row.teller or row.source or 'unknown'}"


def _side_by_side(found: AlignmentRow) -> Iterable[tuple[str, ...]]:
    """One line for each thing compared, one column for each telling; lines that are empty throughout are left out."""
    parts: tuple[tuple[str, Callable[[ReadoutRow], Iterable[str]]], ...] = (
        ("source", lambda row: (f"{row.source or 'unknown'}, {row.reliability.value}",)),
        ("published", lambda row: (row.published.isoformat() if row.published else "unknown",)),
        ("says", lambda row: row.says),
        ("persons", lambda row: row.persons),
        ("issues", lambda row: row.issues),
        ("adds", lambda row: row.adds),
        ("leaves out", lambda row: row.leaves_out),
        ("offers", lambda row: row.offers),
        ("tone", lambda row: row.tone),
        ("words", lambda row: tuple(f"{one.sentence} [{one.claim}]" for one in row.cited)),
    )
    for name, part in parts:
        cells = [
            "\n".join(value if name == "words" else value.replace("_", " ") for value in part(row)) for row in found.readouts
        ]
        if any(cells):
            yield (name, *cells)


@click.command()
@_asking
@click.pass_context
def positions(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """How actors stand on issues, since when, and where that changed, each with the words it rests on.

    Statements and proposals of political speakers count. A stance is towards what the words speak of: open the claim before
    relying on it. JSON has every stand with all its quotations.

    \b
    Examples:
      dragoman positions --dossier gaza
      dragoman positions --actor Hamas --since 2024-05-01 --format csv
    """
    columns = ("actor", "dossier, issue", "stance", "words", "changes", "id")
    _answer(context, asked, records.find_position_rows, PositionRow, columns, _position_cells)


def _position_cells(row: PositionRow) -> Iterable[object]:
    yield row.actor
    yield f"{row.dossier}\n{row.issue.replace('_', ' ')}"
    dates = f"since {day(row.since)}" if row.since else "undated"
    last = f"last {day(row.last)}" if row.last and row.last != row.since else ""
    mixed = f"{row.unsettled} statements both ways" if row.unsettled else ""
    yield "\n".join(filter(None, (row.stance or "unsettled", dates if row.stance else "", last, mixed)))
    yield f"{row.quote}\n({row.source or 'unknown source'}, {row.statements} in all)" if row.quote else ""
    yield "\n".join(row.changes)
    yield row.claim or ""


@click.command()
@_asking
@click.pass_context
def commitments(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """The register: offers, demands and guarantees with their answers; agreements and what was said about keeping them.

    An offer is open until an answer is reported. What is said of an agreement later (kept, broken, extended, ended) is somebody's
    word and stands with whoever says so; it goes to the latest agreement that it fits, or to none.

    \b
    Examples:
      dragoman commitments --dossier gaza
      dragoman commitments --actor Turkey --format csv
    """
    columns = ("date", "what", "state", "rests on", "id")
    _answer(context, asked, records.find_commitment_rows, CommitmentRow, columns, _commitment_cells)


def _commitment_cells(row: CommitmentRow) -> Iterable[object]:
    yield row.on or "undated"
    who = " and ".join(row.by) if row.kind.startswith("agreement") else ", ".join(row.by)
    to = f" to {', '.join(row.to)}" if row.to else ""
    stage = f" [{row.stage}]" if row.stage else ""
    more = (
        ", ".join(row.dossiers),
        row.terms or "",
        f"brokered by {', '.join(row.brokers)}" if row.brokers else "",
        f"guaranteed by {', '.join(row.guarantors)}" if row.guarantors else "",
        *(f"condition: {condition}" for condition in row.conditions),
        f"deadline: {row.deadline}" if row.deadline else "",
    )
    yield "\n".join(filter(None, (f"{row.kind}{stage}: {who or 'somebody unnamed'}{to}", *more)))
    yield "\n".join((row.state, *row.words))
    proof = row.cited[0] if row.cited else None
    yield f"{proof.sentence}\n({proof.source or 'unknown source'}, {proof.claim})" if proof else ""
    yield row.id


COMMANDS = (talks, roles, positions, commitments, readouts)
