"""What lies between two actors, on one page."""

from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from dragoman.app.tracks import find_dyad
from dragoman.core.ids import EventId
from dragoman.report.claim_lines import Spoken
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import page_of


@get("/dyads", name="dyad", sync_to_thread=True)
def dyad(desk: TheDesk, one: FromQuery[str] = "", other: FromQuery[str] = "", page: FromQuery[int] = 1) -> Template | Redirect:
    """Contacts of two actors, tension and dependence between them, what they say of one another, and who reaches both.

    Names lead to the address by the actors' keys: what is copied from there stands whatever an actor is called one day.
    """
    snapshot = desk.snapshot()
    found = find_dyad(snapshot.ground, one, other) if one and other else None
    if found and found.keys != (one, other):
        return Redirect(f"/dyads?{urlencode({'one': found.keys[0], 'other': found.keys[1]})}", status_code=303)
    keys = set(found.keys) if found else set()
    shared = [event for event in snapshot.by_actor.get(min(keys), ()) if snapshot.brings_together(event, keys)] if found else []
    wanted = (*found.statements, *(claim for tie in found.ties for claim in tie.claims)) if found else ()
    lines = {claim: snapshot.claim_line(told) for claim in wanted if isinstance(told := snapshot.others.get(claim), Spoken)}
    context = {
        "found": found,
        "asked": {"one": one, "other": other},
        "typed": dict(zip(("one", "other"), found.names, strict=True)) if found else {"one": one, "other": other},
        "events": page_of(shared, page),
        "line": snapshot.line,
        "lines": lines,
        "indirect": [snapshot.line(snapshot.events[EventId(event)]) for event in found.indirect] if found else [],
        "actors": sorted(set(snapshot.actor_names.values())),
    }
    return Template("dyad.html.j2", context=context)


ROUTES = (dyad,)
