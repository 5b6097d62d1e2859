"""Joint mediation: what a pair or a trio of third parties adds to a dossier over the best of them alone."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from dragoman.analysis.contacts import LEVELS, THIRD_PARTY_ROLES, Contact, Pair, Weighing, highest_level
from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Factuality, Issue, Level, Standing
from dragoman.knowledge.dossiers import Dossier, standing

CAUTION = (
    "More mediators are not better as such: over many conflicts the chance of success rises with the first few third parties and "
    "falls again with larger coalitions (T. Böhmelt, Disaggregating Mediations: The Impact of Multiparty Mediation, British "
    "Journal of Political Science 41, 2011). What is shown is reach, not effect."
)
FORMULA = (
    "gain = parties reached together - parties reached by the best member alone; redundancy = parties that all members reach / "
    "parties reached together (Jaccard); ordered by gain, then strength with the party reached least, then past joint work"
)


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """The best contact with one party: who has it, at what level on the party's side, how strong, on which events."""

    party: str
    by: str
    level: Level | None
    strength: float
    events: tuple[EventId, ...]


class Coalition(msgspec.Struct, frozen=True, kw_only=True):
    """Two or three third parties together in one dossier; figures by `FORMULA`."""

    members: tuple[str, ...]
    reach: tuple[Reach, ...]
    unreached: tuple[str, ...]
    best_alone: str
    gain: int
    redundancy: float
    adds_issues: tuple[Issue, ...]
    """Issues on the table in the members' contacts with the parties that the best member alone has not had there."""
    adds_places: tuple[str, ...]
    joint: tuple[EventId, ...]
    """Events in which all members held a third-party role."""


class _Ties(msgspec.Struct, frozen=True, kw_only=True):
    """One third party's contacts with each local party of the dossier, and all that groups are compared by, worked out once."""

    actor: str
    contacts: dict[str, tuple[Contact, ...]]
    strengths: dict[str, float]
    """Strength of the contacts with each party."""
    strength: float
    parties: frozenset[str]
    issues: frozenset[Issue]
    places: frozenset[str]
    acted: frozenset[EventId]
    """Events in which it held a third-party role beside another."""


def coalitions(
    dossier: Dossier, events: Sequence[Event], contacts: Sequence[Contact], by: Weighing, *, most: int = 12, limit: int = 20
) -> tuple[Coalition, ...]:
    """Pairs and trios of the `most` third parties with the widest and strongest contacts, best first."""
    inside = {event.id: event for event in events if dossier.id in event.dossiers}
    near = [contact for contact in contacts if contact.direct and dossier.id in contact.dossiers]
    ties = _ties(dossier, near, inside, by)
    ties.sort(key=lambda tie: (-len(tie.contacts), -tie.strength, tie.actor))
    made = [_coalition(dossier, group) for size in (2, 3) for group in combinations(ties[:most], size)]
    made.sort(key=lambda one: (-one.gain, -_weakest(one), -len(one.joint), one.members))
    return tuple(made[:limit])


def _ties(dossier: Dossier, contacts: Iterable[Contact], events: Mapping[EventId, Event], by: Weighing) -> list[_Ties]:
    by_pair: dict[Pair, list[Contact]] = {}
    for contact in contacts:
        by_pair.setdefault(contact.pair, []).append(contact)
    actors = sorted({key for pair in by_pair for key in pair})
    outside = [key for key in actors if standing(dossier, key) is Standing.THIRD_PARTY]
    acted = _acted(events.values())
    found = (
        (key, {party: tuple(own) for party in dossier.parties if (own := by_pair.get((min(key, party), max(key, party))))})
        for key in outside
    )
    return [_tied(key, held, events, frozenset(acted.get(key, ())), by) for key, held in found if held]


def _tied(
    key: str, held: dict[str, tuple[Contact, ...]], events: Mapping[EventId, Event], acted: frozenset[EventId], by: Weighing
) -> _Ties:
    weights = {party: [contact.weight(by).value for contact in own] for party, own in held.items()}
    told = [events[one] for one in {contact.event for own in held.values() for contact in own}]
    places = (event.place for event in told)
    return _Ties(
        actor=key,
        contacts=held,
        strengths={party: sum(own) for party, own in weights.items()},
        strength=sum(weight for own in weights.values() for weight in own),
        parties=frozenset(held),
        issues=frozenset(issue for event in told for issue in event.issues if issue is not Issue.OTHER),
        places=frozenset(place.name or place.country or "" for place in places if place is not None) - {""},
        acted=acted,
    )


def _acted(events: Iterable[Event]) -> dict[str, list[EventId]]:
    """Events in which several held a third-party role, by each of them."""
    found: dict[str, list[EventId]] = {}
    for event in events:
        third = _third_parties(event)
        if len(third) > 1:
            for actor in third:
                found.setdefault(actor, []).append(event.id)
    return found


def _weakest(coalition: Coalition) -> float:
    return min((reach.strength for reach in coalition.reach), default=0.0)


def _coalition(dossier: Dossier, group: tuple[_Ties, ...]) -> Coalition:
    together = frozenset().union(*(tie.parties for tie in group))
    shared = frozenset.intersection(*(tie.parties for tie in group))
    best = max(group, key=lambda tie: (len(tie.contacts), tie.strength, tie.actor))
    return Coalition(
        members=tuple(sorted(tie.actor for tie in group)),
        reach=tuple(_reach(party, group) for party in dossier.parties if party in together),
        unreached=tuple(party for party in dossier.parties if party not in together),
        best_alone=best.actor,
        gain=len(together) - len(best.parties),
        redundancy=len(shared) / len(together),
        adds_issues=tuple(sorted(frozenset().union(*(tie.issues for tie in group)) - best.issues)),
        adds_places=tuple(sorted(frozenset().union(*(tie.places for tie in group)) - best.places)),
        joint=tuple(sorted(frozenset.intersection(*(tie.acted for tie in group)))),
    )


def _reach(party: str, group: tuple[_Ties, ...]) -> Reach:
    best = max((tie for tie in group if party in tie.contacts), key=lambda tie: (tie.strengths[party], tie.actor))
    found = best.contacts[party]
    levels = [highest_level(contact.sides[contact.pair.index(party)]) for contact in found]
    return Reach(
        party=party,
        by=best.actor,
        level=max((level for level in levels if level), key=lambda level: LEVELS[level], default=None),
        strength=best.strengths[party],
        events=tuple(sorted({contact.event for contact in found})),
    )


def _third_parties(event: Event) -> frozenset[str]:
    """Who held a third-party role in an event that took place."""
    if event.factuality is not Factuality.OCCURRED:
        return frozenset()
    return frozenset(each.actor.key for each in event.participants if each.role in THIRD_PARTY_ROLES)
