"""Pictures of the record: contacts over time, and where they took place."""

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Template
from markupsafe import Markup

from dragoman.app.snapshot import Snapshot
from dragoman.report.charts import Picture
from dragoman.report.maps import Site, event_map, sites
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.drawings import draw_timeline
from dragoman.web.event_filter import EventFilter, chosen_events, read_filter


@get("/timeline", name="timeline", sync_to_thread=True)
def timeline_page(request: Request[object, object, State], desk: TheDesk) -> Template:
    """Contacts over time by dossier, with days of violence."""
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    context = {"picture": drawn_timeline(snapshot, wanted), "asked": wanted.asked, "dossiers": sorted(snapshot.by_dossier)}
    return Template("timeline.html.j2", context={**context, "total": len(chosen_events(snapshot, wanted))})


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
