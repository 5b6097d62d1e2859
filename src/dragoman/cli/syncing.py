# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs about who is known: actors sync, actors explain."""

from datetime import date

import click

from dragoman.app.syncing import Line, SyncReport, sync_actors, undo_sync
from dragoman.cli.options import day, json_option
from dragoman.cli.output import line, table, waiting
from dragoman.core.codec import dump
from dragoman.export.tables import json_text

_SHOWN = 50
"""Changes and conflicts printed one by one; the rest is counted."""


@click.group()
def actors() -> None:
    """Look into who is known, and keep what is known of office-holders up to date."""


@actors.command()
@click.option("--state", "states", metavar="CODE", multiple=True, help="Only this state, such as TUR; may be given again.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--undo", is_flag=True, help="Go back to what was synced before, or to the hand-written facts alone.")
@json_option
@click.pass_context
def sync(context: click.Context, /, states: tuple[str, ...], *, dry_run: bool, undo: bool, as_json: bool) -> None:
    """Refresh office-holders from Wikidata, beside the hand-written facts.

    Asked for are heads of state and government, foreign ministers and heads of intelligence services, with the dates and
    the precision that Wikidata gives. They are kept in a file of their own; hand-written facts win, and conflicts are listed.

    \b
    Examples:
      dragoman actors sync --dry-run --state TUR --state QAT
      dragoman actors sync
      dragoman actors sync --undo
    """
    if undo and (dry_run or states):
        raise click.UsageError("--undo goes back as a whole: give it alone")
    config = context.obj.config()
    with waiting("Asking Wikidata" if not undo else "Going back"):
        report = undo_sync(config) if undo else sync_actors(config, states, dry_run=dry_run)
    if as_json:
        click.echo(dump(report))
    else:
        _print(report, undo=undo)


def _print(report: SyncReport, *, undo: bool) -> None:
    if report.changes:
        table(("", "state", "level", "who", "post", "from", "to"), (_cells(one) for one in report.changes[:_SHOWN]))
    _more(len(report.changes), "changes")
    for conflict in report.conflicts[:_SHOWN]:
        line(
            f"conflict: {conflict.name}, {conflict.level} of {conflict.code}: {conflict.ours} here, "
            f"{conflict.theirs} in Wikidata ({conflict.item}); the hand-written dates hold",
            stderr=True,
        )
    _more(len(report.conflicts), "conflicts")
    line(_summary(report, undo=undo))


def _more(count: int, what: str) -> None:
    if count > _SHOWN:
        line(f"… and {count - _SHOWN:,} more {what}; --json prints all", stderr=True)


def _cells(one: Line) -> tuple[object, ...]:
    return one.sign, one.code, one.level, one.name, one.office, one.start, one.end


def _summary(report: SyncReport, *, undo: bool) -> str:
    counts = f"{report.tenures:,} tenures, {len(report.changes):,} changes, {len(report.conflicts):,} conflicts"
    if undo:
        return f"{counts}; now in use: {report.file or 'the hand-written facts alone'}"
    if report.dry_run:
        return f"{counts}; a dry run: nothing was written"
    return f"{counts}; " + (f"written to {report.file}; --undo goes back" if report.file else "no news: nothing was written")


@actors.command()
@click.argument("text")
@click.option("--date", "on", type=day, metavar="DATE", help="The day of the text, YYYY-MM-DD: posts are looked up for it.")
@json_option
@click.pass_context
def explain(context: click.Context, /, text: str, on: date | None, *, as_json: bool) -> None:
    """Say who a sentence or phrase speaks of, and why.

    Each mention comes with its actor, codes, post, and the reason and score of the decision; where a post stands without a name,
    with those who held it that day by the tables.

    \b
    Examples:
      dragoman actors explain "The top Turkish diplomat met Hamas' political head." --date 2024-04-20
      dragoman actors explain "opposition lawmakers in Nairobi"
    """
    from dragoman.app.explaining import Explained  # noqa: PLC0415  loads gazetteers and the parser
    from dragoman.app.explaining import explain as explained  # noqa: PLC0415

    found = explained(context.obj.config(), text, on)
    if as_json:
        click.echo(json_text(found))
        return
    if not found:
        line("nobody known is mentioned")
        return

    def who(one: Explained) -> str:
        post = ", ".join(filter(None, (one.office, one.level.replace("_", " ") if one.level else None)))
        codes = " ".join(str(code) for code in (one.code, one.sector, one.country, one.cow) if code)
        return "\n".join(filter(None, (one.person, post, one.actor, codes)))

    def why(one: Explained) -> str:
        holders = [f"{each.person}: {each.reason} ({each.score:.2f})" for each in one.holders]
        return "\n".join([one.reason, *holders])

    table(("words", "what", "who", "why", "score"), ((o.words, o.kind, who(o), why(o), f"{o.score:.2f}") for o in found))


@actors.command()
@click.argument("named", metavar="[NAME]", required=False)
@json_option
@click.pass_context
def people(context: click.Context, /, named: str | None, *, as_json: bool) -> None:
    """List the persons of the store, joined across documents, with why each name was joined.

    A person whom no table knows is told by name, actor and level. A surname that fits several is not joined and says whom it
    may be. A join is undone by correcting the name in its claim (`dragoman review correct CLAIM --field participants.0.person`).

    \b
    Example:
      dragoman actors people Haniyeh
    """
    from dragoman.app.people import people as known  # noqa: PLC0415  opens the store

    found = known(context.obj.screen(), named)
    if as_json:
        click.echo(json_text(found))
        return
    for person in found:
        post = ", ".join(filter(None, (person.office, person.actor.name)))
        line(f"{person.name} ({post}): {len(person.documents)} documents, {len(person.joins)} claims")
        if person.maybe:
            line(f"  may be {' or '.join(person.maybe)}")
        if named:
            for join in person.joins:
                line(f"  {join.claim} {join.name}: {join.reason} ({join.score:.2f})")
    if not found:
        line("no such person in the store" if named else "no persons in the store")


COMMANDS = (actors,)
