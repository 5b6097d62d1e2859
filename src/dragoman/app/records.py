"""Asking for what the record amounts to: where talks stand, and what follows from events and statements together."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from dragoman.app.config import Config
from dragoman.app.resolving import Material, gather
from dragoman.app.wiring import dossier_book, opened_store
from dragoman.core.actors import Actor
from dragoman.core.folding import fold
from dragoman.core.ids import DossierId
from dragoman.core.queries import words_fit
from dragoman.core.talks import Talks
from dragoman.knowledge.tracks import load_tracks
from dragoman.report.talks import TalksRow, talks_row
from dragoman.resolve.basis import Basis
from dragoman.resolve.talks import find_talks


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which records are wanted; every field that is given must fit. `actor` is a code or words of a name."""

    dossier: DossierId | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None

    def takes_actor(self, actors: Iterable[Actor]) -> bool:
        """Whether one of some actors is asked for."""
        if self.actor is None:
            return True
        return any((one.code and fold(one.code) == fold(self.actor)) or words_fit(self.actor, fold(one.name)) for one in actors)

    def covers(self, days: Iterable[date | None]) -> bool:
        """Whether one of some days lies in the period asked for; without any period everything does."""
        if self.since is None and self.until is None:
            return True
        known = [day for day in days if day is not None]
        return any((self.since is None or day >= self.since) and (self.until is None or day <= self.until) for day in known)


def basis_of(material: Material, config: Config) -> Basis:
    """The resolved record with the dossiers in force, as the functions of `dragoman.resolve` take it."""
    return Basis(
        record=material.record,
        claims=material.claims,
        documents=material.library.documents,
        dossiers=dossier_book(config),
    )


def talks_of(material: Material, config: Config) -> tuple[Talks, ...]:
    """All tracks of talks in the record."""
    book = load_tracks([Path(path).expanduser() for path in config.talks.tracks])
    return find_talks(basis_of(material, config), book)


def find_talks_rows(config: Config, asked: Asked) -> tuple[TalksRow, ...]:
    """Tracks of talks that fit, the latest change of status first."""
    with opened_store(config, must_exist=True) as store:
        material = gather(store, config)
    found = [talks for talks in talks_of(material, config) if _wanted(talks, asked)]
    found.sort(key=lambda talks: (latest_day(talks) or date.min, talks.name), reverse=True)
    return tuple(talks_row(talks, material.claims, material.library) for talks in found[: asked.limit])


def latest_day(talks: Talks) -> date | None:
    """The last day on which something was said or done on the track."""
    return max((step.last for step in talks.history if step.last), default=None)


def _wanted(talks: Talks, asked: Asked) -> bool:
    days: Sequence[date | None] = [day for step in talks.history for day in (step.since, step.last)]
    days = [*days, *(one.when.end or one.when.start for one in talks.rounds if one.when)]
    return (
        asked.dossier in {None, talks.dossier}
        and asked.takes_actor((*talks.parties, *talks.third_parties))
        and asked.covers(days)
    )
