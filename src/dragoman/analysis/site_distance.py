"""How far talks sit from the war they are about, as the authors of MEND compare sites of mediation."""

from collections.abc import Iterable, Mapping
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

import msgspec

from dragoman.core.actors import Place
from dragoman.core.claims import AnyClaim, Violence
from dragoman.core.ids import DossierId
from dragoman.core.records import Event

FORMULA = (
    "great-circle distance (haversine, mean Earth radius 6,371 km) from the place of the talks to the middle of the theatre, the "
    "spherical mean of all places of violence reported on the dossier, each counted once; bands at 1,500 and 5,000 km as "
    "the MEND team uses them; unknown where either has no coordinates"
)
_RADIUS = 6371.0
_NEAR, _FAR = 1500.0, 5000.0
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


class Theatre(msgspec.Struct, frozen=True, kw_only=True):
    """The middle of the places of violence reported on a dossier, and how many places these are."""

    dossier: DossierId
    middle: Point
    places: int


class SiteDistance(msgspec.Struct, frozen=True, kw_only=True):
    """How far one event took place from one theatre, in kilometres, by `FORMULA`."""

    theatre: Theatre
    km: float

    @property
    def band(self) -> str:
        """Near, middling or far, in words."""
        return "nearby" if self.km < _NEAR else "middling" if self.km < _FAR else "far away"


def theatres(claims: Iterable[AnyClaim]) -> dict[DossierId, Theatre]:
    """The theatre of each dossier that has a place of violence with coordinates."""
    found: dict[DossierId, set[Point]] = {}
    for claim in claims:
        point = _point(claim.place) if isinstance(claim, Violence) else None
        if point is not None:
            for dossier in claim.dossiers:
                found.setdefault(dossier, set()).add(point)
    made = ((dossier, _middle(points), len(points)) for dossier, points in sorted(found.items()))
    return {dossier: Theatre(dossier=dossier, middle=middle, places=number) for dossier, middle, number in made if middle}


def site_distances(event: Event, known: Mapping[DossierId, Theatre]) -> tuple[SiteDistance, ...]:
    """How far an event took place from the theatre of each of its dossiers; nothing where a place is unknown."""
    point = _point(event.place)
    if point is None:
        return ()
    found = (known[dossier] for dossier in event.dossiers if dossier in known)
    return tuple(SiteDistance(theatre=one, km=great_circle(point, one.middle)) for one in found)


def great_circle(left: Point, right: Point) -> float:
    """Kilometres between two points of the Earth taken as a sphere (haversine formula)."""
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (left, right))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(half)))


def _point(place: Place | None) -> Point | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _middle(points: Iterable[Point]) -> Point | None:
    """The spherical mean; None where points cancel out, so that there is no middle."""
    placed = [(radians(latitude), radians(longitude)) for latitude, longitude in points]
    x = sum(cos(latitude) * cos(longitude) for latitude, longitude in placed)
    y = sum(cos(latitude) * sin(longitude) for latitude, longitude in placed)
    z = sum(sin(latitude) for latitude, _ in placed)
    level = hypot(x, y)
    return (degrees(atan2(z, level)), degrees(atan2(y, x))) if hypot(level, z) > 1e-9 else None
