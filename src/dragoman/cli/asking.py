# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that ask the record: brief, contacts, statements, offers, violence, interactions, sources, show."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from dragoman.app import asking
from dragoman.app.config import Config
from dragoman.cli.options import (
    filter_options,
    full_text_option,
    json_option,
    restricted_option,
    since_option,
    together,
    until_option,
)
from dragoman.cli.output import console, decision, line, passage, table, waiting
from dragoman.core.claims import AnyClaim
from dragoman.core.codec import dump
from dragoman.core.errors import InputError
from dragoman.core.plover import Root
from dragoman.core.queries import ClaimKind, ClaimQuery
from dragoman.export.tables import json_text, write_csv
from dragoman.report.excerpts import printable
from dragoman.report.rows import AnyRow, ContactRow, InteractionRow, OfferRow, StatementRow, ViolenceRow, Who
from dragoman.report.source_rows import SourceRow
from dragoman.report.words import day, grade_words

_TABLE_ROWS = 50
_NAMED = 8
"""Participants named in a table's cell; CSV and JSON have all."""


@click.command()
@click.option("--dossier", help="Only this conflict or file, such as gaza.")
@since_option
@until_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write: .html or .md.")
@click.option("--title", help="Heading of the page.")
@full_text_option
@restricted_option
@json_option
@click.pass_context
def brief(
    context: click.Context,
    /,
    out: Path,
    *,
    as_json: bool,
    full_text: bool | None,
    title: str | None,
    restricted: bool | None,
    **scope: Any,  # noqa: ANN401  as declared
) -> None:
    """Write a brief: one page that can be read offline and forwarded.

    What happened, who met whom, positions, offers, where talks stand, violence and sources, newest first, each line with the
    sentence it rests on. Undated contacts stand apart; with --since or --until they are left out, and the brief says how many.

    \b
    Examples:
      dragoman brief --out brief.html
      dragoman brief --dossier gaza --since 2024-05-01 --out gaza.html
      dragoman brief --dossier ukraine --out ukraine.md
    """
    if out.suffix.lower() not in {".html", ".htm", ".md"}:
        raise InputError(f"{out}: a brief is written as .html or .md; name the file accordingly")
    config = context.obj.written(f"brief {out}", restricted=restricted, output__full_text=full_text, brief__title=title)
    _doubt(scope["dossier"])
    with waiting("Resolving and writing"):
        made = asking.write_brief(config, out, **scope)
    if as_json:
        click.echo(dump(made))
        return
    line(f"{out.absolute()}")
    line(f"{made.contacts} dated contacts, {made.undated} undated, {made.statements} statements, from {made.documents} documents")
    if made.undated_left_out:
        line(f"{made.undated_left_out} undated items left out by --since or --until")


def _query(kind: ClaimKind, row: type[AnyRow], context: click.Context, asked: dict[str, Any]) -> None:
    form = "json" if asked.pop("as_json") else asked.pop("form")
    asked.pop("form", None)
    config = _config(context, kind.value, form, asked.pop("restricted"), output__full_text=asked.pop("full_text"))
    _doubt(asked["dossier"])
    limit = asked.pop("limit") or (_TABLE_ROWS if form == "table" else None)
    answer = asking.find_rows(config, ClaimQuery(kinds=(kind,), limit=limit, **asked))
    if form == "csv":
        write_csv(answer.rows, row, sys.stdout)
    elif form == "json":
        click.echo(json_text(answer))
    else:
        _print_rows(answer.rows)
    if form != "json":
        _say_rest(answer)


def _config(context: click.Context, what: str, form: str, restricted: bool | None, **options: Any) -> Config:  # noqa: ANN401, FBT001
    """A table is for the terminal, all else may be passed on."""
    settings = context.obj
    config: Config = (
        settings.screen(**options) if form == "table" else settings.written(f"{what} as {form}", restricted=restricted, **options)
    )
    return config


def _doubt(dossier: str | None) -> None:
    """Say so where a dossier is none that is shipped: it may be misspelt, or the analyst's own."""
    hint = asking.unknown_dossier(dossier) if dossier else None
    if hint:
        line(hint, stderr=True)


