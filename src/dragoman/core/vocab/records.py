"""What the record makes of claims: status of talks, kinds of mediation and agreement, positions, verdicts."""

from enum import StrEnum


class TalksStatus(StrEnum):
    """Where a track of talks stands, as derived from its rounds, their outcomes and the word on it."""

    CONTACT = "contact"
    """A third party is in contact with a side."""
    PRE_TALKS = "pre_talks"
    """Mediation is offered, or a third party has contacted both sides separately."""
    SCHEDULED = "scheduled"
    """A round is announced."""
    UNDER_WAY = "under_way"
    """A round was held or talks are said to go on."""
    PROGRESS = "progress"
    IMPASSE = "impasse"
    SUSPENDED = "suspended"
    """A round was called off, or talks are said to be suspended."""
    AGREED = "agreed"
    """An agreement was reached."""
    IMPLEMENTED = "implemented"
    """An agreement is said to be kept or carried out."""
    COLLAPSED = "collapsed"
    """Talks or their agreement are said to have failed or ended."""


class MediationKind(StrEnum):
    """MEND's two kinds of mediation event, derived from who took part."""

    MEDIATION = "M"
    """A third party with two local parties or more, together or by shuttle."""
    RELATED = "MR"
    """Mediation-related: a third party with one local party, or third parties among themselves."""


class AgreementStage(StrEnum):
    """What sort of agreement it is, by PA-X's stages."""

    PRE_NEGOTIATION = "Pre"
    """Talks about talks, principles, confidence building."""
    PARTIAL = "SubPar"
    """Substantive on one issue or some: prisoners, grain, aid routes."""
    CEASEFIRE = "Cea"
    """Ceasefire, truce, pause."""
    COMPREHENSIVE = "SubComp"
    """Substantive and comprehensive: framework and peace agreements."""
    IMPLEMENTATION = "Imp"
    """How an earlier agreement is carried out or watched."""
    RENEWAL = "Ren"
    """An earlier agreement renewed or extended."""


class AgreementState(StrEnum):
    """What a sentence says of an agreement."""

    REACHED = "reached"
    """Signed, reached or brought into force."""
    KEPT = "kept"
    """Respected, carried out, or holding."""
    BROKEN = "broken"
    """Violated or not carried out."""
    EXTENDED = "extended"
    """Renewed or prolonged."""
    ENDED = "ended"
    """Expired, collapsed, left or terminated."""


class PositionStance(StrEnum):
    """How an actor stands on an issue at a time."""

    SUPPORTS = "supports"
    """Speaks for it, accepts or offers it."""
    CONDITIONAL = "conditional"
    """Agrees under a condition."""
    DEMANDS = "demands"
    """Asks others for it."""
    OPPOSES = "opposes"
    """Speaks against it or refuses it."""


class Verdict(StrEnum):
    """What an analyst decided about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    ASSIGN = "assign"
    CODE = "code"
    """A coder's own answer to one question, given without seeing anybody else's: it measures agreement and changes nothing."""
