"""Talks as records: rounds with their composition and level, and a dated, sourced status."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.ids import ClaimId, DossierId, EventId, content_hash
from dragoman.core.records import Reason, Stated
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, Level, Outcome, Role, Standing, TalksStatus


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """Who sat in a round for one actor; `level` is the highest that the reports give."""

    actor: Actor
    role: Role
    standing: Standing | None = None
    level: Level | None = None
    persons: tuple[str, ...] = ()


class LevelChange(msgspec.Struct, frozen=True, kw_only=True):
    """An actor's delegation is of another level than the last time that its level is known."""

    actor: Actor
    before: Level
    now: Level
    lower: bool
    round_before: tuple[EventId, ...]


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One sitting, of one event or of several that belong together.

    `stated` is the number that reports give ("fourth round") with the claims that say so; `order` counts the dated rounds held
    that the record knows of. They differ where the record has gaps: neither is made to fit the other.
    """

    events: tuple[EventId, ...]
    factuality: Factuality
    stated: int | None = None
    stated_by: tuple[ClaimId, ...] = ()
    order: int | None = None
    when: When | None = None
    place: Place | None = None
    outcome: Outcome = Outcome.NONE_REPORTED
    delegations: tuple[Delegation, ...] = ()
    joined: tuple[str, ...] = ()
    """Names of actors that were not in the round held before."""
    absent: tuple[str, ...] = ()
    """Names of actors that were in the round held before and are not in this one's reports."""
    levels: tuple[LevelChange, ...] = ()

    @property
    def id(self) -> str:
        """Hash of the events."""
        return "r" + content_hash(*sorted(self.events))


class StatusStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the status of talks: since when, until when it was last said, and on which claims it rests."""

    status: TalksStatus
    since: date | None = None
    """The day of the event, or of the report where `reported`; None where neither is known."""
    last: date | None = None
    """The last day on which something said so."""
    when: When | None = None
    """The event's own time, as precise as the text gives it."""
    reported: bool = False
    """Whether `since` is the day of the report, for want of a day of its own."""
    claims: tuple[ClaimId, ...]
    why: str
    also: tuple[Stated, ...] = ()
    """Other things said of the talks on the same days that did not decide, with their claims."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Why an event is taken to belong to the talks."""

    event: EventId
    reasons: tuple[Reason, ...]


class Talks(msgspec.Struct, frozen=True, kw_only=True):
    """A track: a named process, or one inferred from the same sides meeting with the same third parties or in the same place."""

    name: str
    track: str | None = None
    """Id of the named process; None where the talks are inferred."""
    dossier: DossierId | None
    parties: tuple[Actor, ...] = ()
    third_parties: tuple[Actor, ...] = ()
    rounds: tuple[Round, ...] = ()
    """By date, undated last; planned and cancelled ones too."""
    contacts: tuple[EventId, ...] = ()
    """Contacts on the track that are no round: a mediator with one side, offers to mediate, calls."""
    agreements: tuple[EventId, ...] = ()
    """Agreements on the track of which no sitting is told."""
    members: tuple[Membership, ...] = ()
    history: tuple[StatusStep, ...] = ()
    """Oldest first; what cannot be dated stands before what can."""

    @property
    def status(self) -> TalksStatus | None:
        """The last known status."""
        return self.history[-1].status if self.history else None

    @property
    def events(self) -> tuple[EventId, ...]:
        """Rounds, contacts and agreements."""
        return (*(event for each in self.rounds for event in each.events), *self.contacts, *self.agreements)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """What the status rests on."""
        return tuple(dict.fromkeys(claim for step in self.history for claim in step.claims))

    @property
    def id(self) -> str:
        """Hash of what belongs to the talks."""
        return "t" + content_hash(self.track or "", self.dossier or "", *sorted(self.events), "|", *sorted(self.claims))
