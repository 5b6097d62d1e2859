"""Answers are tagged by the state of the record, so that who has one already is told so without making it again."""

from litestar import Request
from litestar.datastructures import MutableScopeHeaders, State
from litestar.types import Message, Scope

from dragoman import __version__
from dragoman.app.config import Config
from dragoman.app.desk import Seat
from dragoman.app.snapshot import Snapshot
from dragoman.core.codec import dump
from dragoman.core.ids import content_hash
from dragoman.web.api.problems import NotModified
from dragoman.web.desk_dependency import TheDesk

_STATE, _SEAT = "entity_tag", "seat"


def tag_of(snapshot: Snapshot, config: Config) -> str:
    """A tag that changes with the record, the day it is looked at from, the settings and the version of Dragoman."""
    said = dump(config).decode()
    return f'"{content_hash(snapshot.version, str(snapshot.ground.by.as_of), said, __version__)}"'


def current_snapshot(request: Request[object, object, State], desk: TheDesk) -> Snapshot:
    """The record as it stands; raises NotModified where the asker names its tag in If-None-Match."""
    return snapshot_for(request, desk)


def snapshot_for(request: Request[object, object, State], desk: Seat) -> Snapshot:
    """The same for who has the desk at hand."""
    snapshot = desk.snapshot()
    tag = tag_of(snapshot, desk.config)
    request.scope["state"][_STATE] = tag
    known = request.headers.get("if-none-match", "")
    if request.method in {"GET", "HEAD"} and tag in {one.strip().removeprefix("W/") for one in known.split(",")}:
        raise NotModified
    return snapshot


async def tag_answer(message: Message, scope: Scope) -> None:
    """Put the tag on an answer that was made from a snapshot; it may be kept, but must be asked for again."""
    tag = scope.get("state", {}).get(_STATE)
    if message["type"] == "http.response.start" and tag and message["status"] in {200, 304}:
        headers = MutableScopeHeaders.from_message(message)
        headers["ETag"] = tag
        headers["Cache-Control"] = "private, no-cache"
        if scope["state"][_SEAT].behind:
            headers["Dragoman-Record"] = "renewing"
        headers["Vary"] = "Authorization, Cookie"
