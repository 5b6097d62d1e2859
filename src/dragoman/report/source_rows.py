"""Sources as rows: how much of the record rests on each."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.claims import (
    AnyClaim,
)
from dragoman.core.ids import DocumentId
from dragoman.core.text import Document
from dragoman.core.vocab import Reliability

UNKNOWN_SOURCE = "unknown source"
"""What documents without a source are listed under."""


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One source: how much of the record rests on it and what the desk thinks of it."""

    source: str
    documents: int
    reprints: int
    """Of these, how many repeat another document."""
    claims: int
    first: date | None = None
    last: date | None = None
    grade: Reliability = Reliability.F
    note: str | None = None


def source_rows(
    documents: Iterable[Document],
    claims: Iterable[AnyClaim],
    copies: frozenset[DocumentId],
    grades: Mapping[str, tuple[Reliability, str | None]],
) -> tuple[SourceRow, ...]:
    """Count documents and claims by source, most used first; a source that `grades` does not name cannot be judged."""
    counts: dict[DocumentId, int] = {}
    for claim in claims:
        counts[claim.document] = counts.get(claim.document, 0) + 1
    by_source: dict[str, list[Document]] = {}
    for document in documents:
        by_source.setdefault(document.source or UNKNOWN_SOURCE, []).append(document)
    rows = (_source_row(name, found, counts, copies, grades) for name, found in by_source.items())
    return tuple(sorted(rows, key=lambda row: (-row.documents, row.source)))


def _source_row(
    name: str,
    documents: list[Document],
    counts: Mapping[DocumentId, int],
    copies: frozenset[DocumentId],
    grades: Mapping[str, tuple[Reliability, str | None]],
) -> SourceRow:
    dates = sorted(document.published for document in documents if document.published)
    grade, note = grades.get(name, (Reliability.F, None))
    return SourceRow(
        source=name,
        documents=len(documents),
        reprints=sum(document.id in copies for document in documents),
        claims=sum(counts.get(document.id, 0) for document in documents),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        grade=grade,
        note=note,
    )
