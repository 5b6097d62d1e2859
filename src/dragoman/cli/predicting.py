# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The laboratory's verbs that answer benchmarks in their own shapes: lab predict."""

from pathlib import Path

import click

from dragoman.app import usecases
from dragoman.cli.laboratory import lab
from dragoman.cli.options import together
from dragoman.cli.output import line

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


COMMANDS = ()
