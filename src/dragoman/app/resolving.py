"""The record of a store: computed from claims and judgements, with what was computed before taken from the store."""

import logging
from collections.abc import Mapping

import msgspec

from dragoman.app.config import Config
from dragoman.app.viewing import SKETCHES, dossiers_in, judged_before
from dragoman.core.claims import AnyClaim
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Holdings, Store
from dragoman.core.records import Record
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
    return {document.id: document for document in holdings.documents()}, {claim.id: claim for claim in holdings.claims()}


def gather_again(holdings: Holdings, config: Config, memory: Memory, content: str) -> Material:
    """`gather` for a desk that looks at its store again and again.

    `content` changes whenever other documents or claims are to be seen.
    """
    recall = memory.recall
    parts = Parts({} if recall.parts else dict(holdings.parts(RECORD)), recall)
    material = _gathered(holdings, config, parts, recall, memory.read(holdings, content))
    recall.keep(parts.keys)
    return material


def gather(holdings: Holdings, config: Config, parts: Parts | None = None) -> Material:
    """Resolve what a store holds, or what somebody may see of it, with the parts that it keeps; nothing is written."""
    if parts is None:
        kept = dict(holdings.parts(RECORD))
        parts = Parts(kept) if kept else None
    return _gathered(holdings, config, parts, None, _read(holdings))


def _gathered(
    holdings: Holdings,
    config: Config,
    parts: Parts | None,
    recall: Recall | None,
    held: tuple[Mapping[DocumentId, Document], Mapping[ClaimId, AnyClaim]],
) -> Material:
    documents, claims = held
    reprints = tuple(holdings.reprints())
    judgements = tuple(holdings.judgements())
    earlier = judged_before(holdings, judgements, claims)
    record = resolve(claims.values(), documents, reprints, judgements, earlier, parts=parts, recall=recall)
    claims = dict(claims) | {each.claim: each.corrected for each in record.corrections}
    library = Library(
        documents=documents,
        originals={reprint.copy: reprint.original for reprint in reprints},
        grades=grades(config),
    )
    return Material(
        record=record,
        claims=claims,
        library=library,
        dossiers=dossiers_in(holdings, config),
        coded=held[1],
        judgements=judgements,
    )


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
