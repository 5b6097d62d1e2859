"""What actors did over a dossier: roles by event and over time, guarantees, and MEND's kinds of mediation event."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.vocab import Guarantee, MediationKind, Role, Standing


class MediationCase(msgspec.Struct, frozen=True, kw_only=True):
    """One event as MEND would count it; `local` and `third` are names of actors."""

    event: EventId
    dossier: DossierId
    kind: MediationKind
    why: str
    local: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    shuttle: bool = False


class RoleHeld(msgspec.Struct, frozen=True, kw_only=True):
    """One role that an actor held: in which events, from when to when, by which words."""

    role: Role
    events: tuple[EventId, ...]
    first: date | None = None
    last: date | None = None
    reasons: tuple[str, ...] = ()
    """Wording or rule by which the role was read, once each."""


class GuaranteeStep(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantor role offered, accepted or refused."""

    state: Guarantee
    on: date | None = None
    claims: tuple[ClaimId, ...]
    to: tuple[Actor, ...] = ()


class Involvement(msgspec.Struct, frozen=True, kw_only=True):
    """One actor in one dossier."""

    actor: Actor
    dossier: DossierId
    standing: Standing | None = None
    events: tuple[EventId, ...] = ()
    """Events held in which it took part."""
    roles: tuple[RoleHeld, ...] = ()
    """Roles that the wording states or the dossier gives, most often held first; a mere counterpart is none."""
    guarantees: tuple[GuaranteeStep, ...] = ()
    mediation: int = 0
    """Events of kind M in which it was a third party."""
    related: int = 0
    """Events of kind MR in which it was a third party."""
