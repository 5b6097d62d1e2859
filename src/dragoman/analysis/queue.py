"""What an analyst should look at first: events that are doubtful and matter."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

import msgspec

from dragoman.analysis.contacts import LEVELS, THIRD_PARTY_ROLES, event_day
from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.core.vocab import Factuality, Outcome

FORMULA = (
    "rank = doubt × weight; doubt = 1 + 2 where reports differ + 1 each for alleged or assessed, for a merge below 0.9, "
    "for no date, for a third-party role on one report; weight = 1 + 2 for a reported outcome + 2 for a third-party role "
    "+ the highest level (0 to 1) + 1 where the event is of the record's last 30 days"
)
_SURE_MERGE = 0.9
_RECENT = 30


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """One event in the queue: its rank by `FORMULA`, and what is doubtful about it in words."""

    event: EventId
    rank: float
    doubt: int
    weight: float
    why: tuple[str, ...]


class Order(StrEnum):
    """What comes first in the queue; ties go by the rank, then by id."""

    RANK = "rank"
    DOUBT = "doubt"
    WEIGHT = "weight"


def queue(
    events: Iterable[Event], as_of: date, *, settled: Collection[EventId] = (), order: Order = Order.RANK
) -> tuple[Doubt, ...]:
    """Events that nobody has decided about, highest rank first, or highest doubt or weight."""
    return in_order(doubts((event for event in events if event.id not in settled), as_of), order)


def doubts(events: Iterable[Event], as_of: date) -> tuple[Doubt, ...]:
    """What is doubtful about each event that nobody has decided about."""
    return tuple(_doubt(event, as_of) for event in events if not event.accepted and not event.judgements)


def in_order(found: Iterable[Doubt], order: Order) -> tuple[Doubt, ...]:
    """Highest rank first, or highest doubt or weight."""
    return tuple(sorted(found, key=lambda one: (-getattr(one, order.value), -one.rank, one.event)))


def _doubt(event: Event, as_of: date) -> Doubt:
    third = any(each.role in THIRD_PARTY_ROLES for each in event.participants)
    doubts = [
        (2, "reports differ on " + ", ".join(one.field for one in event.differences), bool(event.differences)),
        (1, f"only {event.factuality.value}", event.factuality in {Factuality.ALLEGED, Factuality.ASSESSED}),
        (1, "the reports were merged on thin grounds", any(merge.score < _SURE_MERGE for merge in event.merges)),
        (1, "no date", event_day(event) is None),
        (1, "a third-party role on one report", third and event.independent == 1),
    ]
    level = max((LEVELS[each.level] for each in event.participants if each.level), default=0.0)
    weight = 1 + 2 * (event.outcome is not Outcome.NONE_REPORTED) + 2 * third + level + _is_recent(event, as_of)
    doubt = 1 + sum(points for points, _, holds in doubts if holds)
    why = tuple(why for _, why, holds in doubts if holds)
    return Doubt(event=event.id, rank=round(doubt * weight, 2), doubt=doubt, weight=round(weight, 2), why=why)


def _is_recent(event: Event, as_of: date) -> bool:
    day = event_day(event)
    return day is not None and abs((as_of - day).days) <= _RECENT
