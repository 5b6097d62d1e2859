# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that analyse the record: channels, carriers, profile, coalitions, tension."""

from typing import Any

import click

from dragoman.analysis.mediators import BALANCE_FORMULA, Profile
from dragoman.app import analysing
from dragoman.cli.options import day, json_option, restricted_option, together
from dragoman.cli.output import line, table
from dragoman.export.tables import json_text
from dragoman.report.findings import HopRow, Reference, RouteRow, Wording
from dragoman.report.words import dossier_name, words

looking_options = together(
    click.option(
        "--as-of", type=day, metavar="DATE", help="Day to look from. Default: the last on which a stored document was published."
    ),
    click.option(
        "--half-life",
        type=click.FloatRange(min=1),
        default=180.0,
        show_default=True,
        help="Days after which a contact counts half.",
    ),
    json_option,
    restricted_option,
)
dossier_option = click.option("--dossier", help="Conflict or file, such as gaza, ukraine, iran_nuclear.")
limit_option = click.option("--limit", type=click.IntRange(min=1), default=25, show_default=True, help="Most rows to print.")


def _ground(context: click.Context, asked: dict[str, Any]) -> analysing.Ground:
    """A table is for the terminal, JSON may be passed on."""
    settings, what = context.obj, f"{context.info_name} as json"
    config = settings.written(what, restricted=asked["restricted"]) if asked["as_json"] else settings.screen()
    return analysing.ground(config, as_of=asked["as_of"], half_life=asked["half_life"])


