"""Our own facts about places: points of countries and large divisions, features and venues, short forms, disputes."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import PlaceKind
from dragoman.knowledge.disputes import Dispute, read_disputes
from dragoman.knowledge.names import unmarked
from dragoman.knowledge.place_sites import Site, fold_place
from dragoman.knowledge.tables import Row, facts_folder, read_rows, values

_PRIORS = {PlaceKind.FEATURE: 7.0, PlaceKind.ADMIN: 7.0, PlaceKind.VENUE: 6.6, PlaceKind.CITY: 5.0}
_VAST = 2.0
"""A sea or region of several countries gains nothing from the countries that a document names; no village should outdo it."""
_LATITUDES = 90
_LONGITUDES = 180


class PlaceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All facts about places; names are folded except in `names` and `short`."""

    points: Mapping[str, tuple[float, float]]
    """Latitude and longitude by ISO 3166 alpha-3 or ISO 3166-2 code."""
    names: Mapping[str, str]
    """Display names of countries by code."""
    countries: Mapping[str, str]
    peoples: Mapping[str, str]
    """Countries by adjective or people's name."""
    capitals: Mapping[str, frozenset[str]]
    meeting_towns: Mapping[str, frozenset[str]]
    """Towns other than capitals where states meet, by country."""
    sites: Mapping[str, tuple[Site, ...]]
    people_sites: Mapping[str, Site]
    """Regions by adjective or people's name: Catalan, European."""
    short: Mapping[str, str]
    """ISO 3166-2 or alpha-3 codes by short form in its very spelling: Calif., D.C."""
    disputes: Mapping[str, Dispute]
    """By ISO 3166 code, or by the key of a site."""


def read_place_facts(folder: Traversable | None = None) -> PlaceFacts:
    """Read the tables of a folder (the shipped one by default); raises `ConfigError` naming table and line if broken."""
    folder = folder or facts_folder()
    states = [
        row for _, row in read_rows(folder / "states.tsv", ("code", "name", "aliases", "adjectives", "demonyms", "capitals"))
    ]
    countries: dict[str, str] = {}
    peoples: dict[str, str] = {}
    for row in states:
        for name in (row["name"], *values(row["aliases"])):
            countries.setdefault(fold_place(unmarked(name)), row["code"])
        for name in (*values(row["adjectives"]), *values(row["demonyms"])):
            peoples.setdefault(fold_place(unmarked(name)), row["code"])
    columns = ("name", "aliases", "peoples", "kind", "country", "latitude", "longitude", "geonames")
    sites = [(row, _site(f"places.tsv:{line}", row)) for line, row in read_rows(folder / "places.tsv", columns)]
    return PlaceFacts(
        points=_points(folder),
        names={row["code"]: unmarked(row["name"]) for row in states},
        countries=countries,
        peoples=peoples,
        capitals={row["code"]: frozenset(fold_place(unmarked(name)) for name in values(row["capitals"])) for row in states},
        meeting_towns=_meeting_towns(folder),
        sites=_by_name(sites, "name", "aliases"),
        people_sites={name: found[0] for name, found in _by_name(sites, "peoples").items()},
        short={row["short"]: row["code"] for _, row in read_rows(folder / "places_short.tsv", ("short", "code"))},
        disputes=read_disputes(folder),
    )


def _meeting_towns(folder: Traversable) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, row in read_rows(folder / "meeting_towns.tsv", ("code", "name")):
        found[row["code"]] = found.get(row["code"], frozenset()) | {fold_place(row["name"])}
    return found


def _points(folder: Traversable) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for line, row in read_rows(folder / "places_points.tsv", ("key", "name", "latitude", "longitude")):
        found[row["key"]] = _degrees(f"places_points.tsv:{line}", row)
    return found


def _by_name(sites: Iterable[tuple[Row, Site]], *columns: str) -> dict[str, tuple[Site, ...]]:
    found: dict[str, tuple[Site, ...]] = {}
    for row, site in sites:
        for name in (value for column in columns for value in values(row[column])):
            folded = fold_place(name)
            found[folded] = (*found.get(folded, ()), site)
    return found


def _site(where: str, row: Row) -> Site:
    kinds = sorted(_PRIORS)
    if row["kind"] not in kinds:
        raise ConfigError(f"{where}: kind {row['kind']!r} is unknown; use one of {', '.join(kinds)}")
    if row["geonames"] and not row["geonames"].isdigit():
        raise ConfigError(f"{where}: the GeoNames id {row['geonames']!r} is not a number")
    latitude, longitude = _degrees(where, row)
    kind = PlaceKind(row["kind"])
    return Site(
        key=f"f{row['name']}",
        name=row["name"],
        kind=kind,
        country=row["country"] or None,
        latitude=latitude,
        longitude=longitude,
        geonames=int(row["geonames"]) if row["geonames"] else None,
        prior=_PRIORS[kind] + _VAST * (not row["country"]),
    )


def _degrees(where: str, row: Row) -> tuple[float, float]:
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError as error:
        raise ConfigError(f"{where}: latitude and longitude must be numbers of degrees") from error
    if abs(latitude) > _LATITUDES or abs(longitude) > _LONGITUDES:
        raise ConfigError(f"{where}: {latitude}, {longitude} is no point on Earth")
    return latitude, longitude
