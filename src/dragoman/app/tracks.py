"""What can be tried for talks that stand still, and what lies between two actors, out of the record."""

from datetime import date

import msgspec

from dragoman.analysis import leverage, stalled, tension
from dragoman.analysis.contacts import Contact
from dragoman.app.analysing import Ground, RoutesFound, actor_key, find_routes
from dragoman.core.claims import AnyClaim, Dependence, Utterance
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.talks import Talks
from dragoman.report.findings import AddressRow, ChannelRow, TensionRow
from dragoman.report.words import words

_LATEST = 20


class ReachRow(msgspec.Struct, frozen=True, kw_only=True):
    """One party that a third party reaches."""

    party: str
    strength: float
    last: date | None
    level: str
    contacts: int
    latest: EventId


class ThirdPartyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A third party that reaches a side of the talks."""

    key: str
    actor: str
    reaches: tuple[ReachRow, ...]
    unreached: tuple[str, ...]


class PrecedentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stall that ended, and who was in touch with the parties meanwhile."""

    talks: str
    name: str
    dossier: str | None
    status: str
    since: date
    moved_to: str
    moved_on: date
    days: int
    why: str
    claims: tuple[ClaimId, ...]
    alike: tuple[str, ...]
    in_touch: tuple[tuple[str, int], ...]


class StalledFound(msgspec.Struct, frozen=True, kw_only=True):
    """What the record offers for a track that stands still; `stalled` is false where the last known status is another."""

    talks: str
    stalled: bool
    formula: str
    third_parties: tuple[ThirdPartyRow, ...]
    precedents: tuple[PrecedentRow, ...]


class TieRow(msgspec.Struct, frozen=True, kw_only=True):
    """One actor is said to need the other for something, with the claims that say so."""

    who: str
    on: str
    type: str
    claims: tuple[ClaimId, ...]
    keys: tuple[str, str]


class DyadFound(msgspec.Struct, frozen=True, kw_only=True):
    """What lies between two actors, each figure with its records and its formula in words."""

    as_of: date
    keys: tuple[str, str]
    names: tuple[str, str]
    channel: ChannelRow | None
    """Their channel over all dossiers; None where the record has no direct contact."""
    indirect: tuple[EventId, ...]
    """Contacts by way of others, newest first."""
    addresses: tuple[AddressRow, ...]
    tension: tuple[TensionRow, ...]
    tension_formula: str
    ties: tuple[TieRow, ...]
    ties_formula: str
    statements: tuple[ClaimId, ...]
    """What one said of or to the other, newest first."""
    carriers: RoutesFound


def find_stalled(ground: Ground, tracks: tuple[Talks, ...], talks: Talks, *, limit: int = 12) -> StalledFound:
    """Which third parties reach the sides of some talks, and how stalls like theirs ended."""
    name = ground.wording.name
    local = ground.dossiers[talks.dossier].parties if talks.dossier in ground.dossiers else ()
    sides = {own: dossier.parties for own, dossier in ground.dossiers.items()}
    reaching = stalled.third_parties(talks, ground.network(talks.dossier).known, local)
    return StalledFound(
        talks=talks.id,
        stalled=stalled.is_stalled(talks),
        formula=stalled.FORMULA,
        third_parties=tuple(
            ThirdPartyRow(
                key=one.actor,
                actor=name(one.actor),
                reaches=tuple(
                    ReachRow(
                        party=name(each.party),
                        strength=round(each.strength, 3),
                        last=each.last,
                        level=words(each.level),
                        contacts=len(each.events),
                        latest=each.events[0],
                    )
                    for each in one.reaches
                ),
                unreached=tuple(map(name, one.unreached)),
            )
            for one in reaching[:limit]
        ),
        precedents=tuple(
            PrecedentRow(
                talks=one.talks,
                name=one.name,
                dossier=one.dossier,
                status=one.status.value,
                since=one.since,
                moved_to=one.moved_to.value,
                moved_on=one.moved_on,
                days=(one.moved_on - one.since).days,
                why=one.why,
                claims=one.claims,
                alike=one.alike,
                in_touch=tuple((name(key), number) for key, number in one.in_touch),
            )
            for one in stalled.precedents(talks, tracks, ground.contacts_in, sides)
        ),
    )


def find_dyad(ground: Ground, one: str, other: str) -> DyadFound:
    """What lies between two actors: contacts, tension, dependence and leverage, statements, and who reaches both."""
    left, right = actor_key(ground, one), actor_key(ground, other)
    if left == right:
        raise InputError(f"{one!r} and {other!r} are the same actor; a pair needs two")
    pair = (min(left, right), max(left, right))
    wording, network = ground.wording, ground.network(None)
    return DyadFound(
        as_of=ground.by.as_of,
        keys=(left, right),
        names=(wording.name(left), wording.name(right)),
        channel=next((wording.channel(found) for found in network.known if found.pair == pair), None),
        indirect=_indirect(ground.contacts_of.get(left, ()), pair),
        addresses=tuple(wording.address(found) for found in network.silent if {found.by, found.to} == set(pair)),
        tension=_tension(ground, pair),
        tension_formula=tension.FORMULA,
        ties=_ties(ground, pair),
        ties_formula=leverage.FORMULA,
        statements=_statements(ground, pair),
        carriers=find_routes(ground, left, right, longest=1),
    )


def _indirect(contacts: tuple[Contact, ...], pair: tuple[str, str]) -> tuple[EventId, ...]:
    found = [contact for contact in contacts if contact.pair == pair and not contact.direct]
    found.sort(key=lambda contact: (contact.day or date.min, contact.event), reverse=True)
    return tuple(contact.event for contact in found[:_LATEST])


def _tension(ground: Ground, pair: tuple[str, str]) -> tuple[TensionRow, ...]:
    """In each dossier with a sign of tension that names both, highest first."""
    dossiers: dict[DossierId, None] = {}
    for sign in ground.signs:
        if set(pair) <= set(sign.actors):
            dossiers.update(dict.fromkeys(sign.dossiers))
    found = [tension.tension(own, ground.signs_in[own], ground.by.as_of, dyad=pair) for own in sorted(dossiers)]
    return tuple(ground.wording.tension(one) for one in sorted(found, key=lambda one: (-one.level, one.dossier)))


def _ties(ground: Ground, pair: tuple[str, str]) -> tuple[TieRow, ...]:
    named: list[Dependence] = [claim for claim in ground.leanings if set(pair) <= {actor.key for actor in claim.named}]
    return tuple(
        TieRow(
            who=ground.wording.name(tie.who),
            on=ground.wording.name(tie.on),
            type=words(tie.type),
            claims=tie.claims,
            keys=(tie.who, tie.on),
        )
        for tie in leverage.ties(named)
        if {tie.who, tie.on} == set(pair)
    )


def _statements(ground: Ground, pair: tuple[str, str]) -> tuple[ClaimId, ...]:
    def newness(claim: AnyClaim) -> tuple[int, str]:
        day = ground.published.get(claim.document)
        return (day.toordinal() if day else 0, claim.id)

    found = [claim for claim in ground.claims_of.get(pair[0], ()) if isinstance(claim, Utterance) and _between(claim, pair)]
    return tuple(claim.id for claim in sorted(found, key=newness, reverse=True)[:_LATEST])


def _between(claim: Utterance, pair: tuple[str, str]) -> bool:
    """Whether one of two actors speaks to or of the other."""
    if claim.target is None or claim.target.key not in pair:
        return False
    other = pair[1] if claim.target.key == pair[0] else pair[0]
    return any(actor.key == other for actor in claim.speaker_actors)
