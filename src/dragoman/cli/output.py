"""How the command line prints: tables and marks on a terminal, safe text, JSON for machines, errors without noise."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from dragoman.core.judgements import Judgement
from dragoman.report.excerpts import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDE = 200
"""Columns assumed where output is no terminal, so that tables in files are not squeezed."""


def console(*, stderr: bool = False) -> "Console":
    """A console that takes no markup from what it prints."""
    from rich.console import Console  # noqa: PLC0415  a tenth of a second that --json and --help do not need

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDE
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def line(text: str, *, stderr: bool = False) -> None:
    """Print one line; characters that steer a terminal are replaced."""
    click.echo(printable(text), err=stderr)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
    """Print a table; cells are text, never markup."""
    from rich.table import Table  # noqa: PLC0415  as above
    from rich.text import Text  # noqa: PLC0415

    built = Table(title=title, title_justify="left", show_edge=False, pad_edge=False, header_style="bold", box=None)
    for column in columns:
        built.add_column(column, overflow="fold", ratio=None)
    for row in rows:
        built.add_row(*(Text(printable("" if cell is None else str(cell)).strip()) for cell in row))
    console().print(built)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A moving sign on standard error while something takes its time, only where somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(what):
        yield


def passage(pieces: Iterable[Any]) -> "Text":
    """Pieces of an excerpt with the evidence in bold reverse."""
    from rich.text import Text  # noqa: PLC0415  as above

    text = Text()
    for piece in pieces:
        text.append(printable(piece.text), style="bold reverse" if piece.marked else "")
    return text


def decision(judgement: Judgement) -> str:
    """What a judgement decides in one line: "correct channel = phone"."""
    if judgement.undoes:
        return f"undoes {judgement.undoes}"
    detail = (
        " ".join(filter(None, (judgement.field, f"= {judgement.value or 'unknown'}"))) if judgement.field else judgement.value
    )
    return f"{judgement.verdict.value} {detail or ''}".strip()
