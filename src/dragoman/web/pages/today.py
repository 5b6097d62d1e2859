"""The first page in the morning: what is new."""

from datetime import date, timedelta

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

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
    documents = ground.material.library.documents
    fresh = {id_ for id_, document in documents.items() if document.published is not None and document.published >= start}
    events = [event for event in snapshot.events.values() if any(document in fresh for document in event.documents)]
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


ROUTES = (today,)
