"""The main job: sources to coded documents in the store, batch by batch, so that stopping at any point keeps what is done."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from dragoman.app.engine import CoderFactory, Pairs, code_batches, uncoded
from dragoman.core.claims import Coding, Problem
from dragoman.core.ids import DocumentId
from dragoman.core.ports import Coder, Store
from dragoman.core.text import Document
from dragoman.ingest import WARNINGS

T = TypeVar("T")

NOT_CODED = "none"
"""Coder and model of documents that are stored and not yet coded."""

HARMLESS = WARNINGS | {"language", "ungrounded"}
"""Problem codes that do not mean that something was lost."""

Progress = Callable[["RunReport"], None]


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a run works through its documents."""

    batch: int = 16
    max_characters: int = 1_000_000
    workers: int = 0
    tell_every: float = 0.2
    """Seconds between two tellings of progress."""


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did so far; `known` were stored and coded before, `new` are new to the store."""

    documents: int = 0
    new: int = 0
    known: int = 0
    coded: int = 0
    claims: dict[str, int] = {}
    """Claims coded in this run, by kind."""
    claims_added: int = 0
    reprints: int = 0
    """New links between near copies."""
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[Problem, ...]:
        """Problems that cost a document or its claims."""
        return tuple(problem for problem in self.problems if problem.code not in HARMLESS)


class Run:
    """One run over a stream of documents and problems; `report` tells how far it is."""

    def __init__(self, store: Store, settings: RunSettings, progress: Progress | None = None) -> None:
        self._store = store
        self._settings = settings
        self._progress = progress
        self._began = self._told = time.monotonic()
        self._claims: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    @property
    def report(self) -> RunReport:
        """What is done and written."""
        counts = self._counts
        return RunReport(
            documents=counts["documents"],
            new=counts["new"],
            known=counts["known"],
            coded=counts["coded"],
            claims=dict(sorted(self._claims.items())),
            claims_added=counts["claims"],
            reprints=counts["reprints"],
            problems=tuple(self._problems),
            seconds=time.monotonic() - self._began,
        )

    def work(self, items: Iterable[Document | Problem], coder: Coder, *, factory: CoderFactory | None = None) -> RunReport:
        """Code and store what comes; each batch is one transaction."""
        batches = self._pending(items, coder)
        for pairs in code_batches(batches, coder, workers=self._settings.workers, factory=factory):
            self._write(pairs)
        return self.report

    def keep(self, items: Iterable[Document | Problem]) -> RunReport:
        """Store documents without coding them."""
        for batch in _batches(self._documents(items), self._settings.batch):
            fresh = {document.id for document in batch} - {document.id for document in self._store.documents(_ids(batch))}
            self._store.sight(batch)
            new = [document for document in batch if document.id in fresh]
            self._write([(document, _kept(document)) for document in new])
            self._counts["known"] += len(batch) - len(new)
        return self.report

    def linked(self, reprints: int) -> RunReport:
        """Note how many links between near copies were new."""
        self._counts["reprints"] += reprints
        return self.report

    def _documents(self, items: Iterable[Document | Problem]) -> Iterator[Document]:
        for item in items:
            if isinstance(item, Problem):
                self._problems.append(item)
                self._tell()
            else:
                self._counts["documents"] += 1
                yield item

    def _pending(self, items: Iterable[Document | Problem], coder: Coder) -> Iterator[list[Document]]:
        """Batches that need coding; what cannot be coded is stored with its reason, what is known is only seen once more."""
        for batch in _batches(self._documents(items), self._settings.batch):
            pending = self._store.pending(batch, coder=coder.name, model=coder.model)
            waiting = {document.id for document in pending}
            self._counts["known"] += len(batch) - len(pending)
            self._store.sight([document for document in batch if document.id not in waiting])
            refused = [
                (document, problem)
                for document in pending
                if (problem := refusal(document, self._settings.max_characters)) is not None
            ]
            self._write(
                [(document, uncoded(document, problem, coder=coder.name, model=coder.model)) for document, problem in refused]
            )
            left = {document.id for document, _ in refused}
            ready = [document for document in pending if document.id not in left]
            if ready:
                yield ready
            self._tell()

    def _write(self, pairs: Pairs) -> None:
        if not pairs:
            return
        written = self._store.write(pairs)
        self._counts["new"] += written.documents
        self._counts["claims"] += written.claims
        for _, coding in pairs:
            self._counts["coded"] += coding.coder != NOT_CODED
            self._claims.update(type(claim).__name__.lower() for claim in coding.claims)
            self._problems.extend(coding.problems)
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if self._progress is not None and now - self._told >= self._settings.tell_every:
            self._told = now
            self._progress(self.report)


def refusal(document: Document, longest: int) -> Problem | None:
    """Why a document is not given to the coder: it has more than `longest` characters."""
    where = document.name or document.id
    if len(document.text) > longest:
        what = f"has {len(document.text):,} characters, more than the {longest:,} that are coded at once"
        return Problem(code="too-long", where=where, what=what, remedy="split it, or raise run.max_characters")
    return None


def code_stream(
    items: Iterable[Document | Problem], coder: Coder, settings: RunSettings, *, factory: CoderFactory | None = None
) -> Iterator[tuple[Document, Coding] | Problem]:
    """Code what comes without a store; problems of inputs come first within their batch."""
    problems: list[Problem] = []
    refused: Pairs = []

    def ready() -> Iterator[list[Document]]:
        for batch in _batches(_apart(items, problems), settings.batch):
            reasons = [refusal(document, settings.max_characters) for document in batch]
            pairs = list(zip(batch, reasons, strict=True))
            refused.extend(
                (document, uncoded(document, reason, coder=coder.name, model=coder.model)) for document, reason in pairs if reason
            )
            yield [document for document, reason in pairs if reason is None]

    for coded in code_batches(ready(), coder, workers=settings.workers, factory=factory):
        yield from _drained(problems)
        yield from _drained(refused)
        yield from coded
    yield from _drained(problems)
    yield from _drained(refused)


def _apart(items: Iterable[Document | Problem], problems: list[Problem]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _drained(waiting: list[T]) -> Iterator[T]:
    while waiting:
        yield waiting.pop(0)


def _kept(document: Document) -> Coding:
    return Coding(
        document=document.id,
        coder=NOT_CODED,
        model=NOT_CODED,
        published=document.published,
        published_from=document.published_from,
    )


def _ids(documents: Sequence[Document]) -> list[DocumentId]:
    return [document.id for document in documents]


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
