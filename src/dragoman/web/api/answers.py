"""What the interface answers: records with their ids, their words and their addresses on the desk."""

from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec

from dragoman.analysis.contacts import event_day
from dragoman.app.snapshot import Snapshot
from dragoman.core.actors import Place
from dragoman.core.claims import AnyClaim, Participant, Proposal, Utterance, Voice
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId
from dragoman.core.records import Difference, Event, Merge, Stage, Stated
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Channel, DateSource, EngagementType, Factuality, Issue, Outcome
from dragoman.report.excerpts import neighbours, sentence_around
from dragoman.report.words import engagement_words, voice_words

E = TypeVar("E", bound="EventEntry")

Address = Annotated[str, msgspec.Meta(description="Where the desk shows it.")]


class DocumentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One document, without its text."""

    id: DocumentId
    address: Address
    name: str | None = None
    title: str | None = None
    source: str | None = None
    published: date | None = None
    published_from: DateSource
    language: str | None = None
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    reprint_of: Annotated[DocumentId | None, msgspec.Meta(description="The document that this one copies.")] = None


class DocumentAnswer(DocumentEntry, frozen=True, kw_only=True):
    """One document with what it tells."""

    events: tuple[EventId, ...]
    claims: tuple[ClaimId, ...]
    text: Annotated[str | None, msgspec.Meta(description="Only where the licence or the setting output.full_text allows it.")] = (
        None
    )


class ClaimEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as it stands after judgements, in its sentence with its neighbours; spans are offsets of code points."""

    id: ClaimId
    address: Address
    sentence: str
    before: str | None = None
    after: str | None = None
    words: Annotated[str | None, msgspec.Meta(description="The quotation of an utterance, or the terms of a proposal.")] = None
    voice: Annotated[str, msgspec.Meta(description="Who says so, from the outlet to the innermost source.")]
    event: Annotated[EventId | None, msgspec.Meta(description="The event that an engagement tells of.")] = None
    title: str | None = None
    source: str | None = None
    published: date | None = None
    url: str | None = None
    claim: AnyClaim


class ClaimListing(msgspec.Struct, frozen=True, kw_only=True):
    """One page of claims."""

    items: tuple[ClaimEntry, ...]
    total: int
    undated: Annotated[int, msgspec.Meta(description="How many fit but for having no date; 0 where no period is asked for.")]
    next: str | None = None


class EventEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event: what was reported of one happening, put together."""

    id: EventId
    address: Address
    headline: str
    type: EngagementType
    factuality: Factuality
    day: Annotated[date | None, msgspec.Meta(description="Its last day; null where no report gives a date.")] = None
    when: When | None = None
    participants: tuple[Participant, ...]
    channel: Channel | None = None
    place: Place | None = None
    dossiers: tuple[DossierId, ...] = ()
    issues: tuple[Issue, ...] = ()
    outcome: Outcome
    independent: Annotated[int, msgspec.Meta(description="Documents that do not copy one another.")]
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]
    part_of: tuple[EventId, ...] = ()
    accepted: bool


class EventAnswer(EventEntry, frozen=True, kw_only=True):
    """One event with all its reports, why they were taken for one, and where they differ."""

    reports: tuple[ClaimEntry, ...]
    voices: tuple[Voice, ...]
    history: tuple[Stage, ...]
    differences: tuple[Difference, ...]
    merges: tuple[Merge, ...]
    filed_under: tuple[Stated, ...]
    judgements: tuple[str, ...]


def document_entry(document: Document, snapshot: Snapshot) -> DocumentEntry:
    """A document in a list."""
    return DocumentEntry(**_document_fields(document, snapshot))


def document_answer(document: Document, snapshot: Snapshot, *, text: str | None) -> DocumentAnswer:
    """A document by itself."""
    told = snapshot.by_document.get(document.id, ())
    events = tuple(EventId(one) for one in told if one in snapshot.events)
    claims = tuple(one.id for one in snapshot.claims.of_document(document.id))
    return DocumentAnswer(**_document_fields(document, snapshot), events=events, claims=claims, text=text)


def claim_entry(own: ClaimId, claim: AnyClaim, snapshot: Snapshot) -> ClaimEntry:
    """A claim in its sentence."""
    document = snapshot.ground.material.library.documents[claim.document]
    sentence = sentence_around(document.text, claim.evidence[0])
    left, right = neighbours(document.text, sentence)
    quoted = claim.content if isinstance(claim, Utterance) else claim.terms if isinstance(claim, Proposal) else None
    return ClaimEntry(
        id=own,
        address=f"/claims/{own}",
        sentence=sentence.of(document.text).strip(),
        before=left.of(document.text).strip() if left is not None else None,
        after=right.of(document.text).strip() if right is not None else None,
        words=quoted.of(document.text) if quoted is not None else None,
        voice=voice_words(claim.voices, document),
        event=snapshot.event_of.get(own),
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        claim=claim,
    )


def event_entry(event: Event) -> EventEntry:
    """An event in a list."""
    return _event(EventEntry, event)


def event_answer(event: Event, snapshot: Snapshot) -> EventAnswer:
    """An event by itself."""
    claims = snapshot.ground.material.claims
    return _event(
        EventAnswer,
        event,
        reports=tuple(claim_entry(own, claims[own], snapshot) for own in event.claims if own in claims),
        voices=event.voices,
        history=event.history,
        differences=event.differences,
        merges=event.merges,
        filed_under=event.filed_under,
        judgements=event.judgements,
    )


def _document_fields(document: Document, snapshot: Snapshot) -> dict[str, Any]:
    fields = {name: value for name, value in msgspec.structs.asdict(document).items() if name != "text"}
    original = snapshot.ground.material.library.originals.get(document.id)
    return fields | {"id": document.id, "address": f"/documents/{document.id}", "reprint_of": original}


def _event(kind: type[E], event: Event, **more: object) -> E:
    return kind(
        id=event.id,
        address=f"/events/{event.id}",
        headline=engagement_words(event.type, event.factuality, event.participants, channel=event.channel),
        type=event.type,
        factuality=event.factuality,
        day=event_day(event),
        when=event.when,
        participants=event.participants,
        channel=event.channel,
        place=event.place,
        dossiers=event.dossiers,
        issues=event.issues,
        outcome=event.outcome,
        independent=event.independent,
        claims=event.claims,
        documents=event.documents,
        part_of=event.part_of,
        accepted=event.accepted,
        **more,
    )
