"""What waits for review, what was decided, and new decisions."""

from typing import Annotated

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException
from litestar.openapi.spec import Example
from litestar.params import Body

from dragoman.analysis.queue import FORMULA, Order
from dragoman.app import judging
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.judgements import Judgement
from dragoman.core.vocab import Verdict
from dragoman.resolve.judging import taken_back
from dragoman.web.api.answers import EventEntry, event_entry
from dragoman.web.api.cursors import Listing, ThePaging, listing
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheDesk, TheRecord

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Id = Annotated[str, msgspec.Meta(min_length=5, max_length=32)]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One event that nobody has decided about, with what is doubtful about it."""

    rank: Annotated[float, msgspec.Meta(description=FORMULA)]
    why: tuple[str, ...]
    event: EventEntry


class JudgementEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision."""

    id: str
    undone: Annotated[bool, msgspec.Meta(description="Whether a later decision takes it back.")]
    judgement: Judgement


class NewJudgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision to write, or with `undoes` alone one to take back."""

    verdict: Verdict | None = None
    claims: Annotated[
        tuple[Id, ...], msgspec.Meta(max_length=200, description="Ids of claims; merge and split take several.")
    ] = ()
    field: Annotated[Text | None, msgspec.Meta(description="What to correct, such as participants.0.role.")] = None
    value: Annotated[
        Text | None, msgspec.Meta(description="What it is corrected to, null for unknown; the dossiers to assign.")
    ] = None
    why: Text | None = None
    undoes: Annotated[Id | None, msgspec.Meta(description="Id of a decision to take back.")] = None


_EXAMPLE = Example(
    summary="Correct a role",
    value={
        "verdict": "correct",
        "claims": ["c0123456789abcdef"],
        "field": "participants.0.role",
        "value": "mediator",
        "why": "second readout",
    },
)


@get("/review", tags=["Review"], responses=documented(), sync_to_thread=True)
def list_waiting(snapshot: TheRecord, paging: ThePaging) -> Listing[Waiting]:
    """Events that nobody has decided about, the most doubtful and weighty first."""
    return listing(
        snapshot.queue(Order.RANK),
        paging,
        key=lambda one: (f"{10**6 - one.rank:010.2f}", one.event),
        show=lambda one: Waiting(rank=one.rank, why=one.why, event=event_entry(snapshot.events[EventId(one.event)])),
    )


@get("/judgements", tags=["Review"], responses=documented(), sync_to_thread=True)
def list_judgements(snapshot: TheRecord, paging: ThePaging) -> Listing[JudgementEntry]:
    """All decisions in the order they were made; those taken back are marked."""
    made = sorted(snapshot.judgements, key=_key)
    undone = taken_back(made)
    return listing(made, paging, key=_key, show=lambda one: _entry(one, undone=one.id in undone))


@post("/judgements", tags=["Review"], responses=documented(404, 415), sync_to_thread=True)
def add_judgement(
    request: Request[object, object, State],
    data: Annotated[NewJudgement, Body(examples=[_EXAMPLE])],
    snapshot: TheRecord,
    desk: TheDesk,
) -> JudgementEntry:
    """Write a decision beside the claims, or take one back by a new one; nothing is ever overwritten."""
    if not request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        # A form of another page can send anything but this type without asking first.
        raise _NotJson
    if data.undoes is not None:
        if all(one.id != data.undoes for one in snapshot.judgements):
            raise InputError(f"there is no decision {data.undoes!r}; /api/v1/judgements lists them")
        made = judging.undo(desk.config, data.undoes, why=data.why)
    else:
        made = _decided(data, snapshot, desk)
    desk.forget()
    return _entry(made, undone=False)


class _NotJson(HTTPException):
    status_code = 415
    detail = "send the decision as application/json"


def _decided(data: NewJudgement, snapshot: TheRecord, desk: TheDesk) -> Judgement:
    if data.verdict is None or not data.claims:
        raise ClientException("verdict and claims: give both, or undoes to take a decision back")
    for own in data.claims:
        if snapshot.claims.get(ClaimId(own)) is None:
            raise InputError(f"there is no claim {own!r} in the record; give whole ids as /api/v1/claims lists them")
    try:
        return judging.judge(desk.config, data.verdict, data.claims, field=data.field, value=data.value, why=data.why)
    except InputError as error:
        raise ClientException(str(error)) from error


def _entry(one: Judgement, *, undone: bool) -> JudgementEntry:
    return JudgementEntry(id=one.id, undone=undone, judgement=one)


def _key(one: Judgement) -> tuple[str, str]:
    return (one.at.isoformat(), one.id)


ROUTES = (list_waiting, list_judgements, add_judgement)
