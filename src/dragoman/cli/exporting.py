# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that hand the record to other tools, and the laboratory."""

from datetime import date
from pathlib import Path

import click
import msgspec

from dragoman.app import usecases
from dragoman.app.exporting import ExportFormat, write_export
from dragoman.app.judged_gold import export_judged
from dragoman.app.records import Asked
from dragoman.cli.options import full_text_option, json_option, restricted_option, since_option, together, until_option
from dragoman.cli.output import line, table
from dragoman.core.errors import InputError
from dragoman.core.ids import DossierId
from dragoman.core.ports import TrainingRecipe
from dragoman.export.record_tables import KINDS
from dragoman.export.tables import json_text
from dragoman.lab.score import score_directories
from dragoman.lab.tally import Rates


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


@click.group()
def lab() -> None:
    """Measure how well documents are read."""


@lab.command()
@click.argument("gold_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("pred_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option
def score(gold_dir: Path, pred_dir: Path, *, as_json: bool) -> None:
    """Score predictions in the gold shape against annotations.

    \b
    Example:
      dragoman lab score gold/ predictions/ --json
    """
    scores = score_directories(gold_dir, pred_dir)
    if not scores.documents:
        raise InputError(f"{gold_dir}: holds no annotated document (NAME.json beside NAME.txt); check the folder")
    if as_json:
        click.echo(json_text(scores))
        return
    rates = [(name, each) for name in scores.__struct_fields__ if isinstance(each := getattr(scores, name), Rates)]
    rates += [(f"end to end: {name}", each) for name, each in scores.end_to_end.items()]
    table(
        ("figure", *Rates.__struct_fields__), ((name.replace("_", " "), *msgspec.structs.astuple(each)) for name, each in rates)
    )
    alarms = scores.false_alarms
    empty, clean = alarms.documents_without_engagements, alarms.kept_clean
    line(f"\n{scores.documents_predicted} of {scores.documents} documents predicted")
    line(f"false alarms: {alarms.spurious_engagements} engagements, in {empty - clean} of {empty} documents without any")


@lab.command()
@click.argument("gold_dir", type=click.Path(path_type=Path, exists=False, file_okay=False))
@click.option("--full", is_flag=True, help="Also measure what takes longer.")
@click.option(
    "--fresh", type=click.Path(path_type=Path, file_okay=False), help="A batch of annotations kept as offsets into the corpus."
)
@json_option
@click.pass_context
def bench(context: click.Context, /, gold_dir: Path, *, full: bool, fresh: Path | None, as_json: bool) -> None:
    """Measure accuracy on gold, and speed and memory beside bare spaCy.

    GOLD_DIR holds dev/ and seeds/; corpus/ and bench/ are looked for beside it. What is not there is said to be skipped.

    \b
    Example:
      dragoman lab bench ../shared/gold --fresh annotations/fresh-2
    """
    from dragoman.app.benching import bench as measured  # noqa: PLC0415  only the bench needs it

    rows = tuple(measured(context.obj.config(), gold_dir, full=full, fresh=fresh))
    if as_json:
        click.echo(json_text(rows))
    else:
        table(("part", "figure", "value", "counts"), (msgspec.structs.astuple(row) for row in rows))


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
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--sample", "size", default=300, show_default=True, help="Documents to read, the same ones each time.")
@click.option("--top", default=100, show_default=True, help="Names to print.")
@json_option
@click.pass_context
def unresolved(context: click.Context, /, corpus: Path, *, size: int, top: int, as_json: bool) -> None:
    """Print the commonest names of a corpus that stand for nobody known: what the tables may lack.

    CORPUS is a folder of .jsonl or .jsonl.xz files with id, text and date.

    \b
    Example:
      dragoman lab unresolved ../shared/corpus --sample 300
    """
    rows = usecases.lab_unresolved(context.obj.config(), corpus, size, top)
    if as_json:
        click.echo(json_text(rows))
    else:
        table(("name", "label", "count", "documents", "example"), (msgspec.structs.astuple(row) for row in rows))


bench_options = together(
    click.option(
        "--in", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="File to read."
    ),
    click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write, one JSON a line."),
)


@lab.group()
def predict() -> None:
    """Write predictions for a benchmark in its own shape."""


@predict.command()
@bench_options
@click.pass_context
def dates(context: click.Context, /, source: Path, out: Path) -> None:
    """Write the time expressions of texts: the input holds JSON lines with id, text and dct (the day of writing).

    \b
    Example:
      dragoman lab predict dates --in dates.jsonl --out predictions.jsonl
    """
    count = usecases.lab_predict_dates(context.obj.config(), source, out)
    line(f"{count} lines written to {out}")


@predict.command()
@bench_options
def places(source: Path, out: Path) -> None:
    """Write where given place names lie: the input holds JSON lines with id, text and toponyms (start, end, phrase).

    \b
    Example:
      dragoman lab predict places --in places.jsonl --out predictions.jsonl
    """
    line(f"{usecases.lab_predict_places(source, out)} lines written to {out}")


@predict.command()
@bench_options
@click.pass_context
def actors(context: click.Context, /, source: Path, out: Path) -> None:
    """Write who mentions stand for: country, sector, name.

    The input holds JSON lines with id, text (the mention) and, where known, context, date and known_country; or with id, text (a
    sentence) and phrase (a mention in it), for which the coordinate actors are written.

    \b
    Example:
      dragoman lab predict actors --in resolution.jsonl --out predictions.jsonl
    """
    line(f"{usecases.lab_predict_actors(context.obj.config(), source, out)} lines written to {out}")


@predict.command()
@bench_options
@click.pass_context
def metonymy(context: click.Context, /, source: Path, out: Path) -> None:
    """Write whether given place names stand for the place: the input holds JSON lines with id, corpus, text, start and end.

    The corpus (relocar, semeval07-loc or gwn) says by whose guideline; "literal" is the place, "metonymic" what stands behind it.

    \b
    Example:
      dragoman lab predict metonymy --in gwn.jsonl --out predictions.jsonl
    """
    line(f"{usecases.lab_predict_metonymy(context.obj.config(), source, out)} lines written to {out}")


@predict.command()
@bench_options
@click.pass_context
def relations(context: click.Context, /, source: Path, out: Path) -> None:
    """Write what marked sources did to marked targets: a table with id, sentence, source, target and marked.

    Each line has id, root (a PLOVER type, YIELD for CONCEDE and RETREAT), quad (1 to 4) and binary (1 conflict).

    \b
    Example:
      dragoman lab predict relations --in PLV_test.tsv --out predictions.jsonl
    """
    line(f"{usecases.lab_predict_relations(context.obj.config(), source, out)} lines written to {out}")


@lab.group()
def train() -> None:
    """Train the compact models anew; needs `pip install 'dragoman[train]'`."""


@train.command("metonymy")
@click.option(
    "--bench", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True, help="Folder of the metonymy bench."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write the model into.")
@click.option("--base", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of the pretrained MiniLM.")
@click.option("--folds", type=click.IntRange(min=0), default=5, show_default=True, help="Folds to measure with; 0 only trains.")
@click.option("--out-of-fold", type=click.Path(path_type=Path, dir_okay=False), help="File for what the folds' models say.")
@json_option
def train_metonymy(bench: Path, out: Path, base: Path | None, folds: int, out_of_fold: Path | None, *, as_json: bool) -> None:
    """Train the model that tells a place from its government, and measure it by cross-validation.

    Takes hours on one processor with folds, half an hour without. `coding.metonymy` names the folder to use.

    \b
    Example:
      dragoman lab train metonymy --bench bench/metonymy --out metonymy-model
    """
    from dragoman.app.training_metonymy import train_metonymy as trained  # noqa: PLC0415  only training needs it

    rows = tuple(trained(bench, out, base=base, count=folds, out_of_fold=out_of_fold))
    if as_json:
        click.echo(json_text(rows))
    else:
        table(("corpus", "weights", "accuracy", "± sd over folds", "rows"), rows)
        line(f"model written to {out}")


@train.command("relations")
@click.option(
    "--in",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="PLV_train.tsv of the bench.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the model into.")
@click.option("--validate", is_flag=True, help="Measure by five-fold cross-validation instead of writing a model.")
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True, help="Processors to use.")
@json_option
def train_relations(source: Path, out: Path | None, *, validate: bool, threads: int, as_json: bool) -> None:
    """Train the model that codes interactions: minutes on two processors, five times as long to measure it.

    With the same packages on the same kind of processor the same weights come out. `coding.relations` names the folder to use.

    \b
    Examples:
      dragoman lab train relations --in PLV_train.tsv --out relation-model
      dragoman lab train relations --in PLV_train.tsv --validate
    """
    from dragoman.app import training_relations  # noqa: PLC0415  only training needs it

    recipe = TrainingRecipe(threads=threads)
    if validate:
        found = list(training_relations.validate_relations(source, recipe, _tell))
        if as_json:
            click.echo(json_text(found))
        else:
            rows = ((each.model, *(f"{score:.3f}" for score in msgspec.structs.astuple(each.scores))) for each in found)
            table(("model", "root", "quad", "binary"), rows)
    elif out is None:
        raise click.UsageError("name a folder for the model with --out, or ask for --validate")
    else:
        card = training_relations.train_relations(source, out, recipe, _tell)
        line(f"{card.name} {card.version} written to {out}")


def _tell(what: str) -> None:
    line(what, stderr=True)


COMMANDS = (export, lab)
