"""Review: what to look at first, and decisions that are added and can be taken back."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body
from litestar.response import Redirect, Template

from dragoman.analysis.queue import FORMULA, queue
from dragoman.app import judging
from dragoman.core.errors import InputError
from dragoman.core.ids import EventId
from dragoman.core.vocab import Verdict
from dragoman.report.lines import Line
from dragoman.web.desk_dependency import TheDesk

_SHOWN = 20
_LATEST = 15
FIELDS = (
    "type",
    "factuality",
    "channel",
    "outcome",
    "when.start",
    "when.end",
    "place.name",
    "place.country",
    "issues",
    "participants.0.role",
    "participants.1.role",
    "participants.2.role",
)
"""Fields offered for correction; any other path can be typed."""


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


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the queue, ready to show; `claims` its claims by id, for the decision."""

    line: Line
    rank: float
    why: tuple[str, ...]
    claims: tuple[str, ...]


@get("/review", name="review", sync_to_thread=True)
def review(desk: TheDesk) -> Template:
    """Doubtful and weighty events first, with the decisions made lately."""
    snapshot = desk.snapshot()
    waiting = queue(snapshot.events.values(), snapshot.ground.by.as_of)
    items = []
    for doubt in waiting[:_SHOWN]:
        event = snapshot.events[EventId(doubt.event)]
        items.append(Item(line=snapshot.line(event), rank=doubt.rank, why=doubt.why, claims=event.claims))
    made = judging.judgements(desk.config)
    undone = {judgement.undoes for judgement in made}
    latest = [(judgement, judgement.id in undone) for judgement in reversed(made[-_LATEST:])]
    return Template(
        "review.html.j2",
        context={"items": items, "waiting": len(waiting), "formula": FORMULA, "latest": latest, "fields": FIELDS},
    )


@post("/review/decide", name="decide", sync_to_thread=True)
def decide(data: Annotated[Decision, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk) -> Redirect:
    """Write one decision and go back to where it was made."""
    claims = [claim for claim in data.claims.split(",") if claim]
    try:
        judging.judge(desk.config, data.verdict, claims, field=data.field or None, value=data.value or None, why=data.why or None)
    except InputError as error:
        raise ClientException(str(error)) from error
    desk.forget()
    return Redirect(data.back if data.back.startswith("/") and not data.back.startswith("//") else "/review", status_code=303)


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
