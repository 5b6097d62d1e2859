"""Events of one track in the making, and what later events and words are compared with."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId
from dragoman.core.records import Event, Reason
from dragoman.core.vocab import EngagementType, Factuality, Outcome
from dragoman.knowledge.tracks import Track
from dragoman.resolve.talks_status import TalksWord

WINDOW = timedelta(days=183)
"""Longest silence between two events of one inferred track."""


class Group:
    """Events of one track in the making."""

    def __init__(self, dossier: DossierId | None, track: Track | None = None) -> None:
        self.dossier = dossier
        self.track = track
        self.rounds: list[Event] = []
        self.contacts: list[Event] = []
        self.agreements: list[Event] = []
        self.mentions: list[Event] = []
        """Reports that its sides talk, without a day, town, number or person: no rounds that could be counted."""
        self.why: dict[EventId, tuple[Reason, ...]] = {}
        self.days: list[date] = []
        """Days of its events, in order."""
        self.documents: set[DocumentId] = set()
        self.sides: set[str] = set()
        self.thirds: set[str] = set()
        self.words: list[tuple[ClaimId, TalksWord]] = []

    @property
    def events(self) -> list[Event]:
        """Its rounds, contacts, agreements and mentions."""
        return [*self.rounds, *self.contacts, *self.agreements, *self.mentions]

    def note(self, event: Event, day: date | None, sides: Iterable[str], thirds: Iterable[str]) -> None:
        """Keep what later events and words are compared with."""
        if day is not None:
            insort(self.days, day)
        self.documents.update(event.documents)
        self.sides.update(sides)
        self.thirds.update(thirds)

    def near(self, day: date | None) -> bool:
        """Whether one of its events lies within the window of a day."""
        if day is None:
            return False
        at = bisect_left(self.days, day)
        return any(within(other, day) for other in self.days[max(0, at - 1) : at + 1])

    @property
    def agreed(self) -> bool:
        """Whether an agreement was reached on the track."""
        return bool(self.agreements) or any(
            one.outcome is Outcome.AGREEMENT or one.type is EngagementType.AGREEMENT_SIGNING for one in self.rounds
        )

    def add_sitting(self, event: Event, *, numbered: bool = False) -> None:
        """Add a round; an agreement of which no town or venue is told is no sitting, nor is what only says that sides talk."""
        signed = event.type is EngagementType.AGREEMENT_SIGNING
        if signed and not (event.place and event.place.name):
            self.agreements.append(event)
        else:
            (self.rounds if numbered or _tells_of_a_sitting(event) else self.mentions).append(event)


def _tells_of_a_sitting(event: Event) -> bool:
    """Whether an event has what sets one sitting apart: its own day or month, a town or venue, or persons of two sides."""
    persons = {one.actor.key for one in event.participants if one.person}
    timed = event.when is not None and event.when.start is not None
    ended = event.outcome is not Outcome.NONE_REPORTED
    return (
        timed
        or ended
        or bool(event.place and event.place.name)
        or len(persons) > 1
        or event.factuality is not Factuality.OCCURRED
    )


def within(one: date | None, other: date | None) -> bool:
    """Whether two days lie within the window; of an unknown day nobody can tell."""
    return one is not None and other is not None and abs(one - other) <= WINDOW
