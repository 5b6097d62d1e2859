# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory's verb that fits the weights of main statements: lab train salience."""

from pathlib import Path

import click

from dragoman.cli.output import line
from dragoman.cli.training import train

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@train.command("salience")
@click.option("--gold", type=_FOLDER, multiple=True, required=True, help="Gold folder; counts twice. May be given several times.")
@click.option("--batch", type=_FOLDER, multiple=True, help="Annotations kept without texts. May be given several times.")
@click.option("--corpus", type=_FOLDER, help="Folder that holds the texts of the batches.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="TOML file to write.")
@click.pass_context
def train_salience(
    context: click.Context, /, gold: tuple[Path, ...], batch: tuple[Path, ...], corpus: Path | None, out: Path
) -> None:
    """Fit the weights by which the main statements of a document are told: a minute on one processor.

    The shipped weights are `dragoman/knowledge/lexicons/salience.toml`; the same annotations give the same weights.

    \b
    Example:
      dragoman lab train salience --gold gold/dev --batch annotations/fresh-1 --corpus corpus --out salience.toml
    """
    from dragoman.app.training_salience import train_salience as trained  # noqa: PLC0415  only training needs it
    from dragoman.lab.salience import write_weights  # noqa: PLC0415

    if batch and corpus is None:
        raise click.UsageError("name the folder with the texts of the batches with --corpus")
    fit = trained(context.obj.config(), gold, batch, corpus)
    out.write_text(write_weights(fit), encoding="utf-8")
    line(f"{len(fit.weights)} weights written to {out}")


COMMANDS = ()
