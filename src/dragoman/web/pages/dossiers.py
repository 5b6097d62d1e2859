"""Dossiers: the list, and one at a glance."""

from heapq import nlargest

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from dragoman.app import analysing
from dragoman.app.snapshot import Snapshot
from dragoman.core.access import RestrictionKind
from dragoman.core.claims import Proposal, Status, Utterance, Violence
from dragoman.core.errors import InputError
from dragoman.core.ids import DossierId
from dragoman.report.lines import Line
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import page_of

_SHOWN = 12


@get("/dossiers", name="dossiers", sync_to_thread=True)
def dossiers(desk: TheDesk) -> Template:
    """All dossiers with something in the record, busiest first, each with its course of tension."""
    snapshot = desk.snapshot()
    found = snapshot.tension()
    courses = {row.dossier: row for row in found.tension}
    rows = sorted(snapshot.by_dossier.items(), key=lambda item: (-len(item[1]), item[0]))
    return Template(
        "dossiers.html.j2", context={"rows": rows, "courses": courses, "spillover": found.spillover, "line": snapshot.line}
    )


@get("/dossiers/{dossier:str}", name="dossier", sync_to_thread=True)
def dossier(desk: TheDesk, dossier: FromPath[str], page: FromQuery[int] = 1) -> Template:
    """One dossier: its parties, channels, third parties, contacts, statements and violence."""
    snapshot = desk.snapshot()
    own = DossierId(dossier)
    known = snapshot.ground.dossiers.get(own)
    events = snapshot.by_dossier.get(own, ())
    if known is None and not events:
        raise InputError(f"there is no dossier {dossier!r} in the record")

    return Template(
        "dossier.html.j2",
        context={
            "id": dossier,
            "known": known,
            "marks": desk.marks((RestrictionKind.DOSSIER, dossier)),
            "name": snapshot.wording.name,
            "events": page_of(events, page),
            "line": snapshot.line,
            "channels": analysing.find_channels(snapshot.ground, dossier=dossier, limit=_SHOWN),
            "coalitions": snapshot.coalitions(own) if known and known.sides else None,
            "tension": snapshot.tension(dossier),
            "claims": {kind.__name__.lower(): _claims(snapshot, own, kind) for kind in (Status, Proposal, Utterance, Violence)},
        },
    )


def _claims(snapshot: Snapshot, dossier: DossierId, kind: type[Status | Proposal | Utterance | Violence]) -> list[Line]:
    """The newest claims of a kind in a dossier as lines."""
    published = snapshot.ground.published

    def newness(claim: Status | Proposal | Utterance | Violence) -> tuple[int, str]:
        day = (claim.when.start or claim.when.end if claim.when else None) or published[claim.document]
        return (day.toordinal() if day else 0, claim.id)

    found = [claim for claim in snapshot.ground.claims_in.get(dossier, ()) if isinstance(claim, kind)]
    return [snapshot.claim_line(claim) for claim in nlargest(_SHOWN, found, key=newness)]


ROUTES = (dossiers, dossier)
