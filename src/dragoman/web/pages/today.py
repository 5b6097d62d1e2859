"""The first page in the morning: what is new."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from dragoman.app.screen_exports import record_sheets
from dragoman.app.snapshot import Snapshot
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Event
from dragoman.core.sheets import Sheet
from dragoman.core.vocab import Factuality
from dragoman.report.summary import AHEAD, KEY_FORMULA, OFF, key_points, summarise
from dragoman.web.desk_dependency import TheDesk

_DAYS = 7
_KEYS = 5
_SHOWN = 40


@get("/", name="today", sync_to_thread=True)
def today(desk: TheDesk, since: FromQuery[date | None] = None) -> Template:
    """Contacts reported since a day (a week before the latest document unless told otherwise), the weightiest first."""
    snapshot = desk.snapshot()
    ground = snapshot.ground
    start = since or ground.by.as_of - timedelta(days=_DAYS)
    fresh = _published_since(snapshot, start)
    events = _told_in(snapshot, fresh)
    happened = [event for event in events if event.factuality is Factuality.OCCURRED]
    ranked = sorted(happened, key=lambda event: -key_points(event)[0])[:_KEYS]
    return Template(
        "today.html.j2",
        context={
            "since": start,
            "as_of": ground.by.as_of,
            "summary": summarise(events, fresh, ground.material.library, undated=sum(e.when is None for e in events)),
            "keys": [(snapshot.line(event), key_points(event)[1]) for event in ranked],
            "formula": KEY_FORMULA,
            "happened": [snapshot.line(event) for event in happened[:_SHOWN]],
            "more": max(0, len(happened) - _SHOWN),
            "ahead": [snapshot.line(event) for event in events if event.factuality in AHEAD][:_SHOWN],
            "off": [snapshot.line(event) for event in events if event.factuality in OFF][:_SHOWN],
        },
    )


def today_sheets(snapshot: Snapshot, asked: Mapping[str, str], _: object) -> tuple[Sheet, ...]:
    """The events that the page shows, all of them, and what else its documents tell."""
    try:
        since = date.fromisoformat(asked["since"]) if asked.get("since") else snapshot.ground.by.as_of - timedelta(days=_DAYS)
    except ValueError as error:
        raise InputError(f"since={asked['since']!r} is no day; write it as 2024-05-07") from error
    fresh = _published_since(snapshot, since)
    others = (ClaimId(own) for one in fresh for own in snapshot.by_document.get(one, ()) if own in snapshot.others)
    return record_sheets(snapshot.ground.material, _told_in(snapshot, fresh), sorted(others))


def _published_since(snapshot: Snapshot, day: date) -> set[DocumentId]:
    return {one.id for one in snapshot.documents if one.published is not None and one.published >= day}


def _told_in(snapshot: Snapshot, documents: Collection[DocumentId]) -> list[Event]:
    return [event for event in snapshot.events.values() if any(document in documents for document in event.documents)]


ROUTES = (today,)
