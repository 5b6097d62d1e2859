"""What a list of events can be narrowed by, as an address gives it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.exceptions import ClientException

from dragoman.analysis.contacts import event_day
from dragoman.app.desk import Snapshot
from dragoman.core.folding import fold
from dragoman.core.ids import DossierId
from dragoman.core.queries import words_fit
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

    def takes(self, event: Event) -> bool:
        """Whether an event fits."""
        return (
            (self.actor is None or _involves(event, self.actor))
            and (self.dossier is None or self.dossier in event.dossiers)
            and (self.place is None or _lies(event, self.place))
            and self.kind in {None, event.type}
            and self.status in {None, event.factuality}
            and (self.role is None or any(each.role is self.role for each in event.participants))
            and (self.level is None or any(each.level is self.level for each in event.participants))
            and (self.issue is None or self.issue in event.issues)
            and self._within(event)
        )

    def _within(self, event: Event) -> bool:
        if self.since is None and self.until is None:
            return True
        last = event_day(event)
        first = (event.when.start or event.when.end) if event.when else None
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


def _involves(event: Event, actor: str) -> bool:
    wanted = actor.casefold()
    return any(each.actor.key.casefold() == wanted or words_fit(actor, fold(each.actor.name)) for each in event.participants)


def _lies(event: Event, place: str) -> bool:
    own = event.place
    return own is not None and (place.upper() == own.country or (own.name is not None and words_fit(place, fold(own.name))))


def chosen_events(snapshot: Snapshot, wanted: EventFilter) -> tuple[Event, ...]:
    """Events that fit, newest first, undated last."""
    pool = snapshot.by_dossier.get(DossierId(wanted.dossier), ()) if wanted.dossier else snapshot.events.values()
    return tuple(event for event in pool if wanted.takes(event))


def read_filter(query: Mapping[str, Any]) -> EventFilter:
    """The filter of an address; empty fields ask for nothing. ClientException (400) says which field cannot be read."""
    given = {name: value for name, value in query.items() if value != ""}
    try:
        return msgspec.convert(given, EventFilter, strict=False)
    except msgspec.ValidationError as error:
        raise ClientException(f"the address cannot be read: {error}") from error
