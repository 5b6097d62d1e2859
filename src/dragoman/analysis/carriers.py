"""Who could carry a message from one actor to another: ranked carriers and paths, each with what speaks for and against it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import msgspec

from dragoman.analysis.channels import DialogueChannel, channels
from dragoman.analysis.claim_days import Published, claim_day
from dragoman.analysis.contacts import THIRD_PARTY_ROLES, Contact, Weighing
from dragoman.core.claims import AnyClaim, Proposal, Utterance
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Answer, EngagementType, Outcome, Stance

FORMULA = (
    "score = (strength of the path's weakest hop + 0.25 × contacts in which the carriers stood between both ends) "
    "× 0.6 ^ (carriers - 1); relays and objections are shown beside the score and do not change it"
)
_PER_JOINT_CONTACT = 0.25
_PER_FURTHER_CARRIER = 0.6
RELAY = timedelta(days=14)
"""A contact with one end, then with the other within so many days, is counted as a relay."""
OBJECTIONS_SINCE = timedelta(days=365)


class Objection(StrEnum):
    """What speaks against a carrier."""

    SILENCE = "silence"
    """No contact with one end for more than the half-life."""
    UNDATED = "undated"
    """No contact with one end has a date."""
    REFUSED = "refused"
    """One end refused an offer of the carrier, or declined its mediation."""
    ACCUSED = "accused"
    """One end accused or condemned the carrier within a year."""
    PARTY = "party"
    """The carrier is itself a party to the dossier."""


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """One objection to a carrier: of which kind, who objects or is silent, since when, and the claims or events behind it."""

    kind: Objection
    carrier: str
    actor: str | None = None
    last: date | None = None
    claims: tuple[ClaimId, ...] = ()
    events: tuple[EventId, ...] = ()


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a path: the channel that it uses, its strength and its contacts, newest first."""

    sender: str
    receiver: str
    strength: float
    last: date | None
    contacts: tuple[Contact, ...]


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A way for a message: no carrier is the direct channel. `score` by `FORMULA`.

    `joint` are events in which the carriers stood between both ends (in a third-party role, or with both at once); `relays`
    pairs of contacts, one with each end, in that order and within `RELAY` of each other.
    """

    carriers: tuple[str, ...]
    hops: tuple[Hop, ...]
    score: float
    joint: tuple[EventId, ...] = ()
    relays: tuple[tuple[EventId, EventId], ...] = ()
    against: tuple[Against, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether every hop has a contact with a date."""
        return all(hop.last is not None for hop in self.hops)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who could carry a message from `sender` to `receiver` (actor keys); within a dossier where one is given."""

    sender: str
    receiver: str
    dossier: DossierId | None = None
    longest: int = 2
    """Most carriers on a path: 1 or 2."""
    limit: int = 10


def routes(
    question: Question,
    events: Sequence[Event],
    contacts: Sequence[Contact],
    by: Weighing,
    *,
    parties: Iterable[str] = (),
    network: Iterable[DialogueChannel] | None = None,
) -> tuple[Route, ...]:
    """The best paths, best first; the direct channel too, where there is one.

    Only contacts that took place by the day of `by` count, as `contacts_of` gives them. `parties` are the keys of the dossier's
    own sides. Objections that rest on claims are added by `with_objections`. Who has the dossier's channels already gives them as
    `network`; then events and contacts of the two ends are enough.
    """
    inside = [each for each in contacts if question.dossier is None or question.dossier in each.dossiers]
    known = {channel.pair: channel for channel in (channels(inside, by) if network is None else network)}
    neighbours: dict[str, set[str]] = {}
    for left, right in known:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    own = frozenset(parties)
    between_both = _between_both(question, events)
    made = [
        _route(question, carriers, known, between_both)
        for carriers in _paths(question.sender, question.receiver, neighbours, question.longest)
    ]
    made += _mediated_only(question, inside, made, by)
    best = sorted(made, key=lambda route: (-route.score, route.carriers))[: question.limit]
    return tuple(_told(question, route, by, own) for route in best)


def _paths(sender: str, receiver: str, neighbours: Mapping[str, set[str]], longest: int) -> Iterator[tuple[str, ...]]:
    near, far = neighbours.get(sender, set()), neighbours.get(receiver, set())
    if receiver in near:
        yield ()
    both = (near & far) - {sender, receiver}
    for carrier in sorted(both):
        yield (carrier,)
    if longest > 1:
        for first in sorted(near - both - {receiver}):
            for second in sorted((neighbours[first] & far) - both - {sender, receiver}):
                yield (first, second)


def _route(
    question: Question,
    carriers: tuple[str, ...],
    known: Mapping[tuple[str, str], DialogueChannel],
    between_both: Mapping[EventId, frozenset[str]],
) -> Route:
    stops = (question.sender, *carriers, question.receiver)
    hops = tuple(_hop(one, other, known) for one, other in pairwise(stops))
    joint = _joint(carriers, hops, between_both)
    weakest = min(hop.strength for hop in hops)
    score = (weakest + _PER_JOINT_CONTACT * len(joint)) * _PER_FURTHER_CARRIER ** max(0, len(carriers) - 1)
    return Route(carriers=carriers, hops=hops, score=score, joint=joint)


def _told(question: Question, route: Route, by: Weighing, parties: frozenset[str]) -> Route:
    """The route with what stands beside its score; of one that is only said to carry messages there is no more to tell."""
    if len(route.hops) != len(route.carriers) + 1:
        return route
    relays = _relays(route.hops) if len(route.carriers) == 1 else ()
    return msgspec.structs.replace(route, relays=relays, against=tuple(_from_contacts(question, route.hops, by, parties)))


def _hop(sender: str, receiver: str, known: Mapping[tuple[str, str], DialogueChannel]) -> Hop:
    channel = known[min(sender, receiver), max(sender, receiver)]
    return Hop(sender=sender, receiver=receiver, strength=channel.strength, last=channel.last, contacts=channel.contacts)


def _between_both(question: Question, events: Iterable[Event]) -> dict[EventId, frozenset[str]]:
    """Events with both ends, and who took part in them as a third party."""
    found = {}
    for event in events:
        present = {each.actor.key for each in event.participants}
        if question.sender in present and question.receiver in present:
            found[event.id] = frozenset(each.actor.key for each in event.participants if each.role in THIRD_PARTY_ROLES)
    return found


def _joint(
    carriers: tuple[str, ...], hops: tuple[Hop, ...], between_both: Mapping[EventId, frozenset[str]]
) -> tuple[EventId, ...]:
    """Events with both ends in which every carrier took part as a third party."""
    wanted = {event for event, third in between_both.items() if third.issuperset(carriers)} if carriers else set()
    if not wanted:
        return ()
    return tuple(sorted({contact.event for hop in hops for contact in hop.contacts if contact.event in wanted}))


def _mediated_only(
    question: Question,
    contacts: Iterable[Contact],
    made: Iterable[Route],
    by: Weighing,
) -> Iterator[Route]:
    """Carriers that are named for messages between both ends while no contact of theirs with each end stands in the record."""
    pair = (min(question.sender, question.receiver), max(question.sender, question.receiver))
    have = {route.carriers for route in made}
    found: dict[str, list[Contact]] = {}
    for contact in contacts:
        if contact.pair == pair and not contact.direct:
            for carrier in contact.through:
                if (carrier,) not in have:
                    found.setdefault(carrier, []).append(contact)
    for carrier, carried in sorted(found.items()):
        days = [each.day for each in carried if each.day]
        strength = sum(each.weight(by).value for each in carried)
        hop = Hop(
            sender=question.sender,
            receiver=question.receiver,
            strength=strength,
            last=max(days, default=None),
            contacts=tuple(carried),
        )
        yield Route(carriers=(carrier,), hops=(hop,), score=strength, joint=tuple(sorted(each.event for each in carried)))


def _relays(hops: tuple[Hop, ...]) -> tuple[tuple[EventId, EventId], ...]:
    """Contacts of a carrier with one end and then, in a separate event, with the other.

    Such a path respects time (P. Holme and J. Saramäki, Temporal networks, Physics Reports 519, 2012).
    """
    first, second = hops
    dated = [(each.day, each.event) for each in first.contacts if each.day]
    later = sorted((each.day, each.event) for each in second.contacts if each.day)
    days = [day for day, _ in later]
    return tuple(
        sorted({(a, b) for day, a in dated for _, b in later[bisect_left(days, day) : bisect_right(days, day + RELAY)] if a != b})
    )


def _from_contacts(question: Question, hops: tuple[Hop, ...], by: Weighing, parties: frozenset[str]) -> Iterator[Against]:
    for hop in hops:
        if hop.last is None:
            yield Against(
                kind=Objection.UNDATED,
                carrier=hop.sender,
                actor=hop.receiver,
                events=tuple(contact.event for contact in hop.contacts),
            )
        elif (by.as_of - hop.last).days > by.half_life:
            yield Against(
                kind=Objection.SILENCE, carrier=hop.sender, actor=hop.receiver, last=hop.last, events=(hop.contacts[0].event,)
            )
    for hop in hops[1:]:
        if hop.sender in parties - {question.sender, question.receiver}:
            yield Against(kind=Objection.PARTY, carrier=hop.sender)


def with_objections(
    found: Iterable[Route],
    question: Question,
    claims: Iterable[AnyClaim],
    events: Iterable[Event],
    published: Published,
    by: Weighing,
) -> tuple[Route, ...]:
    """The same routes with what claims and events say against their carriers: refusals, accusations."""
    ends = {question.sender, question.receiver}
    said: dict[tuple[str, Objection, str], list[ClaimId]] = {}
    for claim in claims:
        day = claim_day(claim, published)
        if day is not None and not timedelta() <= by.as_of - day <= OBJECTIONS_SINCE:
            continue
        for carrier, kind, actor in _objections(claim, ends):
            said.setdefault((carrier, kind, actor), []).append(claim.id)
    declined: dict[tuple[str, str], list[EventId]] = {}
    for event in events:
        for carrier, actor in _declined(event, ends):
            declined.setdefault((carrier, actor), []).append(event.id)
    return tuple(
        msgspec.structs.replace(route, against=(*route.against, *_against(route.carriers, said, declined))) for route in found
    )


def _against(
    carriers: tuple[str, ...],
    said: Mapping[tuple[str, Objection, str], list[ClaimId]],
    declined: Mapping[tuple[str, str], list[EventId]],
) -> Iterator[Against]:
    for (carrier, kind, actor), ids in sorted(said.items()):
        if carrier in carriers:
            yield Against(kind=kind, carrier=carrier, actor=actor, claims=tuple(sorted(ids)))
    for (carrier, actor), events in sorted(declined.items()):
        if carrier in carriers:
            yield Against(kind=Objection.REFUSED, carrier=carrier, actor=actor, events=tuple(sorted(events)))


def _objections(claim: AnyClaim, ends: set[str]) -> Iterator[tuple[str, Objection, str]]:
    """Carrier, kind, and which end objects."""
    if isinstance(claim, Proposal) and claim.answer is Answer.REFUSED:
        for by in claim.by:
            yield from ((by.key, Objection.REFUSED, to.key) for to in claim.to if to.key in ends)
    elif isinstance(claim, Utterance) and claim.target is not None and claim.stance in {Stance.ACCUSE, Stance.CONDEMN}:
        target = claim.target.key
        yield from ((target, Objection.ACCUSED, by.key) for by in claim.speaker_actors if by.key in ends and by.key != target)


def _declined(event: Event, ends: set[str]) -> Iterator[tuple[str, str]]:
    if event.type is EngagementType.MEDIATION_OFFER and event.outcome is Outcome.DECLINED:
        for one in event.participants:
            if one.role in THIRD_PARTY_ROLES:
                yield from ((one.actor.key, each.actor.key) for each in event.participants if each.actor.key in ends)
