# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory: how well documents are read."""

from pathlib import Path

import click
import msgspec

from dragoman.app import usecases
from dragoman.cli.options import json_option
from dragoman.cli.output import line, table
from dragoman.core.errors import InputError
from dragoman.export.tables import json_text
from dragoman.lab.score import score_directories
from dragoman.lab.tally import Rates


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


COMMANDS = (lab,)
