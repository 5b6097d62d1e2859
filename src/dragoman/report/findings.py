"""Findings as rows that stand alone: names instead of keys, the records behind each figure, and its formula in words."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.analysis.carriers import Against, Hop, Objection, Route
from dragoman.analysis.channels import DialogueChannel, OneWay
from dragoman.analysis.coalitions import Coalition
from dragoman.analysis.tension import Tension
from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.report.words import day, dossier_name, engagement_words, joined, when_words, words

Names = Mapping[str, str]
"""Display names of actors by key."""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """An event in one line."""

    event: EventId
    when: str
    what: str
    place: str | None = None


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
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
    latest: tuple[Reference, ...]
    """The newest contacts."""
    keys: tuple[str, str]
    """Keys of both ends, as addresses name them: names may be shared, and change."""


class AddressRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who addresses somebody without being in touch."""

    by: str
    to: str
    claims: tuple[str, ...]
    keys: tuple[str, str]


class HopRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a message's way."""

    sender: str
    receiver: str
    strength: float
    last: date | None
    latest: tuple[Reference, ...]


class ObjectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks against a carrier, in words, with its claims or events."""

    kind: str
    why: str
    claims: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class RouteRow(msgspec.Struct, frozen=True, kw_only=True):
    """One way for a message; no carrier means the direct channel. `dated` is false where a step has no dated contact."""

    carriers: tuple[str, ...]
    keys: tuple[str, ...]
    """Keys of the carriers."""
    score: float
    dated: bool
    hops: tuple[HopRow, ...]
    joint: tuple[Reference, ...]
    relays: int
    against: tuple[ObjectionRow, ...]


class CoalitionRow(msgspec.Struct, frozen=True, kw_only=True):
    """Third parties together in a dossier."""

    members: tuple[str, ...]
    gain: int
    best_alone: str
    reach: tuple[str, ...]
    unreached: tuple[str, ...]
    redundancy: float
    adds_issues: tuple[str, ...]
    adds_places: tuple[str, ...]
    joint: tuple[Reference, ...]


class TensionRow(msgspec.Struct, frozen=True, kw_only=True):
    """Tension of one dossier or dyad, with the incidents of the last four weeks."""

    dossier: str
    dossier_id: str
    dyad: tuple[str, ...]
    keys: tuple[str, ...]
    """Keys of the dyad."""
    level: float
    usual: float | None
    course: str
    reason: str
    claims: tuple[str, ...]
    events: tuple[str, ...]


_LATEST = 3


class Wording:
    """Puts findings into rows; knows the events and the names of actors."""

    def __init__(self, events: Iterable[Event], names: Names) -> None:
        self._events = {event.id: event for event in events}
        self._names = names

    def name(self, key: str) -> str:
        """Display name of an actor."""
        return self._names.get(key, key)

    def reference(self, event_id: EventId) -> Reference:
        """One event in a line."""
        event = self._events[event_id]
        place = event.place
        return Reference(
            event=event_id,
            when=when_words(event.when) or "undated",
            what=engagement_words(event.type, event.factuality, event.participants, channel=event.channel),
            place=(place.name or place.country) if place else None,
        )

    def channel(self, one: DialogueChannel) -> ChannelRow:
        """A channel as a row."""
        return ChannelRow(
            left=self.name(one.pair[0]),
            right=self.name(one.pair[1]),
            strength=round(one.strength, 3),
            liveliness=one.liveliness.value,
            first=one.first,
            last=one.last,
            level=words(one.level),
            contacts=len(one.contacts),
            modes=joined([f"{words(mode)} ({number})" for mode, number in one.modes]),
            dossiers=tuple(dossier_name(dossier) for dossier in one.dossiers),
            latest=tuple(self.reference(event) for event in one.events[:_LATEST]),
            keys=one.pair,
        )

    def address(self, one: OneWay) -> AddressRow:
        """A one-way address as a row."""
        return AddressRow(by=self.name(one.by), to=self.name(one.to), claims=one.claims, keys=(one.by, one.to))

    def route(self, one: Route) -> RouteRow:
        """A route as a row."""
        return RouteRow(
            carriers=tuple(self.name(carrier) for carrier in one.carriers),
            keys=one.carriers,
            score=round(one.score, 3),
            dated=one.dated,
            hops=tuple(self._hop(hop) for hop in one.hops),
            joint=tuple(self.reference(event) for event in one.joint),
            relays=len(one.relays),
            against=tuple(self._objection(each) for each in one.against),
        )

    def _hop(self, hop: Hop) -> HopRow:
        return HopRow(
            sender=self.name(hop.sender),
            receiver=self.name(hop.receiver),
            strength=round(hop.strength, 3),
            last=hop.last,
            latest=tuple(self.reference(contact.event) for contact in hop.contacts[:_LATEST]),
        )

    def _objection(self, one: Against) -> ObjectionRow:
        carrier, actor = self.name(one.carrier), self.name(one.actor) if one.actor else ""
        since = day(one.last) if one.last else ""
        why = {
            Objection.SILENCE: f"no contact between {carrier} and {actor} since {since}",
            Objection.UNDATED: f"no contact between {carrier} and {actor} has a date",
            Objection.REFUSED: f"{actor} refused an offer of {carrier}",
            Objection.ACCUSED: f"{actor} accused or condemned {carrier}",
            Objection.PARTY: f"{carrier} is itself a party to the dossier",
        }[one.kind]
        return ObjectionRow(kind=one.kind.value, why=why, claims=one.claims, events=one.events)

    def coalition(self, one: Coalition) -> CoalitionRow:
        """A coalition as a row."""
        reach = (
            f"{self.name(each.party)} through {self.name(each.by)}" + (f" ({words(each.level)})" if each.level else "")
            for each in one.reach
        )
        return CoalitionRow(
            members=tuple(self.name(member) for member in one.members),
            gain=one.gain,
            best_alone=self.name(one.best_alone),
            reach=tuple(reach),
            unreached=tuple(self.name(party) for party in one.unreached),
            redundancy=round(one.redundancy, 2),
            adds_issues=tuple(words(issue) for issue in one.adds_issues),
            adds_places=one.adds_places,
            joint=tuple(self.reference(event) for event in one.joint),
        )

    def tension(self, one: Tension) -> TensionRow:
        """Tension as a row."""
        return TensionRow(
            dossier=dossier_name(one.dossier),
            dossier_id=one.dossier,
            dyad=tuple(self.name(key) for key in one.dyad or ()),
            keys=one.dyad or (),
            level=round(one.level, 2),
            usual=None if one.usual is None else round(one.usual, 2),
            course=one.course.value,
            reason=one.reason,
            claims=tuple(claim for incident in one.latest for claim in incident.claims),
            events=tuple(event for incident in one.latest for event in incident.events),
        )
