# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs that read and code: run, ingest, code, resolve."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click
import msgspec

from dragoman.app import usecases
from dragoman.app.engines import EngineName
from dragoman.app.running import HARMLESS, RunReport
from dragoman.cli.options import input_options, json_option
from dragoman.cli.output import console, line, table, waiting
from dragoman.core.claims import Problem
from dragoman.core.codec import dump
from dragoman.core.errors import FetchError, InputError
from dragoman.ingest import FIELDS, IngestOptions

FINISHED_WITH_PROBLEMS = 7
_SHOWN = 20
"""Problems printed one by one; the rest is counted."""

sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
workers_option = click.option(
    "--workers", type=click.IntRange(min=0), help="Processes that code; 0 works in this one. Each takes about 0.5 GB."
)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who codes: rules, llm (a language model, which is sent the texts) or a plug-in's name."
)
gate_option = click.option(
    "--gate/--no-gate", default=None, help="Parse only what may hold a claim by its words (the default), or everything."
)


@click.command()
@sources_argument
@input_options
@workers_option
@coder_option
@gate_option
@click.option("--lake", metavar="DIR|URL", help="Write Parquet files there (folder or s3://bucket/folder), not the store.")
@click.option(
    "--engine",
    type=click.Choice([name.value for name in EngineName]),
    default=EngineName.LOCAL.value,
    show_default=True,
    help="What codes for a lake: this machine, or a Ray cluster (extra dragoman[ray]; RAY_ADDRESS names it).",
)
@json_option
@click.pass_context
def run(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    workers: int | None,
    coder: str | None,
    *,
    as_json: bool,
    **inputs: Any,  # noqa: ANN401  as declared
) -> None:
    """Read, code and store documents: the main job.

    A SOURCE is a file, a folder, a pattern, an address of a page or feed, or - for standard input. Read are plain text,
    Markdown, HTML, JSONL, CSV (id, title, text, published, source, url, language), PDF, e-mail, WARC and RSS/Atom, also
    compressed with .xz, .gz or .zst. Running the same input again adds nothing; stopping keeps what is done.

    \b
    Examples:
      dragoman run articles/ reports.jsonl.xz
      dragoman run notes.txt --published 2024-05-01 --source "Embassy notes"
      dragoman run table.csv --map published=day --map text=body
      dragoman run https://example.org/feed.xml --follow-links
      dragoman run 'shards/*.jsonl.xz' --engine ray --lake s3://bucket/news
    """
    lake, engine = inputs.pop("lake"), EngineName(inputs.pop("engine"))
    if engine is not EngineName.LOCAL and lake is None:
        raise InputError(f"--engine {engine} writes a lake: name it with --lake DIR")
    config = context.obj.config(run__workers=workers, coding__coder=coder, coding__gate=inputs.pop("gate"), **_fetching(inputs))
    with _progress("Reading and coding") as tell:
        if lake is None:
            report = usecases.run(sources, _options(inputs), config, progress=tell)
        else:
            from dragoman.app.lake import run_into_lake  # noqa: PLC0415  Arrow: only a lake needs it

            report = run_into_lake(sources, _options(inputs), config, lake, engine=engine, progress=tell)
    _finish(context, report, as_json=as_json)


@click.command()
@sources_argument
@input_options
@json_option
@click.pass_context
def ingest(context: click.Context, /, sources: tuple[str, ...], *, as_json: bool, **inputs: Any) -> None:  # noqa: ANN401  as declared
    """Read and store documents without coding them; `dragoman code` codes them later.

    \b
    Example:
      dragoman ingest archive.warc.gz && dragoman code
    """
    config = context.obj.config(**_fetching(inputs))
    with _progress("Reading") as tell:
        report = usecases.ingest(sources, _options(inputs), config, progress=tell)
    _finish(context, report, as_json=as_json)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@input_options
@workers_option
@coder_option
@gate_option
@click.option("--format", "form", type=click.Choice(["jsonl", "gold"]), default="jsonl", show_default=True, help="What to write.")
@click.option("--out", type=click.Path(path_type=Path), help="File for jsonl (standard output if not given), folder for gold.")
@json_option
@click.pass_context
def code(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    workers: int | None,
    coder: str | None,
    form: str,
    out: Path | None,
    *,
    as_json: bool,
    **inputs: Any,  # noqa: ANN401  as declared
) -> None:
    """Code files straight to codings without a store; without SOURCE, code what the store holds uncoded.

    \b
    Examples:
      dragoman code                                   stored documents that this version has not coded
      dragoman code in.jsonl --out codings.jsonl      one coding with its claims a line
      dragoman code in.jsonl --format gold --out DIR  one JSON file per document in the gold shape
    """
    config = context.obj.config(run__workers=workers, coding__coder=coder, coding__gate=inputs.pop("gate"), **_fetching(inputs))
    if not sources:
        with _progress("Coding") as tell:
            report = usecases.code_stored(config, progress=tell)
        _finish(context, report, as_json=as_json)
        return
    if form == "gold" and out is None:
        raise InputError("--format gold writes one file per document: name a folder with --out DIR")
    problems: list[Problem] = []
    pairs = _without_problems(usecases.code_files(sources, _options(inputs), config), problems)
    with waiting("Coding"):
        count = usecases.write_gold(pairs, out) if form == "gold" and out is not None else _write_codings(pairs, out)
    line(f"{count} documents written to {out or 'standard output'}", stderr=True)
    for problem in problems[:_SHOWN]:
        line(problem_line(problem), stderr=True)
    if any(problem.code not in HARMLESS for problem in problems):
        context.exit(FINISHED_WITH_PROBLEMS)


