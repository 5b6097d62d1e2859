"""Tension by dossier and dyad: dated violence, threats and breakdowns against what was usual.

Not a forecast: how well it warns has not been scored.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean, stdev

import msgspec

from dragoman.analysis.claim_days import Published, claim_day
from dragoman.core.claims import AnyClaim, Status, Utterance, Violence
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Factuality, Outcome, Stance, TalksSignal

FORMULA = (
    "level on a day = sum over claims of weight × 0.5^(age / 30 days); weights: violence 3, breakdown or collapse of talks 2, "
    "suspension or impasse 1.5, threat or warning 1, accusation or condemnation 0.5; claims of one kind by the same "
    "actors on one day count once; usual = mean of the level at the end of each of the 26 weeks before the last four; "
    "rising or falling = more than one "
    "standard deviation (at least 0.5) away from usual"
)
HALF_LIFE = 30.0
LATEST = timedelta(days=28)
WEEKS = 26
_LEAST_SPREAD = 0.5
_SILENT = f"unknown: nothing reported in {WEEKS + 4} weeks, which may be peace or a record that does not look there"


class Sign(StrEnum):
    """What raises tension."""

    VIOLENCE = "violence"
    BREAKDOWN = "breakdown"
    IMPASSE = "impasse"
    THREAT = "threat"
    ACCUSATION = "accusation"


WEIGHTS = {Sign.VIOLENCE: 3.0, Sign.BREAKDOWN: 2.0, Sign.IMPASSE: 1.5, Sign.THREAT: 1.0, Sign.ACCUSATION: 0.5}
_STANCES = {Stance.WARN: Sign.THREAT, Stance.ACCUSE: Sign.ACCUSATION, Stance.CONDEMN: Sign.ACCUSATION}
_SIGNALS = {
    TalksSignal.COLLAPSED: Sign.BREAKDOWN,
    TalksSignal.SUSPENDED: Sign.IMPASSE,
    TalksSignal.IMPASSE: Sign.IMPASSE,
}
_OUTCOMES = {Outcome.BREAKDOWN: Sign.BREAKDOWN, Outcome.IMPASSE: Sign.IMPASSE}


class Course(StrEnum):
    """Where tension goes, as CrisisWatch's arrows say it of a month."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    UNKNOWN = "unknown"
    """The record does not go back far enough to say what is usual."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One sign of tension on one day; several claims of one kind by the same actors on one day are one incident."""

    sign: Sign
    day: date
    dossiers: tuple[DossierId, ...]
    actors: tuple[str, ...]
    """Keys of who acts and who is acted on, where stated."""
    claims: tuple[ClaimId, ...] = ()
    events: tuple[EventId, ...] = ()

    def weight(self, on: date) -> float:
        """What the incident still weighs on a day; nothing before it happened."""
        age = (on - self.day).days
        return WEIGHTS[self.sign] * 0.5 ** (age / HALF_LIFE) if age >= 0 else 0.0


