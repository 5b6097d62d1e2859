"""The closed lists of the record; member docstrings are the codebook.

The lists follow the annotation guide of the project's gold set; levels, roles and outcomes extend MEND's, intensities and
interaction roots are PLOVER's (see `dragoman.knowledge`).
"""

from dragoman.core.vocab.actors import ActorKind, Level, PlaceKind, Precision, Sector
from dragoman.core.vocab.contacts import (
    Channel,
    DependenceType,
    EngagementType,
    Factuality,
    Guarantee,
    Issue,
    Outcome,
    Role,
    Standing,
    ViolenceType,
)
from dragoman.core.vocab.records import AgreementStage, AgreementState, MediationKind, PositionStance, TalksStatus, Verdict
from dragoman.core.vocab.words import (
    Answer,
    Credibility,
    DateSource,
    ProposalKind,
    Reliability,
    Setting,
    SpeakerKind,
    Stance,
    TalksSignal,
    VoiceKind,
)

__all__ = [
    "ActorKind",
    "AgreementStage",
    "AgreementState",
    "Answer",
    "Channel",
    "Credibility",
    "DateSource",
    "DependenceType",
    "EngagementType",
    "Factuality",
    "Guarantee",
    "Issue",
    "Level",
    "MediationKind",
    "Outcome",
    "PlaceKind",
    "PositionStance",
    "Precision",
    "ProposalKind",
    "Reliability",
    "Role",
    "Sector",
    "Setting",
    "SpeakerKind",
    "Stance",
    "Standing",
    "TalksSignal",
    "TalksStatus",
    "Verdict",
    "ViolenceType",
    "VoiceKind",
]
