"""Pictures of the record: contacts over time, and where they took place."""

from litestar import Request, get
from litestar.datastructures import State
from litestar.response import Template
from markupsafe import Markup

from dragoman.report.charts import Picture
from dragoman.report.maps import event_map, sites
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.drawings import draw_timeline
from dragoman.web.event_filter import chosen_events, read_filter


@get("/timeline", name="timeline", sync_to_thread=True)
def timeline_page(request: Request[object, object, State], desk: TheDesk) -> Template:
    """Contacts over time by dossier, with days of violence."""
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    picture = snapshot.kept(("timeline", wanted), lambda: shown(draw_timeline(snapshot, request.query_params)))
    context = {"picture": picture, "asked": wanted.asked, "dossiers": sorted(snapshot.by_dossier)}
    return Template("timeline.html.j2", context={**context, "total": len(chosen_events(snapshot, wanted))})


@get("/map", name="map", sync_to_thread=True)
def map_page(request: Request[object, object, State], desk: TheDesk) -> Template:
    """Where contacts took place."""
    snapshot = desk.snapshot()
    wanted = read_filter(request.query_params)
    found, nowhere = sites(chosen_events(snapshot, wanted))
    picture = snapshot.kept(("map", wanted), lambda: shown(event_map(found, nowhere)))
    context = {"picture": picture, "asked": wanted.asked, "dossiers": sorted(snapshot.by_dossier)}
    return Template("map.html.j2", context={**context, "sites": found, "nowhere": nowhere})


def shown(picture: Picture | None) -> tuple[Markup, str] | None:
    """A picture of our own drawing, whose words are escaped, and its note."""
    return (Markup(picture.svg), picture.note or "") if picture else None  # noqa: S704  drawn here, its text is escaped


ROUTES = (timeline_page, map_page)