@click.command()
@click.option("--actor", help="Only this actor's channels: a name or code.")
@dossier_option
@limit_option
@looking_options
@click.pass_context
def channels(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Who is in touch with whom: dialogue channels, strongest first.

    \b
    Examples:
      dragoman channels --dossier gaza
      dragoman channels --actor Qatar --as-of 2024-06-01
    """
    ground = _ground(context, asked)
    found = analysing.find_channels(ground, dossier=asked["dossier"], actor=asked["actor"], limit=asked["limit"])
    if asked["as_json"]:
        click.echo(json_text(found))
        return
    columns = ("between", "strength", "state", "last", "contacts", "level", "dossiers", "latest contact")
    rows = (
        (
            f"{row.left} – {row.right}",
            f"{row.strength:.2f}",
            row.liveliness,
            row.last or "undated",
            row.contacts,
            row.level,
            ", ".join(row.dossiers),
            _reference(row.latest[0]),
        )
        for row in found.channels
    )
    table(columns, rows, title=f"Channels as of {found.as_of}")
    if found.one_way:
        table(
            ("addresses", "whom", "claims"),
            ((row.by, row.to, len(row.claims)) for row in found.one_way),
            title="\nAddressed without recorded contact",
        )
    if found.bridges:
        line("without a detour: " + "; ".join(f"{left} – {right}" for left, right in found.bridges[:10]), stderr=True)
    _rest(found.total, len(found.channels))
    line(found.formula, stderr=True)


@click.command()
@click.argument("sender")
@click.argument("receiver")
@dossier_option
@click.option("--longest", type=click.IntRange(1, 2), default=2, show_default=True, help="Most carriers on a path.")
@limit_option
@looking_options
@click.pass_context
def carriers(context: click.Context, /, sender: str, receiver: str, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Who could carry a message from SENDER to RECEIVER: paths with their last contacts and what speaks against them.

    \b
    Example:
      dragoman carriers "United States" Hamas
    """
    ground = _ground(context, asked)
    found = analysing.find_routes(
        ground, sender, receiver, dossier=asked["dossier"], longest=asked["longest"], limit=asked["limit"]
    )
    if asked["as_json"]:
        click.echo(json_text(found))
        return
    columns = ("score", "by way of", "last contacts", "for", "against")
    rows = (
        (
            f"{route.score:.2f}",
            ", ".join(route.carriers) or "direct",
            "\n".join(_hop(hop) for hop in route.hops),
            _speaks_for(route),
            "\n".join(each.why for each in route.against),
        )
        for route in found.routes
    )
    table(columns, rows, title=f"From {found.sender} to {found.receiver}, as of {found.as_of}")
    if not found.routes:
        line("the record knows no path; a longer record or no --dossier may", stderr=True)
    line(found.formula, stderr=True)


def _hop(hop: HopRow) -> str:
    return f"{hop.sender} → {hop.receiver} ({hop.strength:.2f}): " + _reference(hop.latest[0])


def _reference(one: Reference) -> str:
    place = f", {one.place}" if one.place else ""
    return f"{one.when}: {one.what}{place} [{one.event[:8]}]"


def _speaks_for(route: RouteRow) -> str:
    parts = [f"stood between both: {_reference(one)}" for one in route.joint[:2]]
    if route.relays:
        parts.append(f"{route.relays} time(s) in touch with one, then the other, within 14 days")
    return "\n".join(parts)


@click.command()
@click.argument("actor")
@looking_options
@click.pass_context
def profile(context: click.Context, /, actor: str, **asked: Any) -> None:  # noqa: ANN401  as declared
    """A third party's profile: roles, access to the parties, balance, offers, outcomes, criticism with its voices.

    \b
    Example:
      dragoman profile Qatar
    """
    ground = _ground(context, asked)
    found = analysing.find_profile(ground, actor)
    if asked["as_json"]:
        click.echo(json_text(found))
        return
    _print_profile(found, ground.wording)
    line(BALANCE_FORMULA, stderr=True)


def _print_profile(found: Profile, wording: Wording) -> None:
    line(f"{wording.name(found.actor)} as a third party")
    for one in found.dossiers:
        roles = ", ".join(f"{words(held.role)} in {len(held.events)}" for held in one.roles) or "no third-party role stated"
        line(f"\n{dossier_name(one.dossier)}: {roles}")
        table(
            ("reaches", "contacts", "highest level", "last", "strength"),
            (
                (wording.name(each.party), len(each.events), words(each.level), each.last or "undated", f"{each.strength:.2f}")
                for each in one.access
            ),
        )
        if one.unreached:
            line("no contact with " + ", ".join(wording.name(party) for party in one.unreached))
        for balance in one.balances:
            _print_balance(balance, wording)
        for outcome, events in one.outcomes:
            line(f"outcome {words(outcome)}: {len(events)}")
    offers = found.offers
    line(f"\noffers and guarantees: {len(offers.accepted)} accepted, {len(offers.refused)} refused, {len(offers.open)} open")
    for each in found.criticism:
        line(f"{words(each.stance)} by {each.speaker} [{each.claim[:8]}]")


def _print_balance(balance: Any, wording: Wording) -> None:  # noqa: ANN401  one of the profile's balances
    if balance.share is None or balance.interval is None:
        return
    first, second = (" and ".join(wording.name(key) for key in side) for side in balance.sides)
    low, high = balance.interval
    warm, cold = ([len(getattr(tone, name)) for tone in balance.tone] for name in ("warm", "cold"))
    line(
        f"contacts {balance.contacts[0]} with {first}, {balance.contacts[1]} with {second}: share {balance.share:.2f} "
        f"({low:.2f} to {high:.2f}); warm words {warm[0]} : {warm[1]}, cold words {cold[0]} : {cold[1]}"
    )


@click.command()
@click.argument("dossier")
@limit_option
@looking_options
@click.pass_context
def coalitions(context: click.Context, /, dossier: str, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Joint mediation in DOSSIER: what pairs and trios of third parties add over the best of them alone.

    \b
    Example:
      dragoman coalitions gaza
    """
    ground = _ground(context, asked)
    found = analysing.find_coalitions(ground, dossier, limit=asked["limit"])
    if asked["as_json"]:
        click.echo(json_text(found))
        return
    rows = (
        (
            ", ".join(row.members),
            f"+{row.gain} over {row.best_alone}",
            "\n".join(row.reach),
            ", ".join(row.unreached),
            f"{row.redundancy:.2f}",
            len(row.joint),
            ", ".join(row.adds_issues),
        )
        for row in found.coalitions
    )
    columns = ("together", "gain", "reach", "not reached", "redundancy", "joint work", "adds issues")
    table(columns, rows, title=f"Joint mediation: {dossier_name(dossier)}, as of {found.as_of}")
    if not found.coalitions:
        line("the record has no two third parties in touch with this dossier's parties", stderr=True)
    line(found.caution, stderr=True)
    line(found.formula, stderr=True)


@click.command()
@dossier_option
@looking_options
@click.pass_context
def tension(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Violence, threats and breakdowns by dossier against what was usual. Not a forecast.

    \b
    Examples:
      dragoman tension
      dragoman tension --dossier ukraine
    """
    ground = _ground(context, asked)
    found = analysing.find_tension(ground, dossier=asked["dossier"])
    if asked["as_json"]:
        click.echo(json_text(found))
        return
    rows = (
        (
            row.dossier + (f": {' – '.join(row.dyad)}" if row.dyad else ""),
            row.course,
            f"{row.level:.1f}",
            "unknown" if row.usual is None else f"{row.usual:.1f}",
            row.reason.partition("; ")[2],
            ", ".join(one[:8] for one in (*row.claims, *row.events)[:4]),
        )
        for row in found.tension
    )
    columns = ("dossier", "course", "level", "usual", "why", "claims and events")
    table(columns, rows, title=f"Tension as of {found.as_of} (not a forecast)")
    for actor, spread in found.spillover:
        line(f"in several dossiers: {actor} ({', '.join(f'{dossier_name(one)} {n}' for one, n in spread)})", stderr=True)
    line(found.formula, stderr=True)


def _rest(total: int, shown: int) -> None:
    if total > shown:
        line(f"{shown:,} of {total:,} rows; --limit shows more", stderr=True)
    if not total:
        line("nothing found", stderr=True)


COMMANDS = (channels, carriers, profile, coalitions, tension)
