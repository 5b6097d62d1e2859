"""Review: what to look at first, and decisions that are added and can be taken back."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from dragoman.analysis.queue import FORMULA, Doubt, Order
from dragoman.app import judging
from dragoman.app.snapshot import Snapshot
from dragoman.core.claims import Engagement
from dragoman.core.errors import InputError
from dragoman.core.records import Event
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Outcome, Role, Verdict
from dragoman.report.lines import Line
from dragoman.resolve.judging import in_force
from dragoman.web.addresses import own_address
from dragoman.web.desk_dependency import TheDesk

_SHOWN = 20
_LATEST = 15
FIELDS = (
    ("type", "kind of contact"),
    ("factuality", "how real"),
    ("channel", "channel"),
    ("outcome", "outcome"),
    ("when.start", "first day"),
    ("when.end", "last day"),
    ("place.name", "place"),
    ("place.country", "country"),
    ("issues", "issues"),
)
"""Fields offered for correction beside the roles of those who took part."""
CODES = tuple(
    dict.fromkeys(code.value for codes in (Role, EngagementType, Factuality, Channel, Outcome, Issue) for code in codes)
)
"""Values offered while typing."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What the form sends; `claims` are ids parted by commas, `back` the page to return to."""

    verdict: Verdict
    claims: str
    field: str = ""
    value: str = ""
    why: str = ""
    back: str = "/review"


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """Which decision is taken back, and why."""

    judgement: str
    why: str = ""


class Decidable(msgspec.Struct, frozen=True, kw_only=True):
    """What can be decided about one event: its claims, the fields of each that can be corrected, and events that may be it."""

    claims: tuple[str, ...]
    fields: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    alike: tuple[tuple[str, Line], ...]
    """The first claim of each event that looks alike, with the event's line."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the queue, ready to show; `next` is where to go on after deciding."""

    line: Line
    doubt: Doubt
    decidable: Decidable
    next: str


def decidable(snapshot: Snapshot, event: Event) -> Decidable:
    """What can be decided about an event."""
    claims = snapshot.ground.material.claims
    fields = []
    for own in event.claims:
        claim = claims[own]
        who = claim.participants if isinstance(claim, Engagement) else ()
        roles = ((f"participants.{place}.role", f"role of {each.person or each.actor.name}") for place, each in enumerate(who))
        fields.append((str(own), (*roles, *FIELDS)))
    alike = tuple((str(other.claims[0]), snapshot.line(other)) for other in snapshot.neighbours.of(event))
    return Decidable(claims=event.claims, fields=tuple(fields), alike=alike)


@get("/review", name="review", sync_to_thread=True)
def review(desk: TheDesk, order: FromQuery[Order] = Order.RANK) -> Template:
    """Doubtful and weighty events first, with the decisions made lately.

    The record as it stood a moment ago is good enough to go on with: what was decided since is left out, and nobody waits for
    everything to be resolved anew after each decision.
    """
    snapshot = desk.latest()
    made = tuple(one for one in judging.judgements(desk.config) if one.verdict is not Verdict.CODE)
    decided = {claim for judgement in in_force(made)[0] for claim in judgement.claims}
    settled = {snapshot.event_of[claim] for claim in decided if claim in snapshot.event_of}
    waiting = [one for one in snapshot.queue(order) if one.event not in settled]
    undone = {judgement.undoes for judgement in made}
    context = {
        "items": _items(snapshot, waiting[: _SHOWN + 1], order)[:_SHOWN],
        "waiting": len(waiting),
        "formula": FORMULA,
        "order": order,
        "orders": tuple(Order),
        "latest": [(judgement, judgement.id in undone) for judgement in reversed(made[-_LATEST:])],
        "codes": CODES,
    }
    return Template("review.html.j2", context=context)


def _items(snapshot: Snapshot, waiting: list[Doubt], order: Order) -> list[Item]:
    after = [f"/review?order={order}#{doubt.event}" for doubt in waiting[1:]] + [f"/review?order={order}"]
    return [
        Item(
            line=snapshot.line(snapshot.events[doubt.event]),
            doubt=doubt,
            decidable=decidable(snapshot, snapshot.events[doubt.event]),
            next=after[place],
        )
        for place, doubt in enumerate(waiting)
    ]


@post("/review/decide", name="decide", sync_to_thread=True)
def decide(data: Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk) -> Redirect:
    """Write one decision and go back to where it was made."""
    claims = [claim for claim in data.claims.split(",") if claim]
    try:
        judging.judge(desk.config, data.verdict, claims, field=data.field or None, value=data.value or None, why=data.why or None)
    except InputError as error:
        raise ClientException(str(error)) from error
    desk.forget()
    return Redirect(own_address(data.back, "/review"), status_code=303)


@post("/review/undo", name="undo", sync_to_thread=True)
def undo(data: Annotated[Undoing, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk) -> Redirect:
    """Take a decision back by a new one."""
    try:
        judging.undo(desk.config, data.judgement, why=data.why or None)
    except InputError as error:
        raise ClientException(str(error)) from error
    desk.forget()
    return Redirect("/review", status_code=303)


ROUTES = (review, decide, undo)
