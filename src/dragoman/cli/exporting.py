# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verb that hands the record to other tools: export."""

from datetime import date
from pathlib import Path

import click

from dragoman.app import usecases
from dragoman.app.exporting import ExportFormat, write_export
from dragoman.app.judged_gold import export_judged
from dragoman.app.records import Asked
from dragoman.cli.options import full_text_option, restricted_option, since_option, until_option
from dragoman.cli.output import line
from dragoman.core.ids import DossierId
from dragoman.export.record_tables import KINDS


@click.group(invoke_without_command=True)
@click.option("--format", "form", type=click.Choice([each.value for each in ExportFormat]), help="The shape to write.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; a folder for a format of several files.")
@click.option("--table", type=click.Choice(list(KINDS)), help="With csv or parquet: only this table, as one file.")
@click.option("--dossier", help="Conflict or file, such as gaza, ukraine, iran_nuclear.")
@click.option("--actor", help="Name or code of an actor, such as Qatar, QAT or HAMAS.")
@since_option
@until_option
@restricted_option
@click.pass_context
def export(  # noqa: PLR0913  one argument for each option
    context: click.Context,
    /,
    *,
    form: str | None,
    out: Path | None,
    table: str | None,
    dossier: str | None,
    actor: str | None,
    since: date | None,
    until: date | None,
    restricted: bool | None,
) -> None:
    """Write the record in the shapes of other tools, each line with the sentence that it rests on.

    What each format holds, what it loses and what stays empty is in docs/exports.md.

    \b
    Examples:
      dragoman export --format xlsx --out record.xlsx
      dragoman export --format csv --out tables/
      dragoman export --format atom --dossier gaza --out gaza.atom
      dragoman export --format mend --dossier gaza --out mend.csv
      dragoman export --format ics --since 2024-05-01 --out planned.ics
    """
    if context.invoked_subcommand is not None:
        return
    if form is None or out is None:
        raise click.UsageError("say what to write with --format and where with --out")
    if table is not None and form not in _MANY:
        raise click.UsageError("--table goes with --format csv or parquet alone")
    if table is None and form in _MANY and out.suffix.lower() == f".{form}":
        raise click.UsageError(
            f"the record has several tables: name one with --table, or give a folder or a .zip file instead of {out}"
        )
    config = context.obj.written(f"export {form} {out}", restricted=restricted)
    asked = Asked(dossier=DossierId(dossier) if dossier else None, actor=actor, since=since, until=until)
    made, files = write_export(config, ExportFormat(form), asked, out, table=table)
    line(f"{len(files)} files written to {out}" if len(files) > 1 else f"{files[0]} written")
    if made.undated:
        line(f"{made.undated} without a day of their own are left out of the period", stderr=True)
    for one in made.left_out[:_SHOWN]:
        line(f"left out: {one}", stderr=True)
    if len(made.left_out) > _SHOWN:
        line(f"… and {len(made.left_out) - _SHOWN} more", stderr=True)


_MANY = frozenset({ExportFormat.CSV.value, ExportFormat.PARQUET.value})
"""Formats with a file for each table."""
_SHOWN = 20
"""Lines about what the format could not hold."""


@export.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for one JSON file per document."
)
@click.option("--judged", is_flag=True, help="Only what analysts accepted or corrected, as gold to score against.")
@click.option("--partial", is_flag=True, help="With --judged: also documents in which some engagements were not judged.")
@full_text_option
@restricted_option
@click.pass_context
def gold(
    context: click.Context,
    /,
    *,
    out: Path,
    judged: bool,
    partial: bool,
    full_text: bool | None,
    restricted: bool | None,
) -> None:
    """Write each stored document's claims in the gold shape, as <id>.json.

    With --judged these are a gold of your own: documents whose engagements were all accepted, corrected or rejected, as they are
    after it, with the text beside where the licence or --full-text allows it. What the coder missed is not in it: such a gold
    measures what is reported, not what is found.

    \b
    Examples:
      dragoman export gold --out predictions/ && dragoman lab score gold/ predictions/
      dragoman export gold --judged --out own-gold/ && dragoman lab score own-gold/ predictions/
    """
    if partial and not judged:
        raise click.UsageError("--partial goes with --judged alone")
    config = context.obj.written(f"export gold {out}", restricted=restricted)
    if not judged:
        line(f"{usecases.export_gold(config, out)} files written to {out}")
        return
    written = export_judged(config, out, partial=partial, full_text=bool(full_text) or config.output.full_text)
    line(f"{len(written.files)} files written to {out}, {written.texts} with their text")
    for name, done, of in written.waiting[:_SHOWN]:
        line(f"left out: {name}: {done} of {of} engagements are judged", stderr=True)
    if len(written.waiting) > _SHOWN:
        line(f"… and {len(written.waiting) - _SHOWN} more", stderr=True)


COMMANDS = (export,)
