"""Positions as records: how an actor stands on an issue, since when, and where that changed."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.ids import ClaimId, DossierId, content_hash
from dragoman.core.vocab import Issue, PositionStance


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """One stance that was held for a time, as far as statements show it."""

    stance: PositionStance
    since: date | None = None
    """The first day on which a statement shows it; None where no statement has a day."""
    last: date | None = None
    claims: tuple[ClaimId, ...]
    why: tuple[str, ...] = ()


class PositionChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change point: until `until` one stance was stated, from `on` another."""

    before: PositionStance
    now: PositionStance
    until: date
    on: date
    claims: tuple[ClaimId, ...]
    """The statements that show the new stance."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """An actor on an issue in a dossier, over time.

    `unsettled` are statements of days on which the actor was reported both for and against: they decide nothing.
    """

    actor: Actor
    dossier: DossierId
    issue: Issue
    stands: tuple[Stand, ...] = ()
    """Oldest first; statements without a day stand before."""
    changes: tuple[PositionChange, ...] = ()
    unsettled: tuple[ClaimId, ...] = ()

    @property
    def current(self) -> Stand | None:
        """The last stance stated."""
        return self.stands[-1] if self.stands else None

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """All statements that the position rests on."""
        return tuple(dict.fromkeys(claim for stand in self.stands for claim in stand.claims))

    @property
    def id(self) -> str:
        """Hash of whom and what it is about."""
        return "p" + content_hash(self.actor.key, self.dossier, self.issue)
