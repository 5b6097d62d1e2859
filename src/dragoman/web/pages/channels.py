"""Dialogue channels and who could carry a message."""

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from dragoman.app import analysing
from dragoman.report.charts import network
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.event_filter import EventFilter, chosen_events
from dragoman.web.pages.pictures import shown

_DRAWN = 60
"""Actors in the picture; the table has all."""


@get("/channels", name="channels", sync_to_thread=True)
def channels(
    desk: TheDesk,
    dossier: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    sender: FromQuery[str] = "",
    receiver: FromQuery[str] = "",
) -> Template:
    """Channels by strength; with `sender` and `receiver`, who could carry a message between them."""
    snapshot = desk.snapshot()
    ground = snapshot.ground
    key = analysing.actor_key(ground, actor) if actor else None
    wanted = EventFilter(dossier=dossier or None, actor=key)
    found = snapshot.kept(
        ("channels", wanted), lambda: analysing.find_channels(ground, dossier=wanted.dossier, actor=key, limit=100)
    )
    routes = analysing.find_routes(ground, sender, receiver, dossier=dossier or None) if sender and receiver else None
    return Template(
        "channels.html.j2",
        context={
            "found": found,
            "routes": routes,
            "picture": None
            if routes
            else snapshot.kept(("network", wanted), lambda: shown(network(chosen_events(snapshot, wanted), most=_DRAWN))),
            "asked": {"dossier": dossier, "actor": actor, "sender": sender, "receiver": receiver},
            "dossiers": sorted(snapshot.by_dossier),
            "actors": sorted({snapshot.wording.name(key) for key in snapshot.by_actor}),
        },
    )


ROUTES = (channels,)
