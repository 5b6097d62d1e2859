"""Pictures of the record: contacts over time, and where they took place."""

from datetime import date
from urllib.parse import urlencode

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Redirect, Template
from markupsafe import Markup

from dragoman.analysis.contacts import event_day
from dragoman.app.snapshot import Snapshot
from dragoman.report.charts import Picture
from dragoman.report.maps import Site, event_map, sites
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.drawings import draw_timeline
from dragoman.web.event_filter import EventFilter, chosen_events, read_filter


@get("/timeline", name="timeline", sync_to_thread=True)
def timeline_page(request: Request[object, object, State], desk: TheDesk) -> Template | Redirect:
    """Contacts over time by dossier, with days of violence.

    Without a period it leads to the last twelve months, by an address that says so and goes on meaning these; an empty `since`
    asks for everything.
    """
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    begin = year_before(snapshot)
    if begin is not None and request.query_params.keys().isdisjoint({"since", "until"}):
        asked = [*request.query_params.multi_items(), ("since", begin.isoformat())]
        return Redirect(f"/timeline?{urlencode(asked)}", status_code=303)
    context = {"picture": drawn_timeline(snapshot, wanted), "asked": wanted.asked, "dossiers": sorted(snapshot.by_dossier)}
    others = {name: value for name, value in wanted.asked.items() if name not in {"since", "until"}}
    return Template(
        "timeline.html.j2",
        context={
            **context,
            "total": len(chosen_events(snapshot, wanted)),
            "periods": [(name, urlencode({**others, **period})) for name, period in _periods(snapshot)],
        },
    )


def year_before(snapshot: Snapshot) -> date | None:
    """The first day of the twelve months up to the last contact by the day looked from; None where none has a date."""
    as_of = snapshot.ground.by.as_of
    last = next((day for event in snapshot.events.values() if (day := event_day(event)) is not None and day <= as_of), None)
    return _months_before(last, 12) if last else None


def _periods(snapshot: Snapshot) -> list[tuple[str, dict[str, str]]]:
    """What else may be looked at, with the fields of its address."""
    last = year_before(snapshot)
    if last is None:
        return []
    spans = (("three months", -9), ("twelve months", 0), ("five years", 48))
    return [
        *((f"the last {name}", {"since": _months_before(last, months).isoformat()}) for name, months in spans),
        ("everything", {"since": ""}),
    ]


def _months_before(day: date, months: int) -> date:
    """The first of the month that lies some months before a day's, or after it where they are negative."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(max(1, year), month + 1, 1)


@get("/map", name="map", sync_to_thread=True)
def map_page(request: Request[object, object, State], desk: TheDesk) -> Template:
    """Where contacts took place."""
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    picture, found, nowhere = drawn_map(snapshot, wanted)
    context = {"picture": picture, "asked": wanted.asked, "dossiers": sorted(snapshot.by_dossier)}
    return Template("map.html.j2", context={**context, "sites": found, "nowhere": nowhere})


def drawn_timeline(snapshot: Snapshot, wanted: EventFilter) -> tuple[Markup, str] | None:
    """The picture of contacts over time."""
    return snapshot.kept(("timeline", wanted), lambda: shown(draw_timeline(snapshot, wanted.asked)))


def drawn_map(snapshot: Snapshot, wanted: EventFilter) -> tuple[tuple[Markup, str] | None, tuple[Site, ...], int]:
    """The map, the places on it, and how many contacts have none."""

    def drawn() -> tuple[tuple[Markup, str] | None, tuple[Site, ...], int]:
        found, nowhere = sites(chosen_events(snapshot, wanted))
        return shown(event_map(found, nowhere)), found, nowhere

    return snapshot.kept(("map", wanted), drawn)


def shown(picture: Picture | None) -> tuple[Markup, str] | None:
    """A picture of our own drawing, whose words are escaped, and its note."""
    return (Markup(picture.svg), picture.note or "") if picture else None  # noqa: S704  drawn here, its text is escaped


ROUTES = (timeline_page, map_page)
