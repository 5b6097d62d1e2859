"""What the page of one record shows, to take along: its address with /lines.csv or /lines.xlsx after it.

A CSV file has the page's main lines; a workbook has everything on it, a sheet for each kind of line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from dragoman.app import analysing
from dragoman.app.screen_exports import PICTURES, ScreenFormat, event_sheets, record_sheets, sheet_bytes
from dragoman.app.snapshot import Snapshot
from dragoman.app.tracks import find_dyad
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DocumentId, EventId
from dragoman.core.records import Event
from dragoman.core.sheets import Sheet
from dragoman.report import screens
from dragoman.report.source_rows import UNKNOWN_SOURCE
from dragoman.web.desk_dependency import TheDesk

T = TypeVar("T")

_ALL = 100_000
"""More channels than any actor has."""


def _event(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    found = _known(snapshot.events.get(EventId(own)))
    return record_sheets(snapshot.ground.material, (found,), (), first="reports")


def _actor(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    key = analysing.actor_key(snapshot.ground, own)
    told = (claim.id for claim in snapshot.ground.claims_of.get(key, ()))
    lines = record_sheets(snapshot.ground.material, snapshot.by_actor.get(key, ()), told)
    channels = analysing.find_channels(snapshot.ground, actor=key, limit=_ALL).channels
    return (*lines, screens.channel_sheet(channels)) if channels else lines


def _person(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    return event_sheets(snapshot.ground.material, _known(snapshot.by_person.get(own)))


def _talks(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    row = _known(next((row for row in snapshot.talks if row.id == own), None))
    held = (event for one in row.rounds for event in one.events)
    events = [snapshot.events[one] for one in dict.fromkeys((*held, *row.contacts, *row.agreements)) if one in snapshot.events]
    sheets = event_sheets(snapshot.ground.material, events)
    return (screens.step_sheet(row), screens.round_sheet(row), *(sheet for sheet in sheets if sheet.rows))


def _document(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    documents = [_known(snapshot.ground.material.library.documents.get(DocumentId(own))).id]
    return _told_in(snapshot, documents)


def _source(snapshot: Snapshot, own: str) -> tuple[Sheet, ...]:
    found = [one.id for one in snapshot.documents if (one.source or UNKNOWN_SOURCE) == own]
    return _told_in(snapshot, _known(found or None))


def _told_in(snapshot: Snapshot, documents: Sequence[DocumentId]) -> tuple[Sheet, ...]:
    told = list(chain.from_iterable(snapshot.by_document.get(one, ()) for one in documents))
    events: dict[EventId, Event] = {EventId(one): snapshot.events[EventId(one)] for one in told if one in snapshot.events}
    others = (ClaimId(one) for one in told if one in snapshot.others)
    return record_sheets(snapshot.ground.material, events.values(), others)


def dyad_sheets(snapshot: Snapshot, asked: Mapping[str, str], _: object) -> tuple[Sheet, ...]:
    """The events of two actors and what they say of one another, with their channel."""
    if not asked.get("one") or not asked.get("other"):
        raise InputError("name two actors, as in /dyads.csv?one=QAT&other=HAMAS")
    found = find_dyad(snapshot.ground, asked["one"], asked["other"])
    shared = [event for event in snapshot.by_actor.get(min(found.keys), ()) if snapshot.brings_together(event, found.keys)]
    lines = record_sheets(snapshot.ground.material, shared, found.statements)
    return (*lines, screens.channel_sheet([found.channel])) if found.channel else lines


OF_ONE: Mapping[str, Callable[[Snapshot, str], tuple[Sheet, ...]]] = {
    "/events/{event:str}": _event,
    "/actors/{key:str}": _actor,
    "/persons/{name:str}": _person,
    "/talks/{track:str}": _talks,
    "/documents/{document:str}": _document,
    "/sources/{source:str}": _source,
}
"""Pages of one record whose lines can be taken along."""


def links_of_one(request: Request[Any, Any, Any]) -> tuple[tuple[str, str], ...]:
    """What of a record's page can be taken along, and where; nothing where it is no such page."""
    for path in OF_ONE:
        page, parameter = path.removesuffix("}").split("{")
        own = request.path_params.get(parameter.removesuffix(":str"))
        if own is not None and request.url.path == f"{page}{own}":
            address = f"{page}{quote(own, safe='')}/lines"
            return tuple((form.value.upper(), f"{address}.{form.value}") for form in ScreenFormat if form not in PICTURES)
    return ()


def _known(found: T | None) -> T:
    if found is None:
        raise InputError(
            "there is nothing of this address in the record; after a correction or merge an event may have a new one"
        )
    return found


def _handler(path: str, form: ScreenFormat) -> HTTPRouteHandler:
    sheets = OF_ONE[path]

    def taken_along(request: Request[object, object, State], desk: TheDesk) -> Response[bytes]:
        """All lines of one record's page."""
        (own,) = request.path_params.values()
        made = sheet_bytes(form, sheets(desk.snapshot(), own))
        disposition = f'attachment; filename="{made.name}"'
        return Response(made.content, media_type=made.media_type, headers={"Content-Disposition": disposition})

    return get(f"{path}/lines.{form.value}", sync_to_thread=True)(taken_along)


def _handlers() -> Iterator[HTTPRouteHandler]:
    for path in OF_ONE:
        yield from (_handler(path, form) for form in ScreenFormat if form not in PICTURES)


ROUTES = tuple(_handlers())
