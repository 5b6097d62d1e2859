"""Events within events: a visit contains its meetings, a summit the bilaterals on its margins."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from msgspec.structs import replace

from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.resolve.profiles import HYPOTHETICAL

LARGER = (EngagementType.MULTILATERAL, EngagementType.VISIT)
SMALLER = frozenset({EngagementType.MEETING, EngagementType.TALKS_ROUND, EngagementType.AGREEMENT_SIGNING})

LONGEST = 14
"""Days: visits and summits that seem longer have a vague date, within which any meeting would fall."""

_NOT_HELD = HYPOTHETICAL | {Factuality.CANCELLED, Factuality.DENIED}
_Pair = tuple[str, ...]


Known = tuple[EventId, Event]
"""An event with its id, which is a hash and so not computed again and again."""


def place_in_larger(events: Sequence[Known]) -> list[Known]:
    """Say of each meeting which visit or gathering it took place within.

    That is one between the same two actors at least, whose days cover it, in the same country where both are known, and neither
    was called off or only called for.
    """
    larger: dict[tuple[_Pair, int], list[Known]] = defaultdict(list)
    for known in events:
        days = _days(known[1]) if known[1].type in LARGER and _real(known[1]) else None
        if days is not None:
            for pair in _pairs(known[1]):
                larger[pair, days[0].toordinal() // LONGEST].append(known)
    return [(one, _placed(event, larger)) for one, event in events]


def _placed(event: Event, larger: dict[tuple[_Pair, int], list[Known]]) -> Event:
    days = _days(event) if event.type in SMALLER and _real(event) else None
    if days is None:
        return event
    spell = days[0].toordinal() // LONGEST  # what covers the day began in its spell or in the one before
    spells = ((pair, begun) for pair in _pairs(event) for begun in (spell - 1, spell))
    around = {one: container for key in spells for one, container in larger.get(key, ())}
    containers = tuple(sorted(one for one, container in around.items() if _within(event, days, container)))
    return replace(event, part_of=containers) if containers else event


def _within(event: Event, days: tuple[date, date], container: Event) -> bool:
    covered = _days(container)
    if covered is None or not (covered[0] <= days[0] and days[1] <= covered[1]):
        return False
    return len({one.place.country for one in (event, container) if one.place} - {None}) < 2


def _real(event: Event) -> bool:
    """Held or planned: a visit whose plan is all that was reported was made if its meetings were."""
    return event.factuality not in _NOT_HELD


def _days(event: Event) -> tuple[date, date] | None:
    when = event.when
    if when is None or when.start is None or when.end is None or (when.end - when.start).days > LONGEST:
        return None
    return when.start, when.end


def _pairs(event: Event) -> Iterable[_Pair]:
    return combinations(sorted({one.actor.key for one in event.participants}), 2)
