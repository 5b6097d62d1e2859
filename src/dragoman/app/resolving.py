"""The record of a store: computed from claims and judgements, with what was computed before taken from the store."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from dragoman.app.config import Config
from dragoman.app.prepared import KeptRecord, Shelf, kept_record, restored, settings_mark, state_of
from dragoman.app.viewing import SKETCHES, dossiers_in, judged_before
from dragoman.app.wiring import today
from dragoman.core.claims import AnyClaim
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Holdings, Store
from dragoman.core.records import Record, Reprint
from dragoman.core.text import Document
from dragoman.core.vocab import Reliability
from dragoman.ingest.duplicates import Sketches, find_reprints
from dragoman.knowledge.dossiers import DossierBook
from dragoman.report.lines import Library
from dragoman.resolve.events import resolve
from dragoman.resolve.parts import Parts, Recall

RECORD = "record"
"""Purpose under which a store keeps parts of the record."""

_log = logging.getLogger(__name__)


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What the record holds after resolving, and how much of it had to be computed anew."""

    documents: int
    engagements: int
    events: int
    merged_events: int
    events_with_differences: int
    other_claims: int
    reprints: int
    judgements: int
    judgements_not_attached: int
    groups: int
    """Groups of engagements that hang together; each becomes one event or a few."""
    groups_computed: int
    """Groups that new documents, codings or judgements touched; the others were found as they had been computed."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """The resolved record with what it rests on; `claims` are by the store's ids, as they stand after corrections."""

    record: Record
    claims: Mapping[ClaimId, AnyClaim]
    library: Library
    dossiers: DossierBook
    """The dossiers that whoever looks at it may know of."""
    coded: Mapping[ClaimId, AnyClaim] = {}
    """Claims as they were coded, before any correction."""
    judgements: tuple[Judgement, ...] = ()
    """All decisions in the order they were written, those taken back too."""
    arrivals: Mapping[DocumentId, int] = {}
    """When each document came, as `Holdings.arrivals` numbers them."""


class Memory:
    """What a desk has in its hands from its last look at a store: a decision costs no second reading of everything.

    One thread at a time may gather with it.
    """

    def __init__(self) -> None:
        self.recall = Recall()
        self._content = ""
        self._read: tuple[Mapping[DocumentId, Document], Mapping[ClaimId, AnyClaim]] = ({}, {})

    def read(self, holdings: Holdings, content: str) -> tuple[Mapping[DocumentId, Document], Mapping[ClaimId, AnyClaim]]:
        """Documents and claims; read anew where `content`, which stands for all of them, is another than last time."""
        if content != self._content:
            self._read = _read(holdings)
            self._content = content
        return self._read


def _read(holdings: Holdings) -> tuple[dict[DocumentId, Document], dict[ClaimId, AnyClaim]]:
    return {document.id: document for document in holdings.documents()}, holdings.claims_by_id()


def gather_again(holdings: Holdings, config: Config, memory: Memory, content: str, shelf: Shelf | None = None) -> Material:
    """`gather` for a desk that looks at its store again and again.

    `content` changes whenever other documents or claims are to be seen. The record is taken from the shelf where it was
    kept there.
    """
    inputs = _inputs(holdings, memory.read(holdings, content))

    def resolved() -> Record:
        recall = memory.recall
        parts = Parts({} if recall.parts else dict(holdings.parts(RECORD)), recall)
        record = _resolved(inputs, parts, recall)
        recall.keep(parts.keys)
        return record

    return _material(
        inputs, _from_shelf(shelf, inputs, (content, settings_mark(config)), resolved) if shelf else resolved(), holdings, config
    )


def _from_shelf(shelf: Shelf, inputs: "_Inputs", around: Sequence[str], resolved: Callable[[], Record]) -> Record:
    documents = inputs.documents.values()
    day = day_looked_from(document.published for document in documents).isoformat()
    shelf.stand_for(state_of(inputs.claims, documents, inputs.reprints, inputs.judgements, day, *around))
    made: list[Record] = []

    def computed() -> KeptRecord:
        made.append(resolved())
        return kept_record(made[0], inputs.claims)

    kept = shelf.section("record", KeptRecord, computed)
    return made[0] if made else restored(kept, inputs.claims)


