"""Profiles of third parties: where they mediate, whom they reach, how evenly, what is said of them. Each figure has its parts."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from typing import TypeVar

import msgspec

from dragoman.analysis.contacts import LEVELS, THIRD_PARTY_ROLES, Contact, Weighing, between, highest_level
from dragoman.core.claims import AnyClaim, Proposal, Utterance, Voice
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Answer, EngagementType, Factuality, Level, Outcome, ProposalKind, Role, Stance
from dragoman.knowledge.dossiers import Dossier

BALANCE_FORMULA = (
    "share of the first side's contacts among the contacts with both sides, with Wilson's 95 % interval "
    "(E. B. Wilson, Journal of the American Statistical Association 22, 1927); 0.5 is even"
)
_WARM = frozenset({Stance.SUPPORT, Stance.PRAISE, Stance.OFFER})
_COLD = frozenset({Stance.ACCUSE, Stance.CONDEMN, Stance.WARN, Stance.OPPOSE})
_Z = 1.959964
Filed = TypeVar("Filed", Event, Contact, AnyClaim)


class RoleCount(msgspec.Struct, frozen=True, kw_only=True):
    """A role held, with the events that it was held in."""

    role: Role
    events: tuple[EventId, ...]


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts with one party to a dossier: how many, how high on the party's side, how recent, how strong."""

    party: str
    events: tuple[EventId, ...]
    level: Level | None
    last: date | None
    strength: float


