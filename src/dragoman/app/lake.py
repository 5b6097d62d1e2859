"""Coding into a lake, piece by piece, so that a run that was killed goes on where it was; asking it; loading from it."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial

import msgspec

from dragoman.app.config import Config
from dragoman.app.engine import CoderFactory, Pairs, code_batches, code_safely, crashed, ready, uncoded
from dragoman.app.engines import EngineName
from dragoman.app.resolving import link_copies, refresh
from dragoman.app.running import Progress, RunReport, RunSettings, refusal
from dragoman.app.wiring import CoderRecipe, ingest_options, late_fetcher, opened_store, today
from dragoman.backends.lake_folder import LakeFolder, by_year
from dragoman.backends.lake_query import Answer, ask
from dragoman.core.claims import Coding, Problem
from dragoman.core.codec import load_claim, load_coding
from dragoman.core.errors import InputError
from dragoman.core.ids import content_hash
from dragoman.core.ports import Coder
from dragoman.core.text import Document
from dragoman.export.lake_rows import SCHEMA, ClaimRow, DocumentRow, claim_rows, document_row, year_of
from dragoman.ingest import IngestOptions, read_sources

PIECE = 200
"""Documents of one piece of work: what is lost when a run is killed, and what one worker does at a time."""
_TABLES: Mapping[str, type[msgspec.Struct]] = {"claims": ClaimRow, "documents": DocumentRow}


class Piece(msgspec.Struct, frozen=True):
    """Documents that are coded and written together, in the order of the input."""

    documents: tuple[Document, ...]

    @property
    def name(self) -> str:
        """The same documents are the same piece."""
        return "p" + content_hash(*(document.id for document in self.documents))


class _Plan:
    """Cuts a stream of documents into pieces, each document once; what the lake holds is passed over."""

    def __init__(self, done: dict[str, tuple[str, ...]], size: int) -> None:
        self._done = done
        self._held = {document for documents in done.values() for document in documents}
        self._size = size
        self.known = 0

    def pieces(self, documents: Iterable[Document]) -> Iterator[Piece]:
        seen: set[str] = set()
        waiting: list[Document] = []
        for document in documents:
            if document.id in seen:
                self.known += 1
                continue
            seen.add(document.id)
            waiting.append(document)
            if len(waiting) == self._size:
                yield from self._left(waiting)
                waiting = []
        yield from self._left(waiting)

    def _left(self, documents: Sequence[Document]) -> Iterator[Piece]:
        """The piece of some documents, without those that another piece of the lake holds."""
        if Piece(tuple(documents)).name in self._done:
            self.known += len(documents)
            return
        left = tuple(document for document in documents if document.id not in self._held)
        self.known += len(documents) - len(left)
        if left:
            yield Piece(left)


class LakeRun:
    """One run into a lake; `report` tells how far it is."""

    def __init__(self, lake: LakeFolder, coder: Coder, settings: RunSettings, progress: Progress | None = None) -> None:
        self._lake = lake
        self._coder = coder
        self._settings = settings
        self._progress = progress
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._claims: Counter[str] = Counter()
        self._problems: list[Problem] = []

    def report(self) -> RunReport:
        """What is done and written."""
        counts = self._counts
        return RunReport(
            documents=counts["documents"],
            new=counts["new"],
            known=counts["known"],
            coded=counts["new"],
            claims=dict(sorted(self._claims.items())),
            claims_added=sum(self._claims.values()),
            problems=tuple(self._problems),
            seconds=time.monotonic() - self._began,
        )

    def work(
        self,
        items: Iterable[Document | Problem],
        code: Callable[[Iterable[Sequence[Document]]], Iterator[Pairs]],
        *,
        size: int = PIECE,
    ) -> RunReport:
        """Code what the lake does not hold; each piece is written as it is done."""
        self._lake.open({"schema": SCHEMA, "coder": self._coder.name, "model": self._coder.model})
        plan = _Plan(self._lake.pieces(), size)
        under_way: deque[tuple[Piece, Pairs]] = deque()
        for pairs in code(self._batches(plan.pieces(self._documents(items)), under_way)):
            self._write(*under_way.popleft(), pairs)
        self._counts["known"] = plan.known
        return self.report()

    def _documents(self, items: Iterable[Document | Problem]) -> Iterator[Document]:
        for item in items:
            if isinstance(item, Problem):
                self._problems.append(item)
            else:
                self._counts["documents"] += 1
                yield item

    def _batches(self, pieces: Iterable[Piece], under_way: deque[tuple[Piece, Pairs]]) -> Iterator[list[Document]]:
        """What is given to the coder of each piece; what is refused waits beside it."""
        for piece in pieces:
            refused: Pairs = []
            for document in piece.documents:
                problem = refusal(document, self._settings.max_characters)
                if problem is not None:
                    coding = uncoded(document, problem, coder=self._coder.name, model=self._coder.model)
                    refused.append((document, coding))
            left = {document.id for document, _ in refused}
            under_way.append((piece, refused))
            yield [document for document in piece.documents if document.id not in left]

    def _write(self, piece: Piece, refused: Pairs, coded: Pairs) -> None:
        codings = {document.id: coding for document, coding in (*refused, *coded)}
        pairs = [(document, codings[document.id]) for document in piece.documents]
        rows = {
            "claims": by_year((year_of(d), row) for d, coding in pairs for row in claim_rows(d, coding)),
            "documents": by_year((year_of(d), document_row(d, coding)) for d, coding in pairs),
        }
        self._lake.write(piece.name, [document.id for document in piece.documents], rows)
        self._counts["new"] += len(pairs)
        for _, coding in pairs:
            self._claims.update(type(claim).__name__.lower() for claim in coding.claims)
            self._problems.extend(coding.problems)
        if self._progress is not None:
            self._progress(self.report())


class _Work(msgspec.Struct, frozen=True):
    """Builds, in a worker, what codes a batch."""

    factory: CoderFactory

    def __call__(self) -> Callable[[Sequence[Document]], Pairs]:
        return partial(code_safely, ready(self.factory))


def run_into_lake(
    sources: Sequence[str],
    options: IngestOptions,
    config: Config,
    address: str,
    *,
    engine: EngineName = EngineName.LOCAL,
    progress: Progress | None = None,
) -> RunReport:
    """Read and code into a lake; the same input again adds nothing, and a run that was killed goes on where it was."""
    recipe = CoderRecipe(config)
    coder = recipe()
    settings = RunSettings(max_characters=config.run.max_characters, workers=config.run.workers)
    with ExitStack() as stack:
        fetcher = stack.enter_context(late_fetcher(config))
        items = read_sources(sources, ingest_options(config, options), fetcher=fetcher, today=today())
        job = LakeRun(open_lake(address), coder, settings, progress)
        return job.work(items, _coding(engine, coder, recipe, settings.workers))


def _coding(
    engine: EngineName, coder: Coder, recipe: CoderFactory, workers: int
) -> Callable[[Iterable[Sequence[Document]]], Iterator[Pairs]]:
    if engine is EngineName.LOCAL:
        return partial(code_batches, coder=coder, workers=workers, factory=recipe)
    from dragoman.backends.ray_engine import code_on_ray  # noqa: PLC0415  an extra

    give_up = partial(crashed, coder=coder.name, model=coder.model)
    return partial(code_on_ray, make=_Work(recipe), give_up=give_up, workers=workers)


def open_lake(address: str) -> LakeFolder:
    """The lake at a folder or address."""
    return LakeFolder(address, _TABLES)


def ask_lake(address: str, question: str, *, limit: int | None = None) -> Answer:
    """Answer a question in SQL over the tables `claims` and `documents`."""
    lake = _existing(address)
    return ask({name: lake.table(name) for name in _TABLES}, question, limit=limit)


def load_from_lake(address: str, where: str, config: Config) -> RunReport:
    """Put the documents with a claim for which the condition holds, with all their claims, into the store; resolve it."""
    began = time.monotonic()
    chosen = f"SELECT DISTINCT document FROM claims WHERE {where}"  # noqa: S608  DuckDB reads nothing but the lake
    documents = ask_lake(address, f"SELECT document, coding FROM documents WHERE id IN ({chosen}) ORDER BY id")  # noqa: S608
    claims = ask_lake(address, f"SELECT document, claim FROM claims WHERE document IN ({chosen})")  # noqa: S608
    by_document: dict[str, list[str]] = {}
    for document, claim in claims.rows:
        by_document.setdefault(document, []).append(claim)
    pairs = [_pair(raw, coding, by_document) for raw, coding in documents.rows]
    new = added = 0
    with opened_store(config) as store:
        for start in range(0, len(pairs), config.run.batch):
            written = store.write(pairs[start : start + config.run.batch])
            new += written.documents
            added += written.claims
        link_copies(store, config)
        refresh(store, config)
    return RunReport(documents=len(pairs), new=new, known=len(pairs) - new, claims_added=added, seconds=time.monotonic() - began)


def _pair(raw: str, coding: str, claims: dict[str, list[str]]) -> tuple[Document, Coding]:
    document = msgspec.json.decode(raw, type=Document)
    own = [load_claim(claim) for claim in claims.get(document.id, ())]
    own.sort(key=lambda claim: (claim.evidence[0], claim.id))
    return document, msgspec.structs.replace(load_coding(coding), claims=tuple(own))


def _existing(address: str) -> LakeFolder:
    lake = open_lake(address)
    card = lake.card()
    if card is None:
        raise InputError(f"{lake.address}: there is no lake; `dragoman run SOURCE --lake {lake.address}` makes one")
    if card.get("schema") != SCHEMA:
        raise InputError(
            f"{lake.address}: its rows are of version {card.get('schema')}, this Dragoman reads {SCHEMA}; make it anew"
        )
    return lake
