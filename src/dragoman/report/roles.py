"""Who did what over a dossier, as rows."""

from collections.abc import Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim
from dragoman.core.ids import ClaimId
from dragoman.core.roles import Involvement
from dragoman.report.lines import Library
from dragoman.report.talks import Cited, cited
from dragoman.report.words import day


class RoleRow(msgspec.Struct, frozen=True, kw_only=True):
    """One actor in one dossier; `mediation` and `related` count events of MEND's kinds M and MR in which it was a third party."""

    dossier: str
    actor: str
    code: str | None = None
    standing: str | None = None
    events: int = 0
    roles: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    reasons: tuple[str, ...] = ()
    guarantees: tuple[str, ...] = ()
    mediation: int = 0
    related: int = 0
    cited: tuple[Cited, ...] = ()


def role_row(one: Involvement, claims: Mapping[ClaimId, AnyClaim], library: Library) -> RoleRow:
    """One actor's part in a dossier in words; the claims cited are those of its guarantees."""
    return RoleRow(
        dossier=one.dossier,
        actor=one.actor.name,
        code=one.actor.code,
        standing=one.standing,
        events=len(one.events),
        roles=tuple(f"{held.role.value} {len(held.events)}" for held in one.roles),
        first=min((held.first for held in one.roles if held.first), default=None),
        last=max((held.last for held in one.roles if held.last), default=None),
        reasons=tuple(reason for held in one.roles for reason in held.reasons),
        guarantees=tuple(f"{step.state.value}{f', {day(step.on)}' if step.on else ', undated'}" for step in one.guarantees),
        mediation=one.mediation,
        related=one.related,
        cited=cited([claim for step in one.guarantees for claim in step.claims], claims, library),
    )
