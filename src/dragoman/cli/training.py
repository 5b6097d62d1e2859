# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory's verbs that train the compact models anew: lab train."""

from pathlib import Path

import click
import msgspec

from dragoman.cli.laboratory import lab
from dragoman.cli.options import json_option
from dragoman.cli.output import line, table
from dragoman.core.ports import TrainingRecipe
from dragoman.export.tables import json_text


@lab.group()
def train() -> None:
    """Train the compact models anew; needs `pip install 'dragoman[train]'`."""


@train.command("metonymy")
@click.option(
    "--bench", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True, help="Folder of the metonymy bench."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write the model into.")
@click.option(
    "--names",
    type=(click.Path(path_type=Path, exists=True, file_okay=False), click.Path(path_type=Path, exists=True, file_okay=False)),
    metavar="RECORDS TEXTS",
    help="Folder of annotated names to train on too, and the folder of the texts that they point to.",
)
@click.option("--base", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of the pretrained MiniLM.")
@click.option("--folds", type=click.IntRange(min=0), default=5, show_default=True, help="Folds to measure with; 0 only trains.")
@click.option("--out-of-fold", type=click.Path(path_type=Path, dir_okay=False), help="File for what the folds' models say.")
@json_option
def train_metonymy(
    bench: Path,
    out: Path,
    names: tuple[Path, Path] | None,
    base: Path | None,
    folds: int,
    out_of_fold: Path | None,
    *,
    as_json: bool,
) -> None:
    """Train the model that tells a place from its government, and measure it by cross-validation.

    Takes hours on one processor with folds, half an hour without. `coding.metonymy` names the folder to use.

    \b
    Example:
      dragoman lab train metonymy --bench bench/metonymy --names annotations/metonymy-1 shared --out metonymy-model
    """
    from dragoman.app.training_metonymy import NamesBeside  # noqa: PLC0415  only training needs it
    from dragoman.app.training_metonymy import train_metonymy as trained  # noqa: PLC0415

    beside = NamesBeside(*names) if names else None
    rows = tuple(trained(bench, out, beside=beside, base=base, count=folds, out_of_fold=out_of_fold))
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


@train.command("contacts")
@click.option(
    "--labels",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of the labelled sentences: annotations/contacts-1.",
)
@click.option(
    "--shared",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of the texts that they were drawn from.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write the model into.")
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True, help="Processors to use.")
@json_option
def train_contacts(labels: Path, shared: Path, out: Path, *, threads: int, as_json: bool) -> None:
    """Train the model that finds contacts where no rule does: half an hour on one processor.

    A sixth of the documents is held back, and what is measured on them goes into the model's card. `coding.contacts` names the
    folder to use.

    \b
    Example:
      dragoman lab train contacts --labels annotations/contacts-1 --shared ../shared --out contact-model
    """
    from dragoman.app.training_contacts import train_contacts as trained  # noqa: PLC0415  only training needs it

    card = trained(labels, shared, out, _tell, threads=threads)
    if as_json:
        click.echo(json_text(card))
    else:
        table(("figure", "value"), ((name, f"{value:.3f}") for name, value in card.figures.items()))
        line(f"{card.name} {card.version} written to {out}")


def _tell(what: str) -> None:
    line(what, stderr=True)


COMMANDS = ()
