"""What one contact tells of another: a trip of the meetings on it, a call of the offer made in it."""

from collections.abc import Sequence

import msgspec

from dragoman.core.vocab import EngagementType, Factuality, Setting
from dragoman.extract.merging import Draft

_ON_TRIPS = frozenset({EngagementType.MEETING, EngagementType.TALKS_ROUND})
_HELD = frozenset({EngagementType.MEETING, EngagementType.CALL, EngagementType.TALKS_ROUND})
_CLOSE = 3
"""Sentences within which "also" speaks of the same occasion."""
_NEAR = 6
"""Sentences after a trip's in which its meetings are told."""


def with_trips(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Meetings of a trip without day or place get those of the trip.

    The same traveller, as real as the trip. The place is the trip's only where somebody of the one actor visited is met, the days
    only where the meeting has a place of its own or is at the trip's.
    """
    trips = [d for d in drafts if d.type is EngagementType.VISIT]
    drafts = tuple(_beside(draft, drafts) if draft.also else draft for draft in drafts)
    placed = tuple(_at_gathering(draft, trips) if draft.type is EngagementType.MULTILATERAL else draft for draft in drafts)
    return tuple(_on_trip(draft, trips) if draft.type in _ON_TRIPS else draft for draft in placed)


def with_occasions(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Offers without a day that somebody makes in a contact told shortly before are of its day."""
    return tuple(_on_occasion(draft, drafts) if draft.type is EngagementType.MEDIATION_OFFER else draft for draft in drafts)


def _on_occasion(offer: Draft, drafts: Sequence[Draft]) -> Draft:
    held = (
        d
        for d in drafts
        if d.type in _HELD
        and d.factuality is Factuality.OCCURRED
        and d.when is not None
        and 0 <= offer.sentence - d.sentence <= _NEAR
        and offer.persons & d.persons
    )
    occasion = next(held, None)
    return msgspec.structs.replace(offer, when=occasion.when) if occasion is not None and offer.when is None else offer


def _beside(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """What the same persons also signed, told shortly after, is of the day and place of what they did before."""
    if draft.type is not EngagementType.AGREEMENT_SIGNING or draft.when is not None or draft.place is not None:
        return draft
    before = (d for d in reversed(drafts) if d.when and 0 < draft.sentence - d.sentence <= _CLOSE)
    scene = next((d for d in before if d.factuality is draft.factuality and len(d.persons & draft.persons) > 1), None)
    return msgspec.structs.replace(draft, when=scene.when, place=scene.place) if scene is not None else draft


def _at_gathering(draft: Draft, trips: Sequence[Draft]) -> Draft:
    """A gathering that the traveller attends, told shortly after the journey to it, is at its place and in its days."""
    near = (t for t in trips if t.way_there and t.persons & draft.persons and 0 <= draft.sentence - t.sentence <= _NEAR)
    trip = next((t for t in near if t.factuality is draft.factuality), None)
    if trip is None:
        return draft
    return msgspec.structs.replace(draft, place=draft.place or trip.place, when=draft.when or trip.when)


def _on_trip(draft: Draft, trips: Sequence[Draft]) -> Draft:
    fitting = [t for t in trips if t.factuality is draft.factuality and t.travellers & draft.travellers]
    own = next((t for t in reversed(fitting) if _tells_where(t, draft)), None)
    if draft.place is None and own is not None:
        draft = msgspec.structs.replace(draft, place=own.place)
    dated = [t for t in fitting if t.when is not None]
    if draft.when is None and draft.place is not None and dated:
        draft = msgspec.structs.replace(draft, when=(own.when if own in dated and own else dated[0].when))
    return draft


def _tells_where(trip: Draft, draft: Draft) -> bool:
    """Whether a meeting told after a trip is with somebody of the one actor that is visited."""
    hosts = trip.actors - {actor for actor, _ in trip.travellers}
    near = 0 <= draft.sentence - trip.sentence <= _NEAR and draft.setting is trip.setting is Setting.BODY
    if draft.type is EngagementType.TALKS_ROUND and not draft.actors <= trip.actors:
        return False  # talks with a third side may be held elsewhere
    return near and trip.place is not None and len(hosts) == 1 and hosts <= draft.actors
