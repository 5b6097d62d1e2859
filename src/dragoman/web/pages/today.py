"""The first page in the morning: what is new, since a day or since somebody last looked."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from heapq import nlargest
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from dragoman.app.screen_exports import record_sheets
from dragoman.app.snapshot import Snapshot
from dragoman.core.access import AccountRole
from dragoman.core.claims import Agreement, Proposal, Status, Utterance, Violence
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Event
from dragoman.core.sheets import Sheet
from dragoman.core.vocab import Factuality
from dragoman.report.claim_lines import Spoken
from dragoman.report.lines import Line
from dragoman.report.summary import AHEAD, KEY_FORMULA, OFF, key_points, summarise
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.entrance import NEEDS, AnyRequest

_DAYS = 7
_KEYS = 5
_SHOWN = 40
_CLAIMS = 8
"""Claims of each kind on the page; the workbook has them all."""
LOOKED = "looked"
"""What the cookie is called that says how far somebody has seen, after the session's name."""
_YEAR = 365 * 24 * 3600
_KINDS: Mapping[str, tuple[type, ...]] = {
    "Where talks stand": (Status,),
    "Offers, demands and agreements": (Proposal, Agreement),
    "Violence noted": (Violence,),
    "What was said": (Utterance,),
}
_HEADINGS = {kind: heading for heading, kinds in _KINDS.items() for kind in kinds}


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the form sends: the number of the last document that was there."""

    mark: Annotated[int, msgspec.Meta(ge=0)]


@get("/", name="today", sync_to_thread=True)
def today(
    request: AnyRequest, desk: TheDesk, since: FromQuery[date | None] = None, after: FromQuery[int | None] = None
) -> Template | Redirect:
    """What documents of late tell: those published since a day, or those that came in after a mark.

    Without either it leads to what came in since this browser said that it had seen what was there; where it never did, a week
    before the latest document is shown. The weightiest contacts stand first.
    """
    seen = request.cookies.get(_cookie(request), "")
    if since is None and after is None and seen.isascii() and seen.isdigit():
        return Redirect(f"/?{urlencode({'after': int(seen)})}", status_code=303)
    snapshot = desk.snapshot()
    ground = snapshot.ground
    start = since or ground.by.as_of - timedelta(days=_DAYS)
    fresh = _published_since(snapshot, start) if after is None else _come_after(snapshot, after)
    events = _told_in(snapshot, fresh)
    happened = [event for event in events if event.factuality is Factuality.OCCURRED]
    ranked = sorted(happened, key=lambda event: -key_points(event)[0])[:_KEYS]
    return Template(
        "today.html.j2",
        context={
            "since": start if after is None else None,
            "came": len(fresh) if after is not None else None,
            "mark": max(ground.material.arrivals.values(), default=0),
            "as_of": ground.by.as_of,
            "summary": summarise(events, fresh, ground.material.library, undated=sum(e.when is None for e in events)),
            "keys": [(snapshot.line(event), key_points(event)[1]) for event in ranked],
            "formula": KEY_FORMULA,
            "happened": [snapshot.line(event) for event in happened[:_SHOWN]],
            "more": max(0, len(happened) - _SHOWN),
            "ahead": [snapshot.line(event) for event in events if event.factuality in AHEAD][:_SHOWN],
            "off": [snapshot.line(event) for event in events if event.factuality in OFF][:_SHOWN],
            "claims": _claims(snapshot, fresh),
        },
    )


@post("/seen", name="seen", opt={NEEDS: AccountRole.READER}, sync_to_thread=False)
def seen(request: AnyRequest, data: Annotated[Seen, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Redirect:
    """Keep in this browser how far somebody has seen: from then on Today shows what came in after."""
    kept = Cookie(
        key=_cookie(request),
        value=str(data.mark),
        path="/",
        max_age=_YEAR,
        httponly=True,
        samesite="strict",
        secure=request.app.state.secure,
    )
    return Redirect(f"/?{urlencode({'after': data.mark})}", status_code=303, cookies=[kept])


def today_sheets(snapshot: Snapshot, asked: Mapping[str, str], _: object) -> tuple[Sheet, ...]:
    """The events that the page shows, all of them, and what else its documents tell."""
    try:
        if asked.get("after"):
            fresh = _come_after(snapshot, int(asked["after"]))
        else:
            day = date.fromisoformat(asked["since"]) if asked.get("since") else snapshot.ground.by.as_of - timedelta(days=_DAYS)
            fresh = _published_since(snapshot, day)
    except ValueError as error:
        raise InputError("since is a day such as 2024-05-07, after a number as the page gives it") from error
    others = (ClaimId(own) for one in fresh for own in snapshot.by_document.get(one, ()) if own in snapshot.others)
    return record_sheets(snapshot.ground.material, _told_in(snapshot, fresh), sorted(others))


def _cookie(request: AnyRequest) -> str:
    return f"{request.app.state.cookie}-{LOOKED}"


def _published_since(snapshot: Snapshot, day: date) -> set[DocumentId]:
    return {one.id for one in snapshot.documents if one.published is not None and one.published >= day}


def _come_after(snapshot: Snapshot, mark: int) -> set[DocumentId]:
    return {own for own, number in snapshot.ground.material.arrivals.items() if number > mark}


def _told_in(snapshot: Snapshot, documents: Iterable[DocumentId]) -> list[Event]:
    told = {own for one in documents for own in snapshot.by_document.get(one, ())}
    return [event for own, event in snapshot.events.items() if own in told]


def _claims(snapshot: Snapshot, documents: Iterable[DocumentId]) -> list[tuple[str, list[Line], int]]:
    """Claims of documents under headings: the most salient of each kind, the newest first, and how many there are beside."""
    found: dict[str, list[tuple[float, int, str]]] = {heading: [] for heading in _KINDS}
    for one in documents:
        published = snapshot.ground.published.get(one)
        day = published.toordinal() if published else 0
        for own in snapshot.by_document.get(one, ()):
            claim = snapshot.others.get(ClaimId(own))
            if claim is not None and type(claim) in _HEADINGS:
                salience = claim.salience if isinstance(claim, Utterance) else 0.0
                found[_HEADINGS[type(claim)]].append((salience, day, own))
    return [
        (heading, _lines(snapshot, [own for *_, own in nlargest(_CLAIMS, told)]), max(0, len(told) - _CLAIMS))
        for heading, told in found.items()
    ]


def _lines(snapshot: Snapshot, ids: Iterable[str]) -> list[Line]:
    claims = (snapshot.others[ClaimId(own)] for own in ids)
    return sorted((snapshot.claim_line(claim) for claim in claims if isinstance(claim, Spoken)), key=_newness)


def _newness(line: Line) -> tuple[int, str]:
    return (-line.order.toordinal() if line.order else 0, line.id)


ROUTES = (today, seen)
