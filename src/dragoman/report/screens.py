"""What a page shows as flat rows, for spreadsheets: the same lines, each with the claim or the words that it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from dragoman.core.sheets import Sheet
from dragoman.report.commitments import CommitmentRow
from dragoman.report.findings import ChannelRow, RouteRow, TensionRow
from dragoman.report.maps import Site
from dragoman.report.positions import PositionRow
from dragoman.report.source_rows import SourceRow
from dragoman.report.talks import Cited, TalksRow

S = TypeVar("S", bound=msgspec.Struct)


class ChannelLine(msgspec.Struct, frozen=True, kw_only=True):
    """One dialogue channel."""

    left: str
    right: str
    strength: float
    liveliness: str
    first: date | None
    last: date | None
    level: str
    contacts: int
    modes: str
    dossiers: tuple[str, ...]
    latest_events: tuple[str, ...]


class RouteLine(msgspec.Struct, frozen=True, kw_only=True):
    """One way for a message, with each step and what speaks against it."""

    carriers: tuple[str, ...]
    score: float
    dated: bool
    steps: tuple[str, ...]
    events: tuple[str, ...]
    relays: int
    against: tuple[str, ...]


class TalksLine(msgspec.Struct, frozen=True, kw_only=True):
    """One track of talks as it stands."""

    talks: str
    name: str
    dossier: str | None
    status: str | None
    since: date | None
    last: date | None
    why: str | None
    sentence: str | None
    source: str | None
    claim: str | None
    parties: tuple[str, ...]
    third_parties: tuple[str, ...]
    rounds_held: int
    latest_round: str | None
    next_round: str | None
    findings: tuple[str, ...]


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the status of talks, with the first sentence that it rests on."""

    status: str
    since: date | None
    reported: bool
    last: date | None
    why: str
    also: tuple[str, ...]
    sentence: str | None
    source: str | None
    claim: str | None


class RoundLine(msgspec.Struct, frozen=True, kw_only=True):
    """One round of talks."""

    events: tuple[str, ...]
    factuality: str
    stated: int | None
    order: int | None
    date_start: date | None
    date_end: date | None
    place: str | None
    outcome: str
    delegations: tuple[str, ...]
    findings: tuple[str, ...]


class PositionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One actor on one issue in one dossier."""

    position: str
    actor: str
    code: str | None
    dossier: str
    issue: str
    stance: str | None
    since: date | None
    last: date | None
    quote: str | None
    source: str | None
    claim: str | None
    statements: int
    unsettled: int
    changes: tuple[str, ...]


class DistanceLine(msgspec.Struct, frozen=True, kw_only=True):
    """How far two actors stand apart in a dossier."""

    left: str
    right: str
    distance: float
    issues: tuple[str, ...]


class CommitmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One offer, demand, guarantee or agreement, and what became of it."""

    commitment: str
    kind: str
    on: date | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    brokers: tuple[str, ...]
    guarantors: tuple[str, ...]
    dossiers: tuple[str, ...]
    issues: tuple[str, ...]
    stage: str | None
    terms: str | None
    conditions: tuple[str, ...]
    deadline: str | None
    state: str
    since: date | None
    words: tuple[str, ...]
    sentence: str | None
    source: str | None
    claim: str | None


class ActorLine(msgspec.Struct, frozen=True, kw_only=True):
    """One actor in the record."""

    key: str
    name: str
    events: int


