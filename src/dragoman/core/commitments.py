"""Offers, guarantees and agreements as records: who owes what to whom, and what became of it."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.ids import ClaimId, DossierId, EventId, content_hash
from dragoman.core.time import When
from dragoman.core.vocab import AgreementStage, AgreementState, Answer, Factuality, Issue, ProposalKind


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of the answer to an offer."""

    answer: Answer
    on: date | None = None
    by: tuple[Actor, ...] = ()
    claims: tuple[ClaimId, ...]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Something offered, demanded or guaranteed, with all reports of it; `answer` is the last one reported, else open.

    `conditions` are the claims that state what its maker made it depend on; `deadline` is a time by which it was to be taken up.
    """

    kind: ProposalKind
    by: tuple[Actor, ...]
    to: tuple[Actor, ...] = ()
    dossiers: tuple[DossierId, ...] = ()
    issues: tuple[Issue, ...] = ()
    on: date | None = None
    answer: Answer = Answer.OPEN
    answers: tuple[Answered, ...] = ()
    conditions: tuple[ClaimId, ...] = ()
    deadline: When | None = None
    claims: tuple[ClaimId, ...]
    events: tuple[EventId, ...] = ()
    """Offers to mediate, host or guarantee that are events of the record too."""

    @property
    def id(self) -> str:
        """Hash of the claims."""
        return "o" + content_hash(*sorted(self.claims))


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What was later said of an agreement: kept, broken, extended or ended; by whom, and who says so.

    `to_which` says why the word is taken to be about this agreement.
    """

    state: AgreementState
    on: date | None = None
    by: tuple[Actor, ...] = ()
    said_by: tuple[Actor, ...] = ()
    factuality: Factuality
    claim: ClaimId
    to_which: str


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement with its signatories, its stage by PA-X, and what was said about keeping it."""

    event: EventId
    signed: bool
    """Whether a signing or the like is reported, or only an agreement as the outcome of a contact."""
    stage: AgreementStage | None = None
    signatories: tuple[Actor, ...] = ()
    brokers: tuple[Actor, ...] = ()
    guarantors: tuple[Actor, ...] = ()
    dossiers: tuple[DossierId, ...] = ()
    issues: tuple[Issue, ...] = ()
    on: date | None = None
    factuality: Factuality
    claims: tuple[ClaimId, ...]
    words: tuple[Word, ...] = ()
    """Oldest first."""

    @property
    def reported(self) -> AgreementState:
        """The last word on it; reached where nothing was said since."""
        return self.words[-1].state if self.words else AgreementState.REACHED


class Commitments(msgspec.Struct, frozen=True, kw_only=True):
    """The register: offers and agreements, and words on agreements that the record does not know."""

    offers: tuple[Offer, ...] = ()
    agreements: tuple[Commitment, ...] = ()
    unplaced: tuple[ClaimId, ...] = ()
    """Words on keeping or breaking that fit no agreement on record, or several."""