class Tension(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a dossier, or of two actors in it, on a day; by `FORMULA`."""

    dossier: DossierId
    dyad: tuple[str, str] | None
    level: float
    usual: float | None
    spread: float | None
    course: Course
    latest: tuple[Incident, ...]
    """Incidents of the last 28 days, heaviest first: the sentences behind a change."""
    reason: str


class Spillover(msgspec.Struct, frozen=True, kw_only=True):
    """An actor with incidents of the last 28 days in more than one dossier."""

    actor: str
    incidents: tuple[tuple[DossierId, int], ...]


def incidents(claims: Iterable[AnyClaim], events: Iterable[Event], published: Published) -> tuple[Incident, ...]:
    """All dated signs of tension, oldest first; what has no day, not even of publication, is left out."""
    found: dict[tuple[Sign, date, tuple[DossierId, ...], tuple[str, ...]], list[ClaimId]] = {}
    for claim in claims:
        sign, day = _sign(claim), claim_day(claim, published)
        if sign is not None and day is not None:
            found.setdefault((sign, day, claim.dossiers, _actors(claim)), []).append(claim.id)
    made = [
        Incident(sign=sign, day=day, dossiers=dossiers, actors=actors, claims=tuple(sorted(ids)))
        for (sign, day, dossiers, actors), ids in found.items()
    ]
    made += [incident for event in events if (incident := _from_event(event)) is not None]
    return tuple(sorted(made, key=lambda one: (one.day, one.sign, one.actors, one.claims, one.events)))


def _sign(claim: AnyClaim) -> Sign | None:
    if isinstance(claim, Violence):
        return Sign.VIOLENCE
    if isinstance(claim, Status):
        return _SIGNALS.get(claim.signal)
    return _STANCES.get(claim.stance) if isinstance(claim, Utterance) else None


def _actors(claim: AnyClaim) -> tuple[str, ...]:
    match claim:
        case Violence():
            return (claim.perpetrator.key,) if claim.perpetrator else ()
        case Status():
            return tuple(sorted({each.key for each in claim.actors}))
        case Utterance():
            target = {claim.target.key} if claim.target else set[str]()
            return tuple(sorted({each.key for each in claim.speaker_actors} | target))
        case _:
            return ()


def _from_event(event: Event) -> Incident | None:
    sign = _OUTCOMES.get(event.outcome)
    day = (event.when.end or event.when.start) if event.when else None
    if sign is None or day is None or event.factuality is not Factuality.OCCURRED:
        return None
    actors = tuple(sorted({each.actor.key for each in event.participants}))
    return Incident(sign=sign, day=day, dossiers=event.dossiers, actors=actors, events=(event.id,))


def tension(
    dossier: DossierId, all_incidents: Sequence[Incident], as_of: date, *, dyad: tuple[str, str] | None = None
) -> Tension:
    """Tension of a dossier, or of two actors (keys) in it, on a day."""
    own = [one for one in all_incidents if dossier in one.dossiers and one.day <= as_of]
    if dyad is not None:
        own = [one for one in own if set(dyad) <= set(one.actors)]
    level = _level(own, as_of)
    begins = min((one.day for one in all_incidents if dossier in one.dossiers), default=as_of)
    silent = not any(as_of - one.day <= LATEST + timedelta(weeks=WEEKS) for one in own)
    usual, spread = (None, None) if silent else _usual(own, as_of, begins)
    latest = sorted((one for one in own if as_of - one.day < LATEST), key=lambda one: (-one.weight(as_of), one.day, one.claims))
    course = _course(level, usual, spread)
    return Tension(
        dossier=dossier,
        dyad=dyad,
        level=level,
        usual=usual,
        spread=spread,
        course=course,
        latest=tuple(latest),
        reason=_SILENT if silent else _reason(course, level, usual, latest),
    )


def _level(own: Iterable[Incident], on: date) -> float:
    return sum(one.weight(on) for one in own)


def _levels(own: Iterable[Incident], ends: Iterable[date]) -> list[float]:
    """The level on each of some days, earliest first: what was there before fades, what came since is added."""
    waiting = sorted(own, key=lambda one: one.day, reverse=True)
    levels: list[float] = []
    level, before = 0.0, None
    for end in ends:
        level *= 0.5 ** ((end - before).days / HALF_LIFE) if before else 0.0
        while waiting and waiting[-1].day <= end:
            level += waiting.pop().weight(end)
        levels.append(level)
        before = end
    return levels


def _usual(own: Sequence[Incident], as_of: date, begins: date) -> tuple[float | None, float | None]:
    """Mean and standard deviation of the weekly levels before the last four weeks, as far as the record goes back."""
    ends = (as_of - LATEST - timedelta(weeks=week) for week in reversed(range(WEEKS)))
    levels = _levels(own, [end for end in ends if end >= begins])
    if len(levels) < 4:
        return None, None
    return fmean(levels), max(_LEAST_SPREAD, stdev(levels))


def _course(level: float, usual: float | None, spread: float | None) -> Course:
    if usual is None or spread is None:
        return Course.UNKNOWN
    if abs(level - usual) <= spread:
        return Course.STEADY
    return Course.RISING if level > usual else Course.FALLING


def _reason(course: Course, level: float, usual: float | None, latest: Sequence[Incident]) -> str:
    counted: dict[Sign, int] = {}
    for one in latest:
        counted[one.sign] = counted.get(one.sign, 0) + 1
    what = ", ".join(f"{sign.value} {number}" for sign, number in sorted(counted.items(), key=lambda item: -WEIGHTS[item[0]]))
    against = "no usual level: the record is too short" if usual is None else f"usual {usual:.1f}"
    return f"{course.value}: level {level:.1f}, {against}; last 28 days: {what or 'no incident'}"


def spillover(all_incidents: Iterable[Incident], as_of: date) -> tuple[Spillover, ...]:
    """Actors with late incidents in several dossiers, by how many dossiers and incidents."""
    found: dict[str, dict[DossierId, int]] = {}
    for one in all_incidents:
        if timedelta() <= as_of - one.day < LATEST:
            for actor in one.actors:
                for dossier in one.dossiers:
                    own = found.setdefault(actor, {})
                    own[dossier] = own.get(dossier, 0) + 1
    made = (
        Spillover(actor=actor, incidents=tuple(sorted(own.items(), key=lambda item: (-item[1], item[0]))))
        for actor, own in found.items()
        if len(own) > 1
    )
    return tuple(sorted(made, key=lambda one: (-len(one.incidents), -sum(number for _, number in one.incidents), one.actor)))