@click.command()
@json_option
@click.pass_context
def resolve(context: click.Context, /, *, as_json: bool) -> None:
    """Link near copies and merge reports of the same event; print what the record holds.

    Events are computed from claims and judgements, and kept: only groups of reports that new documents, codings or
    judgements touch are computed anew. The record is the same, byte for byte, as one computed from scratch.
    """
    overview = usecases.resolve_store(context.obj.config())
    if as_json:
        click.echo(dump(overview))
        return
    rows = [(name.replace("_", " "), value) for name, value in msgspec.structs.asdict(overview).items()]
    table(("", "number"), rows)


def problem_line(problem: Problem) -> str:
    """One problem in one line: where, what, and what to do."""
    remedy = f"; {problem.remedy}" if problem.remedy else ""
    # A file's name may hold line ends, and so may what a library complains of.
    return " ".join(f"{problem.where}: {problem.what}{remedy} [{problem.code}]".split())


def _without_problems(items: Iterator[Any], problems: list[Problem]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            problems.extend(item[1].problems)
            yield item


def _write_codings(pairs: Iterator[Any], out: Path | None) -> int:
    with out.open("wb") if out else nullcontext(sys.stdout.buffer) as stream:
        count = 0
        for _, coding in pairs:
            stream.write(dump(coding) + b"\n")
            count += 1
        stream.flush()
    return count


def _fetching(inputs: dict[str, Any]) -> dict[str, bool | None]:
    """Take the options that are settings of fetching out of an input's options."""
    no_cache = inputs.pop("no_cache")
    return {"fetch__allow_private": inputs.pop("allow_private"), "fetch__cache": False if no_cache else None}


def _options(inputs: dict[str, Any]) -> IngestOptions:
    mapping = {}
    for pair in inputs.pop("mapping"):
        field, equals, column = pair.partition("=")
        if not equals or field not in FIELDS:
            raise InputError(f"--map {pair}: write FIELD=COLUMN with one of the fields {', '.join(FIELDS)}")
        mapping[field] = column
    return IngestOptions(mapping=mapping, **inputs)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[RunReport], None] | None]:
    """A bar on standard error, only where somebody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (  # noqa: PLC0415  only where somebody watches
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=10),
        TimeElapsedColumn(),
        TextColumn("{task.fields[state]}"),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, state="")

        def tell(report: RunReport) -> None:
            done = report.coded + report.known
            claims = sum(report.claims.values())
            rate = done / report.seconds if report.seconds else 0
            problems = f", {len(report.failed):,} problems" if report.failed else ""
            bar.update(task, state=f"{done:,} documents, {claims:,} claims, {rate:.1f}/s{problems}")

        yield tell


def _finish(context: click.Context, /, report: RunReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(dump(report))
    else:
        _print_report(report, verbose=context.obj.verbosity > 0)
    if report.failed:
        context.exit(FetchError.exit_code if _nothing_fetched(report) else FINISHED_WITH_PROBLEMS)


def _nothing_fetched(report: RunReport) -> bool:
    """Whether addresses were all that was asked for, and none of them came."""
    return report.documents == 0 and all(problem.where.startswith(("http://", "https://")) for problem in report.failed)


def _print_report(report: RunReport, *, verbose: bool) -> None:
    shown = report.problems if verbose else report.problems[:_SHOWN]
    for problem in shown:
        line(problem_line(problem), stderr=True)
    if len(shown) < len(report.problems):
        line(f"… and {len(report.problems) - len(shown):,} more; -v prints all", stderr=True)
    rows: list[tuple[str, object]] = [
        ("documents read", f"{report.documents:,}"),
        ("new", f"{report.new:,}"),
        ("already known", f"{report.known:,}"),
        ("coded now", f"{report.coded:,}"),
        ("reprints linked", f"{report.reprints:,}"),
    ]
    rows += [(f"claims: {kind}", f"{number:,}") for kind, number in report.claims.items()]
    by_code: dict[str, int] = {}
    for problem in report.problems:
        by_code[problem.code] = by_code.get(problem.code, 0) + 1
    rows += [(f"problems: {kind}", f"{number:,}") for kind, number in sorted(by_code.items())]
    table(("", "number"), [*rows, ("seconds", f"{report.seconds:.1f}")])


COMMANDS = (run, ingest, code, resolve)
