# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs by which an analyst decides: accept, reject, correct, merge, split, assign, undo, list."""

import click
import msgspec

from dragoman.analysis.agreement import FORMULA
from dragoman.app import asking, judging
from dragoman.app.second_coding import coders_agree
from dragoman.cli.options import json_option
from dragoman.cli.output import decision, line, table
from dragoman.core.judgements import Judgement
from dragoman.core.vocab import Verdict
from dragoman.export.tables import json_text

why_option = click.option("--why", help="Reason, kept with the decision.")
claim_argument = click.argument("claim_id", metavar="CLAIM")


@click.group()
def review() -> None:
    """Decide about claims: accept, reject, correct, merge, split, assign.

    Decisions are added, never overwritten: they survive re-coding, `review list` shows them and `review undo` takes one
    back. They are signed with the setting `analyst`, else with your login name.

    \b
    Examples:
      dragoman review reject c1f03a9d --why "the report was withdrawn"
      dragoman review correct c1f03a9d --field channel --value phone
      dragoman review merge c1f03a9d c77e10b2 --why "same meeting, two readouts"
    """


@review.command()
@claim_argument
@why_option
@click.pass_context
def accept(context: click.Context, /, claim_id: str, why: str | None) -> None:
    """Say that a claim is right."""
    _said(judging.judge(context.obj.screen(), Verdict.ACCEPT, [claim_id], why=why))


@review.command()
@claim_argument
@why_option
@click.pass_context
def reject(context: click.Context, /, claim_id: str, why: str | None) -> None:
    """Say that a claim is wrong; it leaves briefs and answers."""
    _said(judging.judge(context.obj.screen(), Verdict.REJECT, [claim_id], why=why))


@review.command()
@claim_argument
@click.option("--field", required=True, help="Path such as channel, when.start or participants.0.role.")
@click.option("--value", help="The right value; leave it out to make the field unknown.")
@why_option
@click.pass_context
def correct(context: click.Context, /, claim_id: str, field: str, value: str | None, why: str | None) -> None:
    """Set one field of a claim right."""
    _said(judging.judge(context.obj.screen(), Verdict.CORRECT, [claim_id], field=field, value=value, why=why))


@review.command()
@click.argument("claim_ids", metavar="CLAIM CLAIM...", nargs=-1, required=True)
@why_option
@click.pass_context
def merge(context: click.Context, /, claim_ids: tuple[str, ...], why: str | None) -> None:
    """Say that claims tell of one event."""
    _said(judging.judge(context.obj.screen(), Verdict.MERGE, claim_ids, why=why))


@review.command()
@click.argument("claim_ids", metavar="CLAIM CLAIM...", nargs=-1, required=True)
@why_option
@click.pass_context
def split(context: click.Context, /, claim_ids: tuple[str, ...], why: str | None) -> None:
    """Say that the first claim tells of another event than the others."""
    _said(judging.judge(context.obj.screen(), Verdict.SPLIT, claim_ids, why=why))


@review.command()
@claim_argument
@click.argument("dossiers", nargs=-1, required=True)
@why_option
@click.pass_context
def assign(context: click.Context, /, claim_id: str, dossiers: tuple[str, ...], why: str | None) -> None:
    """Put a claim on one dossier or several, in place of those it was coded with."""
    config = context.obj.screen()
    for hint in filter(None, (asking.unknown_dossier(dossier, config) for dossier in dossiers)):
        line(hint, stderr=True)
    _said(judging.judge(config, Verdict.ASSIGN, [claim_id], value=",".join(dossiers), why=why))


@review.command()
@click.argument("judgement_id", metavar="JUDGEMENT")
@why_option
@click.pass_context
def undo(context: click.Context, /, judgement_id: str, why: str | None) -> None:
    """Take a decision back."""
    _said(judging.undo(context.obj.screen(), judgement_id, why=why))


@review.command("list")
@json_option
@click.pass_context
def list_(context: click.Context, /, *, as_json: bool) -> None:
    """Print all decisions, oldest first, and which of them apply to nothing since documents were coded anew.

    A decision finds its claim by id, else by the words that were judged. Where a newer coding says something else there, a
    decision on what the claim says is to be made anew.
    """
    made = judging.decisions(context.obj.screen())
    if as_json:
        click.echo(
            json_text(
                [{"id": j.id, "not_attached": loose, "taken_back": undone, **msgspec.to_builtins(j)} for j, loose, undone in made]
            )
        )
        return
    rows = (
        (
            f"{j.at:%Y-%m-%d %H:%M}",
            j.by,
            decision(j),
            ", ".join(j.claims),
            j.why,
            j.id,
            "taken back" if undone else loose or "yes",
        )
        for j, loose, undone in made
    )
    table(("when", "who", "decision", "claims", "why", "id", "applies"), rows)


@review.command()
@json_option
@click.pass_context
def agreement(context: click.Context, /, *, as_json: bool) -> None:
    """Print how far coders agree (Krippendorff's alpha, nominal) on what two or more of them answered.

    Items are coded on the desk, under Review, Second coding; decisions made in review count as answers too.
    """
    found = coders_agree(context.obj.config())
    if as_json:
        click.echo(json_text(msgspec.to_builtins(found)))
        return
    rows = (
        (
            one.field,
            "undefined" if one.alpha is None else f"{one.alpha:.3f}",
            one.units,
            "" if one.same is None else f"{one.same:.0%}",
            ", ".join(one.coders),
        )
        for one in found
    )
    table(("question", "alpha", "units", "same", "coders"), rows)
    line(FORMULA, stderr=True)


def _said(judgement: Judgement) -> None:
    line(f"{decision(judgement)}: {', '.join(judgement.claims)} [{judgement.id}]")


COMMANDS = (review,)
