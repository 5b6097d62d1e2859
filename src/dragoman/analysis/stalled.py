"""Talks that do not move: which third parties reach which side, and how such talks got moving before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from dragoman.analysis.channels import DialogueChannel
from dragoman.analysis.contacts import Contact
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.talks import StatusStep, Talks
from dragoman.core.vocab import Level, TalksStatus

FORMULA = (
    "a track stalls when its status turns to impasse, suspended or collapsed; third parties are those in touch with a party "
    "of the track in its dossier, first those that reach most parties, then by the strength of the weakest of these channels; "
    "a precedent is a stall that a later step of scheduled, under way, progress, agreed or implemented ended, in this track, "
    "in its dossier, or with a party of its own; beside it stand the third parties that were in touch with its parties during "
    "the stall, or in the 90 days before the step that ended it where the stall was longer; that they were in touch does not "
    "say that they brought it about"
)
STALLED = frozenset({TalksStatus.IMPASSE, TalksStatus.SUSPENDED, TalksStatus.COLLAPSED})
_MOVING = frozenset(
    {TalksStatus.SCHEDULED, TalksStatus.UNDER_WAY, TalksStatus.PROGRESS, TalksStatus.AGREED, TalksStatus.IMPLEMENTED}
)
_BEFORE = timedelta(days=90)


class Reaching(msgspec.Struct, frozen=True, kw_only=True):
    """A third party's channel with one party."""

    party: str
    strength: float
    last: date | None
    level: Level | None
    events: tuple[EventId, ...]


class ThirdPartyReach(msgspec.Struct, frozen=True, kw_only=True):
    """A third party and the parties of a track that it reaches (keys), the strongest channel first."""

    actor: str
    reaches: tuple[Reaching, ...]
    unreached: tuple[str, ...]


class Precedent(msgspec.Struct, frozen=True, kw_only=True):
    """A stall that ended: from which status on which day to which on which, with the claims of the step that ended it."""

    talks: str
    name: str
    dossier: DossierId | None
    status: TalksStatus
    since: date
    moved_to: TalksStatus
    moved_on: date
    why: str
    claims: tuple[ClaimId, ...]
    alike: tuple[str, ...]
    """What it has in common with the track asked about, in words."""
    in_touch: tuple[tuple[str, int], ...]
    """Third parties in touch with a party of it while it stalled (keys), with the number of contacts."""


def is_stalled(talks: Talks) -> bool:
    """Whether talks stand still by their last known status."""
    return talks.status in STALLED


def third_parties(talks: Talks, known: Iterable[DialogueChannel], local: Iterable[str]) -> tuple[ThirdPartyReach, ...]:
    """Who reaches a party of some talks by the dossier's channels; `local` are the keys of the dossier's own parties."""
    parties = [actor.key for actor in talks.parties]
    own = {*parties, *local}
    found: dict[str, list[Reaching]] = {}
    for channel in known:
        for party, other in (channel.pair, channel.pair[::-1]):
            if party in parties and other not in own:
                found.setdefault(other, []).append(
                    Reaching(
                        party=party, strength=channel.strength, last=channel.last, level=channel.level, events=channel.events
                    )
                )
    made = [
        ThirdPartyReach(
            actor=actor,
            reaches=tuple(sorted(reaches, key=lambda one: (-one.strength, one.party))),
            unreached=tuple(party for party in parties if party not in {one.party for one in reaches}),
        )
        for actor, reaches in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.reaches), -one.reaches[-1].strength, one.actor)))


def precedents(
    talks: Talks,
    others: Iterable[Talks],
    contacts: Mapping[DossierId, Sequence[Contact]],
    local: Mapping[DossierId, Iterable[str]],
    *,
    limit: int = 8,
) -> tuple[Precedent, ...]:
    """Stalls that ended in the same track, the same dossier or with the same parties: most in common first, then the latest.

    `contacts` and the keys of the `local` parties are by dossier.
    """
    found: list[tuple[tuple[str, ...], Talks, StatusStep, StatusStep, date]] = []
    for other in others:
        alike = _alike(talks, other)
        if alike:
            found += [(alike, other, *stall) for stall in _ended(other)]
    found.sort(key=lambda entry: (-len(entry[0]), -entry[4].toordinal(), entry[1].name))
    return tuple(_precedent(alike, other, before, after, contacts, local) for alike, other, before, after, _ in found[:limit])


def _alike(talks: Talks, other: Talks) -> tuple[str, ...]:
    shared = sorted({one.key: one.name for one in talks.parties if one.key in {each.key for each in other.parties}}.values())
    said = ["the same track"] if other == talks else []
    said += ["the same dossier"] if talks.dossier is not None and talks.dossier == other.dossier else []
    return (*said, *(f"with {name}" for name in shared))


def _ended(talks: Talks) -> list[tuple[StatusStep, StatusStep, date]]:
    """Stalls of a track with the step that ended each and the day of that; what has no day is left out."""
    return [
        (before, after, after.since)
        for before, after in pairwise(talks.history)
        if before.status in STALLED and after.status in _MOVING and before.since is not None and after.since is not None
    ]


def _precedent(
    alike: tuple[str, ...],
    talks: Talks,
    before: StatusStep,
    after: StatusStep,
    contacts: Mapping[DossierId, Sequence[Contact]],
    local: Mapping[DossierId, Iterable[str]],
) -> Precedent:
    since, until = before.since or date.min, after.since or date.max
    near = contacts.get(talks.dossier, ()) if talks.dossier else ()
    sides = frozenset(local.get(talks.dossier, ()) if talks.dossier else ())
    return Precedent(
        talks=talks.id,
        name=talks.name,
        dossier=talks.dossier,
        status=before.status,
        since=since,
        moved_to=after.status,
        moved_on=until,
        why=after.why,
        claims=after.claims,
        alike=alike,
        in_touch=_in_touch(talks, near, sides, max(since, until - _BEFORE), until),
    )


def _in_touch(
    talks: Talks, contacts: Sequence[Contact], local: frozenset[str], since: date, until: date
) -> tuple[tuple[str, int], ...]:
    parties = {actor.key for actor in talks.parties}
    own = local | parties
    counted: dict[str, set[EventId]] = {}
    for contact in contacts:
        if contact.direct and contact.day is not None and since <= contact.day <= until:
            for one, other in (contact.pair, contact.pair[::-1]):
                if one not in own and other in parties:
                    counted.setdefault(one, set()).add(contact.event)
    return tuple(sorted(((key, len(events)) for key, events in counted.items()), key=lambda item: (-item[1], item[0])))
