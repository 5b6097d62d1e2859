"""Predictions for the time-expression bench: one row per document, in the bench's own shape."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from dragoman.core.ports import Parser
from dragoman.core.text import Span
from dragoman.core.vocab import Setting
from dragoman.read.reading import Sentence
from dragoman.read.times import read_timexes


class DatesRow(msgspec.Struct, frozen=True):
    """One bench document: `dct` is its creation time, an ISO date with or without a time of day."""

    id: str
    text: str
    dct: str | None = None


class Timex(msgspec.Struct, frozen=True):
    """One predicted TIMEX3 expression."""

    start: int
    end: int
    text: str
    type: str
    value: str


class DatesPrediction(msgspec.Struct, frozen=True):
    """The expressions of one document."""

    id: str
    timexes: tuple[Timex, ...]


def predict_dates(rows: Iterable[DatesRow], parser: Parser) -> Iterator[DatesPrediction]:
    """Read the time expressions of bench documents, in order."""
    kept = tuple(rows)
    for row, parse in zip(kept, parser.parse(row.text for row in kept), strict=True):
        sentences = tuple(
            Sentence(
                index=index,
                span=Span(parse.tokens[first].start, parse.tokens[last - 1].end),
                tokens=(first, last),
                setting=Setting.BODY,
            )
            for index, (first, last) in enumerate(parse.sentences)
        )
        anchor = date.fromisoformat(row.dct[:10]) if row.dct else None
        times = read_timexes(row.text, parse, sentences, anchor, "published" if anchor else None)
        yield DatesPrediction(row.id, tuple(Timex(t.span.start, t.span.end, t.span.of(row.text), t.kind, t.value) for t in times))
