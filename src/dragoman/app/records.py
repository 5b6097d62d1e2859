"""Asking for what the record amounts to: where talks stand, and what follows from events and statements together."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from dragoman.analysis.position_distance import CAUTION, FORMULA, distances
from dragoman.app.config import Config
from dragoman.app.resolving import Material, gather
from dragoman.app.viewing import opened_holdings
from dragoman.core.actors import Actor
from dragoman.core.commitments import Commitment, Offer
from dragoman.core.errors import InputError
from dragoman.core.folding import fold
from dragoman.core.ids import DossierId
from dragoman.core.queries import words_fit
from dragoman.core.records import Event, Reprint
from dragoman.core.roles import Involvement
from dragoman.core.talks import Talks
from dragoman.core.vocab import PositionStance
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.owners import Owners
from dragoman.knowledge.tracks import load_tracks
from dragoman.report.commitments import CommitmentRow, agreement_row, offer_row
from dragoman.report.developments import Developments, latest_day
from dragoman.report.positions import PositionRow, position_row
from dragoman.report.readouts import AlignmentRow, alignment_row
from dragoman.report.roles import RoleRow, role_row
from dragoman.report.talks import TalksRow, talks_row
from dragoman.resolve.basis import Basis
from dragoman.resolve.commitments import find_commitments
from dragoman.resolve.events import reprint_groups
from dragoman.resolve.mediation import involvements
from dragoman.resolve.positions import find_positions
from dragoman.resolve.readouts import align_readouts
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


def _material(config: Config) -> Material:
    with opened_holdings(config) as holdings:
        return gather(holdings, config)


def basis_of(material: Material) -> Basis:
    """The resolved record with the dossiers in force, as the functions of `dragoman.resolve` take it."""
    return Basis(
        record=material.record,
        claims=material.claims,
        documents=material.library.documents,
        dossiers=material.dossiers,
        groups=reprint_groups(Reprint(original, copy, 1.0) for copy, original in material.library.originals.items()),
    )


def talks_of(material: Material, config: Config) -> tuple[Talks, ...]:
    """All tracks of talks in the record."""
    book = load_tracks([Path(path).expanduser() for path in config.talks.tracks])
    return find_talks(basis_of(material), book)


def developments_of(material: Material, config: Config) -> Developments:
    """What a brief shows besides events and claims."""
    return Developments(talks_of(material, config), find_positions(basis_of(material)))


def find_talks_rows(config: Config, asked: Asked) -> tuple[TalksRow, ...]:
    """The rows of `talks_rows`, out of the store."""
    return talks_rows(_material(config), config, asked)


def talks_rows(material: Material, config: Config, asked: Asked) -> tuple[TalksRow, ...]:
    """Tracks of talks that fit, the latest change of status first."""
    return rows_of_talks(material, talks_of(material, config), asked)


def rows_of_talks(material: Material, tracks: Iterable[Talks], asked: Asked) -> tuple[TalksRow, ...]:
    """Those of some tracks that fit, the latest change of status first."""
    found = [talks for talks in tracks if _wanted(talks, asked)]
    found.sort(key=lambda talks: (latest_day(talks) or date.min, talks.name), reverse=True)
    return tuple(talks_row(talks, material.claims, material.library) for talks in found[: asked.limit])


def _wanted(talks: Talks, asked: Asked) -> bool:
    days: Sequence[date | None] = [day for step in talks.history for day in (step.since, step.last)]
    days = [*days, *(one.when.end or one.when.start for one in talks.rounds if one.when)]
    return (
        asked.dossier in {None, talks.dossier}
        and asked.takes_actor((*talks.parties, *talks.third_parties))
        and asked.covers(days)
    )


def find_role_rows(config: Config, asked: Asked) -> tuple[RoleRow, ...]:
    """The rows of `role_rows`, out of the store."""
    return role_rows(_material(config), asked)


def role_rows(material: Material, asked: Asked) -> tuple[RoleRow, ...]:
    """Who did what in a dossier, or in each of them; parties first, then by the number of events."""
    basis = basis_of(material)
    present = {dossier for event in material.record.events for dossier in event.dossiers}
    wanted = sorted(present if asked.dossier is None else present & {asked.dossier})
    found = [one for dossier in wanted if _is_conflict(basis, dossier) for one in involvements(basis, dossier)]
    kept = [one for one in found if asked.takes_actor((one.actor,)) and asked.covers(_role_days(one))]
    return tuple(role_row(one, material.claims, material.library) for one in kept[: asked.limit])


def _is_conflict(basis: Basis, dossier: DossierId) -> bool:
    known = basis.dossier(dossier)
    return known is not None and known.kind == "conflict"


def _role_days(one: Involvement) -> list[date | None]:
    return [*(day for held in one.roles for day in (held.first, held.last)), *(step.on for step in one.guarantees)]


def find_position_rows(config: Config, asked: Asked) -> tuple[PositionRow, ...]:
    """The rows of `position_rows`, out of the store."""
    return position_rows(_material(config), asked)


def position_rows(material: Material, asked: Asked) -> tuple[PositionRow, ...]:
    """Positions that fit, by dossier, actor and issue."""
    found = [
        one
        for one in find_positions(basis_of(material))
        if asked.dossier in {None, one.dossier}
        and asked.takes_actor((one.actor,))
        and asked.covers(day for stand in one.stands for day in (stand.since, stand.last))
    ]
    return tuple(position_row(one, material.claims, material.library) for one in found[: asked.limit])


class IssueApart(msgspec.Struct, frozen=True, kw_only=True):
    """Where two actors stand on one issue."""

    issue: str
    left: str
    right: str


class ApartRow(msgspec.Struct, frozen=True, kw_only=True):
    """How far two actors stand apart in a dossier, from 0 to 1, with the issues that it rests on."""

    left: str
    right: str
    keys: tuple[str, str]
    distance: float
    issues: tuple[IssueApart, ...]


class ApartFound(msgspec.Struct, frozen=True, kw_only=True):
    """All pairs of a dossier that share an issue, the furthest apart first."""

    dossier: str
    formula: str
    caution: str
    pairs: tuple[ApartRow, ...]


def find_distances(rows: Iterable[PositionRow], dossier: str) -> ApartFound:
    """How far the actors of a dossier stand apart, by the positions given; unsettled ones say nothing."""
    stances: dict[str, dict[str, PositionStance]] = {}
    names: dict[str, str] = {}
    for row in rows:
        if row.dossier == dossier and row.stance is not None:
            key = row.code or row.actor
            names[key] = row.actor
            stances.setdefault(key, {})[row.issue] = PositionStance(row.stance)
    pairs = (
        ApartRow(
            left=names[one.pair[0]],
            right=names[one.pair[1]],
            keys=one.pair,
            distance=round(one.distance, 2),
            issues=tuple(IssueApart(issue=issue, left=left, right=right) for issue, left, right in one.issues),
        )
        for one in distances(stances)
    )
    return ApartFound(dossier=dossier, formula=FORMULA, caution=CAUTION, pairs=tuple(pairs))


def find_commitment_rows(config: Config, asked: Asked) -> tuple[CommitmentRow, ...]:
    """The rows of `commitment_rows`, out of the store."""
    return commitment_rows(_material(config), asked)


def commitment_rows(material: Material, asked: Asked) -> tuple[CommitmentRow, ...]:
    """Agreements and offers that fit, the latest first."""
    found = find_commitments(basis_of(material))
    rows = [agreement_row(one, material.claims, material.library) for one in found.agreements if _fits(one, asked)]
    rows += [offer_row(one, material.claims, material.library) for one in found.offers if _fits(one, asked)]
    rows.sort(key=lambda row: (row.since or row.on or date.min, row.id), reverse=True)
    return tuple(rows[: asked.limit])


def _fits(one: Offer | Commitment, asked: Asked) -> bool:
    if isinstance(one, Offer):
        actors, days = (*one.by, *one.to), [one.on, *(answer.on for answer in one.answers)]
    else:
        actors, days = (*one.signatories, *one.brokers, *one.guarantors), [one.on, *(word.on for word in one.words)]
    return (asked.dossier is None or asked.dossier in one.dossiers) and asked.takes_actor(actors) and asked.covers(days)


def find_readouts(config: Config, asked: str) -> AlignmentRow:
    """The tellings of one event side by side; `asked` is the id of an event or of one of its claims, or the beginning of one."""
    material = _material(config)
    return readouts(material, config, event_by_id(material.record.events, asked))


def readouts(material: Material, config: Config, event: Event, basis: Basis | None = None) -> AlignmentRow:
    """The tellings of one event side by side; who asks about many events gives the record's `basis`."""
    stated = {name: settings.actor for name, settings in config.sources.items() if settings.actor}
    aligned = align_readouts(event, basis or basis_of(material), Owners(load_gazetteer(), stated))
    return alignment_row(aligned, event, material.claims, material.library)


_LEAST = 5


def event_by_id(events: Iterable[Event], asked: str) -> Event:
    """The event with an id, or with a claim that has it; InputError where none or several fit."""
    if len(asked) < _LEAST or asked[0] not in "ec":
        raise InputError(f"{asked!r} is no id of an event or a claim; give at least {_LEAST} characters, such as e0123")
    found = [event for event in events if event.id.startswith(asked) or any(claim.startswith(asked) for claim in event.claims)]
    if len(found) != 1:
        listed = f": {', '.join(event.id for event in found[:5])}" if found else "; `dragoman contacts` prints ids of claims"
        raise InputError(f"{asked}: {len(found) or 'no'} events fit{listed}")
    return found[0]