class DossierLine(msgspec.Struct, frozen=True, kw_only=True):
    """One dossier with its course of tension."""

    dossier: str
    name: str
    events: int
    tension: float | None
    usual: float | None
    course: str | None
    reason: str | None


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One source, with what the desk thinks of it."""

    source: str
    documents: int
    reprints: int
    claims: int
    first: date | None
    last: date | None
    grade: str
    note: str | None


class SiteLine(msgspec.Struct, frozen=True, kw_only=True):
    """One place with the contacts that took place there."""

    place: str
    country: str | None
    latitude: float
    longitude: float
    contacts: int


class DoubtLine(msgspec.Struct, frozen=True, kw_only=True):
    """One event that waits for review, and why."""

    event: str
    rank: float
    headline: str
    why: tuple[str, ...]


def channel_sheet(rows: Iterable[ChannelRow]) -> Sheet:
    """The channels of a page."""
    return _sheet("channels", ChannelLine, (_flat(ChannelLine, row, latest_events=_events(row)) for row in rows))


def route_sheet(rows: Iterable[RouteRow]) -> Sheet:
    """The ways for a message."""
    return _sheet("paths", RouteLine, map(_route, rows))


def talks_sheet(rows: Iterable[TalksRow]) -> Sheet:
    """The talks of a page."""
    return _sheet("talks", TalksLine, (_flat(TalksLine, row, talks=row.id) for row in rows))


def step_sheet(row: TalksRow) -> Sheet:
    """How the status of some talks changed."""
    return _sheet("status", StepLine, (_flat(StepLine, step, **_proof(step.cited)) for step in row.history))


def round_sheet(row: TalksRow) -> Sheet:
    """The rounds of some talks."""
    return _sheet("rounds", RoundLine, (_flat(RoundLine, one) for one in row.rounds))


def position_sheet(rows: Iterable[PositionRow]) -> Sheet:
    """The positions of a page."""
    return _sheet("positions", PositionLine, (_flat(PositionLine, row, position=row.id) for row in rows))


def distance_sheet(rows: Iterable[DistanceLine]) -> Sheet:
    """The distances of a page."""
    return _sheet("distances", DistanceLine, rows)


def commitment_sheet(rows: Iterable[CommitmentRow]) -> Sheet:
    """The offers and agreements of a page."""
    made = (_flat(CommitmentLine, row, commitment=row.id, **_proof(row.cited)) for row in rows)
    return _sheet("commitments", CommitmentLine, made)


def actor_sheet(counts: Mapping[str, int], names: Mapping[str, str]) -> Sheet:
    """Actors by key, with the number of their events."""
    return _sheet("actors", ActorLine, (ActorLine(key=key, name=names[key], events=n) for key, n in counts.items()))


def dossier_sheet(counts: Mapping[str, int], names: Mapping[str, str], courses: Mapping[str, TensionRow]) -> Sheet:
    """Dossiers by id, with the number of their events; `courses` by display name."""
    return _sheet("dossiers", DossierLine, (_dossier(one, n, names[one], courses.get(names[one])) for one, n in counts.items()))


def source_sheet(rows: Iterable[SourceRow]) -> Sheet:
    """The sources of a page."""
    return _sheet("sources", SourceLine, (_flat(SourceLine, row, grade=row.grade.value) for row in rows))


def site_sheet(sites: Iterable[Site]) -> Sheet:
    """The places of a map."""
    return _sheet("places", SiteLine, map(_site, sites))


def doubt_sheet(rows: Iterable[tuple[str, float, str, tuple[str, ...]]]) -> Sheet:
    """The review queue: event, rank, headline and reasons."""
    lines = (DoubtLine(event=event, rank=rank, headline=headline, why=why) for event, rank, headline, why in rows)
    return _sheet("review", DoubtLine, lines)


def _sheet(name: str, kind: type[msgspec.Struct], rows: Iterable[msgspec.Struct]) -> Sheet:
    return Sheet(name=name, kind=kind, rows=tuple(rows))


def _flat(kind: type[S], row: msgspec.Struct, **own: object) -> S:
    """The fields that a flat row shares with a page's row, with its own beside them."""
    shared = {name: getattr(row, name) for name in kind.__struct_fields__ if name not in own}
    return kind(**shared, **own)


def _events(row: ChannelRow) -> tuple[str, ...]:
    return tuple(one.event for one in row.latest)


def _route(row: RouteRow) -> RouteLine:
    steps = (
        f"{hop.sender} → {hop.receiver}, strength {hop.strength}, last {hop.last.isoformat() if hop.last else 'undated'}"
        for hop in row.hops
    )
    events = dict.fromkeys(one.event for hop in row.hops for one in hop.latest)
    return RouteLine(
        carriers=row.carriers,
        score=row.score,
        dated=row.dated,
        steps=tuple(steps),
        events=tuple(events),
        relays=row.relays,
        against=tuple(one.why for one in row.against),
    )


def _proof(cited: tuple[Cited, ...]) -> dict[str, str | None]:
    first = cited[0] if cited else None
    return {
        "sentence": first.sentence if first else None,
        "source": first.source if first else None,
        "claim": first.claim if first else None,
    }


def _dossier(own: str, events: int, name: str, course: TensionRow | None) -> DossierLine:
    return DossierLine(
        dossier=own,
        name=name,
        events=events,
        tension=course.level if course else None,
        usual=course.usual if course else None,
        course=course.course if course else None,
        reason=course.reason if course else None,
    )


def _site(site: Site) -> SiteLine:
    return SiteLine(place=site.name, country=site.country, latitude=site.latitude, longitude=site.longitude, contacts=site.events)
