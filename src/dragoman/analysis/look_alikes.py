"""Events that may be one: what an analyst is offered for merging, and asked about when two code the same pairs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations
from operator import itemgetter

from dragoman.analysis.contacts import event_day
from dragoman.core.ids import EventId
from dragoman.core.records import Event

NEAR = timedelta(days=14)
_FEWEST_SHARED = 2
_UNDATED = 0
"""Stands for the day of an event that has none: no day has this number."""
_BUSIEST = 40
"""Events of one pair of actors that are compared, the nearest in the list: it bounds the work on busy pairs."""


def look_alikes(event: Event, others: Iterable[Event], *, limit: int = 8) -> tuple[Event, ...]:
    """Other events with two actors in common and at most two weeks away, the nearest first; undated ones last.

    `event` itself may be among `others`, as the same object.
    """
    own = _actors(event)
    found = [
        (gap, other.id, other)
        for other in others
        if other is not event and len(own & _actors(other)) >= _FEWEST_SHARED and (gap := _gap(event, other)) is not None
    ]
    return tuple(other for _, _, other in sorted(found, key=lambda entry: entry[:2])[:limit])


def close_pairs(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs of different events that look alike, each once, by their ids."""
    sharing: dict[tuple[str, str], list[tuple[EventId, Event]]] = {}
    for known in sorted(((event.id, event) for event in events), key=lambda entry: entry[0]):
        for pair in combinations(sorted(_actors(known[1])), 2):
            sharing.setdefault(pair, []).append(known)
    seen: set[tuple[EventId, EventId]] = set()
    for members in sharing.values():
        for place, (one, left) in enumerate(members):
            for other, right in members[place + 1 : place + 1 + _BUSIEST]:
                if (one, other) not in seen and _gap(left, right) is not None:
                    seen.add((one, other))
                    yield left, right


class Neighbours:
    """The events of each pair of actors by their days, so that those near an event are found without looking at all others."""

    def __init__(self, events: Iterable[Event]) -> None:
        found: dict[tuple[str, str], list[tuple[int, EventId, Event]]] = {}
        for event in events:
            day = event_day(event)
            entry = (day.toordinal() if day else _UNDATED, event.id, event)
            for pair in combinations(sorted(_actors(event)), 2):
                found.setdefault(pair, []).append(entry)
        self._by_pair = {pair: sorted(members, key=itemgetter(0, 1)) for pair, members in found.items()}

    def of(self, event: Event, *, limit: int = 8) -> tuple[Event, ...]:
        """`look_alikes` of an event among all."""
        day = event_day(event)
        pool: dict[EventId, Event] = {}
        for pair in combinations(sorted(_actors(event)), 2):
            members = self._by_pair.get(pair, [])
            near = members if day is None else self._near(members, day.toordinal())
            pool.update((one, other) for _, one, other in near)
        return look_alikes(event, pool.values(), limit=limit)

    @staticmethod
    def _near(members: list[tuple[int, EventId, Event]], day: int) -> list[tuple[int, EventId, Event]]:
        first = bisect_left(members, day - NEAR.days, key=itemgetter(0))
        last = bisect_right(members, day + NEAR.days, key=itemgetter(0))
        return members[: bisect_right(members, _UNDATED, key=itemgetter(0))] + members[first:last]


def _actors(event: Event) -> frozenset[str]:
    return frozenset(each.actor.key for each in event.participants)


def _gap(left: Event, right: Event) -> int | None:
    """Days between two events; an unknown day fits any, and comes after all that are known. None where they are too far apart."""
    one, other = event_day(left), event_day(right)
    if one is None or other is None:
        return NEAR.days + 1
    days = abs((one - other).days)
    return days if days <= NEAR.days else None
