# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verbs of a lake: query, load."""

import sys

import click
import msgspec

from dragoman.cli.options import json_option
from dragoman.cli.output import line, table

lake_option = click.option(
    "--lake", "address", required=True, metavar="DIR|URL", help="The lake: a folder or s3://bucket/folder."
)


@click.group()
def lake() -> None:
    """Ask a lake of Parquet files that `dragoman run --lake` wrote, or load a part of it into a store."""


@lake.command()
@click.argument("question", metavar="SQL")
@lake_option
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Most rows that are shown.")
@json_option
def query(question: str, address: str, limit: int, *, as_json: bool) -> None:
    """Answer one question in SQL over the tables claims and documents; nothing else can be read.

    \b
    Examples:
      dragoman lake query "SELECT year, kind, count(*) FROM claims GROUP BY ALL ORDER BY ALL" --lake news
      dragoman lake query "SELECT quote, url FROM claims WHERE list_contains(actors, 'QAT') AND type = 'call'" --lake news
    """
    from dragoman.app.lake import ask_lake  # noqa: PLC0415  Arrow and DuckDB: only a lake needs them

    answer = ask_lake(address, question, limit=limit)
    if as_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        sys.stdout.buffer.write(msgspec.json.encode(rows, enc_hook=str) + b"\n")
        return
    table(answer.columns, answer.rows)


@lake.command()
@lake_option
@click.option("--where", required=True, metavar="SQL", help="Condition on claims; whole documents are loaded.")
@json_option
@click.pass_context
def load(context: click.Context, /, address: str, where: str, *, as_json: bool) -> None:
    """Put the documents with a claim that fits, with all their claims, into the store, and resolve it.

    \b
    Example:
      dragoman --store gaza.db lake load --lake news --where "list_contains(dossiers, 'gaza') AND year >= 2023"
    """
    from dragoman.app.lake import load_from_lake  # noqa: PLC0415  Arrow and DuckDB: only a lake needs them

    report = load_from_lake(address, where, context.obj.config())
    if as_json:
        click.echo(msgspec.json.encode(report).decode())
        return
    line(f"{report.documents:,} documents, {report.new:,} new, with {report.claims_added:,} new claims")


COMMANDS = (lake,)
