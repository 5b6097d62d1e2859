"""Dialogue channels and who could carry a message."""

from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from markupsafe import Markup

from dragoman.app import analysing
from dragoman.app.snapshot import Snapshot
from dragoman.report.networks import Node, web_picture
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.drawings import strongest_web
from dragoman.web.event_filter import EventFilter
from dragoman.web.pages.pictures import shown


@get("/channels", name="channels", sync_to_thread=True)
def channels(
    desk: TheDesk,
    dossier: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    sender: FromQuery[str] = "",
    receiver: FromQuery[str] = "",
) -> Template | Redirect:
    """Channels by strength; with `sender` and `receiver`, who could carry a message between them.

    Names lead to the address by the actors' keys, which stands whatever an actor is called one day.
    """
    snapshot = desk.snapshot()
    ground = snapshot.ground
    given = {"actor": actor, "sender": sender, "receiver": receiver}
    keys = {name: analysing.actor_key(ground, each) for name, each in given.items() if each}
    if any(keys[name] != given[name] for name in keys):
        return Redirect(f"/channels?{urlencode(keys | ({'dossier': dossier} if dossier else {}))}", status_code=303)
    key = keys.get("actor")
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
            "drawing": None if routes else drawn_channels(snapshot, wanted),
            "asked": {"dossier": dossier},
            "typed": {name: snapshot.wording.name(one) for name, one in keys.items()},
            "dossiers": sorted(snapshot.by_dossier),
            "actors": sorted({snapshot.wording.name(key) for key in snapshot.by_actor}),
        },
    )


def drawn_channels(snapshot: Snapshot, wanted: EventFilter) -> tuple[tuple[Markup, str] | None, tuple[Node, ...]] | None:
    """The picture of the network and all actors in it; None where there is none."""

    def drawn() -> tuple[tuple[Markup, str] | None, tuple[Node, ...]] | None:
        web = strongest_web(snapshot, wanted)
        return (shown(web_picture(web, linked=True)), web.nodes) if web else None

    return snapshot.kept(("network", wanted), drawn)


ROUTES = (channels,)
