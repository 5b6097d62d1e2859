"""Dialogue channels: who is in touch with whom, how lively it is, and what would break without whom."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.contacts import LEVELS, Contact, Pair, Weighing
from dragoman.core.claims import AnyClaim, Proposal, Utterance
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.vocab import Channel as Mode
from dragoman.core.vocab import Level, Stance

if TYPE_CHECKING:
    import networkx as nx

FORMULA = (
    "strength = sum over contacts of 0.5^(age / half-life) × level × mode × corroboration × 1 / (actors - 1); "
    "an undated contact counts as two half-lives old"
)
RECENT = timedelta(days=90)
LONG_SILENT = timedelta(days=180)
_TIMES_THE_USUAL_GAP = 3


class Liveliness(StrEnum):
    """How lively a channel is on the day that it is looked at from."""

    NEW = "new"
    """First contact within 90 days, in a record that goes back at least 90 days further."""
    ACTIVE = "active"
    """Last contact within 90 days."""
    QUIET = "quiet"
    """Last contact more than 90 days ago, but not yet dormant."""
    DORMANT = "dormant"
    """Silent for more than 180 days and, from three contacts on, for three times the usual gap."""
    UNDATED = "undated"
    """No contact has a date."""


class DialogueChannel(msgspec.Struct, frozen=True, kw_only=True):
    """Two actors with all their direct contacts, newest first; `strength` by `FORMULA`."""

    pair: Pair
    strength: float
    contacts: tuple[Contact, ...]
    liveliness: Liveliness
    first: date | None
    last: date | None
    level: Level | None
    """The highest level at which both sides were in touch."""
    modes: tuple[tuple[Mode, int], ...]
    dossiers: tuple[DossierId, ...]

    @property
    def events(self) -> tuple[EventId, ...]:
        """What the figures rest on."""
        return tuple(contact.event for contact in self.contacts)


def channels(contacts: Iterable[Contact], by: Weighing) -> tuple[DialogueChannel, ...]:
    """All channels, strongest first; on equal strength by the actors' keys."""
    grouped: dict[Pair, list[Contact]] = {}
    days: list[date] = []
    for contact in contacts:
        if contact.day is not None:
            days.append(contact.day)
        if contact.direct:
            grouped.setdefault(contact.pair, []).append(contact)
    begins = min(days, default=by.as_of)
    made = (_channel(pair, members, by, begins) for pair, members in grouped.items())
    return tuple(sorted(made, key=lambda one: (-one.strength, one.pair)))


def _channel(pair: Pair, contacts: list[Contact], by: Weighing, begins: date) -> DialogueChannel:
    contacts.sort(key=lambda contact: (-(contact.day or date.min).toordinal(), contact.event))
    days = sorted(contact.day for contact in contacts if contact.day is not None)
    levels = [contact.level for contact in contacts if contact.level is not None]
    modes: dict[Mode, int] = {}
    for contact in contacts:
        if contact.channel is not None:
            modes[contact.channel] = modes.get(contact.channel, 0) + 1
    return DialogueChannel(
        pair=pair,
        strength=sum(contact.weight(by).value for contact in contacts),
        contacts=tuple(contacts),
        liveliness=_liveliness(days, by.as_of, begins),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        level=max(levels, key=lambda level: LEVELS[level], default=None),
        modes=tuple(sorted(modes.items(), key=lambda item: (-item[1], item[0]))),
        dossiers=tuple(sorted({dossier for contact in contacts for dossier in contact.dossiers})),
    )


def _liveliness(days: list[date], as_of: date, begins: date) -> Liveliness:
    if not days:
        return Liveliness.UNDATED
    silence = as_of - days[-1]
    if silence <= RECENT:
        newly = as_of - days[0] <= RECENT and days[0] - begins >= RECENT
        return Liveliness.NEW if newly else Liveliness.ACTIVE
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    usual = median(gaps) if len(gaps) > 1 else 0
    dormant = silence > LONG_SILENT and silence.days > _TIMES_THE_USUAL_GAP * usual
    return Liveliness.DORMANT if dormant else Liveliness.QUIET


class OneWay(msgspec.Struct, frozen=True, kw_only=True):
    """An actor that addresses another, by offers or demands, without any recorded contact between them."""

    by: str
    to: str
    claims: tuple[ClaimId, ...]


_ADDRESSES = frozenset({Stance.OFFER, Stance.DEMAND})


def one_way(claims: Iterable[AnyClaim], known: Iterable[DialogueChannel]) -> tuple[OneWay, ...]:
    """Who addresses whom without being in touch, by how often, then by key."""
    in_touch = {channel.pair for channel in known}
    found: dict[tuple[str, str], list[ClaimId]] = {}
    for claim in claims:
        for by, to in _addressed(claim):
            if by != to and (min(by, to), max(by, to)) not in in_touch:
                found.setdefault((by, to), []).append(claim.id)
    made = (OneWay(by=by, to=to, claims=tuple(sorted(ids))) for (by, to), ids in found.items())
    return tuple(sorted(made, key=lambda one: (-len(one.claims), one.by, one.to)))


def _addressed(claim: AnyClaim) -> list[tuple[str, str]]:
    if isinstance(claim, Proposal):
        return [(by.key, to.key) for by in claim.by for to in claim.to]
    if isinstance(claim, Utterance) and claim.target is not None and claim.stance in _ADDRESSES:
        return [(by.key, claim.target.key) for by in claim.speaker_actors]
    return []


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where an actor stands in the network of channels.

    `constraint` is Burt's (Structural Holes, 1992): low where an actor's contacts do not know each other; None where it has no
    contact. `cuts` tells whether the network falls apart without the actor (articulation point).
    """

    actor: str
    partners: int
    strength: float
    constraint: float | None
    cuts: bool


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """The network of channels: actors by strength, and channels that have no detour (bridges)."""

    positions: tuple[Position, ...]
    bridges: tuple[Pair, ...]


def structure(known: Iterable[DialogueChannel]) -> Structure:
    """Structural holes, articulation points and bridges of the channels given."""
    import networkx as nx  # noqa: PLC0415  a third of a second that only this needs

    graph: nx.Graph[str] = nx.Graph()
    for channel in known:
        graph.add_edge(*channel.pair, weight=channel.strength)
    cuts = set(nx.articulation_points(graph))
    strength = dict(graph.degree(weight="weight"))
    shares = {actor: _shares(graph, actor) for actor in graph}
    positions = (
        Position(
            actor=actor,
            partners=graph.degree[actor],
            strength=strength[actor],
            constraint=_constraint(actor, shares),
            cuts=actor in cuts,
        )
        for actor in graph
    )
    return Structure(
        positions=tuple(sorted(positions, key=lambda one: (-one.strength, one.actor))),
        bridges=tuple(sorted((min(edge), max(edge)) for edge in nx.bridges(graph))),
    )


def _shares(graph: "nx.Graph[str]", actor: str) -> dict[str, float]:
    """What part of an actor's contacts each of its partners has; nothing where all its channels have faded away."""
    weights = {other: float(edge["weight"]) for other, edge in graph[actor].items()}
    total = sum(weights.values())
    return {other: weight / total for other, weight in weights.items()} if total else {}


def _constraint(actor: str, shares: Mapping[str, Mapping[str, float]]) -> float | None:
    """Burt's constraint: for each partner the square of what goes to it directly and by way of other partners, summed.

    networkx has it too, but needs seconds where one conference of fifty is in the record.
    """
    own = shares[actor]
    through = dict(own)
    for between, share in own.items():
        for other, further in shares[between].items():
            if other in own:
                through[other] += share * further
    return sum(part * part for part in through.values()) if own else None
