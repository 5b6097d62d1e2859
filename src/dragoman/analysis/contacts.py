"""Events as contacts of two actors, and what one contact weighs.

The weight of a contact on a day is a product of five factors, each from 0 to 1 and kept beside it:

- recency: 0.5 ^ (age in days / half-life); an undated contact counts as two half-lives old
- level: by the lower of both sides' highest levels (`LEVELS`), because a channel carries no more than its lower end can promise
- mode: how the sides were in touch (`MODES`)
- corroboration: 0.7 for one independent document, 0.85 for two, 1 from three on
- company: 1 / (n - 1) for n actors in the contact, as in Newman's collaboration networks (M. E. J. Newman, Scientific
  collaboration networks II, Physical Review E 64, 2001): one of twenty at a summit has hardly spoken to all of them
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, product

import msgspec

from dragoman.core.claims import Participant
from dragoman.core.ids import DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Channel, EngagementType, Factuality, Level, Role

THIRD_PARTY_ROLES = frozenset(
    {Role.MEDIATOR, Role.CO_MEDIATOR, Role.GUARANTOR, Role.HOST, Role.FACILITATOR, Role.MESSAGE_CARRIER}
)
LEVELS = {
    Level.HEAD_OF_STATE: 1.0,
    Level.HEAD_OF_GOVERNMENT: 1.0,
    Level.MINISTER: 0.9,
    Level.ORGANISATION_HEAD: 0.9,
    Level.INTELLIGENCE_CHIEF: 0.9,
    Level.NONSTATE_LEADER: 0.9,
    Level.SPECIAL_ENVOY: 0.8,
    Level.DEPUTY_MINISTER: 0.8,
    Level.AMBASSADOR: 0.6,
    Level.OFFICIAL: 0.5,
}
UNKNOWN_LEVEL = 0.6
MODES = {Channel.IN_PERSON: 1.0, Channel.VIDEO: 0.8, Channel.PHONE: 0.8, Channel.LETTER: 0.5}
UNKNOWN_MODE = 0.7
_INDIRECT = frozenset({Channel.SHUTTLE, Channel.INTERMEDIARY})
_NO_CONTACT = frozenset({EngagementType.MEDIATION_OFFER})
"""An offer is made to somebody who may never have answered."""

Pair = tuple[str, str]
"""Two actor keys, the lesser first."""


class Weighing(msgspec.Struct, frozen=True, kw_only=True):
    """What contacts are weighed by: the day that they are looked at from, and the half-life in days."""

    as_of: date
    half_life: float = 180.0


class Weight(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A contact's weight by its factors."""

    recency: float
    level: float
    mode: float
    corroboration: float
    company: float

    @property
    def value(self) -> float:
        """The product."""
        return self.recency * self.level * self.mode * self.corroboration * self.company

    @property
    def formula(self) -> str:
        """The product written out."""
        return (
            f"recency {self.recency:.2f} × level {self.level:.2f} × mode {self.mode:.2f} × corroboration "
            f"{self.corroboration:.2f} × company {self.company:.2f} = {self.value:.3f}"
        )


class Contact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Two actors in touch in one event; `sides` are their participants in the order of `pair`.

    `day` is the last day that the event may have been on, None where unknown. Sides of shuttle talks or of messages carried are
    not in touch with each other but with those who carry: such pairs have `direct` false and name the carriers in `through`. Of a
    brokered agreement that does not say how it came about nobody knows who was in touch with whom: none of its pairs is direct.
    """

    event: EventId
    pair: Pair
    sides: tuple[tuple[Participant, ...], tuple[Participant, ...]]
    day: date | None
    channel: Channel | None
    dossiers: tuple[DossierId, ...]
    independent: int
    company: int
    direct: bool = True
    through: tuple[str, ...] = ()

    @property
    def level(self) -> Level | None:
        """The lower of both sides' highest levels; None where one side's is unknown."""
        highest = [highest_level(side) for side in self.sides]
        known = [level for level in highest if level is not None]
        return min(known, key=lambda level: LEVELS[level]) if len(known) == len(highest) else None

    def weight(self, by: Weighing) -> Weight:
        """What the contact weighs; see the module's word on the factors."""
        age = 2 * by.half_life if self.day is None else max(0, (by.as_of - self.day).days)
        return Weight(
            recency=0.5 ** (age / by.half_life),
            level=UNKNOWN_LEVEL if self.level is None else LEVELS[self.level],
            mode=UNKNOWN_MODE if self.channel is None else MODES.get(self.channel, UNKNOWN_MODE),
            corroboration=min(1.0, 0.55 + 0.15 * self.independent),
            company=1 / max(1, self.company - 1),
        )


def highest_level(side: Iterable[Participant]) -> Level | None:
    """The highest level among one side's participants; None where none is known."""
    return max((each.level for each in side if each.level), key=lambda level: LEVELS[level], default=None)


def contacts_of(events: Iterable[Event], *, as_of: date | None = None) -> tuple[Contact, ...]:
    """All contacts that took place, by `as_of` where it is given; a contact without a date is kept.

    Plans, cancellations, denials and calls for talks are no contacts, nor are offers to mediate; observers are not in touch with
    anybody by sitting in.
    """
    return tuple(
        contact
        for event in events
        if event.factuality is Factuality.OCCURRED and event.type not in _NO_CONTACT
        for contact in _contacts(event)
        if as_of is None or contact.day is None or contact.day <= as_of
    )


def event_day(event: Event) -> date | None:
    """The last day that an event may have been on; None where neither end is known."""
    return (event.when.end or event.when.start) if event.when else None


def _contacts(event: Event) -> Iterator[Contact]:
    sides: dict[str, list[Participant]] = {}
    for each in event.participants:
        if each.role is not Role.OBSERVER:
            sides.setdefault(each.actor.key, []).append(each)
    carriers = {key for key, side in sides.items() if any(each.role in THIRD_PARTY_ROLES for each in side)}
    indirect = event.channel in _INDIRECT
    apart = sides.keys() - carriers if indirect else set()
    brokered = event.type is EngagementType.AGREEMENT_SIGNING and event.channel is None and bool(carriers)
    own = event.id
    for left, right in combinations(sorted(sides), 2):
        direct = not brokered and not (left in apart and right in apart)
        yield Contact(
            event=own,
            pair=(left, right),
            sides=(tuple(sides[left]), tuple(sides[right])),
            day=event_day(event),
            channel=event.channel,
            dossiers=event.dossiers,
            independent=event.independent,
            company=2 if indirect else len(sides),
            direct=direct,
            through=() if direct else tuple(sorted(carriers - {left, right})),
        )


def names_of(events: Iterable[Event]) -> dict[str, str]:
    """Display names of actors by key, as first named."""
    names: dict[str, str] = {}
    for event in events:
        for each in event.participants:
            names.setdefault(each.actor.key, each.actor.name)
    return names


def between(contacts: Iterable[Contact], left: Iterable[str], right: Iterable[str]) -> tuple[Contact, ...]:
    """Direct contacts of any of one group of actors with any of another."""
    wanted = {(min(a, b), max(a, b)) for a, b in product(left, right)}
    return tuple(contact for contact in contacts if contact.direct and contact.pair in wanted)
