"""What a list of events can be narrowed by, as an address gives it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.exceptions import ClientException

from dragoman.app.snapshot import Snapshot
from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality, Issue, Level, Role


class EventFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every field that is given must fit; days are included, and undated events are in no period."""

    actor: str | None = None
    """A code, or words of a name."""
    dossier: str | None = None
    place: str | None = None
    """A country's code, or words of a place's name."""
    kind: EngagementType | None = None
    status: Factuality | None = None
    role: Role | None = None
    level: Level | None = None
    issue: Issue | None = None
    since: date | None = None
    until: date | None = None
    page: Annotated[int, msgspec.Meta(ge=1)] = 1

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as an address says it; without the page."""
        return {name: str(value) for name, value in msgspec.to_builtins(self).items() if name != "page"}


_AS_THEY_STAND = ("dossier", "kind", "status", "role", "level", "issue")


def chosen_events(snapshot: Snapshot, wanted: EventFilter) -> tuple[Event, ...]:
    """Events that fit, newest first, undated last."""
    asked = {name: str(value) for name in _AS_THEY_STAND if (value := getattr(wanted, name)) is not None}
    return snapshot.event_book.find(asked, actor=wanted.actor, place=wanted.place, since=wanted.since, until=wanted.until)


def read_filter(query: Mapping[str, Any]) -> EventFilter:
    """The filter of an address; empty fields ask for nothing. ClientException (400) says which field cannot be read."""
    given = {name: value for name, value in query.items() if value != ""}
    try:
        return msgspec.convert(given, EventFilter, strict=False)
    except msgspec.ValidationError as error:
        raise ClientException(f"the address cannot be read: {error}") from error
