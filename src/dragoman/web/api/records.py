"""Documents, claims and events."""

from datetime import date

from litestar import get
from litestar.params import FromPath

from dragoman.analysis.contacts import event_day
from dragoman.app.postings import Listed
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DocumentId, EventId
from dragoman.core.records import Event
from dragoman.core.text import Document
from dragoman.report.excerpts import may_show_full_text
from dragoman.web.api.answers import (
    ClaimEntry,
    ClaimListing,
    DocumentAnswer,
    DocumentEntry,
    EventAnswer,
    EventEntry,
    claim_entry,
    document_answer,
    document_entry,
    event_answer,
    event_entry,
)
from dragoman.web.api.cursors import Key, Listing, ThePaging, listing
from dragoman.web.api.filters import FromSource, Since, TheClaimQuery, TheEventFilter, Until
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheDesk, TheRecord
from dragoman.web.event_filter import chosen_events


@get("/documents", tags=["Documents"], responses=documented(), sync_to_thread=True)
def list_documents(
    snapshot: TheRecord,
    paging: ThePaging,
    source: FromSource = None,
    since: Since = None,
    until: Until = None,
) -> Listing[DocumentEntry]:
    """Documents, the newest first, without their texts; `since` and `until` bound the day of publication."""
    found = [one for one in snapshot.documents if source in {None, one.source} and _published(one, since, until)]
    return listing(found, paging, key=_document_key, show=lambda one: document_entry(one, snapshot))


@get("/documents/{document:str}", tags=["Documents"], responses=documented(404), sync_to_thread=True)
def get_document(snapshot: TheRecord, desk: TheDesk, document: FromPath[str]) -> DocumentAnswer:
    """One document with the events and claims that it tells of; its text where the licence allows that."""
    found = snapshot.ground.material.library.documents.get(DocumentId(document))
    if found is None:
        raise InputError(f"there is no document {document!r} in the record; /api/v1/documents lists them")
    allowed = may_show_full_text(found, asked=desk.config.output.full_text)
    return document_answer(found, snapshot, text=found.text if allowed else None)


@get("/claims", tags=["Claims"], responses=documented(), sync_to_thread=True)
def list_claims(snapshot: TheRecord, paging: ThePaging, claim_query: TheClaimQuery) -> ClaimListing:
    """Claims that fit all filters, the newest first by their own date; corrected as analysts decided, without those rejected."""
    found = snapshot.claims.find(claim_query)
    page = listing(found.claims, paging, key=_claim_key, show=lambda one: claim_entry(one.id, one.claim, snapshot))
    return ClaimListing(items=page.items, total=page.total, undated=found.undated, next=page.next)


@get("/claims/{claim:str}", tags=["Claims"], responses=documented(404), sync_to_thread=True)
def get_claim(snapshot: TheRecord, claim: FromPath[str]) -> ClaimEntry:
    """One claim with its sentence and who says so."""
    own = ClaimId(claim)
    found = snapshot.claims.get(own)
    if found is None:
        raise InputError(f"there is no claim {claim!r} in the record, or an analyst rejected it; /api/v1/claims lists them")
    return claim_entry(own, found, snapshot)


@get("/events", tags=["Events"], responses=documented(), sync_to_thread=True)
def list_events(snapshot: TheRecord, paging: ThePaging, event_filter: TheEventFilter) -> Listing[EventEntry]:
    """Events that fit all filters, the newest first, undated last."""
    return listing(chosen_events(snapshot, event_filter), paging, key=_event_key, show=event_entry)


@get("/events/{event:str}", tags=["Events"], responses=documented(404), sync_to_thread=True)
def get_event(snapshot: TheRecord, event: FromPath[str]) -> EventAnswer:
    """One event with all its reports, its history, where reports differ and why they were taken for one event."""
    found = snapshot.events.get(EventId(event))
    if found is None:
        raise InputError(f"there is no event {event!r}; after a correction or merge an event may have a new id")
    return event_answer(found, snapshot)


def _published(document: Document, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    on = document.published
    return on is not None and (since is None or on >= since) and (until is None or on <= until)


def _document_key(document: Document) -> Key:
    return (-document.published.toordinal() if document.published else 0, document.id)


def _claim_key(one: Listed) -> Key:
    return one.key


def _event_key(event: Event) -> Key:
    day = event_day(event)
    return (-day.toordinal() if day else 0, event.id)


ROUTES = (list_documents, get_document, list_claims, get_claim, list_events, get_event)
