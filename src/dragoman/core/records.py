"""Records: what resolving computes from claims and judgements."""

from datetime import date

import msgspec

from dragoman.core.actors import Place
from dragoman.core.claims import AnyClaim, Participant, Voice
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId, content_hash
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Outcome


class Reason(msgspec.Struct, frozen=True, gc=False):
    """One feature's word in a decision: its name, its score from 0 to 1, and why in words."""

    feature: str
    score: float
    why: str


class Merge(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Why two claims were taken for one event."""

    left: ClaimId
    right: ClaimId
    score: float
    reasons: tuple[Reason, ...]


class Stage(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One step in an event's history: what the reports of one day said of it."""

    factuality: Factuality
    claims: tuple[ClaimId, ...]
    published: date | None = None
    when: When | None = None
    """The date that the first of these reports gives for the event."""


class Stated(msgspec.Struct, frozen=True, gc=False):
    """One value of a field and the claims that state it."""

    value: str
    claims: tuple[ClaimId, ...]


class Difference(msgspec.Struct, frozen=True, gc=False):
    """A field on which reports of one event differ; the best supported value first."""

    field: str
    values: tuple[Stated, ...]


class Event(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One happening with all claims that speak of it.

    Fields hold the best-supported value; `claims` stand by publication date of their documents. `independent` counts documents
    that are not reprints of one another and do not share a long sentence word for word, `voices` the different tellers at the
    end of the reports' chains. `factuality` is the last word: what occurred is not undone by an older plan, a cancellation holds
    until something later is reported.
    """

    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]
    type: EngagementType
    factuality: Factuality
    participants: tuple[Participant, ...]
    channel: Channel | None = None
    place: Place | None = None
    when: When | None = None
    dossiers: tuple[DossierId, ...] = ()
    issues: tuple[Issue, ...] = ()
    outcome: Outcome = Outcome.NONE_REPORTED
    independent: int = 1
    merges: tuple[Merge, ...] = ()
    voices: tuple[Voice, ...] = ()
    history: tuple[Stage, ...] = ()
    """By publication date; more than one where the reports' factuality changed or differs."""
    differences: tuple[Difference, ...] = ()
    part_of: tuple[EventId, ...] = ()
    """Visits and multilateral gatherings that this event took place within."""
    judgements: tuple[str, ...] = ()
    """Ids of the judgements that made this event what it is."""
    accepted: bool = False
    """Whether an analyst accepted at least one of its claims."""
    filed_under: tuple[Stated, ...] = ()
    """For each dossier, in their order, the claims that speak of it: an event is in the dossiers of all its reports."""

    @property
    def id(self) -> EventId:
        """Hash of the claims: order of arrival does not matter."""
        return EventId("e" + content_hash(*sorted(self.claims)))


class Reprint(msgspec.Struct, frozen=True):
    """Two documents that are near copies: `copy` repeats `original` (the one published first, else the lower id)."""

    original: DocumentId
    copy: DocumentId
    similarity: float


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it stands after an analyst's corrections; `claim` is the id under which the store keeps the original."""

    claim: ClaimId
    corrected: AnyClaim
    judgements: tuple[str, ...]


class Unattached(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that could not be applied, and why."""

    judgement: str
    why: str
    claims: tuple[ClaimId, ...] = ()
    """The judged claims that were not found."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What claims and judgements amount to: events, and the claims that are not engagements as they stand after corrections.

    Rejected claims are in neither. Ids of corrected claims may differ from those in the store; `corrections`
    tells which is which.
    """

    events: tuple[Event, ...] = ()
    """By date, undated last."""
    others: tuple[AnyClaim, ...] = ()
    """Utterances, proposals, violence, status and attribution, by document."""
    corrections: tuple[Correction, ...] = ()
    accepted: tuple[ClaimId, ...] = ()
    rejected: tuple[ClaimId, ...] = ()
    unattached: tuple[Unattached, ...] = ()