def _say_rest(answer: asking.Answer) -> None:
    least = "at least " if answer.more else ""
    if answer.more or answer.total > len(answer.rows):
        line(f"{len(answer.rows):,} of {least}{answer.total:,} rows; --limit shows more", stderr=True)
    if answer.undated:
        line(
            f"{least}{answer.undated:,} more fit but have no date of their own; without --since and --until they are shown",
            stderr=True,
        )
    if not answer.total:
        line("nothing found", stderr=True)


def _print_rows(rows: tuple[AnyRow, ...]) -> None:
    if rows:
        table(("date", "what", "sentence", "document, voice", "id"), (_cells(row) for row in rows))


def _cells(row: AnyRow) -> tuple[str, ...]:
    origin = "\n".join(filter(None, (row.document, f"{row.voice}", day(row.published) if row.published else None)))
    return _date(row), _what(row), row.sentence, origin, row.id


def _date(row: AnyRow) -> str:
    if row.date_start is None and row.date_end is None:
        return f"“{row.date_words}”" if row.date_words else "undated"
    first, last = row.date_start or row.date_end, row.date_end or row.date_start
    return f"{first}" if first == last else f"{first} – {last}"


def _what(row: AnyRow) -> str:
    status = "" if row.factuality == "occurred" else f" [{row.factuality.replace('_', ' ')}]"
    match row:
        case ContactRow():
            place = ", ".join(filter(None, (row.place, row.country)))
            return "\n".join(
                [f"{row.type.replace('_', ' ')}{status}" + (f", {place}" if place else ""), *map(_who, row.participants)]
            )
        case StatementRow():
            actors = f" ({', '.join(row.actors)})" if row.actors else ""
            return f"{row.speaker}{actors}{status}\n{row.stance} on {row.issue.replace('_', ' ')}"
        case OfferRow():
            to = f" to {', '.join(row.to)}" if row.to else ""
            return f"{row.type} by {', '.join(row.by)}{to}{status}\nanswer: {row.answer}"
        case ViolenceRow():
            return f"{row.type.replace('_', ' ')}{status}\nby {row.perpetrator or 'not stated'}" + (
                f"\nin {row.place or row.country}" if row.place or row.country else ""
            )
        case InteractionRow():
            mode = f" ({row.mode})" if row.mode else ""
            return f"{row.root}{mode}{status}\nby {', '.join(row.by)}\nto {', '.join(row.to)}\nscore {row.score or 0:.2f}"
        case _:
            return row.kind


def _who(who: Who) -> str:
    name = f"{who.person} ({', '.join(filter(None, (who.office, who.actor)))})" if who.person else who.actor
    role = "" if who.role == "counterpart" else f", {who.role.replace('_', ' ')}"
    return f"{name}{role}"


