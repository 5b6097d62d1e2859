"""Events that may be one: what an analyst is offered for merging, and asked about when two code the same pairs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from dragoman.analysis.contacts import event_day
from dragoman.core.ids import EventId
from dragoman.core.records import Event

NEAR = timedelta(days=14)
_FEWEST_SHARED = 2
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


def candidates(event: Event, by_actor: Mapping[str, tuple[Event, ...]], *, limit: int = 8) -> tuple[Event, ...]:
    """`look_alikes` among the events of an event's own actors."""
    pool: dict[int, Event] = {}
    shared: Counter[int] = Counter()
    for key in _actors(event):
        for other in by_actor.get(key, ()):
            pool[id(other)] = other
            shared[id(other)] += 1
    return look_alikes(event, [pool[one] for one, number in shared.items() if number >= _FEWEST_SHARED], limit=limit)


def _actors(event: Event) -> frozenset[str]:
    return frozenset(each.actor.key for each in event.participants)


def _gap(left: Event, right: Event) -> int | None:
    """Days between two events; an unknown day fits any, and comes after all that are known. None where they are too far apart."""
    one, other = event_day(left), event_day(right)
    if one is None or other is None:
        return NEAR.days + 1
    days = abs((one - other).days)
    return days if days <= NEAR.days else None
