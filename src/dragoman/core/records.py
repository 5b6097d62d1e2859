"""Records: what resolving computes from claims and judgements."""

import msgspec

from dragoman.core.actors import Place
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId, content_hash
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Outcome


class Reason(msgspec.Struct, frozen=True):
    """One feature's word in a decision: its name, its score from 0 to 1, and why in words."""

    feature: str
    score: float
    why: str


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Why two claims were taken for one event."""

    left: ClaimId
    right: ClaimId
    score: float
    reasons: tuple[Reason, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One happening with all claims that speak of it.

    Fields hold the best-supported value; `claims` are in document order of the first report. `independent` counts documents that
    are not reprints of one another.
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

    @property
    def id(self) -> EventId:
        """Hash of the claims: order of arrival does not matter."""
        return EventId("e" + content_hash(*sorted(self.claims)))


class Reprint(msgspec.Struct, frozen=True):
    """Two documents that are near copies: `copy` repeats `original` (the one published first, else the lower id)."""

    original: DocumentId
    copy: DocumentId
    similarity: float