class Tone(msgspec.Struct, frozen=True, kw_only=True):
    """What the third party said to or about a side, by the claims' stance."""

    warm: tuple[ClaimId, ...] = ()
    """Support, praise, offers."""
    cold: tuple[ClaimId, ...] = ()
    """Accusations, condemnations, warnings, opposition."""


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts with the first against another side of a dossier; `share` by `BALANCE_FORMULA`, None without contacts."""

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    contacts: tuple[int, int]
    share: float | None
    interval: tuple[float, float] | None
    tone: tuple[Tone, Tone]


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the third party's offers and guarantees: claims and, for offers to mediate, events."""

    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class Criticism(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's claim against the third party; the voice says it, the record does not."""

    claim: ClaimId
    speaker: str
    stance: Stance
    voices: tuple[Voice, ...]


class DossierProfile(msgspec.Struct, frozen=True, kw_only=True):
    """A third party in one dossier."""

    dossier: DossierId
    roles: tuple[RoleCount, ...]
    access: tuple[Access, ...]
    """By strength; parties never reached are left out and listed in `unreached`."""
    unreached: tuple[str, ...]
    balances: tuple[Balance, ...]
    outcomes: tuple[tuple[Outcome, tuple[EventId, ...]], ...]
    """Of events in a third-party role; only reported outcomes."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A third party over all dossiers that it holds a third-party role in or reaches a party of."""

    actor: str
    dossiers: tuple[DossierProfile, ...]
    offers: Offers
    criticism: tuple[Criticism, ...]


def wilson(hits: int, total: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share; None without observations."""
    if total == 0:
        return None
    share = hits / total
    centre = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z / (1 + _Z**2 / total) * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def profile(
    actor: str,
    events: Sequence[Event],
    contacts: Sequence[Contact],
    claims: Sequence[AnyClaim],
    dossiers: Iterable[Dossier],
    by: Weighing,
) -> Profile:
    """One actor's profile; `contacts` as `contacts_of` gives them, `claims` those that are not engagements."""
    own = [event for event in events if any(each.actor.key == actor for each in event.participants)]
    touched = {dossier for event in own for dossier in event.dossiers}
    inside, near, about = _by_dossier(own), _by_dossier(contacts), _by_dossier(claims)
    made = (
        _in_dossier(actor, dossier, inside.get(dossier.id, ()), near.get(dossier.id, ()), about.get(dossier.id, ()), by)
        for dossier in dossiers
        if dossier.id in touched and actor not in dossier.parties
    )
    return Profile(
        actor=actor,
        dossiers=tuple(one for one in made if one.roles or one.access),
        offers=_offers(actor, own, claims),
        criticism=_criticism(actor, claims),
    )


def _in_dossier(
    actor: str,
    dossier: Dossier,
    inside: Sequence[Event],
    near: Sequence[Contact],
    about: Sequence[AnyClaim],
    by: Weighing,
) -> DossierProfile:
    """One dossier of a profile, out of the actor's events, contacts and claims in it."""
    held = [event for event in inside if event.factuality is Factuality.OCCURRED]
    reached = {party: between(near, [actor], [party]) for party in dossier.parties}
    access = [_access(party, found, by) for party, found in reached.items() if found]
    return DossierProfile(
        dossier=dossier.id,
        roles=_roles(actor, inside),
        access=tuple(sorted(access, key=lambda one: (-one.strength, one.party))),
        unreached=tuple(party for party, found in reached.items() if not found),
        balances=tuple(_balance(actor, (dossier.sides[0], other), near, about) for other in dossier.sides[1:]),
        outcomes=_outcomes(actor, held),
    )


def _by_dossier(filed: Iterable[Filed]) -> dict[DossierId, list[Filed]]:
    """Events, contacts or claims by dossier, in order."""
    found: dict[DossierId, list[Filed]] = {}
    for one in filed:
        for dossier in dict.fromkeys(one.dossiers):
            found.setdefault(dossier, []).append(one)
    return found


def _roles(actor: str, events: Iterable[Event]) -> tuple[RoleCount, ...]:
    held: dict[Role, set[EventId]] = {}
    for event in events:
        for each in event.participants:
            if each.actor.key == actor and each.role in THIRD_PARTY_ROLES:
                held.setdefault(each.role, set()).add(event.id)
    counts = (RoleCount(role=role, events=tuple(sorted(ids))) for role, ids in held.items())
    return tuple(sorted(counts, key=lambda one: (-len(one.events), one.role)))


def _access(party: str, contacts: Sequence[Contact], by: Weighing) -> Access:
    levels = [highest_level(contact.sides[contact.pair.index(party)]) for contact in contacts]
    return Access(
        party=party,
        events=tuple(sorted({contact.event for contact in contacts})),
        level=max((level for level in levels if level), key=lambda level: LEVELS[level], default=None),
        last=max((contact.day for contact in contacts if contact.day), default=None),
        strength=sum(contact.weight(by).value for contact in contacts),
    )


def _balance(
    actor: str, sides: tuple[tuple[str, ...], tuple[str, ...]], contacts: Sequence[Contact], claims: Sequence[AnyClaim]
) -> Balance:
    first, second = (len({contact.event for contact in between(contacts, [actor], side)}) for side in sides)
    total = first + second
    return Balance(
        sides=sides,
        contacts=(first, second),
        share=first / total if total else None,
        interval=wilson(first, total),
        tone=(_tone(actor, sides[0], claims), _tone(actor, sides[1], claims)),
    )


def _tone(actor: str, side: Sequence[str], claims: Iterable[AnyClaim]) -> Tone:
    said = [
        claim
        for claim in claims
        if isinstance(claim, Utterance)
        and claim.target is not None
        and claim.target.key in side
        and any(each.key == actor for each in claim.speaker_actors)
    ]
    return Tone(
        warm=tuple(sorted(claim.id for claim in said if claim.stance in _WARM)),
        cold=tuple(sorted(claim.id for claim in said if claim.stance in _COLD)),
    )


def _outcomes(actor: str, events: Iterable[Event]) -> tuple[tuple[Outcome, tuple[EventId, ...]], ...]:
    found: dict[Outcome, list[EventId]] = {}
    for event in events:
        third = any(each.actor.key == actor and each.role in THIRD_PARTY_ROLES for each in event.participants)
        if third and event.outcome is not Outcome.NONE_REPORTED:
            found.setdefault(event.outcome, []).append(event.id)
    return tuple(
        (outcome, tuple(sorted(ids))) for outcome, ids in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    )


_KINDS = frozenset({ProposalKind.OFFER, ProposalKind.GUARANTEE})


def _offers(actor: str, events: Iterable[Event], claims: Iterable[AnyClaim]) -> Offers:
    answers: dict[Answer, list[str]] = {}
    for claim in claims:
        if isinstance(claim, Proposal) and claim.type in _KINDS and any(each.key == actor for each in claim.by):
            answers.setdefault(claim.answer, []).append(claim.id)
    for event in events:
        by_actor = any(each.actor.key == actor and each.role in THIRD_PARTY_ROLES for each in event.participants)
        if event.type is EngagementType.MEDIATION_OFFER and by_actor:
            answers.setdefault(_answer(event.outcome), []).append(event.id)
    return Offers(
        accepted=tuple(sorted(answers.get(Answer.ACCEPTED, ()))),
        refused=tuple(sorted(answers.get(Answer.REFUSED, ()))),
        open=tuple(sorted(answers.get(Answer.OPEN, ()))),
    )


def _answer(outcome: Outcome) -> Answer:
    if outcome is Outcome.DECLINED:
        return Answer.REFUSED
    return Answer.ACCEPTED if outcome in {Outcome.AGREEMENT, Outcome.AGREED_TO_CONTINUE} else Answer.OPEN


def _criticism(actor: str, claims: Iterable[AnyClaim]) -> tuple[Criticism, ...]:
    return tuple(
        Criticism(claim=claim.id, speaker=claim.speaker, stance=claim.stance, voices=claim.voices)
        for claim in claims
        if isinstance(claim, Utterance)
        and claim.target is not None
        and claim.target.key == actor
        and claim.stance in {Stance.ACCUSE, Stance.CONDEMN, Stance.OPPOSE}
    )
