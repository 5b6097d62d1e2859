"""A map of where contacts took place, as SVG; drawn offline over Natural Earth's borders, which claim nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from math import pi, radians
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.core.records import Event
from dragoman.core.vocab import Factuality
from dragoman.report.charts import GRID, INK, PAPER, TALKS, WIDTH, Picture, drawn
from dragoman.report.excerpts import printable
from dragoman.report.words import joined

if TYPE_CHECKING:
    import altair as alt

_LABELS = 12
"""Places that are named on the map, the busiest first; all are in the table beside it."""
_HEIGHT = 420
_NARROWEST = 40.0
"""Degrees of longitude below which a map does not zoom in: borders at 1:110m are coarse."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place with contacts; `events` counts those that took place there."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    events: int


def sites(events: Iterable[Event]) -> tuple[tuple[Site, ...], int]:
    """Places with a known point, busiest first, and how many contacts have no point."""
    counted: Counter[tuple[str, str | None, float, float]] = Counter()
    nowhere = 0
    for event in events:
        if event.factuality is not Factuality.OCCURRED:
            continue
        place = event.place
        if place is None or place.latitude is None or place.longitude is None:
            nowhere += 1
        else:
            counted[printable(place.name or place.country or "unnamed"), place.country, place.latitude, place.longitude] += 1
    made = (
        Site(name=name, country=country, latitude=latitude, longitude=longitude, events=number)
        for (name, country, latitude, longitude), number in sorted(counted.items(), key=lambda item: (-item[1], item[0][0]))
    )
    return tuple(made), nowhere


def event_map(found: tuple[Site, ...], nowhere: int) -> Picture | None:
    """Draw the sites; None where no contact has a point."""
    if not found:
        return None
    notes = []
    if len(_named(found, _view(found))) < len(found):
        notes.append("the busiest places are named, all are in the table")
    if nowhere:
        notes.append(f"{nowhere} contact{' has' if nowhere == 1 else 's have'} no place that could be put on a map")
    said = joined(notes)
    return Picture(drawn(_chart(found), {_BORDERS: _borders()}), f"{said[0].upper()}{said[1:]}." if said else None)


_BORDERS = "borders"


@cache
def _borders() -> Any:  # noqa: ANN401  TopoJSON
    """Countries at 1:110m; Natural Earth (public domain) by way of world-atlas 2.0.2 (ISC)."""
    return json.loads(resources.files("dragoman.report").joinpath("maps/countries-110m.json").read_text(encoding="utf-8"))


def _chart(found: tuple[Site, ...]) -> "alt.LayerChart | alt.FacetChart":
    import altair as alt  # noqa: PLC0415  half a second of import that only drawing needs

    view = _view(found)
    world = alt.Chart(alt.NamedData(name=_BORDERS, format=alt.TopoDataFormat(type="topojson", feature="countries")))
    land = world.mark_geoshape(fill=GRID, stroke=PAPER, strokeWidth=0.6, clip=True)
    largest = max(4, *(site.events for site in found))
    size = alt.Size("events:Q", scale=alt.Scale(domain=[1, largest], range=[40, 620]), legend=None)
    points = _layer(found).mark_circle(color=TALKS, opacity=0.8, stroke=PAPER, strokeWidth=0.8, clip=True).encode(size=size)
    labels = (
        _layer(_named(found, view)).mark_text(dy=-13, fontSize=12, fontWeight=600, clip=True, color=INK).encode(text="name:N")
    )
    both = alt.layer(land, points, labels)
    both.height = _HEIGHT
    return both.project(
        type="equirectangular",
        scale=view.scale,
        rotate=[-view.longitude, 0, 0],
        center=[0, view.latitude],
        translate=[WIDTH / 2, _HEIGHT / 2],
    )


def _layer(found: Sequence[Site]) -> "alt.Chart":
    import altair as alt  # noqa: PLC0415  as above

    rows = alt.InlineData(values=[msgspec.to_builtins(site) for site in found])
    return alt.Chart(rows).encode(longitude="longitude:Q", latitude="latitude:Q")


class _View(msgspec.Struct, frozen=True):
    """What part of the world is drawn: the middle in degrees, and pixels per radian."""

    longitude: float
    latitude: float
    scale: float

    def point(self, site: Site) -> tuple[float, float]:
        """Where a site is drawn, in pixels from the middle."""
        return radians(site.longitude - self.longitude) * self.scale, radians(self.latitude - site.latitude) * self.scale


def _view(found: Sequence[Site]) -> _View:
    """All sites with a margin, never closer than a region's width nor wider than the world."""
    west, east = min(site.longitude for site in found), max(site.longitude for site in found)
    south, north = min(site.latitude for site in found), max(site.latitude for site in found)
    across, down = max(_NARROWEST, (east - west) * 1.3), max(_NARROWEST / 2, (north - south) * 1.4)
    whole = WIDTH / (2 * pi)
    scale = max(whole, min(WIDTH / radians(across), _HEIGHT / radians(down)))
    middle = 0.0 if scale == whole else (west + east) / 2
    return _View(middle, 15.0 if scale == whole else (south + north) / 2, scale)


def _named(found: Sequence[Site], view: _View) -> list[Site]:
    """The busiest sites whose names do not cover one another."""
    named: list[Site] = []
    for site in found:
        x, y = view.point(site)
        clear = all(
            abs(x - other_x) > 4 * (len(site.name) + len(other.name)) or abs(y - other_y) > 18
            for other in named
            for other_x, other_y in [view.point(other)]
        )
        if clear and len(named) < _LABELS:
            named.append(site)
    return named