@click.command()
@filter_options
@click.pass_context
def contacts(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Who met, called, visited or wrote to whom: one row for each report, newest first.

    \b
    Examples:
      dragoman contacts --actor Qatar --with Hamas --since 2024-01-01
      dragoman contacts --person Fidan --level minister --channel phone
      dragoman contacts --role mediator --dossier gaza --format csv > mediators.csv
    """
    _query(ClaimKind.ENGAGEMENT, ContactRow, context, asked)


@click.command()
@filter_options
@click.pass_context
def statements(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Who said what to or about whom.

    \b
    Examples:
      dragoman statements --actor Iran --issue nuclear
      dragoman statements --person Lavrov --with Ukraine --json
    """
    _query(ClaimKind.UTTERANCE, StatementRow, context, asked)


@click.command()
@filter_options
@click.pass_context
def offers(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Offers, demands, conditions and guarantees, and what became of them.

    \b
    Example:
      dragoman offers --actor Turkey --dossier ukraine
    """
    _query(ClaimKind.PROPOSAL, OfferRow, context, asked)


@click.command()
@filter_options
@click.pass_context
def violence(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Violent acts; --actor is the perpetrator as far as a document states one.

    \b
    Example:
      dragoman violence --dossier gaza --since 2024-05-01
    """
    _query(ClaimKind.VIOLENCE, ViolenceRow, context, asked)


@click.command()
@click.option(
    "--root",
    "types",
    type=click.Choice([root.value for root in Root], case_sensitive=False),
    multiple=True,
    metavar="TYPE",
    help="PLOVER type, such as ACCUSE or AID; may be given several times.",
)
@filter_options
@click.pass_context
def interactions(context: click.Context, /, types: tuple[str, ...], **asked: Any) -> None:  # noqa: ANN401  as declared
    """What one side did to another, as PLOVER types: pairs that a model coded where no rule tells of a contact or an act.

    --actor is who did it, --with to whom. Each row has the model's probability as its score.

    \b
    Examples:
      dragoman interactions --actor Iran --with Israel
      dragoman interactions --root SANCTION --root COERCE --format csv
    """
    _query(ClaimKind.INTERACTION, InteractionRow, context, asked | {"types": types})


@click.command()
@together(filter_options)
@click.pass_context
def sources(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401  as declared
    """What the record rests on: sources with their documents, reprints, claims and grade.

    With filters, only documents with a claim that fits are counted. Grades A to F (the Admiralty scale) come from the
    settings; a source that nobody graded is F, cannot be judged:

    \b
      [sources."Example Agency"]
      grade = "B"
      note = "Usually right on dates, vague on names"

    \b
    Example:
      dragoman sources --dossier gaza --format csv
    """
    form = "json" if asked.pop("as_json") else asked.pop("form")
    asked.pop("form", None)
    asked.pop("full_text")
    _doubt(asked["dossier"])
    config = _config(context, "sources", form, asked.pop("restricted"))
    rows = asking.find_sources(config, ClaimQuery(**asked))
    if form == "csv":
        write_csv(rows, SourceRow, sys.stdout)
    elif form == "json":
        click.echo(json_text(rows))
    else:
        columns = ("source", "documents", "reprints", "claims", "first", "last", "grade", "note")
        cells = ((r.source, r.documents, r.reprints, r.claims, r.first, r.last, grade_words(r.grade), r.note) for r in rows)
        table(columns, cells)


@click.command()
@click.argument("claim_id", metavar="CLAIM")
@full_text_option
@restricted_option
@json_option
@click.pass_context
def show(context: click.Context, /, claim_id: str, *, as_json: bool, full_text: bool | None, restricted: bool | None) -> None:
    """Print one claim in its text, the evidence marked, with what was decided about it.

    CLAIM is an id, or the beginning of one, as the other verbs print it.

    \b
    Example:
      dragoman show c1f03a9d
    """
    config = _config(context, f"claim {claim_id}", "json" if as_json else "table", restricted, output__full_text=full_text)
    shown = asking.show(config, claim_id)
    if as_json:
        click.echo(json_text(shown))
        return
    out = console()
    out.print(f"{shown.row.kind} {shown.row.id}", style="bold")
    for name, value in _described(shown.claim):
        out.print(f"  {name}: {printable(value)}")
    out.print(f"\n{printable(shown.row.title or shown.row.document)}", style="bold")
    origin = (shown.row.source, str(shown.row.published) if shown.row.published else None, shown.row.url)
    out.print(printable(", ".join(filter(None, origin)) or "source and date unknown"))
    out.print(f"says so: {printable(shown.row.voice)}\n")
    for excerpt in shown.excerpts:
        out.print(passage(excerpt.pieces))
    for judgement in shown.judgements:
        why = f": {judgement.why}" if judgement.why else ""
        out.print(printable(f"\n{decision(judgement)}, by {judgement.by}, {judgement.at:%Y-%m-%d %H:%M}{why} [{judgement.id}]"))


_LEFT_OUT = {"kind", "document", "evidence", "voices", "content", "terms", "outcome_evidence"}


def _described(claim: AnyClaim) -> list[tuple[str, str]]:
    """The claim's fields in words, without spans and unknown ones."""
    fields = msgspec.to_builtins(claim)
    return [(name.replace("_", " "), text) for name, value in fields.items() if name not in _LEFT_OUT and (text := _text(value))]


def _text(value: Any) -> str:  # noqa: ANN401  builtins of any shape
    if isinstance(value, dict):
        return ", ".join(f"{name} {text}" for name, inner in value.items() if name != "span" and (text := _text(inner)))
    if isinstance(value, list | tuple):
        return "; ".join(text for inner in value if (text := _text(inner)))
    return "" if value is None else str(value)


COMMANDS = (brief, contacts, statements, offers, violence, interactions, sources, show)
