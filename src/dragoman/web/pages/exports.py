"""What pages show, to take along: the address of a page with .csv, .xlsx, .svg or .png after it, and the page's own filters."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from dragoman.analysis.queue import Order
from dragoman.app import analysing
from dragoman.app.exporting import ExportFormat
from dragoman.app.screen_exports import PICTURES, ScreenFormat, event_sheets, picture_bytes, sheet_bytes
from dragoman.app.searching import Kind, Search, found_sheet
from dragoman.app.snapshot import Snapshot
from dragoman.core.ids import EventId
from dragoman.core.sheets import Sheet
from dragoman.report import screens
from dragoman.report.charts import Picture
from dragoman.report.maps import sites
from dragoman.report.words import dossier_name
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.drawings import draw_map, draw_network, draw_timeline
from dragoman.web.event_filter import chosen_events, read_filter
from dragoman.web.pages.record_exports import dyad_sheets, links_of_one
from dragoman.web.pages.today import today_sheets

Asked = Mapping[str, str]
_ALL = 100_000
"""More channels than any record has."""


def _events(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    return event_sheets(snapshot.ground.material, chosen_events(snapshot, read_filter(asked)))


def _channels(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    dossier, ground = asked.get("dossier") or None, snapshot.ground
    if asked.get("sender") and asked.get("receiver"):
        found = analysing.find_routes(ground, asked["sender"], asked["receiver"], dossier=dossier)
        return (screens.route_sheet(found.routes),)
    channels = analysing.find_channels(ground, dossier=dossier, actor=asked.get("actor") or None, limit=_ALL)
    return (screens.channel_sheet(channels.channels),)


def _talks(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    return (screens.talks_sheet(row for row in snapshot.talks if asked.get("dossier", "") in {"", row.dossier}),)


def _positions(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    dossier = asked.get("dossier", "")
    sheet = screens.position_sheet(row for row in snapshot.positions if dossier in {"", row.dossier})
    if not dossier:
        return (sheet,)
    apart = (
        screens.DistanceLine(
            left=row.left,
            right=row.right,
            distance=row.distance,
            issues=tuple(f"{one.issue}: {one.left} – {one.right}" for one in row.issues),
        )
        for row in snapshot.apart(dossier).pairs
    )
    return (sheet, screens.distance_sheet(apart))


def _commitments(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    dossier, status = asked.get("dossier", ""), asked.get("status", "")
    rows = (row for row in snapshot.commitments if (not dossier or dossier in row.dossiers) and status in {"", row.state})
    return (screens.commitment_sheet(rows),)


def _actors(snapshot: Snapshot, _: Asked, __: TheDesk) -> tuple[Sheet, ...]:
    ordered = sorted(snapshot.by_actor.items(), key=lambda item: (-len(item[1]), item[0]))
    return (screens.actor_sheet({key: len(events) for key, events in ordered}, snapshot.actor_names),)


def _dossiers(snapshot: Snapshot, _: Asked, __: TheDesk) -> tuple[Sheet, ...]:
    ordered = sorted(snapshot.by_dossier.items(), key=lambda item: (-len(item[1]), item[0]))
    courses = {row.dossier: row for row in analysing.find_tension(snapshot.ground).tension}
    names = {str(one): dossier_name(one) for one, _ in ordered}
    return (screens.dossier_sheet({str(one): len(events) for one, events in ordered}, names, courses),)


def _sources(snapshot: Snapshot, _: Asked, __: TheDesk) -> tuple[Sheet, ...]:
    return (screens.source_sheet(snapshot.sources),)


def _sites(snapshot: Snapshot, asked: Asked, _: TheDesk) -> tuple[Sheet, ...]:
    found, _nowhere = sites(chosen_events(snapshot, read_filter(asked)))
    return (screens.site_sheet(found),)


def _review(snapshot: Snapshot, _: Asked, __: TheDesk) -> tuple[Sheet, ...]:
    waiting = snapshot.queue(Order.RANK)
    rows = ((one.event, one.rank, snapshot.wording.reference(EventId(one.event)).what, one.why) for one in waiting)
    return (screens.doubt_sheet(rows),)


def _search(snapshot: Snapshot, asked: Asked, desk: TheDesk) -> tuple[Sheet, ...]:
    search = Search(snapshot, desk.config, asked.get("q", "")[:500])
    kinds = [Kind(asked["kind"])] if asked.get("kind") in set(Kind) else list(Kind)
    return (found_sheet(search.row(match) for kind in kinds for match in search.matches(kind)),)


TABLES: Mapping[str, Callable[[Snapshot, Asked, Any], tuple[Sheet, ...]]] = {
    "/today": today_sheets,
    "/events": _events,
    "/dyads": dyad_sheets,
    "/channels": _channels,
    "/talks": _talks,
    "/positions": _positions,
    "/commitments": _commitments,
    "/actors": _actors,
    "/dossiers": _dossiers,
    "/sources": _sources,
    "/map": _sites,
    "/timeline": _events,
    "/review": _review,
    "/search": _search,
}
"""Pages whose lines can be taken along."""

PICTURED: Mapping[str, Callable[[Snapshot, Asked], Picture | None]] = {
    "/timeline": draw_timeline,
    "/map": draw_map,
    "/channels": draw_network,
}
"""Pages whose picture can be taken along."""


OF_A_DOSSIER: Mapping[ExportFormat, str] = {
    ExportFormat.XLSX: "workbook",
    ExportFormat.ATOM: "feed",
    ExportFormat.ICS: "calendar of plans",
    ExportFormat.MEND: "MEND",
    ExportFormat.POLECAT: "PLOVER (POLECAT)",
    ExportFormat.CAMEO: "CAMEO",
    ExportFormat.PAX: "PA-X",
    ExportFormat.FTM: "FollowTheMoney",
    ExportFormat.GEXF: "network (GEXF)",
    ExportFormat.PARQUET: "Parquet",
}
"""What of a dossier can be taken along: its events and claims, in the shapes of other tools."""


def export_links(request: Request[Any, Any, Any]) -> tuple[tuple[str, str], ...]:
    """What of a page can be taken along, and where: the format's name and the address, with the page's filters."""
    path = request.url.path
    dossier = request.path_params.get("dossier")
    if dossier is not None and path == f"/dossiers/{dossier}":
        chosen = urlencode({"dossier": dossier})
        return tuple((name, f"/api/v1/exports/{form.value}?{chosen}") for form, name in OF_A_DOSSIER.items())
    if of_one := links_of_one(request):
        return of_one
    path = "/today" if path == "/" else path
    forms = [form for form in ScreenFormat if path in (PICTURED if form in PICTURES else TABLES)]
    if path == "/dyads" and not {"one", "other"} <= request.query_params.keys():
        return ()
    if path == "/channels" and {"sender", "receiver"} <= request.query_params.keys():
        forms = [form for form in forms if form not in PICTURES]  # ways for a message are no picture
    asked = sorted((name, value) for name, value in request.query_params.multi_items() if name != "page" and value != "")
    query = f"?{urlencode(asked)}" if asked else ""
    return tuple((form.value.upper(), f"{path}.{form.value}{query}") for form in forms)


def taken_along(request: Request[object, object, State], desk: TheDesk) -> Response[bytes]:
    """All lines of a page that fit its filters, not one page of them alone."""
    path, _, ending = request.url.path.rpartition(".")
    sheets = TABLES[path](desk.snapshot(), _asked(request), desk)
    made = sheet_bytes(ScreenFormat(ending), sheets)
    return _sent(made.content, made.media_type, made.name)


def pictured(request: Request[object, object, State], desk: TheDesk) -> Response[bytes]:
    """The picture of a page, drawn from the same figures."""
    path, _, ending = request.url.path.rpartition(".")
    picture = PICTURED[path](desk.snapshot(), _asked(request))
    made = picture_bytes(ScreenFormat(ending), picture, path.removeprefix("/"))
    return _sent(made.content, made.media_type, made.name)


def _asked(request: Request[object, object, State]) -> Asked:
    return dict(request.query_params.multi_items())


def _sent(content: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _handlers() -> Iterator[HTTPRouteHandler]:
    """One handler for each address."""
    for form in ScreenFormat:
        serve, pages = (pictured, PICTURED) if form in PICTURES else (taken_along, TABLES)
        yield from (get(f"{path}.{form.value}", sync_to_thread=True)(serve) for path in pages)


ROUTES = tuple(_handlers())
