"""How far the place of talks lies from the theatre of the conflict."""

from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

import msgspec

from dragoman.core.ids import EventId
from dragoman.core.records import Event

FORMULA = "great-circle distance (haversine, mean Earth radius 6,371.0088 km) from the venue to the nearest point of the theatre"
_RADIUS = 6371.0088

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


class SiteDistance(msgspec.Struct, frozen=True, kw_only=True):
    """Kilometres from an event's place to the theatre; `inside` where the place is in one of its countries."""

    event: EventId
    kilometres: float
    inside: bool


def great_circle(one: Point, other: Point) -> float:
    """Kilometres between two points."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(chord)))


def site_distances(events: Iterable[Event], theatre: Mapping[str, Point]) -> tuple[SiteDistance, ...]:
    """Distances of events with a known point; `theatre` maps the theatre's countries (ISO 3166 alpha-3) to a point in each."""
    found = []
    for event in events:
        place = event.place
        if place is None or place.latitude is None or place.longitude is None or not theatre:
            continue
        inside = place.country in theatre
        nearest = min(great_circle((place.latitude, place.longitude), point) for point in theatre.values())
        found.append(SiteDistance(event=event.id, kilometres=0.0 if inside else nearest, inside=inside))
    return tuple(found)
