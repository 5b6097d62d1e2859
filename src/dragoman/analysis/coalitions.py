"""Joint mediation: what a pair or a trio of third parties adds to a dossier over the best of them alone."""

from collections.abc import Iterable, Sequence
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


class _Ties(msgspec.Struct, frozen=True):
    """One third party's contacts with each local party of the dossier."""

    actor: str
    contacts: dict[str, tuple[Contact, ...]]

    @property
    def parties(self) -> frozenset[str]:
        return frozenset(self.contacts)

    @property
    def events(self) -> frozenset[EventId]:
        return frozenset(contact.event for found in self.contacts.values() for contact in found)


def coalitions(
    dossier: Dossier, events: Sequence[Event], contacts: Sequence[Contact], by: Weighing, *, most: int = 12, limit: int = 20
) -> tuple[Coalition, ...]:
    """Pairs and trios of the `most` third parties with the widest and strongest contacts, best first."""
    inside = {event.id: event for event in events if dossier.id in event.dossiers}
    near = [contact for contact in contacts if contact.direct and dossier.id in contact.dossiers]
    ties = _ties(dossier, near)
    ties.sort(key=lambda tie: (-len(tie.contacts), -_strength([tie], by), tie.actor))
    acted = {id_: third for id_, event in inside.items() if len(third := _third_parties(event)) > 1}
    made = [_coalition(dossier, group, inside, acted, by) for size in (2, 3) for group in combinations(ties[:most], size)]
    made.sort(key=lambda one: (-one.gain, -_weakest(one), -len(one.joint), one.members))
    return tuple(made[:limit])


def _ties(dossier: Dossier, contacts: Iterable[Contact]) -> list[_Ties]:
    by_pair: dict[Pair, list[Contact]] = {}
    for contact in contacts:
        by_pair.setdefault(contact.pair, []).append(contact)
    actors = sorted({key for pair in by_pair for key in pair})
    outside = [key for key in actors if standing(dossier, key) is Standing.THIRD_PARTY]
    made = (
        _Ties(
            key, {party: tuple(found) for party in dossier.parties if (found := by_pair.get((min(key, party), max(key, party))))}
        )
        for key in outside
    )
    return [tie for tie in made if tie.contacts]


def _strength(ties: Iterable[_Ties], by: Weighing) -> float:
    return sum(contact.weight(by).value for tie in ties for found in tie.contacts.values() for contact in found)


def _weakest(coalition: Coalition) -> float:
    return min((reach.strength for reach in coalition.reach), default=0.0)


def _coalition(
    dossier: Dossier,
    group: tuple[_Ties, ...],
    events: dict[EventId, Event],
    acted: dict[EventId, frozenset[str]],
    by: Weighing,
) -> Coalition:
    together = frozenset().union(*(tie.parties for tie in group))
    shared = frozenset.intersection(*(tie.parties for tie in group))
    best = max(group, key=lambda tie: (len(tie.contacts), _strength([tie], by), tie.actor))
    others = frozenset().union(*(tie.events for tie in group)) - best.events
    return Coalition(
        members=tuple(sorted(tie.actor for tie in group)),
        reach=tuple(_reach(party, group, by) for party in dossier.parties if party in together),
        unreached=tuple(party for party in dossier.parties if party not in together),
        best_alone=best.actor,
        gain=len(together) - len(best.parties),
        redundancy=len(shared) / len(together),
        adds_issues=tuple(sorted(_issues(others, events) - _issues(best.events, events))),
        adds_places=tuple(sorted(_places(others, events) - _places(best.events, events))),
        joint=tuple(sorted(event for event, third in acted.items() if third.issuperset(tie.actor for tie in group))),
    )


def _reach(party: str, group: tuple[_Ties, ...], by: Weighing) -> Reach:
    best = max(
        (tie for tie in group if party in tie.contacts),
        key=lambda tie: (sum(contact.weight(by).value for contact in tie.contacts[party]), tie.actor),
    )
    found = best.contacts[party]
    levels = [highest_level(contact.sides[contact.pair.index(party)]) for contact in found]
    return Reach(
        party=party,
        by=best.actor,
        level=max((level for level in levels if level), key=lambda level: LEVELS[level], default=None),
        strength=sum(contact.weight(by).value for contact in found),
        events=tuple(sorted({contact.event for contact in found})),
    )


def _issues(ids: Iterable[EventId], events: dict[EventId, Event]) -> set[Issue]:
    return {issue for one in ids for issue in events[one].issues if issue is not Issue.OTHER}


def _places(ids: Iterable[EventId], events: dict[EventId, Event]) -> set[str]:
    places = (events[one].place for one in ids)
    return {place.name or place.country or "" for place in places if place is not None} - {""}


def _third_parties(event: Event) -> frozenset[str]:
    """Who held a third-party role in an event that took place."""
    if event.factuality is not Factuality.OCCURRED:
        return frozenset()
    return frozenset(each.actor.key for each in event.participants if each.role in THIRD_PARTY_ROLES)
