"""Where talks stand, who holds which position, and what was offered and agreed."""

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from dragoman.analysis.site_distance import FORMULA
from dragoman.core.errors import InputError
from dragoman.report.talks import by_sentence
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import SIZE, page_of


@get("/talks", name="talks", sync_to_thread=True)
def talks(desk: TheDesk, dossier: FromQuery[str] = "", page: FromQuery[int] = 1) -> Template:
    """Tracks of talks with their status, the latest change first."""
    snapshot = desk.snapshot()
    rows = [row for row in snapshot.talks if dossier in {"", row.dossier}]
    context = {"page": page_of(rows, page), "asked": dossier, "dossiers": sorted(snapshot.by_dossier)}
    return Template("talks.html.j2", context=context)


@get("/talks/{track:str}", name="track", sync_to_thread=True)
def track(desk: TheDesk, track: FromPath[str]) -> Template:
    """One track: its status over time, each step with its sentence, and its rounds."""
    snapshot = desk.snapshot()
    row = next((row for row in snapshot.talks if row.id == track), None)
    if row is None:
        raise InputError(f"there are no talks {track!r} in the record")
    held = {
        event: snapshot.distances(snapshot.events[event])
        for one in row.rounds
        for event in one.events
        if event in snapshot.events
    }
    found = snapshot.stalled(track)
    context = {
        "row": row,
        "talks": snapshot.tracks[track],
        "by_sentence": by_sentence,
        "distances": held,
        "distance_formula": FORMULA,
        "stalled": found if found.stalled else None,
    }
    return Template("track.html.j2", context=context)


@get("/positions", name="positions", sync_to_thread=True)
def positions(desk: TheDesk, dossier: FromQuery[str] = "", page: FromQuery[int] = 1) -> Template:
    """Actors by issues: the stance that each takes now, with its last words and what changed."""
    snapshot = desk.snapshot()
    rows = [row for row in snapshot.positions if dossier in {"", row.dossier}]
    cells = {(row.actor, row.issue): row for row in rows if row.dossier == dossier}
    context = {
        "rows": page_of(rows, page),
        "issues": sorted({issue for _, issue in cells}),
        "actors": sorted({actor for actor, _ in cells}),
        "cells": cells,
        "pages": {row.id: 1 + place // SIZE for place, row in enumerate(rows)},
        "asked": dossier,
        "dossiers": sorted({row.dossier for row in snapshot.positions}),
        "apart": snapshot.apart(dossier) if dossier else None,
    }
    return Template("positions.html.j2", context=context)


@get("/commitments", name="commitments", sync_to_thread=True)
def commitments(desk: TheDesk, dossier: FromQuery[str] = "", status: FromQuery[str] = "", page: FromQuery[int] = 1) -> Template:
    """The register of offers, guarantees and agreements with what became of them."""
    snapshot = desk.snapshot()
    rows = [row for row in snapshot.commitments if (not dossier or dossier in row.dossiers) and status in {"", row.state}]
    context = {"rows": page_of(rows, page), "dossier": dossier, "status": status, "dossiers": sorted(snapshot.by_dossier)}
    return Template("commitments.html.j2", context={**context, "states": sorted({row.state for row in snapshot.commitments})})


ROUTES = (talks, track, positions, commitments)
