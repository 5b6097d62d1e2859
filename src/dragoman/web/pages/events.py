"""Events: the list with filters, one event with all its reports, one document with what it tells."""

from litestar import Request, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect, Template

from dragoman.analysis import site_distance
from dragoman.app.snapshot import Snapshot
from dragoman.core.access import RestrictionKind
from dragoman.core.claims import Agreement, AnyClaim, Proposal, Status, Utterance, Violence
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DocumentId, EventId
from dragoman.core.text import Span
from dragoman.core.vocab import EngagementType, Factuality, Issue, Level, Role
from dragoman.report.claim_lines import Spoken
from dragoman.report.excerpts import marked, may_show_full_text, printable
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.event_filter import chosen_events, read_filter
from dragoman.web.pages.review import CODES, decidable
from dragoman.web.paging import page_of


@get("/events", name="events", sync_to_thread=True)
def events(request: Request[object, object, State], desk: TheDesk) -> Template:
    """Events that fit all filters given, newest first."""
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    return Template(
        "events.html.j2",
        context={
            "asked": wanted.asked,
            "events": page_of(chosen_events(snapshot, wanted), wanted.page),
            "line": snapshot.line,
            "dossiers": sorted(snapshot.by_dossier),
            "lists": {"kind": EngagementType, "status": Factuality, "role": Role, "level": Level, "issue": Issue},
        },
    )


@get("/events/{event:str}", name="event", sync_to_thread=True)
def event(desk: TheDesk, event: FromPath[str]) -> Template:
    """One event: every field, all reports with their sentences, differences, history and why they were merged."""
    snapshot = desk.snapshot()
    found = snapshot.events.get(EventId(event))
    if found is None:
        raise InputError(f"there is no event {event!r}; after a correction or merge an event may have a new address")
    return Template(
        "event.html.j2",
        context={
            "event": found,
            "line": snapshot.line(found),
            "aligned": snapshot.readouts(found) if len(found.claims) > 1 else None,
            "decidable": decidable(snapshot, found),
            "codes": CODES,
            "distances": snapshot.distances(found),
            "distance_formula": site_distance.FORMULA,
            "within": [snapshot.line(snapshot.events[one]) for one in found.part_of if one in snapshot.events],
            "parts_of": [snapshot.line(other) for other in snapshot.parts_of.get(found.id, ())],
        },
    )


@get("/claims/{claim:str}", name="claim", sync_to_thread=True)
def claim(desk: TheDesk, claim: FromPath[str]) -> Template | Redirect:
    """One claim in its sentence; a claim of an engagement leads to its event."""
    snapshot = desk.snapshot()
    own = ClaimId(claim)
    found = snapshot.others.get(own)
    if isinstance(found, Spoken):
        return Template("claim.html.j2", context={"line": snapshot.claim_line(found)})
    if own in snapshot.event_of:
        return Redirect(f"/events/{snapshot.event_of[own]}#{own}")
    raise InputError(f"there is no claim {claim!r} in the record, or an analyst rejected it")


@get("/documents/{document:str}", name="document", sync_to_thread=True)
def document(desk: TheDesk, document: FromPath[str]) -> Template:
    """One document: what it tells, and its text where the licence allows that."""
    snapshot = desk.snapshot()
    found = snapshot.ground.material.library.documents.get(DocumentId(document))
    if found is None:
        raise InputError(f"there is no document {document!r} in the store")
    told = snapshot.by_document.get(found.id, ())
    allowed = may_show_full_text(found, asked=desk.config.output.full_text)
    marks = tuple(sorted(span for claim in _claims(snapshot, told, found.id) for span in claim.evidence))
    return Template(
        "document.html.j2",
        context={
            "document": found,
            "marks": desk.marks(
                (RestrictionKind.DOCUMENT, found.id),
                (RestrictionKind.SOURCE, found.source),
                *((RestrictionKind.DOSSIER, one) for one in _dossiers(snapshot, told, found.id)),
            ),
            "title": printable(found.title or found.name or found.id),
            "events": [snapshot.line(snapshot.events[EventId(one)]) for one in told if one in snapshot.events],
            "claims": [
                snapshot.claim_line(claim)
                for one in told
                if isinstance(claim := snapshot.others.get(ClaimId(one)), Utterance | Proposal | Status | Violence | Agreement)
            ],
            "pieces": marked(found.text, Span(0, len(found.text)), marks) if allowed else None,
            "reprint_of": snapshot.ground.material.library.originals.get(found.id),
        },
    )


def _dossiers(snapshot: Snapshot, told: tuple[EventId | ClaimId, ...], document: DocumentId) -> list[str]:
    return sorted({dossier for claim in _claims(snapshot, told, document) for dossier in claim.dossiers})


def _claims(snapshot: Snapshot, told: tuple[EventId | ClaimId, ...], document: DocumentId) -> list[AnyClaim]:
    claims = snapshot.ground.material.claims
    own = [
        claims[one]
        for event in told
        if event in snapshot.events
        for one in snapshot.events[EventId(event)].claims
        if one in claims
    ]
    others = [snapshot.others[ClaimId(one)] for one in told if one in snapshot.others]
    return [claim for claim in (*own, *others) if claim.document == document]


ROUTES = (events, event, claim, document)
