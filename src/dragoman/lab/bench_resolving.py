"""How long resolving takes on made-up reports, from scratch and when some are added, and whether both give the same record."""

import random
import time
from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.codec import dump
from dragoman.core.records import Record
from dragoman.lab.bench import Row, Work, measure
from dragoman.lab.made_up_reports import Report, made_up_reports
from dragoman.resolve.events import resolve
from dragoman.resolve.parts import Parts

CLAIMS, KEPT_CLAIMS, ADDED = 100_000, 30_000, 100
"""Claims resolved from scratch; claims of about 10,000 documents, and how many of these come last."""

_MEBIBYTE = 1024 * 1024


class ScratchRecipe(msgspec.Struct, frozen=True):
    """Resolving that many claims with nothing kept."""

    claims: int

    def __call__(self) -> Work:
        """Make the reports up; what they take of memory counts, as claims read from a store would."""
        reports = tuple(made_up_reports(self.claims))
        return lambda: len(_resolve(reports, None).events) and len(reports)


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding documents to a resolved record took."""

    documents: int
    added: int
    cpu_seconds: float
    computed: dict[str, int]
    parts: dict[str, int]
    same_bytes: bool
    """Whether the record is the one that resolving all from scratch gives."""


def resolving_rows(claims: int = CLAIMS, kept: int = KEPT_CLAIMS, added: int = ADDED) -> Iterator[Row]:
    """Time and peak memory from scratch, then what adding documents computes anew."""
    part = f"resolving {claims:,} claims"
    scratch = measure(ScratchRecipe(claims))
    yield Row(part, "seconds", f"{scratch.seconds:.1f}", f"{scratch.cpu_seconds:.1f} s of CPU, {scratch.documents:,} documents")
    yield Row(part, "peak memory", f"{scratch.peak_bytes / _MEBIBYTE:,.0f} MiB", "reports and record included")
    found = measure_adding(kept, added)
    part = f"resolving {found.added} documents more"
    yield Row(part, "CPU seconds", f"{found.cpu_seconds:.1f}", f"beside {found.documents:,} documents")
    for kind, count in sorted(found.computed.items()):
        yield Row(part, f"{kind} computed", f"{count:,}", f"of {found.parts[kind]:,}")
    yield Row(part, "record", "the same bytes" if found.same_bytes else "DIFFERS", "from scratch, and added")


def measure_adding(claims: int, added: int) -> Added:
    """Resolve all but some of the documents, add these in any order, and compare with resolving all from scratch."""
    reports = list(made_up_reports(claims))
    random.Random(3).shuffle(reports)  # noqa: S311  nobody's secret
    earlier = Parts()
    _resolve(reports[:-added], earlier)
    parts = Parts(earlier.fresh)
    began = time.process_time()
    record = _resolve(reports, parts)
    took = time.process_time() - began
    return Added(
        documents=len(reports) - added,
        added=added,
        cpu_seconds=took,
        computed=dict(parts.computed),
        parts={kind: parts.used(kind) for kind in parts.computed},
        same_bytes=dump(record) == dump(_resolve(reports, None)),
    )


def _resolve(reports: Sequence[Report], parts: Parts | None) -> Record:
    documents = {report.document.id: report.document for report in reports}
    return resolve((claim for report in reports for claim in report.claims), documents, parts=parts)