def gather(holdings: Holdings, config: Config, parts: Parts | None = None) -> Material:
    """Resolve what a store holds, or what somebody may see of it, with the parts that it keeps; nothing is written."""
    if parts is None:
        kept = dict(holdings.parts(RECORD))
        parts = Parts(kept) if kept else None
    inputs = _inputs(holdings, _read(holdings))
    return _material(inputs, _resolved(inputs, parts), holdings, config)


class _Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a record is made of."""

    documents: Mapping[DocumentId, Document]
    claims: Mapping[ClaimId, AnyClaim]
    reprints: tuple[Reprint, ...]
    judgements: tuple[Judgement, ...]
    earlier: tuple[AnyClaim, ...]
    """Judged claims that no current coding holds."""


def _inputs(holdings: Holdings, held: tuple[Mapping[DocumentId, Document], Mapping[ClaimId, AnyClaim]]) -> _Inputs:
    documents, claims = held
    judgements = tuple(holdings.judgements())
    return _Inputs(
        documents=documents,
        claims=claims,
        reprints=tuple(holdings.reprints()),
        judgements=judgements,
        earlier=tuple(judged_before(holdings, judgements, claims)),
    )


def _resolved(inputs: _Inputs, parts: Parts | None, recall: Recall | None = None) -> Record:
    return resolve(
        inputs.claims.values(),
        inputs.documents,
        inputs.reprints,
        inputs.judgements,
        inputs.earlier,
        parts=parts,
        recall=recall,
    )


def _material(inputs: _Inputs, record: Record, holdings: Holdings, config: Config) -> Material:
    library = Library(
        documents=inputs.documents,
        originals={reprint.copy: reprint.original for reprint in inputs.reprints},
        grades=grades(config),
    )
    return Material(
        record=record,
        claims=dict(inputs.claims) | {each.claim: each.corrected for each in record.corrections},
        library=library,
        dossiers=dossiers_in(holdings, config),
        coded=inputs.claims,
        judgements=inputs.judgements,
        arrivals=holdings.arrivals(),
    )


def day_looked_from(published: Iterable[date | None]) -> date:
    """The day that findings are seen from unless another is given: the last of publication, today at the latest."""
    now = today()
    return min(max((on for on in published if on is not None), default=now), now)


def refresh(store: Store, config: Config) -> Overview:
    """Resolve, keep what was computed for the next time, and count."""
    parts = Parts(dict(store.parts(RECORD)))
    record = gather(store, config, parts).record
    store.keep_parts(RECORD, parts.fresh, stale=parts.stale)
    _log.info(
        "resolved: %d of %d groups and %d of %d blocks computed anew",
        *(parts.computed["events"], parts.used("events"), parts.computed["links"], parts.used("links")),
    )
    return _overview(store, record, parts)


def link_copies(store: Store, config: Config) -> int:
    """Link near copies among all stored documents; return how many links were new."""
    sketches = Sketches(dict(store.parts(SKETCHES)))
    documents = {document.id: document for document in store.documents()}
    links = find_reprints(documents.values(), threshold=config.ingest.reprint_threshold, sketches=sketches)
    store.keep_parts(SKETCHES, sketches.fresh)
    return store.link_reprints(links, among=documents)


def _overview(store: Store, record: Record, parts: Parts) -> Overview:
    counts = store.counts()
    return Overview(
        documents=counts.documents,
        engagements=sum(len(event.claims) for event in record.events),
        events=len(record.events),
        merged_events=sum(len(event.claims) > 1 for event in record.events),
        events_with_differences=sum(bool(event.differences) for event in record.events),
        other_claims=len(record.others),
        reprints=counts.reprints,
        judgements=counts.judgements,
        judgements_not_attached=len(record.unattached),
        groups=parts.used("events"),
        groups_computed=parts.computed["events"],
    )


def grades(config: Config) -> dict[str, tuple[Reliability, str | None]]:
    """How reliable the user takes each source to be, with the reason."""
    return {name: (settings.grade, settings.note) for name, settings in config.sources.items()}
